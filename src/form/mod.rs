//! What a person fills in: fields, buttons, the focus, and the errors beside them. No terminal
//! here: keys come in, blocks of a page go out.

pub mod challenge;
mod choice;
pub mod field;
pub mod filter;
pub mod line;
pub mod names;
pub mod read;
pub mod reasons;
mod remark;
mod retyped;
mod shown;
#[cfg(test)]
mod tests;

use crate::event::{Key, Target};
use crate::text::Msg;
use choice::Moved;
use field::{Field, Input};
use names::{ButtonName, Name};
pub use remark::Told;

/// What reaches a form: a key, a finger, or that something is to be hidden.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Touch {
    /// A key.
    Key(Key),
    /// A finger, or a mouse.
    At(Target),
    /// F3's moment is over.
    Conceal,
    /// What was just typed was typed while staff look on.
    Veil,
}

/// What a touch came to, for the flow to act on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pressed {
    /// Nothing that leads on.
    Nothing,
    /// A button.
    Button(ButtonName),
    /// A check box changed; the guide shows or hides fields then.
    Toggled(Name),
    /// Esc.
    Back,
}

/// The fields of one panel and the buttons under them. The first button is what Enter on the last
/// field presses.
#[derive(Clone, Debug, PartialEq)]
pub struct Form {
    fields: Vec<Field>,
    buttons: Vec<ButtonName>,
    focus: Target,
    /// A field on which Enter presses the first button although others follow.
    enough: Option<Name>,
    /// The field that bears what came of all that was typed, and not of that field alone.
    answered: Option<Name>,
}

impl Form {
    /// With the focus on its first stop.
    pub fn new(fields: Vec<Field>, buttons: Vec<ButtonName>) -> Self {
        let mut form = Form { fields, buttons, focus: Target::Button(0), enough: None, answered: None };
        form.focus = stops(&form.fields, &form.buttons).first().copied().unwrap_or(Target::Button(0));
        form
    }

    /// Enter on this field, once it is filled, presses the first button.
    pub fn with_enough(mut self, name: Name) -> Self {
        self.enough = Some(name);
        self
    }

    /// With the focus on this button, for a question whose first answer can't be taken back.
    pub fn resting_on(mut self, button: ButtonName) -> Self {
        if let Some(index) = self.buttons.iter().position(|known| *known == button) {
            self.focus = Target::Button(index as u8);
        }
        self
    }

    /// With the focus on none of its buttons, before what the page waits for: whoever leans on Enter presses
    /// none of them.
    pub fn resting_before(mut self) -> Self {
        self.focus = Target::Opening;
        self
    }

    /// The field of this name, if the form has it.
    pub fn field(&self, name: Name) -> Option<&Field> {
        self.fields.iter().find(|field| field.name == name)
    }

    /// The same, to fill it in.
    pub fn field_mut(&mut self, name: Name) -> Option<&mut Field> {
        self.fields.iter_mut().find(|field| field.name == name)
    }

    /// What stands in a text field; nothing for a name that the form lacks.
    pub fn text(&self, name: Name) -> &str {
        self.field(name).map(Field::text).unwrap_or_default()
    }

    /// Whether it has this button.
    pub fn offers(&self, button: ButtonName) -> bool {
        self.buttons.contains(&button)
    }

    /// Whether anything was typed or chosen.
    pub fn is_touched(&self) -> bool {
        self.fields.iter().any(Field::is_touched)
    }

    /// Shows a field before the buttons, or takes it away; a field that is there stays as it is.
    pub fn show_field(&mut self, field: Field, shown: bool) {
        let at = self.fields.iter().position(|known| known.name == field.name);
        match (at, shown) {
            (None, true) => {
                self.fields.push(field);
                self.focus = Target::Field(self.fields.len() as u8 - 1);
            }
            (Some(index), false) => {
                self.fields.remove(index);
                self.keep_focus();
            }
            _ => {}
        }
    }

    /// Puts a field in the place of this one.
    pub fn replace(&mut self, name: Name, field: Field) {
        if let Some(place) = self.field_mut(name) {
            *place = field;
            self.keep_focus();
        }
    }

    /// The focus goes to the first stop if it can't rest where it is any more.
    fn keep_focus(&mut self) {
        let stops = stops(&self.fields, &self.buttons);
        if self.focus != Target::Opening && !stops.contains(&self.focus) {
            self.focus = stops.first().copied().unwrap_or(Target::Button(0));
        }
    }

    /// What the focus rests on.
    pub fn focus(&self) -> Target {
        self.focus
    }

    /// Whether the focus is on this field.
    pub fn is_on(&self, name: Name) -> bool {
        matches!(self.focus, Target::Field(at) if self.fields[usize::from(at)].name == name)
    }

    /// Puts the focus on this field.
    pub fn focus_on(&mut self, name: Name) {
        if let Some(index) = self.fields.iter().position(|field| field.name == name) {
            self.focus = Target::Field(index as u8);
        }
    }

    /// Puts what came of the whole form on a field, and the focus with it: whatever is mended, it is not
    /// said any more.
    pub fn fail(&mut self, name: Name, error: Msg) {
        self.set_errors(vec![(name, error)]);
        self.answered = Some(name);
    }

    /// Replaces all errors. Of one kind: the focus goes to the first field; of several: to the
    /// summary.
    pub fn set_errors(&mut self, errors: Vec<(Name, Msg)>) {
        self.fields.iter_mut().for_each(|field| field.error = None);
        self.answered = None;
        let several = errors.iter().any(|(_, error)| *error != errors[0].1);
        let first = errors.first().map(|(name, _)| *name);
        for (name, error) in errors {
            if let Some(field) = self.field_mut(name) {
                (field.error, field.remark) = (Some(error), None);
            }
        }
        match first {
            Some(_) if several => self.focus = Target::Opening,
            Some(name) => self.focus_on(name),
            None => {}
        }
    }

    /// What stands in this field is another now. What was said of it goes, and so does what was said of it
    /// and others together: of a key and its repetition, of a field whose way out is a box, of all that was
    /// sent.
    fn is_mended(&mut self, index: usize) {
        let mended = &mut self.fields[index];
        mended.remark = None;
        let (is_secret, is_box) = (mended.input.is_secret(), matches!(mended.input, Input::Check(_)));
        for (at, field) in self.fields.iter_mut().enumerate() {
            let is_one_of_them = is_secret && field.input.is_secret();
            if at == index || is_one_of_them || is_box && at + 1 == index || self.answered == Some(field.name)
            {
                field.error = None;
            }
        }
    }

    /// Something from the person.
    pub fn touch(&mut self, touch: &Touch) -> Pressed {
        let pressed = self.pass_on(touch);
        if pressed != Pressed::Nothing {
            // A page that is left hides what F3 showed: it may be seen again much later.
            self.fields.iter_mut().for_each(|field| field.input.conceal());
        }
        if pressed == Pressed::Back {
            // When the page is seen again, its errors are about something that was done long before.
            self.leave_summary();
            self.set_errors(vec![]);
        }
        pressed
    }

    /// From the summary of errors on to the first of them.
    fn leave_summary(&mut self) {
        if let (Target::Opening, Some((first, _))) = (self.focus, errors(&self.fields).first()) {
            self.focus = *first;
        }
    }

    fn pass_on(&mut self, touch: &Touch) -> Pressed {
        match touch {
            Touch::Key(Key::Esc) => Pressed::Back,
            Touch::Key(key) => self.press(*key),
            Touch::At(target) => self.point_at(*target),
            Touch::Conceal => {
                self.fields.iter_mut().for_each(|field| field.input.conceal());
                Pressed::Nothing
            }
            Touch::Veil => {
                self.fields.iter_mut().for_each(Field::veil);
                Pressed::Nothing
            }
        }
    }

    fn press(&mut self, key: Key) -> Pressed {
        match self.focus {
            Target::Field(index) => self.press_in_field(usize::from(index), key),
            Target::Button(index) => match key {
                Key::Enter | Key::Char(' ') => Pressed::Button(self.buttons[usize::from(index)]),
                Key::Char(digit @ '1'..='9') if self.fields.is_empty() => self.press_by_number(digit),
                Key::Tab | Key::Down | Key::Right => self.step(1),
                Key::BackTab | Key::Up | Key::Left => self.step(-1),
                Key::Char(_) => self.type_before_button(key),
                _ => Pressed::Nothing,
            },
            _ if self.fields.is_empty() => self.press_before_buttons(key),
            // On the summary. Whoever mends at once, without going to a field, means the first of them.
            _ => {
                let goes_on = matches!(key, Key::Enter | Key::Tab | Key::Down);
                let mends = matches!(key, Key::Char(_) | Key::Backspace | Key::Delete | Key::EraseLine);
                if goes_on || mends {
                    self.leave_summary();
                }
                match self.focus {
                    Target::Field(index)
                        if mends && self.fields[usize::from(index)].input.takes_from_afar(key) =>
                    {
                        self.press_in_field(usize::from(index), key)
                    }
                    _ => Pressed::Nothing,
                }
            }
        }
    }

    fn press_by_number(&self, digit: char) -> Pressed {
        let chosen = self.buttons.get(digit as usize - '1' as usize);
        chosen.map_or(Pressed::Nothing, |button| Pressed::Button(*button))
    }

    /// The focus is still on what the page waits for.
    fn press_before_buttons(&mut self, key: Key) -> Pressed {
        match key {
            Key::Char(digit @ '1'..='9') => self.press_by_number(digit),
            Key::Tab | Key::Down | Key::Right => {
                self.focus = stops(&self.fields, &self.buttons).first().copied().unwrap_or(self.focus);
                Pressed::Nothing
            }
            _ => Pressed::Nothing,
        }
    }

    /// Letters typed on a button are meant for the last field that must be filled in and is empty still: a
    /// digit chose an option and went on to it, and the Tab after that left it behind.
    fn type_before_button(&mut self, key: Key) -> Pressed {
        let is_meant = |field: &Field| {
            field.takes_focus()
                && field.name.is_required()
                && !field.is_touched()
                && field.input.takes_from_afar(key)
        };
        match self.fields.iter().rposition(is_meant) {
            Some(index) => {
                self.focus = Target::Field(index as u8);
                self.press_in_field(index, key)
            }
            None => Pressed::Nothing,
        }
    }

    fn press_in_field(&mut self, index: usize, key: Key) -> Pressed {
        if matches!(key, Key::Char(_)) && self.is_refused_secret(index) {
            self.empty_secret(index);
        }
        let field = &mut self.fields[index];
        let (name, is_edited, chosen) = (field.name, field.is_edited_by(key), field.chosen());
        let moved = field.press(key);
        if is_edited {
            self.is_mended(index);
        }
        self.forget_answer_of_another(index, chosen);
        match moved {
            Moved::Stayed => Pressed::Nothing,
            Moved::Toggled => Pressed::Toggled(name),
            Moved::Back => self.step(-1),
            Moved::On => self.step(1),
            Moved::Done => {
                let is_last = !self.fields[index + 1..].iter().any(Field::takes_focus);
                let rest_is_filled = self.fields[index + 1..].iter().all(Field::is_touched);
                // Staff who mistyped their PIN type it anew, and not into the field after it.
                let is_enough = self.fields[index].is_touched()
                    && (self.enough == Some(name) || name == Name::Pin && rest_is_filled);
                match self.buttons.first() {
                    Some(button) if is_last || is_enough => Pressed::Button(*button),
                    _ if self.is_unchosen(index) => {
                        // The number that is typed next is meant for the options, and not for what follows.
                        self.fields[index].error = name.missing();
                        Pressed::Nothing
                    }
                    _ => self.step(1),
                }
            }
        }
    }

    fn step(&mut self, by: isize) -> Pressed {
        let stops = stops(&self.fields, &self.buttons);
        let at = stops.iter().position(|stop| *stop == self.focus).unwrap_or(0);
        self.focus = stops[at.saturating_add_signed(by).min(stops.len() - 1)];
        Pressed::Nothing
    }

    fn point_at(&mut self, target: Target) -> Pressed {
        match target {
            Target::Field(index) if stops(&self.fields, &self.buttons).contains(&target) => {
                self.focus = target;
                let field = &mut self.fields[usize::from(index)];
                let name = field.name;
                if !field.point() {
                    return Pressed::Nothing;
                }
                self.is_mended(usize::from(index));
                Pressed::Toggled(name)
            }
            Target::Choice { field, option } if usize::from(field) < self.fields.len() => {
                self.focus = Target::Field(field);
                let index = usize::from(field);
                let chosen = self.fields[index].chosen();
                self.fields[index].choose(usize::from(option));
                self.is_mended(index);
                self.forget_answer_of_another(index, chosen);
                Pressed::Nothing
            }
            Target::Button(index) if usize::from(index) < self.buttons.len() => {
                self.focus = target;
                Pressed::Button(self.buttons[usize::from(index)])
            }
            _ => Pressed::Nothing,
        }
    }
}

/// What is wrong with each field, in order.
fn errors(fields: &[Field]) -> Vec<(Target, Msg)> {
    let with_index = fields.iter().enumerate();
    with_index.filter_map(|(index, field)| Some((Target::Field(index as u8), field.error.clone()?))).collect()
}

/// Everything that the focus can rest on, in order.
fn stops(fields: &[Field], buttons: &[ButtonName]) -> Vec<Target> {
    let fields = fields.iter().enumerate().filter(|(_, field)| field.takes_focus());
    let mut stops: Vec<Target> = fields.map(|(index, _)| Target::Field(index as u8)).collect();
    stops.extend((0..buttons.len()).map(|index| Target::Button(index as u8)));
    stops
}

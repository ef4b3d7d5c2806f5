//! One field: what it asks, what was typed or chosen, and what is wrong with it.

use zeroize::Zeroizing;

use super::filter::{Filter, Listed};
use super::line::{HiddenLine, Line};
use super::names::Name;
use crate::domain::comuna::Comuna;
use crate::domain::country::Country;
use crate::domain::secret::Secret;
use crate::event::{Key, Target};
use crate::page::{self, Control, Words};
use crate::text::Msg;

/// How a field is filled in.
#[derive(Clone, Debug, PartialEq)]
pub enum Input {
    Line(Line),
    /// A line in which F9 types the @.
    Email(Line),
    Hidden(HiddenLine),
    ReadOnly(Words),
    Check(bool),
    Choice {
        options: Vec<Words>,
        chosen: Option<usize>,
        /// The option that the person went to; Enter takes none that only lies under the cursor.
        at: Option<usize>,
    },
    Comuna(Filter<Comuna>),
    Country(Filter<Country>),
}

#[derive(Clone, Debug, PartialEq)]
pub struct Field {
    pub name: Name,
    pub input: Input,
    pub error: Option<Msg>,
    /// Said beside the field without being an error.
    pub remark: Option<Msg>,
}

/// What a key did to a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Moved {
    Stayed,
    Toggled,
    Back,
    On,
    /// On, by Enter or by a choice: on the last field it presses the button.
    Done,
}

impl Field {
    fn new(name: Name, input: Input) -> Self {
        Field { name, input, error: None, remark: None }
    }

    pub fn line(name: Name) -> Self {
        Field::new(name, Input::Line(Line::default()))
    }

    pub fn email(name: Name) -> Self {
        Field::new(name, Input::Email(Line::default()))
    }

    pub fn hidden(name: Name) -> Self {
        Field::new(name, Input::Hidden(HiddenLine::default()))
    }

    pub fn read_only(name: Name, words: impl Into<Words>) -> Self {
        Field::new(name, Input::ReadOnly(words.into()))
    }

    pub fn check(name: Name) -> Self {
        Field::new(name, Input::Check(false))
    }

    pub fn choice(name: Name, options: Vec<Words>) -> Self {
        Field::new(name, Input::Choice { options, chosen: None, at: None })
    }

    pub fn comuna(name: Name) -> Self {
        Field::new(name, Input::Comuna(Filter::default()))
    }

    pub fn country(name: Name) -> Self {
        Field::new(name, Input::Country(Filter::default()))
    }

    /// What stands in a line that isn't hidden.
    pub fn text(&self) -> &str {
        match &self.input {
            Input::Line(line) | Input::Email(line) => line.text(),
            Input::Comuna(filter) => filter.text(),
            Input::Country(filter) => filter.text(),
            _ => "",
        }
    }

    pub fn secret(&self) -> Secret {
        match &self.input {
            Input::Hidden(line) => line.secret(),
            _ => Secret::default(),
        }
    }

    pub fn set_text(&mut self, text: &str) {
        if let Input::Line(line) | Input::Email(line) = &mut self.input {
            line.set(text);
        }
    }

    pub fn choose_comuna(&mut self, comuna: Comuna) {
        if let Input::Comuna(filter) = &mut self.input {
            filter.set(comuna);
        }
    }

    pub fn is_checked(&self) -> bool {
        self.input == Input::Check(true)
    }

    pub fn chosen(&self) -> Option<usize> {
        match &self.input {
            Input::Choice { chosen, .. } => *chosen,
            _ => None,
        }
    }

    pub fn comuna_chosen(&self) -> Option<Comuna> {
        match &self.input {
            Input::Comuna(filter) => filter.chosen(),
            _ => None,
        }
    }

    pub fn country_chosen(&self) -> Option<Country> {
        match &self.input {
            Input::Country(filter) => filter.chosen(),
            _ => None,
        }
    }

    pub fn is_secret(&self) -> bool {
        matches!(self.input, Input::Hidden(_))
    }

    /// Whether this key surely means it, though it is pressed without the focus on it: characters
    /// where they are typed, and of what is chosen only the number.
    pub fn takes_from_afar(&self, key: Key) -> bool {
        match &self.input {
            Input::Choice { .. } => matches!(key, Key::Char('1'..='9')),
            Input::Check(_) | Input::ReadOnly(_) => false,
            _ => true,
        }
    }

    pub fn takes_focus(&self) -> bool {
        !matches!(self.input, Input::ReadOnly(_))
    }

    pub fn is_touched(&self) -> bool {
        match &self.input {
            Input::Hidden(line) => line.length() > 0,
            Input::Check(checked) => *checked,
            Input::Choice { chosen, .. } => chosen.is_some(),
            Input::ReadOnly(_) => false,
            Input::Line(_) | Input::Email(_) | Input::Comuna(_) | Input::Country(_) => {
                !self.text().is_empty()
            }
        }
    }

    pub fn clear(&mut self) {
        match &mut self.input {
            Input::Hidden(line) => line.clear(),
            Input::Line(line) | Input::Email(line) => *line = Line::default(),
            Input::Check(checked) => *checked = false,
            Input::Choice { chosen, at, .. } => (*chosen, *at) = (None, None),
            Input::Comuna(filter) => *filter = Filter::default(),
            Input::Country(filter) => *filter = Filter::default(),
            Input::ReadOnly(_) => {}
        }
        self.error = None;
    }

    pub fn conceal(&mut self) {
        if let Input::Hidden(line) = &mut self.input {
            line.show(false);
        }
    }

    pub fn paste(&mut self, text: &str) {
        match &mut self.input {
            Input::Line(line) | Input::Email(line) => line.paste(text),
            Input::Hidden(line) => text.chars().for_each(|character| {
                line.press(Key::Char(character));
            }),
            Input::Comuna(filter) => filter.paste(text),
            Input::Country(filter) => filter.paste(text),
            Input::Check(_) | Input::Choice { .. } | Input::ReadOnly(_) => {}
        }
    }

    /// A finger on the field; whether that toggled a check box.
    pub fn point(&mut self) -> bool {
        match &mut self.input {
            Input::Check(checked) => {
                *checked = !*checked;
                true
            }
            _ => false,
        }
    }

    /// A finger on one of the options.
    pub fn choose(&mut self, option: usize) {
        match &mut self.input {
            Input::Choice { options, chosen, at } if option < options.len() => {
                (*chosen, *at) = (Some(option), Some(option));
            }
            Input::Comuna(filter) => filter.choose(option),
            Input::Country(filter) => filter.choose(option),
            _ => {}
        }
    }

    pub fn press(&mut self, key: Key) -> Moved {
        let edited = match &mut self.input {
            Input::Email(line) if key == Key::F(9) => line.press(Key::Char('@')),
            Input::Line(line) | Input::Email(line) => line.press(key),
            // What is typed for staff is never shown, not even for a moment.
            Input::Hidden(_) if key == Key::F(3) && self.name.is_of_staff() => true,
            Input::Hidden(line) if key == Key::F(3) => {
                line.show(!line.is_shown());
                true
            }
            Input::Hidden(line) => line.press(key),
            Input::Check(checked) if key == Key::Char(' ') => {
                *checked = !*checked;
                return Moved::Toggled;
            }
            Input::Choice { options, chosen, at } => return press_choice(options.len(), chosen, at, key),
            Input::Comuna(filter) => return press_filter(filter, key),
            Input::Country(filter) => return press_filter(filter, key),
            Input::Check(_) | Input::ReadOnly(_) => false,
        };
        if edited && matches!(key, Key::Char(_) | Key::Backspace | Key::Delete) {
            // It was about the text that stood there.
            self.remark = None;
        }
        if edited { Moved::Stayed } else { moved(key) }
    }

    pub fn page(&self, target: Target) -> page::Field {
        let control = match &self.input {
            Input::Line(line) | Input::Email(line) => {
                Control::Text { value: Zeroizing::new(line.text().to_string()), caret: line.caret() }
            }
            Input::Hidden(line) => Control::Hidden { length: line.length(), shown: line.shown() },
            Input::ReadOnly(words) => Control::ReadOnly(words.clone()),
            Input::Check(checked) => Control::Check { checked: *checked },
            Input::Choice { options, chosen, at } => {
                Control::Choice { options: options.clone(), chosen: *chosen, at: at.unwrap_or(0) }
            }
            Input::Comuna(filter) => filter.control(),
            Input::Country(filter) => filter.control(),
        };
        page::Field {
            target,
            label: self.name.label(),
            required: self.name.is_required(),
            hint: self.remark.clone().or_else(|| self.name.hint()),
            error: self.error.clone(),
            control,
        }
    }
}

fn moved(key: Key) -> Moved {
    match key {
        Key::Enter => Moved::Done,
        Key::Tab | Key::Down => Moved::On,
        Key::BackTab | Key::Up => Moved::Back,
        _ => Moved::Stayed,
    }
}

fn press_choice(options: usize, chosen: &mut Option<usize>, at: &mut Option<usize>, key: Key) -> Moved {
    let under_cursor = at.unwrap_or(0);
    match key {
        Key::Char(digit @ '1'..='9') if (digit as usize - '1' as usize) < options => {
            *at = Some(digit as usize - '1' as usize);
            *chosen = *at;
            Moved::Done
        }
        Key::Char(' ') => {
            *at = Some(under_cursor);
            *chosen = *at;
            Moved::Stayed
        }
        Key::Enter => {
            *chosen = at.or(*chosen);
            Moved::Done
        }
        Key::Down if under_cursor + 1 < options => {
            *at = Some(under_cursor + 1);
            Moved::Stayed
        }
        Key::Up if under_cursor > 0 => {
            *at = Some(under_cursor - 1);
            Moved::Stayed
        }
        _ => moved(key),
    }
}

fn press_filter<T: Listed>(filter: &mut Filter<T>, key: Key) -> Moved {
    if filter.press(key) { Moved::Stayed } else { moved(key) }
}

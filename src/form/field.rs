//! One field: what it asks, what was typed or chosen, and what is wrong with it.

use zeroize::Zeroizing;

use super::choice::{Moved, moved, press_choice, press_filter};
use super::filter::Filter;
use super::line::{HiddenLine, Line};
use super::names::Name;
pub use super::remark::Remark;
use crate::domain::comuna::Comuna;
use crate::domain::country::Country;
use crate::domain::secret::Secret;
use crate::event::{Key, Target};
use crate::page::{self, Control, SecretKind, Words};
use crate::text::Msg;

/// Types the @ where an address is typed: not every keyboard shows where it is.
const TYPE_AT: Key = Key::F(9);
/// Empties a field, for whoever holds no Ctrl.
const ERASE_LINE: Key = Key::F(11);

/// How a field is filled in.
#[derive(Clone, Debug, PartialEq)]
pub enum Input {
    /// A line of text in clear.
    Line(Line),
    /// A line in which F9 types the @.
    Email(Line),
    /// A line of dots.
    Hidden(HiddenLine),
    /// Filled in by the registry.
    ReadOnly(Words),
    /// A box, ticked or not.
    Check(bool),
    /// One of a few.
    Choice {
        /// All of them, in order.
        options: Vec<Words>,
        /// The one that was taken, counted from 0.
        chosen: Option<usize>,
        /// The option that the person went to; Enter takes none that only lies under the cursor.
        at: Option<usize>,
    },
    /// One of the communes.
    Comuna(Filter<Comuna>),
    /// One of the countries.
    Country(Filter<Country>),
}

impl Input {
    /// Whether it is typed hidden.
    pub fn is_secret(&self) -> bool {
        matches!(self, Input::Hidden(_))
    }

    /// Whether it is typed hidden, and only dots are seen of it now.
    pub fn is_hidden_now(&self) -> bool {
        matches!(self, Input::Hidden(line) if !line.is_shown())
    }

    /// Whether this key surely means it, though it is pressed without the focus on it: characters
    /// where they are typed, and of what is chosen only the number.
    pub fn takes_from_afar(&self, key: Key) -> bool {
        match self {
            Input::Choice { .. } => matches!(key, Key::Char('1'..='9')),
            Input::Check(_) | Input::ReadOnly(_) => false,
            _ => true,
        }
    }

    /// Hides what F3 showed.
    pub fn conceal(&mut self) {
        if let Input::Hidden(line) = self {
            line.show(false);
        }
    }
}

/// One thing that a panel asks for.
#[derive(Clone, Debug, PartialEq)]
pub struct Field {
    /// Which one it is.
    pub name: Name,
    /// What this form calls it, where that isn't what the others do.
    label: Option<Msg>,
    /// What was typed or chosen.
    pub input: Input,
    /// What is wrong with it.
    pub error: Option<Msg>,
    /// Said beside the field without being an error.
    pub remark: Option<Remark>,
    /// It was typed hidden, for staff looked on, and stays so.
    is_veiled: bool,
}

impl Field {
    fn new(name: Name, input: Input) -> Self {
        Field { name, label: None, input, error: None, remark: None, is_veiled: false }
    }

    /// Under another label: the guide calls some fields by several.
    pub fn called(mut self, label: Msg) -> Self {
        self.label = Some(label);
        self
    }

    /// A line of text.
    pub fn line(name: Name) -> Self {
        Field::new(name, Input::Line(Line::default()))
    }

    /// The company's, as the guide calls it everywhere but in the form of the registration.
    pub fn company_rut() -> Self {
        Field::line(Name::CompanyRut).called(Msg::LabelRutOfCompany)
    }

    /// A line for an address of e-mail.
    pub fn email(name: Name) -> Self {
        Field::new(name, Input::Email(Line::default()))
    }

    /// A line of dots.
    pub fn hidden(name: Name) -> Self {
        Field::new(name, Input::Hidden(HiddenLine::default()))
    }

    /// What the registry filled in.
    pub fn read_only(name: Name, words: impl Into<Words>) -> Self {
        Field::new(name, Input::ReadOnly(words.into()))
    }

    /// A box to tick.
    pub fn check(name: Name) -> Self {
        Field::new(name, Input::Check(false))
    }

    /// One of a few, none of them chosen.
    pub fn choice(name: Name, options: Vec<Words>) -> Self {
        Field::new(name, Input::Choice { options, chosen: None, at: None })
    }

    /// One of the communes.
    pub fn comuna(name: Name) -> Self {
        Field::new(name, Input::Comuna(Filter::default()))
    }

    /// One of the countries.
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

    /// What was typed hidden.
    pub fn secret(&self) -> Secret {
        match &self.input {
            Input::Hidden(line) => line.secret(),
            _ => Secret::default(),
        }
    }

    /// Puts text into a line in clear.
    pub fn set_text(&mut self, text: &str) {
        if let Input::Line(line) | Input::Email(line) = &mut self.input {
            line.set(text);
        }
    }

    /// Fills in a commune.
    pub fn choose_comuna(&mut self, comuna: Comuna) {
        if let Input::Comuna(filter) = &mut self.input {
            filter.set(comuna);
        }
    }

    /// Whether it is a ticked box.
    pub fn is_checked(&self) -> bool {
        self.input == Input::Check(true)
    }

    /// The option that was chosen, counted from 0.
    pub fn chosen(&self) -> Option<usize> {
        match &self.input {
            Input::Choice { chosen, .. } => *chosen,
            _ => None,
        }
    }

    /// The commune that was chosen or named in full.
    pub fn comuna_chosen(&self) -> Option<Comuna> {
        match &self.input {
            Input::Comuna(filter) => filter.chosen(),
            _ => None,
        }
    }

    /// The country that was chosen or named in full.
    pub fn country_chosen(&self) -> Option<Country> {
        match &self.input {
            Input::Country(filter) => filter.chosen(),
            _ => None,
        }
    }

    /// Whether it is typed anew each time that its page is left: keys and PINs. An answer is kept.
    pub fn is_forgotten_on_leaving(&self) -> bool {
        self.input.is_secret() && self.name != Name::Answer
    }

    /// What was typed while staff looked on stays hidden once they left, until it is emptied.
    pub fn veil(&mut self) {
        self.is_veiled = self.name.secret() == Some(SecretKind::Code) && !self.text().is_empty();
    }

    /// Whether the focus can rest on it.
    pub fn takes_focus(&self) -> bool {
        !matches!(self.input, Input::ReadOnly(_))
    }

    /// Whether anything was typed or chosen.
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

    /// Forgets what was typed or chosen, and what is wrong with it.
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

    /// Whether this key changes what stands in it.
    pub fn is_edited_by(&self, key: Key) -> bool {
        let is_typed =
            matches!(key, Key::Char(_) | Key::Backspace | Key::Delete | Key::EraseLine | ERASE_LINE);
        match &self.input {
            Input::Email(_) => is_typed || key == TYPE_AT,
            Input::Line(_) | Input::Hidden(_) | Input::Comuna(_) | Input::Country(_) => is_typed,
            Input::Check(_) => key == Key::Char(' '),
            Input::Choice { at, .. } => is_typed || key == Key::Enter && at.is_some(),
            Input::ReadOnly(_) => false,
        }
    }

    /// A key, with the focus on it.
    pub fn press(&mut self, key: Key) -> Moved {
        let key = if key == ERASE_LINE { Key::EraseLine } else { key };
        self.is_veiled &= self.is_touched();
        let edited = match &mut self.input {
            Input::Email(line) if key == TYPE_AT => line.press(Key::Char('@')),
            Input::Line(line) | Input::Email(line) => line.press(key),
            // What is typed for staff is never shown, not even for a moment.
            Input::Hidden(_) if key == Key::F(3) && self.name.secret() == Some(SecretKind::OfStaff) => true,
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
        if edited { Moved::Stayed } else { moved(key) }
    }

    /// How it is shown.
    pub fn page(&self, target: Target) -> page::FieldShown {
        let remark = self.remark.as_ref().map(Remark::says);
        let control = match &self.input {
            Input::Line(line) if self.is_veiled || self.name == Name::StaffName && line.may_be_pin() => {
                Control::Hidden { length: line.text().chars().count(), shown: None }
            }
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
        page::FieldShown {
            target,
            label: self.label.clone().unwrap_or_else(|| self.name.label()),
            required: self.name.is_required(),
            hint: remark.clone().or_else(|| self.name.hint()),
            hint_beside_staff: remark.or_else(|| self.name.hint_beside_staff()),
            error: self.error.clone(),
            secret: self.name.secret(),
            control,
        }
    }
}

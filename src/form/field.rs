//! One field: what it asks, what was typed or chosen, and what is wrong with it.

use zeroize::Zeroizing;

use super::line::{HiddenLine, Line};
use super::names::Name;
use crate::domain::clean::Clean;
use crate::domain::comuna::Comuna;
use crate::domain::secret::Secret;
use crate::event::{Key, Target};
use crate::page::{self, Control, Words};
use crate::text::Msg;

/// How many communes are in sight while one types.
const MATCHES: usize = 5;

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
        at: usize,
    },
    Comuna {
        line: Line,
        at: usize,
        chosen: Option<Comuna>,
    },
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
        Field::new(name, Input::Choice { options, chosen: None, at: 0 })
    }

    pub fn comuna(name: Name) -> Self {
        Field::new(name, Input::Comuna { line: Line::default(), at: 0, chosen: None })
    }

    /// What stands in a line that isn't hidden.
    pub fn text(&self) -> &str {
        match &self.input {
            Input::Line(line) | Input::Email(line) | Input::Comuna { line, .. } => line.text(),
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
        if let Input::Comuna { line, at, chosen } = &mut self.input {
            line.set(&comuna.label());
            (*at, *chosen) = (0, Some(comuna));
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
            Input::Comuna { chosen, line, .. } => chosen.or_else(|| Comuna::named(line.text())),
            _ => None,
        }
    }

    pub fn is_secret(&self) -> bool {
        matches!(self.input, Input::Hidden(_))
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
            Input::Line(_) | Input::Email(_) | Input::Comuna { .. } => !self.text().is_empty(),
        }
    }

    pub fn clear(&mut self) {
        match &mut self.input {
            Input::Hidden(line) => line.clear(),
            Input::Line(line) | Input::Email(line) => *line = Line::default(),
            Input::Check(checked) => *checked = false,
            Input::Choice { chosen, at, .. } => (*chosen, *at) = (None, 0),
            Input::Comuna { line, at, chosen } => (*line, *at, *chosen) = (Line::default(), 0, None),
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
            Input::Comuna { line, at, chosen } => {
                line.paste(text);
                (*at, *chosen) = (0, None);
            }
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
                (*chosen, *at) = (Some(option), option);
            }
            Input::Comuna { line, at, chosen } => {
                if let Some(comuna) = Comuna::matching(line.text(), MATCHES).get(option) {
                    line.set(&comuna.label());
                    (*at, *chosen) = (0, Some(*comuna));
                }
            }
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
            Input::Comuna { line, at, chosen } => return press_comuna(line, at, chosen, key),
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
                Control::Choice { options: options.clone(), chosen: *chosen, at: *at }
            }
            Input::Comuna { line, at, chosen } => Control::Filter {
                value: Zeroizing::new(line.text().to_string()),
                caret: line.caret(),
                matches: in_sight(line, chosen).iter().map(|comuna| Clean::from(comuna.label())).collect(),
                at: *at,
                chosen: chosen.map(|comuna| Clean::from(comuna.label())),
            },
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

/// The communes that fit what was typed; none before anything is, or once one is chosen.
fn in_sight(line: &Line, chosen: &Option<Comuna>) -> Vec<Comuna> {
    match chosen {
        None if !line.text().trim().is_empty() => Comuna::matching(line.text(), MATCHES),
        _ => Vec::new(),
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

fn press_choice(options: usize, chosen: &mut Option<usize>, at: &mut usize, key: Key) -> Moved {
    match key {
        Key::Char(digit @ '1'..='9') if (digit as usize - '1' as usize) < options => {
            *at = digit as usize - '1' as usize;
            *chosen = Some(*at);
            Moved::Done
        }
        Key::Char(' ') => {
            *chosen = Some(*at);
            Moved::Stayed
        }
        Key::Enter => {
            *chosen = Some(*at);
            Moved::Done
        }
        Key::Down if *at + 1 < options => {
            *at += 1;
            Moved::Stayed
        }
        Key::Up if *at > 0 => {
            *at -= 1;
            Moved::Stayed
        }
        _ => moved(key),
    }
}

fn press_comuna(line: &mut Line, at: &mut usize, chosen: &mut Option<Comuna>, key: Key) -> Moved {
    let sight = in_sight(line, chosen);
    match key {
        Key::Down if *at + 1 < sight.len() => *at += 1,
        Key::Up if *at > 0 => *at -= 1,
        Key::Enter | Key::Tab => {
            if let Some(comuna) = sight.get(*at) {
                line.set(&comuna.label());
                (*at, *chosen) = (0, Some(*comuna));
            }
            return moved(key);
        }
        Key::Char(_) | Key::Backspace | Key::Delete => {
            line.press(key);
            (*at, *chosen) = (0, None);
        }
        _ if line.press(key) => {}
        _ => return moved(key),
    }
    Moved::Stayed
}

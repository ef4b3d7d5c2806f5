//! The panel *Validación de seguridad anti-Robots*, the same in every workflow: four letters, one
//! use, new ones for the asking.

use crate::event::Key;
use crate::form::challenge::Challenge;
use crate::form::field::Field;
use crate::form::names::{ButtonName, Name};
use crate::form::{Form, Pressed, Touch};
use crate::page::{Block, Words};
use crate::text::Msg;

/// The letters on the screen, and the field in which they are typed.
#[derive(Debug, PartialEq)]
pub struct ChallengePanel {
    challenge: Challenge,
    form: Form,
}

/// What a touch on the panel came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Passed {
    /// The letters were right.
    Yes,
    /// *Volver*, or Esc.
    Back,
    /// Draw new letters: asked for, or after a wrong try.
    Renew,
    /// Nothing yet.
    NotYet,
}

impl ChallengePanel {
    /// A panel whose letters are still to be drawn. `last` is the button that the right ones press:
    /// *Ingresar*, or the workflow's last one.
    pub fn new(last: ButtonName) -> Self {
        ChallengePanel {
            challenge: Challenge::new([' '; 4]),
            form: Form::new(vec![Field::line(Name::Letters)], vec![last, ButtonName::Refresh]),
        }
    }

    /// New letters in the same panel; what was typed for the old ones goes, what was said stays.
    pub fn renew(&mut self, letters: [char; 4]) {
        self.challenge = Challenge::new(letters);
        if let Some(field) = self.form.field_mut(Name::Letters) {
            let error = field.error.take();
            field.clear();
            field.error = error;
        }
        self.form.focus_on(Name::Letters);
    }

    /// A touch on the panel; F5 draws other letters.
    pub fn touch(&mut self, touch: &Touch) -> Passed {
        if *touch == Touch::Key(Key::F(5)) {
            self.form.set_errors(vec![]);
            return Passed::Renew;
        }
        match self.form.touch(touch) {
            Pressed::Back => Passed::Back,
            Pressed::Button(ButtonName::Refresh) => {
                self.form.set_errors(vec![]);
                Passed::Renew
            }
            Pressed::Button(_) => self.check(),
            Pressed::Nothing | Pressed::Toggled(_) => Passed::NotYet,
        }
    }

    fn check(&mut self) -> Passed {
        let typed = self.form.text(Name::Letters).trim();
        if typed.is_empty() {
            self.form.fail(Name::Letters, Msg::MissingLetters);
            Passed::NotYet
        } else if self.challenge.is_answered_by(typed) {
            Passed::Yes
        } else {
            self.form.fail(Name::Letters, Msg::WrongLetters);
            Passed::Renew
        }
    }

    /// The field and its buttons.
    pub fn form(&self) -> &Form {
        &self.form
    }

    /// The letters, why they are asked for, and the form.
    pub fn blocks(&self) -> Vec<Block> {
        let mut blocks = vec![
            Block::Panel(Msg::PanelLetters),
            Block::guide_or(
                Block::Paragraph(Words::Said(Msg::GuideLetters)),
                Block::Paragraph(Words::Said(Msg::ChallengeWhy)),
            ),
            Block::Challenge(self.challenge.page()),
        ];
        blocks.extend(self.form.blocks());
        blocks
    }
}

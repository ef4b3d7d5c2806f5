//! How a form is shown: its fields, what is wrong with them, and its buttons.

use super::field::Field;
use super::names::ButtonName;
use super::{Form, errors};
use crate::event::Target;
use crate::page::{self, Block};
use crate::text::Msg;

impl Form {
    /// The summary of errors if there are several that differ, the fields, what the asterisk means, the
    /// buttons.
    pub fn blocks(&self) -> Vec<Block> {
        let mut blocks = Vec::new();
        let errors = errors(&self.fields);
        if errors.iter().any(|(_, error)| *error != errors[0].1) {
            blocks.push(Block::Summary(errors));
        }
        let fields = self.fields.iter().enumerate();
        blocks.extend(fields.map(|(index, field)| Block::Field(field.page(Target::Field(index as u8)))));
        if self.fields.iter().any(|field| field.name.is_required()) {
            blocks.push(Block::Note(Msg::RequiredFields));
        }
        blocks.push(button_block(&self.fields, &self.buttons));
        blocks
    }
}

/// Buttons alone on a page are a numbered menu.
fn button_block(fields: &[Field], buttons: &[ButtonName]) -> Block {
    let numbered = fields.is_empty() && buttons.len() > 1;
    let buttons = buttons.iter().enumerate().map(|(index, name)| (Target::Button(index as u8), name.label()));
    if numbered {
        Block::Menu(buttons.map(|(target, label)| page::Item { target, label, detail: None }).collect())
    } else {
        Block::Buttons(buttons.map(|(target, label)| page::Button { target, label }).collect())
    }
}

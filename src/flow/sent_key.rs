//! The receipt of a key that is sent (guide 3), wherever it was asked for: what will become of it, what it
//! opens, and the way there for whoever has it already.

use super::folio_blocks;
use super::promise;
use super::shown::{Shown, say};
use crate::domain::folio::Folio;
use crate::effect::SentTo;
use crate::form::Form;
use crate::form::names::ButtonName;
use crate::page::Block;
use crate::text::Msg;

/// What can be done there. Enter ends the visit; whoever has the key goes on to choose their own.
pub fn buttons(sent_to: &SentTo) -> Form {
    let next = match sent_to.outlook().may_arrive() {
        true => ButtonName::ChangeArrived,
        false => ButtonName::AskHelp,
    };
    Form::new(vec![], vec![ButtonName::Leave, next])
}

/// The guide's dialog, where to, what next, and the folio.
pub fn shows<'a>(said: Vec<Block>, folio: Folio, sent_to: &SentTo, buttons: &'a Form) -> Shown<'a> {
    let mut blocks = said;
    blocks.extend(promise::places(sent_to));
    if sent_to.outlook().may_arrive() {
        blocks.push(say(Msg::SentWhatNext));
    }
    blocks.extend(folio_blocks(folio));
    if sent_to.outlook().may_arrive() {
        blocks.push(say(Msg::SentKeepFolio));
    }
    Shown::form(promise::heading(sent_to.outlook()), blocks, buttons).confirms()
}

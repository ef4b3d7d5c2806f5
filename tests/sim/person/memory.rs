//! What somebody remembers of a firm from one visit to the next.

use std::collections::BTreeMap;

use totem::page::{Block, Page, Words};
use totem::text::Msg;

use super::Visitor;
use crate::sim::cast::{self, FIRMS, Who};
use crate::sim::plan::Purpose;

/// What one person knows of one firm.
#[derive(Clone, Debug, Default)]
pub struct Memory {
    /// Claves that were chosen, or that a thief got hold of; the newest last.
    pub claves: Vec<String>,
    /// How many of them, from the end, were tried in vain.
    pub tried_in_vain: usize,
    /// On receipts.
    pub folios: Vec<String>,
    /// Of registrations, which may not be finished.
    pub applications: Vec<String>,
    /// Of facilitators' requests.
    pub requests: Vec<String>,
    /// Codes and keys that were typed already.
    pub used: Vec<String>,
    /// How many claves were ever thought of.
    thought_of: u32,
}

impl Memory {
    /// One that was never chosen before.
    pub fn thinks_of_clave(&mut self, who: Who, firm: usize) -> String {
        self.thought_of += 1;
        let letter = |number: u32| char::from(b'a' + (number % 26) as u8);
        let number = self.thought_of;
        format!(
            "{}q{}{}+7{}x{}",
            letter(who as u32).to_ascii_uppercase(),
            letter(number),
            letter(number / 26),
            letter(firm as u32).to_ascii_uppercase(),
            letter(number / 676)
        )
    }

    /// Reads a page for what is worth remembering.
    pub fn notes(&mut self, page: &Page, visitor: &Visitor) {
        for block in &page.blocks {
            let Block::Qr { content, letters: Words::Said(Msg::ReceiptFolio { .. }) } = block else {
                continue;
            };
            if !self.folios.contains(content) {
                self.folios.push(content.clone());
                if visitor.purpose == Purpose::RequestFacilitator {
                    self.requests.push(content.clone());
                }
                // What stands on a receipt is done: the clave that was chosen is in use.
                self.claves.extend(visitor.chosen.clone());
                self.tried_in_vain = 0;
            }
        }
        for block in &page.blocks {
            let Block::Facts(facts) = block else { continue };
            for fact in facts.iter().filter(|fact| fact.label == Msg::LabelFolio) {
                if let Words::Given(folio) = &fact.value {
                    if !self.folios.iter().any(|known| known == folio.as_str()) {
                        self.folios.push(folio.to_string());
                    }
                    if matches!(visitor.purpose, Purpose::Register | Purpose::RegisterAndLeave) {
                        self.applications.push(folio.to_string());
                        self.claves.extend(visitor.chosen.clone());
                    }
                }
            }
        }
        self.claves.dedup();
        self.applications.dedup();
    }
}

/// What everybody knows.
#[derive(Default)]
pub struct Memories(BTreeMap<(Who, usize), Memory>);

impl Memories {
    /// When the office opens, owners know their firm's clave.
    pub fn new() -> Self {
        let mut memories = Memories::default();
        for (number, firm) in FIRMS.iter().enumerate().filter(|(_, firm)| firm.has_account) {
            let claves = vec![cast::first_clave(number).to_string()];
            let memory = Memory { claves, ..Memory::default() };
            memories.0.insert((Who::Leaver, number), memory.clone());
            memories.0.insert((firm.represented_by[0], number), memory);
        }
        memories
    }

    /// Every clave of a firm that a thief chose, or got hold of.
    pub fn known_to_thieves(&self, firm: usize) -> Vec<String> {
        let thieves = self.0.iter().filter(|((who, of), _)| *of == firm && who.is_thief());
        thieves.flat_map(|(_, memory)| [memory.claves.clone(), memory.used.clone()].concat()).collect()
    }

    /// Those who represent a firm tell each other; thieves keep what they know to themselves.
    pub fn of(&mut self, who: Who, firm: usize) -> &mut Memory {
        let keeper = if who.represents(firm) { FIRMS[firm].represented_by[0] } else { who };
        self.0.entry((keeper, firm)).or_default()
    }
}

//! The lines of a review: what stands in each field, and where it is changed.

use super::{Panel, Panels};
use crate::domain::clean::Clean;
use crate::event::Target;
use crate::form::field::{Field, Input};
use crate::form::names::Name;
use crate::page::{Fact, Words};
use crate::text::Msg;

impl Panels {
    /// The lines that can be changed, in order.
    pub(in crate::flow) fn changeable(&self, lines: &[(Panel, Name)]) -> Vec<u8> {
        let found = lines
            .iter()
            .enumerate()
            .filter(|(_, (panel, name))| self.form(*panel).field(*name).is_some_and(Field::takes_focus));
        found.map(|(index, _)| index as u8).collect()
    }

    /// `instead`: what is said in place of what stands in a field.
    pub(in crate::flow) fn facts(
        &self,
        lines: &[(Panel, Name)],
        instead: impl Fn(&Field) -> Option<Words>,
    ) -> Vec<Fact> {
        let facts = lines.iter().enumerate().filter_map(|(index, (panel, name))| {
            let field = self.form(*panel).field(*name)?;
            let change = field.takes_focus().then_some(Target::Fact(index as u8));
            let value = instead(field).unwrap_or_else(|| self.reviewed(field));
            Some(Fact { label: name.label(), value, change })
        });
        facts.collect()
    }

    /// What stands in the field, and of what is hidden only that it is there.
    fn reviewed(&self, field: &Field) -> Words {
        match &field.input {
            Input::Hidden(_) => Words::Said(Msg::ReviewHidden),
            Input::ReadOnly(words) => words.clone(),
            Input::Choice { options, chosen: Some(chosen), .. } => {
                options.get(*chosen).cloned().unwrap_or(Words::Said(Msg::ReviewNothing))
            }
            _ if field.name == Name::Fax && self.contact.has_no_fax() => Words::Said(Msg::LabelNoFax),
            _ if field.text().trim().is_empty() => Words::Said(Msg::ReviewNothing),
            _ => Words::Given(Clean::from(field.text())),
        }
    }
}

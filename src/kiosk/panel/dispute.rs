//! What staff do for a settlement beside the person (E6, T6): the last four symbols of the card, and why.

use crate::domain::clean::Clean;
use crate::domain::rut::Rut;
use crate::effect::settlement::{DisputeAct, DisputeOpened, UnlistedCompany, WithoutRun};
use crate::effect::{CardValidated, StaffAct};
use crate::flow::staff::second::{fields_of_second, hint_of_second, read_ending};
use crate::flow::staff::words::unsettled;
use crate::form::Form;
use crate::form::field::Field;
use crate::form::names::{ButtonName, Name};
use crate::form::reasons::Reasons;
use crate::page::{Block, Fact, Words};
use crate::text::Msg;

pub use crate::effect::settlement::DisputeReply;

/// Which of the two they are.
#[derive(Clone, Debug, PartialEq)]
pub enum DisputePart {
    /// Nobody has opened it, and the card was matched in this visit.
    First {
        /// That was matched.
        card: CardValidated,
        /// Nothing less helps the person on.
        is_all_that_helps: bool,
    },
    /// Nobody has opened it, and there is no card to be matched.
    FirstWithPapers(WithoutRun),
    /// Nobody has opened it, and the company is on no list yet.
    FirstUnlisted(Rut),
    /// It waits for another one.
    Second(DisputeOpened),
}

impl DisputePart {
    /// What is pressed for it.
    pub fn button(&self) -> ButtonName {
        match self {
            DisputePart::First { .. } | DisputePart::FirstWithPapers(_) => ButtonName::OpenDispute,
            DisputePart::FirstUnlisted(_) => ButtonName::OpenUnlisted,
            DisputePart::Second(_) => ButtonName::ConfirmDispute,
        }
    }

    /// Whether staff who come to this page come for it.
    pub fn is_awaited(&self) -> bool {
        match self {
            DisputePart::First { is_all_that_helps, .. } => *is_all_that_helps,
            DisputePart::FirstWithPapers(_) | DisputePart::Second(_) => true,
            // Most often the RUT was mistyped.
            DisputePart::FirstUnlisted(_) => false,
        }
    }

    /// What stands above the form. The second is told for whom they answer.
    pub fn says(&self) -> Vec<Block> {
        let hint = Block::Paragraph(Words::Said(self.hint()));
        let DisputePart::Second(opened) = self else { return vec![hint] };
        let fact = |label, value: String| Fact { label, value: Clean::from(value).into(), change: None };
        vec![
            hint,
            Block::Facts(vec![
                fact(Msg::LabelRutOfCompany, opened.company().to_string()),
                Fact {
                    label: Msg::LabelBusinessName,
                    value: opened.company_name().clone().into(),
                    change: None,
                },
                fact(Msg::LabelRepresentativeRut, opened.representative().masked()),
            ]),
        ]
    }

    fn hint(&self) -> Msg {
        match self {
            DisputePart::FirstWithPapers(WithoutRun { serial: Some(_), .. }) => Msg::DisputeCardHint,
            DisputePart::FirstWithPapers(_) => Msg::DisputePapersHint,
            DisputePart::FirstUnlisted(_) => Msg::DisputeUnlistedHint,
            DisputePart::First { .. } => Msg::DisputeHint,
            DisputePart::Second(opened) => hint_of_second(opened.grounds()),
        }
    }

    /// The symbols, and why. Where papers stand for a card or for SII, the reason says which were seen.
    pub fn form(&self) -> Form {
        let fields = match self {
            DisputePart::First { .. } => vec![Field::line(Name::CardEnding), Reasons::Settled.field()],
            DisputePart::FirstWithPapers(_) => vec![Field::line(Name::CardEnding), Field::line(Name::Reason)],
            DisputePart::FirstUnlisted(_) => vec![
                Field::line(Name::UnlistedBusinessName),
                Field::line(Name::UnlistedRepresentativeRut),
                Field::line(Name::UnlistedRepresentativeName),
                Field::line(Name::IdentityNumber),
                Field::line(Name::PapersSeen),
            ],
            DisputePart::Second(opened) => fields_of_second(opened.grounds()),
        };
        Form::new(fields, vec![self.button()])
    }

    /// What was typed into it, if it is all there.
    pub fn read(&self, form: &mut Form) -> Option<(StaffAct, Clean)> {
        let (act, reason) = match self {
            DisputePart::First { card, .. } => {
                let (ending, reason) = read_ending(form)?;
                (DisputeAct::Open { card: card.clone(), ending }, reason)
            }
            DisputePart::FirstWithPapers(person) => {
                let (ending, reason) = read_ending(form)?;
                (DisputeAct::OpenWithPapers { person: person.clone(), ending }, reason)
            }
            DisputePart::FirstUnlisted(company) => read_unlisted(*company, form)?,
            DisputePart::Second(opened) => {
                let (ending, reason) = read_ending(form)?;
                (DisputeAct::Confirm { folio: opened.folio(), ending }, reason)
            }
        };
        Some((StaffAct::Dispute(act), reason))
    }
}

fn read_unlisted(company: Rut, form: &mut Form) -> Option<(DisputeAct, Clean)> {
    form.read(|reader| {
        let company_name = reader.words(Name::UnlistedBusinessName);
        let representative = reader.rut(Name::UnlistedRepresentativeRut);
        let representative_name = reader.words(Name::UnlistedRepresentativeName);
        let document = representative.and_then(|holder| reader.document_shown(Name::IdentityNumber, holder));
        let reason = reader.reason(Name::PapersSeen);
        let unlisted = UnlistedCompany {
            company,
            company_name: company_name?,
            representative: representative?,
            representative_name: representative_name?,
            document: document?,
        };
        Some((DisputeAct::OpenUnlisted(unlisted), reason?))
    })
}

/// Why it does not go on, for the panel.
pub fn says(reply: &DisputeReply) -> Option<Msg> {
    match reply {
        DisputeReply::Not(why) => Some(unsettled(*why)),
        _ => None,
    }
}

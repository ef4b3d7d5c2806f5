//! What each step of *Registrar Persona Jurídica* shows.

use super::{CREATE, Panel, Register, Step, Unfit};
use crate::domain::clean::Clean;
use crate::flow::review;
use crate::flow::shown::{Shown, say};
use crate::flow::steps::StepName;
use crate::flow::{Engagement, folio_blocks, sent_to_blocks};
use crate::form::names::{ButtonName, Name};
use crate::page::{Block, Fact, Words};
use crate::text::Msg;

/// The lines of the review, in the guide's order, and where each is changed.
pub(super) const REVIEWED: [(Panel, Name); 19] = [
    (Panel::Company, Name::CompanyRut),
    (Panel::Question, Name::BusinessName),
    (Panel::Question, Name::TypedBusinessName),
    (Panel::Question, Name::Question),
    (Panel::Question, Name::Answer),
    (Panel::Address, Name::Comuna),
    (Panel::Address, Name::Street),
    (Panel::Address, Name::Number),
    (Panel::Address, Name::Block),
    (Panel::Address, Name::Apartment),
    (Panel::Contact, Name::CompanyEmail),
    (Panel::Contact, Name::Phone),
    (Panel::Contact, Name::Fax),
    (Panel::Representative, Name::RepresentativeRut),
    (Panel::RepresentativeContact, Name::RepresentativeName),
    (Panel::RepresentativeContact, Name::TypedRepresentativeName),
    (Panel::RepresentativeContact, Name::Mobile),
    (Panel::RepresentativeContact, Name::RepresentativeEmail),
    (Panel::Clave, Name::Clave),
];

fn steps() -> Vec<StepName> {
    vec![
        StepName::Company,
        StepName::Address,
        StepName::Contact,
        StepName::Representative,
        StepName::Clave,
        StepName::Letters,
        StepName::Review,
    ]
}

impl Panel {
    fn number(self) -> u8 {
        match self {
            Panel::Company | Panel::Question => 1,
            Panel::Address => 2,
            Panel::Contact => 3,
            Panel::Representative | Panel::RepresentativeContact => 4,
            Panel::Clave => 5,
        }
    }
}

impl Register {
    pub(super) fn shown(&self) -> Shown<'_> {
        match &self.step {
            Step::Panel(panel, _) => {
                let mut blocks = vec![Block::Panel(panel.title())];
                blocks.extend(panel.opening());
                let shown = Shown::form(panel.heading(), blocks, self.panels.form(*panel))
                    .at_step(panel.number(), steps())
                    .help(panel.help());
                if *panel == Panel::Company { shown.begins() } else { shown }
            }
            Step::Challenge(challenge) => {
                Shown::challenge(Msg::LettersHeading, vec![], challenge).at_step(6, steps())
            }
            Step::Review { at } => {
                let buttons = [(CREATE, ButtonName::CreateAccount)];
                review::shows(Msg::ReviewHeading, Msg::ReviewHint, self.review_facts(), &buttons, *at)
                    .at_step(7, steps())
                    .help([Msg::HelpReview])
            }
            Step::Code { code, sent_to } => {
                let folio = Words::Given(Clean::from(code.awaiting().folio().to_string()));
                let folio = Fact { label: Msg::LabelFolio, value: folio, change: None };
                let mut blocks = vec![say(Msg::CodeHintRegister), Block::Facts(vec![folio])];
                blocks.extend(sent_to_blocks(sent_to));
                if !self.subject.is_unchecked() {
                    blocks.push(say(Msg::CodeMendRegister));
                }
                Shown::form(Msg::CodeHeading, blocks, code.form())
                    .help([Msg::HelpCode])
                    .with_no_way_back()
                    .engages(Engagement::WaitingForPhone)
            }
            Step::Taken { folio, address_proved, buttons } => {
                let mut blocks = self.taken_blocks(*address_proved);
                blocks.extend(folio_blocks(*folio));
                Shown::form(Msg::TakenHeading, blocks, buttons).confirms()
            }
            Step::Unfit { unfit: Unfit::CompanyClosed, buttons, .. } => {
                Shown::form(Msg::UnfitClosedHeading, vec![say(Msg::UnfitClosed)], buttons)
            }
            Step::Unfit { unfit: Unfit::CompanyUnknown, buttons, .. } => {
                Shown::form(Msg::UnfitUnknownHeading, vec![say(Msg::UnfitUnknown)], buttons)
            }
            Step::Asking(asked) => asked.shows(),
        }
    }

    /// What the receipt says. Whether the company had a key before is told to nobody here (S9).
    fn taken_blocks(&self, address_proved: bool) -> Vec<Block> {
        let mut blocks = match self.subject.is_unchecked() {
            true => vec![say(Msg::TakenPending), say(Msg::TakenPendingNext)],
            false => {
                let outcomes = vec![Msg::TakenIfNew.into(), Msg::TakenIfKnown.into()];
                vec![say(Msg::Taken), Block::Bullets(outcomes)]
            }
        };
        blocks.push(say(if address_proved { Msg::TakenProved } else { Msg::TakenUnproved }));
        blocks
    }

    /// The lines of the review that can be changed, in order.
    pub(super) fn changeable(&self) -> Vec<u8> {
        self.panels.changeable(&REVIEWED)
    }

    fn review_facts(&self) -> Vec<Fact> {
        self.panels.facts(&REVIEWED, |field| {
            let named = match field.name {
                Name::BusinessName => self.subject.company_name(),
                Name::RepresentativeName => self.subject.representative_name(),
                _ => None,
            };
            named.cloned().map(Words::Given)
        })
    }
}

impl Panel {
    /// What the guide says above a panel's fields.
    fn opening(self) -> Vec<Block> {
        match self {
            Panel::Company => vec![Block::Important(Msg::RegisterImportant)],
            Panel::Clave => vec![say(Msg::ClaveRule)],
            Panel::Question
            | Panel::Address
            | Panel::Contact
            | Panel::Representative
            | Panel::RepresentativeContact => vec![],
        }
    }
}

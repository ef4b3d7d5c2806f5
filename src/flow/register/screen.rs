//! What each step of *Registrar Persona Jurídica* shows.

use super::{CREATE, Panel, Register, Step, Unfit};
use crate::domain::clean::Clean;
use crate::flow::{folio_blocks, page, sent_to_blocks};
use crate::form::names::{ButtonName, Name};
use crate::page::{Block, Button, Fact, Page, Words};
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

fn steps() -> Vec<Msg> {
    vec![
        Msg::StepCompany,
        Msg::StepAddress,
        Msg::StepContact,
        Msg::StepRepresentative,
        Msg::StepClave,
        Msg::StepLetters,
        Msg::StepReview,
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
    pub fn page(&self) -> Page {
        let place = Msg::PlaceRegister;
        let form = self.form();
        let say = |msg| Block::Paragraph(Words::Said(msg));
        match &self.step {
            Step::Asking(asked) => asked.page(place),
            Step::Panel(panel, _) => {
                let mut blocks = vec![Block::Panel(panel.title())];
                blocks.extend(panel.opening());
                blocks.extend(form.blocks());
                page(place, panel.heading(), blocks, form.focus())
                    .at_step(panel.number(), steps())
                    .with_help(panel.help())
            }
            Step::Challenge(letters) => page(place, Msg::LettersHeading, letters.blocks(), form.focus())
                .at_step(6, steps())
                .with_help(vec![Msg::HelpLetters]),
            Step::Review { at } => {
                let create = Button { target: CREATE, label: ButtonName::CreateAccount.label() };
                let blocks = vec![
                    Block::Opening(Msg::ReviewHint),
                    Block::Facts(self.review_facts()),
                    Block::Gap,
                    Block::Buttons(vec![create]),
                ];
                page(place, Msg::ReviewHeading, blocks, *at)
                    .at_step(7, steps())
                    .with_help(vec![Msg::HelpReview])
            }
            Step::Code { awaiting, sent_to } => {
                let folio = Words::Given(Clean::from(awaiting.folio.to_string()));
                let folio = Fact { label: Msg::LabelFolio, value: folio, change: None };
                let mut blocks = vec![say(Msg::CodeHintRegister), Block::Facts(vec![folio])];
                blocks.extend(sent_to_blocks(sent_to));
                if !self.subject.is_unchecked() {
                    blocks.push(say(Msg::CodeMendRegister));
                }
                blocks.extend(form.blocks());
                page(place, Msg::CodeHeading, blocks, form.focus())
                    .with_help(vec![Msg::HelpCode])
                    .with_no_way_back()
            }
            Step::Taken { folio, address_proved } => {
                let mut blocks = self.taken_blocks(*address_proved);
                blocks.extend(folio_blocks(*folio));
                blocks.extend(form.blocks());
                page(place, Msg::TakenHeading, blocks, form.focus()).with_no_way_back()
            }
            Step::Unfit(unfit, _) => {
                let (heading, says) = match unfit {
                    Unfit::CompanyClosed => (Msg::UnfitClosedHeading, Msg::UnfitClosed),
                    Unfit::CompanyUnknown => (Msg::UnfitUnknownHeading, Msg::UnfitUnknown),
                };
                let mut blocks = vec![say(says)];
                blocks.extend(form.blocks());
                page(place, heading, blocks, form.focus())
            }
        }
    }

    /// What the receipt says. Whether the company had a key before is told to nobody here (S9).
    fn taken_blocks(&self, address_proved: bool) -> Vec<Block> {
        let say = |msg| Block::Paragraph(Words::Said(msg));
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
            Panel::Clave => vec![Block::Paragraph(Words::Said(Msg::ClaveRule))],
            _ => vec![],
        }
    }
}

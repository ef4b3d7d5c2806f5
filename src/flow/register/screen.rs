//! What each step of *Registrar Persona Jurídica* shows.

use super::{CREATE, MobileStands, Panel, Register, Step, TakenAs, Unfit};
use crate::domain::clean::Clean;
use crate::domain::folio::Folio;
use crate::effect::{ApplicantCard, SentTo, Witnesses};
use crate::flow::code::CodePanel;
use crate::flow::folio_blocks;
use crate::flow::promise::{self, Notice, Promise};
use crate::flow::review;
use crate::flow::sent_key;
use crate::flow::shown::{Shown, say};
use crate::flow::steps::StepName;
use crate::form::Form;
use crate::form::names::{ButtonName, Name};
use crate::page::{Block, Fact, Words};
use crate::text::Msg;

/// The lines of the review, in the guide's order, and where each is changed.
pub(super) const REVIEWED: [(Panel, Name); 20] = [
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
    (Panel::Card, Name::Serial),
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
            Panel::Representative | Panel::Card | Panel::RepresentativeContact => 4,
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
            Step::Code { code, sent_to } => shows_code(code, sent_to),
            Step::Resume => Shown::form(Msg::ResumeHeading, vec![say(Msg::ResumeHint)], &self.resume),
            Step::Mobile { code, sent_to } => shows_mobile(code, sent_to),
            Step::InPerson { awaiting, by, buttons } => shows_in_person(awaiting.folio(), *by, buttons),
            Step::Held(held) => held.shows(Some(Msg::RegisteredBefore)),
            Step::Sent { folio, sent_to, buttons } => shows_sent(*folio, sent_to, buttons),
            Step::Taken { folio, taken, buttons } => {
                let mut blocks = taken.blocks();
                blocks.extend(folio_blocks(*folio));
                Shown::form(taken.heading(), blocks, buttons).confirms()
            }
            Step::Unfit { unfit: Unfit::CompanyClosed, buttons, .. } => {
                Shown::form(Msg::UnfitClosedHeading, vec![say(Msg::UnfitClosed)], buttons)
            }
            Step::Unfit { unfit: Unfit::CompanyUnknown, buttons, .. } => {
                Shown::form(Msg::UnfitUnknownHeading, vec![say(Msg::UnfitUnknown)], buttons)
            }
            Step::Unfit { unfit: Unfit::NaturalPerson, buttons, .. } => {
                let says = vec![say(Msg::UnfitPerson), say(Msg::UnfitPersonNext)];
                Shown::form(Msg::UnfitPersonHeading, says, buttons)
            }
            Step::Unfit { unfit: Unfit::Unlisted { day, .. }, buttons, .. } => {
                let says = vec![say(Msg::UnfitUnlisted { day: day.clone() }), say(Msg::UnfitUnlistedNext)];
                Shown::form(Msg::UnfitUnlistedHeading, says, buttons)
            }
            Step::Asking(asked) => asked.shows(),
        }
    }

    /// Of the card only whether it was checked: its number is half of a proof.
    fn card_told(&self) -> Msg {
        match self.subject.card() {
            Some(ApplicantCard::Validated(_)) => Msg::ReviewCardChecked,
            Some(ApplicantCard::Unchecked(_)) | None => Msg::ReviewCardUnchecked,
        }
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
                Name::Serial => return Some(Words::Said(self.card_told())),
                _ => None,
            };
            named.cloned().map(Words::Given)
        })
    }
}

/// The mailbox's code, under the folio that finds the application again.
fn shows_code<'a>(code: &'a CodePanel, sent_to: &SentTo) -> Shown<'a> {
    let folio = Words::Given(Clean::from(code.awaiting().folio().to_string()));
    let folio = Fact { label: Msg::LabelFolio, value: folio, change: None };
    let above = vec![say(Msg::ApplicationKept), Block::Facts(vec![folio])];
    let below = vec![say(match code.offers(ButtonName::MendEmail) {
        true => Msg::CodeMendEmail,
        false => Msg::CodeMendRegister,
    })];
    code.shows_between(above, (Promise::CodeToRegister, sent_to), below).with_no_way_back()
}

fn shows_mobile<'a>(code: &'a CodePanel, sent_to: &SentTo) -> Shown<'a> {
    let above = vec![say(Msg::RegisteredNow)];
    code.shows_between(above, (Promise::CodeToMobile, sent_to), vec![]).with_no_way_back()
}

fn shows_in_person(folio: Folio, by: Witnesses, buttons: &Form) -> Shown<'_> {
    let (heading, says) = match by {
        Witnesses::One => (Msg::RegisterInPersonHeading, [Msg::RegisterInPerson, Msg::RegisterInPersonNext]),
        Witnesses::Two => (Msg::StopTwoHeading, [Msg::RegisterTwo, Msg::RegisterTwoNext]),
    };
    let mut blocks = says.map(say).to_vec();
    blocks.extend(folio_blocks(folio));
    Shown::form(heading, blocks, buttons).confirms()
}

fn shows_sent<'a>(folio: Folio, sent_to: &SentTo, buttons: &'a Form) -> Shown<'a> {
    let mut blocks = vec![say(Msg::RegisteredBefore)];
    blocks.extend(promise::said_of(sent_to, |_| Promise::KeyByMail));
    sent_key::shows(blocks, folio, sent_to, buttons)
}

impl MobileStands {
    fn says(self) -> Msg {
        match self {
            MobileStands::Proved => Msg::RegisteredMobileProved,
            MobileStands::Later => Msg::RegisteredMobileLater,
            MobileStands::NoSms => Msg::RegisteredNoSms,
        }
    }
}

impl TakenAs {
    fn heading(self) -> Msg {
        match self {
            TakenAs::Account { .. } => Msg::RegisteredHeading,
            TakenAs::Waits { .. } | TakenAs::Later => Msg::TakenHeading,
        }
    }

    fn blocks(self) -> Vec<Block> {
        let says = match self {
            TakenAs::Account(mobile) => vec![Msg::RegisteredNow, mobile.says()],
            TakenAs::Waits { result } => {
                vec![Msg::TakenPending, Msg::TakenPendingNext, Notice::ApplicationResult.said(result)]
            }
            TakenAs::Later => vec![Msg::TakenLater, Msg::TakenLaterNext],
        };
        says.into_iter().map(say).collect()
    }
}

impl Panel {
    /// What the guide says above a panel's fields.
    fn opening(self) -> Vec<Block> {
        match self {
            Panel::Company => vec![
                Block::guide(say(Msg::GuideRegister)),
                Block::guide_or(
                    Block::Information(Msg::GuideRegisterInformation),
                    Block::Information(Msg::RegisterImportant),
                ),
            ],
            Panel::Clave => vec![say(Msg::ClaveRule)],
            Panel::Card => vec![say(Msg::RecoverCardHint)],
            Panel::Question
            | Panel::Address
            | Panel::Contact
            | Panel::Representative
            | Panel::RepresentativeContact => vec![],
        }
    }
}

//! What each step of a facilitator's request shows.

use super::files::drive_list;
use super::{Facilitator, MAKE, Panel, Paper, Step};
use crate::domain::clean::Clean;
use crate::domain::folio::Folio;
use crate::domain::outlook::Outlook;
use crate::effect::SentTo;
use crate::event::Target;
use crate::flow::promise::{self, Notice, Promise};
use crate::flow::review;
use crate::flow::shown::{Shown, say};
use crate::flow::steps::StepName;
use crate::flow::{Engagement, folio_blocks};
use crate::form::field::{Field, Input};
use crate::form::names::{ButtonName, Name};
use crate::page::{Block, Fact, Words};
use crate::text::Msg;

/// A line of the review, and where it is changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Line {
    Paper(Paper),
    Field(Panel, Name),
}

/// The lines of the review, in the guide's order.
pub(super) const REVIEWED: [Line; 15] = [
    Line::Paper(Paper::Declaration),
    Line::Field(Panel::Identity, Name::IdentityNumber),
    Line::Field(Panel::Identity, Name::IdentityKind),
    Line::Paper(Paper::IdentityDocument),
    Line::Field(Panel::Names, Name::Names),
    Line::Field(Panel::Names, Name::PaternalSurname),
    Line::Field(Panel::Names, Name::MaternalSurname),
    Line::Field(Panel::Birth, Name::Sex),
    Line::Field(Panel::Birth, Name::BirthDate),
    Line::Field(Panel::Family, Name::CivilStatus),
    Line::Field(Panel::Family, Name::Children),
    Line::Field(Panel::Family, Name::Country),
    Line::Field(Panel::Contact, Name::FacilitatorEmail),
    Line::Field(Panel::Contact, Name::Question),
    Line::Field(Panel::Contact, Name::Answer),
];

pub(super) fn changeable() -> impl Iterator<Item = u8> {
    (0..REVIEWED.len()).map(|line| line as u8)
}

pub(super) fn steps() -> Vec<StepName> {
    vec![StepName::Who, StepName::Declaration, StepName::Facilitator, StepName::Request]
}

impl Paper {
    pub(super) fn label(self) -> Msg {
        match self {
            Paper::Declaration => Msg::LabelDeclaration,
            Paper::IdentityDocument => Msg::LabelIdentityDocument,
        }
    }

    pub(super) fn heading(self) -> Msg {
        match self {
            Paper::Declaration => Msg::FilesDeclarationHeading,
            Paper::IdentityDocument => Msg::FilesIdentityHeading,
        }
    }

    pub(super) fn step(self) -> u8 {
        match self {
            Paper::Declaration => 2,
            Paper::IdentityDocument => 3,
        }
    }
}

impl Panel {
    fn heading(self) -> Msg {
        match self {
            Panel::Identity => Msg::FacilitatorIdentityHeading,
            Panel::Names => Msg::FacilitatorNamesHeading,
            Panel::Birth => Msg::FacilitatorBirthHeading,
            Panel::Family => Msg::FacilitatorFamilyHeading,
            Panel::Contact => Msg::FacilitatorContactHeading,
        }
    }

    fn help(self) -> Vec<Msg> {
        match self {
            Panel::Identity => vec![Msg::HelpIdentity],
            Panel::Names => vec![Msg::HelpNames],
            Panel::Birth | Panel::Family => vec![Msg::HelpAsOnDocument],
            Panel::Contact => vec![Msg::HelpFacilitatorEmail, Msg::HelpQuestion],
        }
    }
}

impl Facilitator {
    pub(super) fn shown(&self) -> Shown<'_> {
        match &self.step {
            Step::Who => {
                let hint = vec![
                    Block::guide(say(Msg::GuideRegister)),
                    say(Msg::FacilitatorWhoHint),
                    Block::Panel(Msg::PanelValidate),
                ];
                Shown::form(Msg::ChangeWhoHeading, hint, self.panels.who())
                    .at_step(1, steps())
                    .help([Msg::HelpFacilitator, Msg::HelpCompanyRut])
                    .begins()
            }
            Step::Challenge(challenge) => {
                Shown::challenge(Msg::LettersHeading, vec![], challenge).at_step(1, steps())
            }
            Step::SentClave { buttons } => {
                Shown::form(Msg::FacilitatorSentKeyHeading, vec![say(Msg::FacilitatorSentKey)], buttons)
            }
            Step::Declaration(desk) => {
                Shown::within(Msg::DeclarationHeading, self.declaration_blocks(desk), desk.focus())
                    .at_step(2, steps())
                    .help([Msg::HelpDeclaration, Msg::HelpFiles])
                    .engages(Engagement::WaitingForFile)
            }
            Step::Drives(drives, choosing) => {
                let blocks = vec![Block::Panel(Msg::PanelDeclaration), drive_list(drives)];
                Shown::within(Msg::DrivesHeading, blocks, choosing.focus())
                    .at_step(2, steps())
                    .engages(Engagement::WaitingForFile)
            }
            Step::Paper(intake) => intake.shown(),
            Step::Panel(panel, _) => {
                let title = vec![Block::Panel(Msg::PanelFacilitator)];
                Shown::form(panel.heading(), title, self.panels.form(*panel))
                    .at_step(3, steps())
                    .help(panel.help())
            }
            Step::Review { at } => {
                let (heading, buttons) = (Msg::FacilitatorReviewHeading, [(MAKE, ButtonName::MakeRequest)]);
                review::shows(heading, Msg::ReviewHint, self.review_facts(), &buttons, *at)
                    .at_step(4, steps())
                    .help([Msg::HelpFacilitatorReview])
            }
            Step::Taken { folio, sent_to, buttons } => {
                Shown::form(Msg::TakenHeading, receipt(*folio, sent_to), buttons).confirms()
            }
            Step::Asking(asked) => asked.shows(),
        }
    }

    /// Company and representative were validated, and are no longer changed here.
    fn review_facts(&self) -> Vec<Fact> {
        let mut facts = Vec::new();
        if let Some(may) = &self.may {
            let company = Clean::from(format!("{} · {}", may.company_name(), may.company()));
            let representative = Clean::from(may.representative().to_string());
            facts.push(Fact { label: Msg::LabelRutOfCompany, value: company.into(), change: None });
            facts.push(Fact {
                label: Msg::LabelRepresentativeRut,
                value: representative.into(),
                change: None,
            });
        }
        facts.extend(REVIEWED.iter().enumerate().map(|(index, line)| {
            let change = Some(Target::Fact(index as u8));
            match line {
                Line::Paper(paper) => {
                    let value = match self.attached.get(*paper) {
                        Some(taken) => Words::Given(taken.name.clone()),
                        None => Words::Said(Msg::ReviewNothing),
                    };
                    Fact { label: paper.label(), value, change }
                }
                Line::Field(panel, name) => {
                    let value = self
                        .panels
                        .form(*panel)
                        .field(*name)
                        .map_or(Words::Said(Msg::ReviewNothing), reviewed);
                    Fact { label: name.label(), value, change }
                }
            }
        }));
        facts
    }
}

fn receipt(folio: Folio, sent_to: &SentTo) -> Vec<Block> {
    let mut blocks = vec![say(Msg::FacilitatorTaken)];
    blocks.extend(promise::said_of(sent_to, |_| Promise::CopyOfRequest));
    blocks.extend(promise::places(sent_to));
    let answer = sent_to.outlook().of_channel();
    let mut next = vec![Msg::FacilitatorNextReview, Notice::RequestAnswer.said(answer)];
    // Where no mail leaves, the same would be said twice.
    if answer == Outlook::Now {
        next.push(Notice::KeyIfApproved.said(answer));
    }
    next.push(Msg::FacilitatorNextStatus);
    blocks.push(Block::Bullets(next.into_iter().map(Words::Said).collect()));
    blocks.extend(folio_blocks(folio));
    blocks
}

/// What stands in the field.
fn reviewed(field: &Field) -> Words {
    match &field.input {
        Input::Hidden(_) => Words::Said(Msg::ReviewHidden),
        Input::Choice { options, chosen: Some(chosen), .. } => {
            options.get(*chosen).cloned().unwrap_or(Words::Said(Msg::ReviewNothing))
        }
        _ if field.text().trim().is_empty() => Words::Said(Msg::ReviewNothing),
        _ => Words::Given(Clean::from(field.text())),
    }
}

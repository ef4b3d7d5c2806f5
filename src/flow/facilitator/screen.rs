//! What each step of a facilitator's request shows.

use super::files::{drive_items, preview};
use super::{Facilitator, MAKE, Panel, Paper, Step};
use crate::domain::clean::Clean;
use crate::domain::folio::Folio;
use crate::effect::SentTo;
use crate::event::Target;
use crate::flow::{folio_blocks, page, sent_to_blocks};
use crate::form::field::{Field, Input};
use crate::form::names::{ButtonName, Name};
use crate::page::{Block, Button, Fact, Page, Words};
use crate::text::{Msg, megabytes};

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

pub(super) fn steps() -> Vec<Msg> {
    vec![Msg::StepWho, Msg::StepDeclaration, Msg::StepFacilitator, Msg::StepRequest]
}

impl Paper {
    pub(super) fn label(self) -> Msg {
        match self {
            Paper::Declaration => Msg::LabelDeclaration,
            Paper::IdentityDocument => Msg::LabelIdentityDocument,
        }
    }

    fn heading(self) -> Msg {
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

fn say(msg: Msg) -> Block {
    Block::Paragraph(Words::Said(msg))
}

impl Facilitator {
    pub fn page(&self) -> Page {
        let place = Msg::PlaceFacilitator;
        let form = self.form();
        let with_form = |mut blocks: Vec<Block>| {
            blocks.extend(form.blocks());
            blocks
        };
        match &self.step {
            Step::Asking(asked) => asked.page(place),
            Step::Who => page(
                place,
                Msg::ChangeWhoHeading,
                with_form(vec![say(Msg::FacilitatorWhoHint)]),
                form.focus(),
            )
            .at_step(1, steps())
            .with_help(vec![Msg::HelpFacilitator, Msg::HelpCompanyRut]),
            Step::Challenge(letters) => page(place, Msg::LettersHeading, letters.blocks(), form.focus())
                .at_step(1, steps())
                .with_help(vec![Msg::HelpLetters]),
            Step::SentClave => page(
                place,
                Msg::FacilitatorSentKeyHeading,
                with_form(vec![say(Msg::FacilitatorSentKey)]),
                form.focus(),
            ),
            Step::Declaration(desk) => {
                page(place, Msg::DeclarationHeading, self.declaration_blocks(desk), desk.focus())
                    .at_step(2, steps())
                    .with_help(vec![Msg::HelpDeclaration, Msg::HelpFiles])
            }
            Step::Drives(drives, choosing) => {
                let blocks = vec![Block::Panel(Msg::PanelDeclaration), Block::Menu(drive_items(drives))];
                page(place, Msg::DrivesHeading, blocks, choosing.focus()).at_step(2, steps())
            }
            Step::Panel(panel, _) => page(
                place,
                panel.heading(),
                with_form(vec![Block::Panel(Msg::PanelFacilitator)]),
                form.focus(),
            )
            .at_step(3, steps())
            .with_help(panel.help()),
            Step::Phone(phone) => self.phone_page(phone),
            Step::PhoneOver(paper, _) => self.phone_over_page(*paper),
            Step::Files(..) | Step::TooLarge { .. } | Step::Preview { .. } => self.document_page(),
            Step::Review { at } => self.review_page(*at),
            Step::Taken { folio, sent_to } => self.receipt_page(*folio, sent_to),
        }
    }

    fn receipt_page(&self, folio: Folio, sent_to: &SentTo) -> Page {
        let mut blocks = vec![say(Msg::FacilitatorTaken)];
        blocks.extend(sent_to_blocks(sent_to));
        blocks.push(Block::Bullets(vec![
            Msg::FacilitatorNextReview.into(),
            Msg::FacilitatorNextKey.into(),
            Msg::FacilitatorNextStatus.into(),
        ]));
        blocks.extend(folio_blocks(folio));
        blocks.extend(self.form().blocks());
        page(Msg::PlaceFacilitator, Msg::TakenHeading, blocks, self.form().focus()).with_no_way_back()
    }

    /// Choosing a document, from the list to the preview.
    fn document_page(&self) -> Page {
        let place = Msg::PlaceFacilitator;
        let form = self.form();
        match &self.step {
            Step::Files(paper, _, shelf) => {
                let mut blocks = vec![Block::Panel(paper.label())];
                blocks.extend(shelf.blocks(self.may.as_ref().is_some_and(|may| may.has_phone)));
                page(place, paper.heading(), blocks, shelf.focus())
                    .at_step(paper.step(), steps())
                    .with_help(vec![Msg::HelpFiles])
            }
            Step::TooLarge { paper, name, bytes, could_be, .. } => {
                let (whole, tenth) = megabytes(*bytes);
                let fact = |label, value| Fact { label, value, change: None };
                let (width, height) = (u64::from(could_be.width), u64::from(could_be.height));
                let facts = vec![
                    fact(Msg::FactFile, Words::Given(name.clone())),
                    fact(Msg::FactSizeNow, Msg::SizeMegabytes { whole, tenth }.into()),
                    fact(
                        Msg::FactSizeScaled,
                        Msg::SizeKilobytes { kilobytes: could_be.bytes.div_ceil(1024) }.into(),
                    ),
                    fact(Msg::FactExtentScaled, Msg::ExtentPixels { width, height }.into()),
                ];
                let mut blocks =
                    vec![Block::Panel(paper.label()), say(Msg::ScaleHint), Block::Facts(facts), Block::Gap];
                blocks.extend(form.blocks());
                page(place, Msg::ScaleHeading, blocks, form.focus()).at_step(paper.step(), steps())
            }
            Step::Preview { paper, taken, .. } => {
                let mut blocks = vec![Block::Panel(paper.label()), Block::Facts(preview(taken)), Block::Gap];
                blocks.extend(form.blocks());
                page(place, Msg::PreviewHeading, blocks, form.focus()).at_step(paper.step(), steps())
            }
            _ => page(place, Msg::WaitingHeading, vec![], form.focus()),
        }
    }

    fn review_page(&self, at: Target) -> Page {
        let make = Button { target: MAKE, label: ButtonName::MakeRequest.label() };
        let blocks = vec![
            Block::Opening(Msg::ReviewHint),
            Block::Facts(self.review_facts()),
            Block::Gap,
            Block::Buttons(vec![make]),
        ];
        page(Msg::PlaceFacilitator, Msg::FacilitatorReviewHeading, blocks, at)
            .at_step(4, steps())
            .with_help(vec![Msg::HelpFacilitatorReview])
    }

    /// Company and representative were validated, and are no longer changed here.
    fn review_facts(&self) -> Vec<Fact> {
        let mut facts = Vec::new();
        if let Some(may) = &self.may {
            let company = Clean::from(format!("{} · {}", may.company_name, may.company));
            let representative = Clean::from(may.representative.to_string());
            facts.push(Fact { label: Msg::LabelCompanyRut, value: company.into(), change: None });
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
                    let value = match self.attached(*paper) {
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

/// What stands in the field.
fn reviewed(field: &Field) -> Words {
    match &field.input {
        Input::Choice { options, chosen: Some(chosen), .. } => {
            options.get(*chosen).cloned().unwrap_or(Words::Said(Msg::ReviewNothing))
        }
        _ if field.text().trim().is_empty() => Words::Said(Msg::ReviewNothing),
        _ => Words::Given(Clean::from(field.text())),
    }
}

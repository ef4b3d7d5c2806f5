//! What each step of *Recuperar CS* shows.

use super::{CASES, Recover, Request, Road, Step, WayToCard};
use crate::domain::clean::Clean;
use crate::domain::destination::Channel;
use crate::effect::{Outgoing, SentTo};
use crate::flow::Engagement;
use crate::flow::menu::{self, Choosing};
use crate::flow::promise::{self, Promise};
use crate::flow::sent_key;
use crate::flow::shown::{Shown, say};
use crate::flow::steps::StepName;
use crate::form::Form;
use crate::page::{Block, Fact, Words};
use crate::text::Msg;

impl Recover {
    pub(super) fn shown(&self) -> Shown<'_> {
        let typed = &self.typed;
        match &self.step {
            Step::Road(choosing) => roads(*choosing),
            Step::Company { road } => self
                .on_road(Shown::form(Msg::RecoverCompanyHeading, company_opening(), &typed.company), *road)
                .help([Msg::HelpCompanyRut])
                .begins_within(),
            Step::Question { question, .. } => {
                let opening = question_opening(question);
                self.on_road(Shown::form(Msg::RecoverQuestionHeading, opening, &typed.question), Road::Answer)
                    .help([Msg::HelpAnswer])
            }
            Step::Representative { by, .. } => {
                let why = match by {
                    WayToCard::Chosen => None,
                    WayToCard::NoQuestion => Some(say(Msg::RecoverWithoutQuestion)),
                };
                let hint = [say(Msg::RecoverRepresentativeHint), Block::Panel(Msg::PanelRecover)];
                let hint = why.into_iter().chain(hint).collect();
                let shown = Shown::form(Msg::RecoverRepresentativeHeading, hint, &typed.representative);
                self.on_road(shown, Road::Card).help([Msg::HelpRepresentative])
            }
            Step::Card { .. } => {
                let hint = vec![say(Msg::RecoverCardHint), Block::Panel(Msg::PanelRecover)];
                self.on_road(Shown::form(Msg::RecoverCardHeading, hint, &typed.card), Road::Card)
                    .help([Msg::HelpSerialNew, Msg::HelpSerialOld])
            }
            Step::Address { on_file, .. } => {
                let blocks = address_opening(on_file);
                self.on_road(Shown::form(Msg::RecoverAddressHeading, blocks, &typed.address), Road::Card)
                    .help([Msg::HelpMaskedAddress])
            }
            Step::Confirm { request, challenge } => {
                let facts = vec![Block::Facts(request.facts())];
                let shown = Shown::challenge(Msg::RecoverConfirmHeading, facts, challenge);
                self.on_road(shown, request.road())
            }
            Step::Code { code, sent_to } => code.shows(Promise::CodeToAddress, sent_to),
            Step::Held(held) => held.shows(None),
            Step::Sent { folio, sent_to, buttons } => {
                sent_key::shows(sent_on_file(sent_to), *folio, sent_to, buttons)
            }
            Step::SentToNewAddress { folio, sent_to, buttons } => {
                let mut blocks = promise::said_of(sent_to, |_| Promise::KeyByMail);
                blocks.push(say(Msg::SentNowOnFile));
                sent_key::shows(blocks, *folio, sent_to, buttons)
            }
            Step::TooManyCodes { buttons } => {
                Shown::form(Msg::CopyLimitHeading, vec![say(Msg::RecoverTooManyCodes)], buttons)
            }
            Step::Frozen { buttons, .. } => frozen(buttons),
            Step::NotRegistered { buttons, .. } => {
                let says = vec![say(Msg::RecoverNotRegistered)];
                Shown::form(Msg::RecoverNotRegisteredHeading, says, buttons).leaves_typed()
            }
            Step::Asking(asked) => asked.shows(),
        }
    }

    /// Where the person is on the road that they are on, as far as it is known.
    fn on_road<'a>(&self, shown: Shown<'a>, road: Road) -> Shown<'a> {
        let had_question = self.trail.iter().any(|step| matches!(step, Step::Question { .. }));
        let mut steps = vec![StepName::Company];
        if road == Road::Answer || had_question {
            steps.push(StepName::Question);
        }
        if road == Road::Card {
            steps.extend([StepName::Representative, StepName::Card, StepName::Email]);
        }
        steps.push(StepName::Letters);
        // The choice of the road is none of the guide's panels, and stands before them in the trail.
        shown.at_step(self.trail.len() as u8, steps)
    }
}

impl Request {
    fn road(&self) -> Road {
        match self {
            Request::WithAnswer { .. } => Road::Answer,
            Request::ToAddressOnFile { .. } | Request::ToNewAddress { .. } | Request::Vouched { .. } => {
                Road::Card
            }
        }
    }

    fn facts(&self) -> Vec<Fact> {
        match self {
            Request::WithAnswer { proved } => vec![
                fact(Msg::LabelRutOfCompany, proved.company().to_string()),
                Fact { label: Msg::FactSentBy, value: Words::Said(Msg::FactSmsAndMail), change: None },
            ],
            Request::ToAddressOnFile { card, masked } => vec![
                fact(Msg::LabelRutOfCompany, card.company().to_string()),
                fact(Msg::FactEmail, masked.to_string()),
            ],
            Request::Vouched { vouched, masked } => vec![
                fact(Msg::LabelRutOfCompany, vouched.company().to_string()),
                fact(Msg::FactEmail, masked.to_string()),
            ],
            Request::ToNewAddress { card, email } => vec![
                fact(Msg::LabelRutOfCompany, card.company().to_string()),
                fact(Msg::LabelNewEmail, email.to_string()),
            ],
        }
    }
}

/// What the guide says above the fields of its panel.
fn company_opening() -> Vec<Block> {
    vec![
        Block::guide(say(Msg::GuideRecover)),
        Block::guide_or(
            Block::Important(Msg::GuideRecoverImportant),
            Block::Important(Msg::RecoverImportant),
        ),
        Block::Panel(Msg::PanelRecover),
    ]
}

/// *Pregunta Secreta*, as it is on file.
fn question_opening(question: &Clean) -> Vec<Block> {
    let asked = fact(Msg::LabelQuestion, question.to_string());
    vec![say(Msg::RecoverQuestionHint), Block::Panel(Msg::PanelRecover), Block::Facts(vec![asked])]
}

/// *Se le enviará una clave al siguiente correo electrónico*, and a part of it.
fn address_opening(on_file: &Outgoing) -> Vec<Block> {
    let says = say(Promise::KeyToFollow.said(on_file));
    let to = fact(Msg::FactEmail, on_file.to.to_string());
    vec![Block::Panel(Msg::PanelRecover), says, Block::Facts(vec![to])]
}

fn fact(label: Msg, value: String) -> Fact {
    Fact { label, value: Words::Given(Clean::from(value)), change: None }
}

fn roads(choosing: Choosing) -> Shown<'static> {
    let cases = CASES.iter().map(|(_, case, detail)| (case.clone(), Some(detail.clone())));
    let blocks = vec![Block::guide_or(say(Msg::GuideCases), say(Msg::RecoverRoadHint)), menu::list(cases)];
    Shown::within(Msg::RecoverRoadHeading, blocks, choosing.focus())
        .help([Msg::HelpRecoverRoads])
        .engages(Engagement::NothingTyped)
        .leaves_typed()
}

fn frozen(buttons: &Form) -> Shown<'_> {
    let says = vec![say(Msg::FrozenWhy), say(Msg::StopFrozen), say(Msg::SettlementBring)];
    Shown::form(Msg::SettlementHeading, says, buttons).leaves_typed()
}

/// By which roads the clave comes: by both in the guide's words of 3.3, by one in those of 3.1.
fn sent_on_file(sent_to: &SentTo) -> Vec<Block> {
    let is_by_both = sent_to.messages.len() > 1;
    let mut blocks = promise::said_of(sent_to, |channel| match channel {
        Channel::Sms => Promise::KeyBySms,
        Channel::Mail if is_by_both => Promise::KeyByMail,
        Channel::Mail => Promise::KeyToCompany,
    });
    if sent_to.messages.iter().filter(|message| message.outlook.may_arrive()).count() > 1 {
        blocks.push(say(Msg::SentEither));
    }
    blocks
}

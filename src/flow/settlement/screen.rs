//! What a settlement shows.

use super::{Settlement, Step};
use crate::domain::clean::Clean;
use crate::domain::contact::Contact;
use crate::effect::settlement::FacilitatorOnFile;
use crate::flow::promise::{Notice, Promise};
use crate::flow::shown::{Shown, say};
use crate::flow::steps::StepName;
use crate::flow::{Engagement, folio_blocks};
use crate::form::field::Field;
use crate::form::names::Name;
use crate::page::{Block, Fact, Words};
use crate::text::Msg;

impl Settlement {
    pub(super) fn shown(&self) -> Shown<'_> {
        let typed = &self.typed;
        match &self.step {
            Step::Waiting => self.waits(),
            Step::Leaving { buttons } => {
                Shown::form(Msg::EndHeading, vec![say(Msg::EndHintSettlement)], buttons)
                    .engages(Engagement::WaitingForPhone)
            }
            Step::Email => {
                let hint = vec![say(Msg::SettlementEmailHint)];
                self.at(StepName::Email, Shown::form(Msg::SettlementEmailHeading, hint, &typed.email))
            }
            Step::EmailCode { code, sent_to } => {
                self.at(StepName::Email, code.shows(Promise::CodeToSettle, sent_to))
            }
            Step::Mobile => {
                let hint = match self.is_without_sms() {
                    true => Msg::SettlementNoSms,
                    false => Msg::SettlementMobileHint,
                };
                let hint = vec![say(hint)];
                self.at(StepName::Contact, Shown::form(Msg::SettlementMobileHeading, hint, &typed.mobile))
            }
            Step::MobileCode { code, sent_to } => {
                self.at(StepName::Contact, code.shows(Promise::CodeToMobile, sent_to))
            }
            Step::Phone => {
                let hint = vec![say(Msg::SettlementPhoneHint)];
                self.at(StepName::Contact, Shown::form(Msg::RegisterContactHeading, hint, &typed.phone))
            }
            Step::Address => {
                let shown = Shown::form(Msg::RegisterAddressHeading, vec![], &typed.address.form);
                self.at(StepName::Address, shown).help([Msg::HelpAddress])
            }
            Step::Question => {
                let shown = Shown::form(Msg::RegisterQuestionHeading, vec![], &typed.question);
                self.at(StepName::Question, shown).help([Msg::HelpQuestion])
            }
            Step::Clave => {
                let shown = Shown::form(Msg::RegisterClaveHeading, vec![say(Msg::ClaveRule)], &typed.clave);
                self.at(StepName::Clave, shown).help([Msg::HelpClave])
            }
            Step::Facilitator { which } => self.facilitator(*which),
            Step::Confirm { challenge, .. } => {
                let blocks = vec![Block::Facts(self.facts()), say(Msg::SettlementConfirm)];
                let shown = Shown::challenge(Msg::SettlementConfirmHeading, blocks, challenge);
                self.at(StepName::Letters, shown)
            }
            Step::Settled { folio, notices, buttons } => {
                let heard = Notice::Settled.said(*notices);
                let mut blocks = vec![say(Msg::Settled), say(heard), say(Msg::SettledNext)];
                blocks.extend(folio_blocks(*folio));
                Shown::form(Msg::SuccessHeading, blocks, buttons).confirms()
            }
            Step::Over { buttons } => {
                Shown::form(Msg::SettlementOverHeading, vec![say(Msg::SettlementOver)], buttons).confirms()
            }
            Step::Asking(asked) => asked.shows(),
        }
    }

    fn waits(&self) -> Shown<'_> {
        let mut blocks = Vec::new();
        if self.is_early {
            blocks.push(Block::Important(Msg::SettlementNotYet));
        }
        blocks.extend([say(Msg::SettlementWaiting), say(Msg::SettlementWaitingHow)]);
        blocks.extend(folio_blocks(self.opened.folio()));
        Shown::form(Msg::SettlementHeading, blocks, &self.typed.waiting)
            .engages(Engagement::WaitingForPhone)
            .leaves_typed()
    }

    fn facilitator(&self, which: usize) -> Shown<'_> {
        let found = self.begun.as_ref().and_then(|begun| begun.facilitators.get(which));
        let (Some(FacilitatorOnFile { name, document, .. }), Some(form)) =
            (found, self.typed.facilitators.get(which))
        else {
            return self.waits();
        };
        let facts =
            vec![fact(Msg::LabelNames, name.clone()), fact(Msg::LabelIdentityNumber, document.clone())];
        let blocks = vec![say(Msg::SettlementFacilitatorHint), Block::Facts(facts)];
        self.at(StepName::Facilitator, Shown::form(Msg::SettlementFacilitatorHeading, blocks, form))
    }

    /// Which of the list's steps it is.
    fn at<'a>(&self, here: StepName, shown: Shown<'a>) -> Shown<'a> {
        let mut steps = vec![StepName::Email];
        if self.asks_for_mobile() {
            steps.push(StepName::Contact);
        }
        if self.is_new() {
            steps.push(StepName::Address);
        }
        steps.extend([StepName::Question, StepName::Clave]);
        if !self.typed.facilitators.is_empty() {
            steps.push(StepName::Facilitator);
        }
        steps.push(StepName::Letters);
        let current = steps.iter().position(|step| *step == here).unwrap_or(0);
        shown.at_step(u8::try_from(current + 1).unwrap_or(1), steps)
    }

    /// Whoever was ticked.
    pub(super) fn staying(&self) -> impl Iterator<Item = &FacilitatorOnFile> {
        let all = self.begun.iter().flat_map(|begun| &begun.facilitators);
        all.zip(&self.typed.facilitators).filter_map(|(facilitator, form)| {
            let stays = form.field(Name::FacilitatorStays).is_some_and(Field::is_checked);
            stays.then_some(facilitator)
        })
    }

    fn facts(&self) -> Vec<Fact> {
        let mut facts = vec![fact(Msg::LabelRutOfCompany, Clean::from(self.opened.company().to_string()))];
        if let Some(begun) = &self.begun {
            facts.push(fact(Msg::LabelBusinessName, begun.company_name.clone()));
        }
        for contact in &self.proved {
            facts.push(match contact {
                Contact::CompanyEmail(email) | Contact::RepresentativeEmail(email) => {
                    fact(Msg::FactEmail, Clean::from(email.to_string()))
                }
                Contact::Mobile(mobile) => fact(Msg::FactMobile, Clean::from(mobile.to_string())),
            });
        }
        let all = self.typed.facilitators.len();
        if all > 0 {
            let stay = self.staying().count();
            let says = Msg::SettlementFacilitators { stay: stay as u64, leave: (all - stay) as u64 };
            facts.push(fact(Msg::SettlementFacilitatorsLabel, says));
        }
        facts
    }
}

fn fact(label: Msg, value: impl Into<Words>) -> Fact {
    Fact { label, value: value.into(), change: None }
}

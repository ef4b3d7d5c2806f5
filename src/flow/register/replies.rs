//! What *Registrar Persona Jurídica* makes of the world's answers.

use super::{MobileStands, Panel, Register, Step, TakenAs, Then, Unfit};
use crate::domain::folio::Folio;
use crate::domain::rut::Rut;
use crate::effect::{
    ApplicantCard, AwaitingCode, CardValidated, Effect, MobileProof, Proved, RefusedCard, Registered, Reply,
    Witnesses,
};
use crate::flow::Next;
use crate::flow::code::{CodePanel, CodeWords};
use crate::flow::held_key::HeldKey;
use crate::flow::mismatch;
use crate::flow::sent_key;
use crate::form::Form;
use crate::form::names::{ButtonName, Name};
use crate::text::Msg;

impl Register {
    pub(super) fn heard(mut self, effect: Effect, reply: Reply) -> Self {
        match (effect, reply) {
            (Effect::LookUpCompany(_), Reply::CompanyOpen(company)) => {
                self.panels.question.show_name(company.rut(), company.name());
                self.subject.company_is_open(company);
                self.open_after(Panel::Company);
            }
            (Effect::LookUpCompany(_), Reply::CompanyClosed { .. }) => self.unfit(Unfit::CompanyClosed),
            (Effect::LookUpCompany(company), Reply::CompanyUnknown { listed }) => {
                self.unfit(Unfit::unknown(company, listed));
            }
            (Effect::LookUpRepresentative { .. }, Reply::RepresentativeNamed(representing)) => {
                self.panels.representative_contact.show_name(representing.rut(), representing.name());
                self.subject.representative_is_right(representing);
                self.open_after(Panel::Representative);
            }
            (Effect::CreateAccount(_), Reply::ApplicationTaken { awaiting, sent_to }) => {
                self.panels.form_mut(Panel::Clave).forget_secrets();
                let code = CodePanel::of_application(awaiting);
                self.step = Step::Code { code, sent_to };
            }
            (Effect::CheckApplicantCard { .. }, Reply::ApplicantCardRight(card)) => {
                self.subject.card_is_right(card);
                self.open_after(Panel::Card);
            }
            (Effect::ResumeApplication(_), Reply::ApplicationTaken { awaiting, sent_to }) => {
                let code = CodePanel::or_later(awaiting, CodeWords::Registration);
                self.step = Step::Code { code, sent_to };
            }
            (Effect::ResumeApplication(_), Reply::ApplicationGoesOn { awaiting, sent_to }) => {
                let code = CodePanel::or_later(awaiting, CodeWords::Registration).beside_another(&sent_to);
                self.step = Step::Code { code, sent_to };
            }
            (Effect::CreateAccount(_), Reply::CodeLimit) => {
                self.panels.form_mut(Panel::Contact).fail(Name::CompanyEmail, Msg::WrongCodeLimitAddress);
                self.step = Step::Panel(Panel::Contact, Then::Review);
            }
            (Effect::ResumeApplication(_), Reply::CodeLimit) => {
                self.resume.fail(Name::Folio, Msg::WrongCodeLimitAddress);
            }
            (Effect::ResumeApplication(_), Reply::NoApplication) => {
                self.resume.fail(Name::Folio, Msg::WrongNoApplication);
            }
            (Effect::CheckCode { .. }, Reply::AddressProved(proved)) => return self.proved(proved),
            (effect @ (Effect::CheckCode { .. } | Effect::SendCodeAgain { .. }), reply) => {
                if let Step::Code { code, .. } | Step::Mobile { code, .. } = &mut self.step {
                    code.refused(&effect, &reply);
                }
            }
            (effect, reply) => self.mismatch(&effect, &reply),
        }
        self
    }

    /// The card, or the representative, is not the company's.
    fn mismatch(&mut self, effect: &Effect, reply: &Reply) {
        if let Effect::CheckApplicantCard { serial, .. } = effect {
            self.panels.expired.heard(serial, reply);
        }
        let (panel, name, says): (_, _, fn(u64) -> Msg) = match effect {
            Effect::CheckApplicantCard { .. } => {
                (Panel::Card, Name::Serial, |tries| Msg::MismatchCard { tries })
            }
            _ => (Panel::Representative, Name::RepresentativeRut, |tries| Msg::MismatchRepresentative {
                tries,
            }),
        };
        if let Some(error) = mismatch::said(reply, says) {
            self.panels.form_mut(panel).fail(name, error);
        }
    }

    /// A code was right: what the person has now.
    fn proved(mut self, proved: Proved) -> Self {
        match proved {
            Proved::Registration { folio, registered: Registered::Account { mobile } } => match mobile {
                MobileProof::ByCode(mobile) => {
                    let code = CodePanel::of_mobile(mobile.awaiting);
                    self.step = Step::Mobile { code, sent_to: mobile.sent_to };
                }
                MobileProof::Later => return self.taken(folio, TakenAs::Account(MobileStands::Later)),
                MobileProof::NoSms => return self.taken(folio, TakenAs::Account(MobileStands::NoSms)),
            },
            Proved::Registration { folio, registered: Registered::Waits { result } } => {
                return self.taken(folio, TakenAs::Waits { result });
            }
            Proved::Registration { registered: Registered::InPerson { awaiting, by }, .. } => {
                let buttons = Form::new(vec![], vec![ButtonName::AskHelp, ButtonName::Leave]);
                self.step = Step::InPerson { awaiting, by, buttons };
            }
            Proved::Held { awaiting, until, notices } => {
                self.step = Step::Held(HeldKey::new(
                    awaiting,
                    (until, notices),
                    (ButtonName::Leave, ButtonName::AskHelp),
                ));
            }
            Proved::Sending { folio, sent_to } => {
                let buttons = sent_key::buttons(&sent_to);
                self.step = Step::Sent { folio, sent_to, buttons };
            }
            Proved::Contact => {
                if let Step::Mobile { code, .. } = &self.step {
                    let folio = code.awaiting().folio();
                    return self.taken(folio, TakenAs::Account(MobileStands::Proved));
                }
            }
        }
        self
    }

    /// What one member of staff may confirm here, with person and card before them.
    pub fn held(&self) -> Option<&AwaitingCode> {
        match &self.step {
            Step::Held(held) => held.awaiting(),
            Step::InPerson { awaiting, by: Witnesses::One, .. } => Some(awaiting),
            _ => None,
        }
    }

    /// Whether nothing helps but two members of staff.
    pub fn takes_two(&self) -> bool {
        match &self.step {
            Step::InPerson { by, .. } => *by == Witnesses::Two,
            Step::Held(held) => held.takes_two(),
            _ => false,
        }
    }

    /// The company that no list has, where staff can see its papers: on the page that says so, and where an
    /// old list's silence stands for SII's.
    pub fn unlisted(&self) -> Option<Rut> {
        match &self.step {
            Step::Unfit { unfit: Unfit::Unlisted { company, .. }, .. } => Some(*company),
            Step::Asking(asked) => asked.unanswered_company(),
            _ => None,
        }
    }

    /// The card that was matched in this visit, where staff must see it: two of them may begin with it (T6).
    pub fn card(&self) -> Option<&CardValidated> {
        match (&self.step, self.subject.card()) {
            (Step::InPerson { .. } | Step::Held(_), Some(ApplicantCard::Validated(card))) => Some(card),
            _ => None,
        }
    }

    /// The card that was refused for nothing but its date, on the page that says so.
    pub fn refused_card(&self) -> Option<RefusedCard> {
        let Step::Panel(Panel::Card, _) = &self.step else { return None };
        let serial = self.panels.expired.serial_in(self.panels.form(Panel::Card))?;
        let (company, representative) = self.subject.about()?;
        Some(RefusedCard::OfApplicant { company, representative, serial })
    }

    /// Staff took that card: on as if the register had called it valid.
    pub fn card_accepted(self, reply: Reply) -> Next<Self> {
        Next::Stay(match self.refused_card() {
            Some(RefusedCard::OfApplicant { company, representative, serial }) => {
                self.heard(Effect::CheckApplicantCard { company, representative, serial }, reply)
            }
            _ => self,
        })
    }

    /// Staff confirmed the card: the account is made, or the held clave is on its way.
    pub fn witnessed(self, proved: Proved) -> Next<Self> {
        match self.held() {
            Some(_) => Next::Stay(self.proved(proved)),
            None => Next::Stay(self),
        }
    }

    /// The second part of a panel whose first was validated, still on the way to the review if it
    /// was opened from there.
    pub(super) fn open_after(&mut self, panel: Panel) {
        if let (Step::Panel(_, then), Some(next)) = (&self.step, panel.after()) {
            self.step = Step::Panel(next, *then);
        }
    }

    fn unfit(&mut self, unfit: Unfit) {
        let then = if let Step::Panel(_, then) = self.step { then } else { Then::NextPanel };
        let buttons = Form::new(vec![], vec![ButtonName::GoBack, ButtonName::AskHelp]);
        self.step = Step::Unfit { unfit, then, buttons };
    }

    pub(super) fn taken(mut self, folio: Folio, taken: TakenAs) -> Self {
        let buttons = Form::new(vec![], vec![ButtonName::Leave]);
        self.step = Step::Taken { folio, taken, buttons };
        self
    }
}

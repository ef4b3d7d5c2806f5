//! *Entregar la cuenta con dos funcionarios* (E6, T6). A member of staff opened the settlement beside the
//! person; once another one has confirmed it, one list gives the account to whoever stands here: the
//! company's new mailbox, the mobile, question and clave, and which facilitators stay. Where the company
//! has no account, it asks for telephone and address too.

mod replies;
mod screen;
#[cfg(test)]
mod tests;
mod typed;

use super::asked::Asked;
use super::challenge::ChallengePanel;
use super::code::CodePanel;
use super::machine::{Machine, waits};
use super::shown::Shown;
use super::{Ending, Next, Setup, Spot, told_of_slip, whether_to_leave};
use crate::domain::answer::Answer;
use crate::domain::clave::Clave;
use crate::domain::clean::Clean;
use crate::domain::contact::Contact;
use crate::domain::folio::Folio;
use crate::domain::outlook::Outlook;
use crate::domain::phone::{Mobile, Phone};
use crate::effect::settlement::{
    DisputeOpened, NewCompany, SettlementBegun, SettlementEffect, SettlementList,
};
use crate::effect::{Effect, Reply, SentTo};
use crate::form::field::Field;
use crate::form::names::{ButtonName, Name};
use crate::form::{Form, Pressed, Touch};
use crate::text::Msg;
use typed::SettlementForms;

/// Where a person can be.
#[derive(Debug, Default, PartialEq)]
pub enum Step {
    /// The folio, and what the second does → *Continuar*.
    #[default]
    Waiting,
    /// Whether what a member of staff began is to be dropped.
    Leaving { buttons: Form },
    /// The company's new mailbox → a code goes there.
    Email,
    /// Its code.
    EmailCode { code: CodePanel, sent_to: SentTo },
    /// The representative's mobile, or *No tengo el celular aquí*.
    Mobile,
    /// Its code.
    MobileCode { code: CodePanel, sent_to: SentTo },
    /// *Teléfono*, of a company without an account.
    Phone,
    /// *Dirección de Empresa*, likewise.
    Address,
    /// *Pregunta Secreta*, *Respuesta Secreta*.
    Question,
    /// *Clave CS*, *Repetir Clave CS*.
    Clave,
    /// Whether one of the facilitators stays.
    Facilitator { which: usize },
    /// What will be done, the letters, *Entregar cuenta*.
    Confirm { list: Box<SettlementList>, challenge: ChallengePanel },
    /// The account is theirs. The end.
    Settled { folio: Folio, notices: Outlook, buttons: Form },
    /// Its two hours are over, or it was opened anew. The end.
    Over { buttons: Form },
    /// Waiting for an answer, or told why none comes.
    Asking(Asked<Step>),
}

/// The workflow.
#[derive(Debug, PartialEq)]
pub struct Settlement {
    step: Step,
    opened: DisputeOpened,
    /// *Continuar* was pressed before the second came.
    is_early: bool,
    /// What the list starts from, once both have seen the person.
    begun: Option<Box<SettlementBegun>>,
    /// The channels whose codes were typed here.
    proved: Vec<Contact>,
    typed: SettlementForms,
}

waits!(Step);

impl Settlement {
    /// A member of staff has just opened it.
    pub fn new(opened: DisputeOpened, setup: &Setup) -> Self {
        let typed = SettlementForms::new(setup);
        let (step, begun, proved) = (Step::Waiting, None, Vec::new());
        Settlement { step, opened, is_early: false, begun, proved, typed }
    }

    /// What waits for a second, while it does.
    pub fn waiting(&self) -> Option<&DisputeOpened> {
        matches!(self.step, Step::Waiting | Step::Leaving { .. }).then_some(&self.opened)
    }

    fn go_on(mut self) -> Next<Self> {
        self.step = Step::Waiting;
        let effect = SettlementEffect::GoOn(self.opened.clone());
        self.ask(Effect::Settlement(effect))
    }

    /// A code goes to a channel of theirs, unless one was typed already.
    fn prove(mut self, contact: Contact) -> Next<Self> {
        if self.proved.contains(&contact) {
            self.channel_proved(&contact);
            return Next::Stay(self);
        }
        match &self.begun {
            Some(begun) => {
                let effect = SettlementEffect::ProveChannel(begun.confirmed.clone(), contact);
                self.ask(Effect::Settlement(effect))
            }
            None => Next::Stay(self),
        }
    }

    fn channel_proved(&mut self, contact: &Contact) {
        self.step = match contact {
            Contact::Mobile(_) => self.after_mobile(),
            Contact::CompanyEmail(_) | Contact::RepresentativeEmail(_) => self.after_email(),
        };
    }

    /// The company has no account, and the list asks for all that one holds.
    fn is_new(&self) -> bool {
        self.begun.as_ref().is_some_and(|begun| begun.is_new)
    }

    /// The office sends no SMS, so that no code can prove a mobile.
    fn is_without_sms(&self) -> bool {
        self.begun.as_ref().is_some_and(|begun| begun.sms == Outlook::Off)
    }

    /// A new account holds the number of a mobile, whether or not a code can prove it.
    fn asks_for_mobile(&self) -> bool {
        self.is_new() || !self.is_without_sms()
    }

    fn after_email(&self) -> Step {
        if self.asks_for_mobile() { Step::Mobile } else { self.after_mobile() }
    }

    fn before_question(&self) -> Step {
        match (self.is_new(), self.asks_for_mobile()) {
            (true, _) => Step::Address,
            (false, true) => Step::Mobile,
            (false, false) => Step::Email,
        }
    }

    fn after_mobile(&self) -> Step {
        if self.is_new() { Step::Phone } else { Step::Question }
    }

    /// *No tengo el celular aquí*: its code is not asked for. A new account holds the number all the same.
    fn without_mobile(mut self) -> Next<Self> {
        if !self.is_new() || self.mobile().is_some() {
            self.step = self.after_mobile();
        }
        Next::Stay(self)
    }

    fn mobile(&mut self) -> Option<Mobile> {
        self.typed.mobile.read(|reader| reader.mobile(Name::Mobile))
    }

    fn phone(&mut self) -> Option<Phone> {
        self.typed.phone.read(|reader| reader.phone(Name::Phone))
    }

    fn new_company(&mut self) -> Option<NewCompany> {
        let (phone, mobile) = (self.phone()?, self.mobile()?);
        Some(NewCompany { address: self.typed.address.read()?, phone, mobile })
    }

    fn email(&mut self) -> Option<Contact> {
        let email = self.typed.email.read(|reader| reader.email(Name::CompanyEmail))?;
        told_of_slip(&mut self.typed.email, Name::CompanyEmail, &email)
            .then_some(Contact::CompanyEmail(email))
    }

    fn question(&mut self) -> Option<(Clean, Answer)> {
        let SettlementForms { question, questions, .. } = &mut self.typed;
        question.read(|reader| {
            let chosen = reader.choice(Name::Question).and_then(|chosen| questions.get(chosen).cloned());
            Some((chosen?, reader.answer(Name::Answer)?))
        })
    }

    fn clave(&mut self) -> Option<Clave> {
        let begun = self.begun.as_deref()?;
        let comuna = self.typed.address.form.field(Name::Comuna).and_then(Field::comuna_chosen);
        let known = match comuna {
            Some(comuna) => begun.known.clone().and(comuna.name()),
            None => begun.known.clone(),
        };
        self.typed.clave.read(|reader| reader.clave(Name::Clave, Name::RepeatClave, &known))
    }

    /// Facilitators one by one, then the last page.
    fn on_to_facilitator(mut self, which: usize) -> Next<Self> {
        if which < self.typed.facilitators.len() {
            self.step = Step::Facilitator { which };
            return Next::Stay(self);
        }
        let new_company = self.new_company().filter(|_| self.is_new());
        let (question, clave) = (self.question(), self.clave());
        let (Some((question, answer)), Some(clave), Some(begun)) = (question, clave, &self.begun) else {
            self.step = Step::Question;
            return Next::Stay(self);
        };
        let confirmed = begun.confirmed.clone();
        let stay = self.staying().map(|facilitator| facilitator.id).collect();
        let list = Box::new(SettlementList { confirmed, question, answer, clave, stay, new_company });
        self.step = Step::Confirm { list, challenge: ChallengePanel::new(ButtonName::HandOver) };
        self.ask(Effect::DrawChallenge)
    }
}

impl Machine for Settlement {
    type Step = Step;

    fn step(&self) -> &Step {
        &self.step
    }

    fn step_mut(&mut self) -> &mut Step {
        &mut self.step
    }

    fn place(&self) -> Msg {
        Msg::PlaceSettlement
    }

    fn shows(&self) -> Shown<'_> {
        self.shown()
    }

    fn within(&self) -> Spot {
        match self.step {
            Step::Facilitator { which } => Spot::of(which),
            _ => Spot::default(),
        }
    }

    fn form_mut(&mut self) -> Option<&mut Form> {
        let typed = &mut self.typed;
        match &mut self.step {
            Step::Waiting => Some(&mut typed.waiting),
            Step::Email => Some(&mut typed.email),
            Step::EmailCode { code, .. } | Step::MobileCode { code, .. } => Some(code.form_mut()),
            Step::Mobile => Some(&mut typed.mobile),
            Step::Phone => Some(&mut typed.phone),
            Step::Address => Some(&mut typed.address.form),
            Step::Question => Some(&mut typed.question),
            Step::Clave => Some(&mut typed.clave),
            Step::Facilitator { which } => typed.facilitators.get_mut(*which),
            Step::Leaving { buttons } | Step::Settled { buttons, .. } | Step::Over { buttons } => {
                Some(buttons)
            }
            Step::Confirm { .. } | Step::Asking(_) => None,
        }
    }

    fn touched(mut self, touch: &Touch) -> Next<Self> {
        match self.form_mut().map(|form| form.touch(touch)) {
            Some(Pressed::Back) => self.back(),
            Some(Pressed::Button(button)) => self.go(button),
            Some(Pressed::Nothing | Pressed::Toggled(_)) | None => Next::Stay(self),
        }
    }

    fn go(mut self, button: ButtonName) -> Next<Self> {
        let is_without_sms = self.is_without_sms();
        match &mut self.step {
            Step::Waiting if button == ButtonName::AskHelp => Next::CallStaff(self),
            Step::Waiting => self.go_on(),
            Step::Leaving { .. } if button == ButtonName::EraseAll => Next::Leave(Ending::Visit),
            Step::Leaving { .. } => self.back(),
            Step::Email => match self.email() {
                Some(contact) => self.prove(contact),
                None => Next::Stay(self),
            },
            Step::Mobile | Step::MobileCode { .. } if button == ButtonName::NoMobileHere => {
                self.without_mobile()
            }
            Step::Mobile if is_without_sms => self.without_mobile(),
            Step::Mobile => match self.mobile() {
                Some(mobile) => self.prove(Contact::Mobile(mobile)),
                None => Next::Stay(self),
            },
            Step::Phone => {
                if self.phone().is_some() {
                    self.step = Step::Address;
                }
                Next::Stay(self)
            }
            Step::Address => {
                if self.typed.address.read().is_some() {
                    self.step = Step::Question;
                }
                Next::Stay(self)
            }
            Step::EmailCode { code, .. } | Step::MobileCode { code, .. } => {
                let effect = code.go(button);
                self.ask_if(effect)
            }
            Step::Question => {
                if self.question().is_some() {
                    self.step = Step::Clave;
                }
                Next::Stay(self)
            }
            Step::Clave => match self.clave() {
                Some(_) => self.on_to_facilitator(0),
                None => Next::Stay(self),
            },
            Step::Facilitator { which } => {
                let next = *which + 1;
                self.on_to_facilitator(next)
            }
            Step::Settled { .. } | Step::Over { .. } => Next::Leave(Ending::Visit),
            Step::Confirm { .. } | Step::Asking(_) => Next::Stay(self),
        }
    }

    /// Esc: the step before. The page that waits is not left without a question, for nobody comes back to it;
    /// from the end it leads nowhere.
    fn back(mut self) -> Next<Self> {
        let (last, before_question) = (self.typed.facilitators.len().checked_sub(1), self.before_question());
        self.step = match self.step {
            Step::Waiting => Step::Leaving { buttons: whether_to_leave() },
            Step::Leaving { .. } | Step::Email => Step::Waiting,
            Step::EmailCode { .. } => Step::Email,
            Step::Mobile => Step::Email,
            Step::MobileCode { .. } => Step::Mobile,
            Step::Phone => Step::Mobile,
            Step::Address => Step::Phone,
            Step::Question => before_question,
            Step::Clave | Step::Facilitator { which: 0 } => Step::Question,
            Step::Facilitator { which } => Step::Facilitator { which: which - 1 },
            Step::Confirm { .. } => last.map_or(Step::Clave, |which| Step::Facilitator { which }),
            stays @ (Step::Settled { .. } | Step::Over { .. } | Step::Asking(_)) => stays,
        };
        Next::Stay(self)
    }

    fn challenge_mut(&mut self) -> Option<&mut ChallengePanel> {
        if let Step::Confirm { challenge, .. } = &mut self.step { Some(challenge) } else { None }
    }

    fn challenge_passed(self) -> Next<Self> {
        let Step::Confirm { list, .. } = &self.step else { return Next::Stay(self) };
        let effect = SettlementEffect::Settle(list.clone());
        self.ask(Effect::Settlement(effect))
    }

    fn answered(self, effect: Effect, reply: Reply) -> Next<Self> {
        self.heard(effect, reply)
    }

    /// The second has confirmed it at this terminal: the person need not ask.
    fn vouched(self) -> Next<Self> {
        match self.step {
            Step::Waiting | Step::Leaving { .. } => self.go_on(),
            Step::Confirm { .. } => self.challenge_passed(),
            _ => Next::Stay(self),
        }
    }
}

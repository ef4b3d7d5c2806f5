//! *Recuperar CS* (guide 3): by the secret question and its answer (3.3), or by the
//! representative's RUT and card when the answer is forgotten (3.2) or no question is on file
//! (3.1). Accepting it sends a new key; the old one works until the new one is used (S5).

mod replies;
mod screen;
mod staffed;
#[cfg(test)]
mod tests;

use super::asked::Asked;
use super::challenge::ChallengePanel;
use super::machine::{Machine, waits};
use super::{Ending, Engagement, Next, Workflow};
use crate::domain::answer::Answer;
use crate::domain::clean::Clean;
use crate::domain::email::Email;
use crate::domain::folio::Folio;
use crate::domain::rut::Rut;
use crate::effect::{
    AwaitingCode, CardValidated, Effect, Reply, RepresentativeValidated, SentTo, VouchedOnFile,
};
use crate::form::field::Field;
use crate::form::names::{ButtonName, Name};
use crate::form::{Form, Pressed, Touch};
use crate::page::Words;
use crate::text::Msg;

#[derive(Clone, Debug, Default, PartialEq)]
pub enum Step {
    /// *Rut* → *Validar*.
    #[default]
    Company,
    /// The question on file: its answer, or *No recuerdo la respuesta*.
    Question { company: Rut, question: Clean },
    /// *Rut Representante Legal* → *Validar*.
    Representative { company: Rut },
    /// *Número de serie cédula de identidad* → *Validar*.
    Card { representative: RepresentativeValidated },
    /// *¿El email es correcto?* Sí, or No and the new one.
    Address { card: CardValidated, masked: Clean },
    /// What will be sent, the letters, *Recuperar Clave*.
    Confirm { request: Request, letters: ChallengePanel },
    /// The code that was mailed to the new address.
    Code { awaiting: AwaitingCode, sent_to: SentTo },
    /// Address proved: the key waits a day, or staff confirm the card now.
    Held { awaiting: AwaitingCode },
    /// Staff type their PIN.
    Witness { awaiting: AwaitingCode },
    /// The guide's dialog: the key is on its way.
    Sent { folio: Folio, sent_to: SentTo },
    /// The same after staff confirmed the card: it goes to the new address.
    SentToNewAddress { folio: Folio, sent_to: SentTo },
    /// The representative is right, but the company has no key yet.
    NotRegistered,
    /// Waiting for an answer, or told why none comes.
    Asking(Asked<Step>),
}

/// What *Recuperar Clave* will ask for.
#[derive(Clone, Debug, PartialEq)]
pub enum Request {
    WithAnswer {
        company: Rut,
        answer: Answer,
    },
    ToAddressOnFile {
        card: CardValidated,
        masked: Clean,
    },
    ToNewAddress {
        card: CardValidated,
        email: Email,
    },
    /// No register answered, and staff saw the card.
    Vouched {
        vouched: VouchedOnFile,
        masked: Clean,
    },
}

#[derive(Debug, PartialEq)]
pub struct Recover {
    step: Step,
    /// The steps that *Esc* goes back over, the nearest last.
    trail: Vec<Step>,
    company: Form,
    question: Form,
    representative: Form,
    card: Form,
    /// Whose card is asked for.
    holder: Option<Rut>,
    address: Form,
    code: Form,
    /// The PIN of a witness.
    witness: Form,
    /// The buttons of a page without fields.
    plain: Form,
}

impl Default for Recover {
    fn default() -> Self {
        Recover {
            step: Step::Company,
            trail: Vec::new(),
            company: Form::new(vec![Field::line(Name::CompanyRut)], vec![ButtonName::Validate]),
            question: Form::new(
                vec![Field::line(Name::Answer), Field::check(Name::Forgot)],
                vec![ButtonName::Continue],
            )
            .with_enough(Name::Answer),
            representative: Form::new(vec![Field::line(Name::RepresentativeRut)], vec![ButtonName::Validate]),
            card: Form::new(vec![Field::line(Name::Serial)], vec![ButtonName::Validate]),
            holder: None,
            address: address_form(),
            code: Form::new(
                vec![Field::line(Name::Code)],
                vec![ButtonName::Validate, ButtonName::SendCodeAgain],
            ),
            witness: staffed::witness_form(),
            plain: Form::new(vec![], vec![ButtonName::GoBack]),
        }
    }
}

fn address_form() -> Form {
    let yes_or_no = vec![Words::Said(Msg::AddressYes), Words::Said(Msg::AddressNo)];
    Form::new(vec![Field::choice(Name::EmailIsRight, yes_or_no)], vec![ButtonName::Continue])
}

waits!(Step);

impl Machine for Recover {
    type Step = Step;

    fn step(&self) -> &Step {
        &self.step
    }

    fn step_mut(&mut self) -> &mut Step {
        &mut self.step
    }

    fn touched(mut self, touch: &Touch) -> Next<Self> {
        match self.form_mut().touch(touch) {
            Pressed::Nothing => Next::Stay(self.show_new_address()),
            Pressed::Back => self.back(),
            Pressed::Toggled(_) => self.forgotten(),
            Pressed::Button(button) => self.go(button),
        }
    }

    fn form_mut(&mut self) -> &mut Form {
        match self.step {
            Step::Company => &mut self.company,
            Step::Question { .. } => &mut self.question,
            Step::Representative { .. } => &mut self.representative,
            Step::Card { .. } => &mut self.card,
            Step::Address { .. } => &mut self.address,
            Step::Code { .. } => &mut self.code,
            Step::Witness { .. } => &mut self.witness,
            _ => &mut self.plain,
        }
    }

    fn go(mut self, button: ButtonName) -> Next<Self> {
        match self.step.clone() {
            Step::Company => match self.company.read(|reader| reader.rut(Name::CompanyRut)) {
                Some(company) => self.ask(Effect::BeginRecovery(company)),
                None => Next::Stay(self),
            },
            Step::Question { .. } if self.has_forgotten() => self.forgotten(),
            Step::Question { company, .. } => {
                match self.question.read(|reader| reader.answer(Name::Answer)) {
                    Some(answer) => self.confirm(Request::WithAnswer { company, answer }),
                    None => Next::Stay(self),
                }
            }
            Step::Representative { company } => self.check_representative(company),
            Step::Card { representative } => {
                let holder = representative.representative;
                match self.card.read(|reader| reader.serial(Name::Serial, holder)) {
                    Some(serial) => self.ask(Effect::CheckCard { representative, serial }),
                    None => Next::Stay(self),
                }
            }
            Step::Address { card, masked } => self.choose_address(card, masked),
            Step::Code { awaiting, .. } if button == ButtonName::SendCodeAgain => {
                self.ask(Effect::SendCodeAgain { awaiting })
            }
            Step::Code { awaiting, .. } => match self.code.read(|reader| reader.code(Name::Code)) {
                Some(code) => self.ask(Effect::CheckCode { awaiting, code }),
                None => Next::Stay(self),
            },
            Step::Held { awaiting } if button == ButtonName::Staff => {
                self.witness.forget_secrets();
                self.forward(Step::Witness { awaiting });
                Next::Stay(self)
            }
            Step::Witness { awaiting } => match staffed::read_witness(&mut self.witness, awaiting) {
                Some(effect) => self.ask(effect),
                None => Next::Stay(self),
            },
            Step::Held { .. } | Step::Sent { .. } | Step::SentToNewAddress { .. } => {
                Next::Leave(Ending::Visit)
            }
            Step::NotRegistered if button == ButtonName::GoRegister => {
                Next::Leave(Ending::To(Workflow::Register))
            }
            Step::NotRegistered => Next::Leave(Ending::Menu),
            Step::Confirm { .. } | Step::Asking(_) => Next::Stay(self),
        }
    }

    /// Esc: the step before; from the first one, the menu. From what was confirmed nowhere.
    fn back(mut self) -> Next<Self> {
        match self.step {
            Step::Asking(_) | Step::Sent { .. } | Step::SentToNewAddress { .. } | Step::Held { .. } => {
                Next::Stay(self)
            }
            Step::NotRegistered => Next::Leave(Ending::Menu),
            _ => match self.trail.pop() {
                Some(step) => {
                    self.plain = held_form();
                    self.step = step;
                    Next::Stay(self)
                }
                None => Next::Leave(Ending::Menu),
            },
        }
    }

    fn challenge_mut(&mut self) -> Option<&mut ChallengePanel> {
        if let Step::Confirm { letters, .. } = &mut self.step { Some(letters) } else { None }
    }

    fn challenge_passed(self) -> Next<Self> {
        let Step::Confirm { request, .. } = self.step.clone() else { return Next::Stay(self) };
        self.ask(match request {
            Request::WithAnswer { company, answer } => Effect::RecoverWithAnswer { company, answer },
            Request::ToAddressOnFile { card, .. } => Effect::RecoverWithCard { card },
            Request::ToNewAddress { card, email } => Effect::RecoverToNewAddress { card, email },
            Request::Vouched { vouched, .. } => Effect::RecoverVouched { vouched },
        })
    }

    fn answered(self, effect: Effect, reply: Reply) -> Next<Self> {
        Next::Stay(self.heard(effect, reply))
    }
}

impl Recover {
    /// Choosing *No* shows the field for the new address; choosing *Sí* hides it.
    fn show_new_address(mut self) -> Self {
        if matches!(self.step, Step::Address { .. }) {
            let says_no = self.address.field(Name::EmailIsRight).and_then(Field::chosen) == Some(1);
            self.address.show_field(Field::email(Name::NewEmail), says_no);
        }
        self
    }

    /// The check box *No recuerdo*: the guide asks for the representative at once. Taken away, it
    /// leads nowhere.
    fn forgotten(mut self) -> Next<Self> {
        let Step::Question { company, .. } = self.step else { return Next::Stay(self) };
        if self.question.field(Name::Forgot).is_some_and(Field::is_checked) {
            self.question.set_errors(vec![]);
            self.forward(Step::Representative { company });
        }
        Next::Stay(self)
    }

    /// *No recuerdo* is ticked, and no answer was typed since.
    fn has_forgotten(&self) -> bool {
        let is_typed = self.question.is_on(Name::Answer) && !self.question.text(Name::Answer).is_empty();
        !is_typed && self.question.field(Name::Forgot).is_some_and(Field::is_checked)
    }

    fn check_representative(mut self, company: Rut) -> Next<Self> {
        let read = self.representative.read(|reader| reader.representative(Name::RepresentativeRut));
        let Some((representative, serial)) = read else { return Next::Stay(self) };
        let is_another = self.holder.replace(representative).is_some_and(|before| before != representative);
        if let Some(field) = self.card.field_mut(Name::Serial) {
            if is_another {
                field.clear();
            }
            if let Some(serial) = serial {
                field.set_text(serial.as_str());
            }
        }
        self.ask(Effect::CheckRepresentative { company, representative })
    }

    fn choose_address(mut self, card: CardValidated, masked: Clean) -> Next<Self> {
        let hinted = self.address.field(Name::NewEmail).is_some_and(|field| field.remark.is_some());
        let read = self.address.read(|reader| match reader.choice(Name::EmailIsRight)? {
            0 => Some(None),
            _ => reader.email(Name::NewEmail).map(Some),
        });
        match read {
            None => Next::Stay(self.show_new_address()),
            Some(None) => self.confirm(Request::ToAddressOnFile { card, masked }),
            Some(Some(email)) => match email.probably_meant().filter(|_| !hinted) {
                Some(meant) => {
                    self.address
                        .remark(Name::NewEmail, Msg::DidYouMean { email: Clean::from(meant.to_string()) });
                    Next::Stay(self)
                }
                None => self.confirm(Request::ToNewAddress { card, email }),
            },
        }
    }

    /// On to the last page; its letters come with a reply.
    fn confirm(mut self, request: Request) -> Next<Self> {
        let letters = ChallengePanel::new([' '; 4], ButtonName::RecoverClave);
        self.forward(Step::Confirm { request, letters });
        self.ask(Effect::DrawChallenge)
    }

    fn forward(&mut self, step: Step) {
        self.trail.push(std::mem::replace(&mut self.step, step));
    }

    pub fn engagement(&self) -> Engagement {
        match self.step {
            Step::Code { .. } => Engagement::WaitingForPhone,
            Step::Sent { .. } | Step::SentToNewAddress { .. } | Step::Held { .. } => Engagement::Confirmation,
            Step::Company if !self.company.is_touched() => Engagement::NothingTyped,
            _ => Engagement::DataTyped,
        }
    }
}

fn held_form() -> Form {
    Form::new(vec![], vec![ButtonName::Accept, ButtonName::Staff])
}

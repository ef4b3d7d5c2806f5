//! *Recuperar CS* (guide 3): by the secret question and its answer (3.3), or by the
//! representative's RUT and card when the answer is forgotten (3.2) or no question is on file
//! (3.1). The person says first which of the three cases is theirs, so that only who has an answer is
//! shown a question (T11). Accepting it sends a new clave; the old one works until the new one is
//! used (S5).

mod card;
mod replies;
mod screen;
mod staffed;
#[cfg(test)]
mod tests;
mod typed;

use super::asked::Asked;
use super::challenge::ChallengePanel;
use super::code::CodePanel;
use super::held_key::HeldKey;
use super::machine::{Machine, waits};
use super::menu::{Choosing, Chosen};
use super::shown::Shown;
use super::{Ending, Next, Workflow};
use crate::domain::clean::Clean;
use crate::domain::email::Email;
use crate::domain::folio::Folio;
use crate::domain::outlook::Outlook;
use crate::domain::rut::Rut;
use crate::effect::{
    AnswerProved, AwaitingCode, CardValidated, Effect, HeldUntil, Outgoing, Reply, RepresentativeValidated,
    SentTo, VouchedOnFile,
};
use crate::form::names::{ButtonName, Name};
use crate::form::{Form, Pressed, Touch};
use crate::text::Msg;
use typed::{Destination, Typed};

/// Where a person can be, in the guide's order. A step holds what is proved so far.
#[derive(Debug, PartialEq)]
pub enum Step {
    /// The guide's three cases (3.1, 3.2, 3.3), one of which is the person's.
    Road(Choosing),
    /// *Rut* → *Validar*: with an answer on to the company's question, or past it if none is on file;
    /// without one to the representative, and nobody asks what is on file.
    Company { road: Road },
    /// The question on file. Its answer leads to [`Step::Confirm`] once it is right, *No recuerdo la
    /// respuesta* to the representative.
    Question { company: Rut, question: Clean },
    /// *Rut Representante Legal* → *Validar*: the register says whether they represent the company.
    Representative { company: Rut, by: WayToCard },
    /// *Número de serie cédula de identidad* → *Validar*: the register says whether the card is theirs.
    Card { representative: RepresentativeValidated },
    /// *¿El email es correcto?* Sí, or No and another one. Both lead to [`Step::Confirm`].
    Address { card: CardValidated, on_file: Outgoing },
    /// What will be sent, the challenge, *Recuperar Clave*. To the address on file the clave is
    /// sent at once; to another one goes a code first.
    Confirm { request: Request, challenge: ChallengePanel },
    /// The code that was mailed to another address. Once it is right, the clave is held.
    Code { code: CodePanel, sent_to: SentTo },
    /// The address is proved: the clave waits for staff, who confirm the card on their panel, or, where
    /// nobody was given it in person before, for a day to pass (S8, T4).
    Held(HeldKey),
    /// The guide's dialog: the clave is on its way. The end.
    Sent { folio: Folio, sent_to: SentTo, buttons: Form },
    /// The same after staff confirmed the card: it goes to the other address. The end.
    SentToNewAddress { folio: Folio, sent_to: SentTo, buttons: Form },
    /// The channel on file got as many codes as it may; staff help, or an hour (S11). The end.
    TooManyCodes { buttons: Form },
    /// Representative and card are right, and the account is frozen: two members of staff give it to them
    /// (T6).
    Frozen { card: CardValidated, buttons: Form },
    /// Representative and card are right, but the company has no clave yet: on to the registration.
    NotRegistered { card: Option<CardValidated>, buttons: Form },
    /// Waiting for an answer, or told why none comes.
    Asking(Asked<Step>),
}

/// By what the person shows that the company is theirs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Road {
    /// The answer to the secret question (guide 3.3).
    Answer,
    /// The representative's RUT and card (guide 3.1, 3.2).
    Card,
}

/// How the person came to be asked for the representative's card.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WayToCard {
    /// They said that they have no answer.
    Chosen,
    /// They have one, and no question is on file.
    NoQuestion,
}

/// The guide's cases, in the order in which they are offered.
const CASES: [(Road, Msg, Msg); 3] = [
    (Road::Answer, Msg::RecoverHasAnswer, Msg::RecoverHasAnswerDetail),
    (Road::Card, Msg::RecoverForgot, Msg::RecoverForgotDetail),
    (Road::Card, Msg::RecoverNoQuestion, Msg::RecoverNoQuestionDetail),
];

/// What *Recuperar Clave* will ask for.
#[derive(Clone, Debug, PartialEq)]
pub enum Request {
    /// By the answer (guide 3.3), to what is on file.
    WithAnswer { proved: AnswerProved },
    /// By the card, to the address on file.
    ToAddressOnFile { card: CardValidated, masked: Clean },
    /// By the card, to another address (S8).
    ToNewAddress { card: CardValidated, email: Email },
    /// No register answered, and staff saw the card: to the address on file.
    Vouched { vouched: VouchedOnFile, masked: Clean },
}

/// The workflow.
#[derive(Debug, Default, PartialEq)]
pub struct Recover {
    step: Step,
    /// The steps that *Esc* goes back over, the nearest last.
    trail: Vec<Step>,
    typed: Typed,
}

impl Default for Step {
    fn default() -> Self {
        Step::Road(Choosing::default())
    }
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

    fn place(&self) -> Msg {
        Msg::PlaceRecover
    }

    fn shows(&self) -> Shown<'_> {
        self.shown()
    }

    fn form_mut(&mut self) -> Option<&mut Form> {
        match &mut self.step {
            Step::Company { .. } => Some(&mut self.typed.company),
            Step::Question { .. } => Some(&mut self.typed.question),
            Step::Representative { .. } => Some(&mut self.typed.representative),
            Step::Card { .. } => Some(&mut self.typed.card),
            Step::Address { .. } => Some(&mut self.typed.address),
            Step::Code { code, .. } => Some(code.form_mut()),
            Step::Held(held) => Some(held.form_mut()),
            Step::Sent { buttons, .. }
            | Step::SentToNewAddress { buttons, .. }
            | Step::TooManyCodes { buttons }
            | Step::Frozen { buttons, .. }
            | Step::NotRegistered { buttons, .. } => Some(buttons),
            Step::Road(_) | Step::Confirm { .. } | Step::Asking(_) => None,
        }
    }

    fn touched(mut self, touch: &Touch) -> Next<Self> {
        if let Step::Road(choosing) = &mut self.step {
            return match choosing.touch(touch, CASES.len() as u8) {
                Chosen::Entry(case) => self.take_road(usize::from(case)),
                Chosen::Back => self.back(),
                Chosen::NotYet => Next::Stay(self),
            };
        }
        match self.form_mut().map(|form| form.touch(touch)) {
            Some(Pressed::Back) => self.back(),
            Some(Pressed::Toggled(_)) => self.forgotten(),
            Some(Pressed::Button(button)) => self.go(button),
            Some(Pressed::Nothing) | None => {
                if matches!(self.step, Step::Address { .. }) {
                    self.typed.show_new_address();
                }
                Next::Stay(self)
            }
        }
    }

    fn go(mut self, button: ButtonName) -> Next<Self> {
        let typed = &mut self.typed;
        match &mut self.step {
            Step::Company { road } => {
                let road = *road;
                match (typed.company(), road) {
                    (Some(company), Road::Answer) => self.ask(Effect::BeginRecovery(company)),
                    (Some(company), Road::Card) => {
                        self.forward(Step::Representative { company, by: WayToCard::Chosen });
                        Next::Stay(self)
                    }
                    (None, _) => Next::Stay(self),
                }
            }
            Step::Question { .. } if typed.has_forgotten() => self.forgotten(),
            Step::Question { company, .. } => {
                let company = *company;
                let answer = typed.answer();
                self.ask_if(answer.map(|answer| Effect::CheckAnswer { company, answer }))
            }
            Step::Representative { company, .. } => {
                let company = *company;
                let representative = typed.representative();
                self.ask_if(
                    representative
                        .map(|representative| Effect::CheckRepresentative { company, representative }),
                )
            }
            Step::Card { representative } => {
                let representative = representative.clone();
                let serial = typed.serial(representative.representative());
                self.ask_if(serial.map(|serial| Effect::CheckCard { representative, serial }))
            }
            Step::Address { card, on_file } => {
                let request = typed.destination().map(|to| Request::with_card(card, &on_file.to, to));
                match request {
                    Some(request) => self.confirm(request),
                    None => Next::Stay(self),
                }
            }
            Step::Code { code, .. } => {
                let effect = code.go(button);
                self.ask_if(effect)
            }
            Step::Held(_) if button == ButtonName::Staff => Next::CallStaff(self),
            Step::Sent { .. } | Step::SentToNewAddress { .. } => self.leave_receipt(button),
            Step::Held(_) | Step::TooManyCodes { .. } => Next::Leave(Ending::Visit),
            Step::Frozen { .. } if button == ButtonName::AskHelp => Next::CallStaff(self),
            Step::NotRegistered { .. } if button == ButtonName::GoRegister => {
                let company = typed.company();
                Next::Leave(Ending::with(Workflow::Register, company))
            }
            Step::NotRegistered { .. } | Step::Frozen { .. } => Next::Leave(Ending::Menu),
            Step::Road(_) | Step::Confirm { .. } | Step::Asking(_) => Next::Stay(self),
        }
    }

    /// Esc: the step before; from the first one, the menu. From what was confirmed it leads nowhere.
    fn back(mut self) -> Next<Self> {
        match self.step {
            Step::Road(_)
            | Step::Company { .. }
            | Step::Question { .. }
            | Step::Representative { .. }
            | Step::Card { .. }
            | Step::Address { .. }
            | Step::Confirm { .. }
            | Step::Code { .. } => match self.trail.pop() {
                Some(step) => {
                    self.step = step;
                    Next::Stay(self)
                }
                None => Next::Leave(Ending::Menu),
            },
            Step::NotRegistered { .. } | Step::Frozen { .. } => Next::Leave(Ending::Menu),
            Step::Held(_)
            | Step::Sent { .. }
            | Step::SentToNewAddress { .. }
            | Step::TooManyCodes { .. }
            | Step::Asking(_) => Next::Stay(self),
        }
    }

    fn challenge_mut(&mut self) -> Option<&mut ChallengePanel> {
        if let Step::Confirm { challenge, .. } = &mut self.step { Some(challenge) } else { None }
    }

    fn challenge_passed(self) -> Next<Self> {
        let Step::Confirm { request, .. } = &self.step else { return Next::Stay(self) };
        let effect = request.effect();
        self.ask(effect)
    }

    fn answered(self, effect: Effect, reply: Reply) -> Next<Self> {
        match (effect, reply) {
            (Effect::CheckAnswer { .. }, Reply::AnswerRight(proved)) => {
                self.confirm(Request::WithAnswer { proved })
            }
            (effect, reply) => Next::Stay(self.heard(effect, reply)),
        }
    }
}

impl Step {
    fn held(awaiting: AwaitingCode, held: (HeldUntil, Outlook)) -> Self {
        Step::Held(HeldKey::new(awaiting, held, (ButtonName::Accept, ButtonName::Staff)))
    }

    fn not_registered(card: Option<CardValidated>) -> Self {
        let buttons = Form::new(vec![], vec![ButtonName::GoRegister, ButtonName::GoBack]);
        Step::NotRegistered { card, buttons }
    }
}

impl Request {
    fn with_card(card: &CardValidated, masked: &Clean, to: Destination) -> Self {
        let card = card.clone();
        match to {
            Destination::OnFile => Request::ToAddressOnFile { card, masked: masked.clone() },
            Destination::New(email) => Request::ToNewAddress { card, email },
        }
    }

    /// What *Recuperar Clave* asks of the world.
    fn effect(&self) -> Effect {
        match self.clone() {
            Request::WithAnswer { proved } => Effect::RecoverWithAnswer { proved },
            Request::ToAddressOnFile { card, .. } => Effect::RecoverWithCard { card },
            Request::ToNewAddress { card, email } => Effect::RecoverToNewAddress { card, email },
            Request::Vouched { vouched, .. } => Effect::RecoverVouched { vouched },
        }
    }
}

impl Recover {
    /// With this RUT filled in, for whoever has forgotten the clave that they were asked for.
    pub fn of(company: Rut) -> Self {
        let mut recover = Recover::default();
        if let Some(field) = recover.typed.company.field_mut(Name::CompanyRut) {
            field.set_text(&company.to_string());
        }
        recover
    }

    fn take_road(mut self, case: usize) -> Next<Self> {
        if let Some((road, ..)) = CASES.get(case) {
            self.forward(Step::Company { road: *road });
        }
        Next::Stay(self)
    }

    /// From the receipt of a key: on to choosing one's own, to staff, or out.
    fn leave_receipt(mut self, button: ButtonName) -> Next<Self> {
        match button {
            ButtonName::ChangeArrived => {
                let company = self.typed.company();
                Next::Leave(Ending::with(Workflow::Change, company))
            }
            ButtonName::AskHelp => Next::CallStaff(self),
            _ => Next::Leave(Ending::Visit),
        }
    }

    /// The check box *No recuerdo*: the guide asks for the representative at once. Unticking it
    /// leads nowhere.
    fn forgotten(mut self) -> Next<Self> {
        if let Step::Question { company, .. } = self.step
            && self.typed.forgets_answer()
        {
            self.forward(Step::Representative { company, by: WayToCard::Chosen });
        }
        Next::Stay(self)
    }

    /// On to the last page; its challenge comes with a reply.
    fn confirm(mut self, request: Request) -> Next<Self> {
        let challenge = ChallengePanel::new(ButtonName::RecoverClave);
        self.forward(Step::Confirm { request, challenge });
        self.ask(Effect::DrawChallenge)
    }

    fn forward(&mut self, step: Step) {
        self.trail.push(std::mem::replace(&mut self.step, step));
    }
}

//! *Actualizar datos* and *Mis datos*: who, and the key in use; the data on file, each line with
//! *Cambiar*; what will change, the letters and *Guardar cambios*; a code for each new contact. And
//! what is kept of the company, a copy of it, and asking that it be erased (Ley 21.719).

mod changes;
mod replies;
mod review;
mod screen;
#[cfg(test)]
mod tests;

use super::asked::Asked;
use super::challenge::ChallengePanel;
use super::machine::{Machine, waits};
use super::panels::{self, Panel, Panels};
use super::{Ending, Engagement, Next, Setup, Workflow, credentials};
use crate::domain::folio::Folio;
use crate::domain::update::Contact;
use crate::effect::{ClaveProved, DataChange, Effect, OnFile, Reply, Representing, SentTo, ToProve};
use crate::event::Target;
use crate::form::names::{ButtonName, Name};
use crate::form::{Form, Touch};

#[derive(Clone, Debug, Default, PartialEq)]
pub enum Step {
    /// *Rut Empresa*, *Rut Representante Legal*, *CS Actual* → *Validar*.
    #[default]
    Who,
    /// The key was one that we sent: it is good for choosing one's own, and for nothing else (S7).
    SentClave,
    /// The company's own key was proved, and its data are at hand.
    Open(Owner, At),
    /// The code that was sent to the first of these; the others follow.
    Code {
        waiting: Vec<ToProve>,
        receipt: Receipt,
    },
    Saved(Receipt),
    CopySent {
        folio: Folio,
        sent_to: SentTo,
    },
    ErasureAsked {
        folio: Folio,
    },
    ErasureTakenBack {
        folio: Folio,
    },
    /// Waiting for an answer, or told why none comes.
    Asking(Asked<Step>),
}

/// Who proved the company's own key, and what is on file.
#[derive(Clone, Debug, PartialEq)]
pub struct Owner {
    proved: ClaveProved,
    on_file: Box<OnFile>,
}

/// Where the owner is.
#[derive(Clone, Debug, PartialEq)]
pub enum At {
    /// What is on file, or will be; the focus is on a line or a button.
    Review {
        at: Target,
    },
    /// One of the form's panels, opened by *Cambiar*.
    Panel(Panel),
    /// What will change, the letters, *Guardar cambios*.
    Confirm(Box<DataChange>, ChallengePanel),
    /// *Mis datos*
    MyData,
    /// *Ver qué se guarda*
    Kept,
    /// What follows from an erasure.
    Erasing,
    ConfirmErasure(ChallengePanel),
    Told(Told),
}

/// Why nothing was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Told {
    NothingChanged,
    /// Each change must stay undoable, and there were too many.
    TooManyChanges,
    /// The address got as many messages as it may (S11).
    TooManyMails,
}

/// What a save came to.
#[derive(Clone, Debug, PartialEq)]
pub struct Receipt {
    folio: Folio,
    proved: Vec<Contact>,
    /// They stay as they were.
    later: Vec<Contact>,
}

/// Where the reading begins.
const FIRST_LINE: Target = Target::Fact(1);
const CONTINUE: Target = Target::Button(0);
const MY_DATA: Target = Target::Button(1);

#[derive(Debug, PartialEq)]
pub struct Update {
    step: Step,
    setup: Setup,
    who: Form,
    panels: Panels,
    /// Another representative, as the registry says.
    representing: Option<Representing>,
    code: Form,
    /// The buttons of a page without fields.
    plain: Form,
}

waits!(Step);

impl Machine for Update {
    type Step = Step;

    fn step(&self) -> &Step {
        &self.step
    }

    fn step_mut(&mut self) -> &mut Step {
        &mut self.step
    }

    fn touched(self, touch: &Touch) -> Next<Self> {
        match &self.step {
            Step::Open(owner, At::Review { at }) => {
                let (owner, at) = (owner.clone(), *at);
                self.press_review(owner, at, touch)
            }
            _ => self.touch_form(touch),
        }
    }

    fn form_mut(&mut self) -> &mut Form {
        match self.step {
            Step::Who => &mut self.who,
            Step::Open(_, At::Panel(panel)) => self.panels.form_mut(panel),
            Step::Code { .. } => &mut self.code,
            _ => &mut self.plain,
        }
    }

    fn go(mut self, button: ButtonName) -> Next<Self> {
        match (self.step.clone(), button) {
            (Step::Who, ButtonName::GoRecover) => Next::Leave(Ending::To(Workflow::Recover)),
            (Step::Who, _) => match credentials::check(&mut self.who, Name::CurrentClave) {
                Some(effect) => self.ask(effect),
                None => Next::Stay(self),
            },
            (Step::SentClave, ButtonName::GoChange) => Next::Leave(Ending::To(Workflow::Change)),
            (Step::Open(owner, At::Panel(panel)), _) => self.leave_panel(owner, panel),
            (Step::Open(owner, At::MyData), ButtonName::SeeKept) => Next::Stay(self.to(owner, At::Kept)),
            (Step::Open(owner, At::MyData), ButtonName::SendCopy) => self.ask(Effect::SendCopy(owner.proved)),
            (Step::Open(owner, At::MyData), ButtonName::AskErasure) => {
                Next::Stay(self.to(owner, At::Erasing))
            }
            (Step::Open(owner, At::MyData), ButtonName::TakeErasureBack) => {
                self.ask(Effect::TakeErasureBack(owner.proved))
            }
            (Step::Open(owner, At::Erasing), ButtonName::Continue) => {
                let letters = ChallengePanel::new([' '; 4], ButtonName::AskErasure);
                self.to(owner, At::ConfirmErasure(letters)).ask(Effect::DrawChallenge)
            }
            (Step::Open(..), ButtonName::AskHelp) => Next::CallStaff(self),
            (Step::Code { waiting, .. }, ButtonName::SendCodeAgain) => match waiting.first() {
                Some(first) => self.ask(Effect::SendCodeAgain { awaiting: first.awaiting.clone() }),
                None => Next::Stay(self),
            },
            (Step::Code { .. }, ButtonName::Later) => Next::Stay(self.next_code(false)),
            (Step::Code { waiting, .. }, _) => {
                match (waiting.first(), self.code.read(|reader| reader.code(Name::Code))) {
                    (Some(first), Some(code)) => {
                        self.ask(Effect::CheckCode { awaiting: first.awaiting.clone(), code })
                    }
                    _ => Next::Stay(self),
                }
            }
            (
                Step::Saved(_)
                | Step::CopySent { .. }
                | Step::ErasureAsked { .. }
                | Step::ErasureTakenBack { .. },
                _,
            ) => Next::Leave(Ending::Visit),
            _ => self.back(),
        }
    }

    fn back(self) -> Next<Self> {
        match self.step {
            Step::Who => Next::Leave(Ending::Menu),
            Step::SentClave => Next::Stay(self.start_over()),
            Step::Open(_, At::Review { .. }) => Next::Stay(self.start_over()),
            Step::Open(ref owner, ref at) => {
                let owner = owner.clone();
                let to = match at {
                    At::Kept | At::Erasing | At::Told(Told::TooManyMails) => At::MyData,
                    At::ConfirmErasure(_) => At::Erasing,
                    _ => At::Review { at: CONTINUE },
                };
                Next::Stay(self.to(owner, to))
            }
            // It was done.
            Step::Code { .. }
            | Step::Saved(_)
            | Step::CopySent { .. }
            | Step::ErasureAsked { .. }
            | Step::ErasureTakenBack { .. }
            | Step::Asking(_) => Next::Stay(self),
        }
    }

    fn challenge_mut(&mut self) -> Option<&mut ChallengePanel> {
        match &mut self.step {
            Step::Open(_, At::Confirm(_, letters) | At::ConfirmErasure(letters)) => Some(letters),
            _ => None,
        }
    }

    /// *Guardar cambios*, or *Pedir que se borre*.
    fn challenge_passed(self) -> Next<Self> {
        match self.step.clone() {
            Step::Open(owner, At::Confirm(change, _)) => self.ask(Effect::SaveData(owner.proved, change)),
            Step::Open(owner, At::ConfirmErasure(_)) => self.ask(Effect::RequestErasure(owner.proved)),
            _ => Next::Stay(self),
        }
    }

    fn answered(self, effect: Effect, reply: Reply) -> Next<Self> {
        self.heard(effect, reply)
    }
}

impl Update {
    pub fn new(setup: &Setup) -> Self {
        Update {
            step: Step::Who,
            setup: setup.clone(),
            who: Form::new(
                credentials::fields(Name::CurrentClave),
                vec![ButtonName::Validate, ButtonName::GoRecover],
            ),
            panels: Panels::new(setup),
            representing: None,
            code: panels::code_form(),
            plain: Form::new(vec![], vec![ButtonName::GoBack]),
        }
    }

    fn form(&self) -> &Form {
        match &self.step {
            Step::Who => &self.who,
            Step::Open(_, At::Panel(panel)) => self.panels.form(*panel),
            Step::Open(_, At::Confirm(_, letters) | At::ConfirmErasure(letters)) => letters.form(),
            Step::Code { .. } => &self.code,
            _ => &self.plain,
        }
    }

    /// Goes there, with the buttons that belong there.
    fn to(mut self, owner: Owner, at: At) -> Self {
        use ButtonName::{AskErasure, AskHelp, Continue, GoBack, SeeKept, SendCopy, TakeErasureBack};
        let last = if owner.on_file.erased_in_hours.is_some() { TakeErasureBack } else { AskErasure };
        let buttons = match at {
            At::MyData => vec![SeeKept, SendCopy, last, GoBack],
            At::Erasing => vec![Continue, GoBack],
            At::Told(Told::NothingChanged) | At::Kept => vec![GoBack],
            _ => vec![GoBack, AskHelp],
        };
        self.plain = Form::new(vec![], buttons);
        self.step = Step::Open(owner, at);
        self
    }

    fn review(self, owner: Owner) -> Self {
        self.to(owner, At::Review { at: CONTINUE })
    }

    /// On to the next contact that waits for its code, or to the receipt.
    fn next_code(mut self, is_proved: bool) -> Self {
        let Step::Code { mut waiting, mut receipt } = self.step else { return self };
        if !waiting.is_empty() {
            let contact = waiting.remove(0).contact;
            if is_proved { &mut receipt.proved } else { &mut receipt.later }.push(contact);
        }
        self.code = panels::code_form();
        self.step = match waiting.is_empty() {
            true => {
                self.plain = Form::new(vec![], vec![ButtonName::Finish]);
                Step::Saved(receipt)
            }
            false => Step::Code { waiting, receipt },
        };
        self
    }

    /// Before the key: nothing of what was on file stays.
    fn start_over(mut self) -> Self {
        self.who.forget_secrets();
        self.panels = Panels::new(&self.setup);
        self.representing = None;
        self.step = Step::Who;
        self
    }

    pub fn engagement(&self) -> Engagement {
        match self.step {
            Step::Saved(_)
            | Step::CopySent { .. }
            | Step::ErasureAsked { .. }
            | Step::ErasureTakenBack { .. } => Engagement::Confirmation,
            Step::Code { .. } => Engagement::WaitingForPhone,
            Step::Who if !self.who.is_touched() => Engagement::NothingTyped,
            _ => Engagement::DataTyped,
        }
    }
}

//! *Actualizar datos* and *Mis datos*: who, and the clave in use; the data on file, each line with
//! *Cambiar*; what will change, the challenge and *Guardar cambios*; a code for each new contact. And
//! what is kept of the company, a copy of it, and asking that it be erased (Ley 21.719).

mod changes;
mod replies;
mod review;
mod screen;
#[cfg(test)]
mod tests;
mod who;

use std::mem::discriminant;

use super::asked::Asked;
use super::challenge::ChallengePanel;
use super::code::{CodePanel, CodeWords};
use super::credentials;
use super::machine::{Machine, waits};
use super::panels::Panel;
use super::shown::Shown;
use super::{Ending, Next, Setup, Spot, Workflow};
use crate::domain::contact::Contact;
use crate::domain::destination::Channel;
use crate::domain::folio::Folio;
use crate::domain::outlook::Outlook;
use crate::effect::{ClaveProved, DataChange, Effect, OnFile, Reply, SentTo, ToProve};
use crate::event::Target;
use crate::form::names::{ButtonName, Name};
use crate::form::{Form, Touch};
use crate::text::Msg;
use changes::{Changes, Wanted};

/// Where a person can be.
#[derive(Debug, Default, PartialEq)]
pub enum Step {
    /// *Rut Empresa*, *Rut Representante Legal*, *CS Actual* → *Validar*.
    #[default]
    Who,
    /// The clave was one that we sent: it is good for choosing one's own, and for nothing else (S7).
    SentClave { buttons: Form },
    /// The company's own clave was proved, and its data are at hand.
    Open(Owner, At),
    /// The code that was sent to one of the new contacts; the others follow.
    Code { to_prove: ToProve, code: CodePanel, others: Vec<ToProve>, receipt: Receipt },
    /// What was saved, and which contacts are proved. The end.
    Saved { receipt: Receipt, buttons: Form },
    /// A copy of one's data is on its way. The end.
    CopySent { folio: Folio, sent_to: SentTo, buttons: Form },
    /// All of it will be erased. The end.
    ErasureAsked { folio: Folio, notices: Outlook, buttons: Form },
    /// None of it will be erased. The end.
    ErasureTakenBack { folio: Folio, notices: Outlook, buttons: Form },
    /// Waiting for an answer, or told why none comes.
    Asking(Asked<Step>),
}

/// Who proved the company's own clave, and what is on file.
#[derive(Debug, PartialEq)]
pub struct Owner {
    proved: ClaveProved,
    on_file: Box<OnFile>,
}

/// Where the owner is.
#[derive(Debug, PartialEq)]
pub enum At {
    /// What is on file, or will be; the focus is on a line or a button.
    Review { at: Target },
    /// One of the form's panels, opened by *Cambiar*.
    Panel(Panel),
    /// What will change, the challenge, *Guardar cambios*.
    Confirm(Box<Changes>, ChallengePanel),
    /// *Mis datos*: what is kept, a copy of it, its erasure.
    MyData { buttons: Form },
    /// *Ver qué se guarda*
    Kept { buttons: Form },
    /// What follows from an erasure.
    Erasing { buttons: Form },
    /// The challenge and *Pedir que se borre*.
    ConfirmErasure(ChallengePanel),
    /// Why nothing was done.
    Told { told: Told, buttons: Form },
}

/// Why nothing was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Told {
    /// All stands as it is on file.
    NothingChanged,
    /// Only a contact was changed that no code can prove here.
    NoCode(Channel),
    /// Each change must stay undoable, and there were too many.
    TooManyChanges,
    /// The address got as many messages as it may (S11).
    TooManyMails,
    /// Nobody has proved the mailbox on file (T3).
    NotProved,
    /// A new contact comes onto this account in person only (T4d).
    ContactInPerson,
}

/// What a save came to.
#[derive(Debug, PartialEq)]
pub struct Receipt {
    folio: Folio,
    /// Whether the contacts on file hear of what counts already, if anything does.
    notices: Option<Outlook>,
    proved: Vec<Contact>,
    /// They stay as they were.
    later: Vec<Contact>,
}

/// Where the reading begins.
const FIRST_LINE: Target = Target::Fact(1);
const CONTINUE: Target = Target::Button(0);
const MY_DATA: Target = Target::Button(1);

/// The workflow.
#[derive(Debug, PartialEq)]
pub struct Update {
    step: Step,
    setup: Setup,
    who: Form,
    wanted: Wanted,
    /// What was on file when the owner went back to the clave: as long as it is the same, so is what they
    /// wanted.
    left: Option<Box<OnFile>>,
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

    fn place(&self) -> Msg {
        Msg::PlaceUpdate
    }

    fn shows(&self) -> Shown<'_> {
        self.shown()
    }

    fn touched(self, touch: &Touch) -> Next<Self> {
        match self.step {
            Step::Open(_, At::Review { at }) => self.press_review(at, touch),
            _ => self.touch_form(touch),
        }
    }

    fn form_mut(&mut self) -> Option<&mut Form> {
        match &mut self.step {
            Step::Who => Some(&mut self.who),
            Step::Open(_, At::Panel(panel)) => Some(self.wanted.panels.form_mut(*panel)),
            Step::Open(_, At::MyData { buttons } | At::Kept { buttons })
            | Step::Open(_, At::Erasing { buttons } | At::Told { buttons, .. })
            | Step::SentClave { buttons }
            | Step::Saved { buttons, .. }
            | Step::CopySent { buttons, .. }
            | Step::ErasureAsked { buttons, .. }
            | Step::ErasureTakenBack { buttons, .. } => Some(buttons),
            Step::Code { code, .. } => Some(code.form_mut()),
            Step::Open(_, At::Review { .. } | At::Confirm(..) | At::ConfirmErasure(_)) | Step::Asking(_) => {
                None
            }
        }
    }

    fn within(&self) -> Spot {
        match &self.step {
            Step::Open(_, At::Panel(panel)) => Spot::of(discriminant(panel)),
            Step::Open(_, at) => Spot::of(discriminant(at)),
            _ => Spot::default(),
        }
    }

    fn go(mut self, button: ButtonName) -> Next<Self> {
        match &mut self.step {
            Step::Who if button == ButtonName::GoRecover => {
                Next::Leave(Ending::with(Workflow::Recover, credentials::company(&self.who)))
            }
            Step::Who => {
                let effect = credentials::check(&mut self.who, Name::CurrentClave);
                self.ask_if(effect)
            }
            Step::SentClave { .. } if button == ButtonName::GoChange => {
                Next::Leave(Ending::with(Workflow::Change, credentials::company(&self.who)))
            }
            Step::SentClave { .. } => self.back(),
            Step::Open(..) => self.go_as_owner(button),
            Step::Code { .. } if button == ButtonName::Later => Next::Stay(self.next_code(false)),
            Step::Code { code, .. } => {
                let effect = code.go(button);
                self.ask_if(effect)
            }
            Step::Saved { .. }
            | Step::CopySent { .. }
            | Step::ErasureAsked { .. }
            | Step::ErasureTakenBack { .. } => Next::Leave(Ending::Visit),
            Step::Asking(_) => Next::Stay(self),
        }
    }

    fn back(self) -> Next<Self> {
        match &self.step {
            Step::Who => Next::Leave(Ending::Menu),
            Step::SentClave { .. } => Next::Stay(self.start_over()),
            Step::Open(_, At::Review { .. }) => Next::Stay(self.before_clave()),
            Step::Open(owner, At::Kept { .. } | At::Erasing { .. })
            | Step::Open(owner, At::Told { told: Told::TooManyMails | Told::NotProved, .. }) => {
                let my_data = owner.my_data();
                Next::Stay(self.to(my_data))
            }
            Step::Open(_, At::ConfirmErasure(_)) => Next::Stay(self.to(At::erasing())),
            Step::Open(_, At::Panel(_) | At::Confirm(..) | At::MyData { .. })
            | Step::Open(
                _,
                At::Told {
                    told:
                        Told::NothingChanged | Told::NoCode(_) | Told::TooManyChanges | Told::ContactInPerson,
                    ..
                },
            ) => Next::Stay(self.to(At::Review { at: CONTINUE })),
            // It was done.
            Step::Code { .. }
            | Step::Saved { .. }
            | Step::CopySent { .. }
            | Step::ErasureAsked { .. }
            | Step::ErasureTakenBack { .. }
            | Step::Asking(_) => Next::Stay(self),
        }
    }

    fn challenge_mut(&mut self) -> Option<&mut ChallengePanel> {
        match &mut self.step {
            Step::Open(_, At::Confirm(_, challenge) | At::ConfirmErasure(challenge)) => Some(challenge),
            _ => None,
        }
    }

    /// *Guardar cambios*, or *Pedir que se borre*.
    fn challenge_passed(self) -> Next<Self> {
        let effect = match &self.step {
            Step::Open(owner, At::Confirm(changes, _)) => {
                Some(Effect::SaveData(owner.proved.clone(), Box::new(changes.saved.clone())))
            }
            Step::Open(owner, At::ConfirmErasure(_)) => Some(Effect::RequestErasure(owner.proved.clone())),
            _ => None,
        };
        self.ask_if(effect)
    }

    fn answered(self, effect: Effect, reply: Reply) -> Next<Self> {
        self.heard(effect, reply)
    }
}

fn buttons(buttons: impl Into<Vec<ButtonName>>) -> Form {
    Form::new(vec![], buttons.into())
}

impl At {
    fn erasing() -> Self {
        At::Erasing { buttons: buttons([ButtonName::Continue, ButtonName::GoBack]) }
    }

    fn told(told: Told) -> Self {
        let buttons = match told {
            Told::NothingChanged => buttons([ButtonName::GoBack]),
            Told::NoCode(_) | Told::TooManyChanges | Told::TooManyMails | Told::ContactInPerson => {
                buttons([ButtonName::GoBack, ButtonName::AskHelp])
            }
            Told::NotProved => buttons([ButtonName::ProveContacts, ButtonName::GoBack]),
        };
        At::Told { told, buttons }
    }
}

impl Owner {
    fn my_data(&self) -> At {
        let last = match self.on_file.erased_in_hours {
            Some(_) => ButtonName::TakeErasureBack,
            None => ButtonName::AskErasure,
        };
        let prove = (!self.on_file.unproved.is_empty()).then_some(ButtonName::ProveContacts);
        let offered = [ButtonName::SeeKept, ButtonName::SendCopy].into_iter().chain(prove);
        let offered: Vec<ButtonName> = offered.chain([last, ButtonName::GoBack]).collect();
        At::MyData { buttons: buttons(offered) }
    }
}

impl Step {
    /// The next of the contacts that wait for a code, or the receipt. One to which no code can come is left
    /// as it was.
    fn prove(waiting: Vec<ToProve>, mut receipt: Receipt) -> Self {
        let is_off = |to_prove: &ToProve| to_prove.sent_to.outlook() == Outlook::Off;
        let (off, mut waiting): (Vec<ToProve>, Vec<ToProve>) = waiting.into_iter().partition(is_off);
        receipt.later.extend(off.into_iter().map(|to_prove| to_prove.contact));
        if waiting.is_empty() {
            return Step::Saved { receipt, buttons: buttons([ButtonName::Leave]) };
        }
        let to_prove = waiting.remove(0);
        let code = CodePanel::or_later(to_prove.awaiting.clone(), CodeWords::Contact);
        Step::Code { to_prove, code, others: waiting, receipt }
    }
}

impl Update {
    /// The workflow, with nothing typed yet.
    pub fn new(setup: &Setup) -> Self {
        Update {
            step: Step::Who,
            setup: setup.clone(),
            who: credentials::form(Name::CurrentClave),
            wanted: Wanted::new(setup),
            left: None,
        }
    }

    /// A button on one of the owner's pages.
    fn go_as_owner(self, button: ButtonName) -> Next<Self> {
        let Step::Open(owner, at) = &self.step else { return Next::Stay(self) };
        let proved = || owner.proved.clone();
        match (at, button) {
            (At::Panel(panel), _) => {
                let panel = *panel;
                self.leave_panel(panel)
            }
            (At::MyData { .. }, ButtonName::SeeKept) => {
                Next::Stay(self.to(At::Kept { buttons: buttons([ButtonName::GoBack]) }))
            }
            (At::MyData { .. }, ButtonName::SendCopy) => {
                let effect = Effect::SendCopy(proved());
                self.ask(effect)
            }
            (At::MyData { .. } | At::Told { .. }, ButtonName::ProveContacts) => {
                let contacts = owner.on_file.unproved.clone();
                let change = DataChange { contacts, ..DataChange::default() };
                let effect = Effect::SaveData(proved(), Box::new(change));
                self.ask(effect)
            }
            (At::MyData { .. }, ButtonName::AskErasure) => Next::Stay(self.to(At::erasing())),
            (At::MyData { .. }, ButtonName::TakeErasureBack) => {
                let effect = Effect::TakeErasureBack(proved());
                self.ask(effect)
            }
            (At::Erasing { .. }, ButtonName::Continue) => {
                let challenge = ChallengePanel::new(ButtonName::AskErasure);
                self.to(At::ConfirmErasure(challenge)).ask(Effect::DrawChallenge)
            }
            (At::Told { .. }, ButtonName::AskHelp) => Next::CallStaff(self),
            (At::MyData { .. } | At::Kept { .. } | At::Erasing { .. } | At::Told { .. }, _) => self.back(),
            (At::Review { .. } | At::Confirm(..) | At::ConfirmErasure(_), _) => Next::Stay(self),
        }
    }

    /// The owner goes there.
    fn to(mut self, at: At) -> Self {
        if let Step::Open(owner, _) = self.step {
            self.step = Step::Open(owner, at);
        }
        self
    }

    /// On to the next contact that waits for its code, or to the receipt.
    fn next_code(mut self, is_proved: bool) -> Self {
        let Step::Code { to_prove, others, mut receipt, .. } = self.step else { return self };
        if is_proved { &mut receipt.proved } else { &mut receipt.later }.push(to_prove.contact);
        self.step = Step::prove(others, receipt);
        self
    }
}

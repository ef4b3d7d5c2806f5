//! The panel of staff beside a person: what they may do here, and why they do it. It lies over the
//! page, so that nothing of what the person typed is in sight while it is open (S19).

mod dispute;

use super::wish::{Closed, StaffWish};
use crate::domain::clean::Clean;
use crate::domain::register::Service;
use crate::domain::rut::Rut;
use crate::domain::staff::Act;
use crate::effect::{AwaitingCode, Refusal, RefusedCard, Reply, StaffAct, StaffReply, StaffSession};
use crate::flow::staff::{code_form, read_code, reason_form, words};
use crate::flow::stop::{Stop, office_away};
use crate::form::names::{ButtonName, Name};
use crate::form::reasons::Reasons;
use crate::form::{Form, Pressed, Touch};
use crate::page::{Block, Words};
use crate::text::Msg;
pub use dispute::DisputePart;

/// Where the workflow beneath can be helped on.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Needs {
    /// Letters stand on the page.
    pub has_letters: bool,
    /// The terminal is locked.
    pub is_locked: bool,
    /// Must wait after failed tries.
    pub blocked: Option<Rut>,
    /// A key that waits a day, unless a card is confirmed.
    pub held: Option<AwaitingCode>,
    /// Company and representative about whom no register answers.
    pub unanswered: Option<(Rut, Rut)>,
    /// A card that was refused because it expired.
    pub refused_card: Option<RefusedCard>,
    /// An account that two of them can give to whoever stands here.
    pub dispute: Option<DisputePart>,
}

/// What staff who signed in can do beside a person.
#[derive(Clone, Debug, PartialEq)]
pub struct StaffPanel {
    session: StaffSession,
    needs: Needs,
    state: PanelState,
    /// What was typed for the settlement, for whoever went back from it.
    left: Option<Form>,
}

#[derive(Clone, Debug, PartialEq)]
enum PanelState {
    Menu(Form),
    Reason {
        act: StaffAct,
        form: Form,
    },
    /// The act takes a code of the last minute (T8).
    Code {
        act: StaffAct,
        reason: Clean,
        form: Form,
    },
    Dispute {
        part: DisputePart,
        form: Form,
    },
    Told {
        says: Msg,
        form: Form,
    },
}

impl PanelState {
    fn form(&self) -> &Form {
        match self {
            PanelState::Menu(form)
            | PanelState::Reason { form, .. }
            | PanelState::Code { form, .. }
            | PanelState::Dispute { form, .. }
            | PanelState::Told { form, .. } => form,
        }
    }

    fn form_mut(&mut self) -> &mut Form {
        match self {
            PanelState::Menu(form)
            | PanelState::Reason { form, .. }
            | PanelState::Code { form, .. }
            | PanelState::Dispute { form, .. }
            | PanelState::Told { form, .. } => form,
        }
    }
}

impl StaffPanel {
    /// From the menu of what they can do, or from what the page beneath waits for.
    pub fn new(session: StaffSession, needs: Needs) -> Self {
        let awaited = needs.dispute.clone().filter(|part| part.is_awaited() && session.may(Act::Settle));
        let state = match awaited {
            Some(part) => PanelState::Dispute { form: part.form(), part },
            None => PanelState::Menu(menu(&session, &needs)),
        };
        StaffPanel { session, needs, state, left: None }
    }

    /// Something from staff.
    pub fn touch(&mut self, touch: &Touch) -> Closed {
        let pressed = self.state.form_mut().touch(touch);
        match (&mut self.state, pressed) {
            (_, Pressed::Nothing | Pressed::Toggled(_)) => Closed::No,
            (PanelState::Menu(_), Pressed::Back | Pressed::Button(ButtonName::GoBack)) => Closed::Yes,
            (PanelState::Menu(_), Pressed::Button(ButtonName::StopAccompanying)) => {
                Closed::Wish(Box::new(StaffWish::SignOut))
            }
            (
                PanelState::Menu(_),
                Pressed::Button(
                    ButtonName::OpenDispute | ButtonName::OpenUnlisted | ButtonName::ConfirmDispute,
                ),
            ) => {
                if let Some(part) = self.needs.dispute.clone() {
                    let form = self.left.take().unwrap_or_else(|| part.form());
                    self.state = PanelState::Dispute { form, part };
                }
                Closed::No
            }
            (PanelState::Dispute { form, .. }, Pressed::Back) => {
                self.left = Some(form.clone());
                self.state = PanelState::Menu(menu(&self.session, &self.needs));
                Closed::No
            }
            (PanelState::Dispute { part, form }, Pressed::Button(_)) => match part.read(form) {
                Some((act, reason)) => Closed::Wish(Box::new(StaffWish::Act(act, reason, None))),
                None => Closed::No,
            },
            (PanelState::Menu(_), Pressed::Button(button)) => {
                if let Some(act) = act(button, &self.needs) {
                    let form = match listed(&act) {
                        Some(reasons) => Form::new(vec![reasons.field()], vec![button]),
                        None => reason_form(button),
                    };
                    self.state = PanelState::Reason { act, form };
                }
                Closed::No
            }
            (PanelState::Reason { act, form }, Pressed::Button(_)) => match read_reason(act, form) {
                Some(reason) => Closed::Wish(Box::new(StaffWish::Act(act.clone(), reason, None))),
                None => Closed::No,
            },
            (PanelState::Code { act, reason, form }, Pressed::Button(_)) => match read_code(form) {
                Some(code) => Closed::Wish(Box::new(StaffWish::Act(act.clone(), reason.clone(), Some(code)))),
                None => Closed::No,
            },
            (
                PanelState::Reason { .. } | PanelState::Code { .. } | PanelState::Told { .. },
                Pressed::Back | Pressed::Button(_),
            ) => {
                self.state = PanelState::Menu(menu(&self.session, &self.needs));
                Closed::No
            }
        }
    }

    /// What came of an act that leaves the panel open.
    pub fn tell(&mut self, reply: &Reply) {
        if self.is_about_code(reply) {
            return;
        }
        if matches!(reply, Reply::Staff(StaffReply::Dispute(_))) {
            // Nothing that was refused is offered again for one Enter.
            self.left = None;
        }
        let says = match (reply, Stop::of(reply)) {
            (Reply::Staff(StaffReply::RefusalTold(told)), _) => {
                told.map_or(Msg::RefusalNone, |(action, outcome)| words::refusal(action, outcome))
            }
            (Reply::Staff(StaffReply::Dispute(reply)), _) => dispute::says(reply).unwrap_or(Msg::StopStore),
            (_, Some(Stop::TwoOfStaff)) => Msg::StopTwo,
            (_, Some(Stop::Registry(Service::RegistroCivil))) => Msg::RefusalRegistroCivilDown,
            (_, Some(Stop::Registry(Service::Sii))) => Msg::DisputeSiiDown,
            (_, Some(Stop::CardUnlisted)) => Msg::RefusalCardUnlisted,
            (_, Some(Stop::WithoutRun)) => Msg::RefusalCardHolderUnknown,
            (Reply::Staff(StaffReply::NotAllowed), _) => Msg::StaffNotAllowed,
            (Reply::Staff(StaffReply::RegistersAnswer), _) => Msg::StaffRegistersAnswer,
            (Reply::Staff(StaffReply::NotOnFile), _) => Msg::StaffNotOnFile,
            (Reply::CodeDead, _) => Msg::WrongCodeOver,
            (_, Some(Stop::Wait(_) | Stop::TerminalLocked)) => Msg::RefusalMustWait,
            (_, Some(Stop::Unsure)) => Msg::StopUnsure,
            (_, Some(Stop::Office(away))) => office_away(away),
            _ => Msg::StopStore,
        };
        self.state = PanelState::Told { says, form: Form::new(vec![], vec![ButtonName::GoBack]) };
    }

    /// Whether the answer is about a code: one is wanted, or typed anew. Nobody who went back meanwhile
    /// is asked for it.
    fn is_about_code(&mut self, reply: &Reply) -> bool {
        let wrong = match (reply, &mut self.state) {
            (Reply::Staff(StaffReply::CodeWanted), PanelState::Reason { act, form }) => {
                if let Some(reason) = read_reason(act, form) {
                    self.state = PanelState::Code { act: act.clone(), reason, form: code_form() };
                }
                return true;
            }
            (Reply::Staff(StaffReply::CodeWanted), PanelState::Dispute { part, form }) => {
                if let Some((act, reason)) = part.read(form) {
                    self.left = Some(form.clone());
                    self.state = PanelState::Code { act, reason, form: code_form() };
                }
                return true;
            }
            (Reply::Staff(StaffReply::CodeWanted), _) => return true,
            (Reply::Staff(StaffReply::CodeWrong), _) => Msg::WrongStaffCode,
            (Reply::Refused(Refusal::Wait(_)), PanelState::Code { .. }) => Msg::WrongPinWait,
            _ => return false,
        };
        if let PanelState::Code { form, .. } = &mut self.state {
            form.forget_secrets();
            form.fail(Name::Totp, wrong);
        }
        true
    }

    /// What is filled in or pressed on it.
    pub fn form(&self) -> &Form {
        self.state.form()
    }

    /// The heading of its page.
    pub fn heading(&self) -> Msg {
        match &self.state {
            PanelState::Reason { form: _, act } => heading(act),
            PanelState::Dispute { part, .. } => part.button().label(),
            PanelState::Code { .. } => Msg::StaffCodeHeading,
            PanelState::Menu(_) | PanelState::Told { .. } => {
                Msg::PanelHeading { name: self.session.name().clone() }
            }
        }
    }

    /// What stands above the form.
    pub fn opening(&self) -> Vec<Block> {
        let say = |msg| Block::Paragraph(Words::Said(msg));
        match &self.state {
            PanelState::Menu(_) => vec![say(Msg::PanelHint)],
            PanelState::Reason { act: StaffAct::AcceptCard(_), .. } => {
                vec![say(Msg::AcceptCardHint), say(Msg::StaffReasonHint)]
            }
            PanelState::Reason { .. } => vec![say(Msg::StaffReasonHint)],
            PanelState::Dispute { part, .. } => part.says(),
            PanelState::Code { .. } => vec![say(Msg::StaffCodeHint)],
            PanelState::Told { says, .. } => vec![say(says.clone())],
        }
    }
}

/// What the role may do and the workflow beneath has need of.
fn menu(session: &StaffSession, needs: &Needs) -> Form {
    let part = needs.dispute.as_ref().map(DisputePart::button);
    let entries = [
        (Act::SeeRefusal, ButtonName::SeeRefusal, true),
        (Act::WitnessCard, ButtonName::WitnessCard, needs.held.is_some()),
        (Act::VouchUnchecked, ButtonName::VouchUnchecked, needs.unanswered.is_some()),
        (Act::AcceptCard, ButtonName::AcceptCard, needs.refused_card.is_some()),
        (Act::Unblock, ButtonName::Unblock, needs.blocked.is_some()),
        (Act::Unblock, ButtonName::UnlockTerminal, needs.is_locked),
        (Act::WaiveChallenge, ButtonName::WaiveChallenge, needs.has_letters),
        (Act::Settle, part.unwrap_or(ButtonName::OpenDispute), part.is_some()),
    ];
    let may = entries.into_iter().filter(|(act, _, is_needed)| *is_needed && session.may(*act));
    let buttons = may.map(|(_, button, _)| button).chain([ButtonName::StopAccompanying, ButtonName::GoBack]);
    Form::new(vec![], buttons.collect())
}

fn act(button: ButtonName, needs: &Needs) -> Option<StaffAct> {
    match button {
        ButtonName::SeeRefusal => Some(StaffAct::SeeRefusal),
        ButtonName::WaiveChallenge => Some(StaffAct::WaiveChallenge),
        ButtonName::UnlockTerminal => Some(StaffAct::UnlockTerminal),
        ButtonName::Unblock => needs.blocked.map(StaffAct::Unblock),
        ButtonName::WitnessCard => needs.held.clone().map(StaffAct::WitnessCard),
        ButtonName::AcceptCard => needs.refused_card.clone().map(StaffAct::AcceptCard),
        ButtonName::VouchUnchecked => needs
            .unanswered
            .map(|(company, representative)| StaffAct::VouchUnchecked { company, representative }),
        _ => None,
    }
}

/// What is done often has its reasons listed, as beside a PIN.
fn listed(act: &StaffAct) -> Option<Reasons> {
    match act {
        StaffAct::WaiveChallenge => Some(Reasons::InPerson),
        StaffAct::WitnessCard(_) => Some(Reasons::CardSeen),
        StaffAct::AcceptCard(_) => Some(Reasons::CardValid),
        _ => None,
    }
}

fn read_reason(act: &StaffAct, form: &mut Form) -> Option<Clean> {
    match listed(act) {
        Some(reasons) if reasons.opens_line(form) => None,
        Some(reasons) => form.read(|reader| reasons.read(reader)),
        None => form.read(|reader| reader.reason(Name::Reason)),
    }
}

fn heading(act: &StaffAct) -> Msg {
    match act {
        StaffAct::WaiveChallenge => Msg::ButtonWaiveChallenge,
        StaffAct::Unblock(_) => Msg::ButtonUnblock,
        StaffAct::UnlockTerminal => Msg::ButtonUnlockTerminal,
        StaffAct::WitnessCard(_) => Msg::ButtonWitnessCard,
        StaffAct::VouchUnchecked { .. } => Msg::ButtonVouchUnchecked,
        StaffAct::AcceptCard(_) => Msg::ButtonAcceptCard,
        _ => Msg::ButtonSeeRefusal,
    }
}

//! Staff beside a person, as the kiosk knows them: who is signed in and since when they did
//! nothing, what they ask for, and what the page hides from them (*Modo acompañado*).

use std::time::Instant;

use zeroize::Zeroizing;

use super::overlay::{Overlay, Wish};
use super::panel::{Needs, Panel};
use super::{Kiosk, Order};
use crate::effect::{Effect, Proved, Reply, StaffOrder, StaffReply, StaffSession};
use crate::form::Touch;
use crate::form::names::Name;
use crate::page::{Block, Control, Page};
use crate::text::Msg;

/// Whoever signed in, for this visit.
#[derive(Debug)]
pub struct Attendance {
    pub session: StaffSession,
    /// When they last did something: the person's own keys keep nobody signed in.
    pub last_act: Instant,
}

impl Kiosk {
    /// F2: the line to staff, or the panel of those who are here.
    pub(super) fn call_staff(&mut self) -> Option<Order> {
        if let Some(attendance) = &mut self.visit.staff {
            if !matches!(self.visit.overlay, Overlay::Panel(_)) {
                attendance.last_act = self.now;
                let session = attendance.session.clone();
                self.open_panel(session);
            }
            return None;
        }
        if matches!(self.visit.overlay, Overlay::Staff(_)) {
            return None;
        }
        self.visit.overlay = Overlay::staff();
        Some(self.staff_order(Effect::CallStaff))
    }

    fn open_panel(&mut self, session: StaffSession) {
        let screen = &self.visit.screen;
        let needs = Needs { blocked: screen.blocked(), held: screen.held(), unanswered: screen.unanswered() };
        self.visit.overlay = Overlay::Panel(Box::new(Panel::new(session, needs)));
    }

    fn staff_order(&mut self, effect: Effect) -> Order {
        let order = self.order(effect);
        self.visit.staff_awaited = Some(order.ticket);
        order
    }

    /// What staff ask for on an overlay; one thing at a time.
    pub(super) fn wish(&mut self, wish: Wish) -> Option<Order> {
        if let Wish::SignOut = wish {
            return self.sign_out();
        }
        if self.visit.staff_awaited.is_some() {
            return None;
        }
        let effect = match wish {
            Wish::Vouch(pin, reason) => {
                Effect::VouchForPerson { pin, reason, blocked: self.visit.screen.blocked() }
            }
            Wish::SignIn { name, password, code } => Effect::SignIn { name, password, code },
            Wish::Act(act, reason) => {
                let session = self.visit.staff.as_ref()?.session.clone();
                let visit = self.now.saturating_duration_since(self.visit.begun);
                Effect::Staff(Box::new(StaffOrder { session, act, reason, visit }))
            }
            Wish::SignOut => return None,
        };
        Some(self.staff_order(effect))
    }

    /// Staff go, and the person goes on alone; the longer times stay.
    pub(super) fn sign_out(&mut self) -> Option<Order> {
        self.visit.overlay = Overlay::None;
        self.visit.staff_awaited = None;
        let Attendance { session, .. } = self.visit.staff.take()?;
        Some(self.order(Effect::SignOut { session: Box::new(session) }))
    }

    pub(super) fn attend(&mut self, session: StaffSession) {
        self.visit.more_time = true;
        self.conceal();
        self.visit.staff = Some(Attendance { session, last_act: self.now });
    }

    /// What F3 showed is shown no longer.
    pub(super) fn conceal(&mut self) {
        self.visit.shown_until = None;
        let screen = std::mem::take(&mut self.visit.screen);
        let next = screen.press(&Touch::Conceal, &mut self.visit.appearance.language);
        self.follow(next);
    }

    pub(super) fn staff_reply(&mut self, reply: Reply) -> Option<Order> {
        match reply {
            Reply::StaffCalled => {
                self.visit.overlay.staff_comes();
                None
            }
            Reply::PinRight(session) => {
                self.attend(session);
                self.close_and_vouch()
            }
            Reply::Staff(StaffReply::SignedIn(session)) => {
                self.attend(session.clone());
                self.open_panel(session);
                None
            }
            Reply::Staff(StaffReply::Done) => self.close_and_vouch(),
            Reply::AddressProved(Proved::Sending { folio, sent_to }) => {
                self.visit.overlay = Overlay::None;
                let screen = std::mem::take(&mut self.visit.screen);
                self.follow(screen.witnessed(folio, sent_to))
            }
            Reply::Staff(StaffReply::Vouched { vouched, masked_email }) => {
                self.visit.overlay = Overlay::None;
                let screen = std::mem::take(&mut self.visit.screen);
                self.follow(screen.vouched_on_file(vouched, masked_email))
            }
            Reply::Staff(StaffReply::SessionOver) => {
                self.visit.staff = None;
                self.visit.overlay = Overlay::staff();
                None
            }
            other => {
                self.visit.overlay.refuse(&other);
                None
            }
        }
    }

    fn close_and_vouch(&mut self) -> Option<Order> {
        self.visit.overlay = Overlay::None;
        let screen = std::mem::take(&mut self.visit.screen);
        self.follow(screen.vouched())
    }

    /// When a session that nobody uses is over (S18).
    pub(super) fn attendance_ends(&self) -> Option<Instant> {
        self.visit.staff.as_ref().map(|attendance| attendance.last_act + self.limits.staff.after)
    }
}

/// Secrets that are seen while they are typed are none of the staff's business.
pub fn hide_secrets(page: &mut Page) {
    let labels = Name::SECRETS_IN_SIGHT.map(Name::label);
    for block in &mut page.blocks {
        if let Block::Facts(facts) = block {
            let answers = facts.iter_mut().filter(|fact| fact.label == Msg::LabelAnswer);
            answers.for_each(|fact| fact.value = Msg::ReviewHidden.into());
        }
        let Block::Field(field) = block else { continue };
        let length = match &field.control {
            Control::Text { value, .. } if labels.contains(&field.label) => value.chars().count(),
            Control::Hidden { length, .. } => *length,
            _ => continue,
        };
        field.hint = match field.hint.take() {
            Some(Msg::HintClave | Msg::HintNewClave) => Some(Msg::HintClaveAccompanied),
            Some(Msg::HintCurrentClave) => Some(Msg::HintCurrentClaveAccompanied),
            other => other,
        };
        field.control = Control::Hidden { length, shown: None::<Zeroizing<String>> };
    }
}

/// Help that stands beside wide pages alone comes into every page: there is time to read it.
pub fn bring_help_in(page: &mut Page) {
    let help: Vec<_> = page.help.drain(..).map(Into::into).collect();
    if !help.is_empty() {
        page.blocks.push(Block::Bullets(help));
    }
}

//! Staff in a visit: called by F2, signed in beside the person, and gone again.

use std::time::Instant;

use super::{Attendance, OfficeRules, Overlay, Visit, VisitWanted, Waiter};
use crate::effect::settlement::DisputeReply;
use crate::effect::{Effect, Reply, StaffOrder, StaffReply, StaffSession};
use crate::flow::settlement::Settlement;
use crate::kiosk::panel::Needs;
use crate::kiosk::screen::{Screen, ScreenAct};
use crate::kiosk::wish::StaffWish;

impl Visit {
    /// F2: the line to staff, or the panel of those who are here.
    pub(super) fn call_staff(&mut self, now: Instant) -> VisitWanted {
        if let Some(attendance) = &mut self.staff {
            if !self.overlay.is_panel() {
                attendance.last_act = now;
                let session = attendance.session.clone();
                self.open_panel(session);
            }
            return VisitWanted::Nothing;
        }
        if matches!(self.overlay, Overlay::Staff(_)) {
            return VisitWanted::Nothing;
        }
        self.overlay = Overlay::staff();
        VisitWanted::Ask(Waiter::Staff, Effect::CallStaff)
    }

    fn open_panel(&mut self, session: StaffSession) {
        let screen = self.scene.screen();
        let needs = Needs {
            blocked: screen.blocked(),
            held: screen.held(),
            unanswered: screen.unanswered(),
            dispute: screen.dispute(),
        };
        self.overlay = Overlay::panel(session, needs);
    }

    /// What staff ask for on an overlay; one thing at a time.
    pub(super) fn wish(&mut self, wish: StaffWish, now: Instant) -> VisitWanted {
        if let StaffWish::SignOut = wish {
            return self.sign_out();
        }
        if self.staff_awaited.is_some() {
            return VisitWanted::Nothing;
        }
        let effect = match (wish, &self.staff) {
            (StaffWish::Vouch(pin, reason), _) => {
                Effect::VouchForPerson { pin, reason, blocked: self.scene.screen().blocked() }
            }
            (StaffWish::SignIn { name, password, code }, _) => Effect::SignIn { name, password, code },
            (StaffWish::Act(act, reason), Some(attendance)) => {
                let session = attendance.session.clone();
                let visit = now.saturating_duration_since(self.begun);
                Effect::Staff(Box::new(StaffOrder { session, act, reason, visit }))
            }
            (StaffWish::Act(..), None) | (StaffWish::SignOut, _) => return VisitWanted::Nothing,
        };
        VisitWanted::Ask(Waiter::Staff, effect)
    }

    /// Staff go, and the person goes on alone; the longer times stay.
    pub(super) fn sign_out(&mut self) -> VisitWanted {
        self.overlay = Overlay::None;
        self.staff_awaited = None;
        match self.staff.take() {
            Some(Attendance { session, .. }) => {
                VisitWanted::Ask(Waiter::Nobody, Effect::SignOut { session: Box::new(session) })
            }
            None => VisitWanted::Nothing,
        }
    }

    fn attend(&mut self, session: StaffSession, office: &OfficeRules, now: Instant) {
        self.more_time = true;
        self.conceal(office, now);
        self.staff = Some(Attendance { session, last_act: now });
    }

    pub(super) fn staff_reply(&mut self, reply: Reply, office: &OfficeRules, now: Instant) -> VisitWanted {
        match reply {
            Reply::StaffCalled => self.overlay.staff_comes(),
            Reply::PinRight(session) => {
                self.attend(session, office, now);
                return self.helped(ScreenAct::Vouched, office, now);
            }
            Reply::Staff(StaffReply::SignedIn(session)) => {
                self.attend(session.clone(), office, now);
                self.open_panel(session);
            }
            Reply::Staff(StaffReply::Done) => return self.helped(ScreenAct::Vouched, office, now),
            Reply::AddressProved(proved) => {
                return self.helped(ScreenAct::Witnessed(proved), office, now);
            }
            Reply::Staff(StaffReply::Vouched { vouched, masked_email }) => {
                return self.helped(ScreenAct::VouchedOnFile(vouched, masked_email), office, now);
            }
            Reply::Staff(StaffReply::Dispute(DisputeReply::Opened(opened))) => {
                self.scene.show(Screen::Settlement(Box::new(Settlement::new(opened, &office.setup))));
                self.awaited = None;
                // The next one here is another member.
                return self.sign_out();
            }
            Reply::Staff(StaffReply::Dispute(DisputeReply::Confirmed { .. })) => {
                return self.helped(ScreenAct::Vouched, office, now);
            }
            Reply::Staff(StaffReply::SessionOver) => {
                self.staff = None;
                self.overlay = Overlay::staff();
            }
            other => self.overlay.refuse(&other),
        }
        VisitWanted::Nothing
    }

    /// The person goes on, for staff did something for them.
    fn helped(&mut self, act: ScreenAct<'_>, office: &OfficeRules, now: Instant) -> VisitWanted {
        self.overlay = Overlay::None;
        let next = self.scene.act(act, &mut self.appearance.language);
        self.follow(next, office, now)
    }
}

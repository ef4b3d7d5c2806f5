//! Staff in a visit: called by F2, signed in beside the person, and gone again.

use std::time::Instant;

use super::{Attendance, LastTry, OfficeRules, Overlay, Visit, VisitWanted, Waiter};
use crate::domain::staff::Act;
use crate::effect::settlement::{DisputeReply, SettlementReply};
use crate::effect::{Effect, Reply, StaffOrder, StaffReply, StaffSession};
use crate::flow::settlement::Settlement;
use crate::kiosk::panel::{DisputePart, Needs};
use crate::kiosk::screen::{Screen, ScreenAct};
use crate::kiosk::wish::StaffWish;

impl Visit {
    /// F2: the line to staff, or the panel of those who are here. Anybody may press it, so it keeps
    /// nobody signed in.
    pub(super) fn call_staff(&mut self) -> VisitWanted {
        if let Some(attendance) = &self.staff {
            if !self.overlay.is_panel() {
                let session = attendance.session.clone();
                self.open_panel(session);
            }
            return VisitWanted::Nothing;
        }
        if matches!(self.overlay, Overlay::Staff(_)) {
            return VisitWanted::Nothing;
        }
        self.overlay = Overlay::staff(self.scene.told().has_letters);
        VisitWanted::Ask(Waiter::Staff(None), Effect::CallStaff)
    }

    /// The key F2. Where a second member is waited for, the first is beside the person: who comes signs in
    /// at once.
    pub(super) fn staff_key(&mut self) -> VisitWanted {
        let waits = matches!(self.scene.screen().dispute(), Some(DisputePart::Second(_)));
        if !waits || self.staff.is_some() || self.overlay.is_open() {
            return self.call_staff();
        }
        self.overlay = Overlay::sign_in();
        VisitWanted::Ask(Waiter::Staff(None), Effect::CallStaff)
    }

    fn open_panel(&mut self, session: StaffSession) {
        let screen = self.scene.screen();
        let needs = Needs {
            has_letters: self.scene.told().has_letters,
            is_locked: screen.is_locked(),
            blocked: screen.blocked(),
            held: screen.held(),
            unanswered: screen.unanswered(),
            refused_card: screen.refused_card(),
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
        let (act, effect) = match (wish, &self.staff) {
            (StaffWish::Vouch(pin, reason), _) => (None, Effect::VouchForPerson { pin, reason }),
            (StaffWish::SignIn { name, password, code }, _) => {
                (None, Effect::SignIn { name, password, code })
            }
            (StaffWish::Act(act, reason, code), Some(attendance)) => {
                let session = attendance.session.clone();
                let visit = now.saturating_duration_since(self.begun);
                let needs = act.needs();
                (Some(needs), Effect::Staff(Box::new(StaffOrder { session, act, reason, visit, code })))
            }
            (StaffWish::Act(..), None) | (StaffWish::SignOut, _) => return VisitWanted::Nothing,
        };
        VisitWanted::Ask(Waiter::Staff(act), effect)
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
        self.conceal(office);
        self.staff = Some(Attendance { session, last_act: now });
    }

    /// What staff, or a call for them, are answered.
    pub(super) fn staff_reply(
        &mut self,
        act: Option<Act>,
        reply: Reply,
        office: &OfficeRules,
        now: Instant,
    ) -> VisitWanted {
        // What they do may make right what was wrong.
        self.tries = LastTry::default();
        if let (true, Some(attendance)) = (proves_presence(act, &reply), &mut self.staff) {
            attendance.last_act = now;
        }
        match reply {
            Reply::StaffCalled => self.overlay.staff_comes(),
            Reply::PinRight => return self.helped(ScreenAct::Vouched, office),
            Reply::Staff(StaffReply::SignedIn(session)) => {
                self.attend(session.clone(), office, now);
                self.open_panel(session);
            }
            Reply::Staff(StaffReply::Done) => return self.helped(ScreenAct::Vouched, office),
            Reply::AddressProved(proved) => {
                return self.helped(ScreenAct::Witnessed(proved), office);
            }
            accepted if is_accepted_card(&accepted) => {
                return self.helped(ScreenAct::AcceptedCard(accepted), office);
            }
            Reply::Staff(StaffReply::Vouched { vouched, masked_email }) => {
                return self.helped(ScreenAct::VouchedOnFile(vouched, masked_email), office);
            }
            Reply::Staff(StaffReply::Dispute(DisputeReply::Opened(opened))) => {
                self.scene.show(Screen::Settlement(Box::new(Settlement::new(opened, &office.setup))));
                self.awaited = None;
                // The next one here is another member.
                return self.sign_out();
            }
            Reply::Staff(StaffReply::Dispute(DisputeReply::Confirmed { .. })) => {
                return self.helped(ScreenAct::Vouched, office);
            }
            Reply::Staff(StaffReply::SessionOver) => {
                self.staff = None;
                self.overlay = Overlay::staff(self.scene.told().has_letters);
            }
            other => self.overlay.refuse(&other),
        }
        VisitWanted::Nothing
    }

    /// The person goes on, for staff did something for them.
    fn helped(&mut self, act: ScreenAct<'_>, office: &OfficeRules) -> VisitWanted {
        self.overlay = Overlay::None;
        let next = self.scene.act(act, &mut self.appearance.language);
        self.follow(next, office)
    }
}

/// Whether a card that had been refused leads on, as it would have if the register had called it valid.
fn is_accepted_card(reply: &Reply) -> bool {
    matches!(
        reply,
        Reply::CardRight { .. }
            | Reply::CardRightNoAccount { .. }
            | Reply::ApplicantCardRight(_)
            | Reply::Settlement(SettlementReply::Needed(_))
    )
}

/// Whether the desk carried out, or answered, what takes a code of the member's own of the last minute:
/// then it was they who did it (T8).
fn proves_presence(act: Option<Act>, reply: &Reply) -> bool {
    let is_carried_out = is_accepted_card(reply)
        || matches!(
            reply,
            Reply::AddressProved(_)
                | Reply::Staff(
                    StaffReply::Done
                        | StaffReply::RefusalTold(_)
                        | StaffReply::Vouched { .. }
                        | StaffReply::RegistersAnswer
                        | StaffReply::NotOnFile
                        | StaffReply::Dispute(_)
                )
        );
    is_carried_out && act.is_some_and(Act::takes_fresh_code)
}

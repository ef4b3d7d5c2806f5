//! Staff at this terminal: their session, what they order, and the visit's end, which ends both.

use std::time::Duration;

use super::calls::Calls;
use super::signed_in::SignedIn;
use super::viewing::Views;
use super::{Answer, Desk, Trouble};
use crate::audit::Actor;
use crate::domain::clean::Clean;
use crate::domain::deed::{Action, Outcome};
use crate::domain::destination::Channel;
use crate::domain::facilitator::Decided;
use crate::domain::folio::Folio;
use crate::domain::language::Language;
use crate::domain::secret::Secret;
use crate::domain::visits::VisitEnding;
use crate::domain::way_out::WayOut;
use crate::effect::requests::{Lookable, NotExported, RequestAct, RequestReply, Shape};
use crate::effect::settlement::DisputeAct;
use crate::effect::{
    AwaitingCode, MobileProof, Proved, Registered, Reply, StaffAct, StaffOrder, StaffReply, StaffSession,
};
use crate::office::acting::{Acting, Concerned};
use crate::office::applications::Applications;
use crate::office::assist::Assist;
use crate::office::decided_messages::messages_of;
use crate::office::disputes::Disputes;
use crate::office::export::Export;
use crate::office::fresh_code::FreshCode;
use crate::office::in_person::InPerson;
use crate::office::lookups::Lookups;
use crate::office::means::Means;
use crate::office::requests::{Looking, Requests, told};
use crate::office::review::DecideError;
use crate::office::sign_in::{Admitted, SignIn};
use crate::office::unlisted::Unlisted;
use crate::office::visits::{Visited, Visits};
use crate::store::StoreError;

/// The staff's place at one terminal.
#[derive(Default)]
pub(super) struct StaffPlace {
    pub signed_in: SignedIn,
    pub views: Views,
    calls: Calls,
}

impl StaffPlace {
    /// With documents laid out here, if anywhere.
    pub fn new(views: Views) -> Self {
        StaffPlace { views, ..StaffPlace::default() }
    }

    /// Opens a session, and with it ends the one before.
    fn open(&self, means: &Means, admitted: Admitted) -> StaffSession {
        let code_ms = admitted.code_ms();
        let session = admitted.session(&means.records);
        self.signed_in.open(session.id(), code_ms);
        session
    }

    /// F2: they are called, unless they were within the last minute.
    pub async fn call(&self, means: &Means) -> Answer {
        let time = means.time().await?;
        let now_ms = time.now_ms();
        if self.calls.stand(time.rights()) {
            return Ok(Reply::StaffCalled);
        }
        let called = Assist::of(means).call_staff(now_ms).await?;
        self.calls.note(now_ms);
        Ok(called)
    }

    /// What stands in the way of an act that takes a code of the last minute (T8), if anything does. A
    /// code is used up only where one is wanted, so that an act that is asked for twice is done.
    async fn lacks_code(&self, means: &Means, order: &StaffOrder) -> Result<Option<StaffReply>, Trouble> {
        let session = &order.session;
        let is_fresh = self.signed_in.is_fresh(session.id(), means.time().await?.rights());
        if is_fresh || !order.act.needs().takes_fresh_code() {
            return Ok(None);
        }
        let Some(code) = &order.code else { return Ok(Some(StaffReply::CodeWanted)) };
        Ok(match FreshCode::of(means).typed(session, code).await? {
            Some(code_ms) => {
                self.signed_in.renew(session.id(), code_ms);
                None
            }
            None => Some(StaffReply::CodeWrong),
        })
    }

    /// Name, password and code.
    pub async fn sign_in(&self, means: &Means, name: &Clean, password: &Secret, code: &Secret) -> Answer {
        let admitted = SignIn::of(means).with(name, password, code).await?;
        if let Some(admitted) = &admitted {
            means.vouched_by(admitted.name()).await?;
        }
        Ok(Reply::Staff(match admitted {
            Some(admitted) => StaffReply::SignedIn(self.open(means, admitted)),
            None => StaffReply::SignInWrong,
        }))
    }

    /// Ends a session, and what was laid out for it.
    pub async fn sign_out(&self, means: &Means, session: &StaffSession) -> Answer {
        let was_open = self.signed_in.close(session.id());
        // Also of a session that another took the place of meanwhile.
        self.views.end_of(means, session.id()).await;
        if was_open {
            let now_ms = means.now_ms().await?;
            let staff = Actor::Staff(session.name().clone());
            let entry = means.entry_by(staff, now_ms, Action::SignOut, Outcome::Done);
            means.commit(means.records.draft(now_ms).audit(&entry)).await?;
        }
        Ok(Reply::Staff(StaffReply::Done))
    }

    /// The visit is over: the session and all that is laid out end, its refusals are forgotten, and
    /// the day's figures count it.
    pub async fn end_visit(
        &self,
        means: &Means,
        ending: Option<VisitEnding>,
        lasted: Duration,
        session: Option<Box<StaffSession>>,
    ) -> Answer {
        // Before anything that the store could keep waiting, and whoever laid it out: a session that
        // another took the place of ends with the visit too.
        let signed_out = match session {
            Some(session) => self.sign_out(means, &session).await,
            None => Ok(Reply::Staff(StaffReply::Done)),
        };
        self.views.end_all(means).await;
        let time = means.time().await?;
        let seen = means.refusals.of_visit(time.now_ms(), lasted);
        means.refusals.forget();
        means.cards_shown.forget();
        means.unconfirmed.forget();
        signed_out?;
        if let Some(ending) = ending {
            let refusals = seen.iter().map(|refusal| refusal.outcome).collect();
            Visits::of(means).add(time, &Visited { ending, lasted, refusals }).await?;
        }
        Ok(Reply::Staff(StaffReply::Done))
    }
}

impl Desk {
    /// What a member of staff orders, if their session counts here. When it is over, what was laid out
    /// for it goes.
    pub(super) async fn staff_act(&self, order: &StaffOrder, language: Language) -> Answer {
        let answer = match self.staff.signed_in.is_open(order.session.id()) {
            true => self.order(order, language).await,
            false => Err(Trouble::Staff(StaffReply::SessionOver)),
        };
        if let Err(Trouble::Staff(StaffReply::SessionOver)) = &answer {
            self.staff.views.end_of(&self.means, order.session.id()).await;
        }
        answer
    }

    async fn order(&self, order: &StaffOrder, language: Language) -> Answer {
        let (means, acting) = (&self.means, Acting::of(&self.means, order));
        let act = order.act.clone();
        let about = self.concerned(&act).await?;
        acting.allow(act.needs(), about).await?;
        if let Some(lacking) = self.staff.lacks_code(means, order).await? {
            return Ok(Reply::Staff(lacking));
        }
        let (assist, lookups) = (Assist::of(means), Lookups::of(means, acting));
        match act {
            StaffAct::SeeRefusal => assist.see_refusal(&acting).await,
            StaffAct::WaiveChallenge => assist.waive_challenge(&acting).await,
            StaffAct::Unblock(company) => assist.unblock(&acting, company).await,
            StaffAct::UnlockTerminal => assist.unlock_terminal(&acting).await,
            StaffAct::WitnessCard(awaiting) => self.witness(acting, &awaiting).await,
            StaffAct::VouchUnchecked { company, representative } => {
                assist.vouch_unchecked(&acting, company, representative).await
            }
            StaffAct::AcceptCard(card) => assist.accept_card(&acting, &card).await,
            StaffAct::SeeCompany(sought) => lookups.see_company(sought, self.looking(order)).await,
            StaffAct::SeeOutbox => {
                acting.tell(Outcome::Done, None, None).await?;
                lookups.see_outbox().await
            }
            StaffAct::RetryMessage(id) => lookups.retry_message(id).await,
            StaffAct::SeeFigures { days_ago } => {
                let time = acting.tell(Outcome::Done, None, None).await?;
                let figures = Visits::of(means).figures(time.now_ms(), days_ago).await?;
                Ok(Reply::Staff(StaffReply::FiguresSeen(Box::new(figures))))
            }
            StaffAct::Request(act) => self.about_request(acting, act, language).await,
            StaffAct::Dispute(act) => {
                let disputes = Disputes::of(means, acting);
                match act {
                    DisputeAct::Open { card, ending } => disputes.open(&card, &ending).await,
                    DisputeAct::OpenWithPapers { person, ending } => {
                        disputes.open_with_papers(&person, &ending).await
                    }
                    DisputeAct::OpenUnlisted(unlisted) => Unlisted::of(means, acting).open(&unlisted).await,
                    DisputeAct::Confirm { folio, ending } => disputes.confirm(folio, &ending).await,
                    DisputeAct::List => disputes.list().await,
                }
            }
        }
    }

    /// Whom an act serves, where it serves anybody.
    async fn concerned(&self, act: &StaffAct) -> Result<Option<Concerned>, StoreError> {
        Ok(match act {
            StaffAct::Unblock(rut) => Some(Concerned::company(*rut)),
            StaffAct::VouchUnchecked { company, representative } => {
                Some(Concerned::person(*company, *representative))
            }
            StaffAct::AcceptCard(card) => {
                let (company, holder) = card.of();
                Some(Concerned::person(company, holder))
            }
            StaffAct::WitnessCard(awaiting) => InPerson::of(&self.means).concerned(awaiting).await?,
            StaffAct::Dispute(DisputeAct::Open { card, .. }) => {
                Some(Concerned::person(card.company(), card.representative()))
            }
            StaffAct::Dispute(DisputeAct::OpenWithPapers { person, .. }) => {
                Some(Concerned::person(person.company, person.representative))
            }
            StaffAct::Dispute(DisputeAct::OpenUnlisted(unlisted)) => {
                Some(Concerned::person(unlisted.company, unlisted.representative))
            }
            _ => None,
        })
    }

    /// The card was seen: an application becomes an account, or a key leaves.
    async fn witness(&self, acting: Acting<'_>, awaiting: &AwaitingCode) -> Answer {
        let means = &self.means;
        let row = |now_ms| acting.row(now_ms, Outcome::Done, None);
        let Some(folio) = Applications::of(means).witnessed(awaiting, row).await? else {
            return InPerson::of(means).release(awaiting, row).await;
        };
        let mobile = match means.ways_out.of(Channel::Sms) {
            WayOut::Off => MobileProof::NoSms,
            WayOut::Open | WayOut::OursToMend { .. } | WayOut::Stalled { .. } => MobileProof::Later,
        };
        let registered = Registered::Account { mobile };
        Ok(Reply::AddressProved(Proved::Registration { folio, registered }))
    }

    /// Facilitators' requests. The role was checked already.
    async fn about_request(&self, acting: Acting<'_>, act: RequestAct, language: Language) -> Answer {
        let requests = Requests::of(&self.means, acting);
        match act {
            RequestAct::List { which, page } => requests.list(which, page).await,
            RequestAct::See(folio) => requests.see(folio, self.looking(acting.order)).await,
            RequestAct::Export(folio, shape) => self.export(acting, (folio, shape), language).await,
            RequestAct::Approve(folio, checklist) => {
                let reviewer = requests.reviewer_of(folio).await?;
                let documents = self.looking(acting.order).documents_of(folio);
                let result = self.review().approve(folio, &reviewer, (&checklist, documents)).await;
                self.decided(folio, result).await
            }
            RequestAct::Refuse(folio) => {
                let reviewer = requests.reviewer_of(folio).await?;
                let result = self.review().refuse(folio, &reviewer, &acting.order.reason).await;
                self.decided(folio, result).await
            }
            RequestAct::Withdraw(folio) => {
                let reviewer = requests.reviewer_of(folio).await?;
                let result = self.review().withdraw(folio, &reviewer, &acting.order.reason).await;
                self.decided(folio, result).await
            }
        }
    }

    async fn decided(&self, folio: Folio, result: Result<Decided, DecideError>) -> Answer {
        match result {
            Ok(decided) => {
                let sent_to = messages_of(&self.means, folio, decided).await?;
                told(RequestReply::Decided { decided, sent_to })
            }
            Err(DecideError::Not(why)) => told(RequestReply::Undecided(why)),
            Err(DecideError::Store(error)) => Err(error.into()),
            Err(DecideError::Unknown | DecideError::NoReason | DecideError::LongReason(_)) => {
                Ok(Reply::Staff(StaffReply::NothingHeld))
            }
        }
    }

    /// Lays a request's documents out, in a folder of its own.
    async fn export(&self, acting: Acting<'_>, what: (Folio, Shape), language: Language) -> Answer {
        let views = &self.staff.views;
        let (place, folio) = (views.place(), what.0);
        let kept = place.and_then(|_| self.files.kept());
        let kept = kept.map(|kept| (kept, self.files.renderer()));
        let sheets = match Export::of(&self.means, acting).sheets(what, kept, language).await? {
            Ok(sheets) => sheets,
            Err(why) => return told(RequestReply::NotExported(why)),
        };
        let minutes = place.map_or(0, |viewing| viewing.lasts.as_secs() / 60);
        let session = acting.order.session.id();
        match views.lay_out(&self.means, &self.staff.signed_in, session, (folio, sheets)).await {
            Ok(None) => Err(Trouble::Staff(StaffReply::SessionOver)),
            Ok(Some(folder)) => {
                told(RequestReply::Exported { folder: Clean::from(folder.display().to_string()), minutes })
            }
            Err(error) => {
                tracing::error!(reason = %error, "documents can't be laid out for viewing");
                told(RequestReply::NotExported(NotExported::Failed))
            }
        }
    }

    fn looking(&self, order: &StaffOrder) -> Looking {
        Looking { lookable: self.lookable(), opened: self.staff.views.opened_in(order.session.id()) }
    }

    fn lookable(&self) -> Lookable {
        match (self.staff.views.place(), self.files.renderer()) {
            (None, _) => Lookable::Nowhere,
            (Some(_), None) => Lookable::FilesAlone,
            (Some(_), Some(_)) => Lookable::Pages,
        }
    }
}

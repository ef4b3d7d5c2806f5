//! *Registrar* (guide 2) behind the screens. *Crear Cuenta* makes an application, and nothing more: it
//! blocks nobody, nobody but the applicant hears of it, and it is the same whether or not the company
//! has a CS (T1). What becomes of it once its mailbox is proved, [`super::applications`] says.

use super::application_tally::ApplicationTally;
use super::checks::Checks;
use super::disputes::blind_ending;
use super::drawn::Drawn;
use super::means::{Decision, Means, Rows};
use super::message_tally::MessageTally;
use super::messages::{Message, post};
use super::outlooks::{Audience, Posting};
use super::tries::Tries;
use super::trouble::{Answer, Trouble};
use crate::clock;
use crate::domain::account::{Account, Representative, SecretQuestion};
use crate::domain::cedula::Serial;
use crate::domain::clean::Clean;
use crate::domain::deed::{Action, Outcome};
use crate::domain::destination::Destination;
use crate::domain::digest::Digest;
use crate::domain::email::Email;
use crate::domain::errand::{Errand, ErrandKind};
use crate::domain::folio::Folio;
use crate::domain::found::Found;
use crate::domain::language::Language;
use crate::domain::limits::Budget;
use crate::domain::office_time::{ProtectionsTime, RightsTime};
use crate::domain::pending::{CardShown, PendingApplication};
use crate::domain::proof::{CODE_TRIES, Proof, ProofFor};
use crate::domain::reference::Id;
use crate::domain::register::{Company, Looked};
use crate::domain::rut::Rut;
use crate::domain::trust::{Channels, Rank, Trust};
use crate::effect::{
    Applicant, ApplicantCard, Application, AwaitingCode, CardValidated, OpenCompany, Refusal, Reply,
    Representing, SentTo,
};
use crate::store::StoreError;
use crate::store::records::{Group, Held};

/// The guide's chapter 2, up to an accepted application.
#[derive(Clone, Copy)]
pub struct Registration<'a> {
    means: &'a Means,
}

impl<'a> Registration<'a> {
    /// With the office's means.
    pub fn of(means: &'a Means) -> Self {
        Registration { means }
    }

    /// What SII says of the company.
    ///
    /// # Errors
    /// [`Trouble::Registry`] when SII does not answer.
    pub async fn look_up_company(&self, company: Rut) -> Answer {
        let means = self.means;
        let now_ms = means.now_ms().await?;
        let looked = means.registry.company(company).await;
        let listed = day_of_list(&looked);
        let answer = means.looked(company, looked).await?;
        let found = answer.as_ref().map_or_else(Found::from, Found::from);
        let entry = means.entry(now_ms, Action::LookUpCompany, Outcome::Found(found), company);
        means.commit(means.records.draft(now_ms).audit(&entry)).await?;
        Ok(match answer? {
            Company::Open { name } => Reply::CompanyOpen(OpenCompany::said_by_register(company, name)),
            Company::Closed { name } => Reply::CompanyClosed { name },
            Company::Unknown => Reply::CompanyUnknown { listed },
        })
    }

    /// What SII calls this person, if they represent the company.
    ///
    /// # Errors
    /// [`Trouble::Refused`] when they don't, [`Trouble::Registry`] when SII does not answer.
    pub async fn look_up_representative(&self, company: OpenCompany, rut: Rut) -> Answer {
        let checks = Checks::of(self.means);
        let name = checks.representation_of_open(&company, rut, Action::LookUpRepresentative).await?;
        Ok(Reply::RepresentativeNamed(Representing::said_by_register(company, rut, name)))
    }

    /// Whether the card is the applicant's (T1).
    ///
    /// # Errors
    /// [`Trouble::Refused`] when it is not, [`Trouble::Registry`] when Registro Civil does not answer.
    pub async fn check_card(&self, company: Rut, representative: Rut, serial: &Serial) -> Answer {
        Checks::of(self.means).card(company, representative, serial, Action::CheckCard).await?;
        Ok(self.card_is_right(company, representative, serial))
    }

    /// What a right card leads to.
    pub fn card_is_right(&self, company: Rut, representative: Rut, serial: &Serial) -> Reply {
        let ending = blind_ending(self.means.vault(), representative, &serial.ending());
        Reply::ApplicantCardRight(CardValidated::proved_by_register(company, representative, ending))
    }

    /// *Crear Cuenta*. The terminal's number (T2) holds while no member of staff is signed in at it; what an
    /// address may get holds beside staff too.
    ///
    /// # Errors
    /// [`Trouble::Refused`] when no application may be made here now, or the claim was not checked and
    /// no try may be made.
    pub async fn create(&self, application: &Application, is_staffed: bool, language: Language) -> Answer {
        let means = self.means;
        let company = application.applicant.claim().company;
        if let Applicant::Unchecked(_) = &application.applicant {
            // Whoever is right has it forgiven when the registry says so (S10).
            Tries::of(means).count(company, Action::CreateAccount).await?;
        }
        if self.has_had_its_codes(&application.email).await? {
            return Ok(Reply::CodeLimit);
        }
        let clave = means.vault().digest(application.clave.secret()).await;
        let answer = means.vault().digest(application.answer.secret()).await;
        let (drawn, rows) = (means.draw().await?, means.rows(company));
        let account = account(application, (clave, answer), language, drawn.now_ms);
        let asked = AskedToApply {
            application,
            account,
            is_staffed,
            flows_kept_ms: means.kept.flows_ms,
            pending_kept_ms: means.kept.pending_ms,
        };
        let awaiting = means
            .settle(
                || async { Ok(ApplicationTally::read(means).await?) },
                |tally| decide_apply(&tally, &asked, &drawn, &rows),
            )
            .await?;
        let to = Destination::Mail(application.email.clone());
        let sent_to = self.code_to(&to, &awaiting, (Audience::Typist, drawn.protections())).await?;
        means.wake_courier();
        means.pending.notify_one();
        Ok(Reply::ApplicationTaken { awaiting, sent_to })
    }

    /// Whether this mailbox got as many codes as strangers may have sent there (T2).
    async fn has_had_its_codes(&self, email: &Email) -> Result<bool, StoreError> {
        let (means, place) = (self.means, Destination::Mail(email.clone()));
        let now = means.time().await?.protections();
        Ok(MessageTally::read(&means.records, &place, Budget::Strangers).await?.is_full(now))
    }

    /// *Terminar mi registro*: a fresh code to the mailbox of the application. Until it is sent, the one
    /// that came before counts, if it is alive.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn resume(&self, folio: Folio, language: Language) -> Answer {
        let means = self.means;
        let found = means.records.read_all_in::<PendingApplication>(Group::Folio(folio)).await?;
        let Some(held) = found.into_iter().next() else { return Ok(Reply::NoApplication) };
        if self.has_had_its_codes(&held.value.account.email).await? {
            return Ok(Reply::CodeLimit);
        }
        let drawn = means.draw().await?;
        let rows = means.rows(held.value.account.company);
        let proofs = means.records.read_all_in::<Proof>(Group::Company(held.value.account.company)).await?;
        let living = proofs.into_iter().find(|proof| goes_on(&proof.value, held.id, drawn.rights()));
        let is_alive = living.as_ref().is_some_and(|proof| proof.value.code.is_some());
        let decision = decide_resume((&held, living.as_ref()), language, &drawn, &rows, means.kept.flows_ms);
        means.commit(decision.draft).await?;
        let (awaiting, to) = (decision.answer, Destination::Mail(held.value.account.email));
        let sent_to = self.code_to(&to, &awaiting, (Audience::Bearer, drawn.protections())).await?;
        means.wake_courier();
        Ok(match is_alive {
            true => Reply::ApplicationGoesOn { awaiting, sent_to },
            false => Reply::ApplicationTaken { awaiting, sent_to },
        })
    }

    /// What will become of the code that was asked for.
    async fn code_to(
        &self,
        to: &Destination,
        awaiting: &AwaitingCode,
        listener: (Audience, ProtectionsTime),
    ) -> Result<SentTo, StoreError> {
        let kind = ErrandKind::SendCode { proof: awaiting.proof() };
        let sending = Posting::new(kind, Rank::Low, Some(awaiting.folio()));
        self.means.sent_to_one(to, sending, listener).await
    }
}

/// The day of the list that answered, as Chile writes it; `None` if SII itself was asked.
pub fn day_of_list<T>(looked: &Looked<T>) -> Option<Clean> {
    looked.listed_ms.map(|listed_ms| Clean::from(clock::written_day_in_chile(listed_ms)))
}

/// The account that may come of an application. Nothing of it is proved yet.
fn account(
    application: &Application,
    (clave, answer): (Digest, Digest),
    language: Language,
    now_ms: u64,
) -> Account {
    let claim = application.applicant.claim();
    Account {
        company: claim.company,
        name: claim.name,
        secret_question: Some(SecretQuestion { question: application.question.clone(), answer }),
        address: application.address.clone(),
        email: application.email.clone(),
        phone: application.phone.clone(),
        fax: application.fax.clone(),
        representative: Representative {
            rut: claim.representative,
            name: claim.representative_name,
            mobile: application.representative_mobile.clone(),
            email: application.representative_email.clone(),
        },
        clave,
        recoveries: Vec::new(),
        undos: Vec::new(),
        language,
        created_ms: now_ms,
        trust: Trust::new(Channels::typed(now_ms), Rank::Low, now_ms),
    }
}

/// One press of *Crear Cuenta*.
struct AskedToApply<'a> {
    application: &'a Application,
    account: Account,
    is_staffed: bool,
    flows_kept_ms: u64,
    pending_kept_ms: u64,
}

impl AskedToApply<'_> {
    fn card(&self) -> CardShown {
        match &self.application.card {
            ApplicantCard::Validated(_) => CardShown::Matched,
            ApplicantCard::Unchecked(serial) => CardShown::Typed(serial.clone()),
        }
    }

    /// It waits a day for its applicant, and longer for a register (T1).
    fn pending(&self, folio: Folio, now_ms: u64) -> PendingApplication {
        let is_represented = matches!(self.application.applicant, Applicant::Validated(_));
        let evidence = (self.card(), is_represented);
        let kept = |kept_ms| {
            PendingApplication::new(self.account.clone(), folio, evidence.clone(), (now_ms, kept_ms))
        };
        let waits_long = kept(self.pending_kept_ms);
        if waits_long.waits_for_register() { waits_long } else { kept(self.flows_kept_ms) }
    }
}

fn decide_apply(
    tally: &ApplicationTally,
    asked: &AskedToApply<'_>,
    drawn: &Drawn,
    rows: &Rows,
) -> Result<Decision<AwaitingCode>, Trouble> {
    let Drawn { now_ms, folio, .. } = *drawn;
    if !asked.is_staffed && tally.is_full(drawn.protections()) {
        return Err(Trouble::Refused(Refusal::Applications));
    }
    let mut ids = drawn.ids();
    let (id, proof_id) = (ids.fresh(), ids.fresh());
    let pending = asked.pending(folio, now_ms);
    // Whoever waits for a register is told when that never answers.
    let due_ms = Some(pending.expires_ms).filter(|_| !pending.waits_for_register());
    let (proof, code) = asked_for_code((id, &pending), proof_id, asked.account.language, now_ms);
    let action = if pending.is_represented { Action::CreateAccount } else { Action::KeepApplication };
    let entry = rows.row(now_ms, action, Outcome::Done).under(folio);
    let draft = tally.counted(drawn.draft(), drawn.protections()).new_record(id, &pending, due_ms);
    let draft = draft.new_record(proof_id, &proof, Some(now_ms + asked.flows_kept_ms));
    let draft = post(draft, &mut ids, &[code]).audit(&entry);
    Ok(Decision { draft, answer: AwaitingCode::recorded(proof_id, folio) })
}

/// Whether this proof of the application may still be typed to: its code is alive, or on its way.
fn goes_on(proof: &Proof, application: Id, now: RightsTime) -> bool {
    let is_open = match &proof.code {
        Some(_) => proof.tries < CODE_TRIES,
        None => proof.tries == 0,
    };
    let is_of_it = proof.what == ProofFor::Registration { application: Some(application) };
    is_of_it && is_open && !proof.is_over(now)
}

/// `living`: the proof that goes on. Where its first code is on its way, no other one is sent.
fn decide_resume(
    (held, living): (&Held<PendingApplication>, Option<&Held<Proof>>),
    language: Language,
    drawn: &Drawn,
    rows: &Rows,
    flows_kept_ms: u64,
) -> Decision<AwaitingCode> {
    let (now_ms, folio, mut ids) = (drawn.now_ms, held.value.folio, drawn.ids());
    let proof_id = living.map_or_else(|| ids.fresh(), |proof| proof.id);
    let (proof, code) = asked_for_code((held.id, &held.value), proof_id, language, now_ms);
    let entry = rows.row(now_ms, Action::ResumeApplication, Outcome::Done).under(folio);
    let draft = match living {
        None => drawn.draft().new_record(proof_id, &proof, Some(now_ms + flows_kept_ms)),
        Some(_) => drawn.draft(),
    };
    let is_on_its_way = living.is_some_and(|proof| proof.value.code.is_none());
    let codes = if is_on_its_way { vec![] } else { vec![code] };
    let draft = post(draft, &mut ids, &codes).audit(&entry);
    Decision { draft, answer: AwaitingCode::recorded(proof_id, folio) }
}

/// The application's mailbox waits for a code, and the code goes there.
fn asked_for_code(
    (id, pending): (Id, &PendingApplication),
    proof_id: Id,
    language: Language,
    now_ms: u64,
) -> (Proof, Errand) {
    let (company, to) = (pending.account.company, Destination::Mail(pending.account.email.clone()));
    let what = ProofFor::Registration { application: Some(id) };
    let proof = Proof::waiting(company, to.clone(), what, now_ms);
    let kind = ErrandKind::SendCode { proof: proof_id };
    (proof, Message { kind, company, language, folio: pending.folio, now_ms }.to(to))
}

#[cfg(test)]
#[path = "register_tests.rs"]
mod tests;

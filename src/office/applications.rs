//! What becomes of an application (T1). The mailbox's code, the representative's card and the word of
//! SII make it an account; where the office wants to see people, staff do. For a company that has an
//! account the same evidence is a recovery to a new address, and guarded as one.

use super::checks::Checks;
use super::drawn::{Drawn, Ids};
use super::means::{Decision, Means, Rows};
use super::messages::{Message, post};
use super::new_address::NewAddress;
use super::outlooks::{Audience, Posting};
use super::right_code::RightCode;
use super::trouble::{Answer, Trouble};
use crate::audit::Entry;
use crate::domain::account::Account;
use crate::domain::contact::Contact;
use crate::domain::deed::{Action, Outcome};
use crate::domain::destination::{Channel, Destination};
use crate::domain::dispute::Unsettled;
use crate::domain::errand::{Errand, ErrandKind};
use crate::domain::folio::Folio;
use crate::domain::lives::RESULT_AFTER_MS;
use crate::domain::outlook::Outlook;
use crate::domain::pending::{CardShown, PendingApplication, RegistrationEvidence};
use crate::domain::proof::{CODE_TRIES, Proof, ProofFor};
use crate::domain::recovery::{Recovery, RecoveryState, Route};
use crate::domain::reference::Id;
use crate::domain::sii_word::SiiWord;
use crate::domain::trust::{Rank, Ranked};
use crate::effect::settlement::DisputeReply;
use crate::effect::{
    AwaitingCode, MobileProof, Proved, Refusal, Registered, Reply, SentTo, StaffReply, ToProve, Witnesses,
};
use crate::store::records::{Draft, Held};
use crate::vault::Vault;

/// Applications, finished.
#[derive(Clone, Copy)]
pub struct Applications<'a> {
    means: &'a Means,
}

impl<'a> Applications<'a> {
    /// With the office's means.
    pub fn of(means: &'a Means) -> Self {
        Applications { means }
    }

    /// The code from the application's mailbox was right.
    ///
    /// # Errors
    /// [`Trouble::Outdated`] when the proof waits for another code; those of a recovery, for a company
    /// that has an account.
    pub async fn proved(
        &self,
        right: &RightCode,
        proof: &Proof,
        (application, is_staffed): (Option<Id>, bool),
    ) -> Answer {
        let Some(application) = application else { return Ok(Reply::CodeDead) };
        let (means, rows) = (self.means, self.means.rows(proof.company));
        let evidence = means.settings.registration;
        let next = means
            .settle(
                || ProvedApplication::read(means, right, application),
                |read| Ok(decide_proved(read.as_ref(), evidence, &right.drawn, &rows)),
            )
            .await?;
        let (folio, outlooks) = (right.awaiting.folio(), means.outlooks(right.drawn.protections()));
        let registered = match next {
            ApplicationNext::Nowhere => return Ok(Reply::CodeDead),
            ApplicationNext::Recover(recovery) => {
                // What follows is another batch than the one that made it a recovery.
                let drawn = Drawn::at(right.drawn.time(), self.means.vault());
                let right = RightCode { drawn, ..right.clone() };
                return NewAddress::of(means).go_on(&right, proof, (recovery, is_staffed)).await;
            }
            ApplicationNext::Account { mobile } => Registered::Account { mobile },
            ApplicationNext::Waits => Registered::Waits { result: outlooks.by_channel(Channel::Mail) },
            ApplicationNext::InPerson(by) => Registered::InPerson { awaiting: right.awaiting.clone(), by },
        };
        means.wake_courier();
        Ok(Reply::AddressProved(Proved::Registration { folio, registered }))
    }

    /// Staff saw person and card: the application is an account (E5), with this row on record. It may wait
    /// for a day, so that SII is asked once more. `None` if nothing waits for that.
    ///
    /// # Errors
    /// [`Trouble::Refused`] when an account before was given by two of them within the month (T4d),
    /// [`Trouble::Staff`] when SII says no, [`Trouble::Registry`] when it does not answer.
    pub async fn witnessed(
        &self,
        awaiting: &AwaitingCode,
        row: impl Fn(u64) -> Entry,
    ) -> Result<Option<Folio>, Trouble> {
        let (means, drawn) = (self.means, self.means.draw().await?);
        let row = row(drawn.now_ms);
        if let Some(read) =
            WitnessedApplication::read(means, awaiting).await?.filter(|read| read.is_complete())
        {
            self.is_still_named(&read.application.value.account, &row).await?;
        }
        let folio = means
            .settle(
                || WitnessedApplication::read(means, awaiting),
                |read| decide_witnessed(read.as_ref(), &drawn, &row, means.vault()),
            )
            .await?;
        means.wake_courier();
        Ok(folio)
    }

    async fn is_still_named(&self, applied: &Account, row: &Entry) -> Result<(), Trouble> {
        let (means, company) = (self.means, applied.company);
        match Checks::of(means).word(company, applied.representative.rut).await? {
            SiiWord::Yes { .. } => Ok(()),
            SiiWord::Silent(down) => Err(down.into()),
            word @ (SiiWord::No(_) | SiiWord::Unlisted) => {
                let row = Entry { outcome: Outcome::Found(word.found()), ..row.clone() };
                let row = row.about(means.vault().pseudonym(company));
                means.commit(means.records.draft(row.at_ms).audit(&row)).await?;
                let why = DisputeReply::Not(Unsettled::NotRepresentative);
                Err(Trouble::Staff(StaffReply::Dispute(why)))
            }
        }
    }
}

/// What a proved mailbox is decided on.
struct ProvedApplication {
    proof: Held<Proof>,
    application: Held<PendingApplication>,
    /// The company has one already.
    account: Option<Held<Account>>,
    /// What one before that was erased had been given on (T4d).
    remembered: Option<Held<Ranked>>,
    /// Where the company's first account would lie.
    lives_at: Id,
    folio: Folio,
    /// The code that would go to the representative's mobile.
    to_mobile: SentTo,
}

impl ProvedApplication {
    /// Nothing, if the code or the application is gone.
    async fn read(means: &Means, right: &RightCode, application: Id) -> Result<Option<Self>, Trouble> {
        let Some(proof) = right.proof(means).await? else { return Ok(None) };
        let application = means.records.get::<PendingApplication>(application).await?;
        let Some(application) = application else { return Ok(None) };
        let company = application.value.account.company;
        let to = Destination::Mobile(application.value.account.representative.mobile.clone());
        let kind = ErrandKind::SendOwnCode { proof: application.id };
        let listener = (Audience::Typist, right.drawn.protections());
        let to_mobile = means.sent_to_one(&to, Posting::new(kind, Rank::Low, None), listener).await?;
        Ok(Some(ProvedApplication {
            to_mobile,
            account: means.records.account_of(company).await?,
            remembered: means.records.remembered_of(company).await?,
            lives_at: means.records.account_id(company),
            folio: right.awaiting.folio(),
            proof,
            application,
        }))
    }
}

/// What an application came to.
#[derive(Clone, Debug, PartialEq)]
enum ApplicationNext {
    Nowhere,
    /// An account, and how its mobile is proved.
    Account {
        mobile: MobileProof,
    },
    Waits,
    InPerson(Witnesses),
    /// The company has an account: the same proof goes on as this recovery.
    Recover(Id),
}

fn decide_proved(
    read: Option<&ProvedApplication>,
    evidence: RegistrationEvidence,
    drawn: &Drawn,
    rows: &Rows,
) -> Decision<ApplicationNext> {
    let Some(read) = read else { return Decision::answer(drawn, ApplicationNext::Nowhere) };
    let (now_ms, folio) = (drawn.now_ms, read.folio);
    let row = rows.row(now_ms, Action::ProveAddress, Outcome::Done).under(folio);
    let draft = drawn.draft().audit(&row);
    let mut application = read.application.value.clone();
    application.account.prove(&read.proof.value.to, Rank::Low, now_ms);
    let is_complete = application.card == CardShown::Matched && application.is_represented;
    let due_ms = read.application.due_ms;
    if !is_complete {
        let draft = draft.remove(&read.proof).replace(&read.application, &application, due_ms);
        return Decision { draft, answer: ApplicationNext::Waits };
    }
    if read.account.is_some() {
        return becomes_recovery(read, draft, drawn);
    }
    let remembered = read.remembered.as_ref().map_or(Rank::Low, |held| held.value.rank(drawn.protections()));
    match evidence.after_erased(remembered) {
        RegistrationEvidence::Card => {
            let row = rows.row(now_ms, Action::FinishApplication, Outcome::Done).under(folio);
            let draft = draft.audit(&row).remove(&read.proof).remove(&read.application);
            let (draft, mobile) = becomes_account(draft, &application, read, drawn);
            Decision { draft, answer: ApplicationNext::Account { mobile } }
        }
        RegistrationEvidence::Person => {
            let used = Proof { code: None, tries: CODE_TRIES, ..read.proof.value.clone() };
            let draft = draft.replace(&read.proof, &used, Some(application.expires_ms));
            let draft = draft.replace(&read.application, &application, due_ms);
            Decision { draft, answer: ApplicationNext::InPerson(witnesses_after(remembered)) }
        }
    }
}

/// How many members of staff it takes where an account before was given on this and erased (T4d).
fn witnesses_after(remembered: Rank) -> Witnesses {
    match remembered {
        Rank::Low | Rank::Person => Witnesses::One,
        Rank::Office => Witnesses::Two,
    }
}

/// The account, the mail that says so, and a code to the mobile (T3), unless the office sends no SMS.
fn becomes_account(
    draft: Draft,
    application: &PendingApplication,
    read: &ProvedApplication,
    drawn: &Drawn,
) -> (Draft, MobileProof) {
    let (now_ms, mut ids) = (drawn.now_ms, drawn.ids());
    let registered = told_registered(application, now_ms);
    let draft = draft.new_account(&application.account);
    let (draft, mobile) = match read.to_mobile.outlook() {
        Outlook::Off => (draft, MobileProof::NoSms),
        _ => {
            let (draft, to_prove) = mobile_to_prove(draft, application, read, (drawn, &mut ids));
            (draft, MobileProof::ByCode(to_prove))
        }
    };
    (post(draft, &mut ids, &[registered]), mobile)
}

/// The company has a CS now. The mail leaves after the code's, so that who waits for the code has it
/// first (S11).
pub fn told_registered(application: &PendingApplication, now_ms: u64) -> Errand {
    let account = &application.account;
    let (company, language, folio) = (account.company, account.language, application.folio);
    let message = Message { kind: ErrandKind::Registered, company, language, folio, now_ms };
    let mut told = message.to(Destination::Mail(account.email.clone()));
    told.not_before_ms += RESULT_AFTER_MS;
    told
}

fn mobile_to_prove(
    draft: Draft,
    application: &PendingApplication,
    read: &ProvedApplication,
    (drawn, ids): (&Drawn, &mut Ids),
) -> (Draft, ToProve) {
    let (mobile, now_ms) = (application.account.representative.mobile.clone(), drawn.now_ms);
    let (company, language, folio) =
        (application.account.company, application.account.language, application.folio);
    let (id, to) = (ids.fresh(), Destination::Mobile(mobile.clone()));
    let what = ProofFor::OnFile { account: read.lives_at };
    let proof = Proof::waiting(company, to.clone(), what, now_ms);
    let message = Message { kind: ErrandKind::SendOwnCode { proof: id }, company, language, folio, now_ms };
    let draft = draft.new_record(id, &proof, Some(proof.expires_ms));
    let draft = post(draft, ids, &[message.to(to)]);
    let sent_to = read.to_mobile.clone();
    let awaiting = AwaitingCode::recorded(id, folio);
    (draft, ToProve { awaiting, contact: Contact::Mobile(mobile), sent_to })
}

/// The proof that was typed goes on as that of a recovery to this mailbox. Nothing of what was applied
/// for is kept.
fn becomes_recovery(read: &ProvedApplication, draft: Draft, drawn: &Drawn) -> Decision<ApplicationNext> {
    let account = &read.application.value.account;
    let id = drawn.ids().fresh();
    let recovery = Recovery {
        company: account.company,
        folio: read.folio,
        requested_ms: drawn.now_ms,
        route: Route::NewAddress(account.email.clone()),
        state: RecoveryState::Unproved,
        rank: Rank::Low,
        claves: Vec::new(),
    };
    let goes_on = Proof { what: ProofFor::Recovery { recovery: id }, ..read.proof.value.clone() };
    let draft = draft.remove(&read.application).new_record(id, &recovery, read.proof.due_ms);
    let draft = draft.replace(&read.proof, &goes_on, read.proof.due_ms);
    Decision { draft, answer: ApplicationNext::Recover(id) }
}

/// What staff confirm.
struct WitnessedApplication {
    proof: Held<Proof>,
    application: Held<PendingApplication>,
    /// What an account before that was erased had been given on (T4d).
    remembered: Option<Held<Ranked>>,
}

impl WitnessedApplication {
    /// Nothing, if it is gone, something else is awaited, or the company has an account by now.
    async fn read(means: &Means, awaiting: &AwaitingCode) -> Result<Option<Self>, Trouble> {
        let records = &means.records;
        let Some(proof) = records.get::<Proof>(awaiting.proof()).await? else { return Ok(None) };
        let ProofFor::Registration { application: Some(id) } = proof.value.what else { return Ok(None) };
        let Some(application) = records.get::<PendingApplication>(id).await? else { return Ok(None) };
        let company = application.value.account.company;
        if records.account_of(company).await?.is_some() {
            return Ok(None);
        }
        let remembered = records.remembered_of(company).await?;
        Ok(Some(WitnessedApplication { proof, application, remembered }))
    }

    /// Whether nothing but staff is missing.
    fn is_complete(&self) -> bool {
        let value = &self.application.value;
        let is_proved = value.account.has_proved(&self.proof.value.to);
        is_proved && value.card == CardShown::Matched && value.is_represented
    }
}

fn decide_witnessed(
    read: Option<&WitnessedApplication>,
    drawn: &Drawn,
    row: &Entry,
    vault: &Vault,
) -> Result<Decision<Option<Folio>>, Trouble> {
    let Some(WitnessedApplication { proof, application, remembered }) =
        read.filter(|read| read.is_complete())
    else {
        return Ok(Decision::answer(drawn, None));
    };
    let (mut value, now_ms) = (application.value.clone(), drawn.now_ms);
    let remembered_rank = remembered.as_ref().map_or(Rank::Low, |held| held.value.rank(drawn.protections()));
    if witnesses_after(remembered_rank) == Witnesses::Two {
        return Err(Trouble::Refused(Refusal::TwoOfStaff));
    }
    value.account.prove(&proof.value.to, Rank::Person, now_ms);
    value.account.trust.remember(Rank::Person, drawn.time());
    let row = row.clone().about(vault.pseudonym(value.account.company)).under(value.folio);
    let draft = drawn.draft().audit(&row).remove(proof).remove(application).new_account(&value.account);
    // The account remembers it from now on.
    let draft = remembered.iter().fold(draft, Draft::remove);
    let draft = post(draft, &mut drawn.ids(), &[told_registered(&value, now_ms)]);
    Ok(Decision { draft, answer: Some(value.folio) })
}

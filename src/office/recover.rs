//! *Recuperar CS* (guide 3) behind the screens. Accepting it writes the request, the outbox and
//! the audit row as one batch (S5); the courier makes the clave itself when it sends it (S6).

use super::checks::Checks;
use super::disputes::blind_ending;
use super::drawn::Drawn;
use super::in_person::InPerson;
use super::means::{Decision, Means, Rows};
use super::messages::{Message, post};
use super::new_address::{NewAddress, not_overruled};
use super::outlooks::{Audience, Posting};
use super::recoveries::{KnownRecoveries, UnderWay};
use super::trouble::{Answer, Trouble};
use super::under_way::warn_where_keys_went;
use super::ways_out::WaysOut;
use crate::domain::account::Account;
use crate::domain::cedula::Serial;
use crate::domain::clean::Clean;
use crate::domain::deed::{Action, Outcome};
use crate::domain::destination::Destination;
use crate::domain::errand::ErrandKind;
use crate::domain::folio::Folio;
use crate::domain::language::Language;
use crate::domain::outlook::Outlook;
use crate::domain::recovery::{Recovery, RecoveryState, Route};
use crate::domain::reference::Id;
use crate::domain::rut::Rut;
use crate::domain::trust::Rank;
use crate::domain::way_out::WayOut;
use crate::effect::settlement::SettlementReply;
use crate::effect::{
    AnswerProved, CardValidated, HeldUntil, Proved, Reply, RepresentativeValidated, VouchedOnFile, Witnesses,
};
use crate::store::records::{Draft, Held};

/// Of so many RUTs without account one is answered as if no question were on file.
const ONE_OF_THESE_HAS_NONE: usize = 8;

/// The roads of the guide's chapter 3, up to an accepted recovery.
#[derive(Clone, Copy)]
pub struct Recover<'a> {
    means: &'a Means,
}

impl<'a> Recover<'a> {
    /// With the office's means.
    pub fn of(means: &'a Means) -> Self {
        Recover { means }
    }

    /// The company's question; for a RUT without account one made up, always the same (S9). It is a
    /// look at what is kept of a company, by whoever types its RUT, and so leaves a row (S23).
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn begin(&self, company: Rut) -> Answer {
        let (outcome, question) = match self.means.records.account_of(company).await? {
            Some(account) => (Outcome::Done, account.value.secret_question.map(|secret| secret.question)),
            None => (Outcome::NoAccount, self.invented_question(company)),
        };
        let now_ms = self.means.now_ms().await?;
        let entry = self.means.entry(now_ms, Action::BeginRecovery, outcome, company);
        self.means.commit(self.means.records.draft(now_ms).audit(&entry)).await?;
        Ok(question.map_or(Reply::NoSecretQuestion, |question| Reply::SecretQuestion { question }))
    }

    /// Always the same for a RUT. For some of them it is none, so that the absence of a question says
    /// no more than a question does (T11).
    fn invented_question(&self, company: Rut) -> Option<Clean> {
        let questions = &self.means.settings.questions;
        let without = questions.len().div_ceil(ONE_OF_THESE_HAS_NONE - 1);
        let picked = self.means.vault().pick(company, questions.len() + without);
        questions.get(picked).cloned()
    }

    /// With the right answer, by mail and SMS to the channels on file (guide 3.3).
    ///
    /// # Errors
    /// [`Trouble::Refused`] when something stronger is under way.
    pub async fn with_answer(&self, proved: &AnswerProved, language: Language) -> Answer {
        self.accept(proved.company(), Route::Answer, language, Some(proved)).await
    }

    /// Whether this person represents the company, and that is open (guide 3.1, 3.2).
    ///
    /// # Errors
    /// [`Trouble::Refused`] when not, [`Trouble::Registry`] when SII does not answer.
    pub async fn check_representative(&self, company: Rut, representative: Rut) -> Answer {
        let checks = Checks::of(self.means);
        checks.representation(company, representative, Action::CheckRepresentative).await?;
        Ok(Reply::RepresentativeRight(RepresentativeValidated::proved_by_register(company, representative)))
    }

    /// Whether the card is this representative's, and where the clave would go (guide 3.1, 3.2). Five
    /// tries a day for each representative, counted before the register is asked, and whatever else is
    /// blocked (T9).
    ///
    /// # Errors
    /// [`Trouble::Refused`] when not, [`Trouble::Registry`] when Registro Civil does not answer.
    pub async fn check_card(&self, validated: &RepresentativeValidated, serial: &Serial) -> Answer {
        let means = self.means;
        let (company, representative) = (validated.company(), validated.representative());
        Checks::of(means).card(company, representative, serial, Action::CheckCard).await?;
        self.card_is_right(validated, serial).await
    }

    /// What a right card leads to.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn card_is_right(&self, validated: &RepresentativeValidated, serial: &Serial) -> Answer {
        let means = self.means;
        let (company, representative) = (validated.company(), validated.representative());
        let ending = blind_ending(means.vault(), representative, &serial.ending());
        let card = CardValidated::proved_by_register(company, representative, ending);
        Ok(match means.records.account_of(company).await? {
            Some(account) if account.value.trust.is_frozen() => {
                Reply::Settlement(SettlementReply::Needed(card))
            }
            Some(account) => {
                let to = Destination::Mail(account.value.email);
                let (now, sending) = (means.time().await?.protections(), sending_key(None));
                let message = means.outlooks(now).outgoing(&to, sending, Audience::Prover).await?;
                Reply::CardRight { card, masked_email: message.to, outlook: message.outlook }
            }
            None => Reply::CardRightNoAccount { card: Some(card) },
        })
    }

    /// With the card, by mail to the address on file (guide 3.1, 3.2). Beside staff it waits for them to
    /// confirm the card, so that it is a person's deed (T4c).
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn with_card(&self, card: &CardValidated, is_staffed: bool, language: Language) -> Answer {
        let (until, company) = (HeldUntil::Staff(Witnesses::One), card.company());
        if is_staffed && let Some(awaiting) = InPerson::of(self.means).wait_for_staff(company).await? {
            // It goes to the mailbox on file, and nobody is warned before staff let it go.
            let notices = Outlook::Now;
            return Ok(Reply::AddressProved(Proved::Held { awaiting, until, notices }));
        }
        self.accept(company, Route::Card, language, None).await
    }

    /// On the word of staff who saw the card while no register answered: to the proved address on file, as
    /// a person's deed.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn vouched(&self, vouched: &VouchedOnFile) -> Answer {
        let (means, company) = (self.means, vouched.company());
        let in_person = InPerson::of(means);
        let Some(awaiting) = in_person.wait_for_staff(company).await? else {
            return Ok(Reply::CardRightNoAccount { card: None });
        };
        let row = |now_ms| means.entry(now_ms, Action::RequestRecovery, Outcome::Done, company);
        match in_person.release(&awaiting, row).await? {
            Reply::AddressProved(Proved::Sending { folio, sent_to }) => {
                Ok(Reply::RecoveryTaken { folio, sent_to })
            }
            other => Ok(other),
        }
    }

    /// The one batch of an accepted recovery (S5).
    async fn accept(
        &self,
        company: Rut,
        route: Route,
        language: Language,
        proved: Option<&AnswerProved>,
    ) -> Answer {
        let (means, drawn) = (self.means, self.means.draw().await?);
        let (flows_kept_ms, ways_out) = (means.kept.flows_ms, &means.ways_out);
        let asked = Asked { route, language, proved, flows_kept_ms, ways_out };
        let rows = means.rows(company);
        let accepted = means
            .settle(
                || Recoverable::read(means, company),
                |read| match read {
                    Some(read) => decide_accept(&read, &asked, &drawn, &rows),
                    None => Ok(Decision::answer(&drawn, None)),
                },
            )
            .await?;
        match accepted {
            None if proved.is_some() => Ok(Reply::DataStale),
            None => Ok(Reply::CardRightNoAccount { card: None }),
            Some(Accepted::OtherAnswer) => Ok(Reply::DataStale),
            Some(Accepted::Sending { folio, places }) => {
                let mut messages = Vec::new();
                for place in &places {
                    let outlooks = means.outlooks(drawn.protections());
                    messages
                        .push(outlooks.outgoing(place, sending_key(Some(folio)), Audience::Prover).await?);
                }
                means.wake_courier();
                Ok(Reply::RecoveryTaken { folio, sent_to: means.sent_to(messages) })
            }
            Some(Accepted::ToProve(to)) => {
                let first = NewAddress::of(means);
                Ok(
                    match first.prove_first((company, asked.route), (to, Audience::Prover), language).await? {
                        Some((awaiting, sent_to)) => Reply::NewAddressToProve { awaiting, sent_to },
                        None => Reply::CodeLimit,
                    },
                )
            }
        }
    }
}

/// A key by weak evidence.
fn sending_key(under: Option<Folio>) -> Posting {
    Posting::new(ErrandKind::SendClave { recovery: Id([0; 16]) }, Rank::Low, under)
}

/// What is asked for.
struct Asked<'a> {
    route: Route,
    language: Language,
    proved: Option<&'a AnswerProved>,
    flows_kept_ms: u64,
    ways_out: &'a WaysOut,
}

/// What a recovery is decided on.
struct Recoverable {
    account: Held<Account>,
    recoveries: KnownRecoveries,
    /// What this one would push out.
    pushed_out: Vec<UnderWay>,
}

impl Recoverable {
    async fn read(means: &Means, company: Rut) -> Result<Option<Self>, Trouble> {
        let Some(account) = means.records.account_of(company).await? else { return Ok(None) };
        let recoveries = KnownRecoveries::read(means, &account.value.recoveries).await?;
        let pushed_out = KnownRecoveries::pushed_out(means, &account.value).await?;
        Ok(Some(Recoverable { account, recoveries, pushed_out }))
    }
}

/// What becomes of a recovery.
#[derive(Debug)]
enum Accepted {
    /// It was accepted, now or a moment ago: its key goes to these places.
    Sending { folio: Folio, places: Vec<Destination> },
    /// Nobody has proved a channel on file: a code goes to this one first (T3).
    ToProve(Destination),
    /// The answer that was proved is on file no more.
    OtherAnswer,
}

fn decide_accept(
    read: &Recoverable,
    asked: &Asked<'_>,
    drawn: &Drawn,
    rows: &Rows,
) -> Result<Decision<Option<Accepted>>, Trouble> {
    let (account, now_ms) = (&read.account.value, drawn.now_ms);
    let on_file = account.secret_question.as_ref().map(|secret| &secret.answer);
    if asked.proved.is_some_and(|proved| on_file != Some(proved.on())) {
        return Ok(Decision::answer(drawn, Some(Accepted::OtherAnswer)));
    }
    not_overruled(account, &read.recoveries, drawn.protections())?;
    let again = read.recoveries.accepted_just_now(account, &asked.route, now_ms);
    let folio = again.unwrap_or(drawn.folio);
    let places = places_of(account, &asked.route, asked.ways_out);
    let (draft, answer) = match (again, places.is_empty()) {
        (_, true) => (drawn.draft(), Accepted::ToProve(Destination::Mail(account.email.clone()))),
        (Some(_), false) => (drawn.draft(), Accepted::Sending { folio, places }),
        (None, false) => (accepted(read, asked, &places, drawn, rows), Accepted::Sending { folio, places }),
    };
    Ok(Decision { draft, answer: Some(answer) })
}

/// Where a key may go: by the answer to mailbox and mobile (guide 3.3), by the card to the mailbox; and
/// only where somebody proved the channel (T3). By a channel that the office turned off nothing goes, unless
/// there is no other: then the receipt says so.
fn places_of(account: &Account, route: &Route, ways_out: &WaysOut) -> Vec<Destination> {
    let mailbox = Destination::Mail(account.email.clone());
    let mobile = Destination::Mobile(account.representative.mobile.clone());
    let places = if *route == Route::Answer { vec![mailbox, mobile] } else { vec![mailbox] };
    let proved: Vec<_> = places.into_iter().filter(|place| account.has_proved(place)).collect();
    let is_on = |place: &&Destination| ways_out.of(place.channel()) != WayOut::Off;
    let open: Vec<_> = proved.iter().filter(is_on).cloned().collect();
    if open.is_empty() { proved } else { open }
}

/// The recovery itself, its messages, and its row.
fn accepted(
    read: &Recoverable,
    asked: &Asked<'_>,
    places: &[Destination],
    drawn: &Drawn,
    rows: &Rows,
) -> Draft {
    let Drawn { now_ms, folio, .. } = *drawn;
    let account = &read.account.value;
    let mut ids = drawn.ids();
    let id = ids.fresh();
    let recovery = Recovery {
        company: account.company,
        folio,
        requested_ms: now_ms,
        route: asked.route.clone(),
        state: RecoveryState::Sending,
        rank: Rank::Low,
        claves: Vec::new(),
    };
    let kind = ErrandKind::SendClave { recovery: id };
    let message = Message { kind, company: account.company, language: asked.language, folio, now_ms };
    let mut errands: Vec<_> = places.iter().map(|place| message.to(place.clone())).collect();
    warn_where_keys_went(&read.pushed_out, &message, &mut errands, None);
    // Each clave that is sent moves it on (S6, S15).
    let due_ms = Some(now_ms + kind.life_ms() + asked.flows_kept_ms);
    let entry = rows.row(now_ms, Action::RequestRecovery, Outcome::Done).under(folio);
    let draft = drawn.draft().new_record(id, &recovery, due_ms).audit(&entry);
    let mut changed = account.clone();
    let draft = read.recoveries.keep_newest(draft, &mut changed, id);
    post(draft.replace(&read.account, &changed, None), &mut ids, &errands)
}

//! What staff do for a settlement (E6, T6): one member opens it beside the person, another one confirms
//! it at any terminal of the store, or the operator where there is nobody else. Each types the last four
//! symbols of the card; wrong ones are counted in the batch that is durable before the answer is given.

use super::acting::{Acting, Concerned};
use super::all::each;
use super::checks::Checks;
use super::drawn::Drawn;
use super::means::{Decision, Means};
use super::trouble::{Answer, Trouble};
use crate::audit::Entry;
use crate::domain::cedula::CardEnding;
use crate::domain::clean::Clean;
use crate::domain::deed::Outcome;
use crate::domain::dispute::{Dispute, DisputeState, Grounds, Second, Unsettled, Witness};
use crate::domain::folio::Folio;
use crate::domain::office_time::RightsTime;
use crate::domain::reference::{Id, Kind};
use crate::domain::register::Card;
use crate::domain::rut::Rut;
use crate::domain::sii_word::SiiWord;
use crate::domain::staff::{Act, StaffAccount};
use crate::effect::settlement::{DisputeOpened, DisputeReply, DisputeSeen, WithoutRun};
use crate::effect::{CardValidated, Reply, StaffReply};
use crate::store::StoreError;
use crate::store::records::{Group, Held, Records};
use crate::vault::{Blind, Vault};

/// In milliseconds.
const MINUTE_MS: u64 = 60_000;

/// The keyed hash of a card's holder and last four symbols: the symbols alone are kept nowhere.
pub fn blind_ending(vault: &Vault, holder: Rut, ending: &CardEnding) -> Id {
    let mut value = zeroize::Zeroizing::new(holder.canonical().as_bytes().to_vec());
    value.push(0);
    value.extend_from_slice(ending.as_str().as_bytes());
    vault.blind(Blind::CardEnding, &value)
}

/// Where the settlement of a company with a representative lies.
fn dispute_id(vault: &Vault, company: Rut, representative: Rut) -> Id {
    let value = format!("{}\0{}", company.canonical(), representative.canonical());
    vault.blind(Blind::DisputeOf, value.as_bytes())
}

/// The settlement of this folio, if it is kept.
///
/// # Errors
/// When the store does not answer.
pub async fn dispute_of(records: &Records, folio: Folio) -> Result<Option<Held<Dispute>>, StoreError> {
    Ok(records.read_all_in::<Dispute>(Group::Folio(folio)).await?.into_iter().next())
}

/// All that are kept, the oldest first.
///
/// # Errors
/// When the store does not answer.
pub async fn all_disputes(records: &Records) -> Result<Vec<Dispute>, StoreError> {
    let mut found = Vec::new();
    each::<Dispute>(records, records.all(Kind::Dispute), |held| found.push(held.value)).await?;
    found.sort_by_key(|dispute| dispute.opened_ms);
    Ok(found)
}

/// Whether another member of staff than the first could be the second.
///
/// # Errors
/// When the store does not answer.
pub async fn has_another_second(records: &Records, dispute: &Dispute) -> Result<bool, StoreError> {
    let mut found = false;
    each::<StaffAccount>(records, records.all(Kind::Staff), |held| {
        let account = &held.value;
        let is_own = [dispute.company, dispute.representative].contains(&account.rut);
        let is_first = dispute.state.first().is_some_and(|first| first.rut == account.rut);
        found |= !account.disabled && account.role.may(Act::Settle) && !is_own && !is_first;
    })
    .await?;
    Ok(found)
}

/// What staff do.
#[derive(Clone, Copy)]
pub struct Disputes<'a> {
    means: &'a Means,
    acting: Acting<'a>,
}

impl<'a> Disputes<'a> {
    /// For whoever acts, whose role was checked.
    pub fn of(means: &'a Means, acting: Acting<'a>) -> Self {
        Disputes { means, acting }
    }

    /// The first of the two, beside the person whose card was matched in this visit. SII must name them
    /// as a representative at this moment. A company without an account is given one (T6).
    ///
    /// # Errors
    /// [`Trouble::Registry`] when SII does not answer.
    pub async fn open(&self, card: &CardValidated, ending: &CardEnding) -> Answer {
        let typed = blind_ending(self.means.vault(), card.representative(), ending);
        let of = (card.company(), card.representative());
        self.open_for(of, (typed, card.ending()), Grounds::Sii).await
    }

    /// The same beside a representative whom Registro Civil doesn't know: a company, a foreigner without a
    /// RUN, or somebody whose card the list lacks that answers for it. What they show stands for the card, and the second must read the same off it; the reason says
    /// which power was seen. Whoever has a card comes with that.
    ///
    /// # Errors
    /// [`Trouble::Staff`] when Registro Civil knows them, [`Trouble::Registry`] when a register does not
    /// answer.
    pub async fn open_with_papers(&self, person: &WithoutRun, ending: &CardEnding) -> Answer {
        let (means, company, representative) = (self.means, person.company, person.representative);
        let is_known = match &person.serial {
            None => {
                let word = Checks::of(means).word(company, representative).await?;
                matches!(word, SiiWord::Yes { representative: Some(_), .. })
            }
            Some(serial) => {
                let looked = means.registry.card(representative, serial).await;
                !matches!(means.looked(company, looked).await??, Card::Unknown | Card::Unlisted)
            }
        };
        if is_known {
            self.acting.tell(Outcome::NotAllowed, Some(company), None).await?;
            return Err(Trouble::Staff(StaffReply::RegistersAnswer));
        }
        let typed = blind_ending(means.vault(), representative, ending);
        self.open_for((company, representative), (typed, typed), Grounds::SiiWithoutCard).await
    }

    /// `typed` is what was typed of the document's number, `ending` what should have been.
    async fn open_for(
        &self,
        (company, representative): (Rut, Rut),
        (typed, ending): (Id, Id),
        grounds: Grounds,
    ) -> Answer {
        let means = self.means;
        let names = match Checks::of(means).word(company, representative).await? {
            // Whom Registro Civil knows nobody as is called by their RUT.
            SiiWord::Yes { company, representative: name } => {
                (company, name.unwrap_or_else(|| Clean::from(representative.to_string())))
            }
            SiiWord::No(_) | SiiWord::Unlisted => {
                self.acting.tell(Outcome::Wrong, Some(company), None).await?;
                return told(DisputeReply::Not(Unsettled::NotRepresentative));
            }
            SiiWord::Silent(down) => return Err(down.into()),
        };
        self.open_named((company, representative), names, (typed, ending), grounds).await
    }

    /// The same for names that are known.
    pub(super) async fn open_named(
        &self,
        (company, representative): (Rut, Rut),
        (company_name, name): (Clean, Clean),
        (typed, ending): (Id, Id),
        grounds: Grounds,
    ) -> Answer {
        let (means, drawn) = (self.means, self.means.draw().await?);
        let opening = Opening {
            member: self.witness(drawn.now_ms).await?,
            typed,
            of: (company, representative),
            ending,
            name: &name,
            grounds,
        };
        let id = dispute_id(means.vault(), company, representative);
        let row = |outcome| self.acting.row(drawn.now_ms, outcome, Some(company));
        let opened = means
            .settle(
                || async { Ok(means.records.get::<Dispute>(id).await?) },
                |held| Ok(decide_open((id, held.as_ref()), &opening, &drawn, row)),
            )
            .await?;
        told(match opened {
            Ok(folio) => {
                let company = (company, company_name);
                DisputeReply::Opened(DisputeOpened::by_staff(id, company, representative, (folio, grounds)))
            }
            Err(why) => DisputeReply::Not(why),
        })
    }

    /// The second of the two, at any terminal.
    ///
    /// # Errors
    /// [`Trouble::Staff`] when it is not theirs to do.
    pub async fn confirm(&self, folio: Folio, ending: &CardEnding) -> Answer {
        let means = self.means;
        let Some(found) = dispute_of(&means.records, folio).await? else {
            self.acting.tell(Outcome::Dead, None, Some(folio)).await?;
            return told(DisputeReply::Not(Unsettled::Over));
        };
        let company = found.value.company;
        self.acting.allow(Act::Settle, Some(Concerned::person(company, found.value.representative))).await?;
        let drawn = means.draw().await?;
        let second = Second::Member(self.witness(drawn.now_ms).await?);
        let typed = blind_ending(means.vault(), found.value.representative, ending);
        let row = |outcome| self.acting.row(drawn.now_ms, outcome, Some(company)).under(folio);
        let confirmed = means
            .settle(
                || async { Ok(means.records.get::<Dispute>(found.id).await?) },
                |held| Ok(decide_confirm((folio, held.as_ref()), &second, typed, &drawn, row)),
            )
            .await?;
        told(match confirmed {
            Ok(_) => DisputeReply::Confirmed { folio },
            Err(why) => DisputeReply::Not(why),
        })
    }

    /// Those that wait for a second, of which none is of the member's own company.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn list(&self) -> Answer {
        let time = self.acting.tell(Outcome::Done, None, None).await?;
        let member = self.witness(time.now_ms()).await?;
        let waiting = all_disputes(&self.means.records).await?.into_iter();
        let waiting = waiting.filter(|dispute| {
            let is_own = [dispute.company, dispute.representative].contains(&member.rut);
            dispute.waits_for_second(time.rights()) && !is_own
        });
        told(DisputeReply::Listed(waiting.filter_map(|dispute| seen(&dispute, time.rights())).collect()))
    }

    async fn witness(&self, now_ms: u64) -> Result<Witness, Trouble> {
        let session = &self.acting.order.session;
        let account = self.acting.account().await?;
        let account = account.ok_or(Trouble::Staff(StaffReply::SessionOver))?;
        let terminal = self.means.settings.terminal.clone();
        Ok(Witness {
            account: session.account(),
            rut: account.rut,
            name: account.name.clone(),
            terminal,
            at_ms: now_ms,
        })
    }
}

/// What staff are answered.
pub(super) fn told(reply: DisputeReply) -> Answer {
    Ok(Reply::Staff(StaffReply::Dispute(reply)))
}

fn seen(dispute: &Dispute, now: RightsTime) -> Option<DisputeSeen> {
    let first = dispute.state.first()?;
    Some(DisputeSeen {
        folio: dispute.folio,
        company: dispute.company,
        masked_representative: Clean::from(dispute.representative.masked()),
        first: first.name.clone(),
        terminal: first.terminal.clone(),
        minutes_left: now.left_ms(dispute.expires_ms()).div_ceil(MINUTE_MS),
        grounds: dispute.grounds,
    })
}

/// What the first brings.
struct Opening<'a> {
    member: Witness,
    /// The hash of the symbols as they were typed.
    typed: Id,
    /// Company and representative.
    of: (Rut, Rut),
    /// The hash of the symbols as they are.
    ending: Id,
    /// Of the representative, as SII or the company's papers say.
    name: &'a Clean,
    grounds: Grounds,
}

impl Opening<'_> {
    fn fresh(&self, drawn: &Drawn, tries: u32) -> Dispute {
        Dispute {
            company: self.of.0,
            representative: self.of.1,
            representative_name: self.name.clone(),
            folio: drawn.folio,
            opened_ms: drawn.now_ms,
            ending: self.ending,
            tries,
            state: DisputeState::Unopened,
            email: None,
            mobile: None,
            grounds: self.grounds,
        }
    }
}

/// The same member goes on with theirs. Anybody else's that nobody has confirmed gives way to a new one;
/// a confirmed one only to those who stood behind it, so that no third disturbs a person at the list.
fn decide_open(
    (id, held): (Id, Option<&Held<Dispute>>),
    opening: &Opening<'_>,
    drawn: &Drawn,
    row: impl Fn(Outcome) -> Entry,
) -> Decision<Result<Folio, Unsettled>> {
    let living = held.filter(|held| held.value.is_living(drawn.rights()));
    let known = living.map(|held| &held.value);
    let resumed = known.filter(|dispute| dispute.is_resumed_by(&opening.member));
    let mut dispute = match resumed {
        Some(dispute) => dispute.clone(),
        None => opening.fresh(drawn, known.map_or(0, |dispute| dispute.tries)),
    };
    (dispute.ending, dispute.grounds) = (opening.ending, opening.grounds);
    let not = |outcome, why| {
        let row = row(outcome);
        Decision { draft: drawn.draft().audit(&row), answer: Err(why) }
    };
    if resumed.is_none() && known.is_some_and(|dispute| dispute.is_kept_from(&opening.member)) {
        return not(Outcome::Already, Unsettled::Already);
    }
    match dispute.may_be_opened(&opening.member, opening.typed) {
        Ok(()) => {
            if resumed.is_none() {
                dispute.state = DisputeState::Opened { by: opening.member.clone() };
            }
            let row = row(Outcome::Done).under(dispute.folio);
            let draft = drawn.draft().audit(&row);
            let draft = draft.put_over(held, id, &dispute, Some(dispute.expires_ms()));
            Decision { draft, answer: Ok(dispute.folio) }
        }
        Err(why @ Unsettled::EndingWrong { .. }) => {
            // Another one's stays as it is, but for the try.
            let counted = known.unwrap_or(&dispute);
            let counted = Dispute { tries: counted.tries + 1, ..counted.clone() };
            let draft = drawn.draft().audit(&row(Outcome::Wrong));
            let draft = draft.put_over(held, id, &counted, Some(counted.expires_ms()));
            Decision { draft, answer: Err(why) }
        }
        Err(why @ Unsettled::Own) => not(Outcome::NotAllowed, why),
        Err(why) => not(Outcome::Dead, why),
    }
}

/// Whether the second may, and what that leaves.
pub fn decide_confirm(
    (folio, held): (Folio, Option<&Held<Dispute>>),
    second: &Second,
    typed: Id,
    drawn: &Drawn,
    row: impl Fn(Outcome) -> Entry,
) -> Decision<Result<Dispute, Unsettled>> {
    let not = |outcome, why| {
        let row = row(outcome);
        Decision { draft: drawn.draft().audit(&row), answer: Err(why) }
    };
    let Some(held) = held.filter(|held| held.value.folio == folio) else {
        return not(Outcome::Dead, Unsettled::Over);
    };
    match (held.value.may_be_confirmed(second, typed, drawn.rights()), &held.value.state) {
        (Ok(()), DisputeState::Opened { by }) => {
            let state = DisputeState::Confirmed { by: by.clone(), second: second.clone() };
            let confirmed = Dispute { state, ..held.value.clone() };
            let draft = drawn.draft().audit(&row(Outcome::Done));
            let draft = draft.replace(held, &confirmed, Some(confirmed.expires_ms()));
            Decision { draft, answer: Ok(confirmed) }
        }
        (Err(why @ Unsettled::EndingWrong { .. }), _) => {
            let counted = Dispute { tries: held.value.tries + 1, ..held.value.clone() };
            let draft = drawn.draft().audit(&row(Outcome::Wrong));
            let draft = draft.replace(held, &counted, Some(counted.expires_ms()));
            Decision { draft, answer: Err(why) }
        }
        (Err(why @ (Unsettled::Own | Unsettled::SamePerson)), _) => not(Outcome::NotAllowed, why),
        (Err(why @ Unsettled::Already), _) => not(Outcome::Already, why),
        (Err(why), _) => not(Outcome::Dead, why),
        (Ok(()), _) => not(Outcome::Dead, Unsettled::Over),
    }
}

#[cfg(test)]
#[path = "disputes_tests.rs"]
mod tests;

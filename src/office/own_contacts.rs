//! The contacts of whoever has the company's own clave, proved by a code: a new one counts from then
//! on, announced to every channel known before with a code that undoes it; one on file is proved, and
//! nothing else changes (T3).

use super::means::{Decision, Means, Rows};
use super::messages::{Message, post};
use super::notices::before_change;
use super::right_code::RightCode;
use super::trouble::{Answer, Trouble};
use super::under_way::AllUnderWay;
use crate::domain::account::Account;
use crate::domain::contact::Contact;
use crate::domain::deed::{Action, Outcome};
use crate::domain::errand::{DataErrand, ErrandKind};
use crate::domain::proof::Proof;
use crate::domain::reference::Id;
use crate::domain::rut::Rut;
use crate::domain::trust::Rank;
use crate::effect::{Proved, Reply};
use crate::store::records::Held;

/// A company's contacts, for whoever typed the code that was sent to one.
#[derive(Clone, Copy)]
pub struct OwnContacts<'a> {
    means: &'a Means,
}

impl<'a> OwnContacts<'a> {
    /// With the office's means.
    pub fn of(means: &'a Means) -> Self {
        OwnContacts { means }
    }

    /// The code came from the new contact: it counts now, and whoever was told before hears of it.
    ///
    /// # Errors
    /// [`Trouble::Outdated`] when the proof waits for another code.
    pub async fn prove_new(&self, right: &RightCode, company: Rut, contact: (Id, Contact)) -> Answer {
        let (means, rows) = (self.means, self.means.rows(company));
        let (account, contact) = contact;
        let reply = means
            .settle(
                || ContactToProve::read(means, right, account),
                |read| Ok(decide_contact(read.as_ref(), &contact, right, &rows)),
            )
            .await?;
        means.wake_courier();
        Ok(reply)
    }

    /// The code came from a channel on file (T3).
    ///
    /// # Errors
    /// [`Trouble::Outdated`] when the proof waits for another code.
    pub async fn prove_on_file(&self, right: &RightCode, proof: &Proof, account: Id) -> Answer {
        let (means, rows) = (self.means, self.means.rows(proof.company));
        means
            .settle(
                || ContactToProve::read(means, right, account),
                |read| match &read {
                    Some(ContactToProve { proof, account, .. }) => {
                        Ok(proved_on_file(account, proof, right, &rows))
                    }
                    None => Ok(Decision::answer(&right.drawn, Reply::CodeDead)),
                },
            )
            .await
    }
}

/// What a proved contact is decided on.
struct ContactToProve {
    proof: Held<Proof>,
    account: Held<Account>,
    under_way: AllUnderWay,
}

impl ContactToProve {
    /// Nothing, if the code or the account is gone.
    async fn read(means: &Means, right: &RightCode, account: Id) -> Result<Option<Self>, Trouble> {
        let Some(proof) = right.proof(means).await? else { return Ok(None) };
        let Some(account) = means.records.get::<Account>(account).await? else { return Ok(None) };
        let under_way = AllUnderWay::read(means, &account, right.drawn.time()).await?;
        Ok(Some(ContactToProve { proof, account, under_way }))
    }
}

fn decide_contact(
    read: Option<&ContactToProve>,
    contact: &Contact,
    right: &RightCode,
    rows: &Rows,
) -> Decision<Reply> {
    let (drawn, now_ms, folio) = (&right.drawn, right.drawn.now_ms, right.awaiting.folio());
    let Some(ContactToProve { proof, account, under_way }) = read else {
        return Decision::answer(drawn, Reply::CodeDead);
    };
    if is_on_file(&account.value, contact) {
        return proved_on_file(account, proof, right, rows);
    }
    if account.value.trust.rank(drawn.protections()) > Rank::Low {
        return Decision::answer(drawn, Reply::ContactInPerson);
    }
    if under_way.notices.is_full() {
        return Decision::answer(drawn, Reply::DataLimit);
    }
    let mut ids = drawn.ids();
    let mut changed = account.value.clone();
    changed.put_contact(contact.clone(), Rank::Low, now_ms);
    let undo = before_change(&account.value, ids.fresh(), folio, now_ms);
    let (company, language) = (account.value.company, account.value.language);
    let entry = rows.row(now_ms, Action::ProveAddress, Outcome::Done).under(folio);
    let draft = under_way.notices.note(drawn.draft().audit(&entry).remove(proof), &mut changed, &undo);
    let draft = under_way.without_holds(draft, &mut changed, now_ms);
    let kind = ErrandKind::Data(DataErrand::ContactChanged { undo: undo.0 });
    let told = Message { kind, company, language, folio, now_ms }.to_all_touched(&account.value, &changed);
    let draft = post(draft.replace(account, &changed, None), &mut ids, &told);
    Decision { draft, answer: Reply::AddressProved(Proved::Contact) }
}

/// Whether this very contact is on file where it belongs.
pub fn is_on_file(account: &Account, contact: &Contact) -> bool {
    account.channels().iter().any(|channel| channel.contact == *contact && channel.on_file.is_on_file())
}

/// A channel on file is proved: nothing else changes, so there is nothing to undo (T3).
fn proved_on_file(
    account: &Held<Account>,
    proof: &Held<Proof>,
    right: &RightCode,
    rows: &Rows,
) -> Decision<Reply> {
    let (drawn, folio) = (&right.drawn, right.awaiting.folio());
    let entry = rows.row(drawn.now_ms, Action::ProveAddress, Outcome::Done).under(folio);
    let mut changed = account.value.clone();
    changed.prove(&proof.value.to, Rank::Low, drawn.now_ms);
    let draft = drawn.draft().audit(&entry).remove(proof).replace(account, &changed, None);
    Decision { draft, answer: Reply::AddressProved(Proved::Contact) }
}

#[cfg(test)]
#[path = "own_contacts_tests.rs"]
mod tests;

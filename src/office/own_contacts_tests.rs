//! The tables of proving a contact.

#![allow(clippy::unwrap_used, reason = "what fails in a test shall stop it")]

use super::*;
use crate::domain::lives::CODE_LIFE_MS;
use crate::domain::proof::ProofFor;
use crate::domain::trust::Channels;
use crate::effect::AwaitingCode;
use crate::office::drawn::Drawn;
use crate::office::samples::{NOON, account, company, digest, folio, held, notices, told};

fn contact() -> Contact {
    Contact::CompanyEmail("nueva@comercial.example".parse().unwrap())
}

#[test]
fn a_proved_contact_counts_and_can_be_undone() {
    let proof = Proof {
        company: company(),
        to: contact().destination(),
        what: ProofFor::Contact { account: Id([1; 16]), contact: contact() },
        code: Some(digest("code")),
        expires_ms: NOON + CODE_LIFE_MS,
        tries: 1,
    };
    let awaiting = AwaitingCode::recorded(Id([4; 16]), folio(3));
    let right = RightCode { awaiting, on: digest("code"), drawn: Drawn::for_test(NOON) };
    let read = |count| {
        let under_way = AllUnderWay { notices: notices(count), ..AllUnderWay::for_test(NOON) };
        ContactToProve { proof: held(4, proof.clone()), account: held(1, account()), under_way }
    };
    let table = [
        (Some(read(0)), Reply::AddressProved(Proved::Contact), 8),
        (Some(read(8)), Reply::DataLimit, 0),
        (None, Reply::CodeDead, 0),
    ];
    for (read, reply, writes) in table {
        let decision = decide_contact(read.as_ref(), &contact(), &right, &Rows::for_test());
        assert_eq!((decision.answer, decision.draft.writes().len()), (reply, writes));
    }
}

#[test]
fn proving_what_is_on_file_changes_nothing_else() {
    let mut unproved = account();
    unproved.trust.channels = Channels::typed(0);
    let contact = Contact::CompanyEmail(unproved.email.clone());
    let proof = Proof {
        company: company(),
        to: contact.destination(),
        what: ProofFor::Contact { account: Id([1; 16]), contact: contact.clone() },
        code: Some(digest("code")),
        expires_ms: NOON + CODE_LIFE_MS,
        tries: 1,
    };
    let awaiting = AwaitingCode::recorded(Id([4; 16]), folio(3));
    let right = RightCode { awaiting, on: digest("code"), drawn: Drawn::for_test(NOON) };
    let under_way = AllUnderWay::for_test(NOON);
    let read = ContactToProve { proof: held(4, proof), account: held(1, unproved), under_way };
    let decision = decide_contact(Some(&read), &contact, &right, &Rows::for_test());
    assert_eq!(told(decision.draft.writes()), ["row ProveAddress Done", "remove Proof 4", "replace Account"]);
}

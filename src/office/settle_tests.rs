//! What the end of a settlement leaves of an account, and when nothing comes of it.

#![allow(clippy::unwrap_used, reason = "what fails in a test shall stop it")]

use super::*;
use crate::domain::dispute::{DISPUTE_LIFE_MS, Grounds, Second, Witness};
use crate::domain::rut::Rut;
use crate::domain::trust::Standing;
use crate::office::facilitator_samples::{facilitator, request};
use crate::office::samples::{NOON, account, company, digest, folio, held, told as written};
use crate::store::records::{Stored, Write};

fn witness(account: u8, body: u32) -> Witness {
    let (name, terminal) = (Clean::from(format!("member {account}")), Clean::from("03"));
    Witness { account: Id([account; 16]), rut: Rut::of_body(body).unwrap(), name, terminal, at_ms: NOON }
}

fn confirmed() -> DisputeState {
    DisputeState::Confirmed { by: witness(1, 12_345_678), second: Second::Member(witness(2, 22_222_222)) }
}

fn settled() -> DisputeState {
    DisputeState::Settled { by: witness(1, 12_345_678), second: Second::Operator { at_ms: NOON } }
}

fn dispute(state: DisputeState, email: Option<&str>) -> Dispute {
    Dispute {
        company: company(),
        representative: Rut::of_body(22_222_222).unwrap(),
        representative_name: "Pedro Ejemplo".into(),
        folio: folio(7),
        opened_ms: NOON,
        ending: Id([4; 16]),
        tries: 0,
        state,
        email: email.map(|email| email.parse().unwrap()),
        mobile: None,
        grounds: Grounds::Sii,
    }
}

fn frozen() -> Account {
    let mut account = account();
    account.trust.freeze(NOON - 1);
    account
}

fn decide(dispute: Dispute, account: Account, stay: &[Id], now_ms: u64) -> Decision<Option<Folio>> {
    decide_on((dispute, Some(account)), stay, None, now_ms)
}

fn decide_on(
    (dispute, account): (Dispute, Option<Account>),
    stay: &[Id],
    new_company: Option<&NewCompany>,
    now_ms: u64,
) -> Decision<Option<Folio>> {
    let is_new = account.is_none();
    let known = FacilitatorKnown { held: held(8, facilitator("theirs")), recoveries: Vec::new() };
    let read = Settleable {
        dispute: Some(held(3, dispute)),
        before: account.map(|account| AccountToGive {
            held: held(2, account),
            under_way: AllUnderWay::for_test(now_ms),
        }),
        remembered: Some(held(7, Ranked::new(Rank::Person, NOON - 9))).filter(|_| is_new),
        facilitators: vec![known],
        requests: vec![UndecidedRequest {
            held: held(9, request(RequestState::Received)),
            documents: vec![],
        }],
        members: (Group::Company(company()), 1),
    };
    let opened = DisputeOpened::by_staff(
        Id([3; 16]),
        (company(), "Ejemplo Limitada".into()),
        Rut::of_body(11_111_111).unwrap(),
        (folio(7), Grounds::Sii),
    );
    let question = SecretQuestion { question: "¿CUÁL?".into(), answer: digest("new answer") };
    let (clave, language) = (digest("new"), Language::Es);
    let list = List { opened: &opened, question, clave, stay, new_company, language, documents_ms: 1 };
    decide_settle(&read, &list, &Drawn::for_test(now_ms), &Rows::for_test())
}

fn account_after(decision: &Decision<Option<Folio>>) -> Account {
    let written = decision.draft.writes().iter().find_map(|write| match write {
        Write::Replace { value: Stored::Account(account), .. } => Some((**account).clone()),
        _ => None,
    });
    written.unwrap()
}

/// But for what a facilitator leaves behind in the store's lists.
fn what_is_written(decision: &Decision<Option<Folio>>) -> Vec<String> {
    let writes = decision.draft.writes().iter();
    let writes = writes.filter(|write| !matches!(write, Write::Unlink(_) | Write::SameMembers { .. }));
    written(&writes.cloned().collect::<Vec<_>>())
}

#[test]
fn the_account_goes_to_whoever_stands_there() {
    let decision = decide(dispute(confirmed(), Some("nueva@ejemplo.example")), frozen(), &[], NOON);
    assert_eq!(decision.answer, Some(folio(7)));
    let after = account_after(&decision);
    assert_eq!(after.representative.rut, Rut::of_body(22_222_222).unwrap());
    assert_eq!(after.representative.name.as_str(), "Pedro Ejemplo");
    assert_eq!(
        (after.clave.clone(), after.secret_question.clone().unwrap().answer),
        (digest("new"), digest("new answer"))
    );
    assert_eq!(
        (after.trust.is_frozen(), after.trust.rank(Drawn::for_test(NOON).protections())),
        (false, Rank::Office)
    );
    let standings = after.channels().map(|channel| channel.on_file.standing());
    assert_eq!(standings, [Standing::Proved, Standing::Left, Standing::Proved]);
    let expected = [
        // The facilitator who was not confirmed, and their warning.
        "remove Facilitator 8",
        "new Outbox",
        // A request that only one had decided, or nobody.
        "replace FacilitatorRequest",
        "replace Account",
        "row Settle Done",
        "replace Dispute",
        // The three channels before, and the new one.
        "new Outbox",
        "new Outbox",
        "new Outbox",
        "new Outbox",
    ];
    let writes = what_is_written(&decision);
    assert_eq!(writes, expected);
}

/// Of a company that was erased, or never had one: E6 makes it, and what was remembered is its own (T4d).
#[test]
fn a_company_without_an_account_is_given_one() {
    let Account { address, phone, representative, .. } = account();
    let new_company = NewCompany { address, phone, mobile: representative.mobile };
    let dispute = || dispute(confirmed(), Some("nueva@ejemplo.example"));
    let decision = decide_on((dispute(), None), &[], Some(&new_company), NOON);
    assert_eq!(decision.answer, Some(folio(7)));
    let made = decision.draft.writes().iter().find_map(|write| match write {
        Write::NewAccount(account) => Some((**account).clone()),
        _ => None,
    });
    let made = made.unwrap();
    assert_eq!((made.name.as_str(), made.clave.clone()), ("Ejemplo Limitada", digest("new")));
    assert_eq!(made.representative.rut, Rut::of_body(22_222_222).unwrap());
    assert_eq!(
        (made.trust.rank(Drawn::for_test(NOON).protections()), made.trust.is_frozen()),
        (Rank::Office, false)
    );
    let standings = made.channels().map(|channel| channel.on_file.standing());
    assert_eq!(standings, [Standing::Proved, Standing::Left, Standing::Proved]);
    let writes = what_is_written(&decision);
    assert!(writes.contains(&"remove Remembered 7".to_string()), "{writes:?}");
    // It was erased while the list was filled in: the list holds too little.
    let decision = decide_on((dispute(), None), &[], None, NOON);
    assert_eq!((decision.answer, decision.draft.writes().len()), (None, 0));
}

#[test]
fn a_facilitator_who_is_confirmed_stays() {
    let decision =
        decide(dispute(confirmed(), Some("nueva@ejemplo.example")), frozen(), &[Id([8; 16])], NOON);
    let removed = decision.draft.writes().iter().any(|write| matches!(write, Write::Remove { .. }));
    assert!(!removed);
}

#[test]
fn nothing_is_settled_but_once_and_in_time() {
    let email = Some("nueva@ejemplo.example");
    let opened = DisputeState::Opened { by: witness(1, 12_345_678) };
    let other = Dispute { folio: folio(8), ..dispute(confirmed(), email) };
    let table = [
        (dispute(DisputeState::Unopened, email), NOON, None),
        // A thief presses on before the second came.
        (dispute(opened, email), NOON, None),
        (dispute(confirmed(), None), NOON, None),
        (dispute(confirmed(), email), NOON + DISPUTE_LIFE_MS, None),
        // It was opened anew.
        (other, NOON, None),
        // Pressed twice.
        (dispute(settled(), None), NOON, Some(folio(7))),
    ];
    for (number, (dispute, now_ms, answer)) in table.into_iter().enumerate() {
        let decision = decide(dispute, frozen(), &[], now_ms);
        assert_eq!(decision.answer, answer, "row {number}");
        assert!(decision.draft.writes().is_empty(), "row {number}");
    }
}

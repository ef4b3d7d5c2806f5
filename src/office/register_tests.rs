//! The tables of an application: the same for every company, and no more of them than may be.

#![allow(clippy::unwrap_used, reason = "what fails in a test shall stop it")]

use super::*;
use crate::domain::answer::Answer as SecretAnswer;
use crate::domain::clave::{Clave, KnownWords};
use crate::domain::lives::CODE_LIFE_MS;
use crate::domain::secret::Secret;
use crate::effect::Claim;
use crate::office::samples::{self, NOON, company, digest, held, told};
use crate::store::records::{Stored, Write};

const DAY: u64 = 1_000;
const WEEK: u64 = 2_000;

fn claim() -> Claim {
    let account = samples::account();
    Claim {
        company: company(),
        name: account.name,
        representative: account.representative.rut,
        representative_name: account.representative.name,
    }
}

fn validated() -> Applicant {
    let Claim { company, name, representative, representative_name } = claim();
    let company = OpenCompany::said_by_register(company, name);
    Applicant::Validated(Representing::said_by_register(company, representative, representative_name))
}

fn matched() -> ApplicantCard {
    ApplicantCard::Validated(CardValidated::proved_by_register(
        company(),
        claim().representative,
        Id([4; 16]),
    ))
}

fn typed() -> ApplicantCard {
    ApplicantCard::Unchecked("123456789".parse().unwrap())
}

fn application(applicant: Applicant, card: ApplicantCard) -> Application {
    let account = samples::account();
    let known = KnownWords::new(company(), &[]);
    Application {
        applicant,
        card,
        question: "¿CUÁL?".into(),
        answer: SecretAnswer::new("Rocinante").unwrap(),
        address: account.address,
        email: account.email,
        phone: account.phone,
        fax: None,
        representative_mobile: account.representative.mobile,
        representative_email: account.representative.email,
        clave: Clave::new(&Secret::new("Guitarra+9"), &known).unwrap(),
    }
}

fn decided(
    application: &Application,
    is_staffed: bool,
    made_ms: &[u64],
) -> Result<Decision<AwaitingCode>, Trouble> {
    let asked = AskedToApply {
        application,
        account: account(application, (digest("chosen"), digest("answer")), Language::Es, NOON),
        is_staffed,
        flows_kept_ms: DAY,
        pending_kept_ms: WEEK,
    };
    let tally = ApplicationTally::for_test(made_ms);
    decide_apply(&tally, &asked, &Drawn::for_test(NOON), &Rows::for_test())
}

/// What is kept, and until when.
fn kept(decision: &Decision<AwaitingCode>) -> (PendingApplication, Option<u64>) {
    let found = decision.draft.writes().iter().find_map(|write| match write {
        Write::New { value: Stored::PendingApplication(pending), due_ms, .. } => {
            Some(((**pending).clone(), *due_ms))
        }
        _ => None,
    });
    found.unwrap()
}

#[test]
fn an_application_is_no_account_and_tells_its_applicant_alone() {
    let decision = decided(&application(validated(), matched()), false, &[]).unwrap();
    let all = ["new Limit", "new Application", "new Proof", "new Outbox", "row CreateAccount Done"];
    assert_eq!(told(decision.draft.writes()), all);
    let (pending, due_ms) = kept(&decision);
    assert!(pending.account.channels().iter().all(|channel| !channel.on_file.is_proved()));
    assert_eq!((pending.card, pending.is_represented), (CardShown::Matched, true));
    assert_eq!((due_ms, pending.expires_ms), (Some(NOON + DAY), NOON + DAY));
}

#[test]
fn it_waits_longer_for_a_register_than_for_its_applicant() {
    let table = [
        (validated(), matched(), false),
        (validated(), typed(), true),
        (Applicant::Unchecked(claim()), matched(), true),
        (Applicant::Unchecked(claim()), typed(), true),
    ];
    for (applicant, card, waits) in table {
        let (pending, due_ms) = kept(&decided(&application(applicant, card), false, &[]).unwrap());
        assert_eq!(pending.waits_for_register(), waits);
        assert_eq!(pending.expires_ms, NOON + if waits { WEEK } else { DAY });
        assert_eq!(due_ms.is_none(), waits, "a refusal is told");
    }
}

#[test]
fn three_an_hour_and_ten_a_day_without_staff() {
    let minute = 60_000;
    let lately = |count: u64| (0..count).map(|back| NOON - (count - back) * minute).collect::<Vec<_>>();
    let today: Vec<_> = (0..10).map(|hour| NOON - (21 - 2 * hour) * 60 * minute).collect();
    let table = [
        (lately(2), false, true),
        (lately(3), false, false),
        (lately(3), true, true),
        (today.clone(), false, false),
        (today[1..].to_vec(), false, true),
    ];
    for (made_ms, is_staffed, may) in table {
        let decision = decided(&application(validated(), matched()), is_staffed, &made_ms);
        assert_eq!(decision.is_ok(), may, "{made_ms:?}");
        if let Err(refused) = decision {
            assert!(matches!(refused, Trouble::Refused(Refusal::Applications)));
        }
    }
}

#[test]
fn it_is_gone_on_with_by_a_fresh_code() {
    let (pending, _) = kept(&decided(&application(validated(), matched()), false, &[]).unwrap());
    let (drawn, rows) = (Drawn::for_test(NOON), Rows::for_test());
    let decision = decide_resume((&held(6, pending.clone()), None), Language::Es, &drawn, &rows, DAY);
    assert_eq!(told(decision.draft.writes()), ["new Proof", "new Outbox", "row ResumeApplication Done"]);
    assert_eq!(decision.answer.folio(), pending.folio);
}

/// The code that came before counts until the next one is sent; it buys no new tries (S8).
#[test]
fn a_proof_that_is_alive_goes_on() {
    let (pending, _) = kept(&decided(&application(validated(), matched()), false, &[]).unwrap());
    let application = held(6, pending);
    let what = |id| ProofFor::Registration { application: Some(id) };
    let proof = |code: Option<&str>, tries| {
        let to = Destination::Mail(samples::account().email);
        let waiting = Proof::waiting(company(), to, what(application.id), NOON);
        let expires_ms = if code.is_some() { NOON + CODE_LIFE_MS } else { waiting.expires_ms };
        Proof { code: code.map(digest), tries, expires_ms, ..waiting }
    };
    let table = [
        (proof(Some("code"), 0), NOON, true),
        (proof(Some("code"), CODE_TRIES - 1), NOON, true),
        (proof(Some("code"), CODE_TRIES), NOON, false),
        (proof(Some("code"), 0), NOON + CODE_LIFE_MS, false),
        (proof(None, 0), NOON, true),
        // It was used: staff see the person.
        (proof(None, CODE_TRIES), NOON, false),
        (Proof { what: what(Id([9; 16])), ..proof(Some("code"), 0) }, NOON, false),
    ];
    for (number, (proof, now_ms, is_alive)) in table.into_iter().enumerate() {
        let rights = Drawn::for_test(now_ms).rights();
        assert_eq!(goes_on(&proof, application.id, rights), is_alive, "{number}");
    }
    let (drawn, rows) = (Drawn::for_test(NOON), Rows::for_test());
    for (code, writes) in [
        (Some("code"), &["new Outbox", "row ResumeApplication Done"][..]),
        (None, &["row ResumeApplication Done"]),
    ] {
        let living = held(7, proof(code, 0));
        let decision = decide_resume((&application, Some(&living)), Language::Es, &drawn, &rows, DAY);
        assert_eq!(told(decision.draft.writes()), writes);
        assert_eq!(decision.answer.proof(), living.id);
    }
}

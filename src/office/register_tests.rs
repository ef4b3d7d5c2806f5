//! The tables of an application: accepted, put off, or answered as if it were.

#![allow(clippy::unwrap_used, reason = "what fails in a test shall stop it")]

use super::*;
use crate::domain::answer::Answer as SecretAnswer;
use crate::domain::clave::{Clave, KnownWords};
use crate::domain::secret::Secret;
use crate::office::samples::{NOON, account, company, digest, held, told};
use crate::store::records::{Stored, Write};

fn claim() -> Claim {
    let account = account();
    Claim {
        company: company(),
        name: account.name,
        representative: account.representative.rut,
        representative_name: account.representative.name,
    }
}

fn application(applicant: Applicant, email: &str) -> Application {
    let account = account();
    let known = KnownWords::new(company(), &[]);
    Application {
        applicant,
        question: "¿CUÁL?".into(),
        answer: SecretAnswer::new("Rocinante").unwrap(),
        address: account.address,
        email: email.parse().unwrap(),
        phone: account.phone,
        fax: None,
        representative_mobile: account.representative.mobile,
        representative_email: account.representative.email,
        clave: Clave::new(&Secret::new("Guitarra+9"), &known).unwrap(),
    }
}

fn validated() -> Applicant {
    let Claim { company, name, representative, representative_name } = claim();
    let company = OpenCompany::said_by_register(company, name);
    Applicant::Validated(Representing::said_by_register(company, representative, representative_name))
}

fn decided(
    known: Option<&Held<Account>>,
    application: &Application,
    compared: &ComparedToOwn,
) -> Result<Decision<AwaitingCode>, Trouble> {
    let request = RegistrationRequest {
        application,
        claim: claim(),
        language: Language::Es,
        drawn: Drawn::for_test(NOON),
        lives_at: Id([6; 16]),
        flows_kept_ms: 1_000,
        pending_kept_ms: 2_000,
    };
    let account = request.account(digest("chosen"), digest("answer"));
    decide_create(known, &request, &account, (compared, &Rows::for_test()))
}

/// The account that the code proves the address of.
fn proves(decision: &Decision<AwaitingCode>) -> Option<Id> {
    let proof = decision.draft.writes().iter().find_map(|write| match write {
        Write::New { value: Stored::Proof(proof), .. } => Some(proof.what.clone()),
        _ => None,
    });
    let Some(ProofFor::Registration { account }) = proof else { panic!("no proof") };
    account
}

#[test]
fn a_company_without_a_clave_gets_one_or_waits() {
    let unknown = ComparedToOwn { on: None, is_same: false };
    let email = "contacto@comercial.example";
    let new = decided(None, &application(validated(), email), &unknown).unwrap();
    let all = ["new account", "new Proof", "new Outbox", "new Outbox", "row CreateAccount Done"];
    assert_eq!(told(new.draft.writes()), all);
    assert_eq!(proves(&new), Some(Id([6; 16])));
    let waits = decided(None, &application(Applicant::Unchecked(claim()), email), &unknown).unwrap();
    assert_eq!(
        told(waits.draft.writes()),
        ["new Application", "new Proof", "new Outbox", "row KeepApplication Done"]
    );
}

#[test]
fn pressing_twice_with_one_clave_sends_no_warning() {
    let known = held(1, account());
    let (own, other) = ("CONTACTO@comercial.example", "otra@comercial.example");
    // The address, whether the clave is the company's own, whose address is proved, and how many
    // messages leave.
    let table = [
        (own, true, Some(known.id), 1),
        (other, true, None, 1),
        (own, false, None, 2),
        (other, false, None, 2),
    ];
    for (email, is_same, proved, messages) in table {
        let compared = ComparedToOwn { on: Some(digest("old")), is_same };
        for applicant in [validated(), Applicant::Unchecked(claim())] {
            let decision = decided(Some(&known), &application(applicant, email), &compared).unwrap();
            assert_eq!(proves(&decision), proved, "{email} {is_same}");
            let writes = told(decision.draft.writes());
            assert_eq!(writes.iter().filter(|told| *told == "new Outbox").count(), messages);
            assert_eq!(writes.last().unwrap(), "row CreateAccount Already");
        }
    }
}

#[test]
fn who_was_faster_is_compared_with_first() {
    let application = application(validated(), "contacto@comercial.example");
    let known = held(1, account());
    let table = [
        (Some(&known), ComparedToOwn { on: None, is_same: false }),
        (Some(&known), ComparedToOwn { on: Some(digest("older")), is_same: true }),
        (None, ComparedToOwn { on: Some(digest("old")), is_same: true }),
    ];
    for (known, compared) in table {
        assert!(matches!(decided(known, &application, &compared), Err(Trouble::Outdated)));
    }
}

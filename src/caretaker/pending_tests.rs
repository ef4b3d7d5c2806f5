//! Tables of what becomes of a registration that waited: no store, no register, no runtime.

use super::*;
use crate::domain::account::{Address, Representative};
use crate::domain::comuna::Comuna;
use crate::domain::digest::Digest;
use crate::domain::language::Language;
use crate::domain::pseudonym::Pseudonym;
use crate::domain::reference::{Id, Ref};
use crate::domain::register::Service;
use crate::domain::trust::{Channels, Rank, Trust};
use crate::store::records::{Stored, Write};

const NOW: u64 = 1_795_348_800_000;
const WEEK: u64 = 7 * 24 * 3_600_000;

fn account(email: &str) -> Account {
    let mut account = Account {
        company: Rut::of_body(99_999_999).unwrap(),
        name: "as it was typed".into(),
        secret_question: None,
        address: Address {
            comuna: Comuna::named("Ñuñoa").unwrap(),
            street: "Calle".into(),
            number: "1".into(),
            block: None,
            apartment: None,
        },
        email: email.parse().unwrap(),
        phone: "223456789".parse().unwrap(),
        fax: None,
        representative: Representative {
            rut: Rut::of_body(11_111_111).unwrap(),
            name: "as it was typed".into(),
            mobile: "987654321".parse().unwrap(),
            email: "ana@example.cl".parse().unwrap(),
        },
        clave: Digest("a digest".into()),
        recoveries: Vec::new(),
        undos: Vec::new(),
        language: Language::Es,
        created_ms: NOW,
        trust: Trust::new(Channels::typed(NOW), Rank::Low, NOW),
    };
    account.prove(&Destination::Mail(account.email.clone()), Rank::Low, NOW);
    account
}

/// Kept a minute ago; its mailbox is proved.
fn application() -> Held<PendingApplication> {
    let evidence = (CardShown::Typed("123456789".parse().unwrap()), false);
    let kept = (NOW - 60_000, WEEK);
    let value = PendingApplication::new(account("a@example.cl"), Folio::new([1; 5]), evidence, kept);
    Held { id: Id([1; 16]), version: 3, due_ms: None, value }
}

fn row() -> Entry {
    let author = Author::new("01".into(), Actor::Kiosk);
    author.row(NOW, Action::CheckApplication, Outcome::Done).about(Pseudonym::for_test("abcdefgh"))
}

fn right() -> ApplicationVerdict {
    let (company, representative) = ("COMERCIAL EJEMPLO LTDA".into(), "ANA EJEMPLO".into());
    ApplicationVerdict::Right { company, representative, card: CardShown::Matched }
}

fn down() -> ApplicationVerdict {
    ApplicationVerdict::Down(Down { service: Service::Sii, reason: "the line is cut".into() })
}

fn decided(verdict: &ApplicationVerdict, beside: &Beside, now_ms: u64) -> ApplicationDecision {
    decide(&Drawn::for_test(now_ms), &application(), verdict, beside, &row())
}

/// What a decision does, in words.
fn told(decision: &ApplicationDecision) -> Vec<String> {
    let say = |write: &Write| match write {
        Write::Remove { at, version } => format!("remove {:?} {} at {version}", at.kind, at.id.0[0]),
        Write::NewAccount(account) => {
            format!("account of {} by {}", account.name, account.representative.name)
        }
        Write::New { value: Stored::Errand(errand), .. } => {
            let late_ms = errand.not_before_ms - errand.created_ms;
            format!("{:?} to {} after {late_ms}", errand.kind, errand.to.folded())
        }
        Write::Replace { id, version, value: Stored::PendingApplication(application), due_ms } => {
            let (tries, wait_ms) = (application.tries, application.next_ms - NOW);
            format!("try {} at {version} in vain: {tries}, again after {wait_ms}, due {due_ms:?}", id.0[0])
        }
        Write::Audit(entry) => format!("row {:?} {:?}", entry.action, entry.outcome),
        other => panic!("nobody asked for {other:?}"),
    };
    decision.draft.writes().iter().map(say).collect()
}

const REMOVED: &str = "remove Application 1 at 3";
const REFUSED: &str = "RegistrationRefused to a@example.cl after 0";

/// What the registers say, what lies there besides, the time; what is written, and when it is
/// checked again.
type PendingCase<'a> = (ApplicationVerdict, Beside, u64, &'a [&'a str], Option<u64>);

fn failures() -> Held<FailuresOfRut> {
    let value = FailuresOfRut { failures: 1, last_ms: NOW };
    Held { id: Id([7; 16]), version: 1, due_ms: None, value }
}

fn alone() -> Beside {
    Beside { failures: Some(failures()), ..Beside::default() }
}

fn holds(table: impl IntoIterator<Item = PendingCase<'static>>) {
    for (verdict, beside, now_ms, writes, again_ms) in table {
        let decision = decided(&verdict, &beside, now_ms);
        assert_eq!(
            (told(&decision), decision.again_ms),
            (writes.iter().map(ToString::to_string).collect(), again_ms)
        );
    }
}

#[test]
fn the_registers_accept_or_refuse() {
    let known = |email| {
        let held = Held { id: Id([8; 16]), version: 2, due_ms: None, value: account(email) };
        Beside { account: Some(held), ..alone() }
    };
    let table: [PendingCase<'_>; 3] = [
        (
            right(),
            alone(),
            NOW,
            &[
                "remove Limit 7 at 1",
                "row CheckApplication Done",
                REMOVED,
                "account of COMERCIAL EJEMPLO LTDA by ANA EJEMPLO",
                "Registered to a@example.cl after 1000",
            ],
            None,
        ),
        // Nobody but the applicant hears of it.
        (
            right(),
            known("other@example.cl"),
            NOW,
            &[
                "remove Limit 7 at 1",
                "row CheckApplication Already",
                REMOVED,
                "AlreadyRegistered to a@example.cl after 0",
            ],
            None,
        ),
        (
            ApplicationVerdict::Refused(Found::CompanyClosed),
            alone(),
            NOW,
            &[REMOVED, "row CheckApplication Found(CompanyClosed)", REFUSED],
            None,
        ),
    ];
    holds(table);
}

/// Nine wrong claves before are not wiped out by a card that is right.
#[test]
fn one_try_is_forgiven_and_no_other() {
    let mut failed = failures();
    failed.value.failures = 9;
    let beside = Beside { failures: Some(failed.clone()), ..Beside::default() };
    let left = FailuresOfRut { failures: 8, last_ms: NOW };
    let draft = decided(&right(), &beside, NOW).draft;
    assert_eq!(
        draft.writes()[0],
        Drawn::for_test(NOW).draft().replace(&failed, &left, failed.due_ms).writes()[0]
    );
}

#[test]
fn a_silent_register_is_asked_again_until_the_end() {
    let table: [PendingCase<'_>; 3] = [
        (down(), alone(), NOW, &["try 1 at 3 in vain: 1, again after 60000, due None"], Some(NOW + 60_000)),
        (
            down(),
            alone(),
            NOW + WEEK - 60_001,
            &["try 1 at 3 in vain: 1, again after 604799999, due None"],
            Some(NOW + WEEK - 1),
        ),
        (
            down(),
            alone(),
            NOW + WEEK - 60_000,
            &[REMOVED, "row CheckApplication Found(SiiDown)", REFUSED],
            None,
        ),
    ];
    holds(table);
}

/// It is put off as by a silent register, and in the end nobody vouches for it.
#[test]
fn a_card_whose_holder_has_no_try_left_waits() {
    let table: [PendingCase<'_>; 2] = [
        (
            ApplicationVerdict::NoTryLeft,
            alone(),
            NOW,
            &["try 1 at 3 in vain: 1, again after 60000, due None"],
            Some(NOW + 60_000),
        ),
        (
            ApplicationVerdict::NoTryLeft,
            alone(),
            NOW + WEEK - 60_000,
            &[REMOVED, "row CheckApplication MustWait", REFUSED],
            None,
        ),
    ];
    holds(table);
}

#[test]
fn waits_double_up_to_a_quarter_of_an_hour() {
    let mut application = application().value;
    let mut waits = Vec::new();
    for _ in 0..7 {
        application = application.asked_in_vain(NOW);
        waits.push((application.next_ms - NOW) / 60_000);
    }
    assert_eq!((waits, application.tries), (vec![1, 2, 4, 8, 15, 15, 15], 7));
}

#[test]
fn a_decision_made_again_names_the_same_records() {
    let drawn = Drawn::for_test(NOW);
    let beside = Beside::default();
    let first = decide(&drawn, &application(), &right(), &beside, &row());
    assert_eq!(first, decide(&drawn, &application(), &right(), &beside, &row()));
    let at = Ref { kind: Kind::Application, id: Id([1; 16]) };
    assert!(first.draft.writes().contains(&Write::Remove { at, version: 3 }));
}

#[test]
fn what_is_still_to_come_is_waited_for() {
    let mut unproved = application();
    unproved.value.account.trust.channels = Channels::typed(NOW);
    let person = Beside { evidence: RegistrationEvidence::Person, ..Beside::default() };
    for (held, beside) in [(unproved, Beside::default()), (application(), person)] {
        let decision = decide(&Drawn::for_test(NOW), &held, &right(), &beside, &row());
        let kept = decision.draft.writes().iter().find_map(|write| match write {
            Write::Replace { value: Stored::PendingApplication(kept), due_ms, .. } => Some((kept, due_ms)),
            _ => None,
        });
        let (kept, due_ms) = kept.unwrap();
        assert!(!kept.waits_for_register());
        assert_eq!((*due_ms, decision.again_ms), (Some(kept.expires_ms), None));
    }
}

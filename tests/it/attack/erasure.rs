//! An account that was given in person, erased, and registered again by somebody else (T4d): whoever has a
//! copy of the card does not get by erasure what they would not get otherwise.

use totem::domain::secret::Secret;
use totem::domain::staff::Role;
use totem::domain::trust::Rank;
use totem::effect::{Effect, Reply};
use totem::text::Msg;

use crate::booth::{Booth, CLAVE, COMPANY};
use crate::settlement::CARD;

const THIEF: &str = "ladron@correo.example";
const OWNER: &str = "ana@panaderia.example";
const REPRESENTATIVE: &str = "11111111-1";
const OWN: &str = "Guitarra+9";
const STAFF: &str = "rosa";
/// As long as the code lives that takes an erasure back, in seconds.
const HOLD_SECONDS: u64 = 72 * 3_600;

impl Booth {
    /// Whoever has the clave asks for it, nobody hears, and it is carried out.
    fn is_erased(&mut self, clave: &str) -> &mut Self {
        let effect = Effect::CheckClave {
            company: COMPANY.parse().expect("a RUT"),
            representative: REPRESENTATIVE.parse().expect("a RUT"),
            clave: Secret::new(clave),
        };
        let Reply::ClaveRight(proved) = self.performs(effect) else { panic!("it is the clave in use") };
        assert!(matches!(self.performs(Effect::RequestErasure(proved)), Reply::ErasureAsked { .. }));
        self.waits(HOLD_SECONDS).runs_courier();
        assert!(self.account(COMPANY).is_none());
        self
    }

    /// A member of staff saw the owner.
    fn was_given_in_person(&mut self) -> &mut Self {
        self.asks_for_question(COMPANY).forgets_answer().shows_card(REPRESENTATIVE, CARD);
        self.is_at(&Msg::RecoverAddressHeading).chooses("2").types(&format!("{OWNER}⏎")).letters().types("⏎");
        let code = self.is_at(&Msg::CodeHeading).runs_courier().post.mail_to(OWNER);
        self.types(&format!("{code}⏎")).confirms_card(STAFF).leaves().runs_courier();
        let key = self.post.mail_to(OWNER);
        self.changes(&key, OWN).leaves().waits(86_401)
    }
}

/// Seen: erased with a stolen clave, an account that had been given in person went to a copy of the card.
#[test]
fn a_copy_of_the_card_gets_nothing_by_an_erasure() {
    let mut booth = Booth::with_company();
    booth.employs(STAFF, Role::Helper).was_given_in_person().is_erased(OWN);
    booth.registers(COMPANY, REPRESENTATIVE, THIEF).is_at(&Msg::RegisterInPersonHeading).leaves();
    assert!(booth.account(COMPANY).is_none());
    // The owner comes with the card, and finds the member of staff.
    booth.waits(61).registers(COMPANY, REPRESENTATIVE, OWNER).is_at(&Msg::RegisterInPersonHeading);
    booth.confirms_card(STAFF).is_at(&Msg::RegisteredHeading).leaves();
    let account = booth.account(COMPANY).expect("it is the owner's");
    assert_eq!(account.trust.rank(booth.time().protections()), Rank::Person);
    assert_eq!(account.email.to_string(), OWNER);
}

/// The same while the registers are silent: the caretaker makes no account of it either.
#[test]
fn nor_by_an_application_that_waited_for_the_registers() {
    let mut booth = Booth::with_company();
    booth.employs(STAFF, Role::Helper).was_given_in_person().is_erased(OWN);
    booth.registers_are_down(true).enters("1").types(&format!("{COMPANY}⏎"));
    booth.clicks_on(&Msg::ButtonGoOnUnchecked).types("Comercial⏎").chooses("2").types("Liceo 7⏎");
    booth.types("providen⏎Calle⏎1⏎⏎⏎").types(&format!("{THIEF}⏎223456789⏎⏎")).chooses(" ").types("⏎");
    booth.types(&format!("{REPRESENTATIVE}⏎")).is_at(&Msg::RecoverCardHeading).types(&format!("{CARD}⏎"));
    booth.clicks_on(&Msg::ButtonGoOnUnchecked).types("Ana⏎87654321⏎x@correo.example⏎");
    booth.types("Ladron+17x⏎Ladron+17x⏎").letters().types("⏎").types("⏎⏎").is_at(&Msg::CodeHeading);
    let code = booth.runs_courier().post.mail_to(THIEF);
    booth.types(&format!("{code}⏎")).is_at(&Msg::TakenHeading).leaves();
    booth.registers_are_down(false).waits(61).checks_pending().waits(61).runs_courier();
    assert!(booth.account(COMPANY).is_none());
}

/// What was low leaves nothing: a company that never came in person registers as ever.
#[test]
fn an_account_that_nobody_gave_in_person_leaves_nothing() {
    let mut booth = Booth::with_company();
    booth
        .is_erased(CLAVE)
        .registers(COMPANY, REPRESENTATIVE, OWNER)
        .clicks_on(&Msg::ButtonNoMobileHere)
        .leaves();
    assert_eq!(booth.account(COMPANY).expect("it has one").trust.rank(booth.time().protections()), Rank::Low);
}

/// It ends: kept as long as the audit log, which tells the same under the same pseudonym.
#[test]
fn what_is_remembered_ends_with_the_audit_log() {
    let mut booth = Booth::with_company();
    booth.employs(STAFF, Role::Helper).was_given_in_person().is_erased(OWN);
    assert!(booth.remembers(COMPANY));
    for _ in 0..5 {
        booth.passes(365 * 86_400).runs_courier();
    }
    booth.passes(86_400).runs_courier();
    assert!(!booth.remembers(COMPANY));
}

/// For a month after two members gave it, one alone makes no account of it again (T4d).
#[test]
fn one_member_alone_gives_no_erased_account_back_for_a_month() {
    let mut booth = Booth::frozen();
    booth.is_given_the_account().leaves().waits(3 * 3_600).runs_courier().forgets(COMPANY);
    booth.registers(COMPANY, REPRESENTATIVE, OWNER).is_at(&Msg::StopTwoHeading);
    booth.is_refused_a_card_by(STAFF).leaves();
    assert!(booth.account(COMPANY).is_none());
    booth.waits(30 * 86_400).registers(COMPANY, REPRESENTATIVE, OWNER).confirms_card(STAFF);
    booth.is_at(&Msg::RegisteredHeading).leaves();
}

/// Whom the operator erases for, while the account is frozen, still needs two members (T6).
#[test]
fn a_freeze_is_not_ended_by_an_erasure() {
    let mut booth = Booth::frozen();
    booth.forgets(COMPANY).registers(COMPANY, REPRESENTATIVE, OWNER).is_at(&Msg::StopTwoHeading);
    booth.is_refused_a_card_by(STAFF).leaves();
    assert!(booth.account(COMPANY).is_none());
}

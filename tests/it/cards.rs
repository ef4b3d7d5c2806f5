//! Cards that are valid although a date or a register says otherwise, and representatives who have none:
//! whoever has a right is served, or told what is so and whom to ask.

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use time::macros::date;
use totem::audit::Actor;
use totem::domain::card_rule::CardRule;
use totem::domain::cedula::Serial;
use totem::domain::deed::{Action, Outcome};
use totem::domain::found::Found;
use totem::domain::register::{Card, Company, Looked, Representation};
use totem::domain::rut::Rut;
use totem::domain::staff::Role;
use totem::effect::{Effect, RefusedCard, Reply, StaffAct, StaffOrder, StaffReply};
use totem::event::Key;
use totem::registry::Registry;
use totem::text::Msg;

use crate::booth::{self, Booth, COMPANY, MAILBOX, Outside};
use crate::staff_desk::signed_in;

/// A company whose representative's card expired in 2020, in the demo world.
const EXPIRED: (&str, &str, &str) = ("99999998-0", "44444444-4", "A012345678");

/// Somebody at the page that asks for the number of their expired card, with an account on file.
fn with_expired_card(outside: Outside) -> Booth {
    let (company, representative, _) = EXPIRED;
    let account = booth::Company { rut: company, ..booth::Company::default() };
    let mut booth = Booth::over(outside).knows(account);
    booth.employs("Rosa Araya", Role::Helper);
    booth.has_no_answer(company).types(&format!("{representative}⏎")).is_at(&Msg::RecoverCardHeading);
    booth
}

fn rosa() -> Actor {
    Actor::Staff("Rosa Araya".into())
}

#[test]
fn a_decree_extends_expired_cards_until_its_day() {
    let until =
        |accept_expired_until| Outside { cards: CardRule { accept_expired_until }, ..Outside::default() };
    let (_, _, serial) = EXPIRED;
    let mut booth = with_expired_card(until(Some(date!(2026 - 11 - 22))));
    booth.types(&format!("{serial}⏎")).is_at(&Msg::RecoverAddressHeading);
    assert!(booth.audited().contains(&(Action::CheckCard, Outcome::Found(Found::CardExtended))));
    for day in [Some(date!(2026 - 11 - 21)), None] {
        let mut booth = with_expired_card(until(day));
        booth.types(&format!("{serial}⏎")).is_at(&Msg::RecoverCardHeading);
        booth.sees_msg(&Msg::MismatchCard { tries: 4 });
    }
}

/// Ley 21.325 art. 43: the card of a foreigner whose residence is being decided on is valid, and Registro
/// Civil can't say so. Staff see person, card and certificate (E5), and it is on record.
#[test]
fn staff_take_an_expired_card_that_something_else_keeps_valid() {
    let (company, _, serial) = EXPIRED;
    let mut booth = with_expired_card(Outside::default());
    booth.types(&format!("{serial}⏎")).sees_msg(&Msg::MismatchCard { tries: 4 });
    booth.is_joined_by("Rosa Araya").pictured("staff-panel-card");
    booth.clicks_on(&Msg::ButtonAcceptCard).pictured("staff-accept-card").types("1");
    booth.is_at(&Msg::RecoverAddressHeading);
    let row = booth.audit().into_iter().find(|row| row.action == Action::AcceptCard).expect("on record");
    assert_eq!((row.actor, row.outcome), (rosa(), Outcome::Done));
    assert_eq!(row.note, Some("Residencia en trámite (Ley 21.325, art. 43)".into()));
    // Beside staff the key waits for them to confirm the card, as any other.
    booth.chooses("1").letters().types("⏎").is_at(&Msg::RegisterInPersonHeading);
    booth.runs_courier();
    assert!(booth.post.subjects(MAILBOX).is_empty());
    assert!(booth.audited().contains(&(Action::CheckCard, Outcome::Found(Found::CardExpired))));
    let account = booth.account(company).expect("it has one");
    assert!(!account.trust.is_frozen());
}

/// Nothing but an expired one: the number must be right (E2), and the card neither lost nor replaced. The
/// panel offers no such act, and who sees why the card was refused reads what it was.
#[test]
fn staff_take_no_card_that_is_refused_for_anything_else() {
    for (company, representative, serial, why) in [
        (COMPANY, "11111111-1", "123456789", Msg::RefusalCardMismatch),
        ("99999997-2", "40000000-K", "400000001", Msg::RefusalCardNotCurrent),
        ("99999996-4", "41111111-3", "411111111", Msg::RefusalCardBlocked),
        ("99999994-8", "42222222-7", "422222222", Msg::RefusalCardDeceased),
    ] {
        let mut booth = Booth::new();
        booth.employs("Rosa Araya", Role::Helper);
        booth.has_no_answer(company).shows_card(representative, serial).is_joined_by("Rosa Araya");
        assert!(!booth.offers_button(&Msg::ButtonAcceptCard), "{}", booth.read());
        booth.acts(&Msg::ButtonSeeRefusal, "la persona lo pide").sees_msg(&why);
        let row = booth.audit().into_iter().find(|row| row.action == Action::SeeRefusal).expect("on record");
        assert_eq!(row.actor, rosa(), "{why:?}");
        booth.types("⏎␛").is_at(&Msg::RecoverCardHeading);
    }
}

/// Two people it takes: nobody vouches for a card of their own, expired or not, on file or not (S19).
#[test]
fn staff_take_and_confirm_no_card_of_their_own() {
    let (company, representative, serial) = EXPIRED;
    let mut booth = with_expired_card(Outside::default());
    booth.employs_person("Elena Ejemplo", Role::Helper, representative);
    booth.types(&format!("{serial}⏎")).is_joined_by("Elena Ejemplo");
    booth.clicks_on(&Msg::ButtonAcceptCard).types("1").sees_msg(&Msg::StaffNotAllowed);
    assert!(booth.audited().contains(&(Action::AcceptCard, Outcome::NotAllowed)));

    // SII names Elena, and somebody else is on file.
    let account = booth::Company { rut: company, ..booth::Company::default() };
    let until = CardRule { accept_expired_until: Some(date!(2026 - 11 - 22)) };
    let mut booth = Booth::over(Outside { cards: until, ..Outside::default() }).knows(account);
    booth.employs_person("Elena Ejemplo", Role::Helper, representative);
    booth.has_no_answer(company).shows_card(representative, serial).chooses("2");
    booth.types("mio@correo.example⏎").letters().types("⏎").is_at(&Msg::CodeHeading).runs_courier();
    let code = booth.post.mail_to("mio@correo.example");
    booth.types(&format!("{code}⏎")).is_at(&Msg::RecoverHeldHeading).is_joined_by("Elena Ejemplo");
    booth.clicks_on(&Msg::ButtonWitnessCard).types("1").sees_msg(&Msg::StaffNotAllowed);
    assert!(booth.audited().contains(&(Action::WitnessCard, Outcome::NotAllowed)));
}

/// Whatever a screen offers: a mistyped number is no more right before staff, and costs no further try.
#[test]
fn staff_who_would_take_a_wrong_number_cost_nobody_a_try() {
    let mut booth = Booth::new();
    booth.employs("Rosa Araya", Role::Helper);
    booth.has_no_answer(COMPANY).shows_card("11111111-1", "123456789");
    booth.sees_msg(&Msg::MismatchCard { tries: 4 });
    let rut = |text: &str| text.parse::<Rut>().expect("a RUT");
    let card = RefusedCard::OfApplicant {
        company: rut(COMPANY),
        representative: rut("11111111-1"),
        serial: "123456789".parse().expect("a number"),
    };
    let (session, reason, visit) = (signed_in(&booth), "no ve bien".into(), Duration::from_secs(60));
    let order = StaffOrder { session, act: StaffAct::AcceptCard(card), reason, visit, code: None };
    let why = (Action::CheckCard, Outcome::Found(Found::CardDoesNotMatch));
    let told = Reply::Staff(StaffReply::RefusalTold(Some(why)));
    assert_eq!(booth.performs(Effect::Staff(Box::new(order))), told);
    assert!(booth.audited().contains(&(Action::AcceptCard, Outcome::Wrong)));
    booth.presses([Key::Backspace; 9]).types("223456789⏎").sees_msg(&Msg::MismatchCard { tries: 3 });
}

/// What is refused for its date can be taken until another number is typed, and is not asked about again
/// meanwhile.
#[test]
fn the_offer_to_take_a_card_goes_with_its_number() {
    let (_, _, serial) = EXPIRED;
    let mut booth = with_expired_card(Outside::default());
    booth.types(&format!("{serial}⏎⏎")).sees_msg(&Msg::MismatchRepeated).is_joined_by("Rosa Araya");
    assert!(booth.offers_button(&Msg::ButtonAcceptCard), "{}", booth.read());
    booth.types("␛").presses([Key::Backspace; 10]).types("223456789⏎");
    booth.sees_msg(&Msg::MismatchCard { tries: 3 }).presses([Key::F(2)]);
    assert!(!booth.offers_button(&Msg::ButtonAcceptCard), "{}", booth.read());
}

/// Five a day for each card (T9), whichever company somebody says that its holder represents.
#[test]
fn a_card_has_five_tries_a_day_over_all_companies() {
    let mut booth = Booth::new();
    booth.has_no_answer(COMPANY).shows_card("11111111-1", "123456789");
    for tries in (1..4).rev() {
        booth.presses([Key::Backspace; 9]).types(&format!("{}23456789⏎", 2 + tries));
        booth.sees_msg(&Msg::MismatchCard { tries });
    }
    booth.presses([Key::Backspace; 9]).types("623456789⏎").sees_msg(&Msg::MismatchNoneHours { hours: 24 });
    booth.leaves().waits(1);
    booth.has_no_answer("99999997-2").shows_card("11111111-1", "723456789").is_at(&Msg::StopWaitHeading);
}

/// It takes a refused number on the page: staff type none for anybody.
#[test]
fn there_is_nothing_to_take_before_a_card_was_refused() {
    let mut booth = with_expired_card(Outside::default());
    booth.is_joined_by("Rosa Araya");
    assert!(!booth.offers_button(&Msg::ButtonAcceptCard), "{}", booth.read());
}

#[test]
fn an_applicant_s_expired_card_is_taken_by_staff_too() {
    let mut booth = Booth::new();
    booth.employs("Rosa Araya", Role::Helper);
    booth.applies_as_far_as_the_card(EXPIRED.0, EXPIRED.1).types(&format!("{}⏎", EXPIRED.2));
    booth.sees_msg(&Msg::MismatchCard { tries: 4 }).is_joined_by("Rosa Araya");
    booth.clicks_on(&Msg::ButtonAcceptCard).types("1").is_at(&Msg::RegisterRepresentativeContactHeading);
}

impl Booth {
    /// Registers a company up to the card of its representative.
    fn applies_as_far_as_the_card(&mut self, company: &str, representative: &str) -> &mut Self {
        self.enters("1").types(&format!("{company}⏎")).is_at(&Msg::RegisterQuestionHeading);
        self.chooses("2").types("Liceo 7⏎providen⏎Calle⏎1⏎⏎⏎");
        self.types("a@b.cl⏎223456789⏎223456789⏎⏎").is_at(&Msg::RegisterRepresentativeHeading);
        self.types(&format!("{representative}⏎")).is_at(&Msg::RecoverCardHeading)
    }

    pub fn offers_button(&self, label: &Msg) -> bool {
        self.page().blocks.iter().any(|block| match block {
            totem::page::Block::Buttons(buttons) => buttons.iter().any(|button| button.label == *label),
            totem::page::Block::Menu(items) => items.iter().any(|item| item.label == *label),
            _ => false,
        })
    }
}

/// SII names a company as the representative, as the law allows; Registro Civil knows people alone.
struct CompaniesRepresent(Card);

#[async_trait]
impl Registry for CompaniesRepresent {
    async fn company(&self, _: Rut) -> Looked<Company> {
        Ok(Company::Open { name: "Comercial Ejemplo Limitada".into() }).into()
    }

    async fn representation(&self, _: Rut, person: Rut) -> Looked<Representation> {
        let is_person = person.body() < 50_000_000;
        Ok(Representation::Current { name: is_person.then(|| "Ana Ejemplo".into()) }).into()
    }

    async fn card(&self, _: Rut, _: &Serial) -> Looked<Card> {
        Ok(self.0).into()
    }
}

/// Registro Civil knows nobody under their RUT: a foreigner without a RUN, whom a list of the operator's names.
fn companies_represent() -> Outside {
    cards_are(Card::Unknown)
}

fn cards_are(card: Card) -> Outside {
    Outside { registry: Some(Arc::new(CompaniesRepresent(card))), ..Outside::default() }
}

/// Seen: *Registro Civil no responde*, and *Reintentar* for ever.
#[test]
fn a_representative_whom_registro_civil_does_not_know_is_told_so_and_led_to_staff() {
    let mut booth = Booth::over(companies_represent());
    for _ in 0..7 {
        booth.has_no_answer(COMPANY).types("50000000-7⏎").is_at(&Msg::StopWithoutRunHeading);
        booth.sees_msg(&Msg::StopByPapers);
        assert!(!booth.offers_button(&Msg::ButtonRetry), "it would be answered the same");
        booth.leaves();
    }
    let unknown = Outcome::Found(Found::RepresentativeWithoutRun);
    assert!(booth.audited().contains(&(Action::CheckRepresentative, unknown)));
    booth.has_no_answer(COMPANY).types("50000000-7⏎").pictured("stop-without-run");
    booth.types("⏎").is_at(&Msg::StaffHeading);
}

#[test]
fn whose_card_nobody_has_is_led_to_staff_and_loses_no_try() {
    let mut booth = Booth::over(companies_represent());
    for _ in 0..7 {
        booth.has_no_answer(COMPANY).shows_card("11111111-1", "123456789");
        booth.is_at(&Msg::StopWithoutRunHeading).leaves();
    }
    let unknown = Outcome::Found(Found::CardHolderUnknown);
    assert!(booth.audited().contains(&(Action::CheckCard, unknown)));
}

/// Seen: *los datos no coinciden*, five times, to somebody whose card no list had.
#[test]
fn whose_card_the_list_lacks_is_told_so_and_loses_no_try() {
    let mut booth = Booth::over(cards_are(Card::Unlisted));
    for _ in 0..7 {
        booth.has_no_answer(COMPANY).shows_card("11111111-1", "123456789");
        booth.is_at(&Msg::StopCardUnlistedHeading).sees_msg(&Msg::StopByCardSeen).leaves();
    }
    let unlisted = Outcome::Found(Found::CardUnlisted);
    assert!(booth.audited().contains(&(Action::CheckCard, unlisted)));
    booth.has_no_answer(COMPANY).shows_card("11111111-1", "123456789").pictured("stop-card-unlisted");
    booth.types("⏎").is_at(&Msg::StaffHeading).leaves();
    booth.applies_as_far_as_the_card(COMPANY, "11111111-1").types("123456789⏎");
    booth.is_at(&Msg::StopCardUnlistedHeading);
}

#[test]
fn two_members_who_see_that_card_give_the_account() {
    let mut booth = Booth::over(cards_are(Card::Unlisted)).knows(booth::Company::default());
    booth.employs("rosa", Role::Helper).employs_person("pedro", Role::Helper, "47000000-7");
    booth.has_no_answer(COMPANY).shows_card("11111111-1", "B1C234567").is_at(&Msg::StopCardUnlistedHeading);
    booth.is_joined_by("rosa").is_at(&Msg::ButtonOpenDispute).sees_msg(&Msg::DisputeCardHint);
    booth.types("4567⏎cédula, y SII la nombra⏎").sees_msg(&Msg::SettlementWaiting);
    booth.is_second("pedro").types("4567⏎la misma cédula⏎").fills_the_list();
    booth.letters().types("⏎").is_at(&Msg::SuccessHeading);
}

#[test]
fn nor_does_such_a_representative_register_by_a_card() {
    let mut booth = Booth::over(companies_represent());
    booth.enters("1").types(&format!("{COMPANY}⏎")).chooses("2").types("Liceo 7⏎providen⏎Calle⏎1⏎⏎⏎");
    booth.types("a@b.cl⏎223456789⏎223456789⏎⏎").is_at(&Msg::RegisterRepresentativeHeading);
    booth.types("50000000-7⏎").is_at(&Msg::StopWithoutRunHeading);
}

/// E6, the power noted, stands for E5 where Registro Civil has no card: two members of staff see other papers.
#[test]
fn two_members_give_the_account_to_a_representative_without_run() {
    let mut booth = Booth::over(companies_represent()).knows(booth::Company::default());
    booth.employs("rosa", Role::Helper);
    booth.employs_person("pedro", Role::Helper, "22222222-2");
    booth.has_no_answer(COMPANY).types("50000000-7⏎").is_at(&Msg::StopWithoutRunHeading);
    booth.is_joined_by("rosa").is_at(&Msg::ButtonOpenDispute).pictured("settlement-with-papers");
    booth.types("7890⏎poder ante notario, 3 de marzo de 2026⏎").sees_msg(&Msg::SettlementWaiting);
    // The second reads the same off the document.
    // They are told for whom, and that no card was matched: else one who is bribed names any company.
    booth.is_second("pedro").is_at(&Msg::ButtonConfirmDispute).sees_msg(&Msg::DisputePapersSecondHint);
    booth.sees("99.999.999-9").sees("50.xxx.xxx-7").pictured("settlement-with-papers-second");
    booth.types("7891⏎el mismo poder⏎");
    booth.sees_msg(&Msg::UnsettledEnding { tries: 4 }).types("⏎").clicks_on(&Msg::ButtonConfirmDispute);
    booth.types("7890⏎el mismo poder⏎").fills_the_list();
    booth.is_at(&Msg::SettlementConfirmHeading).letters().types("⏎").is_at(&Msg::SuccessHeading);
    let opened = booth.audit().into_iter().find(|row| row.action == Action::OpenDispute).expect("on record");
    assert_eq!(opened.note, Some("poder ante notario, 3 de marzo de 2026".into()));
    let account = booth.account(COMPANY).expect("it has one");
    assert_eq!(account.representative.rut.to_string(), "50.000.000-7");
}

/// The clave in use is evidence enough (E4): SII names them, and that is what it takes.
#[test]
fn such_a_representative_changes_the_clave_in_use() {
    let mut booth = Booth::over(companies_represent()).knows(booth::Company::default());
    booth.enters("3").types(&format!("{COMPANY}⏎50000000-7⏎{}⏎", booth::CLAVE)).is_at(&Msg::ChangeOwnHeading);
}

/// Seen: *los datos no coinciden*, to a representative who was named after the office's list was made.
#[test]
fn whom_the_list_lacks_is_told_that_it_was_a_list() {
    let mut booth = Booth::with_company();
    booth.lists_are_old(5).has_no_answer(COMPANY).types("33333333-3⏎");
    booth.sees_msg(&Msg::MismatchRepresentative { tries: 9 }).leaves();
    booth.has_no_answer(COMPANY).types("12345678-5⏎").sees_msg(&Msg::MismatchNotListed { days: 5 });
    booth.pictured("recover-not-listed");
}

/// Seen: *el SII no conoce una empresa con ese número*, of one that was founded three weeks before.
#[test]
fn a_company_that_is_on_no_list_yet_is_told_of_which_day_the_list_is() {
    let mut booth = Booth::new();
    booth.lists_are_old(5).enters("1").types("60000001-2⏎").is_at(&Msg::UnfitUnlistedHeading);
    booth.sees("17-11-2026").sees_not("el SII no conoce").pictured("register-unlisted");
    booth.chooses("2").is_at(&Msg::StaffHeading).leaves();
    // No list of companies ever has a person, and SII none under that number.
    for days in [Some(5), None] {
        let mut booth = Booth::new();
        if let Some(days) = days {
            booth.lists_are_old(days);
        }
        booth.enters("1").types("13131313-6⏎").is_at(&Msg::UnfitPersonHeading).sees("cus.sence.cl");
        booth.pictured("register-person").types("⏎").is_at(&Msg::RegisterCompanyHeading);
    }
    // Where SII itself was asked, it is SII that doesn't know it.
    let mut booth = Booth::new();
    booth.enters("1").types("60000001-2⏎").is_at(&Msg::UnfitUnknownHeading);
}

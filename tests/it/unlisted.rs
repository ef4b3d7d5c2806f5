//! A company of the last weeks, where lists alone answer for SII: it is on none yet. Two members of staff see
//! its papers and give it an account (E6), and its representative goes on with that until the lists have it.

use std::sync::Arc;

use async_trait::async_trait;
use totem::audit::Actor;
use totem::domain::cedula::Serial;
use totem::domain::deed::{Action, Outcome};
use totem::domain::found::Found;
use totem::domain::register::{Card, Company, Looked, Representation};
use totem::domain::rut::Rut;
use totem::domain::staff::Role;
use totem::domain::trust::{Rank, TRUSTED_AFTER_MS};
use totem::event::Key;
use totem::registry::Registry;
use totem::text::Msg;

use crate::booth::{Booth, Outside};
use crate::settlement::{LAST_FOUR, NEW, NEW_CLAVE};

/// On no list of the demo world.
const YOUNG: &str = "60000001-2";
/// Ana's card, in the demo world.
const ANA: (&str, &str) = ("11111111-1", "B1C234567");

impl Booth {
    /// Two members of staff, in an office whose list is some days old.
    fn with_list_of_days_ago(days: u64) -> Booth {
        let mut booth = Booth::new();
        booth.employs("rosa", Role::Helper).employs_person("pedro", Role::Helper, "47000000-7");
        booth.lists_are_old(days);
        booth
    }

    /// The page that says that the list lacks the company.
    fn names_young_company(&mut self) -> &mut Self {
        self.enters("1").types(&format!("{YOUNG}⏎")).is_at(&Msg::UnfitUnlistedHeading)
    }

    /// What the first member types off the papers and the card.
    fn types_papers(&mut self, (representative, serial): (&str, &str)) -> &mut Self {
        self.types(&format!("Empresa Joven SpA⏎{representative}⏎Ana Ejemplo⏎{serial}⏎"));
        self.types("e-RUT y estatuto del 2 de noviembre⏎")
    }

    fn opens_unlisted(&mut self, name: &str, card: (&str, &str)) -> &mut Self {
        self.is_joined_by(name).clicks_on(&Msg::ButtonOpenUnlisted).types_papers(card)
    }

    fn confirms_papers(&mut self, name: &str) -> &mut Self {
        self.is_second(name).is_at(&Msg::ButtonConfirmDispute).sees_msg(&Msg::DisputeUnlistedSecondHint);
        self.types(&format!("{LAST_FOUR}⏎los mismos papeles⏎"))
    }

    /// All of it, from the first page to the receipt.
    fn is_registered_by_two(&mut self) -> &mut Self {
        self.names_young_company().opens_unlisted("rosa", ANA).sees_msg(&Msg::SettlementWaiting);
        self.confirms_papers("pedro").fills_the_list_of_a_new_company().letters().types("⏎");
        self.is_at(&Msg::SuccessHeading).leaves().waits(61).runs_courier()
    }

    fn validates_clave_of_young(&mut self, clave: &str) -> &mut Self {
        self.enters("3").types(&format!("{YOUNG}⏎{}⏎{clave}⏎", ANA.0))
    }
}

/// Seen: the page sent the person to staff, and staff had no act that registers them.
#[test]
fn two_members_register_a_company_that_the_list_lacks() {
    let mut booth = Booth::with_list_of_days_ago(5);
    booth.names_young_company().is_joined_by("rosa").pictured("staff-panel-unlisted");
    booth.clicks_on(&Msg::ButtonOpenUnlisted).pictured("unlisted-first").types_papers(ANA);
    booth.sees_msg(&Msg::SettlementWaiting).is_second("pedro").pictured("unlisted-second");
    booth.types(&format!("{LAST_FOUR}⏎los mismos papeles⏎")).fills_the_list_of_a_new_company();
    booth.letters().types("⏎").is_at(&Msg::SuccessHeading).leaves().waits(61).runs_courier();
    let account = booth.account(YOUNG).expect("it has one");
    assert_eq!(account.trust.rank(booth.time().protections()), Rank::Office);
    assert_eq!(account.name.to_string(), "Empresa Joven SpA");
    assert_eq!(account.representative.name.to_string(), "Ana Ejemplo");
    assert_eq!(
        booth.post.subjects(NEW).last().map(String::as_str),
        Some("Se entregó la Clave Sence de su empresa")
    );
}

#[test]
fn both_are_on_record_with_the_papers_that_they_saw() {
    let mut booth = Booth::with_list_of_days_ago(5);
    booth.is_registered_by_two();
    let noted = |action| {
        let row = booth.audit().into_iter().find(|row| row.action == action).expect("on record");
        (row.actor, row.outcome, row.note.expect("a reason").to_string())
    };
    let staff = |name: &str| Actor::Staff(name.into());
    assert_eq!(
        noted(Action::OpenUnlisted),
        (staff("rosa"), Outcome::Done, "e-RUT y estatuto del 2 de noviembre".into())
    );
    assert_eq!(noted(Action::ConfirmDispute), (staff("pedro"), Outcome::Done, "los mismos papeles".into()));
    assert_eq!(noted(Action::Settle).2, "rosa + pedro");
}

/// A list over 30 days old stands for SII's silence; a young company is served all the same.
#[test]
fn an_old_list_keeps_nobody_from_it() {
    let mut booth = Booth::with_list_of_days_ago(45);
    booth.enters("1").types(&format!("{YOUNG}⏎")).is_at(&Msg::StopSiiHeading);
    booth.opens_unlisted("rosa", ANA).sees_msg(&Msg::SettlementWaiting);
}

/// Nobody changes the clave of a company that no list has, but for a month whom two gave it.
#[test]
fn the_clave_that_two_gave_works_until_the_lists_have_the_company() {
    let mut booth = Booth::with_list_of_days_ago(5);
    booth.is_registered_by_two().validates_clave_of_young(NEW_CLAVE).is_at(&Msg::ChangeOwnHeading).leaves();
    booth
        .enters("3")
        .types(&format!("{YOUNG}⏎33333333-3⏎{NEW_CLAVE}⏎"))
        .is_at(&Msg::ChangeWhoHeading)
        .leaves();
    // A month later a list that lacks it says no.
    booth.waits(TRUSTED_AFTER_MS / 1000).lists_are_old(1);
    booth.validates_clave_of_young(NEW_CLAVE).is_at(&Msg::ChangeWhoHeading);
}

#[test]
fn the_second_finds_it_at_the_desk_and_is_told_what_to_look_at() {
    let mut booth = Booth::with_list_of_days_ago(5);
    booth.names_young_company().opens_unlisted("rosa", ANA).leaves();
    booth.opens_desk("pedro").acts(&Msg::ButtonSeeDisputes, "la pide Rosa").types("⏎");
    booth.is_at(&Msg::ButtonConfirmDispute).sees_msg(&Msg::DisputeUnlistedSecondHint);
    booth.types(&format!("{LAST_FOUR}⏎los mismos papeles⏎")).is_at(&Msg::DisputeConfirmedHeading);
}

/// Papers stand for SII's word alone: the card must be the person's, whoever shows it.
#[test]
fn the_card_is_checked_as_any_other() {
    for (card, why) in [
        ((ANA.0, "123456789"), Msg::RefusalCardMismatch),
        (("41111111-3", "411111111"), Msg::RefusalCardBlocked),
        (("42222222-7", "422222222"), Msg::RefusalCardDeceased),
    ] {
        let mut booth = Booth::with_list_of_days_ago(5);
        booth.names_young_company().opens_unlisted("rosa", card).sees_msg(&why);
        assert!(booth.audited().contains(&(Action::OpenUnlisted, Outcome::Wrong)), "{why:?}");
    }
    let mut booth = Booth::with_list_of_days_ago(5);
    booth
        .names_young_company()
        .registers_are_down(true)
        .opens_unlisted("rosa", ANA)
        .sees_msg(&Msg::DisputeSiiDown);
}

/// The registers of an office with lists alone: on none is the company, nor anybody of it.
struct KnowsNobody(Card);

#[async_trait]
impl Registry for KnowsNobody {
    async fn company(&self, _: Rut) -> Looked<Company> {
        Ok(Company::Unknown).into()
    }

    async fn representation(&self, _: Rut, _: Rut) -> Looked<Representation> {
        Ok(Representation::Never).into()
    }

    async fn card(&self, _: Rut, _: &Serial) -> Looked<Card> {
        Ok(self.0).into()
    }
}

/// Seen: a foreigner with a passport alone stood before a field that took card numbers only.
#[test]
fn a_passport_stands_for_a_card_where_registro_civil_knows_none() {
    let begun = |card| {
        let registry: Arc<dyn Registry> = Arc::new(KnowsNobody(card));
        let mut booth = Booth::over(Outside { registry: Some(registry), ..Outside::default() });
        booth.employs("rosa", Role::Helper).employs_person("pedro", Role::Helper, "47000000-7");
        booth.lists_are_old(5).names_young_company().opens_unlisted("rosa", (ANA.0, "AB 123456"));
        booth
    };
    for card in [Card::Unknown, Card::Unlisted] {
        let mut booth = begun(card);
        booth.sees_msg(&Msg::SettlementWaiting).is_second("pedro");
        booth.types("3456⏎los mismos papeles⏎").types("⏎").is_at(&Msg::SettlementEmailHeading);
    }
    // Whoever has a card shows it.
    begun(Card::DoesNotMatch).sees_msg(&Msg::RefusalCardMismatch);
}

/// Where the registers know better, papers count for nothing.
#[test]
fn what_sii_or_a_list_says_outranks_the_papers() {
    let mut booth = Booth::with_list_of_days_ago(5);
    booth.names_young_company().representatives_are_former(true).opens_unlisted("rosa", ANA);
    booth.sees_msg(&Msg::UnsettledNotRepresentative).leaves().waits(31);
    booth.representatives_are_former(false).names_young_company().companies_are_closed(true);
    booth.opens_unlisted("rosa", ANA).sees_msg(&Msg::UnsettledNotRepresentative).leaves();
    // SII itself was asked: it knows no such company, and nothing is offered.
    let mut booth = Booth::new();
    booth.employs("rosa", Role::Helper).enters("1").types(&format!("{YOUNG}⏎"));
    booth.is_at(&Msg::UnfitUnknownHeading).is_joined_by("rosa");
    assert!(!booth.offers_button(&Msg::ButtonOpenUnlisted), "{}", booth.read());
}

/// One bribed member registers nothing.
#[test]
fn one_member_alone_registers_nothing() {
    let mut booth = Booth::with_list_of_days_ago(5);
    booth.names_young_company().opens_unlisted("rosa", ANA).waits(31);
    booth.is_second("rosa").types(&format!("{LAST_FOUR}⏎los mismos papeles⏎"));
    booth.sees_msg(&Msg::UnsettledSamePerson).types("⏎").presses([Key::Esc]).types("⏎");
    booth.sees_msg(&Msg::SettlementNotYet);
    assert!(booth.account(YOUNG).is_none());
    assert!(booth.audited().contains(&(Action::LookUpCompany, Outcome::Found(Found::CompanyUnknown))));
}

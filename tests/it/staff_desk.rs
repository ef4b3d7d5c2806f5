//! The staff desk: what each role finds there, what goes on record, and that nothing secret or
//! unmasked is ever shown.

use std::time::Duration;

use totem::audit::Actor;
use totem::domain::deed::{Action, Outcome};
use totem::domain::facilitator::Checklist;
use totem::domain::secret::Secret;
use totem::domain::staff::{Act, Role};
use totem::effect::requests::{RequestAct, Shape, Which};
use totem::effect::{Effect, Reply, Sought, StaffAct, StaffOrder, StaffReply, StaffSession};
use totem::event::Key;
use totem::text::Msg;

use crate::booth::{ANSWER, Booth, CLAVE, COMPANY, MAILBOX, MOBILE, PASSWORD};

/// Those of an account.
const ROLES: [Role; 3] = [Role::Helper, Role::Approver, Role::Manager];

fn booth(role: Role) -> Booth {
    let mut booth = Booth::with_company();
    booth.employs("Rosa Araya", role);
    booth
}

#[test]
fn a_company_is_found_by_its_rut_and_by_a_folio_and_is_masked() {
    let mut booth = booth(Role::Helper);
    booth.asks_for_question(COMPANY).types(&format!("{ANSWER}⏎")).letters().types("⏎");
    let folio = booth.folio();
    booth.leaves().presses([Key::F(12)]).pictured("desk-sign-in").signs_in("Rosa Araya");
    booth.is_at(&Msg::StaffMenuHeading).pictured("desk-menu").clicks_on(&Msg::ButtonSearch);
    booth.types("x⏎⏎").sees_msg(&Msg::WrongSought).types("␛").clicks_on(&Msg::ButtonSearch);
    booth.types(&format!("{COMPANY}⏎llama por teléfono⏎")).is_at(&Msg::StaffCompanyHeading);
    booth.sees("99.999.999-9").sees("11.xxx.xxx-1").sees("contxxxx@comxxxx").sees(&folio);
    booth.sees_not(MAILBOX).sees_not(MOBILE).sees_not("11.111.111-1").sees_not(ANSWER).sees_not(CLAVE);
    booth.sees_not("NOMBRE DE MI MASCOTA");
    booth.types("⏎").clicks_on(&Msg::ButtonSearch).types(&format!("{folio}⏎trae el folio⏎"));
    booth.is_at(&Msg::StaffCompanyHeading).sees("99.999.999-9");
    booth
        .types("⏎")
        .clicks_on(&Msg::ButtonSearch)
        .types("50000000-7⏎se equivocó⏎")
        .sees_msg(&Msg::StaffNothing);
    let looks: Vec<(Actor, String)> = booth
        .audit()
        .into_iter()
        .filter(|entry| entry.action == Action::SeeCompany)
        .map(|entry| (entry.actor, entry.note.map(String::from).unwrap_or_default()))
        .collect();
    let rosa = || Actor::Staff("Rosa Araya".into());
    let expected = ["llama por teléfono", "trae el folio", "se equivocó"];
    assert_eq!(looks, expected.map(|note| (rosa(), note.to_string())));
}

#[test]
fn the_desk_is_left_alone_for_five_minutes_at_most() {
    let mut booth = booth(Role::Manager);
    booth.opens_desk("Rosa Araya").is_at(&Msg::StaffMenuHeading).presses([Key::F(8)]);
    booth.waits(239).sees_not("¿Sigue ahí?").waits(1).sees("¿Sigue ahí?").waits(60).is_at_rest();
    assert!(booth.audited().contains(&(Action::SignOut, Outcome::Done)));
    booth.opens_desk("Rosa Araya").is_at(&Msg::StaffMenuHeading).presses([Key::F(10)]).is_at_rest();
    booth.waits(30).opens_desk("Rosa Araya").types("␛").is_at_rest();
    // Only the first page has the way in.
    booth.types("⏎").presses([Key::F(12)]).is_at(&Msg::MenuHeading);
}

#[test]
fn a_wait_is_ended_at_the_desk() {
    let mut booth = booth(Role::Helper);
    for _ in 0..3 {
        booth.validates("Cualquier1").leaves();
    }
    booth.validates(CLAVE).is_at(&Msg::StopWaitHeading).leaves();
    booth.opens_desk("Rosa Araya").clicks_on(&Msg::ButtonUnblock).types(&format!("{COMPANY}⏎está aquí⏎"));
    booth.sees_msg(&Msg::StaffUnblocked).leaves();
    booth.validates(CLAVE).is_at(&Msg::ChangeOwnHeading);
}

#[test]
fn the_outbox_and_another_try() {
    let mut booth = booth(Role::Manager);
    booth.asks_for_question(COMPANY).forgets_answer().shows_card("11111111-1", "B1C234567").chooses("1");
    booth.letters().types("⏎").is_at(&Msg::SuccessHeading).leaves();
    booth.opens_desk("Rosa Araya").acts(&Msg::ButtonSeeOutbox, "reclamo").sees("contxxxx@comxxxx");
    booth.sees_not(MAILBOX).sees_msg(&Msg::OutboxWaiting).pictured("desk-outbox");
    // A waiting message is not tried again.
    booth.chooses("1").sees_msg(&Msg::OutboxHint).leaves();
    booth.waits(25 * 3600).runs_courier();
    booth.opens_desk("Rosa Araya").acts(&Msg::ButtonSeeOutbox, "reclamo").sees_msg(&Msg::OutboxExpired);
    booth.chooses("1").is_at(&Msg::ButtonTryAgain).types("ahora sí⏎").sees_msg(&Msg::OutboxWaiting);
    let rows = booth.audit();
    let row = rows.iter().find(|entry| entry.action == Action::RetryMessage).expect("a row");
    assert_eq!((row.note.clone(), row.folio.is_some()), (Some("ahora sí".into()), true));
}

#[test]
fn the_figures_of_today() {
    let mut booth = booth(Role::Manager);
    booth.asks_for_question(COMPANY).types(&format!("{ANSWER}⏎")).letters().types("⏎").leaves();
    for _ in 0..2 {
        booth.asks_for_question(COMPANY).types("Otra cosa⏎").stays(60).leaves();
    }
    booth.enters("1").stays(120).leaves();
    booth.types("⏎").leaves();
    booth.opens_desk("Rosa Araya").acts(&Msg::ButtonSeeFigures, "el informe").is_at(&Msg::ButtonSeeFigures);
    booth.pictured("desk-figures");
    for line in ["Visitas: 5", "Terminadas: 1", "Dejadas a medias: 3", "Solo miraron: 1", "1 minuto"] {
        booth.sees(line);
    }
    booth.sees("Recuperar CS aquí · Pregunta secreta: 2").sees("Regístrese aquí · Empresa: 1");
    booth.sees("Lo que se escribió no coincide.: 2");
    // Staff's own time doesn't count, and tomorrow begins at zero.
    booth.leaves().waits(24 * 3600).opens_desk("Rosa Araya");
    booth.acts(&Msg::ButtonSeeFigures, "el informe").sees("Visitas: 0");
}

/// Each day that is kept can be looked at, one after the other, and each look is on record.
#[test]
fn the_figures_of_other_days() {
    let mut booth = booth(Role::Manager);
    booth.enters("1").stays(120).leaves();
    booth.waits(24 * 3600).enters("1").leaves().enters("2").leaves();
    booth.opens_desk("Rosa Araya").acts(&Msg::ButtonSeeFigures, "el informe").sees("Visitas: 2");
    assert!(!booth.offers(&Msg::ButtonDayAfter), "nobody was here tomorrow");
    let today = booth.read();
    booth.clicks_on(&Msg::ButtonDayBefore).sees("Visitas: 1").pictured("desk-figures-yesterday");
    booth
        .clicks_on(&Msg::ButtonDayBefore)
        .sees("Visitas: 0")
        .clicks_on(&Msg::ButtonDayAfter)
        .sees("Visitas: 1");
    booth.clicks_on(&Msg::ButtonDayAfter);
    assert_eq!(booth.read(), today);
    let looks = booth.audit().iter().filter(|row| row.action == Action::SeeFigures).count();
    assert_eq!(looks, 5);
    booth.types("␛").is_at(&Msg::StaffMenuHeading);
}

#[test]
fn a_visit_that_its_last_button_ends_counts_as_well() {
    let mut booth = booth(Role::Manager);
    booth.asks_for_question(COMPANY).types(&format!("{ANSWER}⏎")).letters().types("⏎⏎").is_at_rest();
    booth.opens_desk("Rosa Araya").acts(&Msg::ButtonSeeFigures, "el informe");
    booth.sees("Visitas: 1").sees("Terminadas: 1");
}

/// The day's figures begin at the office's midnight: three hours after UTC's in summer.
#[test]
fn a_day_of_figures_begins_at_the_office_s_midnight() {
    let mut booth = booth(Role::Manager);
    let sees = |booth: &mut Booth, visits: &str| {
        booth.opens_desk("Rosa Araya").acts(&Msg::ButtonSeeFigures, "el informe").sees(visits).leaves();
    };
    // It is nine in the morning.
    booth.enters("1").leaves().waits(14 * 3600);
    sees(&mut booth, "Visitas: 1");
    booth.enters("1").leaves().waits(59 * 60);
    sees(&mut booth, "Visitas: 2");
    booth.waits(60);
    sees(&mut booth, "Visitas: 0");
    booth.enters("1").leaves().waits(60);
    sees(&mut booth, "Visitas: 1");
}

/// Signs in at the desk itself, bypassing the screens.
pub fn signed_in(booth: &Booth) -> StaffSession {
    let (name, password) = ("Rosa Araya".into(), Secret::new(PASSWORD));
    let code = Secret::new(booth.telephone("Rosa Araya"));
    match booth.performs(Effect::SignIn { name, password, code }) {
        Reply::Staff(StaffReply::SignedIn(session)) => session,
        other => panic!("{other:?}"),
    }
}

/// Each role × each act, asked of the desk itself, whatever the screens offer.
#[test]
fn what_each_role_may_do() {
    let company = COMPANY.parse().expect("a RUT");
    let folio = "0410-6105-A".parse().expect("a folio");
    let checklist = Checklist::gone_through(|_| true).expect("all was ticked");
    let acts = [
        StaffAct::WaiveChallenge,
        StaffAct::Unblock(company),
        StaffAct::UnlockTerminal,
        StaffAct::SeeRefusal,
        StaffAct::VouchUnchecked { company, representative: company },
        StaffAct::SeeCompany(Sought::Company(company)),
        StaffAct::SeeOutbox,
        StaffAct::SeeFigures { days_ago: 0 },
        StaffAct::Request(RequestAct::List { which: Which::OfCompany(company), page: 0 }),
        StaffAct::Request(RequestAct::See(folio)),
        StaffAct::Request(RequestAct::Export(folio, Shape::Pages)),
        StaffAct::Request(RequestAct::Export(folio, Shape::Files)),
        StaffAct::Request(RequestAct::Approve(folio, checklist)),
        StaffAct::Request(RequestAct::Refuse(folio)),
        StaffAct::Request(RequestAct::Withdraw(folio)),
    ];
    for role in ROLES {
        let booth = booth(role);
        let session = signed_in(&booth);
        for act in &acts {
            let reply = booth.performs(Effect::Staff(Box::new(StaffOrder {
                session: session.clone(),
                act: act.clone(),
                reason: "a prueba".into(),
                visit: Duration::from_secs(60),
                code: None,
            })));
            let is_refused = reply == Reply::Staff(StaffReply::NotAllowed);
            assert_eq!(is_refused, !role.may(act.needs()), "{role:?} {act:?}: {reply:?}");
            // Whatever it shows, nothing opens an account.
            let told = format!("{reply:?}");
            assert!(!told.contains(MAILBOX) && !told.contains("argon2"), "{told}");
        }
        let refused = booth.audited().iter().filter(|(_, outcome)| *outcome == Outcome::NotAllowed).count();
        let expected = acts.iter().filter(|act| !role.may(act.needs())).count();
        assert_eq!(refused, expected, "{role:?}: what is not allowed is on record");
        // A former session is worth nothing.
        let (ending, lasted) = (None, Duration::ZERO);
        booth.performs(Effect::EndVisit { ending, lasted, session: Some(Box::new(session.clone())) });
        let (reason, visit, code) = ("a prueba".into(), Duration::ZERO, None);
        let order = StaffOrder { session, act: StaffAct::WaiveChallenge, reason, visit, code };
        let reply = booth.performs(Effect::Staff(Box::new(order)));
        assert_eq!(reply, Reply::Staff(StaffReply::SessionOver));
    }
}

/// No role unblocks, finds or helps a company of its own.
#[test]
fn nobody_acts_for_a_company_of_their_own() {
    let mut booth = Booth::with_company();
    booth.employs_person("Ana Ejemplo", Role::Manager, "11111111-1");
    for (entry, action) in [(Msg::ButtonSearch, Action::SeeCompany), (Msg::ButtonUnblock, Action::Unblock)] {
        booth.opens_desk("Ana Ejemplo").clicks_on(&entry).types(&format!("{COMPANY}⏎es mía⏎"));
        booth.is_at(&Msg::StaffNotAllowedHeading).pictured("desk-not-allowed").leaves().waits(30);
        assert!(booth.audited().contains(&(action, Outcome::NotAllowed)));
    }
}

#[test]
fn the_menu_of_each_role() {
    for role in ROLES {
        let mut booth = booth(role);
        booth.opens_desk("Rosa Araya");
        for (entry, act) in [
            (Msg::ButtonSearch, Act::SeeCompany),
            (Msg::ButtonUnblock, Act::Unblock),
            (Msg::ButtonSeeRequests, Act::SeeRequests),
            (Msg::ButtonSeeOutbox, Act::SeeOutbox),
            (Msg::ButtonSeeFigures, Act::SeeFigures),
        ] {
            assert_eq!(booth.offers(&entry), role.may(act), "{role:?} {act:?}");
        }
    }
}

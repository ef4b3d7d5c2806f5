//! What staff do with a request at their desk, by keys: two of them take it from the list to the
//! key in the facilitator's mailbox, and one alone may not.

use std::time::Duration;

use totem::audit::Actor;
use totem::domain::deed::{Action, Outcome};
use totem::domain::facilitator::{FacilitatorRequest, RequestStage, RequestState, Undecided};
use totem::domain::folio::Folio;
use totem::domain::secret::Secret;
use totem::domain::staff::Role;
use totem::effect::requests::{RequestAct, RequestReply, Shape, Which};
use totem::effect::{Effect, Reply, StaffAct, StaffOrder, StaffReply, StaffSession};
use totem::event::{Key, Target};
use totem::text::Msg;

use super::{FACILITATOR, NEW, Visit, checklist, hugo, staff};
use crate::booth::{ANSWER, Booth, CLAVE, COMPANY, MAILBOX, PASSWORD};

pub const ROSA: &str = "Rosa Araya";
pub const HUGO: &str = "Hugo Soto";

impl Visit {
    /// With a request, and two members of staff who may decide on it.
    fn with_request() -> (Self, String) {
        let mut visit = Visit::new();
        visit.booth.employs_person(ROSA, Role::Approver, "12345678-5");
        visit.booth.employs_person(HUGO, Role::Manager, "46666666-1");
        let folio = visit.requests();
        (visit, folio)
    }

    /// To the list of requests at this stage, by its number.
    fn lists_requests(&mut self, name: &str, stage: &str) -> &mut Booth {
        // A telephone's code works only once.
        self.booth.waits(30).opens_desk(name).clicks_on(&Msg::ButtonSeeRequests);
        self.booth.is_at(&Msg::RequestsHeading).chooses(stage).types("lo de hoy⏎")
    }

    /// On to the first waiting request.
    pub fn opens_first(&mut self, name: &str, stage: &str, folio: &str) -> &mut Booth {
        let heading = Msg::RequestHeading { folio: folio.into() };
        self.lists_requests(name, stage).chooses("1").is_at(&heading)
    }

    /// Signs in at the desk itself, bypassing the screens.
    fn session_of(&self, name: &str) -> StaffSession {
        let code = Secret::new(self.booth.telephone(name));
        let effect = Effect::SignIn { name: name.into(), password: Secret::new(PASSWORD), code };
        match self.booth.performs(effect) {
            Reply::Staff(StaffReply::SignedIn(session)) => session,
            other => panic!("{other:?}"),
        }
    }

    fn asks(&self, session: &StaffSession, act: RequestAct) -> Reply {
        self.booth.performs(Effect::Staff(Box::new(StaffOrder {
            session: session.clone(),
            act: StaffAct::Request(act),
            reason: "a prueba".into(),
            visit: Duration::from_secs(60),
            code: None,
        })))
    }

    /// Copies of the request, the first as old as the original.
    fn has_as_many_as(&self, folio: &str, count: u8) {
        let folio: Folio = folio.parse().unwrap();
        let now_ms = self.booth.now_ms();
        self.booth.runs(async |_| {
            let records = &self.booth.records;
            let request = records.request_of(folio).await.unwrap().unwrap().value;
            for number in 1..count {
                let folio = Folio::new([number, 0, 0, 0, 0]);
                let copy = FacilitatorRequest { folio, ..request.clone() };
                let id = records.new_id(now_ms + u64::from(number));
                records.draft(now_ms).new_request(id, &copy).commit(records).await.unwrap();
            }
        });
    }
}

/// Ticks the whole checklist.
pub const TICKS: &str = " ⏎ ⏎ ⏎ ";

impl Booth {
    /// From a request: its documents are laid out, and back to it.
    pub fn lays_documents_out(&mut self) -> &mut Self {
        self.clicks_on(&Msg::ButtonExportFiles).types("los comparo⏎").is_at(&Msg::ExportedHeading).types("⏎")
    }

    /// The same, and on to the checklist.
    pub fn goes_to_checklist(&mut self) -> &mut Self {
        self.lays_documents_out().clicks_on(&Msg::ButtonApproveRequest).is_at(&Msg::ChecklistHeading)
    }
}

/// Seen: a request was approved by two members who had opened none of its documents.
#[test]
fn nobody_approves_what_they_have_not_had_before_them() {
    let (mut visit, folio) = Visit::with_request();
    visit.opens_first(ROSA, "1", &folio).sees("exporte antes");
    assert!(!visit.booth.offers(&Msg::ButtonApproveRequest), "{}", visit.booth.read());
    visit.booth.lays_documents_out().sees_not("exporte antes");
    assert!(visit.booth.offers(&Msg::ButtonApproveRequest) && visit.booth.offers(&Msg::ButtonRefuseRequest));
    // Each session asks for it, and each request.
    visit.booth.leaves();
    visit.opens_first(ROSA, "1", &folio).sees("exporte antes").leaves();
    visit.has_as_many_as(&folio, 2);
    visit.opens_first(ROSA, "1", &folio).lays_documents_out().types("␛").chooses("2").sees("exporte antes");
    visit.booth.types("␛").chooses("1").sees_not("exporte antes").leaves();
    // Nor by bypassing the screens, and that is on record.
    visit.booth.waits(30);
    let (rosa, typed): (StaffSession, Folio) = (visit.session_of(ROSA), folio.parse().unwrap());
    let blindly = || visit.asks(&rosa, RequestAct::Approve(typed, checklist()));
    assert!(matches!(blindly(), Reply::Staff(StaffReply::Request(RequestReply::Undecided(_)))));
    assert!(visit.booth.audited().contains(&(Action::ApproveRequest, Outcome::NotAllowed)));
    visit.asks(&rosa, RequestAct::Export(typed, Shape::Files));
    assert!(matches!(blindly(), Reply::Staff(StaffReply::Request(RequestReply::Decided { .. }))));
}

#[test]
fn two_members_of_staff_lead_a_request_to_the_facilitators_key() {
    let (mut visit, folio) = Visit::with_request();
    visit.booth.waits(30).opens_desk(ROSA).clicks_on(&Msg::ButtonSeeRequests).pictured("requests-which");
    visit.booth.chooses("1").types("lo de hoy⏎").is_at(&Msg::RequestsWaiting).pictured("requests-list");
    visit
        .booth
        .sees(&folio)
        .sees("Maxxxx Joxxxx Sixxxx")
        .sees("99.xxx.xxx-9")
        .sees("las más antiguas primero");
    visit.booth.sees_not("María").sees_not("99.999.999-9");
    visit.booth.chooses("1").pictured("request-waiting").sees_msg(&Msg::RequestWaiting);
    for seen in
        ["11.xxx.xxx-1", "xxxx456", "xx-xx-1992", "Perú", "maxxxx@ejexxxx", "1 página", "99.999.999-9"]
    {
        visit.booth.sees(seen);
    }
    for whole in ["María", "Silva", "PA123456", "01-12", FACILITATOR, "11.111.111-1", ANSWER, CLAVE, "argon2"]
    {
        visit.booth.sees_not(whole);
    }
    visit.booth.goes_to_checklist();
    visit.booth.pictured("request-checklist").clicks(Target::Button(0)).is_at(&Msg::ChecklistHeading);
    visit.booth.pictured("request-checklist-unticked");
    visit.booth.types(&format!("{TICKS}⏎")).is_at(&Msg::DecidedApprovedByOneHeading);
    visit.booth.pictured("request-approved-by-one").types("⏎").sees_msg(&Msg::RequestsNone).leaves();
    visit.booth.runs_courier();
    assert!(visit.booth.post.subjects(FACILITATOR).is_empty(), "one is not enough");

    visit.opens_first(HUGO, "2", &folio).sees(ROSA).sees_msg(&Msg::RequestApprovedByOne);
    visit.booth.goes_to_checklist().types(&format!("{TICKS}⏎"));
    visit.booth.is_at(&Msg::DecidedApprovedHeading).types("⏎").leaves().waits(61).runs_courier();
    let sent = visit.booth.post.mail_to(FACILITATOR);
    visit.opens_first(ROSA, "3", &folio).sees(ROSA).sees(HUGO).sees_not(&sent).pictured("request-approved");
    assert!(
        !visit.booth.offers(&Msg::ButtonApproveRequest) && !visit.booth.offers(&Msg::ButtonRefuseRequest)
    );
    visit.booth.leaves();
    visit
        .comes_with(&sent)
        .is_at(&Msg::ChangeSentHeading)
        .types(&format!("{NEW}⏎{NEW}⏎"))
        .letters()
        .types("⏎");
    visit.booth.is_at(&Msg::SuccessHeading);

    let rows = visit.booth.audit();
    let approvals: Vec<_> = rows.iter().filter(|row| row.action == Action::ApproveRequest).collect();
    let expected = [ROSA, HUGO].map(|name| (Actor::Staff(name.into()), Some(checklist().note())));
    assert_eq!(
        approvals.iter().map(|row| (row.actor.clone(), row.note.clone())).collect::<Vec<_>>(),
        expected
    );
    assert!(approvals.iter().all(|row| row.folio == folio.parse().ok() && row.subject.is_some()));
    assert!(!format!("{rows:?}").contains(&sent));
}

#[test]
fn every_look_is_on_record_with_its_reason() {
    let (mut visit, folio) = Visit::with_request();
    visit.opens_first(ROSA, "1", &folio).types("␛").is_at(&Msg::RequestsWaiting).types("␛");
    visit.booth.is_at(&Msg::RequestsHeading).leaves();
    let rows = visit.booth.audit();
    let looks: Vec<_> = rows
        .into_iter()
        .filter(|row| matches!(row.action, Action::SeeRequests | Action::SeeRequest))
        .map(|row| (row.action, row.note.map(String::from).unwrap_or_default(), row.folio.is_some()))
        .collect();
    let reason = || "lo de hoy".to_string();
    assert_eq!(
        looks,
        [
            (Action::SeeRequests, reason(), false),
            (Action::SeeRequest, reason(), true),
            (Action::SeeRequests, reason(), false)
        ]
    );
}

#[test]
fn whoever_approved_it_is_not_the_second() {
    let (mut visit, folio) = Visit::with_request();
    visit.opens_first(ROSA, "1", &folio).goes_to_checklist();
    visit.booth.types(&format!("{TICKS}⏎")).leaves();
    visit.opens_first(ROSA, "2", &folio).sees_msg(&Msg::RequestOwnApproval).pictured("request-own-approval");
    assert!(!visit.booth.offers(&Msg::ButtonApproveRequest));
    assert!(visit.booth.offers(&Msg::ButtonRefuseRequest), "they may change their mind");
    visit.booth.leaves();
    // At two terminals at once the desk itself refuses: another name, the same person.
    visit.booth.employs_person("Hugo S.", Role::Approver, "46666666-1");
    visit.opens_first("Hugo S.", "2", &folio).goes_to_checklist().types(TICKS);
    let folio_typed = folio.parse().unwrap();
    let rosita = staff("rosita", "46666666-1");
    visit.booth.runs(async |desk| {
        desk.review().refuse(Folio::new([9; 5]), &rosita, &"no existe".into()).await.unwrap_err();
        // As if this person alone had brought the request to this state.
        let held = visit.booth.records.request_of(folio_typed).await.unwrap().unwrap();
        let mut request = held.value.clone();
        request.decisions[0].rut = rosita.rut;
        let draft = visit.booth.records.draft(0).replace(&held, &request, None);
        draft.commit(&visit.booth.records).await.unwrap();
    });
    visit.booth.types("⏎").is_at(&Msg::UndecidedHeading).sees_msg(&Msg::UndecidedSamePerson);
    visit.booth.pictured("request-same-person").types("⏎").is_at(&Msg::RequestsApprovedByOne).leaves();
    visit.booth.waits(61).runs_courier();
    assert!(visit.booth.post.subjects(FACILITATOR).is_empty());
    assert!(visit.booth.audited().contains(&(Action::ApproveRequest, Outcome::Wrong)));
}

#[test]
fn nobody_comes_near_a_request_of_their_own() {
    let (mut visit, folio) = Visit::with_request();
    visit.booth.employs_person("Ana Ejemplo", Role::Manager, "11111111-1");
    visit.lists_requests("Ana Ejemplo", "1").chooses("1").is_at(&Msg::StaffNotAllowedHeading).leaves();
    assert!(visit.booth.audited().contains(&(Action::SeeRequest, Outcome::NotAllowed)));
    // The company has another representative meanwhile; the request is still that of the first.
    visit.booth.runs(async |_| {
        let records = &visit.booth.records;
        let held = records.account_of(COMPANY.parse().unwrap()).await.unwrap().unwrap();
        let mut account = held.value.clone();
        account.representative.rut = "12345678-5".parse().unwrap();
        records.draft(0).replace(&held, &account, None).commit(records).await.unwrap();
    });
    visit.lists_requests("Ana Ejemplo", "1").chooses("1").is_at(&Msg::StaffNotAllowedHeading).leaves();
    // The present representative is just as close to it.
    visit.lists_requests(ROSA, "1").chooses("1").is_at(&Msg::StaffNotAllowedHeading).leaves();
    visit.opens_first(HUGO, "1", &folio).leaves();
    // Nor do they decide on it by bypassing the screens.
    visit.booth.waits(30);
    let folio: Folio = folio.parse().unwrap();
    let ana = visit.session_of("Ana Ejemplo");
    let reply = visit.asks(&ana, RequestAct::Approve(folio, checklist()));
    let own = RequestReply::Undecided(Undecided::OwnRequest);
    assert_eq!(reply, Reply::Staff(StaffReply::Request(own)));
    let rosa = visit.session_of(ROSA);
    let reply = visit.asks(&rosa, RequestAct::Approve(folio, checklist()));
    assert_eq!(reply, Reply::Staff(StaffReply::NotAllowed));
}

#[test]
fn a_refusal_reaches_the_mail_and_whoever_asks_how_it_stands() {
    let (mut visit, folio) = Visit::with_request();
    let reason = "La declaración no está firmada.";
    visit.booth.runs_courier();
    visit.opens_first(HUGO, "1", &folio).clicks_on(&Msg::ButtonRefuseRequest).pictured("request-refuse");
    visit.booth.types("⏎").sees_msg(&Msg::MissingRefusalReason).types("no⏎").sees_msg(&Msg::WrongReason);
    visit.booth.presses([Key::Backspace; 2]).types(&format!("{reason}⏎")).is_at(&Msg::DecidedRefusedHeading);
    visit.booth.leaves().waits(61).runs_courier();
    assert!(visit.booth.post.newest_mail(MAILBOX).contains(reason));
    assert!(visit.booth.post.subjects(FACILITATOR).is_empty());
    visit.opens_first(ROSA, "4", &folio).sees(reason).sees(HUGO).leaves();
    // Quoted, it has its point after the mark.
    visit.looks_up(&folio, "11111111-1").is_at(&Msg::StatusRefusedHeading);
    visit.booth.sees("«La declaración no está firmada».").pictured("request-status-refused").leaves();
    let rows = visit.booth.audit();
    let row = rows.iter().find(|row| row.action == Action::RefuseRequest).expect("a row");
    assert_eq!((row.note.clone(), row.actor.clone()), (Some(reason.into()), Actor::Staff(HUGO.into())));
}

#[test]
fn a_company_takes_its_request_back() {
    let (mut visit, folio) = Visit::with_request();
    visit.opens_first(ROSA, "1", &folio).clicks_on(&Msg::ButtonWithdrawRequest).pictured("request-withdraw");
    visit.booth.types("lo piden por carta⏎").is_at(&Msg::DecidedWithdrawnHeading).types("⏎").leaves();
    visit.looks_up(&folio, "11111111-1").is_at(&Msg::StatusWithdrawnHeading).leaves();
    // Another member had it open, and has already decided it.
    visit.booth.waits(30);
    assert!(visit.booth.audited().contains(&(Action::WithdrawRequest, Outcome::Done)));
    visit.opens_first(HUGO, "5", &folio).sees_msg(&Msg::RequestWithdrawn);
    assert!(!visit.booth.offers(&Msg::ButtonApproveRequest));
}

#[test]
fn what_somebody_else_decided_meanwhile_is_told() {
    let (mut visit, folio) = Visit::with_request();
    visit.opens_first(ROSA, "1", &folio).goes_to_checklist().types(TICKS);
    assert!(visit.refuses(&folio, &hugo(), "No corresponde.").is_ok());
    visit.booth.types("⏎").is_at(&Msg::UndecidedHeading).sees_msg(&Msg::UndecidedAlready);
    visit.booth.types("⏎").is_at(&Msg::RequestsWaiting).sees_msg(&Msg::RequestsNone);
    visit.booth.pictured("requests-none").leaves();
}

#[test]
fn hundreds_of_them_are_turned_page_by_page() {
    let (mut visit, folio) = Visit::with_request();
    visit.has_as_many_as(&folio, 200);
    visit.lists_requests(ROSA, "1").sees(&folio).sees("200 solicitudes").sees("página 1 de 29");
    visit
        .booth
        .clicks_on(&Msg::RequestsNext)
        .sees("página 2 de 29")
        .sees_not(&folio)
        .pictured("requests-page");
    visit.booth.chooses("9").sees("página 1 de 29").chooses("8").chooses("8").sees("página 3 de 29");
    // The first of the third page, and back to that page.
    visit
        .booth
        .chooses("1")
        .is_at(&Msg::RequestHeading { folio: Folio::new([14, 0, 0, 0, 0]).to_string().into() });
    visit.booth.types("␛").sees("página 3 de 29").types("␛").chooses("4").types("⏎");
    visit.booth.is_at(&Msg::RequestsRefused).sees_msg(&Msg::RequestsNone);
}

#[test]
fn a_search_leads_to_the_request() {
    let (mut visit, folio) = Visit::with_request();
    let heading = Msg::RequestHeading { folio: folio.as_str().into() };
    visit.booth.waits(30).opens_desk(ROSA).clicks_on(&Msg::ButtonSearch).types(&format!("{folio}⏎lo trae⏎"));
    visit.booth.is_at(&heading).types("␛").clicks_on(&Msg::ButtonSearch);
    visit.booth.types(&format!("{COMPANY}⏎lo piden⏎")).is_at(&Msg::StaffCompanyHeading);
    visit.booth.pictured("desk-company-with-requests").clicks_on(&Msg::ButtonSeeRequests);
    visit.booth.sees(&folio).sees_msg(&Msg::RequestWaiting).pictured("requests-of-company");
    visit.booth.chooses("1").is_at(&heading).leaves();
    let rows = visit.booth.audit();
    let noted =
        |action, note: &str| rows.iter().any(|row| row.action == action && row.note == Some(note.into()));
    assert!(noted(Action::SeeRequest, "lo trae") && noted(Action::SeeRequest, "lo piden"));
    // A member who may not see requests is led to the company.
    visit.booth.employs_person("Eva Ríos", Role::Helper, "46000000-9");
    visit.booth.opens_desk("Eva Ríos").clicks_on(&Msg::ButtonSearch).types(&format!("{folio}⏎lo trae⏎"));
    visit.booth.is_at(&Msg::StaffCompanyHeading);
    assert!(!visit.booth.offers(&Msg::ButtonSeeRequests));
}

/// Whatever the screens offer: without the right nobody decides, and the request stays as it was.
#[test]
fn a_helper_comes_near_no_request() {
    let (mut visit, folio) = Visit::with_request();
    visit.booth.employs_person("Eva Ríos", Role::Helper, "46000000-9");
    let session = visit.session_of("Eva Ríos");
    let folio: Folio = folio.parse().unwrap();
    let acts = [
        RequestAct::List { which: Which::At(RequestStage::Waiting), page: 0 },
        RequestAct::See(folio),
        RequestAct::Export(folio, Shape::Pages),
        RequestAct::Export(folio, Shape::Files),
        RequestAct::Approve(folio, checklist()),
        RequestAct::Refuse(folio),
        RequestAct::Withdraw(folio),
    ];
    for act in acts {
        let reply = visit.asks(&session, act.clone());
        assert_eq!(reply, Reply::Staff(StaffReply::NotAllowed), "{act:?}");
    }
    let held = visit.booth.runs(async |_| visit.booth.records.request_of(folio).await.unwrap().unwrap());
    assert_eq!((held.value.state, held.value.decisions.len()), (RequestState::Received, 0));
    let not_allowed =
        visit.booth.audited().into_iter().filter(|(_, outcome)| *outcome == Outcome::NotAllowed);
    let expected = [
        Action::SeeRequests,
        Action::SeeRequest,
        Action::ExportDocuments,
        Action::ExportDocumentFiles,
        Action::ApproveRequest,
        Action::RefuseRequest,
        Action::WithdrawRequest,
    ];
    assert_eq!(not_allowed.map(|(action, _)| action).collect::<Vec<_>>(), expected);
}

/// The screen's order of states is the order of the numbers that these journeys press.
#[test]
fn the_states_by_their_numbers() {
    let expected = [
        RequestStage::Waiting,
        RequestStage::ApprovedByOne,
        RequestStage::Approved,
        RequestStage::Refused,
        RequestStage::Withdrawn,
    ];
    assert_eq!(RequestStage::ALL, expected);
}

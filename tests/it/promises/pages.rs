//! Every page that promises a message: how it is reached, what it promises, and what keeps it from that.

use totem::domain::staff::Role;
use totem::text::Msg;

use super::obstacle::Obstacle::{self, Full, Held, Marked, Off, SmsHeld, SmsOff};
use super::obstacle::{BOTH, MAIL, MAIL_IN_BUDGET, MAIL_ON_FILE};
use super::walks::{
    APPLICANT, Reached, STAFF, at_desk, at_last, decided, facilitator_changes, proves_applicant, reached,
    registers, settles, visit, with_company,
};
use crate::booth::{ANSWER, CLAVE, COMPANY};
use crate::update::{EMAIL, MOBILE_LINE, OWN_EMAIL, STREET};

/// A promise, in the words for one message or for that of two, and what keeps it from being said.
pub type Promised = (&'static [Msg], &'static [Obstacle]);

/// How a page is reached, and what it promises.
pub struct PromisingPage {
    pub name: &'static str,
    pub walk: fn(Obstacle) -> Reached,
    pub promises: &'static [Promised],
}

/// From a booth with a company.
macro_rules! walked {
    ($($step:ident($($argument:expr),*)).+) => {
        |obstacle| {
            let mut booth = with_company(obstacle);
            booth.$($step($($argument),*)).+;
            reached(booth)
        }
    };
}

fn page(name: &'static str, walk: fn(Obstacle) -> Reached, promises: &'static [Promised]) -> PromisingPage {
    PromisingPage { name, walk, promises }
}

/// Each page, in the order of the menu.
pub fn pages() -> Vec<PromisingPage> {
    let all = [registrations(), recoveries(), own_account(), facilitators(), settlements(), desk()];
    all.into_iter().flatten().collect()
}

fn registrations() -> Vec<PromisingPage> {
    vec![
        page(
            "register: the mailbox's code",
            |obstacle| reached(registers(obstacle)),
            &[(&[Msg::CodeHintRegister], MAIL)],
        ),
        page(
            "register: another code",
            |obstacle| {
                let mut booth = registers(obstacle);
                booth.clicks_on(&Msg::ButtonSendCodeAgain);
                reached(booth)
            },
            &[(&[Msg::CodeComing], MAIL)],
        ),
        page(
            "register: the mobile's code",
            |obstacle| {
                let mut booth = registers(obstacle);
                proves_applicant(&mut booth);
                reached(booth)
            },
            &[(&[Msg::CodeHintMobileRegister], &[SmsOff, SmsHeld, Off, Held, Full])],
        ),
        page(
            "register: it waits for SII",
            |obstacle| {
                let mut booth = with_company(obstacle);
                booth.registers_unchecked("50000000-7", "12345678-5", APPLICANT).types("⏎⏎");
                proves_applicant(&mut booth);
                reached(booth)
            },
            &[(&[Msg::TakenPendingNotice], MAIL)],
        ),
    ]
}

fn recoveries() -> Vec<PromisingPage> {
    vec![
        page(
            "recover: by the answer",
            walked!(asks_for_question(COMPANY).types(&format!("{ANSWER}⏎")).letters().types("⏎")),
            &[
                (&[Msg::SentByMail, Msg::SentToCompany], MAIL_ON_FILE),
                (&[Msg::SentBySms], &[SmsOff, SmsHeld, Off, Held, Marked, Full]),
            ],
        ),
        page(
            "recover: to which address",
            walked!(asks_for_question(COMPANY).forgets_answer().shows_card("11111111-1", "B1C234567")),
            &[(&[Msg::RecoverAddressHint], MAIL_ON_FILE)],
        ),
        page(
            "recover: by the card",
            walked!(
                asks_for_question(COMPANY)
                    .forgets_answer()
                    .shows_card("11111111-1", "B1C234567")
                    .chooses("1")
                    .letters()
                    .types("⏎")
            ),
            &[(&[Msg::SentToCompany], MAIL_ON_FILE)],
        ),
        page("recover: the new address's code", walked!(asks_for_new_address()), &[(&[Msg::CodeHint], MAIL)]),
        page("recover: the key waits", walked!(proves_new_address()), &[(&[Msg::RecoverHeldNotice], BOTH)]),
        page(
            "recover: staff let it go",
            |obstacle| {
                let mut booth = with_company(obstacle);
                booth.employs(STAFF, Role::Helper).proves_new_address().is_witnessed_by(STAFF);
                reached(booth)
            },
            &[(&[Msg::SentByMail], MAIL)],
        ),
    ]
}

fn own_account() -> Vec<PromisingPage> {
    vec![
        page("change", walked!(changes(CLAVE, "Guitarra+9")), &[(&[Msg::ChangedNotice], BOTH)]),
        page(
            "update: the company's mailbox",
            walked!(sees_data().sets(EMAIL, "nuevo@comercial.example").saves_if_it_can()),
            &[(&[Msg::CodeHintCompanyEmail], MAIL)],
        ),
        page(
            "update: the mobile",
            walked!(sees_data().sets(MOBILE_LINE, "911112222").saves_if_it_can()),
            &[(&[Msg::CodeHintMobile], &[SmsOff, SmsHeld, Off, Held])],
        ),
        page(
            "update: the representative's mailbox",
            walked!(sees_data().sets(OWN_EMAIL, "ana@nueva.example").saves_if_it_can()),
            &[(&[Msg::CodeHintRepresentativeEmail], MAIL)],
        ),
        page(
            "update: saved",
            walked!(sees_data().sets(STREET, "Calle Nueva").saves()),
            &[(&[Msg::UpdateSavedNotice], MAIL_IN_BUDGET)],
        ),
        page("my data: a copy", walked!(sees_my_data().chooses("2")), &[(&[Msg::CopySent], MAIL_ON_FILE)]),
        page("my data: an erasure", walked!(asks_for_erasure()), &[(&[Msg::ErasureAskedNotice], BOTH)]),
        page(
            "my data: no erasure",
            walked!(asks_for_erasure().leaves().sees_my_data().clicks_on(&Msg::ButtonTakeErasureBack)),
            &[(&[Msg::ErasureTakenBackNotice], BOTH)],
        ),
    ]
}

fn facilitators() -> Vec<PromisingPage> {
    vec![
        page(
            "facilitator: the declaration by mail",
            |obstacle| {
                let mut visit = visit(obstacle);
                visit.validates().clicks_on(&Msg::DeclarationByMail);
                at_last(visit)
            },
            &[(&[Msg::DeclarationOnItsWay], MAIL_ON_FILE)],
        ),
        page(
            "facilitator: the receipt",
            |obstacle| {
                let mut visit = visit(obstacle);
                visit.fills_in().types("⏎⏎");
                at_last(visit)
            },
            &[
                (&[Msg::FacilitatorTakenCopy], MAIL_ON_FILE),
                (&[Msg::RequestAnswerNotice], MAIL),
                (&[Msg::FacilitatorNextKey], MAIL),
            ],
        ),
        page(
            "facilitator: in review",
            |obstacle| {
                let (mut visit, folio) = decided(obstacle, false);
                visit.looks_up(&folio, "11111111-1");
                at_last(visit)
            },
            &[(&[Msg::RequestAnswerNotice], MAIL)],
        ),
        page(
            "facilitator: approved",
            |obstacle| {
                let (mut visit, folio) = decided(obstacle, true);
                visit.looks_up(&folio, "11111111-1");
                at_last(visit)
            },
            &[(&[Msg::StatusApproved], MAIL)],
        ),
        page(
            "facilitator: their own clave",
            facilitator_changes,
            &[(&[Msg::FacilitatorKeyChangedNotice], MAIL)],
        ),
    ]
}

fn settlements() -> Vec<PromisingPage> {
    vec![
        page(
            "settlement: the mailbox's code",
            |obstacle| {
                let mut booth = settles(obstacle);
                booth.types("duena@correo.example⏎");
                reached(booth)
            },
            &[(&[Msg::SettlementCodeHint], MAIL)],
        ),
        page(
            "settlement: the mobile's code",
            |obstacle| {
                let mut booth = settles(obstacle);
                booth.types("duena@correo.example⏎");
                let code = booth.runs_courier().post.mail_to("duena@correo.example");
                booth.types(&format!("{code}⏎"));
                if booth.page().heading == Msg::SettlementMobileHeading.into() {
                    booth.types("912345678⏎");
                }
                reached(booth)
            },
            &[(&[Msg::CodeHintMobileRegister], &[SmsOff, SmsHeld, Off, Held])],
        ),
        page(
            "settlement: given",
            |obstacle| {
                let mut booth = settles(obstacle);
                booth.fills_the_list().letters().types("⏎");
                reached(booth)
            },
            &[(&[Msg::SettledNotice], MAIL)],
        ),
    ]
}

fn desk() -> Vec<PromisingPage> {
    vec![
        page(
            "desk: approved",
            |obstacle| at_desk(obstacle, &Msg::ButtonApproveRequest),
            &[(&[Msg::DecidedApproved], MAIL_ON_FILE), (&[Msg::DecidedApprovedNotice], MAIL_ON_FILE)],
        ),
        page(
            "desk: refused",
            |obstacle| at_desk(obstacle, &Msg::ButtonRefuseRequest),
            &[(&[Msg::DecidedRefused], MAIL_ON_FILE)],
        ),
    ]
}

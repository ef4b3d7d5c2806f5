//! Every page that promises a message, with each obstacle that a message may meet: it promises what
//! leaves, and says of the rest what is so. A promise of `flow::promise` that stands in no row here fails.

mod obstacle;
mod pages;
mod walks;

use std::collections::BTreeSet;

use totem::domain::contact::Contact;
use totem::domain::staff::Role;
use totem::effect::Effect;
use totem::event::Target;
use totem::text::Msg;

use crate::booth::{ANSWER, Booth, COMPANY, Company, MAILBOX, MOBILE, OWN_MAILBOX, Outside};
use crate::facilitator::FACILITATOR;
use crate::update::{EMAIL, MOBILE_LINE, STREET};
use obstacle::OBSTACLES;
use obstacle::Obstacle::{self, Full, Held, MailHeld, MailOff, Marked, Off, SmsOff};
use pages::{PromisingPage, pages};
use walks::{Reached, STAFF, proves_applicant, registers, settles, with_company};

/// What no page says where nothing leaves, whatever its sentences.
const PROMISING: [&str; 10] = [
    "será enviada",
    "en camino",
    "enviamos un",
    "que enviamos",
    "le enviamos",
    "se le enviará",
    "avisamos",
    "llega al correo",
    "próximos 10 minutos",
    "sale ahora",
];

#[test]
fn every_page_promises_what_leaves_and_nothing_else() {
    let mut faults = Vec::new();
    for PromisingPage { name, walk, promises } in pages() {
        for obstacle in OBSTACLES {
            let Reached { booth, .. } = walk(obstacle);
            let text = booth.read();
            for (says, hindered_by) in promises {
                let is_said = says.iter().any(|msg| booth.shows(&booth.says(msg)));
                if is_said == hindered_by.contains(&obstacle) {
                    faults.push(format!("{name}, {obstacle:?}: {} said: {is_said}", says[0].key()));
                }
            }
            if promises.iter().all(|(_, hindered_by)| hindered_by.contains(&obstacle)) {
                let low = text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
                let promising = PROMISING.iter().filter(|words| low.contains(*words));
                faults.extend(promising.map(|words| format!("{name}, {obstacle:?}: {words}\n{text}")));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// The sentences of `flow::promise`, by their keys: each stands in a row above.
#[test]
fn no_promise_is_left_out() {
    let source = include_str!("../../../src/flow/promise.rs");
    let declared = source.lines().filter_map(|line| {
        let says = line.trim().split_once(" => Msg::")?.1.strip_suffix(',')?;
        says.chars().all(char::is_alphanumeric).then(|| says.to_string())
    });
    let declared: BTreeSet<String> = declared.take_while(|says| says != "FactEmail").collect();
    let camel = |key: &str| -> String {
        let words = key.split('-').map(|word| word[..1].to_uppercase() + &word[1..]);
        words.collect()
    };
    let promises = pages().into_iter().flat_map(|page| page.promises.iter());
    let tried: BTreeSet<String> =
        promises.flat_map(|(says, _)| says.iter()).map(|msg| camel(msg.key())).collect();
    let left_out: Vec<_> =
        declared.difference(&tried).filter(|says| !OTHERS.contains(&says.as_str())).collect();
    assert!(left_out.is_empty() && declared.len() > 20, "{left_out:?} of {declared:?}");
}

/// Sentences of that file that are none of the promises: what is said in their place, and headings.
const OTHERS: [&str; 9] = [
    "OutlookHeldMail",
    "OutlookHeldSms",
    "OutlookOffMail",
    "OutlookOffSms",
    "SuccessHeading",
    "TakenHeading",
    "NotSentHeading",
    "CodeHeading",
    "CodeAwaitedHeading",
];

/// Who only typed an address sees of one that refuses what is seen of any other (T11): at the registration
/// and for a key to another address.
#[test]
fn an_address_that_refuses_is_told_to_no_stranger() {
    let told = |obstacle: Option<Obstacle>, walk: fn(&mut Booth)| {
        let mut booth = Booth::over(Outside::default()).knows(Company::default());
        if let Some(obstacle) = obstacle {
            obstacle.befalls(&booth);
        }
        walk(&mut booth);
        // Folios are drawn at random.
        let is_folio = |word: &&str| word.len() == 11 && word.get(4..5) == Some("-");
        booth.read().split_whitespace().filter(|word| !is_folio(word)).collect::<Vec<_>>().join(" ")
    };
    let walks: [fn(&mut Booth); 2] = [
        |booth| {
            booth.fills_in("50000000-7", "12345678-5", OWN_MAILBOX, "Guitarra+9").types("⏎⏎");
            booth.is_at(&Msg::CodeHeading);
        },
        |booth| {
            booth.sees_data().sets(EMAIL, FACILITATOR).clicks(Target::Button(0)).letters().types("⏎");
            booth.is_at(&Msg::CodeHeading);
        },
    ];
    for walk in walks {
        assert_eq!(told(None, walk), told(Some(Marked), walk));
    }
}

/// The one whose RUT stands on no page as an example.
const OTHER: &str = "99.999.997-2";

/// To the receipt of a key.
fn asks_for_key() -> Booth {
    let mut booth = Booth::new().knows(Company { rut: "99999997-2", ..Company::default() });
    booth.asks_for_question(OTHER).types(&format!("{ANSWER}⏎")).letters().types("⏎");
    booth
}

/// The receipt of a key leads to *Cambiar CS* with the RUT filled in, and nothing else goes along.
#[test]
fn whoever_has_the_key_goes_on_to_change_it() {
    let mut booth = asks_for_key();
    booth.is_at(&Msg::SuccessHeading).sees_msg(&Msg::SentWhatNext);
    let key = booth.runs_courier().post.mail_to(MAILBOX);
    booth.clicks_on(&Msg::ButtonChangeArrived).is_at(&Msg::ChangeWhoHeading).pictured("change-who-arrived");
    booth.sees(OTHER).sees_not(ANSWER).types(&format!("11111111-1⏎{key}⏎"));
    booth.is_at(&Msg::ChangeSentHeading).types("Guitarra+9⏎Guitarra+9⏎").letters().types("⏎");
    booth.is_at(&Msg::SuccessHeading).sees_msg(&Msg::Changed).types("⏎").is_at_rest();
}

/// The next person at the kiosk finds nothing of it, however the visit ended.
#[test]
fn the_rut_that_went_along_ends_with_the_visit() {
    let ends: [fn(&mut Booth); 3] = [
        |booth| {
            booth.waits(180).is_at_rest();
        },
        |booth| {
            booth.leaves();
        },
        |booth| {
            booth.types("␛").is_at(&Msg::MenuHeading).types("␛").is_at_rest();
        },
    ];
    for end in ends {
        let mut booth = asks_for_key();
        booth.clicks_on(&Msg::ButtonChangeArrived).is_at(&Msg::ChangeWhoHeading).sees(OTHER);
        end(&mut booth);
        booth.enters("3").is_at(&Msg::ChangeWhoHeading).sees_not(OTHER);
    }
}

/// Three have left, and the fourth is not promised within ten minutes.
#[test]
fn a_key_over_the_budget_is_not_promised_within_ten_minutes() {
    let mut booth = with_company(Full);
    booth.asks_for_question(COMPANY).types(&format!("{ANSWER}⏎")).letters().types("⏎");
    booth.is_at(&Msg::TakenHeading).sees("este sale en 51 minutos").pictured("recover-sent-later");
    booth.waits(50 * 60).runs_courier();
    assert_eq!((booth.post.mail_count(), booth.post.text_count(MOBILE)), (0, 0));
    booth.waits(60).runs_courier();
    assert_eq!((booth.post.mail_count(), booth.post.text_count(MOBILE)), (1, 1));
}

/// An office without SMS neither asks for a mobile's code nor speaks of one.
#[test]
fn an_office_without_sms_asks_for_no_code_of_the_mobile() {
    let mut booth = registers(SmsOff);
    proves_applicant(&mut booth);
    booth.is_at(&Msg::RegisteredHeading).sees_msg(&Msg::RegisteredNoSms).pictured("register-no-sms");
    assert_eq!(booth.runs_courier().post.text_count(MOBILE), 0);
}

/// Nor does it offer to change a mobile, which no code could prove; the rest is saved, and no mobile is asked
/// about beside it.
#[test]
fn an_office_without_sms_changes_no_mobile() {
    let mut booth = with_company(SmsOff);
    booth.sees_data().sets(MOBILE_LINE, "911112222").clicks(Target::Button(0)).is_at(&Msg::NoCodeHeading);
    booth.sees_msg(&Msg::SmsOff).pictured("update-no-sms").types("⏎").is_at(&Msg::UpdateReviewHeading);
    booth.sets(STREET, "Calle Nueva").clicks(Target::Button(0)).is_at(&Msg::UpdateConfirmHeading);
    booth.sees_msg(&Msg::SmsOff).sees_not("1111 2222").pictured("update-confirm-no-sms");
    booth.letters().types("⏎").is_at(&Msg::UpdateSavedHeading).leaves();
    assert_eq!(booth.runs_courier().post.text_count("+56911112222"), 0);
    let account = booth.account(COMPANY).unwrap();
    assert_eq!(
        (account.representative.mobile.international(), account.address.street.as_str()),
        (MOBILE.into(), "Calle Nueva")
    );
}

/// What was not proved at the registration is offered to be proved as far as a code can come.
#[test]
fn an_office_without_sms_proves_no_mobile_later() {
    let mut booth = registers(SmsOff);
    proves_applicant(&mut booth);
    booth.is_at(&Msg::RegisteredHeading).leaves();
    booth.enters("5").types("50000000-7⏎12345678-5⏎Guitarra+9⏎").is_at(&Msg::UpdateReviewHeading);
    booth
        .clicks(Target::Button(1))
        .clicks_on(&Msg::ButtonProveContacts)
        .sees_msg(&Msg::CodeHintRepresentativeEmail);
    booth.clicks_on(&Msg::ButtonLater).is_at(&Msg::UpdateSavedHeading);
    let asks_for_mobile = |effect: &Effect| match effect {
        Effect::SaveData(_, change) => {
            change.contacts.iter().any(|contact| matches!(contact, Contact::Mobile(_)))
        }
        _ => false,
    };
    assert!(!booth.asked.iter().any(asks_for_mobile), "{:?}", booth.asked);
}

/// Whoever is given an account there is asked for no mobile, of which there is one on file.
#[test]
fn an_office_without_sms_gives_an_account_without_a_mobile() {
    let mut booth = settles(SmsOff);
    booth.types("duena@correo.example⏎");
    let code = booth.runs_courier().post.mail_to("duena@correo.example");
    booth.types(&format!("{code}⏎")).is_at(&Msg::RegisterQuestionHeading);
    booth.types("␛").is_at(&Msg::SettlementEmailHeading);
}

/// How the pages with an obstacle look.
#[test]
fn obstacles_are_told_in_plain_words() {
    for (name, obstacle) in
        [("recover-sent-off", Off), ("recover-sent-held", Held), ("recover-sent-refused", Marked)]
    {
        let mut booth = with_company(obstacle);
        booth.asks_for_question(COMPANY).types(&format!("{ANSWER}⏎")).letters().types("⏎").pictured(name);
    }
    registers(MailHeld).pictured("register-code-held");
    registers(MailOff).pictured("register-code-off");
}

/// Staff see at their desk what waits, and for what.
#[test]
fn the_desk_says_what_a_message_waits_for() {
    for (obstacle, says) in [
        (MailOff, Msg::OutboxOff),
        (MailHeld, Msg::OutboxStalled),
        (Marked, Msg::OutboxMarked),
        (Full, Msg::OutboxWaitsMinutes { minutes: 51 }),
    ] {
        let mut booth = with_company(obstacle);
        booth.employs(STAFF, Role::Manager).asks_for_question(COMPANY).forgets_answer();
        booth.shows_card("11111111-1", "B1C234567").chooses("1").letters().types("⏎").leaves();
        booth.opens_desk(STAFF).acts(&Msg::ButtonSeeOutbox, "reclamo").sees_msg(&says);
    }
}

//! The whole of a settlement: every step, what can be done there, and where it leads.

use super::Settlement;
use crate::domain::clave::KnownWords;
use crate::domain::clean::Clean;
use crate::domain::reference::Id;
use crate::effect::settlement::{
    DisputeConfirmed, DisputeOpened, FacilitatorOnFile, SettlementBegun, SettlementReply,
};
use crate::effect::{Proved, Reply};
use crate::flow::Setup;
use crate::flow::table::Do::{Answer, Keys};
use crate::flow::table::{Table, awaiting, card_of_applicant, letters, machine, on, sent_to};

machine!(Settlement, asks);

fn opened() -> DisputeOpened {
    DisputeOpened::by_staff(Id([3; 16]), card_of_applicant().company(), awaiting().folio())
}

fn begun() -> Reply {
    let name = Clean::from("Comercial Ejemplo Limitada");
    let maria = FacilitatorOnFile { id: Id([8; 16]), name: "María Quispe".into(), document: "xxxx456".into() };
    Reply::Settlement(SettlementReply::GoesOn(Box::new(SettlementBegun {
        confirmed: DisputeConfirmed::by_second(opened()),
        known: KnownWords::new(opened().company(), &[name.as_str()]),
        company_name: name,
        facilitators: vec![maria],
    })))
}

#[test]
fn the_whole_machine() {
    let setup = Setup { questions: vec!["NOMBRE DE MI MASCOTA".into()] };
    let to_prove = || Reply::Settlement(SettlementReply::ToProve { awaiting: awaiting(), sent_to: sent_to() });
    let right = || Reply::AddressProved(Proved::Contact);
    let gone_on = [Keys("⏎")];
    let early = on(&gone_on, &[Answer(Reply::Settlement(SettlementReply::NotYet))]);
    let email = on(&gone_on, &[Answer(begun())]);
    let email_sent = on(&email, &[Keys("a@b.cl⏎")]);
    let email_code = on(&email_sent, &[Answer(to_prove())]);
    let email_typed = on(&email_code, &[Keys("12345678⏎")]);
    let mobile = on(&email_typed, &[Answer(right())]);
    let mobile_code = on(&mobile, &[Keys("912345678⏎"), Answer(to_prove())]);
    let question = on(&mobile, &[Keys("⇥⇥⏎")]);
    let clave = on(&question, &[Keys("1firulais⏎")]);
    let facilitator = on(&clave, &[Keys("Guitarra+9⏎Guitarra+9⏎")]);
    let confirm = on(&facilitator, &[Keys(" ⏎⏎"), Answer(letters())]);
    let sent = on(&confirm, &[Keys("caht⏎")]);
    let settled = Reply::Settlement(SettlementReply::Settled { folio: awaiting().folio() });

    let mut table = Table::new(move || Settlement::new(opened(), &setup));
    table.step(&[], &["⏎", "1", "2"]);
    table.step(&gone_on, &[]);
    table.step(&early, &["⏎"]);
    table.step(&email, &["a@b.cl⏎", "a@gmial.com⏎", "⏎"]);
    table.step(&email_sent, &[]);
    table.step(&email_code, &["12345678⏎", "1234⏎"]);
    table.step(&email_typed, &[]);
    table.step(&mobile, &["912345678⏎", "⏎", "⇥⇥⏎"]);
    table.step(&mobile_code, &["12345678⏎"]);
    table.step(&question, &["1firulais⏎", "1⏎", "⏎"]);
    table.step(&clave, &["Guitarra+9⏎Guitarra+9⏎", "Guitarra+9⏎Otra+clave7⏎", "⏎"]);
    table.step(&facilitator, &["⏎⏎", " ⏎⏎"]);
    table.step(&confirm, &["caht⏎", "xxxx⏎"]);
    table.step(&sent, &[]);
    table.step(&on(&sent, &[Answer(settled)]), &["⏎"]);
    table.step(&on(&gone_on, &[Answer(Reply::Settlement(SettlementReply::Over))]), &["⏎"]);
    insta::assert_snapshot!(table.text, @"");
}

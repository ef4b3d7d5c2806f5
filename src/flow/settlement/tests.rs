//! The whole of a settlement: every step, what can be done there, and where it leads.

use super::Settlement;
use crate::effect::settlement::SettlementReply;
use crate::effect::{Proved, Reply};
use crate::flow::Setup;
use crate::flow::table::Do::{Answer, Keys};
use crate::flow::table::{Table, awaiting, dispute_opened, letters, machine, on, sent_to, settlement_begun};

machine!(Settlement, asks);

#[test]
fn the_whole_machine() {
    let setup = Setup { questions: vec!["NOMBRE DE MI MASCOTA".into()] };
    let to_prove =
        || Reply::Settlement(SettlementReply::ToProve { awaiting: awaiting(), sent_to: sent_to() });
    let right = || Reply::AddressProved(Proved::Contact);
    let gone_on = [Keys("⏎")];
    let early = on(&gone_on, &[Answer(Reply::Settlement(SettlementReply::NotYet))]);
    let email = on(&gone_on, &[Answer(Reply::Settlement(settlement_begun()))]);
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

    let mut table = Table::new(move || Settlement::new(dispute_opened(), &setup));
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

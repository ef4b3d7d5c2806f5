//! The model's traces at the real desk: what is tried there comes to the same, the same mailboxes get
//! codes, and the same people are in afterwards (T7).

mod cast;
mod deeds;
mod stage;

use std::collections::BTreeMap;

use totem_model::desk::{Mailboxes, Who};
use totem_model::rules::Try;
use totem_model::traces::{Code, CodeFor, Done, Outcome, Trace, TraceStep, of_world};
use totem_model::variant::*;
use totem_model::world::Action;

use stage::Stage;

/// Whether the real desk can be asked for this by now.
fn is_replayed(step: &TraceStep) -> bool {
    !matches!(step.done, Done::Action(Action::Try(Try::Settle { .. } | Try::Prove { .. })))
}

/// What differs first, if anything does.
fn difference(trace: &Trace, variant: Variant) -> Option<String> {
    let mut stage = Stage::new(variant);
    let mut last = None;
    for (number, step) in trace.steps.iter().enumerate().take_while(|(_, step)| is_replayed(step)) {
        if let Some(difference) = differs(&mut stage, number, step) {
            return Some(format!("step {number}: {difference}"));
        }
        last = Some(step);
    }
    last.and_then(|last| differs_in_who_is_in(&mut stage, last))
}

fn differs(stage: &mut Stage, number: usize, step: &TraceStep) -> Option<String> {
    stage.before.insert(
        number,
        stage
            .claves
            .last()
            .cloned()
            .unwrap_or_else(|| stage::KnownClave { clave: String::new(), by: Vec::new() }),
    );
    stage.booth.passes(2);
    stage.forgives();
    stage.fresh_codes.clear();
    let came = match step.done {
        Done::Action(action) => stage.does(action),
        Done::Typed(code) => {
            let came = stage.types(code);
            if came.is_ok() && code.what == CodeFor::Undo {
                let before = stage.before[&code.told_in].clone();
                stage.claves.push(before);
            }
            came
        }
    };
    let heard = stage.all_read();
    let told = match (step.outcome, &came) {
        (Outcome::Done(told), Ok(())) => told,
        (Outcome::Refused(_), Err(_)) => return None,
        _ => return Some(format!("{:?} -> {:?}, and at the desk {came:?}", step.done, step.outcome)),
    };
    for (what, codes) in
        [(CodeFor::Undo, told.undo), (CodeFor::Freeze, told.freeze), (CodeFor::Stop, told.stop)]
    {
        for (mailbox, code) in &stage.fresh_codes {
            if codes.has(*mailbox) {
                stage.codes.insert(Code { what, mailbox: *mailbox, told_in: number }, code.clone());
            }
        }
    }
    let codes = told.undo | told.freeze | told.stop;
    let unheard: Mailboxes = told.warned.iter().filter(|mailbox| !heard.any.has(*mailbox)).collect();
    let names = |mailboxes: Mailboxes| mailboxes.iter().collect::<Vec<_>>();
    if codes != heard.code {
        return Some(format!(
            "{:?}: codes go to {:?}, and at the desk to {:?}",
            step.done,
            names(codes),
            names(heard.code)
        ));
    }
    if !unheard.is_empty() {
        return Some(format!("{:?}: {:?} don't hear", step.done, names(unheard)));
    }
    None
}

/// Everybody tries every clave and key that they ever knew.
fn differs_in_who_is_in(stage: &mut Stage, last: &TraceStep) -> Option<String> {
    for (who, is_in) in [Who::Owner, Who::Partner, Who::Thief].into_iter().zip(last.is_in) {
        let reads = stage.variant.read_by(who);
        let own =
            stage.claves.iter().filter(|known| known.by.contains(&who)).map(|known| known.clave.clone());
        let keys = stage.keys.values().flatten().filter(|(mailbox, _)| reads.has(*mailbox));
        let all: Vec<String> = own.chain(keys.map(|(_, key)| key.clone())).collect();
        let opens = all.iter().any(|clave| stage.opens(who, clave));
        if opens != is_in {
            return Some(format!("{who:?} is in: {is_in}, and at the desk: {opens}"));
        }
    }
    None
}

/// Traces of each world, unless `TOTEM_TRACES` says how many: so few take seconds, and others come when
/// the model changes.
const TRACES: usize = 40;

#[expect(
    clippy::disallowed_methods,
    reason = "a wish of whoever runs the tests, not a setting of the program"
)]
fn traces_of_each_world() -> usize {
    std::env::var("TOTEM_TRACES").ok().and_then(|wish| wish.parse().ok()).unwrap_or(TRACES)
}

#[test]
fn the_real_desk_does_what_the_model_says() {
    let worlds = [
        UNREGISTERED,
        BY_PERSON,
        ALONE,
        FORMER,
        FORMERS_MAILBOX,
        STOLEN,
        STOLEN_AND_ERASED,
        MAILBOX_READ,
        BRIBED,
        BRIBED_AND_FORMER,
        TWO,
        ERASURE,
    ];
    let mut found: BTreeMap<String, (usize, String)> = BTreeMap::new();
    let mut count = 0;
    for (variant, seed) in worlds.into_iter().zip(1..) {
        for trace in of_world(variant, seed).into_iter().take(traces_of_each_world()) {
            count += 1;
            if let Some(difference) = difference(&trace, variant) {
                let kind = difference.chars().filter(|symbol| !symbol.is_ascii_digit()).collect();
                found.entry(kind).or_insert((0, format!("{difference}\n{trace}"))).0 += 1;
            }
        }
    }
    let shown: Vec<String> = found.values().map(|(times, shown)| format!("{times} times: {shown}")).collect();
    println!("{count} traces");
    assert!(shown.is_empty(), "{}", shown.join("\n"));
}

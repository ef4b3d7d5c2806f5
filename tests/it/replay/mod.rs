//! The model's traces at the real desk: what is tried there comes to the same, the same mailboxes get
//! codes, all who should hear do, and the same people are in afterwards (T7).

mod cast;
mod deeds;
mod stage;

use std::collections::BTreeMap;
use std::sync::Mutex;

use totem_model::desk::{Mailboxes, Who};
use totem_model::traces::{Code, CodeFor, Done, Outcome, Trace, TraceStep, of_world};
use totem_model::variant::{REPLAYED, Variant};

use deeds::Came;
use stage::{Heard, Stage};

/// What differs first, if anything does.
fn difference(trace: &Trace, variant: Variant) -> Option<String> {
    let mut stage = Stage::new(variant);
    for (number, step) in trace.steps.iter().enumerate() {
        if let Some(difference) = differs(&mut stage, number, step) {
            return Some(format!("step {number}: {difference}"));
        }
    }
    trace.steps.last().and_then(|last| differs_in_who_is_in(&mut stage, last))
}

fn differs(stage: &mut Stage, number: usize, step: &TraceStep) -> Option<String> {
    stage.before.insert(number, stage.in_use());
    stage.booth.passes(2);
    stage.forgives();
    stage.fresh_codes.clear();
    let came = match step.done {
        Done::Action(action) => stage.does(action),
        Done::Typed(code) => typed(stage, code),
    };
    let heard = stage.all_read();
    let told = match (step.outcome, &came) {
        (Outcome::Done(told), Ok(())) => told,
        (Outcome::Refused(_), Err(_)) => return None,
        (expected, came) => {
            return Some(format!("{:?} -> {expected:?}, and at the desk {came:?}", step.done));
        }
    };
    for (what, codes) in
        [(CodeFor::Undo, told.undo), (CodeFor::Freeze, told.freeze), (CodeFor::Stop, told.stop)]
    {
        for (mailbox, code) in stage.fresh_codes.iter().filter(|(mailbox, _)| codes.has(*mailbox)) {
            stage.codes.insert(Code { what, mailbox: *mailbox, told_in: number }, code.clone());
        }
    }
    differs_in_who_hears(step, told.warned, told.undo | told.freeze | told.stop, &heard)
}

fn typed(stage: &mut Stage, code: Code) -> Came {
    let came = stage.types(code);
    if came.is_ok() && code.what == CodeFor::Undo {
        let before = stage.before[&code.told_in].clone();
        stage.claves.push(before);
    }
    came
}

fn differs_in_who_hears(
    step: &TraceStep,
    warned: Mailboxes,
    codes: Mailboxes,
    heard: &Heard,
) -> Option<String> {
    let names = |mailboxes: Mailboxes| mailboxes.iter().collect::<Vec<_>>();
    if codes != heard.code {
        let (model, desk) = (names(codes), names(heard.code));
        return Some(format!("{:?}: codes go to {model:?}, and at the desk to {desk:?}", step.done));
    }
    let unheard: Vec<_> = warned.iter().filter(|mailbox| !heard.any.has(*mailbox)).collect();
    (!unheard.is_empty()).then(|| format!("{:?}: {unheard:?} don't hear", step.done))
}

/// Everybody tries every clave and key that they ever knew.
fn differs_in_who_is_in(stage: &mut Stage, last: &TraceStep) -> Option<String> {
    let mut opens: BTreeMap<String, bool> = BTreeMap::new();
    let people = [Who::Owner, Who::Partner, Who::Thief];
    for (who, is_in) in people.into_iter().zip(last.is_in) {
        let reads = stage.variant.read_by(who);
        let known = stage.claves.iter().filter(|known| known.by.contains(&who));
        let keys = stage.keys.values().flatten().filter(|(mailbox, _)| reads.has(*mailbox));
        let own = known.map(|known| known.clave.clone());
        let all: Vec<String> = own.chain(keys.map(|(_, key)| key.clone())).collect();
        let mut at_desk = false;
        for clave in all {
            at_desk |= match opens.get(&clave) {
                Some(opens) => *opens,
                None => {
                    let is_right = stage.opens(who, &clave);
                    opens.insert(clave, is_right);
                    is_right
                }
            };
        }
        if at_desk != is_in {
            return Some(format!("{who:?} is in: {is_in}, and at the desk: {at_desk}"));
        }
    }
    None
}

/// What came of all traces.
#[derive(Default)]
struct Replayed {
    equal: usize,
    different: Vec<String>,
}

fn replay(worlds: &Mutex<Vec<(Variant, u64)>>, replayed: &Mutex<Replayed>) {
    loop {
        let next = worlds.lock().expect("no replay panics").pop();
        let Some((variant, seed)) = next else { return };
        for trace in of_world(variant, seed).into_iter().step_by(ONE_OF) {
            let found = difference(&trace, variant);
            let mut replayed = replayed.lock().expect("no replay panics");
            match found {
                None => replayed.equal += 1,
                Some(shown) => replayed.different.push(format!("{shown}\n{trace}")),
            }
        }
    }
}

/// Everywhere one trace of so many; all of them where the program is built for release, which is much
/// faster.
const ONE_OF: usize = if cfg!(debug_assertions) { 10 } else { 1 };

/// The first of each kind of difference.
fn kinds(different: &[String]) -> Vec<&String> {
    let mut kinds: BTreeMap<String, &String> = BTreeMap::new();
    for shown in different {
        let first = shown.lines().next().unwrap_or_default();
        kinds.entry(first.chars().filter(|symbol| !symbol.is_ascii_digit()).collect()).or_insert(shown);
    }
    kinds.into_values().collect()
}

#[test]
fn the_real_desk_does_what_the_model_says() {
    let worlds = Mutex::new(REPLAYED.into_iter().zip(1..).collect());
    let replayed = Mutex::default();
    let workers = std::thread::available_parallelism().map_or(1, usize::from);
    std::thread::scope(|scope| {
        for _ in 0..workers {
            scope.spawn(|| replay(&worlds, &replayed));
        }
    });
    let Replayed { equal, different } = replayed.into_inner().expect("no replay panics");
    println!("{equal} traces are equal");
    assert_eq!(kinds(&different), Vec::<&String>::new(), "{} traces differ", different.len());
    assert!(equal >= 10_000 / ONE_OF, "{equal}");
}

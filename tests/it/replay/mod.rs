//! The model's traces at the real desk: what is tried there comes to the same, the same mailboxes get
//! codes, all who should hear do, and the same people are in afterwards (T7).

mod cast;
mod deeds;
mod stage;

use std::collections::BTreeMap;
use std::sync::Mutex;

use totem_model::desk::{Mailboxes, Who};
use totem_model::rules::Try;
use totem_model::traces::{Code, CodeFor, Done, Outcome, Trace, TraceStep, of_world};
use totem_model::variant::{
    ALONE, BRIBED, BRIBED_AND_FORMER, BY_PERSON, ERASURE, FORMER, FORMERS_MAILBOX, MAILBOX_READ, STOLEN,
    STOLEN_AND_ERASED, TWO, UNREGISTERED, Variant,
};
use totem_model::world::Action;

use deeds::Came;
use stage::{Heard, Stage};

/// The worlds of the traces. What is left out are channels that somebody else's code proves (an older
/// store, a mistyped mobile) and SII's silence.
const WORLDS: [Variant; 12] = [
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

/// Where the desk is known to differ from the model. A trace ends there. The list only shrinks: what no
/// trace shows any more leaves it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Known {
    /// T5: where a key went that a deed ends, nobody hears of it.
    WhereKeyWent,
    /// T6: two members of staff give no account to a company that has none.
    OfficeWithoutAccount,
}

const KNOWN: [Known; 2] = [Known::WhereKeyWent, Known::OfficeWithoutAccount];

/// What differs, in words, and whether that is known.
struct Difference {
    known: Option<Known>,
    shown: String,
}

/// What differs first, if anything does.
fn difference(trace: &Trace, variant: Variant) -> Option<Difference> {
    let mut stage = Stage::new(variant);
    for (number, step) in trace.steps.iter().enumerate() {
        if let Some(mut difference) = differs(&mut stage, number, step) {
            difference.shown = format!("step {number}: {}", difference.shown);
            return Some(difference);
        }
    }
    let shown = trace.steps.last().and_then(|last| differs_in_who_is_in(&mut stage, last))?;
    Some(Difference { known: None, shown })
}

fn differs(stage: &mut Stage, number: usize, step: &TraceStep) -> Option<Difference> {
    let had_account = stage.booth.account(crate::booth::COMPANY).is_some();
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
            let known = known_outcome(step, had_account, came);
            let shown = format!("{:?} -> {expected:?}, and at the desk {came:?}", step.done);
            return Some(Difference { known, shown });
        }
    };
    for (what, codes) in
        [(CodeFor::Undo, told.undo), (CodeFor::Freeze, told.freeze), (CodeFor::Stop, told.stop)]
    {
        for (mailbox, code) in stage.fresh_codes.iter().filter(|(mailbox, _)| codes.has(*mailbox)) {
            stage.codes.insert(Code { what, mailbox: *mailbox, told_in: number }, code.clone());
        }
    }
    differs_in_who_hears(stage, step, told.warned, told.undo | told.freeze | told.stop, &heard)
}

fn typed(stage: &mut Stage, code: Code) -> Came {
    let came = stage.types(code);
    if came.is_ok() && code.what == CodeFor::Undo {
        let before = stage.before[&code.told_in].clone();
        stage.claves.push(before);
    }
    came
}

fn known_outcome(step: &TraceStep, had_account: bool, came: &Came) -> Option<Known> {
    let Done::Action(Action::Try(tried)) = step.done else { return None };
    match (tried, came) {
        (Try::Settle { .. }, Err(_)) => (!had_account).then_some(Known::OfficeWithoutAccount),
        _ => None,
    }
}

fn differs_in_who_hears(
    stage: &Stage,
    step: &TraceStep,
    warned: Mailboxes,
    codes: Mailboxes,
    heard: &Heard,
) -> Option<Difference> {
    let names = |mailboxes: Mailboxes| mailboxes.iter().collect::<Vec<_>>();
    if codes != heard.code {
        let shown = format!(
            "{:?}: codes go to {:?}, and at the desk to {:?}",
            step.done,
            names(codes),
            names(heard.code)
        );
        return Some(Difference { known: None, shown });
    }
    let unheard: Vec<_> = warned.iter().filter(|mailbox| !heard.any.has(*mailbox)).collect();
    if unheard.is_empty() {
        return None;
    }
    let mut keys = stage.keys.values().flatten().map(|(mailbox, _)| *mailbox);
    let had_keys = unheard.iter().all(|mailbox| keys.any(|had| had == *mailbox));
    let known = had_keys.then_some(Known::WhereKeyWent);
    Some(Difference { known, shown: format!("{:?}: {unheard:?} don't hear", step.done) })
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
    known: BTreeMap<Known, usize>,
    unknown: Vec<String>,
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
                Some(Difference { known: Some(known), .. }) => *replayed.known.entry(known).or_default() += 1,
                Some(Difference { known: None, shown }) => replayed.unknown.push(format!("{shown}\n{trace}")),
            }
        }
    }
}

/// Everywhere one trace of so many; all of them where the program is built for release, which is much
/// faster.
const ONE_OF: usize = if cfg!(debug_assertions) { 10 } else { 1 };

/// The first of each kind of difference.
fn kinds(unknown: &[String]) -> Vec<&String> {
    let mut kinds: BTreeMap<String, &String> = BTreeMap::new();
    for shown in unknown {
        let first = shown.lines().next().unwrap_or_default();
        kinds.entry(first.chars().filter(|symbol| !symbol.is_ascii_digit()).collect()).or_insert(shown);
    }
    kinds.into_values().collect()
}

#[test]
fn the_real_desk_does_what_the_model_says() {
    let worlds = Mutex::new(WORLDS.into_iter().zip(1..).collect());
    let replayed = Mutex::default();
    let workers = std::thread::available_parallelism().map_or(1, usize::from);
    std::thread::scope(|scope| {
        for _ in 0..workers {
            scope.spawn(|| replay(&worlds, &replayed));
        }
    });
    let Replayed { equal, known, unknown } = replayed.into_inner().expect("no replay panics");
    println!("{equal} traces are equal to their end, {known:?} up to where the desk is known to differ");
    assert_eq!(kinds(&unknown), Vec::<&String>::new(), "{} traces differ", unknown.len());
    let all = equal + known.values().sum::<usize>();
    assert!(all >= 10_000 / ONE_OF, "{all}");
    if ONE_OF == 1 {
        let shown: Vec<Known> = known.into_keys().collect();
        assert_eq!(shown, KNOWN, "the list holds what no trace shows any more");
    }
}

//! The proof: every state of every world, what each rule is for, and traces that say the same each time.

#![allow(clippy::unwrap_used, reason = "what fails in a test shall stop it")]

use std::collections::HashSet;
use std::mem::discriminant;
use std::sync::Mutex;

use totem_model::ablation::{ABLATIONS, Ablation, Checked, check};
use totem_model::properties::PROPERTIES;
use totem_model::rules::Rule;
use totem_model::traces::{Done, Outcome, all};
use totem_model::variant::{Variant, variants};
use totem_model::world::Action;

/// Several at once.
fn check_all() -> Vec<(Variant, Checked)> {
    let waiting = Mutex::new(variants().collect::<Vec<_>>());
    let checked = Mutex::new(Vec::new());
    let workers = std::thread::available_parallelism().map_or(1, usize::from);
    std::thread::scope(|scope| {
        for _ in 0..workers {
            scope.spawn(|| {
                loop {
                    let next = waiting.lock().expect("no check panics").pop();
                    let Some(variant) = next else { return };
                    let found = check(variant);
                    checked.lock().expect("no check panics").push((variant, found));
                }
            });
        }
    });
    checked.into_inner().expect("no check panics")
}

#[test]
fn every_property_holds_in_every_state_of_every_world() {
    let checked = check_all();
    for (variant, Checked { states, broken }) in &checked {
        println!("{states:>8} states  {}", variant.name);
        assert_eq!(broken, &[], "{}", variant.name);
    }
    let states: usize = checked.iter().map(|(_, checked)| checked.states).sum();
    println!("{states:>8} states together");
    assert!(states >= 1_000_000, "{states}");
}

#[test]
fn without_any_rule_a_property_breaks() {
    let mut useless = Vec::new();
    for ablation @ Ablation { rule, world, breaks } in ABLATIONS {
        match ablation.counterexample() {
            Some(way) => println!("Without {rule:?} ({}) this breaks: {breaks}. {way:#?}", world.name),
            None => useless.push((rule, world.name, breaks)),
        }
    }
    assert_eq!(useless, [], "rules without which all still holds");
}

#[test]
fn every_rule_and_every_property_is_shown_to_matter() {
    let rules: HashSet<Rule> = ABLATIONS.iter().map(|ablation| ablation.rule).collect();
    let missing: Vec<Rule> = Rule::ALL.into_iter().filter(|rule| !rules.contains(rule)).collect();
    assert_eq!(missing, [], "rules that nothing shows the want of");
    let broken: HashSet<&str> = ABLATIONS.iter().map(|ablation| ablation.breaks).collect();
    let empty: Vec<&str> = PROPERTIES.into_iter().filter(|property| !broken.contains(property)).collect();
    assert_eq!(empty, [] as [&str; 0], "properties that nothing breaks");
}

#[test]
fn the_traces_are_many_and_the_same_each_time() {
    let traces = all();
    assert!(traces.len() >= 10_000, "{}", traces.len());
    assert_eq!(traces, all());
    let steps = || traces.iter().flat_map(|trace| &trace.steps);
    let tries: HashSet<_> = steps()
        .filter_map(|step| match step.done {
            Done::Action(Action::Try(tried)) => {
                Some((discriminant(&tried), matches!(step.outcome, Outcome::Done(_))))
            }
            _ => None,
        })
        .collect();
    // Twelve of them are no codes of notices. All but applying are refused somewhere.
    let done = tries.iter().filter(|(_, is_done)| *is_done).count();
    assert_eq!((done, tries.len() - done), (12, 11));
    let refusals: HashSet<_> = steps()
        .filter_map(|step| match step.outcome {
            Outcome::Refused(refusal) => Some(refusal),
            Outcome::Done(_) => None,
        })
        .collect();
    assert_eq!(refusals.len(), 10, "all but being asked before: {refusals:?}");
}

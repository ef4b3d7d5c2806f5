//! Each call that saving a clave makes fails, once or for good, in the real kiosk. The page that comes is
//! true: whoever reads *fue cambiada* has the new clave at the next start, whoever reads that nothing
//! was done has the old one, and nobody waits for ever.
//!
//! An ordinary run takes the first calls of each kind, among which is the commit; `TOTEM_TEST_FAULTS=all`
//! takes every call until the page comes.

use std::collections::BTreeMap;
use std::fs;

use super::layer::{Fault, KINDS, Lasts, counted, hits};
use super::opening::{errors, takes_all};
use super::running::{NEW, OLD, kiosk, right_clave, up_to_saving};

/// What the person is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Told {
    Changed,
    NothingDone,
    Unsure,
}

const PAGES: [(&str, Told); 3] = [
    ("fue cambiada", Told::Changed),
    ("No podemos guardar ahora", Told::NothingDone),
    ("No sabemos si se guardó", Told::Unsure),
];

/// What came of saving under a fault: what was told, and which calls failed.
fn saved_under(fault: Option<Fault>) -> Result<(Told, [u64; KINDS.len()], String), String> {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let (armed, tally) = (folder.path().join("armed"), folder.path().join("tally"));
    let mut seat = kiosk(folder.path(), &armed, fault);
    up_to_saving(&mut seat);
    fs::write(&armed, "").expect("a file");
    seat.type_letters();
    let came = seat.reaches_any(&PAGES.map(|(page, _)| page));
    let counts = counted(&tally);
    fs::remove_file(&armed).expect("it is there");
    let contents = seat.screen().contents();
    let told = PAGES.iter().find(|(page, _)| came && contents.contains(page));
    let Some((_, told)) = told else { return Err(format!("{fault:?}: no page of those:\n{contents}")) };
    // As somebody's plug that is pulled: what was told has to hold.
    seat.signal(rustix::process::Signal::KILL);
    drop(seat);
    let right = right_clave(folder.path());
    let hit = hits(&tally).lines().next().unwrap_or("nothing").replace(&*folder.path().to_string_lossy(), "");
    let is_true = match told {
        Told::Changed => right == NEW,
        Told::NothingDone => right == OLD,
        Told::Unsure => true,
    };
    if is_true {
        Ok((*told, counts, hit))
    } else {
        Err(format!("{fault:?} on {hit}: told {told:?}, and the right clave is {right}"))
    }
}

fn calls_until_told(count: u64) -> std::ops::RangeInclusive<u64> {
    1..=if takes_all() { count } else { count.min(3) }
}

#[test]
fn whatever_call_fails_the_page_is_true() {
    let (told, counts, _) = saved_under(None).expect("without a fault it is saved");
    assert_eq!(told, Told::Changed);
    let (mut wrong, mut pages) = (Vec::new(), BTreeMap::<Told, u32>::new());
    for (kind, count) in KINDS.into_iter().zip(counts) {
        println!("{kind}: {count} calls");
        for at in calls_until_told(count) {
            for errno in errors(kind) {
                for lasts in [Lasts::Once, Lasts::ForGood] {
                    match saved_under(Some(Fault { kind, at, errno: *errno, lasts })) {
                        Ok((told, _, hit)) => {
                            println!("{kind} {at} {errno} {lasts:?} on {hit}: {told:?}");
                            *pages.entry(told).or_default() += 1;
                        }
                        Err(why) => wrong.push(why),
                    }
                }
            }
        }
    }
    println!("{pages:?}");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    // A write that failed may lie on the disk all the same, so that it is never *nothing was done*.
    assert_eq!(pages.keys().collect::<Vec<_>>(), [&Told::Changed, &Told::Unsure], "{pages:?}");
}

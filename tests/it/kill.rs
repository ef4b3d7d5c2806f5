//! The writing process is killed at random moments, while writing and while opening: everything
//! acknowledged is there, nothing is half there, and the store opens again.

#![allow(
    clippy::disallowed_methods,
    reason = "a child is killed at a random moment, which nothing announces"
)]

use std::time::Duration;

use crate::child::{Chance, Checked, Mode, Said, Writer};

const KILLS: u64 = 60;

#[test]
fn nothing_acknowledged_is_lost_by_a_kill() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let folder = folder.path().join("store");
    let mut chance = Chance::new("kill");
    let mut checked = Checked::default();
    let mut killed_while_opening = 0;
    for _ in 0..KILLS {
        let mut writer = Writer::start(Mode::Store, &folder, &[]);
        writer.wait_for(Said::Opening, 1);
        if chance.below(3) == 0 {
            std::thread::sleep(Duration::from_micros(chance.below(15_000)));
        } else {
            assert!(writer.wait_for(Said::Acknowledged, 1 + chance.below(60)), "the child gave up");
        }
        writer.kill();
        killed_while_opening += u64::from(!writer.opened);
        checked.check(&folder, &writer.acknowledged);
    }
    assert!(checked.rows() > KILLS, "the child hardly wrote: {} rows", checked.rows());
    assert!(killed_while_opening > 0, "no kill came while the store was opening");
}

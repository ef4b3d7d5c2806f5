//! Traces that broke a law once, each as a test of its own. `--keep NAME` adds one.

use super::office::play;
use super::plan::Plan;
use super::trace::Aloud;

/// Plays what is kept under this name.
fn keeps_the_laws(trace: &str) {
    let plan: Plan = serde_json::from_str(trace).expect("it was written by the simulator");
    let outcome = play(&plan, None, Aloud::No);
    assert_eq!(outcome.broken, None, "{plan}");
}

/// A test for each file of `traces`.
macro_rules! kept {
    ($($name:ident)*) => {
        $(
            #[test]
            fn $name() {
                keeps_the_laws(include_str!(concat!("traces/", stringify!($name), ".json")));
            }
        )*
    };
}

kept! {
    a_clock_behind_what_was_told_counts_no_day
    a_day_is_counted_from_a_sure_time_alone
    a_message_that_rots_bars_no_settlement
    a_key_to_another_mailbox_waits_a_day
}

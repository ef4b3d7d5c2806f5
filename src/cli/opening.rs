//! Opens the store for a command, and shows how far it is while the store is looked through, or what an
//! older program wrote is being raised: a bar on a terminal, elsewhere a line every few seconds.

use std::io::{self, Write as _};
use std::time::{Duration, Instant};

use super::{Failure, bar};
use crate::config::Config;
use crate::service::{self, Opened, Raising, Work};

/// Between two lines where there is no terminal.
const A_LINE_EVERY: Duration = Duration::from_secs(3);

/// The store that these settings name, which must be there.
pub(super) async fn opened(config: &Config) -> Result<Opened, Failure> {
    let shown = bar::new();
    let mut said: Option<Instant> = None;
    let mut tell = |raising: Raising| {
        if !shown.is_hidden() {
            bar::show(&shown, Some(raising.done as f64 / raising.of.max(1) as f64), line(raising));
        } else if said.is_none_or(|said| said.elapsed() >= A_LINE_EVERY) {
            // Nobody may be left to read it.
            let _ = writeln!(io::stderr(), "{}", line(raising));
            said = Some(Instant::now());
        }
    };
    let opened = service::open_existing_telling(config, &mut tell).await;
    shown.finish_and_clear();
    Ok(opened?)
}

fn line(Raising { work, done, of }: Raising) -> String {
    match work {
        Work::LookingThrough => {
            format!("looking through the store, which was not closed: {done} of {of} entries")
        }
        Work::Raising => format!("bringing the store of an older totem up to date: {done} of {of} records"),
    }
}

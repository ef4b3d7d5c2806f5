//! The head: whether it is noted how far the store has come (T13), and whether the store is what it says.
//! A store that is not the newest is refused before, and told as such.

use crate::clock;
use crate::config::Config;
use crate::service::{self, Opened};
use crate::store::sled::StoreTotal;
use crate::store::standing::StoreStanding;

use super::Finding;

/// Of a store that could be opened.
pub(super) fn judge(
    config: &Config,
    opened: &Opened,
    (standing, tallied): &(Option<StoreStanding>, StoreTotal),
) -> Vec<Finding> {
    let shown = config.store.head.display();
    let noted = match (&opened.unnoted, standing) {
        (Some(error), _) => Finding::fault(
            format!(
                "head: it can't be noted in {shown} ({error}), so that an older copy of the store is not told"
            ),
            "give the folder to the kiosk's own user (chown), or set store.head to another one",
        ),
        (None, Some(standing)) => Finding::ok(format!(
            "head: {shown} knows the store up to row {}, {}",
            standing.rows,
            clock::utc(standing.at_ms)
        )),
        (None, None) => Finding::fault(
            "head: the store does not say where it stands",
            "start the kiosk once, which brings a store of an older totem up to date",
        ),
    };
    let is_whole = standing.is_none_or(|standing| tallied.is_what_was_at(&standing));
    let changed = (!is_whole).then(|| {
        Finding::fault(
            "store: records are not as they were written: one was put back as it was before, taken away, or \
             listed elsewhere",
            "totem audit verify says more; keep the store as it is, and restore the last backup",
        )
    });
    [noted].into_iter().chain(changed).collect()
}

/// Beside a kiosk that has the store open.
pub(super) fn examine_running(config: &Config) -> Option<Finding> {
    let vault = service::vault(config).ok()?;
    let shown = config.store.head.display();
    Some(match service::noted(&config.store.head, &vault.chain()) {
        Some(noted) => Finding::ok(format!(
            "head: {shown} knows the store up to row {}, {}",
            noted.rows,
            clock::utc(noted.at_ms)
        )),
        None => Finding::fault(
            format!("head: nothing that can be read is noted in {shown}, so that an older copy is not told"),
            "the kiosk's log says why; give the folder to its own user (chown), or set store.head to another one",
        ),
    })
}

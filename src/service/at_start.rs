//! What is checked once when the kiosk starts, and told only to the log: none of it keeps the kiosk
//! from serving.

use crate::config::{Config, Source};
use crate::registry::bulk::{Kind, RegisterShelf};
use crate::store::Upkeep;

/// A full disk can't even be read from, so the log warns before.
pub(super) fn warn_of_little_room(config: &Config, store: &impl Upkeep) {
    match store.space() {
        Ok(space) if u32::from(space.free_percent) < config.store.warn_free_percent => {
            tracing::warn!(percent = space.free_percent, "little room on the store's disk");
        }
        Ok(_) => {}
        Err(error) => tracing::warn!(reason = %error, "the store's disk doesn't tell its free room"),
    }
}

/// A register that can't be used doesn't keep the kiosk from starting: each look-up will say so.
/// The log warns before.
pub(super) fn warn_of_registers(config: &Config) {
    let (asked, shelf) = (&config.registry, RegisterShelf::new(&config.register.folder));
    let kinds = [
        (asked.companies, Kind::SiiNombres),
        (asked.representatives, Kind::Representantes),
        (asked.cards, Kind::Cedulas),
    ];
    for (_, kind) in kinds.into_iter().filter(|(source, _)| *source == Source::Register) {
        if let Err(error) = shelf.current(kind) {
            tracing::warn!(reason = %error, "a register can't be used");
        }
    }
}

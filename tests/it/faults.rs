//! Calls below the store fail, each once and for good: reads, writes, syncs, names, no descriptor, no
//! room. What is whole is neither moved nor changed, each message is true, and at the next start
//! everything that was acknowledged is there.

mod folder;
mod full;
mod layer;
mod opening;
mod running;
mod saving;

//! The page that stands while what is behind the screen is being opened, if that takes long: an old
//! store is being raised, a disk is slow. It takes no key, so it names none.

use crate::event::Target;
use crate::flow;
use crate::page::{Block, Page};
use crate::text::Msg;

pub(super) fn page() -> Page {
    let blocks = vec![Block::Banner("CLAVE SENCE".to_string()), Block::Opening(Msg::PreparingWait)];
    flow::page(Msg::PlaceAttract, Msg::PreparingHeading, blocks, Target::Opening)
}

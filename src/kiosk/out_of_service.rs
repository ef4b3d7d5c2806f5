//! The page of a kiosk that can do nothing any more, for people and for whoever mends it. It takes no
//! key, so it names none.

use crate::event::{Outage, Target};
use crate::flow;
use crate::page::{Block, Page, Words};
use crate::text::Msg;

pub(super) fn page(outage: Outage) -> Page {
    let staff = match outage {
        Outage::DataGone => Msg::OutOfServiceDataGone,
        Outage::NotKept => Msg::OutOfServiceNotKept,
        Outage::DataDamaged => Msg::OutOfServiceDataDamaged,
    };
    let blocks = vec![
        Block::Banner("CLAVE SENCE".to_string()),
        Block::Opening(Msg::OutOfServiceHint),
        Block::Paragraph(Words::Said(staff)),
    ];
    flow::page(Msg::PlaceAttract, Msg::OutOfServiceHeading, blocks, Target::Opening)
}

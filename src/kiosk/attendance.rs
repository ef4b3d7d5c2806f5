//! Staff beside a person (*Modo acompañado*): who is signed in, when they were last known to be there,
//! and what the page hides from them.

use std::time::Instant;

use super::idle::IdleLimits;
use crate::effect::StaffSession;
use crate::page::{Block, Control, FieldShown, Notice, Page, SecretKind};
use crate::text::Msg;

/// Whoever signed in, for this visit.
#[derive(Debug)]
pub struct Attendance {
    /// Their session.
    pub session: StaffSession,
    /// When they last did what takes a code of theirs (T8). Nothing else keeps them signed in, for any
    /// other key may be the person's.
    pub last_act: Instant,
}

impl Attendance {
    /// When the session is over (S18).
    pub fn ends(&self, limits: &IdleLimits) -> Instant {
        self.last_act + limits.staff.after
    }

    /// Says on every page that somebody is there, and who.
    pub fn notice(&self) -> Notice {
        Notice { says: Msg::Accompanied { name: self.session.name().clone() }, urgent: false }
    }
}

/// The page as it is while staff look on.
pub fn beside_staff(mut page: Page) -> Page {
    hide_secrets(&mut page);
    bring_help_in(&mut page);
    page
}

/// Secrets that are seen while they are typed are none of the staff's business.
fn hide_secrets(page: &mut Page) {
    for block in &mut page.blocks {
        if let Block::Field(field) = block {
            hide_field(field);
        }
    }
}

fn hide_field(field: &mut FieldShown) {
    let length = match &field.control {
        Control::Text { value, .. } if field.secret.is_some_and(SecretKind::is_persons) => {
            value.chars().count()
        }
        Control::Hidden { length, .. } => *length,
        _ => return,
    };
    field.hint = field.hint_beside_staff.take();
    field.control = Control::Hidden { length, shown: None };
}

/// Help that stands beside wide pages alone comes into every page: there is time to read it.
fn bring_help_in(page: &mut Page) {
    let help: Vec<_> = page.help.drain(..).map(Into::into).collect();
    if !help.is_empty() {
        page.blocks.push(Block::Bullets(help));
    }
}

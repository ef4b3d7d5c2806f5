//! What the screen shows: the workflow's page or what lies over it, with the notice above and the
//! keys beneath, which are the same everywhere.

use std::time::Instant;

use super::attendance::{bring_help_in, hide_secrets};
use super::{Kiosk, WAITED_SECONDS};
use crate::event::Key;
use crate::form::names::Name;
use crate::page::{Block, Control, KeyHint, Notice, Page};
use crate::text::Msg;

impl Kiosk {
    pub(super) fn shows_secret(&self) -> bool {
        self.visit.screen.page().blocks.iter().any(|block| {
            matches!(block, Block::Field(field) if matches!(field.control, Control::Hidden { shown: Some(_), .. }))
        })
    }

    /// What the screen shows now.
    pub fn page(&self) -> Page {
        let mut below = self.visit.screen.page();
        if self.visit.staff.is_some() {
            hide_secrets(&mut below);
            bring_help_in(&mut below);
        }
        let mut page = self.visit.overlay.page(&below).unwrap_or(below);
        if let Some((_, since)) = self.visit.awaited {
            self.tell_how_long(&mut page, since);
        }
        let warning =
            self.warning().map(|seconds| Notice { says: Msg::IdleWarning { seconds }, urgent: true });
        page.notice = warning.or_else(|| self.accompanied());
        page.keys = self.keys(&page);
        page.turned = self.visit.turned;
        page
    }

    /// *Modo acompañado*, and who it is.
    fn accompanied(&self) -> Option<Notice> {
        let name = self.visit.staff.as_ref()?.session.name().clone();
        Some(Notice { says: Msg::Accompanied { name }, urgent: false })
    }

    fn tell_how_long(&self, page: &mut Page, since: Instant) {
        let waited = (self.now - since).as_secs();
        let told = WAITED_SECONDS.into_iter().rev().find(|seconds| *seconds <= waited).unwrap_or(0);
        for block in &mut page.blocks {
            if let Block::Waiting { since, .. } = block {
                *since = Msg::WaitingSince { seconds: told };
            }
        }
    }

    /// The keys that do something here.
    fn keys(&self, page: &Page) -> Vec<KeyHint> {
        let control = page.blocks.iter().find_map(|block| match block {
            Block::Field(field) if field.target == page.focus => Some((&field.label, &field.control)),
            _ => None,
        });
        // What is typed for staff is never shown, and nothing is while they look on.
        let of_staff = [Name::Pin, Name::Password, Name::Totp].map(Name::label);
        let shows_by_f3 = self.visit.staff.is_none()
            && control.is_some_and(|(label, control)| {
                matches!(control, Control::Hidden { .. }) && !of_staff.contains(label)
            });
        let has_letters = page.blocks.iter().any(|block| matches!(block, Block::Challenge(_)));
        let staff = if self.visit.staff.is_some() { Msg::KeyPanel } else { Msg::KeyStaff };
        let mut keys = vec![(Key::F(1), Msg::KeyHelp), (Key::F(2), staff)];
        if !self.is_at_rest() && page.leads_back {
            keys.push((Key::Esc, Msg::KeyBack));
        }
        if shows_by_f3 {
            keys.push((Key::F(3), Msg::KeyShow));
        }
        if has_letters {
            keys.push((Key::F(5), Msg::KeyRefresh));
        }
        if self.is_at_rest() {
            // Later the help tells of it: the line has no room for every key.
            keys.push((Key::F(4), Msg::KeyContrast));
        } else {
            let more_time = if self.visit.more_time { Msg::KeyMoreTimeGiven } else { Msg::KeyMoreTime };
            keys.push((Key::F(8), more_time));
            keys.push((Key::F(10), Msg::KeyEnd));
        }
        keys.into_iter().map(|(key, does)| KeyHint { key, does }).collect()
    }
}

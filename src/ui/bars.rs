//! A small chart: each bar beside its name and its number, from the one glyph that every console
//! has. In linear mode the numbers alone.

use crate::page::Bar;
use crate::ui::layout::width;
use crate::ui::pen::{GUTTER, Pen};
use crate::ui::theme::TextRole;

/// From this width on, names and bars stand side by side.
const BESIDE: u16 = 60;
/// Columns for the names then.
const NAMES: u16 = 38;
/// Columns for the numbers.
const NUMBERS: u16 = 6;

/// Draws the chart.
pub fn draw(pen: &mut Pen, bars: &[Bar]) {
    let most = bars.iter().map(|bar| bar.count).max().unwrap_or(0);
    for bar in bars {
        let name = match &bar.detail {
            Some(detail) => format!("{} · {}", pen.say(&bar.label), pen.say(detail)),
            None => pen.say(&bar.label),
        };
        if pen.linear() {
            pen.text(0, &format!("{name}: {}", bar.count), TextRole::Text, None);
            continue;
        }
        let beside = pen.width >= BESIDE && width(&name) < NAMES;
        if !beside {
            pen.text(0, &name, TextRole::Text, None);
        }
        let start = if beside { NAMES } else { GUTTER };
        let room = pen.width.saturating_sub(start + NUMBERS);
        let long = scaled(bar.count, most, room);
        let at = pen.rows.len();
        pen.line(start, "█".repeat(usize::from(long)), TextRole::Accent, None);
        pen.rows[at].add(start + long + 1, bar.count.to_string(), TextRole::Strong, None);
        if beside {
            pen.rows[at].add(0, name, TextRole::Text, None);
        }
    }
}

/// Whatever happened at all is to be seen.
fn scaled(count: u32, most: u32, room: u16) -> u16 {
    let long = u64::from(count) * u64::from(room) / u64::from(most.max(1));
    u16::try_from(long).unwrap_or(room).max(u16::from(count > 0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_bar_fills_the_room_and_none_is_lost() {
        assert_eq!([0, 1, 50, 100].map(|count| scaled(count, 100, 30)), [0, 1, 15, 30]);
        assert_eq!((scaled(0, 0, 30), scaled(u32::MAX, u32::MAX, 30)), (0, 30));
    }
}

//! Rows of text before they are drawn: wrapping by words, gaps that give way when there is no
//! room, and which rows of a long page are in sight. Pure functions of the page and the size.

use std::ops::Range;

use zeroize::Zeroizing;

use crate::event::Target;
use crate::ui::theme::TextRole;

/// No character takes more in UTF-8.
const MAX_CHAR_BYTES: usize = 4;

/// Columns that a text takes: one for each character that passed the door ([`super::glyphs`]).
pub fn width(text: &str) -> u16 {
    u16::try_from(text.chars().count()).unwrap_or(u16::MAX)
}

/// A piece of one row.
#[derive(Clone, Debug)]
pub struct TextSpan {
    /// Counted from the left edge of the column the row stands in.
    pub column: u16,
    /// Wiped, for it may be what a person typed (S4).
    pub text: Zeroizing<String>,
    /// How it looks.
    pub role: TextRole,
    /// What a finger on it means.
    pub target: Option<Target>,
}

/// A blank row, by what it is worth.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Gap {
    /// Only for looks: the first to go.
    Roomy,
    /// Between blocks: goes when the page then fits without scrolling.
    Block,
    /// Between the page and the frame, and above a picture: the last to go.
    Edge,
}

/// One row of a column.
#[derive(Clone, Debug, Default)]
pub struct ScreenRow {
    /// What stands on it, from left to right or not.
    pub spans: Vec<TextSpan>,
    /// What it is worth, if it is blank.
    pub gap: Option<Gap>,
    /// Belongs to what has the focus: its label, hint and error too.
    pub keep: bool,
    /// The column of the hardware cursor, if it stands on this row.
    pub cursor: Option<u16>,
}

impl ScreenRow {
    fn has(&self, role: TextRole) -> bool {
        self.spans.iter().any(|span| span.role == role)
    }

    /// Puts text at this column; gives the column after it.
    pub fn add(
        &mut self,
        column: u16,
        text: impl Into<String>,
        role: TextRole,
        target: Option<Target>,
    ) -> u16 {
        let text = text.into();
        let end = column + width(&text);
        if !text.is_empty() {
            self.spans.push(TextSpan { column, text: text.into(), role, target });
        }
        end
    }
}

/// What of a long page is in sight.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Window {
    /// Those in sight.
    pub rows: Range<usize>,
    /// Whether there are more above.
    pub above: bool,
    /// Whether there are more below.
    pub below: bool,
}

/// Drops the blank rows that have to go so that the page fits; only the roomy ones if it can't.
pub fn collapse(rows: Vec<ScreenRow>, height: usize) -> Vec<ScreenRow> {
    if rows.len() <= height {
        return rows;
    }
    // All of the roomy ones together: a list with air between some of its lines looks broken.
    let mut rows: Vec<ScreenRow> = rows.into_iter().filter(|row| row.gap != Some(Gap::Roomy)).collect();
    if rows.iter().filter(|row| row.gap.is_none()).count() > height {
        drop_gaps_at_focus(&mut rows, height);
        return rows;
    }
    while rows.len() > height
        && let Some(next) = next_to_go(&rows)
    {
        rows.remove(next);
    }
    rows
}

/// Where all that belongs to the focus is more than the screen holds, the blank rows among it go.
fn drop_gaps_at_focus(rows: &mut Vec<ScreenRow>, height: usize) {
    let kept = kept_at_focus(rows);
    let mut extra = kept.len().saturating_sub(height.saturating_sub(2));
    for place in kept.rev() {
        if extra > 0 && rows[place].gap.is_some() {
            rows.remove(place);
            extra -= 1;
        }
    }
}

/// The rows that belong to the focus.
fn kept_at_focus(rows: &[ScreenRow]) -> Range<usize> {
    let is_kept = |row: &ScreenRow| row.keep || row.cursor.is_some();
    let first = rows.iter().position(is_kept).unwrap_or(0);
    first..rows.iter().rposition(is_kept).map_or(first, |at| at + 1)
}

/// The air above the page goes first; then that between blocks, from the bottom up, but that
/// before the last block, the buttons, only after the others; then that beneath the page.
fn next_to_go(rows: &[ScreenRow]) -> Option<usize> {
    if rows.first().is_some_and(|row| row.gap == Some(Gap::Edge)) {
        return Some(0);
    }
    let gaps = |kind| move |(_, row): &(usize, &ScreenRow)| row.gap == Some(kind);
    let mut blocks = rows.iter().enumerate().filter(gaps(Gap::Block)).map(|(place, _)| place).rev();
    let last = blocks.next();
    blocks.next().or(last).or_else(|| rows.iter().rposition(|row| row.gap == Some(Gap::Edge)))
}

/// Where a page that is longer than the screen stands before anybody turns it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OpensAt {
    /// Where the reading begins.
    Beginning,
    /// Where the focus is.
    Focus,
}

/// Which rows are in sight, so many screenfuls back from where the page opens.
pub fn window(rows: &[ScreenRow], height: usize, opens_at: OpensAt, turned: i8) -> Window {
    let at_focus = window_at_focus(rows, height);
    let inner = height.saturating_sub(2).max(1);
    // From the beginning so many screenfuls lead to the focus, the last of them to all that belongs to it.
    let before = match opens_at {
        OpensAt::Beginning => at_focus.rows.start.div_ceil(inner),
        OpensAt::Focus => 0,
    };
    let back = before as isize + isize::from(turned);
    match (back, at_focus.above || at_focus.below) {
        (0, _) | (_, false) => at_focus,
        _ => {
            window_from(at_focus.rows.start.saturating_add_signed(-back * inner as isize), rows.len(), height)
        }
    }
}

/// The rows from `start` on, or the last ones that fill the height.
fn window_from(start: usize, total: usize, height: usize) -> Window {
    let (outer, inner) = (height.saturating_sub(1).max(1), height.saturating_sub(2).max(1));
    if start <= 1 {
        Window { rows: 0..outer, above: false, below: true }
    } else if start + outer >= total {
        Window { rows: total - outer..total, above: true, below: false }
    } else {
        Window { rows: start..start + inner, above: true, below: true }
    }
}

/// So that all that belongs to the focus is in sight, or at least its cursor and what is wrong there. The rows
/// that say that there is more above or below are taken from the height.
fn window_at_focus(rows: &[ScreenRow], height: usize) -> Window {
    let total = rows.len();
    if total <= height {
        return Window { rows: 0..total, above: false, below: false };
    }
    let Range { start: first, end: last } = kept_at_focus(rows);
    let cursor = rows.iter().position(|row| row.cursor.is_some()).unwrap_or(first);
    let (outer, inner) = (height.saturating_sub(1).max(1), height.saturating_sub(2).max(1));
    if last <= outer || (first == 0 && cursor < outer) {
        return Window { rows: 0..outer, above: false, below: true };
    }
    if first >= total - outer || cursor + 1 == total {
        return Window { rows: total - outer..total, above: true, below: false };
    }
    let kept = last - first;
    let start = if kept <= inner {
        first - (inner - kept) / 2
    } else {
        let is_wrong = rows[cursor..last].iter().any(|row| row.has(TextRole::ErrorMark));
        let end = if is_wrong { last } else { cursor + 1 };
        first.max(end.saturating_sub(inner)).min(cursor)
    };
    let start = start.clamp(1, total - inner - 1);
    Window { rows: start..start + inner, above: true, below: true }
}

/// Lines of at most so many columns, broken between words; only a word that is longer than a
/// whole line is broken inside.
pub fn wrap(text: &str, columns: u16) -> Vec<String> {
    let columns = usize::from(columns.max(1));
    let mut lines = Vec::new();
    let mut line = String::new();
    let mut used = 0;
    for word in text.split(' ').filter(|word| !word.is_empty()) {
        let mut word = word;
        let mut wide = word.chars().count();
        if used > 0 && used + 1 + wide <= columns {
            line.push(' ');
            line.push_str(word);
            used += 1 + wide;
            continue;
        }
        if used > 0 {
            lines.push(std::mem::take(&mut line));
        }
        while wide > columns {
            let cut = cut_of(word, columns);
            lines.push(word[..cut].to_string());
            word = &word[cut..];
            wide = word.chars().count();
        }
        line.push_str(word);
        used = wide;
    }
    if used > 0 || lines.is_empty() {
        lines.push(line);
    }
    lines
}

/// Where a word that is longer than its line is broken: after a dash or a slash in the last half of
/// the line, so that the groups of an address stay whole, or else where the line ends.
fn cut_of(word: &str, columns: usize) -> usize {
    let end = word.char_indices().nth(columns).map_or(word.len(), |(at, _)| at);
    let mark = word[..end].rfind(['-', '/']).map(|at| at + 1);
    mark.filter(|mark| word[..*mark].chars().count() > columns / 2).unwrap_or(end)
}

/// What is in sight of a line that may be longer than its box: its characters, with `«` and `»`
/// where it goes on, blanks up to the end of the box, and the column of the caret, which is always
/// inside.
pub fn scroll(text: &str, caret: usize, columns: u16) -> (Zeroizing<String>, u16) {
    let columns = usize::from(columns.max(3));
    let count = text.chars().count();
    let caret = caret.min(count);
    // A caret after the last character needs a column of its own.
    let start = if count < columns { 0 } else { (caret + 2).saturating_sub(columns) };
    // Never grows, so that no copy of what was typed is left behind (S4).
    let mut shown = Zeroizing::new(String::with_capacity(columns * MAX_CHAR_BYTES));
    let in_sight = text.chars().skip(start).chain(std::iter::repeat(' ')).take(columns).enumerate();
    shown.extend(in_sight.map(|(column, character)| match column {
        0 if start > 0 => '«',
        _ if column + 1 == columns && start + columns < count => '»',
        _ => character,
    }));
    (shown, (caret - start) as u16)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn page(rows: usize, kept: Range<usize>, cursor: usize) -> Vec<ScreenRow> {
        (0..rows)
            .map(|at| ScreenRow {
                keep: kept.contains(&at),
                cursor: (at == cursor).then_some(0),
                ..ScreenRow::default()
            })
            .collect()
    }

    #[test]
    fn words_stay_whole_and_only_giants_are_broken() {
        assert_eq!(wrap("uno dos  tres", 7), ["uno dos", "tres"]);
        assert_eq!(wrap("a abcdefgh b", 3), ["a", "abc", "def", "gh", "b"]);
        assert_eq!(wrap("", 5), [""]);
    }

    #[test]
    fn a_long_value_shows_where_it_goes_on() {
        let cases = [("abc", 3, "abc  ", 3), ("abcdefgh", 0, "abcd»", 0), ("abcdefgh", 8, "«gh  ", 3)];
        for (text, caret, shown, at) in [cases.as_slice(), &[("abcdefgh", 5, "«def»", 3)]].concat() {
            assert_eq!(scroll(text, caret, 5), (Zeroizing::new(shown.into()), at));
        }
    }

    proptest! {
        #[test]
        fn the_focus_is_in_sight(rows in 1usize..60, first in 0usize..60, long in 1usize..9, height in 5usize..40) {
            let first = first.min(rows - 1);
            let last = (first + long).min(rows);
            for cursor in first..last {
                let seen = window(&page(rows, first..last, cursor), height, OpensAt::Focus, 0);
                prop_assert!(seen.rows.contains(&cursor));
                let marks = usize::from(seen.above) + usize::from(seen.below);
                prop_assert!(seen.rows.len() + marks <= height);
                prop_assert_eq!(seen.above, seen.rows.start > 0);
                prop_assert_eq!(seen.below, seen.rows.end < rows);
                if last - first + 2 <= height {
                    prop_assert!(seen.rows.start <= first && last <= seen.rows.end);
                }
            }
        }

        #[test]
        fn turning_reaches_every_row(rows in 1usize..60, cursor in 0usize..60, height in 8usize..40) {
            let cursor = cursor.min(rows - 1);
            let page = page(rows, cursor..cursor + 1, cursor);
            for opens_at in [OpensAt::Beginning, OpensAt::Focus] {
                let mut seen = vec![false; rows];
                for turned in -12..=12 {
                    let window = window(&page, height, opens_at, turned);
                    let marks = usize::from(window.above) + usize::from(window.below);
                    prop_assert!(window.rows.len() + marks <= height);
                    prop_assert_eq!(window.above, window.rows.start > 0);
                    prop_assert_eq!(window.below, window.rows.end < rows);
                    window.rows.for_each(|row| seen[row] = true);
                }
                prop_assert!(seen.into_iter().all(|seen| seen));
            }
        }

        #[test]
        fn read_from_its_beginning_nothing_is_passed_over_on_the_way_to_the_focus(
            rows in 1usize..60, first in 0usize..60, long in 1usize..9, height in 8usize..40
        ) {
            let first = first.min(rows - 1);
            let last = (first + long).min(rows);
            let page = page(rows, first..last, first);
            let at_focus = window(&page, height, OpensAt::Focus, 0);
            let mut read = 0;
            for turned in 0i8.. {
                let seen = window(&page, height, OpensAt::Beginning, -turned);
                prop_assert!(seen.rows.start <= read && (turned > 0 || seen.rows.start == 0));
                read = seen.rows.end;
                if seen == at_focus || seen.rows.contains(&first) && turned == 0 {
                    break;
                }
                prop_assert!(turned < 12, "the focus is never reached");
            }
        }

        #[test]
        fn the_caret_is_in_sight(text in "[a-zñ]{0,80}", caret in 0usize..90, columns in 3u16..50) {
            let (shown, at) = scroll(&text, caret, columns);
            prop_assert!(at < columns);
            prop_assert!(width(&shown) <= columns);
            let caret = caret.min(text.chars().count());
            if let (Some(real), Some(drawn)) = (text.chars().nth(caret), shown.chars().nth(at.into())) {
                prop_assert_eq!(real, drawn);
            }
        }

        #[test]
        fn wrapping_loses_no_word(text in "[a-z]{1,9}( [a-z]{1,9}){0,20}", columns in 9u16..40) {
            let lines = wrap(&text, columns);
            prop_assert_eq!(lines.join(" "), text);
            prop_assert!(lines.iter().all(|line| width(line) <= columns));
        }
    }
}

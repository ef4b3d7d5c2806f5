//! The numbers within a sequence.

/// The numbers of a control sequence: one that is left out is 0.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Parameters {
    /// A key, or its kind.
    pub first: u32,
    /// What was held with it.
    pub second: u32,
    /// A key, where the first is its kind.
    pub third: u32,
    /// Pressed, held or let go, behind a colon after the second.
    pub event: u32,
}

impl Parameters {
    /// `None` if anything but numbers stands there, as in answers of a terminal.
    pub fn read(body: &[u8]) -> Option<Self> {
        let text = std::str::from_utf8(body).ok()?;
        let mut numbers = text.split(';').map(|number| {
            let mut parts = number.split(':');
            Some((number_of(parts.next()?)?, number_of(parts.next().unwrap_or_default())?))
        });
        let mut next = || numbers.next().unwrap_or(Some((0, 0)));
        let ((first, _), (second, event), (third, _)) = (next()?, next()?, next()?);
        Some(Parameters { first, second, third, event })
    }
}

/// A number in digits; none at all is 0, and one that is too large is none.
pub fn number_of(digits: &str) -> Option<u32> {
    match digits.bytes().all(|digit| digit.is_ascii_digit()) {
        true if digits.is_empty() => Some(0),
        true => digits.parse().ok(),
        false => None,
    }
}

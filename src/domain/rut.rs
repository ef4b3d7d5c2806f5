//! The RUT: a body of up to eight digits and a check character by modulo 11. Weights 2 to 7 repeat
//! from the right; the check is 11 minus the remainder, where 11 is written 0 and 10 is written K.

use std::fmt;
use std::str::FromStr;

use super::clean::{is_dash, is_invisible};

/// The lowest number of a company: those below it are people's.
const FIRST_OF_COMPANIES: u32 = 50_000_000;

/// A RUT whose check character is right.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
pub struct Rut(u32);

/// Why a RUT can't be taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RutError {
    /// Nothing but blanks and dots.
    #[error("nothing was written")]
    Empty,
    /// Letters, no digits, or too many digits.
    #[error("it is not of the form 12.345.678-5")]
    Shape,
    /// A digit was mistyped.
    #[error("the check character does not fit the number")]
    Check,
}

impl Rut {
    /// The RUT of this body; `None` for 0 and for more than eight digits.
    pub fn of_body(body: u32) -> Option<Self> {
        (1..=99_999_999).contains(&body).then_some(Rut(body))
    }

    /// The number before the dash, 1 to 99,999,999.
    pub fn body(self) -> u32 {
        self.0
    }

    /// Whether it is one of those that people are given: SII numbers companies from 50 million on.
    pub fn is_of_natural_person(self) -> bool {
        self.0 < FIRST_OF_COMPANIES
    }

    /// The character after the dash: `0` to `9` or `K`.
    pub fn check(self) -> char {
        let (mut rest, mut weight, mut sum) = (self.0, 2, 0);
        while rest > 0 {
            sum += rest % 10 * weight;
            rest /= 10;
            weight = if weight == 7 { 2 } else { weight + 1 };
        }
        match 11 - sum % 11 {
            11 => '0',
            10 => 'K',
            digit => char::from(b'0' + digit as u8),
        }
    }

    /// `12.xxx.xxx-5`: enough to recognise it, too little to use it.
    pub fn masked(self) -> String {
        let shown = self.to_string();
        let keeps = |at: usize| at < 2 || at + 2 >= shown.len();
        let mask =
            |(at, symbol): (usize, char)| if symbol.is_ascii_digit() && !keeps(at) { 'x' } else { symbol };
        shown.chars().enumerate().map(mask).collect()
    }

    /// `12345678-5`: how it is stored and sent.
    pub fn canonical(self) -> String {
        format!("{}-{}", self.0, self.check())
    }
}

/// Takes dots, commas, blanks, a lower-case k, with or without a dash of any kind.
impl FromStr for Rut {
    type Err = RutError;

    fn from_str(raw: &str) -> Result<Self, RutError> {
        let mut symbols: Vec<char> = raw
            .chars()
            .filter(|symbol| !symbol.is_whitespace() && !is_invisible(*symbol) && !".,'".contains(*symbol))
            .map(|symbol| match symbol {
                'k' => 'K',
                symbol if is_dash(symbol) => '-',
                other => other,
            })
            .collect();
        let check = symbols.pop().ok_or(RutError::Empty)?;
        if symbols.last() == Some(&'-') {
            symbols.pop();
        }
        if !(check.is_ascii_digit() || check == 'K') || symbols.is_empty() {
            return Err(RutError::Shape);
        }
        if !symbols.iter().all(char::is_ascii_digit) {
            return Err(RutError::Shape);
        }
        let body: String = symbols.into_iter().skip_while(|digit| *digit == '0').collect();
        if body.is_empty() || body.len() > 8 {
            return Err(RutError::Shape);
        }
        let rut = body.parse().ok().and_then(Rut::of_body).ok_or(RutError::Shape)?;
        if rut.check() == check { Ok(rut) } else { Err(RutError::Check) }
    }
}

/// `12.345.678-5`: how it is shown.
impl fmt::Display for Rut {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let digits = self.0.to_string();
        for (index, digit) in digits.chars().enumerate() {
            if index > 0 && (digits.len() - index).is_multiple_of(3) {
                out.write_str(".")?;
            }
            write!(out, "{digit}")?;
        }
        write!(out, "-{}", self.check())
    }
}

impl fmt::Debug for Rut {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, out)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn known_ruts() {
        let right = "76086428-5 12531909-2 96874030-K 76042235-5 77879240-0 12667869-K 9868503-0 6265837-1 \
                     12345678-5 50000000-7 99999999-9 11111111-1 76000006-K 121-K 1-9";
        for text in right.split_whitespace() {
            assert_eq!(text.parse::<Rut>().map(Rut::canonical), Ok(text.to_string()));
        }
        for text in ["12531909-3", "12345678-9", "76086428-K"] {
            assert_eq!(text.parse::<Rut>(), Err(RutError::Check));
        }
        for text in [
            "12.345.678\u{2011}5",
            "12.345.678\u{ad}5",
            "12.345.678\u{ad}-5",
            "12,345,678-5",
            "12'345'678-5",
            "12.345.678\u{2212}5",
            "\u{feff}12.345.678\u{a0}-\u{2009}5\u{200b}",
        ] {
            assert_eq!(text.parse::<Rut>().map(Rut::canonical).as_deref(), Ok("12345678-5"), "{text:?}");
        }
        for text in ["", " . "] {
            assert_eq!(text.parse::<Rut>(), Err(RutError::Empty));
        }
        for text in ["K", "5", "-5", "--5", "1--9", "A1-9", "0-0", "123456789-2", "1-99"] {
            assert!(text.parse::<Rut>().is_err(), "{text}");
        }
    }

    #[test]
    fn it_is_shown_with_a_dot_before_each_three_digits() {
        let table = [
            (1, "1"),
            (121, "121"),
            (1_000, "1.000"),
            (123_456, "123.456"),
            (9_868_503, "9.868.503"),
            (12_345_678, "12.345.678"),
        ];
        for (body, shown) in table {
            let rut = Rut::of_body(body).unwrap();
            assert_eq!(rut.to_string(), format!("{shown}-{}", rut.check()));
        }
    }

    proptest! {
        #[test]
        fn however_it_is_written(body in 1u32..100_000_000) {
            let rut = Rut::of_body(body).unwrap();
            for text in [rut.to_string(), rut.canonical(), rut.canonical().to_lowercase().replace('-', ""), format!(" {} ", rut)] {
                prop_assert_eq!(text.parse::<Rut>(), Ok(rut));
            }
        }

        #[test]
        fn one_wrong_digit_is_seen(body in 10_000_000u32..100_000_000, place in 0u32..8, add in 1u32..10) {
            let rut = Rut::of_body(body).unwrap();
            let unit = 10u32.pow(place);
            let digit = body / unit % 10;
            let other = body - digit * unit + (digit + add) % 10 * unit;
            let text = format!("{other}-{}", rut.check());
            prop_assert!(text.parse::<Rut>().is_err());
        }

        #[test]
        fn never_panics(raw in any::<String>()) {
            let _ = raw.parse::<Rut>();
        }
    }
}

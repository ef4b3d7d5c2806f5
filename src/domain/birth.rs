//! A birth date as people write it: 01-12-1992, with slashes, dots or blanks, or with the month's
//! name. Whether it makes sense depends on today's date, which is passed in.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use time::{Date, Month};

use super::fold::fold;

/// The oldest that a facilitator may be, in years.
pub const OLDEST_YEARS: i32 = 110;

/// A day of the calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BirthDate(Date);

/// Why a birth date can't be taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BirthError {
    /// Nothing but blanks.
    #[error("nothing was written")]
    Empty,
    /// Day, month and year can't be told apart.
    #[error("it is not of the form 01-12-1992")]
    Shape,
    /// A year of two digits could be of either century.
    #[error("the year has to be written with four digits")]
    ShortYear,
    /// Such as 30 February.
    #[error("the calendar has no such day")]
    NoSuchDay,
    /// Later than today.
    #[error("it is later than today")]
    Future,
    /// Over [`OLDEST_YEARS`].
    #[error("it is more than 110 years ago")]
    TooOld,
}

/// The months in Spanish and English; the first three letters are enough.
const MONTHS: [(&[&str], Month); 12] = [
    (&["enero", "january"], Month::January),
    (&["febrero", "february"], Month::February),
    (&["marzo", "march"], Month::March),
    (&["abril", "april"], Month::April),
    (&["mayo", "may"], Month::May),
    (&["junio", "june"], Month::June),
    (&["julio", "july"], Month::July),
    (&["agosto", "august"], Month::August),
    (&["septiembre", "setiembre", "september"], Month::September),
    (&["octubre", "october"], Month::October),
    (&["noviembre", "november"], Month::November),
    (&["diciembre", "december"], Month::December),
];
const MONTH_LETTERS: usize = 3;

fn month(word: &str) -> Option<Month> {
    if word.bytes().all(|byte| byte.is_ascii_digit()) {
        return Month::try_from(word.parse::<u8>().ok()?).ok();
    }
    let is_one =
        |names: &[&str]| word.len() >= MONTH_LETTERS && names.iter().any(|name| name.starts_with(word));
    MONTHS.iter().find(|(names, _)| is_one(names)).map(|(_, month)| *month)
}

/// Day, month and year as they stand in the text.
fn parts(raw: &str) -> Result<[String; 3], BirthError> {
    let folded = fold(raw);
    let words: Vec<&str> = folded
        .split(|symbol: char| !symbol.is_alphanumeric())
        .filter(|word| !word.is_empty() && !["de", "del", "of"].contains(word))
        .collect();
    match words[..] {
        [] => Err(BirthError::Empty),
        [together] if together.len() == 8 && together.bytes().all(|byte| byte.is_ascii_digit()) => {
            Ok([&together[..2], &together[2..4], &together[4..]].map(str::to_string))
        }
        [day, month, year] => Ok([day, month, year].map(str::to_string)),
        _ => Err(BirthError::Shape),
    }
}

/// Takes day, month and year, in this order.
impl FromStr for BirthDate {
    type Err = BirthError;

    fn from_str(raw: &str) -> Result<Self, BirthError> {
        let [day, month_word, year] = parts(raw)?;
        let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        if !is_number(&day) || !is_number(&year) || day.len() > 2 {
            return Err(BirthError::Shape);
        }
        match year.len() {
            4 => {}
            2 => return Err(BirthError::ShortYear),
            _ => return Err(BirthError::Shape),
        }
        let numbered = is_number(&month_word) && month_word.len() <= 2;
        let month = match month(&month_word) {
            Some(month) => month,
            None if numbered => return Err(BirthError::NoSuchDay),
            None => return Err(BirthError::Shape),
        };
        let (day, year) =
            (day.parse().map_err(|_| BirthError::Shape)?, year.parse().map_err(|_| BirthError::Shape)?);
        Date::from_calendar_date(year, month, day).map(BirthDate).map_err(|_| BirthError::NoSuchDay)
    }
}

impl BirthDate {
    /// Completed years of age on that day.
    pub fn age_years(self, today: Date) -> i32 {
        let had_it = (today.month() as u8, today.day()) >= (self.0.month() as u8, self.0.day());
        today.year() - self.0.year() - i32::from(!had_it)
    }

    /// # Errors
    /// When nobody can have been born then who is alive today.
    pub fn check(self, today: Date) -> Result<Self, BirthError> {
        match self.age_years(today) {
            _ if self.0 > today => Err(BirthError::Future),
            ..=OLDEST_YEARS => Ok(self),
            _ => Err(BirthError::TooOld),
        }
    }
}

/// `01-12-1992`
impl fmt::Display for BirthDate {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{:02}-{:02}-{:04}", self.0.day(), self.0.month() as u8, self.0.year())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use time::macros::date;

    #[test]
    fn as_people_write_it() {
        for text in [
            "01-12-1992",
            "1/12/1992",
            " 1.12.1992 ",
            "01121992",
            "1 de diciembre de 1992",
            "1 dic 1992",
            "01-DICIEMBRE-1992",
            "1 dec. 1992",
            "1 December 1992",
        ] {
            assert_eq!(
                text.parse::<BirthDate>().map(|birth| birth.to_string()).as_deref(),
                Ok("01-12-1992"),
                "{text}"
            );
        }
        for (text, error) in [
            ("  ", BirthError::Empty),
            ("1992", BirthError::Shape),
            ("1-12-92", BirthError::ShortYear),
            ("1-12-992", BirthError::Shape),
            ("31-02-1992", BirthError::NoSuchDay),
            ("1-13-1992", BirthError::NoSuchDay),
            ("1-dicha-1992", BirthError::Shape),
            ("1-de-1992", BirthError::Shape),
            ("uno-12-1992", BirthError::Shape),
            ("１-12-1992", BirthError::Shape),
        ] {
            assert_eq!(text.parse::<BirthDate>(), Err(error), "{text}");
        }
    }

    #[test]
    fn not_in_the_future_and_within_a_life() {
        let today = date!(2026 - 11 - 22);
        let check =
            |text: &str| text.parse::<BirthDate>().unwrap().check(today).map(|birth| birth.age_years(today));
        assert_eq!(check("22-11-2008"), Ok(18));
        // The guide names no least age.
        assert_eq!(check("23-11-2008"), Ok(17));
        assert_eq!(check("22-11-2026"), Ok(0));
        assert_eq!(check("23-11-2026"), Err(BirthError::Future));
        assert_eq!(check("23-11-1915"), Ok(110));
        assert_eq!(check("22-11-1915"), Err(BirthError::TooOld));
        assert_eq!(check("29-02-1992"), Ok(34));
    }

    proptest! {
        #[test]
        fn shown_and_read_again(days in 0..80_000i32) {
            let birth = BirthDate(Date::from_julian_day(2_400_000 + days).unwrap());
            prop_assert_eq!(birth.to_string().parse(), Ok(birth));
        }

        #[test]
        fn never_panics(raw in any::<String>()) {
            let _ = raw.parse::<BirthDate>();
        }

        #[test]
        fn nor_on_what_looks_like_one(raw in "[0-9dec./ -]{0,14}") {
            let today = date!(2026 - 11 - 22);
            if let Ok(birth) = raw.parse::<BirthDate>() {
                let _ = birth.check(today);
            }
        }
    }
}

//! The elements of an answer, read by the contract: each at most once, in its order, none that the
//! contract doesn't have. Texts may be absent or nil; numbers, dates and words of a closed set are
//! always there.

use time::format_description::BorrowedFormatItem;
use time::macros::format_description;
use time::{Date, PrimitiveDateTime};

use super::xml::{Element, ElementSpace, XmlError};

const DATE_TIME: &[BorrowedFormatItem<'_>] =
    format_description!("[year]-[month]-[day]T[hour]:[minute]:[second]");
/// `2030-01-01T00:00:00`
const DATE_TIME_CHARACTERS: usize = 19;

/// The fields of one element. Every reader fails with the field's name, never with its text.
pub struct Fields<'a>(&'a [Element]);

impl<'a> Fields<'a> {
    /// The children of an element, which may be these, in this order.
    ///
    /// # Errors
    /// When another child stands there, one stands out of order, or there is text between them.
    pub fn of(element: &'a Element, order: &[&str]) -> Result<Self, XmlError> {
        let mut rest = order.iter();
        let in_order =
            |child: &Element| child.space == ElementSpace::Service && rest.any(|name| *name == child.name);
        match element.text.is_empty() && element.children.iter().all(in_order) {
            true => Ok(Fields(&element.children)),
            false => Err(XmlError::Order),
        }
    }

    fn find(&self, name: &'static str) -> Option<&'a Element> {
        self.0.iter().find(|child| child.name == name)
    }

    /// A text, without the blanks around it; empty when it is absent or nil.
    ///
    /// # Errors
    /// When other elements stand in it.
    pub fn text(&self, name: &'static str) -> Result<&'a str, XmlError> {
        match self.find(name) {
            Some(child) if !child.children.is_empty() => Err(XmlError::Kind(name)),
            child => Ok(child.map_or("", |child| child.text.trim())),
        }
    }

    fn filled(&self, name: &'static str) -> Result<&'a str, XmlError> {
        match self.text(name)? {
            "" => Err(XmlError::Absent(name)),
            text => Ok(text),
        }
    }

    /// An element with others in it; nil is none.
    ///
    /// # Errors
    /// When it is absent or nil.
    pub fn element(&self, name: &'static str) -> Result<&'a Element, XmlError> {
        self.find(name).filter(|child| !child.is_nil).ok_or(XmlError::Absent(name))
    }

    /// A whole number, which must be there.
    ///
    /// # Errors
    /// When it is absent or no number.
    pub fn int(&self, name: &'static str) -> Result<i32, XmlError> {
        self.filled(name)?.parse().map_err(|_| XmlError::Kind(name))
    }

    /// One of a closed set of words.
    ///
    /// # Errors
    /// When it is absent or none of them.
    pub fn word<T: Copy>(&self, name: &'static str, words: &[(&str, T)]) -> Result<T, XmlError> {
        let written = self.filled(name)?;
        let found = words.iter().find(|(word, _)| *word == written);
        found.map(|(_, meaning)| *meaning).ok_or(XmlError::Kind(name))
    }

    /// A date, without its time of day; `None` for the one that stands for *not known*, and for nil.
    ///
    /// # Errors
    /// When it is absent or no date and time.
    pub fn date(&self, name: &'static str) -> Result<Option<Date>, XmlError> {
        if self.find(name).is_some_and(|child| child.is_nil) {
            return Ok(None);
        }
        let date = date(self.filled(name)?).ok_or(XmlError::Kind(name))?;
        Ok((date.year() > 1).then_some(date))
    }
}

/// The day of an `xs:dateTime`, as it is written: the State's services keep Chile's time.
fn date(text: &str) -> Option<Date> {
    let (date_time, rest) = text.split_at_checked(DATE_TIME_CHARACTERS)?;
    let fraction = rest
        .strip_prefix('.')
        .map_or(rest, |digits| digits.trim_start_matches(|digit: char| digit.is_ascii_digit()));
    let zone = fraction.strip_prefix(['+', '-']).and_then(|zone| zone.split_once(':'));
    let two_digits = |text: &str| text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_digit());
    let is_whole = matches!(fraction, "" | "Z")
        || zone.is_some_and(|(hours, minutes)| two_digits(hours) && two_digits(minutes));
    let read = PrimitiveDateTime::parse(date_time, DATE_TIME).ok()?;
    is_whole.then_some(read.date())
}

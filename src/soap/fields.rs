//! The elements of an answer, found by their names wherever they stand beside each other. An element that
//! nobody asks for is passed over, and so is whatever stands in another namespace than the service's. One
//! that is asked for must be there once, or always say the same.

use time::format_description::BorrowedFormatItem;
use time::macros::format_description;
use time::{Date, PrimitiveDateTime};

use super::xml::{Element, ElementSpace, XmlError};

const DATE_TIME: &[BorrowedFormatItem<'_>] =
    format_description!("[year]-[month]-[day]T[hour]:[minute]:[second]");
/// `2030-01-01T00:00:00`
const DATE_TIME_CHARACTERS: usize = 19;
const DATE: &[BorrowedFormatItem<'_>] = format_description!("[year]-[month]-[day]");
/// `2030-01-01`
const DATE_CHARACTERS: usize = 10;

/// The fields of one element; by default of an empty one. Every reader fails with the field's name, never with
/// its text.
#[derive(Clone, Copy, Default)]
pub struct Fields<'a>(&'a [Element]);

impl<'a> Fields<'a> {
    /// The children of an element, whatever else stands between them.
    pub fn of(element: &'a Element) -> Self {
        Fields(&element.children)
    }

    /// The children of an element, which may be these, in this order: what a service takes that reads
    /// requests by its description.
    ///
    /// # Errors
    /// When another child stands there, one stands out of order, or there is text between them.
    pub fn in_order(element: &'a Element, order: &[&str]) -> Result<Self, XmlError> {
        let mut rest = order.iter();
        let in_order =
            |child: &Element| child.space == ElementSpace::Service && rest.any(|name| *name == child.name);
        match element.text.is_empty() && element.children.iter().all(in_order) {
            true => Ok(Fields(&element.children)),
            false => Err(XmlError::Order),
        }
    }

    fn find(&self, name: &'static str) -> Result<Option<&'a Element>, XmlError> {
        let is_asked = |child: &&Element| {
            child.name == name && matches!(child.space, ElementSpace::Service | ElementSpace::Bare)
        };
        let mut found = self.0.iter().filter(is_asked);
        let first = found.next();
        match first.is_none_or(|first| found.all(|other| other == first)) {
            true => Ok(first),
            false => Err(XmlError::Twice(name)),
        }
    }

    /// Whether it stands there, if only to say that it is nil.
    ///
    /// # Errors
    /// When it stands there twice.
    pub fn is_there(&self, name: &'static str) -> Result<bool, XmlError> {
        Ok(self.find(name)?.is_some())
    }

    /// A text, without the blanks around it; empty when it is absent or nil.
    ///
    /// # Errors
    /// When other elements stand in it, it is nil and filled, or it stands there twice.
    pub fn text(&self, name: &'static str) -> Result<&'a str, XmlError> {
        let Some(child) = self.find(name)? else { return Ok("") };
        match child.text.trim() {
            _ if !child.children.is_empty() => Err(XmlError::Kind(name)),
            text if child.is_nil && !text.is_empty() => Err(XmlError::Kind(name)),
            text => Ok(text),
        }
    }

    fn filled(&self, name: &'static str) -> Result<&'a str, XmlError> {
        match self.text(name)? {
            "" => Err(XmlError::Absent(name)),
            text => Ok(text),
        }
    }

    /// An element with others in it; `None` when it is absent or nil.
    ///
    /// # Errors
    /// When it is nil and filled, or stands there twice.
    pub fn element(&self, name: &'static str) -> Result<Option<&'a Element>, XmlError> {
        match self.find(name)? {
            Some(child) if child.is_nil && !child.is_blank() => Err(XmlError::Kind(name)),
            child => Ok(child.filter(|child| !child.is_nil)),
        }
    }

    /// A whole number, which must be there.
    ///
    /// # Errors
    /// When it is absent or no number, or stands there twice.
    pub fn int(&self, name: &'static str) -> Result<i32, XmlError> {
        self.filled(name)?.parse().map_err(|_| XmlError::Kind(name))
    }

    /// One of a closed set of words.
    ///
    /// # Errors
    /// When it is absent or none of them, or stands there twice.
    pub fn word<T: Copy>(&self, name: &'static str, words: &[(&str, T)]) -> Result<T, XmlError> {
        let written = self.filled(name)?;
        let found = words.iter().find(|(word, _)| *word == written);
        found.map(|(_, meaning)| *meaning).ok_or(XmlError::Kind(name))
    }

    /// A date, without its time of day; `None` for the ones that stand for *not known*, and for nil.
    ///
    /// # Errors
    /// When it is absent or no date, or stands there twice.
    pub fn date(&self, name: &'static str) -> Result<Option<Date>, XmlError> {
        if self.find(name)?.is_some_and(|child| child.is_nil && child.is_blank()) {
            return Ok(None);
        }
        let written = self.filled(name)?;
        if written.starts_with("0000-00-00") {
            return Ok(None);
        }
        let date = date(written).ok_or(XmlError::Kind(name))?;
        Ok((date.year() > 1).then_some(date))
    }
}

/// The day of an `xs:dateTime` or an `xs:date`, as it is written: the State's services keep Chile's time.
fn date(text: &str) -> Option<Date> {
    if let Some((date_time, rest)) = text.split_at_checked(DATE_TIME_CHARACTERS)
        && let Ok(read) = PrimitiveDateTime::parse(date_time, DATE_TIME)
    {
        let fraction = rest
            .strip_prefix('.')
            .map_or(rest, |digits| digits.trim_start_matches(|digit: char| digit.is_ascii_digit()));
        return is_zone(fraction).then_some(read.date());
    }
    let (day, rest) = text.split_at_checked(DATE_CHARACTERS)?;
    let read = Date::parse(day, DATE).ok()?;
    is_zone(rest).then_some(read)
}

/// Nothing, `Z` or `-03:00`.
fn is_zone(text: &str) -> bool {
    let two_digits = |text: &str| text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_digit());
    let offset = text.strip_prefix(['+', '-']).and_then(|zone| zone.split_once(':'));
    matches!(text, "" | "Z")
        || offset.is_some_and(|(hours, minutes)| two_digits(hours) && two_digits(minutes))
}

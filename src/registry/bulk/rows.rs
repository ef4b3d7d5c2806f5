//! One line of a table that is imported: which columns it needs, what is wrong with it, and what of
//! it goes into the register.

use std::borrow::Cow;
use std::fmt;

use time::Date;

use super::kind::Kind;
use super::lines::{Cells, Header, MAX_LINE_BYTES, decode};
use super::sorted::SortedKey;
use super::value;
use crate::domain::cedula::Serial;
use crate::domain::clean::Clean;
use crate::domain::rut::Rut;
use crate::registry::words::{CARD_STATES, CompanyState, DATE, REPRESENTATIVE_STATES, Words};

/// Why a line is left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// It is longer than [`MAX_LINE_BYTES`].
    #[error("the line is longer than 64 KiB")]
    Long,
    /// It has more fields than the head: a separator stands within one of them, and what stands behind it is
    /// one too far. A closed company would be open.
    #[error("it has more fields than the head: a separator stands within one of them")]
    Many,
    /// It has fewer fields than the head.
    #[error("the line ends before this column")]
    Short,
    /// The field must not be empty.
    #[error("it is empty")]
    Empty,
    /// The field is no RUT.
    #[error("it is not a RUT")]
    Rut,
    /// The RUT's check digit is another.
    #[error("the check digit does not fit the RUT")]
    Check,
    /// The field is no day of the calendar.
    #[error("it is not a date")]
    Date,
    /// The field is no serial number of a card.
    #[error("it is not a card's serial number")]
    Serial,
    /// The field is none of these words.
    #[error("it is none of {0}")]
    Word(&'static str),
}

/// A line that is left out. Tells nothing of what stands in it: it may be somebody's card.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BadLine {
    /// The name of the column that is wrong; nothing when the line is as a whole.
    pub column: Option<&'static str>,
    /// What is wrong.
    pub fault: Fault,
}

impl fmt::Display for BadLine {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.column {
            Some(column) => write!(out, "column {column}: {}", self.fault),
            None => self.fault.fmt(out),
        }
    }
}

/// The table has no such column.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("its first line names no column {0}: take the file as it was downloaded, or name the columns so")]
pub struct NoColumn(pub &'static str);

/// The columns that a kind can't do without, and then those it can.
fn columns(kind: Kind) -> (&'static [&'static str], &'static [&'static str]) {
    match kind {
        Kind::SiiNombres => (&["RUT", "DV", "RAZON_SOCIAL", "FECHA_TG_VIG"], &[]),
        Kind::Res => (
            &["RUT", "Razon Social", "Fecha de registro (ultima firma)"],
            &["Fecha de actuacion (1era firma)", "Tipo de actuacion"],
        ),
        Kind::Representantes => (&["rut_empresa", "rut_persona", "nombre", "estado"], &[]),
        Kind::Cedulas => (&["rut", "numero_serie", "estado", "vencimiento"], &[]),
    }
}

/// The columns that a kind can't do without, as its lists call them.
pub fn needed_columns(kind: Kind) -> &'static [&'static str] {
    columns(kind).0
}

/// Reads the lines of one table.
pub struct RowReader {
    kind: Kind,
    separator: u8,
    /// How many fields a line may have.
    width: usize,
    /// Name and place of each column, in the order of [`columns`]; no place for one that isn't there.
    places: Vec<(&'static str, Option<usize>)>,
    cells: Cells,
}

/// What of a line decides where it goes; its value is written beside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Row {
    /// What the entry is found by.
    pub key: SortedKey,
    /// The day of the line. Of two lines for one key the later day wins, then the later line.
    pub day: u32,
}

impl RowReader {
    /// Finds the columns of this kind in the head.
    ///
    /// # Errors
    /// When a column is missing that it can't do without.
    pub fn new(kind: Kind, header: &Header) -> Result<Self, NoColumn> {
        let (needed, others) = columns(kind);
        let needed =
            needed.iter().map(|name| header.find(name).ok_or(NoColumn(name)).map(|at| (*name, Some(at))));
        let others = others.iter().map(|name| Ok((*name, header.find(name))));
        let places = needed.chain(others).collect::<Result<_, _>>()?;
        let (separator, width) = (header.separator(), header.width());
        Ok(RowReader { kind, separator, width, places, cells: Cells::default() })
    }

    /// Reads a line, and writes what is kept of it over `value`.
    ///
    /// # Errors
    /// For the first column that can't be taken.
    pub fn read_line(&mut self, line: &[u8], value: &mut Vec<u8>) -> Result<Row, BadLine> {
        if line.len() > MAX_LINE_BYTES {
            return Err(BadLine { column: None, fault: Fault::Long });
        }
        let text = decode(line);
        self.cells.split(&text, self.separator);
        if self.cells.len() > self.width {
            return Err(BadLine { column: None, fault: Fault::Many });
        }
        let line = SplitLine { text: &text, cells: &self.cells, places: &self.places };
        match self.kind {
            Kind::SiiNombres => line.sii(value),
            Kind::Res => line.res(value),
            Kind::Representantes => line.representative(value),
            Kind::Cedulas => line.card(value),
        }
    }

    /// Whether the line that was read last, which no line end follows, looks like the end of a download that
    /// was cut off: fields are missing, or its last one is empty or not what it should be.
    pub fn breaks_off(&self, line: &[u8], fault: Option<BadLine>) -> bool {
        let is_last = |name: &str| {
            self.places.iter().any(|(other, place)| *other == name && *place == self.width.checked_sub(1))
        };
        match fault {
            Some(BadLine { fault: Fault::Long, .. }) => true,
            _ if self.cells.len() < self.width => true,
            None => line.last() == Some(&self.separator),
            Some(BadLine { column, .. }) => column.is_some_and(is_last),
        }
    }
}

/// One line, split.
struct SplitLine<'a> {
    text: &'a str,
    cells: &'a Cells,
    places: &'a [(&'static str, Option<usize>)],
}

impl<'a> SplitLine<'a> {
    fn fault<T>(&self, column: usize, fault: Fault) -> Result<T, BadLine> {
        Err(BadLine { column: Some(self.places[column].0), fault })
    }

    /// A field that may be empty; so is one whose column isn't there.
    fn cell(&self, column: usize) -> Result<Cow<'a, str>, BadLine> {
        let Some(place) = self.places[column].1 else { return Ok(Cow::Borrowed("")) };
        match self.cells.get(self.text, place) {
            Some(cell) => Ok(cell),
            None => self.fault(column, Fault::Short),
        }
    }

    fn filled(&self, column: usize) -> Result<Cow<'a, str>, BadLine> {
        match self.cell(column)? {
            cell if cell.is_empty() => self.fault(column, Fault::Empty),
            cell => Ok(cell),
        }
    }

    fn rut(&self, column: usize) -> Result<Rut, BadLine> {
        let written = self.filled(column)?;
        written.parse().or_else(|error| self.fault(column, of_rut(error)))
    }

    fn name(&self, column: usize) -> Result<Clean, BadLine> {
        match Clean::new(&self.cell(column)?) {
            name if name.is_empty() => self.fault(column, Fault::Empty),
            name => Ok(name),
        }
    }

    fn word<T: Copy + PartialEq>(&self, column: usize, words: &Words<T>) -> Result<T, BadLine> {
        let found = words.meaning(&self.filled(column)?);
        found.map_or_else(|| self.fault(column, Fault::Word(words.all)), Ok)
    }

    fn date(&self, column: usize) -> Result<Option<Date>, BadLine> {
        match self.cell(column)? {
            cell if cell.is_empty() => Ok(None),
            cell => date(&cell).map_or_else(|| self.fault(column, Fault::Date), |date| Ok(Some(date))),
        }
    }

    fn sii(&self, value: &mut Vec<u8>) -> Result<Row, BadLine> {
        let (body, check) = (self.filled(0)?, self.filled(1)?);
        let rut = match body.parse().ok().and_then(Rut::of_body) {
            Some(rut) if is_check(rut, &check) => rut,
            Some(_) => return self.fault(1, Fault::Check),
            // With dots, or a body that is none.
            None => match format!("{body}-{check}").parse() {
                Ok(rut) => rut,
                Err(error) => return self.fault(0, of_rut(error)),
            },
        };
        let name = self.name(2)?;
        let state = if self.date(3)?.is_some() { CompanyState::Closed } else { CompanyState::Open };
        value::put_company(value, state, &name);
        Ok(Row { key: value::company_key(rut), day: 0 })
    }

    fn res(&self, value: &mut Vec<u8>) -> Result<Row, BadLine> {
        let (rut, name) = (self.rut(0)?, self.name(1)?);
        let day = match self.date(2)? {
            Some(signed) => Some(signed),
            None => self.date(3)?,
        };
        // The last act is the company's end.
        let act = self.cell(4)?.to_lowercase();
        let state = if act.starts_with("disoluci") { CompanyState::Closed } else { CompanyState::Open };
        value::put_company(value, state, &name);
        let day = day.and_then(|day| u32::try_from(day.to_julian_day()).ok()).unwrap_or(0);
        Ok(Row { key: value::company_key(rut), day })
    }

    fn representative(&self, value: &mut Vec<u8>) -> Result<Row, BadLine> {
        let (company, person) = (self.rut(0)?, self.rut(1)?);
        let (name, state) = (self.name(2)?, self.word(3, &REPRESENTATIVE_STATES)?);
        value::put_representative(value, state, &name);
        Ok(Row { key: value::representative_key(company, person), day: 0 })
    }

    fn card(&self, value: &mut Vec<u8>) -> Result<Row, BadLine> {
        let holder = self.rut(0)?;
        let Ok(serial) = self.filled(1)?.parse::<Serial>() else { return self.fault(1, Fault::Serial) };
        let (state, until) = (self.word(2, &CARD_STATES)?, self.date(3)?);
        value::put_card(value, state, until);
        Ok(Row { key: value::card_key(holder, &serial), day: 0 })
    }
}

fn is_check(rut: Rut, written: &str) -> bool {
    let mut symbols = written.chars();
    symbols.next().map(|symbol| symbol.to_ascii_uppercase()) == Some(rut.check()) && symbols.next().is_none()
}

fn of_rut(error: crate::domain::rut::RutError) -> Fault {
    match error {
        crate::domain::rut::RutError::Check => Fault::Check,
        _ => Fault::Rut,
    }
}

/// 31-12-2030, 31/12/2030 or 2030-12-31, and what follows after a blank is a time of day.
fn date(written: &str) -> Option<Date> {
    let written = written.split([' ', 'T']).next().unwrap_or_default();
    if let Ok(date) = Date::parse(written, DATE) {
        return Some(date);
    }
    let mut parts = written.split(['-', '/', '.']);
    let mut number = || parts.next()?.parse::<u16>().ok();
    let (day, month, year) = (number()?, number()?, number()?);
    let month = time::Month::try_from(u8::try_from(month).ok()?).ok()?;
    let is_year = year >= 1000 && parts.next().is_none();
    Date::from_calendar_date(i32::from(year), month, u8::try_from(day).ok()?).ok().filter(|_| is_year)
}

#[cfg(test)]
#[path = "rows_tests.rs"]
mod tests;

//! A table of tab-separated text, as an operator's spreadsheet writes it: columns are found by
//! the names in its first line; a byte-order mark, CRLF, quotes around a cell and further columns
//! are borne. What is wrong is said with file, line, column and remedy.
//!
//! Lines are split as the bulk register splits them, and not by `csv`: that reads 2 of 1,000 lines
//! when one cell begins with a stray quote, and counts no blank lines.

use std::borrow::Cow;
use std::fmt;

use super::bulk::lines::Cells;

/// What is wrong with a file of the padron, and what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TableError {
    /// The name of the file, without its folder.
    pub file: String,
    /// From 1; 0 for the file as a whole.
    pub line: usize,
    /// The column by its name; nothing for the line as a whole.
    pub column: Option<&'static str>,
    /// What is wrong.
    pub fault: TableFault,
}

/// What can be wrong with a table. The text says what to do.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TableFault {
    /// The system doesn't let it be read: its words.
    #[error("it can't be read: {0}. Put the file there, or let the kiosk read it")]
    Unreadable(String),
    /// It is too large to be held in memory.
    #[error("it is over 256 MiB. Keep only the companies that are served here")]
    Large,
    /// Its bytes are no UTF-8.
    #[error("it is not UTF-8. Save it as «text, separated by tabs, UTF-8»")]
    NotUtf8,
    /// The first line lacks the column.
    #[error("the first line does not name this column. Name it, with tabs between the names")]
    NoColumn,
    /// The line has fewer cells than the column's place.
    #[error("the line ends before this column. Put a tab for every column, even an empty one")]
    Short,
    /// The line has more cells than the first one: a tab stands within one of them.
    #[error("the line has more cells than the first line names. Take the tab out of one of them")]
    Many,
    /// The cell must not be empty.
    #[error("it is empty. Fill it in")]
    Empty,
    /// The cell is no RUT; with the reason.
    #[error("it is not a RUT with its check digit: {0}. Write it as 12.345.678-5")]
    Rut(String),
    /// The cell is no serial number of a card.
    #[error("it is not a card's serial number. Write it as it stands on the card")]
    Serial,
    /// The cell is no date as `2030-12-31`.
    #[error("it is not a date. Write it as 2030-12-31")]
    Date,
    /// The cell is none of these words.
    #[error("the state is none of {0}. Write one of these")]
    State(&'static str),
    /// The same key stands in this earlier line.
    #[error("the same stands in line {0} already. Take one of them away")]
    Twice(usize),
    /// The company is missing in the table of companies.
    #[error("no such company is in empresas.tsv. Add it there, or take this line away")]
    NoCompany,
}

impl fmt::Display for TableError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}", self.file)?;
        if self.line > 0 {
            write!(out, ", line {}", self.line)?;
        }
        if let Some(column) = self.column {
            write!(out, ", column {column}")?;
        }
        write!(out, ": {}", self.fault)
    }
}

impl std::error::Error for TableError {}

/// A file as text, without its byte-order mark.
pub struct Table<'a> {
    file: &'a str,
    text: &'a str,
    /// Where each wanted column stands.
    places: Vec<(&'static str, usize)>,
    /// How many columns the first line names.
    width: usize,
}

/// One line of it.
pub struct Line<'a> {
    file: &'a str,
    /// Counted from 1, the head included.
    pub number: usize,
    text: &'a str,
    cells: Cells,
    places: &'a [(&'static str, usize)],
    width: usize,
}

impl<'a> Table<'a> {
    /// Finds the columns in the first line.
    ///
    /// # Errors
    /// When the line doesn't name one of them.
    pub fn new(file: &'a str, text: &'a str, columns: &[&'static str]) -> Result<Self, TableError> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let head = text.lines().next().unwrap_or_default();
        let cells = split(head);
        let named =
            |column: &str, index| cells.get(head, index).is_some_and(|name| name.to_lowercase() == column);
        let place = |column: &&'static str| {
            let found = (0..cells.len()).find(|index| named(column, *index)).map(|place| (*column, place));
            let fault = TableFault::NoColumn;
            found.ok_or(TableError { file: file.to_string(), line: 1, column: Some(*column), fault })
        };
        let places = columns.iter().map(place).collect::<Result<_, _>>()?;
        Ok(Table { file, text, places, width: cells.len() })
    }

    /// All lines but the first and the blank ones.
    pub fn lines(&'a self) -> impl Iterator<Item = Line<'a>> {
        self.text.lines().enumerate().skip(1).filter(|(_, text)| !text.trim().is_empty()).map(
            |(index, text)| Line {
                file: self.file,
                number: index + 1,
                text,
                cells: split(text),
                places: &self.places,
                width: self.width,
            },
        )
    }
}

fn split(line: &str) -> Cells {
    let mut cells = Cells::default();
    cells.split(line, b'\t');
    cells
}

impl<'a> Line<'a> {
    /// The text in a column that the table was asked for, without its quotes; it may be empty.
    ///
    /// # Errors
    /// When the line ends before the column, or has more cells than the first line.
    pub fn cell(&self, column: &'static str) -> Result<Cow<'a, str>, TableError> {
        if self.cells.len() > self.width {
            return Err(TableError { column: None, ..self.fault(column, TableFault::Many) });
        }
        let place = self.places.iter().find(|(name, _)| *name == column).map(|(_, place)| *place);
        let cell = place.and_then(|place| self.cells.get(self.text, place));
        cell.ok_or_else(|| self.fault(column, TableFault::Short))
    }

    /// The same, never empty.
    ///
    /// # Errors
    /// When the line ends before the column, or nothing stands in it.
    pub fn filled(&self, column: &'static str) -> Result<Cow<'a, str>, TableError> {
        match self.cell(column)? {
            cell if cell.is_empty() => Err(self.fault(column, TableFault::Empty)),
            cell => Ok(cell),
        }
    }

    /// The error that names this line and this column.
    pub fn fault(&self, column: &'static str, fault: TableFault) -> TableError {
        TableError { file: self.file.to_string(), line: self.number, column: Some(column), fault }
    }
}

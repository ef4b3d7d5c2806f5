//! What stands in a register under a key: a state, and a name or a date.

use time::Date;

use super::sorted::SortedKey;
use crate::domain::cedula::Serial;
use crate::domain::clean::Clean;
use crate::domain::rut::Rut;
use crate::registry::words::{
    CARD_STATES, COMPANY_STATES, CardState, CompanyState, REPRESENTATIVE_STATES, RepresentativeState,
};

/// Room for the longest serial number, which has ten characters.
const SERIAL_BYTES: usize = 10;
/// Stands for a card that never expires; no day of the calendar is so early.
const NEVER: i32 = i32::MIN;

/// A company is found by the number of its RUT.
pub fn company_key(rut: Rut) -> SortedKey {
    rut.body().into()
}

/// A representative is found by company and person.
pub fn representative_key(company: Rut, person: Rut) -> SortedKey {
    SortedKey::from(company.body()) << 32 | SortedKey::from(person.body())
}

/// A card is found by its holder and its serial number.
pub fn card_key(holder: Rut, serial: &Serial) -> SortedKey {
    let mut symbols = serial.as_str().bytes();
    let serial = (0..SERIAL_BYTES).fold(0, |key, _| key << 8 | SortedKey::from(symbols.next().unwrap_or(0)));
    SortedKey::from(holder.body()) << (8 * SERIAL_BYTES) | serial
}

/// Between which keys all cards of a holder are found, both included.
pub fn cards_of(holder: Rut) -> (SortedKey, SortedKey) {
    let first = SortedKey::from(holder.body()) << (8 * SERIAL_BYTES);
    (first, first | ((1 << (8 * SERIAL_BYTES)) - 1))
}

/// Writes a company's state and name, in place of what stood in `value`.
pub fn put_company(value: &mut Vec<u8>, state: CompanyState, name: &Clean) {
    put_named(value, COMPANY_STATES.code(state), name);
}

/// Writes a representative's state and name, in place of what stood in `value`.
pub fn put_representative(value: &mut Vec<u8>, state: RepresentativeState, name: &Clean) {
    put_named(value, REPRESENTATIVE_STATES.code(state), name);
}

fn put_named(value: &mut Vec<u8>, code: u8, name: &Clean) {
    value.clear();
    value.push(code);
    value.extend_from_slice(name.as_str().as_bytes());
}

/// Writes a card's state and last day, in place of what stood in `value`.
pub fn put_card(value: &mut Vec<u8>, state: CardState, valid_until: Option<Date>) {
    value.clear();
    value.push(CARD_STATES.code(state));
    value.extend_from_slice(&valid_until.map_or(NEVER, Date::to_julian_day).to_le_bytes());
}

/// Nothing for what no version of this program wrote.
pub fn company(value: &[u8]) -> Option<(CompanyState, Clean)> {
    let (code, name) = named(value)?;
    Some((COMPANY_STATES.of_code(code)?, name))
}

/// Nothing for what no version of this program wrote.
pub fn representative(value: &[u8]) -> Option<(RepresentativeState, Clean)> {
    let (code, name) = named(value)?;
    Some((REPRESENTATIVE_STATES.of_code(code)?, name))
}

/// Cleaned again, for the file lies outside the program.
fn named(value: &[u8]) -> Option<(u8, Clean)> {
    let (code, name) = value.split_first()?;
    Some((*code, Clean::new(std::str::from_utf8(name).ok()?)))
}

/// Nothing for what no version of this program wrote.
pub fn card(value: &[u8]) -> Option<(CardState, Option<Date>)> {
    let (code, day) = value.split_first()?;
    let day = i32::from_le_bytes(day.try_into().ok()?);
    let valid_until = if day == NEVER { None } else { Some(Date::from_julian_day(day).ok()?) };
    Some((CARD_STATES.of_code(*code)?, valid_until))
}

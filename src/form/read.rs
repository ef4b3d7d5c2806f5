//! From what was typed to what it means: each field parsed once, when *Validar* or *Continuar* is
//! pressed, and each failure turned into one sentence beside its field.

mod person;

use zeroize::Zeroizing;

use super::field::{Field, Remark};
use super::names::Name;
use super::{Form, Told};
use crate::domain::answer::{Answer, AnswerError};
use crate::domain::cedula::{CardEnding, DocumentShown, Scan, Serial, SerialError};
use crate::domain::clave::{Clave, ClaveError, KnownWords};
use crate::domain::clean::Clean;
use crate::domain::comuna::Comuna;
use crate::domain::email::{Email, EmailError};
use crate::domain::facilitator::REASON_CHARS;
use crate::domain::folio::Folio;
use crate::domain::phone::{Mobile, Phone, PhoneError};
use crate::domain::rut::{Rut, RutError};
use crate::domain::secret::Secret;
use crate::domain::staff::{MIN_REASON_CHARACTERS, StaffPin};
use crate::effect::Sought;
use crate::text::Msg;

/// Longest free text kept, in characters.
const MAX_WORDS_CHARS: usize = 100;
/// The longest text that an error repeats: a RUT with all its marks, and some more.
const ECHOED_CHARS: usize = 16;
/// Digits of a mailed code.
const CODE_DIGITS: usize = 8;

/// Collects what is wrong while a panel is read, so that all of it is said at once.
pub struct Reader<'a> {
    form: &'a mut Form,
    errors: Vec<(Name, Msg)>,
    /// What is likely a slip, and may be right all the same.
    doubt: Option<(Name, Remark)>,
}

impl Form {
    /// Reads the panel by `read`; every error it met goes to its field. Where there is none, a likely slip is
    /// pointed out, once. `None` means that there was an error or such a slip.
    pub fn read<T>(&mut self, read: impl FnOnce(&mut Reader<'_>) -> Option<T>) -> Option<T> {
        let mut reader = Reader { form: self, errors: Vec::new(), doubt: None };
        let value = read(&mut reader);
        let (errors, doubt) = (reader.errors, reader.doubt);
        let is_right = errors.is_empty();
        self.set_errors(errors);
        match doubt.filter(|_| is_right).map(|(name, remark)| self.told(name, remark)) {
            Some(Told::Now) => None,
            Some(Told::Before) | None => value.filter(|_| is_right),
        }
    }
}

impl Reader<'_> {
    /// Whether the form has this field.
    pub fn has(&self, name: Name) -> bool {
        self.field(name).is_some()
    }

    fn field(&self, name: Name) -> Option<&Field> {
        self.form.field(name)
    }

    /// Says what is wrong with a field.
    pub fn fail<T>(&mut self, name: Name, error: Msg) -> Option<T> {
        self.errors.push((name, error));
        None
    }

    fn missing<T>(&mut self, name: Name) -> Option<T> {
        match name.missing() {
            Some(error) => self.fail(name, error),
            None => None,
        }
    }

    /// A copy, for it may be an answer or a code: wiped when it was read (S4).
    fn text(&self, name: Name) -> Zeroizing<String> {
        Zeroizing::new(self.field(name).map(|field| field.text().to_string()).unwrap_or_default())
    }

    fn show_back(&mut self, name: Name, text: &str) {
        if let Some(field) = self.form.field_mut(name) {
            field.set_text(text);
        }
    }

    /// A RUT, shown back as 12.345.678-5.
    pub fn rut(&mut self, name: Name) -> Option<Rut> {
        let text = self.text(name);
        match text.parse::<Rut>() {
            Ok(rut) => {
                self.show_back(name, &rut.to_string());
                Some(rut)
            }
            Err(RutError::Empty) => self.missing(name),
            // A long text is something else, pasted here: it isn't shown again.
            Err(RutError::Shape) if text.chars().count() > ECHOED_CHARS => self.fail(name, Msg::WrongRutLong),
            Err(RutError::Shape) => self.fail(name, Msg::WrongRutShape { text: Clean::from(text.as_str()) }),
            Err(RutError::Check) => self.fail(name, Msg::WrongRutCheck { text: Clean::from(text.as_str()) }),
        }
    }

    /// A company's RUT. One that people are given is doubted before it is asked about: a made-up question or
    /// a wrong clave would cost tries.
    pub fn company_rut(&mut self, name: Name) -> Option<Rut> {
        let rut = self.rut(name)?;
        if rut.is_of_natural_person() {
            self.doubt = Some((name, Remark::OfAPerson));
        }
        Some(rut)
    }

    /// A representative's RUT, typed or read off the card by a scanner.
    pub fn representative(&mut self, name: Name) -> Option<Rut> {
        self.representative_or_card(name).map(|(rut, _)| rut)
    }

    /// The same, with the card's serial number if it was scanned.
    pub fn representative_or_card(&mut self, name: Name) -> Option<(Rut, Option<Serial>)> {
        match Scan::read(&self.text(name)) {
            Some(scan) => {
                self.show_back(name, &scan.rut.to_string());
                Some((scan.rut, Some(scan.serial)))
            }
            None => self.rut(name).map(|rut| (rut, None)),
        }
    }

    /// A card's serial number, typed or scanned; a scanned card must be the representative's.
    pub fn serial(&mut self, name: Name, holder: Rut) -> Option<Serial> {
        let text = self.text(name);
        if let Some(scan) = Scan::read(&text) {
            if scan.rut != holder {
                return self.fail(name, Msg::WrongCardHolder { rut: Clean::from(holder.to_string()) });
            }
            self.show_back(name, scan.serial.as_str());
            return Some(scan.serial);
        }
        match text.parse::<Serial>() {
            Ok(serial) => {
                self.show_back(name, serial.as_str());
                Some(serial)
            }
            Err(SerialError::Empty) => self.missing(name),
            Err(SerialError::Shape) => self.fail(name, Msg::WrongSerial),
        }
    }

    /// The number of the document that somebody shows: of this person's card, which may be scanned, or of
    /// another one.
    pub fn document_shown(&mut self, name: Name, holder: Rut) -> Option<DocumentShown> {
        let text = self.text(name);
        if Scan::read(&text).is_some() {
            return self.serial(name, holder).map(DocumentShown::Card);
        }
        match text.parse::<DocumentShown>() {
            Ok(document) => Some(document),
            Err(SerialError::Empty) => self.missing(name),
            Err(SerialError::Shape) => self.fail(name, Msg::WrongIdentityLength),
        }
    }

    /// The last four symbols of a card's serial number.
    pub fn card_ending(&mut self, name: Name) -> Option<CardEnding> {
        match self.text(name).parse::<CardEnding>() {
            Ok(ending) => Some(ending),
            Err(SerialError::Empty) => self.missing(name),
            Err(SerialError::Shape) => self.fail(name, Msg::WrongCardEnding),
        }
    }

    /// An address of e-mail.
    pub fn email(&mut self, name: Name) -> Option<Email> {
        let text = self.text(name);
        match text.parse::<Email>() {
            Ok(email) => Some(email),
            Err(EmailError::Empty) => self.missing(name),
            Err(EmailError::Long) => self.fail(name, Msg::WrongEmailLong),
            Err(EmailError::At) => self.fail(name, Msg::WrongEmailAt),
            Err(EmailError::Letters) => self.fail(name, Msg::WrongEmailLetters),
            Err(EmailError::Shape) => self.fail(name, Msg::WrongEmailShape),
        }
    }

    /// A telephone or fax number, shown back as it is written in Chile.
    pub fn phone(&mut self, name: Name) -> Option<Phone> {
        match self.text(name).parse::<Phone>() {
            Ok(phone) => {
                self.show_back(name, &phone.to_string());
                Some(phone)
            }
            Err(PhoneError::Empty) => self.missing(name),
            Err(_) if name == Name::Fax => self.fail(name, Msg::WrongFax),
            Err(_) => self.fail(name, Msg::WrongPhone),
        }
    }

    /// A mobile, shown back with the 9 that the guide's eight digits lack.
    pub fn mobile(&mut self, name: Name) -> Option<Mobile> {
        match self.text(name).parse::<Mobile>() {
            Ok(mobile) => {
                self.show_back(name, &mobile.to_string());
                Some(mobile)
            }
            Err(PhoneError::Empty) => self.missing(name),
            Err(PhoneError::NotMobile) => self.fail(name, Msg::WrongMobileStart),
            Err(PhoneError::Shape) => self.fail(name, Msg::WrongMobile),
        }
    }

    /// Whether a box is ticked.
    pub fn is_checked(&self, name: Name) -> bool {
        self.field(name).is_some_and(Field::is_checked)
    }

    /// Which option was chosen, counted from 0.
    pub fn choice(&mut self, name: Name) -> Option<usize> {
        match self.field(name).and_then(Field::chosen) {
            Some(option) => Some(option),
            None => self.missing(name),
        }
    }

    /// A commune, chosen or named in full.
    pub fn comuna(&mut self, name: Name) -> Option<Comuna> {
        match self.field(name).and_then(Field::comuna_chosen) {
            Some(comuna) => Some(comuna),
            None if self.text(name).trim().is_empty() => self.missing(name),
            None => self.fail(name, Msg::WrongComuna { text: Clean::from(self.text(name).as_str()) }),
        }
    }

    /// Free text that must be there.
    pub fn words(&mut self, name: Name) -> Option<Clean> {
        self.optional_words(name)?.or_else(|| self.missing(name))
    }

    /// Free text that may be left out: the inner `None`.
    pub fn optional_words(&mut self, name: Name) -> Option<Option<Clean>> {
        let words = Clean::from(self.text(name).as_str());
        let length = words.as_str().chars().count();
        match length {
            0 => Some(None),
            _ if length > MAX_WORDS_CHARS => self.fail(name, Msg::WrongWordsLong { length: length as u64 }),
            _ => Some(Some(words)),
        }
    }

    /// A secret answer.
    pub fn answer(&mut self, name: Name) -> Option<Answer> {
        let typed = self.field(name).map(Field::secret).unwrap_or_default();
        match Answer::new(typed.expose()) {
            Ok(answer) => Some(answer),
            Err(AnswerError::Empty) => self.missing(name),
            Err(AnswerError::Short) => self.fail(name, Msg::WrongAnswerShort),
        }
    }

    /// A key typed twice alike that fits the rule.
    pub fn clave(&mut self, name: Name, repeat: Name, known: &KnownWords) -> Option<Clave> {
        let typed = self.hidden(name)?;
        let clave = match Clave::new(&typed, known) {
            Ok(clave) => clave,
            Err(ClaveError::Empty) => return self.missing(name),
            Err(ClaveError::Length(length)) => {
                return self.fail(name, Msg::WrongClaveLength { length: length as u64 });
            }
            Err(ClaveError::Common) => return self.fail(name, Msg::WrongClaveCommon),
            Err(ClaveError::Known) => return self.fail(name, Msg::WrongClaveKnown),
        };
        let again = self.hidden(repeat)?;
        if &again == clave.secret() { Some(clave) } else { self.fail(repeat, Msg::WrongRepeat) }
    }

    /// What was typed hidden, whatever it is.
    pub fn hidden(&mut self, name: Name) -> Option<Secret> {
        let secret = self.field(name).map(Field::secret).unwrap_or_default();
        if secret.expose().is_empty() { self.missing(name) } else { Some(secret) }
    }

    /// Number and PIN of a member of staff.
    pub fn pin(&mut self, name: Name) -> Option<StaffPin> {
        let typed = self.hidden(name)?;
        StaffPin::read(&typed).or_else(|| self.fail(name, Msg::WrongPinShape))
    }

    /// Why staff do something: a few words, for whoever reads the audit.
    pub fn reason(&mut self, name: Name) -> Option<Clean> {
        let reason = self.words(name)?;
        match reason.as_str().chars().count() < MIN_REASON_CHARACTERS {
            true => self.fail(name, Msg::WrongReason),
            false => Some(reason),
        }
    }

    /// Why a request is refused, in words that the company reads in its mail.
    pub fn refusal_reason(&mut self, name: Name) -> Option<Clean> {
        let reason = Clean::from(self.text(name).as_str());
        match reason.as_str().chars().count() {
            0 => self.missing(name),
            length if length > REASON_CHARS => {
                self.fail(name, Msg::WrongRefusalLong { length: length as u64 })
            }
            length if length < MIN_REASON_CHARACTERS => self.fail(name, Msg::WrongReason),
            _ => Some(reason),
        }
    }

    /// A box that must be ticked.
    pub fn ticked(&mut self, name: Name) -> Option<()> {
        if self.is_checked(name) { Some(()) } else { self.missing(name) }
    }

    /// A RUT, or the folio of a receipt.
    pub fn sought(&mut self, name: Name) -> Option<Sought> {
        let text = self.text(name);
        if text.trim().is_empty() {
            return self.missing(name);
        }
        match (text.parse::<Rut>(), text.parse::<Folio>()) {
            (Ok(rut), _) => Some(Sought::Company(rut)),
            (_, Ok(folio)) => Some(Sought::Folio(folio)),
            _ => self.fail(name, Msg::WrongSought),
        }
    }

    /// A mailed code: eight digits, blanks and dashes aside.
    pub fn code(&mut self, name: Name) -> Option<Secret> {
        let typed = self.text(name);
        let mut text = Zeroizing::new(String::with_capacity(typed.len()));
        text.extend(typed.chars().filter(|c| !c.is_whitespace() && *c != '-'));
        if text.is_empty() {
            return self.missing(name);
        }
        let is_right = text.len() == CODE_DIGITS && text.bytes().all(|byte| byte.is_ascii_digit());
        if is_right { Some(Secret::new(text.as_str())) } else { self.fail(name, Msg::WrongCodeShape) }
    }
}

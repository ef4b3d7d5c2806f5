//! What somebody types into a field, by what stands above it.

use totem::domain::rut::Rut;
use totem::page::{Block, Page};
use totem::text::Msg;
use totem::vault::totp;

use super::{Memory, SECOND, Visitor};
use crate::sim::boxes::Letter;
use crate::sim::cast::{FIRMS, Known, PASSWORD, PIN, STAFF, Who, answer};
use crate::sim::plan::Purpose;
use crate::sim::world::{START_MS, World};

/// What belongs into a field.
pub enum Value {
    Text(String),
    /// It has not come yet.
    NotYet,
    /// Nothing: they don't know it, or leave it empty.
    None,
}

/// How long after it came a code is still looked for, in milliseconds.
const FRESH_MS: u64 = 15 * 60_000;

impl Visitor {
    pub(super) fn value(&mut self, label: &Msg, page: &Page, memory: &mut Memory, world: &World) -> Value {
        let posed = self.who.poses_as(self.firm);
        let text = match label {
            Msg::LabelRut if asks_for_representative(page) => posed.rut().to_string(),
            Msg::LabelRut | Msg::LabelRutOfCompany | Msg::LabelCompanyRut => self.company(),
            Msg::LabelRepresentativeRut => posed.rut().to_string(),
            Msg::LabelSerial => return self.serial(posed),
            Msg::LabelAnswer => return self.answer(),
            Msg::LabelBusinessName => FIRMS[self.firm].name.to_string(),
            Msg::LabelRepresentativeName => posed.name().to_string(),
            Msg::LabelStreet => "Calle Falsa".to_string(),
            Msg::LabelNumber => "742".to_string(),
            Msg::LabelCompanyEmail | Msg::LabelRepresentativeEmail => self.mailbox().to_string(),
            Msg::LabelNewEmail => self.who.mailboxes()[1].to_string(),
            Msg::LabelPhone => "223456789".to_string(),
            Msg::LabelMobile => self.who.mobile().to_string(),
            Msg::LabelClave | Msg::LabelRepeatClave | Msg::LabelNewClave | Msg::LabelRepeatNewClave => {
                self.new_clave(memory, world)
            }
            Msg::LabelCurrentClave | Msg::LabelSentClave | Msg::LabelCompanyClave => {
                return self.clave_in_use(memory, world);
            }
            Msg::LabelLetters => letters(page),
            Msg::LabelCode => return self.code(memory, world, false),
            Msg::LabelUndoCode => return self.code(memory, world, true),
            Msg::LabelFolio => {
                let folios = match self.purpose {
                    Purpose::FinishRegistration => &memory.applications,
                    Purpose::FacilitatorStatus => &memory.requests,
                    _ => &memory.folios,
                };
                return folios.last().cloned().map_or(Value::None, Value::Text);
            }
            Msg::LabelSought => FIRMS[self.firm].rut.to_string(),
            Msg::LabelReason | Msg::LabelRefusalReason => "a prueba".to_string(),
            Msg::LabelStaffName => self.member().to_string(),
            Msg::LabelPassword => self.password(),
            Msg::LabelTotp => return self.telephone(memory, world),
            Msg::LabelCardEnding => posed.serial()[posed.serial().len() - 4..].to_string(),
            Msg::LabelPin => self.pin(),
            Msg::LabelPapersSeen => "escritura de hoy".to_string(),
            Msg::LabelUnlistedRepresentativeName => posed.name().to_string(),
            Msg::LabelIdentityNumber if FIRMS[self.firm].known == Known::Unlisted => {
                posed.serial().to_string()
            }
            Msg::LabelIdentityNumber => format!("P{}", 1_000_000 + self.firm),
            Msg::LabelNames => "Hugo Ignacio".to_string(),
            Msg::LabelPaternalSurname => "Extranjero".to_string(),
            Msg::LabelMaternalSurname => "Inventado".to_string(),
            Msg::LabelBirthDate => "01-02-1980".to_string(),
            Msg::LabelChildren => "0".to_string(),
            Msg::LabelFacilitatorEmail => self.dice.one_of(&Who::Hugo.mailboxes()).to_string(),
            Msg::LabelFax | Msg::LabelBlock | Msg::LabelApartment => return Value::None,
            other => {
                world.figures().wonders(other);
                return Value::None;
            }
        };
        Value::Text(text)
    }

    /// Of the firm that they came for, or of any other.
    fn company(&mut self) -> String {
        match self.purpose {
            Purpose::Sweep => {
                let body = 70_000_000 + 30_000 * self.dice.below(300) as u32;
                Rut::of_body(body).expect("an invented RUT is right").to_string()
            }
            // Their own in place of their company's.
            Purpose::Register if self.dice.percent(2) => self.who.rut().to_string(),
            _ => FIRMS[self.firm].rut.to_string(),
        }
    }

    /// Who knows it types it; who doesn't guesses.
    fn serial(&mut self, posed: Who) -> Value {
        let knows = self.who.is_honest() || self.who == Who::Copyist;
        let guess = format!("{:09}", self.dice.below(1_000_000_000));
        Value::Text(if knows { posed.serial().to_string() } else { self.guesses(guess) })
    }

    fn answer(&mut self) -> Value {
        // Whoever is given the account chooses another one.
        let is_chosen = self.called_to.contains(SECOND);
        let is_forgotten = matches!(
            self.purpose,
            Purpose::RecoverByCard | Purpose::RecoverToNewMailbox | Purpose::SettleOnScreen
        ) && !is_chosen;
        if is_forgotten {
            return Value::None;
        }
        let knows = self.who.represents(self.firm) || self.who == Who::Confidant;
        let guess = format!("Firulais{}", self.dice.below(1_000));
        Value::Text(if knows { answer(self.firm).to_string() } else { self.guesses(guess) })
    }

    /// This, or the same as before: whoever doesn't know it may believe that they mistyped it.
    fn guesses(&mut self, guess: String) -> String {
        let again = self.guess.take().filter(|_| self.dice.percent(25));
        self.guess.insert(again.unwrap_or(guess)).clone()
    }

    /// Where they want mail to go: when they change a contact, to the other one of theirs.
    fn mailbox(&mut self) -> &'static str {
        match self.purpose {
            Purpose::UpdateContacts => self.dice.one_of(&self.who.mailboxes()),
            _ => self.who.mailboxes()[0],
        }
    }

    fn new_clave(&mut self, memory: &mut Memory, world: &World) -> String {
        // Now and then somebody chooses the one that they have.
        let may_keep = matches!(self.purpose, Purpose::Change | Purpose::FacilitatorClave);
        let kept = self.typed_clave.clone().filter(|_| may_keep && self.chosen.is_none());
        let kept = kept.filter(|_| self.dice.percent(8));
        let chosen = self.chosen.clone().or(kept);
        let clave = chosen.unwrap_or_else(|| memory.thinks_of_clave(self.who, self.firm));
        world.laws().learns_secret(&clave);
        self.chosen = Some(clave.clone());
        clave
    }

    /// A key that was sent, if that is what they came for, or one that they chose; then those before it.
    fn clave_in_use(&mut self, memory: &mut Memory, world: &World) -> Value {
        let sent = letters_to(self.who, world);
        let key = sent
            .into_iter()
            .rev()
            .filter_map(|letter| letter.secret)
            .find(|secret| secret.len() == 10 && !memory.used.contains(secret));
        let wants_key = self.purpose == Purpose::UseSentKey || memory.claves.is_empty();
        let clave = match key.filter(|_| wants_key) {
            Some(key) => {
                memory.used.push(key.clone());
                key
            }
            None => {
                let count = memory.claves.len();
                let tried = memory.tried_in_vain;
                memory.tried_in_vain += 1;
                match count {
                    0 => format!("Clave{:04}", self.dice.below(10_000)),
                    _ => memory.claves[count - 1 - tried % count].clone(),
                }
            }
        };
        self.typed_clave = Some(clave.clone());
        Value::Text(clave)
    }

    /// The newest code that came, of the kind that is asked for; a guess of those who get none.
    fn code(&mut self, memory: &mut Memory, world: &World, undoes: bool) -> Value {
        let now_ms = world.now_ms();
        let letters = letters_to(self.who, world).into_iter().rev();
        let mut codes = letters.filter(|letter| {
            letter.undoes == undoes && (undoes || now_ms.saturating_sub(letter.at_ms) < FRESH_MS)
        });
        let code = codes.find_map(|letter| {
            letter.secret.filter(|secret| secret.len() == 8 && !memory.used.contains(secret))
        });
        match code {
            Some(code) => {
                memory.used.push(code.clone());
                Value::Text(code)
            }
            None if undoes || !self.who.is_honest() && self.dice.percent(40) => {
                Value::Text(format!("{:08}", self.dice.below(100_000_000)))
            }
            None if self.dice.percent(10) => Value::None,
            None => Value::NotYet,
        }
    }

    /// Of the member beside them; others guess.
    fn password(&mut self) -> String {
        match self.beside {
            Some(_) => PASSWORD.to_string(),
            None => format!("palabras sin sentido {}", self.dice.below(1_000)),
        }
    }

    /// Whose it is types it, and others guess.
    fn pin(&mut self) -> String {
        match self.beside {
            Some(_) => format!("{}{}", PIN.0, PIN.1),
            None => format!("{}{:06}", PIN.0, self.dice.below(1_000_000)),
        }
    }

    pub(super) fn member(&self) -> &'static str {
        STAFF[self.beside.unwrap_or(0)].0
    }

    /// What their telephone shows, once it shows another code than the one that was typed last.
    fn telephone(&mut self, memory: &mut Memory, world: &World) -> Value {
        let name = self.member();
        let Some(seed) = world.staff_seed(name) else { return Value::None };
        let code = totp::code_at(&seed, world.now_ms()).expose().to_string();
        let shown = format!("{name} {code} {}", (world.now_ms() - START_MS) / 90_000);
        if memory.used.contains(&shown) {
            return Value::NotYet;
        }
        memory.used.push(shown);
        Value::Text(code)
    }
}

/// A page that asks for one RUT alone says in its heading whose.
fn asks_for_representative(page: &Page) -> bool {
    let headings = [Msg::RegisterRepresentativeHeading, Msg::RecoverRepresentativeHeading];
    headings.into_iter().any(|heading| page.heading == heading.into())
}

/// All that came to somebody, the oldest first.
fn letters_to(who: Who, world: &World) -> Vec<Letter> {
    let boxes = world.boxes();
    let mobile = format!("+56{}", who.mobile());
    let mailboxes = who.mailboxes().into_iter().chain(old_mailboxes(who));
    let mut letters: Vec<Letter> = mailboxes.flat_map(|to| boxes.of(to).to_vec()).collect();
    letters.extend_from_slice(boxes.of(&mobile));
    letters.sort_by_key(|letter| letter.at_ms);
    letters
}

/// Those that others used first: somebody else reads them too.
fn old_mailboxes(who: Who) -> impl Iterator<Item = &'static str> {
    let owners = [Who::Ana, Who::Bruno, Who::Diego].into_iter().filter(move |_| who == Who::Reader);
    owners.map(|owner| owner.mailboxes()[0])
}

fn letters(page: &Page) -> String {
    let found = page.blocks.iter().find_map(|block| match block {
        Block::Challenge(challenge) => Some(challenge.letters.iter().collect()),
        _ => None,
    });
    found.unwrap_or_default()
}

//! The real desk in one of the model's worlds: its post, its clock, what everybody knows of claves and
//! codes, and no limits, which are proved elsewhere.

use std::collections::HashMap;

use totem::domain::pending::RegistrationEvidence;
use totem::domain::reference::Kind;
use totem::domain::staff::Role;
use totem::effect::{AwaitingCode, ClaveProved};
use totem_model::desk::{Key, Mailbox, Mailboxes, Who};
use totem_model::rules::Evidence;
use totem_model::traces::Code;
use totem_model::variant::Variant;
use totem_model::world::Proved;

use super::cast::{self, FIRST};
use crate::booth::{Booth, Outside};

/// Two members of staff, each with their RUT.
pub const STAFF: [(&str, &str); 2] = [("rosa", "46000000-9"), ("pedro", "47000000-7")];
const MINUTE: u64 = 60;
const HOUR: u64 = 3_600;

/// A CS, and who knows it.
#[derive(Clone, Default)]
pub struct KnownClave {
    pub clave: String,
    pub by: Vec<Who>,
}

/// What lay in the mailboxes after a step.
#[derive(Default)]
pub struct Heard {
    /// Got any message.
    pub any: Mailboxes,
    /// Got a notice with a code.
    pub code: Mailboxes,
}

pub struct Stage {
    pub booth: Booth,
    pub variant: Variant,
    /// The newest is in use, unless an undoing put another at the end.
    pub claves: Vec<KnownClave>,
    /// Which clave was in use before the step of this number.
    pub before: HashMap<usize, KnownClave>,
    pub keys: HashMap<Key, Vec<(Mailbox, String)>>,
    /// Sent, and not yet noted by the model's courier.
    pub sent_keys: Vec<(Mailbox, String)>,
    pub codes: HashMap<Code, String>,
    /// The codes of the notices of the step under way.
    pub fresh_codes: Vec<(Mailbox, String)>,
    /// Of each who applied: what waits, where its code goes, and the CS that was chosen.
    pub applications: HashMap<usize, (AwaitingCode, Mailbox, String)>,
    /// Of an application that staff have yet to see.
    pub waiting_clave: Option<KnownClave>,
    pub visit: Option<(Proved, ClaveProved)>,
    read: HashMap<Mailbox, (usize, usize)>,
    chosen: u32,
}

impl Stage {
    pub fn new(variant: Variant) -> Self {
        let registration = match variant.evidence {
            Evidence::Card => RegistrationEvidence::Card,
            Evidence::Person => RegistrationEvidence::Person,
        };
        let mut booth = Booth::over(Outside { registration, ..Outside::default() });
        for (name, rut) in STAFF {
            booth.employs_person(name, Role::Helper, rut);
        }
        let now_ms = booth.now_ms();
        let records = booth.records.clone();
        booth.runs(async |_| cast::enter(&variant, &records, now_ms).await);
        let by = [Who::Owner, Who::Partner, Who::Thief].into_iter();
        let by = by.filter(|who| variant.first_desk().is_claves(*who)).collect();
        Stage {
            booth,
            variant,
            claves: vec![KnownClave { clave: FIRST.to_string(), by }],
            before: HashMap::new(),
            keys: HashMap::new(),
            sent_keys: Vec::new(),
            codes: HashMap::new(),
            fresh_codes: Vec::new(),
            applications: HashMap::new(),
            waiting_clave: None,
            visit: None,
            read: HashMap::new(),
            chosen: 0,
        }
    }

    /// A CS that was never chosen before.
    pub fn new_clave(&mut self) -> String {
        self.chosen += 1;
        let letter = |place: u32| char::from(b'a' + (self.chosen / 26_u32.pow(place) % 26) as u8);
        format!("Zq{}{}+7Kx{}", letter(0), letter(1), letter(2))
    }

    /// Nothing, before one was chosen.
    pub fn in_use(&self) -> KnownClave {
        self.claves.last().cloned().unwrap_or_default()
    }

    /// Nothing that was tried or sent before counts.
    pub fn forgives(&mut self) {
        let (records, now_ms) = (self.booth.records.clone(), self.booth.now_ms());
        self.booth.runs(async |_| {
            let limits = records.store().list(Kind::Limit, None, 1000).await.expect("the store is up");
            let draft = records.draft(now_ms);
            let draft = limits.iter().fold(draft, |draft, (at, read)| draft.remove_unread(*at, read.version));
            draft.commit(&records).await.expect("the store is up");
        });
    }

    /// Whatever is to be sent is sent.
    pub fn sends(&mut self) {
        for _ in 0..2 {
            self.forgives();
            self.booth.runs_courier();
            self.booth.passes(2);
        }
    }

    /// This long passes, and the courier sees to what is due.
    pub fn passes(&mut self, hours: u64) {
        self.visit = None;
        self.booth.passes(hours * HOUR + MINUTE);
        self.sends();
    }

    /// The code that was just sent to this mailbox, to be typed in the same visit.
    pub fn code_sent_to(&mut self, mailbox: Mailbox) -> Option<String> {
        self.sends();
        self.unread(mailbox).into_iter().flatten().rfind(|secret| secret.len() == 8)
    }

    /// What came since it was looked at last.
    fn unread(&mut self, mailbox: Mailbox) -> Vec<Option<String>> {
        let mails = self.booth.post.secrets_in_mails_to(cast::email(mailbox));
        let texts = self.booth.post.secrets_in_texts_to(&cast::mobile(Some(mailbox)).international());
        let (read_mails, read_texts) =
            self.read.insert(mailbox, (mails.len(), texts.len())).unwrap_or_default();
        mails.into_iter().skip(read_mails).chain(texts.into_iter().skip(read_texts)).collect()
    }

    /// Everybody looks into their mailboxes.
    pub fn all_read(&mut self) -> Heard {
        self.sends();
        let mut heard = Heard::default();
        for mailbox in Mailbox::ALL {
            for secret in self.unread(mailbox) {
                heard.any = heard.any | mailbox.into();
                match secret {
                    Some(key) if key.len() == 10 => self.sent_keys.push((mailbox, key)),
                    Some(code) => {
                        heard.code = heard.code | mailbox.into();
                        self.fresh_codes.push((mailbox, code));
                    }
                    None => {}
                }
            }
        }
        heard
    }
}

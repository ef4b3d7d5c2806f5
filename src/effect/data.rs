//! What is on file about a company, what its owner changes, and where messages went.

use super::{AwaitingCode, Representing};
use crate::domain::account::{Address, Representative};
use crate::domain::answer::Answer;
use crate::domain::clean::Clean;
use crate::domain::contact::Contact;
use crate::domain::destination::{Channel, DemoFolders};
use crate::domain::email::Email;
use crate::domain::outlook::Outlook;
use crate::domain::phone::Phone;
use crate::domain::rut::Rut;

/// Which messages a confirmation speaks of, and what will become of each.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SentTo {
    /// A mail, an SMS or both; never more than one to an address.
    pub messages: Vec<Outgoing>,
    /// Only in the demo world: where the messages can be read.
    pub demo: DemoFolders,
}

/// One message, as the person may hear of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outgoing {
    /// By which way.
    pub channel: Channel,
    /// Masked, unless the person typed it or has the clave in use.
    pub to: Clean,
    /// What will become of it.
    pub outlook: Outlook,
}

impl SentTo {
    /// Of the message that fares best.
    pub fn outlook(&self) -> Outlook {
        let outlooks = self.messages.iter().map(|message| message.outlook);
        outlooks.reduce(Outlook::or).unwrap_or(Outlook::Off)
    }
}

/// What is kept of a company, for a person who proved its own clave. It holds no secret.
#[derive(Clone, Debug, PartialEq)]
pub struct OnFile {
    /// Whose data.
    pub company: Rut,
    /// *Razón Social*; only SII changes it.
    pub name: Clean,
    /// The secret question without its answer; `None` for accounts older than the questions (guide
    /// 3.1).
    pub question: Option<Clean>,
    /// *Dirección de Empresa*.
    pub address: Address,
    /// The company's mailbox.
    pub email: Email,
    /// *Teléfono*.
    pub phone: Phone,
    /// *Fax*.
    pub fax: Option<Phone>,
    /// Who acts for it, whole: the owner sees their own data.
    pub representative: Representative,
    /// The contacts to which nothing secret or personal goes, for nobody has proved them (T3), and which a
    /// code can prove.
    pub unproved: Vec<Contact>,
    /// By which the office sends nothing: no code can prove another contact there.
    pub off: Vec<Channel>,
    /// In how many hours everything will be erased; `None` if that was not asked for.
    pub erased_in_hours: Option<u64>,
}

impl OnFile {
    /// Whether a code can prove it.
    pub fn can_prove(&self, contact: &Contact) -> bool {
        !self.off.contains(&contact.destination().channel())
    }
}

/// What should differ from what is on file. Nothing else is sent.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DataChange {
    /// *Dirección de Empresa*.
    pub address: Option<Address>,
    /// *Teléfono*.
    pub phone: Option<Phone>,
    /// The inner `None` removes the fax.
    pub fax: Option<Option<Phone>>,
    /// Question and answer.
    pub secret: Option<(Clean, Answer)>,
    /// Another person, as SII names them.
    pub representative: Option<Representing>,
    /// Each counts once it is proved (S8).
    pub contacts: Vec<Contact>,
}

/// A new contact that waits for its code.
#[derive(Clone, Debug, PartialEq)]
pub struct ToProve {
    /// To type the code under.
    pub awaiting: AwaitingCode,
    /// What will count.
    pub contact: Contact,
    /// Where the code went.
    pub sent_to: SentTo,
}

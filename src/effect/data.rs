//! What is on file of a company, what its owner wants changed of it, and where messages went.

use super::{AwaitingCode, Representing};
use crate::domain::account::{Address, Representative};
use crate::domain::answer::Answer;
use crate::domain::clean::Clean;
use crate::domain::email::Email;
use crate::domain::phone::Phone;
use crate::domain::rut::Rut;
use crate::domain::update::Contact;

/// Where a confirmation says that its messages go, masked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SentTo {
    pub email: Option<Clean>,
    pub mobile: Option<Clean>,
    /// In the demo world, the folder where the message can be read.
    pub demo_folder: Option<Clean>,
}

/// What is kept of a company, for whoever proved its own key. No secret is in it.
#[derive(Clone, Debug, PartialEq)]
pub struct OnFile {
    pub company: Rut,
    pub name: Clean,
    pub question: Option<Clean>,
    pub address: Address,
    pub email: Email,
    pub phone: Phone,
    pub fax: Option<Phone>,
    pub representative: Representative,
    /// All of it is to be erased, in so many hours.
    pub erased_in_hours: Option<u64>,
}

/// What shall be other than it is on file; nothing else is sent.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DataChange {
    pub address: Option<Address>,
    pub phone: Option<Phone>,
    /// The inner `None`: there is no fax any more.
    pub fax: Option<Option<Phone>>,
    pub secret: Option<(Clean, Answer)>,
    pub representative: Option<Representing>,
    /// Each counts once it is proved.
    pub contacts: Vec<Contact>,
}

/// A new contact that waits for its code.
#[derive(Clone, Debug, PartialEq)]
pub struct ToProve {
    pub awaiting: AwaitingCode,
    pub contact: Contact,
    pub sent_to: SentTo,
}

//! The settlement of an account (E6, T6): what the person and the two members of staff beside them may
//! ask, and what they are answered.

use super::{CardValidated, SentTo};
use crate::domain::account::Address;
use crate::domain::answer::Answer;
use crate::domain::cedula::{CardEnding, DocumentShown, Serial};
use crate::domain::clave::{Clave, KnownWords};
use crate::domain::clean::Clean;
use crate::domain::contact::Contact;
use crate::domain::dispute::{Grounds, Unsettled};
use crate::domain::folio::Folio;
use crate::domain::outlook::Outlook;
use crate::domain::phone::{Mobile, Phone};
use crate::domain::reference::Id;
use crate::domain::rut::Rut;
use crate::effect::AwaitingCode;

/// A member of staff saw the person and their card in this visit, and opened a settlement. Only the
/// office makes one.
#[derive(Clone, Debug, PartialEq)]
pub struct DisputeOpened {
    dispute: Id,
    company: Rut,
    /// As SII calls it at the opening, or its papers do.
    company_name: Clean,
    representative: Rut,
    folio: Folio,
    /// What the second looks at, too.
    grounds: Grounds,
}

impl DisputeOpened {
    /// They typed the card's last four symbols.
    pub(crate) fn by_staff(
        dispute: Id,
        (company, company_name): (Rut, Clean),
        representative: Rut,
        (folio, grounds): (Folio, Grounds),
    ) -> Self {
        DisputeOpened { dispute, company, company_name, representative, folio, grounds }
    }

    /// Under which it is kept.
    pub fn dispute(&self) -> Id {
        self.dispute
    }

    /// Whose account it is about.
    pub fn company(&self) -> Rut {
        self.company
    }

    /// To whom it shall be given.
    pub fn representative(&self) -> Rut {
        self.representative
    }

    /// *Razón Social*, as SII or its papers say it.
    pub fn company_name(&self) -> &Clean {
        &self.company_name
    }

    /// On what the account is given.
    pub fn grounds(&self) -> Grounds {
        self.grounds
    }

    /// For the second to find it.
    pub fn folio(&self) -> Folio {
        self.folio
    }
}

/// Two saw them: the account is given to this person. Only the office makes one.
#[derive(Clone, Debug, PartialEq)]
pub struct DisputeConfirmed {
    opened: DisputeOpened,
}

impl DisputeConfirmed {
    /// The second typed the symbols too.
    pub(crate) fn by_second(opened: DisputeOpened) -> Self {
        DisputeConfirmed { opened }
    }

    /// What was opened.
    pub fn opened(&self) -> &DisputeOpened {
        &self.opened
    }
}

/// What the person asks.
#[derive(Clone, Debug, PartialEq)]
pub enum SettlementEffect {
    /// *Continuar*: has the second confirmed it?
    GoOn(DisputeOpened),
    /// A code to a channel that shall be theirs.
    ProveChannel(DisputeConfirmed, Contact),
    /// *Entregar cuenta*
    Settle(Box<SettlementList>),
}

/// The one list of a settlement. Channels were proved before.
#[derive(Clone, Debug, PartialEq)]
pub struct SettlementList {
    /// By both members of staff.
    pub confirmed: DisputeConfirmed,
    /// *Pregunta Secreta*
    pub question: Clean,
    /// *Respuesta Secreta*, folded.
    pub answer: Answer,
    /// The clave that will be in use.
    pub clave: Clave,
    /// The facilitators who stay. All others are retired.
    pub stay: Vec<Id>,
    /// Of a company that has no account yet.
    pub new_company: Option<NewCompany>,
}

/// What an account holds besides, which the settlement of a company without one asks for (guide 2).
#[derive(Clone, Debug, PartialEq)]
pub struct NewCompany {
    /// *Dirección de Empresa*
    pub address: Address,
    /// *Teléfono*
    pub phone: Phone,
    /// *Celular*; nothing goes there until its code was typed.
    pub mobile: Mobile,
}

/// What the person is answered.
#[derive(Clone, Debug, PartialEq)]
pub enum SettlementReply {
    /// The account is frozen: two members of staff give it to the holder of this card.
    Needed(CardValidated),
    /// Nobody has confirmed it yet.
    NotYet,
    /// Its two hours are over, or it was opened anew.
    Over,
    /// On to the list.
    GoesOn(Box<SettlementBegun>),
    /// A code goes to the channel.
    ToProve {
        /// What waits for the code.
        awaiting: AwaitingCode,
        /// Where it went.
        sent_to: SentTo,
    },
    /// The account is theirs.
    Settled {
        /// On the receipt.
        folio: Folio,
        /// Whether the contacts hear of it.
        notices: Outlook,
    },
}

/// What the list starts from.
#[derive(Clone, Debug, PartialEq)]
pub struct SettlementBegun {
    /// By both members of staff.
    pub confirmed: DisputeConfirmed,
    /// *Razón Social*
    pub company_name: Clean,
    /// What the new clave must not be made of (S2).
    pub known: KnownWords,
    /// Who may stay.
    pub facilitators: Vec<FacilitatorOnFile>,
    /// It has no account, or none any more: the list asks for all that one needs.
    pub is_new: bool,
    /// What becomes of a code by SMS.
    pub sms: Outlook,
}

/// A facilitator of the company, for the representative to say whether they stay.
#[derive(Clone, Debug, PartialEq)]
pub struct FacilitatorOnFile {
    /// Which one.
    pub id: Id,
    /// As the company wrote it.
    pub name: Clean,
    /// Masked.
    pub document: Clean,
}

/// Somebody whom SII names and Registro Civil doesn't know, nor the list that answers for it: a company, a
/// foreigner without a RUN, or whose card is on no list yet.
#[derive(Clone, Debug, PartialEq)]
pub struct WithoutRun {
    /// For which company they act.
    pub company: Rut,
    /// Theirs.
    pub representative: Rut,
    /// The card's number that they typed, if it came to that.
    pub serial: Option<Serial>,
}

/// A company that the list lacks which answers for SII, and whom its papers name.
#[derive(Clone, Debug, PartialEq)]
pub struct UnlistedCompany {
    /// Which one.
    pub company: Rut,
    /// *Razón Social*.
    pub company_name: Clean,
    /// Who stands there.
    pub representative: Rut,
    /// What they are called.
    pub representative_name: Clean,
    /// What they show, as the member of staff reads it off.
    pub document: DocumentShown,
}

/// What staff do for it.
#[derive(Clone, Debug, PartialEq)]
pub enum DisputeAct {
    /// The first of two.
    Open {
        /// That was matched in this visit.
        card: CardValidated,
        /// As they read it off the card.
        ending: CardEnding,
    },
    /// The first of two, beside a representative whom Registro Civil doesn't know: other papers and the
    /// power stand for the card.
    OpenWithPapers {
        /// Who stands there.
        person: WithoutRun,
        /// Of the document that they show.
        ending: CardEnding,
    },
    /// The first of two, beside the representative of a company that is on no list yet: its papers stand
    /// for SII's word.
    OpenUnlisted(UnlistedCompany),
    /// The second of two.
    Confirm {
        /// On the person's page.
        folio: Folio,
        /// As they read it off the card.
        ending: CardEnding,
    },
    /// Which wait for a second?
    List,
}

/// What staff are answered.
#[derive(Clone, Debug, PartialEq)]
pub enum DisputeReply {
    /// The person waits for the second.
    Opened(DisputeOpened),
    /// The person goes on.
    Confirmed {
        /// Of what.
        folio: Folio,
    },
    /// Those that wait for a second.
    Listed(Vec<DisputeSeen>),
    /// Why it does not go on.
    Not(Unsettled),
}

/// A settlement that waits for a second, as staff see it.
#[derive(Clone, Debug, PartialEq)]
pub struct DisputeSeen {
    /// On the person's page.
    pub folio: Folio,
    /// A public number.
    pub company: Rut,
    /// Who stands there.
    pub masked_representative: Clean,
    /// Who opened it.
    pub first: Clean,
    /// At which terminal.
    pub terminal: Clean,
    /// Before it ends by itself.
    pub minutes_left: u64,
    /// What is to be looked at besides the person.
    pub grounds: Grounds,
}

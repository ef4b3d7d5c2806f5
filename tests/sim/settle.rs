//! One visit with two members of staff, by what the desk is asked for: whatever was done to an account
//! before, its representative leaves with a clave that works (T7).

use std::time::Duration;

use tokio::time::sleep;
use totem::domain::answer::Answer;
use totem::domain::cedula::{DocumentShown, Serial};
use totem::domain::clave::{Clave, KnownWords};
use totem::domain::comuna::Comuna;
use totem::domain::contact::Contact;
use totem::domain::secret::Secret;
use totem::effect::settlement::{
    DisputeAct, DisputeReply, NewCompany, SettlementBegun, SettlementEffect, SettlementList, SettlementReply,
    UnlistedCompany, WithoutRun,
};
use totem::effect::{CardValidated, Effect, Proved, Reply, StaffAct, StaffReply};

use super::at_desk::{AtDesk, refused};
use super::cast::{FIRMS, Known, Who, answer, questions, rut};
use super::person::Memory;

/// Somebody before two members of staff.
pub struct Settling<'a> {
    pub at: AtDesk<'a>,
    pub who: Who,
    pub firm: usize,
}

impl Settling<'_> {
    /// Gives them the account, and tries the clave that they chose.
    ///
    /// # Errors
    /// What was answered in place of the next step.
    pub async fn goes(&self, memory: &mut Memory) -> Result<(), String> {
        let serial: Serial = self.who.serial().parse().expect("an invented card is right");
        let open = self.to_open(&serial).await?;
        let opened = match self.at.signs_in_for(0, StaffAct::Dispute(open)).await? {
            Reply::Staff(StaffReply::Dispute(DisputeReply::Opened(opened))) => opened,
            other => return refused("the first of two", &other),
        };
        // Whoever can't wait presses it before the second has come.
        let early = match self.at.asks(Effect::Settlement(SettlementEffect::GoOn(opened.clone()))).await {
            Reply::Settlement(SettlementReply::GoesOn(begun)) => Some(begun),
            _ => None,
        };
        if let Some(begun) = early {
            return self.is_given(begun, memory).await;
        }
        let confirm = DisputeAct::Confirm { folio: opened.folio(), ending: serial.ending() };
        match self.at.signs_in_for(1, StaffAct::Dispute(confirm)).await? {
            Reply::Staff(StaffReply::Dispute(DisputeReply::Confirmed { .. })) => {}
            other => return refused("the second of two", &other),
        }
        let begun = match self.at.asks(Effect::Settlement(SettlementEffect::GoOn(opened))).await {
            Reply::Settlement(SettlementReply::GoesOn(begun)) => begun,
            other => return refused("going on", &other),
        };
        self.is_given(begun, memory).await
    }

    /// Both have seen them: proves a mailbox, sends the list, and tries the clave.
    async fn is_given(&self, begun: Box<SettlementBegun>, memory: &mut Memory) -> Result<(), String> {
        let mailbox = self.who.mailboxes()[0];
        let contact = Contact::CompanyEmail(mailbox.parse().expect("an invented address is right"));
        let prove = SettlementEffect::ProveChannel(begun.confirmed.clone(), contact);
        let asked_ms = self.at.world.now_ms();
        let awaiting = match self.at.asks(Effect::Settlement(prove)).await {
            Reply::Settlement(SettlementReply::ToProve { awaiting, .. }) => awaiting,
            other => return refused("proving the mailbox", &other),
        };
        let code = self.newest_code(mailbox, asked_ms).await?;
        match self.at.asks(Effect::CheckCode { awaiting, code: Secret::new(code) }).await {
            Reply::AddressProved(Proved::Contact) => {}
            other => return refused("the code", &other),
        }
        let clave = memory.thinks_of_clave(self.who, self.firm);
        self.at.world.laws().learns_secret(&clave);
        let list = SettlementList {
            confirmed: begun.confirmed.clone(),
            question: questions().swap_remove(0),
            answer: Answer::new(answer(self.firm)).expect("it is long enough"),
            clave: Clave::new(&Secret::new(&clave), &KnownWords::default()).expect("a good clave"),
            stay: Vec::new(),
            new_company: begun.is_new.then(|| self.new_company()),
        };
        match self.at.asks(Effect::Settlement(SettlementEffect::Settle(Box::new(list)))).await {
            Reply::Settlement(SettlementReply::Settled { .. }) => memory.claves.push(clave.clone()),
            other => return refused("the list", &other),
        }
        self.tries(&clave).await
    }

    /// What the first of the two does, who sees them with a card, or with what stands for one.
    async fn to_open(&self, serial: &Serial) -> Result<DisputeAct, String> {
        let (company, representative) = (rut(FIRMS[self.firm].rut), rut(self.who.rut()));
        Ok(match FIRMS[self.firm].known {
            Known::Well | Known::Closed | Known::CardExpired => {
                DisputeAct::Open { card: self.shows_card(serial).await?, ending: serial.ending() }
            }
            Known::WithoutRun => DisputeAct::OpenWithPapers {
                person: WithoutRun { company, representative, serial: None },
                ending: serial.ending(),
            },
            Known::Unlisted => DisputeAct::OpenUnlisted(UnlistedCompany {
                company,
                company_name: FIRMS[self.firm].name.into(),
                representative,
                representative_name: self.who.name().into(),
                document: DocumentShown::Card(serial.clone()),
            }),
        })
    }

    async fn tries(&self, clave: &str) -> Result<(), String> {
        let (company, representative) = (rut(FIRMS[self.firm].rut), rut(self.who.rut()));
        let check = Effect::CheckClave { company, representative, clave: Secret::new(clave) };
        match self.at.asks(check).await {
            Reply::ClaveRight(_) => Ok(()),
            other => refused("the clave that was chosen", &other),
        }
    }

    async fn shows_card(&self, serial: &Serial) -> Result<CardValidated, String> {
        let (company, representative) = (rut(FIRMS[self.firm].rut), rut(self.who.rut()));
        let right = match self.at.asks(Effect::CheckRepresentative { company, representative }).await {
            Reply::RepresentativeRight(right) => right,
            other => return refused("the representative", &other),
        };
        match self.at.asks(Effect::CheckCard { representative: right, serial: serial.clone() }).await {
            Reply::CardRight { card, .. }
            | Reply::CardRightNoAccount { card: Some(card) }
            | Reply::Settlement(SettlementReply::Needed(card)) => Ok(card),
            other => refused("the card", &other),
        }
    }

    fn new_company(&self) -> NewCompany {
        NewCompany {
            address: totem::domain::account::Address {
                comuna: Comuna::named("Ñuñoa").expect("there is such a commune"),
                street: "Calle Falsa".into(),
                number: "742".into(),
                block: None,
                apartment: None,
            },
            phone: "223456789".parse().expect("a telephone"),
            mobile: self.who.mobile().parse().expect("a mobile"),
        }
    }

    /// The code that comes to the mailbox within some minutes.
    async fn newest_code(&self, mailbox: &str, asked_ms: u64) -> Result<String, String> {
        for _ in 0..60 {
            sleep(Duration::from_secs(10)).await;
            let boxes = self.at.world.boxes();
            let fresh = boxes.of(mailbox).iter().rev().find(|letter| {
                letter.at_ms >= asked_ms && letter.secret.as_ref().is_some_and(|secret| secret.len() == 8)
            });
            if let Some(code) = fresh.and_then(|letter| letter.secret.clone()) {
                return Ok(code);
            }
        }
        Err("no code came".to_string())
    }
}

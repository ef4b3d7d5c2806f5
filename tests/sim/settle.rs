//! One visit with two members of staff, by what the desk is asked for: whatever was done to an account
//! before, its representative leaves with a clave that works (T7).

use std::time::Duration;

use tokio::time::sleep;
use totem::desk::Desk;
use totem::domain::answer::Answer;
use totem::domain::cedula::Serial;
use totem::domain::clave::{Clave, KnownWords};
use totem::domain::comuna::Comuna;
use totem::domain::contact::Contact;
use totem::domain::language::Language;
use totem::domain::secret::Secret;
use totem::effect::settlement::{
    DisputeAct, DisputeReply, NewCompany, SettlementBegun, SettlementEffect, SettlementList, SettlementReply,
};
use totem::effect::{CardValidated, Effect, Proved, Reply, StaffAct, StaffOrder, StaffReply, StaffSession};
use totem::vault::totp;

use super::cast::{FIRMS, PASSWORD, STAFF, Who, answer, questions, rut};
use super::laws::answers::{self, Answered};
use super::person::Memory;
use super::plants;
use super::world::World;

/// Somebody before two members of staff.
pub struct Settling<'a> {
    pub world: &'a World,
    pub desk: &'a Desk,
    pub terminal: u8,
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
        let card = self.shows_card(&serial).await?;
        let open = DisputeAct::Open { card, ending: serial.ending() };
        let opened = match self.member_acts(0, open).await? {
            Reply::Staff(StaffReply::Dispute(DisputeReply::Opened(opened))) => opened,
            other => return refused("the first of two", &other),
        };
        // Whoever can't wait presses it before the second has come.
        let early = match self.asks(Effect::Settlement(SettlementEffect::GoOn(opened.clone()))).await {
            Reply::Settlement(SettlementReply::GoesOn(begun)) => Some(begun),
            _ => None,
        };
        if let Some(begun) = early {
            return self.is_given(begun, memory).await;
        }
        let confirm = DisputeAct::Confirm { folio: opened.folio(), ending: serial.ending() };
        match self.member_acts(1, confirm).await? {
            Reply::Staff(StaffReply::Dispute(DisputeReply::Confirmed { .. })) => {}
            other => return refused("the second of two", &other),
        }
        let begun = match self.asks(Effect::Settlement(SettlementEffect::GoOn(opened))).await {
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
        let asked_ms = self.world.now_ms();
        let awaiting = match self.asks(Effect::Settlement(prove)).await {
            Reply::Settlement(SettlementReply::ToProve { awaiting, .. }) => awaiting,
            other => return refused("proving the mailbox", &other),
        };
        let code = self.newest_code(mailbox, asked_ms).await?;
        match self.asks(Effect::CheckCode { awaiting, code: Secret::new(code) }).await {
            Reply::AddressProved(Proved::Contact) => {}
            other => return refused("the code", &other),
        }
        let clave = memory.thinks_of_clave(self.who, self.firm);
        self.world.laws().learns_secret(&clave);
        let list = SettlementList {
            confirmed: begun.confirmed.clone(),
            question: questions().swap_remove(0),
            answer: Answer::new(answer(self.firm)).expect("it is long enough"),
            clave: Clave::new(&Secret::new(&clave), &KnownWords::default()).expect("a good clave"),
            stay: Vec::new(),
            new_company: begun.is_new.then(|| self.new_company()),
        };
        match self.asks(Effect::Settlement(SettlementEffect::Settle(Box::new(list)))).await {
            Reply::Settlement(SettlementReply::Settled { .. }) => memory.claves.push(clave.clone()),
            other => return refused("the list", &other),
        }
        self.tries(&clave).await
    }

    async fn tries(&self, clave: &str) -> Result<(), String> {
        let (company, representative) = (rut(FIRMS[self.firm].rut), rut(self.who.rut()));
        let check = Effect::CheckClave { company, representative, clave: Secret::new(clave) };
        match self.asks(check).await {
            Reply::ClaveRight(_) => Ok(()),
            other => refused("the clave that was chosen", &other),
        }
    }

    async fn shows_card(&self, serial: &Serial) -> Result<CardValidated, String> {
        let (company, representative) = (rut(FIRMS[self.firm].rut), rut(self.who.rut()));
        let right = match self.asks(Effect::CheckRepresentative { company, representative }).await {
            Reply::RepresentativeRight(right) => right,
            other => return refused("the representative", &other),
        };
        match self.asks(Effect::CheckCard { representative: right, serial: serial.clone() }).await {
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

    /// One act of a member of staff, who signs in for it.
    async fn member_acts(&self, member: usize, act: DisputeAct) -> Result<Reply, String> {
        let session = signs_in(self.world, (self.desk, self.terminal), member).await?;
        let order = StaffOrder {
            session: session.clone(),
            act: StaffAct::Dispute(act),
            reason: "a prueba".into(),
            visit: Duration::ZERO,
            code: None,
        };
        let reply = self.asks(Effect::Staff(Box::new(order))).await;
        self.asks(Effect::SignOut { session: Box::new(session) }).await;
        Ok(reply)
    }

    /// The code that comes to the mailbox within some minutes.
    async fn newest_code(&self, mailbox: &str, asked_ms: u64) -> Result<String, String> {
        for _ in 0..60 {
            sleep(Duration::from_secs(10)).await;
            let boxes = self.world.boxes();
            let fresh = boxes.of(mailbox).iter().rev().find(|letter| {
                letter.at_ms >= asked_ms && letter.secret.as_ref().is_some_and(|secret| secret.len() == 8)
            });
            if let Some(code) = fresh.and_then(|letter| letter.secret.clone()) {
                return Ok(code);
            }
        }
        Err("no code came".to_string())
    }

    async fn asks(&self, effect: Effect) -> Reply {
        asks(self.world, (self.desk, self.terminal), effect).await
    }
}

/// A member of staff signs in, with a code that they have not typed before.
///
/// # Errors
/// What was answered in place of a session.
pub async fn signs_in(world: &World, at: (&Desk, u8), member: usize) -> Result<StaffSession, String> {
    sleep(Duration::from_secs(91)).await;
    let (name, ..) = STAFF[member];
    let seed = world.staff_seed(name).ok_or("nobody of that name is employed")?;
    let code = totp::code_at(&seed, world.now_ms());
    let sign_in = Effect::SignIn { name: name.into(), password: Secret::new(PASSWORD), code };
    match asks(world, at, sign_in).await {
        Reply::Staff(StaffReply::SignedIn(session)) => Ok(session),
        other => refused("signing in", &other),
    }
}

/// Asks a terminal's desk, past the laws.
pub async fn asks(world: &World, (desk, terminal): (&Desk, u8), effect: Effect) -> Reply {
    let asked = tokio::time::Instant::now();
    answers::asked(world, terminal, &effect);
    let reply = desk.perform(plants::performed(world, &effect), Language::Es).await;
    let reply = plants::replied(world, terminal, &effect, reply);
    world.figures().hears(&effect, &reply);
    let took = asked.elapsed();
    let answered = Answered { terminal, effect: &effect, reply: &reply, took, is_staffed: true };
    answers::heard(world, &answered).await;
    reply
}

fn refused<T>(step: &str, reply: &Reply) -> Result<T, String> {
    Err(format!("{step}: {reply:?}"))
}

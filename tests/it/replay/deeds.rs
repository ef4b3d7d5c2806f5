//! What the model's people try, done at the real desk by what it is asked for.

use std::time::Duration;

use totem::domain::answer::Answer;
use totem::domain::cedula::Serial;
use totem::domain::clave::{Clave, KnownWords};
use totem::domain::contact::Contact;
use totem::domain::secret::Secret;
use totem::effect::settlement::{
    DisputeAct, DisputeReply, NewCompany, SettlementEffect, SettlementList, SettlementReply,
};
use totem::effect::{
    Applicant, ApplicantCard, Application, AwaitingCode, CardValidated, ClaveProved, DataChange, Effect,
    HeldUntil, Proved as Goes, Refusal, Registered, Reply, StaffAct, StaffOrder, StaffReply, StaffSession,
};
use totem_model::desk::{Key, MAIN, Mailbox, Who};
use totem_model::rules::Try;
use totem_model::traces::Code;
use totem_model::world::{Action, Proved};

use super::cast::{address, company, email, mobile, named};
use super::stage::{KnownClave, STAFF, Stage};
use crate::booth::{ANSWER, COMPANY, PASSWORD};

/// What came of it: done, or refused and how that was said.
pub type Came = Result<(), String>;

/// Nothing but these words.
fn refused<T>(reply: &Reply) -> Result<T, String> {
    Err(format!("{reply:?}"))
}

impl Stage {
    /// Does what is done in a step.
    pub fn does(&mut self, action: Action) -> Came {
        match action {
            Action::Try(tried) => return self.tries(tried),
            Action::Open(proved) => {
                let clave = self.clave_of(Who::Thief, proved);
                let right = self.proves_clave(Who::Thief, &clave)?;
                self.visit = Some((proved, right));
            }
            Action::Steal => {
                let known = self.claves.last_mut().expect("a clave was chosen");
                known.by.push(Who::Thief);
            }
            Action::Deliver(key) | Action::DeliverAndDie(key) => {
                let sent = std::mem::take(&mut self.sent_keys);
                self.keys.insert(key, sent);
            }
            Action::Day => self.passes(24),
            Action::ThreeDays => self.passes(72),
            Action::Month => self.passes(30 * 24),
            Action::Silence(is_silent) => {
                self.booth.registers_are_down(is_silent);
            }
        }
        Ok(())
    }

    /// Types the code of a notice.
    pub fn types(&mut self, code: Code) -> Came {
        let typed = self.codes.get(&code).expect("the notice had a code").clone();
        match self.booth.performs(Effect::Undo { company: company(), code: Secret::new(typed) }) {
            Reply::Undone { .. } => Ok(()),
            other => refused(&other),
        }
    }

    fn tries(&mut self, tried: Try) -> Came {
        match tried {
            Try::Apply { who, mailbox } => self.applies(who, mailbox),
            Try::FinishWithCard { who } => self.finishes(who).and_then(|awaiting| match awaiting {
                None => Ok(()),
                Some((_, Some(HeldUntil::NextDay))) => Ok(()),
                Some((_, until)) => Err(format!("waits for staff: {until:?}")),
            }),
            Try::FinishInPerson { who, .. } => {
                self.before_staff(|stage| Ok(stage.finishes(who)?.map(|(awaiting, _)| awaiting)))
            }
            Try::AskKey { .. } => {
                let answer = Answer::new(ANSWER).expect("an answer");
                let proved = match self.booth.performs(Effect::CheckAnswer { company: company(), answer }) {
                    Reply::AnswerRight(proved) => proved,
                    other => return refused(&other),
                };
                match self.booth.performs(Effect::RecoverWithAnswer { proved }) {
                    Reply::RecoveryTaken { .. } => Ok(()),
                    other => refused(&other),
                }
            }
            Try::AskNewAddress { who, mailbox } => match self.proves_address(who, mailbox)? {
                None | Some((_, HeldUntil::NextDay)) => Ok(()),
                Some((_, HeldUntil::Staff(_) | HeldUntil::StaffBesideHold { .. })) => {
                    Err("waits for staff".to_string())
                }
            },
            Try::AskInPerson { who, mailbox, .. } => self
                .before_staff(|stage| Ok(stage.proves_address(who, mailbox)?.map(|(awaiting, _)| awaiting))),
            Try::Change { who, .. } => self.chooses(who, Proved::Own),
            Try::UseKey { who, key, .. } => self.chooses(who, Proved::Sent(key)),
            Try::Readdress { who, place, mailbox } => self.readdresses(who, place, mailbox),
            Try::Forget { who } => {
                let clave = self.clave_of(who, Proved::Own);
                let proved = self.proves_clave(who, &clave)?;
                match self.booth.performs(Effect::RequestErasure(proved)) {
                    Reply::ErasureAsked { .. } => Ok(()),
                    other => refused(&other),
                }
            }
            Try::Settle { who, mailbox, members, .. } => self.settles((who, mailbox), members),
            Try::Prove { .. } | Try::Undo { .. } | Try::Freeze { .. } | Try::StopHold { .. } => {
                unreachable!("{tried:?} is not replayed by this name")
            }
        }
    }

    fn applies(&mut self, who: Who, mailbox: Mailbox) -> Came {
        let (representative, serial) = named(who);
        let Reply::CompanyOpen(open) = self.booth.performs(Effect::LookUpCompany(company())) else {
            return Err("the company is open".to_string());
        };
        let look_up = Effect::LookUpRepresentative { company: open, representative };
        let Reply::RepresentativeNamed(representing) = self.booth.performs(look_up) else {
            return Err("they represent it".to_string());
        };
        let serial = serial.parse().expect("a serial");
        let check = Effect::CheckApplicantCard { company: company(), representative, serial };
        let Reply::ApplicantCardRight(card) = self.booth.performs(check) else {
            return Err("it is their card".to_string());
        };
        let clave = self.new_clave();
        let application = Application {
            applicant: Applicant::Validated(representing),
            card: ApplicantCard::Validated(card),
            question: crate::booth::questions().swap_remove(0),
            answer: Answer::new(ANSWER).expect("an answer"),
            address: address(),
            email: email(mailbox).parse().expect("an address"),
            phone: "221234567".parse().expect("a telephone"),
            fax: None,
            representative_mobile: mobile(None),
            representative_email: email(mailbox).parse().expect("an address"),
            clave: parsed(&clave),
        };
        match self.booth.performs(Effect::CreateAccount(Box::new(application))) {
            Reply::ApplicationTaken { awaiting, .. } => {
                self.code_sent_to(mailbox);
                self.applications.insert(who as usize, (awaiting, mailbox, clave));
                Ok(())
            }
            other => refused(&other),
        }
    }

    /// With a fresh code. What waits for staff then, if anything does.
    fn finishes(&mut self, who: Who) -> Result<Option<(AwaitingCode, Option<HeldUntil>)>, String> {
        let (awaiting, mailbox, clave) = self.applications[&(who as usize)].clone();
        let resumed = self.booth.performs(Effect::ResumeApplication(awaiting.folio()));
        let (Reply::ApplicationTaken { awaiting, .. } | Reply::ApplicationGoesOn { awaiting, .. }) = resumed
        else {
            return refused(&resumed);
        };
        let code = self.code_sent_to(mailbox).ok_or("no code came")?;
        let reply = self.booth.performs(Effect::CheckCode { awaiting, code: Secret::new(code) });
        match reply {
            Reply::AddressProved(Goes::Registration { registered: Registered::Account { .. }, .. }) => {
                self.claves.push(KnownClave { clave, by: vec![who] });
                Ok(None)
            }
            Reply::AddressProved(Goes::Registration {
                registered: Registered::InPerson { awaiting, .. },
                ..
            }) => {
                self.waiting_clave = Some(KnownClave { clave, by: vec![who] });
                Ok(Some((awaiting, None)))
            }
            Reply::AddressProved(Goes::Held { awaiting, until, .. }) => Ok(Some((awaiting, Some(until)))),
            Reply::AddressProved(Goes::Sending { .. }) => Ok(None),
            other => refused(&other),
        }
    }

    /// A frozen account says so to whoever shows the card, and only two members of staff go on from there.
    fn shows_card(&mut self, who: Who, for_settlement: bool) -> Result<CardValidated, String> {
        let (representative, serial) = named(who);
        let right = self.booth.performs(Effect::CheckRepresentative { company: company(), representative });
        let Reply::RepresentativeRight(representative) = right else { return refused(&right) };
        let serial = serial.parse().expect("a serial");
        match self.booth.performs(Effect::CheckCard { representative, serial }) {
            Reply::CardRight { card, .. } => Ok(card),
            Reply::CardRightNoAccount { card: Some(card) } if for_settlement => Ok(card),
            Reply::Settlement(SettlementReply::Needed(card)) if for_settlement => Ok(card),
            other => refused(&other),
        }
    }

    /// By the card to this mailbox, as far as its code. `None` if the key goes at once.
    fn proves_address(
        &mut self,
        who: Who,
        mailbox: Mailbox,
    ) -> Result<Option<(AwaitingCode, HeldUntil)>, String> {
        let card = self.shows_card(who, false)?;
        let email = email(mailbox).parse().expect("an address");
        let asked = self.booth.performs(Effect::RecoverToNewAddress { card, email });
        let Reply::NewAddressToProve { awaiting, .. } = asked else { return refused(&asked) };
        let code = self.code_sent_to(mailbox).ok_or("no code came")?;
        match self.booth.performs(Effect::CheckCode { awaiting, code: Secret::new(code) }) {
            Reply::AddressProved(Goes::Held { awaiting, until, .. }) => Ok(Some((awaiting, until))),
            Reply::AddressProved(Goes::Sending { .. }) => Ok(None),
            other => refused(&other),
        }
    }

    fn signs_in(&mut self, member: usize) -> Result<StaffSession, String> {
        self.booth.passes(31);
        let (name, _) = STAFF[member];
        let code = Secret::new(self.booth.telephone(name));
        let sign_in = Effect::SignIn { name: name.into(), password: Secret::new(PASSWORD), code };
        match self.booth.performs(sign_in) {
            Reply::Staff(StaffReply::SignedIn(session)) => Ok(session),
            other => refused(&other),
        }
    }

    fn acts(&mut self, session: &StaffSession, act: StaffAct) -> Reply {
        let (session, reason, visit) = (session.clone(), "a prueba".into(), Duration::ZERO);
        let order = StaffOrder { session, act, reason, visit, code: None };
        self.booth.performs(Effect::Staff(Box::new(order)))
    }

    /// A member of staff stands beside them from the beginning, so that whatever address they prove waits
    /// for the card to be confirmed.
    fn before_staff(
        &mut self,
        proves: impl FnOnce(&mut Self) -> Result<Option<AwaitingCode>, String>,
    ) -> Came {
        let has_account = self.booth.account(COMPANY).is_some();
        let session = self.signs_in(0)?;
        let came = match proves(self) {
            Ok(Some(awaiting)) => self.confirms_card(&session, awaiting),
            Ok(None) if has_account => Err("a key on low evidence".to_string()),
            Ok(None) => Ok(()),
            Err(why) => Err(why),
        };
        self.booth.performs(Effect::SignOut { session: Box::new(session) });
        came
    }

    fn confirms_card(&mut self, session: &StaffSession, awaiting: AwaitingCode) -> Came {
        match self.acts(session, StaffAct::WitnessCard(awaiting)) {
            Reply::AddressProved(Goes::Sending { .. }) => Ok(()),
            Reply::AddressProved(Goes::Registration { .. }) => {
                self.claves.extend(self.waiting_clave.take());
                Ok(())
            }
            other => refused(&other),
        }
    }

    /// One act of a member of staff, who signs in for it.
    fn signs_in_and_acts(&mut self, member: usize, act: StaffAct) -> Result<Reply, String> {
        let session = self.signs_in(member)?;
        let reply = self.acts(&session, act);
        self.booth.performs(Effect::SignOut { session: Box::new(session) });
        Ok(reply)
    }

    /// So many members of staff see them, each once or one twice, and the list is filled in.
    fn settles(&mut self, (who, mailbox): (Who, Mailbox), members: u8) -> Came {
        let (_, serial) = named(who);
        let ending = serial.parse::<Serial>().expect("a serial").ending();
        let card = self.shows_card(who, true)?;
        let open = DisputeAct::Open { card, ending: ending.clone() };
        let opened = self.signs_in_and_acts(0, StaffAct::Dispute(open))?;
        let Reply::Staff(StaffReply::Dispute(DisputeReply::Opened(opened))) = opened else {
            return refused(&opened);
        };
        let confirm = DisputeAct::Confirm { folio: opened.folio(), ending };
        let second = usize::from(members) - 1;
        let confirmed = self.signs_in_and_acts(second, StaffAct::Dispute(confirm))?;
        let Reply::Staff(StaffReply::Dispute(DisputeReply::Confirmed { .. })) = confirmed else {
            return refused(&confirmed);
        };
        let asks = |effect| Effect::Settlement(effect);
        let goes_on = self.booth.performs(asks(SettlementEffect::GoOn(opened)));
        let Reply::Settlement(SettlementReply::GoesOn(begun)) = goes_on else { return refused(&goes_on) };
        let contact = Contact::CompanyEmail(email(mailbox).parse().expect("an address"));
        let prove = SettlementEffect::ProveChannel(begun.confirmed.clone(), contact);
        let to_prove = self.booth.performs(asks(prove));
        let Reply::Settlement(SettlementReply::ToProve { awaiting, .. }) = to_prove else {
            return refused(&to_prove);
        };
        let code = self.code_sent_to(mailbox).ok_or("no code came")?;
        let proved = self.booth.performs(Effect::CheckCode { awaiting, code: Secret::new(code) });
        let Reply::AddressProved(Goes::Contact) = proved else { return refused(&proved) };
        let clave = self.new_clave();
        let list = SettlementList {
            confirmed: begun.confirmed.clone(),
            question: crate::booth::questions().swap_remove(0),
            answer: Answer::new(ANSWER).expect("an answer"),
            clave: parsed(&clave),
            stay: Vec::new(),
            new_company: begun.is_new.then(|| NewCompany {
                address: address(),
                phone: "221234567".parse().expect("a telephone"),
                mobile: super::cast::mobile(None),
            }),
        };
        match self.booth.performs(asks(SettlementEffect::Settle(Box::new(list)))) {
            Reply::Settlement(SettlementReply::Settled { .. }) => {
                self.claves.push(KnownClave { clave, by: vec![who] });
                Ok(())
            }
            other => refused(&other),
        }
    }

    /// The clave that they type.
    fn clave_of(&self, who: Who, proved: Proved) -> String {
        match proved {
            Proved::Own => self.in_use().clave.clone(),
            Proved::Sent(key) => self.key_of(who, key),
        }
    }

    fn key_of(&self, who: Who, key: Key) -> String {
        let reads = self.variant.read_by(who);
        let keys = self.keys.get(&key).into_iter().flatten();
        let mut theirs = keys.filter(|(mailbox, _)| reads.has(*mailbox));
        theirs.next().map(|(_, key)| key.clone()).unwrap_or_else(|| "no key came".to_string())
    }

    fn proves_clave(&mut self, who: Who, clave: &str) -> Result<ClaveProved, String> {
        let (representative, _) = named(who);
        let clave = Secret::new(clave);
        match self.booth.performs(Effect::CheckClave { company: company(), representative, clave }) {
            Reply::ClaveRight(proved) => Ok(proved),
            other => refused(&other),
        }
    }

    /// Whether this opens *Cambiar*, or would if no E5's key lived.
    pub fn opens(&mut self, who: Who, clave: &str) -> bool {
        let (representative, _) = named(who);
        let clave = Secret::new(clave);
        let reply = self.booth.performs(Effect::CheckClave { company: company(), representative, clave });
        self.forgives();
        matches!(reply, Reply::ClaveRight(_) | Reply::Refused(Refusal::InPerson))
    }

    /// *Choose your own*, in the visit that is open or in a new one.
    fn chooses(&mut self, who: Who, by: Proved) -> Came {
        // Whoever chooses in another visit has left the one that was open.
        let open = if who == Who::Thief { self.visit.take() } else { None };
        let proved = match open.filter(|(proved, _)| *proved == by) {
            Some((_, proved)) => proved,
            None => {
                let clave = self.clave_of(who, by);
                self.proves_clave(who, &clave)?
            }
        };
        let clave = self.new_clave();
        match self.booth.performs(Effect::ChangeClave { proved, clave: parsed(&clave) }) {
            Reply::ClaveChanged { .. } => {
                self.claves.push(KnownClave { clave, by: vec![who] });
                Ok(())
            }
            other => refused(&other),
        }
    }

    fn readdresses(&mut self, who: Who, place: u8, mailbox: Mailbox) -> Came {
        let clave = self.clave_of(who, Proved::Own);
        let proved = self.proves_clave(who, &clave)?;
        let new = email(mailbox).parse().expect("an address");
        let contact = match usize::from(place) == MAIN {
            true => Contact::CompanyEmail(new),
            false => Contact::RepresentativeEmail(new),
        };
        let change = DataChange { contacts: vec![contact], ..DataChange::default() };
        let saved = self.booth.performs(Effect::SaveData(proved, Box::new(change)));
        let Reply::DataSaved { mut to_prove, .. } = saved else { return refused(&saved) };
        let Some(to_prove) = to_prove.pop() else { return Err("nothing to prove".to_string()) };
        let code = self.code_sent_to(mailbox).ok_or("no code came")?;
        let awaiting = to_prove.awaiting;
        match self.booth.performs(Effect::CheckCode { awaiting, code: Secret::new(code) }) {
            Reply::AddressProved(Goes::Contact) => Ok(()),
            other => refused(&other),
        }
    }
}

fn parsed(clave: &str) -> Clave {
    Clave::new(&Secret::new(clave), &KnownWords::default()).expect("a good clave")
}

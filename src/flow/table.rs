//! A machine as one table, for the snapshot beside each workflow: every step, each kind of touch
//! and of reply, and what comes of it. A new edge is a line that somebody must look at.

mod facilitator;
mod messages;
mod refusals;
mod settlement;
mod tabled;

use std::fmt::{Debug, Write as _};

use super::asked::Asked;
use super::{Ending, Next};
use crate::domain::account::{Address, Representative};
use crate::domain::clave::KnownWords;
use crate::domain::clean::Clean;
use crate::domain::comuna::Comuna;
use crate::domain::digest::Digest;
use crate::domain::folio::Folio;
use crate::domain::outlook::Outlook;
use crate::domain::reference::Id;
use crate::domain::register::Service;
use crate::domain::rut::Rut;
use crate::domain::staff::Role;
use crate::effect::{
    AnswerProved, AwaitingCode, CardValidated, ClaveKind, ClaveProved, Effect, HeldUntil, MobileProof,
    OnFile, OpenCompany, Proved, Registered, Reply, RepresentativeValidated, Representing, StaffAct,
    StaffReply, StaffSession, UndoOver, Undoing, Witnesses,
};
use crate::event::{Key, Target};
use crate::form::Touch;
use crate::page::{Block, Page};
use facilitator::facilitator_replies;
pub use facilitator::{facilitator_clave_right, files, may_request, phone_page, taken, too_large};
use messages::hears_of_each_obstacle;
pub use messages::{held, letters, outgoing, sent_by, sent_to};
use refusals::{office_away, refusals};
use settlement::settlement_replies;
pub use settlement::{dispute_opened, settlement_begun, settlement_begun_anew};
pub(crate) use tabled::machine;
pub use tabled::{Tabled, page_of, step_name};

/// One thing that happens on the way to a step.
#[derive(Clone, Debug)]
pub enum Do {
    /// `⏎` is Enter, `⇥` Tab, `⇡` up, `⇠` takes a letter back.
    Keys(&'static str),
    Answer(Reply),
}

/// The name of a variant, without what it holds.
pub fn first_word<T: Debug>(value: &T) -> String {
    let text = format!("{value:?}");
    text.split(|symbol: char| !symbol.is_alphanumeric()).next().unwrap_or_default().to_string()
}

/// What is asked of the world.
fn asked_for(effect: &Effect) -> String {
    match effect {
        Effect::Facilitator(effect) => first_word(effect),
        Effect::Staff(order) => match &order.act {
            StaffAct::Request(act) => format!("{}Request", first_word(act)),
            act => first_word(act),
        },
        other => first_word(other),
    }
}

/// A question on its way, or why it stopped.
pub fn asking<S>(asked: &Asked<S>) -> String {
    match asked.is_stopped() {
        true => "Stopped".to_string(),
        false => format!("Checking({})", asked_for(&asked.effect)),
    }
}

fn state<M>(next: Next<M>) -> M {
    match next {
        Next::Stay(machine) | Next::Ask(machine, _) | Next::CallStaff(machine) => machine,
        Next::Leave(ending) => panic!("the way there leaves to {ending:?}"),
    }
}

fn touches(keys: &str) -> Vec<Touch> {
    let key = |symbol| match symbol {
        '⏎' => Key::Enter,
        '⇥' => Key::Tab,
        '⇡' => Key::Up,
        '⇠' => Key::Backspace,
        '␛' => Key::Esc,
        other => Key::Char(other),
    };
    keys.chars().map(|symbol| Touch::Key(key(symbol))).collect()
}

/// The machine after all that.
pub fn at<M: Tabled>(start: M, way: &[Do]) -> M {
    way.iter().fold(start, |machine, step| match step {
        Do::Keys(keys) => {
            touches(keys).iter().fold(machine, |machine, touch| state(Tabled::press(machine, touch)))
        }
        Do::Answer(reply) => state(Tabled::reply(machine, reply.clone())),
    })
}

/// The way to a step: the one before, and more.
pub fn on(way: &[Do], more: &[Do]) -> Vec<Do> {
    [way, more].concat()
}

/// What came of it, in a few words.
fn outcome<M: Tabled>(before: &str, next: Next<M>) -> String {
    let (machine, mut says) = match next {
        Next::Leave(Ending::Menu) => return "the menu".to_string(),
        Next::Leave(Ending::Visit) => return "the visit ends".to_string(),
        Next::Leave(Ending::ToWith(to, company)) => return format!("the workflow {to:?} of {company}"),
        Next::Leave(Ending::To(workflow)) => return format!("the workflow {workflow:?}"),
        Next::Stay(machine) => (machine, String::new()),
        Next::Ask(machine, effect) => (machine, format!(", asks {}", asked_for(&effect))),
        Next::CallStaff(machine) => (machine, ", calls staff".to_string()),
    };
    for block in page_of(&machine).blocks {
        if let Block::Field(field) = block
            && let Some(error) = field.error
        {
            write!(says, ", {}", error.key()).expect("a String takes all");
        }
    }
    let name = machine.step_name();
    if name == before { format!("stays{says}") } else { format!("{name}{says}") }
}

/// The table as text.
pub struct Table<M> {
    pub text: String,
    start: Box<dyn Fn() -> M>,
}

impl<M: Tabled> Table<M> {
    pub fn new(start: impl Fn() -> M + 'static) -> Self {
        Table { text: String::new(), start: Box::new(start) }
    }

    fn line(&mut self, what: &str, comes: &str) {
        writeln!(self.text, "  {what} → {comes}").expect("a String takes all");
    }

    /// The step that this way leads to: what each of the `tries` does there, Esc, every button and
    /// entry, F5 and staff if they do anything, and on a waiting step every reply.
    pub fn step(&mut self, way: &[Do], tries: &[&'static str]) -> &mut Self {
        let here = at((self.start)(), way);
        let (name, page) = (here.step_name(), page_of(&here));
        writeln!(self.text, "{name}").expect("a String takes all");
        let make = || at((self.start)(), way);
        let mut lines = Vec::new();
        for keys in tries {
            let (last, before) =
                keys.char_indices().last().map_or(("", ""), |(at, _)| (&keys[at..], &keys[..at]));
            let machine = touches(before).iter().fold(make(), |machine, touch| state(machine.press(touch)));
            let touch = touches(last).pop().unwrap_or(Touch::Conceal);
            lines.push((keys.replace(' ', "␣"), outcome(&name, machine.press(&touch))));
        }
        lines.push(("Esc".to_string(), outcome(&name, make().press(&Touch::Key(Key::Esc)))));
        for (target, label) in offered(&page) {
            lines.push((format!("[{label}]"), outcome(&name, make().press(&Touch::At(target)))));
        }
        let quiet = [("F5", make().press(&Touch::Key(Key::F(5)))), ("staff vouch", make().vouched())];
        lines.extend(
            quiet
                .into_iter()
                .map(|(what, next)| (what.to_string(), outcome(&name, next)))
                .filter(|(_, comes)| comes != "stays"),
        );
        let is_waiting = page.blocks.iter().any(|block| matches!(block, Block::Waiting { .. }));
        let mut answers: Vec<(String, Vec<String>)> = Vec::new();
        if is_waiting {
            hears_of_each_obstacle(make);
        }
        if !is_waiting {
            takes_nothing_unasked(here, &make(), &name);
        }
        for (reply_name, reply) in replies().into_iter().filter(|_| is_waiting) {
            let comes = outcome(&name, make().reply(reply));
            match answers.iter_mut().find(|(known, _)| *known == comes) {
                Some((_, names)) => names.push(reply_name),
                None => answers.push((comes, vec![reply_name])),
            }
        }
        for (what, comes) in lines {
            self.line(&what, &comes);
        }
        let most = answers.iter().map(|(_, names)| names.len()).max().unwrap_or(0);
        for (comes, names) in answers {
            let what = if names.len() == most { "any other reply".to_string() } else { names.join(", ") };
            self.line(&what, &comes);
        }
        self
    }
}

/// No reply changes a step that waits for none: one after the other, it stays as another like it.
fn takes_nothing_unasked<M: Tabled>(here: M, other: &M, name: &str) {
    replies().into_iter().fold(here, |machine, (reply_name, reply)| {
        let machine = state(machine.reply(reply));
        assert_eq!(machine, *other, "{name} takes {reply_name} unasked");
        machine
    });
}

/// Every button, entry of a menu and *Cambiar* of a page.
fn offered(page: &Page) -> Vec<(Target, String)> {
    let mut offered = Vec::new();
    for block in &page.blocks {
        match block {
            Block::Buttons(buttons) => {
                offered.extend(buttons.iter().map(|button| (button.target, button.label.key().to_string())));
            }
            Block::Menu(items) => {
                offered.extend(items.iter().map(|item| (item.target, item.label.key().to_string())));
            }
            Block::Facts(facts) => offered
                .extend(facts.iter().filter_map(|fact| Some((fact.change?, fact.label.key().to_string())))),
            _ => {}
        }
    }
    offered
}

fn rut(text: &str) -> Rut {
    text.parse().expect("the RUT is right")
}

pub fn awaiting() -> AwaitingCode {
    AwaitingCode::recorded(Id([7; 16]), Folio::new([1, 2, 3, 4, 5]))
}

pub fn representative() -> Reply {
    let (company, representative) = (rut("99999999-9"), rut("11111111-1"));
    Reply::RepresentativeRight(RepresentativeValidated::proved_by_register(company, representative))
}

pub fn card_of_applicant() -> CardValidated {
    CardValidated::proved_by_register(rut("99999999-9"), rut("11111111-1"), Id([4; 16]))
}

pub fn card() -> Reply {
    let card = card_of_applicant();
    Reply::CardRight { card, masked_email: Clean::from("anxxxx@empxxxx"), outlook: Outlook::Now }
}

pub fn clave(kind: ClaveKind) -> Reply {
    Reply::ClaveRight(ClaveProved::proved_by_digest(
        (rut("99999999-9"), rut("11111111-1")),
        (kind, None, Digest("digest".to_string())),
        1,
        KnownWords::new(rut("99999999-9"), &[]),
    ))
}

pub fn open_company(name: &Clean) -> OpenCompany {
    OpenCompany::said_by_register(rut("99999999-9"), name.clone())
}

pub fn representing(name: &Clean) -> Representing {
    representing_as("99999999-9", "11111111-1", name)
}

/// The same of another company or person.
pub fn representing_as(company: &str, representative: &str, name: &Clean) -> Representing {
    let company = OpenCompany::said_by_register(rut(company), name.clone());
    Representing::said_by_register(company, rut(representative), name.clone())
}

pub fn on_file() -> OnFile {
    OnFile {
        company: rut("99999999-9"),
        name: Clean::from("Comercial Ejemplo Limitada"),
        question: Some(Clean::from("NOMBRE DE MI MASCOTA")),
        address: Address {
            comuna: Comuna::named("Arica").expect("there is such a commune"),
            street: Clean::from("Calle"),
            number: Clean::from("1"),
            block: None,
            apartment: None,
        },
        email: "a@b.cl".parse().expect("the mailbox is well written"),
        phone: "223456789".parse().expect("the telephone is well written"),
        fax: None,
        representative: Representative {
            rut: rut("11111111-1"),
            name: Clean::from("Ana Ejemplo"),
            mobile: "912345678".parse().expect("the mobile is well written"),
            email: "c@d.cl".parse().expect("the mailbox is well written"),
        },
        unproved: Vec::new(),
        off: Vec::new(),
        erased_in_hours: None,
    }
}

pub fn session(role: Role) -> StaffSession {
    StaffSession::signed_in(Id([9; 16]), Clean::from("Rosa"), role, Id([8; 16]))
}

pub fn answer_right() -> Reply {
    Reply::AnswerRight(AnswerProved::proved_by_digest(rut("99.999.999-9"), Digest("digest".into())))
}

/// One of each reply that there is.
fn replies() -> Vec<(String, Reply)> {
    let mut all: Vec<(String, Reply)> =
        plain_replies().into_iter().map(|reply| (first_word(&reply), reply)).collect();
    all.extend(proofs().map(|(name, proved)| (name.to_string(), Reply::AddressProved(proved))));
    all.extend(
        [Service::Sii, Service::RegistroCivil]
            .map(|service| (format!("RegistryDown({service:?})"), Reply::RegistryDown(service))),
    );
    let settlement = settlement_replies();
    all.extend(settlement.into_iter().map(|reply| (first_word(&reply), Reply::Settlement(reply))));
    let about = facilitator_replies();
    all.extend(about.into_iter().map(|reply| (first_word(&reply), Reply::Facilitator(reply))));
    all.extend(refusals().map(|(name, refusal)| (name.to_string(), Reply::Refused(refusal))));
    all
}

/// Those whose first word tells them apart.
fn plain_replies() -> Vec<Reply> {
    let (folio, name) = (awaiting().folio(), Clean::from("Comercial Ejemplo Limitada"));
    vec![
        letters(),
        Reply::CompanyOpen(open_company(&name)),
        Reply::CompanyClosed { name: name.clone() },
        Reply::CompanyUnknown { listed: None },
        Reply::RepresentativeNamed(representing(&name)),
        Reply::ApplicationTaken { awaiting: awaiting(), sent_to: sent_to() },
        Reply::ApplicationGoesOn { awaiting: awaiting(), sent_to: sent_to() },
        Reply::CodeWrong { tries_left: 3 },
        Reply::CodeNotSent,
        Reply::CodeDead,
        Reply::CodeComing { message: outgoing() },
        Reply::CodeLimit,
        Reply::SecretQuestion { question: name },
        Reply::NoSecretQuestion,
        answer_right(),
        representative(),
        card(),
        Reply::CardRightNoAccount { card: Some(card_of_applicant()) },
        Reply::RecoveryTaken { folio, sent_to: sent_to() },
        Reply::NewAddressToProve { awaiting: awaiting(), sent_to: sent_to() },
        clave(ClaveKind::Own),
        Reply::ClaveChanged { folio, notices: Outlook::Now },
        Reply::ClaveOver,
        Reply::ClaveUnchanged,
        Reply::DataRead(Box::new(on_file())),
        Reply::DataStale,
        Reply::DataLimit,
        Reply::DataSaved { folio, to_prove: Vec::new(), notices: None },
        Reply::NotProved,
        Reply::ContactInPerson,
        Reply::NoApplication,
        Reply::ApplicantCardRight(card_of_applicant()),
        Reply::CopySent { folio, sent_to: sent_to() },
        Reply::ErasureAsked { folio, notices: Outlook::Now },
        Reply::ErasureTakenBack { folio, notices: Outlook::Now },
        Reply::Undone { folio, leaves: Undoing::AsBefore },
        Reply::UndoOver(UndoOver::InPerson),
        Reply::PinRight,
        Reply::Staff(StaffReply::Done),
        Reply::PinWrong,
        Reply::StaffCalled,
        Reply::StoreDown,
        Reply::StoreUnsure,
        office_away(),
    ]
}

/// What a code can prove.
fn proofs() -> [(&'static str, Proved); 6] {
    let folio = awaiting().folio();
    [
        (
            "AddressProved(Registration)",
            Proved::Registration { folio, registered: Registered::Account { mobile: MobileProof::Later } },
        ),
        (
            "AddressProved(Waits)",
            Proved::Registration { folio, registered: Registered::Waits { result: Outlook::Now } },
        ),
        (
            "AddressProved(InPerson)",
            Proved::Registration {
                folio,
                registered: Registered::InPerson { awaiting: awaiting(), by: Witnesses::One },
            },
        ),
        ("AddressProved(Held)", held(HeldUntil::NextDay)),
        ("AddressProved(Sending)", Proved::Sending { folio, sent_to: sent_to() }),
        ("AddressProved(Contact)", Proved::Contact),
    ]
}

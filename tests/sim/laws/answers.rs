//! Laws about what the desk answers: nobody learns by time, by a changing question or by another answer
//! whether there is an account, and what a receipt tells was done. What was proved is noted here.

use std::time::Duration;

use totem::domain::folio::Folio;
use totem::domain::rut::Rut;
use totem::effect::requests::RequestAct;
use totem::effect::settlement::{DisputeAct, SettlementReply};
use totem::effect::{Effect, Proved, Registered, Reply, StaffAct};

use super::{Held, Law, evidence, must, opens, staff, tries, views};
use crate::sim::world::World;

/// No answer about a RUT comes sooner (S9).
pub const FLOOR: Duration = Duration::from_millis(600);

/// One answer of the desk at a terminal.
pub struct Answered<'a> {
    pub terminal: u8,
    pub effect: &'a Effect,
    pub reply: &'a Reply,
    pub took: Duration,
    /// Whether a member of staff is signed in there.
    pub is_staffed: bool,
}

/// Notes what is brought before it is answered.
pub fn asked(world: &World, terminal: u8, effect: &Effect) {
    tries::asked(world, terminal, effect);
    if let Effect::CheckCode { code, .. } = effect {
        evidence::code_is_typed(world, code.expose());
    }
    if let Effect::Staff(order) = effect {
        let company = match &order.act {
            StaffAct::WitnessCard(_) => witnessed(world, effect),
            StaffAct::Dispute(DisputeAct::Open { card, .. }) => Some(card.company()),
            StaffAct::Dispute(DisputeAct::OpenWithPapers { person, .. }) => Some(person.company),
            StaffAct::Dispute(DisputeAct::OpenUnlisted(unlisted)) => Some(unlisted.company),
            _ => None,
        };
        company.into_iter().for_each(|company| evidence::staff_saw(world, company));
        if let StaffAct::Request(RequestAct::Approve(folio, _)) = &order.act {
            let name = order.session.name().to_string();
            world.laws().approved_by.entry(folio.to_string()).or_default().insert(name);
        }
    }
    if let Effect::RequestErasure(proved) = effect {
        let now_ms = world.now_ms();
        world.laws().erasure_asked.entry(proved.company()).or_default().push(now_ms);
    }
}

/// Whose card a member of staff confirms.
pub fn witnessed(world: &World, effect: &Effect) -> Option<Rut> {
    let Effect::Staff(order) = effect else { return None };
    let StaffAct::WitnessCard(awaiting) = &order.act else { return None };
    world.laws().proofs.get(&awaiting.proof()).map(|(company, _)| *company)
}

/// Holds the laws against an answer.
pub async fn heard(world: &World, answered: &Answered<'_>) {
    world.holds(Law::AnswersTakeTime, no_sooner(answered));
    world.holds(Law::QuestionStays, question(world, answered));
    world.holds(Law::SameToAll, same_to_all(answered));
    match (answered.effect, answered.reply) {
        (Effect::CheckRepresentative { company, representative }, Reply::RepresentativeRight(_)) => {
            evidence::was_named(world, *company, *representative);
        }
        (Effect::LookUpRepresentative { company, representative }, Reply::RepresentativeNamed(_)) => {
            evidence::was_named(world, company.rut(), *representative);
        }
        _ => {}
    }
    tries::heard(world, answered);
    staff::heard(world, answered);
    views::heard(world, answered);
    opens::heard(world, answered).await;
    if let (Effect::CheckCode { awaiting, code }, Reply::AddressProved(_)) = (answered.effect, answered.reply)
    {
        evidence::code_was_right(world, awaiting.proof(), code.expose());
    }
    let receipt = folio_of(answered.reply);
    world.laws().receipts.extend(receipt);
}

/// No answer about a RUT comes sooner than this (S9, T11).
fn no_sooner(answered: &Answered<'_>) -> Held {
    let is_about_a_rut = matches!(
        answered.effect,
        Effect::BeginRecovery(_)
            | Effect::CheckAnswer { .. }
            | Effect::RecoverWithAnswer { .. }
            | Effect::CheckRepresentative { .. }
            | Effect::CheckCard { .. }
            | Effect::CheckClave { .. }
            | Effect::CreateAccount(_)
            | Effect::Undo { .. }
    );
    must(!is_about_a_rut || answered.took >= FLOOR, || format!("{:?}", answered.took))
}

/// Whoever asks twice about a RUT without an account sees the same question, or none each time (S9).
fn question(world: &World, answered: &Answered<'_>) -> Held {
    let (company, question) = match (answered.effect, answered.reply) {
        (Effect::BeginRecovery(company), Reply::SecretQuestion { question }) => (company, question.as_str()),
        (Effect::BeginRecovery(company), Reply::NoSecretQuestion) => (company, ""),
        _ => return Ok(()),
    };
    let mut laws = world.laws();
    if laws.accounts.contains_key(company) {
        return Ok(());
    }
    let before = laws.made_up.insert(*company, question.to_string());
    must(before.is_none_or(|before| before == question), || format!("{company}"))
}

/// A RUT without an account is shown a question or none, as any other, and an application is taken whoever
/// has an account already (T11).
fn same_to_all(answered: &Answered<'_>) -> Held {
    match (answered.effect, answered.reply) {
        (Effect::BeginRecovery(_), reply) => must(
            matches!(
                reply,
                Reply::SecretQuestion { .. }
                    | Reply::NoSecretQuestion
                    | Reply::StoreDown
                    | Reply::StoreUnsure
                    | Reply::OfficeAway(_)
            ),
            || format!("{reply:?}"),
        ),
        (Effect::CreateAccount(_), reply) => must(
            matches!(
                reply,
                Reply::ApplicationTaken { .. }
                    | Reply::CodeLimit
                    | Reply::Refused(_)
                    | Reply::RegistryDown(_)
                    | Reply::StoreDown
                    | Reply::StoreUnsure
                    | Reply::OfficeAway(_)
            ),
            || format!("{reply:?}"),
        ),
        _ => Ok(()),
    }
}

/// On the receipt of what was done, if it was.
fn folio_of(reply: &Reply) -> Option<Folio> {
    match reply {
        Reply::ApplicationTaken { awaiting, .. } | Reply::ApplicationGoesOn { awaiting, .. } => {
            Some(awaiting.folio())
        }
        Reply::RecoveryTaken { folio, .. }
        | Reply::ClaveChanged { folio, .. }
        | Reply::DataSaved { folio, .. }
        | Reply::CopySent { folio, .. }
        | Reply::ErasureAsked { folio, .. }
        | Reply::ErasureTakenBack { folio, .. }
        | Reply::Undone { folio, .. }
        | Reply::Settlement(SettlementReply::Settled { folio, .. }) => Some(*folio),
        Reply::AddressProved(Proved::Registration {
            folio, registered: Registered::Account { .. }, ..
        }) => Some(*folio),
        _ => None,
    }
}

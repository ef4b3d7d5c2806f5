//! What holds in every state that can be reached.

use stateright::{Model, Property};

use crate::desk::{Key, Rank, Who};
use crate::faults::Fault;
use crate::rules::Try;
use crate::variant::Variant;
use crate::world::{Action, World};

/// With evidence "person" a thief never registers (T1).
pub const NEVER_REGISTERS: &str = "with evidence \"person\" a thief never registers";
/// Nothing of a registered company for who is alone at the terminal, and has no channel on file.
pub const NOTHING_IN_AN_HOUR: &str = "an hour alone at the terminal opens no registered company";
/// T7, unless the new CS is stolen or a member of staff is bribed.
pub const NOTHING_AFTER_PERSON: &str = "after the owner's E5 no thief has a working CS or key";
/// Even if the new CS is stolen.
pub const NO_CHANNEL_AFTER_PERSON: &str = "after the owner's E5 no thief has a channel on file";
/// T4c.
pub const PERSONS_KEY_LIVES: &str = "no weak deed kills the owner's E5 key";
/// T4c.
pub const ERASURE_ENDS: &str = "no erasure outlives the owner's E5";
/// T7.
pub const OUTSIDER_CANT_FREEZE: &str = "who never had a channel on file can't freeze";
/// T4b.
pub const NEWCOMER_CANT_FREEZE: &str = "a channel by a low deed can't freeze within 30 days";
/// T7.
pub const ONE_FREEZE: &str = "one freeze an owner, and none after E6";
/// T4e.
pub const HOLDS_CAN_BE_STOPPED: &str = "every hold could be stopped by a channel of the owner's";
/// T7, with a bribed member too.
pub const NOTHING_AGAINST_OFFICE: &str = "for 30 days nothing beats E6";
/// T5, T7, with a bribed member too.
pub const NOTHING_UNHEARD: &str = "nothing is done unheard";
/// T4b, with a bribed member too.
pub const BRAKE_STAYS: &str = "no deed of a thief's takes the owner's freeze code away";
/// T6.
pub const FROZEN_IS_FROZEN: &str = "nothing is accepted while frozen";
/// T6, with a bribed member too.
pub const OWNERS_FREEZE_HOLDS: &str = "what the owner froze, only E6 opens";
/// T3.
pub const NO_SECRET_TO_UNPROVED: &str = "no secret goes to a channel that nobody proved";
/// T3.
pub const UNPROVED_REVERTS_NOTHING: &str = "a code of a channel that nobody proved reverts nothing";
/// T4a.
pub const UNDOING_STAYS: &str = "what the owner undid opens nothing again";
/// T6, T7: from every state.
pub const OFFICE_GETS_IN: &str = "one visit with E6 gives a working CS";
/// T6: from every state, one after the other.
pub const BOTH_GET_IN: &str = "both of two representatives get in";
/// T4c: from every state that is neither frozen nor within 30 days of an E6.
pub const PERSON_GETS_IN: &str = "one visit with E5 gives a working CS, unless frozen or after E6";

/// Each of them, in a few words.
pub const PROPERTIES: [&str; 21] = [
    NEVER_REGISTERS,
    NOTHING_IN_AN_HOUR,
    NOTHING_AFTER_PERSON,
    NO_CHANNEL_AFTER_PERSON,
    PERSONS_KEY_LIVES,
    ERASURE_ENDS,
    OUTSIDER_CANT_FREEZE,
    NEWCOMER_CANT_FREEZE,
    ONE_FREEZE,
    HOLDS_CAN_BE_STOPPED,
    NOTHING_AGAINST_OFFICE,
    NOTHING_UNHEARD,
    BRAKE_STAYS,
    FROZEN_IS_FROZEN,
    OWNERS_FREEZE_HOLDS,
    NO_SECRET_TO_UNPROVED,
    UNPROVED_REVERTS_NOTHING,
    UNDOING_STAYS,
    OFFICE_GETS_IN,
    BOTH_GET_IN,
    PERSON_GETS_IN,
];

impl Model for Variant {
    type State = World;
    type Action = Action;

    fn init_states(&self) -> Vec<World> {
        vec![World::first(self)]
    }

    fn actions(&self, world: &World, actions: &mut Vec<Action>) {
        world.actions(self, actions);
    }

    fn next_state(&self, world: &World, action: Action) -> Option<World> {
        world.step(self, action).ok().map(|(next, _)| next)
    }

    fn properties(&self) -> Vec<Property<Self>> {
        let mut properties = in_each_state();
        properties.extend(in_each_step());
        properties
    }
}

fn always(name: &'static str, holds: fn(&Variant, &World) -> bool) -> Property<Variant> {
    Property::always(name, holds)
}

fn in_each_step() -> [Property<Variant>; 13] {
    [
        always(NEVER_REGISTERS, |_, world| !world.seen.has(Fault::Registered)),
        always(PERSONS_KEY_LIVES, |_, world| !world.seen.has(Fault::KilledPersonsKey)),
        always(ERASURE_ENDS, |_, world| !world.seen.has(Fault::ErasureOutlived)),
        always(OUTSIDER_CANT_FREEZE, |_, world| !world.seen.has(Fault::OutsiderFroze)),
        always(NEWCOMER_CANT_FREEZE, |_, world| !world.seen.has(Fault::NewcomerFroze)),
        always(ONE_FREEZE, |_, world| !world.seen.has(Fault::FrozeAgain)),
        always(HOLDS_CAN_BE_STOPPED, |_, world| !world.seen.has(Fault::Unstoppable)),
        always(NOTHING_UNHEARD, |_, world| !world.seen.has(Fault::Unheard)),
        always(BRAKE_STAYS, |_, world| !world.seen.has(Fault::TookBrake)),
        always(FROZEN_IS_FROZEN, |_, world| !world.seen.has(Fault::ActedOnFrozen)),
        always(NO_SECRET_TO_UNPROVED, |_, world| !world.seen.has(Fault::SecretToUnproved)),
        always(UNPROVED_REVERTS_NOTHING, |_, world| !world.seen.has(Fault::UnprovedReverted)),
        always(OWNERS_FREEZE_HOLDS, |variant, world| {
            !(world.seen.is_frozen_by_owner && world.is_in(variant, Who::Thief))
        }),
    ]
}

fn in_each_state() -> Vec<Property<Variant>> {
    vec![
        always(NOTHING_IN_AN_HOUR, |variant, world| {
            let is_early = variant.is_alone() && !world.seen.hold_ran_out;
            !(is_early && world.is_in(variant, Who::Thief))
        }),
        always(NOTHING_AFTER_PERSON, |variant, world| {
            let is_secured = world.seen.is_secured && !variant.bribed;
            !(is_secured && world.is_in(variant, Who::Thief))
        }),
        always(NO_CHANNEL_AFTER_PERSON, |variant, world| {
            let is_clean = world.seen.is_clean && !variant.bribed;
            !(is_clean && has_channel(variant, world))
        }),
        always(UNDOING_STAYS, |variant, world| !(world.seen.is_undone && world.is_in(variant, Who::Thief))),
        always(NOTHING_AGAINST_OFFICE, |variant, world| !beats_office(variant, world)),
        always(OFFICE_GETS_IN, |variant, world| {
            variant.representatives().iter().all(|who| gets_in_by_office(variant, world, *who).is_some())
        }),
        always(BOTH_GET_IN, both_get_in),
        always(PERSON_GETS_IN, |variant, world| {
            variant.representatives().iter().all(|who| gets_in_in_person(variant, world, *who))
        }),
    ]
}

fn has_channel(variant: &Variant, world: &World) -> bool {
    let account = world.desk.account;
    account.is_some_and(|account| account.proved().meets(variant.read_by(Who::Thief)))
}

fn beats_office(variant: &Variant, world: &World) -> bool {
    let Some(account) = world.desk.account.filter(|_| world.seen.is_office_fresh) else { return false };
    let froze = account.frozen && !world.seen.is_frozen_by_owner;
    let has_channel = account.on_file().meets(variant.read_by(Who::Thief));
    world.is_in(variant, Who::Thief) || has_channel || froze
}

/// SII answers, or the visit waits until it does.
fn with_sii(world: &World) -> World {
    World { is_silent: false, ..*world }
}

fn tried(variant: &Variant, world: &World, tried: Try) -> Option<World> {
    variant.next_state(world, Action::Try(tried))
}

/// What a settlement leads to, if it gives a working CS.
fn gets_in_by_office(variant: &Variant, world: &World, who: Who) -> Option<World> {
    let mailbox = variant.brings(who);
    let settle = Try::Settle { who, named: who, mailbox, members: 2 };
    let after = tried(variant, &with_sii(world), settle)?;
    (after.desk.is_claves(who) && after.is_in(variant, who)).then_some(after)
}

fn both_get_in(variant: &Variant, world: &World) -> bool {
    let both = variant.representatives();
    both.iter().all(|first| {
        let after = gets_in_by_office(variant, world, *first);
        after.is_some_and(|after| {
            both.iter().all(|second| gets_in_by_office(variant, &after, *second).is_some())
        })
    })
}

fn gets_in_in_person(variant: &Variant, world: &World, who: Who) -> bool {
    let (world, mailbox) = (with_sii(world), variant.brings(who));
    let Some(account) = world.desk.account else {
        let applied = tried(variant, &world, Try::Apply { who, mailbox });
        let finish = Try::FinishInPerson { who, named: who };
        let done = applied.and_then(|applied| tried(variant, &applied, finish));
        return world.desk.remembered == Rank::Office || done.is_some_and(|done| done.is_in(variant, who));
    };
    if account.frozen || account.rank == Rank::Office {
        return true;
    }
    let asked = tried(variant, &world, Try::AskInPerson { who, named: who, mailbox });
    let sent = asked.and_then(|asked| variant.next_state(&asked, Action::Deliver(Key::InPerson)));
    let use_key = Try::UseKey { who, key: Key::InPerson, stale: false };
    let used = sent.and_then(|sent| tried(variant, &sent, use_key));
    used.is_some_and(|used| used.desk.is_claves(who) && used.is_in(variant, who))
}

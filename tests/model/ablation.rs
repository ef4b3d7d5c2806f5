//! What each rule is for: without it, in this world, this property breaks.

use std::fmt::Debug;

use stateright::{Checker, HasDiscoveries, Model};

use crate::properties::*;
use crate::rules::Rule;
use crate::variant::*;

/// One rule, and what breaks without it.
#[derive(Clone, Copy, Debug)]
pub struct Ablation {
    /// The rule that is switched off.
    pub rule: Rule,
    /// The world in which that shows.
    pub world: Variant,
    /// The property that breaks.
    pub breaks: &'static str,
}

const fn without(rule: Rule, world: Variant, breaks: &'static str) -> Ablation {
    Ablation { rule, world, breaks }
}

/// Every rule at least once, and every property at least once.
pub const ABLATIONS: &[Ablation] = &[
    without(Rule::ApplicationFirst, BY_PERSON, NEVER_REGISTERS),
    without(Rule::ApplicationFirst, ERASURE, NOTHING_AFTER_PERSON),
    without(Rule::ApplicationBlocksNobody, UNREGISTERED, PERSON_GETS_IN),
    without(Rule::PersonToRegister, BY_PERSON, NEVER_REGISTERS),
    without(Rule::SecretsToProvedOnly, MIGRATED, NOTHING_IN_AN_HOUR),
    without(Rule::SecretsToProvedOnly, MIGRATED, NO_SECRET_TO_UNPROVED),
    without(Rule::SecretsToProvedOnly, MISTYPED, NOTHING_AFTER_PERSON),
    without(Rule::UnprovedOnlyStop, UNPROVED_MOBILE, UNPROVED_REVERTS_NOTHING),
    without(Rule::ProvedByClaveOncePerson, MISTYPED, NOTHING_AFTER_PERSON),
    without(Rule::NoRevertPastPerson, FORMER, NOTHING_AFTER_PERSON),
    without(Rule::FreezeInsteadOfRevert, FORMER, NOTHING_AFTER_PERSON),
    without(Rule::NothingAgainstOffice, FORMER, ONE_FREEZE),
    without(Rule::NothingAgainstOffice, FORMER, NOTHING_AGAINST_OFFICE),
    without(Rule::UndoingHasNoCode, ALONE, UNDOING_STAYS),
    without(Rule::UndoingEndsWhatFollowed, ALONE, UNDOING_STAYS),
    without(Rule::FreezeByTrusted, ALONE, OUTSIDER_CANT_FREEZE),
    without(Rule::FreezeByTrusted, UNREGISTERED, NEWCOMER_CANT_FREEZE),
    without(Rule::FreezeCodesStay, BRIBED, BRAKE_STAYS),
    without(Rule::PersonEndsRequests, UNREGISTERED, NOTHING_AFTER_PERSON),
    without(Rule::PersonEndsHolds, ALONE, NOTHING_AFTER_PERSON),
    without(Rule::PersonEndsSentKeys, FORMER, NOTHING_AFTER_PERSON),
    without(Rule::PersonEndsErasure, STOLEN_AND_ERASED, ERASURE_ENDS),
    without(Rule::PersonShutsOutWeaker, FORMER, PERSONS_KEY_LIVES),
    without(Rule::PersonReaddresses, FORMERS_MAILBOX, NOTHING_AFTER_PERSON),
    without(Rule::FormerLeave, FORMER, NOTHING_AFTER_PERSON),
    without(Rule::FormerLeave, FORMER, NO_CHANNEL_AFTER_PERSON),
    without(Rule::NoHoldOncePerson, ALONE, NOTHING_AFTER_PERSON),
    without(Rule::NoReaddressOncePerson, STOLEN, NO_CHANNEL_AFTER_PERSON),
    without(Rule::ErasureLeavesRank, ERASURE, NOTHING_AFTER_PERSON),
    without(Rule::OfficeForThirtyDays, BRIBED, NOTHING_AGAINST_OFFICE),
    without(Rule::Hold, ALONE, NOTHING_IN_AN_HOUR),
    without(Rule::OneHold, ALONE, HOLDS_CAN_BE_STOPPED),
    without(Rule::SomebodyToWarn, UNREACHABLE, HOLDS_CAN_BE_STOPPED),
    without(Rule::ChangeEndsHold, FORMERS_MAILBOX, HOLDS_CAN_BE_STOPPED),
    without(Rule::ChannelsBeforeHear, BRIBED, NOTHING_UNHEARD),
    without(Rule::KeyMailboxesHear, FORMERS_MAILBOX, NOTHING_UNHEARD),
    without(Rule::FrozenAcceptsNothing, FORMER, FROZEN_IS_FROZEN),
    without(Rule::OnlyOfficeThaws, BRIBED, OWNERS_FREEZE_HOLDS),
    without(Rule::OfficeRetiresOthers, FORMER, ONE_FREEZE),
    without(Rule::OfficeRetiresOthers, FORMER, NOTHING_AFTER_PERSON),
    without(Rule::LastOfficeWins, TWO, BOTH_GET_IN),
    without(Rule::LastOfficeWins, TWO, OFFICE_GETS_IN),
    without(Rule::TwoMembers, BRIBED, NOTHING_AGAINST_OFFICE),
    without(Rule::SilenceIsNoYes, FORMER_REPRESENTATIVE, NOTHING_AFTER_PERSON),
    without(Rule::VerdictHolds, FORMERS_MAILBOX, NOTHING_AFTER_PERSON),
];

impl Ablation {
    /// The way in which the property breaks, if it does.
    pub fn counterexample(&self) -> Option<Vec<String>> {
        let world = Variant { rules: self.world.rules.without(self.rule), ..self.world };
        let found = HasDiscoveries::AnyOf([self.breaks].into());
        let checker = world.checker().finish_when(found).spawn_bfs().join();
        checker.discovery(self.breaks).map(|path| shown(path.into_actions()))
    }
}

/// What was found in one world.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checked {
    /// How many states there are.
    pub states: usize,
    /// Each property that broke, and the way to it.
    pub broken: Vec<(&'static str, Vec<String>)>,
}

/// Goes through all states of a world.
pub fn check(variant: Variant) -> Checked {
    let checker = variant.checker().finish_when(HasDiscoveries::AnyFailures).spawn_bfs().join();
    let broken = checker.discoveries().into_iter();
    let broken = broken.map(|(name, path)| (name, shown(path.into_actions()))).collect();
    Checked { states: checker.unique_state_count(), broken }
}

fn shown<A: Debug>(actions: Vec<A>) -> Vec<String> {
    actions.iter().map(|action| format!("{action:?}")).collect()
}

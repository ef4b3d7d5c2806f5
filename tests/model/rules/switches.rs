//! One switch for each rule.

/// One rule of `trust.md`, or a part of one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum Rule {
    /// T1: *Crear Cuenta* makes an application, and only proof makes an account of it.
    ApplicationFirst,
    /// T1: an application blocks nobody.
    ApplicationBlocksNobody,
    /// T1: with `registration.evidence = "person"` only E5 makes an account.
    PersonToRegister,
    /// T3: no key, and no code that reverts, goes to a channel that nobody proved.
    SecretsToProvedOnly,
    /// T3: a code that went to a channel that nobody had proved stops a hold, and reverts nothing later.
    UnprovedOnlyStop,
    /// T3: once the rank is a person's, E1 and E2 prove no channel any more.
    ProvedByClaveOncePerson,
    /// T4a: a low deed's code is dead once a person's deed came after.
    NoRevertPastPerson,
    /// T4a: a code against a person's deed freezes, and reverts nothing.
    FreezeInsteadOfRevert,
    /// T4a: there is no code against an office's deed.
    NothingAgainstOffice,
    /// T4a: an undoing carries no code.
    UndoingHasNoCode,
    /// T4a: an undoing ends every key and hold that came after the deed.
    UndoingEndsWhatFollowed,
    /// T4b: freeze codes go only to channels on file by E5 or E6, or for 30 days.
    FreezeByTrusted,
    /// T4b: a freeze code outlives later deeds of a person.
    FreezeCodesStay,
    /// T4c: an E5 ends the recoveries that wait to be sent.
    PersonEndsRequests,
    /// T4c: an E5 ends the holds.
    PersonEndsHolds,
    /// T4c: an E5 ends the sent keys.
    PersonEndsSentKeys,
    /// T4c: an E5 ends an erasure that waits.
    PersonEndsErasure,
    /// T4c: while an E5's own key lives, weaker deeds are refused.
    PersonShutsOutWeaker,
    /// T4c: the address of an E5 is on file with it.
    PersonReaddresses,
    /// T4c: former channels leave with an E5.
    FormerLeave,
    /// T4d: once person, a new address never comes by the hold.
    NoHoldOncePerson,
    /// T4d: once person, a new address never comes by the CS.
    NoReaddressOncePerson,
    /// T4d: erasure leaves the rank.
    ErasureLeavesRank,
    /// T4d: for 30 days after an E6 a new address comes only by E6.
    OfficeForThirtyDays,
    /// T4e: a key to a new address is held for a day.
    Hold,
    /// T4e: one hold at a time.
    OneHold,
    /// T4e: no hold with nobody to warn. A channel that nobody proved may be anybody's.
    SomebodyToWarn,
    /// T4e: any change of channels ends the hold.
    ChangeEndsHold,
    /// T5: the channels before a deed hear of it, not only those after.
    ChannelsBeforeHear,
    /// T5: where a key went that a deed ends, hears of it.
    KeyMailboxesHear,
    /// T6: no CS, key or low evidence is accepted while frozen.
    FrozenAcceptsNothing,
    /// T6: only E6 ends a freeze.
    OnlyOfficeThaws,
    /// T6: with E6 the codes and keys of others go.
    OfficeRetiresOthers,
    /// T6: of two representatives the last wins.
    LastOfficeWins,
    /// E6: two members of staff, not one.
    TwoMembers,
    /// E5, E6: SII's silence is no yes.
    SilenceIsNoYes,
    /// S7: a verdict holds only for the clave or key that it was made on.
    VerdictHolds,
}

/// The rules in force.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rules(u64);

impl Rules {
    /// All of them.
    pub const ALL: Rules = Rules(u64::MAX);

    /// All of these but one.
    pub fn without(self, rule: Rule) -> Rules {
        Rules(self.0 & !(1 << rule as u8))
    }

    /// Whether this one is in force.
    pub fn has(self, rule: Rule) -> bool {
        self.0 & (1 << rule as u8) != 0
    }
}

impl Rule {
    /// All of them.
    pub const ALL: [Rule; 37] = [
        Rule::ApplicationFirst,
        Rule::ApplicationBlocksNobody,
        Rule::PersonToRegister,
        Rule::SecretsToProvedOnly,
        Rule::UnprovedOnlyStop,
        Rule::ProvedByClaveOncePerson,
        Rule::NoRevertPastPerson,
        Rule::FreezeInsteadOfRevert,
        Rule::NothingAgainstOffice,
        Rule::UndoingHasNoCode,
        Rule::UndoingEndsWhatFollowed,
        Rule::FreezeByTrusted,
        Rule::FreezeCodesStay,
        Rule::PersonEndsRequests,
        Rule::PersonEndsHolds,
        Rule::PersonEndsSentKeys,
        Rule::PersonEndsErasure,
        Rule::PersonShutsOutWeaker,
        Rule::PersonReaddresses,
        Rule::FormerLeave,
        Rule::NoHoldOncePerson,
        Rule::NoReaddressOncePerson,
        Rule::ErasureLeavesRank,
        Rule::OfficeForThirtyDays,
        Rule::Hold,
        Rule::OneHold,
        Rule::SomebodyToWarn,
        Rule::ChangeEndsHold,
        Rule::ChannelsBeforeHear,
        Rule::KeyMailboxesHear,
        Rule::FrozenAcceptsNothing,
        Rule::OnlyOfficeThaws,
        Rule::OfficeRetiresOthers,
        Rule::LastOfficeWins,
        Rule::TwoMembers,
        Rule::SilenceIsNoYes,
        Rule::VerdictHolds,
    ];
}

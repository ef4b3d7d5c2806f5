//! Every law by its sentence, and which rules of the house it holds: who may do what on the strength of
//! what (T1 to T14), and what is promised of secrets, tries, messages and records (S).

/// A rule about who may do what on the strength of what. T15 and T16 are about the machine around the
/// program, and have tests of their own there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rule {
    T1,
    T2,
    T3,
    T4a,
    T4b,
    T4c,
    T4d,
    T4e,
    T5,
    T6,
    T7,
    T8,
    T9,
    T10,
    T11,
    T12,
    T13,
}

#[cfg(test)]
impl Rule {
    pub const ALL: [Rule; 17] = [
        Rule::T1,
        Rule::T2,
        Rule::T3,
        Rule::T4a,
        Rule::T4b,
        Rule::T4c,
        Rule::T4d,
        Rule::T4e,
        Rule::T5,
        Rule::T6,
        Rule::T7,
        Rule::T8,
        Rule::T9,
        Rule::T10,
        Rule::T11,
        Rule::T12,
        Rule::T13,
    ];
}

macro_rules! laws {
    ($($law:ident $sentence:literal [$($rule:ident)*];)*) => {
        /// A law that holds after every step.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Law {
            $($law,)*
        }

        impl Law {
            pub const ALL: &[Law] = &[$(Law::$law,)*];

            /// What it says.
            pub fn sentence(self) -> &'static str {
                match self {
                    $(Law::$law => $sentence,)*
                }
            }

            /// The rules that it holds, or a part of which it holds.
            pub fn rules(self) -> &'static [Rule] {
                match self {
                    $(Law::$law => &[$(Rule::$rule,)*],)*
                }
            }
        }
    };
}

laws! {
    // Who may do what.
    AccountsBegin "an account takes a card and a code, or staff" [T1];
    OwnCard "no card passes but the person's own" [T1];
    Represents "nobody acts for a company that they don't represent" [T1];
    RightCode "no code is right but the one that was sent for it" [T1 T3];
    Applications "a terminal takes no more applications than it may" [T2];
    CodesToAddress "no address gets more codes than it may" [T2 T10];
    KeyPlaces "a key goes to a proved place alone" [T3 T4e T12];
    CopyPlaces "a copy goes to a proved mailbox alone" [T3];
    NoticePlaces "a notice's code goes to what is on file" [T3 T7];
    UndoPlaces "a code that undoes goes to a proved place alone" [T3];
    WarningsNameNobody "a warning to an unproved place names nobody" [T3];
    CodeFreezes "a code against what was done in person freezes, and no other" [T4a];
    FreezePlaces "a code that freezes goes to a trusted place alone" [T4b];
    OnlyLiveOpens "nothing opens but the clave in use and a key that lives" [T4c T6 T7];
    NewMailbox "what was given in person gets a new mailbox in person alone" [T4d T7];
    RankStays "an erased account leaves the rank of what was done in person" [T4d];
    OneHold "one key waits at a time, and none for what was given in person" [T4d T4e];
    AllHear "all who are touched hear" [T5 T7];
    FrozenOpens "a frozen account opens to nobody" [T6];
    FrozenClave "a frozen account gets no other clave" [T6];
    TwoGive "an account is given by two members of staff" [T6];
    TwoHelp "one visit with two members of staff gives a clave that works" [T7];
    ThievesLose "who is given an account shares it with no thief" [T7];
    SessionEnds "a session of staff ends after five minutes without an act" [T8];
    WhoLeft "who left the staff does nothing more" [T8];
    FreshCode "what opens or ends something takes a code of the last minute" [T8];
    LockEnds "a terminal's lock ends after half an hour" [T9];
    LockLeavesBrakes "a terminal's lock leaves the brakes alone" [T9];
    OwnerPasses "the tries of others don't stop the owner's card" [T9];
    NothingDropped "what guards the owner is never dropped" [T10];
    SentHasLeft "what counts as sent has left" [T5 T10];
    AnswersTakeTime "the time of an answer tells nothing" [T11];
    QuestionStays "the invented question of a RUT stays the same" [T11];
    SameToAll "who brings nothing hears the same with an account and without" [T11];
    ErasureWaits "an account is erased only after its hold" [T12];
    NothingWaitsForEver "nothing that is due waits for ever" [T12 T13];
    SealBinds "a seal holds for its own version and due time alone" [T13];
    // What is promised of tries, messages, records and secrets.
    FacilitatorKeys "a facilitator's key goes where the request says, after two approved it" [];
    CountedFirst "a try is counted before it is answered" [T9];
    WrongTries "no more wrong answers and claves than may be" [T9];
    WrongCards "no more wrong cards than may be" [T9];
    WrongCodes "no more wrong codes than may be" [T3];
    InOutbox "what leaves is in the outbox" [];
    OneMessage "one name is one message" [];
    Addressed "a message goes where it is addressed" [T3];
    KeyStored "each key that left is stored" [];
    CodeStored "each code that left is stored" [];
    OutboxEnds "nothing waits for ever to be sent" [T10];
    SameBatch "the same batch twice is one commit" [];
    Whole "what was acknowledged is stored, all of it" [];
    VersionOnce "a version never comes twice" [T13];
    ReadFirst "nothing is overwritten unread" [];
    Sealed "no secret, RUT or address is stored in clear" [];
    RowWithAccount "an account changes with its row in the log" [];
    ChainsHold "the chains of the log hold" [T13];
    ReceiptsLogged "what a receipt tells is in the log" [];
    LaidOutEnds "what is laid out for staff is taken away in time" [];
    NotShown "no secret is shown" [];
    NotLogged "no secret is logged" [];
    NoCircles "nothing runs in circles" [];
}

impl std::fmt::Display for Law {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str(self.sentence())
    }
}

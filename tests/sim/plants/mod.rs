//! Mistakes that are planted to see that the laws notice them. They lie in the simulator's own layer
//! around store, desk, post, registers and chance: the program knows nothing of them. Each names the laws
//! that may find it, and is found by no other.

mod batches;
mod desk;

use totem::domain::clean::Clean;
use totem::domain::reference::{Kind, Ref};
use totem::page::{Page, Words};
use totem::store::Versioned;

pub use batches::{kept, rewritten};
pub use desk::{performed, replied, waits_before};

use super::laws::Law;
use super::world::World;

macro_rules! plants {
    ($($(#[doc = $what:literal])* $plant:ident [$($law:ident)+];)*) => {
        /// A mistake.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Plant {
            $($(#[doc = $what])* $plant,)*
        }

        impl Plant {
            pub const ALL: &[Plant] = &[$(Plant::$plant,)*];

            /// The laws that may find it.
            pub fn found_by(self) -> &'static [Law] {
                match self {
                    $(Plant::$plant => &[$(Law::$law,)+],)*
                }
            }
        }
    };
}

plants! {
    /// Failed tries are not kept, most of the time.
    TryForgotten [CountedFirst WrongTries WrongCards CodesToAddress Applications];
    /// A failed try is kept some seconds after it was answered.
    TryCountedLate [CountedFirst];
    /// Any code is as good as the one that was sent.
    AnyCodeIsRight [RightCode];
    /// Any clave is as good as the one that is in use.
    AnyClaveOpens [OnlyLiveOpens];
    /// Once somebody failed at a terminal, it stays locked.
    LockStays [LockEnds];
    /// A terminal's lock stops *No fui yo* too.
    LockOnBrakes [LockLeavesBrakes];
    /// A card waits for the wrong answers of anybody.
    BlockOnCard [OwnerPasses];
    /// A courier takes a message without saying so.
    LeaseForgotten [OneMessage NoCircles CodesToAddress KeyStored CodeStored];
    /// A sent message keeps its name while it says something else.
    NameStays [OneMessage];
    /// One of those who should hear of a change doesn't.
    NoticeForgotten [AllHear];
    /// A notice counts as sent, and never leaves.
    NoticeUnsent [SentHasLeft];
    /// A notice is dropped for being one too many.
    NoticeDropped [NothingDropped];
    /// Messages that are due are not brought up.
    CourierSleeps [OutboxEnds NothingWaitsForEver];
    /// What has come to its end is not brought up.
    DueForgotten [NothingWaitsForEver];
    /// What was done has no row in the log, now and then.
    RowForgotten [RowWithAccount ReceiptsLogged];
    /// A key leaves, and its digest is not kept.
    KeyUnsaved [KeyStored];
    /// A code leaves, and its digest is not kept; nor is it kept how often it was tried.
    CodeUnsaved [CodeStored WrongCodes];
    /// What was read before writing is not compared.
    WrittenUnread [ReadFirst];
    /// A batch is acknowledged and not kept.
    LostWrite [Whole];
    /// Half of a batch is kept.
    TornBatch [Whole];
    /// Ids repeat.
    VersionRepeats [VersionOnce SameBatch];
    /// A record is sealed to its place alone.
    SealLoose [SealBinds];
    /// The boot time runs thirty times too fast.
    BootTimeLeaps [KeyPlaces ErasureWaits OnlyLiveOpens];
    /// An erasure is due at once.
    ErasedAtOnce [ErasureWaits];
    /// An erasure leaves nothing of what was done in person.
    RankForgotten [RankStays];
    /// Registro Civil finds every card right.
    AnyCardMatches [OwnCard AccountsBegin];
    /// SII says of everybody that they represent everybody.
    AnybodyRepresents [Represents];
    /// Whatever is sent goes to a stranger too.
    KeyGoesToAnotherMailbox [Addressed KeyPlaces NoticePlaces UndoPlaces CopyPlaces];
    /// Places that nobody proved get codes as all others.
    CodesToUnproved [UndoPlaces];
    /// A warning tells about whom it is.
    WarningsWithNames [WarningsNameNobody];
    /// Every notice carries a code that freezes.
    EveryNoticeFreezes [FreezePlaces CodeFreezes];
    /// A freeze is told of, and not kept.
    FreezeForgotten [CodeFreezes];
    /// What should wait for staff waits for a day.
    DayInsteadOfStaff [OneHold NewMailbox];
    /// One member of staff is as good as two.
    OneGives [TwoGive];
    /// An account that two gave keeps telling a stranger.
    ThiefIsTold [ThievesLose];
    /// Whoever left the staff signs in as before.
    LeaverStays [WhoLeft];
    /// Nobody remembers who approved a facilitator's request first.
    SamePersonApproves [FacilitatorKeys];
    /// Sessions of staff never end.
    EndlessSession [SessionEnds];
    /// The code of the sign-in counts for ever.
    CodeOfLongAgo [FreshCode];
    /// What is laid out for staff stays there.
    ViewsStay [LaidOutEnds];
    /// A message is written into the log.
    SecretsInTheLog [NotLogged];
    /// A row of the log holds a secret in clear.
    SecretInClear [Sealed];
    /// A page shows what was typed hidden.
    SecretOnPage [NotShown];
    /// Answers come as soon as they are known.
    FloorForgotten [AnswersTakeTime];
    /// Who has no account hears so.
    AccountTold [SameToAll];
    /// Rows of the log end too early.
    RowsCutEarly [ChainsHold ReceiptsLogged Whole];
    /// The invented question is another one after each start.
    QuestionChanges [QuestionStays];
}

impl Plant {
    /// By its name.
    pub fn named(name: &str) -> Option<Plant> {
        Plant::ALL.iter().copied().find(|plant| format!("{plant:?}") == name)
    }

    /// Whether this law may find it.
    pub fn is_found_by(self, law: Law) -> bool {
        self.found_by().contains(&law)
    }
}

/// The office's secret questions, as a terminal that starts reads them.
pub fn questions(world: &World, mut questions: Vec<Clean>) -> Vec<Clean> {
    if world.plant == Some(Plant::QuestionChanges) {
        let by = world.faults().below(questions.len() as u64) as usize;
        questions.rotate_left(by);
    }
    questions
}

/// A page as it is shown.
pub fn shown(world: &World, page: &Page) -> Page {
    let mut page = page.clone();
    let secret = world.laws().newest_secret().filter(|_| world.plant == Some(Plant::SecretOnPage));
    if let Some(secret) = secret {
        page.heading = Words::Given(Clean::from(secret));
    }
    page
}

/// When the caretaker is told to look again: what it is not told of makes it look no sooner.
pub fn next_due_ms(world: &World, due_ms: Option<u64>) -> Option<u64> {
    match world.plant {
        Some(Plant::CourierSleeps | Plant::DueForgotten) => Some(world.now_ms() + 60_000),
        _ => due_ms,
    }
}

/// What the caretaker is told that is due.
pub fn due(world: &World, mut due: Vec<(Ref, Versioned)>) -> Vec<(Ref, Versioned)> {
    match world.plant {
        Some(Plant::CourierSleeps) => due.retain(|(at, _)| at.kind != Kind::Outbox),
        Some(Plant::DueForgotten) => due.retain(|(at, _)| at.kind != Kind::Proof),
        _ => {}
    }
    due
}

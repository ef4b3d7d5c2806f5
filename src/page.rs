//! A screen as data: what is said, asked and offered, with nothing about how it is drawn. The
//! same page is drawn full-screen, read out line by line, and made into pictures.

mod contradiction;
mod said;

use zeroize::Zeroizing;

use crate::domain::clean::Clean;
use crate::domain::visits::Stage;
use crate::event::{Key, Target};
use crate::text::Msg;

/// A sentence of ours, or somebody's own words (a company's name, a question on file).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Words {
    /// Spoken in the language of the visit.
    Said(Msg),
    /// As they were given, in whatever language.
    Given(Clean),
}

impl From<Msg> for Words {
    fn from(msg: Msg) -> Self {
        Words::Said(msg)
    }
}

impl From<Clean> for Words {
    fn from(text: Clean) -> Self {
        Words::Given(text)
    }
}

/// A screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// Where we are: *Recuperar CS · Persona Jurídica*.
    pub place: Msg,
    /// Which of the workflow's steps it is, if it is one.
    pub progress: Option<StepProgress>,
    /// The one question of the page, or what it tells.
    pub heading: Words,
    /// From top to bottom.
    pub blocks: Vec<Block>,
    /// What the cursor rests on; every page has something.
    pub focus: Target,
    /// How many screenfuls the person turned back (forward if negative) from where the page opens, to read
    /// one that is longer than the screen.
    pub turned: i8,
    /// Whether Esc leads from it to the step before. From what was done it doesn't: a receipt and
    /// a code that waits are left by their buttons alone, or by F10.
    pub leads_back: bool,
    /// Esc ends what was begun, and what was typed in it goes.
    pub leaves_typed: bool,
    /// Help on this step: a column beside wide pages, and the page behind F1.
    pub help: Vec<Msg>,
    /// Where help is, which every page says on which a key does anything.
    pub assistance: Option<Assistance>,
    /// The keys that do something here, for the last line.
    pub keys: Vec<KeyHint>,
    /// Stands above everything until it is answered or has passed.
    pub notice: Option<Notice>,
}

/// Where a page stands among the steps of its workflow.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StepProgress {
    /// Counted from 1.
    pub current: u8,
    /// The names of all the steps, in order.
    pub steps: Vec<Msg>,
    /// The current one, for the day's figures.
    pub stage: Stage,
}

/// Where help is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Assistance {
    /// F2 calls staff.
    CallsStaff,
    /// Staff are here, and F2 opens their panel.
    StaffAreHere,
}

/// A key of the last line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyHint {
    /// What is pressed.
    pub key: Key,
    /// What it does.
    pub does: Msg,
}

/// Something the person must notice now: the idle warning, *El funcionario viene*.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// What it says.
    pub says: Msg,
    /// Whether it is a warning, which stands out.
    pub urgent: bool,
}

/// A part of a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    /// The title of one of the guide's panels.
    Panel(Msg),
    /// A few sentences.
    Paragraph(Words),
    /// A paragraph on which the focus can rest, as [`Target::Opening`], so that a page that is
    /// longer than the screen is read from its beginning.
    Opening(Msg),
    /// The guide's *IMPORTANTE* boxes.
    Important(Msg),
    /// The guide's *INFORMACIÓN* boxes.
    Information(Msg),
    /// What the guide says here. Where there is no room for the whole of it, the page says it in fewer
    /// words, and the whole stands in the column beside it and behind F1.
    Guide {
        /// Word for word.
        whole: Box<Block>,
        /// What the page can't do without.
        short: Option<Box<Block>>,
    },
    /// A list of points.
    Bullets(Vec<Words>),
    /// What is wrong with several fields, before them; each line leads to its field.
    Summary(Vec<(Target, Msg)>),
    /// Something to fill in.
    Field(FieldShown),
    /// What was typed or is known, with *Cambiar* where it can be changed.
    Facts(Vec<Fact>),
    /// The letters in place of the captcha.
    Challenge(ChallengeShown),
    /// Something to scan, and the same in letters for whoever can't.
    Qr {
        /// What is scanned.
        content: String,
        /// The same, to read.
        letters: Words,
    },
    /// Numbered entries.
    Menu(Vec<Item>),
    /// A few words about the fields above it. Stands beside the buttons that follow, if it can.
    Note(Msg),
    /// Buttons side by side.
    Buttons(Vec<Button>),
    /// What we wait for. No spinner: nothing moves while nothing happens.
    Waiting {
        /// What is awaited.
        what: Msg,
        /// For how long it has been.
        since: Msg,
    },
    /// How often each of these happened, as bars beside their numbers.
    Bars(Vec<Bar>),
    /// Words in very large letters, for the attract page.
    Banner(String),
    /// A blank line.
    Gap,
}

/// Something to fill in, with all that is said around it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldShown {
    /// What the focus rests on.
    pub target: Target,
    /// What it is called.
    pub label: Msg,
    /// Obligatory fields carry the guide's asterisk.
    pub required: bool,
    /// A word of help.
    pub hint: Option<Msg>,
    /// What the hint is instead while staff look on.
    pub hint_beside_staff: Option<Msg>,
    /// What is wrong with it.
    pub error: Option<Msg>,
    /// Which secret is typed here, if it is one.
    pub secret: Option<SecretKind>,
    /// How it is filled in.
    pub control: Control,
}

impl Block {
    /// What the guide says here, in this many words where there is room, and nothing where there isn't.
    pub fn guide(whole: Block) -> Self {
        Block::Guide { whole: Box::new(whole), short: None }
    }

    /// The same, and what the page says in its place where there is no room.
    pub fn guide_or(whole: Block, short: Block) -> Self {
        Block::Guide { whole: Box::new(whole), short: Some(Box::new(short)) }
    }

    /// The first thing on it that can have the focus, if anything can. What is awaited and a summary of
    /// errors are read before it.
    fn first_stop(&self) -> Option<FirstStop> {
        let unbegun = |target| Some(FirstStop::Unbegun(target));
        match self {
            Block::Opening(_) => unbegun(Target::Opening),
            Block::Field(field) => field.first_stop(),
            Block::Facts(facts) => facts.iter().find_map(|fact| fact.change).and_then(unbegun),
            Block::Menu(items) => items.first().and_then(|item| unbegun(item.target)),
            Block::Buttons(buttons) => buttons.first().and_then(|button| unbegun(button.target)),
            _ => None,
        }
    }
}

/// The first thing of a page that can have the focus.
#[derive(Clone, Copy, PartialEq, Eq)]
enum FirstStop {
    /// Nothing was done there yet.
    Unbegun(Target),
    /// Something was typed or chosen there, or is wrong with it.
    Begun,
}

impl FieldShown {
    fn first_stop(&self) -> Option<FirstStop> {
        let is_begun = match &self.control {
            Control::ReadOnly(_) => return None,
            Control::Text { value, .. } | Control::Filter { value, .. } => !value.is_empty(),
            Control::Hidden { length, .. } => *length > 0,
            Control::Check { checked } => *checked,
            Control::Choice { chosen, at, .. } => chosen.is_some() || *at > 0,
        };
        Some(if is_begun || self.error.is_some() {
            FirstStop::Begun
        } else {
            FirstStop::Unbegun(self.target)
        })
    }
}

impl Page {
    /// Whether nobody has begun with it: the focus is on the first thing that can have it, and nothing was
    /// done there. However long it is, it is then read from its beginning.
    pub fn is_unbegun(&self) -> bool {
        self.blocks.iter().find_map(Block::first_stop) == Some(FirstStop::Unbegun(self.focus))
    }

    /// All that the guide says here, whole.
    pub fn guide(&self) -> impl Iterator<Item = &Block> {
        self.blocks.iter().filter_map(|block| match block {
            Block::Guide { whole, .. } => Some(&**whole),
            _ => None,
        })
    }
}

/// A secret that is typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SecretKind {
    /// A person's clave, of whatever age.
    Clave,
    /// The answer to a secret question.
    Answer,
    /// A code from a message: typed in sight.
    Code,
    /// A staff member's: never shown, not even for a moment.
    OfStaff,
}

impl SecretKind {
    /// Whether it is the person's own: hidden while staff look on, even where it is typed in sight.
    pub fn is_persons(self) -> bool {
        match self {
            SecretKind::Clave | SecretKind::Answer | SecretKind::Code => true,
            SecretKind::OfStaff => false,
        }
    }
}

/// How a field is filled in, and what stands in it. What was typed is wiped (S4).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Control {
    /// One line of text.
    Text {
        /// What was typed.
        value: Zeroizing<String>,
        /// Counted in characters from the start.
        caret: usize,
    },
    /// Dots, or for a moment the text itself.
    Hidden {
        /// In characters.
        length: usize,
        /// The text, while F3 shows it.
        shown: Option<Zeroizing<String>>,
    },
    /// Filled in by the registry, not by the person.
    ReadOnly(Words),
    /// A box to tick.
    Check {
        /// Whether it is ticked.
        checked: bool,
    },
    /// One of a few, all in sight.
    Choice {
        /// All of them, in order.
        options: Vec<Words>,
        /// The one that was taken, counted from 0.
        chosen: Option<usize>,
        /// The one under the cursor, counted from 0.
        at: usize,
    },
    /// One of many: type to filter.
    Filter {
        /// What was typed.
        value: Zeroizing<String>,
        /// Counted in characters from the start.
        caret: usize,
        /// Those in sight. None with a `value` means that nothing fits.
        matches: Vec<Clean>,
        /// The one that Enter takes, counted from 0.
        at: usize,
        /// The one that was taken.
        chosen: Option<Clean>,
    },
}

/// One thing that was typed or is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fact {
    /// What it is.
    pub label: Msg,
    /// What was typed, or is on file.
    pub value: Words,
    /// Where *Cambiar* leads, if it can be changed.
    pub change: Option<Target>,
}

/// The letters that stand in place of the image captcha, and each in a plain word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChallengeShown {
    /// Capitals.
    pub letters: [char; 4],
    /// A word for each, in the same order.
    pub words: [Msg; 4],
}

/// An entry of a menu, chosen by its number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// What the focus rests on.
    pub target: Target,
    /// What it leads to.
    pub label: Msg,
    /// More about it, in a few words.
    pub detail: Option<Msg>,
}

/// One bar of a chart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bar {
    /// What is counted.
    pub label: Msg,
    /// Which part of it.
    pub detail: Option<Msg>,
    /// How often it happened.
    pub count: u32,
}

/// A button.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Button {
    /// What the focus rests on.
    pub target: Target,
    /// What stands on it.
    pub label: Msg,
}

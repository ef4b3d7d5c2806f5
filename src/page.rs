//! A screen as data: what is said, asked and offered, with nothing about how it is drawn. The
//! same page is drawn full-screen, read out line by line, and made into pictures.

use zeroize::Zeroizing;

use crate::domain::clean::Clean;
use crate::event::{Key, Target};
use crate::text::Msg;

/// A sentence of ours, or somebody's own words (a company's name, a question on file).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Words {
    Said(Msg),
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

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// Where we are: *Recuperar CS · Persona Jurídica*.
    pub place: Msg,
    pub progress: Option<Progress>,
    /// The one question of the page, or what it tells.
    pub heading: Words,
    /// From top to bottom.
    pub blocks: Vec<Block>,
    /// What the cursor rests on; every page has something.
    pub focus: Target,
    /// How many screenfuls the person turned back from the focus (forward if negative), to read
    /// a page that is longer than the screen.
    pub turned: i8,
    /// Whether Esc leads from it to the step before. From what was done it doesn't: a receipt and
    /// a code that waits are left by their buttons alone, or by F10.
    pub leads_back: bool,
    /// Help on this step: a column beside wide pages, and the page behind F1.
    pub help: Vec<Msg>,
    /// The keys that do something here, for the last line.
    pub keys: Vec<KeyHint>,
    /// Stands above everything until it is answered or has passed.
    pub notice: Option<Notice>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Progress {
    /// Counted from 1.
    pub current: u8,
    /// The names of all the steps, in order.
    pub steps: Vec<Msg>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyHint {
    pub key: Key,
    pub does: Msg,
}

/// Something the person must notice now: the idle warning, *El funcionario viene*.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    pub says: Msg,
    pub urgent: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    /// The title of one of the guide's panels.
    Panel(Msg),
    Paragraph(Words),
    /// A paragraph on which the focus can rest, as [`Target::Opening`], so that a page that is
    /// longer than the screen is read from its beginning.
    Opening(Msg),
    /// The guide's *IMPORTANTE* and *INFORMACIÓN* boxes.
    Important(Msg),
    Bullets(Vec<Words>),
    /// What is wrong with several fields, before them; each line leads to its field.
    Summary(Vec<(Target, Msg)>),
    Field(Field),
    /// What was typed or is known, with *Cambiar* where it can be changed.
    Facts(Vec<Fact>),
    Challenge(Challenge),
    /// Something to scan, and the same in letters for whoever can't.
    Qr {
        content: String,
        letters: Words,
    },
    Menu(Vec<Item>),
    Buttons(Vec<Button>),
    /// What we wait for. No spinner: nothing moves while nothing happens.
    Waiting {
        what: Msg,
        since: Msg,
    },
    /// How often each of these happened, as bars beside their numbers.
    Bars(Vec<Bar>),
    /// Words in very large letters, for the attract page.
    Banner(String),
    Gap,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    pub target: Target,
    pub label: Msg,
    /// Obligatory fields carry the guide's asterisk.
    pub required: bool,
    pub hint: Option<Msg>,
    pub error: Option<Msg>,
    pub control: Control,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Control {
    /// One line of text; `caret` counts characters from the start. Wiped, like all that a person
    /// typed (S4).
    Text {
        value: Zeroizing<String>,
        caret: usize,
    },
    /// Dots, or for a moment the text itself.
    Hidden {
        length: usize,
        shown: Option<Zeroizing<String>>,
    },
    /// Filled in by the registry, not by the person.
    ReadOnly(Words),
    Check {
        checked: bool,
    },
    /// One of a few, all in sight; `at` is the one under the cursor.
    Choice {
        options: Vec<Words>,
        chosen: Option<usize>,
        at: usize,
    },
    /// One of many: type to filter. `matches` are those in sight, `at` the one that Enter takes;
    /// empty `matches` with a `value` means nothing fits.
    Filter {
        value: Zeroizing<String>,
        caret: usize,
        matches: Vec<Clean>,
        at: usize,
        chosen: Option<Clean>,
    },
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fact {
    pub label: Msg,
    pub value: Words,
    /// Where *Cambiar* leads, if it can be changed.
    pub change: Option<Target>,
}

/// The letters that stand in place of the image captcha, and each in a plain word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Challenge {
    pub letters: [char; 4],
    pub words: [Msg; 4],
}

/// An entry of a menu, chosen by its number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    pub target: Target,
    pub label: Msg,
    pub detail: Option<Msg>,
}

/// One bar of a chart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bar {
    pub label: Msg,
    pub detail: Option<Msg>,
    pub count: u32,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Button {
    pub target: Target,
    pub label: Msg,
}

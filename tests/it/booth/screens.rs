//! What a booth shows. Every page is checked after each thing the person does, and once in every
//! size, language, theme and mode. Snapshots hold the text, its styles and the cursor.

use std::collections::HashSet;
use std::fmt::Write as _;
use std::path::PathBuf;
use std::sync::{LazyLock, Mutex};

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::{Color, Modifier};
use totem::domain::language::Language;
use totem::page::{Block, Page, Words};
use totem::text::{Msg, Sentences};
use totem::ui::{Hits, Theme, Viewport, check, paint, svg};

use super::{Booth, laws};

const SIZES: [(u16, u16); 5] = [(40, 24), (80, 24), (100, 30), (120, 33), (160, 45)];
/// Tall enough that no page needs to scroll.
const ALL_OF_IT: (u16, u16) = (100, 150);
/// Stands for what is drawn at random.
const FOLIO: &str = "0410-6105-A";
const ADDRESS: &str = "http://192.168.100.20:8080/7k3m-9qx2-ab4d-e5fg-h6jk-m8np-qr";
const LETTERS: [char; 4] = ['C', 'A', 'H', 'T'];

/// Pages that some test has already seen in every size.
static SEEN: LazyLock<Mutex<HashSet<String>>> = LazyLock::new(Mutex::default);

pub struct Drawn {
    pub buffer: Buffer,
    pub hits: Hits,
    pub cursor: Position,
}

pub fn drawn(view: &Viewport, (columns, rows): (u16, u16)) -> Drawn {
    let mut buffer = Buffer::empty(Rect::new(0, 0, columns, rows));
    let (hits, cursor) = paint(&mut buffer, view);
    Drawn { buffer, hits, cursor }
}

fn view<'a>(page: &'a Page, sentences: &'a Sentences) -> Viewport<'a> {
    Viewport {
        page,
        sentences,
        theme: Theme::Normal,
        linear: false,
        desk: "03",
        demo: false,
        half_blocks: false,
    }
}

fn faults(view: &Viewport, size: (u16, u16)) -> Vec<String> {
    let seen = drawn(view, size);
    let faults = check::faults(&seen.buffer, seen.cursor, &seen.hits, view);
    let case = format!("{size:?} {:?} linear {}", view.theme, view.linear);
    faults.into_iter().map(|fault| format!("{case}: {fault}")).collect()
}

impl Booth {
    /// Draws the current page, and fails if anything is wrong with it.
    pub fn look(&mut self) -> &mut Self {
        let page = fixed(self.page());
        let is_new = SEEN.lock().expect("nobody panics with it").insert(format!("{page:?}"));
        if is_new {
            self.look_closely(&page);
        }
        self
    }

    fn look_closely(&self, page: &Page) {
        for (language, sentences) in Language::ALL.iter().zip(&self.sentences) {
            let found = laws::broken(page, sentences);
            assert!(found.is_empty(), "{language:?}: {found:?}\n{}", self.read());
        }
        self.look_at_every_size(page);
        let help = laws::help_of(page);
        if SEEN.lock().expect("nobody panics with it").insert(format!("{help:?}")) {
            self.look_at_every_size(&help);
        }
    }

    fn look_at_every_size(&self, page: &Page) {
        let has_qr = page.blocks.iter().any(|block| matches!(block, Block::Qr { .. }));
        for (language, sentences) in Language::ALL.iter().zip(&self.sentences) {
            for size in SIZES {
                for (theme, linear, half_blocks) in [
                    (Theme::Normal, false, false),
                    (Theme::Normal, false, true),
                    (Theme::High, false, false),
                    (Theme::Plain, false, false),
                    (Theme::Normal, true, false),
                ] {
                    if half_blocks && !has_qr {
                        continue;
                    }
                    let view = Viewport { theme, linear, half_blocks, ..view(page, sentences) };
                    let found = faults(&view, size);
                    assert!(found.is_empty(), "{language:?}: {found:?}\n{}", self.read());
                }
            }
        }
    }

    /// The text of the page, line by line.
    pub fn read(&self) -> String {
        let (page, sentences) = (self.page(), self.spoken());
        let view = Viewport { linear: true, ..view(&page, sentences) };
        check::text(&drawn(&view, ALL_OF_IT).buffer).trim_end().to_string()
    }

    fn spoken(&self) -> &Sentences {
        let language = self.kiosk.appearance().language;
        let place = Language::ALL.iter().position(|known| *known == language);
        &self.sentences[place.unwrap_or_default()]
    }

    /// Compares the frame at 80×24 with the snapshot of this name.
    pub fn pictured(&mut self, name: &str) -> &mut Self {
        self.compared(name, false)
    }

    /// The same on a terminal that has half blocks.
    pub fn pictured_in_halves(&mut self, name: &str) -> &mut Self {
        self.compared(name, true)
    }

    /// The current page, with nothing in it replaced.
    pub fn drawn_at(&self, size: (u16, u16), half_blocks: bool) -> Drawn {
        let page = self.page();
        drawn(&Viewport { half_blocks, ..view(&page, self.spoken()) }, size)
    }

    fn compared(&mut self, name: &str, half_blocks: bool) -> &mut Self {
        let page = fixed(self.page());
        let seen = drawn(&Viewport { half_blocks, ..view(&page, self.spoken()) }, (80, 24));
        let mut settings = insta::Settings::clone_current();
        settings.set_snapshot_path("../snapshots");
        settings.set_prepend_module_to_snapshot(false);
        settings.set_omit_expression(true);
        settings.bind(|| insta::assert_snapshot!(name, styled(&seen)));
        if PICTURES.contains(&name) {
            keep_picture(name, &svg::svg(&seen.buffer, seen.cursor));
        }
        self
    }
}

/// Screens that the README shows, in `assets/screens/`.
const PICTURES: [&str; 10] = [
    "attract",
    "menu",
    "register-company",
    "register-review",
    "recover-question",
    "recover-confirm",
    "recover-sent-by-both",
    "change-own",
    "stop-sii",
    "facilitator-phone-qr",
];

/// Compares a picture with the kept one, or with `TOTEM_PICTURES=make` replaces it.
#[expect(
    clippy::disallowed_methods,
    reason = "a wish of whoever runs the tests, not a setting of the program"
)]
fn keep_picture(name: &str, picture: &str) {
    let file = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(format!("assets/screens/{name}.svg"));
    if std::env::var_os("TOTEM_PICTURES").is_some_and(|wish| wish == "make") {
        std::fs::write(&file, picture).expect("the folder is there");
    }
    let kept = std::fs::read_to_string(&file).unwrap_or_default();
    assert!(
        kept == picture,
        "{} is old: TOTEM_PICTURES=make cargo test --test it makes it again",
        file.display()
    );
}

/// The page with fixed text in place of letters and folios, which are drawn at random.
fn fixed(mut page: Page) -> Page {
    if let Words::Said(Msg::RequestHeading { folio }) = &mut page.heading {
        *folio = FOLIO.into();
    }
    for block in &mut page.blocks {
        match block {
            Block::Challenge(challenge) if challenge.letters != [' '; 4] => {
                challenge.letters = LETTERS;
                challenge.words = [Msg::LetterC, Msg::LetterA, Msg::LetterH, Msg::LetterT];
            }
            Block::Qr { content, letters: Words::Said(Msg::PhoneAddress { address }) } => {
                *content = ADDRESS.to_uppercase().replace('-', "");
                *address = ADDRESS.into();
            }
            Block::Qr { content, letters } => {
                *content = FOLIO.to_string();
                *letters = Msg::ReceiptFolio { folio: FOLIO.into() }.into();
            }
            Block::Paragraph(Words::Said(Msg::OutboxFolio { folio })) => *folio = FOLIO.into(),
            Block::Paragraph(Words::Said(Msg::Exported { folder })) => {
                *folder = format!("/run/totem/viewing/{FOLIO}").into();
            }
            Block::Panel(Msg::RequestHeading { folio }) => *folio = FOLIO.into(),
            Block::Facts(facts) => {
                let folios = facts.iter_mut().filter(|fact| fact.label == Msg::LabelFolio);
                folios.for_each(|fact| fact.value = Words::Given(FOLIO.into()));
            }
            Block::Menu(items) => {
                for item in items {
                    if let Msg::RequestEntry { folio, .. } | Msg::DisputeLine { folio, .. } = &mut item.label
                    {
                        *folio = FOLIO.into();
                    }
                }
            }
            _ => {}
        }
    }
    page
}

/// Text rows, then the runs of each style by row and columns, then the cursor.
fn styled(seen: &Drawn) -> String {
    let mut out = check::text(&seen.buffer);
    let area = seen.buffer.area;
    for row in area.top()..area.bottom() {
        let mut runs = String::new();
        let mut left = area.left();
        while left < area.right() {
            let look = look_of(seen, left, row);
            let right = (left..area.right()).find(|column| look_of(seen, *column, row) != look);
            let right = right.unwrap_or(area.right());
            if !look.is_empty() {
                write!(runs, " {left}-{} {look};", right - 1).expect("a String takes all");
            }
            left = right;
        }
        if !runs.is_empty() {
            writeln!(out, "{row:>2}{runs}").expect("a String takes all");
        }
    }
    writeln!(out, "cursor {},{}", seen.cursor.x, seen.cursor.y).expect("a String takes all");
    out
}

/// A cell's style in a word or two; empty for plain text.
fn look_of(seen: &Drawn, column: u16, row: u16) -> String {
    let cell = &seen.buffer[(column, row)];
    let mut look = Vec::new();
    if cell.fg != Color::Reset {
        look.push(cell.fg.to_string());
    }
    if cell.bg != Color::Reset {
        look.push(format!("on {}", cell.bg));
    }
    if cell.modifier != Modifier::empty() {
        look.push(format!("{:?}", cell.modifier).to_lowercase());
    }
    look.join(" ")
}

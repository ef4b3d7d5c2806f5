//! The guide's words on the frames that are drawn. A person walks through every workflow; what they see at
//! 80×24 and 120×33, and behind F1, is held against the guide and against `docs/guide.md`, which tells where
//! each line stands, or why it doesn't.

mod lines;

use std::collections::BTreeMap;
use std::path::PathBuf;

use totem::event::Key;
use totem::text::Msg;
use totem::ui::check;

use crate::booth::{ANSWER, Booth, CLAVE, COMPANY};
use crate::facilitator::Visit;
use lines::GUIDE;

const NARROW: (u16, u16) = (80, 24);
const WIDE: (u16, u16) = (120, 33);
/// From this many words on it is a sentence, which may be broken over rows and have others beside it.
const SENTENCE: usize = 5;
/// A column of this many `│` parts a page from what stands beside it.
const LEAST_BARS: usize = 8;

/// What was seen on the pages of one place.
#[derive(Default)]
struct Seen {
    /// Labels, buttons, titles, entries: what stands by itself on a row.
    pieces: Vec<String>,
    /// The columns of text of each frame, each in one line.
    texts: Vec<String>,
    /// The same of the wide frames alone, without F1.
    beside: Vec<String>,
}

/// By the name of the place, as it stands at the top.
#[derive(Default)]
struct Screens(BTreeMap<String, Seen>);

impl Screens {
    /// The page that stands, and the help behind it.
    fn look(&mut self, booth: &mut Booth) {
        self.take(booth, NARROW);
        let wide = self.take(booth, WIDE);
        let place = booth.says(&booth.page().place);
        self.0.entry(place).or_default().beside.extend(wide);
        booth.presses([Key::F(1)]);
        self.take(booth, NARROW);
        self.take(booth, WIDE);
        booth.presses([Key::F(1)]);
    }

    fn take(&mut self, booth: &Booth, size: (u16, u16)) -> Vec<String> {
        let seen = self.0.entry(booth.says(&booth.page().place)).or_default();
        let columns = columns(&check::text(&booth.drawn_at(size, false).buffer));
        seen.pieces.extend(columns.iter().flatten().flat_map(|row| pieces(row)));
        let texts: Vec<String> = columns.iter().map(|rows| in_one_line(rows)).collect();
        seen.texts.extend(texts.clone());
        texts
    }

    fn show(&self, place: &str, words: &str) -> bool {
        let Some(seen) = self.0.get(place) else { return false };
        match words.split_whitespace().count() {
            SENTENCE.. => seen.texts.iter().any(|text| text.contains(words)),
            _ => seen.pieces.iter().any(|piece| piece == words),
        }
    }

    fn show_beside(&self, place: &str, words: &str) -> bool {
        self.0.get(place).is_some_and(|seen| seen.beside.iter().any(|text| text.contains(words)))
    }
}

/// The rows of the page, and those of the column beside it if there is one.
fn columns(frame: &str) -> Vec<Vec<String>> {
    let rows: Vec<Vec<char>> = frame.lines().map(|row| row.chars().collect()).collect();
    let widest = rows.iter().map(Vec::len).max().unwrap_or_default();
    let bars = |column: &usize| rows.iter().filter(|row| row.get(*column) == Some(&'│')).count();
    let parting = (0..widest).rev().find(|column| bars(column) >= LEAST_BARS);
    let cut = |from: usize, to: usize| -> Vec<String> {
        rows.iter().map(|row| row.iter().skip(from).take(to - from).collect()).collect()
    };
    match parting {
        Some(column) => vec![cut(0, column), cut(column + 1, widest)],
        None => vec![cut(0, widest)],
    }
}

fn in_one_line(rows: &[String]) -> String {
    let bare = rows.iter().map(|row| row.trim().trim_start_matches(['█', '•']).trim());
    bare.collect::<Vec<_>>().join(" ").split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What stands by itself on a row, without marks, numbers, keys and asterisks.
fn pieces(row: &str) -> Vec<String> {
    row.replace('─', "  ").split("  ").map(bare).filter(|piece| !piece.is_empty()).collect()
}

fn bare(piece: &str) -> String {
    let mut piece = piece.trim();
    for mark in ["> ", "█ ", "• ", "[ ] ", "[x] ", "( ) ", "(•) "] {
        piece = piece.strip_prefix(mark).unwrap_or(piece).trim();
    }
    let is_number = |word: &str| word.parse::<u8>().is_ok();
    let is_key = |word: &str| word == "Esc" || is_number(word.strip_prefix('F').unwrap_or(word));
    if let Some((_, rest)) = piece.split_once(' ').filter(|(word, _)| is_key(word)) {
        piece = rest.trim();
    }
    piece = piece.strip_prefix("[ ").and_then(|label| label.strip_suffix(" ]")).unwrap_or(piece);
    piece.strip_suffix(" *").unwrap_or(piece).to_string()
}

/// A line of the table in `docs/guide.md`.
struct Line {
    guide: String,
    words: String,
    screen: String,
    there: String,
    reason: String,
}

/// In place of a screen, and of words that stand on it as they do in the guide.
const NOWHERE: &str = "—";
const SAME: &str = "=";

fn table() -> Vec<Line> {
    let file = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("docs/guide.md");
    let text = std::fs::read_to_string(file).unwrap();
    let rows = text.lines().filter(|line| line.starts_with("| ")).skip(1);
    rows.map(|row| {
        let row = row.replace("\\|", "\u{1}").replace("\\*", "*");
        let cells: Vec<String> =
            row.split('|').map(|cell| cell.trim().replace('\u{1}', "|")).skip(1).collect();
        let [guide, words, screen, there, reason, _] = cells.try_into().unwrap();
        Line { guide, words, screen, there, reason }
    })
    .collect()
}

fn informs(screens: &mut Screens) {
    let mut booth = Booth::new();
    screens.look(booth.types("⏎"));
    screens.look(booth.chooses("6"));
    for topic in 1..=7 {
        screens.look(booth.chooses(&topic.to_string()));
        booth.types("⏎");
    }
    screens.look(booth.types("␛").chooses("7"));
}

fn registers(screens: &mut Screens) {
    let mut booth = Booth::new();
    screens.look(booth.enters("1"));
    screens.look(booth.types("50000000-7⏎"));
    screens.look(booth.chooses("2").types("Liceo 7⏎"));
    screens.look(booth.types("providen⏎Calle Falsa⏎742⏎B⏎1201⏎"));
    screens.look(booth.types("pan@inventada.example⏎223456789⏎⏎").chooses(" ").types("⏎"));
    screens.look(booth.types("12345678-5⏎"));
    screens.look(booth.types("123456789⏎"));
    screens.look(booth.types("87654321⏎dueno@correo.example⏎"));
    screens.look(booth.types("Guitarra+9⏎Guitarra+9⏎"));
    screens.look(booth.letters().types("⏎"));
    screens.look(booth.types("⏎"));
}

fn recovers(screens: &mut Screens) {
    let mut booth = Booth::with_company();
    screens.look(booth.enters("2"));
    booth.leaves();
    screens.look(booth.asks_for_question(COMPANY));
    screens.look(booth.types(&format!("{ANSWER}⏎")));
    screens.look(booth.letters().types("⏎"));
    booth.leaves().asks_for_question(COMPANY);
    screens.look(booth.types("␛"));
    booth.leaves().asks_for_question(COMPANY);
    screens.look(booth.forgets_answer());
    screens.look(booth.types("11111111-1⏎"));
    screens.look(booth.types("B1C234567⏎"));
    screens.look(booth.chooses("2"));
    booth.leaves().asks_for_question(COMPANY).forgets_answer().shows_card("11111111-1", "B1C234567");
    screens.look(booth.chooses("1"));
    screens.look(booth.letters().types("⏎"));
}

fn changes(screens: &mut Screens) {
    let mut booth = Booth::with_company();
    screens.look(booth.enters("3"));
    screens.look(booth.types(&format!("{COMPANY}⏎11111111-1⏎{CLAVE}⏎")));
    screens.look(booth.types("Guitarra+9⏎Guitarra+9⏎"));
    screens.look(booth.letters().types("⏎"));
}

fn requests(screens: &mut Screens) {
    let mut visit = Visit::new();
    screens.look(visit.booth.enters("4"));
    screens.look(visit.booth.chooses("1"));
    screens.look(visit.booth.types(&format!("{COMPANY}⏎11111111-1⏎{CLAVE}⏎")));
    screens.look(visit.booth.letters().types("⏎").is_at(&Msg::DeclarationHeading));
    screens.look(visit.booth.chooses("1"));
    screens.look(visit.booth.chooses("1"));
    screens.look(visit.booth.chooses("1"));
    screens.look(visit.booth.types("PA-123.456⏎").chooses("1"));
    visit.booth.chooses("1");
    screens.look(visit.booth.chooses("1"));
    screens.look(visit.booth.types("María José⏎Silva⏎⏎"));
    screens.look(visit.booth.chooses("1").types("1 de diciembre de 1992⏎"));
    screens.look(visit.booth.chooses("2").types("0⏎perú⏎"));
    visit.booth.types("maria@ejemplo.example⏎").chooses("1");
    screens.look(visit.booth.types(&format!("{ANSWER}⏎")).is_at(&Msg::FacilitatorReviewHeading));
    screens.look(visit.booth.types("⏎"));
}

fn walked() -> Screens {
    let mut screens = Screens::default();
    for walk in [informs, registers, recovers, changes, requests] {
        walk(&mut screens);
    }
    screens
}

#[test]
fn the_table_has_each_line_of_the_guide() {
    let table = table();
    let lacks = |(guide, words): &&(&str, &str)| {
        !table.iter().any(|line| line.guide == *guide && line.words == *words)
    };
    assert_eq!(GUIDE.iter().filter(lacks).collect::<Vec<_>>(), Vec::<&(&str, &str)>::new());
}

#[test]
fn each_line_stands_where_the_table_says() {
    let screens = walked();
    let mut faults = Vec::new();
    for Line { guide, words, screen, there, reason } in table() {
        let is_same = there == SAME;
        let said = if is_same { &words } else { &there };
        if is_same != reason.is_empty() {
            faults.push(format!("{guide}: «{words}»: a reason goes with other words, and with them alone"));
        }
        if screen == NOWHERE {
            continue;
        }
        if !screens.show(&screen, said) {
            faults.push(format!("{guide}: «{said}» isn't seen at «{screen}»"));
        } else if said.split_whitespace().count() >= SENTENCE && !screens.show_beside(&screen, said) {
            faults.push(format!("{guide}: «{said}» isn't seen at «{screen}» on a wide terminal"));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// *RUT Empresa* stands in the form of the registration, and *Rut Empresa* everywhere else.
#[test]
fn each_place_has_one_spelling() {
    let screens = walked();
    for (place, other) in [
        ("Registrar Persona Jurídica", "Rut Empresa"),
        ("Recuperar CS · Persona Jurídica", "RUT Empresa"),
        ("Cambiar CS · Persona Jurídica", "RUT Empresa"),
        ("Recuperar CS para Facilitador Extranjero", "RUT Empresa"),
    ] {
        assert!(!screens.show(place, other), "«{other}» stands at «{place}»");
    }
}

#[test]
fn what_nobody_says_is_not_found() {
    let mut screens = Screens::default();
    registers(&mut screens);
    for words in
        ["Razón", "Email de Contacto", "Aceptar", "El Sistema Clave SENCE, le permite a usted borrar una CS"]
    {
        assert!(!screens.show("Registrar Persona Jurídica", words), "{words}");
    }
}

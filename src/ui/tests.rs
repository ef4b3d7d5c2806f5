//! Every sample page at every size, in both languages, themes and modes.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::samples::Sampler;
use super::*;
use crate::domain::language::Language;
use crate::event::{Key, Target};
use crate::page::KeyHint;

const SIZES: [(u16, u16); 9] =
    [(40, 20), (40, 24), (56, 22), (80, 24), (80, 25), (100, 30), (110, 30), (120, 33), (160, 45)];

struct Drawn {
    buffer: Buffer,
    hits: Hits,
    cursor: Position,
}

fn drawn(view: &Viewport, (columns, rows): (u16, u16)) -> Drawn {
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

#[test]
fn every_page_is_sound_at_every_size() {
    let mut found = Vec::new();
    for language in Language::ALL {
        let sentences = Sentences::screens(language);
        for (name, page) in Sampler(language).all() {
            for size in SIZES {
                for (theme, linear, demo) in [
                    (Theme::Normal, false, false),
                    (Theme::Normal, false, true),
                    (Theme::High, false, false),
                    (Theme::Plain, false, true),
                    (Theme::Normal, true, true),
                ] {
                    let view = Viewport { theme, linear, demo, ..view(&page, &sentences) };
                    let seen = drawn(&view, size);
                    let faults = check::faults(&seen.buffer, seen.cursor, &seen.hits, &view);
                    let case = format!("{name} {language:?} {size:?} {theme:?} linear {linear} demo {demo}");
                    found.extend(faults.into_iter().map(|fault| format!("{case}: {fault}")));
                }
            }
        }
    }
    assert!(found.is_empty(), "{} faults:\n{}", found.len(), found[..found.len().min(40)].join("\n"));
}

#[test]
fn any_size_at_all_can_be_drawn() {
    let sentences = Sentences::screens(Language::Es);
    for (_, page) in Sampler(Language::Es).all() {
        for columns in (1..130).step_by(7) {
            for rows in (1..50).step_by(3) {
                for linear in [false, true] {
                    let view = Viewport { linear, ..view(&page, &sentences) };
                    let seen = drawn(&view, (columns, rows));
                    let faults = check::faults(&seen.buffer, seen.cursor, &seen.hits, &view);
                    let small = columns < LEAST_COLUMNS || rows < LEAST_ROWS;
                    assert!(small || faults.is_empty(), "{columns}x{rows}: {faults:?}");
                    assert!(seen.buffer.area.contains(seen.cursor));
                }
            }
        }
    }
}

#[test]
fn the_focus_gets_the_cursor() {
    let sentences = Sentences::screens(Language::Es);
    let page = Sampler(Language::Es).question();
    let mut buffer = Buffer::empty(Rect::new(0, 0, 80, 24));
    let (hits, cursor) = paint(&mut buffer, &view(&page, &sentences));
    assert_eq!(hits.hit(cursor.x, cursor.y), Some(Target::Field(0)));
    // The caret stands after the twelve characters of the RUT.
    let before: String = (0..12).map(|back| buffer[(cursor.x - 12 + back, cursor.y)].symbol()).collect();
    assert_eq!(before, "99.999.999-8");
}

#[test]
fn keys_fields_and_buttons_can_be_touched() {
    let sentences = Sentences::screens(Language::Es);
    let page = Sampler(Language::Es).form(Target::Field(1));
    let view = view(&page, &sentences);
    let seen = drawn(&view, (120, 45));
    let key = |number| Target::Key(Key::F(number));
    let targets = [
        Target::Opening,
        Target::Field(0),
        Target::Field(1),
        Target::Field(4),
        Target::Choice { field: 3, option: 0 },
        Target::Button(0),
        Target::Button(1),
        key(1),
        key(2),
        key(7),
        key(10),
        Target::Key(Key::Esc),
    ];
    for target in targets {
        let area = seen.hits.areas(target).next().unwrap_or_else(|| panic!("{target:?} was not drawn"));
        assert_eq!(seen.hits.hit(area.x, area.y), Some(target));
    }
}

#[test]
fn the_challenge_leaves_its_field_in_sight() {
    for language in Language::ALL {
        let sentences = Sentences::screens(language);
        let page = Sampler(language).challenge();
        for size in [(80, 24), (100, 30), (120, 33)] {
            let seen = drawn(&view(&page, &sentences), size);
            assert!(!check::text(&seen.buffer).contains(['▲', '▼']), "{size:?} scrolls");
            let light = Theme::Normal.style(theme::TextRole::Light).bg;
            let lit = seen.buffer.content().iter().filter(|cell| Some(cell.bg) == light).count();
            assert!(lit > 100, "{size:?} draws {lit} cells of letters");
        }
    }
}

/// Rows that have cells of the big letters' colour.
fn lit_rows(buffer: &Buffer) -> usize {
    let light = Theme::Normal.style(theme::TextRole::Light).bg;
    let columns = usize::from(buffer.area.width);
    buffer.content().chunks(columns).filter(|row| row.iter().any(|cell| Some(cell.bg) == light)).count()
}

#[test]
fn whoever_types_the_letters_sees_them_on_a_narrow_screen_too() {
    for language in Language::ALL {
        let sentences = Sentences::screens(language);
        let mut page = Sampler(language).challenge();
        page.keys.push(KeyHint { key: Key::F(5), does: Msg::KeyRefresh });
        for error in [None, Some(Msg::WrongLetters)] {
            for block in &mut page.blocks {
                if let Block::Field(field) = block {
                    field.hint = Some(Msg::HintLetters);
                    field.error.clone_from(&error);
                }
            }
            let seen = drawn(&view(&page, &sentences), (40, 24));
            // The letters, the box, and the mark of the error.
            let rows = 5 + 1 + usize::from(error.is_some());
            let last = error.as_ref().map(|error| sentences.say(error));
            let last = last.as_deref().and_then(|error| error.rsplit(' ').next()).unwrap_or_default();
            assert!(check::text(&seen.buffer).contains(last), "{last} is not in sight");
            assert_eq!(lit_rows(&seen.buffer), rows, "{error:?}:\n{}", check::text(&seen.buffer));
        }
    }
}

#[test]
fn hidden_text_is_dots() {
    let sentences = Sentences::screens(Language::Es);
    let page = Sampler(Language::Es).clave();
    let text = check::text(&drawn(&view(&page, &sentences), (80, 24)).buffer);
    assert!(text.contains("•••••••••") && text.contains("Colibri42"));
    assert_eq!(text.matches("Colibri42").count(), 1);
}

#[test]
fn linear_mode_has_no_boxes_and_no_colours() {
    let sentences = Sentences::screens(Language::Es);
    for (name, page) in Sampler(Language::Es).all() {
        let view = Viewport { linear: true, ..view(&page, &sentences) };
        let seen = drawn(&view, (80, 45));
        let text = check::text(&seen.buffer);
        assert!(!text.contains(['│', '─', '█', '░']), "{name}:\n{text}");
        let first = (seen.buffer[(0, 0)].fg, seen.buffer[(0, 0)].bg);
        assert!(seen.buffer.content().iter().all(|cell| (cell.fg, cell.bg) == first), "{name}");
    }
}

/// What a phone reads in the frame: light cells are white.
fn scanned(buffer: &Buffer) -> Vec<String> {
    let light = Theme::Normal.style(theme::TextRole::Light).bg;
    let (columns, rows, scale) = (usize::from(buffer.area.width), usize::from(buffer.area.height), 4);
    let mut image = rqrr::PreparedImage::prepare_from_greyscale(columns * scale, rows * scale * 2, |x, y| {
        let cell = &buffer[((x / scale) as u16, (y / scale / 2) as u16)];
        if Some(cell.bg) == light { 255 } else { 0 }
    });
    image.detect_grids().iter().filter_map(|grid| grid.decode().ok()).map(|(_, text)| text).collect()
}

#[test]
fn a_phone_reads_the_folio_where_the_qr_fits() {
    let sentences = Sentences::screens(Language::Es);
    let page = Sampler(Language::Es).confirmation();
    for (size, fits) in
        [((120, 33), true), ((160, 45), true), ((100, 50), true), ((80, 24), false), ((40, 24), false)]
    {
        let seen = drawn(&view(&page, &sentences), size);
        let read = scanned(&seen.buffer);
        let wanted: &[&str] = if fits { &["7K3M-9QX2-AB*"] } else { &[] };
        assert_eq!(read, wanted, "{size:?}");
        assert!(check::text(&seen.buffer).contains("7K3M-9QX2-AB*"), "{size:?}: the letters");
    }
}

/// The same where cells are halved: rows of pixels, each half a cell.
fn scanned_by_halves(buffer: &Buffer) -> Vec<String> {
    let light = Theme::Normal.style(theme::TextRole::Light).bg;
    let (columns, rows, scale) = (usize::from(buffer.area.width), 2 * usize::from(buffer.area.height), 4);
    let mut image = rqrr::PreparedImage::prepare_from_greyscale(columns * scale, rows * scale, |x, y| {
        let cell = &buffer[((x / scale) as u16, (y / scale / 2) as u16)];
        let is_upper = (y / scale).is_multiple_of(2);
        let is_light = match cell.symbol() {
            "▀" => is_upper,
            "▄" => !is_upper,
            _ => Some(cell.bg) == light,
        };
        if is_light { 255 } else { 0 }
    });
    image.detect_grids().iter().filter_map(|grid| grid.decode().ok()).map(|(_, text)| text).collect()
}

#[test]
fn a_terminal_with_half_blocks_has_room_for_a_qr_where_others_have_none() {
    let sentences = Sentences::screens(Language::Es);
    let page = Sampler(Language::Es).confirmation();
    for theme in [Theme::Normal, Theme::High] {
        for (size, fits) in [((80, 24), true), ((100, 30), true), ((40, 24), false)] {
            let view = Viewport { half_blocks: true, theme, ..view(&page, &sentences) };
            let seen = drawn(&view, size);
            let wanted: &[&str] = if fits { &["7K3M-9QX2-AB*"] } else { &[] };
            assert_eq!(scanned_by_halves(&seen.buffer), wanted, "{size:?} {theme:?}");
            assert!(check::faults(&seen.buffer, seen.cursor, &seen.hits, &view).is_empty(), "{size:?}");
        }
    }
}

#[test]
fn every_page_has_a_picture_that_closes() {
    let sentences = Sentences::screens(Language::Es);
    for (name, page) in Sampler(Language::Es).all() {
        let seen = drawn(&view(&page, &sentences), (80, 24));
        let picture = svg::svg(&seen.buffer, seen.cursor);
        let (opened, closed) = (picture.matches("<text").count(), picture.matches("</text>").count());
        assert!(picture.ends_with("</svg>\n") && opened == closed && opened > 0, "{name}");
    }
}

#[test]
fn a_demonstration_says_so_everywhere() {
    for language in Language::ALL {
        let sentences = Sentences::screens(language);
        let mark = sentences.say(&Msg::FrameDemo);
        for (_, page) in Sampler(language).all() {
            for (size, linear) in
                [((40, 20), false), ((80, 24), false), ((160, 45), false), ((160, 60), true)]
            {
                let real = Viewport { linear, ..view(&page, &sentences) };
                assert!(!check::text(&drawn(&real, size).buffer).contains(&mark));
                let demo = Viewport { demo: true, ..real };
                assert!(check::text(&drawn(&demo, size).buffer).contains(&mark), "{size:?}");
            }
        }
    }
}

#[test]
fn the_same_view_gives_the_same_frame() {
    let sentences = Sentences::screens(Language::Es);
    let page = Sampler(Language::Es).review(Target::Fact(9));
    let (one, two) = (drawn(&view(&page, &sentences), (80, 24)), drawn(&view(&page, &sentences), (80, 24)));
    assert_eq!((one.buffer, one.cursor, one.hits), (two.buffer, two.cursor, two.hits));
}

/// Seen: an e-mail of forty columns over two lines, on a terminal of 120.
#[test]
fn an_address_is_not_broken_while_there_is_a_row_for_it() {
    let (sentences, address) =
        (Sentences::screens(Language::Es), "contabilidad@comercial-ejemplo-limitada.example");
    for change in [None, Some(Target::Fact(0))] {
        let label = Msg::LabelCompanyEmail;
        let facts = vec![crate::page::Fact {
            label,
            value: crate::domain::clean::Clean::from(address).into(),
            change,
        }];
        let mut page = Sampler(Language::Es).all().remove(0).1;
        page.blocks.insert(0, crate::page::Block::Facts(facts));
        for size in [(80, 24), (100, 30), (120, 33), (160, 45)] {
            let seen = drawn(&view(&page, &sentences), size);
            let rows = (0..size.1).map(|row| {
                (0..size.0).map(|column| seen.buffer[(column, row)].symbol().to_string()).collect::<String>()
            });
            assert!(rows.into_iter().any(|row| row.contains(address)), "{size:?} {change:?}");
        }
    }
}

//! A page that is longer than the screen opens at its beginning, says that there is more, and is read on by
//! the key that would else press what nobody has seen yet.

use std::collections::BTreeSet;

use totem::event::{Event, Key, Target};
use totem::text::Msg;
use totem::ui::check;

use crate::booth::{Booth, CLAVE, COMPANY};
use crate::seat::Seat;

const SMALL: [(u16, u16); 2] = [(80, 24), (40, 24)];
/// More screenfuls than any page has.
const MANY: usize = 9;

impl Booth {
    fn frame(&self, size: (u16, u16)) -> String {
        check::text(&self.drawn_at(size, false).buffer)
    }

    /// Enter on a terminal of this size.
    fn goes_on(&mut self, size: (u16, u16)) -> &mut Self {
        match self.drawn_at(size, false).hits.read_before {
            Some(_) => self.happens(Event::ReadOn(Key::Enter)),
            None => self.types("⏎"),
        }
    }
}

/// All the words of a frame, without its marks.
fn words(frame: &str) -> BTreeSet<String> {
    frame.split_whitespace().map(str::to_string).collect()
}

/// Seen: other letters stood there without a word, for what was wrong with the first ones lay beneath the screen.
#[test]
fn what_was_wrong_with_the_letters_is_read_beside_the_new_ones() {
    let mut booth = Booth::with_company();
    booth.enters("4").chooses("1").types(&format!("{COMPANY}⏎11111111-1⏎{CLAVE}⏎"));
    booth.is_at(&Msg::LettersHeading).types("xxxx⏎").sees_msg(&Msg::WrongLetters);
    let (frame, letters) = (booth.frame((40, 24)), booth.challenge());
    assert!(frame.contains("ERROR: Esas no eran"), "{frame}");
    assert!(letters.chars().all(|letter| frame.contains(&format!("{letter} de "))), "{frame}");
}

#[test]
fn help_is_read_from_its_beginning_to_its_end() {
    for size in SMALL {
        let mut booth = Booth::with_company();
        booth.enters("2").chooses("1").presses([Key::F(1)]).is_at(&Msg::HelpHeading);
        let first = booth.frame(size);
        assert!(first.contains("\n Ayuda\n") && first.contains("Debe ingresar en"), "{first}");
        assert!(first.contains(&booth.says(&Msg::FrameReadOn)) && !first.contains('▲'), "{first}");
        let mut seen = words(&first);
        let mut screens = 1;
        booth.waits(1);
        while booth.drawn_at(size, false).hits.read_before.is_some() {
            seen.extend(words(&booth.goes_on(size).frame(size)));
            screens += 1;
            assert!(screens < MANY, "the end is never reached:\n{}", booth.frame(size));
        }
        assert!(screens > 1);
        let whole: Vec<String> =
            words(&booth.read()).into_iter().filter(|word| !seen.contains(word)).collect();
        // Long words are broken over rows, and marks stand apart.
        let lost: Vec<&String> = whole.iter().filter(|word| word.chars().all(char::is_alphabetic)).collect();
        assert!(lost.len() < 4, "{size:?}: {lost:?} stand on no screen");
        booth.goes_on(size).is_at(&Msg::RecoverCompanyHeading);
    }
}

/// Enter leads from the opening of a review to its end, past no line that was not on the screen.
#[test]
fn no_line_of_a_review_is_passed_over() {
    for size in SMALL {
        let mut booth = Booth::new();
        booth.fills_in("50000000-7", "12345678-5", "pan@inventada.example", "Guitarra+9");
        booth.is_at(&Msg::ReviewHeading).waits(1);
        let mut seen = words(&booth.frame(size));
        for _ in 0..MANY {
            if booth.page().focus != Target::Opening {
                break;
            }
            seen.extend(words(&booth.goes_on(size).frame(size)));
        }
        assert_eq!(booth.page().focus, Target::Button(0), "{}", booth.frame(size));
        for word in [
            "RUT",
            "Secreta",
            "Comuna",
            "Calle",
            "Block",
            "Departamento",
            "Teléfono",
            "Fax",
            "Celular",
            "Clave",
        ] {
            assert!(seen.contains(word), "{size:?}: {word} was on no screen");
        }
    }
}

#[test]
fn a_key_that_was_meant_for_the_page_before_turns_nothing() {
    let mut booth = Booth::with_company();
    booth.types("⏎").happens(Event::Key(Key::Enter));
    let turned = |booth: &mut Booth| booth.happens(Event::ReadOn(Key::Enter)).page().turned;
    assert_eq!(turned(&mut booth), 0, "a hand that bounces");
    booth.waits(1);
    assert_eq!(turned(&mut booth), -1);
    booth.waits(45).sees("¿Sigue ahí?");
    assert_eq!(turned(&mut booth), -1, "it says only that they are still there");
    booth.sees_not("¿Sigue ahí?");
    // Any other touch returns to where the page opens.
    booth.presses([Key::Down]);
    assert_eq!(booth.page().turned, 0);
}

/// What comes while a page was turned is another page, and opens at its own beginning.
#[test]
fn an_answer_opens_at_its_beginning() {
    let mut booth = Booth::with_company();
    booth.enters("2").chooses("1").holds_orders().types(&format!("{COMPANY}⏎"));
    booth.presses([Key::PageDown]).lets_orders_go();
    booth.is_at(&Msg::RecoverQuestionHeading);
    assert_eq!(booth.page().turned, 0);
}

/// The same with the real program: nothing is pressed unread, and a letter goes to its field all the same.
#[test]
fn enter_reads_on_before_it_presses_anything() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let mut seat = Seat::kiosk(folder.path());
    seat.sees("F4 Contraste");
    seat.resize(40, 24);
    seat.types("\r", "¿Qué necesita hacer?");
    seat.types("2", "Tengo la respuesta");
    seat.types("1", "Rut *");
    seat.types("\x1bOP", "Debe ingresar");
    assert!(!seat.screen().contents().contains("RePág"));
    seat.types(" ", "RePág");
    while !seat.screen().contents().contains("> [ Volver ]") {
        let before = seat.screen().contents();
        seat.type_in("\x1b[B");
        seat.waits_for("the next screenful", |screen| screen.contents() != before);
    }
    seat.types("\r", "Rut *");
    seat.types("99999999-9", "99999999-9");
}

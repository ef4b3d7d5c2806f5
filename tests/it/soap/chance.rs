//! Chance: random bytes and mutated right answers never panic, and never turn a no into a yes.

use proptest::prelude::*;
use proptest::sample::Index;
use time::macros::date;
use totem::domain::register::Card;
use totem::domain::state_words::Business;
use totem::registry::soap::answers;
use totem::soap::envelope;

use super::answers::{GOOD_CARD, NAMESPACE, answer_of, opened, unknown, words};

const OPERATIONS: [&str; 5] = [
    "ConsultaDatosContribuyente",
    "ConsultaEstadoGiro",
    "ConsultaRepresentanteLegal",
    "ConsultaRun",
    "ConsultaNroSerieNroDocumento",
];

/// Whether an answer about 11.111.111-1 and its card means yes.
fn is_yes(operation: &str, bytes: &[u8], content_type: Option<&str>) -> bool {
    let Ok(answer) = envelope::answer(bytes, content_type, operation, NAMESPACE) else { return false };
    let rut = "11111111-1".parse().unwrap();
    let serial = "B1C234567".parse().unwrap();
    match operation {
        "ConsultaDatosContribuyente" => matches!(answers::taxpayer(&answer, &unknown()), Ok(Some(_))),
        "ConsultaEstadoGiro" => answers::business(&answer, &words()) == Ok(Business::Open),
        "ConsultaRepresentanteLegal" => {
            answers::representatives(&answer, &unknown()).is_ok_and(|list| list.have(rut) == Ok(true))
        }
        "ConsultaRun" => {
            matches!(answers::person(&answer, rut, &unknown()), Ok(Some(person)) if !person.is_deceased)
        }
        _ => answers::card(&answer, rut, &serial, date!(2026 - 11 - 22), &unknown()) == Ok(Card::Matches),
    }
}

/// Answers that mean no, each for one reason.
fn noes() -> Vec<(&'static str, String)> {
    let card = |part: &str, by: &str| {
        assert!(GOOD_CARD.contains(part));
        (
            "ConsultaNroSerieNroDocumento",
            answer_of("ConsultaNroSerieNroDocumento", &GOOD_CARD.replace(part, by)),
        )
    };
    let person = "<rut>11111111</rut><dv>1</dv><nombres>Ana</nombres><fechaNacimiento>1980-01-01T00:00:00\
        </fechaNacimiento><fechaDefuncion>2020-05-06T00:00:00</fechaDefuncion><cantidadHijos>0</cantidadHijos>";
    let business = "<FechaInicioActividad>1980-01-01T00:00:00</FechaInicioActividad>\
        <Glosa>CERRADA</Glosa><Estado>TERMINO DE GIRO</Estado>";
    let list = "<representantes><RepresentanteLegalSii><rut>12345678</rut><dv>5</dv></RepresentanteLegalSii>\
        </representantes><datosGenerales><FechaInicioActividad>1980-01-01T00:00:00</FechaInicioActividad>\
        </datosGenerales>";
    vec![
        card("NO_BLOQUEADO", "DEFINITIVO"),
        card(">S<", ">N<"),
        card(">11111111<", ">12345678<"),
        card(">Correcto<", ">DatosInexistentes<"),
        ("ConsultaRun", answer_of("ConsultaRun", person)),
        ("ConsultaEstadoGiro", answer_of("ConsultaEstadoGiro", business)),
        ("ConsultaRepresentanteLegal", answer_of("ConsultaRepresentanteLegal", list)),
    ]
}

#[test]
fn each_of_these_is_a_no_and_can_be_read() {
    for (operation, xml) in noes() {
        assert!(opened(operation, &xml).is_ok());
        assert!(!is_yes(operation, xml.as_bytes(), None), "{xml}");
    }
    let yes = answer_of("ConsultaNroSerieNroDocumento", GOOD_CARD);
    assert!(is_yes("ConsultaNroSerieNroDocumento", yes.as_bytes(), None));
}

/// One change to a text, by characters, so that it stays UTF-8.
#[derive(Clone, Debug)]
enum Harm {
    Remove(Index, Index),
    Repeat(Index, Index),
    Swap(Index, Index, Index),
    Insert(Index, String),
    Cut(Index),
}

fn harm() -> impl Strategy<Value = Harm> {
    let at = any::<Index>;
    prop_oneof![
        (at(), at()).prop_map(|(from, to)| Harm::Remove(from, to)),
        (at(), at()).prop_map(|(from, to)| Harm::Repeat(from, to)),
        (at(), at(), at()).prop_map(|(from, middle, to)| Harm::Swap(from, middle, to)),
        (at(), "[<>&;/\"'a-zA-Z0-9 =!?\\[\\]#:-]{0,8}").prop_map(|(at, text)| Harm::Insert(at, text)),
        at().prop_map(Harm::Cut),
    ]
}

impl Harm {
    fn done_to(&self, text: &str) -> String {
        let symbols: Vec<char> = text.chars().collect();
        let place = |index: &Index| index.index(symbols.len() + 1);
        let order = |mut places: Vec<usize>| {
            places.sort_unstable();
            places
        };
        let part = |from: usize, to: usize| symbols[from..to].iter().collect::<String>();
        let end = symbols.len();
        match self {
            Harm::Remove(from, to) => {
                let at = order(vec![place(from), place(to)]);
                part(0, at[0]) + &part(at[1], end)
            }
            Harm::Repeat(from, to) => {
                let at = order(vec![place(from), place(to)]);
                part(0, at[1]) + &part(at[0], end)
            }
            Harm::Swap(from, middle, to) => {
                let at = order(vec![place(from), place(middle), place(to)]);
                part(0, at[0]) + &part(at[1], at[2]) + &part(at[0], at[1]) + &part(at[2], end)
            }
            Harm::Insert(at, text) => part(0, place(at)) + text + &part(place(at), end),
            Harm::Cut(at) => part(0, place(at)),
        }
    }
}

proptest! {
    #[test]
    fn bytes_never_panic_and_are_no_yes(bytes in any::<Vec<u8>>(), content_type in proptest::option::of(".{0,40}")) {
        for operation in OPERATIONS {
            prop_assert!(!is_yes(operation, &bytes, content_type.as_deref()));
        }
    }

    /// Changes only the structure: parts may be lost, doubled or reordered, but if a word that
    /// means no is gone, the answer must be refused.
    #[test]
    fn a_no_whose_parts_are_lost_is_no_yes(which in 0..7_usize, harms in proptest::collection::vec(harm(), 1..4)) {
        let (operation, no) = noes().swap_remove(which);
        let harmed = harms.iter().fold(no, |text, harm| harm.done_to(&text));
        prop_assert!(!is_yes(operation, harmed.as_bytes(), None), "{}", harmed);
    }

    #[test]
    fn a_yes_may_only_become_a_no(harms in proptest::collection::vec(harm(), 1..4)) {
        let yes = answer_of("ConsultaNroSerieNroDocumento", GOOD_CARD);
        let harmed = harms.iter().fold(yes, |text, harm| harm.done_to(&text));
        let _ = is_yes("ConsultaNroSerieNroDocumento", harmed.as_bytes(), None);
        for operation in &OPERATIONS[..4] {
            prop_assert!(!is_yes(operation, harmed.as_bytes(), None));
        }
    }
}

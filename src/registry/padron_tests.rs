//! Tests of the embedded registry: every outcome in the made-up world, and what is said of
//! tables that are wrong.

use std::sync::Arc;

use super::*;

/// 22 November 2026, noon.
const NOON: u64 = 1_795_348_800_000;

fn clock() -> Clock {
    Arc::new(|| NOON)
}

fn rut(text: &str) -> Rut {
    text.parse().unwrap()
}

#[tokio::test]
async fn every_outcome_can_be_tried() {
    let demo = Padron::demo(clock());
    let company = async |text| demo.company(rut(text)).await.answer;
    let name = Clean::new("Comercial Ejemplo Limitada");
    assert_eq!(company("99.999.999-9").await, Ok(Company::Open { name }));
    assert!(matches!(company("99.999.995-6").await, Ok(Company::Closed { .. })));
    assert_eq!(company("99.999.991-3").await, Ok(Company::Unknown));
    assert_eq!(company("99.999.993-K").await, Err(down(Service::Sii)));

    let person = async |of, text| demo.representation(rut(of), rut(text)).await.answer;
    assert!(matches!(person("99.999.999-9", "11.111.111-1").await, Ok(Representation::Current { .. })));
    assert_eq!(person("99.999.999-9", "33.333.333-3").await, Ok(Representation::Former));
    assert_eq!(person("99.999.999-9", "12.345.678-5").await, Ok(Representation::Never));
    assert_eq!(person("99.999.992-1", "43.333.333-0").await.map_err(|e| e.service), Err(Service::Sii));
    assert_eq!(person("99.999.993-K", "11.111.111-1").await.map_err(|e| e.service), Err(Service::Sii));

    let card = async |of, text: &str| demo.card(rut(of), &text.parse().unwrap()).await.answer;
    assert_eq!(card("11.111.111-1", "B1C234567").await, Ok(Card::Matches));
    assert_eq!(card("11.111.111-1", "123456789").await, Ok(Card::DoesNotMatch));
    // Whom it has no card of typed nothing wrong.
    assert_eq!(card("99.999.999-9", "123456789").await, Ok(Card::Unlisted));
    assert_eq!(card("44.444.444-4", "A012345678").await, Ok(Card::Expired));
    assert_eq!(card("40.000.000-K", "400000001").await, Ok(Card::NotCurrent));
    assert_eq!(card("40.000.000-K", "C40000002").await, Ok(Card::Matches));
    assert_eq!(card("41.111.111-3", "411111111").await, Ok(Card::Blocked));
    assert_eq!(card("42.222.222-7", "422222222").await, Ok(Card::HolderDeceased));
    let expected = Err(down(Service::RegistroCivil));
    assert_eq!(card("45.555.555-8", "455555555").await, expected);
    assert_eq!(card("45.555.555-8", "123456789").await, expected);
}

#[tokio::test]
async fn a_card_is_good_until_the_end_of_its_last_day_in_chile() {
    let serial = "123456789".parse().unwrap();
    // 2 January 2030, 03.59 UTC, is still the 1st in Chile's winter time.
    for (now_ms, expected) in [(1_893_556_740_000u64, Card::Matches), (1_893_556_800_000, Card::Expired)] {
        let demo = Padron::demo(Arc::new(move || now_ms));
        assert_eq!(demo.card(rut("12.345.678-5"), &serial).await.answer, Ok(expected));
    }
}

#[test]
fn the_made_up_world_is_large_enough_and_hangs_together() {
    let demo = Padron::demo(clock());
    let persons: std::collections::HashSet<Rut> =
        demo.representatives.keys().map(|(_, person)| *person).collect();
    assert!(demo.companies.len() >= 8 && persons.len() >= 8);
    assert!(persons.iter().all(|person| demo.cards.contains_key(person)));
}

/// What is said of one changed table; `which` is 0, 1 or 2.
fn said(which: usize, text: &str) -> String {
    let mut tables = [
        "rut\trazon_social\testado\n1-9\tUno\tvigente\n".to_string(),
        "rut_empresa\trut_persona\tnombre\testado\n".to_string(),
        "rut\tnumero_serie\testado\tvencimiento\n".to_string(),
    ];
    tables[which] = text.to_string();
    let parsed = Padron::parse(&tables[0], &tables[1], &tables[2], clock());
    parsed.err().map(|error| error.to_string()).unwrap_or_default()
}

#[test]
fn a_tab_within_a_name_moves_no_state() {
    let said = said(0, "rut\trazon_social\testado\n1-9\tUno\tvigente\tcerrada\n");
    assert_eq!(
        said,
        "empresas.tsv, line 2: the line has more cells than the first line names. Take the tab out of one of them"
    );
}

#[test]
fn spreadsheets_are_borne() {
    assert_eq!(said(0, "\u{feff}ESTADO\textra\trut\tRazon_Social\r\nVigente\tx\t1-9\t Uno \r\n\r\n"), "");
    assert_eq!(said(0, "rut\trazon_social\testado"), "");
}

#[test]
fn quotes_that_a_spreadsheet_put_around_a_name_are_no_part_of_it() {
    let names = [
        ("\"Pérez, Soto y Cía.\"", "Pérez, Soto y Cía."),
        ("\"Viña \"\"Sol\"\" SpA\"", "Viña \"Sol\" SpA"),
        ("\"Sol\" SpA", "\"Sol\" SpA"),
        ("\"Sol SpA", "\"Sol SpA"),
    ];
    for (written, name) in names {
        let text = format!("\"rut\"\trazon_social\testado\n1-9\t{written}\tvigente\n2-7\tDos\tvigente\n");
        let companies = read_companies(&text).unwrap();
        assert_eq!(companies.len(), 2);
        assert_eq!(companies[&rut("1-9")].1.as_str(), name);
    }
}

#[test]
fn errors_name_file_line_column_and_remedy() {
    let companies = "rut\trazon_social\testado\n";
    let cases = [
        (0, "rut\testado\n".to_string(), "empresas.tsv, line 1, column razon_social: the first line"),
        (0, String::new(), "empresas.tsv, line 1, column rut: the first line"),
        (0, format!("{companies}1-8\tUno\tvigente"), "line 2, column rut: it is not a RUT with its check"),
        (0, format!("{companies}1-9\t\tvigente"), "line 2, column razon_social: it is empty. Fill it in"),
        (0, format!("{companies}1-9\tUno"), "line 2, column estado: the line ends before"),
        (0, format!("{companies}1-9\tUno\tabierta"), "column estado: the state is none of vigente, cerrada"),
        (
            0,
            format!("{companies}1-9\tUno\tvigente\n\n1-9\tDos\tvigente"),
            "line 4, column rut: the same stands in line 2",
        ),
        (
            1,
            "rut_empresa\trut_persona\tnombre\testado\n121-K\t1-9\tX\tvigente".into(),
            "representantes.tsv, line 2, column rut_empresa: no such company",
        ),
        (
            2,
            "rut\tnumero_serie\testado\tvencimiento\n1-9\t12\tvigente\t".into(),
            "cedulas.tsv, line 2, column numero_serie: it is not a card",
        ),
        (
            2,
            "rut\tnumero_serie\testado\tvencimiento\n1-9\t123456789\tvigente\t31-12-2030".into(),
            "column vencimiento: it is not a date",
        ),
    ];
    for (which, text, expected) in cases {
        let said = said(which, &text);
        assert!(said.contains(expected), "{said}");
    }
}

#[test]
fn a_folder_of_the_operators_own() {
    let folder = tempfile::tempdir().unwrap();
    let said =
        || Padron::load(folder.path(), clock()).err().map(|error| error.to_string()).unwrap_or_default();
    assert!(said().starts_with("empresas.tsv: it can't be read"), "{}", said());
    for (name, text) in [
        (COMPANIES, include_str!("../../assets/demo/empresas.tsv")),
        (REPRESENTATIVES, include_str!("../../assets/demo/representantes.tsv")),
        (CARDS, include_str!("../../assets/demo/cedulas.tsv")),
    ] {
        std::fs::write(folder.path().join(name), text).unwrap();
    }
    assert_eq!(said(), "");
    std::fs::write(folder.path().join(CARDS), b"\xff").unwrap();
    assert!(said().starts_with("cedulas.tsv: it is not UTF-8"), "{}", said());
}

proptest::proptest! {
    #[test]
    fn any_text_is_refused_or_taken_without_a_panic(text in ".*") {
        for which in 0..3 {
            let _ = said(which, &text);
        }
    }
}

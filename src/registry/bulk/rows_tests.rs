//! Tests of the lines: what is taken of each kind of table, and what is said of bad ones.

use proptest::prelude::*;

use super::*;
use crate::registry::words::{CardState, RepresentativeState};

const SII: &str = "RUT\tDV\tCOD_SUBTIPO\tRAZON_SOCIAL\tFECHA_INICIO_VIG\tFECHA_TG_VIG";
const RES: &str = "ID;RUT;Razon Social;Fecha de actuacion (1era firma);Fecha de registro (ultima firma);\
                   Fecha de aprobacion x SII;Anio;Mes;Comuna Tributaria;Region Tributaria;Codigo de sociedad;\
                   Tipo de actuacion;Capital;Comuna Social;Region Social";

fn reader(kind: Kind, header: &str) -> RowReader {
    RowReader::new(kind, &Header::read(header.as_bytes())).unwrap()
}

fn key(rut: &str) -> SortedKey {
    value::company_key(rut.parse().unwrap())
}

fn company(kind: Kind, header: &str, line: &[u8]) -> Result<(SortedKey, u32, CompanyState, String), String> {
    let mut kept = Vec::new();
    let row = reader(kind, header).read_line(line, &mut kept).map_err(|bad| bad.to_string())?;
    let (state, name) = value::company(&kept).unwrap();
    Ok((row.key, row.day, state, name.as_str().to_string()))
}

#[test]
fn lines_of_sii() {
    let read = |line: &str| company(Kind::SiiNombres, SII, line.as_bytes());
    let open = Ok((key("76000006-K"), 0, CompanyState::Open, "ÑANDÚ \"EL SOL\" SPA".to_string()));
    assert_eq!(read("76000006\tK\t12\tÑANDÚ \"EL SOL\" SPA\t\t"), open);
    assert_eq!(read("76.000.006\tk\t12\t ÑANDÚ  \"EL SOL\" SPA \t01-02-2003\t "), open);
    for date in ["31-12-2020", "31/12/2020", "2020-12-31", "2020-12-31 00:00:00"] {
        let (_, _, state, _) = read(&format!("76000006\tK\t12\tX\t\t{date}")).unwrap();
        assert_eq!(state, CompanyState::Closed, "{date}");
    }
    for (line, said) in [
        ("76000006\t1\t12\tX\t\t", "column DV: the check digit does not fit the RUT"),
        ("7600000A\t1\t12\tX\t\t", "column RUT: it is not a RUT"),
        ("0\t0\t12\tX\t\t", "column RUT: it is not a RUT"),
        ("123456789\t0\t12\tX\t\t", "column RUT: it is not a RUT"),
        ("\tK\t12\tX\t\t", "column RUT: it is empty"),
        ("76000006\tK\t12\t\u{202e} \t\t", "column RAZON_SOCIAL: it is empty"),
        (
            "76000006\tK\t12\tX\t\t\t31-12-2020",
            "it has more fields than the head: a separator stands within one of them",
        ),
        ("76000006\tK\t12\tX\t", "column FECHA_TG_VIG: the line ends before this column"),
        ("76000006\tK\t12\tX\t\t31-02-2020", "column FECHA_TG_VIG: it is not a date"),
        ("76000006\tK\t12\tX\t\t01-02-20", "column FECHA_TG_VIG: it is not a date"),
    ] {
        assert_eq!(read(line), Err(said.to_string()), "{line}");
    }
    let long = format!("76000006\tK\t12\t{}\t\t", "X".repeat(MAX_LINE_BYTES));
    assert_eq!(read(&long), Err("the line is longer than 64 KiB".to_string()));
}

#[test]
fn what_a_cut_leaves_of_the_last_line() {
    let breaks_off = |line: &str| {
        let mut reader = reader(Kind::SiiNombres, SII);
        let fault = reader.read_line(line.as_bytes(), &mut Vec::new()).err();
        reader.breaks_off(line.as_bytes(), fault)
    };
    let whole = "76000006\tK\t12\tX\t01-02-2003\t31-12-2020";
    assert!(!breaks_off(whole));
    for end in 1..whole.len() {
        assert!(breaks_off(&whole[..end]), "{}", &whole[..end]);
    }
    // Bad before anything was cut, and left out anyway.
    assert!(!breaks_off("abc\tK\t12\tX\t\t"));
    assert!(!breaks_off("76000006\tK\t12\tX\t\t\t31-12-2020"));
    assert!(breaks_off(&"x".repeat(MAX_LINE_BYTES + 1)));
}

#[test]
fn a_line_in_latin1() {
    let read = company(Kind::SiiNombres, SII, b"76000006\tK\t12\t\xd1AND\xda\t\t");
    assert_eq!(read.unwrap().3, "ÑANDÚ");
}

#[test]
fn lines_of_res() {
    let read = |signed: &str, registered: &str, act: &str| {
        let line = format!(
            "1;76.000.006-k;\"Viña; \"\"X\"\" SpA\";{signed};{registered};;2020;Enero;A;13;SPA;{act};1;A;13"
        );
        company(Kind::Res, RES, line.as_bytes())
    };
    let day = |text: &str| date(text).unwrap().to_julian_day() as u32;
    let (at, on, state, name) = read("01-02-2020", "03-02-2020", "CONSTITUCIÓN").unwrap();
    assert_eq!(
        (at, on, state, name.as_str()),
        (key("76000006-K"), day("03-02-2020"), CompanyState::Open, "Viña; \"X\" SpA")
    );
    assert_eq!(read("01-02-2020", "", "MODIFICACIÓN").unwrap().1, day("01-02-2020"));
    assert_eq!(read("", "", "").unwrap().1, 0);
    assert_eq!(read("", "", "Disolución").unwrap().2, CompanyState::Closed);
    assert!(
        read("", "mañana", "")
            .unwrap_err()
            .contains("column Fecha de registro (ultima firma): it is not a date")
    );
    let few = "rut;razon social;fecha de registro (última firma)";
    assert_eq!(company(Kind::Res, few, b"76000006-K;X;").unwrap().3, "X");
}

#[test]
fn a_column_that_is_not_there() {
    for (kind, header, missing) in [
        (Kind::SiiNombres, "RUT\tDV\tRAZON_SOCIAL", "FECHA_TG_VIG"),
        (Kind::Res, "RUT;Razon Social", "Fecha de registro (ultima firma)"),
        (Kind::Representantes, SII, "rut_empresa"),
        (Kind::Cedulas, "rut\testado\tvencimiento", "numero_serie"),
    ] {
        let refused = RowReader::new(kind, &Header::read(header.as_bytes())).err();
        assert_eq!(refused, Some(NoColumn(missing)));
    }
}

#[test]
fn the_demos_own_tables() {
    let all = |kind, text: &str| {
        let (header, lines) = text.split_once('\n').unwrap();
        let mut reader = reader(kind, header);
        let read = |line: &str| {
            let mut kept = Vec::new();
            (reader.read_line(line.as_bytes(), &mut kept).unwrap().key, kept)
        };
        lines.lines().map(read).collect::<Vec<_>>()
    };
    let people = all(Kind::Representantes, include_str!("../../../assets/demo/representantes.tsv"));
    assert_eq!(people.len(), 13);
    let carla = value::representative_key("99999999-9".parse().unwrap(), "33333333-3".parse().unwrap());
    assert_eq!(people[2].0, carla);
    let (state, name) = value::representative(&people[2].1).unwrap();
    assert_eq!((state, name.as_str()), (RepresentativeState::Former, "Carla Muestra Antigua"));

    let cards = all(Kind::Cedulas, include_str!("../../../assets/demo/cedulas.tsv"));
    assert_eq!(cards.len(), 11);
    assert_eq!(cards[4].0, value::card_key("44444444-4".parse().unwrap(), &"A012345678".parse().unwrap()));
    assert_eq!(value::card(&cards[4].1), Some((CardState::Valid, date("31-05-2020"))));
    assert_eq!(value::card(&cards[5].1), Some((CardState::Replaced, None)));
}

#[test]
fn bad_lines_tell_nothing_of_what_stands_in_them() {
    let header = "rut\tnumero_serie\testado\tvencimiento";
    for (line, said) in [
        ("11111111-1\t12\tvigente\t", "column numero_serie: it is not a card's serial number"),
        ("11111111-1\t123456789\tbuena\t", "column estado: it is none of vigente, reemplazada"),
        ("11111111-2\t123456789\tvigente\t", "column rut: the check digit"),
    ] {
        let bad = reader(Kind::Cedulas, header).read_line(line.as_bytes(), &mut Vec::new()).unwrap_err();
        assert!(bad.to_string().starts_with(said), "{bad}");
        assert!(!bad.to_string().contains("111"), "{bad}");
    }
}

proptest! {
    #[test]
    fn cards_of_different_numbers_are_different(one in "[A-Z][A-Z0-9]{8}|[0-9]{9}|A[0-9]{9}", other in "[A-Z][A-Z0-9]{8}|[0-9]{9}|A[0-9]{9}") {
        let key = |serial: &str| value::card_key(Rut::of_body(7).unwrap(), &serial.parse().unwrap());
        prop_assert_eq!(key(&one) == key(&other), one == other);
    }

    #[test]
    fn any_bytes_are_a_row_or_a_bad_line(head in proptest::collection::vec(any::<u8>(), 0..60), raw in proptest::collection::vec(any::<u8>(), 0..200), kind in 0usize..4) {
        let _ = RowReader::new(Kind::ALL[kind], &Header::read(&head));
        let headers = [SII, RES, "rut_empresa\trut_persona\tnombre\testado", "rut\tnumero_serie\testado\tvencimiento"];
        let mut kept = Vec::new();
        if reader(Kind::ALL[kind], headers[kind]).read_line(&raw, &mut kept).is_ok() {
            prop_assert!(kept.len() < 4000);
        }
        let _ = (value::company(&raw), value::representative(&raw), value::card(&raw));
    }
}

//! Invented tables of any size in the shape of SII's and RES' files. They are the same for the same
//! number of rows, in random order, with bad lines on request. RUTs are a shuffled run of numbers;
//! if a real company has one of them, the table says nothing about it.

use std::io::{self, Write};

use totem::domain::rut::Rut;

const TRADES: [&str; 12] = [
    "COMERCIAL",
    "PANADERÍA",
    "TRANSPORTES",
    "FERRETERÍA",
    "CONSTRUCTORA",
    "CAPACITACIÓN",
    "VIÑEDOS",
    "PESQUERA",
    "LAVANDERÍA",
    "IMPRENTA",
    "SERVICIOS",
    "MUEBLERÍA",
];
const WORDS: [&str; 12] = [
    "INVENTADA",
    "DE MENTIRA",
    "ÑANDÚ",
    "IMAGINARIA",
    "SUPUESTA",
    "DE PRUEBA",
    "FICTICIA",
    "DEL SUEÑO",
    "DE FANTASÍA",
    "DEL EJEMPLO",
    "SIN LUGAR",
    "DE CARTÓN",
];
const FORMS: [&str; 5] = ["LIMITADA", "SPA", "S.A.", "E.I.R.L.", "SOCIEDAD POR ACCIONES"];
/// RUTs run from 50,000,000 on, and wrap around after this many.
pub const RUTS: u64 = 49_999_991;
const STEP: u64 = 15_485_863;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    Sii,
    Res,
}

/// The RUT of the row of this number, from 0.
pub fn rut(row: u64) -> Rut {
    let body = 50_000_000 + row * STEP % RUTS;
    u32::try_from(body).ok().and_then(Rut::of_body).expect("eight digits")
}

/// Whether SII's row of this number says that the company is closed.
pub fn is_closed(row: u64) -> bool {
    mixed(row) % 100 < 29
}

pub fn name(row: u64) -> String {
    let chance = mixed(row ^ 0x5eed) as usize;
    let pick = |words: &'static [&'static str], shift: usize| words[(chance >> shift) % words.len()];
    format!("{} {} {row} {}", pick(&TRADES, 0), pick(&WORDS, 8), pick(&FORMS, 16))
}

fn mixed(number: u64) -> u64 {
    let mixed = number.wrapping_add(0x9e37_79b9_7f4a_7c15).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb) >> 16
}

/// Writes a table of this many rows; each `bad_every`th has a wrong check digit.
pub fn write(shape: Shape, rows: u64, bad_every: Option<u64>, out: &mut impl Write) -> io::Result<()> {
    match shape {
        Shape::Sii => {
            writeln!(out, "RUT\tDV\tCOD_SUBTIPO\tRAZON_SOCIAL\tFECHA_INICIO_VIG\tFECHA_TG_VIG")?;
        }
        Shape::Res => out.write_all(
            "\u{feff}ID;RUT;Razon Social;Fecha de actuacion (1era firma);Fecha de registro (ultima \
             firma);Fecha de aprobacion x SII;Anio;Mes;Comuna Tributaria;Region Tributaria;Codigo de \
             sociedad;Tipo de actuacion;Capital;Comuna Social;Region Social\r\n"
                .as_bytes(),
        )?,
    }
    for row in 0..rows {
        let (rut, name) = (rut(row), name(row));
        let is_bad = bad_every.is_some_and(|every| row % every == every - 1);
        let check = match rut.check() {
            right if !is_bad => right,
            '1' => '2',
            _ => '1',
        };
        let day = format!("{:02}-{:02}-{}", 1 + row % 28, 1 + row % 12, 1993 + mixed(row) % 33);
        match shape {
            Shape::Sii => {
                let began = if row % 2 == 0 { day.as_str() } else { "" };
                let ended = if is_closed(row) { day.as_str() } else { "" };
                writeln!(out, "{}\t{check}\t{}\t{name}\t{began}\t{ended}", rut.body(), row % 9)?;
            }
            Shape::Res => write!(
                out,
                "{row};{}-{check};{name};{day};{day};{day};2020;Enero;SANTIAGO;13;SPA;CONSTITUCIÓN;1000000;SANTIAGO;13\r\n",
                rut.body()
            )?,
        }
    }
    Ok(())
}

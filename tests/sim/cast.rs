//! Who is who: the companies, the people who represent them, the members of staff, and those who
//! pretend. All of them are invented.

use serde::{Deserialize, Serialize};
use totem::domain::clean::Clean;
use totem::domain::rut::Rut;
use totem::domain::staff::Role;

/// A company as SII knows it.
pub struct Firm {
    pub rut: &'static str,
    pub name: &'static str,
    /// The people who represent it.
    pub represented_by: &'static [Who],
    /// Whether it has an account when the office opens.
    pub has_account: bool,
    /// Whether that account has a secret question.
    pub has_question: bool,
    /// How well the registers know it.
    pub known: Known,
}

/// What the registers know of a company and of whoever represents it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Known {
    /// All that they are asked.
    Well,
    /// It has ended its business.
    Closed,
    /// SII names its representative, and Registro Civil knows nobody under their RUT: two members of staff see
    /// other papers (T6).
    WithoutRun,
    /// It is younger than the list that answers for SII: two members of staff see its papers (T6).
    Unlisted,
    /// Registro Civil calls its representative's card expired: a member of staff who sees it may take it.
    CardExpired,
}

/// By their numbers in plans.
pub const FIRMS: [Firm; 10] = [
    Firm {
        rut: "99999999-9",
        name: "Comercial Ejemplo Limitada",
        represented_by: &[Who::Ana, Who::Bruno],
        has_account: true,
        has_question: true,
        known: Known::Well,
    },
    Firm {
        rut: "50000000-7",
        name: "Panadería Inventada SpA",
        represented_by: &[Who::Diego],
        has_account: false,
        has_question: true,
        known: Known::Well,
    },
    Firm {
        rut: "99999998-0",
        name: "Transportes Imaginarios S.A.",
        represented_by: &[Who::Bruno],
        has_account: true,
        has_question: false,
        known: Known::Well,
    },
    Firm {
        rut: "99999997-2",
        name: "Capacitación de Prueba OTEC Limitada",
        represented_by: &[Who::Ana],
        has_account: false,
        has_question: true,
        known: Known::Well,
    },
    Firm {
        rut: "99999996-4",
        name: "Ferretería Ñandú de Mentira E.I.R.L.",
        represented_by: &[Who::Diego, Who::Ana],
        has_account: true,
        has_question: true,
        known: Known::Well,
    },
    Firm {
        rut: "99999995-6",
        name: "Viñedos Ficticios Limitada",
        represented_by: &[Who::Diego],
        has_account: false,
        has_question: true,
        known: Known::Closed,
    },
    Firm {
        rut: "99999992-1",
        name: "Pesquera de Fantasía S.A.",
        represented_by: &[Who::Greta],
        has_account: false,
        has_question: true,
        known: Known::WithoutRun,
    },
    Firm {
        rut: "99999994-8",
        name: "Constructora Supuesta SpA",
        represented_by: &[Who::Bruno],
        has_account: false,
        has_question: true,
        known: Known::Unlisted,
    },
    Firm {
        rut: "99999993-K",
        name: "Librería de Papel Limitada",
        represented_by: &[Who::Ines],
        has_account: true,
        has_question: true,
        known: Known::CardExpired,
    },
    Firm {
        rut: "99999991-3",
        name: "Molinos de Viento SpA",
        represented_by: &[Who::Ines],
        has_account: false,
        has_question: true,
        known: Known::CardExpired,
    },
];

/// So many of [`FIRMS`], the first ones, are known well.
pub const WELL_KNOWN: usize = 5;

/// Somebody who comes to a terminal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Who {
    Ana,
    Bruno,
    Diego,
    /// Knows what is public: RUTs, and how a card's number looks.
    Stranger,
    /// Has copies of everybody's cards.
    Copyist,
    /// Knows everybody's secret answers.
    Confidant,
    /// Reads the mailboxes that companies used before.
    Reader,
    /// Worked for the firm, and knows the clave that it had when the office opened.
    Leaver,
    /// A foreign facilitator of whichever firm asks for them.
    Hugo,
    /// Represents a firm, and has a passport in place of a card.
    Greta,
    /// Represents two firms, and her card's date has passed.
    Ines,
}

impl Who {
    pub const ALL: [Who; 11] = [
        Who::Ana,
        Who::Bruno,
        Who::Diego,
        Who::Stranger,
        Who::Copyist,
        Who::Confidant,
        Who::Reader,
        Who::Leaver,
        Who::Hugo,
        Who::Greta,
        Who::Ines,
    ];
    pub const THIEVES: [Who; 5] = [Who::Stranger, Who::Copyist, Who::Confidant, Who::Reader, Who::Leaver];

    pub fn is_thief(self) -> bool {
        Who::THIEVES.contains(&self)
    }

    /// Whether they come for a firm of their own.
    pub fn is_honest(self) -> bool {
        !self.is_thief() && self != Who::Hugo
    }

    pub fn represents(self, firm: usize) -> bool {
        FIRMS[firm].represented_by.contains(&self)
    }

    pub fn name(self) -> &'static str {
        match self {
            Who::Ana => "Ana Ejemplo Demostración",
            Who::Bruno => "Bruno Modelo Ficticio",
            Who::Diego => "Diego Prueba Inventada",
            Who::Stranger => "a stranger",
            Who::Copyist => "a thief with copies of cards",
            Who::Confidant => "a thief who knows the answers",
            Who::Reader => "a thief who reads old mailboxes",
            Who::Leaver => "a thief who knows the first clave",
            Who::Hugo => "Hugo Extranjero Inventado",
            Who::Greta => "Greta Forastera Inventada",
            Who::Ines => "Inés Vencida Imaginaria",
        }
    }

    /// Their own, or that of whom they pretend to be.
    pub fn rut(self) -> &'static str {
        match self {
            Who::Bruno => "22222222-2",
            Who::Diego => "12345678-5",
            Who::Greta => "43333333-0",
            Who::Ines => "33333333-3",
            _ => "11111111-1",
        }
    }

    /// The number of their card, or of what they show in its place.
    pub fn serial(self) -> &'static str {
        match self {
            Who::Bruno => "222222222",
            Who::Diego => "123456789",
            Who::Greta => "433333333",
            Who::Ines => "333333333",
            _ => "B1C234567",
        }
    }

    /// Where they read mail: the one that they use, and the one that they use later.
    pub fn mailboxes(self) -> [&'static str; 2] {
        match self {
            Who::Ana => ["ana@ejemplo.example", "ana.nueva@ejemplo.example"],
            Who::Bruno => ["bruno@modelo.example", "bruno.nuevo@modelo.example"],
            Who::Diego => ["diego@prueba.example", "diego.nuevo@prueba.example"],
            Who::Stranger => ["ajeno@correo.example", "otro.ajeno@correo.example"],
            Who::Copyist => ["copias@correo.example", "mas.copias@correo.example"],
            Who::Confidant => ["amigo@correo.example", "otro.amigo@correo.example"],
            Who::Reader => ["lector@correo.example", "antes@empresa.example"],
            Who::Leaver => ["exempleado@correo.example", "otro.ex@correo.example"],
            Who::Hugo => ["hugo@extranjero.example", "hugo.nuevo@extranjero.example"],
            Who::Greta => ["greta@forastera.example", "greta.nueva@forastera.example"],
            Who::Ines => ["ines@vencida.example", "ines.nueva@vencida.example"],
        }
    }

    /// As it is typed.
    pub fn mobile(self) -> &'static str {
        match self {
            Who::Ana => "911111111",
            Who::Bruno => "922222222",
            Who::Diego => "933333333",
            Who::Stranger => "944444444",
            Who::Copyist => "955555555",
            Who::Confidant => "966666666",
            Who::Reader => "977777777",
            Who::Leaver => "988888888",
            Who::Hugo => "999999999",
            Who::Greta => "912345678",
            Who::Ines => "987654321",
        }
    }

    /// Who represents the firm and comes as such: themselves, or whom a thief pretends to be.
    pub fn poses_as(self, firm: usize) -> Who {
        match self.is_honest() {
            true => self,
            false => FIRMS[firm].represented_by[0],
        }
    }
}

/// Of a firm; everybody's own.
pub fn answer(firm: usize) -> &'static str {
    [
        "Firuláis",
        "Liceo 7",
        "Canela",
        "Pelusa",
        "Rocinante",
        "Malvaloca",
        "Don Quijote",
        "Tulipán",
        "Manchita",
        "Aguacero",
    ][firm]
}

/// Of a firm that has an account when the office opens.
pub fn first_clave(firm: usize) -> &'static str {
    match firm {
        0 => "Trebol?71",
        2 => "Cometa+83",
        4 => "Violin!204",
        _ => "Nogal%5521",
    }
}

pub fn rut(text: &str) -> Rut {
    text.parse().expect("an invented RUT is right")
}

/// Which firm has this RUT.
pub fn firm_of(company: Rut) -> Option<usize> {
    FIRMS.iter().position(|firm| rut(firm.rut) == company)
}

pub fn questions() -> Vec<Clean> {
    ["NOMBRE DE MI MASCOTA", "NOMBRE DE MI PRIMER COLEGIO", "TÍTULO DE MI LIBRO FAVORITO"]
        .map(Clean::from)
        .to_vec()
}

/// The members of staff: name, RUT without its check digit, role. The last one can be bribed, and has Diego's
/// RUT, so that she may do nothing for his companies.
pub const STAFF: [(&str, u32, Role); 3] = [
    ("rosa", 15_000_000, Role::Helper),
    ("pedro", 16_000_000, Role::Approver),
    ("ester", 12_345_678, Role::Manager),
];

/// What a member of staff types in place of the letters: their number, and the six digits after it.
pub const PIN: (u16, &str) = (1, "730915");
/// The one of [`STAFF`] whose it is.
pub const PIN_OF: &str = "rosa";

pub const PASSWORD: &str = "cuatro palabras sin nada comun";

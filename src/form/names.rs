//! Every field by name: what it is called (the guide's label), how it is helped with, and what is
//! said when it is empty.

mod buttons;

pub use buttons::ButtonName;

use crate::page::SecretKind;
use crate::text::Msg;

/// The names of fields, each with what stands above it.
macro_rules! fields {
    ($($(#[$words:meta])* $name:ident => $label:expr,)*) => {
        /// A field, by what the guide calls it.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Name {
            $($(#[$words])* $name,)*
        }

        impl Name {
            /// Each of them, in the order of their declaration.
            pub const ALL: &'static [Name] = &[$(Name::$name),*];

            /// What stands above it.
            pub fn label(self) -> Msg {
                match self {
                    $(Name::$name => $label,)*
                }
            }
        }
    };
}

fields! {
    /// *RUT Empresa* (guide 2 (4)); elsewhere see `Field::company_rut`.
    CompanyRut => Msg::LabelCompanyRut,
    /// *Razón Social*
    BusinessName => Msg::LabelBusinessName,
    /// In place of the one above while the registry is down.
    TypedBusinessName => Msg::LabelBusinessName,
    /// *Pregunta Secreta*
    Question => Msg::LabelQuestion,
    /// *Respuesta Secreta*
    Answer => Msg::LabelAnswer,
    /// *Comuna*
    Comuna => Msg::LabelComuna,
    /// *Dirección*
    Street => Msg::LabelStreet,
    /// *N° de Dirección / N° de Oficina*
    Number => Msg::LabelNumber,
    /// *Block*
    Block => Msg::LabelBlock,
    /// *N° de Departamento*
    Apartment => Msg::LabelApartment,
    /// *Email de Contacto de Empresa*
    CompanyEmail => Msg::LabelCompanyEmail,
    /// *Teléfono*
    Phone => Msg::LabelPhone,
    /// *Fax*
    Fax => Msg::LabelFax,
    /// *No tengo fax*
    NoFax => Msg::LabelNoFax,
    /// *Rut Representante Legal*
    RepresentativeRut => Msg::LabelRepresentativeRut,
    /// *Nombre*
    RepresentativeName => Msg::LabelRepresentativeName,
    /// In place of the one above while the registry is down.
    TypedRepresentativeName => Msg::LabelRepresentativeName,
    /// *Celular*
    Mobile => Msg::LabelMobile,
    /// *Email*
    RepresentativeEmail => Msg::LabelRepresentativeEmail,
    /// *Clave CS*
    Clave => Msg::LabelClave,
    /// *Repetir Clave CS*
    RepeatClave => Msg::LabelRepeatClave,
    /// *Captcha*
    Letters => Msg::LabelLetters,
    /// *No recuerdo la respuesta a mi pregunta secreta*
    Forgot => Msg::LabelForgot,
    /// *Número de serie cédula de identidad*
    Serial => Msg::LabelSerial,
    /// *¿El email es correcto?*
    EmailIsRight => Msg::LabelEmailIsRight,
    /// *Email Actual*
    NewEmail => Msg::LabelNewEmail,
    /// *Código*
    Code => Msg::LabelCode,
    /// *PIN del funcionario*
    Pin => Msg::LabelPin,
    /// *CS Actual*
    CurrentClave => Msg::LabelCurrentClave,
    /// *CS Nueva*
    NewClave => Msg::LabelNewClave,
    /// *Repetir CS Nueva*
    RepeatNewClave => Msg::LabelRepeatNewClave,
    /// *Código del aviso*
    UndoCode => Msg::LabelUndoCode,
    /// *Nombre*
    StaffName => Msg::LabelStaffName,
    /// *Contraseña*
    Password => Msg::LabelPassword,
    /// The six digits of a telephone.
    Totp => Msg::LabelTotp,
    /// Why staff do something.
    Reason => Msg::LabelReason,
    /// The same, chosen from a list.
    ListedReason => Msg::LabelListedReason,
    /// A RUT or a folio.
    Sought => Msg::LabelSought,
    /// *CS Empresa*
    CompanyClave => Msg::LabelCompanyClave,
    /// *Número de documento de Identificación*
    IdentityNumber => Msg::LabelIdentityNumber,
    /// *Tipo de Documento*
    IdentityKind => Msg::LabelIdentityKind,
    /// *Nombres*
    Names => Msg::LabelNames,
    /// *Apellido Paterno*
    PaternalSurname => Msg::LabelPaternalSurname,
    /// *Apellido Materno*
    MaternalSurname => Msg::LabelMaternalSurname,
    /// *Sexo*
    Sex => Msg::LabelSex,
    /// *Fecha de Nacimiento*
    BirthDate => Msg::LabelBirthDate,
    /// *Estado Civil*
    CivilStatus => Msg::LabelCivilStatus,
    /// *Cantidad de Hijos*
    Children => Msg::LabelChildren,
    /// *País de Origen*
    Country => Msg::LabelCountry,
    /// *Email*
    FacilitatorEmail => Msg::LabelFacilitatorEmail,
    /// *Razón Social*, as the papers of a company say that is on no list yet.
    UnlistedBusinessName => Msg::LabelBusinessName,
    /// *Rut Representante Legal*, of whom they name.
    UnlistedRepresentativeRut => Msg::LabelRepresentativeRut,
    /// *Nombre* of whom they name.
    UnlistedRepresentativeName => Msg::LabelUnlistedRepresentativeName,
    /// Which papers they are.
    PapersSeen => Msg::LabelPapersSeen,
    /// The last four symbols of a card, typed by staff (T6).
    CardEnding => Msg::LabelCardEnding,
    /// *Sigue trabajando para la empresa*
    FacilitatorStays => Msg::LabelFacilitatorStays,
    /// *Folio*
    Folio => Msg::LabelFolio,
    /// *CS recibida o actual*
    SentClave => Msg::LabelSentClave,
    /// Which requests are to be listed.
    RequestStage => Msg::LabelRequestStage,
    /// What the company is told.
    RefusalReason => Msg::LabelRefusalReason,
    /// *La declaración jurada está completa y firmada por el representante*
    CheckDeclarationSigned => Msg::LabelCheckDeclarationSigned,
    /// *La declaración nombra a esta empresa, a su representante y a este facilitador*
    CheckDeclarationMatches => Msg::LabelCheckDeclarationMatches,
    /// *El documento de identificación se lee entero y está vigente*
    CheckIdentityLegible => Msg::LabelCheckIdentityLegible,
    /// *Número, nombres, nacimiento y país son los del documento*
    CheckDataAgree => Msg::LabelCheckDataAgree,
}

impl Name {
    /// What stands beneath the label, where a word of help is needed.
    pub fn hint(self) -> Option<Msg> {
        Some(match self {
            Name::CompanyRut => Msg::HintCompanyRut,
            Name::TypedBusinessName => Msg::HintTypedBusinessName,
            Name::TypedRepresentativeName => Msg::HintTypedRepresentativeName,
            Name::Question => Msg::HintQuestion,
            Name::Answer => Msg::HintAnswer,
            Name::Comuna => Msg::HintComuna,
            Name::Street => Msg::HintStreet,
            Name::CompanyEmail => Msg::HintCompanyEmail,
            Name::Phone => Msg::HintPhone,
            Name::Fax => Msg::HintFax,
            Name::RepresentativeRut => Msg::HintRepresentativeRut,
            Name::Mobile => Msg::HintMobile,
            Name::RepresentativeEmail => Msg::HintRepresentativeEmail,
            Name::Clave => Msg::HintClave,
            Name::Letters => Msg::HintLetters,
            Name::Serial => Msg::HintSerial,
            Name::NewEmail => Msg::HintNewEmail,
            Name::Code => Msg::HintCode,
            Name::Pin => Msg::HintPin,
            Name::CurrentClave => Msg::HintCurrentClave,
            Name::NewClave => Msg::HintNewClave,
            Name::UndoCode => Msg::HintUndoCode,
            Name::Totp => Msg::HintTotp,
            Name::Reason => Msg::HintReason,
            Name::Sought => Msg::HintSought,
            Name::CompanyClave => Msg::HintCompanyClave,
            Name::IdentityNumber => Msg::HintIdentityNumber,
            Name::Names => Msg::HintNames,
            Name::BirthDate => Msg::HintBirthDate,
            Name::Country => Msg::HintCountry,
            Name::FacilitatorEmail => Msg::HintFacilitatorEmail,
            Name::PapersSeen => Msg::HintPapersSeen,
            Name::CardEnding => Msg::HintCardEnding,
            Name::Folio => Msg::HintFolio,
            Name::SentClave => Msg::HintSentClave,
            Name::RefusalReason => Msg::HintRefusalReason,
            _ => return None,
        })
    }

    /// What to say when nothing was typed or chosen.
    pub fn missing(self) -> Option<Msg> {
        Some(match self {
            Name::CompanyRut => Msg::MissingCompanyRut,
            Name::TypedBusinessName | Name::UnlistedBusinessName => Msg::MissingTypedBusinessName,
            Name::TypedRepresentativeName | Name::UnlistedRepresentativeName => {
                Msg::MissingTypedRepresentativeName
            }
            Name::PapersSeen => Msg::MissingPapersSeen,
            Name::Question => Msg::MissingQuestion,
            Name::Answer => Msg::MissingAnswer,
            Name::Comuna => Msg::MissingComuna,
            Name::Street => Msg::MissingStreet,
            Name::Number => Msg::MissingNumber,
            Name::CompanyEmail => Msg::MissingCompanyEmail,
            Name::Phone => Msg::MissingPhone,
            Name::Fax => Msg::MissingFax,
            Name::RepresentativeRut | Name::UnlistedRepresentativeRut => Msg::MissingRepresentativeRut,
            Name::Mobile => Msg::MissingMobile,
            Name::RepresentativeEmail => Msg::MissingRepresentativeEmail,
            Name::Clave => Msg::MissingClave,
            Name::RepeatClave => Msg::MissingRepeatClave,
            Name::Letters => Msg::MissingLetters,
            Name::Serial => Msg::MissingSerial,
            Name::EmailIsRight => Msg::MissingEmailIsRight,
            Name::NewEmail => Msg::MissingNewEmail,
            Name::Code => Msg::MissingCode,
            Name::Pin => Msg::MissingPin,
            Name::CurrentClave => Msg::MissingCurrentClave,
            Name::NewClave => Msg::MissingNewClave,
            Name::RepeatNewClave => Msg::MissingRepeatNewClave,
            Name::UndoCode => Msg::MissingUndoCode,
            Name::StaffName => Msg::MissingStaffName,
            Name::Password => Msg::MissingPassword,
            Name::Totp => Msg::MissingTotp,
            Name::Reason => Msg::MissingReason,
            Name::ListedReason => Msg::MissingListedReason,
            Name::Sought => Msg::MissingSought,
            Name::CompanyClave => Msg::MissingCompanyClave,
            Name::IdentityNumber => Msg::MissingIdentityNumber,
            Name::IdentityKind => Msg::MissingIdentityKind,
            Name::Names => Msg::MissingNames,
            Name::PaternalSurname => Msg::MissingPaternalSurname,
            Name::Sex => Msg::MissingSex,
            Name::BirthDate => Msg::MissingBirthDate,
            Name::CivilStatus => Msg::MissingCivilStatus,
            Name::Children => Msg::MissingChildren,
            Name::Country => Msg::MissingCountry,
            Name::FacilitatorEmail => Msg::MissingFacilitatorEmail,
            Name::CardEnding => Msg::MissingCardEnding,
            Name::Folio => Msg::MissingFolio,
            Name::SentClave => Msg::MissingSentClave,
            Name::RequestStage => Msg::MissingRequestStage,
            Name::RefusalReason => Msg::MissingRefusalReason,
            Name::CheckDeclarationSigned
            | Name::CheckDeclarationMatches
            | Name::CheckIdentityLegible
            | Name::CheckDataAgree => Msg::MissingCheck,
            _ => return None,
        })
    }

    /// The key that this field has typed once more.
    pub fn repeats(self) -> Option<Name> {
        match self {
            Name::RepeatClave => Some(Name::Clave),
            Name::RepeatNewClave => Some(Name::NewClave),
            _ => None,
        }
    }

    /// The hint while staff look on, where another one helps then.
    pub fn hint_beside_staff(self) -> Option<Msg> {
        match self {
            Name::Clave | Name::NewClave => Some(Msg::HintClaveAccompanied),
            Name::CurrentClave | Name::CompanyClave => Some(Msg::HintCurrentClaveAccompanied),
            Name::SentClave => Some(Msg::HintSentClaveAccompanied),
            Name::Answer => Some(Msg::HintAnswerAccompanied),
            _ => self.hint(),
        }
    }

    /// Which secret it is, if it is one. Codes are the person's own although they are typed in sight.
    pub fn secret(self) -> Option<SecretKind> {
        match self {
            Name::Pin | Name::Password | Name::Totp => Some(SecretKind::OfStaff),
            Name::Answer => Some(SecretKind::Answer),
            Name::Code | Name::UndoCode => Some(SecretKind::Code),
            Name::Clave
            | Name::RepeatClave
            | Name::CurrentClave
            | Name::NewClave
            | Name::RepeatNewClave
            | Name::CompanyClave
            | Name::SentClave => Some(SecretKind::Clave),
            _ => None,
        }
    }

    /// Whether the guide puts an asterisk to it.
    pub fn is_required(self) -> bool {
        !matches!(
            self,
            Name::BusinessName
                | Name::Block
                | Name::Apartment
                | Name::NoFax
                | Name::RepresentativeName
                | Name::Forgot
                | Name::MaternalSurname
        )
    }
}

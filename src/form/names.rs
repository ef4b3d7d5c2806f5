//! Every field by name: what it is called (the guide's label), how it is helped with, and what is
//! said when it is empty.

mod buttons;

pub use buttons::ButtonName;

use crate::page::{SecretOwner, Words};
use crate::text::Msg;

/// A field, by what the guide calls it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Name {
    /// *RUT Empresa*
    CompanyRut,
    /// *Razón Social*
    BusinessName,
    /// In place of the one above while the registry is down.
    TypedBusinessName,
    /// *Pregunta Secreta*
    Question,
    /// *Respuesta Secreta*
    Answer,
    /// *Comuna*
    Comuna,
    /// *Dirección*
    Street,
    /// *N° de Dirección / N° de Oficina*
    Number,
    /// *Block*
    Block,
    /// *N° de Departamento*
    Apartment,
    /// *Email de Contacto de Empresa*
    CompanyEmail,
    /// *Teléfono*
    Phone,
    /// *Fax*
    Fax,
    /// *No tengo fax*
    NoFax,
    /// *RUT Representante Legal*
    RepresentativeRut,
    /// *Nombre*
    RepresentativeName,
    /// In place of the one above while the registry is down.
    TypedRepresentativeName,
    /// *Celular*
    Mobile,
    /// *Email*
    RepresentativeEmail,
    /// *Clave CS*
    Clave,
    /// *Repetir Clave CS*
    RepeatClave,
    /// *Captcha*
    Letters,
    /// *No recuerdo la respuesta a mi pregunta secreta*
    Forgot,
    /// *Número de serie cédula de identidad*
    Serial,
    /// *¿El email es correcto?*
    EmailIsRight,
    /// *Email Actual*
    NewEmail,
    /// *Código*
    Code,
    /// *PIN del funcionario*
    Pin,
    /// *CS Actual*
    CurrentClave,
    /// *CS Nueva*
    NewClave,
    /// *Repetir CS Nueva*
    RepeatNewClave,
    /// *Código del aviso*
    UndoCode,
    /// *Nombre*
    StaffName,
    /// *Contraseña*
    Password,
    /// The six digits of a telephone.
    Totp,
    /// Why staff do something.
    Reason,
    /// The same, chosen from a list.
    ListedReason,
    /// A RUT or a folio.
    Sought,
    /// *CS Empresa*
    CompanyClave,
    /// *Número de documento de Identificación*
    IdentityNumber,
    /// *Tipo de Documento*
    IdentityKind,
    /// *Nombres*
    Names,
    /// *Apellido Paterno*
    PaternalSurname,
    /// *Apellido Materno*
    MaternalSurname,
    /// *Sexo*
    Sex,
    /// *Fecha de Nacimiento*
    BirthDate,
    /// *Estado Civil*
    CivilStatus,
    /// *Cantidad de Hijos*
    Children,
    /// *País de Origen*
    Country,
    /// *Email*
    FacilitatorEmail,
    /// The last four symbols of a card, typed by staff (T6).
    CardEnding,
    /// *Sigue trabajando para la empresa*
    FacilitatorStays,
    /// *Folio*
    Folio,
    /// *CS recibida o actual*
    SentClave,
    /// Which requests are to be listed.
    RequestStage,
    /// What the company is told.
    RefusalReason,
    /// *La declaración jurada está completa y firmada por el representante*
    CheckDeclarationSigned,
    /// *La declaración nombra a esta empresa, a su representante y a este facilitador*
    CheckDeclarationMatches,
    /// *El documento de identificación se lee entero y está vigente*
    CheckIdentityLegible,
    /// *Número, nombres, nacimiento y país son los del documento*
    CheckDataAgree,
}

impl Name {
    /// What stands above it.
    pub fn label(self) -> Msg {
        match self {
            Name::CompanyRut => Msg::LabelCompanyRut,
            Name::BusinessName | Name::TypedBusinessName => Msg::LabelBusinessName,
            Name::Question => Msg::LabelQuestion,
            Name::Answer => Msg::LabelAnswer,
            Name::Comuna => Msg::LabelComuna,
            Name::Street => Msg::LabelStreet,
            Name::Number => Msg::LabelNumber,
            Name::Block => Msg::LabelBlock,
            Name::Apartment => Msg::LabelApartment,
            Name::CompanyEmail => Msg::LabelCompanyEmail,
            Name::Phone => Msg::LabelPhone,
            Name::Fax => Msg::LabelFax,
            Name::NoFax => Msg::LabelNoFax,
            Name::RepresentativeRut => Msg::LabelRepresentativeRut,
            Name::RepresentativeName | Name::TypedRepresentativeName => Msg::LabelRepresentativeName,
            Name::Mobile => Msg::LabelMobile,
            Name::RepresentativeEmail => Msg::LabelRepresentativeEmail,
            Name::Clave => Msg::LabelClave,
            Name::RepeatClave => Msg::LabelRepeatClave,
            Name::Letters => Msg::LabelLetters,
            Name::Forgot => Msg::LabelForgot,
            Name::Serial => Msg::LabelSerial,
            Name::EmailIsRight => Msg::LabelEmailIsRight,
            Name::NewEmail => Msg::LabelNewEmail,
            Name::Code => Msg::LabelCode,
            Name::Pin => Msg::LabelPin,
            Name::CurrentClave => Msg::LabelCurrentClave,
            Name::NewClave => Msg::LabelNewClave,
            Name::RepeatNewClave => Msg::LabelRepeatNewClave,
            Name::UndoCode => Msg::LabelUndoCode,
            Name::StaffName => Msg::LabelStaffName,
            Name::Password => Msg::LabelPassword,
            Name::Totp => Msg::LabelTotp,
            Name::Reason => Msg::LabelReason,
            Name::ListedReason => Msg::LabelListedReason,
            Name::Sought => Msg::LabelSought,
            Name::CompanyClave => Msg::LabelCompanyClave,
            Name::IdentityNumber => Msg::LabelIdentityNumber,
            Name::IdentityKind => Msg::LabelIdentityKind,
            Name::Names => Msg::LabelNames,
            Name::PaternalSurname => Msg::LabelPaternalSurname,
            Name::MaternalSurname => Msg::LabelMaternalSurname,
            Name::Sex => Msg::LabelSex,
            Name::BirthDate => Msg::LabelBirthDate,
            Name::CivilStatus => Msg::LabelCivilStatus,
            Name::Children => Msg::LabelChildren,
            Name::Country => Msg::LabelCountry,
            Name::FacilitatorEmail => Msg::LabelFacilitatorEmail,
            Name::CardEnding => Msg::LabelCardEnding,
            Name::FacilitatorStays => Msg::LabelFacilitatorStays,
            Name::Folio => Msg::LabelFolio,
            Name::SentClave => Msg::LabelSentClave,
            Name::RequestStage => Msg::LabelRequestStage,
            Name::RefusalReason => Msg::LabelRefusalReason,
            Name::CheckDeclarationSigned => Msg::LabelCheckDeclarationSigned,
            Name::CheckDeclarationMatches => Msg::LabelCheckDeclarationMatches,
            Name::CheckIdentityLegible => Msg::LabelCheckIdentityLegible,
            Name::CheckDataAgree => Msg::LabelCheckDataAgree,
        }
    }

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
            Name::TypedBusinessName => Msg::MissingTypedBusinessName,
            Name::TypedRepresentativeName => Msg::MissingTypedRepresentativeName,
            Name::Question => Msg::MissingQuestion,
            Name::Answer => Msg::MissingAnswer,
            Name::Comuna => Msg::MissingComuna,
            Name::Street => Msg::MissingStreet,
            Name::Number => Msg::MissingNumber,
            Name::CompanyEmail => Msg::MissingCompanyEmail,
            Name::Phone => Msg::MissingPhone,
            Name::Fax => Msg::MissingFax,
            Name::RepresentativeRut => Msg::MissingRepresentativeRut,
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

    /// The hint while staff look on, where another one helps then.
    pub fn hint_beside_staff(self) -> Option<Msg> {
        match self {
            Name::Clave | Name::NewClave => Some(Msg::HintClaveAccompanied),
            Name::CurrentClave => Some(Msg::HintCurrentClaveAccompanied),
            _ => self.hint(),
        }
    }

    /// Whose secret it is. Answers and codes are the person's own although they are typed in sight.
    pub fn secret_of(self) -> Option<SecretOwner> {
        match self {
            Name::Pin | Name::Password | Name::Totp => Some(SecretOwner::Staff),
            Name::Answer
            | Name::Code
            | Name::UndoCode
            | Name::Clave
            | Name::RepeatClave
            | Name::CurrentClave
            | Name::NewClave
            | Name::RepeatNewClave
            | Name::CompanyClave
            | Name::SentClave => Some(SecretOwner::Person),
            _ => None,
        }
    }

    /// What stands in a field of this name, marked if it is the person's own secret.
    pub fn kept_private(self, words: Words) -> Words {
        match self.secret_of() {
            Some(SecretOwner::Person) => Words::Private(Box::new(words)),
            _ => words,
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

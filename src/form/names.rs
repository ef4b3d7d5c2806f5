//! Every field and button by name: what it is called (the guide's label), how it is helped with,
//! and what is said when it is empty.

use crate::text::Msg;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Name {
    CompanyRut,
    BusinessName,
    /// In place of the one above while the registry is down.
    TypedBusinessName,
    Question,
    Answer,
    Comuna,
    Street,
    Number,
    Block,
    Apartment,
    CompanyEmail,
    Phone,
    Fax,
    NoFax,
    RepresentativeRut,
    RepresentativeName,
    /// In place of the one above while the registry is down.
    TypedRepresentativeName,
    Mobile,
    RepresentativeEmail,
    Clave,
    RepeatClave,
    Letters,
    Forgot,
    Serial,
    EmailIsRight,
    NewEmail,
    Code,
    Pin,
    CurrentClave,
    NewClave,
    RepeatNewClave,
    UndoCode,
    StaffName,
    Password,
    /// The six digits of a telephone.
    Totp,
    /// Why staff do something.
    Reason,
    /// A RUT or a folio.
    Sought,
}

impl Name {
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
            Name::Sought => Msg::LabelSought,
        }
    }

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
            Name::Sought => Msg::MissingSought,
            _ => return None,
        })
    }

    /// Whether staff type it: it is never shown, not even for a moment.
    pub fn is_of_staff(self) -> bool {
        matches!(self, Name::Pin | Name::Password | Name::Totp)
    }

    /// Whether it is the person's own secret although it is seen while they type it.
    pub const SECRETS_IN_SIGHT: [Name; 3] = [Name::Answer, Name::Code, Name::UndoCode];

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
        )
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ButtonName {
    Validate,
    Continue,
    Refresh,
    Enter,
    CreateAccount,
    RecoverClave,
    ChangeClave,
    Accept,
    Later,
    SendCodeAgain,
    GoBack,
    Retry,
    GoOnUnchecked,
    AskHelp,
    GoRecover,
    GoRegister,
    GoChange,
    Staff,
    Finish,
    UndoIt,
    MyData,
    SaveChanges,
    SeeKept,
    SendCopy,
    AskErasure,
    TakeErasureBack,
    EraseAll,
    KeepOn,
    IAmStaff,
    WithAccount,
    SeeRefusal,
    WaiveChallenge,
    Unblock,
    WitnessCard,
    VouchUnchecked,
    SignOut,
    Search,
    SeeOutbox,
    SeeFigures,
    TryAgain,
}

impl ButtonName {
    pub fn label(self) -> Msg {
        match self {
            ButtonName::Validate => Msg::ButtonValidate,
            ButtonName::Continue => Msg::ButtonContinue,
            ButtonName::Refresh => Msg::ButtonRefresh,
            ButtonName::Enter => Msg::ButtonEnter,
            ButtonName::CreateAccount => Msg::ButtonCreateAccount,
            ButtonName::RecoverClave => Msg::ButtonRecoverClave,
            ButtonName::ChangeClave => Msg::ButtonChangeClave,
            ButtonName::Accept => Msg::ButtonAccept,
            ButtonName::Later => Msg::ButtonLater,
            ButtonName::SendCodeAgain => Msg::ButtonSendCodeAgain,
            ButtonName::GoBack => Msg::ButtonGoBack,
            ButtonName::Retry => Msg::ButtonRetry,
            ButtonName::GoOnUnchecked => Msg::ButtonGoOnUnchecked,
            ButtonName::AskHelp => Msg::ButtonAskHelp,
            ButtonName::GoRecover => Msg::ButtonGoRecover,
            ButtonName::GoRegister => Msg::ButtonGoRegister,
            ButtonName::GoChange => Msg::ButtonGoChange,
            ButtonName::Staff => Msg::ButtonStaff,
            ButtonName::Finish => Msg::ButtonFinish,
            ButtonName::UndoIt => Msg::ButtonUndoIt,
            ButtonName::MyData => Msg::ButtonMyData,
            ButtonName::SaveChanges => Msg::ButtonSaveChanges,
            ButtonName::SeeKept => Msg::ButtonSeeKept,
            ButtonName::SendCopy => Msg::ButtonSendCopy,
            ButtonName::AskErasure => Msg::ButtonAskErasure,
            ButtonName::TakeErasureBack => Msg::ButtonTakeErasureBack,
            ButtonName::EraseAll => Msg::ButtonEraseAll,
            ButtonName::KeepOn => Msg::ButtonKeepOn,
            ButtonName::IAmStaff => Msg::ButtonIAmStaff,
            ButtonName::WithAccount => Msg::ButtonWithAccount,
            ButtonName::SeeRefusal => Msg::ButtonSeeRefusal,
            ButtonName::WaiveChallenge => Msg::ButtonWaiveChallenge,
            ButtonName::Unblock => Msg::ButtonUnblock,
            ButtonName::WitnessCard => Msg::ButtonWitnessCard,
            ButtonName::VouchUnchecked => Msg::ButtonVouchUnchecked,
            ButtonName::SignOut => Msg::ButtonSignOut,
            ButtonName::Search => Msg::ButtonSearch,
            ButtonName::SeeOutbox => Msg::ButtonSeeOutbox,
            ButtonName::SeeFigures => Msg::ButtonSeeFigures,
            ButtonName::TryAgain => Msg::ButtonTryAgain,
        }
    }
}

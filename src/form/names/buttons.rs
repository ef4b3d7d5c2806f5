//! Every button by name.

use crate::text::Msg;

/// A button, by what stands on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ButtonName {
    /// *Validar*
    Validate,
    /// *Continuar*
    Continue,
    /// *Refrescar*
    Refresh,
    /// *Ingresar*
    Enter,
    /// *Crear Cuenta*
    CreateAccount,
    /// *Recuperar Clave*
    RecoverClave,
    /// *Cambiar Clave*
    ChangeClave,
    /// *Aceptar*
    Accept,
    /// *Hacerlo después*
    Later,
    /// *Enviar otro código*
    SendCodeAgain,
    /// *Volver*
    GoBack,
    /// *Reintentar*
    Retry,
    /// *Seguir y dejar pendiente*
    GoOnUnchecked,
    /// *Pedir ayuda*
    AskHelp,
    /// *Recuperar CS aquí*
    GoRecover,
    /// *Regístrese aquí*
    GoRegister,
    /// *Cambie su CS aquí*
    GoChange,
    /// *Hay un funcionario conmigo*
    Staff,
    /// *Terminar*
    Finish,
    /// *No fui yo: deshacer*
    UndoIt,
    /// *Mis datos*
    MyData,
    /// *Guardar cambios*
    SaveChanges,
    /// *Ver qué se guarda*
    SeeKept,
    /// *Enviar una copia*
    SendCopy,
    /// *Pedir que se borre*
    AskErasure,
    /// *No borrar: dejar todo como está*
    TakeErasureBack,
    /// *Sí, terminar y borrar todo*
    EraseAll,
    /// *No, seguir con mi trámite*
    KeepOn,
    /// *Soy funcionario*
    IAmStaff,
    /// *Entrar con mi cuenta*
    WithAccount,
    /// *Ver por qué no pudo*
    SeeRefusal,
    /// *Verificar en persona, sin letras*
    WaiveChallenge,
    /// *Desbloquear un RUT*
    Unblock,
    /// *Desbloquear este puesto*
    UnlockTerminal,
    /// *Confirmar cédula vista*
    WitnessCard,
    /// *Confirmar cédula con registros caídos*
    VouchUnchecked,
    /// *Salir*
    SignOut,
    /// *Buscar por RUT o folio*
    Search,
    /// *Mensajes por enviar*
    SeeOutbox,
    /// *Cifras de hoy*
    SeeFigures,
    /// *Enviar otra vez*
    TryAgain,
    /// *Realizar solicitud*
    MakeRequest,
    /// *Usar este archivo*
    UseFile,
    /// *Elegir otro archivo*
    OtherFile,
    /// *Ver la versión reducida*
    ScaleDown,
    /// *Otra dirección*
    NewPhonePage,
    /// *Consultar*
    LookUpRequest,
    /// *Solicitudes de facilitadores*
    SeeRequests,
    /// *Ver la lista*
    ListRequests,
    /// *Exportar para verlos*
    ExportDocuments,
    /// *Terminar mi registro*
    ResumeRegistration,
    /// *No tengo el celular aquí*
    NoMobileHere,
    /// *Confirmar contactos*
    ProveContacts,
    /// *Exportar el archivo mismo*
    ExportFiles,
    /// *Aprobar*
    ApproveRequest,
    /// *Rechazar*
    RefuseRequest,
    /// *Retirar, porque la empresa lo pide*
    WithdrawRequest,
    /// *Entregar la cuenta: primer funcionario*
    OpenDispute,
    /// *Entregar la cuenta: segundo funcionario*
    ConfirmDispute,
    /// *Entregas por confirmar*
    SeeDisputes,
    /// *Entregar cuenta*
    HandOver,
}

impl ButtonName {
    /// What stands on it.
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
            ButtonName::UnlockTerminal => Msg::ButtonUnlockTerminal,
            ButtonName::WitnessCard => Msg::ButtonWitnessCard,
            ButtonName::VouchUnchecked => Msg::ButtonVouchUnchecked,
            ButtonName::SignOut => Msg::ButtonSignOut,
            ButtonName::Search => Msg::ButtonSearch,
            ButtonName::SeeOutbox => Msg::ButtonSeeOutbox,
            ButtonName::SeeFigures => Msg::ButtonSeeFigures,
            ButtonName::TryAgain => Msg::ButtonTryAgain,
            ButtonName::MakeRequest => Msg::ButtonMakeRequest,
            ButtonName::UseFile => Msg::ButtonUseFile,
            ButtonName::OtherFile => Msg::ButtonOtherFile,
            ButtonName::ScaleDown => Msg::ButtonScaleDown,
            ButtonName::NewPhonePage => Msg::ButtonNewPhonePage,
            ButtonName::LookUpRequest => Msg::ButtonLookUpRequest,
            ButtonName::SeeRequests => Msg::ButtonSeeRequests,
            ButtonName::ListRequests => Msg::ButtonListRequests,
            ButtonName::ExportDocuments => Msg::ButtonExportDocuments,
            ButtonName::ResumeRegistration => Msg::ButtonResumeRegistration,
            ButtonName::NoMobileHere => Msg::ButtonNoMobileHere,
            ButtonName::ProveContacts => Msg::ButtonProveContacts,
            ButtonName::ExportFiles => Msg::ButtonExportFiles,
            ButtonName::ApproveRequest => Msg::ButtonApproveRequest,
            ButtonName::RefuseRequest => Msg::ButtonRefuseRequest,
            ButtonName::WithdrawRequest => Msg::ButtonWithdrawRequest,
            ButtonName::OpenDispute => Msg::ButtonOpenDispute,
            ButtonName::ConfirmDispute => Msg::ButtonConfirmDispute,
            ButtonName::SeeDisputes => Msg::ButtonSeeDisputes,
            ButtonName::HandOver => Msg::ButtonHandOver,
        }
    }
}

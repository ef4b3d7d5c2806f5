//! Every button by name.

use crate::text::Msg;

/// Declares each button once: what it is called here, and the sentence on it.
macro_rules! buttons {
    ($($(#[$doc:meta])* $name:ident => $label:expr,)+) => {
        /// A button, by what stands on it.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum ButtonName {
            $($(#[$doc])* $name,)+
        }

        impl ButtonName {
            /// What stands on it.
            pub fn label(self) -> Msg {
                match self {
                    $(ButtonName::$name => $label,)+
                }
            }
        }
    };
}

buttons! {
    /// *Validar*
    Validate => Msg::ButtonValidate,
    /// *Continuar*
    Continue => Msg::ButtonContinue,
    /// *Refrescar*
    Refresh => Msg::ButtonRefresh,
    /// *Ingresar*
    Enter => Msg::ButtonEnter,
    /// *Crear Cuenta*
    CreateAccount => Msg::ButtonCreateAccount,
    /// *Recuperar Clave*
    RecoverClave => Msg::ButtonRecoverClave,
    /// *Cambiar Clave*
    ChangeClave => Msg::ButtonChangeClave,
    /// *Aceptar*
    Accept => Msg::ButtonAccept,
    /// *Hacerlo después*
    Later => Msg::ButtonLater,
    /// *Corregir el correo*
    MendEmail => Msg::ButtonMendEmail,
    /// *Enviar otro código*
    SendCodeAgain => Msg::ButtonSendCodeAgain,
    /// *Volver*
    GoBack => Msg::ButtonGoBack,
    /// *Reintentar*
    Retry => Msg::ButtonRetry,
    /// *Seguir y dejar pendiente*
    GoOnUnchecked => Msg::ButtonGoOnUnchecked,
    /// *Pedir ayuda*
    AskHelp => Msg::ButtonAskHelp,
    /// *Recuperar CS aquí*
    GoRecover => Msg::ButtonGoRecover,
    /// *Regístrese aquí*
    GoRegister => Msg::ButtonGoRegister,
    /// *Cambie su CS aquí*
    GoChange => Msg::ButtonGoChange,
    /// *Hay un funcionario conmigo*
    Staff => Msg::ButtonStaff,
    /// *No fui yo: deshacer*
    UndoIt => Msg::ButtonUndoIt,
    /// *Mis datos*
    MyData => Msg::ButtonMyData,
    /// *Guardar cambios*
    SaveChanges => Msg::ButtonSaveChanges,
    /// *Ver qué se guarda*
    SeeKept => Msg::ButtonSeeKept,
    /// *Enviar una copia*
    SendCopy => Msg::ButtonSendCopy,
    /// *Pedir que se borre*
    AskErasure => Msg::ButtonAskErasure,
    /// *No borrar: dejar todo como está*
    TakeErasureBack => Msg::ButtonTakeErasureBack,
    /// *Sí, salir*
    EraseAll => Msg::ButtonEraseAll,
    /// *No, seguir con mi trámite*
    KeepOn => Msg::ButtonKeepOn,
    /// *Soy funcionario*
    IAmStaff => Msg::ButtonIAmStaff,
    /// *Ingresar con mi cuenta*
    WithAccount => Msg::ButtonWithAccount,
    /// *Ver por qué no pudo*
    SeeRefusal => Msg::ButtonSeeRefusal,
    /// *Verificar en persona, sin letras*
    WaiveChallenge => Msg::ButtonWaiveChallenge,
    /// *Desbloquear un RUT*
    Unblock => Msg::ButtonUnblock,
    /// *Desbloquear este tótem*
    UnlockTerminal => Msg::ButtonUnlockTerminal,
    /// *Confirmar cédula vista*
    WitnessCard => Msg::ButtonWitnessCard,
    /// *Confirmar cédula con registros caídos*
    VouchUnchecked => Msg::ButtonVouchUnchecked,
    /// *Aceptar cédula vencida, vista*
    AcceptCard => Msg::ButtonAcceptCard,
    /// *Cerrar mi sesión*
    SignOut => Msg::ButtonSignOut,
    /// *Dejar de acompañar*
    StopAccompanying => Msg::ButtonStopAccompanying,
    /// *Buscar por RUT o folio*
    Search => Msg::ButtonSearch,
    /// *Mensajes por enviar*
    SeeOutbox => Msg::ButtonSeeOutbox,
    /// *Cifras por día*
    SeeFigures => Msg::ButtonSeeFigures,
    /// *Día anterior*
    DayBefore => Msg::ButtonDayBefore,
    /// *Día siguiente*
    DayAfter => Msg::ButtonDayAfter,
    /// *Enviar otra vez*
    TryAgain => Msg::ButtonTryAgain,
    /// *Realizar solicitud*
    MakeRequest => Msg::ButtonMakeRequest,
    /// *Usar este archivo*
    UseFile => Msg::ButtonUseFile,
    /// *Elegir otro archivo*
    OtherFile => Msg::ButtonOtherFile,
    /// *Ver la versión reducida*
    ScaleDown => Msg::ButtonScaleDown,
    /// *Otra dirección*
    NewPhonePage => Msg::ButtonNewPhonePage,
    /// *Consultar*
    LookUpRequest => Msg::ButtonLookUpRequest,
    /// *Solicitudes de facilitadores*
    SeeRequests => Msg::ButtonSeeRequests,
    /// *Ver la lista*
    ListRequests => Msg::ButtonListRequests,
    /// *Exportar para verlos*
    ExportDocuments => Msg::ButtonExportDocuments,
    /// *Soy el facilitador: cambiar mi CS*
    GoFacilitatorKey => Msg::MenuFacilitatorKey,
    /// *Salir*
    Leave => Msg::ButtonLeave,
    /// *Ya llegó: cambiar mi CS*
    ChangeArrived => Msg::ButtonChangeArrived,
    /// *Terminar mi registro*
    ResumeRegistration => Msg::ButtonResumeRegistration,
    /// *No tengo el celular aquí*
    NoMobileHere => Msg::ButtonNoMobileHere,
    /// *Confirmar contactos*
    ProveContacts => Msg::ButtonProveContacts,
    /// *Exportar el archivo mismo*
    ExportFiles => Msg::ButtonExportFiles,
    /// *Aprobar*
    ApproveRequest => Msg::ButtonApproveRequest,
    /// *Rechazar*
    RefuseRequest => Msg::ButtonRefuseRequest,
    /// *Retirar, porque la empresa lo pide*
    WithdrawRequest => Msg::ButtonWithdrawRequest,
    /// *Entregar la cuenta: primer funcionario*
    OpenDispute => Msg::ButtonOpenDispute,
    /// *Registrar empresa que no está en la lista: primer funcionario*
    OpenUnlisted => Msg::ButtonOpenUnlisted,
    /// *Entregar la cuenta: segundo funcionario*
    ConfirmDispute => Msg::ButtonConfirmDispute,
    /// *Entregas por confirmar*
    SeeDisputes => Msg::ButtonSeeDisputes,
    /// *Entregar cuenta*
    HandOver => Msg::ButtonHandOver,
}

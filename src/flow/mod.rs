//! The guide as state machines, one file a workflow, one variant a step. A machine is pure: a
//! touch or a reply goes in, the next step comes out, and with it perhaps one effect to ask of
//! the world. What a step has proved it holds as a value that nothing else can make.
//!
//! To read one: its enum `Step` says where a person can be; `shows` says what they see there; `go`,
//! `answered` and `back` say where each step leads. Asking, waiting and the challenge are alike in
//! all, and stand in `machine`.

pub(crate) mod asked;
pub(crate) mod cannot_enter;
pub(crate) mod challenge;
pub(crate) mod change;
pub(crate) mod choose_clave;
pub(crate) mod code;
pub(crate) mod credentials;
pub(crate) mod facilitator;
pub(crate) mod facilitator_clave;
pub(crate) mod facilitator_menu;
pub(crate) mod held_key;
pub(crate) mod information;
pub(crate) mod machine;
pub(crate) mod menu;
mod mismatch;
mod panels;
pub(crate) mod promise;
pub(crate) mod recover;
pub(crate) mod register;
pub(crate) mod request_status;
pub(crate) mod review;
pub(crate) mod sent_key;
pub(crate) mod settlement;
mod shown;
pub(crate) mod staff;
pub(crate) mod steps;
pub(crate) mod stop;
#[cfg(test)]
mod table;
#[cfg(test)]
mod tests;
pub(crate) mod undo;
pub(crate) mod update;

use std::hash::{DefaultHasher, Hash, Hasher as _};

use crate::domain::clean::Clean;
use crate::domain::email::Email;
use crate::domain::folio::Folio;
use crate::domain::rut::Rut;
use crate::effect::Effect;
use crate::event::Target;
use crate::form::field::Remark;
use crate::form::names::{ButtonName, Name};
use crate::form::{Form, Told};
use crate::page::{Block, Page, Words};
use crate::text::Msg;

/// What a machine does after a touch or a reply.
#[derive(Debug, PartialEq)]
pub enum Next<S> {
    /// On with this state.
    Stay(S),
    /// On with this state, and this is to be asked of the world.
    Ask(S, Effect),
    /// *Pedir ayuda*: as F2.
    CallStaff(S),
    /// It is over.
    Leave(Ending),
}

/// Where a machine leads when it is over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// Back to the menu; the visit goes on.
    Menu,
    /// On to another workflow.
    To(Workflow),
    /// The same with this company's RUT filled in. Nothing else goes along.
    ToWith(Workflow, Rut),
    /// The person is done: erase everything.
    Visit,
}

impl Ending {
    /// On to another workflow, with the company's RUT if it is known.
    pub(crate) fn with(workflow: Workflow, company: Option<Rut>) -> Self {
        company.map_or(Ending::To(workflow), |company| Ending::ToWith(workflow, company))
    }
}

/// The entries of the menu (guide 2 to 5), and those that it adds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Workflow {
    /// *Registrar Persona Jurídica* (guide 2).
    Register,
    /// *Recuperar CS* (guide 3).
    Recover,
    /// *Cambiar CS* (guide 4).
    Change,
    /// The list of what can be done for a foreign facilitator (guide 5).
    ForeignFacilitator,
    /// *Solicitud de CS para Facilitador Extranjero*.
    FacilitatorRequest,
    /// *Estado de mi solicitud*.
    RequestStatus,
    /// A facilitator's own *Cambiar CS*.
    FacilitatorClave,
    /// *Actualizar datos* and *Mis datos*.
    UpdateData,
    /// *Más información*.
    Information,
    /// *¿Problemas para ingresar?*.
    CannotEnter,
    /// *No fui yo*.
    Undo,
}

/// What the office decides about the screens.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Setup {
    /// The secret questions to choose from.
    pub questions: Vec<Clean>,
}

/// What state a visit is in, for the idle limits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engagement {
    /// There is nothing to lose.
    NothingTyped,
    /// What was typed would be lost.
    DataTyped,
    /// It is done, and a receipt stands.
    Confirmation,
    /// The person looks for a code in their telephone, or sends a file from it.
    WaitingForPhone,
    /// Staff signed in at their own desk, where F8 changes nothing.
    Staff,
    /// The person looks for a file, or has it scanned.
    WaitingForFile,
}

/// Which page of a workflow stands: as long as it is equal, the person is still asked the same.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Spot(u64);

impl Spot {
    /// Of what tells this page from the workflow's others, and of nothing that was typed.
    pub fn of(what: impl Hash) -> Self {
        let mut hasher = DefaultHasher::new();
        what.hash(&mut hasher);
        Spot(hasher.finish())
    }
}

/// A page without notice and keys, which the kiosk adds.
pub(crate) fn page(place: Msg, heading: impl Into<Words>, blocks: Vec<Block>, focus: Target) -> Page {
    Page {
        place,
        progress: None,
        heading: heading.into(),
        blocks,
        focus,
        turned: 0,
        leads_back: true,
        leaves_typed: false,
        help: Vec::new(),
        assistance: None,
        keys: Vec::new(),
        notice: None,
    }
}

impl Page {
    pub(crate) fn with_help(mut self, help: Vec<Msg>) -> Self {
        self.help = help;
        self
    }
}

/// A likely slip in an address is pointed out once; the person may go on.
pub(crate) fn told_of_slip(form: &mut Form, name: Name, email: &Email) -> bool {
    let Some(meant) = email.probably_meant() else { return true };
    form.told(name, Remark::DidYouMean(meant)) == Told::Before
}

/// The question before something is lost; Enter alone loses nothing.
pub(crate) fn whether_to_leave() -> Form {
    Form::new(vec![], vec![ButtonName::EraseAll, ButtonName::KeepOn]).resting_on(ButtonName::KeepOn)
}

/// The receipt's folio, in letters and to scan; nothing else stands in the QR.
pub(crate) fn folio_blocks(folio: Folio) -> Vec<Block> {
    let folio = Clean::from(folio.to_string());
    vec![Block::Qr { content: folio.to_string(), letters: Msg::ReceiptFolio { folio }.into() }]
}

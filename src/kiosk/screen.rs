//! The screens of a visit: the attract page, the menu, and one for each workflow. The set is
//! closed, so `match` finds what a new one lacks.

mod staffed;

use std::mem::discriminant;

use crate::domain::clean::Clean;
use crate::domain::language::Language;
use crate::domain::rut::Rut;
use crate::domain::visits::Road;
use crate::effect::{Proved, Reply, VouchedOnFile};
use crate::event::Target;
use crate::flow::cannot_enter::CannotEnter;
use crate::flow::change::Change;
use crate::flow::facilitator::Facilitator;
use crate::flow::facilitator_clave::FacilitatorClave;
use crate::flow::facilitator_menu::FacilitatorMenu;
use crate::flow::information::Information;
use crate::flow::machine::Machine;
use crate::flow::menu::{Choosing, Chosen, Menu};
use crate::flow::recover::Recover;
use crate::flow::register::Register;
use crate::flow::request_status::RequestStatus;
use crate::flow::settlement::Settlement;
use crate::flow::staff::StaffDesk;
use crate::flow::undo::Undo;
use crate::flow::update::Update;
use crate::flow::{Engagement, Next, Setup, Spot, Workflow, page};
use crate::form::Touch;
use crate::page::{Block, Item, Page, Words};
use crate::text::Msg;

/// What a visit is at.
#[derive(Debug)]
pub enum Screen {
    /// Nobody is here.
    Attract(Choosing),
    /// *Persona Jurídica*
    Menu(Menu),
    /// Guide 2
    Register(Box<Register>),
    /// Guide 3
    Recover(Box<Recover>),
    /// The account given by two members of staff (T6).
    Settlement(Box<Settlement>),
    /// Guide 4
    Change(Box<Change>),
    /// *No fui yo*
    Undo(Undo),
    /// *Actualizar datos*
    Update(Box<Update>),
    /// What a facilitator can do here.
    FacilitatorMenu(FacilitatorMenu),
    /// Guide 5
    Facilitator(Box<Facilitator>),
    /// *Estado de mi solicitud*
    RequestStatus(RequestStatus),
    /// A facilitator's clave.
    FacilitatorClave(Box<FacilitatorClave>),
    /// *Más información*
    Information(Information),
    /// *¿Problemas para ingresar?*
    CannotEnter(CannotEnter),
    /// Staff at their own desk.
    Staff(Box<StaffDesk>),
}

impl Default for Screen {
    fn default() -> Self {
        Screen::Attract(Choosing::default())
    }
}

/// Dresses a machine's next state as a screen.
fn lift<S>(next: Next<S>, wrap: impl FnOnce(S) -> Screen) -> Next<Screen> {
    match next {
        Next::Stay(state) => Next::Stay(wrap(state)),
        Next::Ask(state, effect) => Next::Ask(wrap(state), effect),
        Next::CallStaff(state) => Next::CallStaff(wrap(state)),
        Next::Leave(ending) => Next::Leave(ending),
    }
}

/// The same for one that is too large to be moved about.
fn boxed<S>(next: Next<S>, wrap: impl FnOnce(Box<S>) -> Screen) -> Next<Screen> {
    lift(next, |state| wrap(Box::new(state)))
}

impl Screen {
    /// *Persona Jurídica*: everything that can be done here.
    pub fn menu() -> Self {
        Screen::Menu(Menu::default())
    }

    /// A workflow at its beginning.
    pub fn of(workflow: Workflow, setup: &Setup) -> Self {
        match workflow {
            Workflow::Register => Screen::Register(Box::new(Register::new(setup))),
            Workflow::Recover => Screen::Recover(Box::default()),
            Workflow::Change => Screen::Change(Box::default()),
            Workflow::Undo => Screen::Undo(Undo::default()),
            Workflow::Information => Screen::Information(Information::default()),
            Workflow::CannotEnter => Screen::CannotEnter(CannotEnter::default()),
            Workflow::UpdateData => Screen::Update(Box::new(Update::new(setup))),
            Workflow::ForeignFacilitator => Screen::FacilitatorMenu(FacilitatorMenu::default()),
            Workflow::FacilitatorRequest => Screen::Facilitator(Box::new(Facilitator::new(setup))),
            Workflow::RequestStatus => Screen::RequestStatus(RequestStatus::default()),
            Workflow::FacilitatorClave => Screen::FacilitatorClave(Box::default()),
        }
    }

    /// The same with this company's RUT filled in, where the workflow begins with one.
    pub fn with(workflow: Workflow, company: Rut, setup: &Setup) -> Self {
        match workflow {
            Workflow::Change => Screen::Change(Box::new(Change::of(company))),
            Workflow::Recover => Screen::Recover(Box::new(Recover::of(company))),
            Workflow::Register => Screen::Register(Box::new(Register::of(Some(company), setup))),
            other => Screen::of(other, setup),
        }
    }

    /// Something happens to it. The one place that knows what each screen does by itself.
    pub fn act(self, act: ScreenAct<'_>, language: &mut Language) -> Next<Screen> {
        match self {
            Screen::Attract(choosing) => attract(choosing, act, language),
            Screen::Menu(menu) => lift(touched(menu, act, Menu::press), Screen::Menu),
            Screen::Register(flow) => boxed(registered(*flow, act), Screen::Register),
            Screen::Recover(flow) => boxed(recovered(*flow, act), Screen::Recover),
            Screen::Settlement(flow) => boxed(flow.act(act), Screen::Settlement),
            Screen::Change(flow) => boxed(flow.act(act), Screen::Change),
            Screen::Undo(flow) => lift(flow.act(act), Screen::Undo),
            Screen::Update(flow) => boxed(flow.act(act), Screen::Update),
            Screen::FacilitatorMenu(flow) => {
                lift(touched(flow, act, FacilitatorMenu::press), Screen::FacilitatorMenu)
            }
            Screen::Facilitator(flow) => boxed(flow.act(act), Screen::Facilitator),
            Screen::RequestStatus(flow) => lift(flow.act(act), Screen::RequestStatus),
            Screen::FacilitatorClave(flow) => boxed(flow.act(act), Screen::FacilitatorClave),
            Screen::Information(flow) => lift(touched(flow, act, Information::press), Screen::Information),
            Screen::CannotEnter(flow) => lift(touched(flow, act, CannotEnter::press), Screen::CannotEnter),
            Screen::Staff(desk) => boxed(desk.act(act), Screen::Staff),
        }
    }

    /// What can be read off it. The one place that knows where each screen keeps it.
    fn face(&self) -> &dyn Face {
        match self {
            Screen::Attract(choosing) => choosing,
            Screen::Menu(menu) => menu,
            Screen::Register(flow) => &**flow,
            Screen::Recover(flow) => &**flow,
            Screen::Settlement(flow) => &**flow,
            Screen::Change(flow) => &**flow,
            Screen::Undo(flow) => flow,
            Screen::Update(flow) => &**flow,
            Screen::FacilitatorMenu(flow) => flow,
            Screen::Facilitator(flow) => &**flow,
            Screen::RequestStatus(flow) => flow,
            Screen::FacilitatorClave(flow) => &**flow,
            Screen::Information(flow) => flow,
            Screen::CannotEnter(flow) => flow,
            Screen::Staff(desk) => &**desk,
        }
    }

    /// The page, composed anew.
    pub fn page(&self) -> Page {
        #[cfg(test)]
        COMPOSED.set(COMPOSED.get() + 1);
        self.face().page()
    }

    /// `None` while nobody is here.
    pub fn engagement(&self) -> Option<Engagement> {
        self.face().engagement()
    }

    /// Which page stands.
    pub fn spot(&self) -> Spot {
        Spot::of((discriminant(self), self.face().spot()))
    }

    /// Which of the guide's roads this is, for the day's figures.
    pub fn road(&self) -> Option<Road> {
        match self {
            Screen::Register(_) => Some(Road::Register),
            Screen::Recover(_) | Screen::Settlement(_) => Some(Road::Recover),
            Screen::Change(_) => Some(Road::Change),
            Screen::Undo(_) => Some(Road::Undo),
            Screen::Update(_) => Some(Road::Update),
            Screen::Facilitator(_) => Some(Road::Facilitator),
            Screen::RequestStatus(_) => Some(Road::RequestStatus),
            Screen::FacilitatorClave(_) => Some(Road::FacilitatorKey),
            Screen::Attract(_)
            | Screen::Menu(_)
            | Screen::FacilitatorMenu(_)
            | Screen::Information(_)
            | Screen::CannotEnter(_)
            | Screen::Staff(_) => None,
        }
    }
}

#[cfg(test)]
thread_local! {
    /// How many pages were composed: each costs as much as drawing it.
    pub static COMPOSED: std::cell::Cell<usize> = const { std::cell::Cell::new(0) };
}

/// What can happen to a screen.
#[derive(Debug)]
pub enum ScreenAct<'a> {
    /// The person does something.
    Touch(&'a Touch),
    /// What was asked is answered.
    Reply(Reply),
    /// Staff vouch for the person.
    Vouched,
    /// Staff confirmed the card: what it lets go.
    Witnessed(Proved),
    /// Staff saw the card while no register answered.
    VouchedOnFile(VouchedOnFile, Clean),
    /// Staff took a card that had been refused: what it leads to.
    AcceptedCard(Reply),
}

/// What happens to a workflow that asks the world.
trait Acts: Machine {
    fn act(self, act: ScreenAct<'_>) -> Next<Self> {
        match act {
            ScreenAct::Touch(touch) => self.press(touch),
            ScreenAct::Reply(reply) => self.reply(reply),
            ScreenAct::Vouched => self.vouched(),
            ScreenAct::Witnessed(..) | ScreenAct::VouchedOnFile(..) | ScreenAct::AcceptedCard(_) => {
                Next::Stay(self)
            }
        }
    }
}

impl<M: Machine> Acts for M {}

/// A card is shown on one road alone.
fn recovered(flow: Recover, act: ScreenAct<'_>) -> Next<Recover> {
    match act {
        ScreenAct::Witnessed(proved) => flow.witnessed(proved),
        ScreenAct::VouchedOnFile(vouched, masked) => flow.vouched_on_file(vouched, masked),
        ScreenAct::AcceptedCard(reply) => flow.card_accepted(reply),
        other => flow.act(other),
    }
}

/// An account may be made in person, and a recovery may come of a registration.
fn registered(flow: Register, act: ScreenAct<'_>) -> Next<Register> {
    match act {
        ScreenAct::Witnessed(proved) => flow.witnessed(proved),
        ScreenAct::AcceptedCard(reply) => flow.card_accepted(reply),
        other => flow.act(other),
    }
}

/// What happens to a screen that asks nothing of the world.
fn touched<S>(screen: S, act: ScreenAct<'_>, press: impl FnOnce(S, &Touch) -> Next<S>) -> Next<S> {
    match act {
        ScreenAct::Touch(touch) => press(screen, touch),
        _ => Next::Stay(screen),
    }
}

/// The first page: on to the menu, in one language or the other.
fn attract(mut choosing: Choosing, act: ScreenAct<'_>, language: &mut Language) -> Next<Screen> {
    let ScreenAct::Touch(touch) = act else { return Next::Stay(Screen::Attract(choosing)) };
    match choosing.touch(touch, 2) {
        Chosen::Entry(entry) => {
            if entry == 1 {
                *language = language.other();
            }
            Next::Stay(Screen::menu())
        }
        Chosen::Back | Chosen::NotYet => Next::Stay(Screen::Attract(choosing)),
    }
}

/// What can be read off a screen.
trait Face {
    fn page(&self) -> Page;
    /// `None` while nobody is here.
    fn engagement(&self) -> Option<Engagement>;
    /// Which of its pages stands; a screen with one page has nothing to tell.
    fn spot(&self) -> Spot {
        Spot::default()
    }
    /// The company that has to wait, for staff to end it.
    fn blocked(&self) -> Option<Rut> {
        None
    }
    /// Whether the terminal is locked, for staff to end that.
    fn is_locked(&self) -> bool {
        false
    }
}

/// A workflow that asks the world.
impl<M: Machine> Face for M {
    fn page(&self) -> Page {
        Machine::page(self)
    }

    fn engagement(&self) -> Option<Engagement> {
        Some(Machine::engagement(self))
    }

    fn spot(&self) -> Spot {
        Machine::spot(self)
    }

    fn blocked(&self) -> Option<Rut> {
        Machine::blocked(self)
    }

    fn is_locked(&self) -> bool {
        Machine::is_locked(self)
    }
}

impl Face for Menu {
    fn page(&self) -> Page {
        Menu::page(self)
    }

    fn engagement(&self) -> Option<Engagement> {
        Some(Menu::engagement(self))
    }
}

impl Face for FacilitatorMenu {
    fn page(&self) -> Page {
        FacilitatorMenu::page(self)
    }

    fn engagement(&self) -> Option<Engagement> {
        Some(FacilitatorMenu::engagement(self))
    }
}

impl Face for Information {
    fn page(&self) -> Page {
        Information::page(self)
    }

    fn engagement(&self) -> Option<Engagement> {
        Some(Information::engagement(self))
    }

    fn spot(&self) -> Spot {
        Information::spot(self)
    }
}

impl Face for CannotEnter {
    fn page(&self) -> Page {
        CannotEnter::page(self)
    }

    fn engagement(&self) -> Option<Engagement> {
        Some(CannotEnter::engagement(self))
    }

    fn spot(&self) -> Spot {
        CannotEnter::spot(self)
    }
}

/// The first page.
impl Face for Choosing {
    fn page(&self) -> Page {
        attract_page(*self)
    }

    fn engagement(&self) -> Option<Engagement> {
        None
    }
}

fn attract_page(choosing: Choosing) -> Page {
    let item = |index, label| Item { target: Target::Item(index), label, detail: None };
    let blocks = vec![
        Block::Banner("CLAVE SENCE".to_string()),
        Block::Paragraph(Words::Said(Msg::AttractHint)),
        Block::Menu(vec![item(0, Msg::AttractStart), item(1, Msg::AttractOtherLanguage)]),
        Block::Paragraph(Words::Said(Msg::AttractPrivacy)),
    ];
    page(Msg::PlaceAttract, Msg::AttractHeading, blocks, choosing.focus())
}

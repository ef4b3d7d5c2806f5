//! The screens of a visit: the attract page, the menu, and one for each workflow. The set is
//! closed, so `match` finds what a new one lacks.

use crate::domain::clean::Clean;
use crate::domain::folio::Folio;
use crate::domain::language::Language;
use crate::domain::rut::Rut;
use crate::domain::visits::{Road, Stage};
use crate::effect::{AwaitingCode, Reply, SentTo, StaffSession, VouchedOnFile};
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
use crate::flow::staff::{StaffDesk, words};
use crate::flow::undo::Undo;
use crate::flow::update::Update;
use crate::flow::{Engagement, Next, Setup, Workflow, page};
use crate::form::Touch;
use crate::page::{Block, Item, Page, Words};
use crate::text::Msg;

#[derive(Debug)]
pub enum Screen {
    /// Nobody is here.
    Attract(Choosing),
    Menu(Menu),
    Register(Box<Register>),
    Recover(Box<Recover>),
    Change(Box<Change>),
    Undo(Undo),
    Update(Box<Update>),
    FacilitatorMenu(FacilitatorMenu),
    Facilitator(Box<Facilitator>),
    RequestStatus(RequestStatus),
    FacilitatorClave(Box<FacilitatorClave>),
    Information(Information),
    CannotEnter(CannotEnter),
    Staff(Box<StaffDesk>),
}

impl Default for Screen {
    fn default() -> Self {
        Screen::Attract(Choosing::default())
    }
}

/// Dresses a machine's next state as the kiosk's.
fn lift<S>(next: Next<S>, wrap: impl FnOnce(S) -> Screen) -> Next<Screen> {
    match next {
        Next::Stay(state) => Next::Stay(wrap(state)),
        Next::Ask(state, effect) => Next::Ask(wrap(state), effect),
        Next::CallStaff(state) => Next::CallStaff(wrap(state)),
        Next::Leave(ending) => Next::Leave(ending),
    }
}

impl Screen {
    pub fn menu() -> Self {
        Screen::Menu(Menu::default())
    }

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

    pub fn press(self, touch: &Touch, language: &mut Language) -> Next<Screen> {
        match self {
            Screen::Attract(mut choosing) => match choosing.touch(touch, 2) {
                Chosen::Entry(entry) => {
                    if entry == 1 {
                        *language = language.other();
                    }
                    Next::Stay(Screen::menu())
                }
                Chosen::Back | Chosen::NotYet => Next::Stay(Screen::Attract(choosing)),
            },
            Screen::Menu(menu) => lift(menu.press(touch), Screen::Menu),
            Screen::Register(flow) => lift(flow.press(touch), |flow| Screen::Register(Box::new(flow))),
            Screen::Recover(flow) => lift(flow.press(touch), |flow| Screen::Recover(Box::new(flow))),
            Screen::Change(flow) => lift(flow.press(touch), |flow| Screen::Change(Box::new(flow))),
            Screen::Undo(flow) => lift(flow.press(touch), Screen::Undo),
            Screen::Update(flow) => lift(flow.press(touch), |flow| Screen::Update(Box::new(flow))),
            Screen::FacilitatorMenu(flow) => lift(flow.press(touch), Screen::FacilitatorMenu),
            Screen::Facilitator(flow) => lift(flow.press(touch), |flow| Screen::Facilitator(Box::new(flow))),
            Screen::RequestStatus(flow) => lift(flow.press(touch), Screen::RequestStatus),
            Screen::FacilitatorClave(flow) => {
                lift(flow.press(touch), |flow| Screen::FacilitatorClave(Box::new(flow)))
            }
            Screen::Information(flow) => lift(flow.press(touch), Screen::Information),
            Screen::CannotEnter(flow) => lift(flow.press(touch), Screen::CannotEnter),
            Screen::Staff(flow) => lift(flow.press(touch), |flow| Screen::Staff(Box::new(flow))),
        }
    }

    pub fn reply(self, reply: Reply) -> Next<Screen> {
        match self {
            Screen::Register(flow) => lift(flow.reply(reply), |flow| Screen::Register(Box::new(flow))),
            Screen::Recover(flow) => lift(flow.reply(reply), |flow| Screen::Recover(Box::new(flow))),
            Screen::Change(flow) => lift(flow.reply(reply), |flow| Screen::Change(Box::new(flow))),
            Screen::Undo(flow) => lift(flow.reply(reply), Screen::Undo),
            Screen::Update(flow) => lift(flow.reply(reply), |flow| Screen::Update(Box::new(flow))),
            Screen::Staff(flow) => lift(flow.reply(reply), |flow| Screen::Staff(Box::new(flow))),
            Screen::Facilitator(flow) => lift(flow.reply(reply), |flow| Screen::Facilitator(Box::new(flow))),
            Screen::RequestStatus(flow) => lift(flow.reply(reply), Screen::RequestStatus),
            Screen::FacilitatorClave(flow) => {
                lift(flow.reply(reply), |flow| Screen::FacilitatorClave(Box::new(flow)))
            }
            quiet @ (Screen::Attract(_)
            | Screen::Menu(_)
            | Screen::FacilitatorMenu(_)
            | Screen::Information(_)
            | Screen::CannotEnter(_)) => Next::Stay(quiet),
        }
    }

    /// Staff vouch for the person.
    pub fn vouched(self) -> Next<Screen> {
        match self {
            Screen::Register(flow) => lift(flow.vouched(), |flow| Screen::Register(Box::new(flow))),
            Screen::Recover(flow) => lift(flow.vouched(), |flow| Screen::Recover(Box::new(flow))),
            Screen::Change(flow) => lift(flow.vouched(), |flow| Screen::Change(Box::new(flow))),
            Screen::Undo(flow) => lift(flow.vouched(), Screen::Undo),
            Screen::Update(flow) => lift(flow.vouched(), |flow| Screen::Update(Box::new(flow))),
            Screen::Facilitator(flow) => lift(flow.vouched(), |flow| Screen::Facilitator(Box::new(flow))),
            Screen::RequestStatus(flow) => lift(flow.vouched(), Screen::RequestStatus),
            Screen::FacilitatorClave(flow) => {
                lift(flow.vouched(), |flow| Screen::FacilitatorClave(Box::new(flow)))
            }
            other => Next::Stay(other),
        }
    }

    /// The company that has to wait after failed tries, for staff to end it.
    pub fn blocked(&self) -> Option<Rut> {
        match self {
            Screen::Register(flow) => flow.blocked(),
            Screen::Recover(flow) => flow.blocked(),
            Screen::Change(flow) => flow.blocked(),
            Screen::Undo(flow) => flow.blocked(),
            Screen::Update(flow) => flow.blocked(),
            Screen::Facilitator(flow) => flow.blocked(),
            Screen::RequestStatus(flow) => flow.blocked(),
            Screen::FacilitatorClave(flow) => flow.blocked(),
            Screen::Attract(_)
            | Screen::Menu(_)
            | Screen::FacilitatorMenu(_)
            | Screen::Information(_)
            | Screen::CannotEnter(_)
            | Screen::Staff(_) => None,
        }
    }

    /// A key that waits until a card is confirmed.
    pub fn held(&self) -> Option<AwaitingCode> {
        match self {
            Screen::Recover(flow) => flow.held().cloned(),
            _ => None,
        }
    }

    /// Company and representative about whom no register answers.
    pub fn unanswered(&self) -> Option<(Rut, Rut)> {
        match self {
            Screen::Recover(flow) => flow.unanswered(),
            _ => None,
        }
    }

    /// Staff confirmed the card.
    pub fn witnessed(self, folio: Folio, sent_to: SentTo) -> Next<Screen> {
        match self {
            Screen::Recover(flow) => {
                lift(flow.witnessed(folio, sent_to), |flow| Screen::Recover(Box::new(flow)))
            }
            other => Next::Stay(other),
        }
    }

    /// Staff saw the card while no register answered.
    pub fn vouched_on_file(self, vouched: VouchedOnFile, masked: Clean) -> Next<Screen> {
        match self {
            Screen::Recover(flow) => {
                lift(flow.vouched_on_file(vouched, masked), |flow| Screen::Recover(Box::new(flow)))
            }
            other => Next::Stay(other),
        }
    }

    /// Staff at their own desk, who signed in there.
    pub fn session(&self) -> Option<&StaffSession> {
        match self {
            Screen::Staff(flow) => flow.session(),
            _ => None,
        }
    }

    /// Which of the guide's roads this is, for the day's figures.
    pub fn road(&self) -> Option<Road> {
        match self {
            Screen::Register(_) => Some(Road::Register),
            Screen::Recover(_) => Some(Road::Recover),
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

    /// The step that the page tells of, if it is one.
    pub fn stage(&self) -> Option<Stage> {
        let progress = self.page().progress?;
        let current = usize::from(progress.current).checked_sub(1)?;
        progress.steps.get(current).map(words::stage_of)
    }

    /// `None` while nobody is here.
    pub fn engagement(&self) -> Option<Engagement> {
        Some(match self {
            Screen::Attract(_) => return None,
            Screen::Menu(menu) => menu.engagement(),
            Screen::Register(flow) => flow.engagement(),
            Screen::Recover(flow) => flow.engagement(),
            Screen::Change(flow) => flow.engagement(),
            Screen::Undo(flow) => flow.engagement(),
            Screen::Update(flow) => flow.engagement(),
            Screen::FacilitatorMenu(flow) => flow.engagement(),
            Screen::Facilitator(flow) => flow.engagement(),
            Screen::RequestStatus(flow) => flow.engagement(),
            Screen::FacilitatorClave(flow) => flow.engagement(),
            Screen::Information(flow) => flow.engagement(),
            Screen::CannotEnter(flow) => flow.engagement(),
            Screen::Staff(flow) => flow.engagement(),
        })
    }

    pub fn page(&self) -> Page {
        match self {
            Screen::Attract(choosing) => attract_page(*choosing),
            Screen::Menu(menu) => menu.page(),
            Screen::Register(flow) => flow.page(),
            Screen::Recover(flow) => flow.page(),
            Screen::Change(flow) => flow.page(),
            Screen::Undo(flow) => flow.page(),
            Screen::Update(flow) => flow.page(),
            Screen::FacilitatorMenu(flow) => flow.page(),
            Screen::Facilitator(flow) => flow.page(),
            Screen::RequestStatus(flow) => flow.page(),
            Screen::FacilitatorClave(flow) => flow.page(),
            Screen::Information(flow) => flow.page(),
            Screen::CannotEnter(flow) => flow.page(),
            Screen::Staff(flow) => flow.page(),
        }
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

//! What somebody chooses where a page offers several ways.

use totem::event::{Event, Target};
use totem::page::{Block, Page};
use totem::text::Msg;

use super::{Memory, Visitor, find_button};
use crate::sim::cast::{FIRMS, Known, PIN_OF, STAFF};
use crate::sim::plan::Purpose;

impl Visitor {
    /// The option of a field, counted from 0.
    pub(super) fn option(&mut self, label: &Msg, count: usize) -> usize {
        match label {
            // *¿El email es correcto?*
            Msg::LabelEmailIsRight => usize::from(self.purpose == Purpose::RecoverToNewMailbox),
            Msg::LabelQuestion => 0,
            _ => self.dice.below(count.min(9) as u64) as usize,
        }
    }

    pub(super) fn wants_checked(&self, label: &Msg) -> bool {
        match label {
            Msg::LabelForgot => {
                matches!(
                    self.purpose,
                    Purpose::RecoverByCard | Purpose::RecoverToNewMailbox | Purpose::SettleOnScreen
                )
            }
            _ => true,
        }
    }

    /// What leads on when a field is left empty.
    pub(super) fn goes_without(&self, label: &Msg) -> bool {
        matches!(label, Msg::ButtonLater | Msg::ButtonNoMobileHere | Msg::ButtonSendCodeAgain)
    }

    /// The button that they press although the page asks to be filled in.
    pub(super) fn presses_unasked(&self, page: &Page, memory: &Memory) -> Option<Target> {
        let finishes = self.purpose == Purpose::FinishRegistration && !memory.applications.is_empty();
        let has_pin = self.beside.is_none_or(|member| STAFF[member].0 == PIN_OF);
        find_button(page, |label| match label {
            Msg::ButtonResumeRegistration => finishes,
            Msg::ButtonWithAccount => !has_pin,
            _ => false,
        })
    }

    /// Presses what leads to what they came for, or else something.
    pub(super) fn chooses(&mut self, page: &Page) {
        if let Some(line) = self.line_to_change(page) {
            self.has_changed = true;
            return self.does(Event::Click(line));
        }
        let found = self.wishes().into_iter().find_map(|wish| find_button(page, |label| *label == wish));
        let target = match self.takes_file(page).or(found) {
            Some(target) => target,
            None => match any_target(page, self.dice.below(9) as usize) {
                Some(target) => target,
                None => page.focus,
            },
        };
        self.was_inside = true;
        self.does(Event::Click(target));
    }

    /// One of the files on their drive, or one of the drives.
    fn takes_file(&mut self, page: &Page) -> Option<Target> {
        if self.purpose != Purpose::RequestFacilitator {
            return None;
        }
        let entries = page.blocks.iter().filter_map(|block| match block {
            Block::Menu(items) => Some(items),
            _ => None,
        });
        let files = entries.flatten().filter(|item| matches!(item.label, Msg::FileEntry { .. }));
        let files: Vec<Target> = files.map(|item| item.target).collect();
        (!files.is_empty() && self.dice.percent(60)).then(|| self.dice.one_of(&files))
    }

    /// *Cambiar* beside the line that they came for.
    fn line_to_change(&mut self, page: &Page) -> Option<Target> {
        let changes = matches!(self.purpose, Purpose::UpdateContacts | Purpose::NewRepresentative);
        if !changes || self.has_changed {
            return None;
        }
        let label = match self.purpose {
            Purpose::NewRepresentative => 3,
            _ => self.dice.one_of(&[0, 1, 2, 4, 5]),
        };
        let label = [
            Msg::LabelCompanyEmail,
            Msg::LabelMobile,
            Msg::LabelRepresentativeEmail,
            Msg::LabelRepresentativeRut,
            Msg::LabelPhone,
            Msg::LabelStreet,
        ][label]
            .clone();
        page.blocks.iter().find_map(|block| match block {
            Block::Facts(facts) => facts.iter().find(|fact| fact.label == label).and_then(|fact| fact.change),
            _ => None,
        })
    }

    /// Labels, the most wished for first.
    fn wishes(&mut self) -> Vec<Msg> {
        let mut wishes = Vec::new();
        // At the desk of their own staff look at anything.
        if self.beside.is_some() && self.purpose != Purpose::StaffDesk {
            wishes = self.wishes_beside();
        }
        if !self.called_to.is_empty() || self.beside.is_some() {
            wishes.push(Msg::ButtonIAmStaff);
        }
        wishes.extend(match self.purpose {
            Purpose::Register | Purpose::RegisterAndLeave => vec![Msg::MenuRegister],
            Purpose::FinishRegistration => vec![Msg::ButtonResumeRegistration, Msg::MenuRegister],
            Purpose::RecoverByAnswer => vec![Msg::MenuRecover, Msg::RecoverHasAnswer],
            Purpose::RecoverByCard | Purpose::RecoverToNewMailbox => {
                vec![Msg::MenuRecover, Msg::RecoverForgot]
            }
            Purpose::Change | Purpose::UseSentKey => vec![Msg::MenuChange],
            Purpose::UpdateContacts | Purpose::NewRepresentative => vec![Msg::MenuUpdate],
            Purpose::SettleOnScreen => self.wishes_of_who_is_given(),
            Purpose::AskErasure => {
                vec![Msg::ButtonAskErasure, Msg::ButtonTakeErasureBack, Msg::ButtonMyData, Msg::MenuUpdate]
            }
            Purpose::SendCopy => {
                let looks = self.dice.percent(20).then_some(Msg::ButtonSeeKept);
                let asks = [Msg::ButtonSendCopy, Msg::ButtonMyData, Msg::MenuUpdate];
                looks.into_iter().chain(asks).collect()
            }
            Purpose::Undo => vec![Msg::MenuUndo],
            Purpose::Sweep => vec![Msg::MenuRecover, Msg::RecoverHasAnswer],
            Purpose::RequestFacilitator | Purpose::FacilitatorStatus | Purpose::FacilitatorClave => {
                self.wishes_about_facilitators()
            }
            Purpose::LookAround | Purpose::Dice | Purpose::StaffDesk => vec![],
            Purpose::Settle | Purpose::Review => vec![],
        });
        if matches!(self.purpose, Purpose::LookAround | Purpose::StaffDesk) {
            return wishes;
        }
        wishes.extend([
            Msg::ButtonCreateAccount,
            Msg::ButtonRecoverClave,
            Msg::ButtonChangeClave,
            Msg::ButtonSaveChanges,
            Msg::ButtonUndoIt,
            Msg::ButtonGoOnUnchecked,
            Msg::ButtonValidate,
            Msg::ButtonContinue,
            Msg::ButtonEnter,
            Msg::ButtonSignOut,
            Msg::ButtonAccept,
            Msg::ButtonLeave,
        ]);
        wishes
    }
}

impl Visitor {
    /// Those of the member of staff who is there.
    fn wishes_beside(&mut self) -> Vec<Msg> {
        let mut wishes = Vec::new();
        if self.purpose == Purpose::SettleOnScreen {
            wishes.extend([Msg::ButtonOpenDispute, Msg::ButtonOpenUnlisted, Msg::ButtonConfirmDispute]);
        }
        if self.dice.percent(10) {
            wishes.push(Msg::ButtonSeeRefusal);
        }
        wishes.extend([
            Msg::ButtonWitnessCard,
            Msg::ButtonAcceptCard,
            Msg::ButtonVouchUnchecked,
            Msg::ButtonUnlockTerminal,
            Msg::ButtonUnblock,
            Msg::ButtonWaiveChallenge,
            Msg::ButtonOpenDispute,
        ]);
        // The company's papers name somebody else.
        if self.who.represents(self.firm) || !self.who.is_honest() {
            wishes.push(Msg::ButtonOpenUnlisted);
        }
        wishes.extend([Msg::ButtonStaff, Msg::ButtonWithAccount]);
        wishes
    }

    /// A company that no list has yet is registered, and any other is recovered.
    fn wishes_of_who_is_given(&self) -> Vec<Msg> {
        let road = match FIRMS[self.firm].known {
            Known::Unlisted => vec![Msg::MenuRegister],
            _ => vec![Msg::MenuRecover, Msg::RecoverForgot],
        };
        [road, vec![Msg::ButtonHandOver]].concat()
    }

    fn wishes_about_facilitators(&mut self) -> Vec<Msg> {
        match self.purpose {
            Purpose::FacilitatorStatus => {
                vec![Msg::ButtonLookUpRequest, Msg::MenuRequestStatus, Msg::MenuFacilitator]
            }
            Purpose::FacilitatorClave => vec![Msg::MenuFacilitatorKey, Msg::MenuFacilitator],
            _ => vec![
                match self.dice.below(10) {
                    0 | 1 => Msg::DeclarationByMail,
                    2 | 3 => Msg::DeclarationToDrive,
                    4 => Msg::DeclarationOnPaper,
                    _ => Msg::DeclarationAttach,
                },
                Msg::DeclarationAttach,
                Msg::FilesFromPhone,
                Msg::ButtonNewPhonePage,
                Msg::ButtonScaleDown,
                if self.dice.percent(10) { Msg::ButtonOtherFile } else { Msg::ButtonUseFile },
                Msg::ButtonUseFile,
                Msg::ButtonMakeRequest,
                Msg::MenuFacilitatorRequest,
                Msg::MenuFacilitator,
            ],
        }
    }
}

/// One of the entries and buttons of a page.
fn any_target(page: &Page, number: usize) -> Option<Target> {
    let mut targets = Vec::new();
    for block in &page.blocks {
        match block {
            Block::Menu(items) => targets.extend(items.iter().map(|item| item.target)),
            Block::Buttons(buttons) => targets.extend(buttons.iter().map(|button| button.target)),
            _ => {}
        }
    }
    targets.get(number % targets.len().max(1)).copied()
}

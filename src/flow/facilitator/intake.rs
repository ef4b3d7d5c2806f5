//! One of the two documents on its way in: from a drive, the scanner or the person's phone, to the
//! preview. A machine within the request's: it wants something of it, and is told what came of that.

use std::mem::discriminant;

use super::files::{Paper, Picked, Shelf, preview};
use super::phone::{Phone, Seen};
use super::{Then, screen};
use crate::domain::clean::Clean;
use crate::domain::document::{Choice, Scaled, Taken};
use crate::domain::phone_page::PhonePage;
use crate::effect::facilitator::{FacilitatorEffect, FacilitatorReply};
use crate::flow::shown::{Shown, say};
use crate::flow::{Engagement, Spot};
use crate::form::names::ButtonName;
use crate::form::{Form, Pressed, Touch};
use crate::page::{Block, Fact, Words};
use crate::text::{Msg, document_refused, megabytes};

/// Which document it is, and how far it came.
#[derive(Debug, PartialEq)]
pub struct Intake {
    pub(super) paper: Paper,
    pub(super) then: Then,
    /// Whether a file may come from the person's phone.
    has_phone: bool,
    pub(super) at: At,
}

/// How far it came.
#[derive(Debug, PartialEq)]
pub(super) enum At {
    /// What lies ready on drives and in the scanner's folder.
    Files(Shelf),
    /// A page for the person's phone is open.
    Phone(Phone),
    /// It is closed, and no file came.
    PhoneOver { buttons: Form },
    /// The image is too large: scaled down it would do.
    TooLarge { image: TooLarge, buttons: Form },
    /// What was chosen: *Usar este archivo* attaches it.
    Preview { taken: Taken, buttons: Form },
}

/// An image that is too large as it is.
#[derive(Debug, PartialEq)]
pub(super) struct TooLarge {
    choice: Choice,
    name: Clean,
    bytes: u64,
    could_be: Scaled,
}

/// What it wants of the request.
#[derive(Debug)]
pub(super) enum Wanted {
    Nothing,
    /// Ask the world, and wait for the answer.
    Ask(FacilitatorEffect),
    /// Ask it, while the page stays as it is.
    AskBeside(FacilitatorEffect),
    /// Back to where the document was asked for.
    Back,
    /// Attach this, and go on.
    Attach(Taken),
}

fn buttons(buttons: [ButtonName; 2]) -> Form {
    Form::new(vec![], buttons.to_vec())
}

impl At {
    fn preview(taken: Taken) -> Self {
        At::Preview { taken, buttons: buttons([ButtonName::UseFile, ButtonName::OtherFile]) }
    }

    fn phone_over() -> Self {
        At::PhoneOver { buttons: buttons([ButtonName::NewPhonePage, ButtonName::GoBack]) }
    }

    fn form_mut(&mut self) -> Option<&mut Form> {
        match self {
            At::Files(_) => None,
            At::Phone(phone) => Some(&mut phone.buttons),
            At::PhoneOver { buttons } | At::TooLarge { buttons, .. } | At::Preview { buttons, .. } => {
                Some(buttons)
            }
        }
    }
}

impl Intake {
    /// Which page stands.
    pub(super) fn spot(&self) -> Spot {
        Spot::of((discriminant(&self.at), discriminant(&self.paper)))
    }

    /// With a list that is still to be read.
    pub(super) fn listing(paper: Paper, then: Then, has_phone: bool) -> Self {
        Intake { paper, then, has_phone, at: At::Files(Shelf::default()) }
    }

    /// With what is attached already.
    pub(super) fn attached(paper: Paper, then: Then, has_phone: bool, taken: Taken) -> Self {
        Intake { paper, then, has_phone, at: At::preview(taken) }
    }

    /// Whether the page is that of a list that never came.
    pub(super) fn is_unread(&self) -> bool {
        matches!(&self.at, At::Files(shelf) if !shelf.was_read())
    }

    pub(super) fn touch(&mut self, touch: &Touch) -> Wanted {
        if let At::Files(shelf) = &mut self.at {
            return match shelf.touch(touch, self.has_phone) {
                Picked::Phone => Wanted::Ask(FacilitatorEffect::OpenPhonePage),
                Picked::File(choice) => Wanted::Ask(FacilitatorEffect::TakeFile(choice)),
                Picked::Refresh => Wanted::Ask(FacilitatorEffect::ListFiles),
                Picked::Back => Wanted::Back,
                Picked::NotYet => Wanted::Nothing,
            };
        }
        match self.at.form_mut().map(|form| form.touch(touch)) {
            Some(Pressed::Back) => self.back(),
            Some(Pressed::Button(button)) => self.go(button),
            Some(Pressed::Nothing | Pressed::Toggled(_)) | None => Wanted::Nothing,
        }
    }

    fn back(&mut self) -> Wanted {
        match self.at {
            At::Files(_) | At::TooLarge { .. } | At::Preview { .. } => Wanted::Back,
            At::Phone(_) | At::PhoneOver { .. } => self.list(),
        }
    }

    fn go(&mut self, button: ButtonName) -> Wanted {
        match &self.at {
            At::TooLarge { image, .. } if button == ButtonName::ScaleDown => {
                Wanted::Ask(FacilitatorEffect::ScaleFile(image.choice))
            }
            At::Preview { taken, .. } if button == ButtonName::UseFile => Wanted::Attach(taken.clone()),
            At::PhoneOver { .. } if button == ButtonName::NewPhonePage => {
                Wanted::Ask(FacilitatorEffect::OpenPhonePage)
            }
            At::Files(_) | At::Phone(_) | At::PhoneOver { .. } | At::TooLarge { .. } | At::Preview { .. } => {
                self.list()
            }
        }
    }

    /// The list, read anew.
    fn list(&mut self) -> Wanted {
        self.at = At::Files(Shelf::default());
        Wanted::Ask(FacilitatorEffect::ListFiles)
    }

    /// The answer to what was asked.
    pub(super) fn reply(&mut self, effect: &FacilitatorEffect, reply: FacilitatorReply) -> Wanted {
        match (&mut self.at, effect, reply) {
            (At::Files(shelf), FacilitatorEffect::ListFiles, FacilitatorReply::Files(offers)) => {
                shelf.fill(offers);
            }
            (
                At::Files(_) | At::TooLarge { .. },
                FacilitatorEffect::TakeFile(_) | FacilitatorEffect::ScaleFile(_),
                FacilitatorReply::Taken(taken),
            ) => self.at = At::preview(taken),
            (
                At::Files(_),
                FacilitatorEffect::TakeFile(choice),
                FacilitatorReply::TooLarge { name, bytes, could_be },
            ) => {
                let image = TooLarge { choice: *choice, name, bytes, could_be };
                let buttons = buttons([ButtonName::ScaleDown, ButtonName::OtherFile]);
                self.at = At::TooLarge { image, buttons };
            }
            (
                At::Files(_) | At::PhoneOver { .. },
                FacilitatorEffect::OpenPhonePage,
                FacilitatorReply::PhonePage(page),
            ) => return self.show_phone(page),
            (_, FacilitatorEffect::OpenPhonePage, FacilitatorReply::NoPhonePage) => {
                return self.not_taken(Msg::WrongPhonePage);
            }
            (_, _, FacilitatorReply::NotTaken { refusal, .. }) => {
                return self.not_taken(document_refused(refusal));
            }
            (_, _, FacilitatorReply::FileGone) => return self.not_taken(Msg::WrongFileGone),
            _ => {}
        }
        Wanted::Nothing
    }

    /// Back to the list, with the reason above it.
    fn not_taken(&mut self, why: Msg) -> Wanted {
        match &mut self.at {
            At::Files(shelf) => {
                shelf.says = Some(why);
                Wanted::Nothing
            }
            At::TooLarge { .. } | At::PhoneOver { .. } => self.list(),
            At::Phone(_) | At::Preview { .. } => Wanted::Nothing,
        }
    }

    /// The page is there: it is shown until something happens on it.
    fn show_phone(&mut self, page: PhonePage) -> Wanted {
        let phone = Phone::new(page);
        let wanted = Wanted::AskBeside(phone.await_it());
        self.at = At::Phone(phone);
        wanted
    }

    /// What happened on the phone's page, if one is open; with no word of it, its time is over.
    pub(super) fn heard_of_phone(&mut self, reply: Option<FacilitatorReply>) -> Wanted {
        let At::Phone(phone) = &mut self.at else { return Wanted::Nothing };
        match reply {
            Some(FacilitatorReply::PhoneConnected) => phone.seen = Seen::Connected,
            Some(FacilitatorReply::NotTaken { refusal, .. }) => {
                phone.says = Some(document_refused(refusal));
            }
            Some(FacilitatorReply::Taken(taken)) => {
                self.at = At::preview(taken);
                return Wanted::Nothing;
            }
            _ => {
                self.at = At::phone_over();
                return Wanted::Nothing;
            }
        }
        Wanted::AskBeside(phone.await_it())
    }

    pub(super) fn shown(&self) -> Shown<'_> {
        let paper = self.paper;
        let mut blocks = vec![Block::Panel(paper.label())];
        let shown = match &self.at {
            At::Files(shelf) => {
                blocks.extend(shelf.blocks(self.has_phone));
                Shown::within(paper.heading(), blocks, shelf.focus())
                    .help([Msg::HelpFiles])
                    .engages(Engagement::WaitingForFile)
            }
            At::Phone(phone) => phone.shown(blocks),
            At::PhoneOver { buttons } => {
                blocks.extend([say(Msg::PhoneOver), Block::Gap]);
                Shown::form(Msg::PhoneOverHeading, blocks, buttons)
                    .help([Msg::HelpPhone])
                    .engages(Engagement::WaitingForFile)
            }
            At::TooLarge { image, buttons } => {
                blocks.extend([say(Msg::ScaleHint), Block::Facts(image.facts()), Block::Gap]);
                Shown::form(Msg::ScaleHeading, blocks, buttons)
            }
            At::Preview { taken, buttons } => {
                blocks.extend([Block::Facts(preview(taken)), Block::Gap]);
                Shown::form(Msg::PreviewHeading, blocks, buttons)
            }
        };
        shown.at_step(paper.step(), screen::steps())
    }
}

impl TooLarge {
    /// How large it is, and how large it would be.
    fn facts(&self) -> Vec<Fact> {
        let (whole, tenth) = megabytes(self.bytes);
        let fact = |label, value| Fact { label, value, change: None };
        let (width, height) = (u64::from(self.could_be.width), u64::from(self.could_be.height));
        let kilobytes = self.could_be.bytes.div_ceil(1024);
        vec![
            fact(Msg::FactFile, Words::Given(self.name.clone())),
            fact(Msg::FactSizeNow, Msg::SizeMegabytes { whole, tenth }.into()),
            fact(Msg::FactSizeScaled, Msg::SizeKilobytes { kilobytes }.into()),
            fact(Msg::FactExtentScaled, Msg::ExtentPixels { width, height }.into()),
        ]
    }
}

//! *Más información*: what the guide says of the Clave Sence, a topic a page.

use std::mem::discriminant;

use super::menu::{self, Choosing, Chosen};
use super::shown::{Shown, say};
use super::{Ending, Engagement, Next, Spot};
use crate::form::Touch;
use crate::form::names::ButtonName;
use crate::form::{Form, Pressed};
use crate::page::{Block, Page, Words};
use crate::text::Msg;

/// What can be read about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Topic {
    /// What the clave is, in the guide's words.
    About,
    /// *Otras consideraciones*: who can have one and what else the guide says, and nothing besides.
    OtherConsiderations,
    /// What to bring along.
    WhatToBring,
    /// What the kiosk itself advises.
    Advice,
    /// That natural persons use another one.
    OtherPeople,
    /// Where to call.
    HelpLine,
    /// What becomes of one's data.
    Privacy,
}

const TOPICS: [Topic; 7] = [
    Topic::About,
    Topic::OtherConsiderations,
    Topic::WhatToBring,
    Topic::Advice,
    Topic::OtherPeople,
    Topic::HelpLine,
    Topic::Privacy,
];

/// Where a person can be.
#[derive(Debug, PartialEq)]
pub enum Information {
    /// The list of topics.
    Topics(Choosing),
    /// One of them; *Volver* leads back to where the list stood.
    Reading { topic: Topic, from: Choosing, form: Form },
}

impl Default for Information {
    fn default() -> Self {
        Information::Topics(Choosing::default())
    }
}

fn back_button() -> Form {
    Form::new(vec![], vec![ButtonName::GoBack])
}

impl Information {
    /// A key or a finger.
    pub fn press(self, touch: &Touch) -> Next<Self> {
        match self {
            Information::Topics(mut choosing) => match choosing.touch(touch, TOPICS.len() as u8) {
                Chosen::Entry(entry) => {
                    let topic = TOPICS[usize::from(entry)];
                    Next::Stay(Information::Reading { topic, from: choosing, form: back_button() })
                }
                Chosen::Back => Next::Leave(Ending::Menu),
                Chosen::NotYet => Next::Stay(Information::Topics(choosing)),
            },
            Information::Reading { topic, from, mut form } => match form.touch(touch) {
                Pressed::Back | Pressed::Button(_) => Next::Stay(Information::Topics(from)),
                _ => Next::Stay(Information::Reading { topic, from, form }),
            },
        }
    }

    fn shows(&self) -> Shown<'_> {
        let shown = match self {
            Information::Topics(choosing) => {
                let topics = menu::list(TOPICS.iter().map(|topic| (topic.title(), None)));
                Shown::within(Msg::InformationHeading, vec![topics], choosing.focus())
            }
            Information::Reading { topic, form, .. } => Shown::form(topic.title(), topic.says(), form),
        };
        shown.engages(Engagement::NothingTyped)
    }

    /// Which page stands.
    pub fn spot(&self) -> Spot {
        Spot::of(discriminant(self))
    }

    /// What state the visit is in.
    pub fn engagement(&self) -> Engagement {
        self.shows().engagement()
    }

    /// What the screen shows.
    pub fn page(&self) -> Page {
        self.shows().page(Msg::PlaceInformation)
    }
}

impl Topic {
    fn title(self) -> Msg {
        match self {
            Topic::About => Msg::InfoAbout,
            Topic::OtherConsiderations => Msg::InfoOther,
            Topic::WhatToBring => Msg::InfoBring,
            Topic::Advice => Msg::InfoAdvice,
            Topic::OtherPeople => Msg::InfoPeople,
            Topic::HelpLine => Msg::InfoHelpLine,
            Topic::Privacy => Msg::InfoPrivacy,
        }
    }

    fn says(self) -> Vec<Block> {
        match self {
            Topic::About => vec![say(Msg::InfoAbout1), say(Msg::InfoAbout2)],
            Topic::OtherConsiderations => vec![
                say(Msg::InfoRequirements),
                points([Msg::InfoRequirements1, Msg::InfoRequirements2, Msg::InfoRequirements3]),
                say(Msg::InfoBesides),
                points([Msg::InfoBesides1, Msg::InfoBesides2, Msg::InfoBesides3, Msg::InfoBesides4]),
            ],
            Topic::WhatToBring => {
                vec![points([Msg::InfoBring1, Msg::InfoBring2, Msg::InfoBring3, Msg::InfoBring4])]
            }
            Topic::Advice => vec![points([Msg::InfoAdvice1, Msg::InfoAdvice2, Msg::InfoAdvice3])],
            Topic::OtherPeople => vec![points([Msg::InfoPeople1, Msg::InfoPeople2, Msg::InfoPeople3])],
            Topic::HelpLine => vec![points([Msg::InfoHelpLine1, Msg::InfoHelpLine2])],
            Topic::Privacy => {
                vec![points([Msg::InfoPrivacy1, Msg::InfoPrivacy2, Msg::InfoPrivacy3, Msg::InfoPrivacy4])]
            }
        }
    }
}

fn points(says: impl IntoIterator<Item = Msg>) -> Block {
    Block::Bullets(says.into_iter().map(Words::Said).collect())
}

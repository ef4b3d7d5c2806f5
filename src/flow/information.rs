//! *Más información*: what the guide says of the Clave Sence, a topic a page.

use std::mem::discriminant;

use super::menu::{self, Choosing, Chosen};
use super::shown::Shown;
use super::{Ending, Engagement, Next, Spot};
use crate::form::Touch;
use crate::form::names::ButtonName;
use crate::form::{Form, Pressed};
use crate::page::{Block, Page, Words};
use crate::text::Msg;

/// What can be read about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Topic {
    /// What the clave is, and what it is not.
    About,
    /// Who can have one.
    Requirements,
    /// What to bring along.
    WhatToBring,
    /// What else the guide says.
    OtherConsiderations,
    /// That natural persons use another one.
    OtherPeople,
    /// Where to call.
    HelpLine,
    /// What becomes of one's data.
    Privacy,
}

const TOPICS: [Topic; 7] = [
    Topic::About,
    Topic::Requirements,
    Topic::WhatToBring,
    Topic::OtherConsiderations,
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
            Information::Reading { topic, form, .. } => {
                let says = Block::Bullets(topic.says().into_iter().map(Words::Said).collect());
                Shown::form(topic.title(), vec![says], form)
            }
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
            Topic::Requirements => Msg::InfoRequirements,
            Topic::WhatToBring => Msg::InfoBring,
            Topic::OtherConsiderations => Msg::InfoOther,
            Topic::OtherPeople => Msg::InfoPeople,
            Topic::HelpLine => Msg::InfoHelpLine,
            Topic::Privacy => Msg::InfoPrivacy,
        }
    }

    fn says(self) -> Vec<Msg> {
        match self {
            Topic::About => vec![Msg::InfoAbout1, Msg::InfoAbout2, Msg::InfoAbout3],
            Topic::Requirements => vec![Msg::InfoRequirements1, Msg::InfoRequirements2],
            Topic::WhatToBring => vec![Msg::InfoBring1, Msg::InfoBring2, Msg::InfoBring3, Msg::InfoBring4],
            Topic::OtherConsiderations => vec![Msg::InfoOther1, Msg::InfoOther2, Msg::InfoOther3],
            Topic::OtherPeople => vec![Msg::InfoPeople1, Msg::InfoPeople2, Msg::InfoPeople3],
            Topic::HelpLine => vec![Msg::InfoHelpLine1, Msg::InfoHelpLine2],
            Topic::Privacy => {
                vec![Msg::InfoPrivacy1, Msg::InfoPrivacy2, Msg::InfoPrivacy3, Msg::InfoPrivacy4]
            }
        }
    }
}

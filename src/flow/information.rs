//! *Más información*: what the guide says of the Clave Sence, a topic a page.

use super::menu::{Choosing, Chosen};
use super::{Ending, Engagement, Next, page};
use crate::event::Target;
use crate::form::Touch;
use crate::form::names::ButtonName;
use crate::form::{Form, Pressed};
use crate::page::{Block, Item, Page, Words};
use crate::text::Msg;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Topic {
    /// What the key is, and what it is not.
    About,
    Requirements,
    WhatToBring,
    OtherConsiderations,
    OtherPeople,
    HelpLine,
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

#[derive(Debug, PartialEq)]
pub enum Information {
    Topics(Choosing),
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

    pub fn engagement(&self) -> Engagement {
        Engagement::NothingTyped
    }

    pub fn page(&self) -> Page {
        let place = Msg::PlaceInformation;
        match self {
            Information::Topics(choosing) => {
                let items = TOPICS.iter().enumerate().map(|(index, topic)| Item {
                    target: Target::Item(index as u8),
                    label: topic.title(),
                    detail: None,
                });
                page(place, Msg::InformationHeading, vec![Block::Menu(items.collect())], choosing.focus())
            }
            Information::Reading { topic, form, .. } => {
                let mut blocks = vec![Block::Bullets(topic.says().into_iter().map(Words::Said).collect())];
                blocks.extend(form.blocks());
                page(place, topic.title(), blocks, form.focus())
            }
        }
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

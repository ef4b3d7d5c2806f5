//! *¿Problemas para ingresar?*: what the other system told the person → the workflow that helps. The guide
//! had such a table as a picture that is lost; this one is the kiosk's own, and says so.

use std::mem::discriminant;

use super::menu::{self, Choosing, Chosen};
use super::shown::{Shown, say};
use super::{Ending, Engagement, Next, Spot, Workflow};
use crate::form::names::ButtonName;
use crate::form::{Form, Pressed, Touch};
use crate::page::{Block, Page};
use crate::text::Msg;

/// What the other system said, or what the person makes of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Symptom {
    RutBadlyWritten,
    RutOfAPerson,
    NoClaveYet,
    WrongClave,
    SentClaveNotReplaced,
    NotRepresentative,
    CompanyClosed,
    TooManyTries,
    ServiceDown,
}

const SYMPTOMS: [Symptom; 9] = [
    Symptom::WrongClave,
    Symptom::NoClaveYet,
    Symptom::SentClaveNotReplaced,
    Symptom::RutBadlyWritten,
    Symptom::RutOfAPerson,
    Symptom::NotRepresentative,
    Symptom::CompanyClosed,
    Symptom::TooManyTries,
    Symptom::ServiceDown,
];

impl Symptom {
    fn title(self) -> Msg {
        match self {
            Symptom::RutBadlyWritten => Msg::SymptomRut,
            Symptom::RutOfAPerson => Msg::SymptomPerson,
            Symptom::NoClaveYet => Msg::SymptomNoKey,
            Symptom::WrongClave => Msg::SymptomWrongKey,
            Symptom::SentClaveNotReplaced => Msg::SymptomSentKey,
            Symptom::NotRepresentative => Msg::SymptomNotRepresentative,
            Symptom::CompanyClosed => Msg::SymptomClosed,
            Symptom::TooManyTries => Msg::SymptomTries,
            Symptom::ServiceDown => Msg::SymptomDown,
        }
    }

    fn advice(self) -> Msg {
        match self {
            Symptom::RutBadlyWritten => Msg::AdviceRut,
            Symptom::RutOfAPerson => Msg::AdvicePerson,
            Symptom::NoClaveYet => Msg::AdviceNoKey,
            Symptom::WrongClave => Msg::AdviceWrongKey,
            Symptom::SentClaveNotReplaced => Msg::AdviceSentKey,
            Symptom::NotRepresentative => Msg::AdviceNotRepresentative,
            Symptom::CompanyClosed => Msg::AdviceClosed,
            Symptom::TooManyTries => Msg::AdviceTries,
            Symptom::ServiceDown => Msg::AdviceDown,
        }
    }

    /// The workflow that helps, if one does.
    fn leads_to(self) -> Option<(ButtonName, Workflow)> {
        match self {
            Symptom::NoClaveYet => Some((ButtonName::GoRegister, Workflow::Register)),
            Symptom::WrongClave => Some((ButtonName::GoRecover, Workflow::Recover)),
            Symptom::SentClaveNotReplaced => Some((ButtonName::GoChange, Workflow::Change)),
            Symptom::RutBadlyWritten
            | Symptom::RutOfAPerson
            | Symptom::NotRepresentative
            | Symptom::CompanyClosed
            | Symptom::TooManyTries
            | Symptom::ServiceDown => None,
        }
    }
}

/// Where a person can be.
#[derive(Debug, PartialEq)]
pub enum CannotEnter {
    /// The list of symptoms.
    Symptoms(Choosing),
    /// What helps against one: on to that workflow, or back to where the list stood.
    Advice { symptom: Symptom, from: Choosing, form: Form },
}

impl Default for CannotEnter {
    fn default() -> Self {
        CannotEnter::Symptoms(Choosing::default())
    }
}

impl CannotEnter {
    /// A key or a finger.
    pub fn press(self, touch: &Touch) -> Next<Self> {
        match self {
            CannotEnter::Symptoms(mut choosing) => match choosing.touch(touch, SYMPTOMS.len() as u8) {
                Chosen::Entry(entry) => {
                    let symptom = SYMPTOMS[usize::from(entry)];
                    let mut buttons: Vec<ButtonName> =
                        symptom.leads_to().into_iter().map(|(button, _)| button).collect();
                    buttons.extend([ButtonName::GoBack, ButtonName::AskHelp]);
                    let form = Form::new(vec![], buttons);
                    Next::Stay(CannotEnter::Advice { symptom, from: choosing, form })
                }
                Chosen::Back => Next::Leave(Ending::Menu),
                Chosen::NotYet => Next::Stay(CannotEnter::Symptoms(choosing)),
            },
            CannotEnter::Advice { symptom, from, mut form } => {
                match (form.touch(touch), symptom.leads_to()) {
                    (Pressed::Button(button), Some((leads, workflow))) if button == leads => {
                        Next::Leave(Ending::To(workflow))
                    }
                    (Pressed::Button(ButtonName::AskHelp), _) => {
                        Next::CallStaff(CannotEnter::Advice { symptom, from, form })
                    }
                    (Pressed::Back | Pressed::Button(_), _) => Next::Stay(CannotEnter::Symptoms(from)),
                    _ => Next::Stay(CannotEnter::Advice { symptom, from, form }),
                }
            }
        }
    }

    fn shows(&self) -> Shown<'_> {
        let shown = match self {
            CannotEnter::Symptoms(choosing) => {
                let symptoms = menu::list(SYMPTOMS.iter().map(|symptom| (symptom.title(), None)));
                let blocks = vec![
                    Block::guide(say(Msg::GuideMessages)),
                    symptoms,
                    say(Msg::CannotEnterOwnTable),
                    say(Msg::CannotEnterOtherKeys),
                ];
                Shown::within(Msg::CannotEnterHeading, blocks, choosing.focus())
            }
            CannotEnter::Advice { symptom, form, .. } => {
                Shown::form(symptom.title(), vec![say(symptom.advice())], form)
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
        self.shows().page(Msg::PlaceCannotEnter)
    }
}

//! The steps that a page says it is one of, and what each counts as in the day's figures.

use crate::domain::visits::Stage;
use crate::page::StepProgress;
use crate::text::Msg;

/// A step of a workflow, as the column beside wide pages names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum StepName {
    Company,
    Address,
    Contact,
    Representative,
    Clave,
    Letters,
    Review,
    Question,
    Card,
    Email,
    Who,
    NewClave,
    Declaration,
    Facilitator,
    Request,
}

impl StepName {
    fn label(self) -> Msg {
        match self {
            StepName::Company => Msg::StepCompany,
            StepName::Address => Msg::StepAddress,
            StepName::Contact => Msg::StepContact,
            StepName::Representative => Msg::StepRepresentative,
            StepName::Clave => Msg::StepClave,
            StepName::Letters => Msg::StepLetters,
            StepName::Review => Msg::StepReview,
            StepName::Question => Msg::StepQuestion,
            StepName::Card => Msg::StepCard,
            StepName::Email => Msg::StepEmail,
            StepName::Who => Msg::StepWho,
            StepName::NewClave => Msg::StepNewClave,
            StepName::Declaration => Msg::StepDeclaration,
            StepName::Facilitator => Msg::StepFacilitator,
            StepName::Request => Msg::StepRequest,
        }
    }

    fn stage(self) -> Stage {
        match self {
            StepName::Company => Stage::Company,
            StepName::Address => Stage::Address,
            StepName::Contact => Stage::Contact,
            StepName::Representative => Stage::Representative,
            StepName::Clave => Stage::Clave,
            StepName::Letters => Stage::Letters,
            StepName::Review => Stage::Review,
            StepName::Question => Stage::Question,
            StepName::Card => Stage::Card,
            StepName::Email => Stage::Email,
            StepName::Who => Stage::Who,
            StepName::NewClave => Stage::NewClave,
            StepName::Declaration | StepName::Facilitator | StepName::Request => Stage::Other,
        }
    }
}

/// Says that a page is the step `current` of these, counted from 1.
pub(crate) fn progress(current: u8, steps: &[StepName]) -> StepProgress {
    let here = usize::from(current).checked_sub(1).and_then(|index| steps.get(index));
    let stage = here.map_or(Stage::Other, |step| step.stage());
    StepProgress { current, steps: steps.iter().map(|step| step.label()).collect(), stage }
}

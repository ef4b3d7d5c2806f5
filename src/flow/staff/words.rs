//! What staff are told in words of what stands on record: why somebody was refused, where a visit
//! was left, what a message was about.

use crate::domain::clean::Clean;
use crate::domain::deed::{Action, Outcome};
use crate::domain::dispute::Unsettled;
use crate::domain::errand::{AttemptOutcome, ErrandKind, ErrandState};
use crate::domain::found::Found;
use crate::domain::outlook::Outlook;
use crate::domain::recovery::RecoveryState;
use crate::domain::visits::{Road, Stage};
use crate::effect::{KeySeen, MessageSeen, RecoverySeen};
use crate::text::Msg;

/// Why the person was refused.
pub fn refusal(action: Action, outcome: Outcome) -> Msg {
    match (action, outcome) {
        (Action::CheckAnswer, Outcome::Wrong) => Msg::RefusalAnswer,
        (Action::CheckClave, Outcome::Wrong) => Msg::RefusalClave,
        (Action::CheckCode | Action::Undo, Outcome::Wrong) => Msg::RefusalCode,
        _ => outcome_alone(outcome),
    }
}

pub fn outcome_alone(outcome: Outcome) -> Msg {
    match outcome {
        Outcome::NoAccount => Msg::RefusalNoAccount,
        Outcome::MustWait => Msg::RefusalMustWait,
        Outcome::TerminalLocked => Msg::RefusalTerminal,
        Outcome::Dead => Msg::RefusalDead,
        Outcome::Found(found) => register_said(found),
        _ => Msg::RefusalMismatch,
    }
}

fn register_said(found: Found) -> Msg {
    match found {
        Found::CompanyClosed => Msg::RefusalCompanyClosed,
        Found::CompanyUnknown => Msg::RefusalCompanyUnknown,
        Found::RepresentativeFormer => Msg::RefusalRepresentativeFormer,
        Found::RepresentativeNever => Msg::RefusalRepresentativeNever,
        Found::CardDoesNotMatch => Msg::RefusalCardMismatch,
        Found::CardNotCurrent => Msg::RefusalCardNotCurrent,
        Found::CardExpired => Msg::RefusalCardExpired,
        Found::CardBlocked => Msg::RefusalCardBlocked,
        Found::CardHolderDeceased => Msg::RefusalCardDeceased,
        Found::SiiDown => Msg::RefusalSiiDown,
        Found::RegistroCivilDown => Msg::RefusalRegistroCivilDown,
        Found::CardUnlisted => Msg::RefusalCardUnlisted,
        Found::CardHolderUnknown => Msg::RefusalCardHolderUnknown,
        Found::RepresentativeWithoutRun => Msg::RefusalRepresentativeWithoutRun,
        Found::CompanyOpen | Found::RepresentativeCurrent | Found::CardMatches | Found::CardExtended => {
            Msg::RefusalMismatch
        }
    }
}

pub fn road(road: Road) -> Msg {
    match road {
        Road::Register => Msg::MenuRegister,
        Road::Recover => Msg::MenuRecover,
        Road::Change => Msg::MenuChange,
        Road::Undo => Msg::MenuUndo,
        Road::Update => Msg::MenuUpdate,
        Road::Facilitator => Msg::MenuFacilitatorRequest,
        Road::RequestStatus => Msg::MenuRequestStatus,
        Road::FacilitatorKey => Msg::MenuFacilitatorKey,
        Road::Other => Msg::RoadOther,
    }
}

pub fn stage(stage: Stage) -> Option<Msg> {
    Some(match stage {
        Stage::Company => Msg::StepCompany,
        Stage::Address => Msg::StepAddress,
        Stage::Contact => Msg::StepContact,
        Stage::Representative => Msg::StepRepresentative,
        Stage::Clave => Msg::StepClave,
        Stage::Letters => Msg::StepLetters,
        Stage::Review => Msg::StepReview,
        Stage::Question => Msg::StepQuestion,
        Stage::Card => Msg::StepCard,
        Stage::Email => Msg::StepEmail,
        Stage::Who => Msg::StepWho,
        Stage::NewClave => Msg::StepNewClave,
        Stage::Other => return None,
    })
}

/// A message of the outbox: what it is, to whom.
pub fn message(kind: ErrandKind, to: Clean) -> Msg {
    match kind {
        ErrandKind::SendClave { .. } => Msg::OutboxKey { to },
        ErrandKind::SendCode { .. } | ErrandKind::SendOwnCode { .. } => Msg::OutboxCode { to },
        _ => Msg::OutboxNotice { to },
    }
}

/// How it stands, and what will become of it.
pub fn message_state(seen: &MessageSeen) -> Msg {
    match seen.state {
        ErrandState::Failed => match seen.last {
            Some(AttemptOutcome::AddressRefused) => Msg::OutboxRefused,
            Some(AttemptOutcome::TurnedOff) => Msg::OutboxTurnedOff,
            _ => Msg::OutboxFailed,
        },
        ErrandState::Expired => Msg::OutboxExpired,
        _ => match seen.outlook {
            Some(Outlook::Now) | None => Msg::OutboxWaiting,
            Some(Outlook::Later { minutes }) if minutes <= 90 => Msg::OutboxWaitsMinutes { minutes },
            Some(Outlook::Later { minutes }) => Msg::OutboxWaitsHours { hours: minutes.div_ceil(60) },
            Some(Outlook::UsedUp { .. }) => Msg::OutboxUsedUp,
            Some(Outlook::Refused) => Msg::OutboxMarked,
            Some(Outlook::Held) => match seen.last {
                Some(outcome) if outcome.is_ours_to_mend() => Msg::OutboxHeld,
                Some(AttemptOutcome::Unreachable) => Msg::OutboxUnreached,
                _ => Msg::OutboxStalled,
            },
            Some(Outlook::Off) => Msg::OutboxOff,
        },
    }
}

pub fn recovery(seen: &RecoverySeen) -> Msg {
    let folio = Clean::from(seen.folio.to_string());
    match seen.state {
        RecoveryState::Unproved => Msg::RecoveryUnproved { folio },
        RecoveryState::WaitsForStaff => Msg::RecoveryWaitsForStaff { folio },
        RecoveryState::Held { .. } => Msg::RecoveryHeld { folio },
        RecoveryState::Sending => match seen.key {
            KeySeen::Waits => Msg::RecoverySending { folio },
            KeySeen::Left => Msg::RecoverySent { folio },
            KeySeen::Failed => Msg::RecoveryUnsent { folio },
        },
        RecoveryState::Cancelled => Msg::RecoveryCancelled { folio },
        RecoveryState::Done => Msg::RecoveryDone { folio },
    }
}

/// Why a settlement does not go on.
pub fn unsettled(why: Unsettled) -> Msg {
    match why {
        Unsettled::Over => Msg::UnsettledOver,
        Unsettled::Own => Msg::UnsettledOwn,
        Unsettled::SamePerson => Msg::UnsettledSamePerson,
        Unsettled::Already => Msg::UnsettledAlready,
        Unsettled::EndingWrong { tries_left } => Msg::UnsettledEnding { tries: u64::from(tries_left) },
        Unsettled::NotRepresentative => Msg::UnsettledNotRepresentative,
        Unsettled::Listed => Msg::UnsettledListed,
        Unsettled::TriesOver => Msg::UnsettledTries,
        Unsettled::StaffAreThere => Msg::UnsettledOver,
    }
}

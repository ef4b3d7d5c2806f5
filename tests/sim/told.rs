//! A plan read out in plain words.

use std::fmt;

use super::cast::{FIRMS, STAFF};
use super::plan::{HOUR_S, Plan, Purpose, Step, What};

impl fmt::Display for Plan {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.steps.iter().try_for_each(|step| writeln!(out, "{step}"))
    }
}

impl fmt::Display for Step {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.after_s {
            ..120 => write!(out, "{} s later: ", self.after_s)?,
            120..7_200 => write!(out, "{} min later: ", self.after_s / 60)?,
            _ => write!(out, "{} h later: ", self.after_s / HOUR_S)?,
        }
        match self.what {
            What::Visit { terminal, who, firm, purpose, beside } => {
                let firm = &FIRMS[firm];
                write!(out, "{} comes to Puesto {} ", who.name(), terminal + 1)?;
                write!(out, "{}", purpose.words(firm.rut))?;
                match beside {
                    Some(member) => write!(out, ", with {} of the staff", STAFF[member].0),
                    None => Ok(()),
                }
            }
            What::Registers(weather) => {
                write!(out, "SII and Registro Civil: {weather:?}, for {} min", self.lasts_min())
            }
            What::Post(weather) => write!(out, "mail and SMS: {weather:?}, for {} min", self.lasts_min()),
            What::Store(weather) => write!(out, "the store: {weather:?}, for {} min", self.lasts_min()),
            What::ClockIsWrong { by_s } => write!(out, "the wall clocks are {by_s} s ahead"),
            What::Killed { terminal, after_calls } => {
                write!(out, "the program at Puesto {} is killed at its call {after_calls}", terminal + 1)
            }
            What::PowerCut => write!(out, "power cut"),
            What::Off { minutes } => write!(out, "all machines are off for {minutes} min"),
            What::StaffLeaves { member } => write!(out, "{} leaves the staff", STAFF[member].0),
            What::StaffReturns { member } => write!(out, "{} is among the staff again", STAFF[member].0),
            What::StoreRots { records } => write!(out, "{records} records of the store rot"),
            What::Quiet => write!(out, "nothing happens"),
        }
    }
}

impl Purpose {
    /// What they want with the company of this RUT.
    fn words(self, rut: &str) -> String {
        match self {
            Purpose::Register => format!("to register {rut}"),
            Purpose::RegisterAndLeave => format!("to begin registering {rut}"),
            Purpose::FinishRegistration => format!("to finish the registration of {rut}"),
            Purpose::RecoverByAnswer => format!("to recover the clave of {rut} by the secret answer"),
            Purpose::RecoverByCard => format!("to recover the clave of {rut} by the card"),
            Purpose::RecoverToNewMailbox => {
                format!("to have the clave of {rut} sent to another mailbox")
            }
            Purpose::Change => format!("to change the clave of {rut}"),
            Purpose::UseSentKey => format!("to use the clave that was sent for {rut}"),
            Purpose::UpdateContacts => format!("to change the contacts of {rut}"),
            Purpose::AskErasure => format!("to have {rut} forgotten"),
            Purpose::SendCopy => format!("to have a copy of the data of {rut} sent"),
            Purpose::Undo => format!("to undo what a notice told of {rut}"),
            Purpose::LookAround => "to look around".to_string(),
            Purpose::Dice => "to press any keys".to_string(),
            Purpose::StaffDesk => format!("to look {rut} up"),
            Purpose::Settle => format!("to be given the account of {rut}"),
            Purpose::SettleOnScreen => format!("to be given the account of {rut} at the terminal"),
            Purpose::NewRepresentative => format!("to be the representative of {rut} on file"),
            Purpose::Sweep => "to go through RUTs with wrong answers".to_string(),
            Purpose::RequestFacilitator => format!("to ask for a facilitator's clave for {rut}"),
            Purpose::FacilitatorStatus => format!("to hear of the facilitator's request of {rut}"),
            Purpose::FacilitatorClave => format!("to choose a facilitator's clave for {rut}"),
            Purpose::Review => "to decide on facilitators' requests".to_string(),
        }
    }
}

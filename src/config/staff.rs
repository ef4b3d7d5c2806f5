//! Staff who may stand in for the letters: a number to type, a name for the audit log, and the digest of
//! a PIN. A PIN stands for the letters that are on the screen, once; it opens no session and does nothing
//! else (T8).

use std::collections::BTreeSet;

use argon2::password_hash::phc::PasswordHash;

use crate::domain::clean::Clean;
use crate::domain::digest::Digest;
use crate::domain::secret::Secret;
use crate::domain::staff::{MAX_STAFF_NUMBER, PIN_DIGITS};

use super::fault::Fault;
use super::layers::{Layers, Setting, SettingsBlock, Value};

/// A `[[staff]]` block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StaffMember {
    /// What they type before their PIN, from 1 to [`MAX_STAFF_NUMBER`]; nobody else has it.
    pub number: u16,
    /// For the audit log.
    pub name: Clean,
    /// The vault compares it, since its pepper is in it.
    pub pin: Digest,
}

/// Why a PIN can't be issued.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PinError {
    /// Not six digits.
    #[error("a PIN has {PIN_DIGITS} digits; the member's number is typed before it")]
    Digits,
    /// One digit repeated, or a run such as 123456.
    #[error("it is among the first that anybody would try")]
    Common,
}

/// Checks a PIN before it is issued.
///
/// # Errors
/// When it isn't six digits, or is one digit again and again, or counts up or down.
pub fn check_pin(pin: &Secret) -> Result<(), PinError> {
    let digits = pin.expose().as_bytes();
    if digits.len() != PIN_DIGITS || !digits.iter().all(u8::is_ascii_digit) {
        return Err(PinError::Digits);
    }
    let steps: BTreeSet<i16> =
        digits.windows(2).map(|pair| i16::from(pair[1]) - i16::from(pair[0])).collect();
    if steps.len() == 1 && steps.iter().all(|step| step.abs() <= 1) {
        return Err(PinError::Common);
    }
    Ok(())
}

/// Reads the `[[staff]]` blocks and reports what is wrong with them.
pub(super) fn read(layers: &mut Layers) -> Vec<StaffMember> {
    let blocks = std::mem::take(&mut layers.staff);
    let mut members: Vec<StaffMember> = Vec::new();
    for block in blocks {
        match read_block(&block) {
            Ok(member) if members.iter().any(|other| other.name == member.name) => {
                layers.faults.push(fault(&block, "name", None, "Each name must stand once."));
            }
            Ok(member) if members.iter().any(|other| other.number == member.number) => {
                let setting = block.keys.get("number");
                layers.faults.push(fault(&block, "number", setting, "Each number must stand once."));
            }
            Ok(member) => members.push(member),
            Err(fault) => layers.faults.push(fault),
        }
    }
    members
}

fn read_block(block: &SettingsBlock) -> Result<StaffMember, Fault> {
    let unknown = block.keys.iter().find(|(key, _)| !["number", "name", "pin_hash"].contains(&key.as_str()));
    if let Some((key, setting)) = unknown {
        let remedy = "A block of staff has number, name and pin_hash only.";
        return Err(fault(block, key, Some(setting), remedy));
    }
    let text = |key: &str| match block.keys.get(key) {
        Some(Setting { value: Value::Text(text), .. }) => Ok(text.as_str()),
        other => Err(fault(block, key, other, "It must stand in each [[staff]] block, as a text in quotes.")),
    };
    let name = Clean::new(text("name")?);
    if name.is_empty() {
        return Err(fault(
            block,
            "name",
            block.keys.get("name"),
            "It must not be empty: it is for the audit.",
        ));
    }
    let number = read_number(block)?;
    let pin_hash = text("pin_hash")?.to_string();
    let is_argon2id = PasswordHash::new(&pin_hash)
        .is_ok_and(|hash| hash.algorithm.as_str() == "argon2id" && hash.hash.is_some());
    if !is_argon2id {
        let remedy = "It is no Argon2id hash. `totem staff-pin` makes one.";
        return Err(fault(block, "pin_hash", block.keys.get("pin_hash"), remedy));
    }
    Ok(StaffMember { number, name, pin: Digest(pin_hash) })
}

/// Blocks of before have none: a member whose PIN has six digits keeps it, and gets a number.
fn read_number(block: &SettingsBlock) -> Result<u16, Fault> {
    let setting = block.keys.get("number");
    let number = match setting {
        Some(Setting { value: Value::Number(number), .. }) => u16::try_from(*number).ok(),
        _ => None,
    };
    number.filter(|number| (1..=MAX_STAFF_NUMBER).contains(number)).ok_or_else(|| {
        let remedy = "Each [[staff]] block needs a number of its own, from 1 to 999, such as number = 1: it \
                      is typed before the PIN, which has six digits. `totem staff-pin` makes a new block.";
        fault(block, "number", setting, remedy)
    })
}

/// Never with the value, which may be a PIN that somebody wrote in place of its hash.
fn fault(block: &SettingsBlock, key: &str, setting: Option<&Setting>, remedy: &str) -> Fault {
    Fault {
        origin: setting.map_or(&block.origin, |setting| &setting.origin).clone(),
        key: format!("staff.{key}"),
        value: None,
        remedy: remedy.to_string(),
    }
}

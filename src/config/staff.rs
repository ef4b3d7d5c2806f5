//! Staff who may confirm at the terminal: a name for the audit log, and the digest of a PIN. A PIN
//! serves for a moment at one terminal; it opens no session and shows no data.

use std::collections::BTreeSet;

use argon2::password_hash::phc::PasswordHash;

use crate::domain::clean::Clean;
use crate::domain::digest::Digest;
use crate::domain::secret::Secret;

use super::fault::Fault;
use super::layers::{Block, Layers, Setting, Value};

/// The fewest characters of a PIN.
pub const MIN_PIN_CHARACTERS: usize = 6;
/// The most characters of a PIN.
pub const MAX_PIN_CHARACTERS: usize = 64;

/// A `[[staff]]` block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StaffMember {
    /// For the audit log.
    pub name: Clean,
    /// The vault compares it, since its pepper is in it.
    pub pin: Digest,
}

/// Why a PIN can't be issued.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PinError {
    /// Too short or too long.
    #[error("a PIN has {MIN_PIN_CHARACTERS} to {MAX_PIN_CHARACTERS} characters")]
    Length,
    /// One symbol repeated, or a run such as 123456.
    #[error("it is among the first that anybody would try")]
    Common,
}

/// Checks a PIN before it is issued.
///
/// # Errors
/// When it is too short, too long, one character again and again, or counts up or down.
pub fn check_pin(pin: &Secret) -> Result<(), PinError> {
    let symbols: Vec<u32> = pin.expose().chars().map(u32::from).collect();
    if !(MIN_PIN_CHARACTERS..=MAX_PIN_CHARACTERS).contains(&symbols.len()) {
        return Err(PinError::Length);
    }
    let steps: BTreeSet<i64> =
        symbols.windows(2).map(|pair| i64::from(pair[1]) - i64::from(pair[0])).collect();
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
            Ok(member) => members.push(member),
            Err(fault) => layers.faults.push(fault),
        }
    }
    members
}

fn read_block(block: &Block) -> Result<StaffMember, Fault> {
    let unknown = block.keys.iter().find(|(key, _)| !["name", "pin_hash"].contains(&key.as_str()));
    if let Some((key, setting)) = unknown {
        return Err(fault(block, key, Some(setting), "A block of staff has name and pin_hash only."));
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
    let pin_hash = text("pin_hash")?.to_string();
    let is_argon2id = PasswordHash::new(&pin_hash)
        .is_ok_and(|hash| hash.algorithm.as_str() == "argon2id" && hash.hash.is_some());
    if !is_argon2id {
        let remedy = "It is no Argon2id hash. `totem staff-pin` makes one.";
        return Err(fault(block, "pin_hash", block.keys.get("pin_hash"), remedy));
    }
    Ok(StaffMember { name, pin: Digest(pin_hash) })
}

/// Never with the value, which may be a PIN that somebody wrote in place of its hash.
fn fault(block: &Block, key: &str, setting: Option<&Setting>, remedy: &str) -> Fault {
    Fault {
        origin: setting.map_or(&block.origin, |setting| &setting.origin).clone(),
        key: format!("staff.{key}"),
        value: None,
        remedy: remedy.to_string(),
    }
}

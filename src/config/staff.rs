//! Staff who may confirm at the terminal: a name for the audit, and what is left of a PIN. The
//! PIN is for a moment at one terminal; it opens no session and shows no data.

use std::collections::BTreeSet;

use argon2::password_hash::phc::PasswordHash;
use argon2::{Algorithm, Argon2, CustomizedPasswordHasher, Params, PasswordVerifier, Version};

use crate::domain::clean::Clean;
use crate::domain::secret::Secret;

use super::fault::Fault;
use super::layers::{Block, Layers, Setting, Value};
use super::sections::Hash;

/// Fewest characters of a PIN.
pub const MIN_PIN_CHARACTERS: usize = 6;
/// Most characters of a PIN.
pub const MAX_PIN_CHARACTERS: usize = 64;

/// A `[[staff]]` block.
#[derive(Clone, PartialEq, Eq)]
pub struct StaffMember {
    pub name: Clean,
    pin_hash: String,
}

impl StaffMember {
    /// Whether this is the member's PIN. Takes as long as the hash costs: not on the event loop.
    pub fn accepts(&self, pin: &Secret) -> bool {
        Argon2::default().verify_password(pin.expose().as_bytes(), self.pin_hash.as_str()).is_ok()
    }
}

/// Without the hash: a short PIN is quickly tried by whoever has it.
impl std::fmt::Debug for StaffMember {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "StaffMember({})", self.name)
    }
}

/// Why a PIN can't be given out.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PinError {
    #[error("a PIN has {MIN_PIN_CHARACTERS} to {MAX_PIN_CHARACTERS} characters")]
    Length,
    #[error("it is among the first that anybody would try")]
    Common,
    #[error("it can't be hashed: {0}")]
    Hash(String),
}

/// What to keep of a PIN: an Argon2id string with its own cost in it, safe in a file that only its
/// owner reads. `salt` is 16 random bytes, never used twice.
///
/// # Errors
/// When the PIN is too short, too long, one character again and again, or counts up or down.
pub fn hash_pin(pin: &Secret, salt: [u8; 16], cost: &Hash) -> Result<String, PinError> {
    let symbols: Vec<u32> = pin.expose().chars().map(u32::from).collect();
    if !(MIN_PIN_CHARACTERS..=MAX_PIN_CHARACTERS).contains(&symbols.len()) {
        return Err(PinError::Length);
    }
    let steps: BTreeSet<i64> =
        symbols.windows(2).map(|pair| i64::from(pair[1]) - i64::from(pair[0])).collect();
    if steps.len() == 1 && steps.iter().all(|step| step.abs() <= 1) {
        return Err(PinError::Common);
    }
    let params = Params::new(cost.memory_kib, cost.passes, cost.lanes, None)
        .map_err(|error| PinError::Hash(error.to_string()))?;
    let hash = Argon2::new(Algorithm::Argon2id, Version::V0x13, params.clone()).hash_password_customized(
        pin.expose().as_bytes(),
        &salt,
        None,
        None,
        params,
    );
    hash.map(|hash| hash.to_string()).map_err(|error| PinError::Hash(error.to_string()))
}

/// Reads the `[[staff]]` blocks and notes what is wrong with them.
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
    Ok(StaffMember { name, pin_hash })
}

/// Never with the value: it may be a PIN that somebody wrote in place of its hash.
fn fault(block: &Block, key: &str, setting: Option<&Setting>, remedy: &str) -> Fault {
    Fault {
        origin: setting.map_or(&block.origin, |setting| &setting.origin).clone(),
        key: format!("staff.{key}"),
        value: None,
        remedy: remedy.to_string(),
    }
}

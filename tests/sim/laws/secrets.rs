//! Laws about secrets: none is stored in clear, none is shown, none is logged.

use totem::page::Page;
use totem::store::{Batch, Change};

use super::{Held, must};
use crate::sim::cast::{FIRMS, Who};
use crate::sim::world::World;

/// Neither a secret nor a RUT nor an address stands in what is stored (S13).
pub fn sealed(world: &World, batch: &Batch) -> Held {
    let laws = world.laws();
    for change in &batch.changes {
        let (Change::Put { bytes, .. } | Change::Append { bytes, .. }) = change else { continue };
        let public = Who::ALL.iter().flat_map(|who| [who.mailboxes()[0], who.rut()]);
        let public = public.chain(FIRMS.iter().map(|firm| firm.rut));
        for needle in laws.secrets.iter().map(String::as_str).chain(public) {
            must(!contains(bytes, needle.as_bytes()), || format!("{needle:?} in clear"))?;
        }
    }
    Ok(())
}

/// No secret stands on a page: what is typed hidden, and what was sent. An answer and a code are typed
/// in sight, so they are not looked for.
pub fn not_shown(world: &World, page: &Page) -> Held {
    let shown = format!("{page:?}");
    let laws = world.laws();
    let secrets = laws.secrets.iter().filter(|secret| !secret.bytes().all(|byte| byte.is_ascii_digit()));
    for secret in secrets {
        must(!shown.contains(secret.as_str()), || format!("a secret on {:?}", page.heading))?;
    }
    Ok(())
}

/// No secret stands in a line of the log (S22).
pub fn not_logged(world: &World, line: &str) -> Held {
    let laws = world.laws();
    let found = laws.secrets.iter().find(|secret| line.contains(secret.as_str()));
    must(found.is_none(), || "a secret in the log".to_string())
}

fn contains(bytes: &[u8], needle: &[u8]) -> bool {
    bytes.windows(needle.len()).any(|window| window == needle)
}

//! Which program the tests start: the one that was built with them, or the one that the variable
//! `TOTEM_PROGRAM` names. So the shipped binary, which is built otherwise, goes through the same tests
//! without these being built otherwise too.

use std::path::Path;
use std::sync::LazyLock;

/// Its whole path.
#[expect(clippy::disallowed_methods, reason = "which program is tested is no setting of the kiosk's")]
pub fn program() -> &'static str {
    static PROGRAM: LazyLock<String> = LazyLock::new(|| match std::env::var("TOTEM_PROGRAM") {
        Ok(named) => {
            assert!(Path::new(&named).is_absolute(), "TOTEM_PROGRAM has to be a whole path, not {named}");
            assert!(Path::new(&named).is_file(), "TOTEM_PROGRAM: there is no file {named}");
            named
        }
        Err(_) => env!("CARGO_BIN_EXE_totem").to_string(),
    });
    &PROGRAM
}

//! The store wrote and could not say so: nobody is told that nothing was done. Asked again, it is done
//! once, and the right page comes.

use totem::text::Msg;

use crate::booth::{Booth, CLAVE, COMPANY, MAILBOX};

const NEW: &str = "Guitarra+9";

impl Booth {
    /// What is pressed saves, unheard. Then the store answers again, and is asked once more.
    fn saves_unheard(&mut self, keys: &str) -> &mut Self {
        self.store_is_silent(true).types(keys).is_at(&Msg::StopUnsureHeading).pictured("stop-unsure");
        self.store_is_silent(false).types("⏎")
    }
}

#[test]
fn a_clave_that_was_changed_unheard_is_changed_once() {
    let mut booth = Booth::with_company();
    booth.enters("3").types(&format!("{COMPANY}⏎11111111-1⏎{CLAVE}⏎")).is_at(&Msg::ChangeOwnHeading);
    booth.types(&format!("{NEW}⏎{NEW}⏎")).letters();
    booth.saves_unheard("⏎").sees_msg(&Msg::Changed).leaves().runs_courier();
    assert_eq!(booth.post.subjects(MAILBOX).len(), 1);
}

/// Nothing was asked before, so that nothing can have been done.
#[test]
fn a_store_that_is_down_from_the_start_did_nothing() {
    let mut booth = Booth::with_company();
    booth.store_is_down(true).enters("3").types(&format!("{COMPANY}⏎11111111-1⏎{CLAVE}⏎"));
    booth.is_at(&Msg::StopStoreHeading).types("⏎").is_at(&Msg::StopStoreHeading);
}

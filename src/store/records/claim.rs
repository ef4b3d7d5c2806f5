//! Work that several could do: who claims it has it alone for a while, and who never comes back
//! loses it.

use super::{Draft, Held, Record};

impl Draft {
    /// Claims a record that is still as it was read, until `until_ms` (milliseconds since 1970),
    /// when it is brought up again. Once this batch is committed the record is as is handed out
    /// here, and whoever commits against that knows that nobody else has had it since.
    pub fn claim<T: Record>(self, held: &Held<T>, value: T, until_ms: u64) -> (Draft, Held<T>) {
        let draft = self.replace(held, &value, Some(until_ms));
        let claimed = Held { id: held.id, version: draft.version(), due_ms: Some(until_ms), value };
        (draft, claimed)
    }
}

//! The use cases: what a company, a facilitator or staff ask of the office, whichever terminal they
//! stand at. Each one **asks** (counts the try, reads, hashes, calls the State), **decides** (a pure
//! function of what was read, what was proved and what was drawn), and **drafts** (one atomic batch).
//! A conflict reads and decides again; it never counts or calls again. A proof is bound to what it
//! was proved on.

pub mod acting;
pub mod admission;
pub mod all;
pub mod answers;
pub mod application_tally;
pub mod applications;
pub mod assist;
pub mod at_terminal;
pub mod card_tries;
pub mod cards_shown;
pub mod change;
pub mod checks;
pub mod claves;
pub mod codes;
pub mod contact_proofs;
pub mod counted_under;
pub mod decided_messages;
pub mod disputes;
pub mod drawn;
pub mod erasure_request;
pub mod export;
pub mod facilitator_clave;
pub mod facilitator_notices;
pub mod facilitator_requests;
#[cfg(test)]
mod facilitator_samples;
pub mod facilitator_undone;
pub mod fresh_code;
pub mod in_person;
pub mod kept_tries;
pub mod locks;
pub mod lookups;
pub mod means;
pub mod message_tally;
pub mod messages;
pub mod new_address;
pub mod notices;
pub mod outlooks;
pub mod own_contacts;
pub mod own_data;
pub mod owned;
pub mod pair_tries;
pub mod pins;
pub mod recover;
pub mod recoveries;
pub mod refusals;
pub mod refused_addresses;
pub mod register;
pub mod requests;
pub mod review;
pub mod reviewer;
pub mod right_code;
#[cfg(test)]
pub(crate) mod samples;
pub mod secret_refused;
pub mod settle;
pub mod settlement_channels;
pub mod sign_in;
pub mod tries;
pub mod trouble;
pub mod unconfirmed;
pub mod under_way;
pub mod undo;
pub mod unlisted;
pub mod visits;
pub mod ways_out;

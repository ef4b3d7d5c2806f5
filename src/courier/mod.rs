//! The courier: takes errands from the outbox, makes what they carry, and sends them.

pub mod errand;

//! A model of who may do what on the strength of what (T1 to T6). `desk` is what the desk knows,
//! `rules` the specification in code, `world` and `people` what is around it, `properties` what holds in
//! every state that can be reached (T7). `ablation` shows what each rule is for: without it a property
//! breaks. `traces` are ways through the worlds for the real desk to follow. What of it must
//! hold is tested in `tests/proof`.

#![forbid(unsafe_code)]
#![deny(missing_docs)]

pub mod ablation;
pub mod desk;
pub mod faults;
mod people;
pub mod properties;
pub mod rules;
pub mod seen;
pub mod traces;
pub mod variant;
pub mod world;

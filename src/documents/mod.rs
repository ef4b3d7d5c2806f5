//! Documents that people bring and take with them (S13, S16, S17).
//!
//! In: [`Media`] lists what lies on removable drives and in the scanner's folder, and reads what
//! was chosen; [`Checker`] looks at it from end to end, in a process of its own; [`Kept`] seals it.
//! Out: [`declaration`] fills the sworn statement in, and it goes to a drive ([`Media`]), into a
//! mail ([`crate::courier::Attachment`]) or to a printer ([`Printer`]). For staff to look at, a request's
//! documents are laid out for some minutes ([`Viewing`]), a PDF as pictures of its pages ([`Renderer`]).
//! Whatever reads hostile bytes is confined ([`confinement`]).
//!
//! The types that a screen needs are in [`crate::domain::document`], for flows know no files.

mod checker;
mod child;
pub mod confinement;
pub mod declaration;
mod folder;
mod kept;
pub mod look;
mod media;
mod printer;
pub mod renderer;
mod viewing;

pub use checker::Checker;
pub use kept::{KeepError, Kept, Laid, Loose};
pub use media::{HandOutError, Media, MediaError, Mounted, mounted_below};
pub use printer::{PrintError, Printer};
pub use renderer::{DrawError, Renderer};
pub use viewing::{Sheet, Viewing, ViewingError};

//! Has a document examined by a separate process: no decoder runs in the kiosk's own, which holds
//! everybody's keys (S16).

use std::path::PathBuf;
use std::process::ExitStatus;
use std::time::Duration;

use tokio::process::Child;

use super::child::{self, OURSELVES};
use super::confinement::Confinement;
use super::look::{Wish, agree, protocol};
use crate::domain::document::{Checked, Kind, MOST_BYTES, NameSays, Refusal, is_heic};

/// The hidden command by which our own program looks at a document.
pub const COMMAND: &str = "look-at-document";
/// The argument that asks for an image scaled down.
pub const SCALED_DOWN: &str = "--scaled-down";
/// The argument that asks what the process is confined by, and for nothing else.
pub const TELL_CONFINEMENT: &str = "--tell-confinement";
/// The largest image takes four seconds on a current machine, and offices have older ones.
const IMAGE_TAKES_AT_MOST: Duration = Duration::from_secs(20);
const PDF_TAKES_AT_MOST: Duration = Duration::from_secs(5);
/// More than any answer.
const MOST_BYTES_OF_AN_ANSWER: u64 = MOST_BYTES + 4096;
/// The exit code of a panic, which the document caused.
const PANICKED: i32 = 101;

/// Looks at documents. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Checker {
    /// Our own program.
    program: PathBuf,
    /// For what is drawn, and for a PDF.
    takes_at_most: (Duration, Duration),
}

impl Checker {
    /// Uses this very program, even after an update has replaced its file.
    ///
    /// # Errors
    /// When the system can't find the running program.
    pub fn of_this_program() -> std::io::Result<Self> {
        std::fs::metadata(OURSELVES)?;
        Ok(Checker::by(OURSELVES.into()))
    }

    /// Uses the `totem` at this path: for tests, which are a different program.
    pub fn by(program: PathBuf) -> Self {
        Checker { program, takes_at_most: (IMAGE_TAKES_AT_MOST, PDF_TAKES_AT_MOST) }
    }

    /// With another time limit.
    pub fn waiting(self, takes_at_most: Duration) -> Self {
        Checker { takes_at_most: (takes_at_most, takes_at_most), ..self }
    }

    /// Extension, first bytes and content agree (a name without an end says nothing), and it is small enough: then it is ready to be
    /// kept. An image comes back written anew, upright and without metadata; a PNG that is only
    /// small enough as a JPEG comes back as one.
    ///
    /// # Errors
    /// Why it can't be kept: see [`Refusal`].
    pub async fn check(&self, name: &str, bytes: &[u8]) -> Result<Checked, Refusal> {
        self.look(name, bytes, Wish::AsItIs).await
    }

    /// What [`Refusal::TooLarge`] offered, once the person has asked for it. The same bytes give
    /// the same result.
    ///
    /// # Errors
    /// Why it can't be kept: see [`Refusal`].
    pub async fn scale_down(&self, name: &str, bytes: &[u8]) -> Result<Checked, Refusal> {
        self.look(name, bytes, Wish::ScaledDown).await
    }

    /// What holds of the process that looks at documents, besides seccomp and its limits; `None` when
    /// it can't be confined, and looks at nothing.
    pub async fn confinement(&self) -> Option<Confinement> {
        let mut command = child::command(&self.program);
        let mut child = command.arg(COMMAND).arg(Kind::Pdf.extension()).arg(TELL_CONFINEMENT).spawn().ok()?;
        let talk = child::talk(&mut child, b"", MOST_BYTES_OF_AN_ANSWER);
        let (status, told) = tokio::time::timeout(PDF_TAKES_AT_MOST, talk).await.ok()?.ok()?;
        if status.success() { serde_json::from_slice(&told).ok() } else { None }
    }

    async fn look(&self, name: &str, bytes: &[u8], wish: Wish) -> Result<Checked, Refusal> {
        let kind = match NameSays::of(name) {
            NameSays::Kind(kind) => kind,
            NameSays::Nothing if bytes.is_empty() => return Err(Refusal::Empty),
            NameSays::Nothing => match Kind::of_bytes(bytes) {
                Some(kind) => kind,
                None if is_heic(bytes) => return Err(Refusal::Heic),
                None => return Err(Refusal::OtherKind),
            },
            NameSays::Heic => return Err(Refusal::Heic),
            NameSays::Otherwise => return Err(Refusal::OtherKind),
        };
        agree(kind, bytes)?;
        let mut child = self.start(kind, wish).map_err(|error| {
            tracing::error!(reason = %error, "no process could be started to look at a document");
            Refusal::NotLookedAt
        })?;
        let (of_image, of_pdf) = self.takes_at_most;
        let most = if kind.is_image() { of_image } else { of_pdf };
        match tokio::time::timeout(most, child::talk(&mut child, bytes, MOST_BYTES_OF_AN_ANSWER)).await {
            Ok(Ok((status, answer))) if status.success() => protocol::understand(kind, bytes, &answer),
            Ok(Ok((status, _))) => Err(fate(kind, status)),
            Ok(Err(error)) => {
                tracing::error!(reason = %error, "the process that looks at a document did not answer");
                Err(Refusal::NotLookedAt)
            }
            Err(_) => {
                let _ = child.kill().await;
                Err(Refusal::TooComplicated)
            }
        }
    }

    fn start(&self, kind: Kind, wish: Wish) -> std::io::Result<Child> {
        let mut command = child::command(&self.program);
        command.arg(COMMAND).arg(kind.extension());
        if wish == Wish::ScaledDown {
            command.arg(SCALED_DOWN);
        }
        command.spawn()
    }
}

/// What it means when no verdict came.
fn fate(kind: Kind, status: ExitStatus) -> Refusal {
    match status.code() {
        Some(PANICKED) => Refusal::Damaged { kind },
        // Killed: out of memory, of time, or of stack.
        None => Refusal::TooComplicated,
        Some(_) => {
            tracing::error!(reason = %status, "the process that looks at documents failed");
            Refusal::NotLookedAt
        }
    }
}

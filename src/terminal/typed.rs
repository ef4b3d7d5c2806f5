//! What is typed, as the terminal hands it over: read only when there is something, so that nobody waits
//! for a reader.

use std::fs::File;
use std::io;
use std::os::fd::{AsFd, BorrowedFd, OwnedFd};
use std::time::Instant;

use rustix::event::{PollFd, PollFlags, Timespec};
use rustix::fs::OFlags;
use rustix::io::Errno;
use tokio::net::unix::pipe::Receiver;

use super::output::opened_anew;

/// A terminal to read from.
pub struct TypedBytes {
    /// Made for pipes, and does for whatever can be waited for what it does for those.
    terminal: Receiver,
    /// What was opened by somebody else, and how it was.
    shared: Option<(OwnedFd, OFlags)>,
}

impl TypedBytes {
    /// Opened anew, since whether reads wait belongs to what was opened, which a shell shares. Where the
    /// system doesn't allow that, the shell's own reads don't wait either until this is dropped. Within
    /// a runtime.
    ///
    /// # Errors
    /// When nobody can wait for this terminal.
    pub fn of(terminal: &impl AsFd) -> io::Result<Self> {
        let (file, shared) = match opened_anew(terminal) {
            Some(file) => (file, None),
            None => {
                let owned = terminal.as_fd().try_clone_to_owned()?;
                let flags = rustix::fs::fcntl_getfl(&owned)?;
                rustix::fs::fcntl_setfl(&owned, flags | OFlags::NONBLOCK)?;
                (File::from(owned.try_clone()?), Some((owned, flags)))
            }
        };
        Ok(TypedBytes { terminal: Receiver::from_file_unchecked(file)?, shared })
    }

    /// Completes when something may have come, or the terminal is gone.
    ///
    /// # Errors
    /// When nobody can wait for it any more.
    pub async fn ready(&self) -> io::Result<()> {
        self.terminal.readable().await
    }

    /// What has come; 0 when the terminal is gone.
    ///
    /// # Errors
    /// [`io::ErrorKind::WouldBlock`] when nothing is known to have come, another when the terminal is gone.
    pub fn read(&self, bytes: &mut [u8]) -> io::Result<usize> {
        loop {
            match self.terminal.try_read(bytes) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                read => return read,
            }
        }
    }
}

impl Drop for TypedBytes {
    fn drop(&mut self) {
        if let Some((terminal, flags)) = &self.shared {
            let _ = rustix::fs::fcntl_setfl(terminal, *flags);
        }
    }
}

impl AsFd for TypedBytes {
    fn as_fd(&self) -> BorrowedFd<'_> {
        self.terminal.as_fd()
    }
}

/// What came of waiting for the terminal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Arrival {
    /// There is something to read.
    Ready,
    /// Nothing came in time.
    Nothing,
    /// There is no terminal any more.
    Gone,
}

/// Blocks until there is something to read, the terminal is gone, or time is over. Does not read:
/// whoever hung up leaves a terminal whose reads are empty for ever.
pub fn arrival(terminal: &impl AsFd, until: Option<Instant>) -> Arrival {
    loop {
        let left = until.map(|until| until.saturating_duration_since(Instant::now()));
        let left = left.and_then(|left| Timespec::try_from(left).ok());
        let mut asked = [PollFd::new(terminal, PollFlags::IN)];
        match rustix::event::poll(&mut asked, left.as_ref()) {
            Ok(0) => return Arrival::Nothing,
            Ok(_) if asked[0].revents() == PollFlags::IN => return Arrival::Ready,
            Err(Errno::INTR | Errno::AGAIN) => {}
            Ok(_) | Err(_) => return Arrival::Gone,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A pipe can't be opened anew by its name.
    #[tokio::test]
    async fn what_somebody_else_opened_is_left_as_it_was() {
        let (reader, writer) = std::io::pipe().expect("a pipe");
        let waits = || !rustix::fs::fcntl_getfl(&reader).expect("its flags").contains(OFlags::NONBLOCK);
        let typed = TypedBytes::of(&reader).expect("it can be waited for");
        let mut bytes = [0; 8];
        assert!(!waits());
        assert_eq!(arrival(&typed, Some(Instant::now())), Arrival::Nothing);
        assert_eq!(typed.read(&mut bytes).map_err(|error| error.kind()), Err(io::ErrorKind::WouldBlock));

        rustix::io::write(&writer, b"76").expect("it is written");
        typed.ready().await.expect("it is there");
        assert_eq!((typed.read(&mut bytes).ok(), &bytes[..2]), (Some(2), &b"76"[..]));
        assert_eq!(typed.read(&mut bytes).map_err(|error| error.kind()), Err(io::ErrorKind::WouldBlock));

        drop(writer);
        typed.ready().await.expect("its end is told");
        assert_eq!(typed.read(&mut bytes).ok(), Some(0));
        drop(typed);
        assert!(waits());
    }
}

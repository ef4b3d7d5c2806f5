//! A process of our own beside the kiosk's: it is given a document, and answers.

use std::path::Path;
use std::process::{ExitStatus, Stdio};

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::process::{Child, Command};
use zeroize::Zeroizing;

/// This very program, even after an update has replaced its file.
pub(super) const OURSELVES: &str = "/proc/self/exe";

/// Nothing of the kiosk's but pipes; it ends when it is dropped.
pub(super) fn command(program: &Path) -> Command {
    let mut command = Command::new(program);
    command
        .env_clear()
        .current_dir("/")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .kill_on_drop(true);
    command
}

/// Hands the document over, and takes the answer, or its first `most` bytes. It may answer before it
/// has read everything.
///
/// # Errors
/// When its answer can't be read.
pub(super) async fn talk(
    child: &mut Child,
    bytes: &[u8],
    most: u64,
) -> std::io::Result<(ExitStatus, Zeroizing<Vec<u8>>)> {
    let (stdin, stdout) = (child.stdin.take(), child.stdout.take());
    let hand_over = async {
        if let Some(mut stdin) = stdin {
            // Its answer tells whether it read to the end.
            let _ = stdin.write_all(bytes).await;
        }
    };
    let mut answer = Zeroizing::new(Vec::new());
    let take = async {
        match stdout {
            Some(stdout) => stdout.take(most).read_to_end(&mut answer).await,
            None => Ok(0),
        }
    };
    let ((), taken) = tokio::join!(hand_over, take);
    taken?;
    Ok((child.wait().await?, answer))
}

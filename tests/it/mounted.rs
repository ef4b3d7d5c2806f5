//! The kernel writes its lines over a console when a drive is plugged in, and nobody tells the program. Once
//! the drive is mounted, the page is drawn whole, though nobody touches anything. In a mount namespace of
//! its own: where the system allows none, the test says so and ends.

use std::fs;

use rustix::fs::{CWD, FileType, Mode, mknodat};
use rustix::process::Signal;

use crate::pty::folder;
use crate::seat::Seat;

/// Mounts and unmounts a disk in memory, or ends; then runs the program, and mounts it again once somebody
/// writes into the pipe.
const SCRIPT: &str = "mount -t tmpfs none \"$2\" && umount \"$2\" || exit 77\n\
                      (read _ < \"$1\"; mount -t tmpfs none \"$2\") & shift 2; exec \"$@\"";

#[test]
fn a_drive_that_is_mounted_has_the_page_drawn_whole() {
    let folder = folder();
    let (pipe, drive) = (folder.path().join("pipe"), folder.path().join("drive"));
    fs::create_dir(&drive).expect("a new folder");
    mknodat(CWD, &pipe, FileType::Fifo, Mode::RUSR | Mode::WUSR, 0).expect("a pipe");
    let mut command = Seat::command(folder.path());
    let program = command.get_argv().first().cloned().expect("it has a program");
    let before = ["unshare", "--map-root-user", "--mount", "sh", "-c", SCRIPT, "sh"].map(Into::into);
    let places = [pipe.clone().into(), drive.into(), program];
    *command.get_argv_mut() = before.into_iter().chain(places).collect();
    let mut seat = Seat::before(command);
    if !seat.reaches("F4 Contraste") {
        return println!("not tried: no disk can be mounted here: {}", seat.written());
    }
    let line = "[ 8123.456789] sd 6:0:0:0: [sdb] Attached SCSI removable disk\r\n";
    seat.writes_over(line.repeat(12).as_bytes());
    seat.falls_silent();
    assert!(seat.screen().contents().contains("SCSI"), "nobody told it of the line");
    fs::write(&pipe, "now\n").expect("somebody reads it");
    seat.waits_for("a whole page", |screen| {
        let contents = screen.contents();
        contents.contains("Puesto 01") && contents.contains("F4 Contraste") && !contents.contains("SCSI")
    });
    seat.signal(Signal::TERM);
    assert_eq!(seat.ended(), Ok(143));
}

//! A disk that is full: the ballast is given up by itself, what was acknowledged is there, and the
//! ballast is kept again once there is room. A disk that takes no more files, which is another thing, and
//! is called so. On small disks of their own, in memory, which take a mount namespace: where the system
//! allows none, the tests say so and end.

#![allow(clippy::disallowed_methods, reason = "the parent tells its child what to do by the environment")]

use std::fs;
use std::path::Path;
use std::process::Command;

use totem::store::sled::{OpenError, OpenOptions, SledStore, SystemFault};
use totem::store::{Condition, Store, StoreError, Upkeep};

use crate::support::{account, batch, options, put};

const FOLDER: &str = "TOTEM_TEST_FULL_DISK";
const DISK: &str = "TOTEM_TEST_DISK";
const BALLAST_BYTES: u64 = 8 << 20;

/// What a disk runs out of.
#[derive(Clone, Copy)]
enum Lacks {
    Room,
    Inodes,
}

impl Lacks {
    /// How such a disk is mounted, which also tells the child what to do.
    fn disk(self) -> &'static str {
        match self {
            Lacks::Room => "size=32m",
            Lacks::Inodes => "size=64m,nr_inodes=60",
        }
    }
}

/// The child's way in, with a small disk of its own there.
#[test]
fn child_entry() {
    let (Some(folder), Ok(disk)) = (std::env::var_os(FOLDER), std::env::var(DISK)) else { return };
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    runtime.block_on(async {
        if disk == Lacks::Inodes.disk() {
            use_up_inodes(Path::new(&folder)).await;
        } else {
            fill(Path::new(&folder)).await;
        }
    });
    println!("\nall was well");
}

fn open(disk: &Path) -> SledStore {
    let options = options(&disk.join("store"));
    SledStore::open(OpenOptions { ballast_bytes: BALLAST_BYTES, ..options }).expect("it opens")
}

fn ballast(store: &SledStore) -> u64 {
    store.space().expect("the disk tells").ballast_bytes
}

async fn fill(disk: &Path) {
    let store = open(disk);
    assert_eq!(ballast(&store), BALLAST_BYTES);
    // Somebody else's file takes all but what the ballast holds.
    fs::write(disk.join("somebody's"), vec![1; 14 << 20]).expect("there is room for it");
    let mut acknowledged = 0;
    let refused = loop {
        let number = acknowledged + 1;
        match store.commit(batch(number, vec![], vec![put(account(number), &[7; 4000])])).await {
            Ok(()) => acknowledged = number,
            Err(error) => break error,
        }
    };
    assert!(matches!(refused, StoreError::Unavailable(_) | StoreError::Unknown(_)), "{refused}");
    assert!(acknowledged > 100, "{acknowledged}");
    // What is asked next has the ballast's room.
    let again = batch(200_000, vec![], vec![put(account(200_000), b"again")]);
    store.commit(again).await.expect("there is room now");
    assert_eq!(ballast(&store), 0);
    assert_eq!(*store.condition().borrow(), Condition::WithoutBallast);
    drop(store);
    // As after a power cut: nothing vouches for the files, and sled writes on at the next start.
    fs::remove_file(disk.join("store/sled/seal")).expect("it was closed in order");
    // Full to the brim, it opens by what the ballast gives.
    fs::write(disk.join("store/ballast"), vec![1; 1 << 20]).expect("there is room for it");
    while fs::OpenOptions::new()
        .append(true)
        .create(true)
        .open(disk.join("more"))
        .is_ok_and(|mut file| std::io::Write::write_all(&mut file, &[1; 4096]).is_ok())
    {}
    let store = open(disk);
    assert_eq!(ballast(&store), 0);
    for number in [1, acknowledged, 200_000] {
        assert!(store.get(account(number)).await.expect("a read").is_some(), "{number}");
    }
    drop(store);
    for file in ["more", "somebody's"] {
        fs::remove_file(disk.join(file)).expect("it is there");
    }
    let store = open(disk);
    assert_eq!(ballast(&store), BALLAST_BYTES, "there is room again");
    assert_eq!(*store.condition().borrow(), Condition::Well);
}

/// The store goes on while it is open, for it makes no files then. One that was not closed in order is
/// looked through in a copy, for which there is no file left.
async fn use_up_inodes(disk: &Path) {
    let store = open(disk);
    store.commit(batch(1, vec![], vec![put(account(1), b"a")])).await.expect("a commit");
    let mut made = 0;
    while fs::File::create_new(disk.join(format!("file {made}"))).is_ok() {
        made += 1;
    }
    assert!(made > 10, "{made}");
    store.commit(batch(2, vec![], vec![put(account(2), b"b")])).await.expect("it makes no file");
    drop(store);
    let _ = fs::remove_file(disk.join("store/sled/seal"));
    while fs::File::create_new(disk.join(format!("file {made}"))).is_ok() {
        made += 1;
    }
    let options = options(&disk.join("store"));
    let refused = SledStore::open(OpenOptions { ballast_bytes: BALLAST_BYTES, ..options }).err();
    let refused = refused.expect("no file can be made");
    assert!(matches!(refused, OpenError::System { fault: SystemFault::Inodes, .. }), "{refused}");
    assert!(refused.to_string().contains("`df -i`"), "{refused}");
    (0..made).for_each(|number| fs::remove_file(disk.join(format!("file {number}"))).expect("it is there"));
    let store = open(disk);
    for number in [1, 2] {
        assert!(store.get(account(number)).await.expect("a read").is_some(), "{number}");
    }
}

/// Starts the child with such a disk.
fn on_a_disk_that(lacks: Lacks) {
    let root = tempfile::tempdir().expect("a temporary folder");
    let script = "mount -t tmpfs -o \"$1\" none \"$2\" || exit 77; shift 2; exec \"$@\"";
    let this = std::env::current_exe().expect("the path of this binary");
    let mut command = Command::new("unshare");
    command.args(["--map-root-user", "--mount", "sh", "-c", script, "sh", lacks.disk()]);
    command.arg(root.path()).arg(this);
    command.args(["--exact", "faults::full::child_entry", "--nocapture", "--test-threads=1"]);
    let Ok(output) = command.env(FOLDER, root.path()).env(DISK, lacks.disk()).output() else {
        return println!("not tried: there is no unshare here");
    };
    let said = String::from_utf8_lossy(&output.stdout);
    let error = String::from_utf8_lossy(&output.stderr);
    if output.status.code() == Some(77) || error.starts_with("unshare: ") {
        return println!("not tried: no disk can be mounted here: {error}");
    }
    assert!(output.status.success() && said.contains("all was well"), "{said}\n{error}");
}

#[test]
fn a_full_disk_gets_the_ballast_and_gives_it_back() {
    on_a_disk_that(Lacks::Room);
}

#[test]
fn a_disk_that_takes_no_more_files_is_called_so_and_costs_nothing() {
    on_a_disk_that(Lacks::Inodes);
}

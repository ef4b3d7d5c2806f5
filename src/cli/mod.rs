//! The command line: what can be asked, in the words of `--help`, and one file for each command.

mod audit;
mod backup;
mod bar;
mod clock;
mod compact;
mod completions;
mod config;
mod data;
mod demo;
mod dispute;
mod doctor;
mod draw_page;
mod exit;
mod figures;
mod guard_terminal;
mod hidden;
mod import;
mod key;
mod look_at_document;
mod man;
mod opening;
mod outbox;
mod restore;
mod run;
mod sandbox;
mod schema;
mod staff;
mod staff_pin;
mod store;
mod sure;
#[cfg(test)]
mod tests;
mod unlock;
mod whole_file;

use std::ffi::OsString;
use std::path::PathBuf;

use clap::{Parser, Subcommand};

use crate::config::{Config, Environment};
use crate::terminal::Abilities;

pub use exit::{Exit, Failure};

/// A full-screen kiosk where a company's representative gets, recovers and changes a Clave Sence.
///
/// Settings come from the file given with --config, else ./config.toml, else
/// /etc/totem/config.toml, over those built in; variables such as
/// TOTEM__IDLE__DATA_TYPED_SECONDS=180 stand above the file.
#[derive(Debug, Default, Parser)]
#[command(name = "totem", version, after_help = exit::table(), max_term_width = 100)]
struct Arguments {
    /// Read this file over the built-in settings
    #[arg(long, value_name = "FILE", global = true)]
    config: Option<PathBuf>,

    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serve as a kiosk on this terminal (what happens without a command)
    ///
    /// Needs a terminal of at least 40x20. Ends on SIGTERM, SIGINT or SIGHUP, wiping the screen.
    Run,

    /// Serve on invented data that are gone when it ends
    ///
    /// The same kiosk over the demo world of the README, with keys, store and messages in a
    /// folder of its own below the system's temporary one. Three members of staff have accounts in
    /// the invented world: while the kiosk runs, `totem demo --staff` in another terminal says what
    /// they type.
    Demo(demo::Options),

    /// Serve invented registers and SMS over SOAP, to try the kiosk against
    ///
    /// Stands in for SII, Registro Civil and the message service, from the demo world of the README,
    /// on this machine alone. Prints how to point a kiosk at it, and each operation that is asked,
    /// never about whom.
    Sandbox(sandbox::Options),

    /// Check the settings, or print the built-in ones
    #[command(subcommand)]
    Config(config::Action),

    /// Look over terminal, clock, folders, key, disk, store and ways out, and say what to mend
    ///
    /// Changes nothing and sends nothing: mail server and SMS gateway are only greeted, and the State's
    /// services asked about nobody. Each line begins with ok, warn or fault and ends with what to do. Run
    /// it on the kiosk's own terminal, as the kiosk's own user. Exits with 1 if there is any fault.
    Doctor,

    /// Make a register of a list of companies, representatives or cards, of any size
    ///
    /// The kiosk looks into it where registry.companies, .representatives or .cards is "register".
    /// The old register serves until the new one is complete and on the disk; a running kiosk then
    /// takes the new one. Lines that can't be used are left out and listed.
    #[command(subcommand)]
    Import(import::Table),

    /// Look into the audit log: is it whole, and what stands in it
    ///
    /// Who did what and when is chained, row to row, so that no row can be changed, added or taken
    /// away unnoticed. Not while a kiosk runs on this store.
    #[command(subcommand)]
    Audit(audit::Action),

    /// See which messages wait, left or failed and why, try failed ones again, or end one
    ///
    /// Shows no key, no code and no whole address. Not while a kiosk runs on this store.
    #[command(subcommand)]
    Outbox(outbox::Action),

    /// See, copy or erase what is kept of one company, for whoever answers its requests
    ///
    /// Each leaves a row in the audit log with the reason given. Not while a kiosk runs on this
    /// store.
    #[command(subcommand)]
    Data(data::Action),

    /// See the settlements under way, and confirm one where the office has one member of staff
    ///
    /// A settlement gives an account to the representative who stands before two members of staff. It
    /// ends a freeze, and lasts two hours at most. Not while a kiosk runs on this store.
    #[command(subcommand)]
    Dispute(dispute::Action),

    /// Write the whole store, sealed, into one file, and read it back
    ///
    /// Not while a kiosk runs: it makes backups by itself (store.export_every_hours). A backup is
    /// of no use without the key, so keep a copy of that too, somewhere else.
    Backup(backup::Options),

    /// Put a backup in the store's place; what is there now is moved aside, never deleted
    ///
    /// Changes nothing unless the backup is whole and the key opens it.
    Restore(restore::Options),

    /// Write the store anew without the room that deleted records left
    ///
    /// `totem doctor` says when it pays. Not while a kiosk runs on this store.
    Compact,

    /// Go on with a store that is older than was noted, or begin an empty one where it is gone
    ///
    /// How far the store has come is noted in store.head, outside of the data. A store that is not the
    /// newest is refused with exit code 8 until one of these says what is meant, on record. Not while a
    /// kiosk runs on this store.
    #[command(subcommand)]
    Store(store::Action),

    /// Make and check the tables of the office's database, for store.kind = "postgres"
    #[command(subcommand)]
    Schema(schema::Action),

    /// Seal the store with a new key
    ///
    /// Not while a kiosk runs on this store.
    #[command(subcommand)]
    Key(key::Action),

    /// Make, list, end or renew the accounts with which staff sign in at the terminal
    ///
    /// Name, password and the code of a telephone (TOTP). Not while a kiosk runs on this store.
    #[command(subcommand)]
    Staff(staff::Action),

    /// Ask for a staff member's PIN and print the block for config.toml
    ///
    /// At the terminal they type the block's number and, right after it, the six digits of the PIN. It
    /// stands for the letters on the screen, once, and does nothing else: cards, waits and locks take an
    /// account (`totem staff add`). The PIN is asked twice and not shown; without a terminal it is read
    /// as one line of the standard input. Only what is left of it after Argon2id is printed. For
    /// example:
    ///
    /// totem staff-pin Rosa >> config.toml
    StaffPin(staff_pin::Options),

    /// See how the visits of each day went, at the terminal that the settings name
    ///
    /// Numbers that name nobody, by the office's days (kiosk.time_zone), kept for 400 days. Not while a
    /// kiosk runs on this store. For example:
    ///
    /// totem figures --from 2026-11-01 --to 2026-11-30
    Figures(figures::Options),

    /// See how the wall clock stands to the time that the store goes by, and vouch for it
    ///
    /// After a jump of more than five minutes nothing that guards somebody ends by the wall clock alone:
    /// holds, locks, erasures and the audit log wait until the jump has stood for a day, a member of staff
    /// signs in, or you accept it. Not while a kiosk runs on this store.
    #[command(subcommand)]
    Clock(clock::Action),

    /// End a wait after failed tries, or a terminal's lock, with a reason
    ///
    /// A company that had to wait may try again at once, and so may whoever asks for the state of a
    /// request under a RUT. Waits end by themselves too: a RUT's within a day, a terminal's lock in half
    /// an hour, a member's in a quarter of one. Each leaves a row in the audit log. Not while a kiosk
    /// runs on this store. For example:
    ///
    /// totem unlock 99999999-9 --reason "asked by telephone, number 17"
    Unlock(unlock::Options),

    /// Look at one document from standard input (the kiosk asks this of itself)
    #[command(hide = true)]
    LookAtDocument(look_at_document::Options),

    /// Draw one page of a PDF from standard input (the kiosk asks this of itself)
    #[command(hide = true)]
    DrawPage(draw_page::Options),

    /// Wipe the terminal should the kiosk be killed (the kiosk starts it beside itself)
    #[command(hide = true)]
    GuardTerminal(guard_terminal::Options),

    /// Print completions for a shell
    ///
    /// For bash: totem completions bash > /usr/share/bash-completion/completions/totem
    Completions(completions::Options),

    /// Print the manual page, or write those of all commands
    ///
    /// To read it at once: totem man | man -l -
    Man(man::Options),
}

/// Makes what this process creates readable by its own user alone, and keeps its memory out of
/// core dumps (S4). What the system refuses, `totem doctor` would not mend either: it goes on.
pub fn make_private() {
    use rustix::process::{DumpableBehavior, Resource, Rlimit};
    rustix::process::umask(rustix::fs::Mode::from_raw_mode(0o077));
    let none = Rlimit { current: Some(0), maximum: Some(0) };
    let _ = rustix::process::setrlimit(Resource::Core, none);
    #[cfg(target_os = "linux")]
    let _ = rustix::process::set_dumpable_behavior(DumpableBehavior::NotDumpable);
}

/// Does what the arguments ask; the first is the program's name.
///
/// # Errors
/// Whatever keeps a command from being done; [`Exit::of`] gives the code to leave with.
pub fn run(arguments: impl IntoIterator<Item = OsString>, environment: &Environment) -> anyhow::Result<Exit> {
    let arguments: Vec<OsString> = arguments.into_iter().collect();
    let arguments = match arguments.len() {
        // Nothing to read, and a first frame that waits for it.
        0 | 1 => Ok(Arguments::default()),
        _ => Arguments::try_parse_from(arguments),
    };
    let arguments = match arguments {
        Ok(arguments) => arguments,
        Err(error) => {
            error.print()?;
            return Ok(if error.use_stderr() { Exit::Usage } else { Exit::Done });
        }
    };
    let settings = || Config::load(arguments.config.as_deref(), environment);
    // What touches the data does so in places that nobody else can get at.
    let guarded = || -> anyhow::Result<Config> {
        let config = settings()?;
        config.check_places().map_err(Failure::from)?;
        Ok(config)
    };
    match arguments.command.as_ref().unwrap_or(&Command::Run) {
        Command::Run => run::run(&settings()?, environment),
        Command::Demo(options) => demo::run(options, environment, settings),
        Command::Sandbox(options) => sandbox::run(options, &settings()?),
        Command::Config(action) => config::run(action, settings),
        Command::Doctor => doctor::run(settings(), environment),
        Command::Import(table) => import::run(table, &guarded()?),
        Command::Audit(action) => audit::run(action, &guarded()?),
        Command::Outbox(action) => outbox::run(action, &guarded()?),
        Command::Data(action) => data::run(action, &guarded()?),
        Command::Dispute(action) => dispute::run(action, &guarded()?),
        Command::Backup(options) => backup::run(options, &guarded()?),
        Command::Restore(options) => restore::run(options, &guarded()?),
        Command::Compact => compact::run(&guarded()?),
        Command::Store(action) => store::run(action, &guarded()?),
        Command::Schema(action) => schema::run(action, &settings()?),
        Command::Key(action) => key::run(action, &guarded()?),
        Command::Staff(action) => staff::run(action, &guarded()?, Abilities::of(environment)),
        Command::StaffPin(options) => staff_pin::run(options, &settings()?),
        Command::Figures(options) => figures::run(options, &guarded()?),
        Command::Clock(action) => clock::run(action, &guarded()?),
        Command::Unlock(options) => unlock::run(options, &guarded()?),
        Command::LookAtDocument(options) => look_at_document::run(options),
        Command::DrawPage(options) => draw_page::run(options),
        Command::GuardTerminal(options) => guard_terminal::run(options),
        Command::Completions(options) => completions::run(options),
        Command::Man(options) => man::run(options),
    }
}

/// Runs what is asynchronous to its end, on this thread.
fn block_on<T>(future: impl Future<Output = T>) -> std::io::Result<T> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    Ok(runtime.block_on(future))
}

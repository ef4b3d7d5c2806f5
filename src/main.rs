//! The command line: only its entry and exit. What each command does is in [`totem::cli`].
#![forbid(unsafe_code)]

use std::process::ExitCode;

use totem::cli;
use totem::config::Environment;

fn main() -> ExitCode {
    cli::make_private();
    match cli::run(std::env::args_os(), &Environment::of_process()) {
        Ok(exit) => exit.into(),
        // The reader of our output has closed it, having read enough.
        Err(error) if error.chain().any(is_broken_pipe) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("totem: {error:#}");
            cli::Exit::of(&error).into()
        }
    }
}

fn is_broken_pipe(cause: &(dyn std::error::Error + 'static)) -> bool {
    cause.downcast_ref::<std::io::Error>().is_some_and(|error| error.kind() == std::io::ErrorKind::BrokenPipe)
}

//! The command line: nothing but the way in and the way out. What each command does is in
//! [`totem::cli`].
#![forbid(unsafe_code)]

use std::process::ExitCode;

use totem::cli;
use totem::config::Environment;

fn main() -> ExitCode {
    cli::make_private();
    match cli::run(std::env::args_os(), &Environment::of_process()) {
        Ok(exit) => exit.into(),
        Err(error) => {
            eprintln!("totem: {error:#}");
            cli::Exit::of(&error).into()
        }
    }
}

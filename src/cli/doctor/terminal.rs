//! The terminal: large enough, with colours, and able to show the letters of Spanish.

use std::io::IsTerminal as _;

use crate::config::Environment;
use crate::terminal::TerminalKind;

use super::{Finding, console};

/// Below this the kiosk asks for a larger window: columns and rows.
const LEAST: (u16, u16) = (40, 20);
/// From this size on it looks as intended.
const GOOD: (u16, u16) = (80, 24);

/// Says whether the Linux console shows UTF-8.
const CONSOLE_UTF8: &str = "/sys/module/vt/parameters/default_utf8";

pub(super) fn examine(environment: &Environment) -> Vec<Finding> {
    let mut findings = Vec::new();
    // What doctor says may well go through a pager.
    if std::io::stdout().is_terminal() || std::io::stdin().is_terminal() {
        findings.push(judge_size(crossterm::terminal::size().ok()));
    } else {
        findings.push(Finding::warn(
            "terminal: this is not one, so its size can't be told",
            "run doctor on the kiosk's own terminal",
        ));
    }
    findings.push(judge_colours(environment));
    let console = std::fs::read_to_string(CONSOLE_UTF8).ok();
    findings.push(judge_letters(environment, console.as_deref().map(str::trim)));
    if environment.terminal.as_deref() == Some("linux") {
        findings.extend(console::examine());
    }
    findings
}

fn judge_size(size: Option<(u16, u16)>) -> Finding {
    let Some((columns, rows)) = size else {
        return Finding::fault("terminal: it doesn't tell its size", "stty size must print two numbers");
    };
    let shown = format!("terminal: {columns} columns, {rows} rows");
    if columns < LEAST.0 || rows < LEAST.1 {
        Finding::fault(
            shown,
            format!("at least {} by {}: a smaller font or a larger window", LEAST.0, LEAST.1),
        )
    } else if columns < GOOD.0 || rows < GOOD.1 {
        Finding::warn(shown, format!("{} by {} shows each step whole", GOOD.0, GOOD.1))
    } else {
        Finding::ok(shown)
    }
}

fn judge_colours(environment: &Environment) -> Finding {
    let kind = environment.terminal.as_deref();
    let direct = environment.color_terminal.as_deref().is_some_and(|c| c == "truecolor" || c == "24bit");
    match kind {
        None => Finding::fault("TERM is not set", "set it to the terminal's kind, on a Linux console: linux"),
        Some(kind) if TerminalKind::named(kind) == TerminalKind::Teletype => Finding::fault(
            format!("TERM={kind} says that the terminal can't place a cursor, and the kiosk doesn't start"),
            "run on a real terminal, or set TERM to its kind",
        ),
        Some(kind) if environment.no_color => {
            Finding::ok(format!("TERM={kind}, and NO_COLOR is set: without colours"))
        }
        Some(kind) if TerminalKind::named(kind) == TerminalKind::Monochrome => {
            Finding::warn(format!("TERM={kind}, without colours"), "reverse video has to do")
        }
        Some(kind) if direct => Finding::ok(format!("TERM={kind}, with all colours")),
        Some(kind) if kind.contains("256color") => Finding::ok(format!("TERM={kind}, with 256 colours")),
        Some(kind) => Finding::ok(format!("TERM={kind}, with 8 colours")),
    }
}

fn judge_letters(environment: &Environment, console: Option<&str>) -> Finding {
    let locale = environment.locale.as_deref().unwrap_or("C");
    let simple: String = locale.to_lowercase().chars().filter(|symbol| *symbol != '-').collect();
    let is_console = environment.terminal.as_deref() == Some("linux");
    match (is_console, console) {
        (true, Some("1")) => {
            Finding::ok("letters: a Linux console in UTF-8, with its base letters and lines")
        }
        (true, Some("0")) => Finding::fault(
            "letters: the Linux console is not in UTF-8",
            "run unicode_start, or boot with vt.default_utf8=1",
        ),
        _ if simple.contains("utf8") => Finding::ok(format!("letters: {locale}")),
        _ => Finding::fault(
            format!("letters: the locale {locale} is not UTF-8, so ñ, á and █ may come out as rubbish"),
            "set LANG=C.UTF-8 for the kiosk and its terminal",
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::super::Level;
    use super::*;

    fn with(terminal: &str, locale: &str) -> Environment {
        Environment {
            terminal: Some(terminal.to_string()),
            locale: Some(locale.to_string()),
            ..Environment::default()
        }
    }

    #[test]
    fn sizes() {
        assert_eq!(judge_size(Some((39, 24))).level, Level::Fault);
        assert_eq!(judge_size(Some((40, 20))).level, Level::Warn);
        assert_eq!(judge_size(Some((80, 24))).level, Level::Ok);
        assert_eq!(judge_size(None).level, Level::Fault);
    }

    #[test]
    fn colours() {
        let level = |kind| judge_colours(&with(kind, "C.UTF-8")).level;
        assert_eq!(level("linux"), Level::Ok);
        assert_eq!(level("dumb"), Level::Fault);
        assert_eq!(level("vt100"), Level::Warn);
        assert_eq!(judge_colours(&Environment::default()).level, Level::Fault);
        let none = Environment { no_color: true, ..with("xterm-256color", "C.UTF-8") };
        assert!(judge_colours(&none).what.contains("without colours"));
    }

    #[test]
    fn letters() {
        let level = |locale, console| judge_letters(&with("linux", locale), console).level;
        assert_eq!(level("C", Some("1")), Level::Ok);
        assert_eq!(level("C.utf8", None), Level::Ok);
        assert_eq!(level("es_CL.ISO-8859-1", None), Level::Fault);
        assert_eq!(level("C.UTF-8", Some("0")), Level::Fault);
        assert_eq!(judge_letters(&Environment::default(), None).level, Level::Fault);
    }
}

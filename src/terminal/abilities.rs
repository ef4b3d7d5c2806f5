//! What the terminal can show beyond the base, by what the environment says of it.

use crate::config::Environment;

/// Kinds that draw half blocks whatever the font: their own program draws them, or their fonts are
/// those of a desktop. A Linux console shows what its font has, and Debian's Western ones lack them.
const WITH_HALF_BLOCKS: [&str; 10] =
    ["alacritty", "contour", "foot", "kitty", "konsole", "rxvt-unicode", "st-", "vte", "wezterm", "xterm"];

/// What `TERM` says of a terminal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TerminalKind {
    /// It can't place a cursor: there is nothing that a page could be drawn on.
    Teletype,
    /// It has bold, underline and reverse, and no colours.
    Monochrome,
    /// It has eight colours at least.
    Coloured,
}

impl TerminalKind {
    /// By its name in `TERM`.
    pub fn named(name: &str) -> Self {
        let is_vt =
            name.strip_prefix("vt").is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
        match name {
            "dumb" | "unknown" | "network" => TerminalKind::Teletype,
            _ if is_vt || name.ends_with("-m") || name.ends_with("-mono") => TerminalKind::Monochrome,
            _ => TerminalKind::Coloured,
        }
    }
}

/// What this terminal can show.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Abilities {
    /// It has no colours, or `NO_COLOR` is set.
    pub no_color: bool,
    /// It has `▀` and `▄`.
    pub half_blocks: bool,
}

impl Abilities {
    /// As far as the environment tells.
    pub fn of(environment: &Environment) -> Self {
        let kind = environment.terminal.as_deref().unwrap_or_default();
        let locale = environment.locale.as_deref().unwrap_or_default().to_lowercase().replace('-', "");
        let is_known = WITH_HALF_BLOCKS.iter().any(|known| kind.starts_with(known));
        let no_color = environment.no_color || TerminalKind::named(kind) == TerminalKind::Monochrome;
        Abilities { no_color, half_blocks: is_known && locale.contains("utf8") }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_terminal_without_colours_gets_none() {
        let kinds = ["vt100", "vt220", "vt102-w", "linux-m", "xterm-mono"];
        for (kind, no_color) in
            kinds.map(|kind| (kind, true)).into_iter().chain([("linux", false), ("vte-256color", false)])
        {
            let environment = Environment { terminal: Some(kind.to_string()), ..Environment::default() };
            assert_eq!(Abilities::of(&environment).no_color, no_color, "{kind}");
        }
        assert_eq!(TerminalKind::named("dumb"), TerminalKind::Teletype);
    }

    #[test]
    fn half_blocks_only_where_they_are_known_to_be() {
        let has = |terminal: &str, locale: &str| {
            let (terminal, locale) = (Some(terminal.to_string()), Some(locale.to_string()));
            Abilities::of(&Environment { terminal, locale, ..Environment::default() }).half_blocks
        };
        assert!(has("xterm-256color", "es_CL.UTF-8") && has("foot", "C.utf8"));
        assert!(!has("linux", "es_CL.UTF-8") && !has("vt220", "C.UTF-8") && !has("screen", "C.UTF-8"));
        assert!(!has("xterm", "C") && !has("", "C.UTF-8"));
    }
}

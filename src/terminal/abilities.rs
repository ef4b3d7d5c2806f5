//! What the terminal can show beyond the base, by what the environment says of it.

use crate::config::Environment;

/// Kinds that draw half blocks whatever the font: their own program draws them, or their fonts are
/// those of a desktop. A Linux console shows what its font has, and Debian's Western ones lack them.
const WITH_HALF_BLOCKS: [&str; 10] =
    ["alacritty", "contour", "foot", "kitty", "konsole", "rxvt-unicode", "st-", "vte", "wezterm", "xterm"];

/// What this terminal can show.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Abilities {
    /// `NO_COLOR` is set.
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
        Abilities { no_color: environment.no_color, half_blocks: is_known && locale.contains("utf8") }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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

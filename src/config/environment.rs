//! What is read from the process's environment, once and in one place, so that nothing else asks
//! for variables and a test can pass in its own.

use std::path::PathBuf;

/// The start of the name of every variable that is a setting.
pub const PREFIX: &str = "TOTEM__";

/// The variables that the program uses.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Environment {
    /// Settings: the full names of the variables and their texts, in order of the names.
    pub settings: Vec<(String, String)>,
    /// Where systemd put the credentials of the service (S14).
    pub credentials_directory: Option<PathBuf>,
    /// `TERM`: the kind of terminal.
    pub terminal: Option<String>,
    /// `COLORTERM`: how many colours it has.
    pub color_terminal: Option<String>,
    /// Whether `NO_COLOR` is set and not empty.
    pub no_color: bool,
    /// The locale of characters: the first of `LC_ALL`, `LC_CTYPE` and `LANG` that isn't empty.
    pub locale: Option<String>,
}

impl Environment {
    /// The environment of this process. What is not UTF-8 is read with replacement characters, and
    /// fails later if a setting can't hold them.
    #[expect(clippy::disallowed_methods, reason = "the one place that reads the environment")]
    pub fn of_process() -> Self {
        let text = |name: &str| {
            std::env::var_os(name)
                .map(|value| value.to_string_lossy().into_owned())
                .filter(|value| !value.is_empty())
        };
        let mut settings: Vec<(String, String)> = std::env::vars_os()
            .map(|(name, value)| (name.to_string_lossy().into_owned(), value.to_string_lossy().into_owned()))
            .filter(|(name, _)| name.starts_with(PREFIX))
            .collect();
        settings.sort();
        Environment {
            settings,
            credentials_directory: text("CREDENTIALS_DIRECTORY").map(PathBuf::from),
            terminal: text("TERM"),
            color_terminal: text("COLORTERM"),
            no_color: text("NO_COLOR").is_some(),
            locale: text("LC_ALL").or_else(|| text("LC_CTYPE")).or_else(|| text("LANG")),
        }
    }

    /// The same with one more setting: `("hash.memory_kib", "8")`. For tests and for the demo.
    pub fn with(mut self, key: &str, value: &str) -> Self {
        self.settings.push((variable_of(key), value.to_string()));
        self
    }
}

/// `idle.data_typed_seconds` → `TOTEM__IDLE__DATA_TYPED_SECONDS`
pub fn variable_of(key: &str) -> String {
    format!("{PREFIX}{}", key.replace('.', "__").to_uppercase())
}

/// `TOTEM__IDLE__DATA_TYPED_SECONDS` → `idle.data_typed_seconds`
pub fn key_of(variable: &str) -> String {
    variable.trim_start_matches(PREFIX).replace("__", ".").to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_there_and_back() {
        let variable = variable_of("idle.data_typed_seconds");
        assert_eq!(variable, "TOTEM__IDLE__DATA_TYPED_SECONDS");
        assert_eq!(key_of(&variable), "idle.data_typed_seconds");
    }
}

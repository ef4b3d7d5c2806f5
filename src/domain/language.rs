//! The languages of the kiosk, its messages and its papers.

/// A language the kiosk speaks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    #[default]
    Es,
    En,
}

impl Language {
    pub const ALL: [Language; 2] = [Language::Es, Language::En];

    pub fn other(self) -> Self {
        match self {
            Language::Es => Language::En,
            Language::En => Language::Es,
        }
    }
}

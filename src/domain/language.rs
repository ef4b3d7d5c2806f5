//! The languages of the kiosk, its messages and its papers.

/// A language the kiosk speaks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    /// Spanish, in which every visit begins.
    #[default]
    Es,
    /// English.
    En,
}

impl Language {
    /// In the order of the screen.
    pub const ALL: [Language; 2] = [Language::Es, Language::En];

    /// What the language button switches to.
    pub fn other(self) -> Self {
        match self {
            Language::Es => Language::En,
            Language::En => Language::Es,
        }
    }
}

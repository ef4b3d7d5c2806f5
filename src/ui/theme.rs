//! Colours and attributes: what a thing on the screen is, and how each theme draws that.
//!
//! Only the eight base colours are used, since that is what a Linux console promises, and only
//! pairs that can be read there: its plain red, blue, magenta and brown on black can't. Black is
//! never bold, for the console draws bold black as dark grey.

use ratatui::style::{Color, Modifier, Style};

/// How the screen is coloured. The person changes between the first two with F4.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Theme {
    /// Colours that a console has.
    #[default]
    Normal,
    /// Black and white only, 9:1 or better.
    High,
    /// For `NO_COLOR`: the terminal's own colours, with reverse, bold and underline.
    Plain,
}

/// What a piece of the screen is, so that only this file knows what it looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TextRole {
    /// Whatever is nothing else.
    Text,
    /// Headings, labels, and what the person typed, read back.
    Strong,
    /// Panel titles, rules, marks: the one accent colour.
    Accent,
    /// The identity bar.
    Bar,
    /// Our name in it.
    BarStrong,
    /// The band of a demonstration.
    Demo,
    /// What has the focus.
    Focus,
    /// A box to type in.
    Field,
    /// Its edges.
    FieldEdge,
    /// A button.
    Button,
    /// The word `ERROR:`.
    ErrorMark,
    /// A notice.
    Notice,
    /// The name of a key in the last line.
    Key,
    /// A light cell of a picture: a letter of the challenge, the ground of a QR.
    Light,
    /// A dark cell of a picture.
    Dark,
    /// A cell of which one half is dark and the other light, drawn by a half block.
    Halves,
}

impl TextRole {
    /// Every one, for tests.
    pub const ALL: [TextRole; 16] = [
        TextRole::Text,
        TextRole::Strong,
        TextRole::Accent,
        TextRole::Bar,
        TextRole::BarStrong,
        TextRole::Demo,
        TextRole::Focus,
        TextRole::Field,
        TextRole::FieldEdge,
        TextRole::Button,
        TextRole::ErrorMark,
        TextRole::Notice,
        TextRole::Key,
        TextRole::Light,
        TextRole::Dark,
        TextRole::Halves,
    ];
}

impl Theme {
    /// Every one, for tests.
    pub const ALL: [Theme; 3] = [Theme::Normal, Theme::High, Theme::Plain];

    /// The lowest contrast that this theme may have; none where the terminal chooses the colours.
    pub fn least_contrast(self) -> Option<f64> {
        match self {
            Theme::Normal => Some(4.5),
            Theme::High => Some(9.0),
            Theme::Plain => None,
        }
    }

    /// Foreground, background and attributes, all three said, so that no cell inherits anything.
    pub fn style(self, role: TextRole) -> Style {
        let (foreground, background, attributes) = match self {
            Theme::Normal => normal(role),
            Theme::High => high(role),
            Theme::Plain => (Color::Reset, Color::Reset, plain(role)),
        };
        Style::new()
            .fg(foreground)
            .bg(background)
            .add_modifier(attributes)
            .remove_modifier(Modifier::all().difference(attributes))
    }
}

fn normal(role: TextRole) -> (Color, Color, Modifier) {
    let none = Modifier::empty();
    match role {
        TextRole::Text => (Color::Gray, Color::Black, none),
        TextRole::Strong | TextRole::Key => (Color::Gray, Color::Black, Modifier::BOLD),
        TextRole::Accent => (Color::Cyan, Color::Black, none),
        TextRole::Bar | TextRole::Field => (Color::Gray, Color::Blue, none),
        TextRole::BarStrong | TextRole::Button => (Color::Gray, Color::Blue, Modifier::BOLD),
        TextRole::FieldEdge => (Color::Cyan, Color::Blue, none),
        TextRole::Demo => (Color::Black, Color::Cyan, none),
        TextRole::Focus | TextRole::ErrorMark | TextRole::Notice | TextRole::Light => {
            (Color::Black, Color::Gray, none)
        }
        TextRole::Dark | TextRole::Halves => (Color::Gray, Color::Black, none),
    }
}

fn high(role: TextRole) -> (Color, Color, Modifier) {
    let none = Modifier::empty();
    match role {
        TextRole::Text | TextRole::Field | TextRole::FieldEdge | TextRole::Dark | TextRole::Halves => {
            (Color::Gray, Color::Black, none)
        }
        TextRole::Strong | TextRole::Accent | TextRole::Key | TextRole::Button => {
            (Color::Gray, Color::Black, Modifier::BOLD)
        }
        TextRole::Bar | TextRole::BarStrong | TextRole::Demo | TextRole::Focus => {
            (Color::Black, Color::Gray, none)
        }
        TextRole::ErrorMark | TextRole::Notice | TextRole::Light => (Color::Black, Color::Gray, none),
    }
}

fn plain(role: TextRole) -> Modifier {
    match role {
        TextRole::Text | TextRole::Accent | TextRole::FieldEdge | TextRole::Dark | TextRole::Halves => {
            Modifier::empty()
        }
        TextRole::Strong | TextRole::Key | TextRole::Button => Modifier::BOLD,
        TextRole::Field => Modifier::UNDERLINED,
        TextRole::Bar | TextRole::BarStrong | TextRole::Demo => Modifier::REVERSED,
        TextRole::Focus | TextRole::ErrorMark | TextRole::Notice | TextRole::Light => Modifier::REVERSED,
    }
}

/// The Linux console's colours, plain and bright, as red, green and blue.
const CONSOLE: [(Color, [u8; 3], [u8; 3]); 8] = [
    (Color::Black, [0x00, 0x00, 0x00], [0x55, 0x55, 0x55]),
    (Color::Red, [0xAA, 0x00, 0x00], [0xFF, 0x55, 0x55]),
    (Color::Green, [0x00, 0xAA, 0x00], [0x55, 0xFF, 0x55]),
    (Color::Yellow, [0xAA, 0x55, 0x00], [0xFF, 0xFF, 0x55]),
    (Color::Blue, [0x00, 0x00, 0xAA], [0x55, 0x55, 0xFF]),
    (Color::Magenta, [0xAA, 0x00, 0xAA], [0xFF, 0x55, 0xFF]),
    (Color::Cyan, [0x00, 0xAA, 0xAA], [0x55, 0xFF, 0xFF]),
    (Color::Gray, [0xAA, 0xAA, 0xAA], [0xFF, 0xFF, 0xFF]),
];

/// A base colour as the Linux console shows it; `None` for any other colour. Ratatui's
/// `Gray` is the base colour 7; its `White` is a bright colour, which a console may not have.
pub fn console_rgb(color: Color, bright: bool) -> Option<[u8; 3]> {
    let (_, plain, bold) = CONSOLE.iter().find(|(name, ..)| *name == color)?;
    Some(if bright { *bold } else { *plain })
}

/// How well a foreground can be told from a background (WCAG 2, from 1 to 21), on the Linux
/// console, taking the worse of bold drawn brighter and bold drawn thicker.
pub fn contrast(foreground: Color, background: Color, attributes: Modifier) -> Option<f64> {
    let ground = luminance(console_rgb(background, false)?);
    let ratio = |rgb| {
        let ink = luminance(rgb);
        (ink.max(ground) + 0.05) / (ink.min(ground) + 0.05)
    };
    let thick = ratio(console_rgb(foreground, false)?);
    if !attributes.contains(Modifier::BOLD) {
        return Some(thick);
    }
    Some(thick.min(ratio(console_rgb(foreground, true)?)))
}

fn luminance(rgb: [u8; 3]) -> f64 {
    let [red, green, blue] = rgb.map(|part| {
        let part = f64::from(part) / 255.0;
        if part <= 0.03928 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
    });
    0.2126 * red + 0.7152 * green + 0.0722 * blue
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_role_can_be_read_on_a_linux_console() {
        for theme in Theme::ALL {
            for role in TextRole::ALL {
                let style = theme.style(role);
                let (Some(fg), Some(bg)) = (style.fg, style.bg) else {
                    panic!("{theme:?} {role:?} leaves a colour to chance");
                };
                match theme.least_contrast() {
                    None => assert_eq!((fg, bg), (Color::Reset, Color::Reset), "{role:?}"),
                    Some(least) => {
                        let ratio = contrast(fg, bg, style.add_modifier).unwrap_or(0.0);
                        assert!(ratio >= least, "{theme:?} {role:?}: {ratio:.2}");
                    }
                }
            }
        }
    }

    #[test]
    fn the_colours_that_fail_on_a_console_are_known_to_fail() {
        for color in [Color::Red, Color::Blue, Color::Magenta, Color::Yellow] {
            assert!(contrast(color, Color::Black, Modifier::empty()).is_some_and(|ratio| ratio < 4.5));
        }
        let grey = contrast(Color::Black, Color::Gray, Modifier::BOLD);
        assert!(grey.is_some_and(|ratio| ratio < 4.5), "bold black is grey on a console");
    }

    #[test]
    fn without_colours_the_focus_still_differs_from_all_it_may_stand_on() {
        for theme in Theme::ALL {
            for role in [TextRole::Text, TextRole::Strong, TextRole::Field] {
                assert_ne!(theme.style(TextRole::Focus), theme.style(role));
            }
        }
    }
}

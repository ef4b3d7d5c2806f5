//! Colours and attributes: what a thing on the screen is, and how each theme draws that.
//!
//! Only the eight base colours are used, since that is what a Linux console promises, and only
//! pairs that can be read there: its plain red, blue, magenta and brown on black can't. Black is
//! never bold, for the console draws bold black as dark grey.

use ratatui::style::{Color, Modifier, Style};

/// How the screen is coloured. The person changes between the first two with F4.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Theme {
    #[default]
    Normal,
    /// Black and white only, 9:1 or better.
    High,
    /// For `NO_COLOR`: the terminal's own colours, with reverse, bold and underline.
    Plain,
}

/// What a piece of the screen is, so that only this file knows what it looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Role {
    Text,
    /// Headings, labels, and what the person typed, read back.
    Strong,
    /// Panel titles, rules, marks: the one accent colour.
    Accent,
    Bar,
    BarStrong,
    Demo,
    Focus,
    Field,
    FieldEdge,
    Button,
    /// The word `ERROR:`.
    ErrorMark,
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

impl Role {
    pub const ALL: [Role; 16] = [
        Role::Text,
        Role::Strong,
        Role::Accent,
        Role::Bar,
        Role::BarStrong,
        Role::Demo,
        Role::Focus,
        Role::Field,
        Role::FieldEdge,
        Role::Button,
        Role::ErrorMark,
        Role::Notice,
        Role::Key,
        Role::Light,
        Role::Dark,
        Role::Halves,
    ];
}

impl Theme {
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
    pub fn style(self, role: Role) -> Style {
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

fn normal(role: Role) -> (Color, Color, Modifier) {
    let none = Modifier::empty();
    match role {
        Role::Text => (Color::Gray, Color::Black, none),
        Role::Strong | Role::Key => (Color::Gray, Color::Black, Modifier::BOLD),
        Role::Accent => (Color::Cyan, Color::Black, none),
        Role::Bar | Role::Field => (Color::Gray, Color::Blue, none),
        Role::BarStrong | Role::Button => (Color::Gray, Color::Blue, Modifier::BOLD),
        Role::FieldEdge => (Color::Cyan, Color::Blue, none),
        Role::Demo => (Color::Black, Color::Cyan, none),
        Role::Focus | Role::ErrorMark | Role::Notice | Role::Light => (Color::Black, Color::Gray, none),
        Role::Dark | Role::Halves => (Color::Gray, Color::Black, none),
    }
}

fn high(role: Role) -> (Color, Color, Modifier) {
    let none = Modifier::empty();
    match role {
        Role::Text | Role::Field | Role::FieldEdge | Role::Dark | Role::Halves => {
            (Color::Gray, Color::Black, none)
        }
        Role::Strong | Role::Accent | Role::Key | Role::Button => (Color::Gray, Color::Black, Modifier::BOLD),
        Role::Bar | Role::BarStrong | Role::Demo | Role::Focus => (Color::Black, Color::Gray, none),
        Role::ErrorMark | Role::Notice | Role::Light => (Color::Black, Color::Gray, none),
    }
}

fn plain(role: Role) -> Modifier {
    match role {
        Role::Text | Role::Accent | Role::FieldEdge | Role::Dark | Role::Halves => Modifier::empty(),
        Role::Strong | Role::Key | Role::Button => Modifier::BOLD,
        Role::Field => Modifier::UNDERLINED,
        Role::Bar | Role::BarStrong | Role::Demo => Modifier::REVERSED,
        Role::Focus | Role::ErrorMark | Role::Notice | Role::Light => Modifier::REVERSED,
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
            for role in Role::ALL {
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
            for role in [Role::Text, Role::Strong, Role::Field] {
                assert_ne!(theme.style(Role::Focus), theme.style(role));
            }
        }
    }
}

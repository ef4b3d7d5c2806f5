//! What was sent, typed, pressed and handed in while offices were played, as files for the fuzz targets to
//! begin with: each kind in a folder of the target's name.

use std::io;
use std::path::Path;

use totem::event::Key;

use super::devices::PAPER;
use super::figures::Figures;

/// Writes them below this folder.
///
/// # Errors
/// When a file can't be written.
pub fn write(figures: &Figures, folder: &Path) -> io::Result<()> {
    // A message holds what people type, addresses and codes and folios, among other words.
    let words = figures.typed.iter().chain(&figures.texts).map(|text| text.as_bytes().to_vec());
    files(&folder.join("typed_words"), words)?;
    files(&folder.join("key_bytes"), figures.pressed.iter().map(|keys| sent_by_terminal(keys)))?;
    files(&folder.join("documents"), [PAPER.to_vec()].into_iter())
}

fn files(folder: &Path, contents: impl Iterator<Item = Vec<u8>>) -> io::Result<()> {
    std::fs::create_dir_all(folder)?;
    for (number, bytes) in contents.enumerate() {
        std::fs::write(folder.join(format!("simulated-{number:03}")), bytes)?;
    }
    Ok(())
}

/// What a terminal sends for these keys.
fn sent_by_terminal(keys: &[Key]) -> Vec<u8> {
    keys.iter().flat_map(|key| bytes_of(*key).into_bytes()).collect()
}

fn bytes_of(key: Key) -> String {
    let sequence = match key {
        Key::Char(symbol) => return symbol.to_string(),
        Key::Enter => "\r",
        Key::Tab => "\t",
        Key::BackTab => "\x1b[Z",
        Key::Up => "\x1b[A",
        Key::Down => "\x1b[B",
        Key::Right => "\x1b[C",
        Key::Left => "\x1b[D",
        Key::Home => "\x1b[H",
        Key::End => "\x1b[F",
        Key::PageUp => "\x1b[5~",
        Key::PageDown => "\x1b[6~",
        Key::Backspace => "\x7f",
        Key::Delete => "\x1b[3~",
        Key::EraseLine => "\x15",
        // Twice, so that it is whole without waiting.
        Key::Esc => "\x1b\x1b",
        Key::F(number @ 1..=5) => return format!("\x1b[{}~", 10 + number),
        Key::F(number @ 6..=10) => return format!("\x1b[{}~", 11 + number),
        Key::F(number) => return format!("\x1b[{}~", 12 + number),
    };
    sequence.to_string()
}

#[cfg(test)]
mod tests {
    use std::time::Instant;

    use totem::terminal::input::{KeyHeard, KeyParser};

    use super::*;
    use crate::sim::night::plan_of;
    use crate::sim::office::play;
    use crate::sim::trace::Aloud;

    fn contents(folder: &Path) -> Vec<String> {
        let files =
            std::fs::read_dir(folder).expect("it was made").map(|file| file.expect("it is there").path());
        files
            .map(|file| String::from_utf8(std::fs::read(file).expect("it can be read")).expect("text"))
            .collect()
    }

    #[test]
    fn what_was_typed_and_sent_lies_in_a_folder_of_each_target() {
        let played = play(&plan_of(7, 0, 25), None, Aloud::No).figures;
        let folder = tempfile::tempdir().expect("a folder");
        write(&played, folder.path()).expect("it can be written");
        let words = contents(&folder.path().join("typed_words"));
        assert_eq!(words.len(), played.typed.len() + played.texts.len());
        assert!(words.iter().any(|text| text == "99999999-9"), "{words:?}");
        assert!(words.iter().any(|text| text.contains("Clave Sence")), "{words:?}");
        assert!(contents(&folder.path().join("documents")).iter().all(|file| file.starts_with("%PDF-")));
        let pressed = contents(&folder.path().join("key_bytes"));
        assert!(pressed.iter().any(|keys| keys.contains("99999999-9\r")), "{pressed:?}");
        let targets = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/targets");
        for written in std::fs::read_dir(folder.path()).expect("it was made") {
            let name = written.expect("it is there").file_name().into_string().expect("text");
            assert!(targets.join(format!("{name}.rs")).is_file(), "{name} is no target");
        }
    }

    /// As a terminal sends them, the same keys are heard again.
    #[test]
    fn the_bytes_of_keys_are_read_as_those_keys() {
        let mut keys = vec![Key::Char('a'), Key::Char('ñ'), Key::Enter, Key::Tab, Key::BackTab, Key::Up];
        keys.extend([Key::Down, Key::Left, Key::Right, Key::Home, Key::End, Key::PageUp, Key::PageDown]);
        keys.extend([Key::Backspace, Key::Delete, Key::EraseLine]);
        // F11 empties the field, as Ctrl-U does.
        keys.extend([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12].map(Key::F));
        for key in keys {
            let (mut parser, now) = (KeyParser::default(), Instant::now());
            let heard: Vec<KeyHeard> =
                sent_by_terminal(&[key]).into_iter().filter_map(|byte| parser.push(byte, now)).collect();
            assert_eq!(heard, [KeyHeard::Key(key)], "{key:?}");
        }
    }
}

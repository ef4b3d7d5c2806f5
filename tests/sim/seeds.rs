//! What was sent, typed and handed in while offices were played, as files for the fuzz targets to begin
//! with: each kind in a folder of the target's name.

use std::io;
use std::path::Path;

use super::devices::PAPER;
use super::figures::Figures;

/// Writes them below this folder.
///
/// # Errors
/// When a file can't be written.
pub fn write(figures: &Figures, folder: &Path) -> io::Result<()> {
    let (typed, texts) =
        (figures.typed.iter().map(String::as_bytes), figures.texts.iter().map(String::as_bytes));
    files(&folder.join("typed_words"), typed)?;
    files(&folder.join("messages"), texts)?;
    files(&folder.join("documents"), [PAPER].into_iter())
}

fn files<'a>(folder: &Path, contents: impl Iterator<Item = &'a [u8]>) -> io::Result<()> {
    std::fs::create_dir_all(folder)?;
    for (number, bytes) in contents.enumerate() {
        std::fs::write(folder.join(format!("simulated-{number:03}")), bytes)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
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
        let (typed, sent) =
            (contents(&folder.path().join("typed_words")), contents(&folder.path().join("messages")));
        assert_eq!((typed.len(), sent.len()), (played.typed.len(), played.texts.len()));
        assert!(typed.iter().any(|text| text == "99999999-9"), "{typed:?}");
        assert!(sent.iter().any(|text| text.contains("Clave Sence")), "{sent:?}");
        assert!(contents(&folder.path().join("documents")).iter().all(|file| file.starts_with("%PDF-")));
        let targets = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/targets");
        for target in ["typed_words", "documents"] {
            assert!(targets.join(format!("{target}.rs")).is_file(), "{target}");
        }
    }
}

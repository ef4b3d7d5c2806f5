//! `[documents]`: where the documents that people bring come from, where they are kept, and how the
//! declaration is handed out.

use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::documents::{Viewing, renderer};
use crate::domain::clean::Clean;

use super::reader::Reader;

/// Stands for the file in `print_command`.
const FILE: &str = "{file}";

/// Paths are absolute.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Documents {
    /// Where documents are kept, sealed.
    pub folder: PathBuf,
    /// Whatever is mounted below one of these is a removable drive.
    pub media_folders: Vec<PathBuf>,
    /// Where the staff's scanner puts its files; `None` without a scanner.
    pub scanner_folder: Option<PathBuf>,
    /// The office's own template of the declaration; `None` for the built-in one.
    pub declaration_template: Option<PathBuf>,
    /// Where documents are laid out for staff; `None` if they can't be.
    pub viewing_folder: Option<PathBuf>,
    /// How long they stay there at most.
    pub viewing: Duration,
    /// What draws a PDF's pages for them; `None` to look where it usually lies.
    pub renderer: Option<PathBuf>,
    /// Program and arguments, one of them with `{file}`; empty without a printer.
    pub print_command: Vec<String>,
}

impl Documents {
    pub(super) fn read(from: &mut Reader) -> Self {
        let documents = Documents {
            folder: from.path("documents.folder"),
            media_folders: media_folders(from),
            scanner_folder: from.optional_path("documents.scanner_folder"),
            declaration_template: from.optional_path("documents.declaration_template"),
            viewing_folder: from.optional_path("documents.viewing_folder"),
            viewing: from.duration("documents.viewing_minutes", 1..=480, 60),
            renderer: from.optional_path("documents.renderer"),
            print_command: print_command(from),
        };
        let is_within = |inner: &Path, outer: &Path| inner.starts_with(outer);
        let scanner = documents.scanner_folder.iter();
        let mut shown = documents.media_folders.iter().chain(scanner);
        if shown.any(|shown| is_within(&documents.folder, shown) || is_within(shown, &documents.folder)) {
            from.fault(
                "documents.folder",
                "What is kept must not lie where people choose files, nor the other way round.",
            );
        }
        if let Some(viewing) = &documents.viewing_folder {
            let shown = documents.media_folders.iter().chain(documents.scanner_folder.iter());
            let mut others = shown.chain([&documents.folder]);
            if others.any(|other| is_within(viewing, other) || is_within(other, viewing)) {
                from.fault(
                    "documents.viewing_folder",
                    "It must be a folder of its own: not where people choose files, nor where they are kept.",
                );
            }
        }
        documents
    }

    /// Where staff view documents, if they can.
    pub fn viewing(&self) -> Option<Viewing> {
        self.viewing_folder.clone().map(|folder| Viewing::new(folder, self.viewing))
    }

    /// What draws a PDF's pages, if it is installed.
    pub fn drawing_tool(&self) -> Option<PathBuf> {
        match &self.renderer {
            Some(tool) => Some(tool.clone()).filter(|tool| renderer::is_there(tool)),
            None => renderer::in_usual_place(),
        }
    }
}

fn media_folders(from: &mut Reader) -> Vec<PathBuf> {
    let folders: Vec<Clean> = from.list("documents.media_folders");
    let folders: Vec<PathBuf> = folders.iter().map(|folder| PathBuf::from(folder.as_str())).collect();
    if folders.iter().any(|folder| !folder.is_absolute() || folder.parent().is_none()) {
        from.fault(
            "documents.media_folders",
            "Each must be a folder from the root, such as /media, and not the root itself.",
        );
    }
    folders
}

fn print_command(from: &mut Reader) -> Vec<String> {
    let words: Vec<String> = from.list("documents.print_command").iter().map(ToString::to_string).collect();
    let is_whole = words.iter().skip(1).any(|word| word.contains(FILE));
    if !words.is_empty() && !is_whole {
        from.fault(
            "documents.print_command",
            "It must be a program and its arguments, one of them with {file}.",
        );
    }
    words
}

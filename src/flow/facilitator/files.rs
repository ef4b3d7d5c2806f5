//! Choosing a document: a flat list of what lies on drives and in the scanner's folder, the reason
//! beside what doesn't fit, and the preview of what was chosen (S16, S17). Never a file browser.

use crate::domain::document::Taken;
use crate::domain::document::{Choice, Drive, Offer, Offers, Place, Unfit};
use crate::event::Target;
use crate::flow::menu::{self, Choosing, Chosen};
use crate::flow::shown::say;
use crate::form::Touch;
use crate::page::{Block, Fact, Words};
use crate::text::{Msg, megabytes};

/// How many of those that don't fit are shown with their reason.
const UNFIT_SHOWN: usize = 6;
const BYTES_PER_KB: u64 = 1024;

/// The two documents of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Paper {
    /// *Declaración Jurada*
    Declaration,
    /// *Documento de Identificación*
    IdentityDocument,
}

/// The documents that are attached so far: in memory alone, and gone with the visit.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Attached {
    declaration: Option<Taken>,
    identity_document: Option<Taken>,
}

impl Attached {
    pub(super) fn get(&self, paper: Paper) -> Option<&Taken> {
        match paper {
            Paper::Declaration => self.declaration.as_ref(),
            Paper::IdentityDocument => self.identity_document.as_ref(),
        }
    }

    pub(super) fn set(&mut self, paper: Paper, taken: Taken) {
        match paper {
            Paper::Declaration => self.declaration = Some(taken),
            Paper::IdentityDocument => self.identity_document = Some(taken),
        }
    }

    /// A declaration names its company: another company's is no longer the right one.
    pub(super) fn forget_declaration(&mut self) {
        self.declaration = None;
    }

    /// Both, or the first that is missing.
    pub(super) fn both(&self) -> Result<(Taken, Taken), Paper> {
        let declaration = self.declaration.clone().ok_or(Paper::Declaration)?;
        let identity_document = self.identity_document.clone().ok_or(Paper::IdentityDocument)?;
        Ok((declaration, identity_document))
    }
}

/// The list as it was last read.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Shelf {
    /// None before it was ever read.
    offers: Option<Offers>,
    choosing: Choosing,
    /// Why the last choice came to nothing.
    pub(super) says: Option<Msg>,
}

/// What a touch on the list came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Picked {
    File(Choice),
    /// *Subir desde el teléfono*
    Phone,
    /// *Actualizar lista*
    Refresh,
    Back,
    NotYet,
}

impl Shelf {
    pub(super) fn fill(&mut self, offers: Offers) {
        *self = Shelf { offers: Some(offers), ..Shelf::default() };
    }

    pub(super) fn was_read(&self) -> bool {
        self.offers.is_some()
    }

    /// Those that can be chosen; no more than an entry's number can say.
    fn fitting(&self) -> Vec<&Offer> {
        let files = self.offers.iter().flat_map(|offers| &offers.files);
        files.filter(|offer| offer.fits.is_ok()).take(usize::from(u8::MAX - 2)).collect()
    }

    /// The entries in their order. The phone comes first: its number is the same however many files
    /// there are.
    fn entries(&self, has_phone: bool) -> Vec<Picked> {
        let phone = has_phone.then_some(Picked::Phone);
        let files = self.fitting().into_iter().map(|offer| Picked::File(offer.choice));
        phone.into_iter().chain(files).chain([Picked::Refresh]).collect()
    }

    pub(super) fn touch(&mut self, touch: &Touch, has_phone: bool) -> Picked {
        let entries = self.entries(has_phone);
        match self.choosing.touch(touch, entries.len() as u8) {
            Chosen::Entry(entry) => entries.get(usize::from(entry)).copied().unwrap_or(Picked::NotYet),
            Chosen::Back => Picked::Back,
            Chosen::NotYet => Picked::NotYet,
        }
    }

    pub(super) fn focus(&self) -> Target {
        self.choosing.focus()
    }

    pub(super) fn blocks(&self, has_phone: bool) -> Vec<Block> {
        let fitting = self.fitting();
        let lost = self.offers.iter().flat_map(|offers| offers.lost.iter().cloned());
        let lost = lost.map(|drive| Msg::FilesDriveLost { drive });
        let mut blocks: Vec<Block> = self.says.iter().cloned().chain(lost).map(Block::Important).collect();
        blocks.push(say(Msg::FilesRule));
        if fitting.is_empty() {
            let has_scanner = self.offers.as_ref().is_some_and(|offers| offers.has_scanner);
            blocks.push(say(if has_scanner { Msg::FilesNoneOrScan } else { Msg::FilesNone }));
        }
        let phone = has_phone.then_some((Msg::FilesFromPhone, Some(Msg::FilesFromPhoneDetail)));
        let files = fitting.iter().map(|offer| {
            let label = Msg::FileEntry { name: offer.name.clone() };
            (label, Some(lies_where(offer)))
        });
        let entries = phone.into_iter().chain(files).chain([(Msg::FilesRefresh, None)]);
        blocks.push(menu::list(entries));
        blocks.extend(self.unfit_blocks());
        blocks
    }

    fn unfit_blocks(&self) -> Vec<Block> {
        let Some(offers) = &self.offers else { return Vec::new() };
        let reasons: Vec<Words> =
            offers.files.iter().filter_map(|offer| Some(unfit(offer, offer.fits.err()?).into())).collect();
        let mut blocks = Vec::new();
        if !reasons.is_empty() {
            let more = (reasons.len() - reasons.len().min(UNFIT_SHOWN)) as u64 + u64::from(offers.left_out);
            blocks.push(say(Msg::FilesUnfit));
            blocks.push(Block::Bullets(reasons.into_iter().take(UNFIT_SHOWN).collect()));
            if more > 0 {
                blocks.push(say(Msg::FilesMore { count: more }));
            }
        } else if offers.left_out > 0 {
            let count = u64::from(offers.left_out);
            blocks.push(say(Msg::FilesMore { count }));
        }
        blocks
    }
}

fn lies_where(offer: &Offer) -> Msg {
    let kilobytes = offer.bytes.div_ceil(BYTES_PER_KB);
    match &offer.place {
        Place::Drive(drive) => Msg::FileOnDrive { drive: drive.clone(), kilobytes },
        Place::Scanner => Msg::FileInScanner { kilobytes },
    }
}

fn unfit(offer: &Offer, unfit: Unfit) -> Msg {
    let name = offer.name.clone();
    match unfit {
        Unfit::OtherKind => Msg::FileUnfitKind { name },
        Unfit::Heic => Msg::FileUnfitHeic { name },
        Unfit::Empty => Msg::FileUnfitEmpty { name },
        Unfit::TooLarge => {
            let (whole, tenth) = megabytes(offer.bytes);
            Msg::FileUnfitLarge { name, whole, tenth }
        }
    }
}

/// Name, kind, pages or pixels, and size of what was chosen.
pub(super) fn preview(taken: &Taken) -> Vec<Fact> {
    let document = &taken.document;
    let said = |label, msg| Fact { label, value: Words::Said(msg), change: None };
    vec![
        Fact { label: Msg::FactFile, value: Words::Given(taken.name.clone()), change: None },
        said(Msg::FactKind, document.kind().label()),
        said(Msg::FactExtent, document.extent().label()),
        said(Msg::FactSize, Msg::SizeKilobytes { kilobytes: document.len().div_ceil(BYTES_PER_KB) }),
    ]
}

/// The drives that can be written to, as entries.
pub(super) fn drive_list(drives: &[Drive]) -> Block {
    menu::list(drives.iter().map(|drive| (Msg::FileEntry { name: drive.name.clone() }, None)))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Nobody is sent to a scanner that there isn't.
    #[test]
    fn a_scanner_is_spoken_of_where_there_is_one() {
        let says = |has_scanner| {
            let mut shelf = Shelf::default();
            shelf.fill(Offers { has_scanner, ..Offers::default() });
            let blocks = shelf.blocks(false);
            [Msg::FilesNone, Msg::FilesNoneOrScan].map(|msg| blocks.contains(&say(msg)))
        };
        assert_eq!((says(false), says(true)), ([true, false], [false, true]));
    }
}

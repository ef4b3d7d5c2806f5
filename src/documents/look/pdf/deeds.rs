//! What a PDF does or carries besides showing pages. Names count where a reader acts on them: as keys
//! whose values are of the kind that acts, and as the types of actions and annotations. In strings,
//! and as names of fonts or of places to go to, they are words like any others.

use super::objects::{Objects, Resolved};
use super::value::{Dictionary, PdfValue};
use crate::domain::document::Active;

/// Types of actions, annotations and files that are not let in.
const TYPES: [(&[u8], Active); 16] = [
    (b"JavaScript", Active::JavaScript),
    (b"Launch", Active::Launch),
    (b"EmbeddedFile", Active::Attachment),
    (b"FileAttachment", Active::Attachment),
    (b"GoToE", Active::Attachment),
    (b"RichMedia", Active::Attachment),
    (b"GoToR", Active::Action),
    (b"ImportData", Active::Action),
    (b"SubmitForm", Active::Action),
    (b"Rendition", Active::Action),
    (b"Movie", Active::Action),
    (b"Sound", Active::Action),
    (b"Screen", Active::Action),
    (b"3D", Active::Action),
    (b"GoTo3DView", Active::Action),
    (b"RichMediaExecute", Active::Action),
];
/// Where a file's place stands in a specification of one.
const PLACES_OF_A_FILE: [&[u8]; 5] = [b"F", b"UF", b"DOS", b"Mac", b"Unix"];
/// When an additional action is done (ISO 32000-1, tables 194 to 197).
const TRIGGERS: [&[u8]; 20] = [
    b"E", b"X", b"D", b"U", b"Fo", b"Bl", b"PO", b"PC", b"PV", b"PI", b"O", b"C", b"K", b"F", b"V", b"WC",
    b"WS", b"DS", b"WP", b"DP",
];
/// What a page's resources are kept by: the keys below are names that a page calls them by.
const RESOURCES: [&[u8]; 7] =
    [b"Font", b"XObject", b"ExtGState", b"ColorSpace", b"Pattern", b"Shading", b"Properties"];
/// What an action does it with. An element of a document's structure has none of them.
const OF_ACTIONS: [&[u8]; 9] = [b"JS", b"F", b"Win", b"Mac", b"Unix", b"Sound", b"AN", b"OP", b"TA"];
/// Actions by name that turn pages.
const PAGE_TURNS: [&[u8]; 4] = [b"NextPage", b"PrevPage", b"FirstPage", b"LastPage"];
/// Links of the Web that do nothing, as browsers print them.
const INERT_LINKS: [&[u8]; 4] =
    [b"javascript:", b"javascript:;", b"javascript:void(0)", b"javascript:void(0);"];
/// Where a link may lead. Nobody follows one without being asked.
const SCHEMES: [&[u8]; 4] = [b"http:", b"https:", b"mailto:", b"tel:"];

/// The worst that any object does, whether or not a page leads to it.
pub fn worst(objects: &Objects) -> Option<Active> {
    let mut search = Search { objects, worst: None };
    for object in objects.all() {
        // Some object may mean this one by its type.
        search.type_named(object.value);
        search.within(object);
    }
    search.worst
}

struct Search<'a> {
    objects: &'a Objects,
    worst: Option<Active>,
}

impl<'a> Search<'a> {
    fn note(&mut self, found: Active) {
        self.worst = Some(self.worst.map_or(found, |worst| worst.min(found)));
    }

    fn within(&mut self, object: Resolved<'a>) {
        match object.value {
            PdfValue::Array(items) => {
                for value in items {
                    self.within(Resolved { value, is_stream: false });
                }
            }
            PdfValue::Dictionary(dictionary) => {
                for (key, value) in dictionary.entries() {
                    self.entry(dictionary, key, value);
                    // The bytes of a stream that lie in another file.
                    if object.is_stream && key == b"F" {
                        self.note(Active::Action);
                    }
                    self.below(key, value);
                }
            }
            _ => {}
        }
    }

    /// What stands under a key. Keys of resources are names; one that lies in an object of its own may
    /// be something else as well.
    fn below(&mut self, key: &[u8], value: &'a PdfValue) {
        match value {
            PdfValue::Dictionary(resources) if RESOURCES.contains(&key) => {
                for (_, value) in resources.entries() {
                    self.within(Resolved { value, is_stream: false });
                }
            }
            value => self.within(Resolved { value, is_stream: false }),
        }
    }

    fn type_named(&mut self, value: &PdfValue) {
        if let PdfValue::Name(name) = value
            && let Some((_, active)) = TYPES.iter().find(|(known, _)| known == name)
        {
            self.note(*active);
        }
    }

    fn entry(&mut self, holder: &'a Dictionary, key: &[u8], value: &'a PdfValue) {
        let values = self.objects.resolve(value);
        let any = |is_it: &dyn Fn(&Resolved) -> bool| values.iter().any(is_it);
        let found = match key {
            b"S" if is_of_structure(holder) => None,
            b"S" | b"Subtype" | b"Type" => {
                values.iter().for_each(|found| self.type_named(found.value));
                None
            }
            b"JS" if holder.has(b"S") || any(&|found| matches!(found.value, PdfValue::Text(_))) => {
                Some(Active::JavaScript)
            }
            b"OnInstantiate" => Some(Active::JavaScript),
            b"JavaScript"
                if any(&|found| {
                    has_any(found, &[b"Names", b"Kids", b"Limits"]) && !self.is_an_empty_tree(found)
                }) =>
            {
                Some(Active::JavaScript)
            }
            b"EmbeddedFiles" if any(&|found| is_dictionary(found) && !self.is_an_empty_tree(found)) => {
                Some(Active::Attachment)
            }
            b"Collection" if any(&is_dictionary) => Some(Active::Attachment),
            b"EF" if any(&|found| has_any(found, &PLACES_OF_A_FILE)) => Some(Active::Attachment),
            b"RichMediaContent" | b"RichMediaSettings" => Some(Active::Attachment),
            b"XFA" if any(&is_a_form) => Some(Active::Action),
            b"AA" if any(&|found| self.is_triggered(found)) => Some(Active::Action),
            b"OpenAction" if !values.iter().all(|found| self.only_shows_a_page(found)) => {
                Some(Active::Action)
            }
            b"OPI" | b"Ref" if any(&is_dictionary) => Some(Active::Action),
            key if PLACES_OF_A_FILE.contains(&key) && any(&|found| self.is_place_of_a_file(found)) => {
                Some(Active::Action)
            }
            b"URI" | b"Base" if any(&leads_elsewhere) => Some(Active::Action),
            _ => None,
        };
        if let Some(found) = found {
            self.note(found);
        }
    }

    /// Word processors say so at which page and size to open.
    fn only_shows_a_page(&self, opening: &Resolved) -> bool {
        match opening.value {
            PdfValue::Dictionary(action) => {
                let kinds = self.objects.of_key(action, b"S");
                let turns = self.objects.of_key(action, b"N");
                let turns = !turns.is_empty() && turns.iter().all(|turn| is_named(turn, &PAGE_TURNS));
                let goes =
                    |kind: &Resolved| is_named(kind, &[b"GoTo"]) || turns && is_named(kind, &[b"Named"]);
                !kinds.is_empty() && kinds.iter().all(goes) && !action.has(b"Next")
            }
            _ => true,
        }
    }

    /// A tree of names in which none stands, as writers leave that make one for each file.
    fn is_an_empty_tree(&self, found: &Resolved) -> bool {
        let PdfValue::Dictionary(tree) = found.value else { return false };
        !found.is_stream
            && tree.entries().all(|(key, value)| {
                let values = self.objects.resolve(value);
                let is_empty =
                    |list: &Resolved| matches!(list.value, PdfValue::Array(items) if items.is_empty());
                matches!(key, b"Names" | b"Kids") && !values.is_empty() && values.iter().all(is_empty)
            })
    }

    /// Whether something is done at some moment. Fields come into sight so; and a state of the graphics
    /// has keys of the same names.
    fn is_triggered(&self, actions: &Resolved) -> bool {
        let PdfValue::Dictionary(actions) = actions.value else { return false };
        let mut triggered = TRIGGERS.into_iter().flat_map(|trigger| self.objects.of_key(actions, trigger));
        triggered.any(|action| is_dictionary(&action) && !self.only_shows_a_page(&action))
    }

    /// A name of a file, here or on another machine, or a specification that holds one.
    fn is_place_of_a_file(&self, found: &Resolved) -> bool {
        match found.value {
            PdfValue::Text(_) => true,
            PdfValue::Dictionary(place) => {
                let mut names = PLACES_OF_A_FILE.into_iter().flat_map(|key| self.objects.of_key(place, key));
                place.has(b"FS") || names.any(|name| matches!(name.value, PdfValue::Text(_)))
            }
            _ => false,
        }
    }
}

/// An element of the document's structure, which a writer's user may call anything. Its title is a
/// text, where an action's target is not.
fn is_of_structure(holder: &Dictionary) -> bool {
    let is_titled = holder.all(b"T").all(|title| matches!(title, PdfValue::Text(_)));
    let has_place = holder.has(b"P") && (holder.has(b"K") || holder.has(b"Pg"));
    has_place && is_titled && !OF_ACTIONS.iter().any(|key| holder.has(key))
}

fn is_named(found: &Resolved, names: &[&[u8]]) -> bool {
    matches!(found.value, PdfValue::Name(name) if names.contains(&name.as_slice()))
}

/// Nothing, where a form was; and a font may be called so.
fn is_a_form(found: &Resolved) -> bool {
    match found.value {
        PdfValue::Other => false,
        PdfValue::Array(parts) => !parts.is_empty(),
        _ => !has_any(found, &[b"Subtype"]),
    }
}

fn is_dictionary(found: &Resolved) -> bool {
    matches!(found.value, PdfValue::Dictionary(_))
}

fn has_any(found: &Resolved, keys: &[&[u8]]) -> bool {
    matches!(found.value, PdfValue::Dictionary(dictionary) if keys.iter().any(|key| dictionary.has(key)))
}

/// A link that leaves the Web: to a file, a share, or a program that answers to a scheme. One
/// without a scheme leads on from the base.
fn leads_elsewhere(found: &Resolved) -> bool {
    let PdfValue::Text(text) = found.value else { return false };
    let link = text.trim_ascii_start();
    let is_allowed = SCHEMES
        .iter()
        .any(|scheme| link.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme)));
    let begins = link.split(|byte| matches!(byte, b'/' | b'?' | b'#')).next().unwrap_or_default();
    let does_nothing = INERT_LINKS.iter().any(|inert| link.trim_ascii_end().eq_ignore_ascii_case(inert));
    !is_allowed
        && !does_nothing
        && (begins.contains(&b':') || link.starts_with(b"//") || link.contains(&b'\\'))
}

//! What each step of *Actualizar datos* and *Mis datos* shows.

use super::changes::{contact_fact, facts};
use super::{At, CONTINUE, MY_DATA, Owner, Panel, Receipt, Step, Told, Update};
use crate::domain::update::Contact;
use crate::effect::ToProve;
use crate::flow::{folio_blocks, page, sent_to_blocks};
use crate::form::names::{ButtonName, Name};
use crate::page::{Block, Button, Fact, Page, Words};
use crate::text::Msg;

/// The lines of the review, and where each is changed.
pub(super) const REVIEWED: [(Panel, Name); 15] = [
    (Panel::Question, Name::BusinessName),
    (Panel::Address, Name::Comuna),
    (Panel::Address, Name::Street),
    (Panel::Address, Name::Number),
    (Panel::Address, Name::Block),
    (Panel::Address, Name::Apartment),
    (Panel::Contact, Name::CompanyEmail),
    (Panel::Contact, Name::Phone),
    (Panel::Contact, Name::Fax),
    (Panel::Question, Name::Question),
    (Panel::Question, Name::Answer),
    (Panel::Representative, Name::RepresentativeRut),
    (Panel::RepresentativeContact, Name::RepresentativeName),
    (Panel::RepresentativeContact, Name::Mobile),
    (Panel::RepresentativeContact, Name::RepresentativeEmail),
];

fn say(msg: Msg) -> Block {
    Block::Paragraph(Words::Said(msg))
}

fn bullets(said: impl IntoIterator<Item = Msg>) -> Block {
    Block::Bullets(said.into_iter().map(Words::Said).collect())
}

impl Update {
    pub fn page(&self) -> Page {
        let place = Msg::PlaceUpdate;
        let (heading, mut blocks, help) = match &self.step {
            Step::Asking(asked) => return asked.page(place),
            Step::Open(owner, At::Review { at }) => return self.review_page(owner, *at),
            Step::Open(owner, at) => self.open_page(owner, at),
            Step::Who => (Msg::ChangeWhoHeading, vec![say(Msg::UpdateWhoHint)], vec![Msg::HelpSentKey]),
            Step::SentClave => (Msg::UpdateSentKeyHeading, vec![say(Msg::UpdateSentKey)], vec![]),
            Step::Code { waiting, .. } => {
                (Msg::CodeHeading, waiting.first().map(code_blocks).unwrap_or_default(), vec![Msg::HelpCode])
            }
            Step::Saved(receipt) => (Msg::UpdateSavedHeading, receipt.blocks(), vec![]),
            Step::CopySent { folio, sent_to } => {
                let mut blocks = vec![say(Msg::CopySent)];
                blocks.extend(sent_to_blocks(sent_to));
                blocks.extend(folio_blocks(*folio));
                (Msg::SuccessHeading, blocks, vec![])
            }
            Step::ErasureAsked { folio } => {
                let mut blocks = vec![say(Msg::ErasureAsked), say(Msg::ErasureAskedNext)];
                blocks.extend(folio_blocks(*folio));
                (Msg::TakenHeading, blocks, vec![])
            }
            Step::ErasureTakenBack { folio } => {
                let mut blocks = vec![say(Msg::ErasureTakenBack)];
                blocks.extend(folio_blocks(*folio));
                (Msg::SuccessHeading, blocks, vec![])
            }
        };
        let form = self.form();
        let has_letters = matches!(&self.step, Step::Open(_, At::Confirm(..) | At::ConfirmErasure(_)));
        if !has_letters {
            blocks.extend(form.blocks());
        }
        let page = page(place, heading, blocks, form.focus()).with_help(help);
        match self.step {
            Step::Who | Step::SentClave | Step::Open(..) => page,
            _ => page.with_no_way_back(),
        }
    }

    fn open_page(&self, owner: &Owner, at: &At) -> (Msg, Vec<Block>, Vec<Msg>) {
        match at {
            At::Review { .. } => (Msg::UpdateReviewHeading, vec![], vec![]),
            At::Panel(panel) => (panel.heading(), vec![Block::Panel(panel.title())], panel.help()),
            At::Confirm(change, letters) => {
                let mut blocks = vec![Block::Facts(facts(change, &owner.on_file))];
                if !change.contacts.is_empty() {
                    blocks.push(say(Msg::UpdateConfirmContacts));
                }
                blocks.extend(letters.blocks());
                (Msg::UpdateConfirmHeading, blocks, vec![Msg::HelpLetters])
            }
            At::MyData => (Msg::ButtonMyData, pending(owner), vec![Msg::HelpMyData]),
            At::Kept => {
                let kept =
                    [Msg::Kept1, Msg::Kept2, Msg::Kept3, Msg::Kept4, Msg::Kept5, Msg::Kept6, Msg::Kept7];
                (Msg::KeptHeading, vec![bullets(kept)], vec![])
            }
            At::Erasing => {
                let follows = [Msg::Erasing1, Msg::Erasing2, Msg::Erasing3, Msg::Erasing4];
                (Msg::ErasingHeading, vec![bullets(follows)], vec![])
            }
            At::ConfirmErasure(letters) => {
                let mut blocks = vec![Block::Important(Msg::ErasingImportant)];
                blocks.extend(letters.blocks());
                (Msg::ErasingConfirmHeading, blocks, vec![Msg::HelpLetters])
            }
            At::Told(told) => {
                let (heading, says) = match told {
                    Told::NothingChanged => (Msg::UpdateUnchangedHeading, Msg::UpdateUnchanged),
                    Told::TooManyChanges => (Msg::UpdateLimitHeading, Msg::UpdateLimit),
                    Told::TooManyMails => (Msg::CopyLimitHeading, Msg::CopyLimit),
                };
                (heading, vec![say(says)], vec![])
            }
        }
    }

    fn review_page(&self, owner: &Owner, at: crate::event::Target) -> Page {
        let button = |target, name: ButtonName| Button { target, label: name.label() };
        let mut blocks = pending(owner);
        blocks.extend([
            Block::Opening(Msg::UpdateReviewHint),
            Block::Facts(self.review_facts(owner)),
            Block::Gap,
            Block::Buttons(vec![button(CONTINUE, ButtonName::Continue), button(MY_DATA, ButtonName::MyData)]),
        ]);
        page(Msg::PlaceUpdate, Msg::UpdateReviewHeading, blocks, at).with_help(vec![Msg::HelpUpdate])
    }

    /// The lines of the review that can be changed, in order.
    pub(super) fn changeable(&self) -> Vec<u8> {
        self.panels.changeable(&REVIEWED)
    }

    /// The answer is shown to nobody, typed or kept.
    fn review_facts(&self, owner: &Owner) -> Vec<Fact> {
        self.panels.facts(&REVIEWED, |field| match field.name {
            Name::Answer if field.is_touched() => Some(Words::Said(Msg::ReviewHidden)),
            Name::Answer => Some(Words::Said(Msg::ReviewKept)),
            // One that the office no longer offers.
            Name::Question if field.chosen().is_none() => {
                Some(owner.on_file.question.clone().map_or(Words::Said(Msg::ReviewNothing), Words::Given))
            }
            _ => None,
        })
    }
}

/// That all of it is to be erased, if it is.
fn pending(owner: &Owner) -> Vec<Block> {
    let hours = owner.on_file.erased_in_hours;
    hours.map(|hours| Block::Important(Msg::ErasurePending { hours })).into_iter().collect()
}

fn code_blocks(to_prove: &ToProve) -> Vec<Block> {
    let mut blocks = vec![say(match to_prove.contact {
        Contact::CompanyEmail(_) => Msg::CodeHintCompanyEmail,
        Contact::Mobile(_) => Msg::CodeHintMobile,
        Contact::RepresentativeEmail(_) => Msg::CodeHintRepresentativeEmail,
    })];
    blocks.extend(sent_to_blocks(&to_prove.sent_to));
    blocks
}

impl Receipt {
    fn blocks(&self) -> Vec<Block> {
        let contacts = |contacts: &[Contact]| Block::Facts(contacts.iter().map(contact_fact).collect());
        let mut blocks = vec![say(Msg::UpdateSaved)];
        if !self.proved.is_empty() {
            blocks.extend([say(Msg::UpdateProved), contacts(&self.proved)]);
        }
        if !self.later.is_empty() {
            blocks.extend([say(Msg::UpdateLater), contacts(&self.later)]);
        }
        blocks.extend(folio_blocks(self.folio));
        blocks
    }
}

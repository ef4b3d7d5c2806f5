//! What each step of *Actualizar datos* and *Mis datos* shows.

use super::changes::{contact_fact, facts, why_off};
use super::{At, CONTINUE, MY_DATA, Owner, Panel, Receipt, Step, Told, Update};
use crate::domain::contact::Contact;
use crate::flow::folio_blocks;
use crate::flow::promise::{self, Notice, Promise};
use crate::flow::review;
use crate::flow::shown::{Shown, say};
use crate::form::names::{ButtonName, Name};
use crate::page::{Block, Fact, Words};
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

fn bullets(said: impl IntoIterator<Item = Msg>) -> Block {
    Block::Bullets(said.into_iter().map(Words::Said).collect())
}

impl Update {
    pub(super) fn shown(&self) -> Shown<'_> {
        match &self.step {
            Step::Who => Shown::form(Msg::ChangeWhoHeading, vec![say(Msg::UpdateWhoHint)], &self.who)
                .help([Msg::HelpSentKey])
                .begins(),
            Step::SentClave { buttons } => {
                Shown::form(Msg::UpdateSentKeyHeading, vec![say(Msg::UpdateSentKey)], buttons)
            }
            Step::Open(owner, at) => self.shown_to(owner, at),
            Step::Code { to_prove, code, .. } => {
                code.shows(promised_code(&to_prove.contact), &to_prove.sent_to).with_no_way_back()
            }
            Step::Saved { receipt, buttons } => {
                Shown::form(Msg::UpdateSavedHeading, receipt.blocks(), buttons).confirms()
            }
            Step::CopySent { folio, sent_to, buttons } => {
                let mut blocks = promise::said_of(sent_to, |_| Promise::CopyOfData);
                blocks.extend(promise::places(sent_to));
                blocks.extend(folio_blocks(*folio));
                Shown::form(promise::heading(sent_to.outlook()), blocks, buttons).confirms()
            }
            Step::ErasureAsked { folio, notices, buttons } => {
                let heard = Notice::ErasureAsked.said(*notices);
                let mut blocks = vec![say(Msg::ErasureAsked), say(heard), say(Msg::ErasureAskedNext)];
                if notices.may_arrive() {
                    blocks.push(say(Msg::ErasureAskedByNotice));
                }
                blocks.extend(folio_blocks(*folio));
                Shown::form(Msg::TakenHeading, blocks, buttons).confirms()
            }
            Step::ErasureTakenBack { folio, notices, buttons } => {
                let heard = Notice::ErasureTakenBack.said(*notices);
                let mut blocks = vec![say(Msg::ErasureTakenBack), say(heard)];
                blocks.extend(folio_blocks(*folio));
                Shown::form(Msg::SuccessHeading, blocks, buttons).confirms()
            }
            Step::Asking(asked) => asked.shows(),
        }
    }

    fn shown_to<'a>(&'a self, owner: &Owner, at: &'a At) -> Shown<'a> {
        match at {
            At::Review { at } => {
                let buttons = [(CONTINUE, ButtonName::Continue), (MY_DATA, ButtonName::MyData)];
                let facts = self.review_facts(owner);
                review::shows(Msg::UpdateReviewHeading, Msg::UpdateReviewHint, facts, &buttons, *at)
                    .after(pending(owner))
                    .help([Msg::HelpUpdate])
            }
            At::Panel(panel) => {
                let title = vec![Block::Panel(panel.title())];
                Shown::form(panel.heading(), title, self.wanted.panels.form(*panel)).help(panel.help())
            }
            At::Confirm(changes, challenge) => {
                let mut blocks = vec![Block::Facts(facts(&changes.saved, &owner.on_file))];
                if !changes.saved.contacts.is_empty() {
                    blocks.push(say(Msg::UpdateConfirmContacts));
                }
                blocks.extend(changes.off().into_iter().map(|channel| say(why_off(channel))));
                Shown::challenge(Msg::UpdateConfirmHeading, blocks, challenge)
            }
            At::MyData { buttons } => {
                Shown::form(Msg::ButtonMyData, pending(owner), buttons).help([Msg::HelpMyData])
            }
            At::Kept { buttons } => {
                let kept =
                    [Msg::Kept1, Msg::Kept2, Msg::Kept3, Msg::Kept4, Msg::Kept5, Msg::Kept6, Msg::Kept7];
                Shown::form(Msg::KeptHeading, vec![bullets(kept)], buttons)
            }
            At::Erasing { buttons } => {
                let follows = [Msg::Erasing1, Msg::Erasing2, Msg::Erasing3, Msg::Erasing4];
                Shown::form(Msg::ErasingHeading, vec![bullets(follows)], buttons)
            }
            At::ConfirmErasure(challenge) => {
                let important = vec![Block::Important(Msg::ErasingImportant)];
                Shown::challenge(Msg::ErasingConfirmHeading, important, challenge)
            }
            At::Told { told, buttons } => {
                let (heading, says) = match told {
                    Told::NothingChanged => (Msg::UpdateUnchangedHeading, Msg::UpdateUnchanged),
                    Told::NoCode(channel) => (Msg::NoCodeHeading, why_off(*channel)),
                    Told::TooManyChanges => (Msg::UpdateLimitHeading, Msg::UpdateLimit),
                    Told::TooManyMails => (Msg::CopyLimitHeading, Msg::CopyLimit),
                    Told::ContactInPerson => (Msg::ContactInPersonHeading, Msg::ContactInPerson),
                    Told::NotProved => (Msg::NotProvedHeading, Msg::NotProved),
                };
                Shown::form(heading, vec![say(says)], buttons)
            }
        }
    }

    /// The lines of the review that can be changed, in order.
    pub(super) fn changeable(&self) -> Vec<u8> {
        self.wanted.panels.changeable(&REVIEWED)
    }

    /// The answer is shown to nobody, typed or kept.
    fn review_facts(&self, owner: &Owner) -> Vec<Fact> {
        self.wanted.panels.facts(&REVIEWED, |field| match field.name {
            Name::Answer if !field.is_touched() => Some(Words::Said(match owner.on_file.question {
                Some(_) => Msg::ReviewKept,
                None => Msg::ReviewNothing,
            })),
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

fn promised_code(contact: &Contact) -> Promise {
    match contact {
        Contact::CompanyEmail(_) => Promise::CodeToCompanyEmail,
        Contact::Mobile(_) => Promise::CodeToOtherMobile,
        Contact::RepresentativeEmail(_) => Promise::CodeToRepresentativeEmail,
    }
}

impl Receipt {
    fn blocks(&self) -> Vec<Block> {
        let contacts = |contacts: &[Contact]| Block::Facts(contacts.iter().map(contact_fact).collect());
        let mut blocks = vec![say(Msg::UpdateSaved)];
        blocks.extend(self.notices.map(|notices| say(Notice::DataChanged.said(notices))));
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

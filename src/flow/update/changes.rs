//! What the owner wants other than it is on file: read from the panels, compared, and told line by
//! line before it is saved.

use super::Panel;
use crate::domain::account::Address;
use crate::domain::clean::Clean;
use crate::domain::contact::Contact;
use crate::domain::destination::Channel;
use crate::domain::rut::Rut;
use crate::effect::{DataChange, OnFile, Representing};
use crate::flow::Setup;
use crate::flow::panels::Panels;
use crate::form::names::Name;
use crate::page::{Fact, Words};
use crate::text::Msg;

/// What stands in the panels, filled in with what is on file.
#[derive(Debug, PartialEq)]
pub(super) struct Wanted {
    pub(super) panels: Panels,
    /// Another representative, as the registry says.
    representing: Option<Representing>,
}

impl Wanted {
    pub(super) fn new(setup: &Setup) -> Self {
        Wanted { panels: Panels::new(setup), representing: None }
    }

    /// Whether the panel can be left.
    pub(super) fn is_right(&mut self, panel: Panel, on_file: &OnFile) -> bool {
        match panel {
            Panel::Address => self.panels.address.read().is_some(),
            Panel::Contact => self.panels.contact.is_right(),
            Panel::Question => {
                self.panels.question.is_as_filled(on_file) || self.panels.question.read().is_some()
            }
            Panel::Representative => self.panels.representative().is_some(),
            Panel::RepresentativeContact => self.panels.representative_contact.is_right(),
            Panel::Company | Panel::Card | Panel::Clave => true,
        }
    }

    /// Another representative who was typed, for the registry to say whether they represent the
    /// company. None if they can't be read, or are the one on file.
    pub(super) fn other_representative(&mut self, on_file: &OnFile) -> Option<Rut> {
        let rut = self.panels.representative()?;
        if rut != on_file.representative.rut {
            return Some(rut);
        }
        if self.representing.take().is_some() {
            self.panels.fill_representative(&on_file.representative);
        }
        None
    }

    /// The registry says that they represent the company. Somebody else has another mobile and
    /// another mailbox.
    pub(super) fn represented(&mut self, representing: Representing) {
        self.panels.representative_contact.show_name(representing.rut(), representing.name());
        if self.representing.as_ref().is_none_or(|known| known.rut() != representing.rut()) {
            self.panels.representative_contact.empty();
        }
        self.representing = Some(representing);
    }

    /// What differs; or the first panel on which something is wrong now.
    pub(super) fn changes(&mut self, on_file: &OnFile) -> Result<Changes, Panel> {
        let mut saved = self.change(on_file)?;
        let (provable, beyond) = saved.contacts.into_iter().partition(|contact| on_file.can_prove(contact));
        saved.contacts = provable;
        Ok(Changes { saved, beyond })
    }

    fn change(&mut self, on_file: &OnFile) -> Result<DataChange, Panel> {
        let mut change = DataChange::default();
        let address = self.panels.address.read().ok_or(Panel::Address)?;
        change.address = Some(address).filter(|address| *address != on_file.address);
        let (email, phone, fax) = self.panels.contact.read().ok_or(Panel::Contact)?;
        change.phone = Some(phone).filter(|phone| *phone != on_file.phone);
        change.fax = Some(fax).filter(|fax| *fax != on_file.fax);
        if email.folded() != on_file.email.folded() {
            change.contacts.push(Contact::CompanyEmail(email));
        }
        if !self.panels.question.is_as_filled(on_file) {
            let (_, question, answer) = self.panels.question.read().ok_or(Panel::Question)?;
            change.secret = Some((question, answer));
        }
        let rut = self.panels.representative().ok_or(Panel::Representative)?;
        if rut != on_file.representative.rut {
            change.representative = self.representing.clone().filter(|known| known.rut() == rut);
            if change.representative.is_none() {
                let form = self.panels.form_mut(Panel::Representative);
                form.fail(Name::RepresentativeRut, Msg::WrongRepresentativeUnchecked);
                return Err(Panel::Representative);
            }
        }
        let (_, mobile, email) =
            self.panels.representative_contact.read().ok_or(Panel::RepresentativeContact)?;
        if mobile != on_file.representative.mobile {
            change.contacts.push(Contact::Mobile(mobile));
        }
        if email.folded() != on_file.representative.email.folded() {
            change.contacts.push(Contact::RepresentativeEmail(email));
        }
        Ok(change)
    }
}

/// What the owner changed.
#[derive(Debug, PartialEq)]
pub struct Changes {
    /// What is saved, or waits for its code.
    pub(super) saved: DataChange,
    /// The contacts that stay as they were, for the office sends nothing by their channel.
    beyond: Vec<Contact>,
}

impl Changes {
    /// By which ways nothing can be proved.
    pub(super) fn off(&self) -> Vec<Channel> {
        let is_wanted =
            |channel: &Channel| self.beyond.iter().any(|contact| contact.destination().channel() == *channel);
        Channel::ALL.into_iter().filter(is_wanted).collect()
    }
}

/// Why a contact stays as it was.
pub(super) fn why_off(channel: Channel) -> Msg {
    match channel {
        Channel::Mail => Msg::MailOff,
        Channel::Sms => Msg::SmsOff,
    }
}

/// What will be on file: one line for each thing that changes, the answer never shown.
pub(super) fn facts(change: &DataChange, on_file: &OnFile) -> Vec<Fact> {
    let given = |name: Name, value: String| fact(name, Words::Given(Clean::from(value)));
    let mut facts = Vec::new();
    if let Some(address) = &change.address {
        facts.extend(address_facts(address, &on_file.address));
    }
    facts.extend(change.phone.iter().map(|phone| given(Name::Phone, phone.to_string())));
    facts.extend(change.fax.iter().map(|fax| match fax {
        Some(fax) => given(Name::Fax, fax.to_string()),
        None => fact(Name::Fax, Words::Said(Msg::LabelNoFax)),
    }));
    if let Some((question, _)) = &change.secret {
        facts.push(fact(Name::Question, Words::Given(question.clone())));
        facts.push(fact(Name::Answer, Words::Said(Msg::ReviewHidden)));
    }
    if let Some(representing) = &change.representative {
        facts.push(given(Name::RepresentativeRut, representing.rut().to_string()));
        facts.push(fact(Name::RepresentativeName, Words::Given(representing.name().clone())));
    }
    facts.extend(change.contacts.iter().map(contact_fact));
    facts
}

pub(super) fn contact_fact(contact: &Contact) -> Fact {
    let (name, value) = match contact {
        Contact::CompanyEmail(email) => (Name::CompanyEmail, email.to_string()),
        Contact::Mobile(mobile) => (Name::Mobile, mobile.to_string()),
        Contact::RepresentativeEmail(email) => (Name::RepresentativeEmail, email.to_string()),
    };
    fact(name, Words::Given(Clean::from(value)))
}

fn fact(name: Name, value: Words) -> Fact {
    Fact { label: name.label(), value, change: None }
}

fn address_facts(new: &Address, old: &Address) -> Vec<Fact> {
    let optional =
        |words: &Option<Clean>| words.clone().map_or(Words::Said(Msg::ReviewNothing), Words::Given);
    let lines = [
        (Name::Comuna, new.comuna != old.comuna, Words::Given(Clean::from(new.comuna.name()))),
        (Name::Street, new.street != old.street, Words::Given(new.street.clone())),
        (Name::Number, new.number != old.number, Words::Given(new.number.clone())),
        (Name::Block, new.block != old.block, optional(&new.block)),
        (Name::Apartment, new.apartment != old.apartment, optional(&new.apartment)),
    ];
    lines.into_iter().filter(|(_, is_new, _)| *is_new).map(|(name, _, value)| fact(name, value)).collect()
}

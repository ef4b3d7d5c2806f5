//! What the owner wants other than it is on file: read from the panels, compared, and told line by
//! line before it is saved.

use super::{At, Owner, Panel, Told, Update};
use crate::domain::account::Address;
use crate::domain::clean::Clean;
use crate::domain::update::Contact;
use crate::effect::{DataChange, Effect, OnFile};
use crate::flow::Next;
use crate::flow::challenge::ChallengePanel;
use crate::flow::machine::Machine;
use crate::form::names::{ButtonName, Name};
use crate::page::{Fact, Words};
use crate::text::Msg;

impl Update {
    /// *Continuar* or *Validar*: reads the panel and goes back to the review; another
    /// representative is asked for at the registry first.
    pub(super) fn leave_panel(mut self, owner: Owner, panel: Panel) -> Next<Self> {
        let is_right = match panel {
            Panel::Representative => return self.leave_representative(owner),
            Panel::Address => self.panels.address().is_some(),
            Panel::Contact => self.panels.contact_is_right(),
            Panel::Question => {
                self.panels.question_is_as_filled(&owner.on_file) || self.panels.question().is_some()
            }
            Panel::RepresentativeContact => self.panels.representative_contact_is_right(),
            Panel::Company | Panel::Clave => true,
        };
        Next::Stay(if is_right { self.review(owner) } else { self })
    }

    fn leave_representative(mut self, owner: Owner) -> Next<Self> {
        let Some(rut) = self.panels.representative() else { return Next::Stay(self) };
        if rut == owner.on_file.representative.rut {
            if self.representing.take().is_some() {
                self.panels.fill_representative(&owner.on_file.representative);
            }
            return Next::Stay(self.review(owner));
        }
        self.ask(Effect::CheckNewRepresentative(owner.proved, rut))
    }

    /// *Continuar* on the review.
    pub(super) fn confirm(mut self, owner: Owner) -> Next<Self> {
        match self.change(&owner.on_file) {
            Err(panel) => Next::Stay(self.to(owner, At::Panel(panel))),
            Ok(change) if change == DataChange::default() => {
                Next::Stay(self.to(owner, At::Told(Told::NothingChanged)))
            }
            Ok(change) => {
                let letters = ChallengePanel::new([' '; 4], ButtonName::SaveChanges);
                self.to(owner, At::Confirm(Box::new(change), letters)).ask(Effect::DrawChallenge)
            }
        }
    }

    /// What differs; or the first panel on which something is wrong now.
    fn change(&mut self, on_file: &OnFile) -> Result<DataChange, Panel> {
        let mut change = DataChange::default();
        let address = self.panels.address().ok_or(Panel::Address)?;
        change.address = Some(address).filter(|address| *address != on_file.address);
        let (email, phone, fax) = self.panels.contact().ok_or(Panel::Contact)?;
        change.phone = Some(phone).filter(|phone| *phone != on_file.phone);
        change.fax = Some(fax).filter(|fax| *fax != on_file.fax);
        if email.folded() != on_file.email.folded() {
            change.contacts.push(Contact::CompanyEmail(email));
        }
        if !self.panels.question_is_as_filled(on_file) {
            let (_, question, answer) = self.panels.question().ok_or(Panel::Question)?;
            change.secret = Some((question, answer));
        }
        let rut = self.panels.representative().ok_or(Panel::Representative)?;
        if rut != on_file.representative.rut {
            change.representative = self.representing.clone().filter(|known| known.rut == rut);
            if change.representative.is_none() {
                let form = self.panels.form_mut(Panel::Representative);
                form.fail(Name::RepresentativeRut, Msg::WrongRepresentativeUnchecked);
                return Err(Panel::Representative);
            }
        }
        let (_, mobile, email) = self.panels.representative_contact().ok_or(Panel::RepresentativeContact)?;
        if mobile != on_file.representative.mobile {
            change.contacts.push(Contact::Mobile(mobile));
        }
        if email.folded() != on_file.representative.email.folded() {
            change.contacts.push(Contact::RepresentativeEmail(email));
        }
        Ok(change)
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
        facts.push(given(Name::RepresentativeRut, representing.rut.to_string()));
        facts.push(fact(Name::RepresentativeName, Words::Given(representing.name.clone())));
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

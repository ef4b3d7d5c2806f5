//! The forms of a facilitator's request and what they hold, read and read again: every value that
//! *Realizar solicitud* sends is parsed from what stands on the screen.

use time::Date;

use super::Panel;
use crate::domain::answer::Answer;
use crate::domain::birth::BirthDate;
use crate::domain::clean::Clean;
use crate::domain::country::Country;
use crate::domain::email::Email;
use crate::domain::facilitator::{
    Children, CivilStatus, Identity, IdentityKind, IdentityNumber, Person, PersonName, Sex,
};
use crate::effect::Effect;
use crate::flow::{Setup, credentials, told_of_slip};
use crate::form::Form;
use crate::form::field::Field;
use crate::form::names::{ButtonName, Name};
use crate::page::Words;
use crate::text::Msg;

#[derive(Debug, PartialEq)]
pub(super) struct Panels {
    questions: Vec<Clean>,
    who: Form,
    identity: Form,
    names: Form,
    birth: Form,
    family: Form,
    contact: Form,
}

impl Panels {
    pub(super) fn new(setup: &Setup) -> Self {
        let form = |fields| Form::new(fields, vec![ButtonName::Continue]);
        let questions = setup.questions.iter().cloned().map(Words::Given).collect();
        let said = |options: Vec<Msg>| options.into_iter().map(Words::Said).collect();
        let kinds = said(IdentityKind::ALL.map(IdentityKind::label).to_vec());
        let sexes = said(Sex::ALL.map(Sex::label).to_vec());
        let statuses = said(CivilStatus::ALL.map(CivilStatus::label).to_vec());
        Panels {
            questions: setup.questions.clone(),
            who: Form::new(
                credentials::fields(Name::CompanyClave),
                vec![ButtonName::Continue, ButtonName::GoRecover],
            ),
            identity: form(vec![Field::line(Name::IdentityNumber), Field::choice(Name::IdentityKind, kinds)]),
            names: form(vec![
                Field::line(Name::Names),
                Field::line(Name::PaternalSurname),
                Field::line(Name::MaternalSurname),
            ]),
            birth: form(vec![Field::choice(Name::Sex, sexes), Field::line(Name::BirthDate)]),
            family: form(vec![
                Field::choice(Name::CivilStatus, statuses),
                Field::line(Name::Children),
                Field::country(Name::Country),
            ]),
            contact: form(vec![
                Field::email(Name::FacilitatorEmail),
                Field::choice(Name::Question, questions),
                Field::hidden(Name::Answer),
            ]),
        }
    }

    pub(super) fn who(&self) -> &Form {
        &self.who
    }

    pub(super) fn who_mut(&mut self) -> &mut Form {
        &mut self.who
    }

    pub(super) fn form(&self, panel: Panel) -> &Form {
        match panel {
            Panel::Identity => &self.identity,
            Panel::Names => &self.names,
            Panel::Birth => &self.birth,
            Panel::Family => &self.family,
            Panel::Contact => &self.contact,
        }
    }

    pub(super) fn form_mut(&mut self, panel: Panel) -> &mut Form {
        match panel {
            Panel::Identity => &mut self.identity,
            Panel::Names => &mut self.names,
            Panel::Birth => &mut self.birth,
            Panel::Family => &mut self.family,
            Panel::Contact => &mut self.contact,
        }
    }

    /// Whether the company's key is right.
    pub(super) fn credentials(&mut self) -> Option<Effect> {
        credentials::check(&mut self.who, Name::CompanyClave)
    }

    fn identity(&mut self) -> Option<(IdentityNumber, IdentityKind)> {
        self.identity.read(|reader| {
            let number = reader.identity_number(Name::IdentityNumber);
            let kind = reader.choice(Name::IdentityKind);
            Some((number?, IdentityKind::ALL.get(kind?).copied()?))
        })
    }

    fn names(&mut self) -> Option<(PersonName, PersonName, Option<PersonName>)> {
        self.names.read(|reader| {
            let names = reader.person_name(Name::Names);
            let paternal = reader.person_name(Name::PaternalSurname);
            let maternal = reader.optional_person_name(Name::MaternalSurname);
            Some((names?, paternal?, maternal?))
        })
    }

    fn birth(&mut self, today: Date) -> Option<(Sex, BirthDate)> {
        self.birth.read(|reader| {
            let sex = reader.choice(Name::Sex);
            let birth = reader.birth(Name::BirthDate, today);
            Some((Sex::ALL.get(sex?).copied()?, birth?))
        })
    }

    fn family(&mut self) -> Option<(CivilStatus, Children, Country)> {
        self.family.read(|reader| {
            let status = reader.choice(Name::CivilStatus);
            let children = reader.children(Name::Children);
            let country = reader.country(Name::Country);
            Some((CivilStatus::ALL.get(status?).copied()?, children?, country?))
        })
    }

    fn contact(&mut self) -> Option<(Email, Clean, Answer)> {
        let questions = &self.questions;
        self.contact.read(|reader| {
            let email = reader.email(Name::FacilitatorEmail);
            let question = reader.choice(Name::Question).and_then(|chosen| questions.get(chosen).cloned());
            let answer = reader.answer(Name::Answer);
            Some((email?, question?, answer?))
        })
    }

    /// Whether all of a panel is right, and no slip in an address left that wasn't pointed out.
    pub(super) fn is_right(&mut self, panel: Panel, today: Date) -> bool {
        match panel {
            Panel::Identity => self.identity().is_some(),
            Panel::Names => self.names().is_some(),
            Panel::Birth => self.birth(today).is_some(),
            Panel::Family => self.family().is_some(),
            Panel::Contact => self
                .contact()
                .is_some_and(|(email, ..)| told_of_slip(&mut self.contact, Name::FacilitatorEmail, &email)),
        }
    }

    /// Everything, read once more; or the first panel on which something is wrong now.
    pub(super) fn person(&mut self, today: Date) -> Result<(Person, Clean, Answer), Panel> {
        let (number, kind) = self.identity().ok_or(Panel::Identity)?;
        let (names, paternal_surname, maternal_surname) = self.names().ok_or(Panel::Names)?;
        let (sex, birth) = self.birth(today).ok_or(Panel::Birth)?;
        let (civil_status, children, country) = self.family().ok_or(Panel::Family)?;
        let (email, question, answer) = self.contact().ok_or(Panel::Contact)?;
        let identity = Identity { kind, number, country };
        let person = Person {
            identity,
            names,
            paternal_surname,
            maternal_surname,
            sex,
            birth,
            civil_status,
            children,
            email,
        };
        Ok((person, question, answer))
    }
}

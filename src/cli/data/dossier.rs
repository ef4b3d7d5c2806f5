//! What is kept of a company, as an operator sees it: whole, for it is to be given to whom it
//! belongs, but without keys, answers, codes or what is left of them.

use serde::Serialize;

use crate::caretaker::company::CompanyRecords;
use crate::clock;
use crate::domain::account::Account;
use crate::domain::clean::Clean;
use crate::domain::facilitator::Person;
use crate::domain::folio::Folio;
use crate::domain::recovery::{Recovery, Route};
use crate::domain::rut::Rut;
use crate::domain::trust::ChannelOnFile;

#[derive(Serialize)]
pub(super) struct Dossier {
    company: String,
    account: Option<AccountFacts>,
    /// It asked to be forgotten: when that is done.
    erased_utc: Option<String>,
    /// Registrations that wait for the register.
    applications: Vec<AccountFacts>,
    recoveries: Vec<RecoveryFacts>,
    messages: Vec<MessageFacts>,
    /// New addresses that wait for their code.
    unproved_addresses: Vec<String>,
    /// People for whom a facilitator's key was asked, by the folio of the request.
    facilitator_requests: Vec<FacilitatorFacts>,
    facilitators: Vec<FacilitatorFacts>,
    /// Settlements under way, by their folios.
    disputes: Vec<String>,
    /// Notices whose code still undoes something.
    notices: usize,
    /// An account before was given in person, and that is remembered until then (T4d).
    given_in_person_until_utc: Option<String>,
}

#[derive(Serialize)]
struct AccountFacts {
    name: Clean,
    registered_utc: String,
    comuna: &'static str,
    street: Clean,
    number: Clean,
    block: Option<Clean>,
    apartment: Option<Clean>,
    email: String,
    email_proved: bool,
    /// All channels whose code was typed.
    channels_proved: Vec<String>,
    is_frozen: bool,
    phone: String,
    fax: Option<String>,
    question: Option<Clean>,
    representative_rut: String,
    representative_name: Clean,
    representative_mobile: String,
    representative_email: String,
}

#[derive(Serialize)]
struct FacilitatorFacts {
    folio: Option<String>,
    name: Clean,
    document: String,
    country: &'static str,
    email: String,
}

#[derive(Serialize)]
struct RecoveryFacts {
    folio: String,
    requested_utc: String,
    /// Where its key goes, if that is not the address on file.
    new_address: Option<String>,
}

#[derive(Serialize)]
struct MessageFacts {
    folio: String,
    created_utc: String,
    to: String,
}

impl Dossier {
    pub fn new(company: Rut, kept: &CompanyRecords) -> Self {
        let erased_ms = kept.erasure.as_ref().and_then(|held| held.due_ms);
        Dossier {
            company: company.to_string(),
            account: kept.account.as_ref().map(|held| account_facts(&held.value)),
            erased_utc: erased_ms.map(clock::utc),
            applications: kept.applications.iter().map(|held| account_facts(&held.value.account)).collect(),
            recoveries: kept.recoveries.iter().map(|held| recovery_facts(&held.value)).collect(),
            messages: kept
                .messages
                .iter()
                .map(|held| MessageFacts {
                    folio: held.value.folio.to_string(),
                    created_utc: clock::utc(held.value.created_ms),
                    to: held.value.to.to_string(),
                })
                .collect(),
            unproved_addresses: kept.proofs.iter().map(|held| held.value.to.to_string()).collect(),
            facilitator_requests: kept
                .requests
                .iter()
                .map(|held| FacilitatorFacts::new(Some(held.value.folio), &held.value.person))
                .collect(),
            facilitators: kept
                .facilitators
                .iter()
                .map(|held| FacilitatorFacts::new(None, &held.value.person))
                .collect(),
            disputes: kept.disputes.iter().map(|held| held.value.folio.to_string()).collect(),
            notices: kept.undos.len(),
            given_in_person_until_utc: kept.remembered.as_ref().and_then(|held| held.due_ms).map(clock::utc),
        }
    }

    /// One line for each fact, for a person to read.
    pub fn lines(&self) -> Vec<(&'static str, String)> {
        let mut lines = vec![("company", self.company.clone())];
        lines.extend(self.account.iter().flat_map(account_lines));
        lines.extend(self.erased_utc.iter().map(|utc| ("erased", utc.clone())));
        for application in &self.applications {
            lines.push(("pending registration", application.registered_utc.clone()));
            lines.extend(account_lines(application));
        }
        for recovery in &self.recoveries {
            let to = recovery.new_address.as_ref().map(|to| format!(" to {to}")).unwrap_or_default();
            lines.push(("recovery", format!("{} {}{to}", recovery.requested_utc, recovery.folio)));
        }
        for message in &self.messages {
            lines.push(("message", format!("{} {} to {}", message.created_utc, message.folio, message.to)));
        }
        lines.extend(self.unproved_addresses.iter().map(|to| ("unproved address", to.clone())));
        for (what, people) in
            [("facilitator request", &self.facilitator_requests), ("facilitator", &self.facilitators)]
        {
            lines.extend(people.iter().map(|person| (what, person.line())));
        }
        lines.extend(self.disputes.iter().map(|folio| ("settlement", folio.clone())));
        lines.push(("notices alive", self.notices.to_string()));
        let remembered = &self.given_in_person_until_utc;
        lines.extend(remembered.iter().map(|utc| ("given in person", format!("remembered until {utc}"))));
        lines
    }
}

impl FacilitatorFacts {
    fn new(folio: Option<Folio>, person: &Person) -> Self {
        FacilitatorFacts {
            folio: folio.map(|folio| folio.to_string()),
            name: person.full_name(),
            document: person.identity.number.to_string(),
            country: person.identity.country.name(),
            email: person.email.to_string(),
        }
    }

    fn line(&self) -> String {
        let folio = self.folio.as_ref().map(|folio| format!("{folio} ")).unwrap_or_default();
        format!("{folio}{}, {} {}, {}", self.name, self.country, self.document, self.email)
    }
}

fn account_facts(account: &Account) -> AccountFacts {
    let Account { address, representative, .. } = account;
    AccountFacts {
        name: account.name.clone(),
        registered_utc: clock::utc(account.created_ms),
        comuna: address.comuna.name(),
        street: address.street.clone(),
        number: address.number.clone(),
        block: address.block.clone(),
        apartment: address.apartment.clone(),
        email: account.email.to_string(),
        email_proved: account.trust.channels.email.is_proved(),
        channels_proved: account.places(ChannelOnFile::is_proved).iter().map(ToString::to_string).collect(),
        is_frozen: account.trust.is_frozen(),
        phone: account.phone.to_string(),
        fax: account.fax.as_ref().map(ToString::to_string),
        question: account.secret_question.as_ref().map(|secret| secret.question.clone()),
        representative_rut: representative.rut.to_string(),
        representative_name: representative.name.clone(),
        representative_mobile: representative.mobile.to_string(),
        representative_email: representative.email.to_string(),
    }
}

fn account_lines(facts: &AccountFacts) -> Vec<(&'static str, String)> {
    let none = || "none".to_string();
    let or_none = |words: &Option<Clean>| words.as_ref().map_or_else(none, Clean::to_string);
    let proved = if facts.email_proved { "proved" } else { "not proved" };
    vec![
        ("name", facts.name.to_string()),
        ("registered", facts.registered_utc.clone()),
        ("comuna", facts.comuna.to_string()),
        ("street", facts.street.to_string()),
        ("number", facts.number.to_string()),
        ("block", or_none(&facts.block)),
        ("apartment", or_none(&facts.apartment)),
        ("email", format!("{} ({proved})", facts.email)),
        ("frozen", if facts.is_frozen { "yes" } else { "no" }.to_string()),
        ("phone", facts.phone.clone()),
        ("fax", facts.fax.clone().unwrap_or_else(none)),
        ("question", or_none(&facts.question)),
        ("representative", format!("{} {}", facts.representative_rut, facts.representative_name)),
        ("representative mobile", facts.representative_mobile.clone()),
        ("representative email", facts.representative_email.clone()),
    ]
}

fn recovery_facts(recovery: &Recovery) -> RecoveryFacts {
    RecoveryFacts {
        folio: recovery.folio.to_string(),
        requested_utc: clock::utc(recovery.requested_ms),
        new_address: match &recovery.route {
            Route::NewAddress(email) => Some(email.to_string()),
            Route::Answer | Route::Card | Route::Facilitator(_) => None,
        },
    }
}

//! *Registrar* (guide 2) behind the screens. Whether the company had a clave already is told to its
//! owner by mail, and to nobody at the screen (S9).

use super::checks::Checks;
use super::drawn::Drawn;
use super::means::{Decision, Means, ROUNDS, Rows};
use super::messages::{Message, post};
use super::tries::Tries;
use super::trouble::{Answer, Trouble, too_busy};
use crate::domain::account::{Account, Representative, SecretQuestion};
use crate::domain::deed::{Action, Outcome};
use crate::domain::destination::Destination;
use crate::domain::digest::Digest;
use crate::domain::errand::ErrandKind;
use crate::domain::found::Found;
use crate::domain::language::Language;
use crate::domain::lives::CODE_LIFE_MS;
use crate::domain::pending::PendingApplication;
use crate::domain::proof::{Proof, ProofFor};
use crate::domain::reference::Id;
use crate::domain::register::Company;
use crate::domain::rut::Rut;
use crate::effect::{Applicant, Application, AwaitingCode, Claim, OpenCompany, Reply, Representing};
use crate::store::records::Held;

/// The result's mail leaves after the code's, so that who waits for the code has it first: both
/// go to one address, which gets one message a minute (S11).
pub const RESULT_AFTER_MS: u64 = 1_000;
/// The first wait for a register that is down, in milliseconds.
pub const FIRST_WAIT_MS: u64 = 60_000;

/// The guide's chapter 2, up to an accepted application.
#[derive(Clone, Copy)]
pub struct Registration<'a> {
    means: &'a Means,
}

impl<'a> Registration<'a> {
    /// With the office's means.
    pub fn of(means: &'a Means) -> Self {
        Registration { means }
    }

    /// What SII says of the company.
    ///
    /// # Errors
    /// [`Trouble::Registry`] when SII does not answer.
    pub async fn look_up_company(&self, company: Rut) -> Answer {
        let means = self.means;
        let now_ms = means.now_ms().await?;
        let answer = means.looked(company, means.registry.company(company).await).await?;
        let found = answer.as_ref().map_or_else(Found::from, Found::from);
        let entry = means.entry(now_ms, Action::LookUpCompany, Outcome::Found(found), company);
        means.commit(means.records.draft(now_ms).audit(&entry)).await?;
        Ok(match answer? {
            Company::Open { name } => Reply::CompanyOpen(OpenCompany::said_by_register(company, name)),
            Company::Closed { name } => Reply::CompanyClosed { name },
            Company::Unknown => Reply::CompanyUnknown,
        })
    }

    /// What SII calls this person, if they represent the company.
    ///
    /// # Errors
    /// [`Trouble::Refused`] when they don't, [`Trouble::Registry`] when SII does not answer.
    pub async fn look_up_representative(&self, company: OpenCompany, rut: Rut) -> Answer {
        let checks = Checks::of(self.means);
        let name = checks.representation(company.rut(), rut, Action::LookUpRepresentative).await?;
        Ok(Reply::RepresentativeNamed(Representing::said_by_register(company, rut, name)))
    }

    /// *Crear Cuenta*. It takes as long and answers the same whether or not the company has a clave.
    ///
    /// # Errors
    /// [`Trouble::Refused`] when the claim was not checked and no try may be made.
    pub async fn create(&self, application: &Application, language: Language) -> Answer {
        let means = self.means;
        let claim = application.applicant.claim();
        let company = claim.company;
        if let Applicant::Unchecked(_) = &application.applicant {
            // Whoever is right has it forgiven when the registry says so (S10).
            Tries::of(means).count(company, Action::CreateAccount).await?;
        }
        // Hashed before looking, so that it takes as long for a company that has a clave.
        let clave = means.vault().digest(application.clave.secret()).await;
        let answer = means.vault().digest(application.answer.secret()).await;
        let (drawn, rows) = (means.draw().await?, means.rows(company));
        let request = RegistrationRequest {
            application,
            claim,
            language,
            drawn,
            lives_at: means.records.account_id(company),
            flows_kept_ms: means.kept.flows_ms,
            pending_kept_ms: means.kept.pending_ms,
        };
        let account = request.account(clave, answer);
        for _ in 0..ROUNDS {
            let compared = self.compare(&request).await?;
            let taken = means
                .settle(
                    || async { Ok(means.records.account_of(company).await?) },
                    |known| decide_create(known.as_ref(), &request, &account, (&compared, &rows)),
                )
                .await;
            match taken {
                Err(Trouble::Outdated) => {}
                taken => {
                    let awaiting = taken?;
                    means.wake_courier();
                    if matches!(application.applicant, Applicant::Unchecked(_)) {
                        means.pending.notify_one();
                    }
                    let sent_to = means.sent_to_typed(&application.email);
                    return Ok(Reply::ApplicationTaken { awaiting, sent_to });
                }
            }
        }
        Err(too_busy("the company").into())
    }

    /// Whether the company's own clave was chosen. One hashing, whether it has one or not (S9).
    async fn compare(&self, request: &RegistrationRequest<'_>) -> Result<ComparedToOwn, Trouble> {
        let vault = self.means.vault();
        let known = self.means.records.account_of(request.claim.company).await?;
        let on = known.map(|held| held.value.clave);
        let verdict = match &on {
            Some(on) => vault.verify(request.application.clave.secret(), on).await,
            None => vault.verify_nothing().await,
        };
        Ok(ComparedToOwn { is_same: verdict.is_right(), on })
    }
}

/// What the chosen clave was compared with, and what came of it.
struct ComparedToOwn {
    /// None, if the company had no clave.
    on: Option<Digest>,
    is_same: bool,
}

/// One press of *Crear Cuenta*.
struct RegistrationRequest<'a> {
    application: &'a Application,
    claim: Claim,
    language: Language,
    drawn: Drawn,
    /// Where the company's first account would lie.
    lives_at: Id,
    flows_kept_ms: u64,
    pending_kept_ms: u64,
}

impl RegistrationRequest<'_> {
    fn message(&self, kind: ErrandKind) -> Message {
        let Drawn { now_ms, folio, .. } = self.drawn;
        Message { kind, company: self.claim.company, language: self.language, folio, now_ms }
    }

    fn proof(&self, account: Option<Id>) -> Proof {
        Proof {
            company: self.claim.company,
            to: self.typed(),
            what: ProofFor::Registration { account },
            code: None,
            expires_ms: self.drawn.now_ms + CODE_LIFE_MS,
            tries: 0,
        }
    }

    /// The mailbox that was typed.
    fn typed(&self) -> Destination {
        Destination::Mail(self.application.email.clone())
    }

    fn account(&self, clave: Digest, answer: Digest) -> Account {
        let application = self.application;
        Account {
            company: self.claim.company,
            name: self.claim.name.clone(),
            secret_question: Some(SecretQuestion { question: application.question.clone(), answer }),
            address: application.address.clone(),
            email: application.email.clone(),
            email_proved: false,
            phone: application.phone.clone(),
            fax: application.fax.clone(),
            representative: Representative {
                rut: self.claim.representative,
                name: self.claim.representative_name.clone(),
                mobile: application.representative_mobile.clone(),
                email: application.representative_email.clone(),
            },
            clave,
            recoveries: Vec::new(),
            undos: Vec::new(),
            language: self.language,
            created_ms: self.drawn.now_ms,
        }
    }
}

/// A new account, one that waits for a register, or, where the company has a clave already, nothing
/// but a warning to its own address. Pressing twice with one clave sends no warning.
fn decide_create(
    known: Option<&Held<Account>>,
    request: &RegistrationRequest<'_>,
    account: &Account,
    (compared, rows): (&ComparedToOwn, &Rows),
) -> Result<Decision<AwaitingCode>, Trouble> {
    if known.map(|held| &held.value.clave) != compared.on.as_ref() {
        return Err(Trouble::Outdated);
    }
    let Drawn { now_ms, folio, .. } = request.drawn;
    let mut ids = request.drawn.ids();
    let proof_id = ids.fresh();
    let mut errands = vec![request.message(ErrandKind::SendCode { proof: proof_id }).to(request.typed())];
    let draft = request.drawn.draft();
    let later = |kind, to| {
        let mut errand = request.message(kind).to(to);
        errand.not_before_ms += RESULT_AFTER_MS;
        errand
    };
    let (draft, proof, action, outcome) = match (known, &request.application.applicant) {
        (Some(known), _) => {
            let is_own_address = request.application.email.folded() == known.value.email.folded();
            if !compared.is_same {
                let owner = Destination::Mail(known.value.email.clone());
                errands.push(later(ErrandKind::AlreadyRegistered, owner));
            }
            let proof = request.proof((compared.is_same && is_own_address).then_some(known.id));
            (draft, proof, Action::CreateAccount, Outcome::Already)
        }
        (None, Applicant::Validated(_)) => {
            errands.push(later(ErrandKind::Registered, request.typed()));
            let proof = request.proof(Some(request.lives_at));
            (draft.new_account(account), proof, Action::CreateAccount, Outcome::Done)
        }
        (None, Applicant::Unchecked(_)) => {
            let id = ids.fresh();
            let pending = PendingApplication {
                account: account.clone(),
                folio,
                tries: 0,
                next_ms: now_ms + FIRST_WAIT_MS,
                expires_ms: now_ms + request.pending_kept_ms,
            };
            // Without a due time: what is due is the courier's.
            let draft = draft.new_record(id, &pending, None);
            (draft, request.proof(Some(id)), Action::KeepApplication, Outcome::Done)
        }
    };
    let draft = draft.new_record(proof_id, &proof, Some(now_ms + request.flows_kept_ms));
    let entry = rows.row(now_ms, action, outcome).under(folio);
    let draft = post(draft, &mut ids, &errands).audit(&entry);
    Ok(Decision { draft, answer: AwaitingCode::recorded(proof_id, folio) })
}

#[cfg(test)]
#[path = "register_tests.rs"]
mod tests;

//! *Registrar* (guide 2) behind the screens. Whether the company had a key already is told to its
//! owner by mail, and to nobody at the screen (S9).

use super::{Answer, Desk, Message, post, post_as};
use crate::domain::account::{Account, Representative, SecretQuestion};
use crate::domain::clean::Clean;
use crate::domain::deed::{Action, Outcome};
use crate::domain::destination::Destination;
use crate::domain::digest::Digest;
use crate::domain::errand::ErrandKind;
use crate::domain::folio::Folio;
use crate::domain::found::Found;
use crate::domain::language::Language;
use crate::domain::lives::CODE_LIFE_MS;
use crate::domain::proof::{Proof, ProofFor};
use crate::domain::register::{Company, Representation};
use crate::domain::rut::Rut;
use crate::effect::{Applicant, Application, AwaitingCode, Claim, OpenCompany, Reply, Representing, SentTo};
use crate::office::means::CommitBy;
use crate::store::StoreError;
use crate::store::records::Held;

/// The result's mail leaves after the code's, so that who waits for the code has it first: both
/// go to one address, which gets one message a minute (S11).
pub(super) const RESULT_AFTER_MS: u64 = 1_000;

impl Desk {
    pub(super) async fn look_up_company(&self, company: Rut) -> Answer {
        let now_ms = self.means.now_ms().await?;
        let answer = self.means.looked(company, self.means.registry.company(company).await).await?;
        let found = answer.as_ref().map_or_else(Found::from, Found::from);
        let entry = self.means.entry(now_ms, Action::LookUpCompany, Outcome::Found(found), company);
        self.means.records.draft(now_ms).audit(&entry).commit_by(&self.means).await?;
        Ok(match answer? {
            Company::Open { name } => Reply::CompanyOpen(OpenCompany::said_by_register(company, name)),
            Company::Closed { name } => Reply::CompanyClosed { name },
            Company::Unknown => Reply::CompanyUnknown,
        })
    }

    pub(super) async fn look_up_representative(&self, company: OpenCompany, rut: Rut) -> Answer {
        let action = Action::LookUpRepresentative;
        let counted = self.tries().count(company.rut(), action).await?;
        let looked = self.means.registry.representation(company.rut(), rut).await;
        let answer = self.means.looked(company.rut(), looked).await?;
        let found = answer.as_ref().map_or_else(Found::from, Found::from);
        let entry = self.means.entry(counted.now_ms, action, Outcome::Found(found), company.rut());
        match answer {
            Ok(Representation::Current { name }) => {
                self.tries().uncount(&counted, &entry).await?;
                Ok(Reply::RepresentativeNamed(Representing::said_by_register(company, rut, name)))
            }
            Ok(Representation::Former | Representation::Never) => self.tries().fail(&counted, &entry).await,
            Err(down) => {
                self.tries().uncount(&counted, &entry).await?;
                Err(down.into())
            }
        }
    }

    pub(super) async fn create_account(&self, application: &Application, language: Language) -> Answer {
        if let Applicant::Unchecked(claim) = &application.applicant {
            // Whoever is right has it forgiven when the registry says so (S10).
            self.tries().count(claim.company, Action::CreateAccount).await?;
        }
        // Hashed before looking, so that it takes as long for a company that has a key.
        let clave = self.means.vault().digest(application.clave.secret()).await;
        let answer = self.means.vault().digest(application.answer.secret()).await;
        let now_ms = self.means.now_ms().await?;
        let claim = application.applicant.claim();
        let request = Request { application, claim, language, now_ms, folio: self.new_folio() };
        let awaiting = match self.means.records.account_of(request.claim.company).await? {
            Some(account) => self.answer_known_company(&request, &account).await?,
            None => {
                // As long as comparing with the key of a known company takes (S9).
                self.means.vault().verify_nothing().await;
                let account = request.account(clave, answer);
                match application.applicant {
                    Applicant::Validated(_) => self.create_new_account(&request, account).await?,
                    Applicant::Unchecked(_) => self.keep_for_later(&request, account).await?,
                }
            }
        };
        self.means.wake_courier();
        let sent_to = SentTo {
            // They typed it a moment ago: shown whole, a slip can be seen.
            email: Some(Clean::from(application.email.to_string())),
            mobile: None,
            demo_folder: self.means.settings.demo_folder.clone(),
        };
        Ok(Reply::ApplicationTaken { awaiting, sent_to })
    }

    async fn create_new_account(
        &self,
        request: &Request<'_>,
        account: Account,
    ) -> Result<AwaitingCode, StoreError> {
        let proof_id = self.means.records.new_id(request.now_ms);
        let proof = request.proof(Some(self.means.records.account_id(account.company)));
        let entry = self
            .means
            .entry(request.now_ms, Action::CreateAccount, Outcome::Done, account.company)
            .under(request.folio);
        let to = || Destination::Mail(account.email.clone());
        let mut result = request.message(ErrandKind::Registered).to(to());
        result.not_before_ms += RESULT_AFTER_MS;
        let errands = [request.message(ErrandKind::SendCode { proof: proof_id }).to(to()), result];
        let due_ms = Some(request.now_ms + self.means.kept.flows_ms);
        let draft = self.means.records.draft(request.now_ms);
        let draft = draft.new_account(&account).new_record(proof_id, &proof, due_ms);
        post(&self.means.records, draft, &errands).audit(&entry).commit_by(&self.means).await?;
        Ok(AwaitingCode::recorded(proof_id, request.folio))
    }

    /// The company has a key already: nothing changes, and its own address hears of it. Who only
    /// pressed *Crear Cuenta* twice, with the same key, is not warned of themselves.
    async fn answer_known_company(
        &self,
        request: &Request<'_>,
        account: &Held<Account>,
    ) -> Result<AwaitingCode, StoreError> {
        let again = self
            .means
            .vault()
            .verify(request.application.clave.secret(), &account.value.clave)
            .await
            .is_right();
        let proof_id = self.means.records.new_id(request.now_ms);
        let same_address = request.application.email.folded() == account.value.email.folded();
        let proof = request.proof((again && same_address).then_some(account.id));
        let entry = self
            .means
            .entry(request.now_ms, Action::CreateAccount, Outcome::Already, account.value.company)
            .under(request.folio);
        let typed = Destination::Mail(request.application.email.clone());
        let code = request.message(ErrandKind::SendCode { proof: proof_id }).to(typed);
        let due_ms = Some(request.now_ms + self.means.kept.flows_ms);
        let draft = self.means.records.draft(request.now_ms).new_record(proof_id, &proof, due_ms);
        let mut draft = post(&self.means.records, draft, &[code]);
        if !again {
            let owner = Destination::Mail(account.value.email.clone());
            let mut notice = request.message(ErrandKind::AlreadyRegistered).to(owner);
            notice.not_before_ms += RESULT_AFTER_MS;
            draft = post_as(self.means.records.new_id(request.now_ms), draft, &notice);
        }
        draft.audit(&entry).commit_by(&self.means).await?;
        Ok(AwaitingCode::recorded(proof_id, request.folio))
    }
}

/// One press of *Crear Cuenta*.
pub(super) struct Request<'a> {
    application: &'a Application,
    claim: Claim,
    language: Language,
    pub(super) now_ms: u64,
    pub(super) folio: Folio,
}

impl Request<'_> {
    pub(super) fn message(&self, kind: ErrandKind) -> Message {
        Message {
            kind,
            company: self.claim.company,
            language: self.language,
            folio: self.folio,
            now_ms: self.now_ms,
        }
    }

    pub(super) fn proof(&self, account: Option<crate::domain::reference::Id>) -> Proof {
        Proof {
            company: self.claim.company,
            to: Destination::Mail(self.application.email.clone()),
            what: ProofFor::Registration { account },
            code: None,
            expires_ms: self.now_ms + CODE_LIFE_MS,
            tries: 0,
        }
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
            created_ms: self.now_ms,
        }
    }
}

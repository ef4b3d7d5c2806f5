//! A foreign facilitator (guide 5) at this terminal: what belongs to files goes to the terminal's
//! devices, everything else to the office.

use super::{Answer, Desk};
use crate::domain::language::Language;
use crate::effect::Reply;
use crate::effect::facilitator::{FacilitatorEffect, HandOut};
use crate::office::facilitator_clave::ClaveOfFacilitator;
use crate::office::facilitator_requests::FacilitatorRequests;

impl Desk {
    pub(super) async fn about_facilitator(&self, effect: FacilitatorEffect, language: Language) -> Answer {
        let (means, files) = (&self.means, &self.files);
        let (requests, own) = (FacilitatorRequests::of(means), ClaveOfFacilitator::of(means));
        let reply = match effect {
            FacilitatorEffect::Begin(proved) => requests.begin(&proved, files.devices()).await?,
            FacilitatorEffect::ListFiles => files.list().await,
            FacilitatorEffect::TakeFile(choice) => files.take(choice).await,
            FacilitatorEffect::ScaleFile(choice) => files.scale(choice).await,
            FacilitatorEffect::OpenPhonePage => files.open_phone_page(language),
            FacilitatorEffect::AwaitPhone(page) => files.await_phone(page).await,
            FacilitatorEffect::HandOut { may, to: HandOut::Mail } => {
                requests.mail_declaration(&may, language).await?
            }
            FacilitatorEffect::HandOut { may, to } => files.hand_out(means, &may, to).await?,
            FacilitatorEffect::Request(application) => {
                requests.make(&application, files.kept(), language).await?
            }
            FacilitatorEffect::LookUp { folio, representative } => {
                requests.look_up(folio, representative).await?
            }
            FacilitatorEffect::CheckClave { company, country, number, clave } => {
                own.check(company, country, &number, &clave).await?
            }
            FacilitatorEffect::ChangeClave { proved, clave } => own.change(&proved, &clave).await?,
        };
        Ok(Reply::Facilitator(reply))
    }
}

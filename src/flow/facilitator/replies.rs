//! What a facilitator's request makes of the world's answers.

use super::declaration::{Desk, not_handed_out};
use super::{Facilitator, Step};
use crate::effect::facilitator::{FacilitatorEffect, FacilitatorReply, MayRequest};
use crate::effect::{ClaveKind, Effect, Reply};
use crate::flow::Next;
use crate::flow::challenge::ChallengePanel;
use crate::flow::credentials;
use crate::flow::machine::Machine as _;
use crate::form::Form;
use crate::form::names::{ButtonName, Name};
use crate::text::Msg;

impl Facilitator {
    pub(super) fn heard(mut self, effect: Effect, reply: Reply) -> Next<Self> {
        match (effect, reply) {
            (Effect::CheckClave { .. }, Reply::ClaveRight(proved)) if proved.kind() == ClaveKind::Own => {
                return self.ask_for(FacilitatorEffect::Begin(proved));
            }
            (Effect::CheckClave { .. }, Reply::ClaveRight(_)) => {
                self.panels.who_mut().forget_secrets();
                let buttons = Form::new(vec![], vec![ButtonName::GoChange, ButtonName::GoBack]);
                self.step = Step::SentClave { buttons };
            }
            (Effect::CheckClave { .. }, reply) => {
                if let Some(error) = credentials::wrong(&reply) {
                    let form = self.panels.who_mut();
                    form.forget_secrets();
                    form.fail(Name::CompanyClave, error);
                }
            }
            (Effect::Facilitator(effect), Reply::Facilitator(reply)) => return self.heard_of(effect, reply),
            _ => {}
        }
        Next::Stay(self)
    }

    fn heard_of(mut self, effect: FacilitatorEffect, reply: FacilitatorReply) -> Next<Self> {
        if let Step::Paper(intake) = &mut self.step {
            let wanted = intake.reply(&effect, reply);
            return self.follow(wanted);
        }
        match (effect, reply) {
            (FacilitatorEffect::Begin(_), FacilitatorReply::MayRequest(may)) => return self.begin(may),
            (FacilitatorEffect::ListFiles, FacilitatorReply::Files(offers)) => {
                return self.drives_are(offers);
            }
            (FacilitatorEffect::HandOut { .. }, FacilitatorReply::HandedOut(name)) => {
                self.step = Step::Declaration(Desk::saying(Msg::DeclarationSaved { name }));
            }
            (FacilitatorEffect::HandOut { .. }, FacilitatorReply::Printed) => {
                self.step = Step::Declaration(Desk::saying(Msg::DeclarationPrinting));
            }
            (FacilitatorEffect::HandOut { .. }, FacilitatorReply::Mailed(sent_to)) => {
                self.step = Step::Declaration(Desk::mailing(&sent_to));
            }
            (FacilitatorEffect::HandOut { .. }, FacilitatorReply::NotHandedOut(why)) => {
                self.step = Step::Declaration(Desk::saying(not_handed_out(why)));
            }
            (FacilitatorEffect::Request(_), FacilitatorReply::Requested { folio, sent_to }) => {
                let buttons = Form::new(vec![], vec![ButtonName::Leave]);
                self.step = Step::Taken { folio, sent_to, buttons };
            }
            _ => {}
        }
        Next::Stay(self)
    }

    /// The clave is right: the letters, and after them the declaration.
    fn begin(mut self, may: MayRequest) -> Next<Self> {
        let is_another = self.may.as_ref().is_some_and(|before| {
            (before.company(), before.representative()) != (may.company(), may.representative())
        });
        if is_another {
            self.attached.forget_declaration();
        }
        self.panels.who_mut().forget_secrets();
        self.may = Some(may);
        self.step = Step::Challenge(ChallengePanel::new(ButtonName::Validate));
        self.ask(Effect::DrawChallenge)
    }
}

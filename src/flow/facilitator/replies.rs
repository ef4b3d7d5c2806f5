//! What a facilitator's request makes of the world's answers.

use super::declaration::{Desk, not_handed_out};
use super::{Facilitator, Step, TooLarge};
use crate::effect::facilitator::{FacilitatorEffect, FacilitatorReply, MayRequest};
use crate::effect::{ClaveKind, Effect, Refusal, Reply};
use crate::flow::Next;
use crate::form::Form;
use crate::form::names::{ButtonName, Name};
use crate::text::Msg;
use crate::text::document_refused;

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
            (Effect::CheckClave { .. }, Reply::Refused(Refusal::Mismatch { tries_left })) => {
                let form = self.panels.who_mut();
                form.forget_secrets();
                form.fail(Name::CompanyClave, Msg::MismatchClave { tries: u64::from(tries_left) });
                self.step = Step::Who;
            }
            (Effect::CheckClave { .. }, _) => self.step = Step::Who,
            (Effect::Facilitator(effect), Reply::Facilitator(reply)) => return self.heard_of(effect, reply),
            _ => {}
        }
        Next::Stay(self)
    }

    fn heard_of(mut self, effect: FacilitatorEffect, reply: FacilitatorReply) -> Next<Self> {
        match (effect, reply) {
            (FacilitatorEffect::Begin(_), FacilitatorReply::MayRequest(may)) => self.begin(may),
            (FacilitatorEffect::ListFiles, FacilitatorReply::Files(offers)) => match &mut self.step {
                Step::Files(_, _, shelf) => shelf.fill(offers),
                _ => return self.drives_are(offers),
            },
            (
                FacilitatorEffect::TakeFile(_) | FacilitatorEffect::ScaleFile(_),
                FacilitatorReply::Taken(taken),
            ) => {
                if let Step::Files(paper, then, _) | Step::TooLarge { paper, then, .. } = self.step {
                    self.step = Step::preview(paper, then, taken);
                }
            }
            (FacilitatorEffect::TakeFile(choice), FacilitatorReply::TooLarge { name, bytes, could_be }) => {
                if let Step::Files(paper, then, _) = self.step {
                    let image = TooLarge { choice, name, bytes, could_be };
                    let buttons = Form::new(vec![], vec![ButtonName::ScaleDown, ButtonName::OtherFile]);
                    self.step = Step::TooLarge { paper, then, image, buttons };
                }
            }
            (FacilitatorEffect::OpenPhonePage, FacilitatorReply::PhonePage(page)) => {
                return self.show_phone_page(page);
            }
            (FacilitatorEffect::OpenPhonePage, FacilitatorReply::NoPhonePage) => {
                return self.not_taken(Msg::WrongPhonePage);
            }
            (_, FacilitatorReply::NotTaken { refusal, .. }) => {
                return self.not_taken(document_refused(refusal));
            }
            (_, FacilitatorReply::FileGone) => return self.not_taken(Msg::WrongFileGone),
            (FacilitatorEffect::HandOut { .. }, FacilitatorReply::HandedOut(name)) => {
                self.step = Step::Declaration(Desk::saying(Msg::DeclarationSaved { name }));
            }
            (FacilitatorEffect::HandOut { .. }, FacilitatorReply::HandedOver) => {
                self.step = Step::Declaration(Desk::saying(Msg::DeclarationOnItsWay));
            }
            (FacilitatorEffect::HandOut { .. }, FacilitatorReply::NotHandedOut(why)) => {
                self.step = Step::Declaration(Desk::saying(not_handed_out(why)));
            }
            (FacilitatorEffect::Request(_), FacilitatorReply::Requested { folio, sent_to }) => {
                let buttons = Form::new(vec![], vec![ButtonName::Finish]);
                self.step = Step::Taken { folio, sent_to, buttons };
            }
            _ => {}
        }
        Next::Stay(self)
    }

    /// The declaration can be handed out, and taken back.
    fn begin(&mut self, may: MayRequest) {
        let is_another = self.may.as_ref().is_some_and(|before| {
            (before.company, before.representative) != (may.company, may.representative)
        });
        if is_another {
            self.attached.forget_declaration();
        }
        self.panels.who_mut().forget_secrets();
        self.may = Some(may);
        self.step = Step::Declaration(Desk::default());
    }

    /// Back to the list, with the reason above it.
    fn not_taken(mut self, why: Msg) -> Next<Self> {
        match &mut self.step {
            Step::Files(_, _, shelf) => shelf.says = Some(why),
            Step::TooLarge { paper, then, .. } | Step::PhoneOver { paper, then, .. } => {
                let (paper, then) = (*paper, *then);
                return self.list(paper, then);
            }
            _ => {}
        }
        Next::Stay(self)
    }
}

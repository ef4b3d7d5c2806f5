//! What each step of *Recuperar CS* shows.

use super::{Recover, Request, Step};
use crate::domain::clean::Clean;
use crate::domain::folio::Folio;
use crate::effect::SentTo;
use crate::flow::{folio_blocks, page, sent_to_blocks};
use crate::form::Form;
use crate::page::{Block, Fact, Page, Words};
use crate::text::Msg;

impl Recover {
    fn form(&self) -> &Form {
        match &self.step {
            Step::Company => &self.company,
            Step::Question { .. } => &self.question,
            Step::Representative { .. } => &self.representative,
            Step::Card { .. } => &self.card,
            Step::Address { .. } => &self.address,
            Step::Code { .. } => &self.code,
            Step::Witness { .. } => &self.witness,
            Step::Confirm { letters, .. } => letters.form(),
            _ => &self.plain,
        }
    }

    pub fn page(&self) -> Page {
        let place = Msg::PlaceRecover;
        let form = self.form();
        let page = match &self.step {
            Step::Asking(asked) => return asked.page(place),
            Step::Confirm { request, letters } => {
                let mut blocks = vec![Block::Facts(request.facts())];
                blocks.extend(letters.blocks());
                page(place, Msg::RecoverConfirmHeading, blocks, form.focus())
            }
            step => {
                let mut blocks = step.opening();
                blocks.extend(form.blocks());
                page(place, step.heading(), blocks, form.focus())
            }
        };
        let page = page.with_help(self.step.help());
        let page = match self.step {
            Step::Sent { .. } | Step::SentToNewAddress { .. } | Step::Held { .. } => page.with_no_way_back(),
            _ => page,
        };
        match self.progress() {
            Some((current, steps)) => page.at_step(current, steps),
            None => page,
        }
    }

    /// Where the person is on the road they are on, as far as it is known: that of the answer is
    /// short, that of the card longer.
    fn progress(&self) -> Option<(u8, Vec<Msg>)> {
        let by_answer = match &self.step {
            Step::Company | Step::Question { .. } => true,
            Step::Confirm { request, .. } => matches!(request, Request::WithAnswer { .. }),
            Step::Representative { .. } | Step::Card { .. } | Step::Address { .. } => false,
            _ => return None,
        };
        let had_question = self.trail.iter().any(|step| matches!(step, Step::Question { .. }));
        let mut steps = vec![Msg::StepCompany];
        if by_answer || had_question {
            steps.push(Msg::StepQuestion);
        }
        if !by_answer {
            steps.extend([Msg::StepRepresentative, Msg::StepCard, Msg::StepEmail]);
        }
        steps.push(Msg::StepLetters);
        Some((self.trail.len() as u8 + 1, steps))
    }
}

impl Step {
    fn heading(&self) -> Words {
        Words::Said(match self {
            Step::Company => Msg::RecoverCompanyHeading,
            Step::Question { question, .. } => return Words::Given(question.clone()),
            Step::Representative { .. } => Msg::RecoverRepresentativeHeading,
            Step::Card { .. } => Msg::RecoverCardHeading,
            Step::Address { .. } => Msg::RecoverAddressHeading,
            Step::Code { .. } => Msg::CodeHeading,
            Step::Held { .. } => Msg::RecoverHeldHeading,
            Step::Witness { .. } => Msg::WitnessHeading,
            Step::NotRegistered => Msg::RecoverNotRegisteredHeading,
            Step::Sent { .. } | Step::SentToNewAddress { .. } | Step::Confirm { .. } | Step::Asking(_) => {
                Msg::SuccessHeading
            }
        })
    }

    /// What stands above the fields.
    fn opening(&self) -> Vec<Block> {
        let say = |msg| Block::Paragraph(Words::Said(msg));
        match self {
            Step::Company => vec![Block::Important(Msg::RecoverImportant)],
            Step::Question { .. } => vec![say(Msg::RecoverQuestionHint)],
            Step::Representative { .. } => vec![say(Msg::RecoverRepresentativeHint)],
            Step::Card { .. } => vec![say(Msg::RecoverCardHint)],
            Step::Address { masked, .. } => vec![
                say(Msg::RecoverAddressHint),
                Block::Facts(vec![Fact {
                    label: Msg::FactEmail,
                    value: Words::Given(masked.clone()),
                    change: None,
                }]),
            ],
            Step::Code { sent_to, .. } => {
                let mut blocks = vec![say(Msg::CodeHint)];
                blocks.extend(sent_to_blocks(sent_to));
                blocks
            }
            Step::Held { awaiting } => {
                let mut blocks = vec![say(Msg::RecoverHeld), say(Msg::RecoverHeldStaff)];
                blocks.extend(folio_blocks(awaiting.folio));
                blocks
            }
            Step::Witness { .. } => vec![say(Msg::WitnessHint)],
            Step::NotRegistered => vec![say(Msg::RecoverNotRegistered)],
            Step::Sent { folio, sent_to } => {
                let blocks = match sent_to.mobile {
                    Some(_) => {
                        let sent = vec![Msg::SentBySms.into(), Msg::SentByMail.into()];
                        vec![Block::Bullets(sent), say(Msg::SentEither)]
                    }
                    None => vec![say(Msg::SentToCompany)],
                };
                sent_blocks(blocks, *folio, sent_to)
            }
            Step::SentToNewAddress { folio, sent_to } => {
                sent_blocks(vec![say(Msg::SentByMail), say(Msg::SentNotOnFile)], *folio, sent_to)
            }
            Step::Confirm { .. } | Step::Asking(_) => vec![],
        }
    }

    fn help(&self) -> Vec<Msg> {
        match self {
            Step::Company => vec![Msg::HelpCompanyRut],
            Step::Question { .. } => vec![Msg::HelpAnswer],
            Step::Representative { .. } => vec![Msg::HelpRepresentative],
            Step::Card { .. } => vec![Msg::HelpSerialNew, Msg::HelpSerialOld],
            Step::Address { .. } => vec![Msg::HelpMaskedAddress],
            Step::Confirm { .. } => vec![Msg::HelpLetters],
            Step::Code { .. } => vec![Msg::HelpCode],
            _ => vec![],
        }
    }
}

impl Request {
    fn facts(&self) -> Vec<Fact> {
        let fact =
            |label, value: String| Fact { label, value: Words::Given(Clean::from(value)), change: None };
        match self {
            Request::WithAnswer { company, .. } => vec![
                fact(Msg::LabelCompanyRut, company.to_string()),
                Fact { label: Msg::FactSentBy, value: Words::Said(Msg::FactSmsAndMail), change: None },
            ],
            Request::ToAddressOnFile { card, masked } => vec![
                fact(Msg::LabelCompanyRut, card.company.to_string()),
                fact(Msg::FactEmail, masked.to_string()),
            ],
            Request::Vouched { vouched, masked } => vec![
                fact(Msg::LabelCompanyRut, vouched.company.to_string()),
                fact(Msg::FactEmail, masked.to_string()),
            ],
            Request::ToNewAddress { card, email } => vec![
                fact(Msg::LabelCompanyRut, card.company.to_string()),
                fact(Msg::LabelNewEmail, email.to_string()),
            ],
        }
    }
}

/// The rest of the guide's dialog: where to, what next, and the folio.
fn sent_blocks(mut blocks: Vec<Block>, folio: Folio, sent_to: &SentTo) -> Vec<Block> {
    blocks.extend(sent_to_blocks(sent_to));
    blocks.push(Block::Paragraph(Words::Said(Msg::SentWhatNext)));
    blocks.extend(folio_blocks(folio));
    blocks
}

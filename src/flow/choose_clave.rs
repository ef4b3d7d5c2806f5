//! Choosing one's own clave, for a company and for its facilitator alike: who, and the clave in use;
//! the new one twice; the challenge; *Cambiar Clave*. A clave that was sent leads here too, and is
//! good for nothing but choosing one's own (S7).

use std::fmt::Debug;

use super::asked::Asked;
use super::challenge::ChallengePanel;
use super::credentials;
use super::machine::{Machine, Waits};
use super::promise::Notice;
use super::shown::{Shown, say};
use super::steps::StepName;
use super::{Ending, Next, Workflow, folio_blocks};
use crate::domain::clave::{Clave, KnownWords};
use crate::domain::clean::Clean;
use crate::domain::folio::Folio;
use crate::domain::outlook::Outlook;
use crate::domain::rut::Rut;
use crate::effect::{ClaveKind, Effect, Reply};
use crate::form::Form;
use crate::form::field::Field;
use crate::form::names::{ButtonName, Name};
use crate::page::{Block, Fact};
use crate::text::Msg;

/// Whose clave it is: what is asked of them, and in which words.
pub trait Holder: Debug + PartialEq {
    /// That they typed the clave in use.
    type Proof: ClaveInUse;
    /// The field of the clave in use.
    const IN_USE: Name;

    /// The workflow's name.
    fn place() -> Msg;
    /// Who they are, and the clave in use.
    fn who() -> Form;
    /// What was typed into it, as a question whether it is right, if it is all there.
    fn check(who: &mut Form) -> Option<Effect>;
    /// *Cambiar Clave*
    fn change(proved: Self::Proof, clave: Clave) -> Effect;
    /// What an answer means.
    fn heard(effect: &Effect, reply: Reply) -> Heard<Self::Proof>;
    /// What their pages say.
    fn words() -> HolderWords;
}

/// What the proof of a clave tells.
pub trait ClaveInUse: Clone + Debug + PartialEq {
    /// Whose it is.
    fn company(&self) -> Rut;
    /// Whether it was sent.
    fn kind(&self) -> ClaveKind;
    /// What the new one must not be made of (S2).
    fn known(&self) -> &KnownWords;
}

/// What the pages of one holder say, where they differ.
#[derive(Debug)]
pub struct HolderWords {
    /// What the page that asks who opens with.
    pub who: Vec<Block>,
    /// Beside them.
    pub help: Msg,
    /// Why a clave that was sent leads here.
    pub sent: Msg,
    /// Who hears of it, on the receipt.
    pub notice: Notice,
}

/// What an answer means.
#[derive(Debug)]
pub enum Heard<P> {
    /// The clave in use is right.
    Right(P),
    /// Something doesn't match; so many tries are left.
    Wrong {
        /// In these words.
        says: Msg,
    },
    /// The new clave is the one in use from now on.
    Changed {
        /// Of the receipt.
        folio: Folio,
        /// Whether others hear of it.
        notices: Outlook,
    },
    /// The new clave is the one in use.
    Unchanged,
    /// Nothing that this question waits for.
    Nothing,
}

impl<P> Heard<P> {
    /// Something doesn't match, if there are words for it.
    pub fn wrong(says: Option<Msg>) -> Self {
        says.map_or(Heard::Nothing, |says| Heard::Wrong { says })
    }
}

/// Where a person can be.
#[derive(Debug, Default, PartialEq)]
pub enum Step<P> {
    /// Who they are, and the clave in use → *Validar*.
    #[default]
    Who,
    /// *CS Nueva*, *Repetir CS Nueva* → the challenge.
    Choose { proved: P, new: Form },
    /// The challenge and *Cambiar Clave*.
    Confirm { proved: P, clave: Clave, challenge: ChallengePanel },
    /// The guide's dialog. The end.
    Changed { folio: Folio, notices: Outlook, buttons: Form },
    /// Waiting for an answer, or told why none comes.
    Asking(Asked<Step<P>>),
}

/// The workflow of one holder.
#[derive(Debug, PartialEq)]
pub struct ChooseClave<H: Holder> {
    step: Step<H::Proof>,
    who: Form,
}

impl<P> Step<P> {
    fn choose(proved: P) -> Self {
        let fields = vec![Field::hidden(Name::NewClave), Field::hidden(Name::RepeatNewClave)];
        Step::Choose { proved, new: Form::new(fields, vec![ButtonName::Continue]) }
    }
}

impl<P> Waits for Step<P> {
    fn waiting(asked: Asked<Self>) -> Self {
        Step::Asking(asked)
    }

    fn asked(&self) -> Option<&Asked<Self>> {
        if let Step::Asking(asked) = self { Some(asked) } else { None }
    }

    fn asked_mut(&mut self) -> Option<&mut Asked<Self>> {
        if let Step::Asking(asked) = self { Some(asked) } else { None }
    }
}

impl<H: Holder> Default for ChooseClave<H> {
    fn default() -> Self {
        ChooseClave { step: Step::Who, who: H::who() }
    }
}

impl<H: Holder> Machine for ChooseClave<H> {
    type Step = Step<H::Proof>;

    fn step(&self) -> &Self::Step {
        &self.step
    }

    fn step_mut(&mut self) -> &mut Self::Step {
        &mut self.step
    }

    fn place(&self) -> Msg {
        H::place()
    }

    fn shows(&self) -> Shown<'_> {
        let words = H::words();
        let steps = [StepName::Who, StepName::NewClave, StepName::Letters];
        match &self.step {
            Step::Who => Shown::form(Msg::ChangeWhoHeading, words.who, &self.who)
                .at_step(1, steps)
                .help([words.help])
                .begins(),
            Step::Choose { proved, new } => {
                let (heading, hint) = match proved.kind() {
                    ClaveKind::Sent => (Msg::ChangeSentHeading, words.sent),
                    ClaveKind::Own => (Msg::ChangeOwnHeading, Msg::ClaveRule),
                };
                let opening = vec![say(hint), Block::Panel(Msg::PanelChange)];
                Shown::form(heading, opening, new).at_step(2, steps).help([Msg::HelpClave])
            }
            Step::Confirm { proved, challenge, .. } => {
                let company = Clean::from(proved.company().to_string());
                let fact = Fact { label: Msg::LabelRutOfCompany, value: company.into(), change: None };
                let facts = vec![Block::Facts(vec![fact])];
                Shown::challenge(Msg::ChangeConfirmHeading, facts, challenge).at_step(3, steps)
            }
            Step::Changed { folio, notices, buttons } => {
                let heard = words.notice.said(*notices);
                let mut blocks = vec![say(Msg::Changed), say(Msg::ChangedWhatNext), say(heard)];
                blocks.extend(folio_blocks(*folio));
                Shown::form(Msg::SuccessHeading, blocks, buttons).confirms()
            }
            Step::Asking(asked) => asked.shows(),
        }
    }

    fn form_mut(&mut self) -> Option<&mut Form> {
        match &mut self.step {
            Step::Who => Some(&mut self.who),
            Step::Choose { new, .. } => Some(new),
            Step::Changed { buttons, .. } => Some(buttons),
            Step::Confirm { .. } | Step::Asking(_) => None,
        }
    }

    fn go(mut self, button: ButtonName) -> Next<Self> {
        match &self.step {
            Step::Who if button == ButtonName::GoRecover => {
                Next::Leave(Ending::with(Workflow::Recover, credentials::company(&self.who)))
            }
            Step::Who => {
                let effect = H::check(&mut self.who);
                self.ask_if(effect)
            }
            Step::Choose { .. } => self.chosen(),
            Step::Changed { .. } => Next::Leave(Ending::Visit),
            Step::Confirm { .. } | Step::Asking(_) => Next::Stay(self),
        }
    }

    fn back(mut self) -> Next<Self> {
        match self.step {
            Step::Who => return Next::Leave(Ending::Menu),
            Step::Choose { .. } => {
                self.who.forget_secrets();
                self.step = Step::Who;
            }
            Step::Confirm { proved, .. } => self.step = Step::choose(proved),
            Step::Changed { .. } | Step::Asking(_) => {}
        }
        Next::Stay(self)
    }

    fn challenge_mut(&mut self) -> Option<&mut ChallengePanel> {
        if let Step::Confirm { challenge, .. } = &mut self.step { Some(challenge) } else { None }
    }

    fn challenge_passed(self) -> Next<Self> {
        let Step::Confirm { proved, clave, .. } = &self.step else { return Next::Stay(self) };
        let effect = H::change(proved.clone(), clave.clone());
        self.ask(effect)
    }

    fn answered(mut self, effect: Effect, reply: Reply) -> Next<Self> {
        match H::heard(&effect, reply) {
            Heard::Right(proved) => self.step = Step::choose(proved),
            Heard::Wrong { says } => {
                self.who.forget_secrets();
                self.who.fail(H::IN_USE, says);
                self.step = Step::Who;
            }
            Heard::Changed { folio, notices } => {
                self.who.forget_secrets();
                let buttons = Form::new(vec![], vec![ButtonName::Accept]);
                self.step = Step::Changed { folio, notices, buttons };
            }
            Heard::Unchanged => return Next::Stay(self.unchanged()),
            Heard::Nothing => {}
        }
        Next::Stay(self)
    }
}

impl<H: Holder> ChooseClave<H> {
    /// *Continuar* under the new clave.
    fn chosen(mut self) -> Next<Self> {
        let Step::Choose { proved, mut new } = self.step else { return Next::Stay(self) };
        let read = new.read(|reader| reader.clave(Name::NewClave, Name::RepeatNewClave, proved.known()));
        match read {
            Some(clave) if is_in_use::<H>(&self.who, &clave) => {
                new.fail(Name::NewClave, Msg::WrongClaveUnchanged);
                self.step = Step::Choose { proved, new };
                Next::Stay(self)
            }
            Some(clave) => {
                let challenge = ChallengePanel::new(ButtonName::ChangeClave);
                self.step = Step::Confirm { proved, clave, challenge };
                self.ask(Effect::DrawChallenge)
            }
            None => {
                self.step = Step::Choose { proved, new };
                Next::Stay(self)
            }
        }
    }

    /// The world knows better than the form whether it is the one in use.
    fn unchanged(mut self) -> Self {
        let Step::Confirm { proved, .. } = self.step else { return self };
        self.step = Step::choose(proved);
        if let Step::Choose { new, .. } = &mut self.step {
            new.fail(Name::NewClave, Msg::WrongClaveUnchanged);
        }
        self
    }
}

/// Whether it is the clave that was typed as the one in use.
fn is_in_use<H: Holder>(who: &Form, clave: &Clave) -> bool {
    who.field(H::IN_USE).is_some_and(|field| &field.secret() == clave.secret())
}

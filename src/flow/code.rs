//! The code that proves a mailbox or a mobile, in every workflow alike: typed, sent again, or wrong.

use super::Engagement;
use super::promise::{self, Promise};
use super::shown::{Shown, say};
use crate::domain::outlook::Outlook;
use crate::effect::{AwaitingCode, Effect, Outgoing, Refusal, Reply, SentTo};
use crate::form::Form;
use crate::form::field::Field;
use crate::form::names::{ButtonName, Name};
use crate::page::Block;
use crate::text::Msg;

/// A code that was sent, and the field in which it is typed.
#[derive(Debug, PartialEq)]
pub struct CodePanel {
    awaiting: AwaitingCode,
    words: CodeWords,
    stands: CodeStanding,
    form: Form,
}

/// How the code stands, as far as the page has heard since it opened: it says nothing else above the field
/// than what is said beside it.
#[derive(Debug, PartialEq)]
enum CodeStanding {
    /// As it was told when the code was asked for.
    AsAsked,
    /// Another one was asked for: what will become of it.
    Another(Outgoing),
    /// One was typed after another had been asked for, and was wrong: whether that one came, nobody knows.
    Tried,
    /// Its message has not left yet.
    NotSent,
    /// It is of no use any more.
    Dead,
}

/// What is said of a code that is of no use any more: it depends on what the code was for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CodeWords {
    /// The company's mailbox, while it registers.
    Registration,
    /// Another address to which a clave shall be sent.
    Recovery,
    /// A new contact of a company on file.
    Contact,
    /// The mailbox of whoever is given an account by two members of staff.
    Settlement,
    /// The representative's mobile, once the company has registered.
    Mobile,
}

impl CodePanel {
    /// A code that must be typed to go on.
    pub fn new(awaiting: AwaitingCode, words: CodeWords) -> Self {
        CodePanel::with(awaiting, words, vec![ButtonName::Validate, ButtonName::SendCodeAgain])
    }

    /// A code without which the person can go on: *Más tarde*.
    pub fn or_later(awaiting: AwaitingCode, words: CodeWords) -> Self {
        let buttons = vec![ButtonName::Validate, ButtonName::SendCodeAgain, ButtonName::Later];
        CodePanel::with(awaiting, words, buttons)
    }

    /// The same for an application that was made in this visit: *Corregir el correo* leads back to it.
    pub fn of_application(awaiting: AwaitingCode) -> Self {
        let buttons =
            vec![ButtonName::Validate, ButtonName::SendCodeAgain, ButtonName::Later, ButtonName::MendEmail];
        CodePanel::with(awaiting, CodeWords::Registration, buttons)
    }

    /// The code of a mobile that may lie at home: *No tengo el celular aquí* (T3).
    pub fn of_mobile(awaiting: AwaitingCode) -> Self {
        let buttons = vec![ButtonName::Validate, ButtonName::SendCodeAgain, ButtonName::NoMobileHere];
        CodePanel::with(awaiting, CodeWords::Mobile, buttons)
    }

    fn with(awaiting: AwaitingCode, words: CodeWords, buttons: Vec<ButtonName>) -> Self {
        let form = Form::new(vec![Field::line(Name::Code)], buttons);
        CodePanel { awaiting, words, stands: CodeStanding::AsAsked, form }
    }

    /// The same, where a code came before the one that was asked for now.
    pub fn beside_another(self, sent_to: &SentTo) -> Self {
        match &sent_to.messages[..] {
            [message] => CodePanel { stands: CodeStanding::Another(message.clone()), ..self },
            _ => self,
        }
    }

    /// What waits for the code.
    pub fn awaiting(&self) -> &AwaitingCode {
        &self.awaiting
    }

    /// Whether the page has this button.
    pub fn offers(&self, button: ButtonName) -> bool {
        self.form.offers(button)
    }

    /// The page: what will become of the code, and where to type it.
    pub fn shows(&self, promise: Promise, sent_to: &SentTo) -> Shown<'_> {
        self.shows_between(vec![], (promise, sent_to), vec![])
    }

    /// The same, with more above and below what is said of the message.
    pub fn shows_between(
        &self,
        above: Vec<Block>,
        (promise, sent_to): (Promise, &SentTo),
        below: Vec<Block>,
    ) -> Shown<'_> {
        let (heading, said) = match &self.stands {
            CodeStanding::AsAsked => {
                (promise::code_heading(sent_to.outlook()), promise::said_of(sent_to, |_| promise))
            }
            CodeStanding::Another(message) => {
                (promise::code_heading(message.outlook), vec![say(Promise::AnotherCode.said(message))])
            }
            CodeStanding::Tried => (Msg::CodeHeading, vec![]),
            CodeStanding::NotSent => (Msg::CodeAwaitedHeading, vec![]),
            CodeStanding::Dead => (Msg::CodeDeadHeading, vec![]),
        };
        let mut blocks = above;
        blocks.extend(said);
        blocks.extend(promise::places(sent_to));
        blocks.extend(below);
        Shown::form(heading, blocks, &self.form)
            .help(help(promise, self.stands.outlook(sent_to)))
            .engages(Engagement::WaitingForPhone)
    }

    /// The field and its buttons, for a touch.
    pub fn form_mut(&mut self) -> &mut Form {
        &mut self.form
    }

    /// *Validar* or *Enviar otro código*: what is to be asked, if the code is well written.
    pub fn go(&mut self, button: ButtonName) -> Option<Effect> {
        let awaiting = self.awaiting.clone();
        if button == ButtonName::SendCodeAgain {
            return Some(Effect::SendCodeAgain { awaiting });
        }
        let code = self.form.read(|reader| reader.code(Name::Code))?;
        Some(Effect::CheckCode { awaiting, code })
    }

    /// Why the code did not pass, beside its field; or that another one comes.
    pub fn refused(&mut self, effect: &Effect, reply: &Reply) {
        let error = match (effect, reply) {
            (_, Reply::CodeWrong { tries_left }) => Msg::WrongCode { tries: u64::from(*tries_left) },
            (_, Reply::Refused(Refusal::Repeated)) => Msg::MismatchRepeated,
            (Effect::SendCodeAgain { .. }, Reply::CodeDead) => self.words.over(),
            (_, Reply::CodeDead) => self.words.dead(),
            (_, Reply::CodeLimit) => self.words.limit(),
            (_, Reply::CodeNotSent) => Msg::WrongCodeEarly,
            (_, Reply::DataLimit) if self.words == CodeWords::Contact => Msg::WrongDataLimit,
            (_, Reply::CodeComing { message }) => return self.another_comes(message),
            _ => return,
        };
        match reply {
            Reply::CodeDead => self.stands = CodeStanding::Dead,
            Reply::CodeNotSent => self.stands = CodeStanding::NotSent,
            Reply::CodeWrong { .. } => self.stands.was_wrong(),
            _ => {}
        }
        self.form.fail(Name::Code, error);
    }

    /// Another code was asked for: what was typed of the one before goes.
    fn another_comes(&mut self, message: &Outgoing) {
        if let Some(field) = self.form.field_mut(Name::Code) {
            field.clear();
        }
        self.form.set_errors(vec![]);
        self.form.focus_on(Name::Code);
        self.stands = CodeStanding::Another(message.clone());
    }
}

/// What to do if one that is under way doesn't come.
fn help(promise: Promise, outlook: Outlook) -> Vec<Msg> {
    let help = match promise {
        Promise::CodeToMobile | Promise::CodeToOtherMobile => Msg::HelpCodeBySms,
        _ => Msg::HelpCode,
    };
    if outlook.may_arrive() { vec![help] } else { vec![] }
}

impl CodeStanding {
    /// A code was typed, and wrong. Only one that was sent can be.
    fn was_wrong(&mut self) {
        match self {
            CodeStanding::NotSent => *self = CodeStanding::AsAsked,
            CodeStanding::Another(Outgoing { outlook: Outlook::Now, .. }) => *self = CodeStanding::Tried,
            CodeStanding::AsAsked | CodeStanding::Another(_) | CodeStanding::Tried | CodeStanding::Dead => {}
        }
    }

    /// What becomes of the code that was asked for last.
    fn outlook(&self, sent_to: &SentTo) -> Outlook {
        match self {
            CodeStanding::Another(message) => message.outlook,
            CodeStanding::Tried => Outlook::Now,
            CodeStanding::AsAsked | CodeStanding::NotSent | CodeStanding::Dead => sent_to.outlook(),
        }
    }
}

impl CodeWords {
    /// No other code can be sent for it.
    fn over(self) -> Msg {
        match self {
            CodeWords::Registration => Msg::WrongCodeOverRegister,
            CodeWords::Recovery => Msg::WrongCodeOver,
            CodeWords::Settlement => Msg::WrongCodeOverSettlement,
            CodeWords::Contact => Msg::WrongCodeOverContact,
            CodeWords::Mobile => Msg::WrongCodeOverMobile,
        }
    }

    /// It is too old, was used, or was tried too often.
    fn dead(self) -> Msg {
        match self {
            CodeWords::Registration => Msg::WrongCodeDeadRegister,
            CodeWords::Recovery => Msg::WrongCodeDead,
            CodeWords::Settlement => Msg::WrongCodeOverSettlement,
            CodeWords::Contact => Msg::WrongCodeDeadContact,
            CodeWords::Mobile => Msg::WrongCodeDeadMobile,
        }
    }

    /// The address got as many messages as it may (S11).
    fn limit(self) -> Msg {
        match self {
            CodeWords::Registration | CodeWords::Recovery | CodeWords::Settlement => Msg::WrongCodeLimit,
            CodeWords::Contact => Msg::WrongCodeLimitContact,
            CodeWords::Mobile => Msg::WrongCodeLimitMobile,
        }
    }
}

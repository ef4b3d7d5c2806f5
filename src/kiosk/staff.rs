//! The line to staff, as it lies over a workflow's page: the call, and the ways in which whoever
//! comes says who they are.

use super::wish::{Closed, StaffWish};
use crate::effect::{Effect, Refusal, Reply, StaffReply};
use crate::flow::staff::{read_sign_in, refuse_pin_for_name, sign_in_form};
use crate::flow::stop::{Stop, office_away};
use crate::form::field::Field;
use crate::form::names::{ButtonName, Name};
use crate::form::reasons::Reasons;
use crate::form::{Form, Pressed, Touch};
use crate::page::{Block, Words};
use crate::text::Msg;

/// The line to staff.
#[derive(Clone, Debug, PartialEq)]
pub enum Staff {
    /// The call is on its way, or was heard.
    Called { heard: bool, has_letters: bool, form: Form },
    /// A staff member types their PIN in place of the letters beneath (T8), and says why.
    Pin { form: Form },
    /// Or name, password and code, for anything else.
    Account { form: Form },
}

impl Staff {
    /// They are being called.
    pub fn called(has_letters: bool) -> Self {
        let form = Form::new(vec![], vec![ButtonName::GoBack, ButtonName::IAmStaff]);
        Staff::Called { heard: false, has_letters, form }
    }

    /// Name, password and code, at once.
    pub fn signing_in() -> Self {
        Staff::Account { form: sign_in_form() }
    }

    fn form_mut(&mut self) -> &mut Form {
        match self {
            Staff::Called { form, .. } | Staff::Pin { form } | Staff::Account { form } => form,
        }
    }

    /// What is filled in or pressed on it.
    pub fn form(&self) -> &Form {
        match self {
            Staff::Called { form, .. } | Staff::Pin { form } | Staff::Account { form } => form,
        }
    }

    /// Something from the person, or from staff.
    pub fn touch(&mut self, touch: &Touch) -> Closed {
        let pressed = self.form_mut().touch(touch);
        if let Staff::Account { form } = self {
            refuse_pin_for_name(form);
        }
        match pressed {
            Pressed::Back => Closed::Yes,
            Pressed::Button(button) => self.go(button),
            Pressed::Nothing | Pressed::Toggled(_) => Closed::No,
        }
    }

    fn go(&mut self, button: ButtonName) -> Closed {
        match (self, button) {
            (staff @ Staff::Called { has_letters: false, .. }, ButtonName::IAmStaff) => {
                *staff = Staff::signing_in();
                Closed::No
            }
            (staff @ Staff::Called { .. }, ButtonName::IAmStaff) => {
                let buttons = vec![ButtonName::Validate, ButtonName::WithAccount];
                let fields = vec![Field::hidden(Name::Pin), Reasons::InPerson.field()];
                *staff = Staff::Pin { form: Form::new(fields, buttons) };
                Closed::No
            }
            (Staff::Called { .. }, _) => Closed::Yes,
            (staff @ Staff::Pin { .. }, ButtonName::WithAccount) => {
                *staff = Staff::Account { form: sign_in_form() };
                Closed::No
            }
            (Staff::Pin { form }, _) => match read_pin(form) {
                Some(wish) => Closed::Wish(Box::new(wish)),
                None => Closed::No,
            },
            (Staff::Account { form }, _) => match read_sign_in(form) {
                Some(Effect::SignIn { name, password, code }) => {
                    Closed::Wish(Box::new(StaffWish::SignIn { name, password, code }))
                }
                _ => Closed::No,
            },
        }
    }

    /// It was not them, or can't be checked now.
    pub fn refuse(&mut self, reply: &Reply) {
        let (name, wrong) = match self {
            Staff::Called { .. } => return,
            Staff::Pin { .. } => (Name::Pin, Msg::WrongPin),
            Staff::Account { .. } => (Name::Password, Msg::WrongSignIn),
        };
        let error = match (reply, Stop::of(reply)) {
            (
                Reply::Refused(Refusal::Mismatch { .. })
                | Reply::PinWrong
                | Reply::Staff(StaffReply::SignInWrong),
                _,
            ) => wrong,
            (_, Some(Stop::Wait(_))) => Msg::WrongPinWait,
            (_, Some(Stop::Unsure)) => Msg::StopUnsure,
            (_, Some(Stop::Office(away))) => office_away(away),
            _ => Msg::StopStore,
        };
        let form = self.form_mut();
        form.forget_secrets();
        form.fail(name, error);
    }

    /// The heading of its page.
    pub fn heading(&self) -> Msg {
        match self {
            Staff::Called { .. } => Msg::StaffHeading,
            Staff::Pin { .. } => Msg::StaffPinHeading,
            Staff::Account { .. } => Msg::StaffSignInHeading,
        }
    }

    /// What stands above the form.
    pub fn opening(&self) -> Vec<Block> {
        let say = |msg| Block::Paragraph(Words::Said(msg));
        match self {
            Staff::Called { heard, .. } => {
                vec![say(if *heard { Msg::StaffHeard } else { Msg::StaffCalling }), say(Msg::StaffMeanwhile)]
            }
            Staff::Pin { .. } => vec![say(Msg::StaffPinHint)],
            Staff::Account { .. } => vec![say(Msg::StaffSignInHint)],
        }
    }
}

fn read_pin(form: &mut Form) -> Option<StaffWish> {
    if Reasons::InPerson.opens_line(form) {
        return None;
    }
    let wish = form.read(|reader| {
        let (pin, reason) = (reader.pin(Name::Pin), Reasons::InPerson.read(reader));
        Some(StaffWish::Vouch(pin?, reason?))
    });
    // What they can't see they type anew.
    if form.field(Name::Pin).is_some_and(|field| field.error == Some(Msg::WrongPinShape)) {
        form.forget_secrets();
        form.fail(Name::Pin, Msg::WrongPinShape);
    }
    wish
}

//! How a member of staff signs in, at their desk and beside a person alike.

use crate::domain::secret::Secret;
use crate::domain::staff::StaffPin;
use crate::effect::Effect;
use crate::form::Form;
use crate::form::field::Field;
use crate::form::names::{ButtonName, Name};
use crate::text::Msg;

/// Name, password, and the code of the telephone.
pub fn sign_in_form() -> Form {
    let fields = vec![Field::line(Name::StaffName), Field::hidden(Name::Password), Field::hidden(Name::Totp)];
    Form::new(fields, vec![ButtonName::Enter])
}

/// A PIN that was typed for a name stands for letters alone, and not even they are here: it goes as soon as the
/// field is left.
pub fn refuse_pin_for_name(form: &mut Form) {
    let typed = Secret::new(form.text(Name::StaffName));
    if form.is_on(Name::StaffName) || StaffPin::read(&typed).is_none() {
        return;
    }
    if let Some(field) = form.field_mut(Name::StaffName) {
        field.clear();
    }
    form.fail(Name::StaffName, Msg::WrongPinForName);
}

/// What was typed into it, if it is all there.
pub fn read_sign_in(form: &mut Form) -> Option<Effect> {
    let (name, password, code) = form.read(|reader| {
        let (name, password) = (reader.words(Name::StaffName), reader.hidden(Name::Password));
        let code = reader.hidden(Name::Totp);
        Some((name?, password?, code?))
    })?;
    Some(Effect::SignIn { name, password, code })
}

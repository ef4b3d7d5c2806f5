//! Who acts for a company: its RUT, its representative's and the clave in use, asked for in several
//! workflows alike.

use crate::domain::rut::Rut;
use crate::effect::{Effect, Reply};
use crate::flow::mismatch;
use crate::form::Form;
use crate::form::field::Field;
use crate::form::names::{ButtonName, Name};
use crate::text::Msg;

/// The three fields; the guide calls the clave's differently from place to place.
pub fn fields(clave: Name) -> Vec<Field> {
    vec![Field::company_rut(), Field::line(Name::RepresentativeRut), Field::hidden(clave)]
}

/// The fields, *Validar*, and the way out for whoever has forgotten the clave.
pub fn form(clave: Name) -> Form {
    Form::new(fields(clave), vec![ButtonName::Validate, ButtonName::GoRecover])
}

/// The company's RUT, as far as it can be read, to be taken along.
pub fn company(form: &Form) -> Option<Rut> {
    form.text(Name::CompanyRut).parse().ok()
}

/// What is said beside the clave that was not right, if the reply is about one.
pub fn wrong(reply: &Reply) -> Option<Msg> {
    match reply {
        Reply::ClaveOver => Some(Msg::WrongClaveOver),
        reply => mismatch::said(reply, |tries| Msg::MismatchClave { tries }),
    }
}

/// What was typed, as a question whether it is right, if it is all there.
pub fn check(form: &mut Form, clave: Name) -> Option<Effect> {
    form.read(|reader| {
        let company = reader.company_rut(Name::CompanyRut);
        let representative = reader.representative(Name::RepresentativeRut);
        let clave = reader.hidden(clave);
        Some(Effect::CheckClave { company: company?, representative: representative?, clave: clave? })
    })
}

//! Composes what is sent: subject and text of a mail, and an SMS, in the person's language, from
//! the sentences in `assets/messages/`.

use super::data_mail::{self, About};
use super::facilitator_mail;
use super::gsm7::Gsm7;
use super::minted::Minted;
use super::trust_mail;
use crate::domain::account::Account;
use crate::domain::clean::Clean;
use crate::domain::errand::{Errand, ErrandKind};
use crate::domain::secret::Secret;
use crate::text::{MailMsg, Sentences};

/// One message, ready for either channel.
pub(super) struct Composed {
    /// Of a mail.
    pub subject: Clean,
    /// Of a mail: plain text.
    pub body: Secret,
    /// The same for a mobile, in one SMS.
    pub sms: Gsm7,
}

/// `account` is the company's, if it has one still; its name there is what the registry calls it.
pub(super) fn compose(errand: &Errand, account: Option<&Account>, minted: &Minted) -> Composed {
    let sentences = Sentences::mails(errand.language);
    let (subject, body, sms) = letters(errand, account, minted);
    let sms = Secret::new(sentences.write(&sms));
    let body = Secret::new(sentences.write(&body));
    let body = match errand.sent_again() {
        Some(number) => {
            let again = sentences.write(&MailMsg::SentAgain { number: u64::from(number) });
            below_greeting(&body, &again)
        }
        None => body,
    };
    Composed { subject: Clean::new(&sentences.write(&subject)), body, sms: Gsm7::new(sms.expose()) }
}

/// A paragraph that whoever looks for the secret reads first.
fn below_greeting(body: &Secret, paragraph: &str) -> Secret {
    match body.expose().split_once("\n\n") {
        Some((greeting, rest)) => Secret::new(format!("{greeting}\n\n{paragraph}\n\n{rest}")),
        None => Secret::new(format!("{paragraph}\n\n{}", body.expose())),
    }
}

fn name_of(errand: &Errand, account: Option<&Account>) -> Clean {
    match account {
        Some(account) => account.name.clone(),
        None => Clean::new(&errand.company.to_string()),
    }
}

fn letters(errand: &Errand, account: Option<&Account>, minted: &Minted) -> (MailMsg, MailMsg, MailMsg) {
    let company = name_of(errand, account);
    let folio = Clean::new(&errand.folio.to_string());
    let secret = || minted.secret();
    let (secret_key, secret_code) = (secret(), secret());
    let (again, once_more) = (secret(), folio.clone());
    match errand.kind {
        ErrandKind::SendClave { .. } => (
            MailMsg::KeySubject,
            MailMsg::KeyBody { company, folio, secret_key },
            MailMsg::KeySms { folio: once_more, secret_key: again },
        ),
        ErrandKind::SendCode { .. } | ErrandKind::SendOwnCode { .. } => (
            MailMsg::CodeSubject,
            MailMsg::CodeBody { folio, secret_code },
            MailMsg::CodeSms { folio: once_more, secret_code: again },
        ),
        ErrandKind::Registered => (
            MailMsg::RegisteredSubject,
            MailMsg::RegisteredBody { company, folio },
            MailMsg::RegisteredSms { folio: once_more },
        ),
        ErrandKind::AlreadyRegistered => (
            MailMsg::AlreadySubject,
            MailMsg::AlreadyBody { company, folio },
            MailMsg::AlreadySms { folio: once_more },
        ),
        ErrandKind::ClaveChanged { .. } => (
            MailMsg::ChangedSubject,
            MailMsg::ChangedBody { company, folio, secret_code },
            MailMsg::ChangedSms { folio: once_more, secret_code: again },
        ),
        ErrandKind::NewAddressHeld { .. } => trust_mail::held(company, folio, secret_code),
        ErrandKind::RecoveryCancelled => (
            MailMsg::CancelledSubject,
            MailMsg::CancelledBody { company, folio },
            MailMsg::CancelledSms { folio: once_more },
        ),
        ErrandKind::ClaveRestored => (
            MailMsg::RestoredSubject,
            MailMsg::RestoredBody { company, folio },
            MailMsg::RestoredSms { folio: once_more },
        ),
        ErrandKind::RegistrationRefused => (
            MailMsg::RefusedSubject,
            MailMsg::RefusedBody { company, folio },
            MailMsg::RefusedSms { folio: once_more },
        ),
        ErrandKind::Warned => trust_mail::warned(folio),
        ErrandKind::HoldWarned { .. } => trust_mail::hold_warned(folio, secret_code),
        ErrandKind::DoneInPerson { .. } => trust_mail::done_in_person(company, folio, secret_code),
        ErrandKind::Frozen => trust_mail::frozen(company, folio),
        ErrandKind::Settled => trust_mail::settled(company, folio),
        ErrandKind::Data(kind) => {
            let language = errand.language;
            data_mail::letters(kind, About { company, folio, code: secret_code, account, language })
        }
        ErrandKind::Facilitator(about) => facilitator_mail::letters(about, errand, company, minted),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::courier::SMS_SEPTETS;
    use crate::domain::account::{Address, Representative, SecretQuestion};
    use crate::domain::comuna::Comuna;
    use crate::domain::destination::Destination;
    use crate::domain::digest::Digest;
    use crate::domain::errand::{Attempt, AttemptOutcome, DataErrand, FacilitatorErrand};
    use crate::domain::folio::Folio;
    use crate::domain::language::Language;
    use crate::domain::reference::Id;
    use crate::domain::rut::Rut;
    use crate::domain::trust::{Channels, Rank, Trust};

    fn account() -> Account {
        Account {
            company: Rut::of_body(99_999_999).unwrap(),
            name: Clean::new("Comercial Ejemplo\r\nBcc: x@example.cl Limitada"),
            secret_question: Some(SecretQuestion {
                question: Clean::new("NOMBRE DE MI MASCOTA"),
                answer: Digest("a digest".to_string()),
            }),
            address: Address {
                comuna: Comuna::named("Ñuñoa").unwrap(),
                street: Clean::new("Avenida Irarrázaval"),
                number: Clean::new("1234"),
                block: None,
                apartment: Some(Clean::new("12")),
            },
            email: "contacto@comercial.example".parse().unwrap(),
            phone: "223456789".parse().unwrap(),
            fax: None,
            representative: Representative {
                rut: Rut::of_body(11_111_111).unwrap(),
                name: Clean::new("Ana Ejemplo"),
                mobile: "987654321".parse().unwrap(),
                email: "ana@ejemplo.example".parse().unwrap(),
            },
            clave: Digest("a digest".to_string()),
            recoveries: Vec::new(),
            undos: Vec::new(),
            language: Language::Es,
            created_ms: 1_795_348_800_000,
            trust: Trust::new(Channels::typed(0), Rank::Low, 0),
        }
    }

    /// One of each.
    fn kinds() -> [ErrandKind; 30] {
        let id = Id([1; 16]);
        [
            ErrandKind::SendClave { recovery: id },
            ErrandKind::SendCode { proof: id },
            ErrandKind::Registered,
            ErrandKind::AlreadyRegistered,
            ErrandKind::ClaveChanged { undo: id },
            ErrandKind::NewAddressHeld { undo: id },
            ErrandKind::RecoveryCancelled,
            ErrandKind::ClaveRestored,
            ErrandKind::RegistrationRefused,
            ErrandKind::Warned,
            ErrandKind::HoldWarned { undo: id },
            ErrandKind::DoneInPerson { undo: id },
            ErrandKind::Frozen,
            ErrandKind::Settled,
            ErrandKind::Data(DataErrand::Changed { undo: id }),
            ErrandKind::Data(DataErrand::ContactChanged { undo: id }),
            ErrandKind::Data(DataErrand::DetailsChanged),
            ErrandKind::Data(DataErrand::Restored),
            ErrandKind::Data(DataErrand::Copy),
            ErrandKind::Data(DataErrand::ErasureAsked { undo: id }),
            ErrandKind::Data(DataErrand::ErasureTakenBack),
            ErrandKind::Facilitator(FacilitatorErrand::Declaration {
                representative: Rut::of_body(11_111_111).unwrap(),
            }),
            ErrandKind::Facilitator(FacilitatorErrand::Received),
            ErrandKind::Facilitator(FacilitatorErrand::Approved),
            ErrandKind::Facilitator(FacilitatorErrand::Refused { request: id }),
            ErrandKind::Facilitator(FacilitatorErrand::Clave { recovery: id }),
            ErrandKind::Facilitator(FacilitatorErrand::ClaveChanged),
            ErrandKind::Facilitator(FacilitatorErrand::ClaveChosen { undo: id }),
            ErrandKind::Facilitator(FacilitatorErrand::Readdressed { undo: id }),
            ErrandKind::Facilitator(FacilitatorErrand::Restored),
        ]
    }

    /// What is made for it as it is sent.
    fn minted_for(kind: ErrandKind) -> Minted {
        match kind {
            ErrandKind::SendClave { .. } | ErrandKind::Facilitator(FacilitatorErrand::Clave { .. }) => {
                Minted::Clave(Secret::new("WWWWWWWWWW"))
            }
            ErrandKind::SendCode { .. }
            | ErrandKind::ClaveChanged { .. }
            | ErrandKind::NewAddressHeld { .. } => Minted::Code(Secret::new("12345678")),
            ErrandKind::Data(about) if about.undo().is_some() => Minted::Code(Secret::new("12345678")),
            ErrandKind::Facilitator(about) if about.undo().is_some() => Minted::Code(Secret::new("12345678")),
            _ => Minted::Nothing,
        }
    }

    fn all() -> Vec<(Language, ErrandKind, Composed)> {
        let mut all = Vec::new();
        for language in Language::ALL {
            for kind in kinds() {
                let to = Destination::Mobile("987654321".parse().unwrap());
                let company = Rut::of_body(99_999_999).unwrap();
                let folio = Folio::new([255; 5]);
                let errand = Errand::new(kind, company, to, language, folio, 0);
                all.push((language, kind, compose(&errand, Some(&account()), &minted_for(kind))));
            }
        }
        all
    }

    #[test]
    fn every_sms_fits_into_one_and_says_whom_to_call() {
        for (_, kind, composed) in all() {
            let text = composed.sms.expose();
            assert!(!composed.sms.was_cut(), "{kind:?}: {text}");
            assert!(composed.sms.septets() <= SMS_SEPTETS);
            assert!(text.contains("800 80 10 30") && text.contains("ZZZZ-ZZZZ"), "{text}");
        }
    }

    #[test]
    fn every_mail_says_what_happened_and_whom_to_call_and_has_nothing_to_click() {
        for (_, kind, composed) in all() {
            let body = composed.body.expose();
            assert!(body.contains("800 80 10 30") && body.contains("ZZZZ-ZZZZ"), "{body}");
            for bad in ["http", "www.", "clic", "click"] {
                assert!(!body.to_lowercase().contains(bad), "{kind:?}: {body}");
            }
            assert!(!composed.subject.is_empty() && !body.contains("\r\nBcc"));
        }
    }

    #[test]
    fn secrets_stand_where_they_belong_and_nowhere_else() {
        for (_, kind, composed) in all() {
            let secret = match kind {
                ErrandKind::SendClave { .. } | ErrandKind::Facilitator(FacilitatorErrand::Clave { .. }) => {
                    Some("WWWWWWWWWW")
                }
                ErrandKind::SendCode { .. }
                | ErrandKind::ClaveChanged { .. }
                | ErrandKind::NewAddressHeld { .. } => Some("12345678"),
                ErrandKind::Data(about) if about.undo().is_some() => Some("12345678"),
                ErrandKind::Facilitator(about) if about.undo().is_some() => Some("12345678"),
                _ => None,
            };
            if let Some(secret) = secret {
                assert!(composed.body.expose().contains(secret) && composed.sms.expose().contains(secret));
                assert!(!composed.subject.as_str().contains(secret));
            }
        }
    }

    /// Seen: two mails with two keys, and neither said which one to use.
    #[test]
    fn a_secret_that_is_sent_again_says_which_one_counts() {
        for language in Language::ALL {
            for kind in kinds().into_iter().filter(|kind| kind.carries_secret()) {
                let to = Destination::Mail("duena@empresa.example".parse().unwrap());
                let company = Rut::of_body(99_999_999).unwrap();
                let mut errand = Errand::new(kind, company, to, language, Folio::new([255; 5]), 0);
                errand.begin_sending();
                let first = compose(&errand, Some(&account()), &minted_for(kind));
                errand.remember(Attempt { at_ms: 5, outcome: AttemptOutcome::Unknown });
                errand.begin_sending();
                let second = compose(&errand, Some(&account()), &minted_for(kind));
                let says = |number| Sentences::mails(language).write(&MailMsg::SentAgain { number });
                let (first, second) = (first.body.expose(), second.body.expose());
                assert!(second.contains(&says(2)), "{kind:?}: {second}");
                assert_eq!(second.replacen(&format!("{}\n\n", says(2)), "", 1), first);
            }
        }
    }

    #[test]
    fn a_copy_holds_all_that_may_be_read_and_no_digest() {
        let is_copy = |kind: &ErrandKind| *kind == ErrandKind::Data(DataErrand::Copy);
        let (_, _, composed) = all().into_iter().find(|(_, kind, _)| is_copy(kind)).unwrap();
        assert!(!composed.body.expose().contains("digest"));
        insta::assert_snapshot!(composed.body.expose(), @r"
        Estimada, estimado:

        En un tótem del Sence se pidió esta copia de los datos que guardamos de su empresa (Ley 21.719).

        Rut Empresa: 99.999.999-9
        Razón Social: Comercial Ejemplo Bcc: x@example.cl Limitada
        Dirección: Avenida Irarrázaval 1234
        Block: no hay
        N° de Departamento: 12
        Comuna: Ñuñoa
        Email de Contacto de Empresa: contacto@comercial.example
        Teléfono: +56 2 2345 6789
        Fax: no hay
        Pregunta Secreta: NOMBRE DE MI MASCOTA

        Rut Representante Legal: 11.111.111-1
        Nombre: Ana Ejemplo
        Celular: +56 9 8765 4321
        Email: ana@ejemplo.example

        Registrada: 22 de noviembre de 2026

        La clave y la respuesta secreta no se guardan: solo un resumen cifrado que no permite leerlas. También queda un registro de lo que se hizo, que no muestra estos datos.

        ¿No la pidió usted, o tiene dudas? Llame gratis al 800 80 10 30, de lunes a viernes de 9.00 a 18.00 horas.

        Folio: ZZZZ-ZZZZ-F
        ");
    }

    #[test]
    fn a_key_in_spanish() {
        let all = all();
        let (_, _, composed) = &all[0];
        assert_eq!(composed.subject.as_str(), "Su clave Sence provisoria: elija la suya con ella");
        insta::assert_snapshot!(composed.body.expose(), @r"
        Estimada, estimado:

        Se pidió recuperar la Clave Sence (CS) de Comercial Ejemplo Bcc: x@example.cl Limitada.

        Esta clave es provisoria, y solo sirve para elegir la suya:

            WWWWWWWWWW

        Qué hacer ahora:
        1. En el tótem, elija «Cambie su CS aquí».
        2. Escríbala en el campo «CS Actual», con mayúsculas.
        3. Elija su propia clave, de 8 a 10 caracteres.

        Dura 24 horas, y ningún otro sistema la acepta. La clave en uso no cambia hasta que elija otra.

        Si usted no la pidió, no haga nada y no se la diga a nadie. ¿Tiene dudas? Llame gratis al 800 80 10 30, de lunes a viernes de 9.00 a 18.00 horas.

        Folio: ZZZZ-ZZZZ-F
        ");
        insta::assert_snapshot!(composed.sms.expose(), @"Clave Sence: WWWWWWWWWW. Solo para elegir la suya en el totem: Cambie su CS aqui, campo CS Actual. Dura 24 horas. Dudas: 800 80 10 30. Folio ZZZZ-ZZZZ-F");
    }
}

//! Composes what is sent: subject and text of a mail, and an SMS, in the person's language, from
//! the sentences in `assets/messages/`.

use super::errand::{Errand, ErrandKind};
use super::facilitator;
use super::gsm7::Gsm7;
use super::mint::Minted;
use crate::domain::clean::Clean;
use crate::domain::secret::Secret;
use crate::text::{Letter, Sentences};

/// One message, ready for either channel.
pub(super) struct Composed {
    pub subject: Clean,
    pub body: Secret,
    pub sms: Gsm7,
}

/// `company` is its name, as the registry gave it.
pub(super) fn compose(errand: &Errand, company: Clean, minted: &Minted) -> Composed {
    let sentences = Sentences::letters(errand.language);
    let (subject, body, sms) = letters(errand, company, minted);
    let sms = Secret::new(sentences.write(&sms));
    Composed {
        subject: Clean::new(&sentences.write(&subject)),
        body: Secret::new(sentences.write(&body)),
        sms: Gsm7::new(sms.expose()),
    }
}

fn letters(errand: &Errand, company: Clean, minted: &Minted) -> (Letter, Letter, Letter) {
    let folio = Clean::new(&errand.folio.to_string());
    let secret = || match minted {
        Minted::Key(secret) | Minted::Code(secret) => secret.clone(),
        Minted::Nothing | Minted::Reason(_) | Minted::File(_) => Secret::default(),
    };
    let (secret_key, secret_code) = (secret(), secret());
    let (again, once_more) = (secret(), folio.clone());
    match errand.kind {
        ErrandKind::SendKey { .. } => (
            Letter::KeySubject,
            Letter::KeyBody { company, folio, secret_key },
            Letter::KeySms { folio: once_more, secret_key: again },
        ),
        ErrandKind::SendCode { .. } => (
            Letter::CodeSubject,
            Letter::CodeBody { folio, secret_code },
            Letter::CodeSms { folio: once_more, secret_code: again },
        ),
        ErrandKind::Registered => (
            Letter::RegisteredSubject,
            Letter::RegisteredBody { company, folio },
            Letter::RegisteredSms { folio: once_more },
        ),
        ErrandKind::AlreadyRegistered => (
            Letter::AlreadySubject,
            Letter::AlreadyBody { company, folio },
            Letter::AlreadySms { folio: once_more },
        ),
        ErrandKind::KeyChanged { .. } => (
            Letter::ChangedSubject,
            Letter::ChangedBody { company, folio, secret_code },
            Letter::ChangedSms { folio: once_more, secret_code: again },
        ),
        ErrandKind::NewAddressHeld { .. } => (
            Letter::HeldSubject,
            Letter::HeldBody { company, folio, secret_code },
            Letter::HeldSms { folio: once_more, secret_code: again },
        ),
        ErrandKind::RecoveryCancelled => (
            Letter::CancelledSubject,
            Letter::CancelledBody { company, folio },
            Letter::CancelledSms { folio: once_more },
        ),
        ErrandKind::KeyRestored => (
            Letter::RestoredSubject,
            Letter::RestoredBody { company, folio },
            Letter::RestoredSms { folio: once_more },
        ),
        ErrandKind::RegistrationRefused => (
            Letter::RefusedSubject,
            Letter::RefusedBody { company, folio },
            Letter::RefusedSms { folio: once_more },
        ),
        ErrandKind::Facilitator(about) => facilitator::letters(about, errand, company, minted),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::courier::SMS_SEPTETS;
    use crate::courier::errand::{Destination, FacilitatorErrand};
    use crate::domain::folio::Folio;
    use crate::domain::rut::Rut;
    use crate::store::Id;
    use crate::text::Language;

    fn all() -> Vec<(Language, ErrandKind, Composed)> {
        let id = Id([1; 16]);
        let kinds = [
            ErrandKind::SendKey { recovery: id },
            ErrandKind::SendCode { proof: id },
            ErrandKind::Registered,
            ErrandKind::AlreadyRegistered,
            ErrandKind::KeyChanged { undo: id },
            ErrandKind::NewAddressHeld { undo: id },
            ErrandKind::RecoveryCancelled,
            ErrandKind::KeyRestored,
            ErrandKind::RegistrationRefused,
            ErrandKind::Facilitator(FacilitatorErrand::Declaration {
                representative: Rut::of_body(11_111_111).unwrap(),
            }),
            ErrandKind::Facilitator(FacilitatorErrand::Received),
            ErrandKind::Facilitator(FacilitatorErrand::Approved),
            ErrandKind::Facilitator(FacilitatorErrand::Refused { request: id }),
            ErrandKind::Facilitator(FacilitatorErrand::Key { recovery: id }),
            ErrandKind::Facilitator(FacilitatorErrand::KeyChanged),
        ];
        let mut all = Vec::new();
        for language in Language::ALL {
            for kind in kinds {
                let to = Destination::Mobile("987654321".parse().unwrap());
                let company = Rut::of_body(99_999_999).unwrap();
                let folio = Folio::new([255; 5]);
                let errand = Errand::new(kind, company, to, language, folio, 0);
                let minted = match kind {
                    ErrandKind::SendKey { .. } | ErrandKind::Facilitator(FacilitatorErrand::Key { .. }) => {
                        Minted::Key(Secret::new("WWWWWWWWWW"))
                    }
                    ErrandKind::SendCode { .. }
                    | ErrandKind::KeyChanged { .. }
                    | ErrandKind::NewAddressHeld { .. } => Minted::Code(Secret::new("12345678")),
                    _ => Minted::Nothing,
                };
                let name = Clean::new("Comercial Ejemplo\r\nBcc: x@example.cl Limitada");
                all.push((language, kind, compose(&errand, name, &minted)));
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
                ErrandKind::SendKey { .. } | ErrandKind::Facilitator(FacilitatorErrand::Key { .. }) => {
                    Some("WWWWWWWWWW")
                }
                ErrandKind::SendCode { .. }
                | ErrandKind::KeyChanged { .. }
                | ErrandKind::NewAddressHeld { .. } => Some("12345678"),
                _ => None,
            };
            if let Some(secret) = secret {
                assert!(composed.body.expose().contains(secret) && composed.sms.expose().contains(secret));
                assert!(!composed.subject.as_str().contains(secret));
            }
        }
    }

    #[test]
    fn a_key_in_spanish() {
        let all = all();
        let (_, _, composed) = &all[0];
        assert_eq!(composed.subject.as_str(), "Su clave Sence provisoria: elija la suya con ella");
        insta::assert_snapshot!(composed.body.expose(), @r"
        Estimada, estimado:

        Se pidió recuperar la Clave Sence (CS) de Comercial Ejemplo Bcc: x@example.cl Limitada.

        Esta es una clave provisoria, solo para elegir la suya:

            WWWWWWWWWW

        Qué hacer ahora:
        1. En el tótem, elija «Cambie su CS aquí».
        2. Escríbala en el campo «CS Actual», con mayúsculas.
        3. Elija su propia clave, de 8 a 10 caracteres.

        Esta clave sirve durante 24 horas y solo para elegir una nueva. Mientras no lo haga, su clave anterior sigue funcionando.

        Si usted no la pidió, no haga nada y no se la diga a nadie. Si tiene dudas, llame gratis al 800 80 10 30, de lunes a viernes de 9.00 a 18.00 horas.

        Folio: ZZZZ-ZZZZ-F
        ");
        insta::assert_snapshot!(composed.sms.expose(), @"Clave Sence: WWWWWWWWWW. Escribala en Cambie su CS aqui, campo CS Actual, y elija la suya. Dura 24 horas. Dudas: 800 80 10 30. Folio ZZZZ-ZZZZ-F");
    }
}

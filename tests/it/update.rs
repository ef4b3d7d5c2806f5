//! *Actualizar datos* by keys: what counts at once, what a code must prove first, who is told, and
//! how it is undone.

use totem::domain::deed::{Action, Outcome};
use totem::domain::found::Found;
use totem::effect::{DataChange, Effect, Reply};
use totem::event::{Key, Target};
use totem::text::Msg;

use crate::booth::{ANSWER, Booth, CLAVE, COMPANY, Company, MAILBOX, MOBILE, OWN_MAILBOX};

const NEW: &str = "nuevo@comercial.example";
const NEW_OWN: &str = "ana@nueva.example";
const NEW_MOBILE: &str = "+56911112222";

pub const STREET: u8 = 2;
pub const EMAIL: u8 = 6;
const PHONE: u8 = 7;
const ANSWER_LINE: u8 = 10;
const REPRESENTATIVE: u8 = 11;
pub const MOBILE_LINE: u8 = 13;
pub const OWN_EMAIL: u8 = 14;

impl Booth {
    /// To the company's data, with this clave.
    pub fn opens_data(&mut self, clave: &str) -> &mut Self {
        self.enters("5").is_at(&Msg::ChangeWhoHeading).types(&format!("{COMPANY}⏎11111111-1⏎{clave}⏎"))
    }

    pub fn sees_data(&mut self) -> &mut Self {
        self.opens_data(CLAVE).is_at(&Msg::UpdateReviewHeading)
    }

    /// *Cambiar* on a line, another text, and back to the review.
    pub fn sets(&mut self, line: u8, text: &str) -> &mut Self {
        self.clicks(Target::Fact(line)).presses([Key::Backspace; 40]).types(text);
        for _ in 0..6 {
            if self.page().heading != Msg::UpdateReviewHeading.into() {
                self.types("⏎");
            }
        }
        self.is_at(&Msg::UpdateReviewHeading)
    }

    /// *Continuar*, the letters, *Guardar cambios*.
    pub fn saves(&mut self) -> &mut Self {
        self.clicks(Target::Button(0)).is_at(&Msg::UpdateConfirmHeading).letters().types("⏎")
    }

    /// The same, unless no code can prove what was changed.
    pub fn saves_if_it_can(&mut self) -> &mut Self {
        self.clicks(Target::Button(0));
        match self.page().heading == Msg::NoCodeHeading.into() {
            true => self,
            false => self.is_at(&Msg::UpdateConfirmHeading).letters().types("⏎"),
        }
    }

    /// The code that came to the new mailbox.
    fn proves_mailbox(&mut self, mailbox: &str) -> &mut Self {
        let code = self.is_at(&Msg::CodeHeading).runs_courier().post.mail_to(mailbox);
        self.types(&format!("{code}⏎"))
    }

    /// The company's e-mail becomes this one, from the menu to the end of the visit.
    pub fn moves_mailbox(&mut self, clave: &str, mailbox: &str) -> &mut Self {
        self.opens_data(clave).is_at(&Msg::UpdateReviewHeading).sets(EMAIL, mailbox).saves();
        self.proves_mailbox(mailbox).is_at(&Msg::UpdateSavedHeading).leaves()
    }

    fn email(&self) -> String {
        self.account(COMPANY).expect("there is an account").email.to_string()
    }
}

/// Eight digits other than these.
fn another(code: &str) -> String {
    code.chars().map(|digit| if digit == '9' { '0' } else { (digit as u8 + 1) as char }).collect()
}

#[test]
fn address_and_telephone_count_at_once_and_the_mailbox_hears_of_it_once() {
    let mut booth = Booth::with_company();
    booth.enters("5").pictured("update-who").types("␛").is_at(&Msg::MenuHeading).types("␛");
    booth.sees_data().pictured("update-review").sees("Comercial Ejemplo Limitada").sees(MAILBOX);
    booth.sees_not(ANSWER).sees_msg(&Msg::ReviewKept);
    booth.sets(STREET, "Calle Nueva").sets(PHONE, "221112222").sees("Calle Nueva");
    booth.clicks(Target::Button(0)).sees("Calle Nueva").sees("+56 2 2111 2222").sees_not("Ñuñoa");
    booth.pictured("update-confirm").types("QQQQ⏎").sees_msg(&Msg::WrongLetters);
    booth.letters().types("⏎").is_at(&Msg::UpdateSavedHeading).pictured("update-saved");
    booth.types("⏎").is_at_rest().runs_courier();
    assert_eq!(booth.post.subjects(MAILBOX), ["Cambiaron la dirección o el teléfono de su empresa"]);
    assert_eq!((booth.post.mail_count(), booth.post.text_count(MOBILE)), (1, 0));
    let account = booth.account(COMPANY).expect("there is an account");
    assert_eq!(account.address.street.as_str(), "Calle Nueva");
    assert_eq!((account.phone.to_string().as_str(), account.undos.len()), ("+56 2 2111 2222", 0));
    for row in [(Action::ReadData, Outcome::Done), (Action::ChangeData, Outcome::Done)] {
        assert!(booth.audited().contains(&row), "{row:?}");
    }
}

#[test]
fn nothing_changed_is_said_so() {
    let mut booth = Booth::with_company();
    booth
        .sees_data()
        .clicks(Target::Button(0))
        .is_at(&Msg::UpdateUnchangedHeading)
        .pictured("update-unchanged");
    booth
        .types("⏎")
        .is_at(&Msg::UpdateReviewHeading)
        .sets(STREET, "Otra")
        .sets(STREET, "Avenida Irarrázaval");
    booth
        .clicks(Target::Button(0))
        .is_at(&Msg::UpdateUnchangedHeading)
        .types("␛␛")
        .is_at(&Msg::ChangeWhoHeading);
    booth.sees_not(MAILBOX).sees_not(CLAVE);
    assert!(!booth.audited().iter().any(|(action, _)| *action == Action::ChangeData));
}

#[test]
fn it_takes_the_companys_own_key() {
    let mut booth = Booth::with_company();
    booth.opens_data("Mala-Clave").is_at(&Msg::ChangeWhoHeading).sees_msg(&Msg::MismatchClave { tries: 9 });
    booth.clicks_on(&Msg::ButtonGoRecover).is_at(&Msg::RecoverRoadHeading).leaves();
    booth.asks_for_question(COMPANY).types(&format!("{ANSWER}⏎")).letters().types("⏎").leaves();
    let sent = booth.runs_courier().post.mail_to(MAILBOX);
    booth.opens_data(&sent).is_at(&Msg::UpdateSentKeyHeading).pictured("update-sent-key").sees_not(MAILBOX);
    booth.chooses("1").is_at(&Msg::ChangeWhoHeading).leaves();
    // Nor does the desk show anything for it, whoever asks.
    let Some(Effect::CheckClave { company, representative, clave }) = booth.asked.last().cloned() else {
        panic!("the key was checked last: {:?}", booth.asked.last());
    };
    let Reply::ClaveRight(proved) = booth.performs(Effect::CheckClave { company, representative, clave })
    else {
        panic!("the sent key is one");
    };
    assert_eq!(booth.performs(Effect::ReadData(proved)), Reply::DataStale);
    assert!(!booth.audited().iter().any(|(action, _)| *action == Action::ReadData));
}

#[test]
fn a_new_mailbox_counts_once_it_is_proved_and_the_old_one_undoes_it() {
    let mut booth = Booth::with_company();
    booth.sees_data().sets(EMAIL, NEW).clicks(Target::Button(0)).sees_msg(&Msg::UpdateConfirmContacts);
    booth.letters().types("⏎").is_at(&Msg::CodeHeading).sees(NEW).pictured("update-code");
    booth.types("12345678⏎").sees_msg(&Msg::WrongCodeEarly).presses([Key::Backspace; 8]).runs_courier();
    let code = booth.post.mail_to(NEW);
    booth.types(&format!("{}⏎", another(&code))).sees_msg(&Msg::WrongCode { tries: 4 });
    assert_eq!((booth.email().as_str(), booth.post.mail_count()), (MAILBOX, 1));
    booth.presses([Key::Backspace; 8]).types(&format!("{code}⏎")).is_at(&Msg::UpdateSavedHeading);
    booth.sees_msg(&Msg::UpdateProved).sees(NEW).pictured("update-proved").leaves().runs_courier();
    assert_eq!(booth.email(), NEW);
    assert_eq!(booth.post.subjects(MAILBOX), ["Cambió un contacto de su empresa"]);
    assert_eq!(booth.post.subjects(OWN_MAILBOX), booth.post.subjects(MAILBOX));
    let warned = "Aviso: hubo un cambio en una cuenta de Clave Sence";
    assert_eq!(booth.post.subjects(NEW), ["Su código para confirmar este correo", warned]);
    assert_eq!(booth.post.text_count(MOBILE), 1);
    let undo = booth.post.mail_to(MAILBOX);
    booth.undoes(&undo).sees_msg(&Msg::Undone).leaves().waits(61).runs_courier();
    assert_eq!(booth.email(), MAILBOX);
    assert!(booth.post.newest_mail(MAILBOX).contains("se deshizo un cambio en los datos"));
    booth.undoes(&undo).sees("Los datos no coinciden").leaves();
    booth.sees_data();
}

#[test]
fn a_new_mobile_is_proved_by_sms() {
    let mut booth = Booth::with_company();
    booth.sees_data().sets(MOBILE_LINE, "911112222").saves().is_at(&Msg::CodeHeading);
    booth.sees_msg(&Msg::CodeHintMobile).pictured("update-code-mobile").runs_courier();
    let first = booth.post.text_to(NEW_MOBILE);
    booth.clicks_on(&Msg::ButtonSendCodeAgain).sees_msg(&Msg::CodeComing).stays(61).runs_courier();
    let second = booth.post.text_to(NEW_MOBILE);
    booth.types(&format!("{first}⏎")).sees("Ese no es el código").presses([Key::Backspace; 8]);
    booth.types(&format!("{second}⏎")).is_at(&Msg::UpdateSavedHeading).leaves().runs_courier();
    let account = booth.account(COMPANY).expect("there is an account");
    assert_eq!(account.representative.mobile.international(), NEW_MOBILE);
    let undo = booth.post.text_to(MOBILE);
    booth.undoes(&undo).sees_msg(&Msg::Undone);
    let account = booth.account(COMPANY).expect("there is an account");
    assert_eq!(account.representative.mobile.international(), MOBILE);
}

#[test]
fn several_contacts_are_proved_one_after_the_other_and_each_may_wait() {
    let mut booth = Booth::with_company();
    booth.sees_data().sets(EMAIL, NEW).sets(MOBILE_LINE, "911112222").sets(OWN_EMAIL, NEW_OWN).saves();
    booth.proves_mailbox(NEW).is_at(&Msg::CodeHeading).sees_msg(&Msg::CodeHintMobile);
    booth.clicks_on(&Msg::ButtonLater).sees_msg(&Msg::CodeHintRepresentativeEmail);
    booth.proves_mailbox(NEW_OWN).is_at(&Msg::UpdateSavedHeading).pictured("update-later");
    booth.sees_msg(&Msg::UpdateLater).sees("+56 9 1111 2222").leaves().waits(25 * 3600).runs_courier();
    let account = booth.account(COMPANY).expect("there is an account");
    let representative = &account.representative;
    assert_eq!((account.email.as_str(), representative.email.as_str()), (NEW, NEW_OWN));
    assert_eq!(representative.mobile.international(), MOBILE);
}

#[test]
fn a_code_is_tried_five_times_for_ten_minutes() {
    let mut booth = Booth::with_company();
    booth.sees_data().sets(EMAIL, NEW).saves().is_at(&Msg::CodeHeading).runs_courier();
    let code = booth.post.mail_to(NEW);
    booth.stays(600).types(&format!("{code}⏎")).sees_msg(&Msg::WrongCodeDeadContact);
    booth.presses([Key::Backspace; 8]).clicks_on(&Msg::ButtonSendCodeAgain).runs_courier();
    let code = booth.post.mail_to(NEW);
    let mut wrong = another(&code);
    for _ in 0..5 {
        booth.types(&format!("{wrong}⏎")).presses([Key::Backspace; 8]);
        wrong = another(&wrong);
    }
    booth.types(&format!("{code}⏎")).sees_msg(&Msg::WrongCodeDeadContact);
    booth
        .presses([Key::Backspace; 8])
        .clicks_on(&Msg::ButtonSendCodeAgain)
        .sees_msg(&Msg::WrongCodeOverContact);
    booth.pictured("update-code-over").types("␛").is_at(&Msg::CodeDeadHeading);
    booth.clicks_on(&Msg::ButtonLater).is_at(&Msg::UpdateSavedHeading).sees_msg(&Msg::UpdateLater);
    assert_eq!(booth.email(), MAILBOX);
}

#[test]
fn another_answer_is_told_to_all_and_undone() {
    let mut booth = Booth::with_company();
    booth.sees_data().clicks(Target::Fact(ANSWER_LINE)).pictured("update-question").types("Cholito⏎");
    booth.is_at(&Msg::UpdateReviewHeading).sees_msg(&Msg::ReviewHidden).sees_not("Cholito").saves();
    booth.is_at(&Msg::UpdateSavedHeading).leaves().runs_courier();
    assert_eq!(booth.post.subjects(OWN_MAILBOX), ["Cambiaron datos de la Clave Sence de su empresa"]);
    assert_eq!((booth.post.subjects(MAILBOX).len(), booth.post.text_count(MOBILE)), (1, 1));
    booth.asks_for_question(COMPANY).types(&format!("{ANSWER}⏎"));
    booth.sees("Los datos no coinciden").leaves();
    booth
        .asks_for_question(COMPANY)
        .types("cholito⏎")
        .letters()
        .types("⏎")
        .is_at(&Msg::SuccessHeading)
        .leaves();
    let undo = booth.post.mail_to(OWN_MAILBOX);
    booth.undoes(&undo).sees_msg(&Msg::Undone).leaves();
    booth.asks_for_question(COMPANY).types(&format!("{ANSWER}⏎")).letters().types("⏎");
    booth.is_at(&Msg::SuccessHeading);
}

#[test]
fn another_representative_is_checked_at_the_registry() {
    let mut booth = Booth::with_company();
    booth.sees_data().clicks(Target::Fact(REPRESENTATIVE)).presses([Key::Backspace; 12]);
    booth.types("33333333-3⏎").sees_msg(&Msg::MismatchRepresentative { tries: 9 });
    // One that was not validated is not sent.
    booth.types("␛").is_at(&Msg::UpdateReviewHeading).clicks(Target::Button(0));
    booth.sees_msg(&Msg::WrongRepresentativeUnchecked).presses([Key::Backspace; 12]);
    booth.registers_are_down(true).types("22222222-2⏎").is_at(&Msg::StopSiiHeading);
    booth.sees_msg(&Msg::StopChangeTheRest).sees_not("dejar pendiente").pictured("update-stopped");
    booth.registers_are_down(false).types("⏎").is_at(&Msg::RegisterRepresentativeContactHeading);
    booth.pictured("update-representative").types("911112222⏎bruno@modelo.example⏎");
    booth
        .is_at(&Msg::UpdateReviewHeading)
        .sees("22.222.222-2")
        .saves()
        .is_at(&Msg::CodeHeading)
        .runs_courier();
    let code = booth.post.text_to(NEW_MOBILE);
    booth.types(&format!("{code}⏎")).proves_mailbox("bruno@modelo.example").is_at(&Msg::UpdateSavedHeading);
    let account = booth.leaves().account(COMPANY).expect("there is an account");
    assert_eq!(account.representative.rut.to_string(), "22.222.222-2");
    assert_eq!(account.representative.mobile.international(), NEW_MOBILE);
    let found = Outcome::Found(Found::RepresentativeCurrent);
    assert!(booth.audited().contains(&(Action::LookUpRepresentative, found)));
    // The former contact is told, and can undo it.
    let undo = booth.runs_courier().post.mail_to(OWN_MAILBOX);
    booth.undoes(&undo).sees_msg(&Msg::Undone);
}

/// The proof of one company's representative opens nothing at another company.
#[test]
fn a_representative_of_another_company_is_refused_by_the_desk() {
    let bakery = Company { rut: "50000000-7", name: "Panadería Inventada SpA", ..Company::default() };
    let mut booth = Booth::with_company().knows(bakery);
    let proved = |booth: &Booth, company: &str, representative: &str| {
        let company = company.parse().expect("the RUT is right");
        let representative = representative.parse().expect("the RUT is right");
        let clave = totem::domain::secret::Secret::new(CLAVE);
        match booth.performs(Effect::CheckClave { company, representative, clave }) {
            Reply::ClaveRight(proved) => proved,
            other => panic!("{other:?}"),
        }
    };
    let theirs = proved(&booth, "50000000-7", "12345678-5");
    let person = "12345678-5".parse().expect("the RUT is right");
    let Reply::RepresentativeNamed(of_bakery) =
        booth.performs(Effect::CheckNewRepresentative(theirs, person))
    else {
        panic!("they represent the bakery");
    };
    let ours = proved(&booth, COMPANY, "11111111-1");
    let change = DataChange { representative: Some(of_bakery), ..DataChange::default() };
    assert_eq!(booth.performs(Effect::SaveData(ours, Box::new(change))), Reply::StoreDown);
    let account = booth.runs_courier().account(COMPANY).expect("there is an account");
    assert_eq!(
        (account.representative.rut.to_string().as_str(), booth.post.mail_count()),
        ("11.111.111-1", 0)
    );
}

#[test]
fn what_changed_meanwhile_is_never_written_over() {
    let mut booth = Booth::with_company();
    booth.sees_data().sets(STREET, "Calle Nueva").account_is_saved_again(COMPANY).saves();
    booth.is_at(&Msg::ChangeWhoHeading).sees_msg(&Msg::WrongDataStale).pictured("update-stale");
    booth.types(&format!("{CLAVE}⏎")).is_at(&Msg::UpdateReviewHeading).sees("Avenida Irarrázaval");
}

#[test]
fn a_store_that_is_down_loses_nothing() {
    let mut booth = Booth::with_company();
    booth.sees_data().sets(EMAIL, NEW).clicks(Target::Button(0)).letters().store_is_down(true).types("⏎");
    booth
        .is_at(&Msg::StopStoreHeading)
        .store_is_down(false)
        .types("⏎")
        .is_at(&Msg::CodeHeading)
        .runs_courier();
    let code = booth.post.mail_to(NEW);
    booth.store_is_down(true).types(&format!("{code}⏎")).is_at(&Msg::StopStoreHeading);
    booth.store_is_down(false).types("⏎").is_at(&Msg::UpdateSavedHeading);
    assert_eq!(booth.email(), NEW);
}

/// The holder of the clave moves every contact and then the clave, to lock the owner out. The first
/// notice, at any of the old places, restores all of it, and ends what they asked for.
#[test]
fn the_owners_first_code_wins_over_all_that_a_thief_did() {
    let mut booth = Booth::with_company();
    booth.moves_mailbox(CLAVE, "ladron@malo.example").runs_courier();
    let owners = booth.post.mail_to(OWN_MAILBOX);
    booth.waits(61).sees_data().sets(OWN_EMAIL, "ladron2@malo.example").saves();
    booth.proves_mailbox("ladron2@malo.example").leaves().waits(61).runs_courier();
    let thiefs = booth.post.mail_to("ladron@malo.example");
    booth.changes(CLAVE, "Ladron+17x").leaves().waits(61).runs_courier();
    // One more change is under way.
    booth.opens_data("Ladron+17x").sets(MOBILE_LINE, "933334444").saves().is_at(&Msg::CodeHeading);
    booth.runs_courier().types("00000000⏎");
    let Some(Effect::CheckCode { awaiting, .. }) = booth.asked.last().cloned() else {
        panic!("a code was checked last");
    };
    let code = totem::domain::secret::Secret::new(booth.post.text_to("+56933334444"));
    booth.leaves().undoes(&owners).sees_msg(&Msg::Undone).leaves().waits(61).runs_courier();
    let account = booth.account(COMPANY).expect("there is an account");
    assert_eq!((account.email.as_str(), account.representative.email.as_str()), (MAILBOX, OWN_MAILBOX));
    assert_eq!(booth.performs(Effect::CheckCode { awaiting, code }), Reply::CodeDead);
    booth.undoes(&thiefs).sees("Los datos no coinciden").leaves();
    booth.opens_data("Ladron+17x").is_at(&Msg::ChangeWhoHeading).leaves();
    booth.sees_data().sees(MAILBOX).sees_not("3333 4444");
}

/// When the owner changes the clave, unproved requests made with the old one end.
#[test]
fn a_new_key_ends_contacts_that_wait_for_their_code() {
    let mut booth = Booth::with_company();
    booth.sees_data().sets(EMAIL, NEW).saves().is_at(&Msg::CodeHeading).runs_courier().types("00000000⏎");
    let Some(Effect::CheckCode { awaiting, .. }) = booth.asked.last().cloned() else {
        panic!("a code was checked last");
    };
    let code = totem::domain::secret::Secret::new(booth.post.mail_to(NEW));
    booth.leaves().changes(CLAVE, "Guitarra+9").leaves();
    assert_eq!(booth.performs(Effect::CheckCode { awaiting, code }), Reply::CodeDead);
    assert_eq!(booth.email(), MAILBOX);
}

/// Newer notices never displace a notice's code.
#[test]
fn too_many_changes_within_three_days_are_refused() {
    let mut booth = Booth::with_company();
    for number in 0..8 {
        booth.sees_data().clicks(Target::Fact(ANSWER_LINE)).types(&format!("respuesta {number}⏎")).saves();
        booth.is_at(&Msg::UpdateSavedHeading).leaves().waits(61).runs_courier();
    }
    booth.sees_data().clicks(Target::Fact(ANSWER_LINE)).types("una más⏎").saves();
    booth.is_at(&Msg::UpdateLimitHeading).pictured("update-limit").types("␛␛").leaves();
    // Changes that need no undoing still work.
    booth.sees_data().sets(STREET, "Calle Nueva").saves().is_at(&Msg::UpdateSavedHeading).leaves();
    booth.waits(72 * 3600).runs_courier();
    booth.sees_data().clicks(Target::Fact(ANSWER_LINE)).types("una más⏎").saves();
    booth.is_at(&Msg::UpdateSavedHeading);
}

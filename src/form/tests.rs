//! What is typed, mended and emptied, and what is said beside it.

use super::field::Remark;
use super::*;
use crate::domain::clave::KnownWords;
use crate::domain::rut::Rut;
use crate::page::Block;

fn press(form: &mut Form, keys: &str) -> Pressed {
    let mut last = Pressed::Nothing;
    for letter in keys.chars() {
        let key = match letter {
            '⏎' => Key::Enter,
            '⇥' => Key::Tab,
            '⌫' => Key::Backspace,
            letter => Key::Char(letter),
        };
        last = form.touch(&Touch::Key(key));
    }
    last
}

fn errors_of(form: &Form) -> Vec<Name> {
    form.fields.iter().filter(|field| field.error.is_some()).map(|field| field.name).collect()
}

fn who() -> Form {
    let names = [Name::CompanyRut, Name::RepresentativeRut];
    let fields = names.into_iter().map(Field::line).chain([Field::hidden(Name::CurrentClave)]);
    Form::new(fields.collect(), vec![ButtonName::Validate])
}

fn read(form: &mut Form) -> Option<(Rut, Rut)> {
    form.read(|reader| {
        let (company, person) = (reader.rut(Name::CompanyRut), reader.rut(Name::RepresentativeRut));
        reader.hidden(Name::CurrentClave)?;
        Some((company?, person?))
    })
}

#[test]
fn an_error_goes_once_its_field_is_mended_and_the_others_stay() {
    let mut form = who();
    press(&mut form, "99.999.999-8");
    assert!(read(&mut form).is_none());
    assert_eq!(errors_of(&form), [Name::CompanyRut, Name::RepresentativeRut, Name::CurrentClave]);
    form.focus_on(Name::RepresentativeRut);
    press(&mut form, "1");
    assert_eq!(errors_of(&form), [Name::CompanyRut, Name::CurrentClave]);
    // Whoever only goes there has mended nothing.
    form.focus_on(Name::CompanyRut);
    for key in [Key::End, Key::Left, Key::Home, Key::Tab] {
        form.touch(&Touch::Key(key));
    }
    assert_eq!(errors_of(&form), [Name::CompanyRut, Name::CurrentClave]);
    form.focus_on(Name::CompanyRut);
    press(&mut form, "⌫9");
    assert_eq!(errors_of(&form), [Name::CurrentClave]);
    assert!(!form.blocks().iter().any(|block| matches!(block, Block::Summary(_))));
}

/// What does not match is said of all that was sent, on one of its fields.
#[test]
fn what_was_answered_goes_with_whatever_is_mended() {
    let mut form = who();
    form.fail(Name::CurrentClave, Msg::MismatchClave { tries: 4 });
    form.focus_on(Name::CompanyRut);
    press(&mut form, "9");
    assert_eq!(errors_of(&form), []);
}

#[test]
fn two_that_are_not_alike_are_mended_by_either() {
    let fields = vec![Field::hidden(Name::Clave), Field::hidden(Name::RepeatClave)];
    let mut form = Form::new(fields, vec![ButtonName::Continue]);
    press(&mut form, "Guitarra+9⏎Guitarra+8⏎");
    let known = KnownWords::new(Rut::of_body(50_000_000).expect("a RUT"), &[]);
    assert!(form.read(|reader| reader.clave(Name::Clave, Name::RepeatClave, &known)).is_none());
    assert_eq!(errors_of(&form), [Name::RepeatClave]);
    form.focus_on(Name::Clave);
    press(&mut form, "⌫8");
    assert_eq!(errors_of(&form), []);
}

/// A box is the way out of the field before it.
#[test]
fn a_box_that_is_ticked_mends_the_field_before_it() {
    let fields = vec![Field::hidden(Name::Answer), Field::check(Name::Forgot)];
    let mut form = Form::new(fields, vec![ButtonName::Continue]);
    for touch in [Touch::Key(Key::Char(' ')), Touch::At(Target::Field(1))] {
        form.fail(Name::Answer, Msg::MissingAnswer);
        form.answered = None;
        form.focus_on(Name::Forgot);
        form.touch(&touch);
        assert_eq!(errors_of(&form), [], "{touch:?}");
    }
}

#[test]
fn a_choice_mends_by_number_by_blank_and_by_finger() {
    let options = || vec![Msg::AddressYes.into(), Msg::AddressNo.into()];
    let finger = Touch::At(Target::Choice { field: 0, option: 1 });
    for touch in [Touch::Key(Key::Char('2')), Touch::Key(Key::Char(' ')), finger] {
        let mut form =
            Form::new(vec![Field::choice(Name::EmailIsRight, options())], vec![ButtonName::Continue]);
        assert!(form.read(|reader| reader.choice(Name::EmailIsRight)).is_none());
        assert_eq!(errors_of(&form), [Name::EmailIsRight]);
        form.touch(&touch);
        assert_eq!(errors_of(&form), [], "{touch:?}");
    }
}

/// That an address is likely mistyped, and that it is missing, would be said at once.
#[test]
fn a_field_says_one_thing() {
    let mut form = Form::new(vec![Field::email(Name::NewEmail)], vec![ButtonName::Continue]);
    let meant = "ana@gmail.com".parse().expect("it is an address");
    form.fail(Name::NewEmail, Msg::MissingNewEmail);
    form.told(Name::NewEmail, Remark::DidYouMean(meant));
    assert_eq!(errors_of(&form), []);
    form.fail(Name::NewEmail, Msg::MissingNewEmail);
    assert_eq!(form.fields[0].remark, None);
}

#[test]
fn every_kind_of_field_is_emptied_by_one_key() {
    for key in [Key::EraseLine, Key::F(11)] {
        let options = vec![Msg::AddressYes.into(), Msg::AddressNo.into()];
        let fields = vec![
            (Field::line(Name::CompanyRut), "99"),
            (Field::email(Name::CompanyEmail), "a@b"),
            (Field::hidden(Name::Clave), "Guitarra"),
            (Field::comuna(Name::Comuna), "Santiago"),
            (Field::country(Name::Country), "Perú"),
            (Field::choice(Name::EmailIsRight, options), " "),
        ];
        for (mut field, typed) in fields {
            typed.chars().for_each(|letter| _ = field.press(Key::Char(letter)));
            assert!(field.is_touched(), "{field:?}");
            field.press(Key::Home);
            assert_eq!((field.press(key), field.is_touched()), (Moved::Stayed, false), "{field:?}");
        }
    }
}

/// Keys are typed anew when their page is left; the answer to one's question is not.
#[test]
fn an_answer_stays_when_its_page_is_left() {
    let fields = vec![Field::hidden(Name::Answer), Field::hidden(Name::Clave)];
    let mut form = Form::new(fields, vec![ButtonName::Continue]);
    press(&mut form, "Firulais⇥Guitarra+9");
    form.forget_secrets();
    let secret = |name| form.field(name).map(Field::secret).unwrap_or_default();
    assert_eq!((secret(Name::Answer).expose(), secret(Name::Clave).expose()), ("Firulais", ""));
    assert!(form.is_on(Name::Clave));
}

#[test]
fn a_question_rests_on_the_button_that_takes_nothing_away() {
    let form = Form::new(vec![], vec![ButtonName::EraseAll, ButtonName::KeepOn]);
    let mut form = form.resting_on(ButtonName::KeepOn);
    assert_eq!(press(&mut form, "⏎"), Pressed::Button(ButtonName::KeepOn));
    assert_eq!(press(&mut form, "1"), Pressed::Button(ButtonName::EraseAll));
}

fn question_and_answer() -> Form {
    let questions = vec![Msg::AddressYes.into(), Msg::AddressNo.into()];
    let fields = vec![Field::choice(Name::Question, questions), Field::hidden(Name::Answer)];
    Form::new(fields, vec![ButtonName::Continue])
}

fn secret(form: &Form, name: Name) -> String {
    form.field(name).map(|field| field.secret().expose().to_string()).unwrap_or_default()
}

/// Seen: Enter went on to the hidden answer with no question chosen, and the number that was meant for the
/// question was kept in it, unseen.
#[test]
fn enter_leaves_no_choice_that_nobody_made() {
    let mut form = question_and_answer();
    press(&mut form, "⏎");
    assert!(form.is_on(Name::Question));
    assert_eq!(errors_of(&form), [Name::Question]);
    press(&mut form, "1Luna");
    assert_eq!(errors_of(&form), []);
    assert_eq!(form.field(Name::Question).and_then(Field::chosen), Some(0));
    assert_eq!(secret(&form, Name::Answer), "Luna");
}

#[test]
fn another_question_empties_the_answer_and_the_same_one_keeps_it() {
    let finger = |option| Touch::At(Target::Choice { field: 0, option });
    for (again, left) in [
        (Touch::Key(Key::Char('1')), "Luna"),
        (Touch::Key(Key::Char('2')), ""),
        (Touch::Key(Key::EraseLine), ""),
        (finger(0), "Luna"),
        (finger(1), ""),
    ] {
        let mut form = question_and_answer();
        press(&mut form, "1Luna");
        form.focus_on(Name::Question);
        form.touch(&again);
        assert_eq!(secret(&form, Name::Answer), left, "{again:?}");
    }
    // Typed before any question was chosen.
    let mut form = question_and_answer();
    press(&mut form, "⇥1Luna");
    form.focus_on(Name::Question);
    press(&mut form, "2");
    assert_eq!(secret(&form, Name::Answer), "");
}

/// Seen: whoever typed a key of seven characters anew had seventeen of them.
#[test]
fn a_refused_key_is_typed_anew_and_its_repetition_too() {
    let both = || {
        let fields = vec![Field::hidden(Name::Clave), Field::hidden(Name::RepeatClave)];
        Form::new(fields, vec![ButtonName::Continue])
    };
    for refused in [Name::Clave, Name::RepeatClave] {
        let mut form = both();
        press(&mut form, "Guitarr⏎Guitarr⏎");
        form.set_errors(vec![(refused, Msg::WrongClaveLength { length: 7 })]);
        form.focus_on(Name::Clave);
        press(&mut form, "Otra+clave");
        assert_eq!(
            (secret(&form, Name::Clave).as_str(), secret(&form, Name::RepeatClave).as_str()),
            ("Otra+clave", "")
        );
    }
    let mut form = both();
    press(&mut form, "Guitarra+9⏎Guitarra+8⏎");
    form.set_errors(vec![(Name::RepeatClave, Msg::WrongRepeat)]);
    form.focus_on(Name::RepeatClave);
    press(&mut form, "Guitarra+9");
    assert_eq!(
        (secret(&form, Name::Clave), secret(&form, Name::RepeatClave)),
        ("Guitarra+9".to_string(), "Guitarra+9".to_string())
    );
}

/// What F3 shows can be read, and so can it be mended; and Backspace takes away what was typed last.
#[test]
fn a_refused_key_that_is_seen_or_taken_back_is_mended() {
    for (first, then) in [(Key::F(3), "Guitarra"), (Key::Backspace, "Guitara")] {
        let mut form = Form::new(vec![Field::hidden(Name::Clave)], vec![ButtonName::Continue]);
        press(&mut form, "Guitarr");
        form.set_errors(vec![(Name::Clave, Msg::WrongClaveLength { length: 7 })]);
        form.touch(&Touch::Key(first));
        press(&mut form, "a");
        assert_eq!(secret(&form, Name::Clave), then);
    }
}

/// Whose it is can't be told by the number alone: once is enough, and only where nothing is wrong.
#[test]
fn a_company_with_the_number_of_a_person_is_doubted_once() {
    let mut form = Form::new(vec![Field::company_rut()], vec![ButtonName::Validate]);
    let read = |form: &mut Form| form.read(|reader| reader.company_rut(Name::CompanyRut));
    press(&mut form, "12345678-5");
    assert_eq!(read(&mut form), None);
    assert_eq!(form.field(Name::CompanyRut).and_then(|field| field.remark.clone()), Some(Remark::OfAPerson));
    assert_eq!(read(&mut form), Rut::of_body(12_345_678));
    form.touch(&Touch::Key(Key::EraseLine));
    press(&mut form, "11111111-1");
    assert_eq!(read(&mut form), None);
    form.touch(&Touch::Key(Key::EraseLine));
    press(&mut form, "50000000-7");
    assert_eq!(read(&mut form), Rut::of_body(50_000_000));
}

//! Labels as the guide spells them in each place, and the samples' keys as the screens call them.

use crate::sentences::{FOLDERS, LANGUAGES, said, said_in, text_of};
use crate::source::{Source, lines_with};

/// The guide writes *RUT Empresa* in the form of the registration (2 (4)), *Rut* in the one that recovers
/// (3.1 (4)), and *Rut Empresa* everywhere else.
const SPELT: [(&str, &str); 4] = [
    ("label-company-rut", "RUT Empresa"),
    ("label-rut-of-company", "Rut Empresa"),
    ("label-rut", "Rut"),
    ("label-representative-rut", "Rut Representante Legal"),
];
/// The label of the registration's form, as the program calls it, and the only file that says it.
const OF_REGISTRATION: (&str, &str) = ("Msg::LabelCompanyRut", "src/form/names.rs");
/// What makes a field with that label, and where: other forms call it otherwise.
const FIELD: &str = "Field::line(Name::CompanyRut)";
const FORMS: [(&str, &str); 3] = [
    ("src/flow/panels.rs", ""),
    ("src/flow/recover/typed.rs", ".called(Msg::LabelRut)"),
    ("src/form/field.rs", ".called(Msg::LabelRutOfCompany)"),
];

pub fn misspelt() -> Vec<String> {
    let mut faults = spelt_otherwise(&text_of(FOLDERS[0].0, LANGUAGES[0]));
    faults.extend(in_other_sentences(&text_of(FOLDERS[1].0, LANGUAGES[0])));
    faults
}

/// Labels that aren't the guide's, and sentences that say the registration's label elsewhere.
pub fn spelt_otherwise(text: &str) -> Vec<String> {
    let labels = said(text);
    let is_said =
        |key: &str, words: &str| labels.iter().any(|(known, said)| known == key && said.trim() == words);
    let wrong = SPELT.iter().filter(|(key, words)| !is_said(key, words));
    let mut faults: Vec<String> =
        wrong.map(|(key, words)| format!("es.ftl: {key} isn't «{words}»")).collect();
    faults.extend(in_other_sentences(text));
    faults
}

fn in_other_sentences(text: &str) -> Vec<String> {
    let (own, words) = SPELT[0];
    let others = said(text).into_iter().filter(|(key, said)| key != own && said.contains(words));
    others
        .map(|(key, _)| format!("es.ftl: {key} says «{words}», which stands in the registration alone"))
        .collect()
}

/// Fields and lines that bear the registration's label in another place.
pub fn out_of_place(source: &Source) -> Vec<String> {
    let code = source.code_without_tests();
    if source.in_src().is_none() {
        return Vec::new();
    }
    let mut faults = Vec::new();
    if source.path != OF_REGISTRATION.1 {
        let lines = lines_with(code, OF_REGISTRATION.0).into_iter();
        faults.extend(lines.map(|line| format!("{}:{line}: this label is the registration's", source.path)));
    }
    let called = FORMS.iter().find(|(path, _)| *path == source.path).map(|(_, called)| *called);
    let fields = code.match_indices(FIELD).map(|(at, _)| &code[at + FIELD.len()..]);
    let wrong = fields.filter(|after| called.is_none_or(|called| !after.starts_with(called))).count();
    if wrong > 0 {
        faults.push(format!("{}: take Field::company_rut(), as the guide spells it here", source.path));
    }
    faults
}

const SAMPLES: &str = "src/ui/samples.rs";

/// Keys of the samples that say something else than the screens do.
pub fn samples_otherwise(sources: &[Source]) -> Vec<String> {
    let Some(samples) = sources.iter().find(|source| source.path == SAMPLES) else {
        return vec![format!("{SAMPLES} is gone")];
    };
    let [spanish, english] = LANGUAGES.map(|language| said_in(FOLDERS[0].0, language));
    let keys: Vec<[String; 2]> = spanish
        .iter()
        .filter(|(key, _)| key.starts_with("key-"))
        .filter_map(|(key, es)| {
            let (_, en) = english.iter().find(|(known, _)| known == key)?;
            Some([es.trim().to_string(), en.trim().to_string()])
        })
        .collect();
    hints(&samples.text)
        .into_iter()
        .filter(|hint| !keys.contains(hint))
        .map(|[es, en]| format!("{SAMPLES}: no key says «{es}», «{en}»"))
        .collect()
}

/// The words of `hint(Key::…, "…", "…")`.
fn hints(text: &str) -> Vec<[String; 2]> {
    let lines = text.lines().filter(|line| line.trim_start().starts_with("hint(Key::"));
    lines
        .filter_map(|line| {
            let words: Vec<&str> = line.split('"').skip(1).step_by(2).collect();
            <[&str; 2]>::try_from(words).ok().map(|words| words.map(str::to_string))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_spelling_is_found_wherever_it_stands() {
        let right = "label-company-rut = RUT Empresa\nlabel-rut-of-company = Rut Empresa\nlabel-rut = Rut\n\
                     label-representative-rut = Rut Representante Legal\n";
        assert_eq!(spelt_otherwise(right), Vec::<String>::new());
        assert_eq!(spelt_otherwise(&right.replace("Rut Empresa", "RUT Empresa")).len(), 2);
        assert_eq!(spelt_otherwise(&format!("{right}fact-company = RUT Empresa\n")).len(), 1);
        let told = |path: &str, line: &str| out_of_place(&Source::new(path, line)).len();
        assert_eq!(told("src/flow/undo.rs", "let field = Field::line(Name::CompanyRut);"), 1);
        assert_eq!(told("src/flow/undo.rs", "let field = Field::company_rut();"), 0);
        assert_eq!(told("src/flow/panels.rs", "let field = Field::line(Name::CompanyRut);"), 0);
        assert_eq!(
            told("src/flow/recover/typed.rs", "Field::line(Name::CompanyRut).called(Msg::LabelRut)"),
            0
        );
        assert_eq!(told("src/flow/recover/screen.rs", "fact(Msg::LabelCompanyRut, company)"), 1);
    }

    #[test]
    fn a_sample_with_words_of_its_own_is_found() {
        let sample = |words: &str| [Source::new(SAMPLES, &format!("    hint(Key::F(10), {words}),\n"))];
        assert_eq!(samples_otherwise(&sample("\"Salir\", \"Leave\"")), Vec::<String>::new());
        assert_eq!(samples_otherwise(&sample("\"Terminar y borrar\", \"End and erase\"")).len(), 1);
    }
}

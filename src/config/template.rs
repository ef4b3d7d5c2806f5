//! The JSON that an SMS gateway expects, as an operator wrote it: with `{to}`, `{to_digits}`,
//! `{text}` and `{key}` inside its strings. It is filled in as JSON rather than as text, so that
//! nothing in a message can end a string or add a field.

use std::str::FromStr;

use serde_json::Value;
use zeroize::Zeroizing;

/// A JSON body with places to fill in; it has at least a place for the number and one for the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Template(Value);

/// Why a template can't be used. Each message says what to do.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TemplateError {
    /// What the parser said.
    #[error("It is no JSON ({0}): each place stands within quotes, such as {{\"to\": \"{{to}}\"}}")]
    NoJson(String),
    /// The name between the braces.
    #[error("There is no place {{{0}}}; there are {{to}}, {{to_digits}}, {{text}} and {{key}}")]
    UnknownPlace(String),
    /// Nobody could read the SMS.
    #[error("It has no {{text}}, and SMS without their text are of no use")]
    NoText,
    /// The gateway could not tell whom it is for.
    #[error("It has neither {{to}} nor {{to_digits}}, so nobody would get the SMS")]
    NoRecipient,
    /// Fields are the gateway's, so their names are fixed.
    #[error("The name of a field can't hold a place: put it into the value")]
    PlaceInName,
}

/// What a place is filled with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Placeholder {
    To,
    ToDigits,
    Text,
    Key,
}

const PLACES: [(&str, Placeholder); 4] = [
    ("to", Placeholder::To),
    ("to_digits", Placeholder::ToDigits),
    ("text", Placeholder::Text),
    ("key", Placeholder::Key),
];

/// The values for one SMS.
pub struct Filling<'a> {
    /// E.164, with the plus.
    pub to: &'a str,
    /// The message, with a code or key in it.
    pub text: &'a str,
    /// Names the message, so that a repeated one is recognised (S6).
    pub key: &'a str,
}

impl Filling<'_> {
    fn of(&self, place: Placeholder) -> &str {
        match place {
            Placeholder::To => self.to,
            Placeholder::ToDigits => self.to.trim_start_matches('+'),
            Placeholder::Text => self.text,
            Placeholder::Key => self.key,
        }
    }
}

impl Template {
    /// Whether it holds a text or number of its own, such as the number from which a gateway sends.
    pub fn has_fixed_value(&self) -> bool {
        has_fixed_value(&self.0)
    }

    /// The body of one request, wiped when dropped.
    pub fn fill(&self, filling: &Filling<'_>) -> Zeroizing<Vec<u8>> {
        let mut body = Zeroizing::new(Vec::with_capacity(8 * 1024));
        let filled = fill(&self.0, filling);
        match serde_json::to_writer(&mut *body, &filled) {
            Ok(()) => body,
            Err(error) => unreachable!("a value of JSON is written into memory: {error}"),
        }
    }
}

fn has_fixed_value(value: &Value) -> bool {
    match value {
        Value::String(text) => next_place(text).is_none() && !text.is_empty(),
        Value::Array(values) => values.iter().any(has_fixed_value),
        Value::Object(fields) => fields.values().any(has_fixed_value),
        Value::Number(_) => true,
        Value::Null | Value::Bool(_) => false,
    }
}

fn fill(value: &Value, filling: &Filling<'_>) -> Value {
    match value {
        Value::String(text) => Value::String(write(text, |place| filling.of(place))),
        Value::Array(values) => values.iter().map(|value| fill(value, filling)).collect(),
        Value::Object(fields) => {
            fields.iter().map(|(name, value)| (name.clone(), fill(value, filling))).collect()
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => value.clone(),
    }
}

/// The text with its places filled in, in a single pass: what was filled in is not searched again.
fn write<'a>(text: &str, of: impl Fn(Placeholder) -> &'a str) -> String {
    let mut written = String::with_capacity(text.len() + 512);
    let mut rest = text;
    while let Some((before, name, after)) = next_place(rest) {
        written.push_str(before);
        if let Some((_, place)) = PLACES.iter().find(|(known, _)| *known == name) {
            written.push_str(of(*place));
        }
        rest = after;
    }
    written.push_str(rest);
    written
}

/// The text before the next `{name}`, the name, and the text after it.
fn next_place(text: &str) -> Option<(&str, &str, &str)> {
    let mut from = 0;
    while let Some(open) = text[from..].find('{').map(|at| from + at) {
        let inside = &text[open + 1..];
        let length = inside.find(|c: char| !(c.is_ascii_lowercase() || c == '_')).unwrap_or(inside.len());
        if length > 0 && inside[length..].starts_with('}') {
            return Some((&text[..open], &inside[..length], &inside[length + 1..]));
        }
        from = open + 1;
    }
    None
}

impl FromStr for Template {
    type Err = TemplateError;

    fn from_str(text: &str) -> Result<Self, TemplateError> {
        let value: Value =
            serde_json::from_str(text).map_err(|error| TemplateError::NoJson(error.to_string()))?;
        let mut found = Vec::new();
        find_places(&value, &mut found)?;
        if !found.contains(&Placeholder::Text) {
            return Err(TemplateError::NoText);
        }
        if !found.contains(&Placeholder::To) && !found.contains(&Placeholder::ToDigits) {
            return Err(TemplateError::NoRecipient);
        }
        Ok(Template(value))
    }
}

fn find_places(value: &Value, found: &mut Vec<Placeholder>) -> Result<(), TemplateError> {
    match value {
        Value::String(text) => {
            let mut rest = text.as_str();
            while let Some((_, name, after)) = next_place(rest) {
                match PLACES.iter().find(|(known, _)| *known == name) {
                    Some((_, place)) => found.push(*place),
                    None => return Err(TemplateError::UnknownPlace(name.to_string())),
                }
                rest = after;
            }
        }
        Value::Array(values) => values.iter().try_for_each(|value| find_places(value, found))?,
        Value::Object(fields) => {
            for (name, value) in fields {
                if next_place(name).is_some() {
                    return Err(TemplateError::PlaceInName);
                }
                find_places(value, found)?;
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const BODY: &str =
        r#"{"to": ["{to}"], "n": 5, "m": {"t": "Sence: {text}", "id": "x-{key}-{to_digits}"}}"#;

    fn filled(template: &str, text: &str) -> Value {
        let template: Template = template.parse().unwrap();
        let body = template.fill(&Filling { to: "+56987654321", text, key: "ab-1" });
        serde_json::from_slice(&body).unwrap()
    }

    #[test]
    fn each_place_gets_its_own() {
        let value = filled(BODY, "hola");
        assert_eq!(
            value,
            serde_json::json!({
                "to": ["+56987654321"], "n": 5, "m": {"t": "Sence: hola", "id": "x-ab-1-56987654321"}
            })
        );
    }

    #[test]
    fn braces_that_are_no_place_stay() {
        let value = filled(r#"{"to": "{to}", "t": "{ } {{text}} {A} {"}"#, "x");
        assert_eq!(value["t"], "{ } {x} {A} {");
    }

    #[test]
    fn a_sending_number_is_a_value_of_its_own() {
        let has = |text: &str| text.parse::<Template>().expect("it is one").has_fixed_value();
        assert!(has(r#"{"to": "{to}", "t": "{text}", "from": "Sence"}"#));
        assert!(has(r#"{"m": [{"to": "{to}", "t": "{text}", "from": 56229999999}]}"#));
        assert!(!has(r#"{"to": "{to}", "t": "Sence: {text}", "reference": "{key}", "flash": false}"#));
    }

    #[test]
    fn what_would_not_work_is_told() {
        let parse = |text: &str| text.parse::<Template>().unwrap_err();
        assert!(matches!(parse(r#"{"to": {to}, "t": "{text}"}"#), TemplateError::NoJson(_)));
        assert_eq!(parse(r#"{"to": "{to}"}"#), TemplateError::NoText);
        assert_eq!(parse(r#"{"t": "{text}"}"#), TemplateError::NoRecipient);
        assert_eq!(parse(r#"{"{to}": "{text}"}"#), TemplateError::PlaceInName);
        assert_eq!(
            parse(r#"{"to": "{to}", "t": "{txt}"}"#).to_string(),
            "There is no place {txt}; there are {to}, {to_digits}, {text} and {key}"
        );
    }

    proptest! {
        #[test]
        fn no_text_changes_the_shape(text in any::<String>()) {
            let value = filled(BODY, &text);
            let expected = format!("Sence: {text}");
            prop_assert_eq!(value["m"]["t"].as_str(), Some(expected.as_str()));
            prop_assert_eq!(value.as_object().map(|fields| fields.len()), Some(3));
        }

        #[test]
        fn a_text_with_places_is_not_filled_again(text in r"(\{(to|text|key)\}|[ -~]){0,12}") {
            let value = filled(BODY, &text);
            let expected = format!("Sence: {text}");
            prop_assert_eq!(value["m"]["t"].as_str(), Some(expected.as_str()));
        }
    }
}

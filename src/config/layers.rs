//! The three layers of settings, each over the one before: what is built in, a file, the
//! environment. The built-in file is also the schema: an unknown key is an error, and a value must
//! be of the same kind as the built-in one, so that no misspelling goes unnoticed.
//!
//! TOML is read by `toml`, with the place of every key; the layers are merged here and not by
//! `figment`. Of a file with three faults, `figment` reports one, with its file and key but without
//! its line, and it brings a second, older `toml` along.

use std::collections::BTreeMap;
use std::path::Path;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::environment::{Environment, key_of};
use super::fault::{Fault, Origin};

/// The built-in settings, which also document all of them.
pub const BUILT_IN: &str = include_str!("../../config.toml");

/// The only section that is a list of blocks, and the only one missing from the built-in settings.
const STAFF: &str = "staff";

/// Keys with these words are never quoted: somebody may have written the secret itself.
const SECRETS: [&str; 3] = ["password", "secret", "token"];

/// What a setting can be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    Text(String),
    Number(i64),
    Flag(bool),
    List(Vec<String>),
}

impl Value {
    /// What the operator has to write for this kind of value.
    fn kind(&self) -> &'static str {
        match self {
            Value::Text(_) => "a text in quotes",
            Value::Number(_) => "a whole number",
            Value::Flag(_) => "true or false",
            Value::List(_) => "a list of texts in quotes, between [ and ]",
        }
    }

    fn is_like(&self, other: &Value) -> bool {
        std::mem::discriminant(self) == std::mem::discriminant(other)
    }

    /// As TOML shows it.
    pub fn shown(&self) -> String {
        match self {
            Value::Text(text) => format!("{text:?}"),
            Value::Number(number) => number.to_string(),
            Value::Flag(flag) => flag.to_string(),
            Value::List(texts) => format!("{texts:?}"),
        }
    }
}

/// Settings of older programs, and what took their place.
const RETIRED: [(&str, &str); 1] =
    [("smtp.send_seconds", "answer_seconds limits each answer, and accept_seconds the one to the text")];

/// A value and where it comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Setting {
    pub value: Value,
    pub origin: Origin,
}

/// A `[[staff]]` block: where it begins, and its keys.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SettingsBlock {
    pub origin: Origin,
    pub keys: BTreeMap<String, Setting>,
}

/// All settings by `section.key`, with the upper layers over the lower ones.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Layers {
    pub settings: BTreeMap<String, Setting>,
    pub staff: Vec<SettingsBlock>,
    pub faults: Vec<Fault>,
}

impl Layers {
    /// Lays the file and the environment over the built-in settings.
    pub fn new(file: Option<(&Path, &str)>, environment: &Environment) -> Self {
        let mut layers = Layers::default();
        layers.lay_text(BUILT_IN, &|_| Origin::BuiltIn, true);
        if let Some((path, text)) = file {
            let line_at = |offset: usize| text[..offset.min(text.len())].matches('\n').count() + 1;
            layers.lay_text(text, &|offset| Origin::Line(path.to_path_buf(), line_at(offset)), false);
        }
        for (variable, text) in &environment.settings {
            layers.lay_variable(variable, text);
        }
        layers
    }

    fn lay_text(&mut self, text: &str, origin_at: &dyn Fn(usize) -> Origin, is_schema: bool) {
        let table = match DeTable::parse(text) {
            Ok(table) => table.into_inner(),
            Err(error) => {
                let origin = origin_at(error.span().map_or(0, |span| span.start));
                let remedy = format!("This is not TOML: {}.", error.message().trim().replace('\n', "; "));
                self.faults.push(Fault { origin, key: String::new(), value: None, remedy });
                return;
            }
        };
        for (section, content) in &table {
            let origin = origin_at(section.span().start);
            match (section.get_ref().as_ref(), content.get_ref()) {
                (STAFF, DeValue::Array(blocks)) => {
                    self.staff = blocks.iter().map(|block| self.block(block, origin_at)).collect();
                }
                (name, DeValue::Table(keys)) => {
                    for (key, value) in keys {
                        let full = format!("{name}.{}", key.get_ref());
                        self.lay(full, read(value), origin_at(key.span().start), is_schema);
                    }
                }
                (name, _) => {
                    let remedy = match name == STAFF {
                        true => {
                            "Write each member of staff as a block that begins with [[staff]].".to_string()
                        }
                        false => format!("It stands outside any section{}", self.suggest(name)),
                    };
                    self.faults.push(Fault { origin, key: name.to_string(), value: None, remedy });
                }
            }
        }
    }

    /// Lays one value over the one below, if the key is known and the kind is the same.
    fn lay(&mut self, key: String, value: Result<Value, String>, origin: Origin, is_schema: bool) {
        let remedy = match (&value, self.settings.get(&key)) {
            (Ok(_), None) if is_schema => None,
            (_, None) => Some(match RETIRED.iter().find(|(name, _)| *name == key) {
                Some((_, now)) => format!("There is no such setting any more: {now}."),
                None => format!("There is no such setting{}", self.suggest(&key)),
            }),
            (Ok(value), Some(below)) if value.is_like(&below.value) => None,
            (_, Some(below)) => Some(format!("It must be {}.", below.value.kind())),
        };
        match (remedy, value) {
            (None, Ok(value)) => {
                self.settings.insert(key, Setting { value, origin });
            }
            (remedy, value) => {
                let remedy = remedy.unwrap_or_else(|| "It must be a plain value.".to_string());
                let value = value.map_or_else(|raw| raw, |value| value.shown());
                // Somebody may have written the secret itself.
                let value = Some(value).filter(|_| !SECRETS.iter().any(|word| key.contains(word)));
                self.faults.push(Fault { origin, key, value, remedy });
            }
        }
    }

    /// A variable holds only text, so the kind of the value below decides how to read it.
    fn lay_variable(&mut self, variable: &str, text: &str) {
        let key = key_of(variable);
        let below = self.settings.get(&key).map(|setting| &setting.value);
        let value = match below {
            Some(Value::Number(_)) => text.trim().parse().map(Value::Number).map_err(|_| format!("{text:?}")),
            Some(Value::Flag(_)) => text.trim().parse().map(Value::Flag).map_err(|_| format!("{text:?}")),
            Some(Value::List(_)) => Ok(Value::List(
                text.split(',').map(str::trim).filter(|part| !part.is_empty()).map(str::to_string).collect(),
            )),
            Some(Value::Text(_)) | None => Ok(Value::Text(text.to_string())),
        };
        self.lay(key, value, Origin::Variable(variable.to_string()), false);
    }

    fn block(&self, block: &Spanned<DeValue<'_>>, origin_at: &dyn Fn(usize) -> Origin) -> SettingsBlock {
        let mut keys = BTreeMap::new();
        if let DeValue::Table(table) = block.get_ref() {
            for (key, value) in table {
                let origin = origin_at(key.span().start);
                let value = read(value).unwrap_or_else(Value::Text);
                keys.insert(key.get_ref().to_string(), Setting { value, origin });
            }
        }
        SettingsBlock { origin: origin_at(block.span().start), keys }
    }

    /// `; did you mean …?` with the known key that shares the most letters, or just a full stop.
    fn suggest(&self, key: &str) -> String {
        let closest = self.settings.keys().map(|known| (likeness(key, known), known)).max();
        match closest {
            Some((likeness, known)) if likeness * 10 >= known.len() * 7 => format!("; did you mean {known}?"),
            _ => ". `totem config print-default` shows all there are.".to_string(),
        }
    }
}

/// A value of the kinds that settings have; otherwise how the other kind is shown.
fn read(value: &Spanned<DeValue<'_>>) -> Result<Value, String> {
    match value.get_ref() {
        DeValue::String(text) => Ok(Value::Text(text.to_string())),
        DeValue::Integer(number) => i64::from_str_radix(number.as_str(), number.radix())
            .map(Value::Number)
            .map_err(|_| number.as_str().to_string()),
        DeValue::Boolean(flag) => Ok(Value::Flag(*flag)),
        DeValue::Array(values) => values
            .iter()
            .map(|value| value.get_ref().as_str().map(str::to_string))
            .collect::<Option<Vec<_>>>()
            .map(Value::List)
            .ok_or_else(|| "[…]".to_string()),
        other => Err(format!("({})", other.type_str())),
    }
}

/// How many letters two words share at their beginnings and ends.
fn likeness(left: &str, right: &str) -> usize {
    let start = left.bytes().zip(right.bytes()).take_while(|(a, b)| a == b).count();
    let end = left[..].bytes().rev().zip(right.bytes().rev()).take_while(|(a, b)| a == b).count();
    (start + end).min(left.len()).min(right.len())
}

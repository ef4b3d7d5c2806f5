//! Turns the Fluent files into typed messages: one enum for the screens, one for the mails.
//! The build stops when a language lacks a sentence or gives it other arguments.
#![expect(clippy::disallowed_methods, reason = "cargo speaks to a build script by variables")]

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use fluent_syntax::ast::{
    CallArguments, Entry, Expression, InlineExpression, Pattern, PatternElement, Resource,
};
use fluent_syntax::serializer::serialize;

const LANGUAGES: [(&str, &str); 2] = [("es", "Es"), ("en", "En")];

/// The type of an argument: a selector is a number, `secret…` is a secret, anything else is text.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
enum Kind {
    Hidden,
    Number,
    Text,
}

/// Stands among the arguments of a sentence that refers to another one.
const REFERENCE: &str = "another sentence";

/// A sentence in one language.
struct Message {
    arguments: BTreeMap<String, Kind>,
    /// Its line in Fluent, by itself.
    text: String,
}

type Messages = BTreeMap<String, Message>;

fn main() {
    let mut code = String::new();
    let mut faults = Vec::new();
    for (folder, name) in [("assets/text", "Msg"), ("assets/messages", "MailMsg")] {
        println!("cargo::rerun-if-changed={folder}");
        let read = LANGUAGES
            .map(|(language, _)| read(&Path::new(folder).join(format!("{language}.ftl")), &mut faults));
        compare(folder, &read, &mut faults);
        write_enum(&mut code, folder, name, &read);
    }
    for fault in &faults {
        println!("cargo::error={fault}");
    }
    pack_relocations();
    let out = PathBuf::from(std::env::var_os("OUT_DIR").expect("cargo sets OUT_DIR")).join("messages.rs");
    std::fs::write(out, code).expect("OUT_DIR can be written");
}

/// The program is loaded at a random address, so its tables of addresses are relocated at each
/// start. Packing the list of relocations makes it a fiftieth of its size: half a megabyte less to
/// store, to read at each start and to hold in memory. A linker that doesn't know the option warns
/// and goes on.
fn pack_relocations() {
    let target = |name: &str| std::env::var(name).unwrap_or_default();
    if target("CARGO_CFG_TARGET_OS") == "linux" && target("CARGO_CFG_TARGET_ENV") == "gnu" {
        println!("cargo::rustc-link-arg-bins=-Wl,-z,pack-relative-relocs");
    }
}

fn read(path: &Path, faults: &mut Vec<String>) -> Messages {
    let source = match std::fs::read_to_string(path) {
        Ok(source) => source,
        Err(error) => {
            faults.push(format!("{}: {error}", path.display()));
            return Messages::new();
        }
    };
    let resource = fluent_syntax::parser::parse(source.as_str()).unwrap_or_else(|(resource, errors)| {
        for error in errors {
            let line = source[..error.pos.start].lines().count().max(1);
            faults.push(format!("{}:{line}: {error}", path.display()));
        }
        resource
    });
    let mut messages = Messages::new();
    for entry in &resource.body {
        let Entry::Message(message) = entry else { continue };
        let mut arguments = BTreeMap::new();
        if let Some(pattern) = &message.value {
            in_pattern(pattern, &mut arguments);
        }
        if arguments.remove(REFERENCE).is_some() {
            // Each sentence is parsed alone, when it is first said.
            faults.push(format!("{}: {} refers to another sentence", path.display(), message.id.name));
        }
        let text = serialize(&Resource { body: vec![entry.clone()] });
        if messages.insert(message.id.name.to_string(), Message { arguments, text }).is_some() {
            faults.push(format!("{}: {} stands twice", path.display(), message.id.name));
        }
    }
    messages
}

fn in_pattern(pattern: &Pattern<&str>, found: &mut BTreeMap<String, Kind>) {
    for element in &pattern.elements {
        if let PatternElement::Placeable { expression } = element {
            in_expression(expression, found);
        }
    }
}

fn in_expression(expression: &Expression<&str>, found: &mut BTreeMap<String, Kind>) {
    match expression {
        Expression::Inline(inline) => in_inline(inline, Kind::Text, found),
        Expression::Select { selector, variants } => {
            in_inline(selector, Kind::Number, found);
            variants.iter().for_each(|variant| in_pattern(&variant.value, found));
        }
    }
}

fn in_inline(inline: &InlineExpression<&str>, kind: Kind, found: &mut BTreeMap<String, Kind>) {
    match inline {
        InlineExpression::VariableReference { id } => {
            let kind = if id.name.starts_with("secret") { Kind::Hidden } else { kind };
            let known = found.entry(id.name.to_string()).or_insert(kind);
            *known = kind.min(*known);
        }
        InlineExpression::FunctionReference { arguments: CallArguments { positional, .. }, .. } => {
            positional.iter().for_each(|argument| in_inline(argument, Kind::Number, found));
        }
        InlineExpression::Placeable { expression } => in_expression(expression, found),
        InlineExpression::MessageReference { .. } | InlineExpression::TermReference { .. } => {
            found.insert(REFERENCE.to_string(), Kind::Text);
        }
        InlineExpression::StringLiteral { .. } | InlineExpression::NumberLiteral { .. } => {}
    }
}

fn compare(folder: &str, read: &[Messages; 2], faults: &mut Vec<String>) {
    let keys: BTreeSet<&String> = read.iter().flat_map(|messages| messages.keys()).collect();
    for key in keys {
        match (read[0].get(key), read[1].get(key)) {
            (Some(first), Some(second)) if first.arguments != second.arguments => {
                let (first, second) = (&first.arguments, &second.arguments);
                faults.push(format!("{folder}: {key} takes {first:?} in es.ftl, {second:?} in en.ftl"));
            }
            (Some(_), None) => faults.push(format!("{folder}/en.ftl lacks {key}")),
            (None, Some(_)) => faults.push(format!("{folder}/es.ftl lacks {key}")),
            _ => {}
        }
    }
}

fn write_enum(code: &mut String, folder: &str, name: &str, read: &[Messages; 2]) {
    let (mut variants, mut keys, mut arguments, mut all) =
        (String::new(), String::new(), String::new(), String::new());
    let mut texts = String::new();
    for (key, Message { arguments: fields, text }) in &read[0] {
        let variant = camel(key);
        let (mut declared, mut names, mut given) = (String::new(), String::new(), String::new());
        for (field, kind) in fields {
            let (rust_type, wrap) = match kind {
                Kind::Hidden => ("Secret", format!("Argument::Hidden({field})")),
                Kind::Number => ("u64", format!("Argument::Number(*{field})")),
                Kind::Text => ("Clean", format!("Argument::Text({field})")),
            };
            write!(declared, "\n        /// Stands for `{{ ${field} }}`.\n        {field}: {rust_type},")
                .expect("a String takes all");
            write!(names, "{field}, ").expect("a String takes all");
            write!(given, "(\"{field}\", {wrap}), ").expect("a String takes all");
        }
        let (body, pattern) = match fields.is_empty() {
            true => (String::new(), String::new()),
            false => (format!(" {{{declared}\n    }}"), format!(" {{ {names}}}")),
        };
        let any = if fields.is_empty() { "" } else { " { .. }" };
        writeln!(variants, "{}    {variant}{body},", shown(text)).expect("a String takes all");
        writeln!(keys, "            {name}::{variant}{any} => \"{key}\",").expect("a String takes all");
        writeln!(arguments, "            {name}::{variant}{pattern} => vec![{given}],")
            .expect("a String takes all");
        write!(all, "\"{key}\", ").expect("a String takes all");
        for ((_, language), messages) in LANGUAGES.iter().zip(read) {
            let text = messages.get(key).map_or("", |message| &message.text);
            writeln!(texts, "            (Language::{language}, {name}::{variant}{any}) => {text:?},")
                .expect("a String takes all");
        }
    }
    write!(
        code,
        "/// A sentence of `{folder}/`, with its arguments. Each variant shows its Spanish line.\n\
         #[derive(Clone, Debug, PartialEq, Eq)]\n\
         #[allow(clippy::large_enum_variant, reason = \"few are there at once\")]\n\
         pub enum {name} {{\n{variants}}}\n\n\
         impl {name} {{\n    /// The key of every sentence.\n    pub const KEYS: &'static [&'static str] = &[{all}];\n\n    \
         /// Its name in the Fluent files.\n    pub fn key(&self) -> &'static str {{\n        match self {{\n{keys}        }}\n    }}\n\n    \
         fn arguments(&self) -> Vec<(&'static str, Argument<'_>)> {{\n        match self {{\n{arguments}        }}\n    }}\n\n    \
         /// Its line in Fluent.\n    fn text(&self, language: Language) -> &'static str {{\n        match (language, self) {{\n{texts}        }}\n    }}\n}}\n\n"
    )
    .expect("a String takes all");
}

/// A line of Fluent as the documentation of its variant: in a fence, since it may hold any mark.
fn shown(text: &str) -> String {
    let lines: String = text.trim_end().lines().map(|line| format!("    /// {line}\n")).collect();
    format!("    /// ```text\n{lines}    /// ```\n")
}

/// `rut-has-error` → `RutHasError`.
fn camel(key: &str) -> String {
    key.split('-')
        .map(|word| {
            let mut letters = word.chars();
            letters
                .next()
                .map(|first| first.to_ascii_uppercase().to_string() + letters.as_str())
                .unwrap_or_default()
        })
        .collect()
}

//! Small bad samples: each rule fails on what it is there for, and on nothing else.

use crate::source::Source;
use crate::{functions, modules, sentences, style, wording};

fn source(path: &str, text: &str) -> Source {
    Source::new(path, text)
}

#[test]
fn comments_and_strings_are_no_code() {
    let text = "let a = \"tokio \\\" sled\"; // sled\nlet b = r#\"rand \" \"#; let c = '\"'; let d: &'static str = \"é\"; x";
    let source = source("src/kiosk.rs", text);
    for word in ["tokio", "sled", "rand"] {
        assert!(!source.code.contains(word), "{}", source.code);
    }
    assert!(source.code.ends_with("; x"), "{}", source.code);
    assert!(source.code.contains("&'static str"), "{}", source.code);
    assert_eq!(source.comments.trim(), "// sled");
}

#[test]
fn a_pure_module_that_reads_the_world() {
    for line in [
        "use ratatui::Frame;",
        "let now = std::time::SystemTime::now();",
        "let now = Instant::now();",
        "let home = std::env::var(x);",
        "let text = std::fs::read(path);",
        "use rand::Rng;",
    ] {
        assert_eq!(modules::impure(&source("src/flow/register.rs", line)).len(), 1, "{line}");
        assert_eq!(modules::impure(&source("src/desk/mod.rs", line)).len(), 0, "{line}");
    }
    for line in ["use std::time::Instant;", "let operand = 1;", "let brand = Msg::FrameBrand;", "// tokio"] {
        assert_eq!(modules::impure(&source("src/kiosk.rs", line)), Vec::<String>::new(), "{line}");
    }
    let tests = "fn a() {}\n#[cfg(test)]\nmod tests {\n    use rand::Rng;\n}\n";
    assert_eq!(modules::impure(&source("src/domain/rut.rs", tests)).len(), 0);
}

#[test]
fn input_and_output_away_from_the_edges() {
    assert_eq!(modules::input_or_output(&source("src/ui/draw.rs", "use std::fs::File;")).len(), 1);
    assert_eq!(modules::input_or_output(&source("src/uiless.rs", "std::process::exit(1)")).len(), 1);
    assert_eq!(modules::input_or_output(&source("src/courier/sms.rs", "use std::fs::File;")).len(), 0);
    assert_eq!(modules::input_or_output(&source("src/courier/sms.rs", "println!()")).len(), 1);
    assert_eq!(modules::input_or_output(&source("src/cli/man.rs", "println!()")).len(), 0);
}

#[test]
fn a_library_that_strayed() {
    let strayed = |path: &str, line: &str| modules::strayed_library(&source(path, line)).len();
    assert_eq!(strayed("src/desk/mod.rs", "use sled::Db;"), 1);
    assert_eq!(strayed("src/desk/mod.rs", "use ::sled::Db;"), 1);
    assert_eq!(strayed("src/desk/mod.rs", "let db: sled::Db;"), 1);
    assert_eq!(strayed("src/desk/mod.rs", "use crate::store::sled::SledStore;"), 0);
    assert_eq!(strayed("src/store/sled_lock.rs", "use ::sled::Db;"), 0);
    assert_eq!(strayed("src/page.rs", "use ratatui::Frame;"), 1);
    assert_eq!(strayed("src/ui/theme.rs", "use ratatui::style::Color;"), 0);
    assert_eq!(strayed("tests/it/main.rs", "use ratatui::backend::TestBackend;"), 0);
}

#[test]
fn sentences_are_found_by_their_variants() {
    assert_eq!(sentences::camel("rut-has-error"), "RutHasError");
    let text = "# a = b\nkey-one = Uno\n    .attribute = x\nkey-two =\n    { $n ->\n";
    assert_eq!(sentences::keys(text).into_iter().collect::<Vec<_>>(), ["key-one", "key-two"]);
    let says = |path: &str, text: &str| sentences::says(&source(path, text), "Msg", "FrameStep");
    assert!(says("src/ui/frame.rs", "say(Msg::FrameStep { current, total })"));
    assert!(says("src/ui/frame.rs", "use Msg::*;\nsay(FrameStep)"));
    assert!(!says("src/ui/frame.rs", "say(Msg::FrameSteps)"));
    assert!(!says("src/ui/frame.rs", "// Msg::FrameStep"));
    assert!(!says("tests/it/main.rs", "Msg::FrameStep"));
    let says_nothing = |sources: &[Source]| {
        sentences::unused(sources).iter().any(|fault| fault.ends_with("Msg::FrameBrand"))
    };
    assert!(says_nothing(&[]));
    assert!(!says_nothing(&[source("src/ui/frame.rs", "Msg::FrameBrand")]));
}

#[test]
fn errors_that_nobody_wants_to_read() {
    let told = |text: &str| sentences::clumsy("es", text);
    let long = format!("wrong-a = {}\n", "palabra ".repeat(21));
    assert_eq!(told(&long), ["es.ftl: wrong-a has 21 words"]);
    assert_eq!(told(&long.replace("wrong-a", "info-a")), Vec::<String>::new());
    assert_eq!(told("missing-a = Lo sentimos.\n"), ["es.ftl: missing-a says «lo sentimos»"]);
    let plural =
        "mismatch = Le quedan { $tries ->\n  [one] 1 intento\n  *[other] { $tries } intentos\n  }.\n";
    assert_eq!(told(plural), Vec::<String>::new());
}

#[test]
fn words_that_were_replaced() {
    let told = |text: &str| wording::avoidable("es", text).len();
    for bad in [
        "a = Compruebe el código.\n",
        "a = Lo comprobamos después.\n",
        "a = los sistemas de Sence\n",
        "a = Un funcionario entra aquí.\n",
        "a = Escriba 6 dígitos.\n",
        "fact-email = Su email\n",
        "a =\n    Uno.\n\n    Se dejó su huella.\n",
    ] {
        assert_eq!(told(bad), 1, "{bad}");
    }
    for good in [
        "a = El comprobante, y una comprobación.\n",
        "a = el dígito verificador\n",
        "a = entre 8 y 10; entretanto se entrega\n",
        "label-email = Email\n",
    ] {
        assert_eq!(told(good), 0, "{good}");
    }
    assert_eq!(wording::avoidable("en", "a = Reference: 1\n").len(), 1);
}

#[test]
fn mails_that_take_a_deep_breath() {
    let told = |text: &str| wording::long_winded("es", text).len();
    let long = "palabra ".repeat(21);
    assert_eq!(told(&format!("a-body =\n    Estimada:\n\n    {long}\n")), 1);
    assert_eq!(told(&format!("a-sms = {long}\n")), 0);
    let two = "palabra ".repeat(15) + "de 9.00 a 18.00. " + &"otra ".repeat(20);
    assert_eq!(told(&format!("a-body =\n    {two}\n")), 0);
}

#[test]
fn spanish_buttons_in_english() {
    let told = |english: &str| wording::quoted_alone("button-go = Cambie su CS aquí\n", english).len();
    assert_eq!(told("a-body =\n    Choose “Cambie su CS aquí”.\n"), 1);
    assert_eq!(told("a-body =\n    Choose “Change your CS here” (Cambie su CS aquí).\n"), 0);
}

#[test]
fn a_file_that_does_not_introduce_itself() {
    assert!(style::without_opening(&source("src/a.rs", "fn a() {}")).is_some());
    assert!(style::without_opening(&source("src/a.rs", "//!\n//! A.\n")).is_some());
    assert!(style::without_opening(&source("src/a.rs", "//! What it is for.\n")).is_none());
    assert!(style::without_forbid(&source("src/lib.rs", "// #![forbid(unsafe_code)]")).is_some());
    assert!(style::without_forbid(&source("src/lib.rs", "#![forbid(unsafe_code)]")).is_none());
}

#[test]
fn too_long_and_the_ratchet() {
    let body = |lines: usize| format!("fn long(a: [u8; 2]) {{\n{}}}\n", "    a();\n".repeat(lines - 2));
    let told = |text: &str, exceptions: &[(&str, usize)]| {
        functions::too_long(&[source("src/a.rs", text)], exceptions)
    };
    assert_eq!(functions::functions(&body(60)), [("long".to_string(), 60)]);
    assert_eq!(
        functions::functions("fn a();\nfn b() -> u8 {\n    1\n}\ntype F = fn(u8);"),
        [("b".to_string(), 3)]
    );
    assert!(told(&body(60), &[]).is_empty());
    assert_eq!(told(&body(61), &[]), ["src/a.rs::long has 61 lines, more than 60"]);
    let snapshot = format!("fn long() {{\n    is(r\"\n{}\");\n}}\n", "    a\n".repeat(100));
    assert_eq!(told(&snapshot, &[]), Vec::<String>::new());
    assert!(told(&body(61), &[("src/a.rs::long", 61)]).is_empty());
    assert_eq!(told(&body(62), &[("src/a.rs::long", 61)]), ["src/a.rs::long grew from 61 to 62 lines"]);
    assert!(told(&body(61), &[("src/a.rs::long", 70)])[0].contains("shrank to 61"));
    assert!(told(&body(60), &[("src/a.rs::long", 61)])[0].contains("no exception any more"));
    assert_eq!(told(&"x\n".repeat(401), &[]), ["src/a.rs has 401 lines, more than 400"]);
}

#[test]
fn half_done_work() {
    let told = |text: &str| style::half_done(&source("src/a.rs", text)).len();
    for bad in [
        concat!("fn a() { to", "do!() }"),
        concat!("// FIX", "ME: later"),
        concat!("#[ig", "nore]\nfn a() {}"),
        "// see #12",
        "// because of issue 7",
        "/// (ticket 1234)",
    ] {
        assert_eq!(told(bad), 1, "{bad}");
    }
    for good in ["#[cfg(test)]", "// S22 (#)", "let a = \"#12\";", "// the debug 1", "// C#7 is a note"] {
        assert_eq!(told(good), 0, "{good}");
    }
}

#[test]
fn a_log_message_with_a_value() {
    let told = |text: &str| style::message_with_values(&source("src/a.rs", text)).len();
    assert_eq!(told("    tracing::info!(\"sent to {mail}\");"), 1);
    assert_eq!(told("    tracing::warn!(\n        count,\n        \"sent {}\",\n        mail\n    );"), 1);
    assert_eq!(told("    info!(folio = %folio, \"sent\");\n    format!(\"{x}\");"), 0);
    assert_eq!(told("    tracing::info!(\"é sent\");\n    let a = \"{\";"), 0);
}

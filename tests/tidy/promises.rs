//! No page says what is not so: a sentence that promises a message is said by `src/flow/promise.rs` alone,
//! which asks first what will become of it. Any other sentence that sounds like one stands here with the
//! reason why it is none.

use crate::sentences::{camel, said_in, says};
use crate::source::Source;

const PROMISES: &str = "src/flow/promise.rs";

/// What a promise sounds like, by language.
const SOUNDS: [(&str, &[&str]); 2] = [
    (
        "es",
        &[
            "será enviada",
            "en camino",
            "enviamos",
            "enviaremos",
            "enviará",
            "enviarle",
            "acabamos de enviar",
            "avisamos",
            "avisaremos",
            "llegará",
            "llegan",
            "recibirá",
            "llega al correo",
            "llega en",
            "próximos 10 minutos",
            "sale ahora",
            "recibe un aviso",
            "recibe su clave",
            "escribiremos",
            "escribimos",
        ],
    ),
    (
        "en",
        &[
            "be sent",
            "on its way",
            "we sent",
            "just sent",
            "we send",
            "will send",
            "we tell",
            "we have told",
            "next 10 minutes",
            "within 10 minutes",
            "leaves now",
            "you will get",
            "will receive",
            "write to",
            "is told",
        ],
    ),
];

/// Sentences that sound like one, and what they are.
const NONE: [(&str, &str); 27] = [
    ("wrong-email-letters", "why an address is not taken"),
    ("help-code", "what to do if none comes"),
    ("help-code-by-sms", "what to do if none comes"),
    ("register-important", "why an address is asked for, before anything is sent"),
    ("wrong-code-limit", "of messages that left"),
    ("wrong-code-limit-contact", "of messages that left"),
    ("wrong-code-limit-mobile", "of messages that left"),
    ("copy-limit", "that no more leave"),
    ("recover-address-heading", "a question"),
    ("facilitator-contact-heading", "a question"),
    ("settlement-email-heading", "a question"),
    ("change-sent-hint", "of a key that was typed, and so arrived"),
    ("facilitator-sent-key", "of a key that was typed, and so arrived"),
    ("facilitator-key-sent-hint", "of a key that was typed, and so arrived"),
    ("update-sent-key-heading", "of a key that was typed, and so arrived"),
    ("undone-frozen", "that none arrives"),
    ("help-contact", "what the address is for"),
    ("info-advice1", "which key works meanwhile"),
    ("guide-register-information", "why an address is asked for, in the guide's words"),
    ("staff-heard", "the bell rang at this terminal"),
    ("phone-page-sending", "a file, from the telephone to this terminal"),
    ("phone-page-broken", "a file, from the telephone to this terminal"),
    ("recovery-sending", "staff see of a key that it waits"),
    ("recovery-unsent", "that none left"),
    ("fact-sent-by", "a label"),
    ("symptom-sent-key", "what another system said"),
    ("info-privacy1", "what the data are for"),
];

/// Sentences that promise, and that nothing of `promise.rs` says.
pub fn unasked(sources: &[Source]) -> Vec<String> {
    let promising = sources.iter().find(|source| source.path == PROMISES);
    let asks = |key: &str| promising.is_some_and(|source| says(source, "Msg", &camel(key)));
    let mut faults = Vec::new();
    for (language, sounds) in SOUNDS {
        for (key, said) in said_in("assets/text", language) {
            let low = said.to_lowercase();
            let sound = sounds.iter().find(|sound| low.contains(*sound));
            if let Some(sound) = sound.filter(|_| !asks(&key) && !is_none(&key)) {
                faults.push(format!(
                    "assets/text/{language}.ftl: {key} promises («{sound}»): make it a Promise"
                ));
            }
        }
    }
    faults
}

fn is_none(key: &str) -> bool {
    NONE.iter().any(|(known, why)| *known == key && !why.is_empty())
}

/// Promises that another file says by itself, without an outlook.
pub fn said_elsewhere(sources: &[Source]) -> Vec<String> {
    let Some(promising) = sources.iter().find(|source| source.path == PROMISES) else {
        return vec![format!("{PROMISES} is gone")];
    };
    let mut faults = Vec::new();
    for name in declared(promising.code_without_tests()) {
        let others = sources.iter().filter(|source| source.path != PROMISES && says(source, "Msg", &name));
        faults
            .extend(others.map(|source| format!("{}: Msg::{name} is said by {PROMISES} alone", source.path)));
    }
    faults
}

/// What the two sets of promises say where they are kept.
fn declared(code: &str) -> Vec<String> {
    let sets = code.split("promises! {").skip(1).map(|set| set.split("\n}").next().unwrap_or_default());
    let says = sets.flat_map(str::lines).filter_map(|line| line.split_once("=> Msg::"));
    says.map(|(_, name)| name.trim_end_matches(',').to_string()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_declared_is_found() {
        let code = "macro_rules! promises { }\npromises! {\n    Promise {\n        A => Msg::SentByMail,\n    }\n}\n\
                    fn other() -> Msg { Msg::Other }\n";
        assert_eq!(declared(code), ["SentByMail"]);
    }

    #[test]
    fn a_page_that_says_a_promise_itself_is_found() {
        let promises = "promises! {\n    Promise {\n        A => Msg::SentByMail,\n    }\n}\n";
        let sources = [
            Source::new(PROMISES, promises),
            Source::new("src/flow/recover/screen.rs", "fn page() { say(Msg::SentByMail) }\n"),
        ];
        assert_eq!(said_elsewhere(&sources).len(), 1);
        assert_eq!(said_elsewhere(&sources[1..]).len(), 1);
    }
}

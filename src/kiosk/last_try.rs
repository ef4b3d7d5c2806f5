//! The last thing that a visit tried and that was refused. Asked again word for word it would be refused
//! again and cost another try, so it is not asked: a hand that leans on Enter loses nobody their tries.

use crate::effect::{Effect, Refusal, Reply, TriesLeft};

/// What was tried last.
#[derive(Debug, Default)]
pub enum LastTry {
    /// Nothing, or something that was answered otherwise.
    #[default]
    None,
    /// It is asked.
    Asked(Box<Effect>),
    /// It did not match.
    Refused(Box<Effect>),
}

impl LastTry {
    /// It is asked now.
    pub fn is_asked(&mut self, effect: &Effect) {
        *self = LastTry::Asked(Box::new(effect.clone()));
    }

    /// What was asked is answered.
    pub fn is_answered(&mut self, reply: &Reply) {
        *self = match (std::mem::take(self), reply) {
            (
                LastTry::Asked(effect),
                Reply::Refused(
                    Refusal::Mismatch { left: TriesLeft::Number(_) }
                    | Refusal::Expired { left: TriesLeft::Number(_) }
                    | Refusal::NotListed { left: TriesLeft::Number(_), .. },
                )
                | Reply::CodeWrong { .. },
            ) => LastTry::Refused(effect),
            _ => LastTry::None,
        };
    }

    /// Whether this is what was refused last.
    pub fn was_refused(&self, effect: &Effect) -> bool {
        matches!(self, LastTry::Refused(refused) if **refused == *effect)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::rut::Rut;
    use crate::domain::secret::Secret;

    fn code(digits: &str) -> Effect {
        let company = Rut::of_body(50_000_000).expect("a RUT");
        Effect::Undo { company, code: Secret::new(digits) }
    }

    /// Whoever has no try left is told how long to wait.
    #[test]
    fn after_the_last_try_the_same_is_asked() {
        let mut last = LastTry::default();
        last.is_asked(&code("1"));
        let none = TriesLeft::NoneFor(std::time::Duration::from_secs(5));
        last.is_answered(&Reply::Refused(Refusal::Mismatch { left: none }));
        assert!(!last.was_refused(&code("1")));
    }

    #[test]
    fn what_did_not_match_is_remembered_until_anything_else_is_answered() {
        let mismatch = Reply::Refused(Refusal::Mismatch { left: TriesLeft::Number(9) });
        let mut last = LastTry::default();
        last.is_asked(&code("1"));
        assert!(!last.was_refused(&code("1")), "there is no answer yet");
        last.is_answered(&mismatch);
        assert!(last.was_refused(&code("1")) && !last.was_refused(&code("2")));
        for reply in [Reply::StoreDown, Reply::Challenge(['A'; 4]), Reply::CodeNotSent] {
            last.is_asked(&code("1"));
            last.is_answered(&mismatch);
            last.is_asked(&code("1"));
            last.is_answered(&reply);
            assert!(!last.was_refused(&code("1")), "{reply:?}");
        }
    }
}

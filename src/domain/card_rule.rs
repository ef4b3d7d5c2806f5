//! What the office makes of Registro Civil's word about a card. A decree may extend expired ones for
//! everybody, as in 2013 and from 2020 to 2023; the register goes on calling those expired.

use time::Date;

use super::found::Found;
use super::register::Card;

/// Which expired cards count as valid here (`cards.accept_expired_until`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CardRule {
    /// The last day on which every expired card does; `None` if none does.
    pub accept_expired_until: Option<Date>,
}

/// What becomes of a card, and the word for the audit log.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CardWord {
    /// It is theirs, and counts as valid.
    Yes(Found),
    /// It isn't, or doesn't.
    No(Found),
    /// Registro Civil knows nobody under that RUT: no number could be right.
    Nobody,
    /// The list that answers for it has no card of theirs: no number could be right either.
    Unlisted,
}

impl CardRule {
    /// Of this card, on this day of Chile's; without a day no expired one counts.
    pub fn word(self, card: Card, today: Option<Date>) -> CardWord {
        let is_extended = self.accept_expired_until.zip(today).is_some_and(|(until, today)| today <= until);
        match card {
            Card::Matches => CardWord::Yes(Found::CardMatches),
            Card::Expired if is_extended => CardWord::Yes(Found::CardExtended),
            Card::Unknown => CardWord::Nobody,
            Card::Unlisted => CardWord::Unlisted,
            Card::DoesNotMatch | Card::NotCurrent | Card::Expired | Card::Blocked | Card::HolderDeceased => {
                CardWord::No(card.into())
            }
        }
    }
}

impl CardWord {
    /// Of a card that a member of staff has before them, with what says that it is valid still: a
    /// residence that is being decided on (Ley 21.325 art. 43), or a decree. The number must be right all
    /// the same (E5), and the card neither blocked nor replaced.
    pub fn seen_by_staff(card: Card) -> CardWord {
        match card {
            Card::Expired => CardWord::Yes(Found::CardExpired),
            card => CardRule::default().word(card, None),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::date;

    #[test]
    fn a_decree_extends_what_has_expired_and_nothing_else() {
        let rule = CardRule { accept_expired_until: Some(date!(2026 - 12 - 31)) };
        let on = |rule: CardRule, card, today| rule.word(card, today);
        let last_day = Some(date!(2026 - 12 - 31));
        assert_eq!(on(rule, Card::Expired, last_day), CardWord::Yes(Found::CardExtended));
        assert_eq!(on(rule, Card::Expired, Some(date!(2027 - 01 - 01))), CardWord::No(Found::CardExpired));
        assert_eq!(on(rule, Card::Expired, None), CardWord::No(Found::CardExpired));
        assert_eq!(on(CardRule::default(), Card::Expired, last_day), CardWord::No(Found::CardExpired));
        for (card, found) in [
            (Card::DoesNotMatch, Found::CardDoesNotMatch),
            (Card::NotCurrent, Found::CardNotCurrent),
            (Card::Blocked, Found::CardBlocked),
            (Card::HolderDeceased, Found::CardHolderDeceased),
        ] {
            assert_eq!(on(rule, card, last_day), CardWord::No(found));
            assert_eq!(CardWord::seen_by_staff(card), CardWord::No(found));
        }
        assert_eq!(on(rule, Card::Matches, None), CardWord::Yes(Found::CardMatches));
        assert_eq!(on(rule, Card::Unknown, last_day), CardWord::Nobody);
    }

    /// The number is right, and staff see what the register can't say.
    #[test]
    fn staff_take_an_expired_card_and_no_other_that_is_refused() {
        assert_eq!(CardWord::seen_by_staff(Card::Expired), CardWord::Yes(Found::CardExpired));
        assert_eq!(CardWord::seen_by_staff(Card::Matches), CardWord::Yes(Found::CardMatches));
        assert_eq!(CardWord::seen_by_staff(Card::Unknown), CardWord::Nobody);
        assert_eq!(CardWord::seen_by_staff(Card::Unlisted), CardWord::Unlisted);
    }
}

//! Questions to the registers. Some count as a try: a wrong representative or card costs one, a register
//! that is down does not.

use time::Date;

use super::kept_tries::PairCheck;
use super::means::Means;
use super::pair_tries::{PairTries, PairTry};
use super::tries::{Tries, Try};
use super::trouble::Trouble;
use crate::audit::Entry;
use crate::clock;
use crate::domain::card_rule::CardWord;
use crate::domain::cedula::Serial;
use crate::domain::clean::Clean;
use crate::domain::deed::{Action, Outcome};
use crate::domain::found::Found;
use crate::domain::register::{Card, Company, Down, Looked, Representation};
use crate::domain::rut::Rut;
use crate::domain::sii_word::{SiiWord, is_unlisted};
use crate::effect::{OpenCompany, Refusal, TriesLeft};
use crate::store::StoreError;

const DAY_MS: u64 = 24 * 3_600_000;

/// Asks the registers, and counts.
#[derive(Clone, Copy)]
pub struct Checks<'a> {
    means: &'a Means,
}

impl<'a> Checks<'a> {
    /// With the office's means.
    pub fn of(means: &'a Means) -> Self {
        Checks { means }
    }

    /// SII's word of a company and of whoever should represent it. Both questions are asked at once, so
    /// that an outage makes nobody wait twice.
    ///
    /// # Errors
    /// When the calls can't be put on record.
    pub async fn word(&self, company: Rut, person: Rut) -> Result<SiiWord, StoreError> {
        Ok(self.word_and_list(company, person).await?.0)
    }

    /// The same with when the list was made that answered about the representative, if one did.
    async fn word_and_list(&self, company: Rut, person: Rut) -> Result<(SiiWord, Option<u64>), StoreError> {
        let (known, represented) = self.asked(company, person).await;
        let (is_unlisted, listed_ms) = (is_unlisted(&known, &represented), represented.listed_ms);
        match self.counted(company, known, represented).await? {
            SiiWord::No(_) if is_unlisted => Ok((SiiWord::Unlisted, listed_ms)),
            word => Ok((word, listed_ms)),
        }
    }

    /// Whether only a list was asked, of whatever age, and it lacks the company, as it lacks every young one.
    /// Otherwise SII's word.
    ///
    /// # Errors
    /// When the calls can't be put on record.
    pub async fn unlisted(&self, company: Rut, person: Rut) -> Result<SiiWord, StoreError> {
        let (known, represented) = self.asked(company, person).await;
        let is_unlisted = is_unlisted(&known, &represented);
        let word = self.counted(company, known, represented).await?;
        Ok(if is_unlisted { SiiWord::Unlisted } else { word })
    }

    async fn asked(&self, company: Rut, person: Rut) -> (Looked<Company>, Looked<Representation>) {
        let registry = &self.means.registry;
        tokio::join!(registry.company(company), registry.representation(company, person))
    }

    async fn counted(
        &self,
        company: Rut,
        known: Looked<Company>,
        represented: Looked<Representation>,
    ) -> Result<SiiWord, StoreError> {
        let known = self.means.looked(company, known).await?;
        Ok(SiiWord::of(known, self.means.looked(company, represented).await?))
    }

    /// The same for a company that SII called open in this visit.
    async fn word_of_open(
        &self,
        company: &OpenCompany,
        person: Rut,
    ) -> Result<(SiiWord, Option<u64>), StoreError> {
        let looked = self.means.registry.representation(company.rut(), person).await;
        let (open, listed_ms) = (Company::Open { name: company.name().clone() }, looked.listed_ms);
        Ok((SiiWord::of(Ok(open), self.means.looked(company.rut(), looked).await?), listed_ms))
    }

    /// What SII calls this person, if the company is open and they represent it. It is counted for this
    /// person alone, so that no stranger's tries, and no block of the company's, stand in another's way
    /// (T9).
    ///
    /// # Errors
    /// [`Trouble::Refused`] when they don't, [`Trouble::Registry`] when SII does not answer.
    pub async fn representation(&self, company: Rut, person: Rut, action: Action) -> Result<Clean, Trouble> {
        let pair = (company, person);
        let counted = PairTries::of(self.means).count(PairCheck::Representation, pair, action).await?;
        let word = self.word_and_list(company, person).await?;
        let said = Said::of_sii(word, counted.counted_ms());
        self.ended(&counted, (company, action), said).await
    }

    /// The same for a company that SII called open in this visit.
    ///
    /// # Errors
    /// As [`Checks::representation`].
    pub async fn representation_of_open(
        &self,
        company: &OpenCompany,
        person: Rut,
        action: Action,
    ) -> Result<Clean, Trouble> {
        let pair = (company.rut(), person);
        let counted = PairTries::of(self.means).count(PairCheck::Representation, pair, action).await?;
        let word = self.word_of_open(company, person).await?;
        let said = Said::of_sii(word, counted.counted_ms());
        self.ended(&counted, (company.rut(), action), said).await
    }

    /// The same for a try that was counted before, as the company's own.
    ///
    /// # Errors
    /// As [`Checks::representation`].
    pub async fn counted_representation(
        &self,
        counted: &Try,
        company: &OpenCompany,
        person: Rut,
        action: Action,
    ) -> Result<Clean, Trouble> {
        let word = self.word_of_open(company, person).await?;
        let said = Said::of_sii(word, counted.counted_ms());
        self.ended(counted, (company.rut(), action), said).await
    }

    /// Whether this card is the person's and valid (E2). Five wrong numbers a day for each person, counted
    /// before the register is asked, and whatever else is blocked (T9). Two RUTs and a card number are no
    /// proof of possession (S8): nothing is forgiven.
    ///
    /// # Errors
    /// [`Trouble::Refused`] when it is not, [`Trouble::Registry`] when Registro Civil does not answer.
    pub async fn card(
        &self,
        company: Rut,
        person: Rut,
        serial: &Serial,
        action: Action,
    ) -> Result<(), Trouble> {
        let rule = self.means.settings.cards;
        self.judged_card(company, (person, serial), action, |card, today| rule.word(card, today)).await
    }

    /// The same for a card that a member of staff has before them (E5): an expired one is taken too.
    ///
    /// # Errors
    /// As [`Checks::card`].
    pub async fn card_before_staff(
        &self,
        company: Rut,
        person: Rut,
        serial: &Serial,
        action: Action,
    ) -> Result<(), Trouble> {
        self.judged_card(company, (person, serial), action, |card, _| CardWord::seen_by_staff(card)).await
    }

    async fn judged_card(
        &self,
        company: Rut,
        (person, serial): (Rut, &Serial),
        action: Action,
        judge: impl Fn(Card, Option<Date>) -> CardWord,
    ) -> Result<(), Trouble> {
        let means = self.means;
        let counted = PairTries::of(means).count(PairCheck::Card, (company, person), action).await?;
        let answer = means.looked(company, means.registry.card(person, serial).await).await?;
        let today = clock::day_in_chile(counted.counted_ms());
        self.ended(&counted, (company, action), answer.map(|card| judge(card, today)).into()).await?;
        means.cards_shown.note(person);
        Ok(())
    }

    /// What becomes of a counted try: a right one counts no more, nor does one without an answer.
    async fn ended<T>(
        &self,
        counted: &impl CountedTry,
        (company, action): (Rut, Action),
        said: Said<T>,
    ) -> Result<T, Trouble> {
        let entry = self.means.entry(counted.counted_ms(), action, Outcome::Found(said.found), company);
        match said.verdict {
            Verdict::Right(value) => counted.uncount(self.means, &entry).await.map(|()| value),
            Verdict::Wrong(why) => counted.fail(self.means, &entry, |left| why.told(left)).await,
            Verdict::Hopeless(refusal) => {
                counted.uncount(self.means, &entry).await?;
                Err(Trouble::Refused(refusal))
            }
            Verdict::Silent(down) => {
                counted.uncount(self.means, &entry).await?;
                Err(down.into())
            }
        }
    }
}

/// What a register said of whatever was tried, and the word for the audit log.
struct Said<T> {
    found: Found,
    verdict: Verdict<T>,
}

enum Verdict<T> {
    Right(T),
    Wrong(Wrong),
    /// Nothing that they could type would be right.
    Hopeless(Refusal),
    Silent(Down),
}

/// How it is wrong, as far as anybody but the audit log hears of it.
#[derive(Clone, Copy)]
enum Wrong {
    Mismatch,
    /// The card's date has passed.
    Expired,
    /// A list of so many days lacks the person.
    NotListed {
        days: u64,
    },
}

impl Wrong {
    fn told(self, left: TriesLeft) -> Refusal {
        match self {
            Wrong::Mismatch => Refusal::Mismatch { left },
            Wrong::Expired => Refusal::Expired { left },
            Wrong::NotListed { days } => Refusal::NotListed { days, left },
        }
    }
}

impl Said<Clean> {
    /// SII's word at this time, and when the list was made that gave it for the representative.
    fn of_sii((word, listed_ms): (SiiWord, Option<u64>), now_ms: u64) -> Self {
        let found = word.found();
        let verdict = match word {
            SiiWord::Yes { representative: Some(name), .. } => Verdict::Right(name),
            SiiWord::Yes { representative: None, .. } => Verdict::Hopeless(Refusal::WithoutRun),
            SiiWord::No(found) => Verdict::Wrong(match (found, listed_ms) {
                (Found::RepresentativeNever, Some(listed_ms)) => {
                    Wrong::NotListed { days: now_ms.saturating_sub(listed_ms) / DAY_MS }
                }
                _ => Wrong::Mismatch,
            }),
            SiiWord::Unlisted => Verdict::Wrong(Wrong::Mismatch),
            SiiWord::Silent(down) => Verdict::Silent(down),
        };
        Said { found, verdict }
    }
}

impl From<Result<CardWord, Down>> for Said<()> {
    fn from(answer: Result<CardWord, Down>) -> Self {
        let (found, verdict) = match answer {
            Ok(CardWord::Yes(found)) => (found, Verdict::Right(())),
            Ok(CardWord::No(found @ Found::CardExpired)) => (found, Verdict::Wrong(Wrong::Expired)),
            Ok(CardWord::No(found)) => (found, Verdict::Wrong(Wrong::Mismatch)),
            Ok(CardWord::Nobody) => (Found::CardHolderUnknown, Verdict::Hopeless(Refusal::WithoutRun)),
            Ok(CardWord::Unlisted) => (Found::CardUnlisted, Verdict::Hopeless(Refusal::CardUnlisted)),
            Err(down) => (Found::from(&down), Verdict::Silent(down)),
        };
        Said { found, verdict }
    }
}

/// A try that was counted before it is checked.
trait CountedTry {
    /// When, in milliseconds since 1970.
    fn counted_ms(&self) -> u64;
    async fn uncount(&self, means: &Means, entry: &Entry) -> Result<(), Trouble>;
    async fn fail<T>(
        &self,
        means: &Means,
        entry: &Entry,
        told: impl FnOnce(TriesLeft) -> Refusal,
    ) -> Result<T, Trouble>;
}

impl CountedTry for Try {
    fn counted_ms(&self) -> u64 {
        self.time.now_ms()
    }

    async fn uncount(&self, means: &Means, entry: &Entry) -> Result<(), Trouble> {
        Tries::of(means).uncount(self, entry).await
    }

    async fn fail<T>(
        &self,
        means: &Means,
        entry: &Entry,
        told: impl FnOnce(TriesLeft) -> Refusal,
    ) -> Result<T, Trouble> {
        Tries::of(means).fail_as(self, entry, told).await
    }
}

impl CountedTry for PairTry {
    fn counted_ms(&self) -> u64 {
        self.time.now_ms()
    }

    async fn uncount(&self, means: &Means, entry: &Entry) -> Result<(), Trouble> {
        PairTries::of(means).uncount(self, entry).await
    }

    async fn fail<T>(
        &self,
        means: &Means,
        entry: &Entry,
        told: impl FnOnce(TriesLeft) -> Refusal,
    ) -> Result<T, Trouble> {
        PairTries::of(means).fail(self, entry, told).await
    }
}

//! Whether an open store is the newest that was noted (T13), and how one that is not is gone on with,
//! knowingly.

use std::io;
use std::path::Path;
use std::sync::Arc;

use super::{Opened, ServiceError, vault};
use crate::audit::{Chain, ChainName};
use crate::config::Config;
use crate::store::StoreError;
use crate::store::head::{self, FoundHead, HeadFile};
use crate::store::newest::{NotNewest, Reason, judge, lacking};
use crate::store::sled::Beginning;
use crate::store::standing::StoreStanding;
use crate::vault::random;

/// Refuses to begin a store where one was noted (T13): the disk that it lies on may not be mounted.
pub(super) fn refuse_gone(config: &Config) -> Result<(), ServiceError> {
    let chain = vault(config).ok().map(|vault| vault.chain());
    match noted_before(config, chain.as_ref()) {
        Before::Nothing => Ok(()),
        Before::Something(noted) => Err(refused(config, Reason::Gone(noted))),
    }
}

/// Whether a store was noted in the head's folder.
enum Before {
    Nothing,
    /// What was noted, if it can be read.
    Something(Option<Box<StoreStanding>>),
}

fn noted_before(config: &Config, chain: Option<&Chain>) -> Before {
    let any: Chain = Arc::new(|_, _, _| [0; 32]);
    match head::look(&config.store.head, chain.unwrap_or(&any)) {
        FoundHead::Nothing => Before::Nothing,
        FoundHead::At(noted) => Before::Something(Some(noted)),
        FoundHead::Foreign | FoundHead::Unreadable(_) => Before::Something(None),
    }
}

fn refused(config: &Config, reason: Reason) -> ServiceError {
    let (folder, head) = (config.store.folder.clone(), config.store.head.clone());
    NotNewest { folder, head, reason }.into()
}

/// An open store beside its head.
pub(super) struct Compared<'a> {
    config: &'a Config,
    chain: Chain,
    /// Where the store stands; `None` also when that can't be read.
    pub standing: Option<StoreStanding>,
    /// What was noted last, where that can be read.
    noted: Option<StoreStanding>,
    verdict: Result<(), Reason>,
}

impl<'a> Compared<'a> {
    /// Looks at both.
    pub async fn new(config: &'a Config, opened: &Opened) -> Result<Self, ServiceError> {
        let chain = opened.records.vault().chain();
        let noted = match head::look(&config.store.head, &chain) {
            FoundHead::At(noted) => Some(*noted),
            FoundHead::Nothing | FoundHead::Foreign | FoundHead::Unreadable(_) => None,
        };
        let (standing, verdict) = match opened.store.own()?.standing().await {
            Err(StoreError::Corrupt(_)) => (None, Err(Reason::Changed)),
            Err(error) => return Err(error.into()),
            Ok(standing) => match judge(standing.as_ref(), head::look(&config.store.head, &chain)) {
                Ok(Some(noted)) if !holds(opened, &noted).await? => {
                    (standing, Err(Reason::Forked(Box::new(noted))))
                }
                Ok(_) => (standing, Ok(())),
                Err(reason) => (standing, Err(reason)),
            },
        };
        Ok(Compared { config, chain, standing, noted, verdict })
    }

    /// Whether the store is the newest that was noted.
    pub fn check(self) -> Result<Self, ServiceError> {
        match self.verdict {
            Ok(()) => Ok(self),
            Err(reason) => Err(refused(self.config, reason)),
        }
    }

    /// Takes the store as it is, in place of what was noted; what is the matter with it, for the audit
    /// log, or nothing.
    pub async fn taken_as_it_is(self, opened: &Opened) -> Result<(Self, Option<String>), ServiceError> {
        let lacks = match &self.verdict {
            Err(reason) => Some(self.lacks(reason)),
            Ok(()) if self.standing.is_some() => {
                let (standing, total) = opened.store.own()?.count().await?;
                let is_whole = standing.is_none_or(|standing| total.is_what_was_at(&standing));
                (!is_whole).then(|| "records were not as they were written".into())
            }
            Ok(()) => None,
        };
        Ok((Compared { verdict: Ok(()), ..self }, lacks))
    }

    fn lacks(&self, reason: &Reason) -> String {
        match (reason, &self.noted) {
            (Reason::Older { .. } | Reason::Gone(_), Some(noted)) => lacking(self.standing.as_ref(), noted),
            (Reason::Forked(_), _) => "it went on elsewhere".into(),
            (Reason::Another(_), _) => "the head was of another store".into(),
            (Reason::NoHead, _) => "the head was gone".into(),
            (Reason::Foreign | Reason::Unreadable(_) | Reason::Older { .. } | Reason::Gone(_), _) => {
                "the head could not be read".into()
            }
            (Reason::Changed, _) => "what it says of itself was changed".into(),
        }
    }

    /// Begins a line in place of what was noted, with what lies in the store.
    pub async fn begin(&self, opened: &Opened) -> Result<StoreStanding, ServiceError> {
        let after = self.noted.map(|noted| noted.point).or(self.standing.and_then(|standing| standing.after));
        Ok(opened.store.own()?.begin(Beginning { line: random(), after, bound: true }).await?)
    }

    /// Notes the store in its head, from now on. A head that can't be written does not keep a whole store
    /// from serving: it is told, here and by `totem doctor`.
    pub async fn note(
        &self,
        opened: &Opened,
        standing: &StoreStanding,
    ) -> Result<Option<io::Error>, ServiceError> {
        let store = &self.config.store;
        match HeadFile::open(&store.head, &store.folder, &self.chain, standing) {
            Ok(head) => {
                opened.store.own()?.note_in(head).await?;
                Ok(None)
            }
            Err(error) => {
                tracing::error!(reason = %error, "the head can't be noted: an older copy would be taken for this store");
                Ok(Some(error))
            }
        }
    }
}

/// Whether the store holds the newest row that was noted, or that row came to the end of its life.
async fn holds(opened: &Opened, noted: &StoreStanding) -> Result<bool, ServiceError> {
    let Some(before) = noted.rows.checked_sub(1) else { return Ok(true) };
    let rows = opened.records.store().rows(ChainName::FIRST, before, 1).await?;
    Ok(rows.first().is_some_and(|row| row.sequence > noted.rows || row.mac == noted.end))
}

/// What was noted in the head's folder, for who restores a backup.
pub fn noted(head: &Path, chain: &Chain) -> Option<StoreStanding> {
    match head::look(head, chain) {
        FoundHead::At(noted) => Some(*noted),
        FoundHead::Nothing | FoundHead::Foreign | FoundHead::Unreadable(_) => None,
    }
}

//! `totem dispute`: settlements under way, and the operator as the second of the two who give an account
//! to its representative, in an office with one member of staff (E6, T6).

use std::io::Write as _;

use clap::{Args, Subcommand};
use serde::Serialize;

use super::data::read_reason;
use super::{Exit, Failure};
use crate::audit::{Actor, Entry};
use crate::clock;
use crate::config::Config;
use crate::domain::cedula::CardEnding;
use crate::domain::clean::Clean;
use crate::domain::deed::{Action as Audited, Outcome};
use crate::domain::dispute::{Dispute, Grounds, Second, Unsettled};
use crate::domain::folio::Folio;
use crate::domain::office_time::OfficeTime;
use crate::office::disputes::{all_disputes, blind_ending, decide_confirm, dispute_of, has_another_second};
use crate::office::drawn::Drawn;
use crate::store::records::Records;

#[derive(Debug, Subcommand)]
pub(super) enum Action {
    /// Show the settlements of the last two hours, the oldest first
    List {
        /// A line of JSON for each
        #[arg(long)]
        json: bool,
    },
    /// Show one settlement: whose account, who opened and who confirmed it
    Show {
        #[command(flatten)]
        about: About,
        /// As one line of JSON
        #[arg(long)]
        json: bool,
    },
    /// Confirm a settlement as its second, where the office has no other member of staff
    ///
    /// By telephone: the member of staff beside the person reads out the folio on the screen and the
    /// last four symbols of the card's serial number; you ask whatever convinces you of who they are.
    /// Then start the kiosk: the same member opens the settlement once more, and the person goes on.
    /// For example:
    ///
    /// totem dispute settle 0410-6105-A --last-four 6789 --reason "called back on the office's number"
    Settle {
        #[command(flatten)]
        about: About,
        /// The last four symbols of the card's serial number
        #[arg(long, value_name = "XXXX", value_parser = read_ending)]
        last_four: CardEnding,
    },
}

#[derive(Debug, Args)]
pub(super) struct About {
    /// The folio on the person's page
    folio: Folio,
    /// Why, for the audit log: how you know who called; no personal data
    #[arg(long, value_name = "TEXT", value_parser = read_reason)]
    reason: Clean,
}

fn read_ending(text: &str) -> Result<CardEnding, String> {
    text.parse().map_err(|_| "they are four letters or digits".to_string())
}

pub(super) fn run(action: &Action, config: &Config) -> anyhow::Result<Exit> {
    super::block_on(async {
        let records = super::opening::opened(config).await?.records;
        let office = DisputeOffice { config, records: &records, time: time(&records).await? };
        match action {
            Action::List { json } => office.list(*json).await,
            Action::Show { about, json } => office.show(about, *json).await,
            Action::Settle { about, last_four } => office.settle(about, last_four).await,
        }
    })?
}

async fn time(records: &Records) -> Result<OfficeTime, Failure> {
    records.time(clock::now_ms()).await.map_err(Failure::from)
}

/// What every command here works on.
struct DisputeOffice<'a> {
    config: &'a Config,
    records: &'a Records,
    time: OfficeTime,
}

/// One settlement as it is shown: whom it is about is masked.
#[derive(Serialize)]
struct SettlementLine {
    folio: String,
    state: &'static str,
    company: String,
    representative: String,
    /// Who says that they represent it.
    named_by: &'static str,
    opened_utc: String,
    expires_utc: String,
    first: Option<Clean>,
    first_terminal: Option<Clean>,
    second: Option<Clean>,
    /// How often wrong symbols were typed.
    wrong_tries: u32,
}

impl SettlementLine {
    fn new(dispute: &Dispute) -> Self {
        let first = dispute.state.first();
        let second = |second: &Second| second.name().cloned().unwrap_or_else(|| "operator".into());
        SettlementLine {
            folio: dispute.folio.to_string(),
            state: dispute.state.word(),
            company: dispute.company.masked(),
            representative: dispute.representative.masked(),
            named_by: match dispute.grounds {
                Grounds::Sii => "SII",
                Grounds::Papers => "papers",
                Grounds::SiiWithoutCard => "SII, without a card",
            },
            opened_utc: clock::utc(dispute.opened_ms),
            expires_utc: clock::utc(dispute.expires_ms()),
            first: first.map(|first| first.name.clone()),
            first_terminal: first.map(|first| first.terminal.clone()),
            second: dispute.state.second().map(second),
            wrong_tries: dispute.tries,
        }
    }

    fn words(&self) -> [(&'static str, String); 11] {
        let or_nobody = |words: &Option<Clean>| words.as_ref().map_or("-".to_string(), Clean::to_string);
        [
            ("folio", self.folio.clone()),
            ("state", self.state.to_string()),
            ("company", self.company.clone()),
            ("representative", self.representative.clone()),
            ("named by", self.named_by.to_string()),
            ("opened", self.opened_utc.clone()),
            ("ends", self.expires_utc.clone()),
            ("first", or_nobody(&self.first)),
            ("at terminal", or_nobody(&self.first_terminal)),
            ("second", or_nobody(&self.second)),
            ("wrong symbols", self.wrong_tries.to_string()),
        ]
    }
}

impl DisputeOffice<'_> {
    fn row(&self, action: Audited, outcome: Outcome) -> Entry {
        Entry::new(self.time.now_ms(), &self.config.kiosk.desk, Actor::Operator, action, outcome)
    }

    async fn note(&self, row: &Entry) -> Result<(), Failure> {
        Ok(self.records.draft(self.time.now_ms()).audit(row).commit(self.records).await?)
    }

    async fn list(&self, json: bool) -> anyhow::Result<Exit> {
        let row = self.row(Audited::SeeDisputes, Outcome::Done);
        self.note(&row).await?;
        let disputes = all_disputes(self.records).await.map_err(Failure::from)?;
        let mut out = std::io::stdout().lock();
        for dispute in &disputes {
            let line = SettlementLine::new(dispute);
            match json {
                true => writeln!(out, "{}", serde_json::to_string(&line)?)?,
                false => writeln!(
                    out,
                    "{}  {}  {}  opened {} by {}",
                    line.folio,
                    line.state,
                    line.company,
                    line.opened_utc,
                    line.first.clone().unwrap_or_else(|| "nobody".into())
                )?,
            }
        }
        if disputes.is_empty() && !json {
            writeln!(out, "No settlement is under way.")?;
        }
        Ok(Exit::Done)
    }

    async fn found(&self, folio: Folio) -> Result<Dispute, Failure> {
        let held = dispute_of(self.records, folio).await.map_err(Failure::from)?;
        let says =
            "there is no settlement with this folio; `totem dispute list` shows those of the last two hours";
        held.map(|held| held.value).ok_or_else(|| Failure::new(Exit::Failed, says))
    }

    async fn show(&self, about: &About, json: bool) -> anyhow::Result<Exit> {
        let dispute = self.found(about.folio).await?;
        let row = self.row(Audited::SeeDisputes, Outcome::Done);
        let row = row.about(self.records.vault().pseudonym(dispute.company)).under(about.folio);
        let row = row.because(&about.reason);
        self.note(&row).await?;
        let (line, mut out) = (SettlementLine::new(&dispute), std::io::stdout().lock());
        if json {
            writeln!(out, "{}", serde_json::to_string(&line)?)?;
            return Ok(Exit::Done);
        }
        for (name, value) in line.words() {
            writeln!(out, "{name:<15} {value}")?;
        }
        Ok(Exit::Done)
    }

    async fn settle(&self, about: &About, last_four: &CardEnding) -> anyhow::Result<Exit> {
        let dispute = self.found(about.folio).await?;
        if has_another_second(self.records, &dispute).await.map_err(Failure::from)? {
            return Err(Failure::new(Exit::Failed, Unsettled::StaffAreThere.to_string()).into());
        }
        let held = dispute_of(self.records, about.folio).await.map_err(Failure::from)?;
        let typed = blind_ending(self.records.vault(), dispute.representative, last_four);
        let second = Second::Operator { at_ms: self.time.now_ms() };
        let subject = self.records.vault().pseudonym(dispute.company);
        let row = |outcome| {
            let row = self.row(Audited::ConfirmDispute, outcome).about(subject.clone());
            row.under(about.folio).because(&about.reason)
        };
        let drawn = Drawn::at(self.time, self.records.vault());
        let decision = decide_confirm((about.folio, held.as_ref()), &second, typed, &drawn, row);
        decision.draft.commit(self.records).await.map_err(Failure::from)?;
        decision.answer.map_err(|why| Failure::new(Exit::Failed, why.to_string()))?;
        writeln!(
            std::io::stdout(),
            "Settlement {} is confirmed: the person goes on at the kiosk, until {}.",
            about.folio,
            clock::utc(dispute.expires_ms())
        )?;
        Ok(Exit::Done)
    }
}

//! What the desk of the staff shows.

use super::{Look, StaffDesk, Step, Told, words};
use crate::domain::clean::Clean;
use crate::domain::errand::AttemptOutcome;
use crate::effect::{CompanySeen, Figures, MessageSeen};
use crate::flow::Engagement;
use crate::flow::menu::{self, Choosing};
use crate::flow::shown::{Shown, say};
use crate::page::{Bar, Block, Fact, Words};
use crate::text::Msg;

impl StaffDesk {
    pub(super) fn shown(&self) -> Shown<'_> {
        let why = || vec![say(Msg::StaffReasonHint)];
        let shown = match &self.step {
            Step::SignIn { form } => {
                Shown::form(Msg::StaffSignInHeading, vec![say(Msg::StaffSignInHint)], form).begins()
            }
            Step::Menu => Shown::form(Msg::StaffMenuHeading, vec![], &self.menu),
            Step::Search { form } => Shown::form(Msg::ButtonSearch, why(), form),
            Step::Company { seen, buttons, .. } => {
                Shown::form(Msg::StaffCompanyHeading, company(seen), buttons)
            }
            Step::Requests(requests) => requests.shown(),
            Step::Disputes(waiting) => waiting.shown(),
            Step::Confirming(confirming) => confirming.shown(),
            Step::Unblock { form } => Shown::form(Msg::ButtonUnblock, why(), form),
            Step::Look { look: Look::Outbox, form } => Shown::form(Msg::ButtonSeeOutbox, why(), form),
            Step::Look { look: Look::Figures, form } => Shown::form(Msg::ButtonSeeFigures, why(), form),
            Step::Look { look: Look::Disputes, form } => Shown::form(Msg::ButtonSeeDisputes, why(), form),
            Step::Outbox { messages, buttons, .. } if messages.is_empty() => {
                Shown::form(Msg::ButtonSeeOutbox, vec![say(Msg::OutboxEmpty)], buttons)
            }
            Step::Outbox { messages, choosing, .. } => {
                Shown::within(Msg::ButtonSeeOutbox, outbox(messages, *choosing), choosing.focus())
            }
            Step::TryAgain { form, .. } => Shown::form(Msg::ButtonTryAgain, why(), form),
            Step::Figures { figures, buttons, .. } => {
                Shown::form(Msg::ButtonSeeFigures, chart(figures), buttons)
            }
            Step::Code { form, .. } => {
                Shown::form(Msg::StaffCodeHeading, vec![say(Msg::StaffCodeHint)], form)
            }
            Step::Told { told, buttons } => {
                let (heading, says) = match told {
                    Told::NothingHeld => (Msg::StaffNothingHeading, Msg::StaffNothing),
                    Told::Unblocked => (Msg::StaffUnblockedHeading, Msg::StaffUnblocked),
                    Told::DisputeConfirmed => (Msg::DisputeConfirmedHeading, Msg::DisputeConfirmed),
                    Told::Unsettled(why) => (Msg::DisputeNotHeading, words::unsettled(*why)),
                    Told::NotAllowed => (Msg::StaffNotAllowedHeading, Msg::StaffNotAllowed),
                };
                Shown::form(heading, vec![say(says)], buttons)
            }
            Step::Asking(asked) => asked.shows(),
        };
        if self.session.is_some() { shown.engages(Engagement::Staff) } else { shown }
    }
}

fn fact(label: Msg, value: impl Into<Words>) -> Fact {
    Fact { label, value: value.into(), change: None }
}

fn company(seen: &CompanySeen) -> Vec<Block> {
    let mut facts = vec![
        fact(Msg::LabelRutOfCompany, Clean::from(seen.company.to_string())),
        fact(Msg::LabelBusinessName, seen.name.clone()),
        fact(Msg::LabelRepresentativeRut, seen.masked_representative.clone()),
        fact(Msg::FactEmail, seen.masked_email.clone()),
        fact(Msg::FactMobile, seen.masked_mobile.clone()),
        fact(Msg::LabelQuestion, if seen.has_question { Msg::FactYes } else { Msg::FactNo }),
        fact(Msg::FactCreated, seen.created.clone()),
        fact(Msg::FactFailures, Msg::FactTimes { count: u64::from(seen.failures) }),
    ];
    let recoveries =
        seen.recoveries.iter().map(|recovery| fact(Msg::FactRecovery, words::recovery(recovery)));
    facts.extend(recoveries);
    facts.push(fact(Msg::FactRequests, Msg::FactTimes { count: u64::from(seen.requests) }));
    vec![Block::Facts(facts)]
}

fn outbox(messages: &[MessageSeen], choosing: Choosing) -> Vec<Block> {
    let entries = menu::list(messages.iter().map(|message| {
        let label = words::message(message.kind, message.masked_to.clone());
        (label, Some(words::message_state(message)))
    }));
    let folio = messages.get(usize::from(choosing.at)).map(|message| Clean::from(message.folio.to_string()));
    let mut blocks = vec![say(Msg::OutboxHint), entries];
    blocks.extend(folio.map(|folio| say(Msg::OutboxFolio { folio })));
    let is_held = |message: &MessageSeen| message.last.is_some_and(AttemptOutcome::is_ours_to_mend);
    blocks.extend(messages.iter().any(is_held).then(|| say(Msg::OutboxHeldHint)));
    blocks
}

fn chart(figures: &Figures) -> Vec<Block> {
    let bar = |label, count| Bar { label, detail: None, count };
    let left = figures.visits.saturating_sub(figures.completed + figures.only_looked);
    let mut blocks = vec![
        Block::Panel(Msg::FiguresDay { day: figures.day.clone() }),
        Block::Bars(vec![
            bar(Msg::FigureVisits, figures.visits),
            bar(Msg::FigureCompleted, figures.completed),
            bar(Msg::FigureAbandoned, left),
            bar(Msg::FigureLooked, figures.only_looked),
        ]),
        Block::Facts(vec![fact(
            Msg::FigureAverage,
            Msg::FigureMinutes { count: u64::from(figures.average_minutes) },
        )]),
    ];
    if !figures.abandoned.is_empty() {
        let bars = figures.abandoned.iter().map(|(road, stage, count)| Bar {
            label: words::road(*road),
            detail: words::stage(*stage),
            count: *count,
        });
        blocks.extend([Block::Panel(Msg::FiguresAbandoned), Block::Bars(bars.collect())]);
    }
    if !figures.refused.is_empty() {
        let bars = figures.refused.iter().map(|(outcome, count)| bar(words::outcome_alone(*outcome), *count));
        blocks.extend([Block::Panel(Msg::FiguresRefused), Block::Bars(bars.collect())]);
    }
    blocks
}

//! What the desk of the staff shows.

use super::{Look, StaffDesk, Step, Told, words};
use crate::domain::clean::Clean;
use crate::effect::{CompanySeen, Figures, MessageSeen};
use crate::event::Target;
use crate::flow::menu::Choosing;
use crate::flow::page;
use crate::form::Form;
use crate::page::{Bar, Block, Fact, Item, Page, Words};
use crate::text::Msg;

impl StaffDesk {
    fn form(&self) -> &Form {
        match &self.step {
            Step::SignIn => &self.sign_in,
            Step::Menu => &self.menu,
            Step::Company(..) => &self.company,
            Step::Search => &self.search,
            Step::Unblock => &self.unblock,
            Step::Look(_) | Step::TryAgain(_) => &self.reason,
            _ => &self.plain,
        }
    }

    pub fn page(&self) -> Page {
        let place = match &self.session {
            Some(session) => Msg::PlaceStaffOf { name: session.name().clone() },
            None => Msg::PlaceStaff,
        };
        if let Step::Asking(asked) = &self.step {
            return asked.page(place);
        }
        if let Step::Requests(requests) = &self.step {
            return page(place, requests.heading(), requests.blocks(), requests.focus());
        }
        let mut blocks = self.step.opening();
        if let Step::Outbox(messages, choosing) = &self.step
            && !messages.is_empty()
        {
            return page(place, self.step.heading(), blocks, choosing.focus());
        }
        let form = self.form();
        blocks.extend(form.blocks());
        page(place, self.step.heading(), blocks, form.focus())
    }
}

impl Step {
    fn heading(&self) -> Msg {
        match self {
            Step::SignIn | Step::Asking(_) => Msg::StaffSignInHeading,
            Step::Menu => Msg::StaffMenuHeading,
            Step::Search => Msg::ButtonSearch,
            Step::Company(..) => Msg::StaffCompanyHeading,
            Step::Requests(requests) => requests.heading(),
            Step::Unblock => Msg::ButtonUnblock,
            Step::Look(Look::Outbox) | Step::Outbox(..) => Msg::ButtonSeeOutbox,
            Step::Look(Look::Figures) | Step::Figures(_) => Msg::ButtonSeeFigures,
            Step::TryAgain(_) => Msg::ButtonTryAgain,
            Step::Told(Told::NothingHeld) => Msg::StaffNothingHeading,
            Step::Told(Told::Unblocked) => Msg::StaffUnblockedHeading,
            Step::Told(Told::NotAllowed) => Msg::StaffNotAllowedHeading,
        }
    }

    /// What stands above the fields.
    fn opening(&self) -> Vec<Block> {
        let say = |msg| Block::Paragraph(Words::Said(msg));
        match self {
            Step::SignIn => vec![say(Msg::StaffSignInHint)],
            Step::Search | Step::Unblock | Step::Look(_) | Step::TryAgain(_) => {
                vec![say(Msg::StaffReasonHint)]
            }
            Step::Company(seen, _) => company(seen),
            Step::Outbox(messages, _) if messages.is_empty() => vec![say(Msg::OutboxEmpty)],
            Step::Outbox(messages, choosing) => outbox(messages, *choosing),
            Step::Figures(figures) => chart(figures),
            Step::Told(Told::NothingHeld) => vec![say(Msg::StaffNothing)],
            Step::Told(Told::Unblocked) => vec![say(Msg::StaffUnblocked)],
            Step::Told(Told::NotAllowed) => vec![say(Msg::StaffNotAllowed)],
            Step::Menu | Step::Asking(_) | Step::Requests(_) => vec![],
        }
    }
}

fn fact(label: Msg, value: impl Into<Words>) -> Fact {
    Fact { label, value: value.into(), change: None }
}

fn company(seen: &CompanySeen) -> Vec<Block> {
    let mut facts = vec![
        fact(Msg::LabelCompanyRut, Clean::from(seen.company.to_string())),
        fact(Msg::LabelBusinessName, seen.name.clone()),
        fact(Msg::LabelRepresentativeRut, seen.masked_representative.clone()),
        fact(Msg::FactEmail, seen.masked_email.clone()),
        fact(Msg::FactMobile, seen.masked_mobile.clone()),
        fact(Msg::LabelQuestion, if seen.has_question { Msg::FactYes } else { Msg::FactNo }),
        fact(Msg::FactCreated, seen.created.clone()),
        fact(Msg::FactFailures, Msg::FactTimes { count: u64::from(seen.failures) }),
    ];
    let recoveries = seen.recoveries.iter().map(|(folio, state)| {
        fact(Msg::FactRecovery, words::recovery(*state, Clean::from(folio.to_string())))
    });
    facts.extend(recoveries);
    facts.push(fact(Msg::FactRequests, Msg::FactTimes { count: u64::from(seen.requests) }));
    vec![Block::Facts(facts)]
}

fn outbox(messages: &[MessageSeen], choosing: Choosing) -> Vec<Block> {
    let items = messages.iter().enumerate().map(|(index, message)| Item {
        target: Target::Item(u8::try_from(index).unwrap_or(u8::MAX)),
        label: words::message(message.kind, message.masked_to.clone()),
        detail: Some(words::message_state(message.state)),
    });
    let folio = messages.get(usize::from(choosing.at)).map(|message| Clean::from(message.folio.to_string()));
    let mut blocks = vec![Block::Paragraph(Words::Said(Msg::OutboxHint))];
    blocks.push(Block::Menu(items.collect()));
    blocks.extend(folio.map(|folio| Block::Paragraph(Words::Said(Msg::OutboxFolio { folio }))));
    blocks
}

fn chart(figures: &Figures) -> Vec<Block> {
    let bar = |label, count| Bar { label, detail: None, count };
    let left = figures.visits.saturating_sub(figures.completed + figures.only_looked);
    let mut blocks = vec![
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

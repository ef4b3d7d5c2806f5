//! All that a step shows, as one value. Each workflow makes it in a single `match` over its steps,
//! without a wildcard, so that the compiler finds what a new step lacks.

use super::challenge::ChallengePanel;
use super::steps::{StepName, progress};
use super::{Engagement, page};
use crate::event::Target;
use crate::form::Form;
use crate::page::{Block, Page, StepProgress, Words};
use crate::text::Msg;

/// What a step shows, and what it makes of the visit. Unless something else is said, the page is
/// no numbered step, has no help, can be left by Esc, and holds what a person typed.
#[derive(Debug)]
pub struct Shown<'a> {
    heading: Words,
    opening: Vec<Block>,
    controls: Controls<'a>,
    help: Vec<Msg>,
    progress: Option<StepProgress>,
    leads_back: bool,
    leaves_typed: bool,
    engagement: Engagement,
}

/// What the person acts on: it stands at the end of the page and has the focus.
#[derive(Debug)]
enum Controls<'a> {
    Form(&'a Form),
    Challenge(&'a ChallengePanel),
    /// Something within the opening: an entry of a list, a line of a review.
    Within(Target),
}

impl<'a> Shown<'a> {
    fn new(heading: impl Into<Words>, opening: Vec<Block>, controls: Controls<'a>) -> Self {
        Shown {
            heading: heading.into(),
            opening,
            controls,
            help: Vec::new(),
            progress: None,
            leads_back: true,
            leaves_typed: false,
            engagement: Engagement::DataTyped,
        }
    }

    /// Fields and buttons, below what the page opens with.
    pub fn form(heading: impl Into<Words>, opening: Vec<Block>, form: &'a Form) -> Self {
        Shown::new(heading, opening, Controls::Form(form))
    }

    /// The challenge, below what it stands before.
    pub fn challenge(heading: impl Into<Words>, opening: Vec<Block>, panel: &'a ChallengePanel) -> Self {
        Shown::new(heading, opening, Controls::Challenge(panel)).help([Msg::HelpLetters])
    }

    /// A list or a review: the focus is on one of its own lines.
    pub fn within(heading: impl Into<Words>, blocks: Vec<Block>, focus: Target) -> Self {
        Shown::new(heading, blocks, Controls::Within(focus))
    }

    /// With this above all of it.
    pub fn after(mut self, before: Vec<Block>) -> Self {
        self.opening.splice(0..0, before);
        self
    }

    /// What F1 tells.
    pub fn help(mut self, help: impl Into<Vec<Msg>>) -> Self {
        self.help = help.into();
        self
    }

    /// Which of the workflow's steps it is, counted from 1.
    pub fn at_step(mut self, current: u8, steps: impl AsRef<[StepName]>) -> Self {
        self.progress = Some(progress(current, steps.as_ref()));
        self
    }

    /// Esc leads nowhere: what was asked for is done or being done.
    pub fn with_no_way_back(mut self) -> Self {
        self.leads_back = false;
        self
    }

    /// What the visit is in while the step is shown, for the idle limits.
    pub fn engages(mut self, engagement: Engagement) -> Self {
        self.engagement = engagement;
        self
    }

    /// The end of a workflow: a receipt that can't be gone back from.
    pub fn confirms(self) -> Self {
        self.with_no_way_back().engages(Engagement::Confirmation)
    }

    /// Esc leads out of the workflow, and what was typed in it is gone.
    pub fn leaves_typed(mut self) -> Self {
        self.leaves_typed = true;
        self
    }

    /// The first step, which Esc leaves. As long as its form is untouched, there is nothing to lose.
    pub fn begins(self) -> Self {
        self.leaves_typed().begins_within()
    }

    /// The first step with a form, where Esc leads to one without.
    pub fn begins_within(self) -> Self {
        let is_touched = matches!(self.controls, Controls::Form(form) if form.is_touched());
        self.engages(if is_touched { Engagement::DataTyped } else { Engagement::NothingTyped })
    }

    /// What the visit is in.
    pub fn engagement(&self) -> Engagement {
        self.engagement
    }

    /// The page, without the notice and the keys that the kiosk adds.
    pub fn page(self, place: Msg) -> Page {
        let mut blocks = self.opening;
        let focus = match self.controls {
            Controls::Form(form) => {
                blocks.extend(form.blocks());
                form.focus()
            }
            Controls::Challenge(panel) => {
                blocks.extend(panel.blocks());
                panel.form().focus()
            }
            Controls::Within(focus) => focus,
        };
        let mut page = page(place, self.heading, blocks, focus).with_help(self.help);
        page.progress = self.progress;
        page.leads_back = self.leads_back;
        page.leaves_typed = self.leaves_typed;
        page
    }
}

/// A paragraph.
pub fn say(msg: Msg) -> Block {
    Block::Paragraph(Words::Said(msg))
}

//! The screen of a visit together with what its page says, composed once for each change of it.

use crate::domain::visits::Stage;
use crate::flow::{Next, Spot};
use crate::form::Touch;
use crate::page::{Block, Control, Page};

use super::screen::{Screen, ScreenAct};
use crate::domain::language::Language;

/// A screen, and its page until that is taken to be shown.
#[derive(Debug)]
pub struct Scene {
    screen: Screen,
    told: PageFacts,
    page: Option<UnprintedPage>,
}

/// A page that is kept. It may show what a person typed, so it doesn't print (S4).
#[derive(PartialEq)]
pub struct UnprintedPage(pub Page);

impl std::fmt::Debug for UnprintedPage {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("Page(…)")
    }
}

/// What the kiosk has to know of a page after it was handed out.
#[derive(Clone, Copy, Debug)]
pub struct PageFacts {
    /// Whether Esc leads back from it.
    pub leads_back: bool,
    /// Whether it waits for an answer.
    pub waits: bool,
    /// Whether F3 shows a secret on it.
    pub shows_secret: bool,
    /// Whether a letter is typed into a line there, and does nothing else.
    pub is_typed_on: bool,
    /// Whether letters stand on it, for staff to stand in for.
    pub has_letters: bool,
    /// The step that it is, if it is one.
    pub stage: Option<Stage>,
}

impl PageFacts {
    fn of(page: &Page) -> Self {
        let shows = |block: &Block| matches!(block, Block::Field(field) if matches!(field.control, Control::Hidden { shown: Some(_), .. }));
        let is_line = |block: &Block| {
            matches!(block, Block::Field(field) if field.target == page.focus
                && matches!(field.control, Control::Text { .. } | Control::Hidden { .. } | Control::Filter { .. }))
        };
        PageFacts {
            leads_back: page.leads_back,
            waits: page.blocks.iter().any(|block| matches!(block, Block::Waiting { .. })),
            shows_secret: page.blocks.iter().any(shows),
            is_typed_on: page.blocks.iter().any(is_line),
            has_letters: page.blocks.iter().any(|block| matches!(block, Block::Challenge(_))),
            stage: page.progress.as_ref().map(|progress| progress.stage),
        }
    }
}

impl Default for Scene {
    fn default() -> Self {
        Scene::of(Screen::default())
    }
}

impl Scene {
    fn of(screen: Screen) -> Self {
        let page = screen.page();
        Scene { screen, told: PageFacts::of(&page), page: Some(UnprintedPage(page)) }
    }

    /// What is on the screen.
    pub fn screen(&self) -> &Screen {
        &self.screen
    }

    /// What its page says.
    pub fn told(&self) -> PageFacts {
        self.told
    }

    /// Which page stands.
    pub fn spot(&self) -> Spot {
        self.screen.spot()
    }

    /// Puts another screen in its place, or the same after something happened to it.
    pub fn show(&mut self, screen: Screen) {
        *self = Scene::of(screen);
    }

    /// Lets something happen to the screen. Where the machine goes on, the next state is in the
    /// answer; nothing is on the screen until it is shown.
    pub fn act(&mut self, act: ScreenAct<'_>, language: &mut Language) -> Next<Screen> {
        std::mem::take(&mut self.screen).act(act, language)
    }

    /// The same for a touch.
    pub fn press(&mut self, touch: &Touch, language: &mut Language) -> Next<Screen> {
        self.act(ScreenAct::Touch(touch), language)
    }

    /// The page as the screen composes it, to be dressed and shown.
    pub fn take_page(&mut self) -> Page {
        self.page.take().map_or_else(|| self.screen.page(), |UnprintedPage(page)| page)
    }
}

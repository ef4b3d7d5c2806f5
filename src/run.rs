//! The kiosk at work: one channel of events in their order, the pure core, the screen, and the
//! orders carried out beside it. The first frame is drawn before the store is opened.

mod behind;
mod repairs;
mod signals;

use std::cell::OnceCell;
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::pin::pin;
use std::sync::Arc;
use std::task::Poll;
use std::time::Instant;

use tokio::sync::{mpsc, watch};

use crate::config::{self, Config};
use crate::desk::Desk;
use crate::domain::language::Language;
use crate::effect::{Order, Reply};
use crate::event::{Event, Key, Outage};
use crate::flow::Setup;
use crate::kiosk::{Appearance, IdleLimit, IdleLimits, Kiosk};
use crate::service::{Condition, Loss, Service, ServiceError};
use crate::terminal::input::KeyHeard;
use crate::terminal::{self, Abilities, Keyboard, MOST_EVENTS, Mounts, TerminalScreen};
use crate::text::Sentences;
use crate::ui::{Theme, Viewport};
use behind::{Behind, OpeningStep};
use repairs::Repairs;
use signals::{SignalMeaning, Signals};

/// Why the kiosk ended; the exit code tells it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ended {
    /// SIGHUP.
    HungUp,
    /// SIGINT.
    Interrupted,
    /// SIGTERM.
    Terminated,
    /// The terminal is gone.
    NoTerminal,
}

/// Why the kiosk could not go on.
#[derive(Debug, thiserror::Error)]
pub enum RunError {
    /// It can't be read from or drawn on.
    #[error("the terminal can't be used: {0}")]
    Terminal(#[from] io::Error),
    /// What is behind the screen can't be opened.
    #[error(transparent)]
    Service(#[from] ServiceError),
    /// SIGXCPU.
    #[error(
        "the processor time that the system allows this program is used up: raise LimitCPU= of the unit, or \
         `ulimit -t`, or take it away"
    )]
    TimeUsedUp,
    /// A panic. Its message is not shown, since it may concern a person.
    #[error("the program met a fault of its own and stopped; its log says where")]
    Fault,
}

/// Draws the first page, opens what is behind it with `open`, and serves until a signal. `program` is
/// our own, of which another process guards the terminal.
///
/// # Errors
///
/// When terminal or service can't be used, or after a panic.
pub async fn run<F, O>(
    config: &Config,
    abilities: Abilities,
    program: &Path,
    open: O,
) -> Result<Ended, RunError>
where
    O: FnOnce(Config) -> F,
    F: Future<Output = Result<Service, ServiceError>> + Send + 'static,
{
    let mut signals = Signals::new()?;
    let mut booth = Booth::new(config, abilities)?;
    booth.show()?;
    // After the first page, which is nobody's and comes the sooner.
    booth.screen.guard_by(program)?;
    let mut behind = Behind::open(open(config.clone()))?;
    let ended = unwound(booth.serve(&mut signals, &mut behind)).await;
    // The screen is wiped before anything else is waited for.
    drop(booth);
    behind.close().await;
    match ended {
        Some(Err(RunError::Terminal(error))) if terminal::is_gone(&error) => Ok(Ended::NoTerminal),
        Some(ended) => ended,
        None => Err(RunError::Fault),
    }
}

/// Runs a future to its end, even if that is a panic: then `None`.
async fn unwound<T>(future: impl Future<Output = T>) -> Option<T> {
    let mut future = pin!(future);
    std::future::poll_fn(|context| match catch_unwind(AssertUnwindSafe(|| future.as_mut().poll(context))) {
        Ok(polled) => polled.map(Some),
        Err(_) => Poll::Ready(None),
    })
    .await
}

/// One terminal, and the person before it.
struct Booth {
    kiosk: Kiosk,
    screen: TerminalScreen,
    keyboard: Keyboard,
    /// Parsed when first used: most visits need only one language.
    sentences: [OnceCell<Sentences>; 2],
    abilities: Abilities,
    desk_name: String,
    demo: bool,
    /// The page that is on the screen, by its number.
    shown: Option<u64>,
    repairs: Repairs,
    visits: u64,
    desk: watch::Sender<Option<Arc<Desk>>>,
    replies_in: mpsc::UnboundedSender<Event>,
    replies: mpsc::UnboundedReceiver<Event>,
}

impl Booth {
    fn new(config: &Config, abilities: Abilities) -> Result<Self, RunError> {
        let appearance = Appearance {
            language: config.kiosk.language,
            high_contrast: config.kiosk.theme == config::Theme::HighContrast,
            linear: false,
        };
        let setup = Setup { questions: config.questions.clone() };
        let (replies_in, replies) = mpsc::unbounded_channel();
        Ok(Booth {
            kiosk: Kiosk::new(setup, appearance, Instant::now()).with_limits(limits(&config.idle)),
            screen: TerminalScreen::take()?,
            keyboard: Keyboard::listen()?,
            sentences: Default::default(),
            abilities,
            desk_name: config.kiosk.desk.to_string(),
            demo: config.is_demo(),
            shown: None,
            repairs: Repairs::none(Instant::now()),
            visits: 0,
            desk: watch::Sender::new(None),
            replies_in,
            replies,
        })
    }

    async fn serve(&mut self, signals: &mut Signals, behind: &mut Behind) -> Result<Ended, RunError> {
        let mut mounts = Mounts::watch();
        loop {
            let deadline = self.kiosk.deadline();
            tokio::select! {
                biased;
                signal = signals.heard() => match signal {
                    SignalMeaning::End(ended) => return Ok(ended),
                    SignalMeaning::TimeUsedUp => return Err(RunError::TimeUsedUp),
                    SignalMeaning::Resize => self.resize()?,
                    SignalMeaning::Continue => self.redraw_whole()?,
                },
                ready = self.screen.ready() => {
                    ready?;
                    self.screen.go_on()?;
                }
                step = behind.step() => match step {
                    OpeningStep::TakesLong => self.kiosk.prepare(Instant::now()),
                    OpeningStep::Ended { outcome, was_long } => {
                        *behind = Behind::Nothing;
                        let service = outcome.ok_or(RunError::Fault)??;
                        self.desk.send_replace(Some(service.desk.clone()));
                        self.watch_out(service.condition());
                        *behind = Behind::Open(service);
                        self.open_up(was_long);
                    }
                },
                Some(reply) = self.replies.recv() => self.take(reply)?,
                heard = self.keyboard.next(), if behind.takes_keys() => match heard {
                    Some(heard) => self.hear(heard)?,
                    None => return Ok(Ended::NoTerminal),
                },
                () = mounts.changed() => {
                    self.shown = None;
                    self.screen.distrust();
                }
                () = sleep_until(deadline) => self.take(Event::Wake)?,
            }
            self.show()?;
            if let Behind::Open(service) = behind {
                service.set_at_rest(self.kiosk.is_at_rest());
            }
        }
    }

    /// From now on keys are taken. Those of somebody who has waited for long are nobody's any more.
    fn open_up(&mut self, was_long: bool) {
        if was_long {
            self.keyboard.forget();
        }
        self.kiosk.open(Instant::now());
    }

    /// Hears of a store that has no room any more, or serves nobody.
    fn watch_out(&self, condition: Option<watch::Receiver<Condition>>) {
        let (events, Some(mut condition)) = (self.replies_in.clone(), condition) else { return };
        tokio::spawn(async move {
            loop {
                let now = *condition.borrow_and_update();
                let event = match now {
                    Condition::Well => Event::DiskFull(false),
                    Condition::WithoutBallast => Event::DiskFull(true),
                    Condition::Lost(Loss::Gone) => Event::OutOfService(Outage::DataGone),
                    Condition::Lost(Loss::Unsynced) => Event::OutOfService(Outage::NotKept),
                    Condition::Lost(Loss::Damaged) => Event::OutOfService(Outage::DataDamaged),
                };
                if events.send(event).is_err() || condition.changed().await.is_err() {
                    return;
                }
            }
        });
    }

    /// While the program was stopped, anybody may have written on the terminal, and its window may
    /// have another size.
    fn redraw_whole(&mut self) -> io::Result<()> {
        self.screen.take_again()?;
        self.resize()
    }

    fn resize(&mut self) -> io::Result<()> {
        self.shown = None;
        let event = self.screen.resized()?;
        self.take(event)
    }

    /// Takes what is already waiting before the next frame, so that a scanner's line is drawn once;
    /// but no more than so much, so that a stuck key holds up neither signals nor replies. After a
    /// page was turned, or typed on that is not read yet, the next frame is drawn first, since it shows
    /// whether there are more; and after a visit, whose last half key is not the next person's.
    fn hear(&mut self, first: KeyHeard) -> io::Result<()> {
        let mut next = Some(first);
        let mut left = MOST_EVENTS;
        while let Some(heard) = next {
            let event = self.screen.event(heard);
            let is_turned = matches!(event, Some(Event::Key(Key::PageUp | Key::PageDown)))
                || self.screen.awaits_reading();
            if let Some(event) = event {
                self.take(event)?;
            }
            let is_over = self.kiosk.visits() != self.visits;
            left = if is_turned || is_over { 0 } else { left - 1 };
            next = if left > 0 { self.keyboard.try_next() } else { None };
        }
        Ok(())
    }

    fn take(&mut self, event: Event) -> io::Result<()> {
        if let Event::Reply(_, Reply::StaffCalled) = event {
            self.screen.ring()?;
        }
        let order = self.kiosk.update(event, Instant::now());
        order.into_iter().chain(self.kiosk.farewells()).for_each(|order| self.carry_out(order));
        Ok(())
    }

    /// Runs an order beside the screen; the order waits while the store is still being opened.
    fn carry_out(&self, order: Order) {
        let replies = self.replies_in.clone();
        let mut desk = self.desk.subscribe();
        tokio::spawn(async move {
            let desk = match desk.wait_for(Option::is_some).await {
                Ok(ready) => ready.clone(),
                Err(_) => None,
            };
            let reply = match desk {
                // After a panic the person can try again, or call for help; what was done before it, is.
                Some(desk) => {
                    unwound(desk.perform(order.effect, order.language)).await.unwrap_or(Reply::StoreUnsure)
                }
                None => Reply::StoreDown,
            };
            let _ = replies.send(Event::Reply(order.ticket, reply));
        });
    }

    /// Draws only what changed; later, if the terminal has not yet taken the last frame.
    fn show(&mut self) -> io::Result<()> {
        if self.screen.is_blocked() {
            return Ok(());
        }
        if self.kiosk.visits() != self.visits {
            self.visits = self.kiosk.visits();
            self.keyboard.reset();
            self.shown = None;
            self.screen.wipe()?;
            self.repairs = Repairs::none(Instant::now());
        }
        let appearance = self.kiosk.appearance();
        let edition = self.kiosk.edition();
        if self.shown == Some(edition) {
            return Ok(());
        }
        if self.repairs.is_due(self.kiosk.page(), Instant::now()) {
            self.screen.distrust();
        }
        let theme = match (self.abilities.no_color, appearance.high_contrast) {
            (true, _) => Theme::Plain,
            (false, true) => Theme::High,
            (false, false) => Theme::Normal,
        };
        let language = appearance.language;
        let sentences = &self.sentences[usize::from(language != Language::ALL[0])];
        self.screen.draw(&Viewport {
            page: self.kiosk.page(),
            sentences: sentences.get_or_init(|| Sentences::screens(language)),
            theme,
            linear: appearance.linear,
            desk: &self.desk_name,
            demo: self.demo,
            half_blocks: self.abilities.half_blocks,
        })?;
        self.shown = Some(edition);
        Ok(())
    }
}

/// The idle table of the settings, for the pure core.
fn limits(idle: &config::Idle) -> IdleLimits {
    let limit = |wait: config::Wait| IdleLimit { after: wait.after, warning: wait.warning };
    IdleLimits {
        nothing_typed: limit(idle.nothing_typed),
        data_typed: limit(idle.data_typed),
        confirmation: limit(idle.confirmation),
        waiting: limit(idle.waiting),
        staff: IdleLimits::default().staff,
        more_time_factor: idle.more_time_factor,
        more_time_warning: idle.more_time_warning,
    }
}

async fn sleep_until(deadline: Option<Instant>) {
    match deadline {
        Some(deadline) => tokio::time::sleep_until(deadline.into()).await,
        None => std::future::pending().await,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Environment;

    #[test]
    fn the_built_in_settings_hold_the_usual_idle_table() {
        let config = Config::in_folder(std::path::Path::new("/srv/totem"), &Environment::default());
        assert_eq!(limits(&config.expect("they are right").idle), IdleLimits::default());
    }
}

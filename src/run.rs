//! The kiosk at work: one channel of events in their order, the pure core, the screen, and the
//! orders carried out beside it. The first frame is drawn before the store is opened.

use std::io;
use std::sync::Arc;
use std::time::Instant;

use crossterm::event::Event as Heard;
use tokio::signal::unix::{Signal, SignalKind, signal};
use tokio::sync::{mpsc, watch};
use tokio::task::JoinHandle;

use crate::config::{self, Config};
use crate::desk::Desk;
use crate::effect::{Order, Reply};
use crate::event::Event;
use crate::flow::Setup;
use crate::kiosk::{Appearance, Kiosk, Limit, Limits};
use crate::page::Page;
use crate::service::{Service, ServiceError};
use crate::terminal::Screen;
use crate::text::{Language, Sentences};
use crate::ui::{Theme, View};

/// How many events may wait: a scanner is faster than a screen, a stuck key is not a program.
const EVENTS_WAITING: usize = 1024;

/// How the kiosk ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ended {
    HungUp,
    Interrupted,
    Terminated,
    /// The terminal is gone.
    NoTerminal,
}

#[derive(Debug, thiserror::Error)]
pub enum RunError {
    #[error("the terminal can't be used: {0}")]
    Terminal(#[from] io::Error),
    #[error(transparent)]
    Service(#[from] ServiceError),
}

/// Draws the first page, opens what is behind it with `open`, and serves until a signal.
pub async fn run<F, O>(config: &Config, no_color: bool, open: O) -> Result<Ended, RunError>
where
    O: FnOnce(Config) -> F,
    F: Future<Output = Result<Service, ServiceError>> + Send + 'static,
{
    let mut signals = Signals::new()?;
    let mut booth = Booth::new(config, no_color)?;
    booth.show()?;
    let (heard_in, mut heard) = mpsc::channel(EVENTS_WAITING);
    listen(heard_in)?;
    let opening = tokio::spawn(open(config.clone()));
    let ended = booth.serve(&mut heard, &mut signals, opening).await;
    drop(booth);
    ended
}

/// The signals that end a kiosk; each still wipes the screen.
struct Signals {
    hung_up: Signal,
    interrupted: Signal,
    terminated: Signal,
    /// Ignored: a kiosk has no shell to go back to.
    _stopped: Signal,
    _quit: Signal,
}

impl Signals {
    fn new() -> io::Result<Self> {
        Ok(Signals {
            hung_up: signal(SignalKind::hangup())?,
            interrupted: signal(SignalKind::interrupt())?,
            terminated: signal(SignalKind::terminate())?,
            _stopped: signal(SignalKind::from_raw(rustix::process::Signal::TSTP.as_raw()))?,
            _quit: signal(SignalKind::quit())?,
        })
    }

    async fn ended(&mut self) -> Ended {
        tokio::select! {
            _ = self.hung_up.recv() => Ended::HungUp,
            _ = self.interrupted.recv() => Ended::Interrupted,
            _ = self.terminated.recv() => Ended::Terminated,
        }
    }
}

/// Reads the terminal in a thread of its own, which blocks while nobody does anything.
fn listen(heard: mpsc::Sender<Heard>) -> io::Result<()> {
    std::thread::Builder::new().name("keys".to_string()).spawn(move || {
        while let Ok(event) = crossterm::event::read() {
            if heard.blocking_send(event).is_err() {
                return;
            }
        }
    })?;
    Ok(())
}

/// One terminal and whoever stands before it.
struct Booth {
    kiosk: Kiosk,
    screen: Screen,
    sentences: [Sentences; 2],
    no_color: bool,
    desk_name: String,
    demo: bool,
    shown: Option<(Page, Appearance)>,
    visits: u64,
    desk: watch::Sender<Option<Arc<Desk>>>,
    replies_in: mpsc::UnboundedSender<Event>,
    replies: mpsc::UnboundedReceiver<Event>,
}

impl Booth {
    fn new(config: &Config, no_color: bool) -> io::Result<Self> {
        let appearance = Appearance {
            language: config.kiosk.language,
            high_contrast: config.kiosk.theme == config::Theme::HighContrast,
            linear: false,
        };
        let setup = Setup { questions: config.questions.clone() };
        let (replies_in, replies) = mpsc::unbounded_channel();
        Ok(Booth {
            kiosk: Kiosk::new(setup, appearance, Instant::now()).with_limits(limits(&config.idle)),
            screen: Screen::take()?,
            sentences: Language::ALL.map(Sentences::screens),
            no_color,
            desk_name: config.kiosk.desk.to_string(),
            demo: config.is_demo(),
            shown: None,
            visits: 0,
            desk: watch::Sender::new(None),
            replies_in,
            replies,
        })
    }

    async fn serve(
        &mut self,
        heard: &mut mpsc::Receiver<Heard>,
        signals: &mut Signals,
        opening: JoinHandle<Result<Service, ServiceError>>,
    ) -> Result<Ended, RunError> {
        let mut opening = Some(opening);
        let mut service = None;
        let ended = loop {
            let deadline = self.kiosk.deadline();
            tokio::select! {
                biased;
                ended = signals.ended() => break ended,
                opened = async { opening.as_mut().expect("guarded by the branch's condition").await }, if opening.is_some() => {
                    opening = None;
                    service = Some(self.opened(opened)?);
                }
                event = heard.recv() => match event {
                    Some(event) => self.hear(event, heard)?,
                    None => break Ended::NoTerminal,
                },
                Some(reply) = self.replies.recv() => self.take(reply)?,
                () = sleep_until(deadline) => self.take(Event::Wake)?,
            }
            self.show()?;
            if let Some(service) = &service {
                service.set_at_rest(self.kiosk.is_at_rest());
            }
        };
        if let Some(service) = service {
            service.stop().await;
        }
        Ok(ended)
    }

    fn opened(
        &mut self,
        opened: Result<Result<Service, ServiceError>, tokio::task::JoinError>,
    ) -> Result<Service, RunError> {
        let service = opened.map_err(io::Error::other)??;
        self.desk.send_replace(Some(service.desk.clone()));
        Ok(service)
    }

    /// Takes what waits already before the next frame, so that a scanner's line is drawn once.
    fn hear(&mut self, first: Heard, heard: &mut mpsc::Receiver<Heard>) -> io::Result<()> {
        let mut next = Some(first);
        while let Some(event) = next {
            if let Some(event) = self.screen.event(event) {
                if matches!(event, Event::Resize(_)) {
                    self.shown = None;
                }
                self.take(event)?;
            }
            next = heard.try_recv().ok();
        }
        Ok(())
    }

    fn take(&mut self, event: Event) -> io::Result<()> {
        if let Event::Reply(_, Reply::StaffCalled) = event {
            self.screen.ring()?;
        }
        if let Some(order) = self.kiosk.update(event, Instant::now()) {
            self.carry_out(order);
        }
        Ok(())
    }

    /// Runs an order beside the screen; while the store is still being opened it waits for it.
    fn carry_out(&self, order: Order) {
        let replies = self.replies_in.clone();
        let mut desk = self.desk.subscribe();
        tokio::spawn(async move {
            let desk = match desk.wait_for(Option::is_some).await {
                Ok(ready) => ready.clone(),
                Err(_) => None,
            };
            let reply = match desk {
                Some(desk) => desk.perform(order.effect, order.language).await,
                None => Reply::StoreDown,
            };
            let _ = replies.send(Event::Reply(order.ticket, reply));
        });
    }

    /// Draws what changed, and nothing else.
    fn show(&mut self) -> io::Result<()> {
        if self.kiosk.visits() != self.visits {
            self.visits = self.kiosk.visits();
            self.shown = None;
            self.screen.wipe()?;
        }
        let appearance = self.kiosk.appearance();
        let now = (self.kiosk.page(), appearance);
        if self.shown.as_ref() == Some(&now) {
            return Ok(());
        }
        let theme = match (self.no_color, appearance.high_contrast) {
            (true, _) => Theme::Plain,
            (false, true) => Theme::High,
            (false, false) => Theme::Normal,
        };
        let language = Language::ALL.iter().position(|language| *language == appearance.language);
        self.screen.draw(&View {
            page: &now.0,
            sentences: &self.sentences[language.unwrap_or_default()],
            theme,
            linear: appearance.linear,
            desk: &self.desk_name,
            demo: self.demo,
        })?;
        self.shown = Some(now);
        Ok(())
    }
}

/// The idle table of the settings, for the pure core.
fn limits(idle: &config::Idle) -> Limits {
    let limit = |wait: config::Wait| Limit { after: wait.after, warning: wait.warning };
    Limits {
        nothing_typed: limit(idle.nothing_typed),
        data_typed: limit(idle.data_typed),
        confirmation: limit(idle.confirmation),
        waiting: limit(idle.waiting),
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
        assert_eq!(limits(&config.expect("they are right").idle), Limits::default());
    }
}

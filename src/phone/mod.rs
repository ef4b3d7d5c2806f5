//! *Subir desde el teléfono*: a small server of the kiosk's own, and on it one page at a time, for
//! one phone, one file and five minutes. What comes is looked at as from any other source, and goes
//! to whoever waits for it before the screen.
//!
//! [`Phones`] opens pages and waits for what happens on them; [`Server`] is where phones come in. A
//! page is closed when its time is over, when a file was taken, or when nobody holds its
//! [`PhonePage`] any more: what was on its way then is dropped and wiped.

mod answer;
mod doors;
mod limits;
mod page;
mod server;
mod token;
pub mod upload;

use std::collections::VecDeque;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::watch;

pub use self::server::{ListenError, Server, acceptor, open};
use crate::clock::Clock;
use crate::documents::Checker;
use crate::domain::clean::Clean;
use crate::domain::document::Refusal;
use crate::domain::document::Taken;
use crate::domain::language::Language;
use crate::domain::office_time::OfficeTime;
use crate::domain::phone_page::{PhonePage, PhonePageId};
use crate::http::PublicAddress;
use limits::Limits;
use token::Token;

/// How long a page stays open.
pub const LIVES_MS: u64 = 300_000;
/// Files that are looked at for one page.
const MOST_FILES: u32 = 12;

/// What happened on a page.
#[derive(Debug)]
pub enum News {
    /// A phone opened it.
    Connected,
    /// A file that fits; the page is closed to phones.
    Came(Taken),
    /// A file that was refused; the page stays open for another one.
    NotTaken {
        /// What the phone called it.
        name: Clean,
        /// Why it was refused, as the screen and the phone tell it.
        refusal: Refusal,
    },
    /// It is closed.
    Over,
}

/// The pages of this terminal. Cheap to clone.
#[derive(Clone)]
pub struct Phones {
    inner: Arc<PhonePort>,
}

struct PhonePort {
    address: PublicAddress,
    clock: Clock,
    checker: Checker,
    /// For whoever comes without a page.
    language: Language,
    state: Mutex<OpenPages>,
}

#[derive(Default)]
struct OpenPages {
    last_id: u64,
    open: Option<Session>,
    /// The token of the page that was closed last, to be told from one that never was.
    closed: Option<Token>,
    limits: Limits,
}

/// The page that is open.
struct Session {
    id: PhonePageId,
    token: Token,
    /// What the phone that opened it holds.
    phone: Option<Token>,
    language: Language,
    ends_ms: u64,
    /// Files that were looked at, or are; the last one's number.
    files: u32,
    file: File,
    news: VecDeque<News>,
    /// Rung when there is news; its end is the page's.
    bell: watch::Sender<()>,
}

/// Whether the page's one file has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum File {
    Awaited,
    OnItsWay,
    /// It was taken: phones are done here.
    Taken,
}

impl Session {
    fn tell(&mut self, news: News) {
        self.news.push_back(news);
        self.bell.send_replace(());
    }
}

/// How a request is let in.
#[derive(Debug)]
enum Door {
    /// To the form; with what the phone is to hold from now on, if it is new.
    Form {
        language: Language,
        hands_out: Option<Token>,
    },
    OtherPhone(Language),
    Gone(Language),
    Unknown(Language),
    TooMany(Language),
}

/// Why nothing comes of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum NoRoom {
    /// The same phone sends another one.
    Replaced,
    /// The page is closed.
    Gone,
}

/// What a QR holds: in capitals it is smaller; but some cameras know a scheme only in small letters.
fn scanned(base: &str, token: &Token) -> String {
    let (scheme, host) = base.split_once("://").unwrap_or(("http", base));
    format!("{scheme}://{}/{}", host.to_ascii_uppercase(), token.compact())
}

impl Phones {
    fn new(address: PublicAddress, clock: Clock, checker: Checker, language: Language) -> Self {
        let state = Mutex::default();
        Phones { inner: Arc::new(PhonePort { address, clock, checker, language, state }) }
    }

    /// Opens a page, and closes the one before.
    pub fn open(&self, language: Language) -> PhonePage {
        let token = Token::draw();
        let ends_ms = (self.inner.clock)().saturating_add(LIVES_MS);
        let base = self.inner.address.to_string();
        let address = Clean::from(format!("{base}/{}", token.readable()));
        let scanned = scanned(&base, &token);
        let mut state = self.inner.state();
        state.close();
        state.last_id += 1;
        let id = PhonePageId::counted(state.last_id);
        let (phone, files, file) = (None, 0, File::Awaited);
        let (news, bell) = (VecDeque::new(), watch::Sender::new(()));
        state.open = Some(Session { id, token, phone, language, ends_ms, files, file, news, bell });
        drop(state);
        let lifeline = Lifeline { inner: self.inner.clone(), id };
        PhonePage::opened(id, address, scanned, Arc::new(lifeline))
    }

    /// Waits for what happens next on this page.
    pub async fn next(&self, page: PhonePageId) -> News {
        loop {
            let (mut bell, left_ms) = {
                let mut state = self.inner.state();
                let now_ms = (self.inner.clock)();
                let Some(session) = state.open.as_mut().filter(|session| session.id == page) else {
                    return News::Over;
                };
                if let Some(news) = session.news.pop_front() {
                    return news;
                }
                let left_ms = session.ends_ms.saturating_sub(now_ms);
                if left_ms == 0 {
                    state.close();
                    return News::Over;
                }
                (session.bell.subscribe(), left_ms)
            };
            tokio::select! {
                rung = bell.changed() => if rung.is_err() { return News::Over },
                // Whatever the clock on the wall says by then.
                () = tokio::time::sleep(Duration::from_millis(left_ms)) => {
                    self.inner.close(page);
                    return News::Over;
                }
            }
        }
    }

    /// Whether somebody may open the page of this token, and as whom.
    fn enter(&self, token: Option<&Token>, phone: Option<&Token>, from: IpAddr) -> Door {
        let now_ms = (self.inner.clock)();
        let now = OfficeTime::agreed(now_ms).rights();
        let usual = self.inner.language;
        let mut state = self.inner.state();
        if state.open.as_ref().is_some_and(|session| now.is_over(session.ends_ms, LIVES_MS)) {
            state.close();
        }
        let is = |known: &Token| token == Some(known);
        let is_open = state.open.as_ref().is_some_and(|session| is(&session.token));
        if !state.limits.admits(from, now_ms, is_open) {
            return Door::TooMany(usual);
        }
        let was_open = state.closed.as_ref().is_some_and(is);
        let Some(session) = state.open.as_mut().filter(|_| is_open) else {
            return if was_open { Door::Gone(usual) } else { Door::Unknown(usual) };
        };
        let language = session.language;
        match &session.phone {
            _ if session.file == File::Taken => Door::Gone(language),
            Some(known) if phone == Some(known) => Door::Form { language, hands_out: None },
            Some(_) => Door::OtherPhone(language),
            None => Door::Form { language, hands_out: Some(Token::draw()) },
        }
    }

    /// The phone that got this one holds the page from now on; nobody else does. Whether it was the
    /// first.
    fn bind(&self, token: &Token, phone: &Token) -> bool {
        let mut state = self.inner.state();
        let session = state.open.as_mut().filter(|session| session.token == *token);
        let Some(session) = session.filter(|session| session.phone.is_none()) else { return false };
        session.phone = Some(phone.clone());
        session.tell(News::Connected);
        true
    }

    /// The right to send a file, one at a time: a phone that sends another has lost the connection over
    /// which the first one came, and doesn't wait until that is noticed here.
    fn receive(&self, token: &Token) -> Result<Receiving, NoRoom> {
        let mut state = self.inner.state();
        let session = state.open.as_mut().filter(|session| session.token == *token);
        let session = session.ok_or(NoRoom::Gone)?;
        match session.file {
            File::Taken => return Err(NoRoom::Gone),
            File::OnItsWay | File::Awaited if session.files >= MOST_FILES => {
                state.close();
                return Err(NoRoom::Gone);
            }
            File::OnItsWay | File::Awaited => session.file = File::OnItsWay,
        }
        session.files += 1;
        session.bell.send_replace(());
        let (id, number, bell) = (session.id, session.files, session.bell.subscribe());
        Ok(Receiving { inner: self.inner.clone(), id, number, bell })
    }
}

impl PhonePort {
    fn state(&self) -> MutexGuard<'_, OpenPages> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn close(&self, page: PhonePageId) {
        let mut state = self.state();
        if state.open.as_ref().is_some_and(|session| session.id == page) {
            state.close();
        }
    }
}

impl OpenPages {
    fn close(&mut self) {
        if let Some(session) = self.open.take() {
            self.closed = Some(session.token.clone());
        }
    }
}

/// Closes the page when it is dropped.
struct Lifeline {
    inner: Arc<PhonePort>,
    id: PhonePageId,
}

impl Drop for Lifeline {
    fn drop(&mut self) {
        self.inner.close(self.id);
    }
}

/// A file is on its way, until this is dropped.
struct Receiving {
    inner: Arc<PhonePort>,
    id: PhonePageId,
    /// Which of the page's files it is.
    number: u32,
    bell: watch::Receiver<()>,
}

impl Receiving {
    /// What comes of `work`. Once the page is closed, or another file comes, it is dropped where it
    /// stands.
    async fn while_open<T>(&mut self, work: impl Future<Output = T>) -> Result<T, NoRoom> {
        let (inner, id, number) = (&self.inner, self.id, self.number);
        let bell = &mut self.bell;
        let ended = async {
            while bell.changed().await.is_ok() {
                let state = inner.state();
                let session = state.open.as_ref().filter(|session| session.id == id);
                if session.is_some_and(|session| session.files != number) {
                    return NoRoom::Replaced;
                }
            }
            NoRoom::Gone
        };
        tokio::select! {
            why = ended => Err(why),
            done = work => Ok(done),
        }
    }

    /// Whether it is this file that is on its way.
    fn is_awaited(&self, session: &Session) -> bool {
        session.id == self.id && session.files == self.number
    }

    /// Hands the verdict to whoever waits before the screen: whether the page was still open.
    fn deliver(&self, news: News) -> bool {
        let mut state = self.inner.state();
        let Some(session) = state.open.as_mut().filter(|session| self.is_awaited(session)) else {
            return false;
        };
        if let News::Came(_) = news {
            session.file = File::Taken;
        }
        session.tell(news);
        true
    }
}

impl Drop for Receiving {
    fn drop(&mut self) {
        let mut state = self.inner.state();
        let session = state.open.as_mut().filter(|session| self.is_awaited(session));
        if let Some(session) = session.filter(|session| session.file == File::OnItsWay) {
            session.file = File::Awaited;
        }
    }
}

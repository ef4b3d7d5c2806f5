//! A line between a terminal and the database that a test can cut, delay or stop, at a chosen place of
//! the conversation.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;

/// What the line does with what is sent on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Line {
    Whole,
    /// Connections end after so many more pieces from the terminal have gone to the database, before any
    /// answer to the last of them comes back.
    CutAfter(u64),
    /// The terminal's connection ends once so many more pieces have gone to the database, which does all
    /// that it was asked for.
    LosesAnswerTo(u64),
    /// Nothing goes either way.
    Silent,
    /// Nobody is let in, and whoever is in is thrown out.
    Down,
}

pub struct Relay {
    pub port: u16,
    line: watch::Sender<Line>,
    sent: Arc<AtomicU64>,
    opened: Arc<AtomicU64>,
}

impl Relay {
    pub async fn to(port: u16) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let relay = Relay {
            port: listener.local_addr().unwrap().port(),
            line: watch::Sender::new(Line::Whole),
            sent: Arc::default(),
            opened: Arc::default(),
        };
        let (line, sent, opened) = (relay.line.clone(), relay.sent.clone(), relay.opened.clone());
        tokio::spawn(async move {
            while let Ok((terminal, _)) = listener.accept().await {
                if *line.borrow() == Line::Down {
                    continue;
                }
                opened.fetch_add(1, Ordering::Relaxed);
                if let Ok(database) = TcpStream::connect(("127.0.0.1", port)).await {
                    tokio::spawn(carry(terminal, database, line.clone(), sent.clone()));
                }
            }
        });
        relay
    }

    pub fn set(&self, line: Line) {
        self.line.send_replace(line);
    }

    /// Pieces that terminals have sent so far. One write of theirs is one piece, short as these are.
    pub fn sent(&self) -> u64 {
        self.sent.load(Ordering::Relaxed)
    }

    /// Connections that were let in so far.
    pub fn opened(&self) -> u64 {
        self.opened.load(Ordering::Relaxed)
    }
}

async fn carry(
    mut terminal: TcpStream,
    mut database: TcpStream,
    line: watch::Sender<Line>,
    sent: Arc<AtomicU64>,
) {
    let mut changes = line.subscribe();
    let (mut asked, mut answered) = ([0; 65_536], [0; 65_536]);
    let mut is_cut = false;
    loop {
        let now = *changes.borrow_and_update();
        if now == Line::Down {
            return;
        }
        let flows = now != Line::Silent;
        tokio::select! {
            biased;
            changed = changes.changed() => if changed.is_err() { return },
            count = terminal.read(&mut asked), if flows => {
                let Ok(count @ 1..) = count else { return };
                if database.write_all(&asked[..count]).await.is_err() {
                    return;
                }
                sent.fetch_add(1, Ordering::Relaxed);
                match now {
                    Line::LosesAnswerTo(0 | 1) => {
                        line.send_replace(Line::Whole);
                        drop(terminal);
                        while let Ok(1..) = database.read(&mut answered).await {}
                        return;
                    }
                    Line::LosesAnswerTo(left) => {
                        line.send_replace(Line::LosesAnswerTo(left - 1));
                    }
                    Line::CutAfter(0 | 1) => {
                        line.send_replace(Line::Whole);
                        is_cut = true;
                    }
                    Line::CutAfter(left) => {
                        line.send_replace(Line::CutAfter(left - 1));
                    }
                    Line::Whole | Line::Silent | Line::Down => {}
                }
            }
            count = database.read(&mut answered), if flows => {
                let Ok(count @ 1..) = count else { return };
                // Nobody hears of it.
                if is_cut || terminal.write_all(&answered[..count]).await.is_err() {
                    return;
                }
            }
        }
    }
}

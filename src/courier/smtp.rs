//! Mail by SMTP, with TLS from the first byte or after STARTTLS. The dialogue is led step by step,
//! so that it is known what had left when it broke: before the text was sent nothing did, after
//! it who knows. A refusal is told apart by what was refused: us, the address, or the message.

use std::fmt::Display;
use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::time::Duration;

use async_trait::async_trait;
use lettre::address::Envelope;
use lettre::transport::smtp::authentication::{Credentials, DEFAULT_MECHANISMS};
use lettre::transport::smtp::client::AsyncSmtpConnection;
use lettre::transport::smtp::commands;
use lettre::transport::smtp::extension::ClientId;
use lettre::transport::smtp::response::Response;
use tokio::time::{Instant, timeout};
use zeroize::Zeroizing;

use super::message::{Sender, message};
use super::smtp_connect::{Connected, Hello, connect, in_time};
use super::smtp_refusal::{DialogueStage, after_text, asks_for_text, before_text, takes_over};
use super::{Mail, Mailer, SendError};
use crate::config::Smtp as Settings;
use crate::http::{SetUpError, TlsTrust};
use crate::vault::SecretFileError;

/// A connection that nobody used for so long is closed: servers close them after a few minutes,
/// some without a word.
const IDLE_AT_MOST: Duration = Duration::from_secs(30);
/// HELO alone offers no AUTH (RFC 4954).
const NO_LOGIN: &str = "the server knows HELO and no EHLO, and so no login: leave smtp.user empty if it takes \
                        mail from this machine without one, or send by another server";
/// How long a good-bye may take.
const QUIT_WITHIN: Duration = Duration::from_secs(1);

/// Sends by one server.
pub struct Smtp {
    settings: Settings,
    sender: Sender,
    hello: ClientId,
    trust: TlsTrust,
    idle: Arc<Mutex<Vec<Idle>>>,
}

struct Idle {
    connection: AsyncSmtpConnection,
    since: Instant,
}

impl Smtp {
    /// # Errors
    /// When the authorities or the password can't be read.
    pub fn new(settings: Settings, sender: Sender) -> Result<Self, SetUpError> {
        if let Some(login) = &settings.login {
            // It is read again for each connection, so that it may change; here only to say at
            // once what would fail later.
            login.password.line()?;
        }
        let trust = TlsTrust::new(settings.authorities.as_deref())?;
        let hello = ClientId::Domain(sender.domain());
        Ok(Smtp { settings, sender, hello, trust, idle: Arc::default() })
    }

    /// Connects, proves who is who, and sends nothing.
    ///
    /// # Errors
    /// As a mail would meet them.
    pub async fn probe(&self) -> Result<(), SendError> {
        let connecting = async {
            let mut connection = self.connect().await?;
            let lives = connection.test_connected().await;
            quit(connection).await;
            match lives {
                true => Ok(()),
                false => Err(SendError::Unreachable("the server hung up".to_string())),
            }
        };
        in_time(self.settings.answer_within, DialogueStage::Greeting, connecting).await?
    }

    /// An idle connection that still answers, or a new one.
    async fn connection(&self) -> Result<AsyncSmtpConnection, SendError> {
        while let Some(mut connection) = self.take_idle() {
            if let Ok(true) = timeout(self.settings.connect_within, connection.test_connected()).await {
                return Ok(connection);
            }
        }
        self.connect().await
    }

    fn take_idle(&self) -> Option<AsyncSmtpConnection> {
        let mut idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        idle.retain(|one| one.since.elapsed() < IDLE_AT_MOST);
        idle.pop().map(|one| one.connection)
    }

    /// Keeps the connection for the next mail, or gives it back when there are enough.
    fn keep(&self, connection: AsyncSmtpConnection) -> Option<AsyncSmtpConnection> {
        let mut idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        if idle.len() >= self.settings.keep_open {
            return Some(connection);
        }
        idle.push(Idle { connection, since: Instant::now() });
        tokio::spawn(close_idle(Arc::downgrade(&self.idle)));
        None
    }

    async fn connect(&self) -> Result<AsyncSmtpConnection, SendError> {
        let Connected { mut connection, hello } = connect(&self.settings, &self.trust, &self.hello).await?;
        if let Some(credentials) = self.credentials().await? {
            if hello == Hello::Plain {
                quit(connection).await;
                return Err(SendError::AccessRefused(NO_LOGIN.to_string()));
            }
            let proving = connection.auth(DEFAULT_MECHANISMS, &credentials);
            let proved = in_time(self.settings.answer_within, DialogueStage::Login, proving).await?;
            proved.map_err(|error| before_text(DialogueStage::Login, &error))?;
        }
        Ok(connection)
    }

    async fn credentials(&self) -> Result<Option<Credentials>, SendError> {
        let Some(login) = self.settings.login.clone() else {
            return Ok(None);
        };
        let reading = tokio::task::spawn_blocking(move || {
            let password = login.password.line()?;
            Ok(Credentials::new(login.user, password.expose().to_string()))
        });
        match reading.await {
            Ok(Ok(credentials)) => Ok(Some(credentials)),
            Ok(Err(error)) => {
                let error: SecretFileError = error;
                Err(SendError::AccessRefused(error.to_string()))
            }
            Err(error) => Err(SendError::Temporary(error.to_string())),
        }
    }

    /// Everything up to where the server waits for the text.
    async fn offer(&self, envelope: &Envelope) -> Result<AsyncSmtpConnection, SendError> {
        let mut connection = self.connection().await?;
        match self.announce(&mut connection, envelope).await {
            Ok(()) => Ok(connection),
            Err(error) => {
                quit(connection).await;
                Err(error)
            }
        }
    }

    async fn announce(
        &self,
        connection: &mut AsyncSmtpConnection,
        envelope: &Envelope,
    ) -> Result<(), SendError> {
        let from = commands::Mail::new(envelope.from().cloned(), Vec::new());
        self.command(connection, from, DialogueStage::From).await?;
        for address in envelope.to() {
            let to = commands::Rcpt::new(address.clone(), Vec::new());
            self.command(connection, to, DialogueStage::To).await?;
        }
        asks_for_text(&self.command(connection, commands::Data, DialogueStage::Data).await?)
    }

    async fn command(
        &self,
        connection: &mut AsyncSmtpConnection,
        command: impl Display,
        stage: DialogueStage,
    ) -> Result<Response, SendError> {
        let answer = in_time(self.settings.answer_within, stage, connection.command(command)).await?;
        answer.map_err(|error| before_text(stage, &error))
    }
}

#[async_trait]
impl Mailer for Smtp {
    async fn send(&self, mail: &Mail) -> Result<(), SendError> {
        let message = message(mail, &self.sender)?;
        // What is not ASCII is encoded within, so that no server needs to know more.
        let bytes = Zeroizing::new(message.formatted());
        let mut connection = self.offer(message.envelope()).await?;
        // Some servers look through the whole mail before they answer (RFC 5321, 4.5.3.2.6). Who gives up
        // too soon sends it twice.
        match timeout(self.settings.accept_within, connection.message(&bytes)).await {
            Ok(Ok(answer)) => {
                takes_over(&answer)?;
                if let Some(connection) = self.keep(connection) {
                    quit(connection).await;
                }
                Ok(())
            }
            Ok(Err(error)) => Err(after_text(&error)),
            Err(_) => Err(SendError::Unknown("no answer in time to the text".to_string())),
        }
    }
}

/// Says good-bye on connections that nobody used for too long.
async fn close_idle(idle: Weak<Mutex<Vec<Idle>>>) {
    tokio::time::sleep(IDLE_AT_MOST).await;
    let Some(idle) = idle.upgrade() else { return };
    let too_long = |one: &mut Idle| one.since.elapsed() >= IDLE_AT_MOST;
    let closing: Vec<Idle> =
        idle.lock().unwrap_or_else(PoisonError::into_inner).extract_if(.., too_long).collect();
    for one in closing {
        quit(one.connection).await;
    }
}

async fn quit(mut connection: AsyncSmtpConnection) {
    let _ = timeout(QUIT_WITHIN, connection.abort()).await;
}

//! A line to one service: its address and namespace, and how it is called. One question may take
//! several calls; all of them together have one time limit (S20), and each is told.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use tokio::time::Instant;

use super::xml::{Element, XmlError};
use super::{Breaker, Failure, Passage, envelope};
use crate::clock::Clock;
use crate::domain::clean::Clean;
use crate::domain::register::CallEnd;
use crate::http::header::{CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue};
use crate::http::{Answer, BodyError, CallError, Client, Endpoint};
use crate::vault::random_up_to;

const SOAP_ACTION: HeaderName = HeaderName::from_static("soapaction");

/// How patient a line is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LineLimits {
    /// For one question, with all its calls and the pauses between them.
    pub question: Duration,
    /// Before the second and the third call of a question that is worth repeating; as much as half
    /// again is added at random.
    pub pauses: [Duration; 2],
    /// How long a service that fails is left alone, and as much as a quarter more.
    pub left_alone: Duration,
}

impl Default for LineLimits {
    fn default() -> Self {
        LineLimits {
            question: Duration::from_secs(10),
            pauses: [Duration::from_millis(200), Duration::from_millis(600)],
            left_alone: Duration::from_secs(30),
        }
    }
}

/// Whether a call may be made again without harm.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Repeat {
    /// It only reads.
    Harmless,
    /// It does something: whoever asked decides.
    Never,
}

/// One call that was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CallAttempt {
    /// How the call ended.
    pub end: CallEnd,
    /// UTC, in milliseconds since 1970.
    pub at_ms: u64,
}

/// An answer that HTTP calls a success, not read yet.
pub struct Received {
    bytes: Vec<u8>,
    content_type: Option<Clean>,
}

impl Received {
    /// The body as it came.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// The header `Content-Type`, if there was one.
    pub fn content_type(&self) -> Option<&str> {
        self.content_type.as_ref().map(Clean::as_str)
    }
}

/// A service with its address, its breaker and its patience. Shared by all that ask it.
pub struct Line {
    client: Client,
    /// The settings name none for a service that nobody asks.
    endpoint: Option<Endpoint>,
    namespace: String,
    limits: LineLimits,
    clock: Clock,
    breaker: Mutex<Breaker>,
    /// What the breaker counts its time from: the wall clock may be set.
    since: Instant,
}

impl Line {
    /// `namespace` is that of the service's own elements. Without an `endpoint` every question
    /// fails as not reached.
    pub fn new(
        client: Client,
        endpoint: Option<Endpoint>,
        namespace: String,
        limits: LineLimits,
        clock: Clock,
    ) -> Self {
        Line {
            client,
            endpoint,
            namespace,
            limits,
            clock,
            breaker: Mutex::new(Breaker::new(milliseconds(limits.left_alone))),
            since: Instant::now(),
        }
    }

    /// The namespace of the service's own elements.
    pub fn namespace(&self) -> &str {
        &self.namespace
    }

    /// When a question that is asked now has to be answered.
    pub fn until(&self) -> Instant {
        Instant::now() + self.limits.question
    }

    /// Asks until there is an answer that `read` takes, nothing more can be hoped for, or the time
    /// is up. Every call that is made is added to `attempts`.
    ///
    /// # Errors
    /// How the last call failed.
    pub async fn ask<T>(
        &self,
        operation: &'static str,
        parameters: &[Element],
        repeat: Repeat,
        until: Instant,
        attempts: &mut Vec<CallAttempt>,
        read: impl Fn(&Received) -> Result<T, Failure>,
    ) -> Result<T, Failure> {
        let mut pauses = self.limits.pauses.into_iter();
        loop {
            self.may_pass()?;
            let at_ms = (self.clock)();
            let answer = match tokio::time::timeout_at(until, self.call(operation, parameters)).await {
                Ok(received) => received.and_then(|received| read(&received)),
                Err(_) => Err(Failure::TimedOut),
            };
            let end = answer.as_ref().map_or_else(Failure::end, |_| CallEnd::Answered);
            attempts.push(CallAttempt { end, at_ms });
            self.learn(answer.as_ref().err());
            let failure = match answer {
                Err(failure) if failure.is_worth_repeating() && repeat == Repeat::Harmless => failure,
                answer => return answer,
            };
            let Some(pause) = pauses.next() else { return Err(failure) };
            let pause = pause + Duration::from_millis(random_up_to(milliseconds(pause) / 2));
            if Instant::now() + pause >= until {
                return Err(failure);
            }
            tokio::time::sleep(pause).await;
        }
    }

    async fn call(&self, operation: &str, parameters: &[Element]) -> Result<Received, Failure> {
        let body = envelope::request(operation, &self.namespace, parameters.to_vec());
        let headers = headers(&envelope::action(operation, &self.namespace));
        let Some(endpoint) = &self.endpoint else {
            return Err(Failure::NotReached("the settings name no address".into()));
        };
        let Answer { status, content_type, body, .. } = self.client.post(endpoint, headers, body).await?;
        if (300..400).contains(&status) {
            return Err(Failure::Redirected(status));
        }
        let bytes = body?;
        let received = Received { bytes, content_type };
        match status {
            200..=299 => Ok(received),
            500 if self.is_fault(operation, &received) => Err(Failure::Fault),
            status => Err(Failure::Status(status)),
        }
    }

    fn is_fault(&self, operation: &str, received: &Received) -> bool {
        let read = envelope::response(received.bytes(), received.content_type(), operation, &self.namespace);
        read == Err(Failure::Fault)
    }

    fn may_pass(&self) -> Result<(), Failure> {
        match self.breaker().passage(milliseconds(self.since.elapsed())) {
            Passage::Free | Passage::Trial => Ok(()),
            Passage::Shut => Err(Failure::LeftAlone),
        }
    }

    fn learn(&self, failure: Option<&Failure>) {
        let mut breaker = self.breaker();
        if failure.is_some_and(Failure::tells_of_the_service) {
            let jitter_ms = random_up_to(milliseconds(self.limits.left_alone) / 4);
            breaker.failed(milliseconds(self.since.elapsed()), jitter_ms);
        } else {
            breaker.succeeded();
        }
    }

    fn breaker(&self) -> std::sync::MutexGuard<'_, Breaker> {
        self.breaker.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn headers(action: &str) -> HeaderMap {
    let mut headers = HeaderMap::new();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("text/xml; charset=utf-8"));
    // The settings accept nothing that couldn't stand here.
    if let Ok(action) = HeaderValue::from_str(action) {
        headers.insert(SOAP_ACTION, action);
    }
    headers
}

fn milliseconds(duration: Duration) -> u64 {
    u64::try_from(duration.as_millis()).unwrap_or(u64::MAX)
}

impl From<CallError> for Failure {
    fn from(error: CallError) -> Self {
        match error {
            CallError::NotReached(reason) => Failure::NotReached(reason),
            CallError::Untrusted(distrust) => Failure::NotReached(Clean::from(distrust.to_string())),
            CallError::TimedOut => Failure::TimedOut,
            CallError::Broken(_) => Failure::Broken,
        }
    }
}

impl From<BodyError> for Failure {
    fn from(error: BodyError) -> Self {
        match error {
            BodyError::TooLong(bytes) => XmlError::Long(bytes).into(),
            BodyError::TimedOut => Failure::TimedOut,
            BodyError::Cut => Failure::Broken,
        }
    }
}

//! SMS by a gateway that takes a POST with JSON: body and authentication as the operator described
//! them, the message's name as `Idempotency-Key`, and the answer judged by its status and, where the
//! operator says what success looks like, by its body.

use std::time::Duration;

use async_trait::async_trait;
use data_encoding::BASE64;
use zeroize::Zeroizing;

use super::{SendError, Text, Texter};
use crate::config::template::Filling;
use crate::config::{Authentication, SmsGateway};
use crate::domain::secret::Secret;
use crate::http::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue};
use crate::http::{Answer, CallError, Client, SetUpError, Way};
use crate::vault::SecretFileError;

const IDEMPOTENCY_KEY: HeaderName = HeaderName::from_static("idempotency-key");
/// Before an SMS whose fate is not known is handed over again.
const PAUSES: [Duration; 2] = [Duration::from_secs(1), Duration::from_secs(4)];
/// Of an answer: more than any that says how it went.
const ANSWER_BYTES: usize = 16 * 1024;

/// Sends by one gateway.
pub struct SmsHttp {
    settings: SmsGateway,
    client: Client,
    pauses: [Duration; 2],
}

impl SmsHttp {
    /// # Errors
    /// When the authorities, the token or the password can't be read.
    pub fn new(settings: SmsGateway) -> Result<Self, SetUpError> {
        let way = Way {
            answer_within: settings.answer_within,
            authorities: settings.authorities.clone(),
            authorities_setting: "sms_gateway.authorities_file",
            proxy: settings.proxy.clone(),
            most_bytes: ANSWER_BYTES,
            ..Way::default()
        };
        // It is read again for each SMS, so that it may change; here only to say at once what
        // would fail later.
        authorization(&settings.authentication)?;
        Ok(SmsHttp { client: Client::new(&way)?, settings, pauses: PAUSES })
    }

    /// The same, with other pauses before an SMS whose fate is not known is handed over again.
    pub fn pausing(self, pauses: [Duration; 2]) -> Self {
        SmsHttp { pauses, ..self }
    }

    /// Asks the gateway for nothing, to see whether it is there and trusted.
    ///
    /// # Errors
    /// As an SMS would meet them.
    pub async fn probe(&self) -> Result<(), SendError> {
        self.client.knock(&self.settings.url).await.map(|_| ()).map_err(not_answered)
    }

    /// What an answer means for the SMS.
    fn judge(&self, answer: &Answer) -> Result<(), SendError> {
        if !(200..=299).contains(&answer.status) {
            return Err(refused(answer));
        }
        let said = |what: &str| format!("HTTP {}, and {what}", answer.status);
        match (&self.settings.success, &answer.body) {
            (None, _) => Ok(()),
            (Some(success), Ok(body)) if success.is_in(body) => Ok(()),
            (Some(_), Ok(_)) => {
                Err(SendError::Temporary(said("its body is not as sms_gateway.success says")))
            }
            (Some(_), Err(error)) => {
                Err(SendError::Unknown(said(&format!("its body is of no use: {error}"))))
            }
        }
    }

    async fn headers(&self, key: &str) -> Result<HeaderMap, SendError> {
        let mut headers = HeaderMap::new();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        headers.insert(ACCEPT, HeaderValue::from_static("application/json"));
        let named = HeaderValue::from_str(key).map_err(|error| SendError::Permanent(error.to_string()))?;
        headers.insert(IDEMPOTENCY_KEY, named);
        let authentication = self.settings.authentication.clone();
        let reading = tokio::task::spawn_blocking(move || authorization(&authentication));
        let secret = reading.await.map_err(|error| SendError::Temporary(error.to_string()))?;
        if let Some(secret) = secret.map_err(|error| SendError::AccessRefused(error.to_string()))? {
            let no_header = |_| SendError::AccessRefused("the secret can't stand in a header".to_string());
            let mut value = HeaderValue::from_str(secret.expose()).map_err(no_header)?;
            value.set_sensitive(true);
            headers.insert(AUTHORIZATION, value);
        }
        Ok(headers)
    }
}

#[async_trait]
impl Texter for SmsHttp {
    async fn send(&self, text: &Text) -> Result<(), SendError> {
        let (to, key) = (text.to.international(), text.key.to_string());
        let body = self.settings.body.fill(&Filling { to: &to, text: text.text.expose(), key: &key });
        let headers = self.headers(&key).await?;
        let mut pauses = self.pauses.into_iter();
        loop {
            let answer = self.client.post(&self.settings.url, headers.clone(), body.to_vec()).await;
            let judged = answer.map_err(not_answered).and_then(|answer| self.judge(&answer));
            // Whoever knows the key sends the same SMS once, however often it is handed over. A later
            // lease brings another one, with another secret.
            match (judged, pauses.next()) {
                (Err(SendError::Unknown(_)), Some(pause)) => tokio::time::sleep(pause).await,
                (judged, _) => return judged,
            }
        }
    }
}

/// The whole header, or nothing for a gateway that doesn't ask.
fn authorization(authentication: &Authentication) -> Result<Option<Secret>, SecretFileError> {
    Ok(match authentication {
        Authentication::None => None,
        Authentication::Bearer { token } => Some(Secret::new(format!("Bearer {}", token.line()?.expose()))),
        Authentication::Basic(login) => {
            let pair = Zeroizing::new(format!("{}:{}", login.user, login.password.line()?.expose()));
            let encoded = Zeroizing::new(BASE64.encode(pair.as_bytes()));
            Some(Secret::new(format!("Basic {}", encoded.as_str())))
        }
    })
}

/// What a status that is no 2xx means for the SMS. A gateway doesn't say by its status whether a number
/// exists, so no refusal is the number's.
fn refused(answer: &Answer) -> SendError {
    let said = format!("HTTP {}", answer.status);
    match (answer.status, answer.retry_after) {
        // Slow, too many, or not now: the same request may pass later.
        (408 | 425 | 429 | 503, Some(wait)) => SendError::PutOff(said, wait),
        (408 | 425 | 429 | 503, None) => SendError::Temporary(said),
        // The secret, the account's credit, the address or the template: the office's to mend, and nobody
        // follows a redirect.
        (300..=399 | 401..=407 | 410 | 411 | 415 | 426 | 451, _) => SendError::AccessRefused(said),
        (400..=499, _) => SendError::Permanent(said),
        // The gateway may have handed it on before it failed.
        (500..=599, _) => SendError::Unknown(said),
        _ => SendError::Temporary(format!("{said}, which is no answer")),
    }
}

fn not_answered(error: CallError) -> SendError {
    match error {
        CallError::NotReached(why) => SendError::Unreachable(why.to_string()),
        CallError::Untrusted(distrust) => SendError::Untrusted(distrust),
        CallError::TimedOut | CallError::Broken(_) => SendError::Unknown(error.to_string()),
    }
}

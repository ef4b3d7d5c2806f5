//! SMS by a gateway that takes a POST with JSON: body and authentication as the operator described
//! them, the message's name as `Idempotency-Key`, and the answer judged by its status alone.

use async_trait::async_trait;
use data_encoding::BASE64;
use zeroize::Zeroizing;

use super::{SendError, Text, Texter};
use crate::config::template::Filling;
use crate::config::{Authentication, SmsGateway};
use crate::domain::secret::Secret;
use crate::http::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue};
use crate::http::{CallError, Client, SetUpError, Way};
use crate::vault::SecretFileError;

const IDEMPOTENCY_KEY: HeaderName = HeaderName::from_static("idempotency-key");
/// Of an answer that nobody reads, only so that the connection ends well.
const ANSWER_BYTES: usize = 16 * 1024;

/// Sends by one gateway.
pub struct SmsHttp {
    settings: SmsGateway,
    client: Client,
}

impl SmsHttp {
    /// # Errors
    /// When the authorities, the token or the password can't be read.
    pub fn new(settings: SmsGateway) -> Result<Self, SetUpError> {
        let way = Way {
            authorities: settings.authorities.clone(),
            proxy: settings.proxy.clone(),
            most_bytes: ANSWER_BYTES,
            ..Way::default()
        };
        // It is read again for each SMS, so that it may change; here only to say at once what
        // would fail later.
        authorization(&settings.authentication)?;
        Ok(SmsHttp { client: Client::new(&way)?, settings })
    }

    /// Asks the gateway for nothing, to see whether it is there and trusted.
    ///
    /// # Errors
    /// As an SMS would meet them.
    pub async fn probe(&self) -> Result<(), SendError> {
        self.client.knock(&self.settings.url).await.map(|_| ()).map_err(not_answered)
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
        match self.client.post(&self.settings.url, headers, body.to_vec()).await {
            Ok(answer) => judge(answer.status),
            Err(error) => Err(not_answered(error)),
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

/// What a status means for the SMS. A gateway doesn't say by its status whether a number exists,
/// so no refusal is the number's.
fn judge(status: u16) -> Result<(), SendError> {
    let said = format!("HTTP {status}");
    match status {
        200..=299 => Ok(()),
        // Slow or too many: the same request may pass later.
        408 | 429 => Err(SendError::Temporary(said)),
        401 | 403 | 407 => Err(SendError::AccessRefused(said)),
        400..=499 => Err(SendError::Permanent(said)),
        // The gateway may have handed it on before it failed; who knows the key sends it once.
        500..=599 => Err(SendError::Temporary(said)),
        // Nobody follows a redirect, and nothing else is an answer to a POST.
        _ => Err(SendError::Temporary(format!("{said}, which is no answer"))),
    }
}

fn not_answered(error: CallError) -> SendError {
    match error {
        CallError::NotReached(why) => SendError::Unreachable(why.to_string()),
        CallError::TimedOut | CallError::Broken(_) => SendError::Unknown(error.to_string()),
    }
}

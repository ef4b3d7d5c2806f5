//! What a phone is answered: the form to whoever opened the page first, a sentence to everybody
//! else, and to a file what came of it. No other way leads anywhere.

use std::time::Duration;

use http_body_util::{BodyExt as _, Full};
use hyper::body::{Bytes, Incoming};
use hyper::header::{
    ACCEPT, ALLOW, CACHE_CONTROL, CONNECTION, CONTENT_LENGTH, CONTENT_SECURITY_POLICY, CONTENT_TYPE, COOKIE,
    HeaderMap, HeaderName, HeaderValue, REFERRER_POLICY, SET_COOKIE, X_CONTENT_TYPE_OPTIONS, X_FRAME_OPTIONS,
};
use hyper::{Method, Request, Response, StatusCode};
use zeroize::Zeroizing;

use super::doors::Inside;
use super::token::Token;
use super::{Door, LIVES_MS, News, NoRoom, Phones, Receiving, page, upload};
use crate::documents::Checker;
use crate::domain::clean::Clean;
use crate::domain::document::Taken;
use crate::domain::document::{Checked, MOST_BYTES_TO_SCALE, Refusal};
use crate::domain::language::Language;
use crate::text::{Msg, document_refused};

const COOKIE_NAME: &str = "totem";
/// The file, and what a form puts around it. A photo that a browser can't make smaller comes as it is,
/// and is scaled down here.
const MOST_BODY_BYTES: u64 = MOST_BYTES_TO_SCALE + 8 * 1024;
/// What is read and thrown away of a body that is too large: a browser that can't get rid of it
/// shows no answer.
const MOST_BYTES_THROWN_AWAY: u64 = 2 * MOST_BYTES_TO_SCALE;
const BODY_WITHIN: Duration = Duration::from_secs(90);

pub(super) type Answer = Response<Full<Bytes>>;

/// Answers one request. Whoever holds the page keeps their place at the door from then on.
pub(super) async fn answer(phones: &Phones, inside: &Inside, request: Request<Incoming>) -> Answer {
    let token = request.uri().path().strip_prefix('/').and_then(Token::read);
    let phone = held(request.headers());
    let door = phones.enter(token.as_ref(), phone.as_ref(), inside.from);
    let (Door::Form { language, hands_out }, Some(token)) = (&door, &token) else {
        return turned_away(&door, is_script(request.headers()));
    };
    if hands_out.is_none() {
        inside.is_welcome();
    }
    match (request.method(), hands_out) {
        (&Method::GET, None) => html(StatusCode::OK, page::form(*language, None)),
        (&Method::GET, Some(phone)) if phones.bind(token, phone) => {
            inside.is_welcome();
            let mut answer = html(StatusCode::OK, page::form(*language, None));
            if let Ok(cookie) = cookie(phone, phones.inner.address.is_https()).parse() {
                answer.headers_mut().insert(SET_COOKIE, cookie);
            }
            answer
        }
        (&Method::POST, None) => take(phones, token, *language, request).await,
        (&Method::GET | &Method::POST, Some(_)) => {
            turned_away(&Door::OtherPhone(*language), is_script(request.headers()))
        }
        _ => {
            let (heading, text) = (Msg::PhonePageMethodHeading, Msg::PhonePageMethod);
            let mut answer = html(StatusCode::METHOD_NOT_ALLOWED, page::says(*language, &heading, &text));
            answer.headers_mut().insert(ALLOW, HeaderValue::from_static("GET, POST"));
            answer
        }
    }
}

fn turned_away(door: &Door, is_script: bool) -> Answer {
    let (status, language, heading, text) = match door {
        Door::OtherPhone(language) => {
            (StatusCode::FORBIDDEN, *language, Msg::PhonePageOtherHeading, Msg::PhonePageOther)
        }
        Door::Gone(language) => (StatusCode::GONE, *language, Msg::PhonePageGoneHeading, Msg::PhonePageGone),
        Door::TooMany(language) => {
            (StatusCode::TOO_MANY_REQUESTS, *language, Msg::PhonePageManyHeading, Msg::PhonePageMany)
        }
        Door::Unknown(language) | Door::Form { language, .. } => {
            (StatusCode::NOT_FOUND, *language, Msg::PhonePageUnknownHeading, Msg::PhonePageUnknown)
        }
    };
    match is_script {
        true => plain(status, page::sentence(language, &text)),
        false => html(status, page::says(language, &heading, &text)),
    }
}

/// Why a body can't be used.
#[derive(Debug)]
enum BodyFault {
    TooLarge(u64),
    Late,
    Broken,
}

/// What came of a file.
enum FileOutcome {
    Fault(BodyFault),
    NoFile,
    Looked { name: Clean, at: Result<Checked, Refusal> },
}

/// Takes the file in, has it looked at, and tells both sides.
async fn take(phones: &Phones, token: &Token, language: Language, request: Request<Incoming>) -> Answer {
    let is_script = is_script(request.headers());
    let trouble = |status, msg: &Msg| match is_script {
        true => plain(status, page::sentence(language, msg)),
        false => html(status, page::form(language, Some(msg))),
    };
    let gone = || turned_away(&Door::Gone(language), is_script);
    let no_room = |why| match why {
        NoRoom::Replaced => trouble(StatusCode::CONFLICT, &Msg::PhonePageReplaced),
        NoRoom::Gone => gone(),
    };
    let mut receiving = match phones.receive(token) {
        Ok(receiving) => receiving,
        Err(why) => return no_room(why),
    };
    let checker = &phones.inner.checker;
    let verdict = match receiving.while_open(look(checker, request)).await {
        Ok(verdict) => verdict,
        Err(why) => return no_room(why),
    };
    let (name, refusal, status) = match verdict {
        FileOutcome::Fault(BodyFault::Late) => {
            return trouble(StatusCode::REQUEST_TIMEOUT, &Msg::PhonePageLate);
        }
        FileOutcome::Fault(BodyFault::Broken) => {
            return trouble(StatusCode::BAD_REQUEST, &Msg::PhonePageBroken);
        }
        FileOutcome::NoFile => return trouble(StatusCode::BAD_REQUEST, &Msg::PhonePageNoFile),
        FileOutcome::Looked { name, at: Ok(document) } => {
            let taken = News::Came(Taken { name, document });
            return if receiving.deliver(taken) { received(language, is_script) } else { gone() };
        }
        FileOutcome::Looked { name, at: Err(refusal @ Refusal::TooLarge { .. }) } => {
            (name, refusal, StatusCode::PAYLOAD_TOO_LARGE)
        }
        FileOutcome::Looked { name, at: Err(refusal) } => (name, refusal, StatusCode::UNPROCESSABLE_ENTITY),
        FileOutcome::Fault(BodyFault::TooLarge(bytes)) => {
            (Clean::default(), Refusal::TooLarge { bytes, could_be: None }, StatusCode::PAYLOAD_TOO_LARGE)
        }
    };
    match tell(&receiving, name, refusal) {
        true => trouble(status, &document_refused(refusal)),
        false => gone(),
    }
}

fn tell(receiving: &Receiving, name: Clean, refusal: Refusal) -> bool {
    receiving.deliver(News::NotTaken { name, refusal })
}

fn received(language: Language, is_script: bool) -> Answer {
    match is_script {
        true => plain(StatusCode::OK, page::sentence(language, &Msg::PhonePageSent)),
        false => html(StatusCode::OK, page::says(language, &Msg::PhonePageSent, &Msg::PhonePageSentNext)),
    }
}

/// Reads the form and looks at its file as at one from anywhere else. An image that is too large is
/// scaled down unasked: the page has said so, and the screen shows what it became.
async fn look(checker: &Checker, request: Request<Incoming>) -> FileOutcome {
    let kind = request.headers().get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    let kind = kind.unwrap_or_default().to_string();
    let body = match tokio::time::timeout(BODY_WITHIN, read(request)).await {
        Ok(Ok(body)) => body,
        Ok(Err(fault)) => return FileOutcome::Fault(fault),
        Err(_) => return FileOutcome::Fault(BodyFault::Late),
    };
    let Some(upload) = upload::file(&kind, &body) else { return FileOutcome::NoFile };
    if upload.name.is_empty() && upload.bytes.is_empty() {
        return FileOutcome::NoFile;
    }
    let at = match checker.check(upload.name.as_str(), upload.bytes).await {
        Err(Refusal::TooLarge { could_be: Some(_), .. }) => {
            checker.scale_down(upload.name.as_str(), upload.bytes).await
        }
        looked_at => looked_at,
    };
    FileOutcome::Looked { name: upload.name, at }
}

/// The whole body, held once and wiped.
async fn read(request: Request<Incoming>) -> Result<Zeroizing<Vec<u8>>, BodyFault> {
    let told = request.headers().get(CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse().ok());
    let told: Option<u64> = told;
    if let Some(bytes) = told.filter(|bytes| *bytes > MOST_BYTES_THROWN_AWAY) {
        return Err(BodyFault::TooLarge(bytes));
    }
    // Allocated at its final size: a buffer that grows leaves unwiped copies behind.
    let room = told.unwrap_or(MOST_BODY_BYTES).min(MOST_BODY_BYTES) as usize;
    let mut bytes = Zeroizing::new(Vec::with_capacity(room));
    let mut body = request.into_body();
    let mut came = 0_u64;
    while let Some(frame) = body.frame().await {
        let frame = frame.map_err(|_| BodyFault::Broken)?;
        let Ok(data) = frame.into_data() else { continue };
        came += data.len() as u64;
        if came > MOST_BYTES_THROWN_AWAY {
            break;
        }
        if came <= MOST_BODY_BYTES {
            bytes.extend_from_slice(&data);
        }
    }
    match came > MOST_BODY_BYTES {
        true => Err(BodyFault::TooLarge(came)),
        false => Ok(bytes),
    }
}

/// What the phone holds, if it opened a page before.
fn held(headers: &HeaderMap) -> Option<Token> {
    let cookies = headers.get_all(COOKIE).iter().filter_map(|value| value.to_str().ok());
    let mut pairs = cookies.flat_map(|cookies| cookies.split(';')).filter_map(|pair| pair.split_once('='));
    pairs.find(|(name, _)| name.trim() == COOKIE_NAME).and_then(|(_, value)| Token::read(value.trim()))
}

fn cookie(phone: &Token, is_https: bool) -> String {
    let secure = if is_https { "; Secure" } else { "" };
    let value = phone.compact();
    let seconds = LIVES_MS / 1000;
    format!("{COOKIE_NAME}={value}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Strict{secure}")
}

/// Whether the page's script asks, which wants a sentence and no page.
fn is_script(headers: &HeaderMap) -> bool {
    headers.get(ACCEPT).is_some_and(|accept| accept == "text/plain")
}

fn html(status: StatusCode, page: String) -> Answer {
    answered(status, "text/html; charset=utf-8", page)
}

fn plain(status: StatusCode, sentence: String) -> Answer {
    answered(status, "text/plain; charset=utf-8", sentence)
}

fn answered(status: StatusCode, kind: &'static str, text: String) -> Answer {
    let mut answer = Response::new(Full::new(Bytes::from(text)));
    *answer.status_mut() = status;
    let headers = answer.headers_mut();
    let fixed: [(HeaderName, &'static str); 7] = [
        (CONTENT_TYPE, kind),
        (CACHE_CONTROL, "no-store"),
        (X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (X_FRAME_OPTIONS, "DENY"),
        (REFERRER_POLICY, "no-referrer"),
        (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
        // The next request may come a minute later, and others wait for the connection.
        (CONNECTION, "close"),
    ];
    headers.extend(fixed.map(|(name, value)| (name, HeaderValue::from_static(value))));
    if let Ok(policy) = HeaderValue::from_str(&page::POLICY) {
        headers.insert(CONTENT_SECURITY_POLICY, policy);
    }
    answer
}

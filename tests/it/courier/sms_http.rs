//! SMS by a gateway, against a socket: what it gets, and how each answer is understood.

use totem::config::{Authentication, Login, SmsGateway};
use totem::courier::sms_http::SmsHttp;
use totem::domain::way_out::WayOut;
use totem::vault::SecretFile;

use super::smtp_server::write_secret;
use super::*;
use crate::loopback::{Loopback, Reply};

/// Nobody waits in a test.
const AT_ONCE: [Duration; 2] = [Duration::ZERO; 2];
const BODY: &str = r#"{"to": "{to}", "n": "{to_digits}", "text": "{text}", "id": "{key}"}"#;

fn gateway(server: &Loopback, authentication: Authentication) -> SmsGateway {
    SmsGateway {
        url: format!("http://127.0.0.1:{}/v1/send?a=b", server.port).parse().unwrap(),
        body: BODY.parse().unwrap(),
        authentication,
        authorities: None,
        proxy: None,
        success: None,
        answer_within: Duration::from_secs(10),
    }
}

fn text() -> Text {
    Text {
        to: "987654321".parse().unwrap(),
        text: totem::courier::Gsm7::new("Su clave: \"ABC\\\" {key} ñ, [1]"),
        key: totem::courier::SendingKey { errand: Id([0xab; 16]), generation: 2 },
        at_ms: NOON,
    }
}

#[tokio::test]
async fn a_gateway_gets_number_text_and_key() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("secret");
    write_secret(&path, "tok-123");
    let secret = SecretFile::new(&path);
    let login = Login { user: "kiosk".to_string(), password: secret.clone() };
    for (authentication, header) in [
        (Authentication::None, None),
        (Authentication::Bearer { token: secret }, Some("authorization: Bearer tok-123\r\n")),
        (Authentication::Basic(login), Some("authorization: Basic a2lvc2s6dG9rLTEyMw==\r\n")),
    ] {
        let server = Loopback::start([Reply::status(202)]).await;
        SmsHttp::new(gateway(&server, authentication)).unwrap().send(&text()).await.unwrap();
        let request = server.requests().remove(0);
        let (head, body) = request.split_once("\r\n\r\n").unwrap();
        let key = format!("{}-2", "ab".repeat(16));
        assert!(head.starts_with("POST /v1/send?a=b HTTP/1.1\r\n"), "{head}");
        assert!(head.contains("content-type: application/json"), "{head}");
        assert!(head.contains(&format!("idempotency-key: {key}")), "{head}");
        match header {
            Some(header) => assert!(format!("{head}\r\n").contains(header), "{head}"),
            None => assert!(!head.contains("authorization"), "{head}"),
        }
        let body: serde_json::Value = serde_json::from_str(body).unwrap();
        let expected = serde_json::json!({
            "to": "+56987654321", "n": "56987654321", "text": "Su clave: \"ABC\\\" {key} ñ, [1]", "id": key
        });
        assert_eq!(body, expected);
    }
}

#[tokio::test]
async fn each_answer_is_told_apart() {
    let access = |said: &str| Err(SendError::AccessRefused(said.into()));
    let permanent = |said: &str| Err(SendError::Permanent(said.into()));
    let temporary = |said: &str| Err(SendError::Temporary(said.into()));
    let table = [
        (200, Ok(())),
        (201, Ok(())),
        (204, Ok(())),
        (400, permanent("HTTP 400")),
        (404, access("HTTP 404")),
        (402, access("HTTP 402")),
        (422, permanent("HTTP 422")),
        (401, access("HTTP 401")),
        (403, access("HTTP 403")),
        (408, temporary("HTTP 408")),
        (429, temporary("HTTP 429")),
        (503, temporary("HTTP 503")),
        (302, access("HTTP 302")),
    ];
    let server = Loopback::start(table.iter().map(|(status, _)| Reply::status(*status))).await;
    let texter = SmsHttp::new(gateway(&server, Authentication::None)).unwrap();
    for (status, expected) in &table {
        assert_eq!(texter.send(&text()).await, *expected, "{status}");
    }
    assert_eq!(server.requests().len(), table.len());
}

#[tokio::test]
async fn a_long_answer_does_not_matter_and_none_is_unknown() {
    let server = Loopback::start([Reply::Floods, Reply::HangsUp, Reply::HangsUp, Reply::HangsUp]).await;
    let texter = SmsHttp::new(gateway(&server, Authentication::None)).unwrap().pausing(AT_ONCE);
    assert_eq!(texter.send(&text()).await, Ok(()));
    assert!(matches!(texter.send(&text()).await, Err(SendError::Unknown(_))));
    let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let url = format!("http://127.0.0.1:{port}/").parse().unwrap();
    let nobody = SmsHttp::new(SmsGateway { url, ..gateway(&server, Authentication::None) }).unwrap();
    let error = nobody.send(&text()).await.unwrap_err();
    assert!(matches!(&error, SendError::Unreachable(_)), "{error}");
    let said = error.to_string();
    assert!(!said.contains("987654321") && !said.contains("ABC"), "{said}");
    assert!(matches!(nobody.probe().await, Err(SendError::Unreachable(_))));
}

#[tokio::test]
async fn an_sms_whose_fate_is_not_known_is_handed_over_again_as_the_same() {
    let server = Loopback::start([Reply::status(500), Reply::HangsUp, Reply::status(202)]).await;
    let texter = SmsHttp::new(gateway(&server, Authentication::None)).unwrap().pausing(AT_ONCE);
    assert_eq!(texter.send(&text()).await, Ok(()));
    let requests = server.requests();
    assert_eq!(requests.len(), 3);
    assert!(requests.iter().all(|request| *request == requests[0]), "{requests:?}");
}

/// What it is, the pattern of success, what the gateway says; how the attempt ended, when the SMS comes up
/// again if that is certain, and how the way out stands then.
type Row = (&'static str, Option<&'static str>, Vec<Reply>, AttemptOutcome, Option<u64>, WayOut);

const TAKEN: Option<&str> = Some("\"status\": *\"(ok|queued)\"");
const ON: WayOut = WayOut::Open;

fn says(status: u16, head: &str, body: &str) -> Reply {
    let length = body.len();
    Reply::Says(format!("HTTP/1.1 {status} X\r\n{head}Content-Length: {length}\r\n\r\n{body}"))
}

fn yes_and_later() -> Vec<Row> {
    use AttemptOutcome::*;
    let (none, taken) = (None, TAKEN);
    let (open, again) = (ON, |seconds: u64| Some(NOON + seconds * 1000));
    vec![
        ("a plain yes", none, vec![says(200, "", "")], Sent, None, open),
        ("a yes in the body", taken, vec![says(200, "", r#"{"status": "queued"}"#)], Sent, None, open),
        (
            "a no in the body",
            taken,
            vec![says(200, "", r#"{"status":"error","code":12}"#)],
            Temporary,
            None,
            open,
        ),
        (
            "a yes in Latin-1",
            taken,
            vec![says(202, "", "{\"m\":\"s\u{ed}\",\"status\":\"ok\"}")],
            Sent,
            None,
            open,
        ),
        ("a page of the proxy's", taken, vec![says(200, "", "<html>Login</html>")], Temporary, None, open),
        ("nothing in the body", taken, vec![says(204, "", "")], Temporary, None, open),
        (
            "too many, come in two minutes",
            none,
            vec![says(429, "Retry-After: 120\r\n", "")],
            Temporary,
            again(120),
            open,
        ),
        (
            "closed, come tomorrow",
            none,
            vec![says(503, "Retry-After: 86400\r\n", "")],
            Temporary,
            again(3600),
            open,
        ),
    ]
}

fn no_and_unknown() -> Vec<Row> {
    use AttemptOutcome::*;
    let (none, open, now) = (None, ON, WayOut::OursToMend { since_ms: NOON });
    vec![
        ("a wrong token", none, vec![says(401, "", "")], AccessRefused, None, now),
        ("no money left", none, vec![says(402, "", "")], AccessRefused, None, now),
        ("no such path", none, vec![says(404, "", "")], AccessRefused, None, now),
        (
            "moved",
            none,
            vec![says(308, "Location: https://other.example/\r\n", "")],
            AccessRefused,
            None,
            now,
        ),
        ("a bad number", none, vec![says(400, "", "")], Permanent, None, open),
        (
            "it fails, and fails",
            none,
            vec![says(500, "", ""), says(502, "", ""), says(504, "", "")],
            Unknown,
            None,
            open,
        ),
        ("it fails once", none, vec![says(500, "", ""), says(200, "", "")], Sent, None, open),
        ("it hangs up once", none, vec![Reply::HangsUp, says(200, "", "")], Sent, None, open),
    ]
}

/// What becomes of an SMS after each answer of a gateway.
#[tokio::test]
async fn a_gateway_s_answers_and_what_becomes_of_the_sms() {
    use AttemptOutcome::{AccessRefused, Temporary, Unknown};
    let half_a_minute = NOON + 30_000..=NOON + 37_500;
    let table: Vec<Row> = yes_and_later().into_iter().chain(no_and_unknown()).collect();
    for (what, success, replies, outcome, due_ms, way) in table {
        let server = Loopback::start(replies).await;
        let success = success.map(|pattern| pattern.parse().unwrap());
        let settings = SmsGateway { success, ..gateway(&server, Authentication::None) };
        let texter = Arc::new(SmsHttp::new(settings).unwrap().pausing(AT_ONCE));
        let world = World::with(Adapters { mailer: Arc::new(Post::default()), texter });
        let id = world.errand(ErrandKind::Registered, mobile(), NOON).await;
        let next_ms = world.step(NOON).await.unwrap();
        let seen = world.seen(id).await;
        assert_eq!(seen.attempts.last().unwrap().outcome, outcome, "{what}");
        let waits = matches!(outcome, Temporary | AccessRefused | Unknown);
        assert_eq!(seen.state == ErrandState::Waiting, waits, "{what}");
        match due_ms {
            Some(due_ms) => assert_eq!(next_ms, due_ms, "{what}"),
            None if waits => assert!(half_a_minute.contains(&next_ms), "{what}: {next_ms}"),
            None => {}
        }
        assert_eq!(world.ways_out.of(Channel::Sms), way, "{what}");
        assert_eq!(count_refused(&world.records).await.unwrap(), 0, "{what}: nobody's number is marked");
    }
}

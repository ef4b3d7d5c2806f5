//! SMS by a gateway, against a socket: what it gets, and how each answer is understood.

use totem::config::{Authentication, Login, SmsGateway};
use totem::courier::sms_http::SmsHttp;
use totem::vault::SecretFile;

use super::smtp_server::write_secret;
use super::*;
use crate::loopback::{Loopback, Reply};

const BODY: &str = r#"{"to": "{to}", "n": "{to_digits}", "text": "{text}", "id": "{key}"}"#;

fn gateway(server: &Loopback, authentication: Authentication) -> SmsGateway {
    SmsGateway {
        url: format!("http://127.0.0.1:{}/v1/send?a=b", server.port).parse().unwrap(),
        body: BODY.parse().unwrap(),
        authentication,
        authorities: None,
        proxy: None,
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
        (404, permanent("HTTP 404")),
        (422, permanent("HTTP 422")),
        (401, access("HTTP 401")),
        (403, access("HTTP 403")),
        (408, temporary("HTTP 408")),
        (429, temporary("HTTP 429")),
        (500, temporary("HTTP 500")),
        (503, temporary("HTTP 503")),
        (302, temporary("HTTP 302, which is no answer")),
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
    let server = Loopback::start([Reply::Floods, Reply::HangsUp]).await;
    let texter = SmsHttp::new(gateway(&server, Authentication::None)).unwrap();
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

//! The only way out by HTTP, against sockets: whom it trusts, what it refuses to follow or to read,
//! and what it says of a call that fails.

use std::net::TcpListener;
use std::path::Path;
use std::time::Duration;

use totem::http::header::HeaderMap;
use totem::http::{
    Answer, BodyError, CallError, Client, Distrust, Endpoint, SetUpError, TlsFault, TlsIdentity, TlsPlace,
    Way,
};
use totem::vault::SecretFile;

use crate::authority::{Authority, Leaf};
use crate::loopback::{Loopback, Reply};

fn plain(server: &Loopback) -> Endpoint {
    format!("http://127.0.0.1:{}/call", server.port).parse().unwrap()
}

fn secure(server: &Loopback) -> Endpoint {
    format!("https://127.0.0.1:{}/call", server.port).parse().unwrap()
}

async fn post(way: &Way, to: &Endpoint) -> Result<Answer, CallError> {
    Client::new(way).unwrap().post(to, HeaderMap::new(), b"body".to_vec()).await
}

pub fn write_leaf(leaf: &Leaf, folder: &Path) -> TlsIdentity {
    let (certificate, key) = (folder.join("ours.pem"), folder.join("ours.key"));
    std::fs::write(&certificate, &leaf.certificate).unwrap();
    crate::courier::write_secret(&key, &leaf.key);
    TlsIdentity { certificate, key: SecretFile::new(key) }
}

#[tokio::test]
async fn an_answer_is_read_and_a_redirect_is_only_an_answer() {
    let elsewhere = Loopback::start([]).await;
    let redirect = format!(
        "HTTP/1.1 307 X\r\nLocation: http://127.0.0.1:{}/\r\nContent-Length: 0\r\n\r\n",
        elsewhere.port
    );
    let server = Loopback::start([Reply::status(200), Reply::Says(redirect)]).await;
    let way = Way::default();
    let answer = post(&way, &plain(&server)).await.unwrap();
    assert_eq!((answer.status, answer.body), (200, Ok(b"ok".to_vec())));
    assert_eq!(answer.content_type.unwrap().as_str(), "text/plain");
    assert_eq!(post(&way, &plain(&server)).await.unwrap().status, 307);
    assert!(elsewhere.requests().is_empty());
    let requests = server.requests();
    assert!(requests[0].starts_with("POST /call HTTP/1.1\r\n") && requests[0].ends_with("\r\n\r\nbody"));
}

#[tokio::test]
async fn bodies_are_bounded_and_must_be_whole() {
    let cut = "HTTP/1.1 200 X\r\nContent-Length: 90\r\n\r\nok".to_string();
    let server = Loopback::start([Reply::Floods, Reply::Says(cut)]).await;
    let way = Way { most_bytes: 10_000, ..Way::default() };
    let answer = post(&way, &plain(&server)).await.unwrap();
    assert_eq!((answer.status, answer.body), (200, Err(BodyError::TooLong(10_000))));
    assert_eq!(post(&way, &plain(&server)).await.unwrap().body, Err(BodyError::Cut));
}

#[tokio::test]
async fn what_reached_nobody_is_told_from_what_may_have() {
    let server = Loopback::start([Reply::HangsUp, Reply::Silent]).await;
    let way = Way::default();
    assert!(matches!(post(&way, &plain(&server)).await, Err(CallError::Broken(_))));
    let impatient = Way { answer_within: Duration::from_millis(500), ..Way::default() };
    assert_eq!(post(&impatient, &plain(&server)).await, Err(CallError::TimedOut));
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let nobody: Endpoint = format!("http://127.0.0.1:{port}/?secret=word").parse().unwrap();
    let error = post(&way, &nobody).await.unwrap_err();
    assert!(matches!(error, CallError::NotReached(_)), "{error}");
    assert!(!error.to_string().contains("word") && error.to_string().contains("refused"), "{error}");
}

#[tokio::test]
async fn only_whom_the_authority_vouches_for_is_spoken_to() {
    let (folder, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let authority = Authority::new();
    let way = Way { authorities: Some(authority.file(folder.path())), ..Way::default() };
    let here = authority.server(&authority.vouches_for("127.0.0.1"), false);
    let server = Loopback::start_tls([Reply::status(200), Reply::status(405)], here).await;
    assert_eq!(post(&way, &secure(&server)).await.unwrap().status, 200);
    assert_eq!(Client::new(&way).unwrap().knock(&secure(&server)).await, Ok(405));
    let strange = Way { authorities: Some(Authority::new().file(other.path())), ..Way::default() };
    for way in [strange, Way::default()] {
        let error = post(&way, &secure(&server)).await.unwrap_err();
        assert!(
            matches!(&error, CallError::Untrusted(why) if why.reason().contains("certificate")),
            "{error}"
        );
    }
    let misnamed = authority.server(&authority.vouches_for("other.example"), false);
    let misnamed = Loopback::start_tls([], misnamed).await;
    let Err(CallError::Untrusted(misnamed_why)) = post(&way, &secure(&misnamed)).await else {
        panic!("it is not trusted");
    };
    assert_eq!(misnamed_why.fault(), TlsFault::OtherName);
    assert_eq!((server.requests().len(), misnamed.requests().len()), (2, 0));
}

/// Many guides make one certificate for authority and server. No library takes it, and `openssl` does.
#[tokio::test]
async fn an_authority_that_serves_as_itself_gets_a_sentence_with_the_remedy() {
    let folder = tempfile::tempdir().unwrap();
    let (authority, leaf) = Authority::that_serves("127.0.0.1");
    let server = Loopback::start_tls([], authority.server(&leaf, false)).await;
    let authorities = Some(authority.file(folder.path()));
    let way = Way { authorities, authorities_setting: "soap.authorities", ..Way::default() };
    let Err(CallError::Untrusted(why)) = post(&way, &secure(&server)).await else {
        panic!("it is not trusted");
    };
    assert_eq!(why.fault(), TlsFault::AuthorityAsServer);
    for part in [
        "openssl req -x509",
        "subjectAltName=IP:127.0.0.1",
        "basicConstraints=critical,CA:FALSE",
        "name server.pem in soap.authorities",
    ] {
        assert!(why.to_string().contains(part), "{why}");
    }
}

/// The command of the sentence, as it stands there.
#[test]
fn the_certificate_of_the_remedy_is_taken() {
    let place = TlsPlace { host: "correo.example".into(), port: 465, setting: "smtp.authorities_file" };
    let remedy = Distrust::new(TlsFault::AuthorityAsServer, "", &place).remedy().to_string();
    let (_, command) = remedy.split_once(": openssl ").unwrap();
    let (command, _) = command.split_once(';').unwrap();
    assert_eq!(
        command,
        "req -x509 -newkey rsa:3072 -nodes -days 825 -subj /CN=correo.example -addext \
         subjectAltName=DNS:correo.example -addext basicConstraints=critical,CA:FALSE -keyout server.key -out \
         server.pem"
    );
}

#[tokio::test]
async fn a_service_says_when_to_come_again() {
    let says = |head: &str| Reply::Says(format!("HTTP/1.1 503 X\r\n{head}Content-Length: 0\r\n\r\n"));
    let dated = "Date: Sun, 22 Nov 2026 12:00:00 GMT\r\nRetry-After: Sun, 22 Nov 2026 12:01:30 GMT\r\n";
    let table = [
        ("", None),
        ("Retry-After: 120\r\n", Some(120)),
        (dated, Some(90)),
        ("Retry-After: Sun, 22 Nov 2026 12:01:30 GMT\r\n", None),
        ("Retry-After: soon\r\n", None),
        ("Retry-After: -5\r\n", None),
    ];
    let server = Loopback::start(table.map(|(head, _)| says(head))).await;
    for (head, seconds) in table {
        let answer = post(&Way::default(), &plain(&server)).await.unwrap();
        assert_eq!(answer.retry_after, seconds.map(Duration::from_secs), "{head:?}");
    }
}

#[tokio::test]
async fn a_service_may_ask_who_calls() {
    let folder = tempfile::tempdir().unwrap();
    let authority = Authority::new();
    let authorities = Some(authority.file(folder.path()));
    let asks = authority.server(&authority.vouches_for("127.0.0.1"), true);
    let server = Loopback::start_tls([Reply::status(200)], asks).await;
    let nobody = Way { authorities, ..Way::default() };
    assert!(post(&nobody, &secure(&server)).await.is_err());
    let identity = write_leaf(&authority.vouches_for("kiosk.example"), folder.path());
    let known = Way { identity: Some(identity.clone()), ..nobody.clone() };
    assert_eq!(post(&known, &secure(&server)).await.unwrap().status, 200);

    let swapped = TlsIdentity { certificate: identity.key.path.clone(), ..identity.clone() };
    let no_certificate = Client::new(&Way { identity: Some(swapped), ..nobody.clone() }).unwrap_err();
    assert!(matches!(no_certificate, SetUpError::NoCertificate { .. }), "{no_certificate}");
    let gone = Way { authorities: Some(folder.path().join("gone.pem")), ..nobody };
    assert!(matches!(Client::new(&gone).unwrap_err(), SetUpError::Unreadable { .. }));
}

#[tokio::test]
async fn a_proxy_is_told_where_to_connect() {
    let proxy =
        Loopback::start([Reply::Says("HTTP/1.1 403 No\r\nContent-Length: 0\r\n\r\n".to_string())]).await;
    let address = format!("http://127.0.0.1:{}", proxy.port).parse().unwrap();
    let way = Way { proxy: Some(address), ..Way::default() };
    let to: Endpoint = "https://sms.test:8443/send".parse().unwrap();
    assert!(matches!(post(&way, &to).await, Err(CallError::NotReached(_))));
    assert!(proxy.requests()[0].starts_with("CONNECT sms.test:8443 HTTP/1.1\r\n"), "{:?}", proxy.requests());
}

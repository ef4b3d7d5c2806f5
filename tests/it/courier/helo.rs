//! Mail servers that know no EHLO: they are spoken to by HELO (RFC 5321, §3.2), and where that leaves no way
//! for TLS or a login, whoever minds the office is told what to do.

use totem::config::{Login, Security, Smtp as Settings};
use totem::courier::smtp::Smtp;
use totem::http::TlsFault;

use super::smtp::letter;
use super::smtp_refusals::settings;
use super::smtp_script::{At, Does, Scripted};
use super::smtp_server::sender;
use super::*;
use crate::authority::Authority;

/// How old servers refuse EHLO.
const REFUSALS: [&[u8]; 5] = [
    b"500 5.5.1 command unrecognized\r\n",
    b"502 unimplemented\r\n",
    b"501 syntax error\r\n",
    b"504 not here\r\n",
    b"500-what\r\n500 was that?\r\n",
];

fn without_login(port: u16, folder: &std::path::Path) -> Settings {
    Settings { login: None, ..settings(port, folder) }
}

/// The verbs that a server heard, up to the text.
fn verbs(server: &Scripted) -> Vec<String> {
    let verb = |line: String| line.split(' ').next().unwrap_or_default().to_string();
    server.lines().into_iter().map(verb).take_while(|verb| verb != "DATA").collect()
}

/// Seen: the office was told that the fault was its own, and no mail left.
#[tokio::test]
async fn helo_is_said_where_ehlo_is_not_known() {
    let folder = tempfile::tempdir().unwrap();
    for refusal in REFUSALS {
        let server = Scripted::start(At::Hello, Does::Says(refusal)).await;
        let mailer = Smtp::new(without_login(server.port, folder.path()), sender()).unwrap();
        assert_eq!(mailer.send(&letter("duena@empresa.example", 1)).await, Ok(()));
        assert_eq!(verbs(&server), ["EHLO", "HELO", "MAIL", "RCPT"], "{}", String::from_utf8_lossy(refusal));
        assert_eq!(server.texts(), 1);
    }
}

/// A server that knows who calls and won't have them is not asked by another name.
#[tokio::test]
async fn whoever_refuses_the_caller_hears_no_helo() {
    let folder = tempfile::tempdir().unwrap();
    for refusal in [&b"550 5.7.1 who are you\r\n"[..], b"554 no\r\n", b"421 4.3.2 busy\r\n"] {
        let server = Scripted::start(At::Hello, Does::Says(refusal)).await;
        let mailer = Smtp::new(without_login(server.port, folder.path()), sender()).unwrap();
        let error = mailer.send(&letter("duena@empresa.example", 1)).await.unwrap_err();
        assert!(error.to_string().contains("at EHLO"), "{error}");
        assert_eq!(verbs(&server)[..1], ["EHLO"]);
        assert!(!verbs(&server).contains(&"HELO".to_string()));
    }
}

#[tokio::test]
async fn it_is_said_within_tls_too() {
    let folder = tempfile::tempdir().unwrap();
    let authority = Authority::new();
    let leaf = authority.vouches_for("127.0.0.1");
    let tls = authority.server(&leaf, false);
    let server = Scripted::start_at_over_tls(At::Hello, Does::Says(REFUSALS[1]), tls).await;
    let authorities = Some(authority.file(folder.path()));
    let settings =
        Settings { security: Security::Tls, authorities, ..without_login(server.port, folder.path()) };
    assert_eq!(
        Smtp::new(settings, sender()).unwrap().send(&letter("duena@empresa.example", 1)).await,
        Ok(())
    );
    assert_eq!(verbs(&server), ["EHLO", "HELO", "MAIL", "RCPT"]);
}

/// Without EHLO there is no STARTTLS, and nothing is sent in the clear.
#[tokio::test]
async fn where_tls_is_asked_for_it_is_said_what_to_do() {
    let folder = tempfile::tempdir().unwrap();
    let server = Scripted::start(At::Hello, Does::Says(REFUSALS[0])).await;
    let settings = Settings { security: Security::StartTls, ..settings(server.port, folder.path()) };
    let Err(SendError::Untrusted(why)) = Smtp::new(settings, sender()).unwrap().probe().await else {
        panic!("nothing may leave in the clear");
    };
    assert_eq!(
        (why.fault(), why.reason()),
        (TlsFault::NoExtensions, "the server knows no EHLO, and so no STARTTLS")
    );
    assert!(why.remedy().contains("smtp.security = \"tls\""), "{why}");
    assert_eq!(verbs(&server), ["EHLO"]);
}

#[tokio::test]
async fn where_a_login_is_set_it_is_said_what_to_do() {
    let folder = tempfile::tempdir().unwrap();
    let server = Scripted::start(At::Hello, Does::Says(REFUSALS[0])).await;
    let settings = settings(server.port, folder.path());
    assert!(matches!(settings.login, Some(Login { .. })));
    let error = Smtp::new(settings, sender()).unwrap().send(&letter("duena@empresa.example", 1)).await;
    let Err(SendError::AccessRefused(why)) = error else { panic!("{error:?}") };
    assert!(why.contains("leave smtp.user empty"), "{why}");
    assert!(!server.lines().iter().any(|line| line.starts_with("MAIL")));
}

//! Mail by SMTP, against a real server: what arrives, and how each failure is understood.

use mail_parser::MessageParser;
use totem::config::{Login, Security, Smtp as Settings};
use totem::courier::smtp::Smtp;
use totem::http::TlsFault;
use totem::vault::SecretFile;

use super::smtp_server::{SmtpServer, sender, write_secret};
use super::*;
use crate::authority::Authority;

pub fn letter(to: &str, generation: u32) -> Mail {
    Mail {
        to: to.parse().unwrap(),
        subject: "Ñandú y compañía\r\nBcc: malo@example.cl".into(),
        body: Secret::new("Estimada <ñ>:\n\n    ABCDEFGHJK\n\n.\n.. adiós & ñ"),
        language: Language::Es,
        key: totem::courier::SendingKey { errand: Id([0xab; 16]), generation },
        at_ms: NOON,
        attachment: None,
    }
}

#[tokio::test]
async fn a_mail_arrives_whole_by_tls_and_by_starttls() {
    for security in [Security::Tls, Security::StartTls] {
        let server = SmtpServer::start(security);
        let mailer = server.mailer();
        mailer.probe().await.unwrap();
        let letter = letter("duena@empresa.example", 3);
        mailer.send(&letter).await.unwrap();
        let (raw, seen) = server.taken().remove(0);
        assert_eq!((&seen["from"], &seen["user"]), (&"no-responder@totem.example".into(), &"kiosk".into()));
        assert_eq!(seen["to"], serde_json::json!(["duena@empresa.example"]));
        assert_eq!(seen["hello"], "totem.example");
        // As Python reads it.
        assert_eq!(seen["defects"], serde_json::json!([]));
        assert_eq!(seen["type"], "multipart/alternative");
        let headers = &seen["headers"];
        assert_eq!(headers["Subject"], "Ñandú y compañía Bcc: malo@example.cl");
        assert_eq!(headers["Message-ID"], format!("<{}-3@totem.example>", "ab".repeat(16)));
        assert_eq!(headers["Auto-Submitted"], "auto-generated");
        assert_eq!(headers["Reply-To"], "ayuda@totem.example");
        assert_eq!(headers["Date"], "Sun, 22 Nov 2026 12:00:00 +0000");
        let names = [
            "auto-submitted",
            "content-type",
            "date",
            "from",
            "message-id",
            "mime-version",
            "reply-to",
            "subject",
            "to",
        ];
        assert_eq!(seen["names"], serde_json::json!(names), "no header was slipped in");
        assert_eq!((&seen["parts"][0][0], &seen["parts"][1][0]), (&"text/plain".into(), &"text/html".into()));
        let text = seen["parts"][0][1].as_str().unwrap().replace("\r\n", "\n");
        assert_eq!(text.trim_end(), letter.body.expose());
        let page = seen["parts"][1][1].as_str().unwrap();
        assert!(page.contains("Estimada &lt;ñ&gt;:") && page.contains(">ABCDEFGHJK</p>"), "{page}");
        // As a mail program reads it.
        let read = MessageParser::default().parse(&raw).unwrap();
        assert_eq!(read.body_text(0).unwrap().replace("\r\n", "\n").trim_end(), letter.body.expose());
        assert_eq!(read.from().unwrap().first().unwrap().name(), Some("Clave Sence Bcc: malo@example.cl"));
        assert!(read.bcc().is_none() && raw.is_ascii());
        assert!(raw.split(|byte| *byte == b'\n').all(|line| line.len() < 998));
    }
}

#[tokio::test]
async fn the_same_mail_is_the_same_bytes_over_one_connection() {
    let server = SmtpServer::start(Security::Tls);
    let mailer = server.mailer();
    let letter = letter("duena@empresa.example", 1);
    mailer.send(&letter).await.unwrap();
    mailer.send(&letter).await.unwrap();
    let taken = server.taken();
    assert_eq!(taken.len(), 2);
    assert_eq!(taken[0].0, taken[1].0);
    assert_eq!(taken[0].1["peer"], taken[1].1["peer"], "the connection was kept");
    let without = Smtp::new(Settings { keep_open: 0, ..server.settings() }, sender()).unwrap();
    without.send(&letter).await.unwrap();
    without.send(&letter).await.unwrap();
    let taken = server.taken();
    assert_ne!(taken[2].1["peer"], taken[3].1["peer"], "none was kept");
}

#[tokio::test]
async fn a_kept_connection_that_is_gone_costs_no_mail() {
    let server = SmtpServer::start(Security::None);
    let mailer = server.mailer();
    mailer.send(&letter("duena@empresa.example", 1)).await.unwrap();
    // This is the one that the server hangs up on.
    let cut = mailer.send(&letter("taken-and-gone@empresa.example", 2)).await;
    assert!(matches!(cut, Err(SendError::Unknown(_))), "{cut:?}");
    mailer.send(&letter("duena@empresa.example", 3)).await.unwrap();
    assert_eq!(server.taken().len(), 3);
}

#[tokio::test]
async fn each_refusal_is_told_apart() {
    let server = SmtpServer::start(Security::StartTls);
    let mailer = server.mailer();
    let to =
        async |name: &str| mailer.send(&letter(&format!("{name}@empresa.example"), 1)).await.unwrap_err();
    let address = |code: &str| SendError::AddressRefused(code.to_string());
    assert_eq!(to("nobody").await, address("550 5.1.1 at RCPT TO"));
    assert_eq!(to("nobody-plain").await, address("550 at RCPT TO"));
    assert_eq!(to("gone").await, address("550 5.1.1 at the text"));
    assert_eq!(to("relay").await, SendError::AccessRefused("554 5.7.1 at RCPT TO".to_string()));
    assert_eq!(to("spam").await, SendError::Permanent("554 5.6.0 at the text".to_string()));
    assert_eq!(to("later").await, SendError::Temporary("451 4.3.0 at RCPT TO".to_string()));
    assert_eq!(to("full").await, SendError::Temporary("452 4.2.2 at the text".to_string()));
    let mut forbidden = sender();
    forbidden.address = "forbidden@totem.example".parse().unwrap();
    let forbidden = Smtp::new(server.settings(), forbidden).unwrap();
    let error = forbidden.send(&letter("duena@empresa.example", 1)).await.unwrap_err();
    assert_eq!(error, SendError::AccessRefused("550 5.7.1 at MAIL FROM".to_string()));
    assert!(server.taken().is_empty());
}

#[tokio::test]
async fn what_may_have_left_is_unknown_and_what_did_not_is_not() {
    let server = SmtpServer::start(Security::Tls);
    let mailer = server.mailer();
    for name in ["cut-in-the-middle", "taken-and-gone"] {
        let error = mailer.send(&letter(&format!("{name}@empresa.example"), 1)).await.unwrap_err();
        assert!(matches!(error, SendError::Unknown(_)), "{name}: {error:?}");
    }
    let settings = Settings {
        answer_within: Duration::from_secs(3),
        accept_within: Duration::from_secs(3),
        ..server.settings()
    };
    let impatient = Smtp::new(settings, sender()).unwrap();
    let (silent, slow) = (letter("taken-and-silent@empresa.example", 1), letter("slow@empresa.example", 2));
    let (silent, slow) = tokio::join!(impatient.send(&silent), impatient.send(&slow));
    assert_eq!(silent, Err(SendError::Unknown("no answer in time to the text".to_string())));
    assert_eq!(slow, Err(SendError::Unreachable("no answer in time at RCPT TO".to_string())));
    assert_eq!(server.taken().len(), 2);
}

#[tokio::test]
async fn nothing_goes_to_whom_is_not_trusted_or_not_there() {
    let letter = letter("duena@empresa.example", 1);
    let server = SmtpServer::start(Security::StartTls);
    let send =
        async |settings: Settings| Smtp::new(settings, sender()).unwrap().send(&letter).await.unwrap_err();
    let folder = tempfile::tempdir().unwrap();
    let other = Some(Authority::new().file(folder.path()));
    // Another authority, the system's, another name, no STARTTLS, and TLS where there is none.
    let untrusted = [
        Settings { authorities: other, ..server.settings() },
        Settings { authorities: None, ..server.settings() },
        Settings { security: Security::Tls, ..server.settings() },
    ];
    for settings in untrusted {
        let error = send(settings.clone()).await;
        assert!(matches!(error, SendError::Untrusted(_)), "{settings:?}: {error:?}");
    }
    let misnamed = SmtpServer::start_as(Security::Tls, "smtp.other.example");
    assert!(matches!(send(misnamed.settings()).await, SendError::Untrusted(_)));
    let plain = SmtpServer::start(Security::None);
    let settings = Settings { security: Security::StartTls, ..plain.settings() };
    let error = send(settings).await;
    let SendError::Untrusted(why) = &error else { panic!("{error:?}") };
    assert_eq!((why.fault(), why.reason()), (TlsFault::NotOffered, "the server has no STARTTLS"));

    let password = folder.path().join("password");
    write_secret(&password, "wrong");
    let login = Some(Login { user: "kiosk".to_string(), password: SecretFile::new(&password) });
    let error = send(Settings { login, ..server.settings() }).await;
    assert_eq!(error, SendError::AccessRefused("535 5.7.8 at AUTH".to_string()));
    assert!(server.taken().is_empty() && plain.taken().is_empty() && misnamed.taken().is_empty());

    // Nobody listens any more.
    let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let error = send(Settings { port, ..server.settings() }).await;
    assert!(matches!(error, SendError::Unreachable(_)), "{error:?}");
}

#[tokio::test]
async fn a_refused_address_is_marked_until_it_takes_a_message() {
    let server = SmtpServer::start(Security::Tls);
    let world =
        World::with(Adapters { mailer: Arc::new(server.mailer()), texter: Arc::new(Post::default()) });
    let nobody = Destination::Mail("nobody@empresa.example".parse().unwrap());
    let id = world.errand(ErrandKind::Registered, nobody.clone(), NOON).await;
    world.step(NOON).await;
    let seen = world.seen(id).await;
    assert_eq!((seen.state, seen.attempts[0].outcome), (ErrandState::Failed, AttemptOutcome::AddressRefused));
    let mark = refused_address(&world.records, &nobody).await.unwrap().unwrap();
    assert_eq!((mark.channel, mark.first_ms, mark.times), (Channel::Mail, NOON, 1));
    assert_eq!(refused_address(&world.records, &mail()).await.unwrap(), None);
    assert_eq!(count_refused(&world.records).await.unwrap(), 1);
    let row = (Action::SendMessage, attempt(Channel::Mail, AttemptOutcome::AddressRefused));
    assert!(world.audited().await.contains(&row));
    // It gets too old.
    let old_ms = NOON + REFUSED_KEPT_MS;
    while world.step(old_ms).await.is_some_and(|due_ms| due_ms <= old_ms) {}
    assert_eq!(count_refused(&world.records).await.unwrap(), 0);
}

/// Greets in the clear, says more than it was asked before TLS begins, and agrees to everything
/// after: as an attacker in between would who wants mails to seem accepted.
async fn slips_in(authority: &Authority, slipped: &'static str) -> u16 {
    use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader};
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let leaf = authority.vouches_for("127.0.0.1");
    let acceptor = tokio_rustls::TlsAcceptor::from(authority.server(&leaf, false));
    tokio::spawn(async move {
        let (stream, _) = listener.accept().await.unwrap();
        let mut stream = BufReader::new(stream);
        let mut line = String::new();
        stream.write_all(b"220 mx\r\n").await.unwrap();
        stream.read_line(&mut line).await.unwrap();
        stream.write_all(b"250-mx\r\n250 STARTTLS\r\n").await.unwrap();
        stream.read_line(&mut line).await.unwrap();
        stream.write_all(format!("220 go\r\n{slipped}").as_bytes()).await.unwrap();
        let Ok(secured) = acceptor.accept(stream.into_inner()).await else { return };
        let mut secured = BufReader::new(secured);
        while secured.read_line(&mut line).await.is_ok_and(|count| count > 0) {
            let _ = secured.write_all(b"250 mx\r\n").await;
        }
    });
    port
}

#[tokio::test]
async fn answers_from_before_tls_count_for_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let authority = Authority::new();
    let authorities = Some(authority.file(folder.path()));
    let settings = Settings {
        host: "127.0.0.1".to_string(),
        port: 0,
        security: Security::StartTls,
        login: None,
        authorities,
        connect_within: Duration::from_secs(3),
        answer_within: Duration::from_secs(20),
        accept_within: Duration::from_secs(20),
        keep_open: 0,
    };
    for (slipped, is_trusted) in [("", true), ("250 mx\r\n250 taken\r\n", false)] {
        let port = slips_in(&authority, slipped).await;
        let asked = Smtp::new(Settings { port, ..settings.clone() }, sender()).unwrap().probe().await;
        match is_trusted {
            true => assert_eq!(asked, Ok(())),
            false => {
                let Err(SendError::Untrusted(why)) = asked else { panic!("{asked:?}") };
                assert_eq!(why.reason(), "somebody answered before TLS began");
            }
        }
    }
}

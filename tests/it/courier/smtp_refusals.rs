//! What mail servers say, and what becomes of the mail, of its address and of the way out: one row for
//! each thing that servers were seen to say, carried by the whole courier.

use totem::config::{Login, Security, Smtp as Settings};
use totem::courier::smtp::Smtp;
use totem::domain::way_out::WayOut;
use totem::http::TlsFault;
use totem::vault::SecretFile;

use self::Becomes::*;
use super::smtp_script::Does::{HangsUp, Says, Silent};
use super::smtp_script::{At, Does, Scripted};
use super::smtp_server::{sender, write_secret};
use super::*;
use crate::authority::Authority;

/// What becomes of a mail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Becomes {
    Delivered,
    /// It is tried again.
    Waits,
    /// It ends, and nobody writes to that address again for months.
    Marks,
    /// It ends.
    Fails,
    /// The office's own fault: it is tried again, and staff hear of it.
    Held,
    /// Nobody knows. It is tried again.
    Unsure,
}

/// What a server does at a stage, and what becomes of the mail.
type Row = (At, Does, Becomes);

/// Acceptances, as servers write them.
const ACCEPTANCES: &[Row] = &[
    (At::Text, Says(b"250 2.0.0 queued as 4XyZ\r\n"), Delivered),
    (At::Text, Says(b"250\r\n"), Delivered),
    (At::Text, Says(b"250 en cola, ma\xf1ana sale\r\n"), Delivered),
    (At::Text, Says("250 ✓ recibido\r\n".as_bytes()), Delivered),
    (At::Text, Says(b"250-2.0.0 taken\n250 2.0.0 bye\n"), Delivered),
    (At::Text, Says(b"259 taken\r\n"), Delivered),
    (At::To, Says(b"251 user not local, forwarded\r\n"), Delivered),
    (At::To, Says(b"252 2.5.2 cannot verify\r\n"), Delivered),
    (At::Greeting, Says(b"220-a pre-greeting\r\n220 mx\r\n"), Delivered),
    (At::Greeting, Says(b"220 Servidor de la oficina de \xd1u\xf1oa\r\n"), Delivered),
];

/// Nobody takes us: the server, the login, the sender.
const OF_THE_OFFICE: &[Row] = &[
    (At::Greeting, Says(b"554 5.7.1 your address is on a list\r\n"), Held),
    (At::Greeting, Says(b"521 no mail here\r\n"), Held),
    (At::Greeting, Says(b"421 4.3.2 too many connections\r\n"), Waits),
    (At::Hello, Says(b"550 who are you\r\n"), Held),
    (At::Login, Says(b"535 5.7.8 bad credentials\r\n"), Held),
    (At::Login, Says(b"535 5.7.139 basic authentication is disabled\r\n"), Held),
    (At::Login, Says(b"454 4.7.0 temporary authentication failure\r\n"), Waits),
    (At::From, Says(b"530 5.7.0 must issue STARTTLS first\r\n"), Held),
    (At::From, Says(b"550 5.7.1 sender not allowed\r\n"), Held),
    (At::From, Says(b"553 5.1.8 domain of sender does not exist\r\n"), Held),
    (At::From, Says(b"550 remitente no autorizado \xbfqui\xe9n?\r\n"), Held),
    (At::From, Says(b"452 4.3.1 insufficient storage\r\n"), Waits),
    // Nobody is relayed for.
    (At::To, Says(b"554 5.7.1 <duena@empresa.example>: Relay access denied\r\n"), Held),
    (At::To, Says(b"550 relay not permitted\r\n"), Held),
    (At::To, Says(b"553 sorry, not in my list of allowed rcpthosts (#5.7.1)\r\n"), Held),
    (At::To, Says(b"550 5.7.64 TenantAttribution; Relay Access Denied\r\n"), Held),
    (At::To, Says(b"571 5.7.1 delivery not authorized\r\n"), Held),
    (At::To, Says(b"530 5.7.57 client was not authenticated to send anonymous mail\r\n"), Held),
    (At::To, Says(b"503 5.5.1 log in first\r\n"), Held),
    (At::To, Says(b"550 5.1.8 access denied, bad outbound sender\r\n"), Held),
    (At::Text, Says(b"554 5.2.252 SendAsDenied; kiosk@oficina.example not allowed to send as x\r\n"), Held),
    (At::Text, Says(b"554 5.2.0 STOREDRV.Submission.Exception:SendAsDeniedException\r\n"), Held),
    (At::Text, Says(b"550 5.7.60 client does not have permissions to send as this sender\r\n"), Held),
    (At::Text, Says(b"550 5.4.5 daily user sending limit exceeded\r\n"), Held),
    (At::Text, Says(b"550-5.7.26 unauthenticated mail is not accepted\r\n550 5.7.26 see SPF\r\n"), Held),
    (At::Data, Says(b"503 5.5.1 nobody was named\r\n"), Held),
];

/// There is no such mailbox.
const OF_THE_ADDRESS: &[Row] = &[
    (At::To, Says(b"550 5.1.1 no such user\r\n"), Marks),
    (At::To, Says(b"550 5.1.1 casilla inv\xe1lida\r\n"), Marks),
    (At::To, Says(b"550 5.5.0 requested action not taken: mailbox unavailable\r\n"), Marks),
    (At::To, Says(b"550 unknown\r\n"), Marks),
    (At::To, Says(b"550 5.1.2 domain not found\r\n"), Marks),
    (At::To, Says(b"556 5.1.10 that domain takes no mail\r\n"), Marks),
    (At::To, Says(b"550 5.2.1 the mailbox is disabled\r\n"), Marks),
    (At::Text, Says(b"550 5.1.1 no such user after all\r\n"), Marks),
];

/// It takes nothing for now.
const FOR_NOW: &[Row] = &[
    (At::To, Says(b"450 4.2.0 greylisted, come back in 10 minutes\r\n"), Waits),
    (At::To, Says(b"451 4.7.1 greylisted\r\n"), Waits),
    (At::To, Says(b"552 5.2.2 mailbox full\r\n"), Waits),
    (At::To, Says(b"550 5.2.2 over quota\r\n"), Waits),
    (At::Text, Says(b"552 storage exceeded\r\n"), Waits),
    (At::Text, Says(b"452 4.2.2 mailbox full\r\n"), Waits),
    (At::Data, Says(b"451 4.3.0 try again\r\n"), Waits),
    // Whatever else stands between: no text was asked for.
    (At::Data, Says(b"250 ok\r\n"), Waits),
    (At::To, Says(b"huh?\r\n"), Waits),
    (At::To, HangsUp, Waits),
    (At::To, Silent, Waits),
    (At::Greeting, Silent, Waits),
];

/// The message itself, and what nobody can tell: nobody is marked.
const OF_THE_MESSAGE: &[Row] = &[
    (At::Text, Says(b"554 5.6.0 content refused\r\n"), Fails),
    (At::Text, Says(b"552 5.3.4 message too big\r\n"), Fails),
    (At::To, Says(b"554 transaction failed\r\n"), Fails),
    (At::To, Says(b"550 5.4.1 recipient address rejected: access denied\r\n"), Fails),
    (At::Text, Says(b"550 no\r\n"), Fails),
    // It may have been taken.
    (At::Text, HangsUp, Unsure),
    (At::Text, Silent, Unsure),
    (At::Text, Says(b"354 go on\r\n"), Unsure),
    (At::Text, Says(b"\xff\xfe\r\n"), Unsure),
];

pub fn settings(port: u16, folder: &std::path::Path) -> Settings {
    let path = folder.join("password");
    write_secret(&path, "word");
    Settings {
        host: "127.0.0.1".to_string(),
        port,
        security: Security::None,
        login: Some(Login { user: "kiosk".to_string(), password: SecretFile::new(path) }),
        authorities: None,
        connect_within: Duration::from_secs(10),
        answer_within: Duration::from_secs(30),
        accept_within: Duration::from_secs(30),
        keep_open: 0,
    }
}

async fn becomes(at: At, does: Does) -> (Becomes, Scripted) {
    let folder = tempfile::tempdir().unwrap();
    let server = Scripted::start(at, does).await;
    let mut settings = settings(server.port, folder.path());
    if let Does::Silent = does {
        settings.answer_within = Duration::from_millis(200);
        settings.accept_within = Duration::from_millis(200);
    }
    let mailer = Arc::new(Smtp::new(settings, sender()).unwrap());
    let world = World::with(Adapters { mailer, texter: Arc::new(Post::default()) });
    let id = world.errand(ErrandKind::Registered, mail(), NOON).await;
    world.step(NOON).await;
    let seen = world.seen(id).await;
    let marked = refused_address(&world.records, &mail()).await.unwrap().is_some();
    let outcome = seen.attempts[0].outcome;
    let is_ours = matches!(world.ways_out.of(Channel::Mail), WayOut::OursToMend { .. });
    let becomes = match (seen.state, outcome, marked, is_ours) {
        (ErrandState::Sent, AttemptOutcome::Sent, false, false) => Becomes::Delivered,
        (ErrandState::Failed, AttemptOutcome::AddressRefused, true, false) => Becomes::Marks,
        (ErrandState::Failed, AttemptOutcome::Permanent, false, false) => Becomes::Fails,
        (ErrandState::Waiting, AttemptOutcome::AccessRefused, false, true) => Becomes::Held,
        (ErrandState::Waiting, AttemptOutcome::Unknown, false, false) => Becomes::Unsure,
        (ErrandState::Waiting, AttemptOutcome::Temporary | AttemptOutcome::Unreachable, false, false) => {
            Becomes::Waits
        }
        other => panic!("{at:?} {does:?}: {other:?}"),
    };
    (becomes, server)
}

#[tokio::test]
async fn whose_fault_a_refusal_is_and_what_becomes_of_the_mail() {
    let all = [ACCEPTANCES, OF_THE_OFFICE, OF_THE_ADDRESS, FOR_NOW, OF_THE_MESSAGE];
    assert!(all.iter().map(|rows| rows.len()).sum::<usize>() >= 60);
    for (at, does, expected) in all.concat() {
        let (becomes, server) = becomes(at, does).await;
        assert_eq!(becomes, expected, "{at:?} {does:?}");
        assert_eq!(server.texts(), usize::from(at == At::Text || becomes == Delivered), "{at:?} {does:?}");
    }
}

/// However often it is tried, an accepted mail is not sent again.
#[tokio::test]
async fn an_acceptance_in_any_alphabet_is_one_mail() {
    let (becomes, server) = becomes(At::Text, Does::Says(b"250 recibido, se\xf1ora\r\n")).await;
    assert_eq!((becomes, server.texts()), (Becomes::Delivered, 1));
}

#[tokio::test]
async fn a_domain_beyond_ascii_goes_out_in_ascii() {
    let folder = tempfile::tempdir().unwrap();
    let server = Scripted::start(At::To, Does::Says(b"250 ok\r\n")).await;
    let from =
        totem::courier::message::Sender { address: "clave@oficina-ñuñoa.cl".parse().unwrap(), ..sender() };
    let mailer = Smtp::new(settings(server.port, folder.path()), from).unwrap();
    let letter = Mail {
        to: "contacto@ñandú.cl".parse().unwrap(),
        subject: "Aviso".into(),
        body: Secret::new("Hola"),
        language: Language::Es,
        key: totem::courier::SendingKey { errand: Id([0xab; 16]), generation: 1 },
        at_ms: NOON,
        attachment: None,
    };
    mailer.send(&letter).await.unwrap();
    let lines = server.lines();
    for line in [
        "EHLO xn--oficina-uoa-8dbb.cl",
        "MAIL FROM:<clave@xn--oficina-uoa-8dbb.cl>",
        "RCPT TO:<contacto@xn--and-6ma2c.cl>",
        "To: contacto@xn--and-6ma2c.cl",
    ] {
        assert!(lines.iter().any(|said| said == line), "{line}: {lines:?}");
    }
    assert!(lines.iter().all(|line| line.is_ascii()));
}

#[tokio::test]
async fn an_authority_that_serves_as_itself_gets_the_remedy_by_mail_too() {
    let folder = tempfile::tempdir().unwrap();
    let (authority, leaf) = Authority::that_serves("127.0.0.1");
    let server = Scripted::start_tls(authority.server(&leaf, false)).await;
    let authorities = Some(authority.file(folder.path()));
    let settings = Settings { security: Security::Tls, authorities, ..settings(server.port, folder.path()) };
    let Err(SendError::Untrusted(why)) = Smtp::new(settings, sender()).unwrap().probe().await else {
        panic!("it is not trusted");
    };
    assert_eq!(why.fault(), TlsFault::AuthorityAsServer);
    assert!(why.remedy().contains("name server.pem in smtp.authorities_file"), "{why}");
    assert!(server.lines().is_empty());
}

//! Mail server and gateway as an operator configures them: by a settings file, through the real
//! program, to sockets.

use std::fs;
use std::time::Instant;

use totem::config::Security;
use totem::domain::destination::Destination;
use totem::domain::errand::{Errand, ErrandKind};
use totem::domain::folio::Folio;
use totem::domain::language::Language;
use totem::domain::rut::Rut;

use crate::authority::Authority;
use crate::cli_support::{NOON, Place};
use crate::courier::{SmtpServer, write_secret};
use crate::loopback::{Loopback, Reply};

/// A gateway on a thread of its own, for programs that the test waits for.
fn gateway(replies: Vec<Reply>) -> Loopback {
    on_a_thread(async { Loopback::start(replies).await })
}

fn on_a_thread(starting: impl Future<Output = Loopback> + Send + 'static) -> Loopback {
    let (told, hear) = std::sync::mpsc::channel();
    std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        runtime.block_on(async {
            told.send(starting.await).expect("somebody hears it");
            std::future::pending::<()>().await;
        });
    });
    hear.recv().expect("a gateway")
}

fn set_up(place: &Place, server: &SmtpServer, gateway: &Loopback) {
    let (settings, port) = (server.settings(), gateway.port);
    fs::copy(settings.authorities.expect("an authority"), place.path("authority.pem")).expect("a copy");
    let password = settings.login.expect("a user").password.line().expect("a password");
    write_secret(&place.path("smtp.password"), password.expose());
    write_secret(&place.path("sms-gateway.secret"), "tok-123");
    let text = format!(
        "[courier]\nmail = \"smtp\"\nsms = \"http\"\n\
         [smtp]\nhost = \"127.0.0.1\"\nport = {}\nuser = \"kiosk\"\nauthorities_file = \"authority.pem\"\n\
         [sms_gateway]\nurl = \"http://127.0.0.1:{port}/send\"\n",
        server.port
    );
    fs::write(place.path("config.toml"), text).expect("a file");
}

async fn put(place: &Place, to: Destination) {
    let records = place.opened().await.records;
    let company = Rut::of_body(99_999_999).expect("a RUT");
    let now_ms = totem::clock::now_ms();
    let errand = Errand::new(
        ErrandKind::ClaveRestored,
        company,
        to,
        Language::Es,
        Folio::new([1, 2, 3, 4, 5]),
        now_ms,
    );
    let id = records.new_id(NOON);
    records.draft(now_ms).new_record(id, &errand, errand.due_ms()).commit(&records).await.expect("a commit");
}

#[tokio::test]
async fn what_waits_leaves_as_the_settings_say() {
    let place = Place::used();
    let server = SmtpServer::start(Security::Tls);
    let gateway = gateway(vec![Reply::status(405), Reply::status(202)]);
    set_up(&place, &server, &gateway);
    place.totem(&["config", "check"]).done();
    let looked_over = place.totem(&["doctor"]).out;
    for line in [
        format!("ok     smtp: 127.0.0.1:{} answers over TLS and accepts the user", server.port),
        format!("ok     sms_gateway: 127.0.0.1:{} answers; sms_gateway.body names no sender", gateway.port),
    ] {
        assert!(looked_over.contains(&line), "{looked_over}");
    }
    assert!(server.taken().is_empty() && gateway.requests().len() == 1, "nothing is sent to look");

    put(&place, Destination::Mail("duena@empresa.example".parse().expect("an address"))).await;
    put(&place, Destination::Mail("nobody@empresa.example".parse().expect("an address"))).await;
    put(&place, Destination::Mobile("987654321".parse().expect("a mobile"))).await;
    let (kiosk, begun) = (place.kiosk(), Instant::now());
    let log = || {
        let files = fs::read_dir(place.path("totem-data/log")).expect("a log");
        files.map(|file| fs::read_to_string(file.expect("a file").path()).expect("text")).collect::<String>()
    };
    // The counts come after the messages have left, and include the refusal.
    while !log().contains(r#""refused":1"#) || gateway.requests().len() < 2 || server.taken().is_empty() {
        assert!(begun.elapsed().as_secs() < 60, "{}", log());
        std::thread::yield_now();
    }
    kiosk.stop();
    let (_, seen) = server.taken().remove(0);
    assert_eq!(seen["to"], serde_json::json!(["duena@empresa.example"]));
    assert_eq!(seen["headers"]["Subject"], "Volvió la clave anterior de su empresa");
    let request = gateway.requests().remove(1);
    assert!(request.contains("authorization: Bearer tok-123\r\n"), "{request}");
    assert!(request.contains(r#""to":"+56987654321""#), "{request}");

    let log = log();
    assert!(log.contains(r#""message":"the outbox""#) && log.contains(r#""failed":1"#), "{log}");
    assert!(!log.contains("empresa.example") && !log.contains("987654321"), "{log}");
    let failed = place.totem(&["outbox", "list", "--state", "failed"]);
    let words: Vec<&str> = failed.done().out.lines().nth(1).expect("one").split_whitespace().collect();
    assert_eq!((words[8], words[9].len()), ("address_refused", "2026-11-22T12:00:00Z".len()));
    let shown = place.totem(&["outbox", "show", words[0]]);
    assert!(shown.done().value("address").starts_with("refused for good 1 times"), "{shown:?}");
    assert!(place.totem(&["doctor"]).out.contains("1 addresses refused for good"));
}

#[test]
fn doctor_says_what_is_wrong_with_a_way_out() {
    let place = Place::new();
    let server = SmtpServer::start(Security::Tls);
    let gone = std::net::TcpListener::bind("127.0.0.1:0").expect("a port").local_addr().expect("one").port();
    set_up(&place, &server, &gateway(Vec::new()));
    let settings = fs::read_to_string(place.path("config.toml")).expect("the settings");
    let looked_over = |settings: String| {
        fs::write(place.path("config.toml"), settings).expect("a file");
        place.totem(&["doctor"]).out
    };
    let strange = settings.replace("authorities_file = \"authority.pem\"\n", "");
    let told = looked_over(strange.replace("/send", "/").replace("sms = \"http\"", "sms = \"off\""));
    assert!(
        told.contains("fault  smtp: ")
            && told.contains("not trusted")
            && told.contains("in smtp.authorities_file"),
        "{told}"
    );
    let nobody = settings.replace(&format!("port = {}", server.port), &format!("port = {gone}"));
    let told = looked_over(nobody.replace("sms = \"http\"", "sms = \"off\""));
    assert!(told.contains("nobody reached") && told.contains("check host and port in [smtp]"), "{told}");
    fs::remove_file(place.path("smtp.password")).expect("a file");
    let told = looked_over(settings.replace("sms = \"http\"", "sms = \"off\""));
    assert!(told.contains("smtp.password: it can't be read"), "{told}");
    let refused = place.kiosk_refuses();
    assert!(refused.code == 3 && refused.err.contains("mail can't be sent as [smtp] says"), "{refused:?}");
}

/// Mail, SMS and the State's services, each with the setting that names the certificate.
#[test]
fn doctor_says_how_to_mend_an_authority_that_serves_as_itself() {
    let place = Place::new();
    let (authority, leaf) = Authority::that_serves("127.0.0.1");
    fs::copy(authority.file(&place.path("")), place.path("own.pem")).expect("a copy");
    let tls = authority.server(&leaf, false);
    let server = on_a_thread(async { Loopback::start_tls([], tls).await });
    let port = server.port;
    let settings = format!(
        "[courier]\nmail = \"smtp\"\nsms = \"http\"\n\
         [smtp]\nhost = \"127.0.0.1\"\nport = {port}\nauthorities_file = \"own.pem\"\n\
         [sms_gateway]\nurl = \"https://127.0.0.1:{port}/send\"\nauthentication = \"none\"\n\
         authorities_file = \"own.pem\"\n\
         [registry]\ncompanies = \"soap\"\nrepresentatives = \"soap\"\ncards = \"soap\"\n\
         [soap]\nsii_address = \"https://127.0.0.1:{port}/sii\"\n\
         registro_civil_address = \"https://127.0.0.1:{port}/rc\"\nauthorities = \"own.pem\"\n"
    );
    fs::write(place.path("config.toml"), settings).expect("a file");
    let told = place.totem(&["doctor"]).out;
    for setting in ["smtp.authorities_file", "sms_gateway.authorities_file", "soap.authorities"] {
        assert!(told.contains(&format!("name server.pem in {setting}")), "{setting}: {told}");
    }
    assert!(told.contains("-addext basicConstraints=critical,CA:FALSE"), "{told}");
    assert!(server.requests().is_empty());
}

#[test]
fn settings_that_would_leak_or_lose_are_faults() {
    for (settings, fault) in [
        ("[courier]\nmail = \"smtp\"\n", "smtp.host = \"\": It must be the name of the mail server"),
        (
            "[courier]\nmail = \"smtp\"\n[smtp]\nhost = \"mx.example\"\nsecurity = \"none\"\n",
            ":5: smtp.security = \"none\": Mail with keys in it goes in the clear to this very machine only",
        ),
        (
            "[courier]\nmail = \"smtp\"\n[smtp]\nhost = \"mx.example\"\nuser = \"me\"\npassword_file = \"\"\n",
            ":6: smtp.password_file = \"\": There is a user: say which file holds the password.",
        ),
        ("[courier]\nsms = \"http\"\n", "sms_gateway.url = \"\": It must be the gateway's address"),
        (
            "[sms_gateway]\nurl = \"http://sms.example/\"\n",
            ":2: sms_gateway.url = \"http://sms.example/\": It can't be used: plain http goes to this very \
             machine only",
        ),
        ("[sms_gateway]\nbody = '{\"to\": \"{to}\"}'\n", ":2: sms_gateway.body"),
        (
            "[courier]\nsms = \"http\"\n[sms_gateway]\nurl = \"https://sms.example/\"\nauthentication = \"basic\"\n",
            "sms_gateway.user = \"\": Basic authentication needs a user",
        ),
        ("[smtp]\npassword = \"hunter2\"\n", ":2: smtp.password: There is no such setting"),
        (
            "[smtp]\nsend_seconds = 20\n",
            ":2: smtp.send_seconds = 20: There is no such setting any more: answer_seconds limits each answer",
        ),
        (
            "[sms_gateway]\nsuccess = \"(\"\n",
            ":2: sms_gateway.success = \"(\": It can't be used: unclosed group.",
        ),
    ] {
        let place = Place::new();
        fs::write(place.path("config.toml"), settings).expect("a file");
        let told = place.totem(&["config", "check"]);
        told.refused(3, fault);
        assert!(!told.err.contains("hunter2"), "{told:?}");
    }
}

//! Settings as operators write them, and what they are told when something is wrong.

use super::layers::Layers;
use super::*;
use crate::domain::secret::Secret;

const FILE: &str = "/srv/totem/config.toml";

fn parse(text: &str) -> Result<Config, ConfigError> {
    Config::parse(Path::new(FILE), text, &Environment::default())
}

/// What the operator reads.
fn told(text: &str) -> String {
    parse(text).expect_err("these settings are wrong").to_string()
}

#[test]
fn an_empty_file_is_the_built_in_settings() {
    let config = parse("").unwrap();
    let mut written_out = parse(BUILT_IN).unwrap();
    assert!(matches!(written_out.hash.memory_set_at, Origin::Line(..)));
    written_out.hash.memory_set_at = Origin::BuiltIn;
    assert_eq!(config, written_out);
    assert_eq!(config.idle.data_typed.after.as_secs(), 120);
    assert_eq!(config.retention.flows.as_secs(), 86_400);
    assert_eq!(config.store.export_every.map(|every| every.as_secs()), Some(86_400));
    assert_eq!(config.store.folder, Path::new("/srv/totem/totem-data/store"));
    assert_eq!(config.keys.file, Path::new("/srv/totem/totem.key"));
    assert_eq!(config.questions[0].as_str(), "NOMBRE DE MI MASCOTA");
    assert_eq!(config.questions.len(), 6);
    assert!(config.is_demo());
    assert!(!config.hash.is_weak());
}

#[test]
fn every_built_in_key_is_read() {
    let mut reader = Reader::new(Layers::new(None, &Environment::default()), PathBuf::from("/"));
    let config = Config::take(&mut reader, None, &Environment::default());
    assert!(config.is_some());
    let known: Vec<&str> = reader.layers.settings.keys().map(String::as_str).collect();
    let read: Vec<&str> = reader.read.iter().copied().collect();
    assert_eq!(known, read);
}

#[test]
fn the_environment_stands_above_the_file() {
    let environment = Environment::default()
        .with("idle.data_typed_seconds", "200")
        .with("questions.list", "MARCA DE MI PRIMER AUTO, PLATO QUE MEJOR COCINO")
        .with("store.export_every_hours", "0")
        .with("hash.allow_weak", "true")
        .with("hash.memory_kib", "64");
    let text = "[idle]\ndata_typed_seconds = 180\nconfirmation_seconds = 100\n";
    let config = Config::parse(Path::new(FILE), text, &environment).unwrap();
    assert_eq!(config.idle.data_typed.after.as_secs(), 200);
    assert_eq!(config.idle.confirmation.after.as_secs(), 100);
    assert_eq!(config.questions[1].as_str(), "PLATO QUE MEJOR COCINO");
    assert_eq!(config.store.export_every, None);
    assert!(config.hash.is_weak());
}

#[test]
fn all_faults_at_once_each_with_its_place() {
    let text = "\
[idle]
data_tiped_seconds = 180
confirmation_seconds = 2
[kiosk]
theme = \"dark\"
desk = 3
[hash]
memory_kib = 64
[shop]
open = true
[courier]
sender = \"nobody\"
";
    insta::assert_snapshot!(told(text), @r#"
    /srv/totem/config.toml:2: idle.data_tiped_seconds = 180: There is no such setting; did you mean idle.data_typed_seconds?
    /srv/totem/config.toml:3: idle.confirmation_seconds = 2: It must be from 5 to 7200.
    /srv/totem/config.toml:5: kiosk.theme = "dark": It must be one of "normal", "high-contrast".
    /srv/totem/config.toml:6: kiosk.desk = 3: It must be a text in quotes.
    /srv/totem/config.toml:8: hash.memory_kib = 64: It is too cheap to keep secrets: memory_kib from 19456, passes from 2.
    /srv/totem/config.toml:10: shop.open = true: There is no such setting. `totem config print-default` shows all there are.
    /srv/totem/config.toml:12: courier.sender = "nobody": It must be an e-mail address (there is not exactly one @).
    "#);
}

#[test]
fn what_is_no_toml_is_told_with_its_line() {
    let told = told("[idle]\nnothing_typed_seconds 60\n");
    assert!(told.starts_with("/srv/totem/config.toml:2: This is not TOML: "), "{told}");
}

#[test]
fn a_wrong_variable_is_told_by_its_name() {
    let environment = Environment::default()
        .with("idle.confirmation_seconds", "soon")
        .with("idle.confrmation_seconds", "9");
    let told = Config::parse(Path::new(FILE), "", &environment).unwrap_err().to_string();
    insta::assert_snapshot!(told, @r#"
    variable TOTEM__IDLE__CONFIRMATION_SECONDS: idle.confirmation_seconds = "soon": It must be a whole number.
    variable TOTEM__IDLE__CONFRMATION_SECONDS: idle.confrmation_seconds = "9": There is no such setting; did you mean idle.confirmation_seconds?
    "#);
}

#[test]
fn the_key_is_kept_away_from_the_data() {
    for file in ["totem-data/store/totem.key", "totem-data/log/../mail/totem.key", "./totem-data/sms/k"] {
        let told = told(&format!("[keys]\nfile = {file:?}\n"));
        assert!(told.contains("config.toml:2: keys.file"), "{file}: {told}");
        assert!(told.contains("must not lie inside"), "{file}: {told}");
    }
}

#[test]
fn imported_registers_are_no_demonstration_and_no_place_for_the_key() {
    let with =
        |rest: &str| format!("[registry]\ncompanies = \"register\"\nrepresentatives = \"register\"\n{rest}");
    assert!(parse(&with("")).unwrap().is_demo(), "cards are still invented");
    let config = parse(&with("cards = \"register\"\n")).unwrap();
    assert!(!config.is_demo());
    assert_eq!(config.register.folder, Path::new("/srv/totem/totem-data/register"));
    let told = told(&with("[keys]\nfile = \"totem-data/register/k\"\n"));
    assert!(told.contains("must not lie inside register.folder"), "{told}");
}

#[test]
fn a_decree_s_day_is_a_day_or_nothing() {
    let with = |day: &str| format!("[cards]\naccept_expired_until = \"{day}\"\n");
    let until = |day: &str| parse(&with(day)).unwrap().cards.accept_expired_until;
    assert_eq!(until(""), None);
    assert_eq!(until("2026-12-31"), Some(time::macros::date!(2026 - 12 - 31)));
    for wrong in ["31-12-2026", "2026-02-30", "mañana"] {
        let told = told(&with(wrong));
        assert!(told.contains("cards.accept_expired_until") && told.contains("2026-12-31"), "{told}");
    }
}

#[test]
fn ways_out_of_this_machine_are_told() {
    let way = |text: &str| {
        let config = parse(text).unwrap_or_else(|error| panic!("{error}"));
        config.way_outside()
    };
    let smtp = |host: &str| way(&format!("[courier]\nmail = \"smtp\"\n[smtp]\nhost = {host:?}\n"));
    assert_eq!(way(""), None);
    assert_eq!((smtp("mx.example"), smtp("127.0.0.1"), smtp("localhost")), (Some("smtp.host"), None, None));
    let gateway = |url: &str, rest: &str| {
        let text = format!("authentication = \"none\"\nurl = {url:?}\n{rest}\n");
        way(&format!("[courier]\nsms = \"http\"\n[sms_gateway]\n{text}"))
    };
    assert_eq!(gateway("https://sms.example/", ""), Some("sms_gateway.url"));
    assert_eq!(gateway("http://127.0.0.1:9/", ""), None);
    let proxy = "proxy = \"http://127.0.0.1:9\"";
    assert_eq!(gateway("http://127.0.0.1:9/", proxy), Some("sms_gateway.proxy"));
    let state = |url: &str, rest: &str| {
        let text = format!("system_id = 7\nambiente = \"PRUEBA\"\nmessages_address = {url:?}\n{rest}\n");
        way(&format!("[courier]\nsms = \"soap\"\n[soap]\n{text}"))
    };
    assert_eq!(state("https://sms.example/", ""), Some("soap.messages_address"));
    assert_eq!((state("http://[::1]:9/", ""), state("http://[::1]:9/", proxy)), (None, Some("soap.proxy")));
}

#[test]
fn a_credential_comes_before_the_key_file() {
    let folder = tempfile::tempdir().unwrap();
    let environment =
        Environment { credentials_directory: Some(folder.path().to_path_buf()), ..Environment::default() };
    let before = Config::in_folder(folder.path(), &environment).unwrap();
    assert!(!before.keys.is_credential);
    std::fs::write(folder.path().join("totem.key"), "").unwrap();
    let config = Config::parse(Path::new(FILE), "", &environment).unwrap();
    assert_eq!(config.keys, Keys { file: folder.path().join("totem.key"), is_credential: true });
}

#[test]
fn times_that_contradict_each_other() {
    let told = told("[idle]\ndata_typed_warning_seconds = 120\n");
    assert!(told.contains(":2: idle.data_typed_warning_seconds = 120: It must be less than"), "{told}");
}

#[test]
fn where_the_office_is() {
    assert_eq!(parse("").unwrap().kiosk.time_zone, "America/Santiago".parse().unwrap());
    let told = told("[kiosk]\ntime_zone = \"Santiago\"\n");
    assert!(told.starts_with("/srv/totem/config.toml:2: kiosk.time_zone = \"Santiago\""), "{told}");
    assert!(told.contains("\"America/Santiago\""), "{told}");
}

#[test]
fn staff_and_their_pins() {
    let hash =
        "$argon2id$v=19$m=65536,t=3,p=4$BwcHBwcHBwcHBwcHBwcHBw$b4GZ8vbP2b1lq0yTq2m1m3gkq1d4Yb7m8m8m8m8m8m8";
    let block =
        |number: &str, name: &str| format!("[[staff]]\n{number}name = \"{name}\"\npin_hash = \"{hash}\"\n");
    let config = parse(&(block("number = 1\n", "Rosa") + &block("number = 999\n", "Eva"))).unwrap();
    let members: Vec<_> = config.staff.iter().map(|member| (member.number, member.name.as_str())).collect();
    assert_eq!(members, [(1, "Rosa"), (999, "Eva")]);
    assert_eq!(config.staff[0].pin.0, hash);

    let twice = |one: String, other: String| told(&(one + &other));
    let rosa = || block("number = 1\n", "Rosa");
    assert!(twice(rosa(), block("number = 2\n", "Rosa")).contains("Each name must stand once"));
    assert!(
        twice(rosa(), block("number = 1\n", "Eva")).contains("staff.number: Each number must stand once")
    );
    for number in ["", "number = 0\n", "number = 1000\n", "number = \"1\"\n"] {
        let told = told(&block(number, "Rosa"));
        assert!(told.contains("staff.number: Each [[staff]] block needs a number of its own"), "{told}");
    }
    let told = told("[[staff]]\nnumber = 1\nname = \"Rosa\"\npin_hash = \"481902\"\n");
    assert!(told.starts_with("/srv/totem/config.toml:4: staff.pin_hash: It is no Argon2id hash"), "{told}");
    assert!(!told.contains("481902"), "{told}");
}

#[test]
fn pins_that_anybody_would_try() {
    let check = |pin: &str| check_pin(&Secret::new(pin));
    for pin in ["48190", "4819021", "48190a", "٤٨١٩٠٢", ""] {
        assert_eq!(check(pin), Err(PinError::Digits), "{pin}");
    }
    for pin in ["111111", "123456", "876543"] {
        assert_eq!(check(pin), Err(PinError::Common), "{pin}");
    }
    assert_eq!(check("135791"), Ok(()));
}

#[test]
fn whoever_is_asked_over_soap_has_an_address() {
    let text = "\
[registry]
representatives = \"soap\"
[courier]
sms = \"soap\"
[soap]
sii_address = \"http://sii.example/\"
client_key = \"soap.key\"
proxy = \"proxy\"
open_states = [\"Abierta\", \"no existe\"]
messages_namespace = \"a b\"
";
    insta::assert_snapshot!(told(text), @r#"
    built-in settings: soap.client_certificate = "": A client certificate and its key go together: name both files, or neither.
    built-in settings: soap.registro_civil_address = "": It must be the address of the service, for registry.representatives or .cards is "soap".
    built-in settings: soap.messages_address = "": It must be the address of the service, for courier.sms is "soap".
    /srv/totem/config.toml:6: soap.sii_address = "http://sii.example/": It can't be used: plain http goes to this very machine only (localhost, 127.0.0.1, [::1]): use https.
    /srv/totem/config.toml:8: soap.proxy = "proxy": It can't be used: it is no address such as https://service.example/path.
    /srv/totem/config.toml:9: soap.open_states = ["Abierta", "no existe"]: Each word must stand once in open_states, closed_states and unknown_states together, accents and case aside.
    /srv/totem/config.toml:10: soap.messages_namespace = "a b": It must be a namespace such as http://webservices/WsMiddleware/.
    "#);
    let text = text
        .replace("http://sii.example/", "http://127.0.0.1:8081/sii")
        .replace("[soap]", "[soap]\nregistro_civil_address = \"https://registro.example/x\"")
        .replace("sms = \"soap\"", "")
        .replace("client_key = \"soap.key\"", "client_key = \"soap.key\"\nclient_certificate = \"soap.pem\"")
        .replace("proxy = \"proxy\"", "proxy = \"http://proxy.office:3128\"")
        .replace(", \"no existe\"", "")
        .replace("a b", "urn:b");
    let config = parse(&text).unwrap();
    assert_eq!(config.soap.sii.map(|sii| sii.port()), Some(8081));
    let identity = config.soap.way.identity.unwrap();
    assert_eq!(identity.key.path, Path::new("/srv/totem/soap.key"));
    assert!(!identity.key.is_credential);
}

#[test]
fn a_question_to_the_services_is_as_patient_as_the_settings_say() {
    let soap =
        parse("[soap]\nquestion_seconds = 25\nconnect_seconds = 40\nanswer_kib = 1024\n").unwrap().soap;
    let seconds = std::time::Duration::from_secs;
    assert_eq!((soap.limits.question, soap.way.answer_within), (seconds(25), seconds(25)));
    assert_eq!(soap.way.connect_within, seconds(25), "no longer than the question");
    assert_eq!(soap.way.most_bytes, 1024 * 1024);
    let soap =
        parse("[soap]\nunknown_states = [\"Nadie\"]\ncard_unknown_states = [\"Otra\"]\n").unwrap().soap;
    assert!(soap.words.person.has("NADIE") && soap.words.taxpayer.has("nadie"), "the words of all");
    assert!(soap.words.card.has("otra") && !soap.words.card.has("nadie"), "words of its own");
    assert!(!soap.words.person.has(""));
}

#[test]
fn documents_are_kept_apart_from_what_people_choose_from() {
    let text = "\
[documents]
folder = \"/media/kiosk/documents\"
media_folders = [\"/media\", \"sticks\"]
print_command = [\"lp\", \"-d\", \"oficina\"]
viewing_folder = \"/media/kiosk/viewing\"
viewing_minutes = 0
";
    insta::assert_snapshot!(told(text), @r#"
    /srv/totem/config.toml:2: documents.folder = "/media/kiosk/documents": What is kept must not lie where people choose files, nor the other way round.
    /srv/totem/config.toml:3: documents.media_folders = ["/media", "sticks"]: Each must be a folder from the root, such as /media, and not the root itself.
    /srv/totem/config.toml:4: documents.print_command = ["lp", "-d", "oficina"]: It must be a program and its arguments, one of them with {file}.
    /srv/totem/config.toml:5: documents.viewing_folder = "/media/kiosk/viewing": It must be a folder of its own: not where people choose files, nor where they are kept.
    /srv/totem/config.toml:6: documents.viewing_minutes = 0: It must be from 1 to 480.
    "#);
    let right =
        parse("[documents]\nprint_command = [\"lp\", \"{file}\"]\nscanner_folder = \"scans\"\n").unwrap();
    assert_eq!(right.documents.print_command, ["lp", "{file}"]);
    assert_eq!(right.documents.scanner_folder.as_deref(), Some(Path::new("/srv/totem/scans")));
    assert_eq!(right.documents.media_folders, [Path::new("/media"), Path::new("/run/media")]);
    assert_eq!(right.retention.documents.as_secs(), 30 * 86_400);
    assert_eq!(right.documents.viewing_folder.as_deref(), Some(Path::new("/srv/totem/totem-data/viewing")));
    assert_eq!(right.documents.viewing.as_secs(), 15 * 60);
    let none = parse("[documents]\nviewing_folder = \"\"\n").unwrap();
    assert!(none.documents.viewing().is_none());
}

#[test]
fn what_draws_pages_is_where_the_settings_say() {
    assert_eq!(parse("").unwrap().documents.renderer, None);
    let drawn_by = |tool: &str| parse(&format!("[documents]\nrenderer = \"{tool}\"\n")).unwrap().documents;
    assert_eq!(drawn_by("/bin/sh").drawing_tool().as_deref(), Some(Path::new("/bin/sh")));
    assert_eq!(drawn_by("/nowhere/pdftoppm").drawing_tool(), None);
    assert_eq!(drawn_by("tool").renderer.as_deref(), Some(Path::new("/srv/totem/tool")));
}

#[test]
fn where_phones_reach_this_terminal() {
    assert_eq!(parse("").unwrap().phone, None);
    let right = parse("[phone]\npublic_url = \"http://10.0.0.5:8080/\"\n").unwrap().phone.unwrap();
    assert_eq!((right.address.to_string().as_str(), right.listen.port()), ("http://10.0.0.5:8080", 8080));
    assert_eq!(right.identity, None);
    let behind_a_proxy = "[phone]\npublic_url = \"https://kiosco.example\"\nlisten = \"127.0.0.1:8080\"\n";
    assert!(parse(behind_a_proxy).is_ok());
    let pair = "certificate = \"c.pem\"\nkey = \"c.key\"\n";
    let text = format!("[phone]\npublic_url = \"https://kiosco.example\"\n{pair}");
    assert_eq!(
        parse(&text).unwrap().phone.unwrap().identity.unwrap().key.path,
        Path::new("/srv/totem/c.key")
    );
    for (setting, remedy) in [
        ("public_url = \"10.0.0.5\"", "public_url = \"10.0.0.5\": It can't be used: it is no address"),
        ("public_url = \"http://10.0.0.5/kiosco\"", "nothing may follow host and port"),
        ("public_url = \"https://10.0.0.5\"", "https needs certificate and key; or, behind a proxy"),
        ("public_url = \"http://10.0.0.5\"\nlisten = \"8080\"", "phone.listen = \"8080\": It can't be used"),
        ("public_url = \"http://10.0.0.5\"\nlisten = \"\"", "It must be an address and a port"),
        ("public_url = \"http://10.0.0.5\"\nlisten = \"0.0.0.0:0\"", "a port that stays the same"),
        ("public_url = \"https://10.0.0.5\"\ncertificate = \"c.pem\"", "go together: name both files"),
        (&format!("public_url = \"http://10.0.0.5\"\n{pair}"), "With a certificate it begins with https"),
    ] {
        let told = told(&format!("[phone]\n{setting}\n"));
        assert!(told.contains(remedy), "{setting}: {told}");
    }
}

//! Keys and folders as they are found on bad days.

use std::fs::{self, Permissions};
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::path::Path;

use super::*;
use crate::documents::DrawError;
use crate::documents::confinement::Confinement;

/// Settings with everything below a fresh folder.
fn settings() -> (tempfile::TempDir, Config) {
    let folder = tempfile::tempdir().unwrap();
    let config = Config::in_folder(folder.path(), &Environment::default()).unwrap();
    (folder, config)
}

fn write(path: &Path, mode: u32) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, "key").unwrap();
    fs::set_permissions(path, Permissions::from_mode(mode)).unwrap();
}

#[test]
fn a_key_is_its_owners_alone() {
    let (_folder, config) = settings();
    let level = || key::examine(&config).into_iter().map(|finding| finding.level).collect::<Vec<_>>();
    assert_eq!(level(), [Level::Warn], "before the first run");
    write(&config.keys.file, 0o600);
    assert_eq!(level(), [Level::Ok]);
    write(&config.keys.file, 0o640);
    assert_eq!(level(), [Level::Fault]);
    assert!(key::examine(&config)[0].remedy.starts_with("chmod 600 "));
}

#[test]
fn a_key_missing_beside_data_is_a_fault() {
    let (_folder, config) = settings();
    write(&config.store.folder.join("db"), 0o600);
    assert_eq!(key::examine(&config)[0].level, Level::Fault);
}

#[test]
fn a_link_does_not_hide_where_the_key_lies() {
    let (_folder, config) = settings();
    let hidden = config.store.folder.join("key");
    write(&hidden, 0o600);
    symlink(&hidden, &config.keys.file).unwrap();
    let told: Vec<String> = key::examine(&config).iter().map(Finding::to_string).collect();
    assert_eq!(told.len(), 2, "{told:?}");
    assert!(told[0].contains("is a link") && told[1].contains("inside store.folder"), "{told:?}");
}

#[test]
fn folders_for_data_are_private() {
    let (_folder, config) = settings();
    assert!(disk::examine(&config).iter().all(|finding| finding.level != Level::Fault));
    for (folder, mode, faults) in [
        (config.store.folder.as_path(), 0o700, 0),
        (config.store.folder.as_path(), 0o750, 1),
        (config.courier.mail_folder().unwrap(), 0o770, 1),
        (config.courier.mail_folder().unwrap(), 0o777, 2),
    ] {
        fs::create_dir_all(folder).unwrap();
        fs::set_permissions(folder, Permissions::from_mode(mode)).unwrap();
        let found = disk::examine(&config).iter().filter(|finding| finding.level == Level::Fault).count();
        assert_eq!(found, faults, "{} {mode:o}", folder.display());
    }
}

#[test]
fn a_folder_for_viewing_is_private() {
    let (_folder, mut config) = settings();
    let told = |config: &Config| {
        documents::judge_viewing(config).iter().map(Finding::to_string).collect::<Vec<_>>().join("\n")
    };
    let viewing = config.documents.viewing_folder.clone().unwrap();
    assert!(told(&config).contains("will be made"), "{}", told(&config));
    fs::create_dir_all(&viewing).unwrap();
    fs::set_permissions(&viewing, Permissions::from_mode(0o750)).unwrap();
    assert!(told(&config).starts_with("fault  documents.viewing_folder: "), "{}", told(&config));
    config.documents.viewing_folder = None;
    assert!(told(&config).starts_with("ok     documents.viewing_folder: none"), "{}", told(&config));
}

#[test]
fn what_confines_who_looks_is_told() {
    let told = |landlock| documents::judge_confinement(Some(Confinement { landlock })).unwrap();
    assert_eq!(told(Some(7)).level, Level::Ok);
    assert!(told(Some(7)).what.contains("seccomp and Landlock (version 7)"), "{}", told(Some(7)));
    assert_eq!(told(None).level, Level::Warn);
    assert!(told(None).what.contains("no Landlock"), "{}", told(None));
    assert_eq!(documents::judge_confinement(None), None);
}

#[test]
fn what_draws_pages_is_tried() {
    let (_folder, mut config) = settings();
    config.documents.renderer = Some("/nowhere/pdftoppm".into());
    assert_eq!(documents::judge_drawing(&config, None).level, Level::Fault);
    config.documents.renderer = None;
    assert_eq!(documents::judge_drawing(&config, Some(Ok(()))).level, Level::Ok);
    let none = documents::judge_drawing(&config, None);
    assert_eq!((none.level, none.remedy.as_str()), (Level::Warn, "apt-get install poppler-utils"));
    let failed = documents::judge_drawing(&config, Some(Err(DrawError::Failed(1))));
    assert_eq!(failed.level, Level::Fault);
}

#[test]
fn weak_hashes_and_the_invented_world_are_told() {
    let environment = Environment::default().with("hash.allow_weak", "true").with("hash.memory_kib", "64");
    let config = Config::in_folder(Path::new("/srv/totem"), &environment);
    let told: Vec<String> = settings::examine(&config).iter().map(Finding::to_string).collect();
    assert!(told.iter().any(|line| line.starts_with("fault  hash.allow_weak")), "{told:?}");
    assert!(told.iter().any(|line| line.starts_with("warn   registry.folder is empty")), "{told:?}");
}

/// Everything over SOAP, at one address.
fn over_soap(address: &str) -> Vec<Finding> {
    let environment = Environment::default()
        .with("registry.companies", "soap")
        .with("registry.representatives", "soap")
        .with("registry.cards", "soap")
        .with("courier.sms", "soap")
        .with("soap.sii_address", address)
        .with("soap.registro_civil_address", address)
        .with("soap.messages_address", address);
    soap::examine(&Config::in_folder(Path::new("/srv/totem"), &environment).unwrap())
}

#[test]
fn what_is_to_mend_stands_once_more_at_the_end() {
    let findings = [
        Finding::ok("log: it can be written"),
        Finding::fault("store: it is full", "make room"),
        Finding::warn("NumLock is off", "turn it on"),
    ];
    let ends = |findings: &[Finding]| {
        let mut out = Vec::new();
        sum_up(findings, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    };
    let told = "\nTo mend:\n\nfault  store: it is full — make room\n\n1 to mend, 1 to keep an eye on.\n";
    assert_eq!(ends(&findings), told);
    assert_eq!(ends(&findings[..1]), "\n0 to mend, 0 to keep an eye on.\n");
}

#[test]
fn services_are_knocked_at_and_asked_about_nobody() {
    let (_folder, config) = settings();
    assert_eq!(soap::examine(&config), [], "whom nobody asks is not knocked at");
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}/x", listener.local_addr().unwrap());
    let serving = std::thread::spawn(move || {
        for answer in ["200 OK", "302 Found", "404 Not Found"] {
            use std::io::{Read as _, Write as _};
            let (mut stream, _) = listener.accept().unwrap();
            let (mut heard, mut piece) = (Vec::new(), [0; 1024]);
            while !heard.ends_with(b"\r\n\r\n") {
                let length = stream.read(&mut piece).unwrap();
                heard.extend_from_slice(&piece[..length]);
            }
            let heard = String::from_utf8(heard).unwrap().to_lowercase();
            assert!(heard.starts_with("post /x http/1.1") && !heard.contains("soapaction"), "{heard}");
            assert!(!heard.contains("chunked"), "nothing is in it: {heard}");
            write!(stream, "HTTP/1.1 {answer}\r\nContent-Length: 0\r\n\r\n").unwrap();
        }
    });
    let levels = |findings: Vec<Finding>| findings.iter().map(|finding| finding.level).collect::<Vec<_>>();
    assert_eq!(levels(over_soap(&address)), [Level::Ok, Level::Fault, Level::Warn]);
    serving.join().unwrap();
    let told: Vec<String> = over_soap(&address).iter().map(Finding::to_string).collect();
    assert_eq!(told.len(), 3);
    assert!(told.iter().all(|line| line.starts_with("fault  soap.") && line.contains("can't be reached")));
}

#[test]
fn the_way_for_phones_is_looked_over() {
    let (folder, mut config) = settings();
    let told = |config: &Config| phone::examine(config).iter().map(Finding::to_string).collect::<Vec<_>>();
    assert!(told(&config)[0].starts_with("ok     phone.public_url: none"), "{:?}", told(&config));
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let free = "127.0.0.1:0".parse().unwrap();
    let mut judged = |address: &str, listen| {
        let address = address.parse().unwrap();
        config.phone = Some(crate::config::Phone { address, listen, identity: None });
        phone::examine(&config).iter().map(|finding| finding.level).collect::<Vec<_>>()
    };
    assert_eq!(judged("http://10.0.0.5:8080", free), [Level::Ok, Level::Ok]);
    assert_eq!(judged("https://kiosco.example", free), [Level::Ok]);
    assert_eq!(judged("http://200.1.2.3:8080", free), [Level::Ok, Level::Warn]);
    assert_eq!(judged("http://127.0.0.1:8080", free), [Level::Ok, Level::Warn]);
    let taken = listener.local_addr().unwrap();
    assert_eq!(judged("http://10.0.0.5:8080", taken), [Level::Warn, Level::Ok]);
    assert_eq!(judged("http://10.0.0.5:8080", "192.0.2.1:8080".parse().unwrap())[0], Level::Fault);
    let file = folder.path().join("c.pem");
    std::fs::write(&file, "no certificate").unwrap();
    let key = crate::vault::SecretFile::new(&file);
    let identity = Some(crate::http::TlsIdentity { certificate: file, key });
    let address = "https://kiosco.example".parse().unwrap();
    config.phone = Some(crate::config::Phone { address, listen: free, identity });
    assert!(told(&config)[1].contains("it holds no certificate in PEM"), "{:?}", told(&config));
}

//! A real mail server, `tests/smtp_server.py`, as a child of the test.

use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use totem::config::{Login, Security, Smtp as Settings};
use totem::courier::message::Sender;
use totem::courier::smtp::Smtp;
use totem::vault::SecretFile;

use crate::authority::Authority;

const SCRIPT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/smtp_server.py");
const PASSWORD: &str = "correct horse ñ";

/// Debian's own, or one on the path.
const INTERPRETERS: [&str; 3] =
    [concat!(env!("CARGO_MANIFEST_DIR"), "/target/python/bin/python"), "/usr/bin/python3", "python3"];

pub struct SmtpServer {
    child: Child,
    pub port: u16,
    pub folder: tempfile::TempDir,
    pub security: Security,
    authorities: PathBuf,
}

/// The first Python that has the library. Without one these tests fail: skipping them would prove
/// nothing about mail.
fn interpreter() -> &'static str {
    let has_it = |python: &&&str| {
        let imports = Command::new(python).args(["-c", "import aiosmtpd"]).stderr(Stdio::null()).status();
        imports.is_ok_and(|status| status.success())
    };
    INTERPRETERS.iter().find(has_it).unwrap_or_else(|| {
        panic!(
            "no Python here has aiosmtpd, the mail server of these tests: `apt-get install python3-aiosmtpd`, \
             or `python3 -m venv target/python && target/python/bin/pip install aiosmtpd==1.4.6`"
        )
    })
}

impl SmtpServer {
    /// With a certificate for 127.0.0.1, and a user who must authenticate over TLS.
    pub fn start(security: Security) -> Self {
        Self::start_as(security, "127.0.0.1")
    }

    pub fn start_as(security: Security, name: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let authority = Authority::new();
        let leaf = authority.vouches_for(name);
        let (certificate, key) = (folder.path().join("server.pem"), folder.path().join("server.key"));
        std::fs::write(&certificate, leaf.certificate).unwrap();
        std::fs::write(&key, leaf.key).unwrap();
        let mails = folder.path().join("mails");
        std::fs::create_dir(&mails).unwrap();
        let mut command = Command::new(interpreter());
        command
            .args(["-W", "ignore", SCRIPT])
            .arg(&mails)
            .arg("--certificate")
            .arg(&certificate)
            .arg("--key")
            .arg(&key);
        command.args(["--security", word(security)]);
        if security != Security::None {
            command.args(["--user", "kiosk", "--password", PASSWORD]);
        }
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let port = line.trim().parse().expect("the mail server says its port");
        let authorities = authority.file(folder.path());
        write_secret(&folder.path().join("password"), PASSWORD);
        SmtpServer { child, port, folder, security, authorities }
    }

    pub fn settings(&self) -> Settings {
        let password = SecretFile::new(self.folder.path().join("password"));
        let login = Login { user: "kiosk".to_string(), password };
        Settings {
            host: "127.0.0.1".to_string(),
            port: self.port,
            security: self.security,
            login: Some(login).filter(|_| self.security != Security::None),
            authorities: Some(self.authorities.clone()),
            connect_within: Duration::from_secs(3),
            answer_within: Duration::from_secs(20),
            accept_within: Duration::from_secs(20),
            keep_open: 2,
        }
    }

    pub fn mailer(&self) -> Smtp {
        Smtp::new(self.settings(), sender()).unwrap()
    }

    /// What was accepted: as it came, and as Python reads it.
    pub fn taken(&self) -> Vec<(Vec<u8>, serde_json::Value)> {
        let mut files: Vec<PathBuf> = std::fs::read_dir(self.folder.path().join("mails"))
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .filter(|path| path.extension().is_some_and(|extension| extension == "eml"))
            .collect();
        files.sort();
        let read = |path: &Path| std::fs::read(path).unwrap();
        let both = |path: PathBuf| {
            let seen = serde_json::from_slice(&read(&path.with_extension("json"))).unwrap();
            (read(&path), seen)
        };
        files.into_iter().map(both).collect()
    }
}

impl Drop for SmtpServer {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

pub fn sender() -> Sender {
    Sender {
        name: "Clave Sence\r\nBcc: malo@example.cl".into(),
        address: "no-responder@totem.example".parse().unwrap(),
        reply_to: "ayuda@totem.example".parse().ok(),
    }
}

pub fn write_secret(path: &Path, secret: &str) {
    use std::os::unix::fs::PermissionsExt as _;
    std::fs::write(path, format!("{secret}\n")).unwrap();
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o600)).unwrap();
}

fn word(security: Security) -> &'static str {
    match security {
        Security::Tls => "tls",
        Security::StartTls => "starttls",
        Security::None => "none",
    }
}

//! `[courier]`, `[smtp]` and `[sms_gateway]`: how messages leave. `config.toml` says what each
//! setting means.

use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::time::Duration;

use regex::{Regex, RegexBuilder};

use crate::config::template::Template;
use crate::domain::clean::Clean;
use crate::domain::email::Email;
use crate::http::{Endpoint, ProxyAddress, is_loopback};
use crate::vault::SecretFile;

use super::environment::Environment;
use super::reader::Reader;

/// `[courier]`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Courier {
    /// How mail leaves.
    pub mail: MailRoute,
    /// How SMS leave.
    pub sms: SmsRoute,
    /// The sender's name in mail.
    pub sender_name: Clean,
    /// The sender's address in mail.
    pub sender: Email,
    /// Where answers go; `None` for the sender.
    pub reply_to: Option<Email>,
    /// How long a refusing address stays marked.
    pub refused_kept: Duration,
}

/// How mail leaves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MailRoute {
    /// Not at all.
    Off,
    /// Into a folder, one file a mail.
    Maildir {
        /// Which one.
        folder: PathBuf,
    },
    /// To a mail server.
    Smtp(Smtp),
}

/// How SMS leave.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SmsRoute {
    /// Not at all.
    Off,
    /// Into a folder, one file an SMS.
    Folder {
        /// Which one.
        folder: PathBuf,
    },
    /// To a gateway, over HTTP.
    Http(Box<SmsGateway>),
    /// By the State's message service, as `[soap]` says.
    Soap,
}

/// `[smtp]`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Smtp {
    /// The mail server's name.
    pub host: String,
    /// Its TCP port.
    pub port: u16,
    /// How the line to it is protected.
    pub security: Security,
    /// How we sign in; `None` if it asks for nothing.
    pub login: Option<Login>,
    /// Trust only the authorities in this PEM file; `None` for the system's.
    pub authorities: Option<PathBuf>,
    /// How long connecting may take.
    pub connect_within: Duration,
    /// How long each answer may take until the text of a mail begins, the greeting among them.
    pub answer_within: Duration,
    /// How long the answer to the text may take.
    pub accept_within: Duration,
    /// How many idle connections are kept for the next mail.
    pub keep_open: usize,
}

/// How the line to a mail server is protected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Security {
    /// TLS from the first byte.
    Tls,
    /// STARTTLS, then TLS; without it, nothing is sent.
    StartTls,
    /// In the clear; only to this machine.
    None,
}

/// How we sign in at a server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Login {
    /// The name there.
    pub user: String,
    /// Read when it is needed.
    pub password: SecretFile,
}

/// `[sms_gateway]`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SmsGateway {
    /// Where each SMS is posted.
    pub url: Endpoint,
    /// What is posted.
    pub body: Template,
    /// How we sign in there.
    pub authentication: Authentication,
    /// Trust only the authorities in this PEM file; `None` for the system's.
    pub authorities: Option<PathBuf>,
    /// Through which proxy; `None` for directly.
    pub proxy: Option<ProxyAddress>,
    /// What an answer with a 2xx says in its body if the SMS was taken; `None` if any does.
    pub success: Option<Success>,
    /// How long each answer may take.
    pub answer_within: Duration,
}

/// A regular expression that the body of an answer matches when the SMS was taken.
#[derive(Clone, Debug)]
pub struct Success(Regex);

impl Success {
    /// Whether this body says so. What is not UTF-8 in it counts as any other character.
    pub fn is_in(&self, body: &[u8]) -> bool {
        self.0.is_match(&String::from_utf8_lossy(body))
    }
}

impl FromStr for Success {
    type Err = NotAPattern;

    fn from_str(text: &str) -> Result<Self, NotAPattern> {
        // The library draws where it failed, over several lines; the last one says why.
        let why = |error: regex::Error| error.to_string().lines().last().unwrap_or_default().to_string();
        let built = RegexBuilder::new(text).size_limit(MAX_PATTERN_BYTES).build();
        built.map(Success).map_err(|error| NotAPattern(why(error).trim_start_matches("error: ").to_string()))
    }
}

/// Why a text is no regular expression, in the library's words.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct NotAPattern(String);

impl PartialEq for Success {
    fn eq(&self, other: &Self) -> bool {
        self.0.as_str() == other.0.as_str()
    }
}

impl Eq for Success {}

/// How we sign in at a gateway.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Authentication {
    /// It knows us by address.
    None,
    /// `Authorization: Bearer` and a token.
    Bearer {
        /// Read when it is needed.
        token: SecretFile,
    },
    /// `Authorization: Basic` and this login.
    Basic(Login),
}

/// What a compiled pattern may take, in bytes.
const MAX_PATTERN_BYTES: usize = 256 * 1024;
/// The longest template, in bytes.
const MAX_TEMPLATE_BYTES: usize = 4096;

#[derive(Clone, Copy)]
enum Mail {
    Maildir,
    Smtp,
    Off,
}

#[derive(Clone, Copy)]
enum Sms {
    File,
    Http,
    Soap,
    Off,
}

#[derive(Clone, Copy)]
enum Scheme {
    None,
    Bearer,
    Basic,
}

impl Courier {
    pub(super) fn read(from: &mut Reader, environment: &Environment) -> Option<Self> {
        let mail = from
            .choice("courier.mail", &[("maildir", Mail::Maildir), ("smtp", Mail::Smtp), ("off", Mail::Off)]);
        let routes = [("file", Sms::File), ("http", Sms::Http), ("soap", Sms::Soap), ("off", Sms::Off)];
        let sms = from.choice("courier.sms", &routes);
        let mail_folder = from.path("courier.mail_folder");
        let sms_folder = from.path("courier.sms_folder");
        // Both are always read, so that errors are reported before they are chosen. What is missing
        // is reported only once they are.
        let smtp = Smtp::read(from, environment, matches!(mail, Mail::Smtp));
        let gateway = SmsGateway::read(from, environment, matches!(sms, Sms::Http));
        let sender_name = from.text("courier.sender_name", 1..=60);
        let reply_to = from.email("courier.reply_to");
        let sender = from.email("courier.sender");
        if sender.is_none() && from.is_right(&["courier.sender"]) {
            from.fault("courier.sender", "It must be an e-mail address: every mail has a sender.");
        }
        let refused_kept = from.duration("courier.refused_days", 1..=3650, 24 * 3600);
        Some(Courier {
            mail: match mail {
                Mail::Maildir => MailRoute::Maildir { folder: mail_folder },
                Mail::Smtp => MailRoute::Smtp(smtp?),
                Mail::Off => MailRoute::Off,
            },
            sms: match sms {
                Sms::File => SmsRoute::Folder { folder: sms_folder },
                Sms::Http => SmsRoute::Http(Box::new(gateway?)),
                Sms::Soap => SmsRoute::Soap,
                Sms::Off => SmsRoute::Off,
            },
            sender_name,
            sender: sender?,
            reply_to,
            refused_kept,
        })
    }

    /// The folder that mail is left in, if that is the route.
    pub fn mail_folder(&self) -> Option<&Path> {
        match &self.mail {
            MailRoute::Maildir { folder } => Some(folder),
            MailRoute::Smtp(_) | MailRoute::Off => None,
        }
    }

    /// The folder that SMS are left in, if that is the route.
    pub fn sms_folder(&self) -> Option<&Path> {
        match &self.sms {
            SmsRoute::Folder { folder } => Some(folder),
            SmsRoute::Http(_) | SmsRoute::Soap | SmsRoute::Off => None,
        }
    }
}

impl Smtp {
    /// If it is chosen, `None` is accompanied by a fault.
    fn read(from: &mut Reader, environment: &Environment, is_chosen: bool) -> Option<Self> {
        let host = from.text("smtp.host", 0..=253).to_string();
        let security = from.choice(
            "smtp.security",
            &[("tls", Security::Tls), ("starttls", Security::StartTls), ("none", Security::None)],
        );
        let user = from.text("smtp.user", 0..=254).to_string();
        let password = from.secret_file("smtp.password_file", "smtp.password_credential", environment);
        let port = u16::try_from(from.number("smtp.port", 1..=65_535)).ok();
        let smtp = Smtp {
            port: port?,
            security,
            login: None,
            authorities: from.optional_path("smtp.authorities_file"),
            connect_within: from.duration("smtp.connect_seconds", 1..=120, 1),
            answer_within: from.duration("smtp.answer_seconds", 2..=300, 1),
            accept_within: from.duration("smtp.accept_seconds", 10..=1_800, 1),
            keep_open: from.number("smtp.keep_open", 0..=4) as usize,
            host,
        };
        if !is_chosen {
            return None;
        }
        if smtp.host.is_empty() || smtp.host.contains(|c: char| c.is_whitespace() || "/@".contains(c)) {
            from.fault("smtp.host", "It must be the name of the mail server, such as \"smtp.example.cl\".");
            return None;
        }
        if smtp.security == Security::None && !is_loopback(&smtp.host) {
            from.fault(
                "smtp.security",
                "Mail with keys in it goes in the clear to this very machine only (localhost, 127.0.0.1, ::1): \
                 use \"tls\" or \"starttls\".",
            );
        }
        let login = match (user.is_empty(), password) {
            (true, _) => None,
            (false, Some(password)) => Some(Login { user, password }),
            (false, None) => {
                from.fault("smtp.password_file", "There is a user: say which file holds the password.");
                None
            }
        };
        Some(Smtp { login, ..smtp })
    }
}

impl SmsGateway {
    /// If it is chosen, `None` is accompanied by a fault.
    fn read(from: &mut Reader, environment: &Environment, is_chosen: bool) -> Option<Self> {
        let url = from.parsed::<Endpoint>("sms_gateway.url");
        let body = from.verbatim("sms_gateway.body", 1..=MAX_TEMPLATE_BYTES).parse::<Template>();
        let scheme = from.choice(
            "sms_gateway.authentication",
            &[("none", Scheme::None), ("bearer", Scheme::Bearer), ("basic", Scheme::Basic)],
        );
        let user = from.text("sms_gateway.user", 0..=254).to_string();
        let secret =
            from.secret_file("sms_gateway.secret_file", "sms_gateway.secret_credential", environment);
        let authorities = from.optional_path("sms_gateway.authorities_file");
        let proxy = from.parsed::<ProxyAddress>("sms_gateway.proxy");
        let success = from.parsed::<Success>("sms_gateway.success");
        let answer_within = from.duration("sms_gateway.answer_seconds", 2..=120, 1);
        if let Err(error) = &body {
            from.fault("sms_gateway.body", format!("{error}."));
        }
        if !is_chosen {
            return None;
        }
        if url.is_none() && from.is_right(&["sms_gateway.url"]) {
            from.fault(
                "sms_gateway.url",
                "It must be the gateway's address, such as \"https://sms.example/send\".",
            );
        }
        let authentication = match (scheme, secret) {
            (Scheme::None, _) => Authentication::None,
            (Scheme::Bearer, Some(token)) => Authentication::Bearer { token },
            (Scheme::Basic, Some(password)) => {
                if user.is_empty() || user.contains(':') {
                    from.fault("sms_gateway.user", "Basic authentication needs a user, without a colon.");
                }
                Authentication::Basic(Login { user, password })
            }
            (Scheme::Bearer | Scheme::Basic, None) => {
                from.fault("sms_gateway.secret_file", "Say which file holds the token or password.");
                Authentication::None
            }
        };
        Some(SmsGateway {
            url: url?,
            body: body.ok()?,
            authentication,
            authorities,
            proxy,
            success,
            answer_within,
        })
    }
}

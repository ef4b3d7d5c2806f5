//! What the Maildir and the SMS folder finally hold, read as others would read it.

use super::*;
use mail_parser::MessageParser;
use totem::courier::maildir::Maildir;
use totem::courier::message::Sender;
use totem::courier::sms::SmsFolder;
use totem::domain::email::Email;

#[tokio::test]
async fn a_mail_program_reads_what_was_written_and_a_resend_is_the_same_file() {
    let folder = tempfile::tempdir().unwrap();
    let from: Email = "no-responder@totem.example".parse().unwrap();
    let name = "Clave Sence\r\nBcc: x@example.cl".into();
    let sender = Sender { name, address: from, reply_to: None };
    let maildir = Maildir::open(folder.path(), sender.clone()).unwrap();
    let mail = Mail {
        to: "duena@empresa.example".parse().unwrap(),
        subject: "Ñandú y compañía\r\nBcc: malo@example.cl".into(),
        body: Secret::new("Estimada:\n\n    ABCDEFGHJK\n.\nAdiós, ñ".to_string()),
        language: Language::Es,
        key: totem::courier::SendingKey { errand: Id([0xab; 16]), generation: 3 },
        at_ms: NOON,
        attachment: None,
    };
    maildir.send(&mail).await.unwrap();
    maildir.send(&mail).await.unwrap();
    let files: Vec<_> = std::fs::read_dir(folder.path().join("new")).unwrap().collect();
    assert_eq!(files.len(), 1);
    assert_eq!(std::fs::read_dir(folder.path().join("tmp")).unwrap().count(), 0);
    let raw = std::fs::read(files[0].as_ref().unwrap().path()).unwrap();
    let read = MessageParser::default().parse(&raw).unwrap();
    assert_eq!(read.subject(), Some("Ñandú y compañía Bcc: malo@example.cl"));
    assert_eq!(read.body_text(0).unwrap().replace("\r\n", "\n").trim_end(), mail.body.expose());
    assert_eq!(read.message_id(), Some(format!("{}-3@totem.example", "ab".repeat(16)).as_str()));
    let to = read.to().and_then(|to| to.first()).and_then(|to| to.address());
    assert_eq!((to, read.bcc().is_none(), read.cc().is_none()), (Some("duena@empresa.example"), true, true));
    assert_eq!(read.date().map(|date| date.to_timestamp() as u64 * 1000), Some(NOON));
    assert_eq!(read.header_raw("Auto-Submitted").map(str::trim), Some("auto-generated"));
    assert!(read.reply_to().is_none());
    let sender = Sender { reply_to: "ayuda@totem.example".parse().ok(), ..sender };
    let maildir = Maildir::open(folder.path(), sender).unwrap();
    let key = totem::courier::SendingKey { generation: 4, ..mail.key };
    maildir.send(&Mail { key, ..mail }).await.unwrap();
    let raw = std::fs::read(folder.path().join(format!("new/{key}.totem"))).unwrap();
    let read = MessageParser::default().parse(&raw).unwrap();
    let answers = read.reply_to().and_then(|to| to.first()).and_then(|to| to.address());
    assert_eq!(answers, Some("ayuda@totem.example"));
}

#[tokio::test]
async fn an_sms_is_a_line_of_json() {
    let folder = tempfile::tempdir().unwrap();
    let texter = SmsFolder::open(folder.path()).unwrap();
    let text = Text {
        to: "987654321".parse().unwrap(),
        text: totem::courier::Gsm7::new("Adiós «ñ»"),
        key: totem::courier::SendingKey { errand: Id([1; 16]), generation: 1 },
        at_ms: NOON,
    };
    texter.send(&text).await.unwrap();
    let written = std::fs::read_to_string(folder.path().join(format!("{}-1.json", "01".repeat(16)))).unwrap();
    assert!(
        written.ends_with("\n") && written.contains(r#""to":"+56987654321","text":"Adios \"ñ\"""#),
        "{written}"
    );
}

#[tokio::test]
async fn a_folder_that_is_gone_is_worth_another_try() {
    let folder = tempfile::tempdir().unwrap();
    let texter = SmsFolder::open(folder.path()).unwrap();
    std::fs::remove_dir_all(folder.path()).unwrap();
    let text = Text {
        to: "987654321".parse().unwrap(),
        text: totem::courier::Gsm7::new("a"),
        key: totem::courier::SendingKey { errand: Id([1; 16]), generation: 1 },
        at_ms: NOON,
    };
    assert!(matches!(texter.send(&text).await, Err(SendError::Temporary(_))));
}

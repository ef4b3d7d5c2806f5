//! Mailboxes and mobiles in memory: what the courier sends stays there to be read.

use std::sync::Mutex;

use async_trait::async_trait;
use totem::courier::{Attachment, Mail, Mailer, SendError, Text, Texter};

#[derive(Default)]
pub struct Post {
    mails: Mutex<Vec<Mail>>,
    texts: Mutex<Vec<Text>>,
}

#[async_trait]
impl Mailer for Post {
    async fn send(&self, mail: &Mail) -> Result<(), SendError> {
        self.mails.lock().expect("nobody panics with it").push(mail.clone());
        Ok(())
    }
}

#[async_trait]
impl Texter for Post {
    async fn send(&self, text: &Text) -> Result<(), SendError> {
        self.texts.lock().expect("nobody panics with it").push(text.clone());
        Ok(())
    }
}

impl Post {
    /// The subjects of the mails to this address, the oldest first.
    pub fn subjects(&self, to: &str) -> Vec<String> {
        let mails = self.mails.lock().expect("nobody panics with it");
        mails.iter().filter(|mail| mail.to.to_string() == to).map(|mail| mail.subject.to_string()).collect()
    }

    pub fn mail_count(&self) -> usize {
        self.mails.lock().expect("nobody panics with it").len()
    }

    /// How many SMS this mobile got.
    pub fn text_count(&self, to: &str) -> usize {
        let texts = self.texts.lock().expect("nobody panics with it");
        texts.iter().filter(|text| text.to.international() == to).count()
    }

    /// The newest mail to this address.
    pub fn newest_mail(&self, to: &str) -> String {
        let mails = self.mails.lock().expect("nobody panics with it");
        let newest = mails.iter().rev().find(|mail| mail.to.to_string() == to);
        newest.unwrap_or_else(|| panic!("no mail to {to}")).body.expose().to_string()
    }

    /// The key or code, if there is one, of each mail to this address, the oldest first.
    pub fn secrets_in_mails_to(&self, to: &str) -> Vec<Option<String>> {
        let mails = self.mails.lock().expect("nobody panics with it");
        let of = mails.iter().filter(|mail| mail.to.to_string() == to);
        of.map(|mail| secret_of_mail(mail.body.expose())).collect()
    }

    /// The same of each SMS to this mobile.
    pub fn secrets_in_texts_to(&self, to: &str) -> Vec<Option<String>> {
        let texts = self.texts.lock().expect("nobody panics with it");
        let of = texts.iter().filter(|text| text.to.international() == to);
        of.map(|text| secret_of_text(text.text.expose())).collect()
    }

    /// What is attached to the newest mail to this address.
    pub fn attachment_to(&self, to: &str) -> Option<Attachment> {
        let mails = self.mails.lock().expect("nobody panics with it");
        mails.iter().rev().find(|mail| mail.to.to_string() == to)?.attachment.clone()
    }

    /// The key or code in the newest mail to this address: the line that stands apart.
    pub fn mail_to(&self, to: &str) -> String {
        let body = self.newest_mail(to);
        secret_of_mail(&body).unwrap_or_else(|| panic!("no key and no code in:\n{body}"))
    }

    /// The key or code in the newest SMS to this mobile.
    pub fn text_to(&self, to: &str) -> String {
        let texts = self.texts.lock().expect("nobody panics with it");
        let newest = texts.iter().rev().find(|text| text.to.international() == to);
        let text = newest.unwrap_or_else(|| panic!("no SMS to {to}")).text.expose().to_string();
        secret_of_text(&text).unwrap_or_else(|| panic!("no key and no code in: {text}"))
    }

    /// Every secret that was ever sent.
    pub fn secrets(&self) -> Vec<String> {
        let mails = self.mails.lock().expect("nobody panics with it");
        let texts = self.texts.lock().expect("nobody panics with it");
        let in_mails = mails.iter().filter_map(|mail| secret_of_mail(mail.body.expose()));
        in_mails.chain(texts.iter().filter_map(|text| secret_of_text(text.text.expose()))).collect()
    }
}

fn secret_of_mail(body: &str) -> Option<String> {
    body.lines().find(|line| line.starts_with("    ")).map(|line| line.trim().to_string())
}

/// A word of ten capitals and digits, or of eight digits.
fn secret_of_text(text: &str) -> Option<String> {
    let words = text.split(|symbol: char| !symbol.is_ascii_alphanumeric());
    let is_secret = |word: &&str| {
        let is_key =
            word.len() == 10 && word.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit());
        is_key || word.len() == 8 && word.bytes().all(|byte| byte.is_ascii_digit())
    };
    words.filter(is_secret).map(str::to_string).next()
}

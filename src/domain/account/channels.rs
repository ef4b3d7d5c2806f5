//! The channels of an account: which of them lead to one place, which are proved, and what proving or
//! a deed in person makes of them (T3, T4).

use super::Account;
use crate::domain::contact::Contact;
use crate::domain::destination::Destination;
use crate::domain::email::Email;
use crate::domain::office_time::ProtectionsTime;
use crate::domain::trust::{ChannelOnFile, Channels, Rank};

/// One way to reach the company, as it stands on file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccountChannel {
    /// Which one.
    pub contact: Contact,
    /// What is known of it.
    pub on_file: ChannelOnFile,
}

impl Account {
    /// Every channel that is written down, in the order in which they are told: the company's mailbox,
    /// the representative's mobile, and their own mailbox.
    pub fn channels(&self) -> [AccountChannel; 3] {
        let Channels { email, mobile, representative_email } = self.trust.channels;
        let of = |contact, on_file| AccountChannel { contact, on_file };
        [
            of(Contact::CompanyEmail(self.email.clone()), email),
            of(Contact::Mobile(self.representative.mobile.clone()), mobile),
            of(Contact::RepresentativeEmail(self.representative.email.clone()), representative_email),
        ]
    }

    /// The places for which this holds of the channel, each once.
    pub fn places(&self, holds: impl Fn(&ChannelOnFile) -> bool) -> Vec<Destination> {
        let mut places: Vec<Destination> = Vec::new();
        for channel in self.channels().into_iter().filter(|channel| holds(&channel.on_file)) {
            let place = channel.contact.destination();
            if places.iter().all(|known| known.folded() != place.folded()) {
                places.push(place);
            }
        }
        places
    }

    /// Whether a code that was sent to this place was typed by somebody who could do so then (T3).
    pub fn has_proved(&self, place: &Destination) -> bool {
        self.places(ChannelOnFile::is_proved).iter().any(|proved| proved.folded() == place.folded())
    }

    /// Whether only two members of staff together give the account to this place: two gave it within the
    /// month, and nobody has proved the place (T4d).
    pub fn takes_two_for(&self, place: &Destination, now: ProtectionsTime) -> bool {
        self.trust.rank(now) == Rank::Office && !self.has_proved(place)
    }

    /// A code that was sent to this place was typed: every channel that leads there is proved.
    pub fn prove(&mut self, place: &Destination, by: Rank, now_ms: u64) {
        let leads_there = self.channels().map(|known| known.contact.destination().folded() == place.folded());
        let Channels { email, mobile, representative_email } = &mut self.trust.channels;
        for (channel, leads_there) in [email, mobile, representative_email].into_iter().zip(leads_there) {
            if leads_there {
                *channel = channel.proved_again(now_ms, by);
            }
        }
    }

    /// A new contact takes the place of the one on file, proved by a deed of this rank.
    pub fn put_contact(&mut self, contact: Contact, by: Rank, now_ms: u64) {
        let proved = ChannelOnFile::proved(now_ms, by);
        let (representative, channels) = (&mut self.representative, &mut self.trust.channels);
        match contact {
            Contact::CompanyEmail(email) => (self.email, channels.email) = (email, proved),
            Contact::Mobile(mobile) => (representative.mobile, channels.mobile) = (mobile, proved),
            Contact::RepresentativeEmail(email) => {
                (representative.email, channels.representative_email) = (email, proved);
            }
        }
    }

    /// A deed in person: this mailbox is the company's from now on, and every channel that does not
    /// lead there is left behind (T4c).
    pub fn readdress(&mut self, email: Email, by: Rank, now_ms: u64) {
        let place = Destination::Mail(email.clone());
        if email.folded() != self.email.folded() {
            (self.email, self.trust.channels.email) = (email, ChannelOnFile::typed(now_ms));
        }
        let Channels { email, mobile, representative_email } = &mut self.trust.channels;
        for channel in [email, mobile, representative_email] {
            *channel = channel.left();
        }
        self.prove(&place, by, now_ms);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::account::{Address, Representative};
    use crate::domain::comuna::Comuna;
    use crate::domain::digest::Digest;
    use crate::domain::language::Language;
    use crate::domain::rut::Rut;
    use crate::domain::trust::{Standing, Trust};

    fn account() -> Account {
        let mobile = "987654321".parse().expect("a mobile");
        let email = |raw: &str| raw.parse::<Email>().expect("an address");
        Account {
            company: Rut::of_body(99_999_999).expect("a RUT"),
            name: "Comercial Ejemplo Limitada".into(),
            secret_question: None,
            address: Address {
                comuna: Comuna::named("Ñuñoa").expect("a commune"),
                street: "Avenida Irarrázaval".into(),
                number: "1234".into(),
                block: None,
                apartment: None,
            },
            email: email("ventas@ejemplo.example"),
            phone: "223456789".parse().expect("a telephone"),
            fax: None,
            representative: Representative {
                rut: Rut::of_body(11_111_111).expect("a RUT"),
                name: "Ana Ejemplo".into(),
                mobile,
                email: email("VENTAS@ejemplo.example"),
            },
            clave: Digest("digest".into()),
            recoveries: Vec::new(),
            undos: Vec::new(),
            language: Language::Es,
            created_ms: 0,
            trust: Trust::new(Channels::typed(0), Rank::Low, 0),
        }
    }

    fn standings(account: &Account) -> [Standing; 3] {
        account.channels().map(|channel| channel.on_file.standing())
    }

    #[test]
    fn one_mailbox_under_two_names_is_proved_once_and_told_once() {
        let mut account = account();
        assert_eq!(account.places(|_| true).len(), 2);
        account.prove(&Destination::Mail(account.email.clone()), Rank::Low, 5);
        assert_eq!(standings(&account), [Standing::Proved, Standing::Unproved, Standing::Proved]);
        assert_eq!(account.places(ChannelOnFile::is_proved).len(), 1);
    }

    #[test]
    fn in_person_one_mailbox_stays() {
        let (mut elsewhere, mut same) = (account(), account());
        elsewhere.readdress("nueva@ejemplo.example".parse().expect("an address"), Rank::Person, 5);
        assert_eq!(standings(&elsewhere), [Standing::Proved, Standing::Left, Standing::Left]);
        let email = same.email.clone();
        same.readdress(email, Rank::Person, 5);
        assert_eq!(standings(&same), [Standing::Proved, Standing::Left, Standing::Proved]);
        assert!(same.has_proved(&Destination::Mail(same.email.clone())));
        assert!(
            same.trust
                .channels
                .email
                .may_freeze(crate::domain::office_time::OfficeTime::agreed(5).protections())
        );
    }
}

//! What may stand in a message's way, and how it comes about before a visit.

use totem::domain::destination::{Channel, Destination};
use totem::domain::errand::AttemptOutcome;
use totem::domain::limits::Budget;
use totem::domain::office_time::OfficeTime;
use totem::domain::refused_address::RefusedAddress;
use totem::office::message_tally::MessageTally;
use totem::office::ways_out::WaysOut;
use totem::vault::Blind;

use crate::booth::{Booth, MAILBOX, MOBILE, OWN_MAILBOX};
use crate::facilitator::FACILITATOR;
use Obstacle::{Full, Held, MailHeld, MailOff, Marked, Off, SmsHeld, SmsOff};

const MINUTE_MS: u64 = 60_000;

/// What may stand in a message's way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Obstacle {
    /// `courier.mail = "off"`
    MailOff,
    /// `courier.sms = "off"`
    SmsOff,
    /// No mail leaves for the time being.
    MailHeld,
    /// No SMS does.
    SmsHeld,
    /// Neither is sent.
    Off,
    /// Neither leaves for the time being.
    Held,
    /// The addresses on file refused messages before.
    Marked,
    /// They have had three messages within the hour.
    Full,
}

pub const OBSTACLES: [Obstacle; 8] = [MailOff, SmsOff, MailHeld, SmsHeld, Off, Held, Marked, Full];
/// Of any mail.
pub const MAIL: &[Obstacle] = &[MailOff, MailHeld, Off, Held];
/// Of a mail to an address on file out of the owner's budget.
pub const MAIL_ON_FILE: &[Obstacle] = &[MailOff, MailHeld, Off, Held, Marked, Full];
/// Of a mail of which only the channel and the budget are told.
pub const MAIL_IN_BUDGET: &[Obstacle] = &[MailOff, MailHeld, Off, Held, Full];
/// Of notices, which go by both channels.
pub const BOTH: &[Obstacle] = &[Off, Held];

impl Obstacle {
    pub fn ways_out(self) -> WaysOut {
        let (off, held): (&[Channel], &[Channel]) = match self {
            MailOff => (&[Channel::Mail], &[]),
            SmsOff => (&[Channel::Sms], &[]),
            MailHeld => (&[], &[Channel::Mail]),
            SmsHeld => (&[], &[Channel::Sms]),
            Off => (&[Channel::Mail, Channel::Sms], &[]),
            Held => (&[], &[Channel::Mail, Channel::Sms]),
            Marked | Full => (&[], &[]),
        };
        let ways = off.iter().fold(WaysOut::default(), |ways, channel| ways.without(*channel));
        held.iter().for_each(|channel| ways.note(*channel, AttemptOutcome::Unreachable, 1));
        ways
    }

    /// What befell the addresses before the visit.
    pub fn befalls(self, booth: &Booth) {
        let mail = |address: &str| Destination::Mail(address.parse().unwrap());
        let mobile = Destination::Mobile(MOBILE.parse().unwrap());
        let places = [mail(MAILBOX), mail(OWN_MAILBOX), mail(FACILITATOR), mobile];
        let (records, now_ms) = (&booth.records, booth.now_ms());
        booth.runs(async |_| {
            for place in places.iter().filter(|_| self == Marked) {
                let id = records.vault().blind(Blind::RefusalOfAddress, place.folded().as_bytes());
                let channel = place.channel();
                let mark = RefusedAddress { channel, first_ms: now_ms, last_ms: now_ms, times: 1 };
                records.draft(now_ms).put_over(None, id, &mark, None).commit(records).await.unwrap();
            }
            for place in places.iter().filter(|_| self == Full) {
                for minutes in [9, 8, 7] {
                    let tally = MessageTally::read(records, place, Budget::Own).await.unwrap();
                    let sent = OfficeTime::agreed(now_ms - minutes * MINUTE_MS).protections();
                    tally.add(records.draft(now_ms), sent).commit(records).await.unwrap();
                }
            }
        });
    }
}

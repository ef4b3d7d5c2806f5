//! The only sentences that promise a message, each said of an outlook alone: what the office knows will
//! become of it. Where something stands in its way, the page says that instead. A test of the sentences
//! finds any other one that promises, and any other file that says one of these.

use super::shown::say;
use crate::domain::destination::Channel;
use crate::domain::outlook::Outlook;
use crate::effect::{Outgoing, SentTo};
use crate::page::{Block, Fact, Words};
use crate::text::Msg;

/// Declares each promise once: what it is called here, and the sentence that is said where it is kept.
macro_rules! promises {
    ($(#[$about:meta])* $set:ident { $($(#[$doc:meta])* $name:ident => $says:expr,)+ }) => {
        $(#[$about])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum $set {
            $($(#[$doc])* $name,)+
        }

        impl $set {
            /// Every one.
            #[cfg(test)]
            pub const ALL: &'static [$set] = &[$($set::$name,)+];

            /// As it is said where nothing stands in its way.
            fn kept(self) -> Msg {
                match self {
                    $($set::$name => $says,)+
                }
            }
        }
    };
}

promises! {
    /// A message to an address that the page shows.
    Promise {
        /// The guide's dialog of 3.1 and 3.2.
        KeyToCompany => Msg::SentToCompany,
        /// The guide's dialog of 3.3.
        KeyBySms => Msg::SentBySms,
        /// The same.
        KeyByMail => Msg::SentByMail,
        /// The guide's question about the address (3.1 (6)): not asked for yet.
        KeyToFollow => Msg::RecoverAddressHint,
        /// To the mailbox of an application.
        CodeToRegister => Msg::CodeHintRegister,
        /// To the representative's mobile.
        CodeToMobile => Msg::CodeHintMobileRegister,
        /// To the address that a key shall go to.
        CodeToAddress => Msg::CodeHint,
        /// To the mailbox of whoever is given an account.
        CodeToSettle => Msg::SettlementCodeHint,
        /// To a company's other mailbox.
        CodeToCompanyEmail => Msg::CodeHintCompanyEmail,
        /// To another mobile.
        CodeToOtherMobile => Msg::CodeHintMobile,
        /// To a representative's other mailbox.
        CodeToRepresentativeEmail => Msg::CodeHintRepresentativeEmail,
        /// *Enviar otro código*
        AnotherCode => Msg::CodeComing,
        /// Of all that is kept.
        CopyOfData => Msg::CopySent,
        /// Of the receipt.
        CopyOfRequest => Msg::FacilitatorTakenCopy,
        /// Of the declaration.
        Template => Msg::DeclarationOnItsWay,
        /// Two members of staff approved it.
        KeyToFacilitator => Msg::DecidedApproved,
        /// They refused it.
        ReasonToCompany => Msg::DecidedRefused,
        /// They approved it.
        ApprovalToCompany => Msg::DecidedApprovedNotice,
    }
}

promises! {
    /// A message without an address: to all contacts, or one that something later brings about.
    Notice {
        /// The clave was changed.
        ClaveChanged => Msg::ChangedNotice,
        /// A facilitator's was.
        FacilitatorClaveChanged => Msg::FacilitatorKeyChangedNotice,
        /// The data were changed.
        DataChanged => Msg::UpdateSavedNotice,
        /// All will be erased.
        ErasureAsked => Msg::ErasureAskedNotice,
        /// It will not.
        ErasureTakenBack => Msg::ErasureTakenBackNotice,
        /// A key waits for a day.
        KeyHeld => Msg::RecoverHeldNotice,
        /// Two members of staff gave the account.
        Settled => Msg::SettledNotice,
        /// What becomes of a pending application.
        ApplicationResult => Msg::TakenPendingNotice,
        /// What becomes of a facilitator's request.
        RequestAnswer => Msg::RequestAnswerNotice,
        /// The key, once a request is approved.
        KeyIfApproved => Msg::FacilitatorNextKey,
        /// The key of a request that was approved.
        KeyApproved => Msg::StatusApproved,
    }
}

impl Promise {
    /// What is so of this message.
    pub fn said(self, message: &Outgoing) -> Msg {
        let to = message.to.clone();
        match message.outlook {
            Outlook::Now => self.kept(),
            Outlook::Later { minutes } if minutes <= MINUTES_TOLD => Msg::OutlookLaterMinutes { to, minutes },
            Outlook::Later { minutes } => Msg::OutlookLaterHours { to, hours: minutes.div_ceil(60) },
            Outlook::UsedUp { minutes } if minutes <= MINUTES_TOLD => {
                Msg::OutlookUsedUpMinutes { to, minutes }
            }
            Outlook::UsedUp { minutes } => Msg::OutlookUsedUpHours { to, hours: minutes.div_ceil(60) },
            Outlook::Refused => Msg::OutlookRefused { to },
            Outlook::Held => match message.channel {
                Channel::Mail => Msg::OutlookHeldMail,
                Channel::Sms => Msg::OutlookHeldSms,
            },
            Outlook::Off => match message.channel {
                Channel::Mail => Msg::OutlookOffMail,
                Channel::Sms => Msg::OutlookOffSms,
            },
        }
    }
}

impl Notice {
    /// What is so of it; of the addresses nobody is told.
    pub fn said(self, outlook: Outlook) -> Msg {
        match outlook {
            Outlook::Now => self.kept(),
            Outlook::Later { .. } | Outlook::UsedUp { .. } => self.follows().later,
            Outlook::Refused | Outlook::Held => self.follows().held,
            Outlook::Off => self.follows().off,
        }
    }

    /// What is said in its place.
    fn follows(self) -> InItsPlace {
        match self {
            Notice::ClaveChanged
            | Notice::FacilitatorClaveChanged
            | Notice::DataChanged
            | Notice::ErasureAsked
            | Notice::ErasureTakenBack
            | Notice::KeyHeld
            | Notice::Settled => {
                InItsPlace { later: Msg::NoticesLater, held: Msg::NoticesHeld, off: Msg::NoticesOff }
            }
            Notice::ApplicationResult => {
                let unsent = Msg::TakenPendingUnsent;
                InItsPlace { later: unsent.clone(), held: unsent.clone(), off: unsent }
            }
            Notice::RequestAnswer | Notice::KeyIfApproved | Notice::KeyApproved => {
                InItsPlace { later: Msg::AnswerHeld, held: Msg::AnswerHeld, off: Msg::AnswerOff }
            }
        }
    }
}

/// What is so where a notice does not leave.
struct InItsPlace {
    later: Msg,
    held: Msg,
    off: Msg,
}

/// A longer wait is told in hours.
const MINUTES_TOLD: u64 = 90;

/// What is so of each message, by which way it goes.
pub fn said_of(sent_to: &SentTo, promise: impl Fn(Channel) -> Promise) -> Vec<Block> {
    let said = |message: &Outgoing| promise(message.channel).said(message);
    match &sent_to.messages[..] {
        [one] => vec![say(said(one))],
        several => vec![Block::Bullets(several.iter().map(|message| said(message).into()).collect())],
    }
}

/// Above a receipt: the guide's *Éxito* only for what leaves.
pub fn heading(outlook: Outlook) -> Msg {
    match outlook {
        Outlook::Now => Msg::SuccessHeading,
        Outlook::Later { .. } | Outlook::Refused | Outlook::Held => Msg::TakenHeading,
        Outlook::UsedUp { .. } | Outlook::Off => Msg::NotSentHeading,
    }
}

/// Above the page on which a code is typed.
pub fn code_heading(outlook: Outlook) -> Msg {
    match outlook {
        Outlook::Now => Msg::CodeHeading,
        Outlook::Later { .. } | Outlook::Refused | Outlook::Held => Msg::CodeAwaitedHeading,
        Outlook::UsedUp { .. } | Outlook::Off => Msg::NotSentHeading,
    }
}

/// Where the messages go, and in the demo world where they can be read.
pub fn places(sent_to: &SentTo) -> Vec<Block> {
    let facts = sent_to.messages.iter().map(|message| Fact {
        label: match message.channel {
            Channel::Mail => Msg::FactEmail,
            Channel::Sms => Msg::FactMobile,
        },
        value: Words::Given(message.to.clone()),
        change: None,
    });
    let mut blocks = vec![Block::Facts(facts.collect())];
    blocks.extend(read_in_demo(sent_to));
    blocks
}

/// In which folders whoever tries the kiosk finds the messages that may arrive.
pub fn read_in_demo(sent_to: &SentTo) -> Option<Block> {
    let folder = |channel| {
        let is_by_it = |message: &&Outgoing| message.channel == channel && message.outlook.may_arrive();
        sent_to.messages.iter().find(is_by_it).and_then(|_| sent_to.demo.of(channel)).cloned()
    };
    let says = match (folder(Channel::Mail), folder(Channel::Sms)) {
        (Some(mail), Some(sms)) => Msg::DemoMessageFolders { mail, sms },
        (Some(folder), None) => Msg::DemoMailFolder { folder },
        (None, Some(folder)) => Msg::DemoSmsFolder { folder },
        (None, None) => return None,
    };
    Some(Block::Important(says))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::clean::Clean;
    use crate::domain::destination::DemoFolders;

    const OBSTACLES: [Outlook; 8] = [
        Outlook::Later { minutes: 2 },
        Outlook::Later { minutes: 91 },
        Outlook::UsedUp { minutes: 50 },
        Outlook::UsedUp { minutes: 600 },
        Outlook::Refused,
        Outlook::Held,
        Outlook::Off,
        Outlook::Now,
    ];

    #[test]
    fn a_promise_is_said_of_what_leaves_and_of_nothing_else() {
        for promise in Promise::ALL {
            for channel in [Channel::Mail, Channel::Sms] {
                for outlook in OBSTACLES {
                    let message = Outgoing { channel, to: "anxxxx@empxxxx".into(), outlook };
                    let is_promised = promise.said(&message) == promise.kept();
                    assert_eq!(is_promised, outlook == Outlook::Now, "{promise:?} {outlook:?}");
                }
            }
        }
        for notice in Notice::ALL {
            for outlook in OBSTACLES {
                let is_promised = notice.said(outlook) == notice.kept();
                assert_eq!(is_promised, outlook == Outlook::Now, "{notice:?} {outlook:?}");
            }
        }
    }

    #[test]
    fn no_two_obstacles_are_told_alike() {
        let said = |channel, outlook| {
            let message = Outgoing { channel, to: "anxxxx@empxxxx".into(), outlook };
            Promise::KeyByMail.said(&message)
        };
        for (place, one) in OBSTACLES.iter().enumerate() {
            for other in &OBSTACLES[..place] {
                assert_ne!(said(Channel::Mail, *one), said(Channel::Mail, *other));
            }
        }
    }

    #[test]
    fn success_is_what_leaves() {
        for outlook in OBSTACLES {
            assert_eq!(heading(outlook) == Msg::SuccessHeading, outlook == Outlook::Now);
            assert_eq!(heading(outlook) == Msg::NotSentHeading, !outlook.may_arrive());
        }
    }

    #[test]
    fn whoever_tries_the_kiosk_is_told_where_each_message_lies() {
        let (mail, sms) = (Clean::from("correo/new"), Clean::from("sms"));
        let told = |channels: &[Channel], outlook| {
            let message = |channel: &Channel| Outgoing { channel: *channel, to: "9xxx".into(), outlook };
            let demo = DemoFolders { mail: Some(mail.clone()), sms: Some(sms.clone()) };
            read_in_demo(&SentTo { messages: channels.iter().map(message).collect(), demo })
        };
        let important = |says| Some(Block::Important(says));
        let in_mail = important(Msg::DemoMailFolder { folder: mail.clone() });
        let in_sms = important(Msg::DemoSmsFolder { folder: sms.clone() });
        let in_both = important(Msg::DemoMessageFolders { mail: mail.clone(), sms: sms.clone() });
        assert_eq!(told(&[Channel::Mail], Outlook::Now), in_mail);
        assert_eq!(told(&[Channel::Sms], Outlook::Now), in_sms);
        assert_eq!(told(&Channel::ALL, Outlook::Held), in_both);
        assert_eq!(told(&Channel::ALL, Outlook::Off), None);
        let nowhere = SentTo { demo: DemoFolders::default(), messages: vec![] };
        assert_eq!(read_in_demo(&nowhere), None);
    }
}

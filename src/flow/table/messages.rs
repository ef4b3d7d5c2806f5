//! Messages that are on their way, with each obstacle, and a key that waits, for the tables.

use super::tabled::{Tabled, page_of};
use super::{awaiting, on_file};
use crate::domain::clean::Clean;
use crate::domain::contact::Contact;
use crate::domain::destination::{Channel, DemoFolders};
use crate::domain::outlook::Outlook;
use crate::effect::facilitator::FacilitatorReply;
use crate::effect::settlement::SettlementReply;
use crate::effect::{
    HeldUntil, MobileProof, OnFile, Outgoing, Proved, Registered, Reply, SentTo, ToProve, Undoing,
};
use crate::flow::Next;

pub fn sent_to() -> SentTo {
    sent_by(Channel::Mail)
}

pub fn sent_by(channel: Channel) -> SentTo {
    SentTo { messages: vec![Outgoing { channel, ..outgoing() }], demo: DemoFolders::default() }
}

pub fn outgoing() -> Outgoing {
    Outgoing { channel: Channel::Mail, to: Clean::from("anxxxx@empxxxx"), outlook: Outlook::Now }
}

pub fn letters() -> Reply {
    Reply::Challenge(['C', 'A', 'H', 'T'])
}

/// A key that waits.
pub fn held(until: HeldUntil) -> Proved {
    Proved::Held { awaiting: awaiting(), until, notices: Outlook::Now }
}

/// Looks at the pages to which a waiting one leads, whatever becomes of the messages that they speak of. What
/// it doesn't wait for it doesn't hear either when the message meets an obstacle.
pub fn hears_of_each_obstacle<M: Tabled>(make: impl Fn() -> M) {
    // Only staff hear that they come.
    let unheard = make().reply(Reply::StaffCalled);
    let is_heard: Vec<bool> =
        speaking_of(Outlook::Now).into_iter().map(|reply| make().reply(reply) != unheard).collect();
    for outlook in Outlook::ONE_OF_EACH {
        let heard = speaking_of(outlook).into_iter().zip(&is_heard).filter(|(_, is_heard)| **is_heard);
        for (reply, _) in heard {
            if let Next::Stay(machine) | Next::Ask(machine, _) = make().reply(reply) {
                page_of(&machine);
            }
        }
    }
}

/// The replies that speak of messages, with what becomes of them. A key goes by both ways, and by one of
/// them it leaves.
fn speaking_of(outlook: Outlook) -> Vec<Reply> {
    let (awaiting, folio, notices) = (awaiting(), awaiting().folio(), outlook);
    let message = |channel| Outgoing { channel, outlook, ..outgoing() };
    let sent = |messages| SentTo { messages, ..sent_to() };
    let mail = sent(vec![message(Channel::Mail)]);
    let code = |contact: Contact| {
        let sent_to = sent(vec![message(contact.destination().channel())]);
        ToProve { awaiting: awaiting.clone(), contact, sent_to }
    };
    let mobile = code(Contact::Mobile(on_file().representative.mobile));
    let to_prove = vec![code(Contact::CompanyEmail(on_file().email)), mobile.clone()];
    let account = Registered::Account { mobile: MobileProof::ByCode(mobile.clone()) };
    let off = if outlook == Outlook::Off { Channel::ALL.to_vec() } else { Vec::new() };
    let keys = Channel::ALL.map(|channel| {
        let other = Channel::ALL.into_iter().filter(|other| *other != channel);
        let leaves = other.map(|channel| Outgoing { channel, ..outgoing() });
        sent(std::iter::once(message(channel)).chain(leaves).collect())
    });
    let mut replies = vec![
        Reply::ApplicationTaken { awaiting: awaiting.clone(), sent_to: mail.clone() },
        Reply::ApplicationGoesOn { awaiting: awaiting.clone(), sent_to: mail.clone() },
        Reply::CodeComing { message: message(Channel::Mail) },
        Reply::NewAddressToProve { awaiting: awaiting.clone(), sent_to: mail.clone() },
        Reply::RecoveryTaken { folio, sent_to: mail.clone() },
        Reply::ClaveChanged { folio, notices },
        Reply::DataRead(Box::new(OnFile { off, ..on_file() })),
        Reply::DataSaved { folio, to_prove, notices: Some(notices) },
        Reply::CopySent { folio, sent_to: mail.clone() },
        Reply::ErasureAsked { folio, notices },
        Reply::ErasureTakenBack { folio, notices },
        Reply::Undone { folio, leaves: Undoing::Frozen },
        Reply::Undone { folio, leaves: Undoing::NotErased },
        Reply::AddressProved(Proved::Registration { folio, registered: account }),
        Reply::AddressProved(Proved::Registration {
            folio,
            registered: Registered::Waits { result: outlook },
        }),
        Reply::AddressProved(Proved::Held { awaiting: awaiting.clone(), until: HeldUntil::NextDay, notices }),
        Reply::AddressProved(Proved::Sending { folio, sent_to: mail.clone() }),
        Reply::Settlement(SettlementReply::ToProve { awaiting: awaiting.clone(), sent_to: mail.clone() }),
        Reply::Settlement(SettlementReply::Settled { folio, notices }),
        Reply::Facilitator(FacilitatorReply::Mailed(mail.clone())),
        Reply::Facilitator(FacilitatorReply::Requested { folio, sent_to: mail }),
        Reply::Facilitator(FacilitatorReply::ClaveChanged { folio, notices }),
    ];
    replies.extend(keys.map(|sent_to| Reply::RecoveryTaken { folio, sent_to }));
    replies
}

//! Sentences that can't both be so at once. What a page says is held against this list wherever a test
//! draws one; the program itself never asks it.

use super::Page;
use crate::text::Msg;

/// What a sentence claims that another one may deny.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Tells {
    /// A code was sent, and waits to be typed.
    CodeIsGood,
    /// The code is of no use any more.
    CodeIsDead,
    /// The code's message has not left.
    CodeNotSent,
    /// It goes to a mobile.
    CodeBySms,
    /// What is said of it can only be so of mail.
    CodeByMail,
    /// A mail leaves within minutes, or left.
    MailLeaves,
    /// An SMS does.
    SmsLeaves,
    /// The office sends no mail.
    MailIsOff,
    /// The office sends no SMS.
    SmsIsOff,
    /// Nothing of what is told leaves at all.
    NothingLeaves,
    /// Contacts hear of it, and can do something with what they get.
    NoticeArrives,
    /// Nobody hears of it.
    NobodyHears,
    /// F3 shows what is hidden.
    SecretsAreShown,
    /// Nothing hidden is shown, for staff look on.
    NothingIsShown,
    /// F2 calls staff.
    KeyCallsStaff,
    /// F2 opens the panel of staff who are here.
    KeyOpensPanel,
    /// More time can be asked for.
    MoreTimeToAsk,
    /// It was given.
    MoreTimeGiven,
    /// There is an account.
    AccountExists,
    /// There is none yet.
    NoAccountYet,
    /// The mobile is proved.
    MobileProved,
    /// It is not.
    MobileUnproved,
    /// Nothing was saved.
    NothingSaved,
    /// Something was.
    Saved,
    /// Whether something was saved can't be told.
    UnsureWhetherSaved,
    /// The person can go on by themselves.
    CanGoOn,
    /// Only staff help.
    OnlyStaffHelp,
    /// The data will be erased.
    Erases,
    /// They will not.
    ErasesNot,
    /// A drive is in its place.
    DriveIsThere,
    /// None is.
    NoDrive,
    /// There are files to choose from.
    FilesFound,
    /// There are none.
    NoFiles,
    /// The page for the telephone is open.
    PhonePageOpen,
    /// It is not any more.
    PhonePageOver,
    /// The request is still being looked at.
    RequestInReview,
    /// It was decided.
    RequestDecided,
    /// A second member of staff is awaited.
    SecondIsAwaited,
    /// Both have confirmed it.
    BothConfirmed,
}

/// What can't be so at once.
const OPPOSITES: &[(Tells, Tells)] = &[
    (Tells::CodeIsGood, Tells::CodeIsDead),
    (Tells::CodeIsGood, Tells::CodeNotSent),
    (Tells::CodeBySms, Tells::CodeByMail),
    (Tells::CodeBySms, Tells::SmsIsOff),
    (Tells::CodeByMail, Tells::MailIsOff),
    (Tells::CodeByMail, Tells::NothingLeaves),
    (Tells::MailLeaves, Tells::MailIsOff),
    (Tells::SmsLeaves, Tells::SmsIsOff),
    (Tells::MailLeaves, Tells::NothingLeaves),
    (Tells::SmsLeaves, Tells::NothingLeaves),
    (Tells::CodeIsGood, Tells::NothingLeaves),
    (Tells::NoticeArrives, Tells::NobodyHears),
    (Tells::SecretsAreShown, Tells::NothingIsShown),
    (Tells::KeyCallsStaff, Tells::KeyOpensPanel),
    (Tells::MoreTimeToAsk, Tells::MoreTimeGiven),
    (Tells::AccountExists, Tells::NoAccountYet),
    (Tells::MobileProved, Tells::MobileUnproved),
    (Tells::MobileProved, Tells::SmsIsOff),
    (Tells::NothingSaved, Tells::Saved),
    (Tells::NothingSaved, Tells::UnsureWhetherSaved),
    (Tells::CanGoOn, Tells::OnlyStaffHelp),
    (Tells::Erases, Tells::ErasesNot),
    (Tells::DriveIsThere, Tells::NoDrive),
    (Tells::FilesFound, Tells::NoFiles),
    (Tells::PhonePageOpen, Tells::PhonePageOver),
    (Tells::RequestInReview, Tells::RequestDecided),
    (Tells::SecondIsAwaited, Tells::BothConfirmed),
];

impl Page {
    /// The sentences on it that can't both be so, by their keys.
    pub fn contradictions(&self) -> Vec<(&'static str, &'static str)> {
        let said = self.said();
        let claimed: Vec<(&Msg, Tells)> =
            said.iter().flat_map(|msg| tells(msg).iter().map(move |claim| (msg, *claim))).collect();
        let with = |claim: Tells| claimed.iter().filter(move |(_, other)| *other == claim);
        let pairs = OPPOSITES.iter().flat_map(|(one, other)| {
            with(*one).flat_map(move |(first, _)| with(*other).map(|(second, _)| (first.key(), second.key())))
        });
        pairs.collect()
    }
}

/// What a sentence claims, if it is one that can be denied.
fn tells(msg: &Msg) -> &'static [Tells] {
    match msg {
        Msg::CodeHeading
        | Msg::CodeHint
        | Msg::CodeHintCompanyEmail
        | Msg::CodeHintRepresentativeEmail
        | Msg::SettlementCodeHint => &[Tells::CodeIsGood],
        Msg::CodeHintRegister => &[Tells::CodeIsGood, Tells::NoAccountYet],
        Msg::CodeHintMobile | Msg::CodeHintMobileRegister => &[Tells::CodeIsGood, Tells::CodeBySms],
        Msg::CodeDeadHeading
        | Msg::WrongCodeDead
        | Msg::WrongCodeDeadRegister
        | Msg::WrongCodeDeadContact
        | Msg::WrongCodeDeadMobile
        | Msg::WrongCodeOver
        | Msg::WrongCodeOverRegister
        | Msg::WrongCodeOverContact
        | Msg::WrongCodeOverMobile
        | Msg::WrongCodeOverSettlement => &[Tells::CodeIsDead],
        Msg::CodeAwaitedHeading | Msg::WrongCodeEarly => &[Tells::CodeNotSent],
        Msg::HelpCode => &[Tells::CodeByMail],
        Msg::HelpCodeBySms => &[Tells::CodeBySms],
        Msg::SentToCompany
        | Msg::SentByMail
        | Msg::CopySent
        | Msg::FacilitatorTakenCopy
        | Msg::DeclarationOnItsWay
        | Msg::RequestAnswerNotice
        | Msg::StatusApproved
        | Msg::TakenPendingNotice => &[Tells::MailLeaves],
        Msg::SentBySms => &[Tells::SmsLeaves],
        Msg::OutlookOffMail | Msg::AnswerOff | Msg::MailOff => &[Tells::MailIsOff],
        Msg::OutlookOffSms | Msg::RegisteredNoSms | Msg::SmsOff | Msg::SettlementNoSms => &[Tells::SmsIsOff],
        Msg::NotSentHeading => &[Tells::NothingLeaves],
        Msg::ErasureAskedNotice | Msg::ErasureAskedByNotice | Msg::Erasing3 => &[Tells::NoticeArrives],
        Msg::ChangedNotice | Msg::UpdateSavedNotice | Msg::RecoverHeldNotice | Msg::SettledNotice => {
            &[Tells::NoticeArrives]
        }
        Msg::NoticesOff => &[Tells::NobodyHears],
        others => tells_of_keys(others),
    }
}

/// Of the keys, of what stands still, and of what was done.
fn tells_of_keys(msg: &Msg) -> &'static [Tells] {
    match msg {
        Msg::KeyShow
        | Msg::KeyShowAnswer
        | Msg::KeyConceal
        | Msg::HintAnswer
        | Msg::HintClave
        | Msg::HintNewClave
        | Msg::HintCurrentClave
        | Msg::HintCompanyClave
        | Msg::HintSentClave => &[Tells::SecretsAreShown],
        Msg::HelpFunctionKeys => &[Tells::SecretsAreShown, Tells::KeyCallsStaff],
        Msg::Accompanied { .. } => &[Tells::NothingIsShown, Tells::MoreTimeGiven, Tells::KeyOpensPanel],
        Msg::HelpFunctionKeysAccompanied => &[Tells::NothingIsShown, Tells::KeyOpensPanel],
        Msg::FrameAssistance | Msg::KeyStaff => &[Tells::KeyCallsStaff],
        Msg::FrameAssistancePanel | Msg::KeyPanel => &[Tells::KeyOpensPanel],
        Msg::KeyMoreTime => &[Tells::MoreTimeToAsk],
        Msg::KeyMoreTimeGiven => &[Tells::MoreTimeGiven],
        Msg::RegisteredNow | Msg::RegisteredHeading | Msg::RegisteredBefore => &[Tells::AccountExists],
        Msg::TakenLater | Msg::TakenPendingNext | Msg::RecoverNotRegistered => &[Tells::NoAccountYet],
        Msg::RegisteredMobileProved => &[Tells::MobileProved],
        Msg::RegisteredMobileLater => &[Tells::MobileUnproved],
        Msg::StopStore | Msg::UpdateUnchanged | Msg::UpdateLimit | Msg::NotExportedHeading => {
            &[Tells::NothingSaved]
        }
        Msg::UpdateSavedHeading | Msg::Changed | Msg::Settled | Msg::Exported { .. } => &[Tells::Saved],
        Msg::StopUnsure => &[Tells::UnsureWhetherSaved],
        Msg::StopCanGoOn => &[Tells::CanGoOn],
        Msg::StopNeedsStaff | Msg::StopByPapers => &[Tells::OnlyStaffHelp],
        Msg::ErasurePending { .. } | Msg::ErasureAsked => &[Tells::Erases],
        Msg::ErasureTakenBack => &[Tells::ErasesNot],
        Msg::DrivesHeading | Msg::DeclarationSaved { .. } => &[Tells::DriveIsThere],
        Msg::WrongDriveGone => &[Tells::NoDrive],
        Msg::FileEntry { .. } => &[Tells::FilesFound],
        Msg::FilesNone => &[Tells::NoFiles],
        Msg::PhoneHeading | Msg::PhoneConnectedHeading | Msg::WaitingForPhone => &[Tells::PhonePageOpen],
        Msg::PhoneOverHeading | Msg::PhoneOver => &[Tells::PhonePageOver],
        Msg::StatusInReviewHeading | Msg::RequestWaiting | Msg::RequestApprovedByOne => {
            &[Tells::RequestInReview]
        }
        Msg::StatusApprovedHeading
        | Msg::StatusRefusedHeading
        | Msg::StatusWithdrawnHeading
        | Msg::RequestApproved
        | Msg::RequestRefused
        | Msg::RequestWithdrawn => &[Tells::RequestDecided],
        Msg::SettlementWaiting | Msg::SettlementNotYet => &[Tells::SecondIsAwaited],
        Msg::DisputeConfirmed => &[Tells::BothConfirmed],
        _ => &[],
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::event::Target;
    use crate::flow::page;
    use crate::page::Block;

    fn saying(said: &[Msg]) -> Page {
        let blocks = said.iter().map(|msg| Block::Opening(msg.clone())).collect();
        page(Msg::PlaceRecover, Msg::RecoverCompanyHeading, blocks, Target::Opening)
    }

    #[test]
    fn two_opposite_sentences_are_found_wherever_they_stand() {
        let dead = [Msg::CodeHint, Msg::WrongCodeDead];
        assert_eq!(saying(&dead).contradictions(), [("code-hint", "wrong-code-dead")]);
        assert_eq!(saying(&dead[..1]).contradictions(), []);
        assert_eq!(saying(&[Msg::CodeHint, Msg::WrongCode { tries: 1 }]).contradictions(), []);
        let mut beside = saying(&[Msg::HintAnswer]);
        beside.notice =
            Some(crate::page::Notice { says: Msg::Accompanied { name: "rosa".into() }, urgent: false });
        assert_eq!(beside.contradictions(), [("hint-answer", "accompanied")]);
    }

    /// A claim that nobody can deny holds nothing.
    #[test]
    fn each_claim_has_its_opposite() {
        for claim in [Tells::CodeByMail, Tells::CodeNotSent, Tells::MailIsOff, Tells::BothConfirmed] {
            assert!(OPPOSITES.iter().any(|(one, other)| *one == claim || *other == claim), "{claim:?}");
        }
    }
}

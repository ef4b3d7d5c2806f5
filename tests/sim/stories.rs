//! Several steps that belong together, because chance alone hardly ever brings them together: whoever is
//! robbed freezes the account, whoever gave up comes back with their folio, one member of staff decides
//! twice. The rest of the office goes on around them.

use super::cast::{FIRMS, Known, STAFF, WELL_KNOWN, Who};
use super::dice::Dice;
use super::plan::{PostWeather, Purpose, TERMINALS, What};

const MINUTE_S: u64 = 60;
const HOUR_S: u64 = 3_600;

/// The number of the member of staff whom thieves have bribed.
const BRIBED: usize = STAFF.len() - 1;

/// A story, and how long after the step before it each of its steps comes, in seconds.
pub type Story = Vec<(u64, What)>;

/// One of them.
pub fn drawn(dice: &mut Dice) -> Story {
    let tell = STORIES[dice.below(STORIES.len() as u64) as usize];
    tell(dice)
}

/// All of them.
const STORIES: [fn(&mut Dice) -> Story; 18] = [
    robbed_and_frozen,
    asked_twice,
    decided_twice,
    given_up,
    given_by_two,
    locked,
    without_card,
    slowed,
    off_at_night,
    card_expired,
    looked_over,
    given_at_terminal,
    led_by_another,
    confirmed_elsewhere,
    thinks_better,
    begins_again,
    comes_too_often,
    is_not_fit,
];

/// Somebody comes with this purpose, at any terminal.
fn comes(dice: &mut Dice, who: Who, firm: usize, purpose: Purpose) -> What {
    let terminal = dice.below(TERMINALS.into()) as u8;
    What::Visit { terminal, who, firm, purpose, beside: None }
}

/// The same with a member of staff.
fn comes_with(dice: &mut Dice, (who, firm): (Who, usize), purpose: Purpose, member: usize) -> What {
    let terminal = dice.below(TERMINALS.into()) as u8;
    What::Visit { terminal, who, firm, purpose, beside: Some(member) }
}

/// One of the companies that the registers know well and that have, or have not, an account at the opening.
fn firm_with(dice: &mut Dice, has_account: bool) -> usize {
    let firms: Vec<usize> = (0..WELL_KNOWN).filter(|firm| FIRMS[*firm].has_account == has_account).collect();
    dice.one_of(&firms)
}

fn owner(firm: usize) -> Who {
    FIRMS[firm].represented_by[0]
}

/// A thief with a copy of the card and a bribed member of staff takes an account; its owner freezes it by the
/// notice's code, the thief tries on, and two others give the account back (T4, T6, T7).
fn robbed_and_frozen(dice: &mut Dice) -> Story {
    let firm = firm_with(dice, true);
    let thief = (Who::Copyist, firm);
    vec![
        (dice.between(10, 20) * MINUTE_S, comes_with(dice, thief, Purpose::RecoverToNewMailbox, BRIBED)),
        (dice.between(20, 60) * MINUTE_S, comes(dice, owner(firm), firm, Purpose::Undo)),
        (dice.between(5, 20) * MINUTE_S, comes(dice, Who::Copyist, firm, Purpose::UseSentKey)),
        (dice.between(5, 20) * MINUTE_S, comes(dice, owner(firm), firm, Purpose::RecoverByCard)),
        (dice.between(5, 20) * MINUTE_S, comes(dice, owner(firm), firm, Purpose::Settle)),
    ]
}

/// A stranger asks for the question of a company without an account at one terminal after the other, which
/// all start anew in between (S9).
fn asked_twice(dice: &mut Dice) -> Story {
    let firm = firm_with(dice, false);
    let visit = |terminal| What::Visit {
        terminal,
        who: Who::Stranger,
        firm,
        purpose: Purpose::RecoverByAnswer,
        beside: None,
    };
    let restart = |terminal| What::Killed { terminal, after_calls: 0 };
    vec![
        (dice.between(5, 20) * MINUTE_S, visit(0)),
        (0, visit(1)),
        (15 * MINUTE_S, restart(0)),
        (5, restart(1)),
        (5 * MINUTE_S, visit(0)),
        (0, visit(1)),
    ]
}

/// A facilitator's request is approved twice by the same member of staff, who may do so once, and then by
/// another one; the facilitator chooses a clave and comes again with it (guide 5).
fn decided_twice(dice: &mut Dice) -> Story {
    let firm = firm_with(dice, true);
    let asks = owner(firm);
    let (first, second) = dice.one_of(&[(1, 2), (2, 1)]);
    let decides = |dice: &mut Dice, member| comes_with(dice, (asks, firm), Purpose::Review, member);
    vec![
        (dice.between(5, 20) * MINUTE_S, comes(dice, asks, firm, Purpose::RequestFacilitator)),
        (40 * MINUTE_S, comes(dice, asks, firm, Purpose::RequestFacilitator)),
        (40 * MINUTE_S, decides(dice, first)),
        (20 * MINUTE_S, decides(dice, first)),
        (20 * MINUTE_S, comes(dice, asks, firm, Purpose::FacilitatorStatus)),
        (10 * MINUTE_S, decides(dice, second)),
        (20 * MINUTE_S, comes(dice, asks, firm, Purpose::FacilitatorStatus)),
        (10 * MINUTE_S, comes(dice, Who::Hugo, firm, Purpose::FacilitatorClave)),
        (30 * MINUTE_S, comes(dice, Who::Hugo, firm, Purpose::FacilitatorClave)),
        (30 * MINUTE_S, comes(dice, Who::Hugo, firm, Purpose::Undo)),
        (30 * MINUTE_S, comes_with(dice, (asks, firm), Purpose::SettleOnScreen, first)),
    ]
}

/// The code of a registration doesn't come while its owner waits; they finish it by their folio (T1).
fn given_up(dice: &mut Dice) -> Story {
    let firm = firm_with(dice, false);
    vec![
        (dice.between(5, 20) * MINUTE_S, What::Post(PostWeather::Unreachable)),
        (5, comes(dice, owner(firm), firm, Purpose::Register)),
        (dice.between(4, 10) * HOUR_S, comes(dice, owner(firm), firm, Purpose::FinishRegistration)),
        (dice.between(10, 40) * MINUTE_S, comes(dice, owner(firm), firm, Purpose::FinishRegistration)),
    ]
}

/// Two members of staff give an account; in the month after that nobody else gives it another mailbox (T4d).
fn given_by_two(dice: &mut Dice) -> Story {
    let firm = dice.below(WELL_KNOWN as u64) as usize;
    let who = owner(firm);
    vec![
        (dice.between(5, 20) * MINUTE_S, comes(dice, who, firm, Purpose::Settle)),
        (dice.between(1, 3) * HOUR_S, comes(dice, Who::Copyist, firm, Purpose::RecoverToNewMailbox)),
        (dice.between(26, 50) * HOUR_S, comes(dice, who, firm, Purpose::RecoverToNewMailbox)),
        (
            dice.between(10, 40) * MINUTE_S,
            comes_with(dice, (Who::Copyist, firm), Purpose::RecoverToNewMailbox, BRIBED),
        ),
    ]
}

/// A stranger goes through so many RUTs that the terminal locks; then somebody comes with staff (S11, T9).
fn locked(dice: &mut Dice) -> Story {
    let terminal = dice.below(TERMINALS.into()) as u8;
    let firm = firm_with(dice, true);
    let visit = |who, purpose, beside| What::Visit { terminal, who, firm, purpose, beside };
    vec![
        (dice.between(5, 20) * MINUTE_S, visit(Who::Stranger, Purpose::Sweep, None)),
        (5, visit(Who::Stranger, Purpose::Sweep, None)),
        (5, visit(Who::Stranger, Purpose::Sweep, None)),
        (9 * MINUTE_S, visit(owner(firm), Purpose::Change, None)),
        (5, visit(owner(firm), Purpose::Change, Some(dice.below(STAFF.len() as u64) as usize))),
        (5, visit(owner(firm), Purpose::Undo, None)),
    ]
}

/// Two members of staff give an account to somebody without a card, or for a company that no list has yet (T6).
fn without_card(dice: &mut Dice) -> Story {
    let firms: Vec<usize> = (0..FIRMS.len())
        .filter(|firm| matches!(FIRMS[*firm].known, Known::WithoutRun | Known::Unlisted))
        .collect();
    let firm = dice.one_of(&firms);
    let who = owner(firm);
    let tried_before = dice.one_of(&[Purpose::Register, Purpose::RecoverByCard]);
    vec![
        (dice.between(5, 20) * MINUTE_S, comes(dice, who, firm, tried_before)),
        (dice.between(10, 30) * MINUTE_S, comes(dice, who, firm, Purpose::Settle)),
        (dice.between(10, 60) * MINUTE_S, comes(dice, who, firm, Purpose::Change)),
        (dice.between(10, 60) * MINUTE_S, comes(dice, Who::Copyist, firm, Purpose::RecoverByCard)),
    ]
}

/// A stranger blocks a company and tries on, while its owner has a key sent and comes with that (S10, T9).
fn slowed(dice: &mut Dice) -> Story {
    let firm = firm_with(dice, true);
    let terminal = dice.below(TERMINALS.into()) as u8;
    let tries = || What::Visit { terminal, who: Who::Stranger, firm, purpose: Purpose::Change, beside: None };
    vec![
        (dice.between(5, 20) * MINUTE_S, tries()),
        (5 * MINUTE_S, tries()),
        (5 * MINUTE_S, comes(dice, owner(firm), firm, Purpose::RecoverByCard)),
        (5 * MINUTE_S, tries()),
        (dice.between(1, 20) * MINUTE_S, comes(dice, owner(firm), firm, Purpose::UseSentKey)),
        (dice.between(1, 20) * MINUTE_S, comes(dice, owner(firm), firm, Purpose::UseSentKey)),
    ]
}

/// All machines are off for a night, and begin the day with a wall clock that is a day behind. Who has a copy
/// of the card comes before it is mended, and then a member of staff signs in (S8, T12).
fn off_at_night(dice: &mut Dice) -> Story {
    let firm = firm_with(dice, true);
    let hours = dice.between(2, 20);
    let asks = dice.one_of(&[Purpose::AskErasure, Purpose::RecoverToNewMailbox, Purpose::RecoverByCard]);
    vec![
        (dice.between(5, 20) * MINUTE_S, What::ClockIsWrong { by_s: -90_000 }),
        (5, What::Off { minutes: hours as u32 * 60 }),
        (
            hours * HOUR_S + dice.between(2, 20) * MINUTE_S,
            comes(dice, Who::Copyist, firm, Purpose::RecoverToNewMailbox),
        ),
        (5, comes(dice, owner(firm), firm, asks)),
        (dice.between(10, 20) * MINUTE_S, What::ClockIsWrong { by_s: 0 }),
        (dice.between(5, 20) * MINUTE_S, staff_look(dice, BRIBED, firm)),
        (3 * HOUR_S, What::Quiet),
    ]
}

/// A member of staff at the desk of their own.
fn staff_look(dice: &mut Dice, member: usize, firm: usize) -> What {
    comes_with(dice, (owner(firm), firm), Purpose::StaffDesk, member)
}

/// Registro Civil calls a card expired, and a member of staff who sees it takes it (E5).
fn card_expired(dice: &mut Dice) -> Story {
    let firms: Vec<usize> =
        (0..FIRMS.len()).filter(|firm| FIRMS[*firm].known == Known::CardExpired).collect();
    let firm = dice.one_of(&firms);
    let who = owner(firm);
    let (first, second) = match FIRMS[firm].has_account {
        true => (Purpose::RecoverByCard, Purpose::UseSentKey),
        false => (Purpose::Register, Purpose::Change),
    };
    let member = dice.below(STAFF.len() as u64) as usize;
    vec![
        (dice.between(5, 20) * MINUTE_S, comes(dice, who, firm, Purpose::SendCopy)),
        (dice.between(5, 20) * MINUTE_S, comes(dice, who, firm, first)),
        (dice.between(5, 20) * MINUTE_S, comes_with(dice, (who, firm), first, member)),
        (dice.between(10, 60) * MINUTE_S, comes(dice, who, firm, second)),
        (dice.between(10, 60) * MINUTE_S, comes_with(dice, (who, firm), first, member)),
    ]
}

/// Mailboxes refuse, a facilitator is asked for, and each member of staff looks at what there is at the desk of
/// their own (S18, S19).
fn looked_over(dice: &mut Dice) -> Story {
    let firm = firm_with(dice, true);
    let who = owner(firm);
    let first = dice.below(STAFF.len() as u64) as usize;
    let mut story = vec![
        (dice.between(5, 20) * MINUTE_S, comes(dice, who, firm, Purpose::RequestFacilitator)),
        (10 * MINUTE_S, What::Post(PostWeather::Bounces)),
        (5, comes(dice, who, firm, Purpose::RecoverByCard)),
        (5, comes(dice, who, firm, Purpose::SendCopy)),
    ];
    for later in 0..STAFF.len() {
        let member = (first + later) % STAFF.len();
        story.push((dice.between(10, 40) * MINUTE_S, staff_look(dice, member, firm)));
    }
    story.push((15 * MINUTE_S, staff_look(dice, BRIBED, firm)));
    story.push((15 * MINUTE_S, staff_look(dice, BRIBED, firm)));
    story
}

/// Two members of staff give an account at the terminal, page by page (T6).
fn given_at_terminal(dice: &mut Dice) -> Story {
    let firms: Vec<usize> =
        (0..FIRMS.len()).filter(|firm| !matches!(FIRMS[*firm].known, Known::Closed)).collect();
    let firm = dice.one_of(&firms);
    let who = owner(firm);
    let member = dice.below(STAFF.len() as u64) as usize;
    vec![
        (dice.between(5, 20) * MINUTE_S, comes_with(dice, (who, firm), Purpose::SettleOnScreen, member)),
        (dice.between(20, 60) * MINUTE_S, comes(dice, who, firm, Purpose::Change)),
        (dice.between(5, 20) * MINUTE_S, comes_with(dice, (who, firm), Purpose::SettleOnScreen, member)),
    ]
}

/// Another representative of the company puts themselves on file, and the one before hears of it.
fn led_by_another(dice: &mut Dice) -> Story {
    let firms: Vec<usize> = (0..WELL_KNOWN)
        .filter(|firm| FIRMS[*firm].represented_by.len() > 1 && FIRMS[*firm].has_account)
        .collect();
    let firm = dice.one_of(&firms);
    let other = FIRMS[firm].represented_by[1];
    vec![
        (dice.between(5, 20) * MINUTE_S, comes(dice, other, firm, Purpose::NewRepresentative)),
        (dice.between(20, 60) * MINUTE_S, comes(dice, owner(firm), firm, Purpose::Undo)),
        (dice.between(5, 20) * MINUTE_S, comes(dice, other, firm, Purpose::RecoverByCard)),
    ]
}

/// The second member of staff confirms a settlement from the desk of their own, or the account is given to the
/// same person at two terminals at once (T6).
fn confirmed_elsewhere(dice: &mut Dice) -> Story {
    let firm = firm_with(dice, true);
    let who = owner(firm);
    let visit = |terminal, purpose, beside| What::Visit { terminal, who, firm, purpose, beside };
    let given = |terminal| visit(terminal, Purpose::SettleOnScreen, Some(0));
    let look = |terminal| visit(terminal, Purpose::StaffDesk, Some(1));
    vec![
        (dice.between(5, 20) * MINUTE_S, given(0)),
        (4 * MINUTE_S, look(1)),
        (5, look(2)),
        (HOUR_S, visit(0, Purpose::Settle, None)),
        (dice.between(10, 120), visit(1, Purpose::Settle, None)),
    ]
}

/// Whoever asked to be forgotten takes it back, some hours or a day later.
fn thinks_better(dice: &mut Dice) -> Story {
    let firm = firm_with(dice, true);
    let asks = |dice: &mut Dice| comes(dice, owner(firm), firm, Purpose::AskErasure);
    vec![
        (dice.between(5, 20) * MINUTE_S, asks(dice)),
        (dice.between(1, 40) * HOUR_S, asks(dice)),
        (dice.between(1, 40) * HOUR_S, asks(dice)),
    ]
}

/// Somebody leaves while the code of their registration is asked for, and finishes it while it lives (T1).
fn begins_again(dice: &mut Dice) -> Story {
    let firm = firm_with(dice, false);
    let who = owner(firm);
    vec![
        (dice.between(5, 20) * MINUTE_S, comes(dice, who, firm, Purpose::RegisterAndLeave)),
        (dice.between(3, 6) * MINUTE_S, comes(dice, who, firm, Purpose::FinishRegistration)),
        (dice.between(10, 30) * MINUTE_S, comes(dice, who, firm, Purpose::Change)),
    ]
}

/// One company after the other is registered at one terminal, or one owner comes for the same again and again,
/// as often as anybody may and once more (T2, S7, S11).
fn comes_too_often(dice: &mut Dice) -> Story {
    let terminal = dice.below(TERMINALS.into()) as u8;
    let visit = |firm, purpose| What::Visit { terminal, who: owner(firm), firm, purpose, beside: None };
    let visits: Vec<What> = match dice.below(3) {
        0 => [1, 3, 0, 2, 4].map(|firm| visit(firm, Purpose::RegisterAndLeave)).to_vec(),
        1 => vec![visit(firm_with(dice, true), Purpose::UpdateContacts); 10],
        _ => vec![visit(firm_with(dice, true), Purpose::SendCopy); 8],
    };
    visits.into_iter().map(|visit| (dice.between(2, 5) * MINUTE_S, visit)).collect()
}

/// A company that has ended its business is registered, and one by somebody who does not represent it.
fn is_not_fit(dice: &mut Dice) -> Story {
    let closed = FIRMS.iter().position(|firm| firm.known == Known::Closed).unwrap_or(0);
    let firm = firm_with(dice, false);
    let stranger = if owner(firm) == Who::Bruno { Who::Ana } else { Who::Bruno };
    vec![
        (dice.between(5, 20) * MINUTE_S, comes(dice, owner(closed), closed, Purpose::Register)),
        (dice.between(5, 20) * MINUTE_S, comes(dice, stranger, firm, Purpose::Register)),
        (dice.between(5, 20) * MINUTE_S, comes(dice, stranger, firm, Purpose::RecoverByCard)),
    ]
}

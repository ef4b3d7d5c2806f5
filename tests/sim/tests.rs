//! The simulator itself: it repeats itself exactly, it finds what is planted, and it makes traces short.

use std::process::Command;
use std::sync::Arc;
use std::time::Duration;

use data_encoding::HEXLOWER;
use totem::effect::settlement::{DisputeAct, UnlistedCompany};
use totem::effect::{Effect, Refusal, Reply, Sought, StaffAct, StaffReply};
use totem::store::records::Records;

use super::cast::{FIRMS, Known, Who, rut};
use super::figures::Figures;
use super::laws::{Law, Rule};
use super::night::{Until, plan_of, play_many};
use super::office::{asked_at_desk, play};
use super::plan::{Plan, RegisterWeather, StoreWeather};
use super::plants::Plant;
use super::shrink::shortest;
use super::store::FaultyStore;
use super::trace::{Aloud, Trace};
use super::unmet;
use super::world::World;

const SEED: u64 = 7;
const STEPS: u64 = 25;

fn hash_of(plan: &Plan) -> String {
    HEXLOWER.encode(&play(plan, None, Aloud::No).hash)
}

#[test]
fn a_seed_goes_the_same_way_twice_and_another_does_not() {
    let plan = plan_of(SEED, 0, STEPS);
    let first = hash_of(&plan);
    assert_eq!(first, hash_of(&plan));
    assert_ne!(first, hash_of(&plan_of(SEED + 1, 0, STEPS)));
    let many = |threads| play_many(SEED, Until::Steps(2 * STEPS), None, threads).hash;
    assert_eq!(many(1), many(2));
}

/// Runs in a process of its own too: see the test below.
#[test]
fn says_its_hash() {
    println!("the hash is {}", hash_of(&plan_of(SEED, 1, STEPS)));
}

#[test]
fn a_seed_goes_the_same_way_in_another_process() {
    let own = std::env::current_exe().expect("a test runs from a file");
    let name = format!("{}::says_its_hash", module_path!().split_once("::").map_or("", |(_, path)| path));
    let ran = Command::new(own).args(["--exact", &name, "--nocapture"]).output().expect("it runs");
    let said = String::from_utf8_lossy(&ran.stdout).into_owned();
    let hash = said.split("the hash is ").nth(1).and_then(|rest| rest.split_whitespace().next());
    assert_eq!(hash, Some(hash_of(&plan_of(SEED, 1, STEPS)).as_str()), "{said}");
}

#[test]
fn a_plan_is_read_back_as_it_was_written() {
    let plan = plan_of(SEED, 0, 200);
    let written = serde_json::to_string(&plan).expect("a plan is data");
    assert_eq!(serde_json::from_str::<Plan>(&written).expect("it was just written"), plan);
    assert!(plan.to_string().lines().count() == 200, "{plan}");
}

#[test]
fn what_breaks_a_law_is_made_short() {
    let plant = Some(Plant::AnyCardMatches);
    let night = play_many(SEED, Until::Steps(600), plant, 1);
    let (plan, broken) = night.broken.expect("the plant is found");
    let short = shortest(&plan, broken.law, plant, Duration::from_secs(20));
    assert!(short.steps.len() <= 3, "{short}");
    let again = play(&short, plant, Aloud::No).broken.map(|(broken, _)| broken.law);
    assert_eq!(again, Some(broken.law));
}

#[test]
fn every_rule_is_held_by_a_law() {
    let is_held = |rule: &Rule| Law::ALL.iter().any(|law| law.rules().contains(rule));
    let loose: Vec<_> = Rule::ALL.into_iter().filter(|rule| !is_held(rule)).collect();
    assert_eq!(loose, []);
}

/// Laws that no mistake is planted for, each with the reason.
const UNPLANTED: [(Law, &str); 4] = [
    (Law::InOutbox, "the simulator's post has no message that did not come out of the outbox"),
    (Law::FrozenOpens, "only the desk makes what says that a clave is right"),
    (Law::FrozenClave, "who has no such proof can ask for no other clave"),
    (Law::TwoHelp, "it says that something works, so that what breaks it breaks another law before"),
];

#[test]
fn every_law_has_a_mistake_that_it_finds() {
    let is_planted = |law: &Law| Plant::ALL.iter().any(|plant| plant.is_found_by(*law));
    let is_excused = |law: &Law| UNPLANTED.iter().any(|(excused, _)| excused == law);
    let never: Vec<_> = Law::ALL.iter().filter(|law| !is_planted(law) && !is_excused(law)).collect();
    assert_eq!(never, Vec::<&Law>::new());
}

/// How many things nobody meets. Lower it when one is met after all, and never raise it.
const MOST_UNMET: usize = 31;

#[test]
fn what_nobody_meets_is_of_the_program_and_grows_no_more() {
    let all = Figures::default().never_met();
    assert_eq!(unmet::met_after_all(&all), Vec::<String>::new(), "there is no such thing");
    let (listed, of_all) = (unmet::UNMET.len(), unmet::without_reason(&all).len());
    assert!(listed <= MOST_UNMET && of_all > 5 * listed, "{listed} beside {of_all}");
    let reasons = unmet::UNMET.iter().filter(|(.., reason)| reason.split(' ').count() > 3);
    assert_eq!(reasons.count(), listed, "each has a reason");
}

/// Both clocks are read at one moment, however long the store takes (T12): otherwise its answers move the time
/// while the wall clock stands wrong, and a hold begins too early by as much.
#[test]
fn a_slow_store_moves_no_time() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().start_paused(true).build();
    runtime.expect("a runtime").block_on(async {
        let world = Arc::new(World::new(5, None, Trace::new(Aloud::No)));
        world.turns(|weather| weather.store = StoreWeather::Slow);
        let store = FaultyStore { world: world.clone(), terminal: 0, power: Arc::default() };
        let records =
            Records::new(Arc::new(store), world.records.vault().clone()).timed_by(world.boot_clock());
        let wall = world.clock();
        for wrong_s in [0, 0, -90_000, -90_000, -90_000] {
            tokio::time::sleep(Duration::from_secs(120)).await;
            world.clock_is_wrong_by(wrong_s);
            let now_ms = world.now_ms();
            let time = records.time(wall()).await.expect("it is slow, and answers");
            assert_eq!(time.now_ms(), now_ms, "{wrong_s} s");
            assert!(world.now_ms() > now_ms, "it was slow");
        }
    });
}

/// What the first of two members of staff does for the company that no list has yet.
fn opens_unlisted(number: &str) -> StaffAct {
    let firm = FIRMS.iter().find(|firm| firm.known == Known::Unlisted).expect("one is on no list");
    let who = firm.represented_by[0];
    StaffAct::Dispute(DisputeAct::OpenUnlisted(UnlistedCompany {
        company: rut(firm.rut),
        company_name: firm.name.into(),
        representative: rut(who.rut()),
        representative_name: who.name().into(),
        document: number.parse().expect("a number as cards have them"),
    }))
}

/// The law of fresh codes takes a right code for one whatever the act comes to that it was typed for (T8).
#[test]
fn a_code_counts_although_the_act_comes_to_nothing() {
    let open = opens_unlisted(Who::Bruno.serial());
    let broken = asked_at_desk(SEED, async |at| {
        let session = at.signs_in(1).await.expect("the weather is fine");
        let code = at.fresh_code_of(1).await.expect("they are employed");
        at.world.turns(|weather| weather.registers = RegisterWeather::Down);
        let reply = at.acts_typing(&session, open, Some(code)).await;
        assert!(matches!(reply, Reply::RegistryDown(_)), "{reply:?}");
        tokio::time::sleep(Duration::from_secs(40)).await;
        let reply = at.acts(&session, StaffAct::SeeRefusal).await;
        assert!(matches!(reply, Reply::Staff(StaffReply::RefusalTold(_))), "{reply:?}");
        tokio::time::sleep(Duration::from_secs(40)).await;
        let reply = at.acts(&session, StaffAct::SeeRefusal).await;
        assert_eq!(reply, Reply::Staff(StaffReply::CodeWanted));
        at.world.broken()
    });
    assert_eq!(broken, None);
}

/// The same where the act is refused because it is about a company of their own.
#[test]
fn a_code_counts_although_the_act_is_not_for_them() {
    let own = Sought::Company(rut(FIRMS[4].rut));
    let broken = asked_at_desk(SEED, async |at| {
        let session = at.signs_in(2).await.expect("the weather is fine");
        let code = at.fresh_code_of(2).await.expect("they are employed");
        let reply = at.acts_typing(&session, StaffAct::SeeCompany(own), Some(code)).await;
        assert_eq!(reply, Reply::Staff(StaffReply::NotAllowed));
        tokio::time::sleep(Duration::from_secs(40)).await;
        let reply = at.acts(&session, StaffAct::Dispute(DisputeAct::List)).await;
        assert!(matches!(reply, Reply::Staff(StaffReply::Dispute(_))), "{reply:?}");
        at.world.broken()
    });
    assert_eq!(broken, None);
}

/// The law of the owner's card counts what staff type of it: those numbers are tries too (T9).
#[test]
fn a_card_that_staff_mistype_is_a_try_at_it() {
    let (company, bruno) = (rut(FIRMS[2].rut), rut(Who::Bruno.rut()));
    let broken = asked_at_desk(SEED, async |at| {
        let session = at.signs_in(1).await.expect("the weather is fine");
        let reply = at.acts(&session, opens_unlisted("222222220")).await;
        assert!(matches!(reply, Reply::Staff(StaffReply::RefusalTold(_))), "{reply:?}");
        let representative = Effect::CheckRepresentative { company, representative: bruno };
        let Reply::RepresentativeRight(representative) = at.asks(representative).await else {
            panic!("he represents it");
        };
        let card = |serial: &str| Effect::CheckCard {
            representative: representative.clone(),
            serial: serial.parse().expect("a number as cards have them"),
        };
        for wrong in ["222222221", "222222223", "222222224", "222222225"] {
            let reply = at.asks(card(wrong)).await;
            assert!(matches!(reply, Reply::Refused(Refusal::Mismatch { .. })), "{reply:?}");
        }
        let reply = at.asks(card(Who::Bruno.serial())).await;
        assert!(matches!(reply, Reply::Refused(Refusal::Wait(_))), "{reply:?}");
        at.world.broken()
    });
    assert_eq!(broken, None);
}

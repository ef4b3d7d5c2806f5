//! An office from its opening to its end: the steps of a plan, one after the other, with the laws held
//! after each; then calm, and what must be so when nothing disturbs any more.

use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;
use std::time::Duration;

use tokio::task::LocalSet;
use tokio::time::sleep;
use totem::domain::account::Account;
use totem::domain::errand::Errand;
use totem::domain::reference::Kind;
use totem::domain::staff::StaffAccount;
use totem::store::Store as _;

use super::at_desk::AtDesk;
use super::cast::{self, FIRMS, WELL_KNOWN, Who};
use super::dice::Dice;
use super::figures::Figures;
use super::furnish;
use super::laws::{Broken, Law, opens, stored, views};
use super::person::{Memories, Visitor};
use super::plan::{Plan, PostWeather, Purpose, RegisterWeather, Step, StoreWeather, TERMINALS, What};
use super::plants::Plant;
use super::review::Reviewing;
use super::settle::Settling;
use super::terminal::Terminal;
use super::trace::{Aloud, Trace};
use super::world::{Weather, World};

/// After this no message waits any more: the longest life of one is 72 hours.
const CALM: Duration = Duration::from_secs(80 * 3600);

/// What became of an office.
pub struct Outcome {
    /// The law that broke, if one did, and how many steps were done then.
    pub broken: Option<(Broken, usize)>,
    pub figures: Figures,
    /// Of the whole trace.
    pub hash: [u8; 32],
    /// How long it lasted, in its own time, in milliseconds.
    pub lasted_ms: u64,
}

/// Plays a plan.
pub fn play(plan: &Plan, plant: Option<Plant>, aloud: Aloud) -> Outcome {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_time()
        .start_paused(true)
        .build()
        .expect("a runtime needs nothing but memory");
    LocalSet::new().block_on(&runtime, async {
        let world = Arc::new(World::new(plan.seed, plant, Trace::new(aloud)));
        super::log::listens(&world);
        let office = Office::opens(world.clone(), plan.seed).await;
        let done = office.goes_through(plan).await;
        super::log::stops_listening();
        let broken = world.broken().map(|broken| (broken, done));
        let lasted_ms = world.now_ms() - super::world::START_MS;
        let figures = std::mem::take(&mut *world.figures());
        Outcome { broken, figures, hash: world.hash(), lasted_ms }
    })
}

/// Opens an office to which nobody comes, for a test to ask at the desk of its first terminal.
#[cfg(test)]
pub fn asked_at_desk<T>(seed: u64, asks: impl AsyncFnOnce(AtDesk<'_>) -> T) -> T {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().start_paused(true).build();
    LocalSet::new().block_on(&runtime.expect("a runtime"), async {
        let world = Arc::new(World::new(seed, None, Trace::new(Aloud::No)));
        let office = Office::opens(world.clone(), seed).await;
        sleep(Duration::from_secs(1)).await;
        let desk = office.terminals[0].desk().expect("its program has started");
        asks(AtDesk { world: &world, desk: &desk, terminal: 0 }).await
    })
}

/// Whether a member of staff has an account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Employed {
    Yes,
    No,
}

/// An operator opens or closes a member's account.
async fn employs(world: &World, name: &'static str, employed: Employed) {
    let records = &world.records;
    let read = records.staff_named(&name.into()).await.expect("a store in memory is up");
    let held = read.expect("no account of staff is ever removed");
    let account = StaffAccount { disabled: employed == Employed::No, ..held.value.clone() };
    let draft = records.draft(world.now_ms()).replace(&held, &account, None);
    if world.plant == Some(Plant::LeaverStays) || draft.commit(records).await.is_ok() {
        let mut laws = world.laws();
        match employed {
            Employed::Yes => laws.gone.remove(name),
            Employed::No => laws.gone.insert(name.to_string()),
        };
    }
}

struct Office {
    world: Arc<World>,
    terminals: Vec<Rc<Terminal>>,
    memories: Rc<RefCell<Memories>>,
    seed: u64,
}

impl Office {
    async fn opens(world: Arc<World>, seed: u64) -> Self {
        let mut dice = Dice::of(seed, 4);
        let records = &world.records;
        furnish::furnish(records, &mut dice, world.now_ms()).await;
        for firm in FIRMS.iter().filter(|firm| firm.has_account) {
            let account = records.account_of(cast::rut(firm.rut)).await.expect("a store in memory is up");
            let account: Account = account.expect("it was furnished").value;
            world.laws().was_always_there(&account);
        }
        for (name, ..) in cast::STAFF {
            let account = records.staff_named(&name.into()).await.expect("a store in memory is up");
            let account: StaffAccount = account.expect("they are employed").value;
            world.employs(name, account.totp.clone());
        }
        world.laws().learns_secret(cast::PASSWORD);
        let memories = Rc::new(RefCell::new(Memories::new()));
        let terminals: Vec<Rc<Terminal>> =
            (0..TERMINALS).map(|number| Terminal::new(number, world.clone(), memories.clone())).collect();
        for terminal in &terminals {
            tokio::task::spawn_local(terminal.clone().runs());
        }
        Office { world, terminals, memories, seed }
    }

    /// How many steps were done before a law broke, or all.
    async fn goes_through(&self, plan: &Plan) -> usize {
        for (number, step) in plan.steps.iter().enumerate() {
            if self.breaks_within(Duration::from_secs(step.after_s)).await {
                // The step itself is not done, but what broke took the time before it.
                self.world.figures().steps += 1;
                return number + 1;
            }
            self.world.notes(|| step.to_string());
            self.does(step);
            sleep(Duration::from_millis(1)).await;
            stored::chains_hold(&self.world).await;
            views::end_in_time(&self.world);
            self.world.figures().steps += 1;
            if self.world.broken().is_some() {
                return number + 1;
            }
        }
        self.ends().await;
        plan.steps.len()
    }

    /// This long passes, unless a law breaks meanwhile.
    async fn breaks_within(&self, lasts: Duration) -> bool {
        tokio::select! {
            biased;
            () = self.world.broke.notified() => true,
            () = sleep(lasts) => self.world.broken().is_some(),
        }
    }

    fn does(&self, step: &Step) {
        let terminal = |number: u8| &self.terminals[usize::from(number)];
        match step.what {
            What::Visit { terminal: number, who, firm, purpose: Purpose::Settle, .. } => {
                self.settles(number, who, firm);
            }
            What::Visit { terminal: number, purpose: Purpose::Review, beside: Some(member), .. } => {
                self.reviews(number, member, step.seed);
            }
            What::Visit { terminal: number, who, firm, purpose, beside } => {
                terminal(number).welcomes(Visitor::new((who, firm), purpose, beside, step.seed));
            }
            What::Registers(weather) => {
                self.world.turns(|now| now.registers = weather);
                self.lasts(step, |now| now.registers = RegisterWeather::default());
            }
            What::Post(weather) => {
                self.world.turns(|now| now.post = weather);
                self.lasts(step, |now| now.post = PostWeather::default());
            }
            What::Store(weather) => {
                self.world.turns(|now| now.store = weather);
                self.lasts(step, |now| now.store = StoreWeather::default());
            }
            What::ClockIsWrong { by_s } => self.world.clock_is_wrong_by(by_s),
            What::Killed { terminal: number, after_calls } => match after_calls {
                0 => terminal(number).power().cut(),
                _ => terminal(number).power().cut_after(after_calls.into()),
            },
            What::PowerCut => self.loses_power(0),
            What::Off { minutes } => self.loses_power(u64::from(minutes) * 60_000),
            What::StaffLeaves { member } => self.staff_account(member, Employed::No),
            What::StaffReturns { member } => self.staff_account(member, Employed::Yes),
            What::StoreRots { records } => self.rots(records, Dice::new(step.seed)),
            What::Quiet => {}
        }
    }

    /// The machines boot after so many milliseconds.
    fn loses_power(&self, off_ms: u64) {
        self.world.boots_anew(off_ms);
        self.terminals.iter().for_each(|terminal| terminal.power().cut());
    }

    /// An operator closes a member's account, or opens it again.
    fn staff_account(&self, member: usize, employed: Employed) {
        let (world, name) = (self.world.clone(), cast::STAFF[member].0);
        tokio::task::spawn_local(async move { employs(&world, name, employed).await });
    }

    /// Some of what is due some day can't be read from now on: not accounts, which nothing would heal.
    fn rots(&self, records: u8, mut dice: Dice) {
        let world = self.world.clone();
        tokio::task::spawn_local(async move {
            let mut there = Vec::new();
            for kind in [Kind::Outbox, Kind::Proof, Kind::Limit, Kind::Application] {
                there.extend(world.store.list(kind, None, 200).await.expect("a store in memory is up"));
            }
            there.retain(|(_, read)| read.due_ms.is_some());
            for _ in 0..records {
                let place = dice.below(there.len() as u64) as usize;
                if let Some((at, read)) = there.get(place) {
                    world.rots(*at, read.version);
                }
            }
        });
    }

    /// A member of staff decides on facilitators' requests.
    fn reviews(&self, number: u8, member: usize, seed: u64) {
        let Some(desk) = self.terminals[usize::from(number)].desk() else { return };
        let world = self.world.clone();
        tokio::task::spawn_local(async move {
            let dice = Dice::new(seed);
            let at = AtDesk { world: &world, desk: &desk, terminal: number };
            let mut reviewing = Reviewing { at, member, dice };
            let came = reviewing.goes().await;
            world.notes(|| format!("{}: {came:?}", cast::STAFF[member].0));
        });
    }

    /// What a step turned is as before after a while.
    fn lasts(&self, step: &Step, ends: impl FnOnce(&mut Weather) + 'static) {
        let (world, lasts) = (self.world.clone(), Duration::from_secs(60 * step.lasts_min()));
        tokio::task::spawn_local(async move {
            sleep(lasts).await;
            world.turns(ends);
        });
    }

    /// A visit by what the desk is asked for. It may come to nothing: nobody has to have an account given.
    fn settles(&self, number: u8, who: Who, firm: usize) {
        let Some(desk) = self.terminals[usize::from(number)].desk() else { return };
        if !who.is_honest() {
            return;
        }
        let (world, memories) = (self.world.clone(), self.memories.clone());
        tokio::task::spawn_local(async move {
            let mut memory = memories.borrow_mut().of(who, firm).clone();
            let at = AtDesk { world: &world, desk: &desk, terminal: number };
            let settling = Settling { at, who, firm };
            let came = settling.goes(&mut memory).await;
            world.notes(|| format!("{}: {came:?}", who.name()));
            *memories.borrow_mut().of(who, firm) = memory;
        });
    }

    /// The weather is fine, and nobody comes any more.
    async fn ends(&self) {
        self.world.calms_down();
        for (name, ..) in cast::STAFF {
            employs(&self.world, name, Employed::Yes).await;
        }
        // What waits for a machine that is off waits for it to boot.
        let calm = Duration::from_millis(self.world.off_for_ms()) + CALM;
        if self.breaks_within(calm).await {
            return;
        }
        views::end_in_time(&self.world);
        stored::chains_hold(&self.world).await;
        self.world.holds(Law::OutboxEnds, self.outbox_is_done().await);
        self.world.holds(Law::NothingWaitsForEver, stored::nothing_is_left_due(&self.world).await);
        let mut dice = Dice::of(self.seed, 5);
        let firm = dice.below(WELL_KNOWN as u64) as usize;
        let who = FIRMS[firm].represented_by[0];
        let law = Law::TwoHelp;
        let Some(desk) = self.terminals[0].desk() else {
            return self.world.holds(law, Err("the terminal is down in fine weather".to_string()));
        };
        let mut memory = self.memories.borrow_mut().of(who, firm).clone();
        let at = AtDesk { world: &self.world, desk: &desk, terminal: 0 };
        let settling = Settling { at, who, firm };
        let went = settling.goes(&mut memory).await;
        if went.is_ok() {
            let known = self.memories.borrow().known_to_thieves(firm);
            self.world.holds(Law::ThievesLose, opens::thieves_lose(&self.world, firm, &known).await);
        }
        self.world.holds(law, went.map_err(|how| format!("{}: {how}", who.name())));
        stored::chains_hold(&self.world).await;
    }

    async fn outbox_is_done(&self) -> Result<(), String> {
        let store = self.world.records.store();
        let messages = store.list(Kind::Outbox, None, 1000).await.expect("a store in memory is up");
        for (at, read) in messages {
            let errand = match self.world.records.open::<Errand>(at, &read) {
                Ok(errand) => errand,
                // Set aside, for nobody can read it any more.
                Err(_) if self.world.is_rotten() => continue,
                Err(error) => return Err(error.to_string()),
            };
            if self.world.read_as(at, read.clone()) != read {
                continue;
            }
            if !errand.value.state.is_final() {
                return Err(format!("{:?} since {}", errand.value.kind, errand.value.created_ms));
            }
        }
        Ok(())
    }
}

//! One terminal: the program behind it as long as it has power, the kiosk, and whoever stands there.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::rc::Rc;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{Notify, mpsc};
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep, sleep_until};
use totem::audit::{Actor, ChainName, Entry};
use totem::caretaker::Caretaker;
use totem::caretaker::pending::PendingChecks;
use totem::courier::{Adapters, Courier, Off, Texter};
use totem::desk::Desk;
use totem::domain::card_rule::CardRule;
use totem::domain::clean::Clean;
use totem::domain::deed::{Action, Outcome};
use totem::domain::destination::{Channel, DemoFolders};
use totem::domain::facilitator::DOCUMENTS_KEPT_MS;
use totem::domain::pending::RegistrationEvidence;
use totem::domain::secret::Secret;
use totem::effect::facilitator::FacilitatorReply;
use totem::effect::{Effect, Order, Reply, Ticket};
use totem::event::Event;
use totem::flow::Setup;
use totem::kiosk::{Appearance, Kiosk};
use totem::office::means::{OfficeSettings, StaffMember};
use totem::office::ways_out::WaysOut;
use totem::page::Words;
use totem::phone::Phones;
use totem::store::StoreError;
use totem::store::records::Records;

use super::cast::{PIN, PIN_OF, questions};
use super::devices;
use super::laws::answers::{self, Answered};
use super::laws::{Law, secrets, views};
use super::person::{Act, Memories, Visitor};
use super::plants::{self, Plant};
use super::post::Post;
use super::power::Power;
use super::registers::Registers;
use super::store::FaultyStore;
use super::world::{RESTART_MS, World};

pub struct Terminal {
    number: u8,
    world: Arc<World>,
    memories: Rc<RefCell<Memories>>,
    queue: RefCell<VecDeque<Visitor>>,
    bell: Notify,
    power: RefCell<Arc<Power>>,
    /// The desk of the program that runs now.
    desk: RefCell<Option<Rc<Desk>>>,
    is_staffed: RefCell<bool>,
    phones: Phones,
    /// Whether a phone opened the page that is open.
    has_connected: RefCell<bool>,
}

/// What the program of one life has.
struct Life {
    power: Arc<Power>,
    desk: Rc<Desk>,
    kiosk: Kiosk,
    replies_in: mpsc::UnboundedSender<(Ticket, Reply)>,
    replies: mpsc::UnboundedReceiver<(Ticket, Reply)>,
    /// Dropped with everything else.
    tasks: JoinSet<()>,
    shown: u64,
    heading: Option<Words>,
}

impl Terminal {
    pub fn new(number: u8, world: Arc<World>, memories: Rc<RefCell<Memories>>) -> Rc<Self> {
        Rc::new(Terminal {
            number,
            phones: devices::phones(&world),
            has_connected: RefCell::default(),
            world,
            memories,
            queue: RefCell::default(),
            bell: Notify::new(),
            power: RefCell::default(),
            desk: RefCell::default(),
            is_staffed: RefCell::default(),
        })
    }

    /// Somebody comes, and waits for their turn.
    pub fn welcomes(&self, visitor: Visitor) {
        self.queue.borrow_mut().push_back(visitor);
        self.bell.notify_one();
    }

    pub fn power(&self) -> Arc<Power> {
        self.power.borrow().clone()
    }

    pub fn desk(&self) -> Option<Rc<Desk>> {
        self.desk.borrow().clone()
    }

    pub fn name(&self) -> String {
        format!("Puesto {:02}", self.number + 1)
    }

    /// Starts the program again and again.
    pub async fn runs(self: Rc<Self>) {
        loop {
            let power = Arc::new(Power::default());
            *self.power.borrow_mut() = power.clone();
            let opened = tokio::select! {
                biased;
                () = power.gone() => None,
                opened = self.opens(power.clone()) => opened.ok(),
            };
            if let Some(mut life) = opened {
                *self.desk.borrow_mut() = Some(life.desk.clone());
                tokio::select! {
                    biased;
                    () = power.gone() => {}
                    () = self.serves(&mut life) => {}
                }
                *self.desk.borrow_mut() = None;
                *self.is_staffed.borrow_mut() = false;
            }
            power.cut();
            self.world.figures().cuts += 1;
            self.world.notes(|| format!("{} is down", self.name()));
            views::program_ended(&self.world, self.number);
            sleep(Duration::from_millis(self.world.off_for_ms() + RESTART_MS)).await;
        }
    }

    /// As [`totem::service::Service::over`] does.
    async fn opens(&self, power: Arc<Power>) -> Result<Life, StoreError> {
        let (world, name) = (&self.world, Clean::from(self.name()));
        let store =
            Arc::new(FaultyStore { world: world.clone(), terminal: self.number, power: power.clone() });
        let records = Records::new(store, world.records.vault().clone())
            .timed_by(world.boot_clock())
            .refusing_older_seals()
            .in_chain(ChainName::new(u64::from(self.number) + 1));
        let registry = Arc::new(Registers { world: world.clone(), power: power.clone() });
        let post = Arc::new(Post {
            world: world.clone(),
            power: power.clone(),
            greylisted: world.greylisted.clone(),
        });
        let clock = world.clock();
        let now_ms = records.time(clock()).await?.now_ms();
        let started = Entry::new(now_ms, &name, Actor::Kiosk, Action::StartUp, Outcome::Done);
        records.draft(now_ms).audit(&started).commit(&records).await?;
        let texter: Arc<dyn Texter> = if world.has_no_sms { Arc::new(Off) } else { post.clone() };
        let adapters = Adapters { mailer: post, texter };
        let ways = WaysOut::default();
        let ways = if world.has_no_sms { ways.without(Channel::Sms) } else { ways };
        ways.recall(&records).await?;
        let courier = Courier::new(records.clone(), adapters, name.clone()).noting(ways.clone());
        let caretaker = Caretaker::new(records.clone(), courier, clock.clone(), name.clone());
        caretaker.keep_audit(now_ms).await?;
        let wake = Arc::new(Notify::new());
        let settings = self.settings(name.clone()).await;
        let setup = Setup { questions: settings.questions.clone() };
        let desk = Desk::new(records.clone(), registry.clone(), clock.clone(), settings, wake.clone());
        let papers = devices::papers(world.documents.path(), self.number, &records, self.phones.clone());
        let desk = Rc::new(desk.seeing_ways_out(ways).with_papers(papers, DOCUMENTS_KEPT_MS));
        let checks = PendingChecks {
            evidence: self.evidence(),
            cards: CardRule::default(),
            records,
            registry,
            clock,
            terminal: name,
            left: desk.left_for_later(),
            wake: wake.clone(),
        };
        let mut tasks = JoinSet::new();
        let (first, second) = (power.clone(), power.clone());
        tasks.spawn_local(async move { caretaker.run(wake, first.gone()).await });
        tasks.spawn_local(async move { checks.run(second.gone()).await });
        if world.plant != Some(Plant::ViewsStay) {
            desk.end_left_views().await;
            let desk = desk.clone();
            // Whoever is killed takes nothing away.
            tasks.spawn_local(async move { desk.end_views_until(std::future::pending()).await });
        }
        views::program_started(world, self.number);
        let kiosk = Kiosk::new(setup, Appearance::default(), Instant::now().into_std());
        let (replies_in, replies) = mpsc::unbounded_channel();
        Ok(Life { power, desk, kiosk, replies_in, replies, tasks, shown: u64::MAX, heading: None })
    }

    fn evidence(&self) -> RegistrationEvidence {
        match self.world.is_in_person {
            true => RegistrationEvidence::Person,
            false => RegistrationEvidence::Card,
        }
    }

    async fn settings(&self, terminal: Clean) -> OfficeSettings {
        let pin = self.world.records.vault().digest(&Secret::new(PIN.1)).await;
        let is_quick = self.world.plant == Some(Plant::FloorForgotten);
        OfficeSettings {
            terminal,
            questions: plants::questions(&self.world, questions()),
            registration: self.evidence(),
            cards: CardRule::default(),
            staff: vec![StaffMember { number: PIN.0, name: PIN_OF.into(), pin }],
            zone: "America/Santiago".parse().expect("Chile's zones are known without tables"),
            demo: DemoFolders::default(),
            floor: if is_quick { Duration::ZERO } else { answers::FLOOR },
        }
    }

    /// As the kiosk's own loop does, with people in place of the keyboard.
    async fn serves(&self, life: &mut Life) {
        let mut visitor: Option<Visitor> = None;
        let mut pressed = Vec::new();
        let mut acts_at = Instant::now();
        loop {
            if visitor.is_none() && life.kiosk.is_at_rest() {
                visitor = self.queue.borrow_mut().pop_front();
                acts_at = Instant::now();
            }
            let deadline = life.kiosk.deadline().map(Instant::from_std);
            tokio::select! {
                biased;
                Some((ticket, reply)) = life.replies.recv() => self.takes(life, Event::Reply(ticket, reply)),
                () = until(deadline) => self.takes(life, Event::Wake),
                () = sleep_until(acts_at), if visitor.is_some() => {
                    let act = visitor.as_mut().map_or(Act::Leaves, |visitor| self.asks(life, visitor));
                    match act {
                        Act::Does(event) => {
                            if let Event::Key(key) = event {
                                pressed.push(key);
                            }
                            self.takes(life, event);
                        }
                        Act::Pauses(ms) => acts_at = Instant::now() + Duration::from_millis(ms),
                        Act::Leaves => {
                            visitor = None;
                            let mut figures = self.world.figures();
                            figures.visits += 1;
                            figures.gather_pressed(std::mem::take(&mut pressed));
                        }
                    }
                }
                () = self.bell.notified(), if visitor.is_none() => {}
            }
        }
    }

    /// What the person there does next.
    fn asks(&self, life: &Life, visitor: &mut Visitor) -> Act {
        let mut memories = self.memories.borrow_mut();
        let memory = memories.of(visitor.who, visitor.firm);
        visitor.acts(life.kiosk.page(), life.kiosk.is_at_rest(), memory, &self.world)
    }

    /// Something happens at the kiosk; what it asks for is carried out beside it.
    fn takes(&self, life: &mut Life, event: Event) {
        match &event {
            Event::Reply(_, Reply::Facilitator(FacilitatorReply::PhoneConnected)) => {
                *self.has_connected.borrow_mut() = true;
            }
            Event::Reply(_, Reply::Facilitator(FacilitatorReply::PhonePage(_))) => {
                *self.has_connected.borrow_mut() = false;
            }
            _ => {}
        }
        if let Event::Key(_) | Event::Click(_) = event {
            self.world.figures().strokes += 1;
        }
        if !matches!(event, Event::Wake | Event::Reply(..)) {
            self.world.notes(|| format!("{}: {event:?}", self.name()));
        }
        let order = life.kiosk.update(event, Instant::now().into_std());
        let farewells = life.kiosk.farewells();
        if let Some(order) = order {
            self.carries_out(life, order, true);
        }
        for order in farewells {
            self.carries_out(life, order, false);
        }
        if life.kiosk.edition() != life.shown {
            self.shows(life);
        }
    }

    /// Another page stands there.
    fn shows(&self, life: &mut Life) {
        life.shown = life.kiosk.edition();
        let page = life.kiosk.page();
        if life.heading.as_ref() == Some(&page.heading) {
            return;
        }
        life.heading = Some(page.heading.clone());
        self.world.figures().sees(page);
        self.world.notes(|| format!("{} shows {:?}", self.name(), page.heading));
        self.world.holds(Law::NotShown, secrets::not_shown(&self.world, &plants::shown(&self.world, page)));
    }

    fn carries_out(&self, life: &mut Life, order: Order, is_awaited: bool) {
        let (desk, world, replies) = (life.desk.clone(), self.world.clone(), life.replies_in.clone());
        let (terminal, is_staffed) = (self.number, *self.is_staffed.borrow());
        let Order { ticket, effect, language } = order;
        if let Effect::SignOut { .. } | Effect::EndVisit { .. } = effect {
            *self.is_staffed.borrow_mut() = false;
        }
        if let Effect::SignIn { .. } = effect {
            // Whether it was right is known later; until then no limit is held against the terminal.
            *self.is_staffed.borrow_mut() = true;
        }
        let has_connected = *self.has_connected.borrow();
        let power = life.power.clone();
        life.tasks.spawn_local(async move {
            if let Some(late) = plants::waits_before(&world, &effect) {
                sleep(late).await;
            }
            let asked = Instant::now();
            answers::asked(&world, terminal, &effect);
            let reply = match devices::answer(&world, has_connected, &effect).await {
                Some(reply) => reply,
                None => desk.perform(plants::performed(&world, &effect), language).await,
            };
            let reply = plants::replied(&world, terminal, &effect, reply);
            power.holds().await;
            world.figures().hears(&effect, &reply);
            world.notes(|| format!("{terminal}: {}", devices::told(&world, &reply)));
            let took = asked.elapsed();
            let answered = Answered { terminal, effect: &effect, reply: &reply, took, is_staffed };
            answers::heard(&world, &answered).await;
            if is_awaited {
                // Nobody waits for it any more once the program is gone.
                let _ = replies.send((ticket, reply));
            }
        });
        while life.tasks.try_join_next().is_some() {}
    }
}

async fn until(deadline: Option<Instant>) {
    match deadline {
        Some(deadline) => sleep_until(deadline).await,
        None => std::future::pending().await,
    }
}

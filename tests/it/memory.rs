//! What is left in this process's memory of what a person typed in clear once their visit is over:
//! an answer that was typed, drawn and submitted is nowhere (S4).

use std::fs::File;
use std::io::Read as _;
use std::os::unix::fs::FileExt;
use std::time::Instant;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use totem::domain::clean::Clean;
use totem::domain::language::Language;
use totem::effect::{Effect, Order, Reply};
use totem::event::{Event, Key};
use totem::flow::Setup;
use totem::kiosk::{Appearance, Kiosk};
use totem::text::Sentences;
use totem::ui::{self, Theme, Viewport};

/// How much is read at once.
const CHUNK_BYTES: usize = 1 << 20;
/// Too large for a gap, too small for an allocation of its own.
const LID_BYTES: usize = 100_000;
/// Planted texts are stored with this bit of each character flipped, so that the text itself is
/// only where it was typed.
pub const TURNED: u8 = 1;

struct Person {
    kiosk: Kiosk,
    frame: Buffer,
    sentences: Sentences,
    now: Instant,
}

impl Person {
    fn new() -> Self {
        let now = Instant::now();
        Person {
            kiosk: Kiosk::new(Setup { questions: vec![] }, Appearance::default(), now),
            frame: Buffer::empty(Rect::new(0, 0, 100, 30)),
            sentences: Sentences::screens(Language::Es),
            now,
        }
    }

    fn happens(&mut self, event: Event) -> Option<Order> {
        let order = self.kiosk.update(event, self.now);
        drop(self.kiosk.farewells());
        let page = self.kiosk.page();
        let view = Viewport {
            page,
            sentences: &self.sentences,
            theme: Theme::Normal,
            linear: false,
            desk: "01",
            demo: false,
            half_blocks: false,
        };
        ui::paint(&mut self.frame, &view);
        order
    }

    fn presses(&mut self, key: Key) -> Option<Order> {
        self.happens(Event::Key(key))
    }

    fn types(&mut self, text: &str) -> Option<Order> {
        text.chars().for_each(|character| _ = self.presses(Key::Char(character)));
        self.presses(Key::Enter)
    }

    fn types_turned(&mut self, text: &[u8]) -> Option<Order> {
        text.iter().for_each(|byte| _ = self.presses(Key::Char(char::from(byte ^ TURNED))));
        self.presses(Key::Enter)
    }

    fn is_told(&mut self, order: Option<Order>, reply: Reply) -> Option<Order> {
        self.happens(Event::Reply(order.expect("something was asked").ticket, reply))
    }
}

/// Searches what the process has written to its memory. It allocates its own memory first, so as
/// not to overwrite what it searches for.
pub struct Search {
    maps: String,
    chunk: Box<[u8]>,
}

impl Search {
    pub fn new() -> Self {
        Search { maps: String::with_capacity(CHUNK_BYTES), chunk: vec![0; CHUNK_BYTES].into() }
    }

    /// How often this text is there.
    pub fn count(&mut self, turned: &[u8]) -> usize {
        let Search { maps, chunk } = self;
        maps.clear();
        File::open("/proc/self/maps").and_then(|mut file| file.read_to_string(maps)).unwrap();
        let memory = File::open("/proc/self/mem").unwrap();
        let own = chunk.as_ptr_range();
        let mut count = 0;
        for line in maps.lines() {
            let mut words = line.split(' ');
            let Some((from, to)) = words.next().and_then(|range| range.split_once('-')) else { continue };
            if !words.next().is_some_and(|mode| mode.starts_with("rw")) {
                continue;
            }
            let [mut at, to] = [from, to].map(|address| u64::from_str_radix(address, 16).unwrap());
            while at + (turned.len() as u64) <= to {
                let wanted = CHUNK_BYTES.min((to - at) as usize);
                // Other tests come and go: a region that is gone holds nothing.
                let Ok(read @ 1..) = memory.read_at(&mut chunk[..wanted], at) else { break };
                let is_own = |place: usize| (own.start as u64..own.end as u64).contains(&(at + place as u64));
                let is_it =
                    |window: &[u8]| window.iter().zip(turned).all(|(byte, turned)| byte ^ TURNED == *turned);
                let windows = chunk[..read].windows(turned.len()).enumerate();
                count += windows.filter(|(place, window)| is_it(window) && !is_own(*place)).count();
                // What spans two reads is read again.
                at += (read + 1).saturating_sub(turned.len()).max(1) as u64;
            }
        }
        chunk.fill(0);
        count
    }
}

#[test]
fn nothing_typed_in_clear_outlives_the_visit() {
    let answer = *b"{`o`insh`!wdsed!bno!gm`tu`-!ed!bhobn!`!rhdud-!ktoun!`m!lnmhon";
    let mut search = Search::new();
    let mut person = Person::new();
    person.presses(Key::Enter);
    person.presses(Key::Char('2'));
    person.presses(Key::Char('1'));
    let asked = person.types("99999999-9");
    person.is_told(asked, Reply::SecretQuestion { question: Clean::from("FLOR") });
    let sent = person.types_turned(&answer);
    assert!(sent.as_ref().is_some_and(|order| matches!(order.effect, Effect::CheckAnswer { .. })));
    assert!(search.count(&answer) > 0, "it is found while it is there");

    // Otherwise memory that is freed at the very end would go back to the system.
    let _lid = vec![1_u8; LID_BYTES];
    // The work is done, and the person leaves. Nobody may come first and overwrite everything.
    drop(sent);
    person.kiosk.start_visit();
    // The allocator writes its own data over the first bytes of what is freed.
    assert_eq!(search.count(&answer[32..48]), 0);
}

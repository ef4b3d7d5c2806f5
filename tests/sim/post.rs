//! Mail and SMS as one terminal's courier reaches them: what is taken, put off, refused, or taken
//! without saying so.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use async_trait::async_trait;
use totem::courier::{Mail, Mailer, SendError, SendingKey, Text, Texter};

use super::cast::FIRMS;
use super::laws::messages::{self, Handed};
use super::plan::PostWeather;
use super::plants::Plant;
use super::power::Power;
use super::world::World;

pub struct Post {
    pub world: Arc<World>,
    pub power: Arc<Power>,
    /// What was put off once.
    pub greylisted: Arc<Mutex<BTreeSet<String>>>,
}

impl Post {
    async fn carry(&self, to: String, mut key: SendingKey, text: &str) -> Result<(), SendError> {
        let at_ms = self.world.now_ms();
        let mut named = text.to_string();
        if self.world.plant == Some(Plant::WarningsWithNames) {
            FIRMS.iter().for_each(|firm| named.push_str(firm.name));
        }
        let text = named.as_str();
        if self.world.plant == Some(Plant::NameStays) {
            key.generation = 1;
        }
        self.power.calls().await;
        self.world.lingers().await;
        let weather = self.world.weather().post;
        if weather == PostWeather::Slow {
            let pause_ms = self.world.faults().between(500, 40_000);
            tokio::time::sleep(Duration::from_millis(pause_ms)).await;
        }
        self.power.holds().await;
        let is_first = self.greylisted.lock().expect("nobody panics with it").insert(key.to_string());
        let (odd, is_lost) = {
            let mut dice = self.world.faults();
            (dice.percent(50), dice.percent(50))
        };
        let sent = match weather {
            PostWeather::Unreachable => Err(SendError::Unreachable("the weather".to_string())),
            PostWeather::Greylists if is_first => Err(SendError::Temporary("greylisted".to_string())),
            PostWeather::Bounces if odd => Err(SendError::AddressRefused("no such mailbox".to_string())),
            PostWeather::TakenTwice if odd => Err(SendError::Unknown("the line broke".to_string())),
            _ => Ok(()),
        };
        let arrives = match &sent {
            Ok(()) => true,
            Err(SendError::Unknown(_)) => !is_lost,
            Err(_) => false,
        };
        self.world.notes(|| format!("message {key} to {to}: {sent:?}"));
        let handed = Handed { to: &to, key, text, at_ms };
        let kind = match arrives || sent.is_ok() {
            true => messages::left(&self.world, handed).await,
            false => None,
        };
        if arrives {
            let undoes = kind.is_some_and(messages::undoes);
            self.world.boxes().arrives(&to, self.world.now_ms(), text, undoes);
            if self.world.plant == Some(Plant::KeyGoesToAnotherMailbox) {
                let other = "ajeno@correo.example";
                messages::left(&self.world, Handed { to: other, ..handed }).await;
                self.world.boxes().arrives(other, self.world.now_ms(), text, undoes);
            }
        }
        sent
    }
}

#[async_trait]
impl Mailer for Post {
    async fn send(&self, mail: &Mail) -> Result<(), SendError> {
        self.world.figures().gather_message(mail.body.expose());
        self.carry(mail.to.folded(), mail.key, mail.body.expose()).await
    }
}

#[async_trait]
impl Texter for Post {
    async fn send(&self, text: &Text) -> Result<(), SendError> {
        self.carry(text.to.international(), text.key, text.text.expose()).await
    }
}

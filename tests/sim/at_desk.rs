//! A desk that is asked directly, past the screens and as the kiosk would: for what takes two members of
//! staff, or a member who works off a list. The laws look on as at any terminal.

use std::time::Duration;

use tokio::time::{Instant, sleep};
use totem::desk::Desk;
use totem::domain::language::Language;
use totem::domain::secret::Secret;
use totem::effect::{Effect, Reply, StaffAct, StaffOrder, StaffReply, StaffSession};
use totem::vault::totp;

use super::cast::{PASSWORD, STAFF};
use super::laws::answers::{self, Answered};
use super::plants;
use super::world::World;

/// The desk of one terminal.
#[derive(Clone, Copy)]
pub struct AtDesk<'a> {
    pub world: &'a World,
    pub desk: &'a Desk,
    pub terminal: u8,
}

impl AtDesk<'_> {
    /// Asks, and holds the laws against the answer.
    pub async fn asks(&self, effect: Effect) -> Reply {
        let (world, terminal) = (self.world, self.terminal);
        let asked = Instant::now();
        answers::asked(world, terminal, &effect);
        let reply = self.desk.perform(plants::performed(world, &effect), Language::Es).await;
        let reply = plants::replied(world, terminal, &effect, reply);
        world.figures().hears(&effect, &reply);
        let took = asked.elapsed();
        let answered = Answered { terminal, effect: &effect, reply: &reply, took, is_staffed: true };
        answers::heard(world, &answered).await;
        reply
    }

    /// A member of staff signs in, with a code that they have not typed before.
    ///
    /// # Errors
    /// What was answered in place of a session.
    pub async fn signs_in(&self, member: usize) -> Result<StaffSession, String> {
        let code = self.fresh_code_of(member).await?;
        let (name, ..) = STAFF[member];
        let sign_in = Effect::SignIn { name: name.into(), password: Secret::new(PASSWORD), code };
        match self.asks(sign_in).await {
            Reply::Staff(StaffReply::SignedIn(session)) => Ok(session),
            other => refused("signing in", &other),
        }
    }

    /// What a member's telephone shows, once it shows another code than any that they typed.
    ///
    /// # Errors
    /// Nobody of that name is employed.
    pub async fn fresh_code_of(&self, member: usize) -> Result<Secret, String> {
        sleep(Duration::from_secs(91)).await;
        let (name, ..) = STAFF[member];
        let seed = self.world.staff_seed(name).ok_or("nobody of that name is employed")?;
        Ok(totp::code_at(&seed, self.world.now_ms()))
    }

    /// One act of a member who is signed in.
    pub async fn acts(&self, session: &StaffSession, act: StaffAct) -> Reply {
        self.acts_typing(session, act, None).await
    }

    /// The same with a code of their telephone.
    pub async fn acts_typing(&self, session: &StaffSession, act: StaffAct, code: Option<Secret>) -> Reply {
        let order = StaffOrder {
            session: session.clone(),
            act,
            reason: "a prueba".into(),
            visit: Duration::ZERO,
            code,
        };
        self.asks(Effect::Staff(Box::new(order))).await
    }

    pub async fn signs_out(&self, session: StaffSession) {
        self.asks(Effect::SignOut { session: Box::new(session) }).await;
    }

    /// One act of a member of staff, who signs in for it.
    ///
    /// # Errors
    /// What was answered in place of a session.
    pub async fn signs_in_for(&self, member: usize, act: StaffAct) -> Result<Reply, String> {
        let session = self.signs_in(member).await?;
        let reply = self.acts(&session, act).await;
        self.signs_out(session).await;
        Ok(reply)
    }
}

/// This step did not lead on.
///
/// # Errors
/// Always: the step, and what was answered.
pub fn refused<T>(step: &str, reply: &Reply) -> Result<T, String> {
    Err(format!("{step}: {reply:?}"))
}

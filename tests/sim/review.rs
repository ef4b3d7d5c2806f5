//! A member of staff who decides on facilitators' requests, by what the desk is asked for.

use std::time::Duration;

use totem::desk::Desk;
use totem::domain::facilitator::{Checklist, RequestStage};
use totem::effect::requests::{RequestAct, RequestReply, Which};
use totem::effect::{Reply, StaffAct, StaffOrder, StaffReply, StaffSession};

use super::dice::Dice;
use super::settle::{asks, signs_in};
use super::world::World;
use totem::effect::Effect;

/// Somebody who decides.
pub struct Reviewing<'a> {
    pub world: &'a World,
    pub desk: &'a Desk,
    pub terminal: u8,
    /// Their number among the staff.
    pub member: usize,
    pub dice: Dice,
}

impl Reviewing<'_> {
    /// Looks at the oldest requests of both lists, and decides on some.
    ///
    /// # Errors
    /// What was answered in place of the next step.
    pub async fn goes(&mut self) -> Result<(), String> {
        let session = signs_in(self.world, (self.desk, self.terminal), self.member).await?;
        for stage in [RequestStage::Waiting, RequestStage::ApprovedByOne] {
            self.decides(&session, stage).await?;
        }
        if self.dice.percent(20) {
            // Left open beside whoever comes next.
            return Ok(());
        }
        asks(self.world, (self.desk, self.terminal), Effect::SignOut { session: Box::new(session) }).await;
        Ok(())
    }

    async fn decides(&mut self, session: &StaffSession, stage: RequestStage) -> Result<(), String> {
        let list = RequestAct::List { which: Which::At(stage), page: 0 };
        let listed = match self.acts(session, list).await {
            Reply::Staff(StaffReply::Request(RequestReply::Listed(listed))) => listed,
            other => return Err(format!("the list: {other:?}")),
        };
        for line in &listed.requests {
            self.acts(session, RequestAct::See(line.folio)).await;
            let act = match self.dice.below(10) {
                0 => RequestAct::Refuse(line.folio),
                1 => RequestAct::Withdraw(line.folio),
                2 => continue,
                _ => {
                    let checked = Checklist::gone_through(|_| true).expect("all was ticked");
                    RequestAct::Approve(line.folio, checked)
                }
            };
            self.acts(session, act).await;
        }
        Ok(())
    }

    async fn acts(&self, session: &StaffSession, act: RequestAct) -> Reply {
        let order = StaffOrder {
            session: session.clone(),
            act: StaffAct::Request(act),
            reason: "a prueba".into(),
            visit: Duration::ZERO,
            code: None,
        };
        asks(self.world, (self.desk, self.terminal), Effect::Staff(Box::new(order))).await
    }
}

//! A member of staff who decides on facilitators' requests, by what the desk is asked for.

use std::time::Duration;

use tokio::time::sleep;
use totem::domain::facilitator::{Checklist, RequestStage};
use totem::effect::requests::{RequestAct, RequestReply, Shape, Which};
use totem::effect::{Reply, StaffAct, StaffReply, StaffSession};

use super::at_desk::{AtDesk, refused};
use super::dice::Dice;

/// Somebody who decides.
pub struct Reviewing<'a> {
    pub at: AtDesk<'a>,
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
        let session = self.at.signs_in(self.member).await?;
        for stage in [RequestStage::Waiting, RequestStage::ApprovedByOne] {
            self.decides(&session, stage).await?;
        }
        // Or it is left open beside whoever comes next.
        if !self.dice.percent(20) {
            self.at.signs_out(session).await;
        }
        Ok(())
    }

    async fn decides(&mut self, session: &StaffSession, stage: RequestStage) -> Result<(), String> {
        let list = RequestAct::List { which: Which::At(stage), page: 0 };
        let listed = match self.acts(session, list).await {
            Reply::Staff(StaffReply::Request(RequestReply::Listed(listed))) => listed,
            other => return refused("the list", &other),
        };
        for line in &listed.requests {
            self.acts(session, RequestAct::See(line.folio)).await;
            if self.dice.percent(40) {
                let shape = if self.dice.percent(75) { Shape::Files } else { Shape::Pages };
                self.acts(session, RequestAct::Export(line.folio, shape)).await;
            }
            let act = match self.dice.below(10) {
                0 => RequestAct::Refuse(line.folio),
                1 => RequestAct::Withdraw(line.folio),
                2 => continue,
                _ => {
                    // Nobody approves what they have not had before them.
                    self.acts(session, RequestAct::Export(line.folio, Shape::Files)).await;
                    let checked = Checklist::gone_through(|_| true).expect("all was ticked");
                    RequestAct::Approve(line.folio, checked)
                }
            };
            self.acts(session, act).await;
            if self.dice.percent(5) {
                // Somebody asks them something, for so long that the kiosk ends their session; they go on.
                sleep(Duration::from_secs(400)).await;
                self.at.signs_out(session.clone()).await;
            }
        }
        Ok(())
    }

    async fn acts(&self, session: &StaffSession, act: RequestAct) -> Reply {
        self.at.acts(session, StaffAct::Request(act)).await
    }
}

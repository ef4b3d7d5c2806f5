//! Before the clave of *Actualizar datos* and after it: what is forgotten there, and what waits for the same
//! owner.

use super::changes::Wanted;
use super::{At, FIRST_LINE, Owner, Step, Update};
use crate::effect::{ClaveProved, OnFile};

impl Update {
    /// Before the clave, with nothing of what was wanted.
    pub(super) fn start_over(mut self) -> Self {
        self.who.forget_secrets();
        self.wanted = Wanted::new(&self.setup);
        self.left = None;
        self.step = Step::Who;
        self
    }

    /// Esc on the review. Nothing on file is seen before the clave, and nothing that was typed is lost.
    pub(super) fn before_clave(mut self) -> Self {
        if let Step::Open(owner, _) = std::mem::take(&mut self.step) {
            self.left = Some(owner.on_file);
        }
        self.who.forget_secrets();
        self
    }

    /// The clave was right: the owner goes on with what they wanted before, if it is about the same data.
    pub(super) fn open(mut self, proved: ClaveProved, on_file: Box<OnFile>) -> Self {
        let is_same = |left: Box<OnFile>| {
            // The hours that an erasure waits are no data of the owner's.
            OnFile { erased_in_hours: on_file.erased_in_hours, ..*left } == *on_file
        };
        if !self.left.take().is_some_and(is_same) {
            self.wanted = Wanted::new(&self.setup);
            self.wanted.panels.fill(&on_file);
        }
        self.step = Step::Open(Owner { proved, on_file }, At::Review { at: FIRST_LINE });
        self
    }
}

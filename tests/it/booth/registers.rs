//! The State's registers as the demo world has them, over a line that a test can cut.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use async_trait::async_trait;
use totem::domain::cedula::Serial;
use totem::domain::register::{Call, CallEnd, Card, Company, Down, Looked, Operation, Representation};
use totem::domain::rut::Rut;
use totem::registry::Registry;

use super::{Booth, NOON_MS};

pub struct Registers {
    inner: Arc<dyn Registry>,
    is_down: AtomicBool,
    /// SII says of everybody that they represented the company once.
    are_former: AtomicBool,
}

impl Registers {
    pub fn new(inner: Arc<dyn Registry>) -> Self {
        Registers { inner, is_down: AtomicBool::new(false), are_former: AtomicBool::new(false) }
    }

    /// The answer while the line is cut.
    fn cut<T>(&self, operation: Operation) -> Option<Looked<T>> {
        let down = Down { service: operation.service(), reason: "the test cut the line".to_string() };
        let call = Call { operation, end: CallEnd::Unreachable, at_ms: NOON_MS };
        self.is_down.load(Ordering::SeqCst).then(|| Looked { answer: Err(down), calls: vec![call] })
    }
}

#[async_trait]
impl Registry for Registers {
    async fn company(&self, company: Rut) -> Looked<Company> {
        match self.cut(Operation::ConsultaDatosContribuyente) {
            Some(cut) => cut,
            None => self.inner.company(company).await,
        }
    }

    async fn representation(&self, company: Rut, person: Rut) -> Looked<Representation> {
        match self.cut(Operation::ConsultaRepresentanteLegal) {
            Some(cut) => cut,
            None if self.are_former.load(Ordering::SeqCst) => {
                Looked { answer: Ok(Representation::Former), calls: Vec::new() }
            }
            None => self.inner.representation(company, person).await,
        }
    }

    async fn card(&self, holder: Rut, serial: &Serial) -> Looked<Card> {
        match self.cut(Operation::ConsultaNroSerieNroDocumento) {
            Some(cut) => cut,
            None => self.inner.card(holder, serial).await,
        }
    }
}

impl Booth {
    /// Sets whether the line to the registers is cut.
    pub fn registers_are_down(&mut self, down: bool) -> &mut Self {
        self.registers.is_down.store(down, Ordering::SeqCst);
        self
    }

    /// Sets whether SII says of everybody that they represented the company once.
    pub fn representatives_are_former(&mut self, former: bool) -> &mut Self {
        self.registers.are_former.store(former, Ordering::SeqCst);
        self
    }

    /// Asks the registers about the applications that are due.
    pub fn checks_pending(&mut self) -> &mut Self {
        self.runtime.block_on(self.pending.check()).expect("the store is up");
        self
    }
}

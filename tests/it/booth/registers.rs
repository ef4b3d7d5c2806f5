//! The State's registers as the demo world has them, over a line that a test can cut.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

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
    /// SII says of every company that it ended its business.
    are_closed: AtomicBool,
    /// When the list was made that answers for SII, in milliseconds since 1970; 0 if SII itself does.
    listed_ms: AtomicU64,
}

impl Registers {
    pub fn new(inner: Arc<dyn Registry>) -> Self {
        let no = || AtomicBool::new(false);
        Registers { inner, is_down: no(), are_former: no(), are_closed: no(), listed_ms: AtomicU64::new(0) }
    }

    /// As old as the list is.
    fn listed<T>(&self, looked: Looked<T>) -> Looked<T> {
        let listed_ms = self.listed_ms.load(Ordering::SeqCst);
        Looked { listed_ms: Some(listed_ms).filter(|listed_ms| *listed_ms > 0), ..looked }
    }

    /// The answer while the line is cut.
    fn cut<T>(&self, operation: Operation) -> Option<Looked<T>> {
        let down = Down { service: operation.service(), reason: "the test cut the line".to_string() };
        let call = Call { operation, end: CallEnd::Unreachable, at_ms: NOON_MS };
        self.is_down.load(Ordering::SeqCst).then(|| Looked {
            answer: Err(down),
            calls: vec![call],
            listed_ms: None,
        })
    }
}

#[async_trait]
impl Registry for Registers {
    async fn company(&self, company: Rut) -> Looked<Company> {
        match self.cut(Operation::ConsultaDatosContribuyente) {
            Some(cut) => cut,
            None if self.are_closed.load(Ordering::SeqCst) => {
                self.listed(Ok(Company::Closed { name: "Comercial Ejemplo Limitada".into() }).into())
            }
            None => self.listed(self.inner.company(company).await),
        }
    }

    async fn representation(&self, company: Rut, person: Rut) -> Looked<Representation> {
        match self.cut(Operation::ConsultaRepresentanteLegal) {
            Some(cut) => cut,
            None if self.are_former.load(Ordering::SeqCst) => self.listed(Ok(Representation::Former).into()),
            None => self.listed(self.inner.representation(company, person).await),
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

    /// Sets whether SII says of every company that it ended its business.
    pub fn companies_are_closed(&mut self, closed: bool) -> &mut Self {
        self.registers.are_closed.store(closed, Ordering::SeqCst);
        self
    }

    /// A list answers for SII that was made so many days ago.
    pub fn lists_are_old(&mut self, days: u64) -> &mut Self {
        self.registers.listed_ms.store(self.now_ms() - days * 86_400_000, Ordering::SeqCst);
        self
    }

    /// Asks the registers about the applications that are due.
    pub fn checks_pending(&mut self) -> &mut Self {
        self.runtime.block_on(self.pending.check()).expect("the store is up");
        self
    }
}

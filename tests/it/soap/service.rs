//! The sandbox on a thread of its own, and registry and SMS over it.

use std::net::TcpStream;
use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio::sync::{oneshot, watch};
use totem::clock::Clock;
use totem::config::{self, Config, Environment};
use totem::courier::sms::SmsFolder;
use totem::courier::soap::SoapTexter;
use totem::registry::padron::Padron;
use totem::registry::soap::Soap;
use totem::sandbox::{Faults, Ports, Sandbox};
use totem::soap::LineLimits;

use crate::booth::NOON_MS;

/// Patient with the machine, and quick where it would only wait for pauses.
pub const LIMITS: LineLimits = LineLimits {
    question: Duration::from_secs(20),
    pauses: [Duration::ZERO; 2],
    left_alone: Duration::from_secs(3600),
};

/// How long the sandbox may take to do as it was told.
const PATIENCE: Duration = Duration::from_secs(30);

pub fn clock() -> Clock {
    Arc::new(|| NOON_MS)
}

/// A sandbox that serves until it is dropped.
pub struct Service {
    pub ports: Ports,
    pub sms: tempfile::TempDir,
    faults: watch::Sender<Faults>,
    /// Dropping it stops the sandbox.
    _stop: oneshot::Sender<()>,
}

impl Service {
    pub fn start() -> Self {
        let sms = tempfile::tempdir().unwrap();
        let faults = watch::Sender::new(Faults::default());
        let sandbox = Sandbox {
            world: Padron::demo(clock()),
            settings: settings(&[]).0,
            delay: Duration::ZERO,
            faults: faults.clone(),
            sms: Some(SmsFolder::open(sms.path()).unwrap()),
            hears: Box::new(|_| {}),
        };
        let (stop, stopped) = oneshot::channel::<()>();
        let (tell, told) = std::sync::mpsc::channel();
        std::thread::spawn(move || {
            on_a_runtime(async {
                let open = sandbox.open(0).await.unwrap();
                tell.send(open.ports).unwrap();
                open.run(async { _ = stopped.await }).await.unwrap();
            });
        });
        Service { ports: told.recv().unwrap(), sms, faults, _stop: stop }
    }

    /// From here on this goes wrong, and nothing else. The sandbox takes a moment to open or close
    /// its port.
    pub fn fails(&self, lines: &str) {
        let mut faults = Faults::default();
        faults.change(lines).unwrap();
        let refuses = faults.refuses();
        self.faults.send_replace(faults);
        let asked = Instant::now();
        while TcpStream::connect(self.ports.services).is_err() != refuses {
            assert!(asked.elapsed() < PATIENCE, "the door is not as {lines} wants it");
            std::thread::yield_now();
        }
    }

    pub fn address(&self, path: &str) -> String {
        format!("http://{}/{path}", self.ports.services)
    }

    pub fn registry(&self, limits: LineLimits) -> Soap {
        registry(&self.address("sii"), &self.address("registro-civil"), limits)
    }

    pub fn texter(&self, limits: LineLimits) -> SoapTexter {
        texter(&self.address("messages"), limits)
    }
}

/// The settings with everything over SOAP.
pub fn settings(changes: &[(&str, &str)]) -> (config::Soap, tempfile::TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let mut environment = Environment::default().with("soap.system_id", "7").with("soap.ambiente", "PRUEBA");
    for (key, value) in changes {
        environment = environment.with(key, value);
    }
    (Config::in_folder(folder.path(), &environment).unwrap().soap, folder)
}

pub fn registry(sii: &str, registro_civil: &str, limits: LineLimits) -> Soap {
    registry_with(&[("soap.sii_address", sii), ("soap.registro_civil_address", registro_civil)], limits)
}

pub fn registry_with(changes: &[(&str, &str)], limits: LineLimits) -> Soap {
    Soap::new(&settings(changes).0, limits, clock()).unwrap()
}

pub fn texter(address: &str, limits: LineLimits) -> SoapTexter {
    SoapTexter::new(&settings(&[("soap.messages_address", address)]).0, limits, clock()).unwrap()
}

pub fn on_a_runtime<T>(future: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(future)
}

//! The sandbox's two ports: one for the services, and one to set their faults.

use std::future::Future;
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use http_body_util::{BodyExt as _, Limited};
use hyper::body::{Body, Bytes, Frame, Incoming, SizeHint};
use hyper::header::{CONTENT_TYPE, HeaderValue, LOCATION};
use hyper::service::service_fn;
use hyper::{Method, Request, Response, StatusCode};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;

use super::answers::{self, Answer};
use super::faults::{Fault, Faults};
use crate::clock;
use crate::config;
use crate::courier::sms::SmsFolder;
use crate::courier::{Gsm7, SendingKey, Text, Texter as _};
use crate::domain::reference::Id;
use crate::http;
use crate::registry::padron::Padron;
use crate::soap::xml::{Element, XmlError};
use crate::soap::{envelope, xml};
use crate::vault::random;

/// Longer than any request of the contract.
const MOST_BYTES: usize = 256 * 1024;

/// One request, for the observer. It doesn't say whom the request concerned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CallHeard {
    /// Its name in the contract; `?` if it has none there.
    pub operation: String,
    /// What it was answered, for the operator.
    pub said: &'static str,
}

/// Why the sandbox can't serve.
#[derive(Debug, thiserror::Error)]
pub enum SandboxError {
    /// Which port, and what the system said.
    #[error("port {0} can't be had ({1}): name another with --port, or 0 for any")]
    Port(u16, io::Error),
}

/// Where the sandbox listens, on this machine only.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ports {
    /// The State's services.
    pub services: SocketAddr,
    /// Where faults are read and set.
    pub control: SocketAddr,
}

/// A stand-in for the State's services; [`Sandbox::open`] makes it listen.
pub struct Sandbox {
    /// What it knows.
    pub world: Padron,
    /// The words and namespaces that it uses.
    pub settings: config::Soap,
    /// How long it waits before every answer.
    pub delay: Duration,
    /// What fails at the moment.
    pub faults: watch::Sender<Faults>,
    /// Where it puts the SMS that it gets; `None` to drop them.
    pub sms: Option<SmsFolder>,
    /// Is told of every request.
    pub hears: Box<dyn Fn(CallHeard) + Send + Sync>,
}

/// The connection should end without an answer.
#[derive(Debug, thiserror::Error)]
#[error("the connection shall break")]
struct Gone;

type SandboxAnswer = Result<Response<Part>, Gone>;

impl Sandbox {
    /// Takes both ports. `port` 0 means any; the control port is always any.
    ///
    /// # Errors
    /// When the port can't be had.
    pub async fn open(self, port: u16) -> Result<OpenSandbox, SandboxError> {
        let bind = async |port| {
            let bound = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await;
            let bound = bound.and_then(|listener| Ok((listener.local_addr()?, listener)));
            bound.map_err(|error| SandboxError::Port(port, error))
        };
        let (services, listener) = bind(port).await?;
        let (control, control_listener) = bind(0).await?;
        let ports = Ports { services, control };
        Ok(OpenSandbox { sandbox: Arc::new(self), ports, listener, control: control_listener })
    }

    /// What the services answer to one request.
    async fn answer(&self, request: Request<Incoming>) -> SandboxAnswer {
        let path = request.uri().path().trim_end_matches('/').to_string();
        let action = request.headers().get("soapaction").and_then(|value| value.to_str().ok());
        let action = action.map(str::to_string);
        let is_post = request.method() == Method::POST;
        let Ok(body) = Limited::new(request.into_body(), MOST_BYTES).collect().await else {
            return Ok(status(StatusCode::PAYLOAD_TOO_LARGE));
        };
        let namespace = match path.as_str() {
            "/sii" | "/registro-civil" => &self.settings.registers_namespace,
            "/messages" => &self.settings.messages_namespace,
            _ => return Ok(status(StatusCode::NOT_FOUND)),
        };
        if !is_post {
            return Ok(status(StatusCode::METHOD_NOT_ALLOWED));
        }
        let read = xml::read(&body.to_bytes(), Some("text/xml; charset=utf-8"), namespace);
        let Ok(asked) = read.and_then(envelope::body) else {
            self.heard("?", "no request by the contract: answered with a fault");
            return Ok(fault(namespace));
        };
        let name = asked.name.clone();
        tokio::time::sleep(self.delay).await;
        let failing = self.faults.borrow().of(&name);
        if let Some(Fault::Delay(delay)) = failing {
            tokio::time::sleep(delay).await;
        }
        if action.as_deref() != Some(&envelope::action(&name, namespace)) {
            self.heard("?", "SOAPAction doesn't fit: answered with a fault");
            return Ok(fault(namespace));
        }
        match self.right_answer(&asked, &path, namespace, failing).await {
            Ok(bytes) => self.spoiled(&name, namespace, bytes, failing),
            Err(_) => {
                self.heard("?", "no request by the contract: answered with a fault");
                Ok(fault(namespace))
            }
        }
    }

    /// The answer if nothing went wrong, except its order.
    async fn right_answer(
        &self,
        asked: &Element,
        path: &str,
        namespace: &str,
        failing: Option<Fault>,
    ) -> Result<Vec<u8>, XmlError> {
        let name = asked.name.as_str();
        let is_of_registro_civil = matches!(name, "ConsultaRun" | "ConsultaNroSerieNroDocumento");
        match (path, name) {
            ("/messages", "EnviarSMS") => {
                let sms = answers::sms(asked)?;
                if failing.is_none() || matches!(failing, Some(Fault::Delay(_))) {
                    self.keep(sms).await;
                }
                Ok(envelope::write_response(name, namespace, Vec::new()))
            }
            ("/sii", _) if is_of_registro_civil => Err(XmlError::NoEnvelope),
            ("/registro-civil", _) if !is_of_registro_civil => Err(XmlError::NoEnvelope),
            _ => {
                let mut answer = answers::of_register(&self.world, &self.settings.words, asked).await?;
                if let Some(Fault::Process(process)) = failing {
                    answer = Answer { process, said: String::new(), found: None };
                }
                if let (Some(Fault::Lacking), Some(found)) = (failing, &mut answer.found) {
                    found.children.clear();
                }
                Ok(envelope::write_answer(name, namespace, answer.process, &answer.said, answer.found))
            }
        }
    }

    fn spoiled(&self, name: &str, namespace: &str, bytes: Vec<u8>, failing: Option<Fault>) -> SandboxAnswer {
        let (said, answer) = match failing {
            None => ("answered", xml_answer(Part::whole(bytes))),
            Some(Fault::Delay(_)) => ("answered late", xml_answer(Part::whole(bytes))),
            Some(Fault::Reset | Fault::Refuse) => {
                self.heard(name, "hung up");
                return Err(Gone);
            }
            Some(Fault::Status) => ("answered HTTP 500", status(StatusCode::INTERNAL_SERVER_ERROR)),
            Some(Fault::Fault) => ("answered with a fault", fault(namespace)),
            Some(Fault::Cut) => {
                let half = bytes[..bytes.len() / 2].to_vec();
                (
                    "hung up in the middle of its answer",
                    xml_answer(Part { data: Some(half.into()), is_cut: true }),
                )
            }
            Some(Fault::NotXml) => {
                let page = "<!DOCTYPE html><html><body><p>En mantención<br></body></html>";
                ("answered with a page", xml_answer(Part::whole(page.into())))
            }
            Some(Fault::Huge) => ("answered with a megabyte", xml_answer(Part::whole(huge(bytes)))),
            Some(Fault::Lacking) if name == "EnviarSMS" => {
                ("answered with nothing in it", xml_answer(Part::whole(without_body(&bytes))))
            }
            Some(Fault::Lacking) => ("answered with nothing in it", xml_answer(Part::whole(bytes))),
            Some(Fault::Redirect) => ("sent elsewhere", redirect()),
            Some(Fault::Process(_)) => ("answered that it failed", xml_answer(Part::whole(bytes))),
        };
        self.heard(name, said);
        Ok(answer)
    }

    fn heard(&self, operation: &str, said: &'static str) {
        (self.hears)(CallHeard { operation: operation.to_string(), said });
    }

    async fn keep(&self, sms: answers::Sms) {
        let Some(folder) = &self.sms else { return };
        let Ok(to) = sms.to.parse() else { return };
        let key = SendingKey { errand: Id(random()), generation: 1 };
        let text = Text { to, text: Gsm7::new(&sms.text), key, at_ms: clock::now_ms() };
        if folder.send(&text).await.is_err() {
            self.heard("EnviarSMS", "could not write it into --sms-folder");
        }
    }

    /// `GET` tells what fails; `POST` changes it by lines of `OPERATION=KIND`.
    async fn control(&self, request: Request<Incoming>) -> SandboxAnswer {
        let is_change = match *request.method() {
            Method::GET => false,
            Method::POST => true,
            _ => return Ok(status(StatusCode::METHOD_NOT_ALLOWED)),
        };
        let lines = Limited::new(request.into_body(), 4096).collect().await;
        let lines = lines.map(|body| body.to_bytes()).unwrap_or_default();
        let mut faults = self.faults.borrow().clone();
        if is_change && let Err(error) = faults.change(&String::from_utf8_lossy(&lines)) {
            let mut answer = Response::new(Part::whole(format!("{error}\n").into()));
            *answer.status_mut() = StatusCode::BAD_REQUEST;
            return Ok(answer);
        }
        let shown = faults.to_string();
        if is_change {
            self.faults.send_replace(faults);
        }
        Ok(Response::new(Part::whole(if shown.is_empty() { "nothing fails\n".into() } else { shown.into() })))
    }
}

/// A sandbox that has its ports.
pub struct OpenSandbox {
    sandbox: Arc<Sandbox>,
    /// Where it listens.
    pub ports: Ports,
    listener: TcpListener,
    control: TcpListener,
}

impl OpenSandbox {
    /// Serves until `stop`.
    ///
    /// # Errors
    /// When the port is lost after nobody listened for a while.
    pub async fn run(self, stop: impl Future<Output = ()>) -> Result<(), SandboxError> {
        let OpenSandbox { sandbox, ports, listener, control } = self;
        let mut faults = sandbox.faults.subscribe();
        let mut listener = Some(listener);
        tokio::pin!(stop);
        loop {
            let refuses = faults.borrow_and_update().refuses();
            if refuses {
                listener = None;
            } else if listener.is_none() {
                let port = ports.services.port();
                let again = TcpListener::bind(ports.services).await;
                listener = Some(again.map_err(|error| SandboxError::Port(port, error))?);
            }
            tokio::select! {
                () = &mut stop => return Ok(()),
                _ = faults.changed() => {}
                stream = accept(listener.as_ref()) => serve(stream, &sandbox, true),
                stream = accept(Some(&control)) => serve(stream, &sandbox, false),
            }
        }
    }
}

/// The next connection; without a listener it never completes.
async fn accept(listener: Option<&TcpListener>) -> Option<TcpStream> {
    match listener {
        Some(listener) => listener.accept().await.ok().map(|(stream, _)| stream),
        None => std::future::pending().await,
    }
}

fn serve(stream: Option<TcpStream>, sandbox: &Arc<Sandbox>, is_service: bool) {
    let Some(stream) = stream else { return };
    let sandbox = sandbox.clone();
    tokio::spawn(async move {
        let answer = service_fn(|request| async {
            match is_service {
                true => sandbox.answer(request).await,
                false => sandbox.control(request).await,
            }
        });
        http::connection(stream, answer).await;
    });
}

/// A body that is whole, or breaks off.
struct Part {
    data: Option<Bytes>,
    is_cut: bool,
}

impl Part {
    fn whole(bytes: Vec<u8>) -> Self {
        Part { data: Some(bytes.into()), is_cut: false }
    }
}

impl Body for Part {
    type Data = Bytes;
    type Error = Gone;

    fn poll_frame(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Gone>>> {
        Poll::Ready(match self.data.take() {
            Some(data) => Some(Ok(Frame::data(data))),
            None if self.is_cut => Some(Err(Gone)),
            None => None,
        })
    }

    fn size_hint(&self) -> SizeHint {
        match &self.data {
            Some(data) if !self.is_cut => SizeHint::with_exact(data.len() as u64),
            _ => SizeHint::default(),
        }
    }
}

fn status(code: StatusCode) -> Response<Part> {
    let mut answer = Response::new(Part::whole(Vec::new()));
    *answer.status_mut() = code;
    answer
}

fn xml_answer(body: Part) -> Response<Part> {
    let mut answer = Response::new(body);
    answer.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("text/xml; charset=utf-8"));
    answer
}

fn fault(namespace: &str) -> Response<Part> {
    let mut answer = xml_answer(Part::whole(envelope::write_fault(namespace)));
    *answer.status_mut() = StatusCode::INTERNAL_SERVER_ERROR;
    answer
}

fn redirect() -> Response<Part> {
    let mut answer = status(StatusCode::FOUND);
    answer.headers_mut().insert(LOCATION, HeaderValue::from_static("http://127.0.0.1:9/elsewhere"));
    answer
}

/// The right answer with a megabyte of blanks after it: XML, and far too long.
fn huge(mut bytes: Vec<u8>) -> Vec<u8> {
    bytes.resize(bytes.len() + 1024 * 1024, b' ');
    bytes
}

fn without_body(bytes: &[u8]) -> Vec<u8> {
    String::from_utf8_lossy(bytes).replace("soap:Body", "soap:Header").into_bytes()
}

//! Everything that can go wrong with a call, and what follows from it: how it is recorded in
//! the audit log, whether the same question may be asked again at once, and whether it tells that
//! the service is down for everybody.

use super::xml::XmlError;
use crate::domain::clean::Clean;
use crate::domain::register::CallEnd;

/// What a service says of its own work, in the heading of its answer (`estadoProceso`). The contract
/// lists the words and doesn't explain them: `CORRECTO` alone is taken for a yes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Process {
    /// `NULO`
    Nulo,
    /// `CORRECTO`: the answer counts.
    Correcto,
    /// `INCORRECTO`
    Incorrecto,
    /// `PROCESAR`: taken for *still at it*, so that the question is repeated.
    Procesar,
    /// `ERROR`
    Error,
    /// `EXCEPCION`
    Excepcion,
}

impl Process {
    /// The words as the contract writes them.
    pub const WORDS: [(&str, Process); 6] = [
        ("NULO", Process::Nulo),
        ("CORRECTO", Process::Correcto),
        ("INCORRECTO", Process::Incorrecto),
        ("PROCESAR", Process::Procesar),
        ("ERROR", Process::Error),
        ("EXCEPCION", Process::Excepcion),
    ];

    /// The word as the contract writes it.
    pub fn word(self) -> &'static str {
        Process::WORDS.iter().find(|(_, process)| *process == self).map_or("", |(word, _)| word)
    }
}

/// Why a call gave no answer that can be used. The reasons quote nothing that was read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Failure {
    /// Nothing was sent: no name, no connection, or no TLS that can be trusted.
    #[error("it can't be reached: {0}")]
    NotReached(Clean),
    /// It may have been sent.
    #[error("the connection broke")]
    Broken,
    /// It may have been sent.
    #[error("no answer in time")]
    TimedOut,
    /// It answered with a redirect of this HTTP status, which is never followed.
    #[error("it answered by sending elsewhere (HTTP {0})")]
    Redirected(u16),
    /// It answered with this HTTP status, and neither an answer nor a fault.
    #[error("it answered HTTP {0}")]
    Status(u16),
    /// It answered with a SOAP fault.
    #[error("it answered with a fault")]
    Fault,
    /// The heading of its answer says anything but `CORRECTO`.
    #[error("it answered estadoProceso {}", .0.word())]
    Process(Process),
    /// The answer is whole, and says by this word of `EstadoRespuesta` that the register failed.
    #[error("it answered {0}")]
    Answered(&'static str),
    /// The answer can't be read by the contract: which element is missing or says two things.
    #[error(transparent)]
    Unreadable(#[from] XmlError),
    /// It failed so often that it is left alone for a while: it was not called.
    #[error("it failed too often and is left alone for a while")]
    LeftAlone,
}

impl Failure {
    /// How the call stands in the audit log.
    pub fn end(&self) -> CallEnd {
        match self {
            Failure::NotReached(_) | Failure::Broken | Failure::LeftAlone => CallEnd::Unreachable,
            Failure::TimedOut => CallEnd::TimedOut,
            Failure::Status(_) | Failure::Fault | Failure::Process(_) | Failure::Answered(_) => {
                CallEnd::Failed
            }
            Failure::Redirected(_) | Failure::Unreadable(_) => CallEnd::Unreadable,
        }
    }

    /// Whether the same question may do better in a moment.
    pub fn is_worth_repeating(&self) -> bool {
        match self {
            Failure::NotReached(_) | Failure::Broken => true,
            Failure::Status(status) => matches!(status, 502..=504),
            Failure::Process(process) => *process == Process::Procesar,
            Failure::TimedOut
            | Failure::Redirected(_)
            | Failure::Fault
            | Failure::Answered(_)
            | Failure::Unreadable(_)
            | Failure::LeftAlone => false,
        }
    }

    /// Whether it tells of the service and not of this one question: an answer that says *I failed*
    /// by the contract may be owed to who was asked about, and must not stop the others.
    pub fn tells_of_the_service(&self) -> bool {
        !matches!(self, Failure::Process(_) | Failure::Answered(_) | Failure::LeftAlone)
    }
}

//! `totem sandbox` as a process: it prints where it is and how to use it, accepts faults while it
//! runs, and never says about whom it was asked.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::process::{Child, ChildStdout, Command, Stdio};

use totem::registry::Registry as _;

use super::service::{LIMITS, on_a_runtime, registry};

struct Started {
    child: Child,
    out: BufReader<ChildStdout>,
    folder: tempfile::TempDir,
}

impl Drop for Started {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn command(arguments: &[&str], folder: &tempfile::TempDir) -> Command {
    let mut command = Command::new(crate::program::program());
    command.arg("sandbox").args(arguments).current_dir(folder.path()).env_clear().stdin(Stdio::null());
    command
}

fn start(arguments: &[&str]) -> Started {
    let folder = tempfile::tempdir().unwrap();
    let mut child = command(arguments, &folder).stdout(Stdio::piped()).spawn().unwrap();
    let out = BufReader::new(child.stdout.take().unwrap());
    Started { child, out, folder }
}

impl Started {
    fn line_with(&mut self, part: &str) -> String {
        loop {
            let mut line = String::new();
            assert_ne!(self.out.read_line(&mut line).unwrap(), 0, "it ended without {part:?}");
            if line.contains(part) {
                return line.trim_end().to_string();
            }
        }
    }

    fn value(&mut self, name: &str) -> String {
        let line = self.line_with(name);
        line.split_once('=').unwrap().1.to_string()
    }
}

fn post(url: &str, body: &str) -> String {
    let host = url.strip_prefix("http://").unwrap().split('/').next().unwrap();
    let mut stream = TcpStream::connect(host).unwrap();
    let length = body.len();
    write!(
        stream,
        "POST /faults HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\nContent-Length: {length}\r\n\r\n{body}"
    )
    .unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer
}

#[test]
fn it_tells_how_to_use_it_and_fails_on_demand() {
    let mut sandbox = start(&["--port", "0", "--fault", "ConsultaEstadoGiro=excepcion"]);
    assert_eq!(sandbox.value("TOTEM__REGISTRY__COMPANIES"), "soap");
    let sii = sandbox.value("TOTEM__SOAP__SII_ADDRESS");
    let registro_civil = sandbox.value("TOTEM__SOAP__REGISTRO_CIVIL_ADDRESS");
    let control = sandbox.line_with("curl -d all=none").rsplit(' ').next().unwrap().to_string();
    sandbox.line_with("What is asked");
    let soap = registry(&sii, &registro_civil, LIMITS);
    let company = || on_a_runtime(soap.company("99999999-9".parse().unwrap())).answer;
    assert!(company().is_err());
    let answered = sandbox.line_with("ConsultaDatosContribuyente");
    assert!(answered.ends_with("ConsultaDatosContribuyente: answered"), "{answered}");
    let failed = sandbox.line_with("ConsultaEstadoGiro");
    assert!(failed.ends_with("answered that it failed") && !failed.contains("99999999"), "{failed}");
    assert!(post(&control, "ConsultaEstadoGiro=none\nEnviarSMS=500").ends_with("EnviarSMS=500\n"));
    assert!(company().is_ok());
    assert!(post(&control, "EnviarSMS=501").starts_with("HTTP/1.1 400"));
    assert!(post(&control, "all=none").ends_with("nothing fails\n"));
    // It leaves nothing behind.
    assert_eq!(std::fs::read_dir(sandbox.folder.path()).unwrap().count(), 0);
}

#[test]
fn what_cannot_be_is_said() {
    let folder = tempfile::tempdir().unwrap();
    let ran = |arguments: &[&str]| {
        let ran = command(arguments, &folder).output().unwrap();
        (ran.status.code(), String::from_utf8(ran.stderr).unwrap())
    };
    let (code, said) = ran(&["--fault", "ConsultaRum=500"]);
    assert_eq!(code, Some(2), "{said}");
    assert!(said.contains("--fault: there is no such operation: write all or one of Consulta"), "{said}");
    let (code, said) = ran(&["--folder", "nowhere"]);
    assert_eq!(code, Some(1), "{said}");
    assert!(said.contains("empresas.tsv: it can't be read"), "{said}");
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let (code, said) = ran(&["--port", &taken.local_addr().unwrap().port().to_string()]);
    assert_eq!(code, Some(1), "{said}");
    assert!(said.contains("name another with --port"), "{said}");
}

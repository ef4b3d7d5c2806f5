//! `totem sandbox`: the State's services from invented data, on this machine, with faults on
//! demand.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::time::Duration;

use tokio::sync::watch;

use crate::clock;
use crate::config::Config;
use crate::courier::sms::SmsFolder;
use crate::registry::padron::Padron;
use crate::sandbox::{CallHeard, FAULTS, Faults, Ports, Sandbox};

use super::{Exit, Failure};

#[derive(Debug, clap::Args)]
#[command(after_help = help())]
pub(super) struct Options {
    /// Where to listen, on this machine alone; 0 for any free port
    #[arg(long, value_name = "N", default_value_t = 8081)]
    port: u16,

    /// Answer from the tables of this folder (as registry.folder) instead of the invented world
    #[arg(long, value_name = "DIR")]
    folder: Option<PathBuf>,

    /// Wait so many milliseconds before every answer
    #[arg(long, value_name = "MS", default_value_t = 0)]
    delay: u64,

    /// Let an operation fail from the start, such as ConsultaRun=fault; may be given again
    #[arg(long, value_name = "OPERATION=KIND")]
    fault: Vec<String>,

    /// Write each SMS into a file of this folder; they may hold keys, so without it they are dropped
    #[arg(long, value_name = "DIR")]
    sms_folder: Option<PathBuf>,
}

/// What can fail, under `--help`.
fn help() -> String {
    let mut text = String::from(
        "OPERATION is all, or one of ConsultaDatosContribuyente, ConsultaRepresentanteLegal,\n\
         ConsultaEstadoGiro, ConsultaRun, ConsultaNroSerieNroDocumento and EnviarSMS.\n\nKIND is one of\n  \
         none          nothing fails any more\n  delay:MS      the answer comes so much later\n",
    );
    for (name, _, says) in FAULTS {
        text.push_str(&format!("  {name:<12}  {says}\n"));
    }
    text.push_str(
        "\nWhile it runs, faults are set at the address that it prints at its start, for example\n  \
         curl -d ConsultaRun=fault http://127.0.0.1:PORT/faults\n  curl -d all=none http://127.0.0.1:PORT/faults",
    );
    text
}

pub(super) fn run(options: &Options, config: &Config) -> anyhow::Result<Exit> {
    let world = match &options.folder {
        Some(folder) => Padron::load(folder, clock::system())?,
        None => Padron::demo(clock::system()),
    };
    let mut faults = Faults::default();
    faults
        .change(&options.fault.join("\n"))
        .map_err(|error| Failure::new(Exit::Usage, format!("--fault: {error}")))?;
    let sandbox = Sandbox {
        world,
        settings: config.soap.clone(),
        delay: Duration::from_millis(options.delay),
        faults: watch::Sender::new(faults),
        sms: options.sms_folder.as_deref().map(sms_folder).transpose()?,
        hears: Box::new(tell),
    };
    super::block_on(async {
        let open = sandbox.open(options.port).await?;
        std::io::stdout().write_all(introduction(open.ports, options).as_bytes())?;
        let stopped = async { _ = tokio::signal::ctrl_c().await };
        open.run(stopped).await?;
        anyhow::Ok(Exit::Interrupted)
    })?
}

fn sms_folder(folder: &Path) -> Result<SmsFolder, Failure> {
    SmsFolder::open(folder).map_err(|error| {
        let says = format!("--sms-folder: {} can't be used ({error}): name another folder", folder.display());
        Failure::new(Exit::Failed, says)
    })
}

/// Whoever started it may have closed its output: then nobody is told.
fn tell(heard: CallHeard) {
    let line = format!("{}  {}: {}\n", clock::utc(clock::now_ms()), heard.operation, heard.said);
    let _ = std::io::stdout().write_all(line.as_bytes());
}

fn introduction(ports: Ports, options: &Options) -> String {
    let Ports { services, control } = ports;
    let sms = match &options.sms_folder {
        Some(folder) => format!("SMS are written into {}", folder.display()),
        None => "SMS are dropped (--sms-folder DIR writes them down)".to_string(),
    };
    format!(
        "SII, Registro Civil and the message service, invented, on http://{services}; {sms}.\n\
         \n\
         To start the kiosk on them, in another terminal:\n\
         \n\
         export TOTEM__REGISTRY__COMPANIES=soap\n\
         export TOTEM__REGISTRY__REPRESENTATIVES=soap\n\
         export TOTEM__REGISTRY__CARDS=soap\n\
         export TOTEM__COURIER__SMS=soap\n\
         export TOTEM__SOAP__SII_ADDRESS=http://{services}/sii\n\
         export TOTEM__SOAP__REGISTRO_CIVIL_ADDRESS=http://{services}/registro-civil\n\
         export TOTEM__SOAP__MESSAGES_ADDRESS=http://{services}/messages\n\
         totem\n\
         \n\
         To let something fail, and to mend all:\n\
         \n\
         curl -d ConsultaRun=fault http://{control}/faults\n\
         curl -d all=none http://{control}/faults\n\
         \n\
         Ctrl+C ends it. What is asked:\n"
    )
}

//! Documents: can they be looked at, is the sworn statement one, is the scanner's folder there, and
//! do the kept files and their records belong together.

use std::path::Path;

use crate::clock;
use crate::config::Config;
use crate::documents::confinement::Confinement;
use crate::documents::declaration::{self, DeclarationFields};
use crate::documents::{Checker, DrawError, KeepError, Kept, Loose, Renderer};
use crate::domain::document::Refusal;
use crate::domain::facilitator::FacilitatorRequest;
use crate::domain::folio::Folio;
use crate::domain::reference::Kind as RecordKind;
use crate::domain::rut::Rut;
use crate::store::records::Records;

use super::{Finding, disk};

/// The smallest valid PDF.
const SAMPLE: &[u8] = b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n\
    2 0 obj\n<< /Type /Pages /Kids [3 0 R] /Count 1 >>\nendobj\n\
    3 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>\nendobj\n\
    trailer\n<< /Size 4 /Root 1 0 R >>\nstartxref\n0\n%%EOF\n";

pub(super) fn examine(config: &Config) -> Vec<Finding> {
    let mut findings = vec![judge_looking(super::super::block_on(look_at_sample()))];
    findings.extend(judge_confinement(super::super::block_on(confinement()).ok().flatten()));
    findings.extend(judge_template(config));
    findings.extend(config.documents.scanner_folder.as_deref().and_then(judge_scanner));
    findings.extend(judge_viewing(config));
    if config.documents.viewing_folder.is_some() {
        let tool = config.documents.drawing_tool();
        let drawn =
            tool.as_ref().map(|tool| super::super::block_on(draw_sample(tool)).map_err(DrawError::from));
        findings.push(judge_drawing(config, drawn.map(std::result::Result::flatten)));
    }
    findings
}

/// Where documents lie in clear for some minutes.
pub(super) fn judge_viewing(config: &Config) -> Vec<Finding> {
    let key = "documents.viewing_folder";
    let Some(folder) = config.documents.viewing_folder.as_deref() else {
        return vec![Finding::ok(format!("{key}: none, so that staff look at no documents here"))];
    };
    let lies = match disk::is_in_memory(folder) {
        true => "in memory, where nothing of a document stays",
        false => {
            "on a disk; in memory (a tmpfs, such as /run/totem/viewing) nothing of a document would stay"
        }
    };
    let mut findings: Vec<Finding> = disk::judge_folder(key, folder).into_iter().collect();
    findings.push(Finding::ok(format!("{key}: {lies}")));
    findings
}

async fn confinement() -> Option<Confinement> {
    Checker::of_this_program().ok()?.confinement().await
}

/// What holds of the process that looks at documents (T15).
pub(super) fn judge_confinement(confinement: Option<Confinement>) -> Option<Finding> {
    // Without seccomp none is looked at, which stands above.
    Some(match confinement?.landlock {
        Some(version) => Finding::ok(format!(
            "documents: looked at by a process that seccomp and Landlock (version {version}) confine"
        )),
        None => Finding::warn(
            "documents: looked at by a process that seccomp confines; this kernel has no Landlock, so no \
             pages are drawn",
            "boot with Linux 5.13 or newer, and landlock among the kernel's lsm=",
        ),
    })
}

async fn draw_sample(tool: &Path) -> Result<(), DrawError> {
    let checker = Checker::of_this_program()?;
    let refused = |refusal| DrawError::Refused(1, refusal);
    let sample = checker.check("sample.pdf", SAMPLE).await.map_err(refused)?;
    Renderer::of_this_program(tool.to_path_buf(), checker).pages(&sample).await.map(drop)
}

/// Whether staff can look at pages instead of opening a PDF.
pub(super) fn judge_drawing(config: &Config, drawn: Option<Result<(), DrawError>>) -> Finding {
    let key = "documents.renderer";
    let tool = config.documents.drawing_tool().unwrap_or_default();
    match (drawn, &config.documents.renderer) {
        (Some(Ok(())), _) => {
            Finding::ok(format!("{key}: {} draws pages, confined by seccomp and Landlock", tool.display()))
        }
        (Some(Err(error)), _) => Finding::fault(
            format!("{key}: {} draws no pages here: {error}", tool.display()),
            "install poppler-utils anew, or set another pdftoppm; it needs Landlock (Linux 5.13)",
        ),
        (None, Some(tool)) => Finding::fault(
            format!("{key}: {} is not there", tool.display()),
            "install poppler-utils and set \"\", or the path of its pdftoppm",
        ),
        (None, None) => Finding::warn(
            format!("{key}: none, so that staff can only open the PDF itself, which may harm their program"),
            "apt-get install poppler-utils",
        ),
    }
}

async fn look_at_sample() -> Result<(), Refusal> {
    let checker = Checker::of_this_program().map_err(|_| Refusal::NotLookedAt)?;
    checker.check("sample.pdf", SAMPLE).await.map(drop)
}

fn judge_looking(looked: std::io::Result<Result<(), Refusal>>) -> Finding {
    match looked {
        Ok(Ok(())) => Finding::ok("documents: they can be looked at"),
        _ => Finding::fault(
            "documents: none can be looked at: this program can't start itself within its limits",
            "check the limits of the service (LimitAS, LimitNPROC, TasksMax), that its SystemCallFilter leaves \
             seccomp and landlock, and that the program's file is where it was started from",
        ),
    }
}

pub(super) fn judge_template(config: &Config) -> Option<Finding> {
    let file = config.documents.declaration_template.as_deref()?;
    let said = match std::fs::read(file) {
        Ok(template) => declaration::fill(&template, &sample_fields()?).map_err(|error| error.to_string()),
        Err(error) => Err(error.to_string()),
    };
    Some(match said {
        Ok(_) => Finding::ok("documents.declaration_template: it can be filled in"),
        Err(why) => Finding::fault(
            format!("documents.declaration_template: {} can't be used: {why}", file.display()),
            "mend the template, or set it to \"\" for the built-in one",
        ),
    })
}

fn sample_fields() -> Option<DeclarationFields> {
    let rut = Rut::of_body(11_111_111)?;
    Some(DeclarationFields {
        company: "EMPRESA".into(),
        company_rut: rut,
        representative: "REPRESENTANTE".into(),
        representative_rut: rut,
        on: clock::day_in_chile(clock::now_ms())?,
    })
}

pub(super) fn judge_scanner(folder: &Path) -> Option<Finding> {
    match std::fs::read_dir(folder) {
        Ok(_) => None,
        Err(error) => Some(Finding::fault(
            format!("documents.scanner_folder: {} can't be read ({error})", folder.display()),
            "let the scanner write there and this user read, or set it to \"\"",
        )),
    }
}

/// What doesn't belong together, and the requests that wait for a decision on documents whose files
/// are gone.
pub(super) struct Astray {
    loose: Loose,
    waiting: Vec<Folio>,
}

/// Of a store that is open.
pub(super) async fn astray(config: &Config, records: &Records) -> Result<Astray, KeepError> {
    let loose = Kept::existing(config.documents.folder.clone(), records.clone()).loose().await?;
    let mut waiting = Vec::new();
    if loose.records.is_empty() {
        return Ok(Astray { loose, waiting });
    }
    let mut cursor = records.all(RecordKind::FacilitatorRequest);
    while let Some((at, read)) = cursor.next().await? {
        let request = records.open::<FacilitatorRequest>(at, &read)?.value;
        let documents = [request.declaration, request.identity_document];
        if !request.state.is_decided() && documents.iter().any(|id| loose.records.contains(id)) {
            waiting.push(request.folio);
        }
    }
    Ok(Astray { loose, waiting })
}

pub(super) fn judge_astray(found: &Result<Astray, KeepError>) -> Vec<Finding> {
    let Astray { loose, waiting } = match found {
        Ok(astray) => astray,
        Err(error) => {
            return vec![Finding::fault(
                format!("documents: {error}"),
                "check documents.folder and its rights",
            )];
        }
    };
    let mut findings = Vec::new();
    if !loose.files.is_empty() {
        findings.push(Finding::warn(
            format!("documents: {} files that nobody has a key for", loose.files.len()),
            "the kiosk removes them at its next start, once they are a day old",
        ));
    }
    if !waiting.is_empty() {
        let folios: Vec<String> = waiting.iter().map(Folio::to_string).collect();
        findings.push(Finding::fault(
            format!("documents: files are gone of requests that wait: {}", folios.join(", ")),
            "put them back into documents.folder if you have a copy; if not, have staff refuse these requests \
             with that reason, so that the company brings them anew",
        ));
    } else if !loose.records.is_empty() {
        findings.push(Finding::warn(
            format!("documents: {} files are gone that no request waits for", loose.records.len()),
            "nothing is to be done: their records end by themselves, as retention.documents_days says",
        ));
    }
    findings
}

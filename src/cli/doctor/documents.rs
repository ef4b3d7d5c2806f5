//! Documents: can they be looked at, is the sworn statement one, is the scanner's folder there, and
//! do the kept files and their records belong together.

use std::path::Path;

use crate::clock;
use crate::config::Config;
use crate::documents::declaration::{self, Fields};
use crate::documents::{Checker, KeepError, Kept, Loose};
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
    3 0 obj\n<< /Type /Page /Parent 2 0 R >>\nendobj\n\
    trailer\n<< /Size 4 /Root 1 0 R >>\nstartxref\n0\n%%EOF\n";

pub(super) fn examine(config: &Config) -> Vec<Finding> {
    let mut findings = vec![judge_looking(super::super::block_on(look_at_sample()))];
    findings.extend(judge_template(config));
    findings.extend(config.documents.scanner_folder.as_deref().and_then(judge_scanner));
    findings.extend(judge_viewing(config));
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

async fn look_at_sample() -> Result<(), Refusal> {
    let checker = Checker::of_this_program().map_err(|_| Refusal::NotLookedAt)?;
    checker.check("sample.pdf", SAMPLE).await.map(drop)
}

fn judge_looking(looked: std::io::Result<Result<(), Refusal>>) -> Finding {
    match looked {
        Ok(Ok(())) => Finding::ok("documents: they can be looked at"),
        _ => Finding::fault(
            "documents: none can be looked at: this program can't start itself within its limits",
            "check the limits of the service (LimitAS, LimitNPROC, TasksMax), and that the program's file \
             is where it was started from",
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

fn sample_fields() -> Option<Fields> {
    let rut = Rut::of_body(11_111_111)?;
    Some(Fields {
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

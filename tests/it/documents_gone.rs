//! Document files that are gone, as after restoring an old backup: doctor names the requests that
//! can no longer be decided, and says what to do.

use std::fs;

use totem::documents::{Checker, Kept};
use totem::domain::account::SecretQuestion;
use totem::domain::country::Country;
use totem::domain::digest::Digest;
use totem::domain::facilitator::{
    CivilStatus, FacilitatorRequest, Identity, IdentityKind, Person, RequestState, Sex,
};
use totem::domain::folio::Folio;
use totem::domain::language::Language;
use totem::domain::reference::Id;
use totem::domain::rut::Rut;
use totem::store::records::Records;

use crate::cli_support::{NOON, Place};
use crate::facilitator::pdf;

fn request(number: u8, state: RequestState, declaration: Id, identity_document: Id) -> FacilitatorRequest {
    let country = Country::named("Perú").unwrap();
    let identity = Identity { kind: IdentityKind::Passport, number: "AB123456".parse().unwrap(), country };
    let person = Person {
        identity,
        names: "María".parse().unwrap(),
        paternal_surname: "Quispe".parse().unwrap(),
        maternal_surname: None,
        sex: Sex::Female,
        birth: "01-12-1992".parse().unwrap(),
        civil_status: CivilStatus::Single,
        children: "0".parse().unwrap(),
        email: "maria@ejemplo.example".parse().unwrap(),
    };
    FacilitatorRequest {
        folio: Folio::new([number; 5]),
        company: Rut::of_body(99_999_999).unwrap(),
        representative: Rut::of_body(11_111_111).unwrap(),
        person,
        secret_question: SecretQuestion { question: "?".into(), answer: Digest("digest".into()) },
        declaration,
        identity_document,
        state,
        decisions: Vec::new(),
        language: Language::Es,
        created_ms: NOON,
    }
}

/// A request with both documents.
async fn asks(records: &Records, kept: &Kept, number: u8, state: RequestState) -> FacilitatorRequest {
    let checker = Checker::by(crate::program::program().into());
    let document = checker.check("carta.pdf", &pdf()).await.unwrap();
    let (one, other) =
        (kept.lay_down(&document, NOON).await.unwrap(), kept.lay_down(&document, NOON).await.unwrap());
    let request = request(number, state, one.id, other.id);
    let draft = records.draft(NOON).new_record(one.id, &one.record, None);
    let draft = draft.new_record(other.id, &other.record, None);
    draft.new_request(records.new_id(NOON), &request).commit(records).await.unwrap();
    request
}

#[test]
fn doctor_names_the_requests_whose_documents_are_gone() {
    let place = Place::used();
    let folder = place.path("totem-data/documents");
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let (waiting, refused, whole) = runtime.block_on(async {
        let records = place.opened().await.records;
        let kept = Kept::open(folder.clone(), records.clone()).unwrap();
        let waiting = asks(&records, &kept, 1, RequestState::ApprovedByOne).await;
        let refused = asks(&records, &kept, 2, RequestState::Refused { reason: "no".into() }).await;
        (waiting, refused, asks(&records, &kept, 3, RequestState::Received).await)
    });
    let file = |id: Id| folder.join(format!("{}.sealed", data_encoding::HEXLOWER.encode(&id.0)));
    assert!(!place.totem(&["doctor"]).out.contains("files are gone"));

    // Once a request is decided, nobody needs its documents.
    fs::remove_file(file(refused.declaration)).unwrap();
    let told = place.totem(&["doctor"]).out;
    assert!(told.contains("warn   documents: 1 files are gone that no request waits for"), "{told}");

    let aside = place.path("aside");
    fs::rename(file(waiting.identity_document), &aside).unwrap();
    let told = place.totem(&["doctor"]);
    let expected = format!("fault  documents: files are gone of requests that wait: {}", waiting.folio);
    assert!(told.code == 1 && told.out.contains(&expected), "{told:?}");
    assert!(told.out.contains("have staff refuse these requests"), "{told:?}");
    assert!(!told.out.contains(&whole.folio.to_string()), "{told:?}");

    fs::rename(&aside, file(waiting.identity_document)).unwrap();
    assert!(!place.totem(&["doctor"]).out.contains("requests that wait"));
}

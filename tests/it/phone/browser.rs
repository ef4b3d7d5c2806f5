//! The page in a real browser: it scales down what is too large, sends it, and says what came of
//! it; and it works as a plain form without its script.

use std::time::Duration;

use serde_json::json;
use totem::text::Msg;

use super::chromium::Browser;
use super::settings;
use crate::booth::Booth;
use crate::facilitator::files::jpg;
use crate::facilitator::{Visit, pdf};

const MOST_BYTES: u64 = 1_048_576;
/// Everything a browser does here takes at most a few seconds.
const PATIENCE: Duration = Duration::from_secs(90);

/// Notes what the page sends, and lets it go.
const NOTE_WHAT_IS_SENT: &str = "(() => { const send = XMLHttpRequest.prototype.send; \
    XMLHttpRequest.prototype.send = function (data) { \
    const file = data.get('file'); window.sent = { bytes: file.size, kind: file.type, name: file.name }; \
    return send.call(this, data); }; })()";

/// Resolves with the element's text once it has changed.
fn changes(id: &str) -> String {
    format!(
        "new Promise(done => {{ const at = document.getElementById('{id}'); \
         new MutationObserver(() => {{ if (at.textContent) done(at.textContent); }})\
         .observe(at, {{ childList: true, characterData: true, subtree: true }}); \
         document.getElementById('send').click(); }})"
    )
}

fn does<T>(booth: &Booth, work: impl AsyncFnOnce() -> T) -> T {
    booth.runs(async |_| tokio::time::timeout(PATIENCE, work()).await.expect("the browser hangs"))
}

#[test]
fn a_photo_that_is_too_large_is_scaled_down_in_the_browser_and_shown_before_the_screen() {
    let mut visit = Visit::with_phones(Some(settings()));
    visit.lists().chooses("1").is_at(&Msg::PhoneHeading);
    let address = visit.booth.phone_address().1;
    let folder = tempfile::tempdir().unwrap();
    let (photo, broken) = (folder.path().join("foto grande.JPG"), folder.path().join("rota.png"));
    let bytes = jpg(1500);
    assert!(bytes.len() as u64 > 2 * MOST_BYTES);
    std::fs::write(&photo, bytes).unwrap();
    std::fs::write(&broken, b"\x89PNG\r\n\x1a\nxx").unwrap();
    let mut browser = does(&visit.booth, async || {
        let mut browser = Browser::start().await;
        browser.opens(&address.to_lowercase()).await;
        let layout = "[document.documentElement.scrollWidth, document.getElementById('send').offsetHeight, \
                      document.getElementById('file').offsetHeight, document.title]";
        let seen = browser.evaluates(layout).await;
        assert_eq!(seen[0], 360, "nothing sticks out");
        assert!(seen[1].as_u64() >= Some(48) && seen[2].as_u64() >= Some(48), "room for a finger: {seen}");
        assert_eq!(seen[3], "Clave Sence · Tótem de atención");
        browser
    });
    visit.booth.hears_from_phone().is_at(&Msg::PhoneConnectedHeading);
    let says = "El archivo está dañado o incompleto. Guárdelo o escanéelo de nuevo.";
    does(&visit.booth, async || {
        browser.picks("#file", &broken).await;
        assert_eq!(browser.evaluates(&changes("trouble")).await, says);
    });
    visit.booth.hears_from_phone().sees(says);
    let sent = does(&visit.booth, async || {
        browser.evaluates(NOTE_WHAT_IS_SENT).await;
        browser.picks("#file", &photo).await;
        assert_eq!(browser.evaluates(&changes("heading")).await, "Listo: recibimos el archivo");
        let hidden = "['form', 'trouble', 'progress'].map(id => document.getElementById(id).hidden)";
        assert_eq!(browser.evaluates(hidden).await, json!([true, true, true]));
        browser.evaluates("window.sent").await
    });
    assert_eq!((&sent["kind"], &sent["name"]), (&json!("image/jpeg"), &json!("foto grande.jpg")));
    let bytes = sent["bytes"].as_u64().unwrap();
    assert!(bytes <= MOST_BYTES && bytes > MOST_BYTES / 4, "{bytes} bytes");
    visit.booth.hears_from_phone().is_at(&Msg::PreviewHeading).sees("foto grande.jpg").sees("Imagen jpg");
    visit.booth.chooses("1").is_at(&Msg::FacilitatorIdentityHeading);
    assert_eq!(browser.complaints, Vec::<String>::new());
}

/// What browsers that resist fingerprinting do: whatever is read from a canvas is noise.
const READ_NOISE: &str = "(() => { const read = CanvasRenderingContext2D.prototype.getImageData; \
    CanvasRenderingContext2D.prototype.getImageData = function (...place) { \
    const seen = read.apply(this, place); seen.data.fill(255); return seen; }; \
    HTMLCanvasElement.prototype.toBlob = function (take) { take(new Blob(['noise'], { type: 'image/jpeg' })); }; })()";

#[test]
fn where_a_canvas_is_noise_the_photo_goes_as_it_is() {
    let mut visit = Visit::with_phones(Some(settings()));
    visit.lists().chooses("1").is_at(&Msg::PhoneHeading);
    let address = visit.booth.phone_address().1;
    let folder = tempfile::tempdir().unwrap();
    let photo = folder.path().join("foto.jpg");
    let bytes = jpg(900);
    assert!(bytes.len() as u64 > MOST_BYTES);
    std::fs::write(&photo, &bytes).unwrap();
    let sent = does(&visit.booth, async || {
        let mut browser = Browser::start().await;
        browser.opens(&address).await;
        browser.evaluates(READ_NOISE).await;
        browser.evaluates(NOTE_WHAT_IS_SENT).await;
        browser.picks("#file", &photo).await;
        assert_eq!(browser.evaluates(&changes("heading")).await, "Listo: recibimos el archivo");
        browser.evaluates("window.sent").await
    });
    assert_eq!((&sent["bytes"], &sent["name"]), (&json!(bytes.len()), &json!("foto.jpg")));
    visit.booth.hears_from_phone().hears_from_phone().is_at(&Msg::PreviewHeading).sees("foto.jpg");
}

#[test]
fn without_a_script_it_is_a_form() {
    let mut visit = Visit::with_phones(Some(settings()));
    visit.lists().chooses("1").is_at(&Msg::PhoneHeading);
    let address = visit.booth.phone_address().0;
    let folder = tempfile::tempdir().unwrap();
    let (note, paper) = (folder.path().join("nota.txt"), folder.path().join("firmada.pdf"));
    std::fs::write(&note, "hola").unwrap();
    std::fs::write(&paper, pdf()).unwrap();
    let mut browser = does(&visit.booth, async || {
        let mut browser = Browser::start().await;
        browser.asks("Emulation.setScriptExecutionDisabled", json!({ "value": true })).await;
        browser.opens(&address).await;
        browser
    });
    visit.booth.hears_from_phone().is_at(&Msg::PhoneConnectedHeading);
    does(&visit.booth, async || {
        browser.picks("#file", &note).await;
        browser.presses_and_follows("#send").await;
        let page = browser.html().await;
        assert!(page.contains("El archivo debe ser .jpg, .png o .pdf. Elija otro."), "{page}");
    });
    visit.booth.hears_from_phone().sees_msg(&Msg::WrongFileKind);
    does(&visit.booth, async || {
        browser.picks("#file", &paper).await;
        browser.presses_and_follows("#send").await;
        let page = browser.html().await;
        assert!(page.contains("Listo: recibimos el archivo") && !page.contains("<form"), "{page}");
    });
    visit.booth.hears_from_phone().is_at(&Msg::PreviewHeading).sees("firmada.pdf");
}

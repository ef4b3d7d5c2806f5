//! The same page over HTTPS, with a certificate of the test's own.

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use totem::config;
use totem::http::TlsTrust;
use totem::text::Msg;

use super::settings;
use crate::authority::Authority;
use crate::facilitator::Visit;
use crate::http::write_leaf;

#[test]
fn the_page_over_https_hands_out_a_cookie_for_https_alone() {
    let folder = tempfile::tempdir().unwrap();
    let authority = Authority::new();
    let identity = write_leaf(&authority.vouches_for("127.0.0.1"), folder.path());
    let address = "https://127.0.0.1:0".parse().unwrap();
    let mut visit =
        Visit::with_phones(Some(config::Phone { address, identity: Some(identity), ..settings() }));
    visit.lists().chooses("1").is_at(&Msg::PhoneHeading);
    let (written, drawn) = visit.booth.phone_address();
    assert!(drawn.starts_with("https://127.0.0.1:"), "{drawn}");
    let (host, path) = written.trim_start_matches("https://").split_once('/').unwrap();
    let trust = TlsTrust::new(Some(&authority.file(folder.path()))).unwrap();
    let answer = visit.booth.runs(async |_| {
        let plain = TcpStream::connect(host).await.unwrap();
        let mut stream = trust.secure("127.0.0.1", plain).await.unwrap();
        let request = format!("GET /{path} HTTP/1.1\r\nHost: {host}\r\n\r\n");
        stream.write_all(request.as_bytes()).await.unwrap();
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer).await;
        String::from_utf8_lossy(&answer).to_lowercase()
    });
    assert!(answer.starts_with("http/1.1 200") && answer.contains("samesite=strict; secure\r\n"), "{answer}");
    visit.booth.hears_from_phone().is_at(&Msg::PhoneConnectedHeading);
    // Plain http gets nothing there.
    let plain = visit.booth.runs(async |_| {
        let mut stream = TcpStream::connect(host).await.unwrap();
        stream.write_all(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n").await.unwrap();
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer).await;
        answer
    });
    assert!(!plain.starts_with(b"HTTP"), "{plain:?}");
}

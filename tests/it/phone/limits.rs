//! What the port for phones does with everything that is not our phone.

use std::time::Duration;

use totem::text::Msg;

use super::{connected, settings, waiting};
use crate::booth::Phone;
use crate::facilitator::files::jpg;
use crate::facilitator::{Visit, pdf};

#[test]
fn nothing_is_there_but_the_one_page() {
    let (visit, mut phone) = waiting();
    let right = phone.path.clone();
    for path in ["/", "/favicon.ico", "/..%2f", "/0000-0000-0000-0000-0000-0000-00", &format!("{right}/x")] {
        phone.path = path.to_string();
        let came = visit.booth.runs(async |_| phone.asks("GET").await);
        assert_eq!(came.status, 404, "{path}");
        assert!(came.body.contains("Aquí no hay nada") && !came.body.contains("<form"), "{came:?}");
    }
    phone.path = right;
    for method in ["HEAD", "PUT", "DELETE", "OPTIONS", "TRACE"] {
        let came = visit.booth.runs(async |_| phone.asks(method).await);
        assert_eq!(came.status, 405, "{method}");
        assert!(came.head.contains("allow: get, post"), "{came:?}");
    }
    let came = visit.booth.runs(async |_| phone.uploads("a.pdf", &pdf()).await);
    assert_eq!(came.status, 403, "who never opened it sends nothing");
    assert_eq!(visit.booth.runs(async |_| phone.opens().await).status, 200, "nobody was bound meanwhile");
}

#[test]
fn every_answer_says_what_a_browser_may_do_with_it() {
    let (visit, mut phone) = waiting();
    let page = visit.booth.runs(async |_| phone.opens().await);
    let wrong = visit.booth.runs(async |_| phone.uploads("a.txt", b"x").await);
    let unknown = visit.booth.runs(async |_| Phone { path: "/".into(), ..phone }.asks("GET").await);
    for came in [&page, &wrong, &unknown] {
        for header in [
            "content-security-policy: default-src 'none'; script-src 'sha256-",
            "frame-ancestors 'none'",
            "cache-control: no-store",
            "x-content-type-options: nosniff",
            "x-frame-options: deny",
            "referrer-policy: no-referrer",
        ] {
            assert!(came.head.contains(header), "{header}: {}", came.head);
        }
    }
    let cookie = page.head.lines().find(|line| line.starts_with("set-cookie: totem=")).unwrap();
    assert!(cookie.ends_with("; path=/; max-age=300; httponly; samesite=strict"), "{cookie}");
    assert!(!page.body.contains("99.999.999") && !page.body.contains("Comercial"), "no data of anybody");
}

#[test]
fn a_file_that_is_too_large_is_not_held_and_is_told_on_both_sides() {
    let (mut visit, phone) = connected();
    let large = [b"%PDF-1.7".to_vec(), vec![b' '; 2_400_000]].concat();
    let came = visit.booth.runs(async |_| phone.uploads("libro.pdf", &large).await);
    let says = "El archivo pesa 2,3 MB. Debe pesar 1 MB o menos.";
    assert_eq!((came.status, came.body.as_str()), (413, says));
    visit.booth.hears_from_phone().is_at(&Msg::PhoneConnectedHeading).sees(says);
    let came = visit.booth.runs(async |_| {
        let head = format!(
            "POST {} HTTP/1.1\r\nHost: x\r\nCookie: {}\r\nContent-Length: 99999999999\r\n\r\n",
            phone.path,
            phone.cookie.as_deref().unwrap()
        );
        phone.says(head.as_bytes()).await
    });
    assert_eq!(came.status, 413, "that much is not even thrown away");
    visit.booth.hears_from_phone();
    let came = visit.booth.runs(async |_| phone.uploads("hoja.pdf", &pdf()).await);
    assert_eq!(came.status, 200);
}

#[test]
fn a_body_that_is_no_form_or_breaks_off() {
    let (visit, phone) = connected();
    let cookie = phone.cookie.clone().unwrap();
    let head =
        format!("POST {} HTTP/1.1\r\nHost: x\r\nCookie: {cookie}\r\nConnection: close\r\n", phone.path);
    let text = format!("{head}Content-Type: text/plain\r\nContent-Length: 4\r\n\r\nhola");
    assert_eq!(visit.booth.runs(async |_| phone.says(text.as_bytes()).await).status, 400);
    let bad_chunk = format!("{head}Transfer-Encoding: chunked\r\n\r\nzz\r\n");
    assert_eq!(visit.booth.runs(async |_| phone.says(bad_chunk.as_bytes()).await).status, 400);
    assert_eq!(visit.booth.runs(async |_| phone.uploads("a.pdf", &pdf()).await).status, 200);
}

/// A file of which so much comes, and no more.
fn half(phone: &Phone) -> String {
    let cookie = phone.cookie.as_deref().unwrap();
    format!(
        "POST {} HTTP/1.1\r\nHost: x\r\nCookie: {cookie}\r\nAccept: text/plain\r\nContent-Length: 1000\r\n\r\nhalf",
        phone.path
    )
}

/// The screen went dark, or the network was gone for a moment: the phone sends its file again, and is not
/// told to wait for one that never comes to its end.
#[test]
fn an_upload_that_died_half_way_gives_way_to_the_next() {
    let (mut visit, phone) = connected();
    let head = half(&phone);
    let dead = visit.booth.runs(async |_| {
        let dead = tokio::spawn({
            let phone = phone.clone();
            async move { phone.says(head.as_bytes()).await }
        });
        // The first ones may come before half of the other one has.
        while !dead.is_finished() {
            let refused = phone.uploads("nota.txt", b"x").await;
            assert_eq!(refused.status, 422, "{refused:?}");
        }
        dead.await.unwrap()
    });
    assert_eq!(dead.status, 409);
    assert!(dead.body.contains("Recibimos otro archivo suyo"), "{dead:?}");
    let came = visit.booth.runs(async |_| phone.uploads("hoja.pdf", &pdf()).await);
    assert_eq!((came.status, came.body.as_str()), (200, "Listo: recibimos el archivo"));
    visit.booth.hears_from_phone();
}

#[test]
fn no_file_is_taken_after_the_page_is_closed() {
    let (mut visit, phone) = connected();
    let head = half(&phone);
    let (tells, told) = tokio::sync::oneshot::channel();
    visit.booth.runs(async |_| {
        let phone = phone.clone();
        tokio::spawn(async move { tells.send(phone.says(head.as_bytes()).await.status) });
    });
    visit.booth.types("␛").is_at(&Msg::FilesDeclarationHeading);
    let came = visit.booth.runs(async |_| tokio::time::timeout(Duration::from_secs(30), told).await);
    assert_eq!(came.expect("it is not waited for"), Ok(410));
}

/// What a browser sends that can't scale down.
#[test]
fn a_photo_as_it_is_is_scaled_down_here() {
    let (mut visit, phone) = connected();
    let photo = jpg(900);
    assert!(photo.len() > 1_048_576);
    let came = visit.booth.runs(async |_| phone.uploads("1000004711", &photo).await);
    assert_eq!(came.status, 200, "{came:?}");
    visit.booth.hears_from_phone().is_at(&Msg::PreviewHeading).sees("1000004711").sees("Imagen jpg");
}

#[test]
fn guessing_ends_soon_and_the_phone_goes_on() {
    let (visit, mut phone) = connected();
    let right = std::mem::replace(&mut phone.path, "/guess".to_string());
    let statuses: Vec<u16> =
        (0..14).map(|_| visit.booth.runs(async |_| phone.asks("GET").await).status).collect();
    assert_eq!((&statuses[..10], &statuses[10..]), (&[404; 10][..], &[429; 4][..]));
    phone.path = right;
    let came = visit.booth.runs(async |_| phone.uploads("a.pdf", &pdf()).await);
    assert_eq!(came.status, 200);
}

#[test]
fn a_page_is_good_for_so_many_files() {
    let (visit, phone) = connected();
    let statuses: Vec<u16> =
        (0..13).map(|_| visit.booth.runs(async |_| phone.uploads("a.txt", b"x").await).status).collect();
    assert_eq!((&statuses[..12], statuses[12]), (&[422; 12][..], 410));
}

#[test]
fn no_page_is_open_before_somebody_asks_for_one() {
    let mut visit = Visit::with_phones(Some(settings()));
    visit.lists().chooses("1").is_at(&Msg::PhoneHeading);
    let phone = Phone::at(&visit.booth.phone_address().0);
    visit.booth.leaves();
    let came = visit.booth.runs(async |_| phone.asks("GET").await);
    assert_eq!(came.status, 410);
    let nothing = Phone { path: "/7k3m".into(), ..phone };
    assert_eq!(visit.booth.runs(async |_| nothing.asks("GET").await).status, 404);
}

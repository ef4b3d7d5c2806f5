//! Devices in the office's network that hold the phone page's port (S9, S11): whoever has the token
//! comes in all the same.

use std::net::SocketAddr;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpSocket, TcpStream};

use crate::booth::Phone;
use crate::facilitator::pdf;
use crate::phone::{connected, waiting};

/// What somebody who expects it is told once their file is being received.
const GO_ON: &[u8] = b"HTTP/1.1 100 Continue\r\n\r\n";

fn port_of(phone: &Phone) -> u16 {
    phone.host.rsplit(':').next().unwrap().parse().unwrap()
}

/// Connections of one device, which say nothing, or begin something and never end it.
async fn hangs_on(device: u8, count: usize, port: u16) -> Vec<TcpStream> {
    let mut held = Vec::new();
    for number in 0..count {
        let socket = TcpSocket::new_v4().unwrap();
        socket.bind(SocketAddr::from(([127, 0, 0, device], 0))).unwrap();
        let Ok(mut stream) = socket.connect(SocketAddr::from(([127, 0, 0, 1], port))).await else { continue };
        if number % 2 == 0 {
            let _ = stream.write_all(b"GET / HTTP/1.1\r\nHost:").await;
        }
        held.push(stream);
    }
    held
}

/// Eight of each device, and four devices, once took every place.
#[test]
fn four_devices_that_hang_on_keep_no_phone_out() {
    let (mut visit, mut phone) = waiting();
    let port = port_of(&phone);
    let came = visit.booth.runs(async |_| {
        let mut held = Vec::new();
        for device in 2..10 {
            held.extend(hangs_on(device, 8, port).await);
        }
        phone.opens().await
    });
    assert_eq!(came.status, 200);
    let came = visit.booth.runs(async |_| {
        let _held = [hangs_on(2, 40, port).await, hangs_on(3, 40, port).await];
        phone.uploads("a.pdf", &pdf()).await
    });
    assert_eq!(came.status, 200);
    visit.booth.hears_from_phone();
}

/// Nor does the one that stands behind the same router.
#[test]
fn one_device_at_the_phone_s_own_address_keeps_it_out_neither() {
    let (visit, phone) = connected();
    let port = port_of(&phone);
    let came = visit.booth.runs(async |_| {
        let _held = hangs_on(1, 30, port).await;
        phone.uploads("a.pdf", &pdf()).await
    });
    assert_eq!(came.status, 200);
}

/// A phone that sends slowly is not put out for those who come after it.
#[test]
fn a_phone_that_is_let_in_stays() {
    let (visit, phone) = connected();
    let port = port_of(&phone);
    let cookie = phone.cookie.clone().unwrap();
    let head = format!(
        "POST {} HTTP/1.1\r\nHost: x\r\nCookie: {cookie}\r\nConnection: close\r\nContent-Length: 4\r\n\
         Expect: 100-continue\r\n\r\n",
        phone.path
    );
    let answer = visit.booth.runs(async |_| {
        let mut slow = TcpStream::connect(&phone.host).await.unwrap();
        slow.write_all(head.as_bytes()).await.unwrap();
        // It is told when it is being received.
        let mut told = vec![0; GO_ON.len()];
        slow.read_exact(&mut told).await.unwrap();
        assert_eq!(told, GO_ON);
        let mut held = Vec::new();
        for device in 1..10 {
            held.extend(hangs_on(device, 9, port).await);
        }
        slow.write_all(b"hola").await.unwrap();
        let mut answer = String::new();
        slow.read_to_string(&mut answer).await.unwrap();
        answer
    });
    assert!(answer.starts_with("HTTP/1.1 400 "), "it was heard to the end: {answer:?}");
}

//! A person's phone beside the booth. It scans what is drawn, opens the page over a real connection
//! and sends files; the booth hears of it when the test says so.

use std::time::Duration;

use ratatui::buffer::Buffer;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use totem::effect::Order;
use totem::page::Block;
use totem::ui::{Theme, theme};

use super::Booth;

/// More than anything takes here: what takes longer will never come.
const PATIENCE: Duration = Duration::from_secs(60);

/// A phone with its browser, which keeps one cookie.
#[derive(Clone)]
pub struct Phone {
    /// Host and port.
    pub host: String,
    pub path: String,
    pub cookie: Option<String>,
}

/// What came back.
#[derive(Debug)]
pub struct Came {
    pub status: u16,
    /// In lower case.
    pub head: String,
    pub body: String,
}

impl Phone {
    /// Goes to an address, typed or scanned.
    pub fn at(address: &str) -> Self {
        let lower = address.to_lowercase();
        let rest = lower.strip_prefix("http://").expect("it is plain http");
        let slash = rest.find('/').expect("there is a path");
        let path = address[address.len() - (rest.len() - slash)..].to_string();
        Phone { host: rest[..slash].to_string(), path, cookie: None }
    }

    pub fn address(&self) -> String {
        format!("http://{}{}", self.host, self.path)
    }

    /// Sends any bytes on a connection of their own, and returns everything that comes back.
    pub async fn says(&self, bytes: &[u8]) -> Came {
        let mut stream = TcpStream::connect(&self.host).await.expect("somebody listens");
        // The server may answer and close before it has read everything.
        let _ = stream.write_all(bytes).await;
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer).await;
        let text = String::from_utf8_lossy(&answer).into_owned();
        let (head, body) = text.split_once("\r\n\r\n").unwrap_or((&text, ""));
        let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or(0);
        Came { status, head: head.to_lowercase(), body: body.to_string() }
    }

    fn head(&self, method: &str, more: &str) -> String {
        let cookie = self.cookie.as_ref().map(|cookie| format!("Cookie: a=b; {cookie}\r\n"));
        let (path, host) = (&self.path, &self.host);
        format!("{method} {path} HTTP/1.1\r\nHost: {host}\r\n{}{more}\r\n", cookie.unwrap_or_default())
    }

    pub async fn asks(&self, method: &str) -> Came {
        self.says(self.head(method, "Content-Length: 0\r\n").as_bytes()).await
    }

    /// Opens the page, and keeps the cookie that comes with it.
    pub async fn opens(&mut self) -> Came {
        let came = self.says(self.head("GET", "").as_bytes()).await;
        let cookie = came.head.lines().find_map(|line| line.strip_prefix("set-cookie: "));
        if let Some(cookie) = cookie {
            self.cookie = cookie.split(';').next().map(str::to_string);
        }
        came
    }

    /// Sends a file as the page's script does.
    pub async fn uploads(&self, name: &str, bytes: &[u8]) -> Came {
        self.posts(name, bytes, "Accept: text/plain\r\n").await
    }

    /// Sends a file as a plain form does, without the script.
    pub async fn submits(&self, name: &str, bytes: &[u8]) -> Came {
        self.posts(name, bytes, "Accept: text/html\r\n").await
    }

    async fn posts(&self, name: &str, bytes: &[u8], accept: &str) -> Came {
        let kind = "multipart/form-data; boundary=----WebKitX";
        let before = format!(
            "------WebKitX\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\
             Content-Type: application/octet-stream\r\n\r\n"
        );
        let body = [before.as_bytes(), bytes, b"\r\n------WebKitX--\r\n"].concat();
        let more = format!("{accept}Content-Type: {kind}\r\nContent-Length: {}\r\n", body.len());
        self.says(&[self.head("POST", &more).as_bytes(), &body].concat()).await
    }
}

impl Booth {
    /// The address on the page: as it is written there, and as the QR holds it.
    pub fn phone_address(&self) -> (String, String) {
        let found = self.page().blocks.into_iter().find_map(|block| match block {
            Block::Qr { content, letters } => Some((letters, content)),
            _ => None,
        });
        let (letters, content) = found.unwrap_or_else(|| panic!("no address here:\n{}", self.read()));
        match letters {
            totem::page::Words::Said(msg) => (self.says(&msg), content),
            totem::page::Words::Given(text) => (text.to_string(), content),
        }
    }

    /// Delivers the next event of the phone's page to the kiosk.
    pub fn hears_from_phone(&mut self) -> &mut Self {
        let order = self.awaits_phone.take();
        let Order { ticket, effect, language } = order.expect("nobody waits for a phone");
        let heard = async { tokio::time::timeout(PATIENCE, self.desk.perform(effect, language)).await };
        let reply = self.runtime.block_on(heard).expect("nothing came from the phone for a minute");
        let mut next = self.answers(ticket, reply);
        while let Some(order) = next {
            self.asked.push(order.effect.clone());
            next = self.carry_out(order);
        }
        self.look()
    }

    /// What a phone reads from the screen.
    pub fn scans(&self, size: (u16, u16), half_blocks: bool) -> Vec<String> {
        scanned(&self.drawn_at(size, half_blocks).buffer)
    }
}

/// Cell by cell: light ground is white, and a half block is half of its cell.
fn scanned(buffer: &Buffer) -> Vec<String> {
    let light = Theme::Normal.style(theme::TextRole::Light).bg;
    let (columns, rows, scale) = (usize::from(buffer.area.width), 2 * usize::from(buffer.area.height), 4);
    let mut image = rqrr::PreparedImage::prepare_from_greyscale(columns * scale, rows * scale, |x, y| {
        let cell = &buffer[((x / scale) as u16, (y / scale / 2) as u16)];
        let is_upper = (y / scale).is_multiple_of(2);
        let is_light = match cell.symbol() {
            "▀" => is_upper,
            "▄" => !is_upper,
            _ => Some(cell.bg) == light,
        };
        if is_light { 255 } else { 0 }
    });
    image.detect_grids().iter().filter_map(|grid| grid.decode().ok()).map(|(_, text)| text).collect()
}

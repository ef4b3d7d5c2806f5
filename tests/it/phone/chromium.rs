//! A real browser without a window, Debian's Chromium, controlled over a pipe by its debugger's
//! protocol (the Chrome DevTools Protocol).

use std::path::Path;
use std::process::Stdio;

use serde_json::{Value, json};
use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::process::{Child, ChildStdin, ChildStdout, Command};

/// Hands the pipes on as the third and fourth file, where the browser looks for them.
const HAND_ON: &str = "exec \"$0\" \"$@\" 3<&0 4>&1 </dev/null >/dev/null 2>&1";

pub struct Browser {
    _child: Child,
    to: ChildStdin,
    from: BufReader<ChildStdout>,
    session: Option<String>,
    asked: u64,
    /// What the page complained of: errors of its script, and violations of its policy.
    pub complaints: Vec<String>,
    _profile: tempfile::TempDir,
}

impl Browser {
    /// With one empty page of a phone's size.
    pub async fn start() -> Self {
        let profile = tempfile::tempdir().unwrap();
        let mut command = Command::new("sh");
        command.args(["-c", HAND_ON, "chromium"]);
        // Root, as in a container, has no sandbox; only our own page is opened.
        command.args(["--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]);
        command.args(["--no-first-run", "--disable-extensions", "--remote-debugging-pipe"]);
        command.arg(format!("--user-data-dir={}", profile.path().display())).arg("about:blank");
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).kill_on_drop(true);
        let mut child = command.spawn().unwrap();
        let (to, from) = (child.stdin.take().unwrap(), BufReader::new(child.stdout.take().unwrap()));
        let (session, asked, complaints) = (None, 0, Vec::new());
        let mut browser = Browser { _child: child, to, from, session, asked, complaints, _profile: profile };
        let target = browser.asks("Target.createTarget", json!({ "url": "about:blank" })).await;
        let attach = json!({ "targetId": target["targetId"], "flatten": true });
        let attached = browser.asks("Target.attachToTarget", attach).await;
        browser.session = attached["sessionId"].as_str().map(str::to_string);
        for domain in ["Page.enable", "Runtime.enable", "DOM.enable", "Log.enable"] {
            browser.asks(domain, json!({})).await;
        }
        let phone = json!({ "width": 360, "height": 740, "deviceScaleFactor": 2, "mobile": true });
        browser.asks("Emulation.setDeviceMetricsOverride", phone).await;
        browser
    }

    /// What a method answers.
    pub async fn asks(&mut self, method: &str, params: Value) -> Value {
        self.asked += 1;
        let mut message = json!({ "id": self.asked, "method": method, "params": params });
        if let Some(session) = &self.session {
            message["sessionId"] = json!(session);
        }
        // Where there is no browser, its silence is told below.
        let _ = self.to.write_all(format!("{message}\0").as_bytes()).await;
        loop {
            let heard = self.hears().await;
            if heard["id"] == self.asked {
                assert!(heard["error"].is_null(), "{method}: {}", heard["error"]);
                return heard["result"].clone();
            }
        }
    }

    async fn hears(&mut self) -> Value {
        let mut bytes = Vec::new();
        let read = self.from.read_until(0, &mut bytes).await.unwrap();
        assert!(
            read > 0,
            "no Chromium answers here: `apt-get install chromium` for the test of the page on a phone"
        );
        let heard: Value = serde_json::from_slice(&bytes[..read - 1]).unwrap();
        match heard["method"].as_str() {
            Some("Runtime.exceptionThrown") => self.complaints.push(heard["params"].to_string()),
            Some("Log.entryAdded") if heard["params"]["entry"]["source"] != "network" => {
                self.complaints.push(heard["params"]["entry"]["text"].to_string());
            }
            _ => {}
        }
        heard
    }

    /// Waits until the page reports this event.
    async fn awaits(&mut self, event: &str) {
        while self.hears().await["method"] != event {}
    }

    pub async fn opens(&mut self, address: &str) {
        self.asks("Page.navigate", json!({ "url": address })).await;
        self.awaits("Page.loadEventFired").await;
    }

    async fn node(&mut self, selector: &str) -> Value {
        let document = self.asks("DOM.getDocument", json!({})).await;
        let query = json!({ "nodeId": document["root"]["nodeId"], "selector": selector });
        self.asks("DOM.querySelector", query).await["nodeId"].clone()
    }

    /// Picks a file in the page's file field.
    pub async fn picks(&mut self, selector: &str, file: &Path) {
        let node = self.node(selector).await;
        self.asks("DOM.setFileInputFiles", json!({ "nodeId": node, "files": [file] })).await;
    }

    /// Presses Enter on something, as a keyboard does, and waits for the page that follows.
    pub async fn presses_and_follows(&mut self, selector: &str) {
        let node = self.node(selector).await;
        self.asks("DOM.focus", json!({ "nodeId": node })).await;
        let key = |kind| json!({ "type": kind, "key": "Enter", "windowsVirtualKeyCode": 13, "text": "\r" });
        self.asks("Input.dispatchKeyEvent", key("keyDown")).await;
        self.asks("Input.dispatchKeyEvent", key("keyUp")).await;
        self.awaits("Page.loadEventFired").await;
    }

    /// The page as it stands, by no script.
    pub async fn html(&mut self) -> String {
        let node = self.node("html").await;
        let html = self.asks("DOM.getOuterHTML", json!({ "nodeId": node })).await;
        html["outerHTML"].as_str().unwrap().to_string()
    }

    /// The value of an expression, or of the promise that it returns.
    pub async fn evaluates(&mut self, expression: &str) -> Value {
        let params = json!({ "expression": expression, "awaitPromise": true, "returnByValue": true });
        let came = self.asks("Runtime.evaluate", params).await;
        assert!(came["exceptionDetails"].is_null(), "{expression}: {came}");
        came["result"]["value"].clone()
    }
}

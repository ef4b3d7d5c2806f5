//! What goes over the wire, byte by byte: the requests of the contract.

use std::io::{Read as _, Write as _};
use std::net::TcpListener;

use totem::courier::{Gsm7, SendingKey, Text, Texter as _};
use totem::domain::reference::Id;
use totem::registry::Registry as _;

use super::service::{LIMITS, on_a_runtime, registry, texter};

/// The request of the first call to a port, which hangs up on it.
fn heard(ask: impl FnOnce(&str)) -> (Vec<String>, String) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}/service", listener.local_addr().unwrap());
    let listening = std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        // A retry finds nobody.
        drop(listener);
        let (mut bytes, mut piece) = (Vec::new(), [0; 4096]);
        loop {
            let length = stream.read(&mut piece).unwrap();
            bytes.extend_from_slice(&piece[..length]);
            let text = String::from_utf8_lossy(&bytes).into_owned();
            if length == 0 || text.ends_with("</soap:Envelope>") {
                stream.write_all(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n").unwrap();
                return text;
            }
        }
    });
    ask(&address);
    let text = listening.join().unwrap();
    let (head, body) = text.split_once("\r\n\r\n").unwrap();
    (head.lines().map(str::to_string).collect(), body.to_string())
}

const START: &str = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\
    <soap:Envelope xmlns:soap=\"http://schemas.xmlsoap.org/soap/envelope/\" \
    xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"><soap:Body>";
const END: &str = "</soap:Body></soap:Envelope>";

#[track_caller]
fn is_request((head, body): (Vec<String>, String), action: &str, content: &str) {
    assert_eq!(head[0], "POST /service HTTP/1.1");
    let has = |line: &str| head.iter().any(|header| header.eq_ignore_ascii_case(line));
    assert!(has("content-type: text/xml; charset=utf-8"), "{head:?}");
    assert!(has(&format!("soapaction: \"{action}\"")), "{head:?}");
    assert!(has(&format!("content-length: {}", body.len())), "{head:?}");
    assert_eq!(body, format!("{START}{content}{END}"));
}

#[test]
fn each_operation_by_the_contract() {
    let (company, person) = ("76000006-K".parse().unwrap(), "11111111-1".parse().unwrap());
    let namespace = "http://webservices/WsMiddleware/";
    let asks = |operation: &str, fields: &str| {
        let content =
            format!("<{operation} xmlns=\"{namespace}\"><idSistema>7</idSistema>{fields}</{operation}>");
        (format!("{namespace}{operation}"), content)
    };
    let said = heard(|address| _ = on_a_runtime(registry(address, address, LIMITS).company(company)));
    let (action, content) = asks("ConsultaDatosContribuyente", "<rut>76000006</rut><dv>K</dv>");
    is_request(said, &action, &content);
    let said =
        heard(|address| _ = on_a_runtime(registry(address, address, LIMITS).representation(company, person)));
    let (action, content) = asks("ConsultaRepresentanteLegal", "<rut>76000006</rut><dv>K</dv>");
    is_request(said, &action, &content);
    let serial = "b1c234567".parse().unwrap();
    let said = heard(|address| _ = on_a_runtime(registry(address, address, LIMITS).card(person, &serial)));
    let fields = "<rut>11111111</rut><dv>1</dv><nroSerieDoc>B1C234567</nroSerieDoc>\
                  <tipoDocumento>C</tipoDocumento>";
    let (action, content) = asks("ConsultaNroSerieNroDocumento", fields);
    is_request(said, &action, &content);
}

#[test]
fn an_sms_is_escaped() {
    let text = Text {
        to: "+56 9 8765 4321".parse().unwrap(),
        text: Gsm7::new("Clave <A&B> \"ñ\""),
        key: SendingKey { errand: Id([1; 16]), generation: 1 },
        at_ms: 0,
    };
    let said = heard(|address| _ = on_a_runtime(texter(address, LIMITS).send(&text)));
    let namespace = "http://webservices/WsComponentes/";
    let content = format!(
        "<EnviarSMS xmlns=\"{namespace}\"><idSistema>7</idSistema><ambiente>PRUEBA</ambiente>\
         <celular>987654321</celular><mensaje>Clave &lt;A&amp;B&gt; &quot;ñ&quot;</mensaje></EnviarSMS>"
    );
    is_request(said, &format!("{namespace}EnviarSMS"), &content);
}

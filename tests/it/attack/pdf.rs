//! PDFs written by hand, with whatever an attacker would put into one.

use std::io::Write as _;

use flate2::Compression;
use flate2::write::ZlibEncoder;

/// A file that is written object by object, and to which a table leads.
pub struct Pdf {
    pub bytes: Vec<u8>,
    /// Number, generation, and where it stands.
    pub places: Vec<(u32, u32, usize)>,
}

impl Pdf {
    /// One page, with these entries in its catalogue; objects from 4 on are free.
    pub fn new(catalogue: &str) -> Self {
        let mut pdf = Pdf { bytes: b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n".to_vec(), places: Vec::new() };
        pdf.object(1, &format!("<< /Type /Catalog /Pages 2 0 R {catalogue} >>"));
        pdf.object(2, "<< /Type /Pages /Kids [3 0 R] /Count 1 >>");
        pdf.object(3, "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] >>");
        pdf
    }

    pub fn object(&mut self, number: u32, object: &str) -> &mut Self {
        self.raw(number, 0, object.as_bytes())
    }

    pub fn raw(&mut self, number: u32, generation: u32, object: &[u8]) -> &mut Self {
        self.places.push((number, generation, self.bytes.len()));
        writeln!(self.bytes, "{number} {generation} obj").unwrap();
        self.bytes.extend(object);
        self.bytes.extend(b"\nendobj\n");
        self
    }

    /// Bytes to which no table leads.
    pub fn loose(&mut self, bytes: &[u8]) -> &mut Self {
        self.bytes.extend(bytes);
        self
    }

    /// A stream of objects that holds one, as number 50.
    pub fn packed(&mut self, entries: &str, object: &str) -> &mut Self {
        let content = deflated(format!("50 0 {object}").as_bytes());
        let entries = format!("/N 1 /First 5 /Filter /FlateDecode {entries}");
        self.raw(9, 0, &stream(&entries, &content))
    }

    pub fn end(&mut self) -> Vec<u8> {
        self.end_with("")
    }

    pub fn end_with(&mut self, trailer: &str) -> Vec<u8> {
        let table = self.bytes.len();
        self.bytes.extend(b"xref\n0 1\n0000000000 65535 f \n");
        for (number, generation, place) in &self.places {
            write!(self.bytes, "{number} 1\n{place:010} {generation:05} n \n").unwrap();
        }
        write!(self.bytes, "trailer\n<< /Size 60 /Root 1 0 R {trailer} >>\nstartxref\n{table}\n%%EOF\n")
            .unwrap();
        std::mem::take(&mut self.bytes)
    }
}

pub fn deflated(content: &[u8]) -> Vec<u8> {
    let mut packed = ZlibEncoder::new(Vec::new(), Compression::best());
    packed.write_all(content).unwrap();
    packed.finish().unwrap()
}

pub fn stream(entries: &str, content: &[u8]) -> Vec<u8> {
    let head = format!("<< {entries} /Length {} >>\nstream\n", content.len());
    [head.as_bytes(), content, b"\nendstream"].concat()
}

/// One object besides, as number 4.
pub fn with(object: &str) -> Vec<u8> {
    Pdf::new("").object(4, object).end()
}

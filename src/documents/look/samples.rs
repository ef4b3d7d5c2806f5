//! Documents made by hand, good and bad.

use std::io::{Cursor, Write as _};

use flate2::Compression;
use flate2::write::ZlibEncoder;
use image::{DynamicImage, ImageFormat, Rgb, RgbImage, Rgba, RgbaImage};

/// A picture whose corners differ, so that it can be told which way is up: red, green, blue, white,
/// from the upper left on.
pub fn corners(width: u32, height: u32) -> RgbImage {
    RgbImage::from_fn(width, height, |x, y| match (x < width / 2, y < height / 2) {
        (true, true) => Rgb([255, 0, 0]),
        (false, true) => Rgb([0, 255, 0]),
        (true, false) => Rgb([0, 0, 255]),
        (false, false) => Rgb([255, 255, 255]),
    })
}

/// What no compression makes small; always the same.
pub fn noise(width: u32, height: u32) -> RgbImage {
    let mut state = 0x2545_F491_4F6C_DD1D_u64;
    RgbImage::from_fn(width, height, |_, _| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        let [red, green, blue, ..] = state.to_be_bytes();
        Rgb([red, green, blue])
    })
}

pub fn jpg(image: &RgbImage) -> Vec<u8> {
    written(image.clone().into(), ImageFormat::Jpeg)
}

pub fn png(image: &RgbImage) -> Vec<u8> {
    written(image.clone().into(), ImageFormat::Png)
}

pub fn see_through_png() -> Vec<u8> {
    written(RgbaImage::from_pixel(8, 8, Rgba([0, 0, 0, 0])).into(), ImageFormat::Png)
}

fn written(image: DynamicImage, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    image.write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

/// A JPEG of 8 × 8 pixels in one colour of four inks, the other way round as Photoshop writes them;
/// with their luminance apart (YCCK), or plain (CMYK).
pub fn inks_jpg(inks: [u8; 4], luminance_apart: bool) -> Vec<u8> {
    let [cyan, magenta, yellow, black] = inks.map(f64::from);
    // ITU-T T.871, and the fourth apart.
    let planes = match luminance_apart {
        true => [
            0.299 * cyan + 0.587 * magenta + 0.114 * yellow,
            128.0 - 0.168_736 * cyan - 0.331_264 * magenta + 0.5 * yellow,
            128.0 + 0.5 * cyan - 0.418_688 * magenta - 0.081_312 * yellow,
            255.0 - black,
        ],
        false => [255.0 - cyan, 255.0 - magenta, 255.0 - yellow, 255.0 - black],
    };
    let mut bytes = vec![0xFF, 0xD8];
    let mut segment = |marker: u8, content: &[u8]| {
        let length = u16::try_from(content.len() + 2).unwrap().to_be_bytes();
        bytes.extend([&[0xFF, marker], &length[..], content].concat());
    };
    segment(0xEE, &[b"Adobe\0\x64\0\0\0\0", &[u8::from(luminance_apart) * 2][..]].concat());
    segment(0xDB, &[&[0][..], &[1; 64]].concat());
    let components = (1..=4).flat_map(|number| [number, 0x11, 0]);
    segment(0xC0, &[8, 0, 8, 0, 8, 4].into_iter().chain(components).collect::<Vec<u8>>());
    // Twelve lengths of a mean value, in four bits each; and of all else nothing but the end of a block.
    segment(0xC4, &[&[0x00, 0, 0, 0, 12][..], &[0; 12], &(0..12).collect::<Vec<u8>>()].concat());
    segment(0xC4, &[&[0x10, 1][..], &[0; 15], &[0]].concat());
    let selectors = (1..=4).flat_map(|number| [number, 0]);
    segment(0xDA, &[4].into_iter().chain(selectors).chain([0, 63, 0]).collect::<Vec<u8>>());
    let mut bits = String::new();
    for plane in planes {
        let mean = ((plane - 128.0) * 8.0).round() as i32;
        let length = 32 - mean.unsigned_abs().leading_zeros();
        bits.push_str(&format!("{length:04b}"));
        if length > 0 {
            let value = if mean < 0 { mean + (1 << length) - 1 } else { mean };
            bits.push_str(&format!("{value:0width$b}", width = length as usize));
        }
        bits.push('0');
    }
    while !bits.len().is_multiple_of(8) {
        bits.push('1');
    }
    for byte in bits.as_bytes().chunks(8) {
        let byte = byte.iter().fold(0, |byte, bit| byte << 1 | (bit - b'0'));
        bytes.push(byte);
        if byte == 0xFF {
            bytes.push(0);
        }
    }
    bytes.extend([0xFF, 0xD9]);
    bytes
}

/// The same JPEG with an EXIF segment: an orientation, a camera, and a place on the map.
pub fn with_exif(jpg: &[u8], orientation: u8) -> Vec<u8> {
    let mut tiff = b"II*\0\x08\0\0\0\x03\0".to_vec();
    // Make, ASCII, 8 bytes at 50; Orientation, SHORT; GPS, LONG, at 58.
    tiff.extend(b"\x0f\x01\x02\0\x08\0\0\0\x32\0\0\0");
    tiff.extend([0x12, 0x01, 3, 0, 1, 0, 0, 0, orientation, 0, 0, 0]);
    tiff.extend(b"\x25\x88\x04\0\x01\0\0\0\x3a\0\0\0");
    tiff.extend(b"\0\0\0\0");
    tiff.extend(b"CAMARA1\0");
    // One entry: GPSLatitudeRef, S.
    tiff.extend(b"\x01\0\x01\0\x02\0\x02\0\0\0S\0\0\0\0\0\0\0SANTIAGO");
    let mut exif = b"Exif\0\0".to_vec();
    exif.extend(tiff);
    let length = u16::try_from(exif.len() + 2).unwrap().to_be_bytes();
    [&jpg[..2], &[0xFF, 0xE1], &length, &exif, &jpg[2..]].concat()
}

/// A PNG of which there is no more than this.
pub fn png_header(width: u32, height: u32) -> Vec<u8> {
    let mut header = b"IHDR".to_vec();
    header.extend(width.to_be_bytes());
    header.extend(height.to_be_bytes());
    header.extend([8, 2, 0, 0, 0]);
    [b"\x89PNG\r\n\x1a\n".to_vec(), chunk(&header), chunk(b"IDAT\x78\x9c"), chunk(b"IEND")].concat()
}

pub fn chunk(kind_and_data: &[u8]) -> Vec<u8> {
    let length = u32::try_from(kind_and_data.len() - 4).unwrap().to_be_bytes();
    let crc = crc32fast::hash(kind_and_data).to_be_bytes();
    [&length[..], kind_and_data, &crc].concat()
}

/// A JPEG that says in its head that it is so large, and is not.
pub fn jpg_header(width: u16, height: u16) -> Vec<u8> {
    let small = jpg(&corners(16, 16));
    let frame = small.windows(2).position(|pair| pair == [0xFF, 0xC0]).unwrap();
    let mut large = small;
    large[frame + 5..frame + 7].copy_from_slice(&height.to_be_bytes());
    large[frame + 7..frame + 9].copy_from_slice(&width.to_be_bytes());
    large
}

/// A PDF of two pages with these objects besides, and these entries in its catalogue.
pub fn pdf(catalogue: &str, objects: &[&str]) -> Vec<u8> {
    pdf_with_trailer(catalogue, objects, "")
}

pub fn pdf_with_trailer(catalogue: &str, objects: &[&str], trailer: &str) -> Vec<u8> {
    let mut all = vec![
        format!("<< /Type /Catalog /Pages 2 0 R {catalogue} >>").into_bytes(),
        b"<< /Type /Pages /Kids [3 0 R 4 0 R] /Count 2 >>".to_vec(),
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] >>".to_vec(),
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] >>".to_vec(),
    ];
    all.extend(objects.iter().map(|object| object.as_bytes().to_vec()));
    pdf_of(&all, trailer)
}

/// Objects from 1 on, with a table that leads to each.
pub fn pdf_of(objects: &[Vec<u8>], trailer: &str) -> Vec<u8> {
    let mut bytes = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n".to_vec();
    let mut places = Vec::new();
    for (index, object) in objects.iter().enumerate() {
        places.push(bytes.len());
        writeln!(bytes, "{} 0 obj", index + 1).unwrap();
        bytes.extend(object);
        bytes.extend(b"\nendobj\n");
    }
    let table = bytes.len();
    write!(bytes, "xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1).unwrap();
    for place in places {
        writeln!(bytes, "{place:010} 00000 n ").unwrap();
    }
    let size = objects.len() + 1;
    write!(bytes, "trailer\n<< /Size {size} /Root 1 0 R {trailer} >>\nstartxref\n{table}\n%%EOF\n").unwrap();
    bytes
}

/// The object of a stream of objects that holds this one, as number 100.
pub fn object_stream(object: &str) -> Vec<u8> {
    stream("/Type /ObjStm /N 1 /First 6", format!("100 0 {object}").as_bytes())
}

pub fn stream(entries: &str, content: &[u8]) -> Vec<u8> {
    let mut packed = ZlibEncoder::new(Vec::new(), Compression::best());
    packed.write_all(content).unwrap();
    let packed = packed.finish().unwrap();
    let head = format!("<< {entries} /Filter /FlateDecode /Length {} >>\nstream\n", packed.len());
    [head.as_bytes(), &packed, b"\nendstream"].concat()
}

//! Images: measured, decoded, turned upright and written anew, so that nothing but the picture is
//! left: no place, no camera, no second file behind the first.

use std::io::Cursor;

use image::codecs::jpeg::{JpegDecoder, JpegEncoder};
use image::codecs::png::{CompressionType, FilterType, PngDecoder, PngEncoder};
use image::error::{ImageError, LimitErrorKind};
use image::{DynamicImage, ImageDecoder, Limits};

use super::jpeg::{self, JpegEnd};
use super::{Seen, Wish, png};
use crate::domain::document::{Extent, Kind, MOST_BYTES, MOST_PIXELS, MOST_PIXELS_A_SIDE, Refusal, Scaled};

/// What the decoder may take: 40 million pixels of eight bytes, and a bit.
const MOST_DECODER_BYTES: u64 = 384 * 1024 * 1024;
/// One after the other until the image is small enough; the last still reads well.
const JPEG_QUALITIES: [u8; 3] = [88, 80, 70];
const SCALED_QUALITY: u8 = 80;
/// The longer side when scaled down: the largest that fits is taken. A page of A4 at 1280 is
/// 110 dots an inch.
const SCALED_SIDES: [u32; 8] = [4096, 3200, 2560, 2048, 1600, 1280, 1024, 800];

/// Reads an image whole, and writes it anew in its own format or as the JPEG that is wished for.
///
/// # Errors
/// When it can't be read, is too large to be, or can't be made small enough.
pub fn look_at(kind: Kind, bytes: &[u8], wish: Wish) -> Result<Seen, Refusal> {
    let image = decode(kind, bytes)?;
    let is_small_enough = bytes.len() as u64 <= MOST_BYTES;
    if wish == Wish::AsItIs
        && is_small_enough
        && let Some(seen) = written_anew(kind, &image)?
    {
        return Ok(seen);
    }
    let scaled = scaled_down(&image)?;
    match (wish, scaled) {
        (Wish::ScaledDown, Some(seen)) => Ok(seen),
        (_, scaled) => {
            let could_be = scaled.as_ref().and_then(offer);
            Err(Refusal::TooLarge { bytes: bytes.len() as u64, could_be })
        }
    }
}

fn offer(seen: &Seen) -> Option<Scaled> {
    let bytes = seen.anew.as_ref()?.len() as u64;
    match seen.extent {
        Extent::Pixels { width, height } => Some(Scaled { kind: seen.kind, width, height, bytes }),
        Extent::Pages(_) => None,
    }
}

/// The picture, upright, with eight bits a colour.
fn decode(kind: Kind, bytes: &[u8]) -> Result<DynamicImage, Refusal> {
    let image = match kind {
        Kind::Jpg => jpg(bytes)?,
        _ => png(bytes)?,
    };
    Ok(eight_bits(image))
}

fn png(bytes: &[u8]) -> Result<DynamicImage, Refusal> {
    let kind = Kind::Png;
    let decoder = PngDecoder::with_limits(Cursor::new(bytes), limits()).map_err(|e| fault(&e, kind))?;
    let image = decoded(decoder, kind)?;
    if png::is_whole(bytes) { Ok(image) } else { Err(Refusal::Damaged { kind }) }
}

/// Some cameras and copies leave the end mark away: what is there is taken if it is the whole picture.
fn jpg(bytes: &[u8]) -> Result<DynamicImage, Refusal> {
    let kind = Kind::Jpg;
    let damaged = Refusal::Damaged { kind };
    let decoded = |bytes: &[u8]| decoded(JpegDecoder::new(Cursor::new(bytes)).map_err(|_| damaged)?, kind);
    match jpeg::ending(bytes) {
        JpegEnd::Marked => decoded(bytes),
        JpegEnd::Open(length) => {
            let [one, other] = jpeg::ended_in_two_ways(bytes, length);
            let image = decoded(&one)?;
            if decoded(&other)? == image { Ok(image) } else { Err(damaged) }
        }
        // Measured all the same: too many pixels are told before anything else.
        JpegEnd::Missing => decoded(bytes).and(Err(damaged)),
    }
}

fn limits() -> Limits {
    let mut limits = Limits::no_limits();
    limits.max_alloc = Some(MOST_DECODER_BYTES);
    limits
}

/// Measured before a row is decoded.
fn decoded(mut decoder: impl ImageDecoder, kind: Kind) -> Result<DynamicImage, Refusal> {
    let (width, height) = decoder.dimensions();
    let pixels = u64::from(width) * u64::from(height);
    if width.max(height) > MOST_PIXELS_A_SIDE || pixels > MOST_PIXELS {
        return Err(Refusal::TooManyPixels { width, height });
    }
    decoder.set_limits(limits()).map_err(|error| fault(&error, kind))?;
    let orientation = decoder.orientation().map_err(|error| fault(&error, kind))?;
    let mut image = DynamicImage::from_decoder(decoder).map_err(|error| fault(&error, kind))?;
    image.apply_orientation(orientation);
    Ok(image)
}

fn fault(error: &ImageError, kind: Kind) -> Refusal {
    match error {
        ImageError::Limits(limit) if limit.kind() == LimitErrorKind::InsufficientMemory => {
            Refusal::TooComplicated
        }
        _ => Refusal::Damaged { kind },
    }
}

fn eight_bits(image: DynamicImage) -> DynamicImage {
    match image {
        DynamicImage::ImageLuma8(_)
        | DynamicImage::ImageLumaA8(_)
        | DynamicImage::ImageRgb8(_)
        | DynamicImage::ImageRgba8(_) => image,
        other if other.color().has_alpha() => other.into_rgba8().into(),
        other if other.color().has_color() => other.into_rgb8().into(),
        other => other.into_luma8().into(),
    }
}

/// With all its pixels; nothing if that is too large. A PNG that only fits as a JPEG becomes one.
fn written_anew(kind: Kind, image: &DynamicImage) -> Result<Option<Seen>, Refusal> {
    if kind == Kind::Png {
        let mut bytes = Vec::new();
        let encoder =
            PngEncoder::new_with_quality(&mut bytes, CompressionType::Default, FilterType::Adaptive);
        image.write_with_encoder(encoder).map_err(|error| fault(&error, kind))?;
        if bytes.len() as u64 <= MOST_BYTES {
            return Ok(Some(seen(Kind::Png, image, bytes)));
        }
    }
    let opaque = without_alpha(image);
    for quality in JPEG_QUALITIES {
        let bytes = as_jpeg(&opaque, quality)?;
        if bytes.len() as u64 <= MOST_BYTES {
            return Ok(Some(seen(Kind::Jpg, &opaque, bytes)));
        }
    }
    Ok(None)
}

/// The largest that fits, never larger than it was; nothing if none does.
fn scaled_down(image: &DynamicImage) -> Result<Option<Seen>, Refusal> {
    let mut image = without_alpha(image);
    for side in SCALED_SIDES {
        let longer = image.width().max(image.height());
        if longer > side {
            image = image.thumbnail(side, side);
        }
        let bytes = as_jpeg(&image, SCALED_QUALITY)?;
        if bytes.len() as u64 <= MOST_BYTES {
            return Ok(Some(seen(Kind::Jpg, &image, bytes)));
        }
    }
    Ok(None)
}

fn seen(kind: Kind, image: &DynamicImage, bytes: Vec<u8>) -> Seen {
    let extent = Extent::Pixels { width: image.width(), height: image.height() };
    Seen { kind, extent, anew: Some(bytes) }
}

/// What shines through shows white, as paper does.
fn without_alpha(image: &DynamicImage) -> DynamicImage {
    match image {
        DynamicImage::ImageLumaA8(_) | DynamicImage::ImageRgba8(_) => {
            let mut pixels = image.to_rgba8();
            for pixel in pixels.pixels_mut() {
                let [red, green, blue, alpha] = pixel.0;
                let over_white = |colour: u8| {
                    let mixed = u16::from(colour) * u16::from(alpha) + 255 * (255 - u16::from(alpha));
                    (mixed / 255) as u8
                };
                pixel.0 = [over_white(red), over_white(green), over_white(blue), 255];
            }
            DynamicImage::ImageRgba8(pixels).into_rgb8().into()
        }
        opaque => opaque.clone(),
    }
}

fn as_jpeg(opaque: &DynamicImage, quality: u8) -> Result<Vec<u8>, Refusal> {
    let mut bytes = Vec::new();
    let encoder = JpegEncoder::new_with_quality(&mut bytes, quality);
    opaque.write_with_encoder(encoder).map_err(|error| fault(&error, Kind::Jpg))?;
    Ok(bytes)
}

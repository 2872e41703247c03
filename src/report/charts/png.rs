//! The one writer of PNG.

use super::{
    ChartError, Picture, Result,
    canvas::{Canvas, OUTPUT_SCALE},
    draw,
    fonts::Fonts,
    palette::{Indexed, rgb},
};
use tiny_skia::Pixmap;

/// Pixels per metre of a picture meant for 96 dpi at twice the density (PNG `pHYs`).
const PIXELS_PER_METRE: u32 = 7560;

/// How hard zlib tries, of 9.
const LEVEL: u8 = 4;

const DENSITY: ::png::PixelDimensions = ::png::PixelDimensions {
    xppu: PIXELS_PER_METRE,
    yppu: PIXELS_PER_METRE,
    unit: ::png::Unit::Meter,
};

/// A picture as a PNG: same picture, same bytes.
pub(super) fn write(picture: &dyn Picture) -> Result<Vec<u8>> {
    let fonts = Fonts::bundled()?;
    let mut pixmap = blank(picture)?;
    draw(picture, &mut Canvas::new(&mut pixmap, &fonts), &fonts)?;
    encode(&pixmap)
}

fn blank(picture: &dyn Picture) -> Result<Pixmap> {
    let (width, height) = (pixels(picture.width_px()), pixels(picture.height_px()));
    Pixmap::new(width, height).ok_or(ChartError::Size(width, height))
}

fn pixels(px: f64) -> u32 {
    (px * OUTPUT_SCALE).round() as u32
}

/// Every pixel lies on white, so its alpha is full and tiny-skia's premultiplied colours are plain colours.
fn encode(pixmap: &Pixmap) -> Result<Vec<u8>> {
    let size = (pixmap.width(), pixmap.height());
    let (pixels, _) = pixmap.data().as_chunks();
    match Indexed::of(pixels) {
        Some(Indexed { colors, pixels }) => compressed(size, Some(colors), &pixels),
        None => compressed(size, None, &rgb(pixels)),
    }
}

/// Pixels of a byte where their colours are listed, else of three.
fn compressed(
    (width, height): (u32, u32),
    colors: Option<Vec<u8>>,
    pixels: &[u8],
) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let mut encoder = ::png::Encoder::new(&mut bytes, width, height);
    match colors {
        Some(colors) => {
            encoder.set_color(::png::ColorType::Indexed);
            encoder.set_palette(colors);
        }
        None => encoder.set_color(::png::ColorType::Rgb),
    }
    encoder.set_pixel_dims(Some(DENSITY));
    // Flat areas are packed best as they are. The highest level takes ten times as long and saves a fifth of the size.
    encoder.set_deflate_compression(::png::DeflateCompression::Level(LEVEL));
    encoder.set_filter(::png::Filter::NoFilter);
    let mut writer = encoder.write_header()?;
    writer.write_image_data(pixels)?;
    writer.finish()?;
    Ok(bytes)
}

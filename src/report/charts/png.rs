//! The one writer of PNG.

use super::{
    ChartError, Picture, Result,
    canvas::{Canvas, OUTPUT_SCALE},
    draw,
    fonts::Fonts,
    palette::{indexed, rgb},
};
use libdeflater::{CompressionLvl, Compressor};
use std::{cell::RefCell, io};
use tiny_skia::PixmapMut;

/// Pixels per metre of a picture meant for 96 dpi at twice the density (PNG `pHYs`).
const PIXELS_PER_METRE: u32 = 7560;

/// How hard libdeflate tries, of 12: pictures of the sample are a ninth larger than at 5, in half the time.
const LEVEL: i32 = 1;

const DENSITY: ::png::PixelDimensions = ::png::PixelDimensions {
    xppu: PIXELS_PER_METRE,
    yppu: PIXELS_PER_METRE,
    unit: ::png::Unit::Meter,
};

/// Room for a picture, kept for the next one that a thread draws: memory that is new costs as much as drawing in it.
#[derive(Default)]
struct Room {
    /// Its pixels, four bytes each.
    pixels: Vec<u8>,
    /// The same in rows as the file holds them.
    rows: Vec<u8>,
    /// The same as they go into the file.
    packed: Vec<u8>,
}

thread_local! {
    static ROOM: RefCell<Room> = RefCell::default();
}

/// A picture as a PNG: same picture, same bytes.
pub(super) fn write(picture: &dyn Picture) -> Result<Vec<u8>> {
    ROOM.with_borrow_mut(|room| room.write(picture))
}

/// Gives the room of this thread back.
pub(in crate::report) fn leave_room() {
    ROOM.take();
}

impl Room {
    fn write(&mut self, picture: &dyn Picture) -> Result<Vec<u8>> {
        let fonts = Fonts::bundled()?;
        let (width, height) = (pixels(picture.width_px()), pixels(picture.height_px()));
        self.pixels.resize(4 * width as usize * height as usize, 0);
        let pixmap = PixmapMut::from_bytes(&mut self.pixels, width, height);
        let pixmap = pixmap.ok_or(ChartError::Size(width, height))?;
        draw(picture, &mut Canvas::new(pixmap, &fonts), &fonts)?;
        self.encode((width, height))
    }

    /// Every pixel lies on white, so its alpha is full and tiny-skia's premultiplied colours are plain colours.
    fn encode(&mut self, size: (u32, u32)) -> Result<Vec<u8>> {
        let (pixels, _) = self.pixels.as_chunks();
        let width = size.0 as usize;
        let listed = indexed(pixels, width, &mut self.rows);
        if listed.is_none() {
            rgb(pixels, width, &mut self.rows);
        }
        file(size, listed, packed(&self.rows, &mut self.packed)?)
    }
}

fn pixels(px: f64) -> u32 {
    (px * OUTPUT_SCALE).round() as u32
}

/// Pixels of a byte where their colours are listed, else of three.
fn file((width, height): (u32, u32), colors: Option<Vec<u8>>, packed: &[u8]) -> Result<Vec<u8>> {
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
    let mut writer = encoder.write_header()?;
    writer.write_chunk(::png::chunk::IDAT, packed)?;
    writer.finish()?;
    Ok(bytes)
}

/// The rows as a PNG packs them. Flat areas are packed best as they are, without a filter.
fn packed<'a>(rows: &[u8], room: &'a mut Vec<u8>) -> Result<&'a [u8]> {
    let mut compressor = Compressor::new(CompressionLvl::new(LEVEL).unwrap_or_default());
    let most = compressor.zlib_compress_bound(rows.len());
    room.resize(most.max(room.len()), 0);
    let bytes = compressor.zlib_compress(rows, room);
    let bytes = bytes.map_err(|error| ::png::EncodingError::from(io::Error::other(error)))?;
    Ok(&room[..bytes])
}

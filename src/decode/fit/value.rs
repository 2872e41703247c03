//! Field values: base types with their "absent" sentinels, and columns of them read in one tight loop.

use multiversion::multiversion;

/// A FIT base type, as the definition message declares it for a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum BaseType {
    /// `enum`, `uint8` and `byte`: 0xFF is absent.
    U8,
    /// `uint8z`: 0 is absent.
    U8z,
    /// `sint8`: 0x7F is absent.
    I8,
    /// `uint16`: 0xFFFF is absent.
    U16,
    /// `uint16z`: 0 is absent.
    U16z,
    /// `sint16`: 0x7FFF is absent.
    I16,
    /// `uint32`: 0xFFFF_FFFF is absent.
    U32,
    /// `uint32z`: 0 is absent.
    U32z,
    /// `sint32`: 0x7FFF_FFFF is absent.
    I32,
    /// `uint64`: all ones is absent.
    U64,
    /// `uint64z`: 0 is absent.
    U64z,
    /// `sint64`: the largest value is absent.
    I64,
    /// `float32`: what is not finite is absent.
    F32,
    /// `float64`: what is not finite is absent.
    F64,
    /// `string`: text, ended by a zero byte or the field's end.
    Text,
}

impl BaseType {
    /// The type of a definition's base-type byte. Bit 7 only repeats that the type is wider than a byte.
    pub(super) fn from_byte(byte: u8) -> Option<BaseType> {
        Some(match byte & 0x7F {
            0x00 | 0x02 | 0x0D => BaseType::U8,
            0x01 => BaseType::I8,
            0x03 => BaseType::I16,
            0x04 => BaseType::U16,
            0x05 => BaseType::I32,
            0x06 => BaseType::U32,
            0x07 => BaseType::Text,
            0x08 => BaseType::F32,
            0x09 => BaseType::F64,
            0x0A => BaseType::U8z,
            0x0B => BaseType::U16z,
            0x0C => BaseType::U32z,
            0x0E => BaseType::I64,
            0x0F => BaseType::U64,
            0x10 => BaseType::U64z,
            _ => return None,
        })
    }

    /// Bytes of one value.
    pub(super) fn width(self) -> usize {
        match self {
            BaseType::U8 | BaseType::U8z | BaseType::I8 | BaseType::Text => 1,
            BaseType::U16 | BaseType::U16z | BaseType::I16 => 2,
            BaseType::U32 | BaseType::U32z | BaseType::I32 | BaseType::F32 => 4,
            BaseType::U64 | BaseType::U64z | BaseType::I64 | BaseType::F64 => 8,
        }
    }
}

/// Where a field lies in its message and how to read it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Cell {
    /// Bytes from the start of the message's payload.
    pub offset: u16,
    /// Bytes in all; a multiple of the base type's width (more than one value is an array).
    pub size: u8,
    /// The declared type.
    pub base: BaseType,
    /// Whether the most significant byte comes first.
    pub big_endian: bool,
}

/// What turns a stored number into a physical value (FIT profile "scale" and "offset").
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Scale {
    /// What happens to the stored number first.
    pub factor: Factor,
    /// The profile's offset, taken off then.
    pub minus: f64,
    /// The largest stored number the profile's own type can hold: more than that was never meant.
    pub largest: f64,
}

/// How a stored number is scaled.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Factor {
    /// Not at all.
    One,
    /// By a division, which takes the processor several times as long as a product.
    Divide(f64),
    /// By a product. With the inverse of the profile's scale it can differ from the quotient in the last bit of an `f64`, never of an
    /// `f32`.
    Times(f64),
}

/// A number as it is stored.
trait Stored: Copy {
    /// The number at a byte position; `absent` when it lies outside the bytes.
    fn at<const BIG_ENDIAN: bool>(bytes: &[u8], at: usize, absent: Self) -> Self;
    /// The value; NaN when it is the type's `absent` one.
    fn value(self, absent: Self) -> f64;
    /// Whether no number but `absent` is larger than `largest`.
    fn are_all_within(absent: Self, largest: f64) -> bool;
}

/// [`Stored`] for number types whose value is absent by this test.
macro_rules! stored {
    ($($type:ty)*, |$value:ident, $sentinel:ident| $is_absent:expr) => {
        $(impl Stored for $type {
            #[inline(always)]
            fn at<const BIG_ENDIAN: bool>(bytes: &[u8], at: usize, absent: Self) -> Self {
                let raw = bytes.get(at..at + size_of::<Self>()).and_then(|raw| raw.first_chunk());
                let Some(raw) = raw else { return absent };
                if BIG_ENDIAN { <$type>::from_be_bytes(*raw) } else { <$type>::from_le_bytes(*raw) }
            }
            #[inline(always)]
            fn value(self, $sentinel: Self) -> f64 {
                let $value = self;
                if $is_absent { f64::NAN } else { self as f64 }
            }
            fn are_all_within(absent: Self, largest: f64) -> bool {
                absent == <$type>::MAX && largest >= (<$type>::MAX - 1 as $type) as f64
            }
        })*
    };
}

stored!(u8 i8 u16 i16 u32 i32 u64 i64, |value, sentinel| value == sentinel);
stored!(f32 f64, |value, _sentinel| !value.is_finite());

/// Expands `$body` with the base type's number type and its "absent" value bound.
macro_rules! with_stored {
    ($base:expr, |$Type:ident, $absent:ident| $body:expr, $text:expr) => {
        match $base {
            BaseType::U8 => {
                type $Type = u8;
                let $absent: u8 = u8::MAX;
                $body
            }
            BaseType::U8z => {
                type $Type = u8;
                let $absent: u8 = 0;
                $body
            }
            BaseType::I8 => {
                type $Type = i8;
                let $absent: i8 = i8::MAX;
                $body
            }
            BaseType::U16 => {
                type $Type = u16;
                let $absent: u16 = u16::MAX;
                $body
            }
            BaseType::U16z => {
                type $Type = u16;
                let $absent: u16 = 0;
                $body
            }
            BaseType::I16 => {
                type $Type = i16;
                let $absent: i16 = i16::MAX;
                $body
            }
            BaseType::U32 => {
                type $Type = u32;
                let $absent: u32 = u32::MAX;
                $body
            }
            BaseType::U32z => {
                type $Type = u32;
                let $absent: u32 = 0;
                $body
            }
            BaseType::I32 => {
                type $Type = i32;
                let $absent: i32 = i32::MAX;
                $body
            }
            BaseType::U64 => {
                type $Type = u64;
                let $absent: u64 = u64::MAX;
                $body
            }
            BaseType::U64z => {
                type $Type = u64;
                let $absent: u64 = 0;
                $body
            }
            BaseType::I64 => {
                type $Type = i64;
                let $absent: i64 = i64::MAX;
                $body
            }
            BaseType::F32 => {
                type $Type = f32;
                let $absent: f32 = f32::NAN;
                $body
            }
            BaseType::F64 => {
                type $Type = f64;
                let $absent: f64 = f64::NAN;
                $body
            }
            BaseType::Text => $text,
        }
    };
}

impl Cell {
    /// The first value of the field. None when it is absent, text, or beyond the payload.
    pub(super) fn number(self, payload: &[u8]) -> Option<f64> {
        self.element(payload, 0)
    }

    /// The value at `index` of an array field. None past its end, too.
    pub(super) fn element(self, payload: &[u8], index: usize) -> Option<f64> {
        let at = index * self.base.width();
        if at + self.base.width() > usize::from(self.size) {
            return None;
        }
        let value = self.read(payload, usize::from(self.offset) + at);
        value.is_finite().then_some(value)
    }

    /// How many values the field holds.
    pub(super) fn len(self) -> usize {
        usize::from(self.size) / self.base.width()
    }

    /// The field's bytes.
    pub(super) fn bytes(self, payload: &[u8]) -> Option<&[u8]> {
        let offset = usize::from(self.offset);
        payload.get(offset..offset + usize::from(self.size))
    }

    /// The field's text up to its first zero byte, at most 256 characters. None when empty.
    pub(super) fn text(self, payload: &[u8]) -> Option<String> {
        let bytes = self
            .bytes(payload)
            .filter(|_| self.base == BaseType::Text)?;
        let end = bytes
            .iter()
            .position(|byte| *byte == 0)
            .unwrap_or(bytes.len());
        let text = String::from_utf8_lossy(&bytes[..end]);
        let text = text.trim();
        (!text.is_empty()).then(|| text.chars().take(256).collect())
    }

    /// Appends one value for each message start in `starts`: NaN where it is absent. The starts rise by `length` at least.
    pub(super) fn gather<T: Sample>(
        self,
        bytes: &[u8],
        starts: &[u32],
        length: usize,
        scale: Scale,
        column: &mut Vec<T>,
    ) {
        with_stored!(
            self.base,
            |Number, absent| if self.big_endian {
                extend::<Number, T, true>(
                    bytes,
                    (starts, length),
                    self.offset,
                    absent,
                    scale,
                    column,
                )
            } else {
                extend::<Number, T, false>(
                    bytes,
                    (starts, length),
                    self.offset,
                    absent,
                    scale,
                    column,
                )
            },
            column.resize(column.len() + starts.len(), T::MISSING)
        )
    }

    fn read(self, bytes: &[u8], at: usize) -> f64 {
        with_stored!(
            self.base,
            |Number, absent| if self.big_endian {
                Number::at::<true>(bytes, at, absent).value(absent)
            } else {
                Number::at::<false>(bytes, at, absent).value(absent)
            },
            f64::NAN
        )
    }
}

impl Scale {
    /// The profile's scale and offset for a field of the profile's type up to `largest`.
    pub(super) const fn new(factor: Factor, minus: f64, largest: f64) -> Self {
        Scale {
            factor,
            minus,
            largest,
        }
    }
}

/// What a sample column is made of: `f32` or `f64`, NaN when missing.
pub(super) trait Sample: Copy {
    /// The missing value.
    const MISSING: Self;
    /// From a computed value.
    fn from_f64(value: f64) -> Self;
    /// Whether there is no value.
    fn is_missing(self) -> bool;
}

impl Sample for f32 {
    const MISSING: f32 = f32::NAN;
    fn from_f64(value: f64) -> f32 {
        value as f32
    }
    fn is_missing(self) -> bool {
        self.is_nan()
    }
}

impl Sample for f64 {
    const MISSING: f64 = f64::NAN;
    fn from_f64(value: f64) -> f64 {
        value
    }
    fn is_missing(self) -> bool {
        self.is_nan()
    }
}

/// Appends one column's values. First the stored numbers are fetched from where they lie apart, then, side by side, they
/// are turned into values: the second loop works on several at once.
fn extend<S: Stored, T: Sample, const BIG_ENDIAN: bool>(
    bytes: &[u8],
    (starts, length): (&[u32], usize),
    offset: u16,
    absent: S,
    scale: Scale,
    column: &mut Vec<T>,
) {
    let mut fetched = [absent; 128];
    for starts in starts.chunks(fetched.len()) {
        let fetched = &mut fetched[..starts.len()];
        match side_by_side(bytes, starts, length, offset) {
            Some(messages) => {
                let fields = messages.chunks_exact(length);
                let last = fields.remainder();
                fetched
                    .iter_mut()
                    .zip(fields)
                    .for_each(|(number, field)| *number = S::at::<BIG_ENDIAN>(field, 0, absent));
                if let Some(number) = fetched.last_mut() {
                    *number = S::at::<BIG_ENDIAN>(last, 0, absent);
                }
            }
            None => {
                for (number, start) in fetched.iter_mut().zip(starts) {
                    *number =
                        S::at::<BIG_ENDIAN>(bytes, *start as usize + usize::from(offset), absent);
                }
            }
        }
        convert(fetched, absent, scale, column);
    }
}

/// The bytes from the field of the first message on, where all the messages follow each other.
fn side_by_side<'a>(
    bytes: &'a [u8],
    starts: &[u32],
    length: usize,
    offset: u16,
) -> Option<&'a [u8]> {
    let (first, last) = (*starts.first()? as usize, *starts.last()? as usize);
    let are = length > 0 && last - first == (starts.len() - 1) * length;
    let from = first + usize::from(offset);
    bytes
        .get(from..bytes.len().min(from + starts.len() * length - 1))
        .filter(|_| are)
}

/// Appends the values of numbers that lie side by side.
#[multiversion(targets("x86_64+avx2"))]
fn convert<S: Stored, T: Sample>(fetched: &[S], absent: S, scale: Scale, column: &mut Vec<T>) {
    let minus = scale.minus;
    // The test once for the whole column lets the loop be vectorised: almost no column holds what is out of range.
    if S::are_all_within(absent, scale.largest) {
        let values = fetched.iter().map(|number| number.value(absent));
        match scale.factor {
            Factor::One => column.extend(values.map(T::from_f64)),
            Factor::Divide(by) => {
                column.extend(values.map(|value| T::from_f64(value / by - minus)))
            }
            Factor::Times(by) => column.extend(values.map(|value| T::from_f64(value * by - minus))),
        }
        return;
    }
    let scaled = |value: f64| match scale.factor {
        Factor::One => value,
        Factor::Divide(by) => value / by - minus,
        Factor::Times(by) => value * by - minus,
    };
    let bound = |value: f64| {
        if value > scale.largest {
            f64::NAN
        } else {
            value
        }
    };
    column.extend(
        fetched
            .iter()
            .map(|number| T::from_f64(scaled(bound(number.value(absent))))),
    );
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(base: u8, big_endian: bool, bytes: &[u8], expected: Option<f64>) {
        let base = BaseType::from_byte(base).expect("a FIT base type");
        let cell = Cell {
            offset: 0,
            size: bytes.len() as u8,
            base,
            big_endian,
        };
        assert_eq!(cell.number(bytes), expected, "{base:?} {bytes:02x?}");
        let mut column: Vec<f64> = Vec::new();
        cell.gather(
            bytes,
            &[0],
            bytes.len() + 1,
            Scale::new(Factor::One, 0.0, f64::MAX),
            &mut column,
        );
        assert_eq!(
            column[0].is_finite().then_some(column[0]),
            expected,
            "gathered {base:?}"
        );
    }

    #[test]
    fn sentinels_are_those_of_the_declared_type() {
        check(0x02, false, &[0xFF], None);
        check(0x02, false, &[0], Some(0.0));
        check(0x0A, false, &[0], None);
        check(0x01, false, &[0x7F], None);
        check(0x84, false, &[0xFF, 0xFF], None);
        check(0x83, false, &[0xFF, 0xFF], Some(-1.0));
        check(0x85, false, &[0xFF, 0xFF, 0xFF, 0x7F], None);
        check(0x86, false, &[0xFF; 4], None);
        check(0x8C, false, &[0; 4], None);
        check(0x88, false, &f32::INFINITY.to_le_bytes(), None);
        check(0x89, false, &2.5f64.to_le_bytes(), Some(2.5));
        check(0x8F, false, &[0xFF; 8], None);
        check(0x07, false, b"12", None);
    }

    #[test]
    fn byte_order_is_the_definitions() {
        check(0x84, false, &[0x01, 0x02], Some(513.0));
        check(0x84, true, &[0x01, 0x02], Some(258.0));
        check(0x86, true, &[0, 0, 1, 0], Some(256.0));
        check(0x85, true, &[0xFF, 0xFF, 0xFF, 0xFE], Some(-2.0));
    }

    #[test]
    fn values_beyond_the_payload_are_absent() {
        let cell = Cell {
            offset: 3,
            size: 4,
            base: BaseType::U32,
            big_endian: false,
        };
        assert_eq!(cell.number(&[1, 2, 3, 4]), None);
        assert_eq!(cell.bytes(&[1, 2, 3, 4]), None);
    }

    #[test]
    fn text_ends_at_its_zero_byte() {
        let cell = Cell {
            offset: 1,
            size: 5,
            base: BaseType::Text,
            big_endian: false,
        };
        assert_eq!(cell.text(b"xRun\0z").as_deref(), Some("Run"));
        assert_eq!(cell.text(b"x\0\0\0\0\0"), None);
        assert_eq!(cell.text(b"xRunFa").as_deref(), Some("RunFa"));
    }
}

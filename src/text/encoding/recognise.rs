//! Which encoding bytes without a byte order mark are in.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};

use super::{DecodeFault, Encoding, cyrillic};

/// How many bytes are looked at for statistics.
const SAMPLE: usize = 1 << 16;

/// Beginnings of files that are not text. `%PDF` may stand behind some junk, but seldom does.
const MAGIC: &[(&[u8], &str)] = &[
    (b"\x89PNG\r\n\x1a\n", "a PNG picture"),
    (b"\xFF\xD8\xFF", "a JPEG picture"),
    (b"GIF87a", "a GIF picture"),
    (b"GIF89a", "a GIF picture"),
    (b"%PDF-", "a PDF document"),
    (b"PK\x03\x04", "a ZIP archive or an office document (docx, odt, xlsx, epub)"),
    (b"PK\x05\x06", "an empty ZIP archive"),
    (b"\x7FELF", "a Linux program"),
    (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "an old office document (doc, xls)"),
    (b"\x1F\x8B", "a gzip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xFD7zXZ\x00", "an xz archive"),
    (b"\x28\xB5\x2F\xFD", "a zstd archive"),
    (b"7z\xBC\xAF\x27\x1C", "a 7z archive"),
    (b"Rar!\x1A\x07", "a RAR archive"),
    (b"SQLite format 3\x00", "an SQLite database"),
    (b"ID3", "an MP3 sound"),
    (b"OggS", "an Ogg sound"),
    (b"{\\rtf", "a rich text document (RTF)"),
    (b"\xCA\xFE\xBA\xBE", "a program"),
    (b"\xCF\xFA\xED\xFE", "a program"),
    (b"PAR1", "a Parquet table"),
    (b"wOFF", "a font"),
    (b"wOF2", "a font"),
];

/// Magic that is plain letters and could begin a text: needs a byte that is no text as well.
const LETTERS_ONLY: &[&[u8]] = &[b"BZh", b"ID3", b"OggS", b"PAR1", b"wOFF", b"wOF2", b"GIF87a", b"GIF89a"];

/// The encoding, and whether it is certain. Faults when the bytes are clearly no text.
pub(super) fn recognise(bytes: &[u8]) -> Result<(Encoding, bool), DecodeFault> {
    refuse_magic(bytes)?;
    let sample = &bytes[..bytes.len().min(SAMPLE)];
    if let Some(big_endian) = utf_16_without_mark(sample) {
        return Ok((Encoding::from_codec_utf16(big_endian), false));
    }
    refuse_binary(bytes, 0)?;
    if looks_like_utf_8(bytes) {
        return Ok((Encoding::UTF_8, simdutf8::basic::from_utf8(bytes).is_ok()));
    }
    Ok((eight_bit(bytes), false))
}

impl Encoding {
    pub(super) fn from_codec_utf16(big_endian: bool) -> Encoding {
        let codec = if big_endian { encoding_rs::UTF_16BE } else { encoding_rs::UTF_16LE };
        Encoding::of_codec(codec).unwrap_or(Encoding::UTF_8)
    }
}

fn refuse_magic(bytes: &[u8]) -> Result<(), DecodeFault> {
    for (magic, looks_like) in MAGIC {
        if bytes.starts_with(magic) {
            let head = &bytes[..bytes.len().min(64)];
            if LETTERS_ONLY.contains(magic) && !head.iter().any(|&byte| is_stray_control(byte)) {
                continue;
            }
            return Err(DecodeFault::Binary { looks_like, at: 0 });
        }
    }
    Ok(())
}

/// Control characters no text holds. Tab, line ends, form feed, escape (ISO-2022-JP) and Ctrl-Z (DOS) may be there.
fn is_stray_control(byte: u8) -> bool {
    byte < 0x20 && !matches!(byte, b'\t' | b'\n' | b'\r' | 0x0B | 0x0C | 0x1B | 0x1A)
}

/// Refuses bytes full of NUL and other control characters. A few in a text are let pass. `shift` is where `bytes`
/// start in the file.
pub(super) fn refuse_binary(bytes: &[u8], shift: usize) -> Result<(), DecodeFault> {
    let sample = &bytes[..bytes.len().min(SAMPLE)];
    let nul = memchr::memchr_iter(0, sample).count();
    let control = sample.iter().filter(|&&byte| is_stray_control(byte)).count();
    let few = |count: usize| count * 100 <= sample.len() || (count <= 3 && count * 4 <= sample.len());
    if few(nul) && (control - nul) * 20 <= sample.len().max(40) {
        return Ok(());
    }
    let at = sample.iter().position(|&byte| is_stray_control(byte)).unwrap_or(0) + shift;
    let looks_like =
        if few(nul) { "binary data full of control characters" } else { "binary data full of NUL bytes" };
    Err(DecodeFault::Binary { looks_like, at })
}

/// Whether the bytes are UTF-16, and if so whether big endian.
///
/// In text of one alphabet the high byte of nearly every unit is the same one or two values: 0 for Latin letters,
/// spaces and digits, 4 for Cyrillic. In eight-bit text neither value occurs at all.
fn utf_16_without_mark(sample: &[u8]) -> Option<bool> {
    let units = sample.len() / 2;
    if units < 2 {
        return None;
    }
    let (mut even, mut odd) = (0usize, 0usize);
    for unit in sample.chunks_exact(2) {
        even += usize::from(matches!(unit[0], 0x00 | 0x04));
        odd += usize::from(matches!(unit[1], 0x00 | 0x04));
    }
    let big_endian = even > odd;
    let (high, low) = if big_endian { (even, odd) } else { (odd, even) };
    // Units beyond the two pages (dashes, quotes, emoji) are allowed one in five.
    if high * 5 < units * 4 || low * 4 > high {
        return None;
    }
    let read = |unit: &[u8]| {
        if big_endian {
            u16::from_be_bytes([unit[0], unit[1]])
        } else {
            u16::from_le_bytes([unit[0], unit[1]])
        }
    };
    let plausible = sample
        .chunks_exact(2)
        .map(read)
        .filter(|&unit| matches!(unit, 0x09 | 0x0A | 0x0D | 0x20..=0x7E | 0xA0..=0xFF | 0x400..=0x4FF))
        .count();
    (plausible * 5 >= units * 4).then_some(big_endian)
}

/// Whether the bytes are UTF-8, perhaps with some broken: a file cut in the middle of a letter, or patched by a
/// careless program. In eight-bit text what looks like a multi-byte sequence is rare and bad bytes are many.
fn looks_like_utf_8(bytes: &[u8]) -> bool {
    if simdutf8::basic::from_utf8(bytes).is_ok() {
        return true;
    }
    let (mut good, mut bad) = (0usize, 0usize);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().bytes().filter(|&byte| byte >= 0xC0).count();
        bad += chunk.invalid().len();
    }
    good >= bad * 2
}

/// The likeliest encoding of bytes that are not Unicode.
fn eight_bit(bytes: &[u8]) -> Encoding {
    let sample = sample_around_letters(bytes);
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    detector.feed(sample, true);
    let codec = detector.guess(None, Utf8Detection::Deny);
    let guess = Encoding::of_codec(codec).or_else(|| Encoding::from_label(codec.name()));
    let (best, cost) = cyrillic::best(sample);
    // A Latin text has a few letters beyond ASCII, and some stand alone, as the à of French: read as Cyrillic they
    // make a word. The statistics of Cyrillic are asked only where its letters would be most of all.
    let latin = sample.iter().filter(|byte| byte.is_ascii_alphabetic()).count();
    let beyond = sample.iter().filter(|byte| !byte.is_ascii()).count();
    let believed = cost <= cyrillic::PLAUSIBLE && beyond > latin;
    match guess {
        Some(guess) if !guess.display_name().starts_with("Cyrillic") && !believed => guess,
        None if !believed => Encoding::of_codec(encoding_rs::WINDOWS_1252).unwrap_or(best),
        _ => best,
    }
}

/// A stretch of the file in which there are bytes beyond ASCII to go by.
fn sample_around_letters(bytes: &[u8]) -> &[u8] {
    let first = bytes.iter().position(|byte| !byte.is_ascii()).unwrap_or(0).saturating_sub(256);
    &bytes[first..bytes.len().min(first + SAMPLE)]
}

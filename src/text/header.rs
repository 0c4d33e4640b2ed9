//! What is written above an article: title, date, source.
//!
//! The text is never altered for it. The header stays part of the canonical text, and [`Header::extent`] says where.

mod date;

pub use date::iso_date;

use super::canonical::CanonicalText;
use super::offset::TextRange;
use super::segment::{floor_grapheme, is_white};
use super::sentence::sentences;

/// Longest header that is looked for, in bytes; a longer one is no header.
const LONGEST: usize = 16 * 1024;

/// Most code points of a sentence that stands in for a missing title.
const TITLE: usize = 90;

/// What the lines above an article say of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Header {
    /// The headline.
    pub title: Option<String>,
    /// Day of publication, ISO 8601 (`2026-01-21`).
    pub date: Option<String>,
    /// Who published it.
    pub source: Option<String>,
    /// Where it was found.
    pub url: Option<String>,
    /// BCP 47 code, or whatever was written.
    pub language: Option<String>,
    /// Who wrote it.
    pub author: Option<String>,
    /// Other keys and values in order, and dates that could not be read.
    pub extra: Vec<(String, String)>,
    /// Where the header lies in the canonical text, with the white space that parts it from the body: the body
    /// starts at its end. Empty at 0 if there is none.
    pub extent: TextRange,
}

/// What a key of a header means.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Key {
    Title,
    Date,
    Source,
    Url,
    Language,
    Author,
}

/// Names of keys in English, Russian and Ukrainian, in small letters.
const KEYS: &[(&str, Key)] = &[
    ("title", Key::Title),
    ("headline", Key::Title),
    ("subject", Key::Title),
    ("заголовок", Key::Title),
    ("название", Key::Title),
    ("назва", Key::Title),
    ("тема", Key::Title),
    ("date", Key::Date),
    ("published", Key::Date),
    ("дата", Key::Date),
    ("опубликовано", Key::Date),
    ("опубліковано", Key::Date),
    ("source", Key::Source),
    ("publisher", Key::Source),
    ("источник", Key::Source),
    ("издание", Key::Source),
    ("джерело", Key::Source),
    ("видання", Key::Source),
    ("url", Key::Url),
    ("link", Key::Url),
    ("ссылка", Key::Url),
    ("адрес", Key::Url),
    ("посилання", Key::Url),
    ("адреса", Key::Url),
    ("lang", Key::Language),
    ("language", Key::Language),
    ("язык", Key::Language),
    ("мова", Key::Language),
    ("author", Key::Author),
    ("byline", Key::Author),
    ("from", Key::Author),
    ("автор", Key::Author),
];

/// Keys that may stand before the text on its own first line.
const INLINE: &[(&str, Key)] = &[
    ("date", Key::Date),
    ("title", Key::Title),
    ("source", Key::Source),
    ("url", Key::Url),
    ("lang", Key::Language),
    ("language", Key::Language),
];

fn key_of(name: &str) -> Option<Key> {
    let name = name.trim().to_lowercase();
    KEYS.iter().find(|(known, _)| *known == name).map(|&(_, key)| key)
}

/// Reads what is written above an article, in any of the ways people write it:
///
/// - a block of `key: value` lines between two lines `---`;
/// - `Key: value` lines with known keys at the top, ended by a blank line;
/// - keys and values at the beginning of the first line, the text going on after them;
/// - in Markdown, a first `# Heading` is the title (and part of the body, not of the extent).
pub fn read_header(text: &CanonicalText) -> Header {
    let all = text.as_str();
    let top = &all[..floor_grapheme(all, LONGEST)];
    let mut header = Header::default();
    let end = front_matter(top, &mut header)
        .or_else(|| key_lines(top, &mut header))
        .or_else(|| inline(top, &mut header))
        .unwrap_or(0);
    header.extent = TextRange::between(0, text.code_point_at_or_before(end));
    if header.title.is_none() {
        header.title = heading(&top[end..]);
    }
    header
}

impl Header {
    /// The title, else the first sentence of the body, cut at a word to 90 code points with `…`.
    pub fn title_or_first_words(&self, text: &CanonicalText) -> String {
        if let Some(title) = &self.title {
            return title.clone();
        }
        let start = text.byte_of(self.extent.end()).map_or(0, |byte| byte.index());
        let body = &text.as_str()[start..];
        // Rules, page numbers and subtitle counters say nothing of the text, unless there is nothing else.
        let lines = || body.split('\n').filter(|line| !super::lines::is_blank(line));
        let Some(line) = lines().take(20).find(|line| line.contains(char::is_alphabetic)).or(lines().next())
        else {
            return String::new();
        };
        // A sentence longer than this is cut anyway.
        let line = &line[..floor_grapheme(line, 2048)];
        let sentence = sentences(line, 0..line.len()).into_iter().next().map_or(line, |range| &line[range]);
        shorten(sentence)
    }

    fn is_empty(&self) -> bool {
        let Header { title, date, source, url, language, author, extra, extent: _ } = self;
        [title, date, source, url, language, author].iter().all(|value| value.is_none()) && extra.is_empty()
    }

    fn set(&mut self, key: Option<Key>, name: &str, value: &str) {
        let value = value.trim_matches(is_white);
        if value.is_empty() {
            return;
        }
        let slot = match key {
            Some(Key::Date) if self.date.is_none() => match iso_date(value) {
                Some(date) => {
                    self.date = Some(date);
                    return;
                }
                None => None,
            },
            Some(Key::Title) => Some(&mut self.title),
            Some(Key::Source) => Some(&mut self.source),
            Some(Key::Url) => Some(&mut self.url),
            Some(Key::Language) => Some(&mut self.language),
            Some(Key::Author) => Some(&mut self.author),
            Some(Key::Date) | None => None,
        };
        match slot {
            Some(slot) if slot.is_none() => *slot = Some(value.to_owned()),
            // A key said twice, an unknown one, a date that cannot be read: kept as written.
            _ => self.extra.push((name.trim().to_owned(), value.to_owned())),
        }
    }
}

/// Cuts a sentence at a word to [`TITLE`] code points.
fn shorten(sentence: &str) -> String {
    let Some((limit, _)) = sentence.char_indices().nth(TITLE) else {
        return sentence.to_owned();
    };
    let room = &sentence[..floor_grapheme(sentence, limit.saturating_sub(1))];
    let cut =
        room.rfind(char::is_whitespace).filter(|&at| at > room.len() / 2).map_or(room, |at| &room[..at]);
    format!(
        "{}…",
        cut.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | ':' | '—' | '-'))
    )
}

/// The lines of a text with the byte at which each ends, newline included.
fn lines(text: &str) -> impl Iterator<Item = (&str, usize)> {
    let mut end = 0;
    text.split_inclusive('\n').map(move |line| {
        end += line.len();
        (line.strip_suffix('\n').unwrap_or(line), end)
    })
}

/// The byte at which the body starts: after any blank lines.
fn after_blank(text: &str, at: usize) -> usize {
    let rest = &text[at..];
    let mut end = at;
    for (line, line_end) in lines(rest) {
        if !super::lines::is_blank(line) || !rest[..line_end].ends_with('\n') {
            break;
        }
        end = at + line_end;
    }
    end
}

/// `key: value` between two lines `---`. Gives where the body starts.
fn front_matter(text: &str, header: &mut Header) -> Option<usize> {
    let mut lines = lines(text);
    if lines.next()?.0.trim_end() != "---" {
        return None;
    }
    let mut found = Header::default();
    let mut last_key: Option<(Option<Key>, String, Vec<String>)> = None;
    for (line, end) in lines {
        let trimmed = line.trim();
        if line.trim_end() == "---" || line.trim_end() == "..." {
            flush(&mut found, last_key.take());
            *header = found;
            return Some(after_blank(text, end));
        }
        if let (Some(item), Some((_, _, items))) = (trimmed.strip_prefix("- "), last_key.as_mut()) {
            items.push(unquote(item).to_owned());
            continue;
        }
        flush(&mut found, last_key.take());
        if trimmed.is_empty() || trimmed.starts_with('#') {
            continue;
        }
        let (name, value) = trimmed.split_once(':')?;
        if name.chars().count() > 40 {
            return None;
        }
        let (key, value) = (key_of(name), unquote(value.trim()));
        if value.is_empty() {
            last_key = Some((key, name.to_owned(), Vec::new()));
        } else {
            found.set(key, name, value);
        }
    }
    None
}

/// A key whose value was a list of `- item` lines.
fn flush(header: &mut Header, list: Option<(Option<Key>, String, Vec<String>)>) {
    if let Some((key, name, items)) = list {
        header.set(key, &name, &items.join(", "));
    }
}

fn unquote(value: &str) -> &str {
    for quote in ['"', '\''] {
        if let Some(inner) = value.strip_prefix(quote).and_then(|rest| rest.strip_suffix(quote)) {
            return inner;
        }
    }
    value
}

/// `Key: value` lines at the top. Only known keys, or the first line "Note: …" of an article would be taken for one;
/// an unknown key is kept once a known one came before it.
fn key_lines(text: &str, header: &mut Header) -> Option<usize> {
    let mut found = Header::default();
    let mut known = 0;
    for (line, end) in lines(text) {
        if super::lines::is_blank(line) {
            if known == 0 {
                return None;
            }
            *header = found;
            return Some(after_blank(text, end));
        }
        let (name, value) = line.split_once(':')?;
        let key = key_of(name);
        let words = name.split_whitespace().count();
        if key.is_none() && (known == 0 || words > 2 || name.chars().count() > 30) {
            return None;
        }
        known += usize::from(key.is_some());
        found.set(key, name, unquote(value.trim()));
    }
    // The whole file is a header: kept, the body is empty.
    (known > 0 && !found.is_empty()).then(|| {
        *header = found;
        text.len()
    })
}

/// Keys and values before the text on the first line: ` date 2026-01-21 Text goes on`.
///
/// A value is one word, unless it is quoted or followed by another key; a date may be several. Since `date` and
/// `source` are also words of texts, the first key must be a date that can be read or an address.
fn inline(text: &str, header: &mut Header) -> Option<usize> {
    let line = text.split('\n').next()?;
    let mut found = Header::default();
    let mut at = line.len() - line.trim_start_matches(is_white).len();
    let mut body = None;
    while let Some((key, name, after)) = inline_key(&line[at..]) {
        let value_at = at + after;
        let value = &line[value_at..];
        let length = match key {
            Key::Date => date::leading_date(value).map(|(_, length)| length),
            Key::Url => address(value),
            Key::Language => language_code(value),
            Key::Title | Key::Source | Key::Author => quoted(value).or_else(|| up_to_next_key(value)),
        };
        let Some(length) = length else { break };
        found.set(Some(key), name, unquote_any(&value[..length]));
        let rest = &value[length..];
        at = value_at + length + (rest.len() - rest.trim_start_matches(is_white).len());
        body = Some(at);
    }
    let body = body?;
    if found.date.is_none() && found.url.is_none() {
        return None;
    }
    *header = found;
    Some(if body == line.len() { after_blank(text, (body + 1).min(text.len())) } else { body })
}

/// A key at the beginning, its name as written, and where its value starts.
fn inline_key(text: &str) -> Option<(Key, &str, usize)> {
    let end = text.find(|c: char| !c.is_alphabetic())?;
    let name = &text[..end];
    let lower = name.to_lowercase();
    let key = INLINE.iter().find(|(known, _)| *known == lower).map(|&(_, key)| key)?;
    let rest = &text[end..];
    let value = rest.trim_start_matches(|c| is_white(c) || matches!(c, ':' | '='));
    (value.len() < rest.len()).then_some((key, name, text.len() - value.len()))
}

fn first_word(value: &str) -> &str {
    value.split(is_white).next().unwrap_or("")
}

fn address(value: &str) -> Option<usize> {
    let word = first_word(value);
    (word.starts_with("http://") || word.starts_with("https://") || word.starts_with("www."))
        .then_some(word.len())
}

fn language_code(value: &str) -> Option<usize> {
    let word = first_word(value);
    let primary = word.split('-').next().unwrap_or("");
    let fits = (2..=3).contains(&primary.len())
        && word.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
        && primary.chars().all(|c| c.is_ascii_lowercase());
    fits.then_some(word.len())
}

const QUOTES: [(char, char); 4] = [('"', '"'), ('«', '»'), ('“', '”'), ('\'', '\'')];

fn quoted(value: &str) -> Option<usize> {
    let open = value.chars().next()?;
    let (_, close) = QUOTES.into_iter().find(|&(known, _)| known == open)?;
    let inner = &value[open.len_utf8()..];
    inner.find(close).map(|at| open.len_utf8() + at + close.len_utf8())
}

fn unquote_any(value: &str) -> &str {
    QUOTES
        .into_iter()
        .find_map(|(open, close)| value.strip_prefix(open).and_then(|rest| rest.strip_suffix(close)))
        .unwrap_or(value)
}

/// A value without quotes reaches to the next key, if there is one near; else it is one word.
fn up_to_next_key(value: &str) -> Option<usize> {
    let near = &value[..floor_grapheme(value, 300)];
    let next = near
        .match_indices(' ')
        .find(|&(at, _)| {
            inline_key(&near[at + 1..]).is_some_and(|(key, _, after)| {
                let value = &near[at + 1 + after..];
                match key {
                    Key::Date => date::leading_date(value).is_some(),
                    Key::Url => address(value).is_some(),
                    Key::Language => language_code(value).is_some(),
                    Key::Title | Key::Source | Key::Author => quoted(value).is_some(),
                }
            })
        })
        .map(|(at, _)| at);
    next.or_else(|| Some(first_word(value).len()).filter(|&length| length > 0))
}

/// The text of a Markdown heading of the first level, if that is the first line that is not blank.
fn heading(body: &str) -> Option<String> {
    let line = body.split('\n').find(|line| !super::lines::is_blank(line))?;
    let title = line.strip_prefix("# ")?.trim().trim_end_matches('#').trim_end();
    (!title.is_empty()).then(|| title.to_owned())
}

#[cfg(test)]
mod tests;

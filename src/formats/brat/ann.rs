//! The lines of an `.ann` file, taken apart but not yet understood.

/// A text-bound annotation.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Bound {
    pub id: String,
    pub label: String,
    /// Fragments as they stand, in the file's unit; at least one.
    pub fragments: Vec<(u32, u32)>,
    pub text: String,
}

/// A line that says something about another one.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Saying {
    Event { id: String, label: String, trigger: String, roles: Vec<(String, String)> },
    Relation { id: String, label: String, roles: [(String, String); 2] },
    Equivalence { label: String, members: Vec<String> },
    Attribute { name: String, target: String, value: Option<String> },
    Reference { target: String, database: String, entry: String, text: String },
    Note { kind: String, target: String, text: String },
}

/// A file.
#[derive(Debug, Default)]
pub(super) struct Lines {
    /// With their line numbers.
    pub bounds: Vec<(usize, Bound)>,
    /// With their line numbers.
    pub sayings: Vec<(usize, Saying)>,
    /// Line numbers, and what is wrong; whether the line was left out.
    pub faults: Vec<(usize, String, bool)>,
}

/// Takes a file apart. Lines end in LF or CR-LF.
pub(super) fn parse(text: &str) -> Lines {
    let mut lines = Lines::default();
    // A line break inside a quoted text: the next line goes on with it.
    let mut open: Option<usize> = None;
    for (number, line) in text.split('\n').enumerate() {
        let (number, line) = (number + 1, line.strip_suffix('\r').unwrap_or(line));
        if line.trim().is_empty() {
            continue;
        }
        if !begins_a_line(line) {
            if let Some(bound) = open.and_then(|at| lines.bounds.get_mut(at))
                && bound.1.text.chars().count() < covered(&bound.1.fragments)
            {
                bound.1.text.push('\n');
                bound.1.text.push_str(line);
                continue;
            }
            if let Some(bound) = with_spaces(line) {
                let what =
                    format!("`{}` has spaces where tabs should be; it was read all the same", bound.id);
                lines.faults.push((number, what, false));
                lines.bounds.push((number, bound));
                continue;
            }
        }
        open = None;
        match line.as_bytes().first() {
            Some(b'T') => match bound(line) {
                Ok(bound) => {
                    open = Some(lines.bounds.len());
                    lines.bounds.push((number, bound));
                }
                Err(what) => lines.faults.push((number, what, true)),
            },
            _ => match saying(line) {
                Ok(saying) => lines.sayings.push((number, saying)),
                Err(what) => lines.faults.push((number, what, true)),
            },
        }
    }
    lines
}

/// How many signs a quotation of these fragments has, one between two of them.
fn covered(fragments: &[(u32, u32)]) -> usize {
    let signs: u64 = fragments.iter().map(|(start, end)| u64::from(end.saturating_sub(*start))).sum();
    usize::try_from(signs).unwrap_or(usize::MAX).saturating_add(fragments.len() - 1)
}

fn begins_a_line(line: &str) -> bool {
    line.split_once('\t').is_some_and(|(id, _)| {
        let number = id.get(1..).unwrap_or_default();
        id == "*" || (id.starts_with(['T', 'E', 'R', 'A', 'M', 'N', '#', '*']) && !number.is_empty())
    })
}

fn bound(line: &str) -> Result<Bound, String> {
    let mut columns = line.splitn(3, '\t');
    let (id, place) = (columns.next().unwrap_or_default(), columns.next().unwrap_or_default());
    let (label, offsets) = place.split_once(' ').ok_or_else(|| format!("`{id}` says no place"))?;
    Ok(Bound {
        id: id.to_owned(),
        label: label.to_owned(),
        fragments: fragments(offsets).map_err(|what| format!("`{id}`: {what}"))?,
        text: columns.next().unwrap_or_default().to_owned(),
    })
}

fn fragments(offsets: &str) -> Result<Vec<(u32, u32)>, String> {
    let mut found = Vec::new();
    for pair in offsets.trim_end().split(';') {
        let numbers: Vec<Option<u32>> = pair.split_whitespace().map(|number| number.parse().ok()).collect();
        match numbers[..] {
            [Some(start), Some(end)] if start <= end => found.push((start, end)),
            [Some(start), Some(end)] => {
                return Err(format!("it starts at {start} and ends before that, at {end}"));
            }
            _ => return Err(format!("`{pair}` is no pair of offsets")),
        }
    }
    Ok(found)
}

/// A text-bound annotation whose tabs became spaces.
fn with_spaces(line: &str) -> Option<Bound> {
    let mut words = line.split_whitespace();
    let (id, label) = (words.next()?, words.next()?);
    let (start, end) = (words.next()?.parse().ok()?, words.next()?.parse().ok()?);
    let is_bound = id.starts_with('T') && id[1..].parse::<u64>().is_ok() && start <= end;
    let text = words.collect::<Vec<_>>().join(" ");
    is_bound.then(|| Bound {
        id: id.to_owned(),
        label: label.to_owned(),
        fragments: vec![(start, end)],
        text,
    })
}

fn saying(line: &str) -> Result<Saying, String> {
    let mut columns = line.splitn(3, '\t');
    let id = columns.next().unwrap_or_default();
    let data = columns.next().unwrap_or_default();
    let tail = columns.next().unwrap_or_default();
    let mut words = data.split_whitespace();
    let wrong = |what: &str| format!("`{id}` {what}");
    let first = words.next();
    match id.as_bytes().first() {
        Some(b'E') => {
            let (label, trigger) =
                first.and_then(|word| word.split_once(':')).ok_or_else(|| wrong("names no trigger"))?;
            let roles =
                words.map(role).collect::<Option<_>>().ok_or_else(|| wrong("has a role without target"))?;
            Ok(Saying::Event {
                id: id.to_owned(),
                label: label.to_owned(),
                trigger: trigger.to_owned(),
                roles,
            })
        }
        Some(b'R') => {
            let roles: Option<Vec<_>> = words.map(role).collect();
            match (first, roles.map(<[_; 2]>::try_from)) {
                (Some(label), Some(Ok(roles))) => {
                    Ok(Saying::Relation { id: id.to_owned(), label: label.to_owned(), roles })
                }
                _ => Err(wrong("is no relation of two arguments")),
            }
        }
        Some(b'*') => {
            let members: Vec<String> = words.map(str::to_owned).collect();
            match first {
                Some(label) if members.len() > 1 => {
                    Ok(Saying::Equivalence { label: label.to_owned(), members })
                }
                _ => Err("an equivalence of fewer than two".to_owned()),
            }
        }
        Some(b'A' | b'M') => {
            let (name, target) = first.zip(words.next()).ok_or_else(|| wrong("is no attribute"))?;
            // The value is all that is left, spaces and all.
            let value = data.splitn(3, ' ').nth(2).map(str::trim).filter(|value| !value.is_empty());
            Ok(Saying::Attribute {
                name: name.to_owned(),
                target: target.to_owned(),
                value: value.map(str::to_owned),
            })
        }
        Some(b'N') => {
            let target = words.next();
            let entry = words.next().and_then(|word| word.split_once(':'));
            match (target, entry) {
                (Some(target), Some((database, entry))) => Ok(Saying::Reference {
                    target: target.to_owned(),
                    database: database.to_owned(),
                    entry: entry.to_owned(),
                    text: tail.to_owned(),
                }),
                _ => Err(wrong("is no reference `DATABASE:ENTRY`")),
            }
        }
        Some(b'#') => {
            let (kind, target) = first.zip(words.next()).ok_or_else(|| wrong("is a note on nothing"))?;
            Ok(Saying::Note { kind: kind.to_owned(), target: target.to_owned(), text: tail.to_owned() })
        }
        _ => Err(format!("a line of an unknown kind: `{}`", crop(line))),
    }
}

fn role(word: &str) -> Option<(String, String)> {
    let (role, target) = word.split_once(':')?;
    (!role.is_empty() && !target.is_empty()).then(|| (role.to_owned(), target.to_owned()))
}

fn crop(line: &str) -> String {
    match line.char_indices().nth(40) {
        Some((at, _)) => format!("{}…", &line[..at]),
        None => line.to_owned(),
    }
}

//! Reading projects and codebooks: first what is said besides the sources, then one source after another.

use std::collections::{BTreeMap, HashMap};

use super::super::draft::{Draft, DraftRelation, DraftSpan};
use super::super::rest::{FreshNames, Rest, decoded};
use super::super::xml::{Piece, Pieces, whole_file, xml_text};
use super::super::{FormatError, OffsetUnit, ReadOptions, Remark, Sink, SourceFiles};
use super::archive::Archive;
use super::head::{self, Head};
use super::source::{Selection, Text, text, text_beside};
use super::{Described, codes};
use crate::model::{Fields, Schema, Status, Value};

pub(super) fn read(
    source: &dyn SourceFiles,
    options: &ReadOptions,
    sink: &mut dyn Sink,
) -> Result<(), FormatError> {
    let files = source.files();
    let ours =
        |file: &&String| files.len() == 1 || [".qdpx", ".qde", ".qdc"].iter().any(|end| file.ends_with(end));
    for file in files.iter().filter(ours) {
        let bytes = whole_file(source, file)?;
        let wrong = |why: String| FormatError::NotThisFormat { file: file.clone(), format: "refi-qda", why };
        let mut archive = None;
        let xml_bytes = if bytes.starts_with(b"PK") {
            let mut opened = Archive::new(bytes).map_err(wrong)?;
            let project = opened.project().ok_or_else(|| wrong("it holds no project.qde".to_owned()))?;
            let bytes = opened.bytes(&project).map_err(wrong)?;
            archive = Some(opened);
            bytes
        } else {
            bytes
        };
        let xml = xml_text(&xml_bytes).map_err(wrong)?;
        let mut head = head::read(&xml).map_err(wrong)?;
        let mut schema = Schema::empty("refi-qda");
        schema.labels = std::mem::take(&mut head.labels);
        sink.schema(schema);
        if head.is_codebook || !head.codebook.is_empty() {
            sink.codebook(std::mem::take(&mut head.codebook));
        }
        let mut project =
            Project { head, archive, file, names: FreshNames::default(), options, is_stopped: false };
        project.sources(&xml, sink).map_err(wrong)?;
        if project.is_stopped {
            break;
        }
        project.tell_left_out(sink);
    }
    Ok(())
}

struct Project<'a> {
    head: Head,
    archive: Option<Archive>,
    file: &'a str,
    names: FreshNames,
    options: &'a ReadOptions<'a>,
    is_stopped: bool,
}

impl Project<'_> {
    fn sources(&mut self, xml: &str, sink: &mut dyn Sink) -> Result<(), String> {
        let mut pieces = Pieces::new(xml);
        while let Some(piece) = pieces.next()? {
            let Piece::Start(element) = piece else { continue };
            match element.local() {
                "TextSource" => {
                    let text = text(&mut pieces, &element)?;
                    self.give(text, sink);
                }
                "PictureSource" | "PDFSource" => {
                    let (beside, others) = text_beside(&mut pieces, &element)?;
                    if others > 0 {
                        *self.head.left_out.entry("selections of pages and pictures").or_default() += others;
                    }
                    match beside {
                        Some(text) => self.give(text, sink),
                        None => *self.head.left_out.entry("sources that are no text").or_default() += 1,
                    }
                }
                "AudioSource" | "VideoSource" => {
                    *self.head.left_out.entry("sources that are no text").or_default() += 1;
                    pieces.skip()?;
                }
                "Notes" | "CodeBook" | "Cases" => pieces.skip()?,
                _ => {}
            }
            if self.is_stopped {
                break;
            }
        }
        Ok(())
    }

    fn tell_left_out(self, sink: &mut dyn Sink) {
        let mut left_out = self.head.left_out;
        let notes = self.head.notes.values().filter(|note| !note.is_taken).count();
        if notes > 0 {
            left_out.insert("notes that are on no source and no selection", notes);
        }
        for (what, count) in left_out {
            let what = format!("{what}: {count} left out");
            sink.remark(Remark { place: self.file.to_owned(), what, left_out: true });
        }
    }

    /// What notes say, one below the other.
    fn notes(&mut self, guids: &[String]) -> String {
        let mut said: Vec<String> = Vec::new();
        for guid in guids {
            let Some(note) = self.head.notes.get_mut(guid) else { continue };
            let content = match (&note.content, &mut self.archive) {
                (Some(content), _) => Some(content.clone()),
                (None, Some(archive)) => {
                    archive.source(&note.path).ok().and_then(|bytes| Some(decoded(&bytes).ok()?.0))
                }
                (None, None) => None,
            };
            if let Some(content) = content {
                note.is_taken = true;
                said.push(content);
            }
        }
        said.join("\n")
    }

    /// The names of the cases that a source or a selection belongs to.
    fn cases(&self, guid: &str) -> Option<Value> {
        let numbers = self.head.cases_of.get(guid)?;
        let name = |number: &usize| Some(Value::text(&self.head.cases.get(*number)?.name));
        Some(Value::List(numbers.iter().filter_map(name).collect()))
    }

    /// What other programs say of a source as a whole, as fields of the article.
    fn fields_of_source(&mut self, text: &Text) -> Fields {
        let mut fields = Fields::new();
        let mut set = |name: &str, value: Value| {
            if !name.is_empty() && fields.get(name).is_none() {
                fields.set(name.to_owned(), value);
            }
        };
        let name_of = |guid: &String| self.head.variables.get(guid).map_or("", String::as_str);
        for (variable, value) in &text.values {
            set(name_of(variable), value.clone());
        }
        for number in self.head.cases_of.get(&text.guid).into_iter().flatten() {
            for (variable, value) in self.head.cases.get(*number).map_or(&[][..], |case| &case.values) {
                set(name_of(variable), value.clone());
            }
        }
        if let Some(cases) = self.cases(&text.guid) {
            set("case", cases);
        }
        let label = |guid: &String| Some(Value::text(&self.head.codes.get(guid)?.label));
        let codes: Vec<Value> = text.codes.iter().filter_map(label).collect();
        if !codes.is_empty() {
            set("code", Value::List(codes));
        }
        let note = self.notes(&text.notes);
        if !note.is_empty() && fields.get("note").is_none() {
            fields.set("note", Value::Text(note));
        }
        fields
    }

    /// Gives the records of a source.
    fn give(&mut self, text: Text, sink: &mut dyn Sink) {
        let place = format!("{}: source `{}`", self.file, text.name);
        let content = match (&text.content, &mut self.archive) {
            (Some(content), _) => Ok(content.clone()),
            (None, Some(archive)) => archive.source(&text.path).and_then(|bytes| Ok(decoded(&bytes)?.0)),
            (None, None) => Err("its text is not here: it lies in the archive of the project".to_owned()),
        };
        let content = match content {
            Ok(content) => content,
            Err(why) => {
                sink.remark(Remark { place, what: format!("{why}; it was left out"), left_out: true });
                return;
            }
        };
        let described: Vec<Described> = serde_json::from_str(&text.description).unwrap_or_default();
        let is_ours = !described.is_empty();
        let article = match is_ours {
            true => String::new(),
            false => {
                let stem = if text.name.trim().is_empty() { "source" } else { text.name.trim() };
                let stem = stem.replace(['/', '\\'], "_");
                format!("{}.txt", self.names.take(stem.strip_suffix(".txt").unwrap_or(&stem)))
            }
        };
        let fields = if is_ours { Fields::new() } else { self.fields_of_source(&text) };
        let article = match described.first() {
            Some(first) if article.is_empty() => first.about.article.clone(),
            _ => article,
        };
        let fresh = || Draft {
            article: article.clone(),
            text: content.clone(),
            fields: fields.clone(),
            ..Draft::default()
        };
        let mut by_user: BTreeMap<String, Draft> = BTreeMap::new();
        for Described { about, relations } in described {
            let mut draft = fresh();
            draft.meta = about.article_meta();
            draft.status = Status::from_name(&about.status);
            draft.article.clone_from(&about.article);
            draft.fields = about.fields;
            draft.relations = relations
                .into_iter()
                .map(|one| DraftRelation {
                    id: Some(one.id.as_str().to_owned()),
                    label: one.label,
                    from: one.from.as_str().to_owned(),
                    to: one.to.as_str().to_owned(),
                    fields: one.fields,
                })
                .collect();
            by_user.insert(about.annotator, draft);
        }
        let mut owners: HashMap<String, (String, String)> = HashMap::new();
        let (mut without_place, mut without_code) = (0usize, 0usize);
        for selection in &text.selections {
            without_place += usize::from(selection.place.is_none());
            without_code += usize::from(selection.place.is_some() && selection.codings.is_empty());
            for (user, span) in self.spans(selection) {
                let owner = (user.clone(), span.id.clone().unwrap_or_default());
                owners.entry(selection.guid.clone()).or_insert(owner);
                by_user.entry(user).or_insert_with(fresh).spans.push(span);
            }
        }
        if !is_ours {
            self.links(&owners, &mut by_user);
        }
        for (count, what) in
            [(without_place, "selections without a place"), (without_code, "selections without a code")]
        {
            if count > 0 {
                let what = format!("{what}: {count} left out");
                sink.remark(Remark { place: place.clone(), what, left_out: true });
            }
        }
        if by_user.is_empty() {
            by_user.insert(String::new(), fresh());
        }
        let unit = Some(self.options.unit.unwrap_or(OffsetUnit::Utf16));
        let options = ReadOptions { unit, schema: self.options.schema };
        for (user, mut draft) in by_user {
            draft.annotator = user;
            let record = draft.into_record(&place, OffsetUnit::Utf16, &options, sink);
            if sink.record(record).is_break() {
                self.is_stopped = true;
                return;
            }
        }
    }

    /// The spans of a selection, one for each coding, with whose they are. Of a selection that this program wrote, the coding with the
    /// label's code is the span; codes of its choices and terms say nothing new, and what others coded since are spans of their own.
    fn spans(&mut self, selection: &Selection) -> Vec<(String, DraftSpan)> {
        let Some(at) = selection.place else { return Vec::new() };
        let mut rest = Rest::from_json(&selection.description).filter(|rest| rest.id.is_some());
        let is_ours = rest.is_some();
        let said = self.notes(&selection.notes);
        let mut notes = vec![said];
        if !is_ours && !selection.description.is_empty() {
            notes.insert(0, selection.description.clone());
        }
        notes.retain(|note| !note.is_empty());
        let note = notes.join("\n");
        let cases = if is_ours { None } else { self.cases(&selection.guid) };
        let label_of = |code: &String| {
            let known = self.head.codes.get(code);
            known.map_or_else(|| code.clone(), |known| known.label.clone())
        };
        let own = selection.codings.iter().position(|(_, code)| {
            rest.as_ref().is_some_and(|rest| rest.label.is_some())
                || codes::of_label(&label_of(code)).to_string() == *code
        });
        let own = own.unwrap_or(0);
        let mut spans = Vec::new();
        for (number, (coder, code)) in selection.codings.iter().enumerate() {
            let is_aside = self.head.codes.get(code).is_some_and(|code| code.is_aside);
            if is_ours && is_aside && number != own {
                continue;
            }
            let user = if coder.is_empty() { &selection.user } else { coder };
            let user = self.head.users.get(user).cloned().unwrap_or_default();
            let mut rest = match number == own {
                true => rest.take().unwrap_or_default(),
                false => Rest::default(),
            };
            if rest.note.is_empty() && (number == own || !is_ours) {
                rest.note.clone_from(&note);
            }
            if let Some(cases) = &cases {
                rest.fields.set("case", cases.clone());
            }
            let id = rest.id.unwrap_or_else(|| match number {
                0 => selection.guid.clone(),
                number => format!("{}-{}", selection.guid, number + 1),
            });
            let span = DraftSpan {
                id: Some(id),
                label: rest.label.unwrap_or_else(|| label_of(code)),
                parts: if rest.parts.is_empty() { vec![at] } else { rest.parts },
                text: rest.text,
                fields: rest.fields,
                note: rest.note,
            };
            spans.push((user, span));
        }
        spans
    }

    /// The links between selections of one source, as relations of whoever made the first one.
    fn links(&self, owners: &HashMap<String, (String, String)>, by_user: &mut BTreeMap<String, Draft>) {
        let mut from: Vec<&String> = owners.keys().collect();
        from.sort();
        for origin in from {
            for (target, name) in self.head.links.get(origin).into_iter().flatten() {
                if let (Some((user, from)), Some((_, to))) = (owners.get(origin), owners.get(target))
                    && let Some(draft) = by_user.get_mut(user)
                {
                    let label = if name.is_empty() { "link".to_owned() } else { name.clone() };
                    draft.relations.push(DraftRelation {
                        label,
                        from: from.clone(),
                        to: to.clone(),
                        ..DraftRelation::default()
                    });
                }
            }
        }
    }
}

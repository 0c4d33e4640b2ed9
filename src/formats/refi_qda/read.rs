//! Reading projects and codebooks.

use std::collections::{BTreeMap, HashMap};

use super::super::draft::{Draft, DraftRelation, DraftSpan};
use super::super::rest::{FreshNames, Rest, decoded};
use super::super::xml::{Element, Piece, Pieces, whole_file, xml_text};
use super::super::{FormatError, OffsetUnit, ReadOptions, Remark, Sink, SourceFiles};
use super::Described;
use super::archive::Archive;
use crate::model::{LabelDef, Schema, Status};

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
        let project = project(&xml).map_err(wrong)?;
        let mut schema = Schema::empty("refi-qda");
        schema.labels = project.labels.iter().map(|label| LabelDef::bare(label.as_str())).collect();
        sink.schema(schema);
        for (what, count) in &project.left_out {
            let what = format!("{count} {what} were left out");
            sink.remark(Remark { place: file.clone(), what, left_out: true });
        }
        if give(project, archive, file, options, sink) {
            break;
        }
    }
    Ok(())
}

#[derive(Default)]
struct Selection {
    guid: String,
    place: Option<(u32, u32)>,
    user: String,
    description: String,
    /// Who coded it with which code.
    codings: Vec<(String, String)>,
}

#[derive(Default)]
struct Text {
    name: String,
    path: String,
    content: Option<String>,
    description: String,
    selections: Vec<Selection>,
}

#[derive(Default)]
struct Project {
    users: HashMap<String, String>,
    codes: HashMap<String, String>,
    labels: Vec<String>,
    texts: Vec<Text>,
    links: Vec<(String, String, String)>,
    left_out: BTreeMap<&'static str, usize>,
}

/// What a project file or a codebook says.
fn project(xml: &str) -> Result<Project, String> {
    let mut pieces = Pieces::new(xml);
    let mut project = Project::default();
    let mut open: Vec<String> = Vec::new();
    // The names of the codes around.
    let mut path: Vec<String> = Vec::new();
    while let Some(piece) = pieces.next()? {
        let element = match piece {
            Piece::Start(element) => element,
            Piece::End => {
                if open.pop().as_deref() == Some("Code") {
                    path.pop();
                }
                continue;
            }
            _ => continue,
        };
        let local = element.local().to_owned();
        if open.is_empty() && local != "Project" && local != "CodeBook" {
            return Err(format!("its root is `{local}`, not `Project` or `CodeBook`"));
        }
        let get = |name: &str| element.get(name).unwrap_or_default().to_owned();
        match local.as_str() {
            "User" => drop(project.users.insert(get("guid"), get("name"))),
            "Code" => {
                path.push(get("name"));
                let label = path.join("/");
                project.codes.insert(get("guid"), label.clone());
                if element.get("isCodable") != Some("false") {
                    project.labels.push(label);
                }
            }
            "TextSource" => {
                let text = text(&mut pieces, &element)?;
                project.texts.push(text);
                continue;
            }
            "Link" => project.links.push((get("originGUID"), get("targetGUID"), get("name"))),
            "PictureSource" | "PDFSource" | "AudioSource" | "VideoSource" => {
                *project.left_out.entry("sources that are no text").or_default() += 1;
                pieces.skip()?;
                continue;
            }
            "Case" | "Variable" | "Note" | "Graph" | "Set" => {
                let what = match local.as_str() {
                    "Case" => "cases",
                    "Variable" => "variables",
                    "Note" => "notes",
                    "Graph" => "graphs",
                    _ => "sets",
                };
                *project.left_out.entry(what).or_default() += 1;
                pieces.skip()?;
                continue;
            }
            _ => {}
        }
        open.push(local);
    }
    Ok(project)
}

/// A source, up to its end.
fn text(pieces: &mut Pieces, element: &Element) -> Result<Text, String> {
    let get = |element: &Element, name: &str| element.get(name).unwrap_or_default().to_owned();
    let mut text =
        Text { name: get(element, "name"), path: get(element, "plainTextPath"), ..Text::default() };
    let mut coder = String::new();
    let mut depth = 1usize;
    while depth > 0 {
        match pieces.next()? {
            Some(Piece::Start(element)) => match element.local() {
                "Description" => {
                    text.description = pieces.inner_text()?;
                }
                "PlainTextContent" => text.content = Some(pieces.inner_text()?),
                name => {
                    depth += 1;
                    if name == "PlainTextSelection" {
                        let at = |name: &str| element.get(name).and_then(|number| number.trim().parse().ok());
                        let inner = inside_selection(pieces, &mut coder)?;
                        text.selections.push(Selection {
                            guid: get(&element, "guid"),
                            place: at("startPosition").zip(at("endPosition")),
                            user: get(&element, "creatingUser"),
                            ..inner
                        });
                        depth -= 1;
                    }
                }
            },
            Some(Piece::End) => depth -= 1,
            Some(_) => {}
            None => break,
        }
    }
    Ok(text)
}

/// What stands inside a selection, up to its end.
fn inside_selection(pieces: &mut Pieces, coder: &mut String) -> Result<Selection, String> {
    let mut inner = Selection::default();
    let mut depth = 1usize;
    while depth > 0 {
        match pieces.next()? {
            Some(Piece::Start(element)) => {
                match element.local() {
                    "Description" => {
                        inner.description = pieces.inner_text()?;
                        continue;
                    }
                    "Coding" => element.get("creatingUser").unwrap_or_default().clone_into(coder),
                    "CodeRef" => {
                        let code = element.get("targetGUID").unwrap_or_default().to_owned();
                        inner.codings.push((coder.clone(), code));
                    }
                    _ => {}
                }
                depth += 1;
            }
            Some(Piece::End) => depth -= 1,
            Some(_) => {}
            None => break,
        }
    }
    Ok(inner)
}

/// Gives the records; says whether to stop.
fn give(
    project: Project,
    mut archive: Option<Archive>,
    file: &str,
    options: &ReadOptions,
    sink: &mut dyn Sink,
) -> bool {
    let Project { users, codes, texts, links, .. } = project;
    let mut names = FreshNames::default();
    for text in texts {
        let place = format!("{file}: source `{}`", text.name);
        let content = match (&text.content, &mut archive) {
            (Some(content), _) => Ok(content.clone()),
            (None, Some(archive)) => archive.source(&text.path).and_then(|bytes| Ok(decoded(&bytes)?.0)),
            (None, None) => Err("its text is not here: it lies in the archive of the project".to_owned()),
        };
        let content = match content {
            Ok(content) => content,
            Err(why) => {
                sink.remark(Remark { place, what: format!("{why}; it was left out"), left_out: true });
                continue;
            }
        };
        let described: Vec<Described> = serde_json::from_str(&text.description).unwrap_or_default();
        let stem = if text.name.trim().is_empty() { "source" } else { text.name.trim() };
        let stem = stem.replace(['/', '\\'], "_");
        let article = format!("{}.txt", names.take(stem.strip_suffix(".txt").unwrap_or(&stem)));
        let mut by_user: BTreeMap<String, Draft> = BTreeMap::new();
        let fresh = || Draft { article: article.clone(), text: content.clone(), ..Draft::default() };
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
        let is_ours = !by_user.is_empty();
        let mut owners: HashMap<String, (String, String)> = HashMap::new();
        let (mut without_place, mut without_code) = (0usize, 0usize);
        for selection in text.selections {
            let Some(at) = selection.place else {
                without_place += 1;
                continue;
            };
            without_code += usize::from(selection.codings.is_empty());
            let rest = Rest::from_json(&selection.description);
            for (number, (coder, code)) in selection.codings.iter().enumerate() {
                let guid = if coder.is_empty() { &selection.user } else { coder };
                let user = users.get(guid).cloned().unwrap_or_default();
                let mut rest = rest
                    .clone()
                    .unwrap_or_else(|| Rest { note: selection.description.clone(), ..Rest::default() });
                let id = rest.id.take().unwrap_or_else(|| match number {
                    0 => selection.guid.clone(),
                    number => format!("{}-{}", selection.guid, number + 1),
                });
                owners.entry(selection.guid.clone()).or_insert_with(|| (user.clone(), id.clone()));
                by_user.entry(user).or_insert_with(fresh).spans.push(DraftSpan {
                    id: Some(id),
                    label: rest.label.or_else(|| codes.get(code).cloned()).unwrap_or_else(|| code.clone()),
                    parts: if rest.parts.is_empty() { vec![at] } else { rest.parts },
                    text: rest.text,
                    fields: rest.fields,
                    note: rest.note,
                });
            }
        }
        for (from, to, name) in links.iter().filter(|_| !is_ours) {
            if let (Some((user, from)), Some((_, to))) = (owners.get(from), owners.get(to))
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
        for (count, what) in
            [(without_place, "selections without a place"), (without_code, "selections without a code")]
        {
            if count > 0 {
                sink.remark(Remark {
                    place: place.clone(),
                    what: format!("{count} {what} were left out"),
                    left_out: true,
                });
            }
        }
        if by_user.is_empty() {
            by_user.insert(String::new(), fresh());
        }
        let options =
            ReadOptions { unit: Some(options.unit.unwrap_or(OffsetUnit::Utf16)), schema: options.schema };
        for (user, mut draft) in by_user {
            draft.annotator = user;
            let record = draft.into_record(&place, OffsetUnit::Utf16, &options, sink);
            if sink.record(record).is_break() {
                return true;
            }
        }
    }
    false
}

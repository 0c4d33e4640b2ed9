//! One source of a project.

use super::super::xml::{Element, Piece, Pieces};
use super::plain_guid;
use crate::model::Value;

/// A selection.
#[derive(Debug, Default)]
pub(super) struct Selection {
    pub guid: String,
    pub place: Option<(u32, u32)>,
    pub user: String,
    pub description: String,
    /// Who coded it with which code.
    pub codings: Vec<(String, String)>,
    /// The notes on it.
    pub notes: Vec<String>,
}

/// A source with a text.
#[derive(Debug, Default)]
pub(super) struct Text {
    pub guid: String,
    pub name: String,
    pub path: String,
    pub content: Option<String>,
    pub description: String,
    pub selections: Vec<Selection>,
    /// The codes of the source as a whole.
    pub codes: Vec<String>,
    pub notes: Vec<String>,
    /// Variables, by their identifiers.
    pub values: Vec<(String, Value)>,
}

fn get(element: &Element, name: &str) -> String {
    element.get(name).unwrap_or_default().to_owned()
}

fn guid(element: &Element, name: &str) -> String {
    plain_guid(element.get(name).unwrap_or_default())
}

/// A source, from behind its beginning up to its end.
///
/// # Errors
/// It is no XML.
pub(super) fn text(pieces: &mut Pieces, element: &Element) -> Result<Text, String> {
    let mut text = Text {
        guid: guid(element, "guid"),
        name: get(element, "name"),
        path: get(element, "plainTextPath"),
        ..Text::default()
    };
    let mut coder = String::new();
    let mut depth = 1usize;
    while depth > 0 {
        match pieces.next()? {
            Some(Piece::Start(element)) => match element.local() {
                "Description" => text.description = pieces.inner_text()?,
                "PlainTextContent" => text.content = Some(pieces.inner_text()?),
                "VariableValue" => text.values.extend(variable_value(pieces)?),
                "PlainTextSelection" => {
                    let at = |name: &str| element.get(name).and_then(|number| number.trim().parse().ok());
                    let inner = inside_selection(pieces, &mut coder)?;
                    text.selections.push(Selection {
                        guid: guid(&element, "guid"),
                        place: at("startPosition").zip(at("endPosition")),
                        user: guid(&element, "creatingUser"),
                        ..inner
                    });
                }
                name => {
                    depth += 1;
                    match name {
                        "CodeRef" => text.codes.push(guid(&element, "targetGUID")),
                        "NoteRef" => text.notes.push(guid(&element, "targetGUID")),
                        _ => {}
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
                    "Coding" => *coder = guid(&element, "creatingUser"),
                    "CodeRef" => inner.codings.push((coder.clone(), guid(&element, "targetGUID"))),
                    "NoteRef" => inner.notes.push(guid(&element, "targetGUID")),
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

/// A source that is no text but may have one beside it (the pages of a PDF, what a picture shows), up to its end; and how many
/// selections of it are none of text.
///
/// # Errors
/// It is no XML.
pub(super) fn text_beside(pieces: &mut Pieces, element: &Element) -> Result<(Option<Text>, usize), String> {
    let (mut found, mut others, mut depth) = (None, 0usize, 1usize);
    while depth > 0 {
        match pieces.next()? {
            Some(Piece::Start(inner)) => match inner.local() {
                "Representation" | "TextDescription" if depth == 1 => {
                    let mut beside = text(pieces, &inner)?;
                    if beside.name.is_empty() {
                        beside.name = get(element, "name");
                    }
                    found = Some(beside);
                }
                name => {
                    depth += 1;
                    others += usize::from(depth == 2 && name.ends_with("Selection"));
                }
            },
            Some(Piece::End) => depth -= 1,
            Some(_) => {}
            None => break,
        }
    }
    Ok((found, others))
}

/// A variable, by its identifier, and its value; up to the end of the element.
///
/// # Errors
/// It is no XML.
pub(super) fn variable_value(pieces: &mut Pieces) -> Result<Option<(String, Value)>, String> {
    let (mut variable, mut value) = (None, None);
    loop {
        match pieces.next()? {
            Some(Piece::Start(element)) => {
                if element.local() == "VariableRef" {
                    variable = Some(guid(&element, "targetGUID"));
                    pieces.skip()?;
                    continue;
                }
                let said = pieces.inner_text()?;
                let said = said.trim();
                let plain = || Value::text(said);
                value = Some(match element.local() {
                    "BooleanValue" => match said {
                        "true" | "1" => Value::Bool(true),
                        "false" | "0" => Value::Bool(false),
                        _ => plain(),
                    },
                    "IntegerValue" => said.parse().map_or_else(|_| plain(), Value::Integer),
                    "FloatValue" => match said.parse::<f64>() {
                        Ok(number) if number.is_finite() => Value::Number(number),
                        _ => plain(),
                    },
                    _ => plain(),
                });
            }
            Some(Piece::End) | None => break,
            Some(_) => {}
        }
    }
    let is_said = |value: &Value| value.as_text().is_none_or(|text| !text.is_empty());
    Ok(variable.zip(value.filter(is_said)))
}

//! What a project or a codebook says besides its sources: users, codes, cases, notes, links. Sources are passed over.

use std::collections::{BTreeMap, HashMap};

use super::super::xml::{Element, Piece, Pieces};
use super::source::variable_value;
use super::{codes, plain_guid};
use crate::model::{Codebook, LabelDef, Term, Value, Words};

/// A code.
#[derive(Debug, Default)]
pub(super) struct Code {
    /// Its name after those of the codes around it: `parent/child`.
    pub label: String,
    /// Whether it only repeats what a span's fields say.
    pub is_aside: bool,
}

/// A note, and whether somebody has taken it.
#[derive(Debug, Default)]
pub(super) struct Note {
    pub content: Option<String>,
    pub path: String,
    pub is_taken: bool,
}

/// A case: somebody or something that sources and selections are about.
#[derive(Debug, Default)]
pub(super) struct Case {
    pub name: String,
    pub values: Vec<(String, Value)>,
}

/// What a project says besides its sources.
#[derive(Debug, Default)]
pub(super) struct Head {
    pub users: HashMap<String, String>,
    pub codes: HashMap<String, Code>,
    pub labels: Vec<LabelDef>,
    /// Whether there are codes and nothing else.
    pub is_codebook: bool,
    pub codebook: Codebook,
    pub variables: HashMap<String, String>,
    pub cases: Vec<Case>,
    /// The cases of a source or a selection.
    pub cases_of: HashMap<String, Vec<usize>>,
    pub notes: HashMap<String, Note>,
    /// Links by where they begin: where they end, and what they are called.
    pub links: HashMap<String, Vec<(String, String)>>,
    pub left_out: BTreeMap<&'static str, usize>,
}

/// A code that is open.
struct Open {
    guid: String,
    name: String,
    is_term: bool,
    description: String,
    is_codable: bool,
    /// Which label it is, if it is one.
    label: Option<usize>,
    /// Whether its description was seen, and it was put in its place.
    is_placed: bool,
}

/// Reads everything but the sources.
///
/// # Errors
/// It is no project and no codebook.
pub(super) fn read(xml: &str) -> Result<Head, String> {
    let mut pieces = Pieces::new(xml);
    let mut head = Head::default();
    // Open elements; codes have theirs beside.
    let mut open: Vec<bool> = Vec::new();
    let mut path: Vec<Open> = Vec::new();
    while let Some(piece) = pieces.next()? {
        let element = match piece {
            Piece::Start(element) => element,
            Piece::End => {
                if open.pop() == Some(true) {
                    head.place_code(&mut path);
                    path.pop();
                }
                continue;
            }
            _ => continue,
        };
        let local = element.local();
        if open.is_empty() && local != "Project" && local != "CodeBook" {
            return Err(format!("its root is `{local}`, not `Project` or `CodeBook`"));
        }
        head.is_codebook |= open.is_empty() && local == "CodeBook";
        let get = |name: &str| element.get(name).unwrap_or_default().to_owned();
        let guid = |name: &str| plain_guid(element.get(name).unwrap_or_default());
        match local {
            "User" => drop(head.users.insert(guid("guid"), get("name"))),
            "Code" => {
                head.place_code(&mut path);
                let guid = guid("guid");
                let is_term = guid == codes::of_codebook().to_string()
                    || path.last().is_some_and(|above| above.is_term);
                path.push(Open {
                    guid,
                    name: get("name"),
                    is_term,
                    description: String::new(),
                    is_codable: element.get("isCodable") != Some("false"),
                    label: None,
                    is_placed: false,
                });
                open.push(true);
                continue;
            }
            "Description" => {
                let said = pieces.inner_text()?;
                if let Some(code) = path.last_mut() {
                    code.description = said;
                }
                continue;
            }
            "TextSource" | "PictureSource" | "PDFSource" | "AudioSource" | "VideoSource" => {
                pieces.skip()?;
                continue;
            }
            "Variable" => drop(head.variables.insert(guid("guid"), get("name"))),
            "Case" => {
                head.case(&mut pieces, &element)?;
                continue;
            }
            "Note" => {
                head.note(&mut pieces, &element)?;
                continue;
            }
            "Link" => {
                let leads_to = (guid("targetGUID"), get("name"));
                head.links.entry(guid("originGUID")).or_default().push(leads_to);
            }
            "Graph" | "Set" => {
                let what = if local == "Graph" { "graphs" } else { "sets of codes and sources" };
                *head.left_out.entry(what).or_default() += 1;
                pieces.skip()?;
                continue;
            }
            _ => {}
        }
        open.push(false);
    }
    Ok(head)
}

impl Head {
    /// Puts the innermost open code in its place, once its description was seen.
    fn place_code(&mut self, path: &mut [Open]) {
        let names: Vec<String> = path.iter().map(|code| code.name.clone()).collect();
        let above = path.iter().rev().nth(1);
        let parent = above.filter(|above| above.guid != codes::of_codebook().to_string());
        let parent = parent.map(|above| above.name.clone());
        let Some(code) = path.last_mut().filter(|code| !code.is_placed) else { return };
        code.is_placed = true;
        let is_root = code.guid == codes::of_codebook().to_string();
        let is_aside = code.is_term || codes::is_field_or_choice(&code.guid, &names);
        let label = names.join("/");
        if is_root {
            self.codebook.name.clone_from(&code.name);
        } else if code.is_term {
            let term: Term = codes::term(&code.name, parent.as_deref(), &code.description);
            self.codebook.insert(term);
        } else if code.is_codable && !is_aside {
            let mut def = LabelDef::bare(label.as_str());
            if !code.description.is_empty() {
                // Nobody says which language it is in.
                def.help = Words(vec![("und".to_owned(), code.description.clone())]);
            }
            code.label = Some(self.labels.len());
            self.labels.push(def);
        }
        self.codes.insert(code.guid.clone(), Code { label, is_aside });
    }

    fn case(&mut self, pieces: &mut Pieces, element: &Element) -> Result<(), String> {
        let number = self.cases.len();
        let mut case = Case { name: element.get("name").unwrap_or_default().to_owned(), ..Case::default() };
        let mut depth = 1usize;
        while depth > 0 {
            match pieces.next()? {
                Some(Piece::Start(element)) => match element.local() {
                    "VariableValue" => case.values.extend(variable_value(pieces)?),
                    name => {
                        depth += 1;
                        if name == "SourceRef" || name == "SelectionRef" {
                            let target = plain_guid(element.get("targetGUID").unwrap_or_default());
                            self.cases_of.entry(target).or_default().push(number);
                        } else if name == "CodeRef" {
                            *self.left_out.entry("codes of cases").or_default() += 1;
                        }
                    }
                },
                Some(Piece::End) => depth -= 1,
                Some(_) => {}
                None => break,
            }
        }
        self.cases.push(case);
        Ok(())
    }

    fn note(&mut self, pieces: &mut Pieces, element: &Element) -> Result<(), String> {
        let mut note =
            Note { path: element.get("plainTextPath").unwrap_or_default().to_owned(), ..Note::default() };
        let mut depth = 1usize;
        while depth > 0 {
            match pieces.next()? {
                Some(Piece::Start(element)) => match element.local() {
                    "PlainTextContent" => note.content = Some(pieces.inner_text()?),
                    name => {
                        depth += 1;
                        if name == "PlainTextSelection" {
                            *self.left_out.entry("selections in notes").or_default() += 1;
                        }
                    }
                },
                Some(Piece::End) => depth -= 1,
                Some(_) => {}
                None => break,
            }
        }
        self.notes.insert(plain_guid(element.get("guid").unwrap_or_default()), note);
        Ok(())
    }
}

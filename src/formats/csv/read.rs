//! Reading a folder of tables.

use std::collections::{BTreeMap, HashMap};
use std::ops::ControlFlow;

use serde_json::{Map, Value as Json};

use super::super::draft::{Draft, DraftRelation, DraftSpan, put_meta};
use super::super::json_value::{fields_from, plain};
use super::super::{FormatError, OffsetUnit, ReadOptions, Remark, Sink, SourceFiles};
use super::columns::{HOLDER, ISSUE, RELATION, SPAN, field_of, value};
use super::source::Rows;
use crate::model::{ArticleMeta, FieldDef, FieldKind, Fields, Schema, Status, Value};

/// What the other tables say of one article, by annotator.
type Said = BTreeMap<String, (Vec<DraftSpan>, Vec<DraftRelation>)>;

/// Reads `articles.csv` and what lies beside it. Where every table has the articles in the same order, as ours do, no more than one
/// article is held; else spans, stances and relations are, and texts are not.
pub(super) fn read(
    source: &dyn SourceFiles,
    articles: &str,
    options: &ReadOptions,
    sink: &mut dyn Sink,
) -> Result<(), FormatError> {
    let folder = articles.strip_suffix("articles.csv").unwrap_or_default();
    let files = source.files();
    let beside = |name: &str| files.iter().find(|file| **file == format!("{folder}{name}"));
    let open = |name: &'static str| match beside(name) {
        Some(file) => Table::open(source, file, name).map(Some),
        None => Ok(None),
    };
    let mut tables = Tables {
        spans: open("spans.csv")?,
        stances: open("stances.csv")?,
        relations: open("relations.csv")?,
        schema: options.schema,
    };
    let others = ["spans.csv", "stances.csv", "relations.csv"].into_iter().filter_map(beside);
    let is_in_order = is_in_order(source, articles, others)?;
    let mut said: HashMap<String, Said> = HashMap::new();
    if !is_in_order {
        tables.read(None, &mut said, sink)?;
    }
    let mut rows = Rows::open(source, articles)?;
    let (article, text) = (rows.column("article"), rows.column("text"));
    if article.is_none() || text.is_none() {
        return Err(FormatError::NotThisFormat {
            file: articles.to_owned(),
            format: "csv",
            why: "its first row does not name the columns `article` and `text`".to_owned(),
        });
    }
    while rows.next()? {
        let place = rows.place();
        let path = rows.text(article);
        if path.is_empty() {
            sink.remark(Remark {
                place,
                what: "the row names no article; it was left out".to_owned(),
                left_out: true,
            });
            continue;
        }
        if is_in_order {
            tables.read(Some(&path), &mut said, sink)?;
        }
        let mut of_article = said.remove(&path).unwrap_or_default();
        let status = by_annotator(&mut rows, "status");
        let fields = by_annotator(&mut rows, "fields");
        let meta = meta(&mut rows);
        let text = rows.text(text);
        for annotator in status.keys().chain(fields.keys()) {
            of_article.entry(annotator.clone()).or_default();
        }
        if of_article.is_empty() {
            of_article.insert(String::new(), Default::default());
        }
        for (annotator, (spans, relations)) in of_article {
            let own = match fields.get(&annotator) {
                Some(Json::Object(own)) => fields_from(own.clone()).unwrap_or_default(),
                _ => Fields::new(),
            };
            let draft = Draft {
                article: path.clone(),
                status: status.get(&annotator).and_then(Json::as_str).and_then(Status::from_name),
                annotator,
                meta: meta.clone(),
                text: text.clone(),
                fields: own,
                spans,
                relations,
            };
            let draft = draft.in_schema_order(options.schema);
            let record = draft.into_record(&place, OffsetUnit::CodePoints, options, sink);
            if let ControlFlow::Break(()) = sink.record(record) {
                return Ok(());
            }
        }
    }
    tables.end(sink);
    rows.end(sink);
    for (article, said) in said {
        let spans: usize = said.values().map(|(spans, _)| spans.len()).sum();
        let what =
            format!("it is not in articles.csv, so nobody knows its text; its {spans} spans were left out");
        sink.remark(Remark { place: article, what, left_out: true });
    }
    Ok(())
}

/// Whether the tables have the rows of each article together, and in the order in which the articles stand in theirs.
fn is_in_order<'f>(
    source: &dyn SourceFiles,
    articles: &str,
    others: impl Iterator<Item = &'f String>,
) -> Result<bool, FormatError> {
    let mut rows = Rows::open(source, articles)?;
    let column = rows.column("article");
    let mut order: HashMap<String, usize> = HashMap::new();
    while rows.next()? {
        let (number, path) = (order.len(), rows.text(column));
        if path.is_empty() || order.insert(path, number).is_some() {
            return Ok(false);
        }
    }
    for file in others {
        let mut rows = Rows::open(source, file)?;
        let column = rows.column("article");
        let mut last = 0;
        while rows.next()? {
            match order.get(&rows.text(column)) {
                Some(number) if *number >= last => last = *number,
                _ => return Ok(false),
            }
        }
    }
    Ok(true)
}

/// A table beside that of the articles, which can be read one article after another.
struct Table<'a> {
    rows: Rows<'a>,
    name: &'static str,
    article: Option<usize>,
    faults: Faults,
    /// Whether the row where it stands was not given yet.
    is_ahead: bool,
}

impl<'a> Table<'a> {
    fn open(source: &'a dyn SourceFiles, file: &str, name: &'static str) -> Result<Self, FormatError> {
        let rows = Rows::open(source, file)?;
        let article = rows.column("article");
        Ok(Self { rows, name, article, faults: Faults::default(), is_ahead: false })
    }

    /// Goes to the next row, if it is of this article, or of whatever article.
    fn next(&mut self, of: Option<&str>) -> Result<bool, FormatError> {
        if !self.is_ahead && !self.rows.next()? {
            return Ok(false);
        }
        self.is_ahead = of.is_some_and(|of| !self.rows.says(self.article, of));
        Ok(!self.is_ahead)
    }

    fn fault(&mut self, what: String, sink: &mut dyn Sink) {
        self.faults.tell(self.rows.place(), what, sink);
    }
}

/// The tables beside that of the articles.
struct Tables<'a> {
    spans: Option<Table<'a>>,
    stances: Option<Table<'a>>,
    relations: Option<Table<'a>>,
    schema: &'a Schema,
}

impl Tables<'_> {
    /// Reads what they say of one article, which comes next in them, or all that they say.
    fn read(
        &mut self,
        of: Option<&str>,
        said: &mut HashMap<String, Said>,
        sink: &mut dyn Sink,
    ) -> Result<(), FormatError> {
        if let Some(table) = &mut self.spans {
            spans(table, of, self.schema, said, sink)?;
        }
        if let Some(table) = &mut self.stances {
            stances(table, of, self.schema, said, sink)?;
        }
        if let Some(table) = &mut self.relations {
            relations(table, of, self.schema, said, sink)?;
        }
        Ok(())
    }

    fn end(self, sink: &mut dyn Sink) {
        for table in [self.spans, self.stances, self.relations].into_iter().flatten() {
            table.faults.end(table.name, sink);
            table.rows.end(sink);
        }
    }
}

fn by_annotator(rows: &mut Rows, column: &str) -> Map<String, Json> {
    let column = rows.column(column);
    match serde_json::from_str(&rows.cell(column)) {
        Ok(Json::Object(object)) => object,
        _ => Map::new(),
    }
}

fn meta(rows: &mut Rows) -> ArticleMeta {
    let mut meta = ArticleMeta::default();
    for name in ["language", "title", "date", "source", "url", "author"] {
        let column = rows.column(name);
        let value = rows.text(column);
        put_meta(&mut meta, name, value);
    }
    let column = rows.column("meta");
    if let Ok(Json::Object(other)) = serde_json::from_str(&rows.cell(column)) {
        for (name, value) in other {
            put_meta(&mut meta, &name, plain(value).unwrap_or_default());
        }
    }
    meta
}

/// The columns of a table that hold fields: all but the fixed ones.
fn field_columns(rows: &Rows, fixed: &[&str]) -> Vec<(usize, String)> {
    let own = rows.headings().iter().enumerate().filter(|(_, heading)| !fixed.contains(&heading.as_str()));
    own.map(|(column, heading)| (column, field_of(heading).to_owned())).collect()
}

fn fields_of(rows: &mut Rows, columns: &[(usize, String)], defs: &[FieldDef]) -> Fields {
    let mut fields = Fields::new();
    for (column, name) in columns {
        let def = defs.iter().find(|def| def.name == *name);
        if let Some(value) = value(def, &rows.cell(Some(*column))) {
            fields.set(name, value);
        }
    }
    fields
}

/// Rows that were left out, the first few one by one.
#[derive(Default)]
struct Faults(usize);

impl Faults {
    fn tell(&mut self, place: String, what: String, sink: &mut dyn Sink) {
        self.0 += 1;
        if self.0 <= 20 {
            sink.remark(Remark { place, what: format!("{what}; the row was left out"), left_out: true });
        }
    }

    fn end(self, table: &str, sink: &mut dyn Sink) {
        if self.0 > 20 {
            let what = format!("{} more rows were left out for reasons like these", self.0 - 20);
            sink.remark(Remark { place: table.to_owned(), what, left_out: true });
        }
    }
}

/// The parts of a span: the column `parts`, else `start` and `end`.
pub(super) fn parts(parts: &str, start: &str, end: &str) -> Result<Vec<(u32, u32)>, String> {
    let parts: Vec<(u32, u32)> = match parts.trim() {
        "" => {
            let whole = |cell: &str, name: &str| {
                // A spreadsheet may have turned 12 into 12.0.
                let cell = cell.trim();
                let plain = cell.strip_suffix(".0").unwrap_or(cell);
                plain
                    .parse::<u32>()
                    .map_err(|_no_number| format!("`{name}` is `{cell}` and should be a whole number from 0"))
            };
            vec![(whole(start, "start")?, whole(end, "end")?)]
        }
        parts => serde_json::from_str(parts)
            .map_err(|_no_list| format!("`parts` is `{parts}` and should be [[start, end], …]"))?,
    };
    match parts.iter().find(|(start, end)| end < start) {
        Some((start, end)) => Err(format!("[{start}, {end}] ends before it starts")),
        None if parts.is_empty() => Err("the span has no place".to_owned()),
        None => Ok(parts),
    }
}

fn spans(
    table: &mut Table,
    of: Option<&str>,
    schema: &Schema,
    said: &mut HashMap<String, Said>,
    sink: &mut dyn Sink,
) -> Result<(), FormatError> {
    let [article, annotator, id, label, start, end, places, text] = SPAN.map(|name| table.rows.column(name));
    let own = field_columns(&table.rows, &SPAN);
    while table.next(of)? {
        let rows = &mut table.rows;
        let path = rows.text(article);
        let label = rows.text(label);
        let (start, end, places) = (rows.cell(start), rows.cell(end), rows.cell(places));
        let parts = match parts(&places, &start, &end) {
            Ok(parts) if !label.is_empty() => parts,
            Ok(_) => {
                table.fault("the span has no label".to_owned(), sink);
                continue;
            }
            Err(what) => {
                table.fault(what, sink);
                continue;
            }
        };
        let id = Some(rows.text(id)).filter(|id| !id.is_empty());
        let quoted = text.map(|column| rows.text(Some(column)));
        let annotator = rows.text(annotator);
        let fields = fields_of(rows, &own, schema.fields_of(&label));
        let span = DraftSpan { id, label, parts, text: quoted, fields, note: String::new() };
        said.entry(path).or_default().entry(annotator).or_default().0.push(span);
    }
    Ok(())
}

fn stances(
    table: &mut Table,
    of: Option<&str>,
    schema: &Schema,
    said: &mut HashMap<String, Said>,
    sink: &mut dyn Sink,
) -> Result<(), FormatError> {
    let [article, annotator, span] = ["article", "annotator", "span"].map(|name| table.rows.column(name));
    // Where each span is in its list, so that it is not looked for row after row.
    let mut places: HashMap<(String, String, String), usize> = HashMap::new();
    for (article, said) in said.iter() {
        for (annotator, (spans, _)) in said {
            for (place, span) in spans.iter().enumerate() {
                if let Some(id) = &span.id {
                    places.insert((article.clone(), annotator.clone(), id.clone()), place);
                }
            }
        }
    }
    while table.next(of)? {
        let rows = &mut table.rows;
        let key = (rows.text(article), rows.text(annotator), rows.text(span));
        let list = said.get_mut(&key.0).and_then(|said| said.get_mut(&key.1)).map(|(spans, _)| spans);
        let there = places.get(&key).copied().zip(list).and_then(|(place, spans)| spans.get_mut(place));
        let Some(span) = there else {
            table.fault(format!("there is no span `{}` of `{}` in spans.csv", key.2, key.1), sink);
            continue;
        };
        for (name, columns) in [("holders", HOLDER), ("issues", ISSUE)] {
            let def = schema.fields_of(&span.label).iter().find(|def| def.name == name);
            let inner = match def.map(|def| &def.kind) {
                Some(FieldKind::Record(inner)) => inner.as_slice(),
                _ => &[],
            };
            let mut record = Fields::new();
            // In the order of the schema, which is the order in which records are written.
            let mut columns: Vec<_> = columns.to_vec();
            columns.sort_by_key(|(field, _)| inner.iter().position(|def| def.name == *field));
            for (field, heading) in columns {
                let column = rows.column(heading);
                let def = inner.iter().find(|def| def.name == field);
                if let Some(value) = value(def, &rows.cell(column)) {
                    record.set(field, value);
                }
            }
            if record.is_empty() {
                continue;
            }
            let mut list = match span.fields.get(name) {
                Some(Value::List(list)) => list.clone(),
                _ => Vec::new(),
            };
            let record = Value::Record(record);
            if !list.contains(&record) {
                list.push(record);
                span.fields.set(name, Value::List(list));
            }
        }
    }
    Ok(())
}

fn relations(
    table: &mut Table,
    of: Option<&str>,
    schema: &Schema,
    said: &mut HashMap<String, Said>,
    sink: &mut dyn Sink,
) -> Result<(), FormatError> {
    let [article, annotator, id, label, from, to] = RELATION.map(|name| table.rows.column(name));
    let own = field_columns(&table.rows, &RELATION);
    while table.next(of)? {
        let rows = &mut table.rows;
        let (path, annotator) = (rows.text(article), rows.text(annotator));
        let (label, from, to) = (rows.text(label), rows.text(from), rows.text(to));
        if label.is_empty() || from.is_empty() || to.is_empty() {
            table.fault("the relation lacks its label or an end".to_owned(), sink);
            continue;
        }
        let defs = schema.relation(&label).map_or(&[][..], |def| &def.fields);
        let fields = fields_of(rows, &own, defs);
        let id = Some(rows.text(id)).filter(|id| !id.is_empty());
        let relation = DraftRelation { id, label, from, to, fields };
        said.entry(path).or_default().entry(annotator).or_default().1.push(relation);
    }
    Ok(())
}

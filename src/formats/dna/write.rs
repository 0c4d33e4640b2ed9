//! Writing `dna`.

use std::io::{self, Write};

use super::super::cells::guarded;
use super::super::{FormatError, LossReport, Record, RecordSource, TargetFiles, WriteOptions};
use super::graphml::Network;
use super::statement::{Statement, of};

/// The columns of the table.
const COLUMNS: [&str; 9] =
    ["date", "document", "person", "organization", "concept", "agreement", "text", "start", "end"];

fn failed(cause: io::Error) -> FormatError {
    FormatError::Io { what: "could not write", file: "the export".to_owned(), cause }
}

pub(super) fn count_loss(record: &Record, options: &WriteOptions, loss: &mut LossReport) {
    let (mut silent, mut several, mut unclear, mut nobody) = (0, 0, 0, 0);
    for span in record.set.spans() {
        let statements = of(span, record, options);
        silent += usize::from(statements.is_empty());
        several += usize::from(!statements.is_empty() && span.parts.len() > 1);
        unclear += statements.iter().filter(|statement| statement.agreement.is_none()).count();
        nobody += statements.iter().filter(|statement| statement.actor.is_none()).count();
    }
    loss.add(
        silent,
        "span without an issue",
        "spans without an issue",
        "left out, as they are no statements",
    );
    loss.add(
        unclear,
        "stance that is neither for nor against",
        "stances that are neither for nor against",
        "written with an empty agreement",
    );
    loss.add(
        nobody,
        "statement of nobody in particular",
        "statements of nobody in particular",
        "written without an actor, and in no network",
    );
    loss.add(
        several,
        "discontinuous span",
        "discontinuous spans",
        "become one place from the first part to the last",
    );
    loss.add(record.set.relation_count(), "relation", "relations", "left out");
    loss.add(1, "article's text", "articles' texts", "left out");
}

struct Table(csv::Writer<Box<dyn Write>>);

impl Table {
    fn begin(out: &mut dyn TargetFiles, path: &str) -> Result<Self, FormatError> {
        let file = out.create(path).map_err(failed)?;
        let mut table = Self(csv::WriterBuilder::new().buffer_capacity(1 << 16).from_writer(file));
        table.0.write_record(COLUMNS).map_err(|error| failed(error.into()))?;
        Ok(table)
    }

    fn record(
        &mut self,
        record: &Record,
        options: &WriteOptions,
        each: &mut dyn FnMut(&Statement),
    ) -> Result<(), FormatError> {
        let date = record.meta.date.as_deref().unwrap_or_default();
        for span in record.set.spans() {
            for statement in of(span, record, options) {
                let actor = statement.actor.clone().unwrap_or_default();
                let agreement = match statement.agreement {
                    Some(true) => "1",
                    Some(false) => "0",
                    None => "",
                };
                let place = span.parts.hull();
                let text = span.surface(&record.text);
                let texts =
                    [date, &record.set.article, &actor.person, &actor.organization, &statement.concept];
                let mut row: Vec<String> = texts.iter().map(|text| guarded(text).into_owned()).collect();
                row.extend([agreement.to_owned(), guarded(&text).into_owned()]);
                row.extend([place.start().get().to_string(), place.end().get().to_string()]);
                self.0.write_record(&row).map_err(|error| failed(error.into()))?;
                each(&statement);
            }
        }
        Ok(())
    }
}

pub(super) fn statements(
    records: &dyn RecordSource,
    options: &WriteOptions,
    out: &mut dyn TargetFiles,
) -> Result<(), FormatError> {
    let mut table = Table::begin(out, "")?;
    records.for_each(&mut |record| table.record(&record, options, &mut |_| {}))?;
    table.0.flush().map_err(failed)
}

pub(super) fn folder(
    records: &dyn RecordSource,
    options: &WriteOptions,
    out: &mut dyn TargetFiles,
) -> Result<(), FormatError> {
    let mut table = Table::begin(out, "statements.csv")?;
    let mut network = Network::default();
    records
        .for_each(&mut |record| table.record(&record, options, &mut |statement| network.add(statement)))?;
    table.0.flush().map_err(failed)?;
    for (path, graph) in
        [("two-mode.graphml", network.two_mode(options)), ("one-mode.graphml", network.one_mode())]
    {
        out.create(path).and_then(|mut file| file.write_all(graph.as_bytes())).map_err(failed)?;
    }
    Ok(())
}

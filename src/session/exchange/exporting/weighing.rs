//! What a format cannot carry, counted while the records go by on their way to the writer.

use std::sync::{Mutex, PoisonError};

use rayon::prelude::*;

use crate::formats::{FormatError, LossReport, Record, RecordSource, WriteOptions, Writer};

/// Records whose losses are counted the first time that all of them are gone through.
pub(super) struct Weighing<'a> {
    records: &'a dyn RecordSource,
    writer: &'static dyn Writer,
    options: &'a WriteOptions<'a>,
    report: Mutex<Option<LossReport>>,
}

impl<'a> Weighing<'a> {
    pub fn new(
        records: &'a dyn RecordSource,
        writer: &'static dyn Writer,
        options: &'a WriteOptions<'a>,
    ) -> Self {
        let report = writer.is_lossless().then(LossReport::default);
        Self { records, writer, options, report: Mutex::new(report) }
    }

    /// What will be lost. Goes through the records if nobody has done so to the end.
    pub fn report(&self) -> Result<LossReport, FormatError> {
        if self.known().is_none() {
            self.for_each_chunk(&mut |_| Ok(()))?;
        }
        Ok(self.known().unwrap_or_default())
    }

    fn known(&self) -> Option<LossReport> {
        self.report.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl RecordSource for Weighing<'_> {
    fn for_each(&self, visit: &mut dyn FnMut(Record) -> Result<(), FormatError>) -> Result<(), FormatError> {
        self.for_each_chunk(&mut |records| records.into_iter().try_for_each(&mut *visit))
    }

    fn for_each_chunk(
        &self,
        visit: &mut dyn FnMut(Vec<Record>) -> Result<(), FormatError>,
    ) -> Result<(), FormatError> {
        if self.known().is_some() {
            return self.records.for_each_chunk(visit);
        }
        let mut all = LossReport::default();
        self.records.for_each_chunk(&mut |records| {
            let weighed = records.par_iter().map(|record| {
                let mut loss = LossReport::default();
                self.writer.count_loss(record, self.options, &mut loss);
                loss
            });
            let weighed: Vec<LossReport> = weighed.collect();
            weighed.into_iter().for_each(|loss| all.join(loss));
            visit(records)
        })?;
        *self.report.lock().unwrap_or_else(PoisonError::into_inner) = Some(all);
        Ok(())
    }

    fn known_count(&self) -> Option<usize> {
        self.records.known_count()
    }

    fn several_annotators(&self) -> Option<bool> {
        self.records.several_annotators()
    }
}

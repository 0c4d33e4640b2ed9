//! Which rules look at what: one walk over spans, fields and relations for all of them.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rayon::prelude::*;

use super::draft::{Findings, severity_of};
use super::finding::Finding;
use super::report::Report;
use super::rule::{Check, Rule};
use super::rules::rules;
use super::scope::{FieldSite, Owner, RelationSite, SetScope, Siblings, SpanSite, Trail, ValueSite};
use crate::model::{
    AnnotationSet, Article, Codebook, FieldDef, FieldKind, Fields, FileFault, Places, ProjectSettings,
    Register, Schema, Severity, Span, Value,
};
use crate::text::ByteRange;

/// One set of annotations, with what it is to be checked against.
#[derive(Clone, Copy, Debug)]
pub struct SetInput<'a> {
    /// The annotation file, relative to the project's root, with `/`.
    pub file: &'a str,
    /// The project's settings.
    pub settings: &'a ProjectSettings,
    /// Its schema.
    pub schema: &'a Schema,
    /// Its register.
    pub register: &'a Register,
    /// Its codebook.
    pub codebook: &'a Codebook,
    /// The article; `None` if it is not there or could not be read, then nothing about the text is checked.
    pub article: Option<&'a Article>,
    /// The annotations.
    pub set: &'a AnnotationSet,
    /// Where they stand in the file, if they were read from one.
    pub places: Option<&'a Places>,
}

/// An article of a project, or why it could not be read.
#[derive(Clone, Debug)]
pub struct ArticleState<'a> {
    /// Its path relative to the project's root, with `/`.
    pub path: &'a str,
    /// The article.
    pub outcome: Result<&'a Article, &'a FileFault>,
}

/// An annotation file of a project, or why it could not be read.
#[derive(Clone, Debug)]
pub struct SetState<'a> {
    /// The file, relative to the project's root, with `/`.
    pub file: &'a str,
    /// The annotator in whose folder it lies.
    pub annotator: &'a str,
    /// The annotations and where they stand.
    pub outcome: Result<(&'a AnnotationSet, &'a Places), &'a FileFault>,
}

/// A whole project.
#[derive(Clone, Debug)]
pub struct ProjectInput<'a> {
    /// Its settings.
    pub settings: &'a ProjectSettings,
    /// Its schema.
    pub schema: &'a Schema,
    /// Its register.
    pub register: &'a Register,
    /// Its codebook.
    pub codebook: &'a Codebook,
    /// What was wrong with the settings, schema, register and codebook files. Faults of articles and annotation files may stand
    /// here too; they are reported once.
    pub faults: &'a [FileFault],
    /// Its articles.
    pub articles: &'a [ArticleState<'a>],
    /// Its annotation files, gold included.
    pub sets: &'a [SetState<'a>],
}

/// Up to how many spans the same words are compared while an article is being annotated.
const COMPARED_LIVE: usize = 20_000;

/// Checks one set: everything that can be said without looking at other files. Quick enough to be called after every edit.
///
/// In sets of more than 20,000 spans the same words are not compared with each other (P603, P604), because that costs more than
/// all the rest together; [`check_project`] always compares them.
///
/// Findings come in the order of the file, then by code.
pub fn check_set(input: &SetInput) -> Vec<Finding> {
    let scope = SetScope::new(input);
    let compared = match scope.spans.len() > COMPARED_LIVE {
        true => &[][..],
        false => std::slice::from_ref(&scope),
    };
    let (mut findings, more) = rayon::join(|| look_at_set(&scope), || look_at_sets(compared, input.settings));
    findings.extend(more);
    in_order(&mut findings);
    findings
}

/// Checks a whole project, sets in parallel.
///
/// Findings come by file, line, column and code, and in the same order every time.
pub fn check_project(input: &ProjectInput) -> Report {
    let articles: BTreeMap<&str, &Article> =
        input.articles.iter().filter_map(|state| Some((state.path, state.outcome.ok()?))).collect();
    let inputs: Vec<SetInput> = input
        .sets
        .iter()
        .filter_map(|state| {
            let (set, places) = state.outcome.ok()?;
            Some(SetInput {
                file: state.file,
                settings: input.settings,
                schema: input.schema,
                register: input.register,
                codebook: input.codebook,
                article: articles.get(set.article.as_str()).copied(),
                set,
                places: Some(places),
            })
        })
        .collect();
    let scopes: Vec<SetScope> = inputs.par_iter().map(SetScope::new).collect();
    let mut findings: Vec<Finding> = scopes.par_iter().flat_map_iter(look_at_set).collect();

    let mut by_annotator: BTreeMap<&str, Vec<SetScope>> = BTreeMap::new();
    for scope in scopes {
        by_annotator.entry(scope.input.set.annotator.as_str()).or_default().push(scope);
    }
    let by_annotator: Vec<Vec<SetScope>> = by_annotator.into_values().collect();
    findings.par_extend(by_annotator.par_iter().flat_map_iter(|sets| look_at_sets(sets, input.settings)));
    findings.extend(look_at_project(input));
    in_order(&mut findings);

    let paths: BTreeSet<&str> = input.articles.iter().map(|article| article.path).collect();
    Report {
        files: input.sets.len(),
        articles: paths.len(),
        spans: inputs.iter().map(|input| input.set.len()).sum(),
        findings,
    }
}

fn in_order(findings: &mut [Finding]) {
    findings.sort_by(|a, b| {
        let key = |f: &'_ Finding| (f.place, f.code, f.range.map(|r| (r.start(), r.end())));
        a.file.cmp(&b.file).then_with(|| key(a).cmp(&key(b))).then_with(|| {
            let about = (&a.span, &a.relation, &a.path).cmp(&(&b.span, &b.relation, &b.path));
            about.then_with(|| a.message().cmp(&b.message()))
        })
    });
}

/// The rules of one sort that are not turned off, each with its severity here.
type Checks<C> = Vec<(&'static Rule, Severity, C)>;

fn active<C>(settings: &ProjectSettings, wanted: impl Fn(Check) -> Option<C>) -> Checks<C> {
    let on = |rule: &&'static Rule| Some((*rule, severity_of(rule, settings), wanted(rule.check)?));
    rules().iter().filter_map(on).filter(|(_, severity, _)| *severity != Severity::Off).collect()
}

fn look_at_project(input: &ProjectInput) -> Vec<Finding> {
    let checks = active(input.settings, |check| match check {
        Check::Project(check) => Some(check),
        _ => None,
    });
    let mut findings = Findings::default();
    for (rule, severity, check) in checks {
        findings.turn_to(rule, severity);
        check(input, &mut findings);
    }
    findings.into_vec()
}

fn look_at_sets(scopes: &[SetScope], settings: &ProjectSettings) -> Vec<Finding> {
    let checks = active(settings, |check| match check {
        Check::Sets(check) => Some(check),
        _ => None,
    });
    let look = |check: &(&'static Rule, Severity, SetsCheck)| {
        let (rule, severity, check) = *check;
        let mut findings = Findings::default();
        findings.turn_to(rule, severity);
        check(scopes, &mut findings);
        findings.into_vec()
    };
    checks.par_iter().flat_map_iter(look).collect()
}

type SetsCheck = fn(&[SetScope], &mut Findings);

/// How many spans one thread looks at before it asks for more.
const CHUNK: usize = 2048;

fn look_at_set(scope: &SetScope) -> Vec<Finding> {
    let look = Look::new(scope.input.settings);
    let (of_spans, of_the_rest) = rayon::join(
        || {
            let chunks = scope.spans.par_chunks(CHUNK);
            chunks.flat_map_iter(|spans| look.at_spans(scope, spans)).collect::<Vec<_>>()
        },
        || look.at_the_rest(scope),
    );
    let mut findings = of_spans;
    findings.extend(of_the_rest);
    findings
}

/// The rules taken apart by what they look at, so that the walk does not ask again at every value.
struct Look {
    spans: Checks<fn(&SpanSite, &mut Findings)>,
    fields: Checks<fn(&FieldSite, &mut Findings)>,
    values: Checks<fn(&ValueSite, &mut Findings)>,
    relations: Checks<fn(&RelationSite, &mut Findings)>,
    sets: Checks<fn(&SetScope, &mut Findings)>,
}

impl Look {
    fn new(settings: &ProjectSettings) -> Self {
        macro_rules! of {
            ($sort:ident) => {
                active(settings, |check| match check {
                    Check::$sort(check) => Some(check),
                    _ => None,
                })
            };
        }
        Self {
            spans: of!(Span),
            fields: of!(Field),
            values: of!(Value),
            relations: of!(Relation),
            sets: of!(Set),
        }
    }

    fn at_spans(&self, scope: &SetScope, spans: &[&Arc<Span>]) -> Vec<Finding> {
        let mut findings = Findings::default();
        let mut bytes: Vec<Option<ByteRange>> = Vec::new();
        for span in spans {
            bytes.clear();
            if let Some(text) = scope.text {
                bytes.extend(span.parts.iter().map(|part| text.byte_range(*part)));
            }
            let label = scope.label(&span.label);
            let site = SpanSite { scope, span, label, bytes: &bytes };
            for (rule, severity, check) in &self.spans {
                findings.turn_to(rule, *severity);
                check(&site, &mut findings);
            }
            if let Some(label) = label {
                self.at_fields(scope, Owner::Span(span), &label.fields, &span.fields, &mut findings);
            }
        }
        findings.into_vec()
    }

    /// The set as a whole, its relations, and the article's fields.
    fn at_the_rest(&self, scope: &SetScope) -> Vec<Finding> {
        let mut findings = Findings::default();
        for (rule, severity, check) in &self.sets {
            findings.turn_to(rule, *severity);
            check(scope, &mut findings);
        }
        let schema = scope.input.schema;
        for relation in scope.input.set.relations() {
            let site = RelationSite { scope, relation };
            for (rule, severity, check) in &self.relations {
                findings.turn_to(rule, *severity);
                check(&site, &mut findings);
            }
            if let Some(def) = schema.relation(&relation.label) {
                self.at_fields(
                    scope,
                    Owner::Relation(relation),
                    &def.fields,
                    &relation.fields,
                    &mut findings,
                );
            }
        }
        let fields = &scope.input.set.fields;
        self.at_fields(scope, Owner::Article, &schema.article_fields, fields, &mut findings);
        findings.into_vec()
    }

    fn at_fields<'a>(
        &self,
        scope: &'a SetScope<'a>,
        owner: Owner<'a>,
        defs: &'a [FieldDef],
        fields: &'a Fields,
        findings: &mut Findings,
    ) {
        let trail = Trail::Root;
        self.at_siblings(Siblings { scope, owner, defs, fields, trail: &trail }, findings);
    }

    fn at_siblings(&self, among: Siblings, findings: &mut Findings) {
        for def in among.defs {
            let value = among.fields.get(&def.name);
            let site = FieldSite { among, def, value };
            for (rule, severity, check) in &self.fields {
                findings.turn_to(rule, *severity);
                check(&site, findings);
            }
            let Some(value) = value else { continue };
            let trail = Trail::Field(among.trail, &def.name);
            match value {
                // A list where one value should be is a fault of its own; what is in it is looked at all the same.
                Value::List(items) if def.is_list() || !holds_stretch(&def.kind) => {
                    for (place, item) in items.iter().enumerate() {
                        self.at_value(site, item, Some(place), &Trail::Item(&trail, place), findings);
                    }
                }
                value => self.at_value(site, value, None, &trail, findings),
            }
        }
    }

    fn at_value(
        &self,
        field: FieldSite,
        value: &Value,
        item: Option<usize>,
        trail: &Trail,
        findings: &mut Findings,
    ) {
        let site = ValueSite { field, value, item };
        for (rule, severity, check) in &self.values {
            findings.turn_to(rule, *severity);
            check(&site, findings);
        }
        if let (FieldKind::Record(defs), Value::Record(fields)) = (&field.def.kind, value) {
            let inner = Siblings { defs, fields, trail, ..field.among };
            self.at_siblings(inner, findings);
        }
    }
}

/// Whether a value of this kind may itself be a list.
pub(super) fn holds_stretch(kind: &FieldKind) -> bool {
    match kind {
        FieldKind::Stretch => true,
        FieldKind::Either(kinds) => kinds.iter().any(holds_stretch),
        _ => false,
    }
}

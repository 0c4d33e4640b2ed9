//! What several annotators said about one article, laid side by side: which spans are about the same thing, and in what they differ.
//!
//! A [`Cluster`] holds at most one span of each annotator, and each span is in exactly one cluster. Two spans are about the same thing by
//! the rules of [`super::matching`]; how they then differ is told by their [`Content`]: notes and ids do not count.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::content::{Content, article_field_fingerprint, fingerprint_number, relation_fingerprint};
use crate::model::{AnnotationSet, FieldPath, Fields, Relation, RelationId, Schema, Span, SpanId, Value};
use crate::text::TextRange;

/// Several annotators' sets on one article, compared.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Comparison {
    /// The annotators in the order in which they were given: every list of members follows it.
    pub annotators: Vec<String>,
    /// The places they spoke of, in text order: by start, then longest first.
    pub clusters: Vec<Cluster>,
    /// The relations they drew, in the order of the clusters they leave from.
    pub relations: Vec<RelationCluster>,
    /// The article-level fields in which they differ, by name.
    pub article_fields: Vec<ArticleFieldDifference>,
    contents: Vec<FxHashMap<SpanId, Content>>,
    said: Said,
    cluster_of: FxHashMap<(usize, SpanId), usize>,
    by_key: FxHashMap<ClusterKey, usize>,
}

/// What is said, by number: how everything stands is asked after every decision, and numbers are looked up at once.
#[derive(Clone, Debug, Default, PartialEq)]
struct Said {
    /// The number of each fingerprint, those of clusters, relations and article-level fields.
    numbers: FxHashMap<u64, u32>,
    /// What each cluster's members say, one cluster after the other, and where each cluster's end.
    of_clusters: Vec<u32>,
    ends: Vec<usize>,
}

impl Said {
    fn number(&mut self, fingerprint: &str) -> Option<u32> {
        let next = self.numbers.len() as u32;
        Some(*self.numbers.entry(fingerprint_number(fingerprint)?).or_insert(next))
    }
}

/// One place: what the annotators said about one and the same thing.
#[derive(Clone, Debug, PartialEq)]
pub struct Cluster {
    /// Stays the same as long as the same spans are in it, whatever their borders and fields become.
    pub key: ClusterKey,
    /// Each annotator's span, in the order of [`Comparison::annotators`].
    pub members: Vec<Option<SpanId>>,
    /// The smallest stretch that holds all of them.
    pub extent: TextRange,
    /// In what they differ.
    pub kinds: DifferenceKinds,
}

/// One relation: what the annotators said about the same two places by the same label.
#[derive(Clone, Debug, PartialEq)]
pub struct RelationCluster {
    /// Stays the same as long as the same relations are in it.
    pub key: ClusterKey,
    /// What it says.
    pub label: String,
    /// The cluster it leaves from, as a place in [`Comparison::clusters`].
    pub from: usize,
    /// The cluster it leads to.
    pub to: usize,
    /// Each annotator's relation.
    pub members: Vec<Option<RelationId>>,
    /// Whether those who have both ends all drew it, with the same fields.
    pub agreed: bool,
    /// The fingerprint of what each annotator's relation says, for decisions about it.
    pub contents: Vec<Option<String>>,
}

/// An article-level field that the annotators filled in differently; with one annotator, any that is filled in.
#[derive(Clone, Debug, PartialEq)]
pub struct ArticleFieldDifference {
    /// The field.
    pub name: String,
    /// Each annotator's value.
    pub values: Vec<Option<Value>>,
    /// The fingerprint of what each annotator says, for decisions about it.
    pub contents: Vec<Option<String>>,
}

/// The name of a cluster: its members' annotators and ids, `anna:s3+boris:s4`.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ClusterKey(Arc<str>);

impl ClusterKey {
    /// The key as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    fn of(annotators: &[String], members: &[Option<impl fmt::Display>]) -> Self {
        let mut said: Vec<String> = annotators
            .iter()
            .zip(members)
            .filter_map(|(annotator, member)| Some(format!("{annotator}:{}", member.as_ref()?)))
            .collect();
        // The same whatever the order in which annotators were chosen.
        said.sort();
        Self(said.join("+").into())
    }
}

impl fmt::Display for ClusterKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for ClusterKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}

/// In what the members of a cluster differ. Several may hold at once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DifferenceKinds {
    /// Some annotators marked nothing here.
    pub only_some: bool,
    /// The parts differ.
    pub borders: bool,
    /// The labels differ.
    pub label: bool,
    /// The fields that differ: the values themselves where records stand against records one to one, else the whole field.
    pub fields: Vec<FieldPath>,
    /// A relation that leaves from here was not drawn by all who could have drawn it.
    pub relations: bool,
}

/// One kind of difference, for lists and filters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum DifferenceKind {
    /// See [`DifferenceKinds::only_some`].
    OnlySome,
    /// See [`DifferenceKinds::borders`].
    Borders,
    /// See [`DifferenceKinds::label`].
    Label,
    /// See [`DifferenceKinds::fields`].
    Fields,
    /// See [`DifferenceKinds::relations`].
    Relations,
    /// No difference.
    Agreed,
}

impl DifferenceKind {
    /// All of them.
    pub const ALL: [Self; 6] =
        [Self::OnlySome, Self::Borders, Self::Label, Self::Fields, Self::Relations, Self::Agreed];

    /// The word for it in answers of the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::OnlySome => "only_some",
            Self::Borders => "borders",
            Self::Label => "label",
            Self::Fields => "fields",
            Self::Relations => "relations",
            Self::Agreed => "agreed",
        }
    }
}

impl DifferenceKinds {
    /// Whether all annotators said the same.
    pub fn is_agreed(&self) -> bool {
        *self == Self::default()
    }

    /// The kinds that hold, in a fixed order; [`DifferenceKind::Agreed`] alone if none does.
    pub fn list(&self) -> Vec<DifferenceKind> {
        let held = [self.only_some, self.borders, self.label, !self.fields.is_empty(), self.relations];
        let mut all: Vec<DifferenceKind> = DifferenceKind::ALL
            .into_iter()
            .zip(held)
            .filter(|(_, holds)| *holds)
            .map(|(kind, _)| kind)
            .collect();
        if all.is_empty() {
            all.push(DifferenceKind::Agreed);
        }
        all
    }

    /// Whether this kind holds.
    pub fn has(&self, kind: DifferenceKind) -> bool {
        self.list().contains(&kind)
    }
}

impl Cluster {
    /// How many annotators marked something here.
    pub fn count(&self) -> usize {
        self.members.iter().flatten().count()
    }

    /// The members there are, each with its annotator's place in the order.
    pub fn present(&self) -> impl Iterator<Item = (usize, &SpanId)> {
        self.members.iter().enumerate().filter_map(|(who, member)| Some((who, member.as_ref()?)))
    }
}

impl Comparison {
    /// The place of an annotator in the order.
    pub fn place_of(&self, annotator: &str) -> Option<usize> {
        self.annotators.iter().position(|name| name == annotator)
    }

    /// The cluster of a span, as a place in [`Comparison::clusters`].
    pub fn cluster_of(&self, annotator: usize, span: &SpanId) -> Option<usize> {
        self.cluster_of.get(&(annotator, span.clone())).copied()
    }

    /// The place of the cluster of this key.
    pub fn find(&self, key: &ClusterKey) -> Option<usize> {
        self.by_key.get(key).copied()
    }

    /// What a span of an annotator says.
    pub fn content(&self, annotator: usize, span: &SpanId) -> Option<&Content> {
        self.contents.get(annotator)?.get(span)
    }

    /// What the members of a cluster say, each with its annotator's place in the order.
    pub fn contents<'a>(&'a self, cluster: &'a Cluster) -> impl Iterator<Item = (usize, &'a Content)> {
        cluster.present().filter_map(|(who, id)| Some((who, self.content(who, id)?)))
    }
}

impl Comparison {
    /// How many different things are said.
    pub(super) fn said_count(&self) -> usize {
        self.said.numbers.len()
    }

    /// The number of what has this fingerprint; `None` if nobody says it here.
    pub(super) fn said(&self, fingerprint: &str) -> Option<u32> {
        self.said.numbers.get(&fingerprint_number(fingerprint)?).copied()
    }

    /// The numbers of what the members of the cluster at a place say.
    pub(super) fn said_at(&self, place: usize) -> &[u32] {
        let start = place.checked_sub(1).map_or(0, |before| self.said.ends[before]);
        &self.said.of_clusters[start..self.said.ends[place]]
    }
}

/// Compares the sets of several annotators, each with its name, on one article. Gives the same clusters whatever the order of the sets.
///
/// Of several spans with one id (a fault of a file, which validation reports) the first is compared, the others are left out.
/// Sets made on another version of the article should go through [`super::anchoring::reanchored`] first.
pub fn compare(sets: &[(&str, &AnnotationSet)], schema: &Schema) -> Comparison {
    let annotators: Vec<String> = sets.iter().map(|(name, _)| (*name).to_owned()).collect();
    let spans: Vec<Vec<&Arc<Span>>> = sets
        .iter()
        .map(|(_, set)| {
            set.spans()
                .filter(|span| set.get(&span.id).is_some_and(|first| Arc::ptr_eq(first, span)))
                .collect()
        })
        .collect();
    let contents: Vec<FxHashMap<SpanId, Content>> = sets
        .iter()
        .zip(&spans)
        .map(|((_, set), spans)| {
            spans.iter().map(|span| (span.id.clone(), Content::of(span, set, schema))).collect()
        })
        .collect();
    // Ties are broken by the order of the sides, so the sides are put into one that does not depend on the caller's.
    let mut order: Vec<usize> = (0..sets.len()).collect();
    order.sort_by(|a, b| annotators[*a].cmp(&annotators[*b]));
    let sides: Vec<Vec<&Arc<Span>>> = order.iter().map(|who| spans[*who].clone()).collect();
    let mut clusters: Vec<Cluster> = super::clustering::clusters(&sides)
        .into_iter()
        .map(|group| {
            let mut members: Vec<Option<SpanId>> = vec![None; sets.len()];
            let mut extent: Option<TextRange> = None;
            for (side, nth) in group {
                let who = order[side];
                let span = spans[who][nth];
                members[who] = Some(span.id.clone());
                let hull = span.parts.hull();
                extent = Some(extent.map_or(hull, |extent| extent.hull(hull)));
            }
            let key = ClusterKey::of(&annotators, &members);
            let kinds = kinds_of(&members, &contents);
            Cluster { key, members, extent: extent.unwrap_or_default(), kinds }
        })
        .collect();
    clusters.sort_by(|a, b| (a.extent, &a.key).cmp(&(b.extent, &b.key)));
    let cluster_of: FxHashMap<(usize, SpanId), usize> = clusters
        .iter()
        .enumerate()
        .flat_map(|(place, cluster)| cluster.present().map(move |(who, id)| ((who, id.clone()), place)))
        .collect();
    let relations = relations_of(sets, &annotators, &clusters, &cluster_of, schema);
    for relation in relations.iter().filter(|relation| !relation.agreed) {
        clusters[relation.from].kinds.relations = true;
    }
    let article_fields = article_fields_of(sets, schema);
    let by_key = clusters.iter().enumerate().map(|(place, cluster)| (cluster.key.clone(), place)).collect();
    let mut said = Said::default();
    for cluster in &clusters {
        for (who, id) in cluster.present() {
            let number = contents[who].get(id).and_then(|content| said.number(&content.fingerprint));
            said.of_clusters.extend(number);
        }
        said.ends.push(said.of_clusters.len());
    }
    let of_relations = relations.iter().flat_map(|relation| &relation.contents);
    for content in of_relations.chain(article_fields.iter().flat_map(|field| &field.contents)).flatten() {
        said.number(content);
    }
    Comparison { annotators, clusters, relations, article_fields, contents, said, cluster_of, by_key }
}

fn kinds_of(members: &[Option<SpanId>], contents: &[FxHashMap<SpanId, Content>]) -> DifferenceKinds {
    let said: Vec<&Content> = members
        .iter()
        .zip(contents)
        .filter_map(|(member, contents)| contents.get(member.as_ref()?))
        .collect();
    let mut kinds = DifferenceKinds { only_some: said.len() < members.len(), ..Default::default() };
    let Some((first, rest)) = said.split_first() else { return kinds };
    if rest.iter().all(|other| other.fingerprint == first.fingerprint) {
        return kinds;
    }
    kinds.borders = rest.iter().any(|other| other.parts != first.parts);
    kinds.label = rest.iter().any(|other| other.label != first.label);
    let fields: Vec<&Fields> = said.iter().map(|content| &content.fields).collect();
    differing(&fields, &FieldPath::root(), &mut kinds.fields);
    kinds
}

/// The paths at which fields differ. Enters records, and lists of records of one length; everything else differs as a whole.
fn differing(fields: &[&Fields], base: &FieldPath, found: &mut Vec<FieldPath>) {
    let mut names: Vec<&str> = Vec::new();
    for name in fields.iter().flat_map(|fields| fields.iter().map(|(name, _)| name)) {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    for name in names {
        let values: Vec<Option<&Value>> = fields.iter().map(|fields| fields.get(name)).collect();
        differing_values(&values, &base.then(name), found);
    }
}

fn differing_values(values: &[Option<&Value>], path: &FieldPath, found: &mut Vec<FieldPath>) {
    if values.windows(2).all(|pair| pair[0] == pair[1]) {
        return;
    }
    let records: Option<Vec<&Fields>> = values.iter().map(|value| value.and_then(Value::as_record)).collect();
    if let Some(records) = records {
        return differing(&records, path, found);
    }
    let lists: Option<Vec<&[Value]>> = values.iter().map(|value| value.and_then(Value::as_list)).collect();
    let of_records = lists.filter(|lists| {
        let same_length = lists.windows(2).all(|pair| pair[0].len() == pair[1].len());
        same_length && lists.iter().all(|items| items.iter().all(|item| item.as_record().is_some()))
    });
    match of_records {
        Some(lists) => {
            for place in 0..lists[0].len() {
                let items: Vec<Option<&Value>> = lists.iter().map(|items| items.get(place)).collect();
                differing_values(&items, &path.item(place), found);
            }
        }
        None => found.push(path.clone()),
    }
}

/// Both ends as clusters, the label, and which of several alike.
type Drawn<'a> = (usize, usize, &'a str, usize);

fn relations_of(
    sets: &[(&str, &AnnotationSet)],
    annotators: &[String],
    clusters: &[Cluster],
    cluster_of: &FxHashMap<(usize, SpanId), usize>,
    schema: &Schema,
) -> Vec<RelationCluster> {
    // By ends and label; the same one drawn twice by one annotator counts as two.
    let mut drawn: BTreeMap<Drawn<'_>, Vec<Option<&Arc<Relation>>>> = BTreeMap::new();
    for (who, (_, set)) in sets.iter().enumerate() {
        for relation in set.relations() {
            let end = |id: &SpanId| cluster_of.get(&(who, id.clone())).copied();
            let (Some(mut from), Some(mut to)) = (end(&relation.from), end(&relation.to)) else {
                continue;
            };
            if schema.relation(&relation.label).is_some_and(|def| def.symmetric) && to < from {
                (from, to) = (to, from);
            }
            for nth in 0.. {
                let members = drawn
                    .entry((from, to, relation.label.as_str(), nth))
                    .or_insert_with(|| vec![None; sets.len()]);
                if members[who].is_none() {
                    members[who] = Some(relation);
                    break;
                }
            }
        }
    }
    drawn
        .into_iter()
        .map(|((from, to, label, _), drawn)| {
            let could =
                |who: usize| clusters[from].members[who].is_some() && clusters[to].members[who].is_some();
            let mut fields = drawn.iter().flatten().map(|relation| &relation.fields);
            let first = fields.next();
            let agreed = (0..sets.len()).all(|who| drawn[who].is_some() || !could(who))
                && fields.all(|other| Some(other) == first);
            let members: Vec<Option<RelationId>> =
                drawn.iter().map(|relation| relation.map(|relation| relation.id.clone())).collect();
            let key = ClusterKey::of(annotators, &members);
            let contents = drawn
                .iter()
                .zip(sets)
                .map(|(relation, (_, set))| {
                    relation.map(|relation| relation_fingerprint(relation, set, schema))
                })
                .collect();
            RelationCluster { key, label: label.to_owned(), from, to, members, agreed, contents }
        })
        .collect()
}

fn article_fields_of(sets: &[(&str, &AnnotationSet)], schema: &Schema) -> Vec<ArticleFieldDifference> {
    let mut names: Vec<&str> =
        sets.iter().flat_map(|(_, set)| set.fields.iter().map(|(name, _)| name)).collect();
    names.sort_unstable();
    names.dedup();
    let of = |name: &str| sets.iter().map(|(_, set)| set.fields.get(name).cloned()).collect::<Vec<_>>();
    names
        .into_iter()
        .map(|name| {
            let contents: Vec<Option<String>> =
                sets.iter().map(|(_, set)| article_field_fingerprint(name, set, schema)).collect();
            ArticleFieldDifference { name: name.to_owned(), values: of(name), contents }
        })
        // One person alone differs from nobody, and is to be looked over all the same.
        .filter(|field| sets.len() == 1 || field.contents.windows(2).any(|pair| pair[0] != pair[1]))
        .collect()
}

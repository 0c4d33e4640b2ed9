//! `postil agree`: how far the annotators of a project agree.

mod readable;
mod report;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use clap::ValueEnum;

use super::outcome::{Exit, Failure};
use super::place::InProject;
use super::terminal::{answer, answer_json, count, is_stopped, listen_for_ctrl_c, progress, say};
use super::validate::load;
use crate::model::{AnnotationSet, Article, GOLD};
use crate::review::agreement::gamma::{Dissimilarity, GammaOptions, Sampling};
use crate::review::agreement::{AnnotatedArticle, Corpus, Metric, Options, measure};
use crate::session::check::LoadedProject;
use readable::still_there;

/// Measure how far annotators agree: κ, α, γ, F1, on spans, fields and frames
#[derive(Debug, clap::Args)]
#[command(after_long_help = SHAPE)]
pub(super) struct Agree {
    #[command(flatten)]
    project: InProject,
    /// Whose annotations, by comma; of a pair the first is the reference of F1. Else everybody's but gold
    #[arg(long, value_name = "NAMES", value_delimiter = ',')]
    annotators: Vec<String>,
    /// Count only spans of these labels, by comma
    #[arg(long, value_name = "LABELS", value_delimiter = ',')]
    labels: Vec<String>,
    /// Which metrics, by comma, or `all`; γ is otherwise left out where it would take long
    #[arg(long, value_name = "METRICS", value_delimiter = ',')]
    metrics: Vec<String>,
    /// How to say it
    #[arg(long, value_enum, default_value_t)]
    format: Format,
    /// How many times articles are drawn anew for the 95 % intervals; 0 for none
    #[arg(long, value_name = "N", default_value_t = 1000)]
    replicates: usize,
    /// The seed of everything left to chance
    #[arg(long, value_name = "N", default_value_t = 1)]
    seed: u64,
    /// γ: how many chance continua are drawn at least
    #[arg(long, value_name = "N", default_value_t = 30, value_parser = clap::value_parser!(u32).range(1..=5000))]
    gamma_samples: u32,
    /// γ: draw more until expected disorder is known to this share; 0 for no more
    #[arg(long, value_name = "SHARE", default_value_t = 0.02)]
    gamma_precision: f64,
    /// γ: how chance continua are made
    #[arg(long, value_enum, default_value_t)]
    gamma_sampling: GammaSampling,
    /// γ: the weight of position
    #[arg(long, value_name = "WEIGHT", default_value_t = 1.0)]
    gamma_alpha: f64,
    /// γ: the weight of category
    #[arg(long, value_name = "WEIGHT", default_value_t = 1.0)]
    gamma_beta: f64,
    /// γ-cat: count only units that are aligned, as in the paper; else a unit left alone is a disagreement
    #[arg(long)]
    gamma_cat_aligned_only: bool,
    /// γ: what a unit without a counterpart costs
    #[arg(long, value_name = "COST", default_value_t = 1.0)]
    gamma_empty: f64,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum Format {
    /// Tables for people
    #[default]
    Text,
    /// One JSON document
    Json,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum GammaSampling {
    /// From means and deviations
    #[default]
    Statistical,
    /// Annotators shifted around
    Shuffle,
}

/// The shape of the JSON document, for `--help`.
const SHAPE: &str = r#"The JSON document:
  {"annotators": ["anna", "boris"], "articles": 12,
   "metrics": [{"name": "cohen_kappa", "unit": "token", "label": "*", "annotators": ["anna", "boris"],
                "value": 0.81, "interval": [0.78, 0.84], "articles": 12, "units": 5120}, …]}
Metrics: observed cohen_kappa fleiss_kappa krippendorff_alpha (unit token, character, matched), krippendorff_alpha_u, gamma, gamma_cat,
f1 (match exact, overlap, partial, character; precision, recall, support), alpha_masi, frame_f1; only when asked for: muc, relation_f1.
Metrics on a field carry `field`. A value that is not defined is null, with a `reason`. What each counts: docs/agreement.md."#;

/// What was left out because its text has changed.
struct Outdated {
    file: String,
    spans: usize,
    in_place: usize,
    elsewhere: usize,
}

impl Agree {
    pub fn run(self) -> Result<Exit, Failure> {
        let project = self.project.open_whole()?;
        let metrics = self.metrics()?;
        let gamma = self.gamma(&metrics)?;
        listen_for_ctrl_c();
        let loaded = load(&project)?;
        let faults: Vec<_> = loaded.all_faults().collect();
        for fault in &faults {
            say(fault);
        }
        let annotators = self.whose(&loaded)?;
        let (sets, outdated) = usable(&loaded, &annotators);
        for left_out in &outdated {
            say(left_out.message());
        }
        let articles: Vec<(&Arc<Article>, &BTreeMap<usize, &AnnotationSet>)> =
            sets.iter().filter_map(|(path, sets)| Some((loaded.article(path)?, sets))).collect();
        let corpus = Corpus {
            articles: articles
                .iter()
                .map(|(article, sets)| AnnotatedArticle {
                    path: &article.path,
                    text: &article.text,
                    date: article.meta.date.as_deref(),
                    sets: (0..annotators.len()).map(|who| sets.get(&who).copied()).collect(),
                })
                .collect(),
            annotators,
            schema: &project.schema,
        };
        let options = Options {
            labels: (!self.labels.is_empty()).then(|| self.labels.clone()),
            metrics,
            replicates: self.replicates,
            seed: self.seed,
            gamma,
        };
        let bar = progress(0, "Measuring");
        let measured =
            measure(&corpus, &options, &|steps| bar.set_length(steps as u64), &|| bar.inc(1), &|| {
                !is_stopped()
            });
        bar.finish_and_clear();
        let measured = measured.ok_or(Failure::Stopped)?;
        match self.format {
            Format::Text => answer(&report::text(&measured, &options))?,
            Format::Json => answer_json(&report::json(&measured))?,
        }
        if !faults.is_empty() {
            say(format!("{} could not be read and were not counted.", count(faults.len(), "file", "files")));
            return Ok(Exit::Disk);
        }
        Ok(if outdated.is_empty() { Exit::Done } else { Exit::Problems })
    }

    fn metrics(&self) -> Result<Vec<Metric>, Failure> {
        if self.metrics.is_empty() {
            return Ok(Metric::USUAL.to_vec());
        }
        let mut wanted = BTreeSet::new();
        for name in &self.metrics {
            match (name.as_str(), Metric::from_name(name)) {
                ("all", _) => wanted.extend(Metric::ALL),
                (_, Some(metric)) => drop(wanted.insert(metric)),
                _ => {
                    let known: Vec<&str> = Metric::ALL.into_iter().map(Metric::name).collect();
                    return Err(Failure::Usage(format!(
                        "there is no metric `{name}`; there are: all, {}",
                        known.join(", ")
                    )));
                }
            }
        }
        Ok(wanted.into_iter().collect())
    }

    fn gamma(&self, metrics: &[Metric]) -> Result<GammaOptions, Failure> {
        for (name, value, least) in [
            ("--gamma-alpha", self.gamma_alpha, 0.0),
            ("--gamma-beta", self.gamma_beta, 0.0),
            ("--gamma-empty", self.gamma_empty, f64::MIN_POSITIVE),
            ("--gamma-precision", self.gamma_precision, 0.0),
        ] {
            if !value.is_finite() || value < least {
                return Err(Failure::Usage(format!("{name} must be a number of at least 0, not {value}")));
            }
        }
        let asked =
            !self.metrics.is_empty() && metrics.iter().any(|m| matches!(m, Metric::Gamma | Metric::GammaCat));
        Ok(GammaOptions {
            dissimilarity: Dissimilarity {
                alpha: self.gamma_alpha,
                beta: self.gamma_beta,
                empty: self.gamma_empty,
            },
            sampling: match self.gamma_sampling {
                GammaSampling::Statistical => Sampling::Statistical,
                GammaSampling::Shuffle => Sampling::Shuffle,
            },
            samples: self.gamma_samples as usize,
            precision: (self.gamma_precision > 0.0).then_some(self.gamma_precision),
            unaligned: !self.gamma_cat_aligned_only,
            always: asked,
        })
    }

    /// Whose annotations: those named, else everybody who has a file, gold left out.
    fn whose(&self, loaded: &LoadedProject) -> Result<Vec<String>, Failure> {
        let mut known: Vec<String> = loaded.project.settings.annotators.clone();
        for file in &loaded.sets {
            if !known.contains(&file.annotator) {
                known.push(file.annotator.clone());
            }
        }
        if self.annotators.is_empty() {
            let with_files: BTreeSet<&str> = loaded.sets.iter().map(|set| set.annotator.as_str()).collect();
            known.retain(|name| name != GOLD && with_files.contains(name.as_str()));
            known.sort();
            return Ok(known);
        }
        let mut whose: Vec<String> = Vec::new();
        for name in &self.annotators {
            if !known.contains(name) {
                return Err(Failure::Usage(format!(
                    "there is no annotator `{name}` in this project; there are: {}",
                    if known.is_empty() { "none".to_owned() } else { known.join(", ") }
                )));
            }
            if whose.contains(name) {
                return Err(Failure::Usage(format!("annotator `{name}` is named twice")));
            }
            whose.push(name.clone());
        }
        Ok(whose)
    }
}

impl Outdated {
    fn message(&self) -> String {
        let Self { file, spans, in_place, elsewhere } = self;
        format!(
            "{file} was made on another text of its article and is left out. Of its {}, {in_place} still stand over the same words, \
             {elsewhere} more could be anchored anew because their words occur once, {} are lost.",
            count(*spans, "span", "spans"),
            spans - in_place - elsewhere
        )
    }
}

/// The sets that can be compared, by article and annotator, and those whose article has another text now.
fn usable<'l>(
    loaded: &'l LoadedProject,
    annotators: &[String],
) -> (BTreeMap<&'l str, BTreeMap<usize, &'l AnnotationSet>>, Vec<Outdated>) {
    let mut sets: BTreeMap<&str, BTreeMap<usize, &AnnotationSet>> = BTreeMap::new();
    let mut outdated = Vec::new();
    let articles: BTreeMap<&str, &Arc<Article>> = loaded
        .articles
        .iter()
        .filter_map(|article| Some((article.path.as_str(), article.outcome.as_ref().ok()?)))
        .collect();
    for file in &loaded.sets {
        let Some(who) = annotators.iter().position(|name| *name == file.annotator) else { continue };
        let Ok(read) = &file.outcome else { continue };
        let Some(article) = articles.get(read.set.article.as_str()) else { continue };
        if read.set.fingerprint.is_empty() || read.set.fingerprint == article.text.fingerprint() {
            sets.entry(&read.set.article).or_default().entry(who).or_insert(&read.set);
        } else {
            let (in_place, elsewhere) = still_there(&read.set, &article.text);
            outdated.push(Outdated { file: file.file.clone(), spans: read.set.len(), in_place, elsewhere });
        }
    }
    (sets, outdated)
}

//! The annotated article on paper: as a PDF or an HTML page with a legend, as an SVG or PNG picture for a slide.
//!
//! `sheet` lays text, underlines and chips out in lines, without egui and without a window; `pdf`, `svg` and `png` put the same lines on pages or
//! on one long sheet. `html` leaves the layout to the browser.

mod html;
mod pdf;
mod sheet;
mod svg;
mod text;

use egui::Color32;

use super::describe::Describer;
use super::look::{LabelLook, Tokens};
use crate::model::{AnnotationSet, Article, Codebook, Register, Schema, Span};
use crate::text::TextRange;

/// What to make.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PaperKind {
    /// Pages of A4, with text that can be selected and searched.
    Pdf,
    /// One page for a browser, everything in one file.
    Html,
    /// A picture that can be scaled; letters are outlines, so that it looks the same everywhere.
    Svg,
    /// A picture of dots, two to a point.
    Png,
}

impl PaperKind {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Pdf, Self::Html, Self::Svg, Self::Png];

    /// The ending of its files.
    pub fn ending(self) -> &'static str {
        match self {
            Self::Pdf => "pdf",
            Self::Html => "html",
            Self::Svg => "svg",
            Self::Png => "png",
        }
    }

    /// The kind that a file's ending asks for.
    pub fn of_path(path: &std::path::Path) -> Option<Self> {
        let ending = path.extension()?.to_str()?.to_ascii_lowercase();
        Self::ALL.into_iter().find(|kind| kind.ending() == ending || (ending == "htm" && *kind == Self::Html))
    }
}

/// Why there is no paper.
#[derive(Debug, thiserror::Error)]
pub enum PaperError {
    /// A picture of everything would be too large.
    #[error(
        "a picture of all of it would be {height} points high, and programs that show pictures take {most} at most. Choose a part of the article, or make a PDF"
    )]
    TooHigh {
        /// How high it would be.
        height: u32,
        /// How high it may be.
        most: u32,
    },
    /// A library refused.
    #[error("the {0} could not be made: {1}")]
    Refused(&'static str, String),
}

/// An article with annotations, to be put on paper.
#[derive(Clone, Copy)]
pub struct Paper<'a> {
    /// The article.
    pub article: &'a Article,
    /// The annotations.
    pub set: &'a AnnotationSet,
    /// What labels and fields are called.
    pub schema: &'a Schema,
    /// The register.
    pub register: &'a Register,
    /// The codebook.
    pub codebook: &'a Codebook,
    /// Language of titles (BCP 47).
    pub language: &'a str,
    /// Which part of the text, in code points; all of it if `None`.
    pub part: Option<TextRange>,
    /// Whether letters have serifs.
    pub serif: bool,
    /// Whether spans have chips with label and key fields.
    pub chips: bool,
}

impl<'a> Paper<'a> {
    /// Makes it: the bytes of a file.
    ///
    /// # Errors
    /// See [`PaperError`].
    pub fn make(&self, kind: PaperKind) -> Result<Vec<u8>, PaperError> {
        match kind {
            PaperKind::Html => Ok(html::page(self).into_bytes()),
            PaperKind::Pdf => pdf::document(self),
            PaperKind::Svg => svg::picture(self).map(String::into_bytes),
            PaperKind::Png => svg::dots(self),
        }
    }

    fn describer(&self) -> Describer<'a> {
        Describer {
            text: &self.article.text,
            set: self.set,
            schema: self.schema,
            register: self.register,
            codebook: self.codebook,
            language: self.language,
        }
    }

    /// The bytes of the text that are shown.
    fn bytes(&self) -> std::ops::Range<usize> {
        let text = &self.article.text;
        // What the header says stands in the heading.
        let after_header = || {
            let header = text.byte_range(self.article.header).map_or(0, |header| header.end);
            let blank = text.as_str()[header..].len() - text.as_str()[header..].trim_start().len();
            header + blank..text.len_bytes()
        };
        self.part.and_then(|part| text.byte_range(part)).unwrap_or_else(after_header)
    }

    /// Paper is white, whatever the window's theme.
    fn tokens(&self) -> std::sync::Arc<Tokens> {
        Tokens::of(egui::Theme::Light)
    }

    fn label_look(&self, tokens: &Tokens, label: &str) -> LabelLook {
        tokens.label(self.schema.colour_of(label))
    }

    /// Title, source and date, whose annotations.
    fn heading(&self) -> (String, String) {
        let meta = &self.article.meta;
        let known =
            [meta.source.as_deref(), meta.author.as_deref(), meta.date.as_deref(), Some(&self.set.annotator)];
        let said: Vec<&str> = known.into_iter().flatten().filter(|said| !said.is_empty()).collect();
        (self.article.title().to_owned(), said.join(" · "))
    }

    /// The labels of the spans in the part, in the schema's order, with how many spans each has.
    fn legend(&self) -> Vec<(String, String, usize)> {
        let part = self.part.unwrap_or(self.article.text.range());
        let mut counts: Vec<(String, usize)> = Vec::new();
        for span in
            self.set.each_span().filter(|span| span.parts.iter().any(|p| p.overlaps(part) || p.is_empty()))
        {
            match counts.iter_mut().find(|(label, _)| *label == span.label) {
                Some((_, count)) => *count += 1,
                None => counts.push((span.label.clone(), 1)),
            }
        }
        counts.sort_by_key(|(label, _)| self.schema.colour_of(label));
        let describer = self.describer();
        counts.into_iter().map(|(label, count)| (describer.label(&label).to_owned(), label, count)).collect()
    }

    fn chip(&self, span: &Span) -> String {
        self.describer().chip(span)
    }
}

fn hex(colour: Color32) -> String {
    format!("#{:02x}{:02x}{:02x}", colour.r(), colour.g(), colour.b())
}

#[cfg(test)]
mod tests;

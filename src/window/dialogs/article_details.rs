//! What is known about the article: title, day, source, author, language, how its file is read.

use egui::{ComboBox, Context, Frame, Id, Margin, RichText, ScrollArea, Stroke, Ui};

use super::languages::{language_choice, language_name};
use super::measure::{grouped, size};
use super::meta_field::MetaField;
use super::sheet::{Sheet, Tone, buttons, entered, height_left, labelled, note, primary, secondary};
use crate::model::ArticleMeta;
use crate::session::ReadOnly;
use crate::text::{Encoding, iso_date};
use crate::window::look::serif;
use crate::window::panel::{Panel, Request};
use crate::window::words::Said;

/// How many lines of the text show how an encoding reads it.
const PREVIEW_LINES: usize = 6;

/// What the form begins with.
#[derive(Clone, Debug, Default)]
struct Facts {
    path: String,
    meta: ArticleMeta,
    encoding: String,
    certain: bool,
    replaced: usize,
    fingerprint: String,
    characters: usize,
    bytes: u64,
    tagged: bool,
}

/// The dialog. Made anew each time it is opened.
#[derive(Debug)]
pub struct ArticleDetails {
    facts: Facts,
    title: MetaField,
    date: MetaField,
    source: MetaField,
    url: MetaField,
    author: MetaField,
    language: MetaField,
    encoding: String,
    /// The user chose an encoding, were it the one that was guessed.
    encoding_touched: bool,
    preview: Option<(String, String)>,
    copied: bool,
    begun: bool,
}

impl ArticleDetails {
    /// The form for the article at hand; `None` if none is open.
    pub fn of(panel: &Panel<'_>) -> Option<Self> {
        let desk = &panel.open()?.desk;
        let article = &desk.article;
        let header = &article.header_meta;
        let meta = &article.meta;
        let bytes = panel
            .session
            .and_then(|s| std::fs::metadata(s.root.join(&article.path)).ok())
            .map_or(article.text.len_bytes() as u64, |m| m.len());
        let encoding = Encoding::from_label(&article.encoding)
            .map_or(article.encoding.clone(), |e| e.label().to_owned());
        let field = |stands: &Option<String>, header: &Option<String>| {
            MetaField::new(stands.as_ref(), header.as_ref())
        };
        Some(Self {
            title: field(&meta.title, &header.title),
            date: field(&meta.date, &header.date),
            source: field(&meta.source, &header.source),
            url: field(&meta.url, &header.url),
            author: field(&meta.author, &header.author),
            language: field(&meta.language, &header.language),
            encoding: encoding.clone(),
            encoding_touched: false,
            preview: None,
            copied: false,
            begun: false,
            facts: Facts {
                path: article.path.clone(),
                meta: meta.clone(),
                encoding,
                certain: article.encoding_certain,
                replaced: article.replaced,
                fingerprint: article.text.fingerprint().to_owned(),
                characters: article.text.len() as usize,
                bytes,
                tagged: !desk.workspace.set.is_empty(),
            },
        })
    }

    /// Shows the form; `preview` gives the file's first lines as an encoding of this label reads them. True once it is done with.
    pub fn show(&mut self, ctx: &Context, panel: &Panel<'_>, preview: &dyn Fn(&str) -> String) -> bool {
        let title = panel.say("details-title");
        let shown = Sheet::new(Id::unique("article-details"), &title, 720.0).show(ctx, panel, |ui| {
            let height = height_left(ui.ctx(), 112.0, 120.0);
            let enter = ScrollArea::vertical()
                .max_height(height)
                .auto_shrink([false, true])
                .show(ui, |ui| {
                    ui.set_width(ui.available_width() - 8.0);
                    let enter = self.known(ui, panel);
                    ui.add_space(8.0);
                    self.reading(ui, panel, preview);
                    ui.add_space(8.0);
                    self.file(ui, panel);
                    enter
                })
                .inner;
            let hindrance = self.hindrance(panel);
            if let Some(why) = hindrance {
                note(ui, panel, Tone::Wrong, &panel.say(why));
            }
            buttons(ui, |ui| {
                let save = primary(ui, panel, &panel.say("dialog-save"), hindrance.is_none()).clicked();
                let cancel = secondary(ui, &panel.say("dialog-cancel")).clicked();
                (save | enter, cancel)
            })
        });
        let (mut save, cancel) = shown.inner;
        save |= ctx.input_mut(|i| i.consume_key(egui::Modifiers::COMMAND, egui::Key::Enter));
        if save && self.hindrance(panel).is_none() {
            for request in self.requests() {
                panel.ask(request);
            }
            return true;
        }
        cancel || shown.dismissed
    }

    /// What to ask the app for: only what differs from what stands.
    fn requests(&self) -> Vec<Request> {
        let mut requests = Vec::new();
        let wanted = self.wanted();
        if wanted != self.facts.meta {
            requests.push(Request::SetMeta(self.facts.path.clone(), Box::new(wanted)));
        }
        let confirmed = self.encoding_touched && !self.facts.certain;
        if self.encoding != self.facts.encoding || confirmed {
            requests.push(Request::SetEncoding(self.facts.path.clone(), self.encoding.clone()));
        }
        requests
    }

    /// What the article is wanted to be known as. What the form does not show stays as it is.
    fn wanted(&self) -> ArticleMeta {
        let date = self.date.wanted();
        ArticleMeta {
            title: self.title.wanted(),
            // A day that stood there before and cannot be read is not this form's to change.
            date: date.map(|date| checked_date(&date).unwrap_or(date)),
            source: self.source.wanted(),
            url: self.url.wanted(),
            author: self.author.wanted(),
            language: self.language.wanted(),
            extra: self.facts.meta.extra.clone(),
        }
    }

    fn hindrance(&self, panel: &Panel<'_>) -> Option<&'static str> {
        let typed = self.date.text.trim();
        let changed = self.facts.meta.date.as_deref() != Some(typed);
        if !typed.is_empty() && changed && checked_date(typed).is_none() {
            return Some("details-date-wrong");
        }
        match panel.open().and_then(|open| open.read_only.as_ref()) {
            Some(ReadOnly::NoRights(_)) => Some("details-read-only"),
            _ => None,
        }
    }

    fn known(&mut self, ui: &mut Ui, panel: &Panel<'_>) -> bool {
        let id = |name: &str| Id::unique(("article-details", name));
        let line = self.title.show(ui, panel, id("title"), &panel.say("details-article-title"));
        if !self.begun {
            self.begun = true;
            line.request_focus();
        }
        let mut enter = entered(&line);
        ui.add_space(4.0);
        ui.columns(2, |columns| {
            let ui = &mut columns[0];
            let line = self.date.show(ui, panel, id("date"), &panel.say("details-date"));
            enter |= entered(&line);
            let typed = self.date.text.trim();
            match checked_date(typed) {
                _ if typed.is_empty() => {}
                Some(day) if day != typed => {
                    note(
                        ui,
                        panel,
                        Tone::Plain,
                        &panel.with("details-date-becomes", &[("day", (&day).into())]),
                    );
                }
                Some(_) => {}
                None => {
                    note(ui, panel, Tone::Wrong, &panel.say("details-date-wrong"));
                }
            }
            let ui = &mut columns[1];
            let line = self.source.show(ui, panel, id("source"), &panel.say("details-source"));
            enter |= entered(&line);
        });
        ui.add_space(4.0);
        let line = self.url.show(ui, panel, id("url"), &panel.say("details-url"));
        enter |= entered(&line);
        if !self.url.text.trim().is_empty() && !looks_like_address(&self.url.text) {
            note(ui, panel, Tone::Careful, &panel.say("details-url-odd"));
        }
        ui.add_space(4.0);
        ui.columns(2, |columns| {
            let ui = &mut columns[0];
            let line = self.author.show(ui, panel, id("author"), &panel.say("details-author"));
            enter |= entered(&line);
            let ui = &mut columns[1];
            let label = panel.say("details-language");
            let none = match (&self.language.header, self.language.nothing) {
                (Some(header), false) => language_name(header).to_owned(),
                (_, true) => panel.say("details-left-empty"),
                _ => panel.say("details-language-unset"),
            };
            let before = self.language.text.clone();
            language_choice(ui, panel, "details-language", &label, Some(&none), &mut self.language.text);
            if before != self.language.text && !self.language.text.is_empty() {
                self.language.nothing = false;
            }
            self.language.origin(ui, panel, &label);
        });
        enter
    }

    fn reading(&mut self, ui: &mut Ui, panel: &Panel<'_>, preview: &dyn Fn(&str) -> String) {
        let label = panel.say("details-encoding");
        labelled(ui, panel, &label, |ui| {
            ComboBox::from_id_salt("details-encoding")
                .selected_text(encoding_name(panel, &self.encoding))
                .width(ui.available_width().min(360.0))
                .height(340.0)
                .show_ui(ui, |ui| {
                    for encoding in Encoding::all() {
                        let name = encoding_name(panel, encoding.label());
                        let on = self.encoding == encoding.label();
                        if ui.selectable_label(on, name).clicked() {
                            self.encoding = encoding.label().to_owned();
                            self.encoding_touched = true;
                        }
                    }
                })
                .response
        });
        let changed = self.encoding != self.facts.encoding;
        let (tone, word) = match (changed, self.facts.certain, self.encoding_touched) {
            (true, ..) if self.facts.tagged => (Tone::Careful, "details-encoding-tags"),
            (true, ..) => (Tone::Plain, "details-encoding-changed"),
            (false, true, _) => (Tone::Plain, "details-encoding-certain"),
            (false, false, true) => (Tone::Plain, "details-encoding-confirmed"),
            (false, false, false) => (Tone::Careful, "details-encoding-guessed"),
        };
        note(ui, panel, tone, &panel.say(word));
        if !changed && self.facts.replaced > 0 {
            let text = panel.with("details-replaced", &[("n", Said::Count(self.facts.replaced))]);
            note(ui, panel, Tone::Careful, &text);
        }
        let known = self.preview.as_ref().is_some_and(|(of, _)| *of == self.encoding);
        if !known {
            self.preview = Some((self.encoding.clone(), first_lines(&preview(&self.encoding))));
        }
        let text = self.preview.as_ref().map(|(_, text)| text.as_str()).unwrap_or_default();
        Frame::new()
            .fill(panel.tokens.page)
            .stroke(Stroke::new(1.0, panel.tokens.line))
            .corner_radius(5)
            .inner_margin(Margin::symmetric(10, 7))
            .show(ui, |ui| {
                ui.set_width(ui.available_width());
                ui.set_min_height(40.0);
                let text = RichText::new(text).family(serif()).size(14.0);
                ui.add(egui::Label::new(text).wrap());
            });
    }

    fn file(&mut self, ui: &mut Ui, panel: &Panel<'_>) {
        // Not wrapped: a grid gives a column that may wrap next to no room.
        let caption = |ui: &mut Ui, word: &str| {
            let text = RichText::new(panel.say(word)).color(panel.tokens.text_soft);
            ui.add(egui::Label::new(text).extend());
        };
        let fact = |ui: &mut Ui, word: &str, value: &str| {
            caption(ui, word);
            ui.add(egui::Label::new(value).truncate()).on_hover_text(value);
            ui.end_row();
        };
        egui::Grid::new("details-file").num_columns(2).spacing([16.0, 4.0]).show(ui, |ui| {
            fact(ui, "details-path", &self.facts.path);
            let characters = panel.with(
                "details-characters",
                &[
                    ("n", Said::Count(self.facts.characters)),
                    ("shown", (&grouped(self.facts.characters)).into()),
                ],
            );
            let length = format!("{characters}  ·  {}", size(panel.words, self.facts.bytes));
            fact(ui, "details-length", &length);
            caption(ui, "details-fingerprint");
            ui.horizontal(|ui| {
                let word = if self.copied { "details-copied" } else { "details-copy" };
                let name = format!("{} {}", panel.say("details-fingerprint"), panel.say("details-copy"));
                if ui.button(panel.say(word)).accessible_name(name).clicked() {
                    ui.ctx().copy_text(self.facts.fingerprint.clone());
                    self.copied = true;
                }
                let shown = RichText::new(&self.facts.fingerprint).monospace();
                ui.add(egui::Label::new(shown).truncate()).on_hover_text(&self.facts.fingerprint);
            });
            ui.end_row();
        });
    }
}

/// A day, month or year in ISO 8601, from that form or from any that [`iso_date`] knows; `None` for anything else.
pub fn checked_date(typed: &str) -> Option<String> {
    let typed = typed.trim();
    let number = |text: &str, digits: usize| {
        (text.len() == digits && text.bytes().all(|b| b.is_ascii_digit()))
            .then(|| text.parse::<u32>().ok())?
    };
    let partial = match typed.split_once('-') {
        None => number(typed, 4).is_some(),
        Some((year, month)) => {
            number(year, 4).is_some() && number(month, 2).is_some_and(|m| (1..=12).contains(&m))
        }
    };
    if partial {
        return Some(typed.to_owned());
    }
    iso_date(typed)
}

fn looks_like_address(typed: &str) -> bool {
    let typed = typed.trim();
    let rest = typed.strip_prefix("https://").or_else(|| typed.strip_prefix("http://"));
    rest.is_some_and(|rest| rest.contains('.') && !rest.contains(char::is_whitespace))
}

/// An encoding's name in the language of the interface: "Кириллица (Windows-1251)".
fn encoding_name(panel: &Panel<'_>, label: &str) -> String {
    let Some(encoding) = Encoding::from_label(label) else {
        return label.to_owned();
    };
    let name = encoding.display_name();
    let Some((family, rest)) = name.split_once(" (") else {
        return name.to_owned();
    };
    let key: String =
        family.to_lowercase().chars().filter(|c| *c != ',').map(|c| if c == ' ' { '-' } else { c }).collect();
    let family = panel.words.find(&format!("encoding-{key}"), &[]).unwrap_or_else(|| family.to_owned());
    format!("{family} ({rest}")
}

fn first_lines(text: &str) -> String {
    let lines = text.lines().filter(|l| !l.trim().is_empty()).take(PREVIEW_LINES);
    lines.map(|line| line.chars().take(160).collect::<String>()).collect::<Vec<_>>().join("\n")
}

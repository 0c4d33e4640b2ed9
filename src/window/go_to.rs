//! Going to a place by what it is called: a line, a sentence, a share of the text, a code point, a tag.

use egui::{Align2, Key, Modifiers, Rect, RichText, Ui, vec2};

use super::panel::{Panel, Request};
use crate::model::{AnnotationSet, SpanId};
use crate::text::{ByteOffset, CanonicalText, CodePoint, TextRange, sentences};

/// A way to read what was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// A line, counted from 1.
    Line(usize),
    /// A sentence, counted from 1.
    Sentence(usize),
    /// A share of the text in hundredths.
    Percent(usize),
    /// An offset, as messages and files give it.
    CodePoint(u32),
    /// A tag.
    Span(SpanId),
}

/// What a query may mean in this text, most likely first: `120` a line, `s45` a sentence, `50%` a share, `@1234` a code point, and
/// the id of a tag that is there. Nothing where it points outside.
pub fn read(query: &str, text: &CanonicalText, set: &AnnotationSet) -> Vec<Place> {
    let query = query.trim();
    let mut places = Vec::new();
    let number = |digits: &str| digits.trim().parse::<usize>().ok();
    let lines = text.lines().line_count();
    if let Some(share) = query.strip_suffix('%').and_then(number) {
        places.extend((share <= 100).then_some(Place::Percent(share)));
    } else if let Some(n) = number(query) {
        places.extend((1..=lines).contains(&n).then_some(Place::Line(n)));
        places.extend((n >= 1).then_some(Place::Sentence(n)));
    } else if let Some(at) = query.strip_prefix('@').and_then(number) {
        places.extend(u32::try_from(at).ok().filter(|at| *at <= text.len()).map(Place::CodePoint));
    } else if let Some(n) = query.strip_prefix(['s', 'S', 'п', 'П', 'р', 'Р']).and_then(number) {
        // The keys of `s` on a Russian and a Ukrainian layout give letters of their own; so do the words for a sentence.
        places.extend((n >= 1).then_some(Place::Sentence(n)));
    }
    let id = SpanId::from(query.strip_prefix('#').unwrap_or(query));
    if set.get(&id).is_some() {
        places.push(Place::Span(id));
    }
    places
}

/// The bytes where sentence `n` (from 1) stands, without looking further than to it.
pub fn sentence(text: &CanonicalText, n: usize) -> Option<std::ops::Range<usize>> {
    let mut left = n.checked_sub(1)?;
    for paragraph in text.paragraphs() {
        let here = sentences(text.as_str(), paragraph);
        match here.get(left) {
            Some(found) => return Some(found.clone()),
            None => left -= here.len(),
        }
    }
    None
}

/// Where a place is; `None` if the text has no such sentence.
pub fn find(place: &Place, text: &CanonicalText, set: &AnnotationSet) -> Option<TextRange> {
    let at = |byte: usize| text.code_point_of(ByteOffset(byte as u32)).map(TextRange::empty);
    match place {
        Place::Line(n) => at(text.lines().line_range(n - 1).start),
        Place::Sentence(n) => at(sentence(text, *n)?.start),
        Place::Percent(share) => {
            let code = u64::from(text.len()) * *share as u64 / 100;
            let byte = text.byte_of(CodePoint(code as u32))?.index();
            at(crate::text::floor_grapheme(text.as_str(), byte))
        }
        Place::CodePoint(code) => {
            let byte = text.byte_of(CodePoint(*code))?.index();
            at(crate::text::floor_grapheme(text.as_str(), byte))
        }
        Place::Span(id) => Some(set.get(id)?.parts.first()),
    }
}

/// The prompt while it is open.
#[derive(Debug, Default)]
pub struct GoTo {
    query: String,
    at: usize,
    shown_before: bool,
}

impl GoTo {
    /// Shows the prompt at the top of the page; `false` once it is over.
    pub fn show(&mut self, ui: &Ui, panel: &Panel<'_>, page: Rect) -> bool {
        let Some(open) = panel.open() else { return false };
        let (text, set) = (&open.desk.article.text, &open.desk.workspace.set);
        let pressed = |key: Key| ui.input_mut(|i| i.consume_key(Modifiers::NONE, key));
        if pressed(Key::Escape) {
            return false;
        }
        let places = read(&self.query, text, set);
        let last = places.len().saturating_sub(1);
        if pressed(Key::ArrowDown) {
            self.at = (self.at + 1).min(last);
        }
        if pressed(Key::ArrowUp) {
            self.at = self.at.saturating_sub(1);
        }
        self.at = self.at.min(last);
        let mut taken = pressed(Key::Enter).then_some(self.at);
        let area = egui::Area::new(egui::Id::unique("go-to"))
            .order(egui::Order::Foreground)
            .pivot(Align2::CENTER_TOP)
            .fixed_pos(egui::pos2(page.center().x, page.top() + 12.0))
            .constrain_to(ui.ctx().content_rect().shrink(8.0))
            .show(ui.ctx(), |ui| {
                egui::Frame::popup(ui.style()).inner_margin(10.0).show(ui, |ui| {
                    ui.set_width(330.0);
                    let before = self.query.clone();
                    let edit = egui::TextEdit::singleline(&mut self.query)
                        .hint_text(panel.say("go-to-hint"))
                        .desired_width(f32::INFINITY);
                    let response = ui.add(edit);
                    let name = panel.say("go-to-box");
                    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::TextInput, true, &name));
                    if !std::mem::replace(&mut self.shown_before, true) {
                        response.request_focus();
                    }
                    if self.query != before {
                        self.at = 0;
                    }
                    let places = read(&self.query, text, set);
                    for (n, place) in places.iter().enumerate() {
                        let words = say(panel, place, text, set);
                        if ui
                            .add(egui::Button::new(&words).selected(n == self.at).frame(n == self.at))
                            .clicked()
                        {
                            taken = Some(n);
                        }
                    }
                    if places.is_empty() {
                        let key =
                            if self.query.trim().is_empty() { "go-to-examples" } else { "go-to-nowhere" };
                        let lines = text.lines().line_count();
                        let words = panel.with(key, &[("lines", lines.into())]);
                        ui.label(RichText::new(words).size(12.0).color(panel.tokens.text_soft));
                    }
                    ui.add_space(2.0);
                })
            });
        let outside = ui.input(|i| i.pointer.any_pressed())
            && ui
                .input(|i| i.pointer.interact_pos())
                .is_some_and(|at| !area.response.rect.expand2(vec2(2.0, 2.0)).contains(at));
        if let Some(place) = taken.and_then(|n| places.get(n)) {
            match (place, find(place, text, set)) {
                (Place::Span(id), _) => panel.ask(Request::Select(Some(id.clone()))),
                (_, Some(range)) => panel.ask(Request::GoTo(range)),
                // A sentence beyond the last: the prompt stays, its line says that there is none.
                (_, None) => {
                    self.shown_before = false;
                    return true;
                }
            }
            return false;
        }
        if taken.is_some() {
            // Enter takes the keyboard from a box of one line; there is nowhere to go, so it goes back.
            self.shown_before = false;
        }
        !outside
    }
}

fn say(panel: &Panel<'_>, place: &Place, text: &CanonicalText, set: &AnnotationSet) -> String {
    let lines = text.lines().line_count();
    match place {
        Place::Line(n) => panel.with("go-to-line", &[("n", (*n).into()), ("lines", lines.into())]),
        Place::Sentence(n) => panel.with("go-to-sentence", &[("n", (*n).into())]),
        Place::Percent(n) => panel.with("go-to-percent", &[("n", (*n).into())]),
        Place::CodePoint(n) => panel.with("go-to-code-point", &[("n", (*n as usize).into())]),
        Place::Span(id) => {
            let words = panel.describer().zip(set.get(id)).map(|(words, span)| words.span(span));
            format!("{} · {}", id.as_str(), words.unwrap_or_default())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Parts, Span};

    fn text() -> CanonicalText {
        CanonicalText::new("Заголовок\n\nОдин раз. Два раза. Три!\nКонец.")
    }

    fn set() -> AnnotationSet {
        let mut set = AnnotationSet::new("a.txt", "anna");
        set.insert(Span::new("s2", "entity", Parts::one(TextRange::new(11, 15).unwrap())));
        set
    }

    #[test]
    fn a_number_is_a_line_first_and_a_sentence_too() {
        assert_eq!(read(" 3 ", &text(), &set()), [Place::Line(3), Place::Sentence(3)]);
        assert_eq!(read("9", &text(), &set()), [Place::Sentence(9)], "there is no such line");
        assert_eq!(read("0", &text(), &set()), []);
    }

    #[test]
    fn other_signs_say_what_is_meant() {
        let (text, set) = (text(), set());
        assert_eq!(read("50%", &text, &set), [Place::Percent(50)]);
        assert_eq!(read("120 %", &text, &set), []);
        assert_eq!(read("@4", &text, &set), [Place::CodePoint(4)]);
        assert_eq!(read("@4000", &text, &set), []);
        assert_eq!(read("s2", &text, &set), [Place::Sentence(2), Place::Span("s2".into())]);
        assert_eq!(read("#s2", &text, &set), [Place::Span("s2".into())]);
        assert_eq!(read("s7", &text, &set), [Place::Sentence(7)]);
        assert_eq!(read("чушь", &text, &set), []);
    }

    #[test]
    fn places_are_found() {
        let (text, set) = (text(), set());
        let at = |place: Place| find(&place, &text, &set).map(|r| r.start().get());
        assert_eq!(at(Place::Line(1)), Some(0));
        assert_eq!(at(Place::Line(3)), Some(11));
        assert_eq!(at(Place::Sentence(3)), Some(21));
        assert_eq!(at(Place::Sentence(5)), Some(36));
        assert_eq!(at(Place::Sentence(6)), None);
        assert_eq!(at(Place::Percent(100)), Some(text.len()));
        assert_eq!(at(Place::Span("s2".into())), Some(11));
    }
}

//! The quick prompt: fills in one field, or one record, from the keyboard, beside the span it is about. What costs a form elsewhere
//! costs a key here: choices are picked by their letters, people and terms by the first letters of their names.

use egui::{Align2, Key, Modifiers, Rect, Ui, pos2, vec2};
use std::collections::VecDeque;

use super::inspector::search::{Candidate, CandidateKind, candidates, folded};
use super::look;
use super::panel::{Panel, Request};
use crate::model::{FieldDef, FieldKind, FieldPath, Schema, SpanId, Step as PathStep, Term, Value};
use crate::session::{Desk, Edit};
use crate::text::TextRange;

/// A new entry of the register may be called by the words of its mention up to so many code points; a longer one is a description.
const LONGEST_OWN_NAME: usize = 60;

/// What is asked for next.
#[derive(Clone, Debug)]
#[expect(clippy::large_enum_variant, reason = "there are a handful at a time")]
enum Question {
    /// A value for a field.
    Field {
        path: FieldPath,
        def: FieldDef,
        /// The field beside it that takes a mention of the same thing: a holder's words besides the holder.
        mention: Option<(FieldPath, FieldKind)>,
    },
    /// Which label.
    Label,
    /// Which relation.
    Relation,
    /// To which span.
    RelationEnd { label: String, to: Vec<String> },
}

/// What became of the prompt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PromptState {
    /// It goes on asking.
    Asking,
    /// It is over.
    Over,
}

/// One option of a choice: key, name, title, help.
struct PickOption {
    key: Option<String>,
    title: String,
    help: String,
    value: PickValue,
}

#[derive(Clone)]
enum PickValue {
    Field(Value),
    Label(String),
    Relation(String, Vec<String>),
}

/// The prompt.
#[derive(Debug)]
pub struct Prompt {
    span: SpanId,
    questions: VecDeque<Question>,
    query: String,
    at: usize,
    gesture: u64,
    fresh: bool,
    listed: Vec<Candidate>,
    listed_for: Option<(String, u64)>,
}

impl Prompt {
    /// Asks for a field of a span: for one more record or value where the field takes several. `None` if the schema has no such field.
    pub fn field(desk: &Desk, span: &SpanId, field: &str, gesture: u64) -> Option<Self> {
        let there = desk.span(span)?;
        let def = desk.schema.fields_of(&there.label).iter().find(|d| d.name == field)?;
        let mut questions = VecDeque::new();
        push_questions(def, there.fields.get(field), &FieldPath::field(field), &mut questions);
        Some(Self::of(span, questions, gesture))
    }

    /// Asks for what the schema wants to know at once about a span just made; `None` if it wants to know nothing.
    pub fn after_tagging(desk: &Desk, span: &SpanId, gesture: u64) -> Option<Self> {
        let there = desk.span(span)?;
        let asked = desk.schema.fields_of(&there.label).iter().filter(|d| {
            d.ask
                && there.fields.get(&d.name).is_none()
                && !matches!(d.kind, FieldKind::Record(_) | FieldKind::Stretch)
        });
        let mut questions = VecDeque::new();
        for def in asked {
            push_questions(def, None, &FieldPath::field(&def.name), &mut questions);
        }
        (!questions.is_empty()).then(|| Self::of(span, questions, gesture))
    }

    /// Asks for another label.
    pub fn relabel(span: &SpanId, gesture: u64) -> Self {
        Self::of(span, VecDeque::from([Question::Label]), gesture)
    }

    /// Asks for a relation and its other end.
    pub fn relate(span: &SpanId, gesture: u64) -> Self {
        Self::of(span, VecDeque::from([Question::Relation]), gesture)
    }

    fn of(span: &SpanId, questions: VecDeque<Question>, gesture: u64) -> Self {
        Self {
            span: span.clone(),
            questions,
            query: String::new(),
            at: 0,
            gesture,
            fresh: true,
            listed: Vec::new(),
            listed_for: None,
        }
    }

    /// The span it is about.
    pub fn span(&self) -> &SpanId {
        &self.span
    }

    /// The mention that is about to be picked, to be brought forward in the article.
    pub fn candidate(&self) -> Option<&SpanId> {
        self.listed.get(self.at).and_then(|c| c.span.as_ref())
    }

    /// Takes a span that was clicked in the article as the answer; `false` if that is no answer here.
    pub fn take_span(&mut self, panel: &Panel<'_>, span: &SpanId) -> bool {
        let Some(desk) = panel.open().map(|open| &open.desk) else { return false };
        let label = desk.span(span).map(|s| s.label.clone()).unwrap_or_default();
        let fits = |kind: &FieldKind| {
            span_labels(kind).is_some_and(|labels| labels.is_empty() || labels.contains(&label))
        };
        let answer = match self.questions.front() {
            Some(Question::Field { def, mention, .. }) => {
                fits(&def.kind) || mention.as_ref().is_some_and(|(_, kind)| fits(kind))
            }
            Some(Question::RelationEnd { to, .. }) => to.is_empty() || to.contains(&label),
            _ => false,
        };
        if answer && *span != self.span {
            let candidate = Candidate {
                value: Value::text(span.as_str()),
                title: String::new(),
                detail: String::new(),
                kind: CandidateKind::Span,
                span: Some(span.clone()),
                retired: false,
                used: false,
            };
            self.pick_candidate(panel, &candidate);
            return true;
        }
        false
    }

    /// Shows the prompt below `anchor` (the span on the page) and takes keys.
    pub fn show(&mut self, ui: &Ui, panel: &Panel<'_>, anchor: Option<Rect>, page: Rect) -> PromptState {
        let Some(desk) = panel.open().map(|open| &open.desk) else { return PromptState::Over };
        if desk.span(&self.span).is_none() {
            return PromptState::Over;
        }
        if ui.input_mut(|i| i.consume_key(Modifiers::NONE, Key::Escape)) {
            return PromptState::Over;
        }
        if ui.input_mut(|i| i.consume_key(Modifiers::NONE, Key::Tab)) {
            self.next();
        }
        let Some(question) = self.questions.front().cloned() else { return PromptState::Over };
        let options = options(&question, panel, desk, &self.span);
        let width = 440.0_f32.min(page.width() + 60.0);
        let anchor = anchor.unwrap_or(Rect::from_center_size(page.center(), vec2(10.0, 10.0)));
        // Below the span where there is room for a list, else on the side with more of it; the panel underneath may be covered,
        // the span may not.
        let window = ui.ctx().content_rect();
        let (above, below) = (anchor.top() - 22.0 - window.top(), window.bottom() - anchor.bottom() - 10.0);
        let (pivot, at, room) = if below >= 330.0 || below >= above {
            (Align2::LEFT_TOP, pos2(anchor.left(), anchor.bottom() + 10.0), below)
        } else {
            (Align2::LEFT_BOTTOM, pos2(anchor.left(), anchor.top() - 22.0), above)
        };
        let at = pos2(at.x.clamp(page.left(), (page.right() - width).max(page.left())), at.y);
        egui::Area::new(egui::Id::unique("quick-prompt"))
            .order(egui::Order::Foreground)
            .pivot(pivot)
            .fixed_pos(at)
            // Not to the page: in a low window the prompt is higher than that, and its question would be cut off.
            .constrain_to(ui.ctx().content_rect().shrink(8.0))
            .show(ui, |ui| {
                egui::Frame::popup(ui.style()).inner_margin(10.0).show(ui, |ui| {
                    ui.set_width(width);
                    self.heading(ui, panel, &question);
                    match options {
                        Some(options) => self.choose(ui, panel, &options),
                        None => self.search(ui, panel, desk, &question, room),
                    }
                    ui.add_space(2.0);
                    ui.horizontal_wrapped(|ui| {
                        ui.small(
                            egui::RichText::new(panel.say("prompt-keys")).color(panel.tokens.text_faint),
                        );
                    });
                });
            });
        self.fresh = false;
        if self.questions.is_empty() { PromptState::Over } else { PromptState::Asking }
    }

    fn heading(&self, ui: &mut Ui, panel: &Panel<'_>, question: &Question) {
        let language = panel.words.code();
        let (title, help) = match question {
            Question::Field { path, def, .. } => {
                let mut title = def.title(language).to_owned();
                if let (Some(top), Some(PathStep::Item(n))) = (path.top(), path.steps().get(1))
                    && let Some(desk) = panel.open().map(|o| &o.desk)
                    && let Some(outer) = top_def(&desk.schema, desk, &self.span, top)
                {
                    title = if outer.name == def.name {
                        format!("{title} {}", n + 1)
                    } else {
                        format!("{} {} · {title}", outer.title(language), n + 1)
                    };
                }
                (title, def.help.get(language).unwrap_or_default().to_owned())
            }
            Question::Label => (panel.say("prompt-label"), String::new()),
            Question::Relation => (panel.say("prompt-relation"), String::new()),
            Question::RelationEnd { .. } => (panel.say("prompt-relation-end"), String::new()),
        };
        ui.label(egui::RichText::new(title).family(look::bold()).size(14.0));
        if !help.is_empty() {
            ui.label(egui::RichText::new(help).color(panel.tokens.text_soft).size(12.0));
        }
    }

    /// Choices, each with its letter.
    fn choose(&mut self, ui: &mut Ui, panel: &Panel<'_>, options: &[PickOption]) {
        let mut picked = None;
        ui.input_mut(|input| {
            let count = options.len().max(1);
            if input.consume_key(Modifiers::NONE, Key::ArrowDown)
                || input.consume_key(Modifiers::NONE, Key::ArrowRight)
            {
                self.at = (self.at + 1) % count;
            }
            if input.consume_key(Modifiers::NONE, Key::ArrowUp)
                || input.consume_key(Modifiers::NONE, Key::ArrowLeft)
            {
                self.at = (self.at + count - 1) % count;
            }
            if input.consume_key(Modifiers::NONE, Key::Enter) {
                picked = Some(self.at);
            }
            for (n, option) in options.iter().enumerate() {
                let key = option.key.as_deref().and_then(|k| Key::from_name(&k.to_uppercase()));
                if key.is_some_and(|key| input.consume_key(Modifiers::NONE, key)) {
                    picked = Some(n);
                    break;
                }
            }
            // Whatever else was typed is not for the article behind the prompt.
            input.events.retain(|event| !matches!(event, egui::Event::Text(_)));
        });
        for (n, option) in options.iter().enumerate() {
            let row = option_row(ui, panel, option, n == self.at);
            if row.clicked() {
                picked = Some(n);
            }
        }
        if let Some(option) = picked.and_then(|n| options.get(n)) {
            self.pick_option(panel, &option.value);
        }
    }

    fn pick_option(&mut self, panel: &Panel<'_>, value: &PickValue) {
        match (value, self.questions.front()) {
            (PickValue::Field(value), Some(Question::Field { path, .. })) => {
                let path = path.clone();
                self.set(panel, vec![(path, Some(value.clone()))]);
                self.next();
            }
            (PickValue::Label(label), _) => {
                panel.edit(Edit::Relabel { span: self.span.clone(), label: label.clone() });
                self.next();
            }
            (PickValue::Relation(label, to), _) => {
                self.next();
                self.questions.push_front(Question::RelationEnd { label: label.clone(), to: to.clone() });
            }
            _ => {}
        }
    }

    /// A box to type into, with what fits below it.
    fn search(&mut self, ui: &mut Ui, panel: &Panel<'_>, desk: &Desk, question: &Question, room: f32) {
        let kind = match question {
            Question::Field { def, mention: Some((_, span)), .. } => {
                FieldKind::Either(vec![span.clone(), def.kind.clone()])
            }
            Question::Field { def, .. } => def.kind.clone(),
            Question::RelationEnd { to, .. } => FieldKind::Span(to.clone()),
            _ => return,
        };
        let near = desk.span(&self.span).map(|s| s.parts.hull());
        let for_what = (self.query.clone(), desk.workspace.set.generation());
        if self.listed_for.as_ref() != Some(&for_what) {
            self.listed = candidates(desk, &kind, &self.query, near, panel.words.code());
            self.listed.retain(|c| c.span.as_ref() != Some(&self.span));
            self.at = 0;
            self.listed_for = Some(for_what);
        }
        let (mut down, mut up, mut enter, mut on, mut back) = (false, false, false, false, false);
        let empty = self.query.is_empty();
        ui.input_mut(|input| {
            down = input.consume_key(Modifiers::NONE, Key::ArrowDown);
            up = input.consume_key(Modifiers::NONE, Key::ArrowUp);
            enter = input.consume_key(Modifiers::NONE, Key::Enter);
            if empty {
                on = input.consume_key(Modifiers::NONE, Key::ArrowRight);
                back = input.consume_key(Modifiers::NONE, Key::ArrowLeft);
            }
        });
        let new_name = self.new_name(desk, question, &kind);
        let creatable = new_name.is_some();
        let lines = self.listed.len() + usize::from(creatable);
        if lines > 0 {
            self.at = match (down, up) {
                (true, false) => (self.at + 1) % lines,
                (false, true) => (self.at + lines - 1) % lines,
                _ => self.at.min(lines - 1),
            };
        }
        if on || back {
            self.step_through_text(desk, on);
        }
        let hint = panel.say(match kind_of_text(&kind) {
            TextKind::Date => "prompt-hint-date",
            TextKind::Text => "prompt-hint-text",
            TextKind::Number => "prompt-hint-number",
            TextKind::Search => "prompt-hint-search",
        });
        let edit = egui::TextEdit::singleline(&mut self.query).hint_text(hint).desired_width(f32::INFINITY);
        let response = ui.add(edit);
        let name = panel.say("prompt-search-box");
        response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::TextInput, true, &name));
        if self.fresh || !response.has_focus() {
            response.request_focus();
        }
        let mut picked = None;
        // In a low window the list must not hide the words it is about.
        let shown = (((room - 170.0) / 36.0) as usize).clamp(3, 9);
        let first = self.at.saturating_sub(shown - 1);
        for n in first..self.listed.len().min(first + shown) {
            if candidate_row(ui, panel, &self.listed[n], n == self.at).clicked() {
                picked = Some(n);
            }
        }
        if let Some(name) = &new_name {
            let text = panel.with("prompt-create", &[("name", name.as_str().into())]);
            let option = PickOption {
                key: None,
                title: text,
                help: String::new(),
                value: PickValue::Label(String::new()),
            };
            if option_row(ui, panel, &option, self.at == self.listed.len()).clicked() {
                picked = Some(self.listed.len());
            }
        }
        if lines == 0 && kind_of_text(&kind) == TextKind::Search {
            ui.label(egui::RichText::new(panel.say("prompt-nothing")).color(panel.tokens.text_soft));
        }
        if enter {
            picked = Some(self.at);
        }
        let Some(n) = picked else { return };
        if let Some(candidate) = self.listed.get(n).cloned() {
            self.pick_candidate(panel, &candidate);
        } else if let Some(name) = new_name.filter(|_| n == self.listed.len()) {
            self.create(panel, desk, &kind, name);
        } else if kind_of_text(&kind) != TextKind::Search {
            self.take_text(panel, &kind);
        } else if self.query.trim().is_empty() {
            self.next();
        }
    }

    /// Moves to the next or previous mention in the order of the text, wherever it stands in the list.
    fn step_through_text(&mut self, desk: &Desk, on: bool) {
        let place = |c: &Candidate| c.span.as_ref().and_then(|id| desk.span(id)).map(|s| s.parts.hull());
        let here = self
            .listed
            .get(self.at)
            .and_then(place)
            .or_else(|| desk.span(&self.span).map(|s| s.parts.hull()));
        let Some(here) = here else { return };
        let mentions = self.listed.iter().enumerate().filter_map(|(n, c)| Some((n, place(c)?)));
        let next = if on {
            mentions.filter(|(_, p)| *p > here).min_by_key(|(_, p)| *p)
        } else {
            mentions.filter(|(_, p)| *p < here).max_by_key(|(_, p)| *p)
        };
        if let Some((n, _)) = next {
            self.at = n;
        }
    }

    fn pick_candidate(&mut self, panel: &Panel<'_>, candidate: &Candidate) {
        match self.questions.front().cloned() {
            Some(Question::Field { path, mention, .. }) => {
                let mut values = Vec::new();
                match (&candidate.span, mention) {
                    (Some(span), Some((mention, _))) => {
                        values.push((mention, Some(Value::text(span.as_str()))));
                        // What the mention is known to name is what the record names.
                        if let Some(entity) = entity_of(panel, span) {
                            values.push((path, Some(Value::text(entity))));
                        }
                    }
                    _ => values.push((path, Some(candidate.value.clone()))),
                }
                self.set(panel, values);
                self.next();
            }
            Some(Question::RelationEnd { label, .. }) => {
                if let Some(to) = &candidate.span {
                    panel.edit(Edit::Relate { from: self.span.clone(), to: to.clone(), label });
                }
                self.next();
            }
            _ => {}
        }
    }

    /// What a new entry would be called: what was typed; before anything is, the words of the mention that is being named, for most
    /// entries of a register are called as the text calls them first.
    fn new_name(&self, desk: &Desk, question: &Question, kind: &FieldKind) -> Option<String> {
        if !creatable(kind) {
            return None;
        }
        let typed = self.query.trim();
        if !typed.is_empty() {
            return Some(typed.to_owned());
        }
        let Question::Field { path, mention: None, .. } = question else { return None };
        if path.steps().len() != 1 || !makes_entities(kind) {
            return None;
        }
        let surface = desk.span(&self.span)?.surface(&desk.article.text);
        let words = surface.split_whitespace().collect::<Vec<_>>().join(" ");
        let taken =
            || desk.workspace.register.iter().any(|e| e.all_names().any(|n| folded(n) == folded(&words)));
        (!words.is_empty() && words.chars().count() <= LONGEST_OWN_NAME && !taken()).then_some(words)
    }

    fn create(&mut self, panel: &Panel<'_>, desk: &Desk, kind: &FieldKind, name: String) {
        let Some(Question::Field { path, .. }) = self.questions.front().cloned() else { return };
        let into = Some((self.span.clone(), path));
        if makes_terms(kind) && !makes_entities(kind) {
            let id = desk.workspace.codebook.fresh_id(None, &name);
            panel.edit(Edit::CreateTerm { term: Term::new(id, panel.words.code(), name), into });
        } else {
            let kind = desk
                .span(&self.span)
                .and_then(|s| s.fields.text("kind").map(str::to_owned))
                .unwrap_or_default();
            let kind = if kind_is_of_entities(desk, &kind) { kind } else { String::new() };
            panel.edit(Edit::CreateEntity { name, kind, into });
        }
        self.next();
    }

    fn take_text(&mut self, panel: &Panel<'_>, kind: &FieldKind) {
        let Some(Question::Field { path, .. }) = self.questions.front().cloned() else { return };
        let text = self.query.trim();
        let value = match kind {
            FieldKind::Number { whole, .. } => {
                match (text.parse::<i64>(), text.replace(',', ".").parse::<f64>()) {
                    (Ok(n), _) => Some(Value::Integer(n)),
                    (_, Ok(n)) if n.is_finite() && !whole => Some(Value::Number(n)),
                    _ => return,
                }
            }
            FieldKind::Date if !text.is_empty() => match crate::text::iso_date(text) {
                Some(date) => Some(Value::text(date)),
                None => Some(Value::text(text)),
            },
            _ if text.is_empty() => None,
            _ => Some(Value::text(text)),
        };
        if value.is_some() {
            self.set(panel, vec![(path, value)]);
        }
        self.next();
    }

    fn set(&self, panel: &Panel<'_>, values: Vec<(FieldPath, Option<Value>)>) {
        // One gesture: a record filled in by the prompt is one step of undo.
        panel.edit(Edit::SetFields { span: self.span.clone(), values, gesture: Some(self.gesture) });
    }

    fn next(&mut self) {
        self.questions.pop_front();
        self.query.clear();
        self.at = 0;
        self.fresh = true;
        self.listed.clear();
        self.listed_for = None;
    }
}

fn top_def<'a>(schema: &'a Schema, desk: &Desk, span: &SpanId, top: &str) -> Option<&'a FieldDef> {
    let label = &desk.span(span)?.label;
    schema.fields_of(label).iter().find(|d| d.name == top)
}

fn push_questions(def: &FieldDef, there: Option<&Value>, path: &FieldPath, into: &mut VecDeque<Question>) {
    let count = there.and_then(Value::as_list).map_or(0, <[Value]>::len);
    let here = if def.is_list() { path.item(count) } else { path.clone() };
    match &def.kind {
        FieldKind::Record(inner) => {
            let mention = inner.iter().find(|d| matches!(d.kind, FieldKind::Span(_)));
            let asked: Vec<&FieldDef> = match inner.iter().filter(|d| d.ask).collect::<Vec<_>>() {
                none if none.is_empty() => inner.iter().collect(),
                some => some,
            };
            for field in asked {
                let beside = mention
                    .filter(|m| matches!(field.kind, FieldKind::Entity(_)) && m.name != field.name)
                    .map(|m| (here.then(&m.name), m.kind.clone()));
                into.push_back(Question::Field {
                    path: here.then(&field.name),
                    def: field.clone(),
                    mention: beside,
                });
            }
        }
        _ => into.push_back(Question::Field { path: here, def: def.clone(), mention: None }),
    }
}

fn span_labels(kind: &FieldKind) -> Option<Vec<String>> {
    match kind {
        FieldKind::Span(labels) => Some(labels.clone()),
        FieldKind::Either(kinds) => kinds.iter().find_map(span_labels),
        _ => None,
    }
}

/// What a mention's own register link says.
fn entity_of(panel: &Panel<'_>, span: &SpanId) -> Option<String> {
    let desk = &panel.open()?.desk;
    let span = desk.span(span)?;
    let def = desk.schema.fields_of(&span.label).iter().find(|d| matches!(d.kind, FieldKind::Entity(_)))?;
    span.fields.text(&def.name).map(str::to_owned)
}

fn makes_entities(kind: &FieldKind) -> bool {
    match kind {
        FieldKind::Entity(_) => true,
        FieldKind::Either(kinds) => kinds.iter().any(makes_entities),
        _ => false,
    }
}

fn makes_terms(kind: &FieldKind) -> bool {
    match kind {
        FieldKind::Term(_) => true,
        FieldKind::Either(kinds) => kinds.iter().any(makes_terms),
        _ => false,
    }
}

fn creatable(kind: &FieldKind) -> bool {
    (makes_entities(kind) || makes_terms(kind)) && kind_of_text(kind) == TextKind::Search
}

fn kind_is_of_entities(desk: &Desk, kind: &str) -> bool {
    desk.schema.labels.iter().any(|l| {
        l.fields
            .iter()
            .any(|f| f.name == "kind" && f.choices().is_some_and(|c| c.iter().any(|c| c.name == kind)))
            && l.fields.iter().any(|f| matches!(f.kind, FieldKind::Entity(_)))
    })
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum TextKind {
    Search,
    Text,
    Date,
    Number,
}

fn kind_of_text(kind: &FieldKind) -> TextKind {
    match kind {
        FieldKind::Text => TextKind::Text,
        FieldKind::Date => TextKind::Date,
        FieldKind::Number { .. } => TextKind::Number,
        FieldKind::Either(kinds) if kinds.contains(&FieldKind::Text) => TextKind::Text,
        _ => TextKind::Search,
    }
}

/// The options of a question that has a short list of answers.
fn options(question: &Question, panel: &Panel<'_>, desk: &Desk, span: &SpanId) -> Option<Vec<PickOption>> {
    let language = panel.words.code();
    match question {
        Question::Field { def, .. } => match &def.kind {
            FieldKind::Choice(choices) => Some(
                choices
                    .iter()
                    .map(|c| PickOption {
                        key: c.key.clone(),
                        title: c.title(language).to_owned(),
                        help: c.help.get(language).unwrap_or_default().to_owned(),
                        value: PickValue::Field(Value::text(&c.name)),
                    })
                    .collect(),
            ),
            FieldKind::YesNo => Some(
                [("y", "prompt-yes", true), ("n", "prompt-no", false)]
                    .into_iter()
                    .map(|(key, word, value)| PickOption {
                        key: Some(key.to_owned()),
                        title: panel.words.say(word),
                        help: String::new(),
                        value: PickValue::Field(Value::Bool(value)),
                    })
                    .collect(),
            ),
            FieldKind::Number { min: Some(min), max: Some(max), whole: true }
                if max - min <= 9.0 && *min >= 0.0 =>
            {
                let numbers = *min as i64..=*max as i64;
                Some(
                    numbers
                        .map(|n| PickOption {
                            key: Some(n.to_string()),
                            title: n.to_string(),
                            help: String::new(),
                            value: PickValue::Field(Value::Integer(n)),
                        })
                        .collect(),
                )
            }
            _ => None,
        },
        Question::Label => Some(
            desk.schema
                .labels
                .iter()
                .map(|l| PickOption {
                    key: l.key.clone(),
                    title: l.title(language).to_owned(),
                    help: l.help.get(language).unwrap_or_default().to_owned(),
                    value: PickValue::Label(l.name.clone()),
                })
                .collect(),
        ),
        Question::Relation => {
            let label = desk.span(span).map(|s| s.label.clone()).unwrap_or_default();
            let fits = |ends: &[String]| ends.is_empty() || ends.contains(&label);
            Some(
                desk.schema
                    .relations
                    .iter()
                    .filter(|r| fits(&r.from) || r.symmetric && fits(&r.to))
                    .map(|r| PickOption {
                        key: r.key.clone(),
                        title: r.title(language).to_owned(),
                        help: r.help.get(language).unwrap_or_default().to_owned(),
                        value: PickValue::Relation(r.name.clone(), r.to.clone()),
                    })
                    .collect(),
            )
        }
        Question::RelationEnd { .. } => None,
    }
}

fn row_frame(
    ui: &mut Ui,
    panel: &Panel<'_>,
    at: bool,
    name: &str,
    content: impl FnOnce(&mut Ui),
) -> egui::Response {
    let fill = if at { panel.tokens.accent_ground } else { egui::Color32::TRANSPARENT };
    let frame = egui::Frame::new().fill(fill).corner_radius(4).inner_margin(egui::Margin::symmetric(6, 3));
    let inner = frame.show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.horizontal(content);
    });
    let response = inner.response.interact(egui::Sense::click());
    response.widget_info(|| egui::WidgetInfo::selected(egui::Role::Button, true, at, name));
    response
}

fn option_row(ui: &mut Ui, panel: &Panel<'_>, option: &PickOption, at: bool) -> egui::Response {
    let response = row_frame(ui, panel, at, &option.title, |ui| {
        if let Some(key) = &option.key {
            key_cap(ui, panel, &key.to_uppercase());
        }
        ui.label(&option.title);
    });
    if option.help.is_empty() { response } else { response.on_hover_text(&option.help) }
}

fn candidate_row(ui: &mut Ui, panel: &Panel<'_>, candidate: &Candidate, at: bool) -> egui::Response {
    row_frame(ui, panel, at, &candidate.title, |ui| {
        ui.spacing_mut().item_spacing.x = 8.0;
        let mark = match candidate.kind {
            CandidateKind::Span => "¶",
            CandidateKind::Entity => "●",
            CandidateKind::Term => "▪",
            CandidateKind::Choice => "·",
        };
        ui.label(egui::RichText::new(mark).color(panel.tokens.text_faint));
        ui.label(&candidate.title);
        ui.add(
            egui::Label::new(egui::RichText::new(&candidate.detail).color(panel.tokens.text_soft).size(12.0))
                .truncate(),
        );
    })
}

/// A key as it looks on a keyboard.
pub fn key_cap(ui: &mut Ui, panel: &Panel<'_>, key: &str) {
    let text = egui::RichText::new(key).size(11.0).color(panel.tokens.text_soft);
    egui::Frame::new()
        .fill(panel.tokens.raised)
        .stroke(egui::Stroke::new(1.0, panel.tokens.line))
        .corner_radius(3)
        .inner_margin(egui::Margin::symmetric(5, 0))
        .show(ui, |ui| ui.label(text));
}

/// Sets a stretch field of a span to the selected words; the app's answer to the field's key.
pub fn stretch_request(span: &SpanId, path: &FieldPath, selection: &[TextRange]) -> Request {
    Request::Edit(Edit::SetFields {
        span: span.clone(),
        values: vec![(path.clone(), Some(Value::stretch(selection)))],
        gesture: None,
    })
}

//! What the review's keys, commands and requests do: the one place where the review changes anything.

use super::ReviewAct;
use super::exchange::{IncomingDialog, PackageDialog};
use super::people::PeopleDialog;
use super::planning::{NoPlan, Planning};
use super::room::ReviewDialog;
use super::rules::RulesDialog;
use super::scene::About;
use super::working::{Done, WorkingDialog};
use crate::model::{AnnotationSet, Became, Change, Settles, SpanId, Topic, Transaction};
use crate::review::adjudication::{Case, RelationVerdict};
use crate::review::{Borders, Judging, Plan, Refused, Rule, Standing, Verdict};
use crate::session::bringing_in::BroughtIn;
use crate::session::{CommentTo, Notice, Session};
use crate::window::App;
use crate::window::command::Command;
use crate::window::panel::{DialogKind, Page};

impl App {
    /// Does a command if it is one of the review's or one that means something else while it is shown; `false` if it is neither.
    pub(in crate::window) fn review_command(&mut self, command: Command) -> bool {
        match command {
            Command::ShowReview => {
                self.show_review();
                return true;
            }
            Command::ShowOverview => {
                self.show_overview();
                return true;
            }
            Command::BringInWork => {
                if self.state.session.is_some() {
                    self.dialogs.open(DialogKind::BringIn);
                }
                return true;
            }
            Command::ExportPackage => {
                if let Some(session) = &self.state.session {
                    let dialog = PackageDialog::new(&session.root, session.annotators());
                    self.review.dialog = Some(ReviewDialog::Package(dialog));
                }
                return true;
            }
            Command::ShowOwnWork => {
                self.show_overview();
                self.overview.section = crate::window::dashboard::Section::OwnWork;
                return true;
            }
            Command::ShowProjectComments => {
                self.show_overview();
                self.overview.section = crate::window::dashboard::Section::Comments;
                self.overview.comments.focus();
                return true;
            }
            Command::ResolveComment => {
                self.resolve_comment();
                return true;
            }
            Command::EditComment => {
                self.edit_comment(None);
                return true;
            }
            Command::WithdrawComment => {
                self.withdraw_comment();
                return true;
            }
            Command::CommentHere if self.page == Page::Article => {
                if self.state.session.as_ref().is_some_and(|s| s.open.is_some()) {
                    self.prefer(|p| p.show_fields = true);
                    self.review.talk.write();
                }
                return true;
            }
            Command::GoToText if self.page == Page::Review && self.review.is_editing() => {
                self.end_edit();
                return true;
            }
            Command::GoToText if self.page != Page::Article => {
                self.show_page(Page::Article);
                return true;
            }
            _ if self.page != Page::Review => {
                return command.scope() == crate::window::command::Scope::Review;
            }
            _ => {}
        }
        let Some(session) = &self.state.session else { return false };
        match command {
            Command::NextDifference | Command::PreviousDifference => {
                self.review.step(command == Command::NextDifference, session);
            }
            Command::NextAspect | Command::PreviousAspect => {
                if let Some(aspects) = self.review.aspects(session) {
                    self.review.card.step_row(aspects.differing.len(), command == Command::NextAspect);
                }
            }
            Command::TakeUnion => self.take_borders(Borders::Union),
            Command::TakeIntersection => self.take_borders(Borders::Intersection),
            Command::AcceptPieces => self.accept_pieces(),
            Command::NothingHere => self.decide_at_hand(&Verdict::NothingHere),
            Command::Reject => {
                if self.review.at.is_some() {
                    self.review.card.ask_reason();
                }
            }
            Command::RejectAgain => match self.review.last_reason.clone() {
                Some(reason) => self.decide_at_hand(&Verdict::Reject { reason }),
                None if self.review.at.is_some() => self.review.card.ask_reason(),
                None => {}
            },
            Command::EditOwn | Command::EditFields => self.edit_own(),
            Command::Reopen => self.reopen(),
            Command::ReviewPeople => self.choose_people(),
            Command::ReviewRules => {
                let names: Vec<String> = self.review.scene.people.iter().map(|p| p.name.clone()).collect();
                if !names.is_empty() {
                    self.review.dialog = Some(ReviewDialog::Rules(RulesDialog::new(&names)));
                }
            }
            Command::WriteComment | Command::CommentHere => self.review.talk.write(),
            Command::ToggleUnderlines => {
                self.prefer(|p| p.underlines = !p.underlines);
                if let Some(session) = &self.state.session {
                    self.review.reveal_at_hand(session);
                }
            }
            Command::Copy => self.review.lanes.copy(),
            other if is_about_selection(other) => {
                if let Some(act) = other.caret_act() {
                    self.review.lanes.act(act);
                }
            }
            other if moves_borders(other) => self.move_borders(other),
            _ => return false,
        }
        true
    }

    /// Does what the review asked for.
    pub(in crate::window) fn review_act(&mut self, act: ReviewAct) {
        match act {
            ReviewAct::Decide { about, verdict } => self.decide(about, &verdict, true),
            ReviewAct::Apply(rule) => self.apply_rule(&rule),
            ReviewAct::Compare(people) => {
                if let Some(session) = &mut self.state.session {
                    match session.begin_review(people) {
                        Ok(notices) => self.notices.add(notices),
                        Err(why) => self.notices.add([Notice::error("notice-fault").with("fault", why)]),
                    }
                }
            }
            ReviewAct::GoTo(mark) => {
                if let Some(session) = &self.state.session {
                    self.review.go_to(mark, session);
                }
            }
            ReviewAct::Edit => self.edit_own(),
            ReviewAct::EndEdit => self.end_edit(),
            ReviewAct::Say { to, text, settles } => {
                let Some(session) = &mut self.state.session else { return };
                if let Err(why) = session.say(to, &text, settles) {
                    self.notices.add([Notice::error("notice-not-saved").with("message", why)]);
                }
            }
            ReviewAct::Revise { article, id, did } => drop(self.revise_comment(&article, &id, did)),
            ReviewAct::EditComment(id) => self.edit_comment(Some(&id)),
            ReviewAct::Read(thread) => self.read_thread(&thread),
            ReviewAct::GoToThread(thread) => self.go_to_thread(&thread),
            ReviewAct::OpenComments(threads) => self.open_comments(&threads),
            ReviewAct::ToText if self.page == Page::Article => self.view.take_focus(),
            ReviewAct::ToText => self.review.take_focus(),
            ReviewAct::StopWaiting => {
                self.show_page(Page::Article);
                self.notices.add([Notice::info("notice-stopped")]);
            }
            ReviewAct::Stopped => self.notices.add([Notice::info("notice-stopped")]),
            ReviewAct::LookAt(source) => self.work(|session| WorkingDialog::look_at(session, source)),
            ReviewAct::TakeIn(incoming) => self.work(|session| WorkingDialog::take_in(session, *incoming)),
            ReviewAct::WritePackage { out, people, comments } => self.write_package(out, people, comments),
        }
    }

    /// Shows a page; leaving the review gives the user's own set back.
    pub(in crate::window) fn show_page(&mut self, page: Page) {
        if page == Page::Article {
            self.leave_review();
            self.view.take_focus();
        }
        self.page = page;
    }

    /// Sits down at gold and shows the review.
    pub(in crate::window) fn show_review(&mut self) {
        let Some(session) = &mut self.state.session else { return };
        if !session.is_reviewing() {
            self.notices.clear_news();
            match session.begin_review(Vec::new()) {
                Ok(notices) => self.notices.add(notices),
                Err(why) => self.notices.add([Notice::error("notice-fault").with("fault", why)]),
            }
            self.page = Page::Review;
            self.article_opened();
        }
        self.page = Page::Review;
        self.review.take_focus();
    }

    /// Ends the review, if there is one: the user's own set is at hand again.
    pub(in crate::window) fn leave_review(&mut self) {
        let Some(session) = self.state.session.as_mut().filter(|s| s.is_reviewing()) else { return };
        match session.end_review() {
            Ok(notices) => self.notices.add(notices),
            Err(why) => self.notices.add([Notice::error("notice-fault").with("fault", why)]),
        }
        self.review.leave();
        self.page = Page::Article;
        self.article_opened();
    }

    /// Another article or project came: a review goes on where there is one, else the article is shown.
    pub(in crate::window) fn page_stays(&mut self) {
        let reviewing = self.state.session.as_ref().is_some_and(Session::is_reviewing);
        self.page = if reviewing { Page::Review } else { Page::Article };
        if reviewing {
            self.review.take_focus();
        } else {
            self.review.leave();
        }
    }

    fn may_judge(&mut self) -> bool {
        let read_only = self.state.open().is_some_and(|open| open.read_only.is_some());
        if read_only {
            self.notices.add([Notice::warning("notice-read-only")]);
        }
        !read_only
    }

    fn refused(&mut self, why: &Refused) {
        let notice = match why {
            Refused::NothingOf(who) => Notice::hint("notice-marked-nothing").with("who", who),
            Refused::NothingInCommon => Notice::hint("notice-nothing-in-common"),
            Refused::EndNotInGold => Notice::hint("notice-end-not-in-gold"),
            other => Notice::warning("notice-fault").with("fault", other),
        };
        self.notices.add([notice]);
    }

    /// Decides about a difference as one step of undo, and goes on to the next that is open.
    pub(super) fn decide(&mut self, about: About, verdict: &Verdict, go_on: bool) {
        if !self.may_judge() {
            return;
        }
        if let Verdict::Reject { reason } = verdict {
            self.review.last_reason = Some(reason.clone());
        }
        let Some(session) = &mut self.state.session else { return };
        let judge = session.judge_now("");
        let changes = {
            let Some(open) = &session.open else { return };
            let people = &self.review.scene.people;
            let sets: Vec<(&str, &AnnotationSet)> =
                people.iter().map(|p| (p.name.as_str(), &*p.set)).collect();
            let gold = &open.desk.workspace.set;
            let comparison = self.review.comparison();
            let case = Case { sets: &sets, comparison: &comparison, gold, schema: &session.schema };
            let mut judging = Judging::with(case, self.review.standings.clone());
            let decided = match about {
                About::Spans(cluster) => judging.decide(cluster, verdict, &judge),
                About::Relation(relation) => {
                    let verdict = of_relation(verdict);
                    let ends = comparison.relations.get(relation).map(|r| [r.from, r.to]);
                    // Ends that all agree on are in no list, so nobody could decide about them first.
                    let agreed = |end: &usize| {
                        let open = judging.standings().clusters.get(*end).is_some_and(Standing::is_open);
                        open && self.review.scene.find(About::Spans(*end)).is_none()
                    };
                    let mut wanted: Vec<usize> = ends.into_iter().flatten().filter(agreed).collect();
                    wanted.dedup();
                    if matches!(verdict, RelationVerdict::Reject { .. }) {
                        wanted.clear();
                    }
                    wanted
                        .into_iter()
                        .try_for_each(|end| judging.take_agreed(end, &judge))
                        .and_then(|()| judging.decide_relation(relation, &verdict, &judge))
                }
                About::Field(field) => judging.decide_article_field(field, &of_relation(verdict), &judge),
            };
            decided.and_then(|()| judging.finish(&judge))
        };
        let changes = match changes {
            Ok(changes) => changes,
            Err(why) => return self.refused(&why),
        };
        let mark = self.review.scene.find(about);
        let about = mark.map(|m| self.review.scene.marks[m].surface.clone()).unwrap_or_default();
        match session.make(Transaction::new("adjudicate", about, changes)) {
            Ok(_) => {
                self.review.refresh(session, &self.state.words);
                if go_on && !self.review.go_on(session) {
                    self.notices.add([Notice::info("notice-all-decided")]);
                }
            }
            Err(why) => self.outdated(&why),
        }
    }

    fn decide_at_hand(&mut self, verdict: &Verdict) {
        let about = self.review.at.and_then(|at| self.review.scene.marks.get(at)).map(|m| m.about);
        if let Some(about) = about {
            self.decide(about, verdict, true);
        }
    }

    fn take_borders(&mut self, borders: Borders) {
        let Some(session) = &self.state.session else { return };
        let Some(aspects) = self.review.aspects(session) else { return };
        let room = &mut self.review;
        if let Some(verdict) = room.card.take_borders(&room.scene, &aspects, borders) {
            self.decide_at_hand(&verdict);
        }
    }

    fn accept_pieces(&mut self) {
        let Some(session) = &self.state.session else { return };
        let Some(aspects) = self.review.aspects(session) else { return };
        if self.review.card.draft.is_empty() {
            self.notices.add([Notice::hint("notice-nothing-chosen")]);
            return;
        }
        let names: Vec<String> = self.review.scene.people.iter().map(|p| p.name.clone()).collect();
        let verdict = self.review.card.draft.verdict(&aspects, &names);
        self.decide_at_hand(&verdict);
    }

    /// The gold span of the difference at hand; made from what there is if there is none.
    fn gold_span(&mut self) -> Option<SpanId> {
        let mark = self.review.scene.marks.get(self.review.at?)?.clone();
        let About::Spans(cluster) = mark.about else { return None };
        let there = |app: &Self| app.review.standings.gold.get(cluster).cloned().flatten();
        if there(self).is_none() {
            let name = self.review.scene.people.get(*mark.members.first()?)?.name.clone();
            self.decide(mark.about, &Verdict::TakeFrom(name), false);
        }
        there(self)
    }

    fn edit_own(&mut self) {
        if let Some(span) = self.gold_span() {
            self.state.selected = Some(span.clone());
            self.review.editing = Some(span);
            self.inspector.focus_first();
        }
    }

    pub(super) fn end_edit(&mut self) {
        self.review.editing = None;
        self.state.selected = None;
        self.review.card.forget();
        self.review.take_focus();
        let Some(session) = &self.state.session else { return };
        self.review.refresh(session, &self.state.words);
        self.review.go_on(session);
    }

    fn move_borders(&mut self, command: Command) {
        if let Some(span) = self.gold_span() {
            self.state.selected = Some(span);
            self.span_command(command);
            self.state.selected = None;
        }
    }

    fn reopen(&mut self) {
        if !self.may_judge() {
            return;
        }
        let Some(session) = &mut self.state.session else { return };
        let Some(open) = &session.open else { return };
        let Some(mark) = self.review.at.and_then(|at| self.review.scene.marks.get(at)) else { return };
        let gold = &open.desk.workspace.set;
        let standing = match mark.about {
            About::Spans(n) => self.review.standings.clusters.get(n),
            About::Relation(n) => self.review.standings.relations.get(n),
            About::Field(n) => self.review.standings.article_fields.get(n),
        };
        let field = match mark.about {
            About::Field(n) => self.review.comparison().article_fields.get(n).map(|f| f.name.clone()),
            _ => None,
        };
        let (span, decision) = match standing {
            Some(Standing::Decided(id) | Standing::Changed(id)) => {
                let decision = gold.decision(id).cloned();
                (decision.as_ref().and_then(|d| d.span.clone()), decision)
            }
            Some(Standing::InGold(span)) => (Some(span.clone()), None),
            Some(Standing::Filled) => (None, None),
            Some(Standing::Drawn(relation)) => {
                let Some(relation) = gold.relation(relation).cloned() else { return };
                let gone = vec![Change::Relation(Became::gone(relation))];
                let step = Transaction::new("reopen", mark.surface.clone(), gone);
                if let Err(why) = session.make(step) {
                    self.outdated(&why);
                }
                return;
            }
            _ => return,
        };
        let mut changes =
            span.map(|span| open.desk.workspace.removal_of(&span, &session.schema)).unwrap_or_default();
        let relation = decision.as_ref().and_then(|d| gold.relation(d.relation.as_ref()?)).cloned();
        changes.extend(relation.map(|relation| Change::Relation(Became::gone(relation))));
        changes.extend(decision.map(|decision| Change::Decision(Became::gone(decision))));
        if let Some(name) = field
            && let Some(value) = gold.fields.get(&name)
        {
            changes.push(Change::ArticleField { value: Became::gone(value.clone()), name });
        }
        match session.make(Transaction::new("reopen", mark.surface.clone(), changes)) {
            Ok(_) => {
                self.review.refresh(session, &self.state.words);
                self.review.card.forget();
            }
            Err(why) => self.outdated(&why),
        }
    }

    /// Works out what a rule decides, unless its dialog did, and does it.
    fn apply_rule(&mut self, rule: &Rule) {
        let known = self.review.planning.take();
        if !self.may_judge() {
            return;
        }
        let Some(session) = &self.state.session else { return };
        let scene = &self.review.scene;
        let known = known.filter(|planning| planning.is_of(rule, scene, session));
        let planning = known.or_else(|| Planning::start(rule.clone(), scene, session));
        let Some(mut planning) = planning else { return };
        match planning.take() {
            Some(plan) => self.decide_in_bulk(plan),
            None => self.review.dialog = Some(ReviewDialog::Working(WorkingDialog::decide(planning))),
        }
    }

    /// Does what a rule decides, as one step of undo.
    fn decide_in_bulk(&mut self, plan: Result<Plan, NoPlan>) {
        let Some(session) = &mut self.state.session else { return };
        match plan {
            Err(NoPlan::Refused(Refused::Stopped)) => self.notices.add([Notice::info("notice-stopped")]),
            Err(NoPlan::Refused(why)) => self.refused(&why),
            Err(NoPlan::Lost(why)) => self.notices.add([Notice::error("notice-fault").with("fault", why)]),
            Ok(plan) => match session.make(plan.transaction()) {
                Err(why) => self.outdated(&why),
                Ok(_) => {
                    self.notices.add([Notice::info("notice-rule-applied").with("n", plan.taken.len())]);
                    self.review.refresh(session, &self.state.words);
                    self.review.card.forget();
                    if self.review.at.is_none_or(|at| !self.review.scene.marks[at].state.is_open()) {
                        self.review.go_on(session);
                    }
                }
            },
        }
    }

    fn read_thread(&mut self, thread: &str) {
        let Some(session) = &self.state.session else { return };
        let talk = session.talk();
        let thread = talk.threads().iter().find(|t| t.id == thread);
        let new = thread.is_some_and(|thread| {
            self.review.seen.mark(&session.root, &talk.article, thread, session.speaker())
        });
        if new && let Err(why) = self.review.seen.save() {
            tracing::warn!("could not remember which comments were read: {why}");
        }
    }

    /// Opens one of these threads, the one after that which is open.
    pub(in crate::window) fn open_comments(&mut self, threads: &[String]) {
        let here = self.review.talk.at.as_ref().and_then(|at| threads.iter().position(|id| id == at));
        if let Some(next) = threads.get(here.map_or(0, |n| (n + 1) % threads.len())) {
            self.go_to_thread(next);
        }
    }

    /// Opens the next or previous thread that nobody resolved, the article's own first and then by place; if all are resolved, of all.
    pub(in crate::window) fn step_comment(&mut self, forward: bool) {
        let Some((session, open)) = self.state.session.as_ref().and_then(|s| Some((s, s.open.as_ref()?)))
        else {
            return;
        };
        let threads = session.talk().threads();
        let any_open = threads.iter().any(|t| t.resolved.is_none());
        let wanted: Vec<_> = threads.iter().filter(|t| t.resolved.is_none() || !any_open).collect();
        let last = wanted.len().saturating_sub(1);
        let here = self.review.talk.at.as_ref().and_then(|at| wanted.iter().position(|t| t.id == *at));
        let caret = open.desk.article.text.code_point_at_or_before(self.view.selection().head);
        let next = match (here, forward) {
            (Some(n), true) if n < last => n + 1,
            (Some(_), true) => 0,
            (Some(n), false) => n.checked_sub(1).unwrap_or(last),
            // From where the caret is; whoever is at the beginning hears of the article first.
            (None, true) if self.page == Page::Article && self.view.top_byte() > 0 => {
                let after = |t: &&&crate::review::Thread| t.topic.at().is_some_and(|at| at.start() >= caret);
                wanted.iter().position(|t| after(&t)).unwrap_or_default()
            }
            (None, true) => 0,
            (None, false) => last,
        };
        match wanted.get(next).map(|t| t.id.clone()) {
            Some(thread) => self.go_to_thread(&thread),
            None => self.notices.add([Notice::info("notice-no-comments")]),
        }
    }

    /// Resolves the thread at hand, or takes it up again.
    fn resolve_comment(&mut self) {
        let Some(session) = &self.state.session else { return };
        let (here, threads) = (self.threads_here(), session.talk().threads());
        let Some(thread) = self.review.talk.meant(&here, threads) else {
            return self.notices.add([Notice::hint("notice-no-thread-here")]);
        };
        let settles = if thread.resolved.is_some() { Settles::Reopened } else { Settles::Resolved };
        let to = CommentTo::Thread(thread.id.clone());
        let told = match settles {
            Settles::Resolved => "notice-thread-resolved",
            Settles::Reopened => "notice-thread-reopened",
        };
        self.review_act(ReviewAct::Say { to, text: String::new(), settles: Some(settles) });
        self.notices.add([Notice::info(told)]);
    }

    fn go_to_thread(&mut self, thread: &str) {
        let Some(session) = &self.state.session else { return };
        let found = session.talk().thread(thread).cloned();
        let topic = found.as_ref().map(|thread| thread.topic.clone());
        let at = topic.as_ref().and_then(Topic::at);
        if self.page == Page::Review {
            match topic.as_ref().and_then(|topic| self.review.scene.mark_of_topic(topic)) {
                Some(mark) => self.review.go_to(mark, session),
                None => {
                    if let Some(at) = at {
                        self.review.show_place(at, session);
                    }
                }
            }
        } else if let (Some(open), Some(at)) = (&session.open, at) {
            let own = topic.and_then(|topic| match topic {
                Topic::Span { annotator, span, .. } if annotator == session.annotator => Some(span),
                _ => None,
            });
            self.state.selected = own.filter(|id| open.desk.span(id).is_some());
            if let Some(byte) = open.desk.article.text.byte_of(at.start()) {
                self.view.reveal(byte.index(), true);
            }
        } else {
            self.state.selected = None;
        }
        if self.page == Page::Article && found.is_some() && !self.state.preferences.show_fields {
            self.prefer(|p| p.show_fields = true);
        }
        self.review.talk.open(thread, self.state.selected.as_ref());
    }

    fn work(&mut self, begin: impl FnOnce(&Session) -> Option<WorkingDialog>) {
        if let Some(dialog) = self.state.session.as_ref().and_then(begin) {
            self.review.dialog = Some(ReviewDialog::Working(dialog));
        }
    }

    fn write_package(&mut self, out: std::path::PathBuf, people: Vec<String>, comments: bool) {
        let Some(session) = &mut self.state.session else { return };
        // What was just done must be in the files that are packed.
        let notices = session.save();
        self.notices.add(notices);
        self.work(|session| WorkingDialog::pack(session, out, people, comments));
    }

    /// Takes in what a thread has read or written for the review.
    pub(in crate::window) fn end_working(&mut self) {
        let Some(ReviewDialog::Working(dialog)) = &mut self.review.dialog else { return };
        let Some(done) = dialog.take() else { return };
        self.review.dialog = None;
        self.review.take_focus();
        match done {
            Done::Looked(source, Ok(incoming)) => {
                self.review.dialog = Some(ReviewDialog::Incoming(IncomingDialog::new(source, incoming)));
            }
            Done::Looked(_, Err(why)) => {
                self.notices.add([Notice::error("notice-fault").with("fault", why)]);
            }
            Done::TakenIn(done) => self.taken_in(&done),
            Done::Decided(plan) => self.decide_in_bulk(plan),
            Done::Packed(_, Ok(None)) => {}
            Done::Packed(out, Ok(Some(_))) => {
                self.notices.add([Notice::info("notice-chart-written").with("file", out.display())]);
            }
            Done::Packed(_, Err(why)) => self.notices.add([Notice::error("notice-fault").with("fault", why)]),
            Done::Lost(why) => self.notices.add([Notice::error("notice-fault").with("fault", why)]),
        }
    }

    fn taken_in(&mut self, done: &BroughtIn) {
        let Some(session) = &mut self.state.session else { return };
        self.notices.add(done.failed.iter().map(|why| Notice::error("notice-fault").with("fault", why)));
        for name in &done.names {
            if let Err(why) = session.register_annotator(name) {
                self.notices.add([Notice::error("notice-fault").with("fault", why)]);
            }
        }
        let sets = done.new.len() + done.replaced.len();
        let told = Notice::info("notice-brought-in").with("n", sets).with("comments", done.comments);
        self.notices.add([told]);
        session.list_articles();
        if session.is_reviewing()
            && let Ok(notices) = session.begin_review(Vec::new())
        {
            self.notices.add(notices);
        }
        if self.page == Page::Overview {
            self.show_overview();
        }
    }

    fn choose_people(&mut self) {
        let Some(sitting) = self.state.session.as_ref().and_then(|s| s.sitting()) else { return };
        let compared: Vec<String> = sitting.sets.iter().map(|(name, _)| name.clone()).collect();
        self.review.dialog = Some(ReviewDialog::People(PeopleDialog::new(&sitting.there, &compared)));
    }

    /// A step was taken back or done again: what it was about comes to hand.
    pub(in crate::window) fn review_undone(&mut self, step: &Transaction) {
        if self.page != Page::Review {
            return;
        }
        let Some(session) = &self.state.session else { return };
        self.review.refresh(session, &self.state.words);
        self.review.card.forget();
        let decision = step.changes.iter().find_map(|change| match change {
            Change::Decision(became) => became.after.as_ref().or(became.before.as_ref()),
            _ => None,
        });
        let Some(decision) = decision else { return };
        let comparison = &self.review.scene.comparison;
        let about = decision.seen.iter().find_map(|seen| {
            if let Some(name) = seen.id.strip_prefix("article:") {
                return comparison.article_fields.iter().position(|f| f.name == name).map(About::Field);
            }
            let who = comparison.place_of(&seen.annotator)?;
            if decision.relation.is_some() {
                let id = Some(seen.id.as_str().into());
                return comparison.relations.iter().position(|r| r.members[who] == id).map(About::Relation);
            }
            comparison.cluster_of(who, &seen.id.as_str().into()).map(About::Spans)
        });
        if let Some(mark) = about.and_then(|about| self.review.scene.find(about)) {
            self.review.go_to(mark, session);
        }
    }
}

/// What a verdict means where it is about a relation or a field of the article.
fn of_relation(verdict: &Verdict) -> RelationVerdict {
    match verdict {
        Verdict::TakeFrom(annotator) => RelationVerdict::TakeFrom(annotator.clone()),
        Verdict::Reject { reason } => RelationVerdict::Reject { reason: reason.clone() },
        _ => RelationVerdict::Reject { reason: String::new() },
    }
}

/// Whether a command is about what is selected.
pub(super) fn is_about_selection(command: Command) -> bool {
    matches!(command, Command::Copy | Command::Expand | Command::Contract | Command::SelectAll)
}

/// Whether a command moves the borders of a tag.
pub(super) fn moves_borders(command: Command) -> bool {
    use Command as C;
    matches!(
        command,
        C::GrowEnd
            | C::ShrinkEnd
            | C::GrowStart
            | C::ShrinkStart
            | C::GrowEndCharacter
            | C::ShrinkEndCharacter
            | C::GrowStartCharacter
            | C::ShrinkStartCharacter
    )
}

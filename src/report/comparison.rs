//! The differences of two sessions as text, markdown and JSON.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde_json::{Value, json};

use crate::markdown;
use crate::session::{
    Basis, Diff, FieldDiff, ItemDiff, Link, LinkDiff, Part, Previous, Session, State, author_name, diff,
    file_id,
};
use crate::text::{self, Run};

/// One of the two sessions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Side {
    /// Its id, or the name of the page.
    pub id: String,
    /// Its subject.
    pub subject: String,
    /// The day of its last change.
    pub day: Date,
    /// Who made that change.
    pub by: String,
    /// Id and version of its questionnaire.
    pub questionnaire: (String, String),
}

impl Side {
    /// What is known of a session by this id.
    pub fn of(id: &str, session: &Session) -> Self {
        let last = session.last_published_change();
        Self {
            id: id.to_owned(),
            subject: session.subject().to_owned(),
            day: last.at.to_zoned(TimeZone::UTC).date(),
            by: last.by,
            questionnaire: (session.questionnaire().id.clone(), session.questionnaire().version.clone()),
        }
    }

    /// What is known of an earlier session about `subject`.
    pub fn of_previous(previous: &Previous, subject: &str) -> Self {
        Self {
            id: previous.session.clone(),
            subject: subject.to_owned(),
            day: previous.day,
            by: previous.by.clone(),
            questionnaire: previous.questionnaire.clone(),
        }
    }
}

/// Two sessions and their differences.
#[derive(Debug, Clone, PartialEq)]
pub struct Compared {
    /// The earlier session.
    pub left: Side,
    /// The later session.
    pub right: Side,
    /// Their differences.
    pub diff: Diff,
}

impl Compared {
    /// The differences between what a session continues, or another session, and the session known by `id`.
    pub fn of(previous: &Previous, subject: &str, id: &str, session: &Session) -> Self {
        Self {
            left: Side::of_previous(previous, subject),
            right: Side::of(id, session),
            diff: diff(previous, session),
        }
    }

    /// The differences, to be rendered.
    pub fn comparison(&self, shows: Shows) -> Comparison<'_> {
        Comparison { left: &self.left, right: &self.right, diff: &self.diff, shows }
    }
}

/// What is shown.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Shows {
    /// Also what is the same, or differs only in trivial ways.
    pub all: bool,
    /// Also notes, flags and internal links, which are not published.
    pub notes: bool,
}

/// The differences of two sessions, to be rendered.
#[derive(Debug, Clone, Copy)]
pub struct Comparison<'a> {
    /// The earlier session.
    pub left: &'a Side,
    /// The later session.
    pub right: &'a Side,
    /// Their differences.
    pub diff: &'a Diff,
    /// What is shown.
    pub shows: Shows,
}

impl<'a> Comparison<'a> {
    /// The items that are shown.
    pub fn items(&self) -> impl Iterator<Item = &'a ItemDiff> {
        let shows = self.shows;
        self.diff.items.iter().filter(move |item| match item.state {
            State::Same => shows.all,
            State::Trivia => shows.all || (shows.notes && item.fields.iter().any(is_private)),
            State::Links | State::Words | State::Verdict | State::Added | State::Gone => true,
        })
    }

    /// The differences as text: `[-gone-]{+new+}`, so that colour is never the only sign.
    pub fn text(&self) -> String {
        let mut out = format!("{}\n{}\n", self.heading(), self.counts());
        for item in self.items() {
            out.push_str(&format!("\n{}: {} ({})\n", item.title, item.state.label(), item.id));
            for field in self.fields(item) {
                let (name, content) = described(field, |old, new, runs| inline(old, new, runs, &TEXT));
                out.push_str(&format!("  {name}: {}\n", content.replace('\n', "\n    ")));
            }
        }
        out
    }

    /// The differences as markdown: a table of changed answers, then a heading for each item.
    pub fn markdown(&self) -> String {
        let mut out = format!("# {}\n\n{}\n", text::one_line(&self.heading()), self.counts());
        let changed: Vec<(&ItemDiff, &FieldDiff)> = self
            .items()
            .flat_map(|item| item.fields.iter().map(move |field| (item, field)))
            .filter(|(_, field)| matches!(field, FieldDiff::Choice { .. }))
            .collect();
        if !changed.is_empty() {
            out.push_str("\n| Question | Before | After |\n| --- | --- | --- |\n");
            for (item, field) in changed {
                let FieldDiff::Choice { old, new } = field else { continue };
                let cell = |labels: &[String]| markdown::encode(&or_none(labels));
                let title = markdown::encode(&item.title);
                out.push_str(&format!("| {title} | {} | {} |\n", cell(old), cell(new)));
            }
        }
        for item in self.items() {
            out.push_str(&format!("\n## {}\n\n_{}_\n\n", text::one_line(&item.title), item.state.label()));
            for field in self.fields(item) {
                let (name, content) = described(field, |old, new, runs| inline(old, new, runs, &MARKDOWN));
                out.push_str(&format!("- {name}: {}\n", content.replace('\n', "\n  ")));
            }
        }
        out
    }

    /// The differences as JSON, with a version.
    pub fn json(&self) -> String {
        let side = |side: &Side| {
            let (id, version) = &side.questionnaire;
            json!({
                "id": side.id,
                "subject": side.subject,
                "day": side.day,
                "by": side.by,
                "questionnaire": {"id": id, "version": version},
            })
        };
        let counts = STATES.map(|state| (key(state).to_owned(), json!(self.diff.count(state))));
        let items: Vec<Value> = self
            .items()
            .map(|item| {
                let fields: Vec<Value> = self.fields(item).map(field_json).collect();
                json!({"id": item.id, "title": item.title, "state": key(item.state), "fields": fields})
            })
            .collect();
        let value = json!({
            "format": "querist-diff",
            "version": 1,
            "left": side(self.left),
            "right": side(self.right),
            "counts": counts.into_iter().collect::<serde_json::Map<_, _>>(),
            "items": items,
        });
        // Serializing plain data with string keys into memory cannot fail.
        serde_json::to_string_pretty(&value).unwrap_or_default() + "\n"
    }

    fn fields(&self, item: &'a ItemDiff) -> impl Iterator<Item = &'a FieldDiff> {
        let shows = self.shows;
        item.fields.iter().filter(move |field| shows.notes || !is_private(field))
    }

    /// Both sessions in words: subjects, days, authors, and questionnaires if they differ.
    pub fn heading(&self) -> String {
        let side = |side: &Side| {
            let by = author_name(&side.by);
            let by = if by.is_empty() { String::new() } else { format!(" ({by})") };
            format!("{} {}{by}", side.subject, side.day)
        };
        let (old, new) = (&self.left.questionnaire, &self.right.questionnaire);
        let questionnaires = if old == new {
            String::new()
        } else {
            format!(" · {} {} -> {} {}", old.0, old.1, new.0, new.1)
        };
        format!("{} -> {}{questionnaires}", side(self.left), side(self.right))
    }

    /// `3 answers · 2 texts · 5 unchanged`
    pub fn counts(&self) -> String {
        let named = |state: State, one: &str, many: &str| match self.diff.count(state) {
            0 => None,
            1 => Some(format!("1 {one}")),
            count => Some(format!("{count} {many}")),
        };
        let all = [
            named(State::Verdict, "answer", "answers"),
            named(State::Words, "text", "texts"),
            named(State::Links, "with other links", "with other links"),
            named(State::Added, "new", "new"),
            named(State::Gone, "removed", "removed"),
            named(State::Trivia, "with small changes", "with small changes"),
            named(State::Same, "unchanged", "unchanged"),
        ];
        all.into_iter().flatten().collect::<Vec<_>>().join(" · ")
    }
}

const STATES: [State; 7] =
    [State::Verdict, State::Words, State::Links, State::Added, State::Gone, State::Trivia, State::Same];

fn key(state: State) -> &'static str {
    match state {
        State::Same => "same",
        State::Trivia => "trivia",
        State::Links => "links",
        State::Words => "words",
        State::Verdict => "verdict",
        State::Added => "added",
        State::Gone => "gone",
    }
}

/// Notes, flags and internal links are the reviewer's own.
fn is_private(field: &FieldDiff) -> bool {
    match field {
        FieldDiff::Text { part, .. } => match part {
            Part::Note | Part::Flag => true,
            Part::Question | Part::Value | Part::Qualifier | Part::Detail => false,
        },
        FieldDiff::Link(link) => link.is_internal(),
        FieldDiff::Choice { .. } | FieldDiff::Basis { .. } => false,
    }
}

/// How pieces that are gone and new are marked.
struct Marks {
    gone: (&'static str, &'static str),
    new: (&'static str, &'static str),
}

const TEXT: Marks = Marks { gone: ("[-", "-]"), new: ("{+", "+}") };
const MARKDOWN: Marks = Marks { gone: ("~~", "~~"), new: ("**", "**") };

fn inline(old: &str, new: &str, runs: &[Run], marks: &Marks) -> String {
    let marked = |piece: &str, (before, after): (&str, &str)| {
        // White space beside a mark would keep markdown from being one.
        let inner = piece.trim();
        let start = piece.len() - piece.trim_start().len();
        let end = if inner.is_empty() { start } else { start + inner.len() };
        format!("{}{before}{inner}{after}{}", &piece[..start], &piece[end..])
    };
    let piece = |run: &Run| match run {
        Run::Same { old: range, .. } => old[range.clone()].to_owned(),
        Run::Gone(range) => marked(&old[range.clone()], marks.gone),
        Run::New(range) => marked(&new[range.clone()], marks.new),
    };
    runs.iter().map(piece).collect()
}

fn or_none(labels: &[String]) -> String {
    if labels.is_empty() { "not answered".to_owned() } else { labels.join(", ") }
}

fn basis(basis: Option<Basis>) -> &'static str {
    basis.map_or("none", Basis::label)
}

/// The name of a field, and what has become of it in words.
fn described(field: &FieldDiff, text: impl Fn(&str, &str, &[Run]) -> String) -> (&'static str, String) {
    match field {
        FieldDiff::Choice { old, new } => ("Answer", format!("{} -> {}", or_none(old), or_none(new))),
        FieldDiff::Text { part, old, new, runs } => (part.label(), text(old, new, runs)),
        FieldDiff::Basis { old, new } => ("Basis", format!("{} -> {}", basis(*old), basis(*new))),
        FieldDiff::Link(link) => ("Link", link_text(link)),
    }
}

fn link_text(link: &LinkDiff) -> String {
    let shown = |link: &Link| {
        let internal = if link.internal { " (internal)" } else { "" };
        if file_id(&link.url).is_some() {
            return format!("{}{internal}", link.label);
        }
        let label = if link.label.is_empty() { String::new() } else { format!("{} · ", link.label) };
        format!("{label}{}{internal}", link.url)
    };
    let read =
        |link: &Link| if link.retrieved.is_empty() { "undated".to_owned() } else { link.retrieved.clone() };
    match link {
        LinkDiff::Added(link) => format!("+ {}", shown(link)),
        LinkDiff::Gone(link) => format!("- {}", shown(link)),
        LinkDiff::Changed(old, new) => format!("~ {} -> {}", shown(old), shown(new)),
        LinkDiff::Reread(old, new) => format!("= {}, read {} -> {}", shown(new), read(old), read(new)),
    }
}

fn field_json(field: &FieldDiff) -> Value {
    match field {
        FieldDiff::Choice { old, new } => json!({"field": "choice", "old": old, "new": new}),
        FieldDiff::Basis { old, new } => json!({"field": "basis", "old": old, "new": new}),
        FieldDiff::Text { part, old, new, runs } => {
            let run = |run: &Run| match run {
                Run::Same { old: range, .. } => json!(["same", old[range.clone()]]),
                Run::Gone(range) => json!(["gone", old[range.clone()]]),
                Run::New(range) => json!(["new", new[range.clone()]]),
            };
            let runs: Vec<Value> = runs.iter().map(run).collect();
            json!({"field": part.label().to_lowercase(), "runs": runs})
        }
        FieldDiff::Link(link) => match link {
            LinkDiff::Added(new) => json!({"field": "link", "change": "added", "new": new}),
            LinkDiff::Gone(old) => json!({"field": "link", "change": "gone", "old": old}),
            LinkDiff::Changed(old, new) => {
                json!({"field": "link", "change": "changed", "old": old, "new": new})
            }
            LinkDiff::Reread(old, new) => {
                json!({"field": "link", "change": "reread", "old": old, "new": new})
            }
        },
    }
}

//! The rows of status and evidence.

use jiff::tz::TimeZone;

use crate::session::{
    ApprovalRules, ApprovalState, CommentKind, Evidence, Field, Freshness, Reason, Session, Stamp,
    author_name, file_id, stored_prefix,
};
use crate::text;
use crate::tui::reasons;
use crate::tui::theme::Role;
use crate::tui::widgets::rich::{RichLine, wrap};

use super::shown::Shown;
use super::unasked;

/// What the further rows of the selected link are indented by.
const INDENT: &str = "  ";

/// How many comments are shown; `querist log` lists all.
const SHOWN_COMMENTS: usize = 3;

/// Why the question is not asked or open, how the answer is known, and what is recommended.
pub fn status(session: &Session, index: usize, width: usize) -> Vec<RichLine> {
    let answer = session.answer(index);
    let mut lines = Vec::new();
    if let Some(why) = unasked::why(session, index) {
        lines.extend(wrap(&[(why, Role::Warning)], width));
    }
    let is_touched = answer.is_answered() || answer.flag.is_some() || !answer.qualifier.is_empty();
    let mut reasons = session.reasons(index);
    // A flag has a field of its own.
    reasons.retain(|reason| !matches!(reason, Reason::Flagged(_)));
    if is_touched && !reasons.is_empty() {
        let reasons = reasons::shown(&reasons);
        lines.extend(wrap(&[(format!("! {reasons}"), Role::Warning)], width));
    }
    if let Some(basis) = answer.basis {
        lines.push(RichLine::new(format!("Basis: {}", basis.label()), Role::Dim));
    }
    for finding in session.findings(index) {
        let severity = finding.advice.severity;
        let pieces = [
            ("Recommendation (".to_owned(), Role::Dim),
            (severity.label().to_owned(), Role::of_severity(severity)),
            ("): ".to_owned(), Role::Dim),
            (finding.advice.text.clone(), Role::Text),
        ];
        lines.extend(wrap(&pieces, width));
    }
    if let Some(reply) = session.unsettled_reply(index) {
        let day = reply.made.at.to_zoned(TimeZone::system()).date();
        let text =
            format!("Reply from {}, {day}: above. < takes it into the answer.", author_name(&reply.made.by));
        lines.extend(wrap(&[(text, Role::Strong)], width));
    } else if let Some((request, day)) =
        session.last_request(index).filter(|_| session.replies(index).is_empty())
    {
        let due = request.due.map(|due| format!(", due on {due}")).unwrap_or_default();
        lines.push(RichLine::new(format!("Asked on {day}{due}."), Role::Dim));
    }
    lines.extend(team(session, index, width));
    if lines.is_empty() {
        lines.push(RichLine::default());
    }
    lines
}

/// Whether the answer is approved or was sent back, and the last comments of reviewers.
fn team(session: &Session, index: usize, width: usize) -> Vec<RichLine> {
    let day = |stamp: &Stamp| stamp.at.to_zoned(TimeZone::system()).date();
    let mut lines = Vec::new();
    let mut add = |text: String, role| lines.extend(wrap(&[(text, role)], width));
    let reviews = session.reviews_of(index);
    match reviews.state(index, ApprovalRules::default()) {
        ApprovalState::None => {}
        ApprovalState::Approved { approval, by_its_author } => {
            let own = if by_its_author { ", the author" } else { "" };
            let by = author_name(&approval.made.by);
            add(format!("Approved by {by}{own}, {}.", day(&approval.made)), Role::Good);
        }
        ApprovalState::Changed(approval) => {
            let by = author_name(&approval.made.by);
            let what = session.changed_since(approval, index).unwrap_or_default();
            add(format!("! Changed since {by} approved it, {}: {what}", day(&approval.made)), Role::Warning);
        }
        ApprovalState::SentBack(comment) => {
            let by = author_name(&comment.made.by);
            add(format!("! Sent back by {by}, {}: {}", day(&comment.made), comment.text), Role::Warning);
        }
    }
    let notes = reviews.comments_on(index).filter(|comment| comment.kind == CommentKind::Note);
    let notes: Vec<_> = notes.collect();
    for comment in notes.iter().skip(notes.len().saturating_sub(SHOWN_COMMENTS)) {
        let by = author_name(&comment.made.by);
        add(format!("{by}, {}: {}", day(&comment.made), comment.text), Role::Help);
    }
    lines
}

/// The provider's reply that was not taken into the answer yet, in full. Empty if there is none.
pub fn reply(session: &Session, index: usize, width: usize) -> Vec<RichLine> {
    let Some(reply) = session.unsettled_reply(index) else { return Vec::new() };
    let mut title = format!("Reply from {}", author_name(&reply.made.by));
    if session.is_reworded_since_asked(index) {
        title.push_str(" (the question was reworded since it was asked)");
    }
    let mut lines = wrap(&[(title, Role::Strong)], width);
    lines.extend(wrap(&[(reply.text.clone(), Role::Text)], width));
    lines.push(RichLine::default());
    lines
}

/// The links, each on a row with its index. While the list has the focus, the selected one is shown in full,
/// with its whole URL and its quote.
pub fn evidence(shown: &Shown<'_>, index: usize, width: usize) -> Vec<(RichLine, usize)> {
    let links = shown.session.evidence(index);
    let selected = (shown.focused == Some(Field::Links)).then_some(shown.session.position().link);
    let mut lines = Vec::new();
    for (n, link) in links.iter().enumerate() {
        let is_twice =
            links.iter().filter(|other| !other.url.is_empty() && other.url == link.url).count() > 1;
        let summary = format!("{} {}", n + 1, summary(link, is_twice, shown));
        let role = if link.listed.is_some() { Role::Text } else { Role::Dim };
        if selected != Some(n) || text::width(&summary) <= width {
            lines.push((RichLine::new(text::truncate(&summary, width), role), n));
        } else {
            let mut rows = wrap(&[(summary, role)], narrower(width));
            rows.iter_mut().skip(1).for_each(indent);
            lines.extend(rows.into_iter().map(|line| (line, n)));
        }
        if selected == Some(n) {
            lines.extend(more(shown.session, link, width).into_iter().map(|line| (line, n)));
        }
    }
    lines
}

/// A link on one row: label, host, date; or what is wrong with it.
fn summary(link: &Evidence<'_>, is_twice: bool, on: &Shown<'_>) -> String {
    let ages = &on.ages;
    let mut shown = match (file_id(&link.url), text::url_problem(&link.url)) {
        (Some(id), _) => file(link, id, on),
        (None, Some(problem)) => return format!("! {} · {}", link.label, problem.describe()),
        (None, None) if is_twice => format!("! {} · {} · listed twice", link.label, text::host(&link.url)),
        (None, None) => format!("{} · {}", link.label, text::host(&link.url)),
    };
    if !link.retrieved.is_empty() {
        let mark = if matches!(link.freshness(ages), Freshness::Old(_)) { "! " } else { "" };
        shown.push_str(&format!(" · {mark}{}", link.retrieved));
    }
    if let Some(kind) = link.kind {
        shown.push_str(&format!(" · {}", kind.label()));
    }
    if !link.expires.is_empty() {
        let is_over = matches!(link.freshness(ages), Freshness::Expired(_));
        shown.push_str(&format!(" · {}until {}", if is_over { "! " } else { "" }, link.expires));
    }
    match (link.internal, link.cited) {
        (true, true) => shown.push_str(" · internal, but the detail cites it"),
        (true, false) => shown.push_str(" · internal"),
        (false, true) => shown.push_str(" · cited"),
        (false, false) => {}
    }
    shown
}

/// A link to a file: label, name, size; or that it is missing.
fn file(link: &Evidence<'_>, id: &str, on: &Shown<'_>) -> String {
    let Some(file) = on.session.evidence_file(id) else { return format!("! {} · missing", link.label) };
    let prefix = stored_prefix(&file.sha256);
    let is_stored = prefix.is_some_and(|prefix| on.files.iter().any(|name| name.starts_with(&prefix)));
    let name = if link.label == file.name { String::new() } else { format!(" · {}", file.name) };
    let size = if is_stored { text::size(file.bytes) } else { "missing".to_owned() };
    format!("{}{}{name} · {size}", if is_stored { "" } else { "! " }, link.label)
}

/// Where a link leads, in full: its URL, or what a file was saved from.
fn source(session: &Session, link: &Evidence<'_>) -> String {
    let Some(id) = file_id(&link.url) else { return link.url.to_string() };
    let file = session.evidence_file(id);
    let source = file.and_then(|file| Some((file.source.as_ref()?, author_name(&file.added.by))));
    source.map(|(url, by)| format!("{url}, as saved by {by}")).unwrap_or_default()
}

/// The whole URL and the quote of a link, indented.
fn more(session: &Session, link: &Evidence<'_>, width: usize) -> Vec<RichLine> {
    let pieces = [(source(session, link), Role::Link), (link.quote.to_owned(), Role::Help)];
    let rows = pieces
        .into_iter()
        .filter(|(text, _)| !text.is_empty())
        .flat_map(|piece| wrap(&[piece], narrower(width)));
    let mut rows: Vec<RichLine> = rows.collect();
    rows.iter_mut().for_each(indent);
    rows
}

/// The width of rows that are indented.
fn narrower(width: usize) -> usize {
    width.saturating_sub(INDENT.len()).max(8)
}

fn indent(line: &mut RichLine) {
    line.0.insert(0, (INDENT.to_owned(), Role::Text));
}

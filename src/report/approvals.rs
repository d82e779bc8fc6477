//! `{approvals}` in a section of the page: in what is published, who approved what and when stands for it.
//!
//! On a page, two comments enclose what stands for it. So it is read back as `{approvals}`, and never taken
//! for a text that a reviewer wrote. Elsewhere on the page, these comments are only words.

use std::borrow::Cow;

use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::session::{PageSection, Session, Target, author_name, is_same_author, section_key};
use crate::text::one_line;

use super::page::Page;

/// What is replaced.
const PLACEHOLDER: &str = "{approvals}";
/// What precedes and follows the replacement on a page.
const MARKS: [&str; 2] = ["<!-- approvals -->", "<!-- /approvals -->"];

/// A blank that precedes the first mark where that would begin a line, and with it an HTML block in which
/// nothing is markdown (CommonMark 0.31, section 4.6, kind 2). A page does not show it.
const GUARD: &str = "&#32;";

/// The most answers that are named; more are counted.
const NAMED: usize = 5;

/// The approvals of one author on one day.
struct Group<'s> {
    by: &'s str,
    day: Date,
    /// Whether the author approved own answers.
    is_own: bool,
    /// The indices of the questions.
    questions: Vec<usize>,
    /// The introduction and the sections, in words.
    parts: Vec<String>,
}

/// The approvals that hold, in markdown: one text for each author and day, the earliest first. Empty if no
/// section of the page asks for them.
pub fn approvals(session: &Session) -> Vec<String> {
    if !session.sections().iter().any(|section| section.text.contains(PLACEHOLDER)) {
        return Vec::new();
    }
    let mut groups: Vec<Group<'_>> = Vec::new();
    for (approval, is_own) in session.reviews().approvals_that_hold() {
        let by = approval.made.by.as_str();
        let day = approval.made.at.to_zoned(TimeZone::UTC).date();
        let same =
            |group: &Group<'_>| is_same_author(group.by, by) && (group.day, group.is_own) == (day, is_own);
        let at = groups.iter().position(same).unwrap_or(groups.len());
        if at == groups.len() {
            groups.push(Group { by, day, is_own, questions: Vec::new(), parts: Vec::new() });
        }
        match &approval.on {
            Target::Question(id) => groups[at].questions.extend(session.index_of(id)),
            Target::Part(key) => groups[at].parts.push(part(session, key)),
            Target::Report => {}
        }
    }
    groups.into_iter().map(|group| in_words(session, group)).collect()
}

fn part(session: &Session, key: &str) -> String {
    let mut headings = session.sections().iter().map(|section| &section.heading);
    let found = headings.find(|heading| section_key(heading) == key);
    found.map_or_else(|| "the introduction".to_owned(), |heading| plain(heading))
}

fn in_words(session: &Session, mut group: Group<'_>) -> String {
    let asked = session.asked().count();
    group.questions.sort_unstable();
    // One without an address can be the same as two others with different addresses.
    group.questions.dedup();
    let mut what: Vec<String> = match group.questions.len() {
        count if count == asked && count > 1 => vec![format!("all {count} answers")],
        count if count > NAMED => vec![format!("{count} of {asked} answers")],
        _ => group.questions.iter().map(|&index| plain(&session.question(index).title)).collect(),
    };
    what.extend(group.parts);
    let own = if group.is_own { " (by their author)" } else { "" };
    format!("{}, {}: {}{own}", plain(author_name(group.by)), group.day, what.join(", "))
}

/// A text in which nothing is markdown.
fn plain(text: &str) -> String {
    let mut plain = String::new();
    for c in one_line(text).chars() {
        if "\\`*_[]<>&|~".contains(c) {
            plain.push('\\');
        }
        plain.push(c);
    }
    plain
}

/// The sections as they are published, but on a page.
pub fn published(sections: &[PageSection], approvals: &[String]) -> Vec<PageSection> {
    replaced(sections, &format!("\n{}\n", block(approvals)), &inline(approvals), "")
}

/// The sections as they are written to a page.
pub fn on_page(sections: &[PageSection], approvals: &[String]) -> Vec<PageSection> {
    let [start, end] = MARKS;
    let block = format!("{start}\n\n{}\n\n{end}", block(approvals));
    replaced(sections, &block, &format!("{start}{}{end}", inline(approvals)), GUARD)
}

/// The sections of a session in which nothing was ever approved, as they are written to a page: what the page
/// says about approvals stays.
pub fn kept(page: &Page<'_>, sections: &[PageSection]) -> Vec<PageSection> {
    let written = on_page(sections, &[]).into_iter().zip(sections);
    let kept = written.map(|(written, section)| {
        let mut found = page.sections.iter().filter(|found| found.heading == section.heading);
        let texts = found.find_map(|found| {
            let text = page.text(found.text.clone());
            (typed(&text) == section.text).then_some(text)
        });
        PageSection { text: texts.unwrap_or(written.text), ..section.clone() }
    });
    kept.collect()
}

/// A page as it was before anything was replaced in its sections, and for each replacement its line there and
/// how many lines fewer it has.
pub fn read_back(page: &str) -> (Cow<'_, str>, Vec<(usize, usize)>) {
    // Most pages have none, and a page without a table of questions was not written by us.
    let parsed = page.contains(MARKS[0]).then(|| Page::parse(page).ok()).flatten();
    let first = parsed.as_ref().and_then(|parsed| parsed.sections.first());
    first.map_or((Cow::Borrowed(page), Vec::new()), |first| typed_from(page, first.range.start))
}

/// The text of a section as it was typed.
pub fn typed(text: &str) -> Cow<'_, str> {
    typed_from(text, 0).0
}

/// The same from byte `done` on.
fn typed_from(text: &str, mut done: usize) -> (Cow<'_, str>, Vec<(usize, usize)>) {
    let [start, end] = MARKS;
    let (mut read, mut lines) = (text[..done].to_owned(), Vec::new());
    let mut line = 1 + read.matches('\n').count();
    while let Some(first) = text[done..].find(start).map(|at| done + at)
        && let Some(to) = text[first..].find(end).map(|at| first + at + end.len())
        // Where somebody removed the mark at the end, what follows is not part of the replacement.
        && let Some(from) = text[first..to].rfind(start).map(|at| first + at)
    {
        let before = &text[done..from];
        read.push_str(before.strip_suffix(GUARD).unwrap_or(before));
        read.push_str(PLACEHOLDER);
        line += before.matches('\n').count();
        lines.push((line, text[from..to].matches('\n').count()));
        done = to;
    }
    if lines.is_empty() {
        return (Cow::Borrowed(text), lines);
    }
    read.push_str(&text[done..]);
    (Cow::Owned(read), lines)
}

/// The line of a page that `line` of the page that was read back is.
pub fn line_on_page(line: usize, replaced: &[(usize, usize)]) -> usize {
    line + replaced.iter().take_while(|(at, _)| *at < line).map(|(_, fewer)| fewer).sum::<usize>()
}

/// A list, for a line of its own.
fn block(approvals: &[String]) -> String {
    if approvals.is_empty() {
        return inline(approvals);
    }
    approvals.iter().map(|line| format!("- {line}")).collect::<Vec<_>>().join("\n")
}

/// The same within a sentence.
fn inline(approvals: &[String]) -> String {
    if approvals.is_empty() { "Nothing has been approved yet.".to_owned() } else { approvals.join("; ") }
}

fn replaced(sections: &[PageSection], block: &str, inline: &str, guard: &str) -> Vec<PageSection> {
    let line = |line: &str| match line.split_once(PLACEHOLDER) {
        None => line.to_owned(),
        Some((indent, after)) if line.trim() == PLACEHOLDER => {
            let lines = block.split('\n');
            let lines =
                lines.map(|line| if line.is_empty() { String::new() } else { format!("{indent}{line}") });
            lines.collect::<Vec<_>>().join("\n") + after
        }
        Some((before, _)) => within(line, inline, guard, begins_block(before)),
    };
    let section = |section: &PageSection| {
        let lines: Vec<String> = section.text.split('\n').map(line).collect();
        PageSection { text: lines.join("\n"), ..section.clone() }
    };
    sections.iter().map(section).collect()
}

/// A line with `inline` for each placeholder. Only the first one can begin a block.
fn within(line: &str, inline: &str, guard: &str, mut is_guarded: bool) -> String {
    let mut written = String::new();
    for (at, part) in line.split(PLACEHOLDER).enumerate() {
        if at > 0 {
            // What looks like the guard but was typed is written before one, so that it is read back.
            if is_guarded || written.ends_with(GUARD) {
                written.push_str(guard);
            }
            is_guarded = false;
            written.push_str(inline);
        }
        written.push_str(part);
    }
    written
}

/// Whether what follows these words on their line begins a block: they are only blanks, and the marks of
/// block quotes and list items.
fn begins_block(before: &str) -> bool {
    let is_mark = |mark: &str| {
        let mark = mark.trim_start_matches('>');
        let number = mark.trim_end_matches(['.', ')']);
        matches!(mark, "" | "-" | "+" | "*") || number.bytes().all(|byte| byte.is_ascii_digit())
    };
    before.split_whitespace().all(is_mark)
}

//! `{approvals}` in a section of the page: in what is published, who approved what and when stands for it.
//!
//! On a page, two comments enclose what stands for it. So it is read back as `{approvals}`, and never taken
//! for a text that a reviewer wrote.

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
    for (approval, is_own) in session.approvals_that_hold() {
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
    replaced(sections, &format!("\n{}\n", block(approvals)), &inline(approvals))
}

/// The sections as they are written to a page.
pub fn on_page(sections: &[PageSection], approvals: &[String]) -> Vec<PageSection> {
    let [start, end] = MARKS;
    let block = format!("{start}\n\n{}\n\n{end}", block(approvals));
    replaced(sections, &block, &format!("{start}{}{end}", inline(approvals)))
}

/// The sections of a session in which nothing was ever approved, as they are written to a page: what the page
/// says about approvals stays.
pub fn kept(page: &Page<'_>, sections: &[PageSection]) -> Vec<PageSection> {
    let written = on_page(sections, &[]).into_iter().zip(sections);
    let kept = written.map(|(written, section)| {
        let mut found = page.sections.iter().filter(|found| found.heading == section.heading);
        let texts = found.find_map(|found| {
            let text = page.text(found.text.clone());
            (read_back(&text).0 == section.text).then_some(text)
        });
        PageSection { text: texts.unwrap_or(written.text), ..section.clone() }
    });
    kept.collect()
}

/// A page as it was before anything was replaced, and for each replacement its line there and how many lines
/// fewer it has.
pub fn read_back(page: &str) -> (Cow<'_, str>, Vec<(usize, usize)>) {
    let [start, end] = MARKS;
    let (mut read, mut lines, mut done, mut line) = (String::new(), Vec::new(), 0, 1);
    while let Some(first) = page[done..].find(start).map(|at| done + at)
        && let Some(to) = page[first..].find(end).map(|at| first + at + end.len())
        // Where somebody removed the mark at the end, what follows is not part of the replacement.
        && let Some(from) = page[first..to].rfind(start).map(|at| first + at)
    {
        read.push_str(&page[done..from]);
        read.push_str(PLACEHOLDER);
        line += page[done..from].matches('\n').count();
        lines.push((line, page[from..to].matches('\n').count()));
        done = to;
    }
    if done == 0 {
        return (Cow::Borrowed(page), lines);
    }
    read.push_str(&page[done..]);
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

fn replaced(sections: &[PageSection], block: &str, inline: &str) -> Vec<PageSection> {
    let line = |line: &str| {
        if line.trim_end() == PLACEHOLDER { block.to_owned() } else { line.replace(PLACEHOLDER, inline) }
    };
    let section = |section: &PageSection| {
        let lines: Vec<String> = section.text.split('\n').map(line).collect();
        PageSection { text: lines.join("\n"), ..section.clone() }
    };
    sections.iter().map(section).collect()
}

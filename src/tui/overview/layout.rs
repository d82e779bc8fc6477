//! The overview as rows: progress by section, answers, findings, open questions, evidence.

use crate::questionnaire::Severity;
use crate::report::{Format, Meaning, left_out};
use crate::session::{Ages, Count, Evidence, Session, link_place, possible_match};
use crate::text;
use crate::tui::reasons;
use crate::tui::theme::Role;
use crate::tui::widgets::rich::{RichLine, wrap};

/// A row of the overview.
#[derive(Debug, Clone)]
pub struct OverviewRow {
    /// What is drawn.
    pub line: RichLine,
    /// The question it leads to.
    pub question: Option<usize>,
}

/// The columns of severities and of ages.
const LABELS: usize = 15;

/// The rows for a pane of `width` columns, with the age of the evidence.
pub fn rows(session: &Session, ages: &Ages, width: usize) -> Vec<OverviewRow> {
    let mut page = Page { rows: Vec::new(), width };
    page.progress(session);
    page.answers(session);
    page.findings(session);
    page.open(session);
    page.evidence(session, ages);
    page.earlier(session);
    page.left_out(session);
    page.rows
}

struct Page {
    rows: Vec<OverviewRow>,
    width: usize,
}

impl Page {
    fn heading(&mut self, title: &str, count: &str) {
        if !self.rows.is_empty() {
            self.rows.push(OverviewRow { line: RichLine::default(), question: None });
        }
        let line = RichLine(vec![(title.to_owned(), Role::Strong), (format!("  {count}"), Role::Dim)]);
        self.rows.push(OverviewRow { line, question: None });
    }

    /// A label in a column of its own, then text that wraps below itself.
    fn entry(&mut self, question: Option<usize>, label: (&str, Role), pieces: &[(String, Role)]) {
        let indent = if label.0.is_empty() { 0 } else { LABELS.min(self.width / 2) };
        let pieces: Vec<_> = pieces.iter().map(|(text, role)| (text::one_line(text), *role)).collect();
        for (y, mut line) in wrap(&pieces, (self.width - indent).max(8)).into_iter().enumerate() {
            let shown = if y == 0 { label.0 } else { "" };
            line.0.insert(0, (column(shown, indent), label.1));
            self.rows.push(OverviewRow { line, question: question.filter(|_| y == 0) });
        }
    }

    /// A name, a bar and figures, in columns.
    fn bar(&mut self, question: Option<usize>, name: (&str, Role), part: (usize, usize), figures: String) {
        let names = (self.width / 3).clamp(12, 32);
        let bars = self.width.saturating_sub(names + 14).clamp(4, 40);
        let filled = (part.0 * bars).checked_div(part.1).unwrap_or(0).min(bars);
        let line = RichLine(vec![
            (column(name.0, names), Role::Text),
            ("█".repeat(filled), name.1),
            ("░".repeat(bars - filled), Role::Dim),
            (format!(" {figures}"), Role::Dim),
        ]);
        self.rows.push(OverviewRow { line, question });
    }

    /// What reports leave out, by format.
    fn left_out(&mut self, session: &Session) {
        let formats = Format::ALL.map(|format| (format, left_out(session, format)));
        if formats.iter().all(|(_, left)| left.is_empty()) {
            return;
        }
        self.heading("Left out of reports", "");
        for (format, left) in formats {
            let left = if left.is_empty() { "nothing".to_owned() } else { left };
            self.entry(None, (format.label(), Role::Dim), &[(left, Role::Text)]);
        }
    }

    fn progress(&mut self, session: &Session) {
        let Count { done, asked, flagged } = session.progress();
        let flags = if flagged > 0 { format!(", {flagged} flagged") } else { String::new() };
        self.heading("Progress", &format!("{done} of {asked} done{flags}"));
        for (index, section) in session.questionnaire().sections.iter().enumerate() {
            let count = session.section_progress(index);
            if count.asked > 0 {
                let first = session.asked().find(|&question| session.section_of(question) == index);
                let figures = format!("{}/{}", count.done, count.asked);
                self.bar(first, (&section.title, Role::Text), (count.done, count.asked), figures);
            }
        }
    }

    /// The answers by what they mean, as in the web report.
    fn answers(&mut self, session: &Session) {
        let counts = Meaning::counts(session, session.asked());
        let most = counts.iter().copied().max().unwrap_or(0);
        self.heading("Answers", "");
        for (meaning, count) in Meaning::ALL.into_iter().zip(counts).filter(|(_, count)| *count > 0) {
            self.bar(None, (meaning.label(), role(meaning)), (count, most), count.to_string());
        }
    }

    fn findings(&mut self, session: &Session) {
        let all: Vec<_> = session
            .asked()
            .flat_map(|index| session.findings(index).into_iter().map(move |f| (index, f)))
            .collect();
        self.heading("Findings", &all.len().to_string());
        for severity in Severity::ALL {
            for (index, finding) in all.iter().filter(|(_, finding)| finding.advice.severity == severity) {
                let answer = session.finding_label(*index, finding.choice);
                let title = format!("{}: {answer} · ", session.question(*index).title);
                let pieces = [(title, Role::Text), (finding.advice.text.clone(), Role::Dim)];
                self.entry(Some(*index), (severity.label(), Role::of_severity(severity)), &pieces);
            }
        }
        if all.is_empty() {
            self.entry(
                None,
                ("", Role::Dim),
                &[("None of the answers so far calls for action.".into(), Role::Dim)],
            );
        }
    }

    fn open(&mut self, session: &Session) {
        let open: Vec<usize> = session.asked().filter(|&index| session.is_open(index)).collect();
        self.heading("Open", &open.len().to_string());
        for &index in &open {
            let title = format!("{:>3} {}  ", index + 1, session.question(index).title);
            let pieces = [(title, Role::Text), (reasons::shown(&session.reasons(index)), Role::Dim)];
            self.entry(Some(index), ("", Role::Dim), &pieces);
        }
        if open.is_empty() {
            self.entry(
                None,
                ("", Role::Dim),
                &[("Nothing is open. The report can be published.".into(), Role::Dim)],
            );
        }
    }

    fn evidence(&mut self, session: &Session, ages: &Ages) {
        let count: usize = session.asked().map(|index| session.evidence(index).len()).sum();
        self.heading("Evidence", &count.to_string());
        for index in session.asked() {
            for link in session.evidence(index) {
                let (age, role) = age(&link, ages);
                let shown = format!("{} · {}", link.label, link_place(&link.url));
                self.entry(Some(index), (&age, role), &[(shown, Role::Text)]);
            }
        }
    }
}

impl Page {
    /// How the questions differ from those of the earlier session, and the answers to those that are no
    /// longer asked. Where a question was probably only reworded, its row leads there.
    fn earlier(&mut self, session: &Session) {
        let Some(previous) = session.previous() else { return };
        self.heading(&format!("Earlier session of {}", previous.day), &session.comparison());
        for gone in previous.gone() {
            let likely = possible_match(previous, gone, session.questionnaire());
            let likely = likely.and_then(|id| session.index_of(id));
            let said = gone.summary();
            let mut pieces = vec![
                (format!("{}: ", gone.was.title), Role::Text),
                (if said.is_empty() { "not answered".to_owned() } else { said }, Role::Dim),
            ];
            if let Some(index) = likely {
                let title = &session.question(index).title;
                pieces.push((format!("  possibly {} {title}", index + 1), Role::Warning));
            }
            self.entry(likely, ("no longer", Role::Dim), &pieces);
        }
    }
}

/// The role of a meaning's bar.
fn role(meaning: Meaning) -> Role {
    match meaning {
        Meaning::Good => Role::Good,
        Meaning::Partial => Role::Partial,
        Meaning::Bad => Role::Bad,
        Meaning::Unknown | Meaning::NotApplicable | Meaning::Other => Role::Text,
        Meaning::Unanswered => Role::Dim,
    }
}

/// How long ago a source was read; old evidence is a warning.
fn age(link: &Evidence<'_>, ages: &Ages) -> (String, Role) {
    let Some(days) = link.age(ages.today) else { return ("no date".to_owned(), Role::Dim) };
    let age = match days {
        0 => "today".to_owned(),
        1 => "yesterday".to_owned(),
        2..=59 => format!("{days} days ago"),
        60..=729 => format!("{} months ago", days / 30),
        730.. => format!("{} years ago", days / 365),
        i32::MIN..0 => link.retrieved.to_owned(),
    };
    if link.is_old(ages) { (format!("! {age}"), Role::Warning) } else { (age, Role::Dim) }
}

/// A text in a column: padded, or cut with "…", with at least one blank after it.
fn column(content: &str, width: usize) -> String {
    let shown = text::truncate(content, width.saturating_sub(1));
    let used = text::width(&shown);
    format!("{shown}{}", " ".repeat(width.saturating_sub(used)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::questionnaire::EvidenceDays;
    use crate::session::{Answer, Link};

    #[test]
    fn the_age_of_evidence_is_told_in_the_largest_fitting_unit_and_old_evidence_is_marked() {
        let by_kind = EvidenceDays::default();
        let ages = Ages { today: jiff::civil::date(2026, 11, 22), days: 365, by_kind };
        for (retrieved, expected) in [
            ("2026-11-22", "today"),
            ("2026-11-21", "yesterday"),
            ("2026-11-01", "21 days ago"),
            ("2026-07-01", "4 months ago"),
            ("2025-10-01", "! 13 months ago"),
            ("2023-11-01", "! 3 years ago"),
            ("2027-01-01", "2027-01-01"),
            ("", "no date"),
        ] {
            let answer = Answer {
                links: vec![Link { retrieved: retrieved.into(), ..Link::default() }],
                ..Answer::default()
            };
            assert_eq!(age(&answer.evidence()[0], &ages).0, expected);
        }
    }
}

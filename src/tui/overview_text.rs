//! The rows of the overview; drawing, scrolling and choosing share them.

use jiff::civil::Date;
use ratatui_core::style::Style;
use ratatui_core::text::{Line, Span};

use crate::questionnaire::Severity;
use crate::session::{Count, Session};
use crate::text;

use super::theme::Theme;

/// A row of the overview.
#[derive(Debug, Clone)]
pub struct Row {
    /// What is drawn.
    pub line: Line<'static>,
    /// The question that it leads to, by its place.
    pub question: Option<usize>,
}

/// How severe findings are listed, the worst first.
const SEVERITIES: [(Severity, &str); 4] = [
    (Severity::Critical, "critical"),
    (Severity::High, "high"),
    (Severity::Medium, "medium"),
    (Severity::Low, "low"),
];

/// Everything about `session` on one page of at most `width` columns: progress by section, answers, findings, what is
/// open and why, links with their age as of `today`.
pub fn rows(session: &Session, today: Date, width: u16, theme: &Theme) -> Vec<Row> {
    let mut page = Page { rows: Vec::new(), theme, width: width as usize };
    page.progress(session);
    page.answers(session);
    page.findings(session);
    page.open(session);
    page.links(session, today);
    page.rows
}

struct Page<'a> {
    rows: Vec<Row>,
    theme: &'a Theme,
    width: usize,
}

impl Page<'_> {
    fn heading(&mut self, title: &str, count: &str) {
        if !self.rows.is_empty() {
            self.rows.push(Row { line: Line::default(), question: None });
        }
        let spans = vec![
            Span::styled(title.to_owned(), self.theme.strong),
            Span::styled(format!("  {count}"), self.theme.dim),
        ];
        self.rows.push(Row { line: Line::from(spans), question: None });
    }

    fn row(&mut self, question: Option<usize>, parts: &[(String, Style)]) {
        let spans = parts.iter().map(|(text, style)| Span::styled(text::one_line(text), *style));
        self.rows.push(Row { line: Line::from_iter(spans), question });
    }

    /// A name, a bar and figures, in columns.
    fn bar(&mut self, question: Option<usize>, name: &str, filled: usize, of: usize, figures: &str) {
        let names = (self.width / 3).clamp(12, 32);
        let bars = self.width.saturating_sub(names + 14).clamp(4, 40);
        let filled = (filled * bars).checked_div(of).unwrap_or(0).min(bars);
        let bar = format!("{}{}", "▓".repeat(filled), "░".repeat(bars - filled));
        self.row(
            question,
            &[
                (column(name, names), Style::new()),
                (bar, Style::new()),
                (format!(" {figures}"), self.theme.dim),
            ],
        );
    }

    fn progress(&mut self, session: &Session) {
        let Count { done, asked, flagged } = session.progress();
        let flags = if flagged > 0 { format!(", {flagged} flagged") } else { String::new() };
        self.heading("Progress", &format!("{done} of {asked} done{flags}"));
        for (index, section) in session.questionnaire().sections.iter().enumerate() {
            let count = session.section_progress(index);
            if count.asked > 0 {
                let first =
                    (0..session.len()).find(|&q| session.section_of(q) == index && session.is_asked(q));
                self.bar(
                    first,
                    &section.title,
                    count.done,
                    count.asked,
                    &format!("{}/{}", count.done, count.asked),
                );
            }
        }
    }

    fn answers(&mut self, session: &Session) {
        let mut counts: Vec<(String, usize)> = Vec::new();
        let asked: Vec<usize> = (0..session.len()).filter(|&index| session.is_asked(index)).collect();
        for &index in &asked {
            let answer = session.answer(index);
            let labels = match (session.chosen_labels(index), answer.is_given()) {
                (labels, true) if labels.is_empty() => vec!["Text, number or date"],
                (_, false) => vec!["Unanswered"],
                (labels, true) => labels,
            };
            for label in labels {
                match counts.iter_mut().find(|(name, _)| name == label) {
                    Some((_, count)) => *count += 1,
                    None => counts.push((label.to_owned(), 1)),
                }
            }
        }
        // The choices in the order of their answer sets; what nobody chose first comes last.
        counts.sort_by_key(|(name, count)| (name == "Unanswered", std::cmp::Reverse(*count)));
        let most = counts.iter().map(|(_, count)| *count).max().unwrap_or(0);
        self.heading("Answers", "");
        for (name, count) in counts {
            self.bar(None, &name, count, most, &count.to_string());
        }
    }

    fn findings(&mut self, session: &Session) {
        let found = |severity: Severity| {
            (0..session.len()).filter(|&index| session.is_asked(index)).flat_map(move |index| {
                let (question, answer) = (session.question(index), session.answer(index));
                let advice = answer.choices.iter().filter_map(|id| question.advice.get(id));
                advice.filter(move |a| a.severity == severity).map(move |advice| (index, advice))
            })
        };
        let count: usize = SEVERITIES.iter().map(|(severity, _)| found(*severity).count()).sum();
        self.heading("Findings", &count.to_string());
        for (severity, name) in SEVERITIES {
            for (index, advice) in found(severity) {
                let title = session.question(index).title.clone();
                let style = if severity >= Severity::High { self.theme.warning } else { Style::new() };
                self.row(
                    Some(index),
                    &[
                        (column(name, 10), style),
                        (format!("{title}: "), Style::new()),
                        (advice.text.clone(), self.theme.dim),
                    ],
                );
            }
        }
        if count == 0 {
            self.row(None, &[("None: no answer so far has advice.".to_owned(), self.theme.dim)]);
        }
    }

    fn open(&mut self, session: &Session) {
        let open: Vec<usize> = (0..session.len()).filter(|&index| session.is_open(index)).collect();
        self.heading("Open", &open.len().to_string());
        for index in &open {
            let reasons: Vec<String> = session.reasons(*index).iter().map(ToString::to_string).collect();
            let title = format!("{:>3} {}  ", index + 1, session.question(*index).title);
            self.row(Some(*index), &[(title, Style::new()), (reasons.join("; "), self.theme.dim)]);
        }
        if open.is_empty() {
            self.row(None, &[("Nothing. The page can be published.".to_owned(), self.theme.dim)]);
        }
    }

    fn links(&mut self, session: &Session, today: Date) {
        let mut links: Vec<(usize, String, String)> = Vec::new();
        for index in (0..session.len()).filter(|&index| session.is_asked(index)) {
            let answer = session.answer(index);
            for link in &answer.links {
                links.push((
                    index,
                    format!("{} · {}", link.shown_label(), text::host(&link.url)),
                    age(&link.retrieved, today),
                ));
            }
            let cited = text::cited(&answer.detail);
            for c in cited.iter().filter(|c| !answer.links.iter().any(|l| l.url == c.url)) {
                links.push((index, format!("{} · {}", c.label, text::host(&c.url)), "no date".to_owned()));
            }
        }
        self.heading("Links", &links.len().to_string());
        for (index, link, age) in links {
            self.row(Some(index), &[(column(&age, 15), self.theme.dim), (link, Style::new())]);
        }
    }
}

/// How long ago a link was read.
fn age(retrieved: &str, today: Date) -> String {
    let Ok(day) = retrieved.parse::<Date>() else { return "no date".to_owned() };
    match (today - day).get_days() {
        0 => "today".to_owned(),
        1 => "yesterday".to_owned(),
        days @ 2..=59 => format!("{days} days ago"),
        days @ 60..=729 => format!("{} months ago", days / 30),
        days if days >= 730 => format!("{} years ago", days / 365),
        _ => retrieved.to_owned(),
    }
}

/// A text in a column: padded, or cut with a mark.
fn column(text: &str, width: usize) -> String {
    let mut shown = String::new();
    let mut used = 0;
    let whole = text::width(text) < width;
    for c in text.chars() {
        let columns = text::width(c.encode_utf8(&mut [0; 4]));
        if !whole && used + columns + 2 > width {
            shown.push('…');
            used += 1;
            break;
        }
        shown.push(c);
        used += columns;
    }
    shown + &" ".repeat(width.saturating_sub(used))
}

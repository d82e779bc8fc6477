//! The earlier answer to a question, as rows.

use crate::questionnaire::Tone;
use crate::session::{Ages, Before, Match, Previous, Session, author_name, link_place};
use crate::text;
use crate::tui::theme::Role;
use crate::tui::widgets::rich::{RichLine, difference, wrap};

/// The title of the pane with the earlier answers.
pub fn title(previous: &Previous) -> String {
    let by = author_name(&previous.by);
    let by = if by.is_empty() { String::new() } else { format!(" · {by}") };
    text::one_line(&format!("Before · {}{by}", previous.day))
}

/// The earlier answer to the question at `index`, with the age of its evidence. Empty if there is none.
pub fn lines(session: &Session, index: usize, ages: &Ages, width: usize) -> Vec<RichLine> {
    let Some(before) = session.before(index) else { return Vec::new() };
    let mut lines = Vec::new();
    if before.r#match == Match::Reworded {
        lines.push(RichLine::new("The question is reworded:", Role::Warning));
        let (old, new) = (&before.was.text, &session.question(index).text);
        let runs = text::diff_words(old, new);
        lines.extend(wrap(&difference(old, new, &runs, Role::Help, Role::Bad), width));
    }
    let mut add = |text: String, role: Role| lines.extend(wrap(&[(text, role)], width));
    match before.r#match {
        Match::Same | Match::Gone | Match::Reworded => {}
        Match::OtherChoices => add("Offers other choices now.".to_owned(), Role::Warning),
        Match::OtherKind => add("Asks for another kind of answer now.".to_owned(), Role::Warning),
        Match::Hidden => add("Was not asked, because of other answers.".to_owned(), Role::Dim),
        Match::Moved | Match::Renamed => {
            add(format!("Unchanged, but {}.", before.r#match.label()), Role::Dim);
        }
    }
    let answer = &before.answer;
    if answer.is_empty() {
        add("Not answered.".to_owned(), Role::Dim);
        return lines;
    }
    for id in &answer.choices {
        let tone = before.choices.iter().find(|choice| choice.id == *id).map_or(Tone::Neutral, |c| c.tone);
        add(format!("{} {}", tone_symbol(tone), before.label(id)), Role::of_tone(tone));
    }
    if !answer.value.is_empty() {
        add(answer.value.clone(), Role::Text);
    }
    if !answer.qualifier.is_empty() {
        add(format!("({})", answer.qualifier), Role::Text);
    }
    if let Some(basis) = answer.basis {
        add(format!("Basis: {}", basis.label()), Role::Dim);
    }
    if !answer.detail.is_empty() {
        add(String::new(), Role::Text);
        add(answer.detail.clone(), Role::Text);
    }
    evidence(before, ages, &mut add);
    if !answer.note.is_empty() {
        add(String::new(), Role::Text);
        add(format!("Note: {}", answer.note), Role::Dim);
    }
    if let Some(flag) = &answer.flag {
        add(format!("⚑ {flag}"), Role::Warning);
    }
    lines
}

/// The links of the answer with the dates on which they were read; old ones are marked.
fn evidence(before: &Before, ages: &Ages, add: &mut impl FnMut(String, Role)) {
    let links = before.answer.evidence();
    if !links.is_empty() {
        add(String::new(), Role::Text);
    }
    for (n, link) in links.iter().enumerate() {
        let read = if link.retrieved.is_empty() { "undated".to_owned() } else { link.retrieved.to_string() };
        let internal = if link.internal { " · internal" } else { "" };
        let place = link_place(&link.url);
        add(format!("{} {} · {place} · {read}{internal}", n + 1, link.label), Role::Link);
        if link.is_old(ages) {
            let days = link.age(ages.today).map(|days| format!("{days} days")).unwrap_or_default();
            add(format!("  {days}  ! old"), Role::Warning);
        }
    }
}

/// The symbol of the tone of an answer.
pub fn tone_symbol(tone: Tone) -> &'static str {
    match tone {
        Tone::Good | Tone::Neutral => "✓",
        Tone::Bad => "✗",
        Tone::Partial => "◐",
        Tone::Unknown => "?",
        Tone::NotApplicable => "–",
    }
}

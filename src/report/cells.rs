//! The cells of one row of the table: how an answer is written into them and read from them.

use crate::questionnaire::{Choice, Kind, Question};
use crate::session::{Answer, Link};
use crate::text;

/// What stands between a detail and the links that it does not cite.
const LINKS_FOLLOW: &str = "<br><br>";

/// The question cell: the question, and its help in italics.
pub fn question_cell(question: &Question) -> String {
    let mut cell = text::encode(&question.text);
    if !question.help.is_empty() {
        cell.push_str(&format!("<br><br>*{}*", text::encode(&question.help)));
    }
    cell
}

/// Whether a question cell, decoded, is the one that [`question_cell`] writes for `question`.
pub fn asks(question: &Question, decoded: &str) -> bool {
    let Some(rest) = decoded.strip_prefix(question.text.as_str()) else { return false };
    let help = rest.strip_prefix("\n\n*").and_then(|rest| rest.strip_suffix('*'));
    help.unwrap_or(rest) == question.help
}

/// The answer cell: `Yes (version dependent)`, several choices with commas, or the value. Empty if unanswered.
pub fn answer_cell(question: &Question, choices: &[Choice], answer: &Answer) -> String {
    if !question.kind.has_choices() {
        return text::encode(&answer.value);
    }
    let mut cell = String::new();
    for id in &answer.choices {
        cell.push_str(if cell.is_empty() { "" } else { ", " });
        cell.push_str(label(choices, id));
    }
    if !answer.qualifier.is_empty() {
        let gap = if cell.is_empty() { "" } else { " " };
        cell.push_str(&format!("{gap}({})", answer.qualifier));
    }
    text::encode(&cell)
}

/// The detail cell: the detail, then the links that it does not cite.
pub fn detail_cell(answer: &Answer) -> String {
    let mut cell = text::encode(&answer.detail);
    let links = uncited(answer);
    if links.is_empty() {
        // A detail that itself ends with a paragraph of links would be read back as links: a break of another
        // spelling, which a wiki shows alike, keeps them apart.
        if split_links(&cell).is_some()
            && let Some(at) = cell.rfind("<br>")
        {
            cell.replace_range(at..at + 4, "<br/>");
        }
        return cell;
    }
    let list = text::link_list(links.iter().map(|link| (link.shown_label(), link.url.as_str())));
    format!("{cell}{LINKS_FOLLOW}{}", text::encode(&list))
}

/// The links of an answer that its detail does not cite, without those that have no address.
pub fn uncited(answer: &Answer) -> Vec<&Link> {
    if answer.links.is_empty() {
        return Vec::new();
    }
    let cited = text::cited(&answer.detail);
    let listed = answer.links.iter();
    listed.filter(|l| !l.url.trim().is_empty() && !cited.iter().any(|c| c.url == l.url)).collect()
}

/// Reads an answer cell into `answer`.
pub fn read_answer(question: &Question, choices: &[Choice], cell: &str, answer: &mut Answer) {
    let text = text::decode(cell);
    if !question.kind.has_choices() {
        answer.value = text.into_owned();
        return;
    }
    if text.is_empty() {
        return;
    }
    // A label to the letter comes first: it may itself end with brackets.
    if let Some(choice) = choices.iter().find(|c| c.label == text) {
        answer.choices = vec![choice.id.clone()];
        return;
    }
    if text.ends_with(')') {
        for (at, _) in text.match_indices(" (") {
            if let Some(made) = matching(question.kind, choices, &text[..at]) {
                answer.choices = made;
                answer.qualifier = text[at + 2..text.len() - 1].to_owned();
                return;
            }
        }
    }
    if let Some(made) = matching(question.kind, choices, &text) {
        answer.choices = made;
        return;
    }
    let inner = text.strip_prefix('(').and_then(|t| t.strip_suffix(')'));
    answer.qualifier = inner.unwrap_or(&text).to_owned();
}

/// Reads a detail cell into `answer`.
pub fn read_detail(cell: &str, answer: &mut Answer) {
    match split_links(cell) {
        Some((detail, links)) => {
            answer.detail = text::decode(detail).into_owned();
            let link = |(label, url): (String, String)| Link {
                label: if label == url { String::new() } else { label },
                url,
                ..Link::default()
            };
            answer.links = links.into_iter().map(link).collect();
        }
        None => answer.detail = text::decode(cell).into_owned(),
    }
}

fn split_links(cell: &str) -> Option<(&str, Vec<(String, String)>)> {
    let at = cell.rfind(LINKS_FOLLOW)?;
    let list = text::decode(&cell[at + LINKS_FOLLOW.len()..]);
    let links = text::split_link_list(&list)?;
    links.iter().all(|(_, url)| !url.trim().is_empty()).then_some((&cell[..at], links))
}

fn label<'a>(choices: &'a [Choice], id: &'a str) -> &'a str {
    choices.iter().find(|c| c.id == id).map_or(id, |c| &c.label)
}

/// The choices that a text names, if it names nothing else. `(x)` names none: it is a qualifier alone.
fn matching(kind: Kind, choices: &[Choice], text: &str) -> Option<Vec<String>> {
    if text.starts_with('(') {
        return None;
    }
    let one = |text: &str| {
        let exact =
            choices.iter().find(|c| c.label == text).or_else(|| choices.iter().find(|c| c.id == text));
        if let Some(exact) = exact {
            return Some(exact.id.clone());
        }
        // Labels may differ in signs only (`< 10`, `> 10`): then what is left of them says nothing.
        let name = text::normalised(text);
        let mut alike =
            choices.iter().filter(|c| text::normalised(&c.label) == name || text::normalised(&c.id) == name);
        match (alike.next(), alike.next()) {
            (Some(choice), None) if !name.is_empty() => Some(choice.id.clone()),
            _ => None,
        }
    };
    if let Some(choice) = one(text) {
        return Some(vec![choice]);
    }
    if kind == Kind::MultiChoice {
        return text.split(", ").map(one).collect();
    }
    None
}

//! The cells of a table row: writing an answer into them and reading it back.

use crate::markdown;
use crate::questionnaire::{Choice, Kind, Question};
use crate::session::{Answer, Link};
use crate::text;

use super::document::DocumentQuestion;
use super::links::with_paragraph;

/// Separates a detail from the links that it does not cite.
const LINKS_FOLLOW: &str = "<br><br>";

/// The three cells of a question's row: question, answer and detail.
pub fn row(question: &DocumentQuestion) -> [String; 3] {
    let labels = question.answer_labels.iter().map(String::as_str);
    [
        question_cell(&question.text, &question.help),
        answer_cell(question.kind, labels, &question.answer),
        detail_cell(&with_paragraph(&question.answer, question.links.iter())),
    ]
}

/// The question cell: the question, followed by its help in italics.
fn question_cell(text: &str, help: &str) -> String {
    let mut cell = markdown::encode(text);
    if !help.is_empty() {
        cell.push_str(&format!("<br><br>*{}*", markdown::encode(help)));
    }
    cell
}

/// Whether a decoded question cell is the one that [`row`] writes for `question`.
pub fn is_question_cell(question: &Question, decoded: &str) -> bool {
    let Some(rest) = decoded.strip_prefix(question.text.as_str()) else { return false };
    let help = rest.strip_prefix("\n\n*").and_then(|rest| rest.strip_suffix('*'));
    help.unwrap_or(rest) == question.help
}

/// The answer cell: `Yes (version dependent)`, a list of choices, or the value. Empty if unanswered.
///
/// `labels` are the labels of the chosen choices, as returned by [`choice_labels`].
pub fn answer_cell<'a>(kind: Kind, labels: impl Iterator<Item = &'a str>, answer: &Answer) -> String {
    if !kind.has_choices() {
        return markdown::encode(&answer.value);
    }
    let mut cell = labels.collect::<Vec<_>>().join(", ");
    if !answer.qualifier.is_empty() {
        let gap = if cell.is_empty() { "" } else { " " };
        cell.push_str(&format!("{gap}({})", answer.qualifier));
    }
    markdown::encode(&cell)
}

/// The labels of the choices in `answer`. An unknown choice is represented by its id.
pub fn choice_labels<'a>(choices: &'a [Choice], answer: &'a Answer) -> impl Iterator<Item = &'a str> {
    answer
        .choices
        .iter()
        .map(|id| choices.iter().find(|choice| choice.id == *id).map_or(id.as_str(), |choice| &choice.label))
}

/// The detail cell: the detail, followed by the links that it does not cite.
pub fn detail_cell(answer: &Answer) -> String {
    let mut cell = markdown::encode(&answer.detail);
    let links = uncited(answer);
    if links.is_empty() {
        // A detail that ends with a paragraph of links would be read back as a list of links. `<br/>`
        // prevents this, and wikis render it in the same way.
        if split_links(&cell).is_some()
            && let Some(at) = cell.rfind("<br>")
        {
            cell.replace_range(at..at + 4, "<br/>");
        }
        return cell;
    }
    let list = markdown::link_list(links.iter().map(|link| (link.shown_label(), link.url.as_str())));
    format!("{cell}{LINKS_FOLLOW}{}", markdown::encode(&list))
}

/// The listed links that are published, have a URL and are not cited in the detail.
fn uncited(answer: &Answer) -> Vec<&Link> {
    if answer.links.is_empty() {
        return Vec::new();
    }
    let cited = markdown::citations(&answer.detail);
    answer
        .public_links()
        .filter(|l| !l.url.trim().is_empty() && !cited.iter().any(|c| c.url == l.url))
        .collect()
}

/// Reads an answer cell into `answer`.
pub fn read_answer(question: &Question, choices: &[Choice], cell: &str, answer: &mut Answer) {
    let text = markdown::decode(cell);
    if !question.kind.has_choices() {
        answer.value = text.into_owned();
        return;
    }
    if text.is_empty() {
        return;
    }
    // Labels may themselves end with parentheses, and qualifiers may contain some: the whole text is compared
    // with the labels exactly, then without a qualifier after the longest label, then both again as similar.
    let whole = |exactly| Some((matching_choices(question.kind, choices, &text, exactly)?, ""));
    let qualified = |exactly| {
        let text = text.strip_suffix(')')?;
        let mut starts = text.rmatch_indices(" (");
        starts.find_map(|(at, _)| {
            let ids = matching_choices(question.kind, choices, &text[..at], exactly)?;
            Some((ids, &text[at + 2..]))
        })
    };
    let exact = whole(true).or_else(|| qualified(true));
    if let Some((ids, qualifier)) = exact.or_else(|| qualified(false)).or_else(|| whole(false)) {
        answer.choices = ids;
        answer.qualifier = qualifier.to_owned();
        return;
    }
    let inner = text.strip_prefix('(').and_then(|t| t.strip_suffix(')'));
    answer.qualifier = inner.unwrap_or(&text).to_owned();
}

/// Reads a detail cell into `answer`.
pub fn read_detail(cell: &str, answer: &mut Answer) {
    match split_links(cell) {
        Some((detail, links)) => {
            answer.detail = markdown::decode(detail).into_owned();
            let link = |(label, url): (String, String)| Link {
                label: if label == url { String::new() } else { label },
                url,
                ..Link::default()
            };
            answer.links = links.into_iter().map(link).collect();
        }
        None => answer.detail = markdown::decode(cell).into_owned(),
    }
}

/// Splits a detail cell into the detail and the links that follow it.
fn split_links(cell: &str) -> Option<(&str, Vec<(String, String)>)> {
    let at = cell.rfind(LINKS_FOLLOW)?;
    let list = markdown::decode(&cell[at + LINKS_FOLLOW.len()..]);
    let links = markdown::split_link_list(&list)?;
    links.iter().all(|(_, url)| !url.trim().is_empty()).then_some((&cell[..at], links))
}

/// The ids of the choices in `text`, or `None` if any part of it is not a choice.
fn matching_choices(kind: Kind, choices: &[Choice], text: &str, exactly: bool) -> Option<Vec<String>> {
    // Text in parentheses is a qualifier without a choice.
    if text.starts_with('(') {
        return None;
    }
    if let Some(id) = matching_choice(choices, text, exactly) {
        return Some(vec![id]);
    }
    if kind == Kind::MultiChoice {
        return several_choices(choices, &text.split(", ").collect::<Vec<_>>(), exactly);
    }
    None
}

/// The ids of several choices from a list that was split at each comma. Labels may contain commas, so as many
/// parts as possible are taken together.
fn several_choices(choices: &[Choice], parts: &[&str], exactly: bool) -> Option<Vec<String>> {
    let commas = |text: &str| text.matches(", ").count();
    let longest = 1 + choices.iter().map(|choice| commas(&choice.label)).max().unwrap_or_default();
    // For each part, whether the list can be read from there on, and the first choice if so.
    let mut readable: Vec<Option<(usize, String)>> = vec![None; parts.len()];
    for start in (0..parts.len()).rev() {
        let ends = (start + 1..=parts.len().min(start + longest)).rev();
        readable[start] = ends
            .filter(|end| readable.get(*end).is_none_or(Option::is_some))
            .find_map(|end| Some((end, matching_choice(choices, &parts[start..end].join(", "), exactly)?)));
    }
    let mut ids = Vec::new();
    let mut at = 0;
    while at < parts.len() {
        let (end, id) = readable[at].clone()?;
        ids.push(id);
        at = end;
    }
    Some(ids)
}

/// The id of the choice with this label or id: an exact match, or else the only similar one.
fn matching_choice(choices: &[Choice], text: &str, exactly: bool) -> Option<String> {
    let exact = choices.iter().find(|c| c.label == text).or_else(|| choices.iter().find(|c| c.id == text));
    if let Some(exact) = exact {
        return Some(exact.id.clone());
    }
    if exactly {
        return None;
    }
    // Labels may differ only in symbols (`< 10` and `> 10`), which normalizing removes, so a similar label
    // must be unique.
    let name = text::normalized(text);
    let mut similar =
        choices.iter().filter(|c| text::normalized(&c.label) == name || text::normalized(&c.id) == name);
    match (similar.next(), similar.next()) {
        (Some(choice), None) if !name.is_empty() => Some(choice.id.clone()),
        (Some(_) | None, _) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::questionnaire::Tone;

    fn choices() -> Vec<Choice> {
        let all = [("yes", "Yes"), ("na", "Not applicable"), ("few", "< 9"), ("many", "> 9"), ("plus", "+")];
        let choice = |(id, label): (&str, &str)| Choice {
            id: id.into(),
            label: label.into(),
            key: None,
            tone: Tone::Good,
            alone: false,
        };
        all.map(choice).into()
    }

    /// The ids of the choices, joined by spaces, and the qualifier in an answer cell.
    fn read(kind: Kind, cell: &str) -> (String, String) {
        let question = Question { kind, ..Question::added("Title", "Text?") };
        let mut answer = Answer::default();
        read_answer(&question, &choices(), cell, &mut answer);
        (answer.choices.join(" "), answer.qualifier)
    }

    #[test]
    fn a_choice_is_read_by_its_label_or_id_if_only_one_is_similar() {
        for (cell, choices, qualifier) in [
            ("Yes", "yes", ""),
            ("NOT APPLICABLE", "na", ""),
            ("N/A", "na", ""),
            ("few", "few", ""),
            ("MANY", "many", ""),
            ("> 9", "many", ""),
            ("9", "", "9"),
            ("+", "plus", ""),
            ("?", "", "?"),
            ("YES (a (b))", "yes", "a (b)"),
            ("Yes ([)", "yes", "["),
            ("Yes ( ()", "yes", " ("),
            ("yes ( ()", "yes", " ("),
            ("YES (a) (b)", "yes", "a) (b"),
            ("Maybe (a)", "", "Maybe (a)"),
            ("(mostly)", "", "mostly"),
            ("Yes, few", "", "Yes, few"),
            ("", "", ""),
        ] {
            assert_eq!(read(Kind::Choice, cell), (choices.to_owned(), qualifier.to_owned()), "{cell}");
        }
    }

    #[test]
    fn several_choices_are_read_only_if_each_is_one() {
        for (cell, choices, qualifier) in [
            ("Yes, FEW", "yes few", ""),
            ("Yes, > 9 (at least)", "yes many", "at least"),
            ("Yes, Maybe", "", "Yes, Maybe"),
        ] {
            assert_eq!(read(Kind::MultiChoice, cell), (choices.to_owned(), qualifier.to_owned()), "{cell}");
        }
    }

    #[test]
    fn labels_with_commas_and_parentheses_are_read_as_a_whole() {
        let labels = ["Scores, ranks or recommends", "Ours (EU, US)", "Ours", "Recommends"];
        let choices: Vec<Choice> = labels
            .iter()
            .map(|label| Choice {
                id: text::slug(label),
                label: (*label).to_owned(),
                key: None,
                tone: Tone::Neutral,
                alone: false,
            })
            .collect();
        let question = Question { kind: Kind::MultiChoice, ..Question::added("Title", "Text?") };
        for (chosen, qualifier) in [
            (&[0, 3][..], ""),
            (&[3, 0], "at least"),
            (&[1], ""),
            (&[2, 1], ""),
            (&[0, 1], "a, (b) (c"),
            (&[1, 2, 0], "Ours"),
        ] {
            let answer = Answer {
                choices: chosen.iter().map(|n| choices[*n].id.clone()).collect(),
                qualifier: qualifier.to_owned(),
                ..Answer::default()
            };
            let cell = answer_cell(question.kind, choice_labels(&choices, &answer), &answer);
            let mut read = Answer::default();
            read_answer(&question, &choices, &cell, &mut read);
            assert_eq!(read, answer, "{cell}");
        }
    }

    #[test]
    fn a_question_cell_is_known_by_its_text_and_its_help() {
        let plain = Question::added("Title", "Is it?");
        let helped = Question { help: "Ask.".into(), ..plain.clone() };
        for (question, cell, expected) in [
            (&plain, "Is it?", true),
            (&plain, "Is it? Or not?", false),
            (&plain, "Was it?", false),
            (&helped, "Is it?\n\n*Ask.*", true),
            (&helped, "Is it?", false),
        ] {
            assert_eq!(is_question_cell(question, cell), expected, "{cell}");
        }
    }

    #[test]
    fn a_detail_that_ends_with_a_paragraph_of_links_is_told_apart_from_listed_links() {
        let link = Link { url: "https://b.example".into(), ..Link::default() };
        for (detail, links, expected) in [
            ("See\n\n[a](https://a.example)", vec![], "See<br><br/>[a](https://a.example)"),
            ("See", vec![link], "See<br><br>[https://b.example](https://b.example)"),
            ("See", vec![], "See"),
        ] {
            let answer = Answer { detail: detail.into(), links, ..Answer::default() };
            assert_eq!(detail_cell(&answer), expected);
            let mut read = Answer::default();
            read_detail(expected, &mut read);
            assert_eq!(read, answer);
        }
    }
}

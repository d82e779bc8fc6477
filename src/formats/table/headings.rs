//! What headings mean, in the languages that questionnaires come in.

/// What a column is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Role {
    /// The question.
    Question,
    /// The answer.
    Answer,
    /// A comment on the answer.
    Comment,
    /// Links or documents.
    Evidence,
    /// The id of the question.
    Id,
    /// The section.
    Section,
    /// Help for the person who answers.
    Guidance,
}

/// The words for each role, the most telling first.
const WORDS: &[(Role, &[&str])] = &[
    (
        Role::Id,
        &[
            "question id",
            "control id",
            "requirement id",
            "id",
            "no",
            "nr",
            "ref",
            "reference id",
            "number",
            "item no",
            "#",
            "req id",
            "kontroll id",
            "编号",
        ],
    ),
    (
        Role::Question,
        &[
            "question text",
            "question",
            "questions",
            "requirement",
            "requirements",
            "control question",
            "detailed verification requirement",
            "control",
            "description",
            "detail",
            "frage",
            "anforderung",
            "exigence",
            "pregunta",
            "domanda",
            "questão",
            "vraag",
            "问题",
            "質問",
        ],
    ),
    (
        Role::Answer,
        &[
            "answer",
            "response",
            "our answer",
            "vendor response",
            "reply",
            "status",
            "compliant",
            "compliance",
            "yes/no",
            "yes no",
            "tested",
            "antwort",
            "réponse",
            "reponse",
            "respuesta",
            "risposta",
            "antwoord",
            "回答",
        ],
    ),
    (
        Role::Comment,
        &[
            "comment",
            "comments",
            "additional information",
            "explanation",
            "description of implementation",
            "implementation description",
            "observations",
            "remarks",
            "notes",
            "details",
            "justification",
            "bemerkung",
            "kommentar",
            "erläuterung",
            "commentaire",
            "comentario",
            "备注",
        ],
    ),
    (
        Role::Evidence,
        &[
            "evidence",
            "notes evidence required",
            "reference",
            "references",
            "link",
            "links",
            "attachment",
            "nachweis",
            "preuve",
            "evidencia",
        ],
    ),
    (
        Role::Section,
        &[
            "section",
            "domain",
            "category",
            "area",
            "topic",
            "chapter",
            "function",
            "bereich",
            "domaine",
            "thema",
            "kategorie",
            "área",
            "类别",
        ],
    ),
    (Role::Guidance, &["guidance", "help", "hint", "instructions", "hinweis", "hilfe", "aide"]),
];

/// Roles whose words may stand anywhere in a heading.
const ANYWHERE: &[Role] = &[Role::Answer, Role::Section, Role::Comment];

/// What a heading means, and how sure that is: 4 is surest.
pub fn role(heading: &str) -> Option<(Role, u8)> {
    let heading = plain(heading);
    if heading.is_empty() || heading.chars().count() > 60 {
        return None;
    }
    let mut best: Option<(Role, u8)> = None;
    for (role, words) in WORDS {
        let strength = words.iter().map(|word| strength(&heading, word, *role)).max().unwrap_or(0);
        if strength > best.map_or(0, |(_, known)| known) {
            best = Some((*role, strength));
        }
    }
    best
}

fn strength(heading: &str, word: &str, role: Role) -> u8 {
    let is_word_end = |rest: &str| rest.is_empty() || rest.starts_with(' ');
    let is_whole =
        |at: usize| (at == 0 || heading[..at].ends_with(' ')) && is_word_end(&heading[at + word.len()..]);
    if heading == word {
        4
    } else if heading.strip_prefix(word).is_some_and(is_word_end) && role != Role::Id {
        3
    } else if ANYWHERE.contains(&role) && heading.match_indices(word).any(|(at, _)| is_whole(at)) {
        2
    } else {
        0
    }
}

/// A heading in lower case without punctuation.
fn plain(heading: &str) -> String {
    let heading = heading.trim();
    if heading == "#" {
        return heading.to_owned();
    }
    let letters = heading.chars().map(|c| if c.is_alphanumeric() || c == '/' { c } else { ' ' });
    let lower: String = letters.flat_map(char::to_lowercase).collect();
    lower.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_are_understood_by_their_meaning() {
        for (heading, expected) in [
            ("Question ID", Some(Role::Id)),
            ("#", Some(Role::Id)),
            ("Question", Some(Role::Question)),
            ("Tested? ", Some(Role::Answer)),
            ("CSP CAIQ Answer", Some(Role::Answer)),
            ("Yes/No/N/A", None),
            ("CCM Domain Title", Some(Role::Section)),
            ("Additional Information", Some(Role::Comment)),
            ("CSP Implementation Description (Optional)", Some(Role::Comment)),
            ("Frage", Some(Role::Question)),
            ("问题", Some(Role::Question)),
            ("Since", None),
            ("Level 1", None),
        ] {
            assert_eq!(role(heading).map(|(role, _)| role), expected, "{heading}");
        }
    }
}

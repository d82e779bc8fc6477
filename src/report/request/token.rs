//! The token that names a question in a request, so that its reply can be matched.

/// The word that a reply follows.
pub const ANSWER: &str = "Answer:";

/// The token of the question with this id.
pub fn token(id: &str) -> String {
    format!("[Q {id}]")
}

/// The id in the first token of a line, and the bytes of the token.
pub fn find(line: &str) -> Option<(&str, std::ops::Range<usize>)> {
    let start = line.find("[Q ")?;
    let id_start = start + "[Q ".len();
    let end = id_start + line[id_start..].find(']')?;
    Some((line[id_start..end].trim(), start..end + 1))
}

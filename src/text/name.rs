//! Names derived from text: for comparing wordings, for ids and for files.

/// `text` reduced to lower-case letters and digits, for comparing two wordings of the same question.
pub fn normalized(text: &str) -> String {
    let mut name = String::with_capacity(text.len());
    if text.is_ascii() {
        let letters = text.bytes().filter(u8::is_ascii_alphanumeric);
        name.extend(letters.map(|byte| char::from(byte.to_ascii_lowercase())));
    } else {
        name.extend(text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase));
    }
    name
}

/// A name for ids and files: the lower-case ASCII letters and digits of `text`, joined by single hyphens.
///
/// Never empty, at most 60 bytes, and without any character that is special to a file system.
pub fn slug(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars().flat_map(char::to_lowercase) {
        if c.is_ascii_alphanumeric() {
            out.push(c);
        } else if !out.is_empty() && !out.ends_with('-') {
            out.push('-');
        }
        if out.len() >= 60 {
            break;
        }
    }
    let out = out.trim_matches('-');
    if out.is_empty() { "untitled".to_owned() } else { out.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slug_cannot_point_to_another_folder() {
        assert_eq!(slug("../../x"), "x");
        assert_eq!(slug("Zendesk (EU)"), "zendesk-eu");
        assert_eq!(slug("…"), "untitled");
        assert_eq!(slug("日本"), "untitled");
    }

    #[test]
    fn two_wordings_of_a_question_are_equal_once_normalized() {
        assert_eq!(normalized("Does it (really) use **TLS** ?"), normalized("does it really use TLS?"));
        assert_eq!(normalized("Is **TLS** 1.3 used?"), "istls13used");
        assert_eq!(normalized("Ärger mit Straßen?"), "ärgermitstraßen");
    }
}

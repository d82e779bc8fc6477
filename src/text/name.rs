//! Texts as names: for comparing wordings, for ids and for files.

/// A text reduced to what two wordings of the same question share: lower-case letters and digits.
pub fn normalised(text: &str) -> String {
    let mut name = String::with_capacity(text.len());
    if text.is_ascii() {
        let letters = text.bytes().filter(u8::is_ascii_alphanumeric);
        name.extend(letters.map(|byte| char::from(byte.to_ascii_lowercase())));
    } else {
        name.extend(text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase));
    }
    name
}

/// A name made from `text` for ids and files: lower-case ASCII letters and digits, joined by single hyphens.
///
/// Never empty, never longer than 60 bytes, and never anything that a file system gives a meaning to.
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
    fn a_slug_names_no_other_folder() {
        assert_eq!(slug("../../x"), "x");
        assert_eq!(slug("Zendesk (EU)"), "zendesk-eu");
        assert_eq!(slug("…"), "untitled");
        assert_eq!(slug("日本"), "untitled");
    }

    #[test]
    fn two_wordings_of_a_question_are_the_same_normalised() {
        assert_eq!(normalised("Does it (really) use **TLS** ?"), normalised("does it really use TLS?"));
    }
}

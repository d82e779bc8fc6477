//! Names derived from text: for comparing wordings, for ids and for files.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The maximum length of a slug, in bytes.
const MAX_SLUG: usize = 60;

/// The maximum length of the name of a file, in bytes.
const MAX_FILE_NAME: usize = 100;

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

/// The characters of `text` without accents, in their usual form.
pub fn unaccented(text: &str) -> impl Iterator<Item = char> {
    text.nfkd().filter(|c| !is_combining_mark(*c))
}

/// The letters and digits of `text` as ids can have them: lower-case ASCII, without accents, joined by single
/// hyphens. Underscores stay. Empty if nothing is left.
pub fn hyphenated(text: &str) -> String {
    let mut out = String::new();
    for c in unaccented(text).flat_map(char::to_lowercase) {
        if c.is_ascii_alphanumeric() || c == '_' {
            out.push(c);
        } else if !out.is_empty() && !out.ends_with('-') {
            out.push('-');
        }
    }
    out.truncate(out.trim_end_matches('-').len());
    out
}

/// A name for files and for what a session adds: the [`hyphenated`] text.
///
/// Never empty, at most 60 bytes, and without any character that is special to a file system.
pub fn slug(text: &str) -> String {
    let mut out = hyphenated(text);
    out.truncate(MAX_SLUG);
    out.truncate(out.trim_end_matches('-').len());
    if out.is_empty() { "untitled".to_owned() } else { out }
}

/// The name of a file as it is valid on every system: letters and digits without accents, `-`, `_` and `.`.
///
/// Never empty or hidden, and at most 100 bytes; of a longer name, the end is kept, which has the extension.
pub fn file_name(name: &str) -> String {
    let mut out = String::new();
    for c in unaccented(name) {
        if c.is_ascii_alphanumeric() || matches!(c, '_' | '.') {
            out.push(c);
        } else if !out.ends_with('-') {
            out.push('-');
        }
    }
    let is_joint = |c: char| matches!(c, '-' | '.');
    let end = out.trim_matches(is_joint);
    let end = end[end.len().saturating_sub(MAX_FILE_NAME)..].trim_start_matches(is_joint);
    if end.is_empty() { "file".to_owned() } else { end.to_owned() }
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
    fn a_slug_loses_accents_and_not_the_letters_below_them() {
        assert_eq!(slug("Société Générale"), "societe-generale");
        assert_eq!(slug("my_service ﬁle"), "my_service-file");
        let long = slug(&"word ".repeat(40));
        assert!(long.len() <= MAX_SLUG && long.ends_with("word"), "{long}");
    }

    #[test]
    fn the_name_of_a_file_is_valid_everywhere_and_keeps_its_extension() {
        for (name, expected) in [
            ("Report 1 (final).PDF", "Report-1-final-.PDF"),
            ("../../etc/passwd", "etc-passwd"),
            (".hidden", "hidden"),
            ("a\u{1b}[31m\nb.txt", "a-31m-b.txt"),
            ("Prüfung – Übersicht.pdf", "Prufung-Ubersicht.pdf"),
            ("日本.pdf", "pdf"),
            ("日本", "file"),
            ("con. ", "con"),
            ("", "file"),
        ] {
            assert_eq!(file_name(name), expected, "{name}");
        }
        let long = file_name(&format!("{}.pdf", "é".repeat(300)));
        assert!(long.len() == MAX_FILE_NAME && long.ends_with("e.pdf"), "{long}");
    }

    #[test]
    fn two_wordings_of_a_question_are_equal_once_normalized() {
        assert_eq!(normalized("Does it (really) use **TLS** ?"), normalized("does it really use TLS?"));
        assert_eq!(normalized("Is **TLS** 1.3 used?"), "istls13used");
        assert_eq!(normalized("Ärger mit Straßen?"), "ärgermitstraßen");
    }
}

//! Which URLs may be cited and opened, and how they are shown.

use super::letters::capitalized;

/// Why Querist does not open a URL.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UrlProblem {
    /// The URL is empty.
    Empty,
    /// It contains a space, line break or control character.
    Whitespace,
    /// The scheme is not `http`, `https` or `mailto`.
    Scheme,
    /// Nothing follows the scheme.
    NoHost,
}

impl UrlProblem {
    /// The problem in a few words, to follow the name of a field or a colon.
    pub fn describe(self) -> &'static str {
        match self {
            Self::Empty => "no URL yet",
            Self::Whitespace => "contains a space or a control character",
            Self::Scheme => "must start with https://, http:// or mailto:",
            Self::NoHost => "nothing follows the scheme",
        }
    }
}

/// Why `url` cannot be used as evidence, or `None` if it can.
pub fn url_problem(url: &str) -> Option<UrlProblem> {
    if url.is_empty() {
        return Some(UrlProblem::Empty);
    }
    if url.chars().any(|c| c.is_whitespace() || c.is_control()) {
        return Some(UrlProblem::Whitespace);
    }
    let lower = url.to_ascii_lowercase();
    let Some(rest) = ["https://", "http://", "mailto:"].iter().find_map(|s| lower.strip_prefix(s)) else {
        return Some(UrlProblem::Scheme);
    };
    rest.trim_matches('/').is_empty().then_some(UrlProblem::NoHost)
}

/// Whether `url` may be opened in a browser: complete, without blanks, and http, https or mailto.
pub fn is_openable(url: &str) -> bool {
    url_problem(url).is_none()
}

/// Whether pasted text is exactly one URL.
pub fn looks_like_url(text: &str) -> bool {
    is_openable(text.trim())
}

/// The part of a URL that a reviewer recognizes: its host, or all of it if it has none.
pub fn host(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let rest = rest.strip_prefix("mailto:").unwrap_or(rest);
    rest.split(['/', '?', '#']).next().unwrap_or(rest)
}

/// A label for `url`: the words in the last segment of its path, or its host if there are none. Long ids
/// around the words are left out.
pub fn label_from_url(url: &str) -> String {
    let path = url.split_once("://").and_then(|(_, rest)| rest.split_once('/')).map_or("", |(_, path)| path);
    let path = path.split(['?', '#']).next().unwrap_or_default();
    let last = percent_decoded(path.trim_end_matches('/').rsplit('/').next().unwrap_or_default());
    let is_extension =
        |end: &str| (1..=5).contains(&end.len()) && end.bytes().all(|b| b.is_ascii_alphanumeric());
    let stem =
        last.rsplit_once('.').filter(|(_, end)| is_extension(end)).map_or(last.as_str(), |(stem, _)| stem);
    let words = stem.split(|c: char| matches!(c, '-' | '_' | '+') || c.is_whitespace() || c.is_control());
    let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    let first = words.iter().position(|word| !is_long_id(word)).unwrap_or(words.len());
    let end = words.iter().rposition(|word| !is_long_id(word)).map_or(first, |last| last + 1);
    let label = words[first..end].join(" ");
    if !label.chars().any(char::is_alphabetic) {
        host(url).to_owned()
    } else if label.chars().any(char::is_uppercase) {
        label
    } else {
        capitalized(&label)
    }
}

/// Whether a word is a number or a hash under which a site keeps a page, and means nothing to a reader.
/// Numbers such as 365, 2026 and 27001 do.
fn is_long_id(word: &str) -> bool {
    let is_number = word.len() >= 6 && word.bytes().all(|b| b.is_ascii_digit());
    let is_hash = word.len() >= 8
        && word.bytes().all(|b| b.is_ascii_hexdigit())
        && word.bytes().any(|b| b.is_ascii_digit());
    is_number || is_hash
}

/// The domain in what was typed, in lower case: `example.com` of `https://Example.com/security`. `None` if
/// there is none.
pub fn domain(typed: &str) -> Option<String> {
    let rest = typed.trim().split_once("://").map_or(typed.trim(), |(_, rest)| rest);
    let host = rest.split(['/', '?', '#', ':']).next().unwrap_or_default().trim_end_matches('.');
    let is_label =
        |label: &str| !label.is_empty() && label.chars().all(|c| c.is_alphanumeric() || c == '-' || c == '_');
    let is_domain = host.contains('.') && host.split('.').all(is_label);
    is_domain.then(|| host.to_lowercase())
}

/// `text` with everything but letters, digits, `-._~` and the bytes of `kept` as `%` and two hexadecimal
/// digits (RFC 3986, 2.1 and 2.3).
pub fn percent_encoded(text: &str, kept: &[u8]) -> String {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) || kept.contains(&byte);
    text.bytes()
        .map(|byte| if is_plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") })
        .collect()
}

/// `text` with `%20` and the like decoded (RFC 3986, section 2.1); unchanged if the result is not UTF-8.
fn percent_decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, after @ ..] = rest {
        let code = after.get(..2).filter(|_| *first == b'%');
        let code = code.and_then(|hex| u8::from_str_radix(std::str::from_utf8(hex).ok()?, 16).ok());
        bytes.push(code.unwrap_or(*first));
        rest = if code.is_some() { &after[2..] } else { after };
    }
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_web_and_mail_urls_open() {
        assert!(is_openable("https://a.example/x?y=1"));
        assert!(is_openable("HTTP://a.example"));
        assert!(is_openable("mailto:a@b.example"));
        for bad in
            ["javascript:alert(1)", "file:///etc/passwd", "https://", "https://a b", "", "https://a\u{1b}"]
        {
            assert!(!is_openable(bad), "{bad}");
        }
    }

    #[test]
    fn a_label_is_the_last_segment_of_the_path_or_the_host() {
        for (url, label) in [
            ("https://a.example/hc/en-us/articles/4408826974874-Setting-up-SSO", "Setting up SSO"),
            ("https://a.example/docs/security%20white_paper.pdf?x=1#y", "Security white paper"),
            ("https://a.example/v1.2/audit-log/", "Audit log"),
            ("https://a.example/123/", "a.example"),
            ("https://a.example/4408826974874", "a.example"),
            ("https://a.example", "a.example"),
            ("https://a.example/%zz%e2", "%zz%e2"),
            ("https://a.example/42%20audit%20log", "42 audit log"),
            ("https://a.example/a%07b", "A b"),
            ("https://a.example/Acme.security", "Acme.security"),
            ("mailto:security@a.example", "security@a.example"),
        ] {
            assert_eq!(label_from_url(url), label, "{url}");
        }
    }

    #[test]
    fn a_label_keeps_numbers_that_mean_something_and_drops_long_ids_around_its_words() {
        for (name, label) in [
            ("4408826974874-Managing-2-factor-authentication", "Managing 2 factor authentication"),
            ("microsoft-365-copilot-privacy", "Microsoft 365 copilot privacy"),
            ("2-factor-authentication", "2 factor authentication"),
            ("iso-27001", "Iso 27001"),
            ("Security-report-2026", "Security report 2026"),
            ("How-we-encrypt-3f2a9c8b7d6e", "How we encrypt"),
            ("audit-203663766-log-203663766", "Audit 203663766 log"),
        ] {
            assert_eq!(label_from_url(&format!("https://a.example/{name}")), label);
        }
    }

    #[test]
    fn a_domain_is_found_in_what_is_typed_or_pasted() {
        for (typed, expected) in [
            ("Zendesk.com", Some("zendesk.com")),
            (" https://www.zendesk.com:443/security?x ", Some("www.zendesk.com")),
            ("bücher.example.", Some("bücher.example")),
            ("my-app_1.example/x", Some("my-app_1.example")),
            ("zendesk", None),
            ("a b.example", None),
            ("a..example", None),
            ("", None),
        ] {
            assert_eq!(domain(typed).as_deref(), expected, "{typed}");
        }
    }

    #[test]
    fn the_host_is_the_part_before_the_path() {
        assert_eq!(host("https://support.zendesk.com/hc/en-us"), "support.zendesk.com");
        assert_eq!(host("mailto:a@b.example"), "a@b.example");
    }

    #[test]
    fn only_a_single_complete_url_looks_like_one() {
        assert!(looks_like_url(" https://a.example\n"));
        assert!(!looks_like_url("see https://a.example"));
    }

    #[test]
    fn what_has_a_meaning_in_a_url_is_percent_encoded_unless_it_is_kept() {
        assert_eq!(percent_encoded("a b/ü-._~?", b"/"), "a%20b/%C3%BC-._~%3F");
        assert_eq!(percent_encoded("a/b", b""), "a%2Fb");
    }
}

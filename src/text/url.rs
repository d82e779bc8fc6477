//! Which addresses a review may cite and open.

/// Why an address is not one that Querist opens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UrlProblem {
    /// Nothing is there.
    Empty,
    /// A space, line break or control character stands in it.
    Whitespace,
    /// Not `http`, `https` or `mailto`.
    Scheme,
    /// Nothing follows the scheme.
    NoHost,
}

impl UrlProblem {
    /// The problem in a few words, for a screen or a list.
    pub fn describe(self) -> &'static str {
        match self {
            Self::Empty => "no address yet",
            Self::Whitespace => "has a space or control character",
            Self::Scheme => "begins with none of https://, http://, mailto:",
            Self::NoHost => "has nothing after the scheme",
        }
    }
}

/// What is wrong with `url` as evidence, if anything.
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

/// Whether Querist hands `url` to a browser: only http, https and mailto, whole and without blanks.
pub fn is_openable(url: &str) -> bool {
    url_problem(url).is_none()
}

/// Whether pasted text is one address and nothing else.
pub fn looks_like_url(text: &str) -> bool {
    is_openable(text.trim())
}

/// The part of an address that a reviewer recognises: its host, or the whole where it has none.
pub fn host(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let rest = rest.strip_prefix("mailto:").unwrap_or(rest);
    rest.split(['/', '?', '#']).next().unwrap_or(rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_web_and_mail_addresses_open() {
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
    fn the_host_is_what_a_list_shows() {
        assert_eq!(host("https://support.zendesk.com/hc/en-us"), "support.zendesk.com");
        assert_eq!(host("mailto:a@b.example"), "a@b.example");
    }
}

//! Links in markdown: the ones a text cites, and the list that follows a detail on a page.

use std::ops::Range;

use memchr::memchr3;
use pulldown_cmark::{Event, LinkType, Options, Parser, Tag, TagEnd};

/// A link cited in a text.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Citation {
    /// The link text; the URL itself if it is bare.
    pub label: String,
    /// The target.
    pub url: String,
    /// The byte range of the link in the text.
    pub range: Range<usize>,
}

/// The links that `markdown` cites, in order: inline links, autolinks and bare `http(s)://` URLs.
pub fn citations(markdown: &str) -> Vec<Citation> {
    // Single characters are found much faster than two, in long texts at each key.
    let may_cite = memchr3(b':', b']', b'<', markdown.as_bytes()).is_some();
    if !may_cite || !["](", "://", "<"].iter().any(|part| markdown.contains(part)) {
        return Vec::new();
    }
    let mut found = Vec::new();
    let mut open: Option<Citation> = None;
    for (event, range) in Parser::new_ext(markdown, Options::empty()).into_offset_iter() {
        match event {
            Event::Start(Tag::Link { link_type, dest_url, .. }) => {
                let url = match link_type {
                    LinkType::Email => format!("mailto:{dest_url}"),
                    _ => dest_url.to_string(),
                };
                open = Some(Citation { label: String::new(), url, range });
            }
            Event::End(TagEnd::Link) => found.extend(open.take()),
            Event::Text(text) | Event::Code(text) => match &mut open {
                Some(link) => link.label.push_str(&text),
                None => bare_urls(markdown, range, &mut found),
            },
            Event::SoftBreak | Event::HardBreak => {
                if let Some(link) = &mut open {
                    link.label.push(' ');
                }
            }
            _ => {}
        }
    }
    found
}

fn bare_urls(markdown: &str, range: Range<usize>, found: &mut Vec<Citation>) {
    let text = &markdown[range.clone()];
    let mut from = 0;
    while let Some(at) = ["https://", "http://"].iter().filter_map(|s| text[from..].find(s)).min() {
        let start = from + at;
        let length = text[start..].find(|c: char| c.is_whitespace() || "<>\"|".contains(c));
        let url = &text[start..length.map_or(text.len(), |n| start + n)];
        let url = url.trim_end_matches(['.', ',', ';', ':', '!', '?', ')', '\'', '*', '_']);
        if has_host(url) {
            let range = range.start + start..range.start + start + url.len();
            found.push(Citation { label: url.to_owned(), url: url.to_owned(), range });
        }
        from = start + url.len().max(1);
    }
}

/// Whether more than slashes follows the scheme of a URL found in a text.
fn has_host(url: &str) -> bool {
    let rest = url.split_once("://").map_or("", |(_, rest)| rest);
    !rest.trim_matches('/').is_empty() && !url.contains(char::is_control)
}

/// `[label](url)`, escaped so that neither the label nor the URL can break out of the link.
pub fn markdown_link(label: &str, url: &str) -> String {
    let mut out = String::from("[");
    for c in label.chars() {
        if matches!(c, '[' | ']' | '\\') {
            out.push('\\');
        }
        out.push(c);
    }
    out.push_str("](");
    if url.is_empty() || url.chars().any(|c| c.is_whitespace() || "()<>\\".contains(c)) {
        out.push('<');
        for c in url.chars() {
            if matches!(c, '<' | '>' | '\\') {
                out.push('\\');
            }
            out.push(c);
        }
        out.push('>');
    } else {
        out.push_str(url);
    }
    out.push(')');
    out
}

/// Links as they follow a detail on a page: `[label](url), [label](url)`.
pub fn link_list<'a>(links: impl IntoIterator<Item = (&'a str, &'a str)>) -> String {
    links.into_iter().map(|(label, url)| markdown_link(label, url)).collect::<Vec<_>>().join(", ")
}

/// The labels and URLs of a text that consists only of a [`link_list`], otherwise `None`.
pub fn split_link_list(text: &str) -> Option<Vec<(String, String)>> {
    let mut links = Vec::new();
    let mut rest = text;
    loop {
        let (link, after) = take_link(rest)?;
        links.push(link);
        if after.is_empty() {
            return Some(links);
        }
        rest = after.strip_prefix(", ")?;
    }
}

fn take_link(text: &str) -> Option<((String, String), &str)> {
    let (label, rest) = take_until(text.strip_prefix('[')?, ']', |c| c == '[')?;
    let rest = rest.strip_prefix('(')?;
    let (url, rest) = match rest.strip_prefix('<') {
        Some(rest) => {
            let (url, rest) = take_until(rest, '>', |c| c == '<' || c == '\n')?;
            (url, rest.strip_prefix(')')?)
        }
        None => {
            let end = rest.find(')')?;
            let url = &rest[..end];
            if url.is_empty() || url.contains(|c: char| c.is_whitespace() || "(<>\\".contains(c)) {
                return None;
            }
            (url.to_owned(), &rest[end + 1..])
        }
    };
    Some(((label, url), rest))
}

/// The text before the first unescaped `end`, with escapes removed, and the text after it. `None` if there is
/// no such `end`, or if a character for which `stops` is true comes first.
fn take_until(text: &str, end: char, stops: impl Fn(char) -> bool) -> Option<(String, &str)> {
    let mut out = String::new();
    let mut chars = text.char_indices();
    while let Some((at, c)) = chars.next() {
        match c {
            '\\' => match chars.clone().next() {
                Some((_, next)) if "[]\\<>".contains(next) => {
                    out.push(next);
                    chars.next();
                }
                _ => out.push('\\'),
            },
            c if c == end => return Some((out, &text[at + c.len_utf8()..])),
            c if stops(c) => return None,
            c => out.push(c),
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn inline_links_autolinks_and_bare_urls_are_citations() {
        let text = "See [the **docs**](https://a.example/x), <https://b.example> and https://c.example/p. \
                    Not `[x]`.";
        let links: Vec<_> = citations(text).into_iter().map(|c| (c.label, c.url)).collect();
        assert_eq!(
            links,
            [
                ("the docs".into(), "https://a.example/x".into()),
                ("https://b.example".into(), "https://b.example".into()),
                ("https://c.example/p".into(), "https://c.example/p".to_string()),
            ]
        );
    }

    #[test]
    fn a_link_is_cited_in_each_of_its_forms_and_only_if_it_leads_somewhere() {
        for (text, expected) in [
            ("See https://c.example.", vec![("https://c.example", "https://c.example")]),
            ("[x](y)", vec![("x", "y")]),
            ("Write to <a@b.example>.", vec![("a@b.example", "mailto:a@b.example")]),
            ("[two\nwords](https://a.example)", vec![("two words", "https://a.example")]),
            ("See https:// there.", vec![]),
            ("https://a\u{1b}b", vec![]),
        ] {
            let found = citations(text);
            let found: Vec<_> = found.iter().map(|c| (c.label.as_str(), c.url.as_str())).collect();
            assert_eq!(found, expected, "{text:?}");
        }
    }

    #[test]
    fn a_citation_is_located_in_the_text() {
        let text = "First *words*, then [docs](https://a.example), and then https://b.example/c, in the end.";
        let found: Vec<_> = citations(text).into_iter().map(|c| text[c.range].to_owned()).collect();
        assert_eq!(found, ["[docs](https://a.example)", "https://b.example/c"]);
    }

    #[test]
    fn a_label_cannot_break_out_of_its_link() {
        let link = markdown_link("a](javascript:x)[b", "https://a.example/(x)");
        let links = citations(&link);
        assert_eq!(links.len(), 1);
        assert_eq!(links[0].label, "a](javascript:x)[b");
        assert_eq!(links[0].url, "https://a.example/(x)");
    }

    #[test]
    fn what_has_a_meaning_in_a_link_is_escaped() {
        for (label, url, link) in [
            ("docs", "https://a.example/x", "[docs](https://a.example/x)"),
            ("a[b]\\", "", "[a\\[b\\]\\\\](<>)"),
            ("x", "a b", "[x](<a b>)"),
            ("x", "a)b", "[x](<a)b>)"),
            ("x", "a<b>\\c", "[x](<a\\<b\\>\\\\c>)"),
        ] {
            assert_eq!(markdown_link(label, url), link);
        }
    }

    #[test]
    fn only_a_list_of_complete_links_is_split() {
        let links = [("a\\b", "c"), ("d", "e f")].map(|(label, url)| (label.to_owned(), url.to_owned()));
        assert_eq!(split_link_list("[a\\b](c), [d](<e f>)"), Some(links.to_vec()));
        for text in [
            "",
            "text",
            "[a]",
            "[a](b",
            "[a]()",
            "[a](b c)",
            "[a](b(c)",
            "[a[b](c)",
            "[a](<b<c>)",
            "[a](<b\nc>)",
            "[a](b), ",
            "[a](b) and",
        ] {
            assert_eq!(split_link_list(text), None, "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn a_link_list_is_read_back(
            links in prop::collection::vec(("[ -~é]{0,12}", "https://[!-~]{1,12}"), 1..4)
        ) {
            let text = link_list(links.iter().map(|(l, u)| (l.as_str(), u.as_str())));
            prop_assert_eq!(split_link_list(&text), Some(links));
        }

        #[test]
        fn finding_citations_never_panics(text in "[\\[\\]()<>:/a-z\\\\h\\n`é.]{0,60}") {
            for link in citations(&text) {
                prop_assert!(text.get(link.range).is_some());
            }
        }
    }
}

//! Texts in the page: escaped, and markdown without anything that could run or load.

use pulldown_cmark::{CowStr, Event, Options, Parser, Tag, TagEnd};

use crate::text;

/// A text in which nothing is markup.
pub fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c if c.is_control() && c != '\n' && c != '\t' => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
    out
}

/// A paragraph.
pub fn sentence(text: &str) -> String {
    format!("<p>{}</p>\n", escaped(text))
}

/// A link to a web page or mail address; anything else is only its label.
pub fn link(url: &str, label: &str) -> String {
    if text::is_openable(url) {
        format!("<a href=\"{}\" rel=\"noopener noreferrer\">{}</a>", escaped(url), escaped(label))
    } else {
        escaped(label)
    }
}

/// A link to a copy of a file, at an address relative to the page; without an address, only its words.
pub fn file_link(address: &str, words: &str) -> String {
    if address.is_empty() {
        escaped(words)
    } else {
        format!("<a href=\"{}\">{}</a>", escaped(address), escaped(words))
    }
}

/// Markdown as HTML. Raw HTML is shown as text; links that a browser should not open, and pictures, which
/// would be loaded, are only their words. Headings are below those of the page. A line break is one, as on
/// the wiki page.
pub fn prose(markdown: &str) -> String {
    let mut open_links: Vec<bool> = Vec::new();
    let events = Parser::new_ext(markdown, Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH);
    let safe = events.filter_map(move |event| match event {
        Event::Html(html) | Event::InlineHtml(html) => Some(Event::Text(html)),
        Event::Start(Tag::Link { dest_url, .. }) => {
            let is_open = text::is_openable(&dest_url);
            open_links.push(is_open);
            let start = format!("<a href=\"{}\" rel=\"noopener noreferrer\">", escaped(&dest_url));
            is_open.then(|| Event::InlineHtml(CowStr::from(start)))
        }
        Event::End(TagEnd::Link) => {
            open_links.pop().unwrap_or(false).then(|| Event::InlineHtml("</a>".into()))
        }
        Event::Start(Tag::Image { .. }) | Event::End(TagEnd::Image) => None,
        Event::Start(Tag::Heading { .. }) => Some(Event::Html("<p><strong>".into())),
        Event::End(TagEnd::Heading(_)) => Some(Event::Html("</strong></p>\n".into())),
        Event::Text(text) => Some(Event::Text(text)),
        Event::SoftBreak => Some(Event::HardBreak),
        other => Some(other),
    });
    let mut out = String::new();
    pulldown_cmark::html::push_html(&mut out, safe);
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn nothing_in_a_text_runs_or_loads() {
        for (markdown, expected) in [
            ("<script>x</script>", "&lt;script&gt;"),
            ("[a](javascript:alert(1))", "<p>a</p>"),
            ("![a](https://b.example/x.png)", "<p>a</p>"),
            ("[a](https://b.example)", "<a href=\"https://b.example\" rel=\"noopener noreferrer\">a</a>"),
            ("# Big", "<p><strong>Big</strong></p>"),
            ("**b** `c`", "<p><strong>b</strong> <code>c</code></p>"),
        ] {
            assert!(prose(markdown).contains(expected), "{markdown}: {}", prose(markdown));
        }
    }

    #[test]
    fn what_would_be_markup_is_escaped_and_what_would_control_is_replaced() {
        assert_eq!(escaped("<a href=\"x\">'&'</a>"), "&lt;a href=&quot;x&quot;&gt;&#39;&amp;&#39;&lt;/a&gt;");
        assert_eq!(escaped("a\n\tb\r\u{0}\u{85}é"), "a\n\tb\u{fffd}\u{fffd}\u{fffd}é");
        assert_eq!(sentence("a < b"), "<p>a &lt; b</p>\n");
    }

    #[test]
    fn an_address_that_a_browser_should_not_open_is_only_its_label() {
        let expected = "<a href=\"https://a.example/?x=1&amp;y\" rel=\"noopener noreferrer\">&lt;A&gt;</a>";
        assert_eq!(link("https://a.example/?x=1&y", "<A>"), expected);
        assert_eq!(link("javascript:alert(1)", "<A>"), "&lt;A&gt;");
    }

    #[test]
    fn of_several_links_each_is_opened_and_closed_by_its_own_address() {
        let a = "<a href=\"https://a.example/?x=1&amp;y\" rel=\"noopener noreferrer\">";
        for (markdown, expected) in [
            ("[b](javascript:x) [a](https://a.example/?x=1&y)", format!("<p>b {a}a</a></p>\n")),
            ("[a](https://a.example/?x=1&y) [b](file:x)", format!("<p>{a}a</a> b</p>\n")),
            ("[![a](https://b.example/x.png)](https://a.example/?x=1&y)", format!("<p>{a}a</a></p>\n")),
        ] {
            assert_eq!(prose(markdown), expected);
        }
    }

    #[test]
    fn tables_and_struck_out_words_are_shown_and_html_within_a_text_is_text() {
        assert_eq!(prose("~~a~~"), "<p><del>a</del></p>\n");
        assert!(prose("| a |\n| --- |\n| b |").contains("<td>b</td>"));
        assert_eq!(prose("a <b>c</b>"), "<p>a &lt;b&gt;c&lt;/b&gt;</p>\n");
        assert_eq!(prose("## Big\n\nb"), "<p><strong>Big</strong></p>\n<p>b</p>\n");
    }

    #[test]
    fn a_line_break_is_shown_as_one_and_a_blank_line_as_a_new_paragraph() {
        for (markdown, expected) in [
            ("a\nb", "<p>a<br />\nb</p>\n"),
            ("a  \nb", "<p>a<br />\nb</p>\n"),
            ("- a\n  b", "<ul>\n<li>a<br />\nb</li>\n</ul>\n"),
            ("a\n\nb", "<p>a</p>\n<p>b</p>\n"),
            ("```\na\nb\n```", "<pre><code>a\nb\n</code></pre>\n"),
        ] {
            assert_eq!(prose(markdown), expected);
        }
    }

    proptest! {
        #[test]
        fn no_text_has_a_tag_of_its_own(text in "[<>a-z\"'= /:!\\[\\]()#*`\n]{0,80}") {
            let html = prose(&text);
            for tag in ["<script", "<img", "<iframe", "<style", "javascript:\"", " on"] {
                prop_assert!(!html.contains(tag) || !tag.starts_with('<'), "{}", html);
            }
        }
    }
}

//! HTML in the texts of other formats, as plain text or as markdown. A few tags and entities occur, not
//! always balanced; everything else is dropped.

use crate::text;

/// The characters that mean something in markdown.
const MARKUP: &[char] = &['\\', '`', '*', '_', '[', ']', '<', '>', '|', '#', '~'];

/// An address as the target of a markdown link.
fn target(url: &str) -> String {
    url.replace(' ', "%20").replace('(', "%28").replace(')', "%29")
}

/// The text without tags, on one line.
pub fn plain(html: &str) -> String {
    let mut out = String::new();
    for token in tokens(html) {
        match token {
            Token::Text(text) => out.push_str(&entities(text)),
            Token::Tag { name, .. } if is_break(name) => out.push(' '),
            Token::Tag { .. } => {}
        }
    }
    clean_line(&out)
}

/// The text as markdown: paragraphs, lists, emphasis, links to web pages and mail addresses.
pub fn markdown(html: &str) -> String {
    let mut out = String::new();
    let mut links: Vec<Option<String>> = Vec::new();
    let mut numbers: Vec<Option<usize>> = Vec::new();
    for token in tokens(html) {
        match token {
            Token::Text(text) => push_text(&mut out, &escaped(&entities(text))),
            Token::Tag { name, is_end, attributes } => match (name.to_ascii_lowercase().as_str(), is_end) {
                ("p" | "div" | "h1" | "h2" | "h3" | "h4", _) => paragraph(&mut out),
                ("br", _) => out.push_str("  \n"),
                ("b" | "strong", _) => out.push_str("**"),
                ("i" | "em", _) => out.push('*'),
                ("code" | "tt", _) => out.push('`'),
                ("ul", false) => numbers.push(None),
                ("ol", false) => numbers.push(Some(0)),
                ("ul" | "ol", true) => {
                    numbers.pop();
                    paragraph(&mut out);
                }
                ("li", false) => item(&mut out, &mut numbers),
                ("a", false) => {
                    let url = href(attributes).filter(|url| text::is_openable(url));
                    if url.is_some() {
                        out.push('[');
                    }
                    links.push(url);
                }
                ("a", true) => {
                    if let Some(Some(url)) = links.pop() {
                        out.push_str(&format!("]({})", target(&url)));
                    }
                }
                _ => {}
            },
        }
    }
    while let Some(link) = links.pop() {
        out.extend(link.map(|url| format!("]({})", target(&url))));
    }
    clean(out.trim())
}

/// A text without control characters (except tabs and line breaks) and without marks that change the
/// direction of writing, because it comes from a file that nobody has to trust.
pub fn clean(text: &str) -> String {
    let text = text::normalize_newlines(text);
    let is_bad = |c: char| {
        (c.is_control() && c != '\n' && c != '\t')
            || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
    };
    text.chars().filter(|c| !is_bad(*c)).collect::<String>().trim().to_owned()
}

/// A clean text on one line, with single blanks.
pub fn clean_line(text: &str) -> String {
    clean(text).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A plain text in which nothing is markup.
pub fn escaped(plain: &str) -> String {
    let mut out = String::with_capacity(plain.len());
    for c in plain.chars() {
        if MARKUP.contains(&c) {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

enum Token<'h> {
    Text(&'h str),
    Tag { name: &'h str, is_end: bool, attributes: &'h str },
}

fn tokens(html: &str) -> impl Iterator<Item = Token<'_>> {
    let mut rest = html;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        if let Some((tag, after)) = tag(rest) {
            rest = after;
            return Some(tag);
        }
        // A "<" that begins no tag is text.
        let end = rest.char_indices().skip(1).find(|(_, c)| *c == '<').map_or(rest.len(), |(at, _)| at);
        let (text, after) = rest.split_at(end);
        rest = after;
        Some(Token::Text(text))
    })
}

/// The tag that a text begins with, and the text after it.
fn tag(html: &str) -> Option<(Token<'_>, &str)> {
    let inner = html.strip_prefix('<')?;
    let end = inner.find('>')?;
    let (content, after) = (&inner[..end], &inner[end + 1..]);
    let (content, is_end) = content.strip_prefix('/').map_or((content, false), |content| (content, true));
    if !content.starts_with(|c: char| c.is_ascii_alphabetic() || c == '!') || content.contains('<') {
        return None;
    }
    let name_end = content.find(|c: char| !c.is_ascii_alphanumeric() && c != '!').unwrap_or(content.len());
    let (name, attributes) = content.split_at(name_end);
    Some((Token::Tag { name, is_end, attributes }, after))
}

fn is_break(name: &str) -> bool {
    ["p", "br", "li", "ul", "ol", "div"].iter().any(|known| known.eq_ignore_ascii_case(name))
}

fn href(attributes: &str) -> Option<String> {
    let at = attributes.to_ascii_lowercase().find("href")?;
    let value = attributes[at + 4..].trim_start().strip_prefix('=')?.trim_start();
    let quote = value.chars().next()?;
    let url = if quote == '"' || quote == '\'' {
        value[1..].split(quote).next()?
    } else {
        value.split_whitespace().next()?
    };
    Some(entities(url))
}

fn push_text(out: &mut String, text: &str) {
    let starts_blank = text.starts_with(char::is_whitespace);
    let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if starts_blank && !out.is_empty() && !out.ends_with([' ', '\n']) {
        out.push(' ');
    }
    out.push_str(&words);
    if !words.is_empty() && text.ends_with(char::is_whitespace) {
        out.push(' ');
    }
}

fn paragraph(out: &mut String) {
    let end = out.trim_end().len();
    out.truncate(end);
    if !out.is_empty() {
        out.push_str("\n\n");
    }
}

fn item(out: &mut String, numbers: &mut [Option<usize>]) {
    let end = out.trim_end().len();
    out.truncate(end);
    if !out.is_empty() {
        out.push('\n');
    }
    out.push_str(&"  ".repeat(numbers.len().saturating_sub(1)));
    match numbers.last_mut() {
        Some(Some(number)) => {
            *number += 1;
            out.push_str(&format!("{number}. "));
        }
        Some(None) | None => out.push_str("- "),
    }
}

/// A text with the entities that occur decoded; others stay as they are.
fn entities(text: &str) -> String {
    if !text.contains('&') {
        return text.to_owned();
    }
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let decoded = rest.find(';').filter(|end| *end <= 10).and_then(|end| {
            let name = &rest[1..end];
            let number = name.strip_prefix('#').and_then(|digits| match digits.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok(),
                None => digits.parse().ok(),
            });
            let c = match name {
                "lt" => '<',
                "gt" => '>',
                "amp" => '&',
                "quot" => '"',
                "apos" => '\'',
                "nbsp" => ' ',
                "mdash" => '\u{2014}',
                "ndash" => '\u{2013}',
                "hellip" => '\u{2026}',
                "rsquo" => '\u{2019}',
                "lsquo" => '\u{2018}',
                "rdquo" => '\u{201d}',
                "ldquo" => '\u{201c}',
                _ => char::from_u32(number?)?,
            };
            Some((c, end + 1))
        });
        match decoded {
            Some((c, length)) => {
                out.push(c);
                rest = &rest[length..];
            }
            None => {
                out.push('&');
                rest = &rest[1..];
            }
        }
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn tags_become_markdown_or_nothing() {
        for (html, expected_plain, expected_markdown) in [
            ("Is it <b>safe</b>?", "Is it safe?", "Is it **safe**?"),
            ("a &lt; b &mdash; c", "a < b \u{2014} c", "a \\< b \u{2014} c"),
            ("See <a href='https://a.example/x'>this</a>.", "See this.", "See [this](https://a.example/x)."),
            ("<a href=\"javascript:alert(1)\">x</a>", "x", "x"),
            ("<ul><li>One</li><li>Two</li></ul>End", "One Two End", "- One\n- Two\n\nEnd"),
            ("<ol><li>One<li>Two</ol>", "One Two", "1. One\n2. Two"),
            ("<p>One<p>Two</a>", "One Two", "One\n\nTwo"),
            ("file_name < 3 & *.x", "file_name < 3 & *.x", "file\\_name \\< 3 & \\*.x"),
            ("<script>x</script>", "x", "x"),
            ("a\u{202e}b\u{7}c", "abc", "abc"),
        ] {
            assert_eq!((plain(html).as_str(), markdown(html).as_str()), (expected_plain, expected_markdown));
        }
    }

    proptest! {
        #[test]
        fn any_text_can_be_read(html in "[<>a-z/&;#x0-9 '\"=é]{0,60}") {
            let _ = (plain(&html), markdown(&html));
        }
    }
}

//! The evidence for an answer: its listed links and the links that its detail cites.

use std::borrow::Cow;

use jiff::civil::Date;

use crate::markdown;

use super::answer::Answer;

/// Evidence that was read more than this many days ago is old.
const OLD: i32 = 365;

/// One piece of evidence for an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evidence<'a> {
    /// The URL.
    pub url: Cow<'a, str>,
    /// The label to show; the URL if there is none.
    pub label: Cow<'a, str>,
    /// The sentence that supports the answer; may be empty.
    pub quote: &'a str,
    /// The date on which it was read; may be empty.
    pub retrieved: &'a str,
    /// The index among the answer's links, or `None` if only the detail cites it.
    pub listed: Option<usize>,
    /// Whether the detail cites it.
    pub cited: bool,
}

impl Evidence<'_> {
    /// How many days before `today` it was read; `None` without a valid date.
    pub fn age(&self, today: Date) -> Option<i32> {
        let day = self.retrieved.parse::<Date>().ok()?;
        Some((today - day).get_days())
    }

    /// Whether it was read so long ago that it should be read again.
    pub fn is_old(&self, today: Date) -> bool {
        self.age(today).is_some_and(|days| days > OLD)
    }
}

impl Answer {
    /// All evidence: first the listed links in order, then the links that only the detail cites, each URL
    /// once.
    pub fn evidence(&self) -> Vec<Evidence<'_>> {
        let citations = markdown::citations(&self.detail);
        let listed = self.links.iter().enumerate().map(|(index, link)| Evidence {
            url: Cow::Borrowed(&link.url),
            label: Cow::Borrowed(link.shown_label()),
            quote: &link.quote,
            retrieved: &link.retrieved,
            listed: Some(index),
            cited: citations.iter().any(|citation| citation.url == link.url),
        });
        let mut evidence: Vec<_> = listed.collect();
        for citation in citations {
            if !evidence.iter().any(|known| known.url == citation.url) {
                evidence.push(Evidence {
                    retrieved: self.cited.0.get(&citation.url).map_or("", String::as_str),
                    url: Cow::Owned(citation.url),
                    label: Cow::Owned(citation.label),
                    quote: "",
                    listed: None,
                    cited: true,
                });
            }
        }
        evidence
    }

    /// The number of pieces of [`evidence`](Self::evidence).
    pub fn link_count(&self) -> usize {
        self.evidence().len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::session::Link;

    #[test]
    fn listed_links_come_before_links_that_only_the_detail_cites() {
        let link = |url: &str| Link { url: url.into(), retrieved: "2026-11-22".into(), ..Link::default() };
        let answer = Answer {
            detail: "See [docs](https://c.example), [b](https://b.example) and https://c.example.".into(),
            links: vec![link("https://a.example"), link("https://b.example")],
            ..Answer::default()
        };
        let evidence = answer.evidence();
        let shown: Vec<_> =
            evidence.iter().map(|e| (e.url.as_ref(), e.label.as_ref(), e.listed, e.cited)).collect();
        assert_eq!(
            shown,
            [
                ("https://a.example", "https://a.example", Some(0), false),
                ("https://b.example", "https://b.example", Some(1), true),
                ("https://c.example", "docs", None, true),
            ]
        );
        assert_eq!(evidence[1].retrieved, "2026-11-22");
        assert_eq!(answer.link_count(), 3);
    }
}

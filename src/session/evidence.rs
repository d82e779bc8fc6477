//! The evidence for an answer: its listed links and the links that its detail cites.

use std::borrow::Cow;

use jiff::civil::Date;

use crate::markdown;
use crate::questionnaire::{EvidenceDays, LinkKind};

use super::answer::Answer;
use super::session::Session;

/// What decides whether evidence is old.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Ages {
    /// The current date.
    pub today: Date,
    /// For how many days evidence is good that is of no particular kind; 0 means for ever.
    pub days: u32,
    /// For how many days each kind of evidence is good.
    pub by_kind: EvidenceDays,
}

/// Whether evidence is still good.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Freshness {
    /// It is.
    Good,
    /// Nobody knows: it has no valid date.
    Undated,
    /// It was read this many days ago, which is longer than it is good for.
    Old(i32),
    /// It expired on this day.
    Expired(Date),
}

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
    /// What it is.
    pub kind: Option<LinkKind>,
    /// The date until which it is good; usually empty.
    pub expires: &'a str,
    /// Whether it is only for the reviewer. It is published all the same where the detail cites it.
    pub internal: bool,
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

    /// Whether it is still good. Where an expiry is known, it alone decides.
    pub fn freshness(&self, ages: &Ages) -> Freshness {
        if let Ok(expiry) = self.expires.parse::<Date>() {
            return if expiry < ages.today { Freshness::Expired(expiry) } else { Freshness::Good };
        }
        let limit = ages.by_kind.of(self.kind, ages.days);
        match self.age(ages.today) {
            None => Freshness::Undated,
            Some(days) if limit > 0 && i64::from(days) > i64::from(limit) => Freshness::Old(days),
            Some(_) => Freshness::Good,
        }
    }

    /// Whether it should be read again: it is too old, or has expired.
    pub fn is_old(&self, ages: &Ages) -> bool {
        match self.freshness(ages) {
            Freshness::Good | Freshness::Undated => false,
            Freshness::Old(_) | Freshness::Expired(_) => true,
        }
    }
}

impl Session {
    /// What decides whether evidence is old; `days` is for evidence of no particular kind.
    pub fn ages(&self, today: Date, days: u32) -> Ages {
        Ages { today, days, by_kind: self.questionnaire().evidence_days }
    }

    /// Whether any evidence for the answer to the question at `index` should be read again.
    pub fn has_old_evidence(&self, index: usize, ages: &Ages) -> bool {
        self.evidence(index).iter().any(|link| link.is_old(ages))
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
            kind: link.kind,
            expires: &link.expires,
            internal: link.internal,
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
                    kind: None,
                    expires: "",
                    internal: false,
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

    fn ages(days: u32) -> Ages {
        Ages { today: jiff::civil::date(2026, 11, 28), days, by_kind: EvidenceDays::default() }
    }

    #[test]
    fn evidence_is_good_for_as_long_as_its_kind_says() {
        let freshness = |kind, retrieved: &str, expires: &str, ages: &Ages| {
            let link = Link { kind, retrieved: retrieved.into(), expires: expires.into(), ..Link::default() };
            Answer { links: vec![link], ..Answer::default() }.evidence()[0].freshness(ages)
        };
        use Freshness::{Expired, Good, Old, Undated};
        for (kind, retrieved, expires, expected) in [
            (None, "2025-11-28", "", Good),
            (None, "2025-11-27", "", Old(366)),
            (None, "", "", Undated),
            (Some(LinkKind::Test), "2026-08-30", "", Good),
            (Some(LinkKind::Test), "2026-08-29", "", Old(91)),
            (Some(LinkKind::Report), "2025-11-27", "", Old(366)),
            (Some(LinkKind::Terms), "2026-05-29", "", Good),
            (Some(LinkKind::Terms), "2026-05-28", "", Old(184)),
            (Some(LinkKind::Documentation), "2025-11-27", "", Old(366)),
            (Some(LinkKind::Certificate), "2020-01-01", "2026-11-28", Good),
            (
                Some(LinkKind::Certificate),
                "2026-11-27",
                "2026-11-27",
                Expired(jiff::civil::date(2026, 11, 27)),
            ),
            (Some(LinkKind::Certificate), "2025-11-27", "", Old(366)),
        ] {
            assert_eq!(freshness(kind, retrieved, expires, &ages(365)), expected, "{kind:?} {retrieved}");
        }
        assert_eq!(freshness(None, "2001-01-01", "", &ages(0)), Good);
        let by_kind = EvidenceDays { test: Some(0), terms: Some(10), ..EvidenceDays::default() };
        let own = Ages { by_kind, ..ages(365) };
        assert_eq!(freshness(Some(LinkKind::Test), "2001-01-01", "", &own), Good);
        assert_eq!(freshness(Some(LinkKind::Terms), "2026-11-17", "", &own), Old(11));
    }

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

//! Where the answer to a question can be found.

use serde::{Deserialize, Serialize};

use crate::text::percent_encoded;

/// The search engine that a search phrase is opened with, up to the phrase.
const SEARCH: &str = "https://duckduckgo.com/?q=";

/// A place where the answer to a question can be found: an address, or a phrase to search the web for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Look {
    /// What is found there, in a few words.
    pub label: String,
    /// The address. `{domain}` is replaced by the subject's domain, `{subject}` by its name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// Words to search the web for, with the same placeholders.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub search: Option<String>,
}

impl Look {
    /// Whether it can be opened only once the subject's domain is known.
    pub fn needs_domain(&self) -> bool {
        [&self.url, &self.search].into_iter().flatten().any(|text| text.contains("{domain}"))
    }

    /// The address to open for a subject.
    pub fn address(&self, subject: &str, domain: &str) -> String {
        let fill = |text: &str, encode: fn(&str) -> String| {
            // One pass, so that a subject with a placeholder in its name stays as it is.
            let mut filled = String::new();
            let mut rest = text;
            while let Some(at) = rest.find('{') {
                filled.push_str(&rest[..at]);
                rest = &rest[at..];
                let (value, length) = match rest {
                    _ if rest.starts_with("{subject}") => (encode(subject), "{subject}".len()),
                    _ if rest.starts_with("{domain}") => (domain.to_owned(), "{domain}".len()),
                    _ => ("{".to_owned(), 1),
                };
                filled.push_str(&value);
                rest = &rest[length..];
            }
            filled + rest
        };
        match (&self.url, &self.search) {
            (Some(url), _) => fill(url, encoded),
            (None, Some(phrase)) => format!("{SEARCH}{}", encoded(&fill(phrase, str::to_owned))),
            (None, None) => String::new(),
        }
    }
}

/// A text as a part of an address.
fn encoded(text: &str) -> String {
    percent_encoded(text, b"")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn look(url: Option<&str>, search: Option<&str>) -> Look {
        let owned = |text: Option<&str>| text.map(str::to_owned);
        Look { label: "L".into(), url: owned(url), search: owned(search) }
    }

    #[test]
    fn placeholders_are_filled_in_once_and_encoded() {
        let trust = look(Some("https://trust.{domain}/{subject}?{x}"), None);
        assert_eq!(trust.address("A & B", "a.example"), "https://trust.a.example/A%20%26%20B?{x}");
        assert!(trust.needs_domain());
        let phrase = look(None, Some("site:{domain} \"{subject}\" SOC 2"));
        assert_eq!(
            phrase.address("{domain}", "a.example"),
            "https://duckduckgo.com/?q=site%3Aa.example%20%22%7Bdomain%7D%22%20SOC%202"
        );
        assert!(!look(None, Some("{subject} MFA")).needs_domain());
    }
}

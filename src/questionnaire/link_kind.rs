//! What a piece of evidence is, and for how long it is good.

use serde::{Deserialize, Serialize};

/// What a piece of evidence is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LinkKind {
    /// The reviewer's own test.
    Test,
    /// A report of an audit or a penetration test.
    Report,
    /// A certificate, which is good until it expires.
    Certificate,
    /// Terms of service or a contract.
    Terms,
    /// The documentation of the product.
    Documentation,
}

impl LinkKind {
    /// All kinds.
    pub const ALL: [Self; 5] =
        [Self::Test, Self::Report, Self::Certificate, Self::Terms, Self::Documentation];

    /// The label shown on screens and in reports.
    pub fn label(self) -> &'static str {
        match self {
            Self::Test => "test",
            Self::Report => "report",
            Self::Certificate => "certificate",
            Self::Terms => "terms",
            Self::Documentation => "documentation",
        }
    }

    /// The kind after `current` when stepping through all of them; `None` after the last.
    pub fn next(current: Option<Self>) -> Option<Self> {
        match current {
            None => Some(Self::Test),
            Some(kind) => Self::ALL.iter().skip_while(|known| **known != kind).nth(1).copied(),
        }
    }
}

/// For how many days evidence is good after it was read, by what it is; 0 means for ever.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, default)]
pub struct EvidenceDays {
    /// The reviewer's own test. Default: 90.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub test: Option<u32>,
    /// A report of an audit or a penetration test. Default: 365.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub report: Option<u32>,
    /// A certificate whose expiry is not known. Default: the setting `evidence_days`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub certificate: Option<u32>,
    /// Terms of service or a contract. Default: 183.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub terms: Option<u32>,
    /// The documentation of the product. Default: 365.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub documentation: Option<u32>,
}

impl EvidenceDays {
    /// The days for evidence of this kind; `otherwise` for evidence without one.
    pub fn of(&self, kind: Option<LinkKind>, otherwise: u32) -> u32 {
        match kind {
            None => otherwise,
            Some(LinkKind::Test) => self.test.unwrap_or(90),
            Some(LinkKind::Report) => self.report.unwrap_or(365),
            Some(LinkKind::Certificate) => self.certificate.unwrap_or(otherwise),
            Some(LinkKind::Terms) => self.terms.unwrap_or(183),
            Some(LinkKind::Documentation) => self.documentation.unwrap_or(365),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stepping_through_the_kinds_passes_each_of_them_once() {
        let kinds = std::iter::successors(LinkKind::next(None), |kind| LinkKind::next(Some(*kind)));
        let labels: Vec<&str> = kinds.take(9).map(LinkKind::label).collect();
        assert_eq!(labels, ["test", "report", "certificate", "terms", "documentation"]);
    }
}

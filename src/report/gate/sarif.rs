//! SARIF 2.1.0 (OASIS, "Static Analysis Results Interchange Format"), for code scanning.

use serde_json::json;

use crate::session::Rule;
use crate::text::percent_encoded;

use super::checked::{Checked, GateProblem, problems};

const SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

pub(super) fn sarif(sessions: &[Checked]) -> String {
    let rules = Rule::ALL.map(|rule| {
        json!({
            "id": rule.name(),
            "shortDescription": {"text": rule.description()},
            "defaultConfiguration": {"level": rule.level().name()},
        })
    });
    let results: Vec<_> = problems(sessions).map(|(session, problem)| result(session, problem)).collect();
    let driver = json!({"name": "Querist", "version": env!("CARGO_PKG_VERSION"), "rules": rules});
    let whole = json!({
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}],
    });
    // Serializing plain data with string keys into memory cannot fail.
    serde_json::to_string_pretty(&whole).unwrap_or_default() + "\n"
}

fn result(session: &Checked, problem: &GateProblem) -> serde_json::Value {
    let place = problem.question.as_deref().unwrap_or(&problem.title);
    let fingerprint = format!("{}/{}/{place}", session.id, problem.rule);
    json!({
        "ruleId": problem.rule.name(),
        "ruleIndex": Rule::ALL.iter().position(|rule| *rule == problem.rule),
        "level": problem.level.name(),
        "message": {"text": format!("{}: {}", problem.title, problem.message)},
        "locations": [{
            "physicalLocation": {
                "artifactLocation": {"uri": uri(&problem.file)},
                "region": {"startLine": problem.line},
            },
        }],
        "partialFingerprints": {"ruleAndQuestion/v1": fingerprint},
    })
}

/// A path as a URI reference (RFC 3986): relative, or with the scheme `file`.
fn uri(path: &str) -> String {
    let encoded = percent_encoded(&path.replace('\\', "/"), b"/");
    if encoded.starts_with('/') { format!("file://{encoded}") } else { encoded }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_become_uri_references() {
        assert_eq!(uri("reviews/a b:é.json"), "reviews/a%20b%3A%C3%A9.json");
        assert_eq!(uri("/tmp/a.json"), "file:///tmp/a.json");
        assert_eq!(uri("reviews\\a.json"), "reviews/a.json");
    }
}

//! JUnit's XML as Jenkins reads it (`junit-10.xsd` of its xUnit plugin), for test reports.

use std::collections::HashMap;

use crate::session::Level;

use super::checked::{Checked, GateProblem};

/// The case of problems that are not about a question.
const PAGE: &str = "Page";

/// One suite per session, one case per question. Problems from `fails` on are failures, the others output.
pub(super) fn junit(sessions: &[Checked], fails: Level) -> String {
    let suites: String = sessions.iter().map(|session| suite(session, fails)).collect();
    format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n{suites}</testsuites>\n")
}

fn suite(session: &Checked, fails: Level) -> String {
    let questions = session.questions.iter();
    let mut cases: Vec<(&str, Vec<&GateProblem>)> =
        questions.clone().map(|(_, title)| (title.as_str(), Vec::new())).collect();
    let places: HashMap<&str, usize> = questions.enumerate().map(|(at, (id, _))| (id.as_str(), at)).collect();
    let mut others = Vec::new();
    for problem in &session.problems {
        match problem.question.as_deref().and_then(|id| places.get(id)) {
            Some(&at) => cases[at].1.push(problem),
            None => others.push(problem),
        }
    }
    if !others.is_empty() {
        cases.push((PAGE, others));
    }
    let is_failure = |problem: &&&GateProblem| problem.level >= fails;
    let failed = cases.iter().filter(|(_, problems)| problems.iter().any(|p| p.level >= fails)).count();
    let mut xml = format!(
        "  <testsuite name=\"{}\" tests=\"{}\" failures=\"{failed}\" errors=\"0\" skipped=\"0\">\n",
        escaped(&session.id),
        cases.len(),
    );
    for (title, problems) in cases {
        let head =
            format!("    <testcase classname=\"{}\" name=\"{}\"", escaped(&session.id), escaped(title));
        if problems.is_empty() {
            xml.push_str(&format!("{head}/>\n"));
            continue;
        }
        xml.push_str(&format!("{head}>\n"));
        let line = |p: &&GateProblem| {
            format!("{}:{}: {}[{}]: {}: {}", p.file, p.line, p.level.name(), p.rule, p.title, p.message)
        };
        let failures: Vec<&GateProblem> = problems.iter().filter(is_failure).copied().collect();
        if let Some(first) = failures.first() {
            xml.push_str(&format!(
                "      <failure type=\"{}\" message=\"{}\">{}</failure>\n",
                first.rule,
                escaped(&first.message),
                escaped(&failures.iter().map(line).collect::<Vec<_>>().join("\n")),
            ));
        }
        let output: Vec<String> = problems.iter().filter(|p| !is_failure(p)).map(line).collect();
        if !output.is_empty() {
            xml.push_str(&format!("      <system-out>{}</system-out>\n", escaped(&output.join("\n"))));
        }
        xml.push_str("    </testcase>\n");
    }
    xml.push_str("  </testsuite>\n");
    xml
}

/// A text in XML, in an element or in quotes. Characters that XML 1.0 does not allow (production 2) become
/// U+FFFD.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\r' => escaped.push_str("&#13;"),
            '\n' => escaped.push_str("&#10;"),
            '\t' => escaped.push_str("&#9;"),
            '\0'..=' ' if c < ' ' => escaped.push('\u{fffd}'),
            '\u{fffe}' | '\u{ffff}' => escaped.push('\u{fffd}'),
            c => escaped.push(c),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_that_xml_does_not_allow_is_escaped_or_replaced() {
        assert_eq!(
            escaped("a<b> & \"c\"\n\u{1b}[1m\u{ffff}é"),
            "a&lt;b&gt; &amp; &quot;c&quot;&#10;\u{fffd}[1m\u{fffd}é"
        );
    }
}

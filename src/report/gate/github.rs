//! Workflow commands of GitHub Actions. Their form and escapes follow "Workflow commands for GitHub Actions"
//! in GitHub's documentation and `@actions/core`.

use crate::session::Level;

use super::checked::{Checked, problems};

pub(super) fn github(sessions: &[Checked]) -> String {
    let lines = problems(sessions).map(|(_, problem)| {
        let command = match problem.level {
            Level::Note => "notice",
            Level::Warning => "warning",
            Level::Error => "error",
        };
        let (file, title) = (property(&problem.file), property(problem.rule.name()));
        let message = data(&format!("{}: {}", problem.title, problem.message));
        format!("::{command} file={file},line={},title={title}::{message}\n", problem.line)
    });
    lines.collect()
}

/// A message with `%` and line breaks escaped.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// The value of a property, in which `:` and `,` are escaped too.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_and_properties_are_escaped() {
        assert_eq!(data("50%: a,\r\nb"), "50%25: a,%0D%0Ab");
        assert_eq!(property("C:\\a,b%\n"), "C%3A\\a%2Cb%25%0A");
    }
}

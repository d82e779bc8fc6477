//! Printing: results to standard output, everything else to standard error, nothing that drives the terminal.

use std::io::{self, IsTerminal, Write};

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};

use crate::questionnaire::Problem;
use crate::text;

/// Prints a line of results. A reader that has gone away is no error.
pub fn out(line: &str) {
    raw(&format!("{}\n", text::one_line(line)));
}

/// Prints a whole text as it is; to a terminal, with control characters made visible.
pub fn raw(text: &str) {
    let mut stdout = io::stdout().lock();
    let shown = if stdout.is_terminal() { text::safe(text) } else { text.to_owned() };
    let _ = stdout.write_all(shown.as_bytes()).and_then(|()| stdout.flush());
}

/// Prints a line on standard error.
pub fn err(line: &str) {
    let _ = writeln!(io::stderr().lock(), "{line}");
}

/// Prints a value as JSON.
pub fn json(value: &impl serde::Serialize) {
    // Serialising plain data with string keys into memory has no way to fail.
    raw(&(serde_json::to_string_pretty(value).unwrap_or_default() + "\n"));
}

/// The problems of a file with their lines and a caret each.
pub fn problems(path: &str, source: &str, problems: &[Problem]) -> String {
    let color = io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|v| v.is_empty());
    let renderer = if color { Renderer::styled() } else { Renderer::plain() };
    let path = text::one_line(path);
    problems
        .iter()
        .map(|problem| {
            let place =
                format!("{path}:{}:{}: {}", problem.line, problem.column, text::one_line(&problem.message));
            // One line of the file is enough, and not the whole of one that is very long.
            let from = source[..problem.range.start].rfind('\n').map_or(0, |at| at + 1);
            let to =
                source[problem.range.start..].find('\n').map_or(source.len(), |at| problem.range.start + at);
            if to - from > 2_000 {
                return place;
            }
            let line = text::visible(&source[from..to]);
            let column = text::visible(&source[from..problem.range.start]).len();
            let length = text::visible(&source[problem.range.start..problem.range.end.min(to)]).len().max(1);
            let span = column..(column + length).min(line.len().max(column));
            let snippet = Snippet::source(line.as_ref())
                .line_start(problem.line)
                .annotation(AnnotationKind::Primary.span(span).label(text::one_line(&problem.hint)));
            let report = [Group::with_title(Level::ERROR.primary_title(place.as_str())).element(snippet)];
            renderer.render(&report)
        })
        .collect::<Vec<_>>()
        .join("\n")
}

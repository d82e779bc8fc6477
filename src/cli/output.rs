//! Printing: results to standard output, everything else to standard error. Control characters in the data
//! never reach a terminal.

use std::io::{self, ErrorKind, IsTerminal, Write};
use std::sync::OnceLock;

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};

use crate::questionnaire::Problem;
use crate::text;

/// The maximum number of names that [`alternatives`] lists.
const MAX_ALTERNATIVES: usize = 20;
/// The maximum number of problems that are shown.
const MAX_PROBLEMS: usize = 100;
/// The maximum length of a line that is shown with its problem, in bytes.
const MAX_LINE: usize = 2_000;

/// Why standard output cannot be written, from the first failure on.
static FAILURE: OnceLock<String> = OnceLock::new();

/// Why some of the results could not be written, if so. A closed pipe is not a failure: its reader has
/// enough.
pub fn failure() -> Option<&'static str> {
    FAILURE.get().map(String::as_str)
}

/// Prints a line of results. If that fails, [`failure`] says why.
pub fn out(line: &str) {
    raw(&format!("{}\n", text::one_line(line)));
}

/// Prints a text unchanged; on a terminal, control characters are made visible.
pub fn raw(text: &str) {
    let mut stdout = io::stdout().lock();
    let shown = if stdout.is_terminal() { text::safe(text) } else { text.to_owned() };
    match stdout.write_all(shown.as_bytes()).and_then(|()| stdout.flush()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => {
            let _ = FAILURE.set(error.to_string());
        }
        Ok(()) | Err(_) => {}
    }
}

/// Prints differences in which `[-gone-]{+new+}` mark words; on a terminal, they are coloured too.
pub fn differences(marked: &str) {
    if io::stdout().is_terminal() && wants_color() {
        // Everything in it is made visible, except for the colours.
        let _ = io::stdout().lock().write_all(colored(&text::safe(marked)).as_bytes());
    } else {
        raw(marked);
    }
}

/// Gone words red and struck through, new ones green and underlined.
fn colored(marked: &str) -> String {
    [("[-", "\x1b[31;9m[-"), ("-]", "-]\x1b[0m"), ("{+", "\x1b[32;4m{+"), ("+}", "+}\x1b[0m")]
        .into_iter()
        .fold(marked.to_owned(), |text, (mark, colored)| text.replace(mark, colored))
}

/// Whether the user has not asked for texts without colours (<https://no-color.org>).
fn wants_color() -> bool {
    std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
}

/// Writes bytes to standard output.
pub fn bytes(content: &[u8]) {
    let mut stdout = io::stdout().lock();
    match stdout.write_all(content).and_then(|()| stdout.flush()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => {
            let _ = FAILURE.set(error.to_string());
        }
        Ok(()) | Err(_) => {}
    }
}

/// Whether standard output is a terminal.
pub fn is_terminal() -> bool {
    io::stdout().is_terminal()
}

/// Prints a text and a line break on standard error, with control characters made visible.
pub fn err(text: &str) {
    let _ = writeln!(io::stderr().lock(), "{}", text::safe(text));
}

/// Prints the problems of a file on standard error, each with its line and a marker below it.
pub fn err_problems(path: &str, source: &str, list: &[Problem]) {
    // Everything in them is made visible, except for the colours.
    let _ = writeln!(io::stderr().lock(), "{}", problems(path, source, list, &Level::ERROR).trim_end());
}

/// Prints advice on a file like its problems, as warnings.
pub fn err_advice(path: &str, source: &str, list: &[Problem]) {
    let _ = write!(io::stderr().lock(), "{}", problems(path, source, list, &Level::WARNING));
}

/// Prints a value as JSON.
pub fn json(value: &impl serde::Serialize) {
    // Serializing plain data with string keys into memory cannot fail.
    raw(&(serde_json::to_string_pretty(value).unwrap_or_default() + "\n"));
}

/// A number and a noun, such as `1 question` or `2 questions`.
pub fn count(number: usize, noun: &str) -> String {
    if number == 1 { format!("1 {noun}") } else { format!("{number} {noun}s") }
}

/// Joins names into `yes, no or partial`.
pub fn alternatives(names: &[impl AsRef<str>]) -> String {
    let names: Vec<&str> = names.iter().map(AsRef::as_ref).collect();
    match names.as_slice() {
        [] => String::new(),
        [name] => (*name).to_owned(),
        names if names.len() > MAX_ALTERNATIVES => {
            let others = names.len() - MAX_ALTERNATIVES;
            format!("{} or one of {others} others", names[..MAX_ALTERNATIVES].join(", "))
        }
        [names @ .., last] => format!("{} or {last}", names.join(", ")),
    }
}

fn problems(path: &str, source: &str, problems: &[Problem], level: &Level<'static>) -> String {
    let color = io::stderr().is_terminal() && wants_color();
    let renderer = if color { Renderer::styled() } else { Renderer::plain() };
    let path = text::one_line(path);
    let mut lines: Vec<_> = problems
        .iter()
        .take(MAX_PROBLEMS)
        .map(|problem| rendered(&renderer, &path, source, problem, level))
        .collect();
    if problems.len() > MAX_PROBLEMS {
        lines.push(format!("and {} more", problems.len() - MAX_PROBLEMS));
    }
    if !lines.is_empty() {
        lines.push(String::new());
    }
    lines.join("\n")
}

fn rendered(
    renderer: &Renderer,
    path: &str,
    source: &str,
    problem: &Problem,
    level: &Level<'static>,
) -> String {
    let title = format!("{path}:{}:{}: {}", problem.line, problem.column, text::one_line(&problem.message));
    let (start, end) = (problem.range.start, problem.range.end);
    let line_start = source[..start].rfind('\n').map_or(0, |at| at + 1);
    let line_end = source[start..].find('\n').map_or(source.len(), |at| start + at);
    if line_end - line_start > MAX_LINE {
        return title;
    }
    let line = text::visible(&source[line_start..line_end]);
    let column = text::visible(&source[line_start..start]).len();
    let length = text::visible(&source[start..end.min(line_end)]).len().max(1);
    let span = column..(column + length).min(line.len().max(column));
    let snippet = Snippet::source(line.as_ref())
        .line_start(problem.line)
        .annotation(AnnotationKind::Primary.span(span).label(text::one_line(&problem.hint)));
    renderer.render(&[Group::with_title(level.clone().primary_title(title.as_str())).element(snippet)])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gone_and_new_words_are_coloured_and_keep_their_marks() {
        assert_eq!(colored("It [-was-]{+is+}."), "It \x1b[31;9m[-was-]\x1b[0m\x1b[32;4m{+is+}\x1b[0m.");
    }

    #[test]
    fn alternatives_are_joined_and_long_lists_are_cut() {
        assert_eq!(alternatives(&["yes", "no", "partial"]), "yes, no or partial");
        assert_eq!(alternatives(&["yes"]), "yes");
        let many: Vec<String> = (1..=25).map(|n| n.to_string()).collect();
        assert!(alternatives(&many).ends_with("19, 20 or one of 5 others"));
    }
}

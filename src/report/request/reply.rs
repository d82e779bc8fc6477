//! Reading a reply: which of its lines answer which question. Mail programs quote with `>`, rewrap lines,
//! and put the reply above, below or between the questions.

use std::collections::HashSet;

use crate::text::normalized;

use super::token::{self, ANSWER};

/// A line that is shorter than this, in letters and digits, and not quoted, is ours only if it equals one of
/// our lines.
const SHORT: usize = 20;

/// A reply, divided. Every line is in exactly one place.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reply {
    /// What was written below each token, in order; a token that occurs twice has two parts.
    pub parts: Vec<ReplyPart>,
    /// What was written above the first token, and below a signature mark.
    pub rest: String,
    /// Our own lines that the reply quotes, and the lines of the tokens.
    pub quoted: Vec<String>,
}

/// What was written below a token.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ReplyPart {
    /// The id in the token.
    pub id: String,
    /// What was written; empty if there is no reply.
    pub text: String,
}

/// Reads a reply to `sent`, the texts that were sent: a question's text and why it is asked.
pub fn text_reply(text: &str, sent: &[String]) -> Reply {
    let mut division = Division::new(sent);
    for line in text.lines() {
        let (is_quoted, bare) = unquoted(line);
        if let Some((id, range)) = token::find(line) {
            division.begin(id, &line[..range.end]);
            // What follows the token on its line may be the reply.
            division.keep(line[range.end..].trim_matches(['*', ' ', '\t', ':']), is_quoted);
            continue;
        }
        if bare == "--" {
            division.is_in_part = false;
        }
        division.keep(bare, is_quoted);
    }
    division.reply()
}

/// A reply that is being divided.
struct Division<'l> {
    ours: Ours,
    /// The ids of the tokens, each with the lines below it.
    parts: Vec<(String, Vec<&'l str>)>,
    rest: Vec<&'l str>,
    quoted: Vec<String>,
    /// Whether lines belong to the last part, not to the rest.
    is_in_part: bool,
}

impl<'l> Division<'l> {
    fn new(sent: &[String]) -> Self {
        let ours = Ours::new(sent);
        Self { ours, parts: Vec::new(), rest: Vec::new(), quoted: Vec::new(), is_in_part: false }
    }

    /// Begins the part of a token.
    fn begin(&mut self, id: &str, token: &str) {
        self.parts.push((id.to_owned(), Vec::new()));
        self.quoted.push(token.to_owned());
        self.is_in_part = true;
    }

    /// Puts a line where it belongs: among our own, or where the reply is now.
    fn keep(&mut self, line: &'l str, is_quoted: bool) {
        let said = match line.split_once(ANSWER) {
            Some((before, after)) if before.trim_matches(['*', '_', ' ']).is_empty() => {
                self.quoted.push(line[..line.len() - after.len()].to_owned());
                after.trim_matches(['*', '_', ' '])
            }
            Some(_) | None => line,
        };
        if self.ours.contains(said, is_quoted) {
            self.quoted.push(said.to_owned());
            return;
        }
        match self.parts.last_mut().filter(|_| self.is_in_part) {
            Some((_, lines)) => lines.push(said),
            None => self.rest.push(said),
        }
    }

    fn reply(self) -> Reply {
        let parts = self.parts.into_iter().map(|(id, lines)| ReplyPart { id, text: joined(&lines) });
        Reply { parts: parts.collect(), rest: joined(&self.rest), quoted: self.quoted }
    }
}

/// A line without quotation marks, and whether it had any.
fn unquoted(line: &str) -> (bool, &str) {
    let mut bare = line;
    let mut is_quoted = false;
    while let Some(rest) = bare.trim_start().strip_prefix('>') {
        (bare, is_quoted) = (rest, true);
    }
    let bare = bare.trim_end();
    (is_quoted, if is_quoted { bare.trim_start() } else { bare })
}

/// Lines as a text, without blank lines at the ends and without more than one in a row: between what was
/// left out, many remain.
fn joined(lines: &[&str]) -> String {
    let mut kept: Vec<&str> = Vec::new();
    for line in lines {
        if !line.trim().is_empty() || kept.last().is_some_and(|last| !last.trim().is_empty()) {
            kept.push(line);
        }
    }
    kept.join("\n").trim().to_owned()
}

/// What we sent, to be recognized in a reply.
struct Ours {
    lines: HashSet<String>,
    whole: String,
}

impl Ours {
    fn new(sent: &[String]) -> Self {
        let lines = sent.iter().flat_map(|text| text.lines()).map(normalized);
        Self { lines: lines.collect(), whole: sent.iter().map(|text| normalized(text)).collect() }
    }

    /// Whether a line is one of ours, or a part of one that was rewrapped.
    fn contains(&self, line: &str, is_quoted: bool) -> bool {
        let line = normalized(line);
        if line.is_empty() {
            return false;
        }
        let is_part = (is_quoted || line.chars().count() >= SHORT) && self.whole.contains(&line);
        self.lines.contains(&line) || is_part
    }
}

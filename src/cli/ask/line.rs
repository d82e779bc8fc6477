//! The meaning of a line, depending on the prompt.

/// A line at the prompt for an answer.
#[derive(Debug, PartialEq, Eq)]
pub enum AnswerLine<'a> {
    Quit,
    Back,
    Skip,
    Help,
    ListOpen,
    /// An empty line, which keeps the current answer.
    Keep,
    Command(Command<'a>),
    Answer(&'a str),
}

/// A command that sets or clears a part of the answer other than the answer itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Command<'a> {
    Qualifier(&'a str),
    Basis(&'a str),
    Flag(&'a str),
    Note(&'a str),
    Clear(&'a str),
    Unknown(&'a str),
}

impl<'a> AnswerLine<'a> {
    pub fn parse(line: &'a str) -> Self {
        let line = line.trim();
        match line {
            "quit" => Self::Quit,
            "back" => Self::Back,
            "skip" => Self::Skip,
            "help" => Self::Help,
            "open" => Self::ListOpen,
            "" => Self::Keep,
            _ if line.starts_with('/') => Self::Command(Command::parse(line)),
            _ => Self::Answer(line),
        }
    }
}

impl<'a> Command<'a> {
    fn parse(line: &'a str) -> Self {
        let (name, text) = line.split_once(' ').map_or((line, ""), |(name, text)| (name, text.trim()));
        match name {
            "/qualifier" => Self::Qualifier(text),
            "/basis" => Self::Basis(text),
            "/flag" => Self::Flag(text),
            "/note" => Self::Note(text),
            "/clear" => Self::Clear(text),
            _ => Self::Unknown(name),
        }
    }
}

/// A line at the prompt for a text of several lines.
#[derive(Debug, PartialEq, Eq)]
pub enum TextLine<'a> {
    Quit,
    Back,
    Skip,
    ListOpen,
    /// A lone dot, which ends the text.
    End,
    Text(&'a str),
}

impl<'a> TextLine<'a> {
    /// Parses a line. Commands are recognized only in the first line of a text.
    pub fn parse(line: &'a str, is_first: bool) -> Self {
        match line {
            "." => Self::End,
            "quit" if is_first => Self::Quit,
            "back" if is_first => Self::Back,
            "skip" if is_first => Self::Skip,
            "open" if is_first => Self::ListOpen,
            // As in mail (RFC 5321, section 4.5.2), a line that starts with a dot is typed with one more.
            _ if line.starts_with("..") => Self::Text(&line[1..]),
            _ => Self::Text(line),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_line_is_a_command_only_as_a_whole_or_with_a_slash() {
        assert_eq!(AnswerLine::parse(" back "), AnswerLine::Back);
        assert_eq!(AnswerLine::parse("back up daily"), AnswerLine::Answer("back up daily"));
        assert_eq!(
            AnswerLine::parse("/flag  ask support "),
            AnswerLine::Command(Command::Flag("ask support"))
        );
        assert_eq!(AnswerLine::parse("/flagged x"), AnswerLine::Command(Command::Unknown("/flagged")));
    }

    #[test]
    fn only_the_first_line_of_a_text_can_be_a_command_and_two_dots_are_one() {
        assert_eq!(TextLine::parse("quit", true), TextLine::Quit);
        assert_eq!(TextLine::parse("quit", false), TextLine::Text("quit"));
        assert_eq!(TextLine::parse(".", false), TextLine::End);
        assert_eq!(TextLine::parse("..", false), TextLine::Text("."));
        assert_eq!(TextLine::parse(".env", false), TextLine::Text(".env"));
    }
}

//! Conditions of a form: the part of XPath 1.0 that has a counterpart.

use std::collections::HashMap;

use crate::formats::conditions::Truth;
use crate::questionnaire::Kind;

/// A question that a condition can refer to.
#[derive(Debug, Clone)]
pub struct Known {
    /// Its id.
    pub id: String,
    /// How it is answered.
    pub kind: Kind,
    /// The ids of its choices by the names in the form.
    pub choices: HashMap<String, String>,
}

/// Why a condition has no counterpart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unsupported {
    /// It uses more than choices and values.
    Expression,
    /// It refers to what is not a question.
    Unknown(String),
}

/// How deep parentheses can be nested.
const MAX_DEPTH: usize = 64;

/// Converts a condition.
///
/// # Errors
/// If it has no counterpart.
pub fn convert(text: &str, known: &HashMap<String, Known>) -> Result<Truth, Unsupported> {
    let text = text.replace(['\u{2018}', '\u{2019}'], "'").replace(['\u{201c}', '\u{201d}'], "\"");
    let tokens = tokens(&text).ok_or(Unsupported::Expression)?;
    let mut parser = Parser { tokens: &tokens, at: 0, known, depth: 0 };
    let truth = parser.either()?;
    if parser.at == tokens.len() { Ok(truth) } else { Err(Unsupported::Expression) }
}

#[derive(Debug, Clone, PartialEq)]
enum Token {
    Ref(String),
    Literal(String),
    Word(String),
    Open,
    Close,
    Comma,
    Equal,
    NotEqual,
}

fn tokens(text: &str) -> Option<Vec<Token>> {
    let mut tokens = Vec::new();
    let mut rest = text.trim_start();
    while let Some(c) = rest.chars().next() {
        let (token, length) = if let Some(inner) = rest.strip_prefix("${") {
            let end = inner.find('}')?;
            (Token::Ref(inner[..end].trim().to_owned()), end + 3)
        } else if rest.starts_with("!=") {
            (Token::NotEqual, 2)
        } else {
            match c {
                '(' => (Token::Open, 1),
                ')' => (Token::Close, 1),
                ',' => (Token::Comma, 1),
                '=' => (Token::Equal, 1),
                '\'' | '"' => {
                    let end = rest[1..].find(c)?;
                    (Token::Literal(rest[1..=end].to_owned()), end + 2)
                }
                _ => {
                    let is_end = |c: char| c.is_whitespace() || "()=!,<>+*'\"$".contains(c);
                    let end = rest.find(is_end).filter(|end| *end > 0)?.min(rest.len());
                    let word = &rest[..end];
                    let is_number = word.parse::<f64>().is_ok();
                    let token = if is_number {
                        Token::Literal(word.to_owned())
                    } else {
                        Token::Word(word.to_owned())
                    };
                    (token, end)
                }
            }
        };
        tokens.push(token);
        rest = rest.get(length..)?.trim_start();
    }
    Some(tokens)
}

struct Parser<'p> {
    tokens: &'p [Token],
    at: usize,
    known: &'p HashMap<String, Known>,
    depth: usize,
}

impl Parser<'_> {
    fn either(&mut self) -> Result<Truth, Unsupported> {
        let mut truth = self.both()?;
        while self.takes_word("or") {
            truth = truth.or(self.both()?);
        }
        Ok(truth)
    }

    fn both(&mut self) -> Result<Truth, Unsupported> {
        let mut truth = self.comparison()?;
        while self.takes_word("and") {
            truth = truth.and(self.comparison()?);
        }
        Ok(truth)
    }

    fn comparison(&mut self) -> Result<Truth, Unsupported> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err(Unsupported::Expression);
        }
        let truth = match self.next()? {
            Token::Open => self.inside()?,
            Token::Word(word) => match word.as_str() {
                "not" => {
                    self.expect(&Token::Open)?;
                    self.inside()?.negated()
                }
                "true" => self.empty_call(Truth::Always)?,
                "false" => self.empty_call(Truth::Never)?,
                "selected" => self.selected()?,
                _ => return Err(Unsupported::Expression),
            },
            Token::Ref(name) => {
                let is_equal = match self.next()? {
                    Token::Equal => true,
                    Token::NotEqual => false,
                    _ => return Err(Unsupported::Expression),
                };
                let Token::Literal(value) = self.next()? else { return Err(Unsupported::Expression) };
                let truth = self.is(&name, &value)?;
                if is_equal { truth } else { truth.negated() }
            }
            Token::Literal(_) | Token::Close | Token::Comma | Token::Equal | Token::NotEqual => {
                return Err(Unsupported::Expression);
            }
        };
        self.depth -= 1;
        Ok(truth)
    }

    /// `selected(${name}, 'value')`
    fn selected(&mut self) -> Result<Truth, Unsupported> {
        self.expect(&Token::Open)?;
        let Token::Ref(name) = self.next()? else { return Err(Unsupported::Expression) };
        self.expect(&Token::Comma)?;
        let Token::Literal(value) = self.next()? else { return Err(Unsupported::Expression) };
        self.expect(&Token::Close)?;
        self.is(&name, &value)
    }

    fn is(&self, name: &str, value: &str) -> Result<Truth, Unsupported> {
        let known = self.known.get(name).ok_or_else(|| Unsupported::Unknown(name.to_owned()))?;
        if value.is_empty() {
            return Ok(Truth::answered(&known.id, false));
        }
        if !known.kind.has_choices() {
            return Ok(Truth::is(&known.id, vec![value.to_owned()]));
        }
        // A choice that is not in the list is never made.
        Ok(match known.choices.get(value) {
            Some(choice) => Truth::is(&known.id, vec![choice.clone()]),
            None => Truth::Never,
        })
    }

    fn inside(&mut self) -> Result<Truth, Unsupported> {
        let truth = self.either()?;
        self.expect(&Token::Close)?;
        Ok(truth)
    }

    fn empty_call(&mut self, truth: Truth) -> Result<Truth, Unsupported> {
        self.expect(&Token::Open)?;
        self.expect(&Token::Close)?;
        Ok(truth)
    }

    fn next(&mut self) -> Result<Token, Unsupported> {
        let token = self.tokens.get(self.at).cloned().ok_or(Unsupported::Expression)?;
        self.at += 1;
        Ok(token)
    }

    fn expect(&mut self, token: &Token) -> Result<(), Unsupported> {
        if self.next()? == *token { Ok(()) } else { Err(Unsupported::Expression) }
    }

    fn takes_word(&mut self, word: &str) -> bool {
        let is_there = matches!(self.tokens.get(self.at), Some(Token::Word(found)) if found == word);
        self.at += usize::from(is_there);
        is_there
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn known() -> HashMap<String, Known> {
        let choices = [("y", "yes"), ("n", "no")].map(|(name, id)| (name.to_owned(), id.to_owned()));
        let choice = Known { id: "a".into(), kind: Kind::Choice, choices: choices.into() };
        let text = Known { id: "t".into(), kind: Kind::Text, choices: HashMap::new() };
        HashMap::from([("A".to_owned(), choice), ("T".to_owned(), text)])
    }

    #[test]
    fn and_binds_tighter_than_or() {
        let json = |text: &str| {
            convert(text, &known()).map(|truth| serde_json::to_string(&truth.condition()).unwrap())
        };
        for (text, expected) in [
            (
                "${A} = 'y' or ${A} = \"n\" and ${T}='x'",
                concat!(
                    r#"{"any":[{"question":"a","in":["yes"]},"#,
                    r#"{"all":[{"question":"a","in":["no"]},{"question":"t","in":["x"]}]}]}"#
                ),
            ),
            ("${T} != ''", r#"{"question":"t","answered":true}"#),
            ("${A}!='y'", r#"{"not":{"question":"a","in":["yes"]}}"#),
            ("(${T} = 3)", r#"{"question":"t","in":["3"]}"#),
            ("true()", "null"),
        ] {
            assert_eq!(json(text).as_deref(), Ok(expected), "{text}");
        }
        for text in ["${T} >= 200", "${A} != ${T}", "regex(., 'x')", "0", "${A} = 'y' and", "(((", ". = 'x'"]
        {
            assert_eq!(json(text), Err(Unsupported::Expression), "{text}");
        }
        assert_eq!(json("${Z} = 'x'"), Err(Unsupported::Unknown("Z".into())));
    }

    proptest! {
        #[test]
        fn any_condition_is_converted_or_not(text in "[${}AT='()! and or,selected0-9é<]{0,40}") {
            let _ = convert(&text, &known());
        }
    }
}

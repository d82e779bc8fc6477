//! Conditions as VSAQ writes them (`vsaq/static/questionnaire/items.js`): `a && !b || (c/yes)`, evaluated
//! from left to right.

/// A parsed condition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Expression {
    /// Always true: an empty condition.
    True,
    /// Never true.
    False,
    /// Both are true.
    And(Box<Expression>, Box<Expression>),
    /// One of them is true.
    Or(Box<Expression>, Box<Expression>),
    /// It is not true.
    Not(Box<Expression>),
    /// What an item or a choice says.
    Ref {
        /// Whether only its visibility counts.
        is_visible: bool,
        /// The id.
        id: String,
        /// `yes`, `no`, `value` or empty.
        suffix: String,
    },
    /// A comparison of texts, which has no counterpart.
    Call(String),
}

/// How deep parentheses can be nested.
const MAX_DEPTH: usize = 64;

/// Parses a condition; `None` if it is not one.
pub fn parse(text: &str) -> Option<Expression> {
    if text.trim().is_empty() {
        return Some(Expression::True);
    }
    let tokens = tokens(text)?;
    let mut parser = Parser { tokens: &tokens, at: 0, depth: 0 };
    let parsed = parser.expression()?;
    (parser.at == tokens.len()).then_some(parsed)
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Token {
    And,
    Or,
    Not,
    Open,
    Close,
    Comma,
    Name(String),
    Text(String),
}

fn tokens(text: &str) -> Option<Vec<Token>> {
    let mut tokens = Vec::new();
    let mut rest = text.trim_start();
    while let Some(c) = rest.chars().next() {
        let (token, length) = if rest.starts_with("&&") {
            (Token::And, 2)
        } else if rest.starts_with("||") {
            (Token::Or, 2)
        } else if let Some(inner) = rest.strip_prefix('"') {
            let end = inner.find('"')?;
            (Token::Text(inner[..end].to_owned()), end + 2)
        } else {
            match c {
                '!' => (Token::Not, 1),
                '(' => (Token::Open, 1),
                ')' => (Token::Close, 1),
                ',' => (Token::Comma, 1),
                _ => {
                    let is_end = |c: char| c.is_whitespace() || "()!&|,\"".contains(c);
                    let end = rest.find(is_end).unwrap_or(rest.len());
                    if end == 0 {
                        return None;
                    }
                    (Token::Name(rest[..end].to_owned()), end)
                }
            }
        };
        tokens.push(token);
        rest = rest[length..].trim_start();
    }
    Some(tokens)
}

struct Parser<'t> {
    tokens: &'t [Token],
    at: usize,
    depth: usize,
}

impl Parser<'_> {
    fn expression(&mut self) -> Option<Expression> {
        let mut left = self.term()?;
        loop {
            let is_and = match self.tokens.get(self.at) {
                Some(Token::And) => true,
                Some(Token::Or) => false,
                Some(_) | None => return Some(left),
            };
            self.at += 1;
            let (a, b) = (Box::new(left), Box::new(self.term()?));
            left = if is_and { Expression::And(a, b) } else { Expression::Or(a, b) };
        }
    }

    fn term(&mut self) -> Option<Expression> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return None;
        }
        let token = self.tokens.get(self.at)?.clone();
        self.at += 1;
        let term = match token {
            Token::Not => Expression::Not(Box::new(self.term()?)),
            Token::Open => {
                let inner = self.expression()?;
                self.expect(&Token::Close)?;
                inner
            }
            Token::Name(name) if self.tokens.get(self.at) == Some(&Token::Open) => self.call(&name)?,
            Token::Name(name) if name == "false" => Expression::False,
            Token::Name(name) if name == "true" => Expression::True,
            Token::Name(name) => reference(&name),
            Token::And | Token::Or | Token::Close | Token::Comma | Token::Text(_) => return None,
        };
        self.depth -= 1;
        Some(term)
    }

    /// `matches(id, "x")` or `contains(id, "x")`.
    fn call(&mut self, name: &str) -> Option<Expression> {
        let start = self.at;
        while self.tokens.get(self.at)? != &Token::Close {
            self.at += 1;
        }
        let arguments = self.tokens[start + 1..self.at].iter().map(|token| match token {
            Token::Name(text) => text.clone(),
            Token::Text(text) => format!("\"{text}\""),
            Token::And | Token::Or | Token::Not | Token::Open | Token::Close | Token::Comma => {
                ", ".to_owned()
            }
        });
        let call = format!("{name}({})", arguments.collect::<String>());
        self.at += 1;
        Some(Expression::Call(call))
    }

    fn expect(&mut self, token: &Token) -> Option<()> {
        let is_there = self.tokens.get(self.at) == Some(token);
        self.at += 1;
        is_there.then_some(())
    }
}

fn reference(name: &str) -> Expression {
    let (is_visible, name) = name.strip_prefix('^').map_or((false, name), |name| (true, name));
    let (id, suffix) = match name.rsplit_once('/') {
        Some((id, suffix @ ("yes" | "no" | "value"))) => (id, suffix),
        Some(_) | None => (name, ""),
    };
    Expression::Ref { is_visible, id: id.to_owned(), suffix: suffix.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(expression: &Expression) -> String {
        match expression {
            Expression::True => "true".into(),
            Expression::False => "false".into(),
            Expression::And(a, b) => format!("({} & {})", shown(a), shown(b)),
            Expression::Or(a, b) => format!("({} | {})", shown(a), shown(b)),
            Expression::Not(inner) => format!("!{}", shown(inner)),
            Expression::Ref { is_visible, id, suffix } => {
                format!(
                    "{}{id}{}{suffix}",
                    if *is_visible { "^" } else { "" },
                    if suffix.is_empty() { "" } else { "/" }
                )
            }
            Expression::Call(call) => call.clone(),
        }
    }

    #[test]
    fn conditions_are_read_from_left_to_right() {
        for (text, expected) in [
            ("", "true"),
            ("a || b && c", "((a | b) & c)"),
            ("a && (b || !c/yes)", "(a & (b | !c/yes))"),
            ("!!^a", "!!^a"),
            ("false || x/value", "(false | x/value)"),
            ("!contains(a, \"x\") && b", "(!contains(a, \"x\") & b)"),
        ] {
            assert_eq!(parse(text).map(|e| shown(&e)).as_deref(), Some(expected), "{text}");
        }
        for text in ["a &&", "(a", "a b", "& a", "\"x", "a)", &"(".repeat(1000)] {
            assert_eq!(parse(text), None, "{text}");
        }
    }
}

//! Capital and small letters.

/// `text` with a capital letter at its start.
pub fn capitalized(text: &str) -> String {
    let mut rest = text.chars();
    let first: String = rest.next().into_iter().flat_map(char::to_uppercase).collect();
    first + rest.as_str()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_letter_is_made_a_capital() {
        for (text, expected) in
            [("audit log", "Audit log"), ("über", "Über"), ("42 logs", "42 logs"), ("", "")]
        {
            assert_eq!(capitalized(text), expected);
        }
    }
}

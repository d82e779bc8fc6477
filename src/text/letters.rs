//! Capital and small letters.

/// `text` with a capital letter at its start.
pub fn capitalized(text: &str) -> String {
    let mut rest = text.chars();
    let first: String = rest.next().into_iter().flat_map(char::to_uppercase).collect();
    first + rest.as_str()
}

/// `label` as it stands within a sentence: "AI service" as it is, "Service" as "service". Words with capitals
/// inside, such as "OAuth" and "AI", stay as they are.
pub fn within_sentence(label: &str) -> String {
    let lowered = |word: &str| {
        let mut rest = word.chars();
        let first: String = rest.next().into_iter().flat_map(char::to_lowercase).collect();
        let rest = rest.as_str();
        if rest.chars().any(char::is_uppercase) { word.to_owned() } else { first + rest }
    };
    label.split(' ').map(lowered).collect::<Vec<_>>().join(" ")
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

    #[test]
    fn only_words_without_capitals_inside_lose_their_first_capital() {
        for (label, expected) in [
            ("Service", "service"),
            ("AI service", "AI service"),
            ("OAuth App", "OAuth app"),
            ("SaaS product", "SaaS product"),
            ("Élan", "élan"),
            ("", ""),
        ] {
            assert_eq!(within_sentence(label), expected);
        }
    }
}

//! The words of a text.

/// Words with fewer letters and digits are short.
const SHORT: usize = 4;

/// The words of a text with their byte offsets: letters and digits in a row.
pub fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let start = rest.find(char::is_alphanumeric)?;
        let at = text.len() - rest.len() + start;
        rest = &rest[start..];
        let end = rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len());
        let word = &rest[..end];
        rest = &rest[end..];
        Some((at, word))
    })
}

/// The words of a text in lower case, without those that are so short that they are in too many texts to say
/// anything about one of them.
pub fn long_words(text: &str) -> impl Iterator<Item = String> {
    words(text).map(|(_, word)| word).filter(|word| word.chars().count() >= SHORT).map(str::to_lowercase)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_letters_and_digits_in_a_row() {
        let all: Vec<_> = words("sk-live_4a, über\nalles!").collect();
        assert_eq!(all, [(0, "sk"), (3, "live"), (8, "4a"), (12, "über"), (18, "alles")]);
        assert_eq!(words(" -- ").count(), 0);
        assert_eq!(words("").count(), 0);
        assert_eq!(long_words("sk-LIVE über a").collect::<Vec<_>>(), ["live", "über"]);
    }
}

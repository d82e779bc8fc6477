//! Tags of languages, such as "de" or "pt-BR" (BCP 47).

/// The languages with two letters (ISO 639-1), so that a country such as "cz" or "jp" is not taken for one.
const TWO_LETTERS: &str = "\
    aa ab ae af ak am an ar as av ay az ba be bg bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz \
    ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii \
    ik io is it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi \
    mk ml mn mr ms mt my na nb nd ne ng nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw \
    sa sc sd se sg si sk sl sm sn so sq sr ss st su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk \
    ur uz ve vi vo wa wo xh yi yo za zh zu";

/// Whether a text is the tag of a language: its letters, then a script, a region and the like.
pub fn is_language(tag: &str) -> bool {
    let mut parts = tag.split('-');
    let language = parts.next().unwrap_or_default().to_ascii_lowercase();
    let is_known = match language.len() {
        2 => TWO_LETTERS.split_whitespace().any(|known| known == language),
        3 => language.bytes().all(|byte| byte.is_ascii_lowercase()),
        _ => false,
    };
    is_known
        && parts.all(|part| (1..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric()))
}

/// A tag, and what is left of it without its last parts: "zh-Hant-TW", "zh-Hant", "zh" (RFC 4647, lookup).
pub fn fallbacks(tag: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(Some(tag.trim()), |tag| tag.rsplit_once('-').map(|(shorter, _)| shorter))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_of_languages_are_known_and_names_and_countries_are_not() {
        for tag in ["en", "DE", "pt-BR", "zh-Hant-TW", "gsw", "de-1996", "sr-Latn"] {
            assert!(is_language(tag), "{tag}");
        }
        for wrong in ["", "german", "cz", "jp", "e", "de_CH", "de-", "d1", "de-toolongpart", "çs"] {
            assert!(!is_language(wrong), "{wrong}");
        }
    }

    #[test]
    fn a_tag_falls_back_to_the_same_language_in_general() {
        assert_eq!(fallbacks(" zh-Hant-TW ").collect::<Vec<_>>(), ["zh-Hant-TW", "zh-Hant", "zh"]);
    }
}

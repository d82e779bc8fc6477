//! The properties of the page: its front matter, as far as the reviewer can set it.

use crate::markdown;

use super::edit::Edit;
use super::session::Session;
use super::text_ref::TextRef;

/// A property of the page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Property {
    /// Its key.
    pub key: String,
    /// Its value; tags are separated by commas.
    pub value: String,
    /// Whether the reviewer set it. Otherwise it is from the page, or a default.
    pub is_set: bool,
}

/// The keys that have a default, in the order in which they are written.
pub const KEYS: [&str; 5] = ["title", "description", "published", "tags", "editor"];

impl Session {
    /// The properties that the reviewer set: the lines `key: value` of their text. The last of equal keys
    /// applies; an empty value removes nothing, so that a key can be typed before its value.
    pub fn set_properties(&self) -> Vec<(String, String)> {
        let mut set: Vec<(String, String)> = Vec::new();
        for (key, value) in self.properties.lines().filter_map(key_and_value) {
            if !value.is_empty() {
                set.retain(|(known, _)| known != key);
                set.push((key.to_owned(), value.to_owned()));
            }
        }
        set
    }

    /// Whether the reviewer set a property.
    pub fn sets_property(&self, key: &str) -> bool {
        self.set_properties().iter().any(|(set, _)| set == key)
    }

    /// The numbers, from 1, of lines in the text of the properties that are not `key: value`.
    pub fn unclear_properties(&self) -> Vec<usize> {
        let lines = self.properties.lines().enumerate();
        let unclear = lines.filter(|(_, line)| !line.trim().is_empty() && key_and_value(line).is_none());
        unclear.map(|(number, _)| number + 1).collect()
    }

    /// All properties of the page except its dates: those that were set, those on the page, and defaults.
    pub fn page_properties(&self) -> Vec<Property> {
        let mut all: Vec<Property> = Vec::new();
        let mut add =
            |key: &str, value: String, is_set: bool| match all.iter_mut().find(|known| known.key == key) {
                Some(known) => (known.value, known.is_set) = (value, is_set),
                None => all.push(Property { key: key.to_owned(), value, is_set }),
            };
        let on_page = self.page.as_deref().and_then(|page| {
            let start = if page.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
            Some((page, markdown::front_matter(page, start)?))
        });
        if let Some((page, front)) = on_page {
            let is_date = |key: &String| key == "date" || key == "dateCreated";
            for key in markdown::keys(page, &front.lines).into_iter().filter(|key| !is_date(key)) {
                let value = markdown::scalar(page, &front.lines, &key).map(|value| value.text);
                add(&key, markdown::list_text(&value.unwrap_or_default()), false);
            }
        } else {
            for key in KEYS {
                add(key, self.default_property(key), false);
            }
        }
        for (key, value) in self.set_properties() {
            add(&key, value, true);
        }
        all
    }

    /// The value of a property that is not set: on a page without front matter, its default.
    fn default_property(&self, key: &str) -> String {
        match key {
            "title" => self.questionnaire.report_title(&self.subject),
            "description" => markdown::one_paragraph(&self.introduction),
            "published" => "true".to_owned(),
            "tags" => self.questionnaire.report.tags.join(", "),
            "editor" => "markdown".to_owned(),
            _ => String::new(),
        }
    }

    /// The value of a property; empty if there is none.
    pub fn page_property(&self, key: &str) -> String {
        let property = self.page_properties().into_iter().find(|property| property.key == key);
        property.map(|property| property.value).unwrap_or_default()
    }

    /// The edit that sets a property, or with an empty value, no longer sets it. `None` if nothing changes.
    pub fn set_property(&self, key: &str, value: &str) -> Option<Edit> {
        let value = value.split_whitespace().collect::<Vec<_>>().join(" ");
        let is_other = |line: &&str| key_and_value(line).is_none_or(|(known, _)| known != key);
        let mut lines: Vec<String> = self.properties.lines().filter(is_other).map(str::to_owned).collect();
        if !value.is_empty() {
            lines.push(format!("{key}: {value}"));
        }
        let inserted = lines.join("\n");
        let removed = self.properties.clone();
        (inserted != removed).then_some(Edit::Splice { text: TextRef::Properties, at: 0, removed, inserted })
    }
}

/// The key and the value of a line `key: value`. A key has no spaces, quotes or brackets.
fn key_and_value(line: &str) -> Option<(&str, &str)> {
    let (key, value) = line.split_once(':')?;
    let key = key.trim();
    let is_key = !key.is_empty() && key.chars().all(|c| c.is_alphanumeric() || "_-.".contains(c));
    is_key.then(|| (key, value.trim()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::questionnaire::{BUILT_IN, load};
    use crate::session::Stamp;
    use jiff::Timestamp;

    fn session() -> Session {
        Session::new(load(BUILT_IN[0].1).unwrap(), "Boat", Timestamp::UNIX_EPOCH)
    }

    fn set(session: &mut Session, key: &str, value: &str) {
        let stamp = Stamp::default();
        let edit = session.set_property(key, value).unwrap();
        session.apply(&edit, &stamp).unwrap();
    }

    #[test]
    fn properties_have_defaults_until_they_are_set_and_again_after_that() {
        let mut s = session();
        assert_eq!(s.page_property("title"), "Boat security review");
        set(&mut s, "title", "Boat: a review");
        set(&mut s, "owner", "Kim");
        assert_eq!(
            (s.page_property("title").as_str(), s.page_property("owner").as_str()),
            ("Boat: a review", "Kim")
        );
        set(&mut s, "title", "");
        assert_eq!(s.page_property("title"), "Boat security review");
        assert!(s.set_property("title", "").is_none());
    }

    #[test]
    fn a_line_that_is_not_a_property_is_listed() {
        let mut s = session();
        s.properties = "title: x\nno colon\n\n[a]: b".to_owned();
        assert_eq!(s.unclear_properties(), [2, 4]);
    }

    /// All properties of the page: key, value, and whether it was set.
    fn all(session: &Session) -> Vec<(String, String, bool)> {
        session.page_properties().into_iter().map(|p| (p.key, p.value, p.is_set)).collect()
    }

    fn owned((key, value, is_set): (&str, &str, bool)) -> (String, String, bool) {
        (key.to_owned(), value.to_owned(), is_set)
    }

    #[test]
    fn a_page_has_its_own_properties_except_its_dates_and_then_those_that_were_set() {
        let mut s = session();
        let front = "---\ntitle: A boat\ndate: 2026-11-22\nauthors: [a, b]\ndateCreated: 2026-11-01\n---\n";
        s.page = Some(front.to_owned());
        s.properties = "authors: c\nowner: Kim\nowner: Ann\nempty:".to_owned();
        let expected = [("title", "A boat", false), ("authors", "c", true), ("owner", "Ann", true)];
        assert_eq!(all(&s), expected.map(owned));
        s.properties = String::new();
        let expected = [("title", "A boat", false), ("authors", "a, b", false)];
        assert_eq!(all(&s), expected.map(owned));
    }

    #[test]
    fn a_page_without_front_matter_has_the_properties_that_follow_from_the_session() {
        for page in [None, Some("# A boat\n".to_owned())] {
            let mut s = session();
            s.page = page;
            s.introduction = "It floats\nwell.\n\nMore.".to_owned();
            let expected = [
                ("title", "Boat security review"),
                ("description", "It floats well."),
                ("published", "true"),
                ("tags", "saas-security, saas"),
                ("editor", "markdown"),
            ];
            assert_eq!(all(&s), expected.map(|(key, value)| owned((key, value, false))));
            set(&mut s, "editor", "wysiwyg");
            let is_set = ["editor", "title", "owner"].map(|key| s.sets_property(key));
            assert_eq!(is_set, [true, false, false]);
        }
    }
}

//! A topic of questions, and the controls of public frameworks that are about it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// A topic that questions have as a tag.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Tag {
    /// The topic, in a few words.
    pub title: String,
    /// The ids of controls about the topic, by framework.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub controls: BTreeMap<String, Vec<String>>,
}

impl Tag {
    /// The topic, with its controls in brackets.
    pub fn described(&self) -> String {
        let controls = self.controls.iter().filter(|(_, ids)| !ids.is_empty());
        let controls: Vec<String> =
            controls.map(|(framework, ids)| format!("{framework} {}", ids.join(", "))).collect();
        match controls.as_slice() {
            [] => self.title.clone(),
            controls => format!("{} ({})", self.title, controls.join("; ")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_framework_that_has_a_control_is_named() {
        let ids = |ids: &[&str]| ids.iter().map(|&id| id.to_owned()).collect();
        let mut tag = Tag { title: "Backups".to_owned(), ..Tag::default() };
        assert_eq!(tag.described(), "Backups");
        tag.controls.insert("MVSP 3".to_owned(), ids(&[]));
        assert_eq!(tag.described(), "Backups");
        tag.controls.insert("CSA CCM 4.0".to_owned(), ids(&["BCR-08", "BCR-09"]));
        tag.controls.insert("SOC 2".to_owned(), ids(&["A1.2"]));
        assert_eq!(tag.described(), "Backups (CSA CCM 4.0 BCR-08, BCR-09; SOC 2 A1.2)");
    }
}

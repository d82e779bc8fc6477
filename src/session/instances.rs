//! Sections of questions that one session answers several times, once for each instance: the edits that add,
//! rename and remove one.

use crate::questionnaire::Section;
use crate::text;

use super::edit::Edit;
use super::session::Session;

/// Why a section cannot be answered for another instance, or not be removed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoInstance {
    /// The section is answered once.
    Once,
    /// The name is empty.
    Unnamed,
    /// Another instance has this name, or one that reads the same.
    Taken,
    /// It has this name already.
    Same,
    /// Further instances repeat it.
    First,
}

impl std::fmt::Display for NoInstance {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Once => "this section is answered only once",
            Self::Unnamed => "the name is empty",
            Self::Taken => "there is one with this name already",
            Self::Same => "it has this name already",
            Self::First => "the first one cannot be removed while there are others; rename it instead",
        })
    }
}

impl std::error::Error for NoInstance {}

impl Session {
    /// What the section of questions at `index` can be answered for several times, such as "Environment".
    pub fn repeats(&self, index: usize) -> Option<&str> {
        let section = self.questionnaire.sections.get(index)?;
        (!section.repeat.is_empty()).then_some(section.repeat.as_str())
    }

    /// The edit that answers a section for `name`: it names the only instance if that has no name, and adds
    /// another one otherwise.
    ///
    /// # Errors
    /// If the section does not repeat, or the name is empty or taken.
    pub fn add_instance(&self, section: usize, name: &str) -> Result<Edit, NoInstance> {
        let name = self.free_name(section, None, name)?;
        let first = self.questionnaire.first_instance(section);
        if self.questionnaire.sections[first].instance.is_empty() {
            return Ok(self.named(first, &name));
        }
        // Answers of an instance that was removed belong to that one, even if it had the same name.
        let is_taken = |id: &str| self.orphans.iter().any(|(known, _)| known == id);
        let instance = self.questionnaire.new_instance(first, &name, is_taken);
        Ok(Edit::Instance {
            index: self.questionnaire.place_of_instance(&instance.instance_of),
            before: None,
            after: Some(Box::new(instance)),
        })
    }

    /// The edit that gives the instance with the index `section` another name.
    ///
    /// # Errors
    /// If the section does not repeat, or the name is empty, taken or the same.
    pub fn rename_instance(&self, section: usize, name: &str) -> Result<Edit, NoInstance> {
        let name = self.free_name(section, Some(section), name)?;
        match self.questionnaire.sections[section].instance == name {
            true => Err(NoInstance::Same),
            false => Ok(self.named(section, &name)),
        }
    }

    /// The edit that removes the instance with the index `section`; only its name if it is the only one. Its
    /// answers are kept, in case this is undone.
    ///
    /// # Errors
    /// If the section does not repeat, or further instances repeat it.
    pub fn remove_instance(&self, section: usize) -> Result<Edit, NoInstance> {
        self.repeats(section).ok_or(NoInstance::Once)?;
        let found = &self.questionnaire.sections[section];
        if !found.instance_of.is_empty() {
            return Ok(Edit::Instance { index: section, before: Some(Box::new(found.clone())), after: None });
        }
        match self.questionnaire.instances(section).as_slice() {
            [_] if found.instance.is_empty() => Err(NoInstance::Once),
            [only] => Ok(self.named(*only, "")),
            _ => Err(NoInstance::First),
        }
    }

    fn named(&self, section: usize, name: &str) -> Edit {
        let before = &self.questionnaire.sections[section];
        let after: Section = before.named(name);
        Edit::Instance {
            index: section,
            before: Some(Box::new(before.clone())),
            after: Some(Box::new(after)),
        }
    }

    /// The name in one line, if no instance other than `itself` has it.
    fn free_name(&self, section: usize, itself: Option<usize>, name: &str) -> Result<String, NoInstance> {
        self.repeats(section).ok_or(NoInstance::Once)?;
        let name = text::one_line(name.trim());
        if name.is_empty() {
            return Err(NoInstance::Unnamed);
        }
        let others = self.questionnaire.instances(section).into_iter().filter(|&other| Some(other) != itself);
        // Rows of a page are told apart by their words only.
        let read = |name: &str| match text::normalized(name) {
            words if words.is_empty() => name.to_lowercase(),
            words => words,
        };
        let is_taken = |known: &String| read(known) == read(&name);
        match others.map(|other| &self.questionnaire.sections[other].instance).any(is_taken) {
            true => Err(NoInstance::Taken),
            false => Ok(name),
        }
    }
}

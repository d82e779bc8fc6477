//! Snapshots that a text merge could not merge: both versions, separated by conflict markers.

/// The versions in a text with conflict markers.
pub(super) struct Sides {
    /// Our version.
    pub ours: Vec<u8>,
    /// What both sides started from, if the markers contain it.
    pub base: Option<Vec<u8>>,
    /// Their version.
    pub theirs: Vec<u8>,
}

/// Which versions a line belongs to.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    All,
    Ours,
    Base,
    Theirs,
}

/// Splits a text at its conflict markers; `None` if it has none. No line of a snapshot begins like a marker.
pub(super) fn sides(text: &[u8]) -> Option<Sides> {
    let (mut ours, mut base, mut theirs) = (Vec::new(), Vec::new(), Vec::new());
    let (mut part, mut has_markers, mut has_base) = (Part::All, false, false);
    for line in text.split_inclusive(|byte| *byte == b'\n') {
        if line.starts_with(b"<<<<<<<") {
            (part, has_markers) = (Part::Ours, true);
        } else if line.starts_with(b"|||||||") {
            (part, has_base) = (Part::Base, true);
        } else if line.starts_with(b"=======") && part != Part::All {
            part = Part::Theirs;
        } else if line.starts_with(b">>>>>>>") {
            part = Part::All;
        } else {
            let into = |version: &mut Vec<u8>, side| {
                if part == Part::All || part == side {
                    version.extend_from_slice(line);
                }
            };
            into(&mut ours, Part::Ours);
            into(&mut base, Part::Base);
            into(&mut theirs, Part::Theirs);
        }
    }
    has_markers.then_some(Sides { ours, base: has_base.then_some(base), theirs })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_versions_are_restored_from_conflict_markers() {
        let text = b"{\n<<<<<<< ours\n\"a\"\n||||||| base\n\"b\"\n=======\n\"c\"\n>>>>>>> theirs\n}\n";
        let sides = sides(text).unwrap();
        assert_eq!(sides.ours, b"{\n\"a\"\n}\n");
        assert_eq!(sides.base.unwrap(), b"{\n\"b\"\n}\n");
        assert_eq!(sides.theirs, b"{\n\"c\"\n}\n");
        assert!(super::sides(b"{\n\"=======\"\n}\n").is_none());
    }
}

//! Why a question is open, as it is shown on the screens.

use crate::session::Reason;

/// The reasons as one text. What one choice needs is named together; for `querist check`, these are separate
/// problems.
pub fn shown(reasons: &[Reason]) -> String {
    let text = |reason: &Reason| match reason {
        Reason::NeedsDetail(choice) if reasons.contains(&Reason::NeedsLink(choice.clone())) => {
            Some(format!("{choice} needs a detail and a link"))
        }
        Reason::NeedsLink(choice) if reasons.contains(&Reason::NeedsDetail(choice.clone())) => None,
        other => Some(other.to_string()),
    };
    reasons.iter().filter_map(text).collect::<Vec<_>>().join("; ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_one_choice_needs_is_named_together() {
        let (detail, link) = (Reason::NeedsDetail("Yes".into()), Reason::NeedsLink("Yes".into()));
        let other = Reason::NeedsLink("No".into());
        for (reasons, expected) in [
            (vec![detail.clone(), link.clone()], "Yes needs a detail and a link"),
            (vec![link, other.clone(), detail.clone()], "No needs a link; Yes needs a detail and a link"),
            (vec![detail, other], "Yes needs a detail; No needs a link"),
            (vec![], ""),
        ] {
            assert_eq!(shown(&reasons), expected);
        }
    }
}

//! Merging lists by the keys of their elements.

use std::collections::{BTreeSet, HashMap, HashSet};

use crate::session::answer::Link;

use super::choice::{Merged, choose};

/// Elements with their keys; a repeated key is numbered.
pub(super) fn by_key<T>(list: &[T], key: impl Fn(&T) -> String) -> Vec<((String, usize), &T)> {
    let mut seen: HashMap<String, usize> = HashMap::new();
    let with_key = list.iter().map(|element| {
        let key = key(element);
        let number = seen.entry(key.clone()).or_default();
        *number += 1;
        ((key, *number), element)
    });
    with_key.collect()
}

/// The keys of a merged list: those of the base in order, then those that were added, sorted.
pub(super) fn merged_keys<T>(
    base: &[((String, usize), &T)],
    ours: &[((String, usize), &T)],
    theirs: &[((String, usize), &T)],
) -> Vec<(String, usize)> {
    let known: HashSet<&(String, usize)> = base.iter().map(|(key, _)| key).collect();
    let added: BTreeSet<&(String, usize)> =
        ours.iter().chain(theirs).map(|(key, _)| key).filter(|key| !known.contains(key)).collect();
    base.iter().map(|(key, _)| key).chain(added).cloned().collect()
}

/// Merges links by URL. A link that one side deleted and the other one changed is kept.
pub(super) fn merged_links(base: &[Link], ours: &[Link], theirs: &[Link]) -> Vec<Link> {
    if let Merged::Value(links) = choose(base, ours, theirs) {
        return links.to_vec();
    }
    let [base, ours, theirs] =
        [base, ours, theirs].map(|links| by_key(links, |link: &Link| link.url.clone()));
    let mut merged = Vec::new();
    for key in merged_keys(&base, &ours, &theirs) {
        let [b, o, t] =
            [&base, &ours, &theirs].map(|all| all.iter().find(|(k, _)| *k == key).map(|(_, l)| *l));
        match (b, o, t) {
            (_, Some(o), Some(t)) => merged.extend(merged_link(b, o, t)),
            (Some(b), Some(one), None) | (Some(b), None, Some(one)) if one == b => {}
            (_, Some(one), None) | (_, None, Some(one)) => merged.push(one.clone()),
            (_, None, None) => {}
        }
    }
    merged
}

/// Both versions of a link as one, or both if their words differ.
fn merged_link(base: Option<&Link>, ours: &Link, theirs: &Link) -> Vec<Link> {
    let base = base.cloned().unwrap_or_default();
    let retrieved = ours.retrieved.clone().max(theirs.retrieved.clone());
    // Of two values, one is that of the base, so it is always known which side changed it.
    let internal = if ours.internal == base.internal { theirs.internal } else { ours.internal };
    let words =
        |link: &Link| Link { url: String::new(), retrieved: String::new(), internal: false, ..link.clone() };
    let both = [words(&base), words(ours), words(theirs)];
    match choose(&both[0], &both[1], &both[2]) {
        Merged::Value(words) => vec![Link { retrieved, url: ours.url.clone(), internal, ..words.clone() }],
        Merged::Conflict => {
            let mut both = [ours, theirs].map(|link| Link { internal, ..link.clone() });
            both.sort_by_key(|link| (link.label.clone(), link.quote.clone(), format!("{:?}", link.kind)));
            both.into()
        }
    }
}

/// Two different texts are joined. A flag that one side removed and the other one changed is kept.
pub(super) fn merged_flag(
    base: Option<&String>,
    ours: Option<&String>,
    theirs: Option<&String>,
) -> Option<String> {
    match choose(&base, &ours, &theirs) {
        Merged::Value(flag) => flag.cloned(),
        Merged::Conflict => match (ours, theirs) {
            (Some(ours), Some(theirs)) => {
                let mut both = [ours.as_str(), theirs.as_str()];
                both.sort_unstable();
                Some(both.join(" / "))
            }
            (one, None) | (None, one) => one.cloned(),
        },
    }
}

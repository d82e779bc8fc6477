//! Any three texts as the detail of a session, of our copy and of a colleague's: the merge fits, is the same
//! from either side, can be undone, and loses no word that one side added.
#![no_main]

use std::sync::LazyLock;

use jiff::Timestamp;
use libfuzzer_sys::fuzz_target;
use querist::questionnaire::{BUILT_IN, load};
use querist::session::{Edit, Session, Stamp, TextRef, merge};
use querist::text;

static EMPTY: LazyLock<Session> = LazyLock::new(|| {
    let questionnaire = load(BUILT_IN[0].1).expect("a built-in questionnaire loads");
    Session::new(questionnaire, "Boat", Timestamp::UNIX_EPOCH)
});

/// The session with this detail.
fn with_detail(detail: &str) -> Option<Session> {
    let mut session = EMPTY.clone();
    let (text, removed) = (TextRef::Detail("external-tls".into()), String::new());
    let inserted = text::normalize_newlines(detail).into_owned();
    session.apply(&Edit::Splice { text, at: 0, removed, inserted }, &Stamp::default()).ok()?;
    Some(session)
}

fn merged(base: &Session, ours: &Session, theirs: &Session) -> Session {
    let edits = merge(base, ours, theirs, &Stamp::default()).edits;
    let mut session = ours.clone();
    session.apply(&Edit::All(edits.clone()), &Stamp::default()).expect("the merge fits");
    let mut back = session.clone();
    back.apply(&Edit::All(edits).inverse(), &Stamp::default()).expect("the merge can be undone");
    assert_eq!(back, *ours);
    session
}

fuzz_target!(|input: (&str, &str, &str)| {
    let [Some(base), Some(ours), Some(theirs)] = [input.0, input.1, input.2].map(with_detail) else { return };
    let (left, right) = (merged(&base, &ours, &theirs), merged(&base, &theirs, &ours));
    let ids = |session: &Session| -> Vec<String> {
        session.entries().conflicts.iter().map(|conflict| conflict.id.clone()).collect()
    };
    assert_eq!(ids(&left), ids(&right));
    if left.entries().conflicts.is_empty() {
        assert_eq!(left.answer(0), right.answer(0));
    }
    let all = serde_json::to_string(&left).expect("a session is JSON");
    for side in [&ours, &theirs] {
        let added = side.answer(0).detail.split_whitespace();
        for word in added.filter(|word| word.chars().all(char::is_alphanumeric) && !input.0.contains(word)) {
            assert!(all.contains(word), "{word:?} is lost");
        }
    }
});

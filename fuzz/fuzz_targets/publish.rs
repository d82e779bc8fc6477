//! Any text as a page that somebody else has changed, and as the detail of a session: publishing the session
//! onto the page never panics, and doing it twice changes nothing the second time.
#![no_main]

use std::sync::LazyLock;

use jiff::Timestamp;
use libfuzzer_sys::fuzz_target;
use querist::questionnaire::{BUILT_IN, load};
use querist::report::{Extras, Keep, document, import, markdown, take_in, unfaithful, update};
use querist::session::{Edit, Session, Stamp, TextRef};
use querist::text;

const NOW: Timestamp = Timestamp::UNIX_EPOCH;

static BASE: LazyLock<(String, Session)> = LazyLock::new(|| {
    let questionnaire = load(BUILT_IN[0].1).expect("a built-in questionnaire loads");
    let session = Session::new(questionnaire.clone(), "Boat", NOW);
    let page = markdown(&document(&session, NOW, Extras::default()));
    let session = import(&page, questionnaire, "boat", NOW).expect("a page").session;
    (page, session)
});

fuzz_target!(|input: (&str, &str, bool)| {
    let (changed, detail, keeps_ours) = input;
    let (base, session) = &*BASE;
    let mut session = session.clone();
    let (text, removed) = (TextRef::Detail("external-tls".into()), String::new());
    let inserted = text::normalize_newlines(detail).into_owned();
    if session.apply(&Edit::Splice { text, at: 0, removed, inserted }, &Stamp::default()).is_err() {
        return;
    }
    let keep = if keeps_ours { Keep::Ours } else { Keep::Theirs };
    for page in
        [changed.to_owned(), format!("{base}{changed}"), base.replacen("| |", &format!("| {changed} |"), 1)]
    {
        let Ok(taken) = take_in(&page, Some(base), &session, Some(keep)) else { continue };
        let Ok(once) = update(&page, Some(base), &taken.session, NOW, Extras::default()) else { continue };
        if unfaithful(&once.text, &taken.session).is_some() {
            continue;
        }
        let mut session = taken.session;
        let edit = Edit::Page { before: session.page().map(str::to_owned), after: Some(once.text.clone()) };
        session.apply(&edit, &Stamp::default()).expect("the page is remembered");
        let twice = update(&once.text, Some(&once.text), &session, NOW, Extras::default());
        assert_eq!(twice.expect("a page").text, once.text);
    }
});

//! Any text as a page: importing it never panics, and exporting the result reproduces the page byte for byte.
#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use querist::questionnaire::{BUILT_IN, Questionnaire, load};
use querist::report::{Extras, import, update};

static QUESTIONNAIRES: LazyLock<Vec<Questionnaire>> = LazyLock::new(|| {
    BUILT_IN.iter().map(|(_, source)| load(source).expect("a built-in questionnaire loads")).collect()
});

fuzz_target!(|source: &str| {
    let now = jiff::Timestamp::UNIX_EPOCH;
    for questionnaire in QUESTIONNAIRES.iter() {
        let Ok(imported) = import(source, questionnaire.clone(), "x", now) else { return };
        let exported =
            update(source, Some(source), &imported.session, now, Extras::default()).expect("a page");
        assert_eq!(exported.text, source);
    }
});

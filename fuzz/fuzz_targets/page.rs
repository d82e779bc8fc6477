//! Any text as a page: importing it never panics, and exporting the result reproduces a page with a
//! table byte for byte.
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
        // A page with questions, but without a table of them, can be imported, but is never written.
        let Ok(exported) = update(source, Some(source), &imported.session, now, Extras::default()) else {
            return;
        };
        assert_eq!(exported.text, source);
    }
});

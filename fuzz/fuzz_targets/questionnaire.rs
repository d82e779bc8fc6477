//! Any text as a questionnaire: it loads and can be used, or it has problems that are located within it.
#![no_main]

use libfuzzer_sys::fuzz_target;
use querist::session::Session;

fuzz_target!(|source: &str| match querist::questionnaire::load(source) {
    Ok(questionnaire) => {
        let session = Session::new(questionnaire, "x", jiff::Timestamp::UNIX_EPOCH);
        for index in 0..session.len() {
            let _ = (session.is_asked(index), session.reasons(index));
        }
    }
    Err(problems) => {
        assert!(!problems.is_empty());
        assert!(problems.iter().all(|problem| source.get(problem.range.clone()).is_some()));
    }
});

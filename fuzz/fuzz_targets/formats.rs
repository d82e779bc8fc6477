//! Any bytes as a questionnaire of another format: they are read or refused, the same bytes always give the
//! same ids, and what is read can be used and written in every format.
#![no_main]

use libfuzzer_sys::fuzz_target;
use querist::formats::{IntoOptions, Options, fill, read};
use querist::report::{Extras, Format, render};
use querist::session::Session;

fuzz_target!(|bytes: &[u8]| {
    let Ok((format, imported)) = read(bytes, "file", &Options::default()) else { return };
    let again = read(bytes, "file", &Options::default());
    assert_eq!(again.ok(), Some((format, imported.clone())));
    let session = Session::new(imported.questionnaire, "x", jiff::Timestamp::UNIX_EPOCH);
    for format in Format::ALL {
        let _ = render(&session, format, Extras::default(), jiff::Timestamp::UNIX_EPOCH);
    }
    let _ = fill(bytes, &session, IntoOptions::default());
});

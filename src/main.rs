//! The `querist` program. Everything is in the library.

use std::process::ExitCode;

fn main() -> ExitCode {
    querist::cli::run()
}

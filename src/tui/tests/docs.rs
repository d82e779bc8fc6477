//! Parts of the docs that are generated from the program.

/// Checks that a file has `generated` between the marks of this name; with `QUERIST_WRITE_ASSETS`, writes it
/// there.
pub fn holds(file: &str, name: &str, generated: &str) {
    let (start, end) = (format!("<!-- {name} -->\n"), format!("<!-- end of {name} -->"));
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(file);
    let docs = std::fs::read_to_string(&path).unwrap();
    let (before, rest) = docs.split_once(&start).expect("a start mark");
    let (shown, after) = rest.split_once(&end).expect("an end mark");
    if std::env::var_os("QUERIST_WRITE_ASSETS").is_some() {
        std::fs::write(path, format!("{before}{start}{generated}{end}{after}")).unwrap();
        return;
    }
    assert!(shown == generated, "{file} is out of date: run `assets/make` and commit it");
}

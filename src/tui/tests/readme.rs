//! Parts of the README that are made from the program.

/// Holds that the README has `made` between the marks of that name; with `QUERIST_WRITE_ASSETS` writes it there.
pub fn holds(name: &str, made: &str) {
    let (start, end) = (format!("<!-- {name} -->\n"), format!("<!-- end of {name} -->"));
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/README.md");
    let readme = std::fs::read_to_string(path).unwrap();
    let (before, rest) = readme.split_once(&start).expect("a place for it");
    let (shown, after) = rest.split_once(&end).expect("an end of it");
    if std::env::var_os("QUERIST_WRITE_ASSETS").is_some() {
        std::fs::write(path, format!("{before}{start}{made}{end}{after}")).unwrap();
        return;
    }
    assert_eq!(shown, made, "run `assets/make` and commit the README");
}

//! Many services side by side.

use std::fs;

use super::terminal::{run, text};

#[test]
fn the_newest_session_of_each_subject_is_a_column_and_what_cannot_be_read_is_named() {
    let dir = tempfile::tempdir().unwrap();
    let new = |subject| {
        let output = run(dir.path(), &["new", "saas-security", "--subject", subject, "--no-open"], 0);
        text(&output.stdout).trim().to_owned()
    };
    let (_, _, boat) = (new("Kite"), new("Boat"), new("boat"));
    run(dir.path(), &["new", "vendor-baseline", "--subject", "Other", "--no-open"], 0);
    run(dir.path(), &["answer", &boat, "external-tls", "--choice", "no", "--detail", "None."], 0);
    fs::write(dir.path().join("broken.json"), "{").unwrap();
    let all = run(dir.path(), &["compare", "--questionnaire", "saas-security"], 0);
    assert!(text(&all.stdout).contains("2 services"), "{}", text(&all.stdout));
    let header = text(&all.stdout).lines().nth(1).unwrap().split_whitespace().collect::<Vec<_>>().join(" ");
    assert_eq!(header, "boat Kite");
    assert!(text(&all.stderr).starts_with("Left out: broken: "), "{}", text(&all.stderr));
    let json = run(dir.path(), &["compare", "kite", &boat, "--json"], 0);
    let json: serde_json::Value = serde_json::from_slice(&json.stdout).unwrap();
    assert_eq!((&json["format"], &json["version"]), (&"querist-comparison".into(), &1.into()));
    assert_eq!(json["rows"][0]["cells"][1]["label"], "No");
    run(dir.path(), &["compare", "kite"], 2);
    run(dir.path(), &["compare", "kite", "broken"], 3);
    run(dir.path(), &["compare", "--questionnaire", "vendor-baseline"], 3);
}

#[test]
fn a_written_comparison_keeps_what_the_file_contained() {
    let dir = tempfile::tempdir().unwrap();
    for subject in ["Kite", "Boat"] {
        run(dir.path(), &["new", "saas-security", "--subject", subject, "--no-open"], 0);
    }
    let file = dir.path().join("comparison.csv");
    fs::write(&file, "mine").unwrap();
    let args = ["compare", "kite", "boat", "--format", "csv", "--output", file.to_str().unwrap()];
    let written = run(dir.path(), &args, 0);
    let kept = text(&written.stderr);
    let kept = kept.split_once("The previous version is in ").unwrap().1.trim().trim_end_matches('.');
    assert_eq!(fs::read_to_string(kept).unwrap(), "mine");
    assert!(fs::read_to_string(&file).unwrap().starts_with("id,title,Kite,Boat\r\n"));
    run(dir.path(), &["compare", "kite", "boat", "--output", dir.path().to_str().unwrap()], 3);
}

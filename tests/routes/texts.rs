//! Random texts that may be matchers: we read those that Alertmanager reads, and read them as it does.

use super::random::{self, Random, rounds};
use super::{Program, programs, read, run};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::path::PathBuf;

const FILES: usize = 400;

#[test]
fn random_texts_are_matchers_where_amtool_takes_them() {
    for amtool in programs(&["amtool"], "RELSPEC_AMTOOLS") {
        let folder = tempfile::tempdir().expect("a folder");
        let (mut taken, mut asked) = (0, 0);
        for round in 0..rounds(5) {
            let mut random = Random::new(0x7e87 + u64::try_from(round).expect("small"));
            let texts: BTreeSet<String> = (0..FILES).map(|_| random::text(&mut random)).collect();
            for (at, text) in texts.iter().enumerate() {
                std::fs::write(file(&folder, at), config(text).to_string()).expect("written");
            }
            let theirs = accepted(&amtool, &folder, texts.len());
            asked += texts.len();
            for (at, text) in texts.iter().enumerate() {
                let ours = read(&config(text)).is_ok();
                // Before 0.27 there is only one of the two parsers, so that it takes less.
                let agree = ours == theirs.contains(&at) || (ours && amtool.minor < 27);
                assert!(
                    agree,
                    "0.{}: {text:?} is taken by {}",
                    amtool.minor,
                    if ours { "us alone" } else { "amtool alone" }
                );
                taken += usize::from(ours);
            }
        }
        println!("amtool 0.{}: {asked} texts, {taken} of them matchers for both", amtool.minor);
        assert!(taken > asked / 20, "hardly any text is a matcher: {taken} of {asked}");
    }
}

fn config(text: &str) -> Value {
    json!({ "route": { "receiver": "x", "routes": [{ "matchers": [text] }] }, "receivers": [{ "name": "x" }] })
}

fn file(folder: &tempfile::TempDir, at: usize) -> PathBuf {
    folder.path().join(format!("{at}.json"))
}

/// The numbers of the files that amtool takes.
fn accepted(amtool: &Program, folder: &tempfile::TempDir, count: usize) -> BTreeSet<usize> {
    let files = (0..count).map(|at| file(folder, at).display().to_string());
    let arguments: Vec<String> = std::iter::once("check-config".to_owned()).chain(files).collect();
    let output = run(&amtool.path, &arguments);
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let told: Vec<&str> = text.split("Checking '").skip(1).collect();
    assert_eq!(told.len(), count, "{text}");
    let good = told.iter().enumerate().filter(|(_, told)| told.contains("SUCCESS"));
    good.map(|(at, _)| at).collect()
}

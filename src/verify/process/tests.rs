#![allow(clippy::expect_used, reason = "helpers of tests; a panic is how they fail")]

use super::*;

fn shell(script: &str, limit: u64) -> Result<Ran, Stopped> {
    run(Path::new("sh"), &["-c", script], Path::new("/"), Duration::from_millis(limit))
}

#[test]
fn tells_what_was_printed_and_how_it_ended() {
    let ran = shell("pwd; echo 错 >&2; cat; exit 3", 10_000).expect("an end");
    assert_eq!(ran, Ran { success: false, stdout: "/\n".to_owned(), stderr: "错\n".to_owned() });
    assert!(shell("true", 10_000).expect("an end").success);
}

#[test]
fn nothing_waits_for_what_hangs_or_never_falls_silent() {
    let start = Instant::now();
    assert_eq!(shell("sleep 5 & sleep 5", 100), Err(Stopped::TooSlow(Duration::from_millis(100))));
    assert_eq!(shell("yes; true", 60_000), Err(Stopped::TooLoud));
    assert!(start.elapsed() < Duration::from_secs(30), "{:?}", start.elapsed());
}

#[test]
fn what_a_grandchild_goes_on_printing_ends_it() {
    let file = tempfile::NamedTempFile::new().expect("a file");
    let script = format!("(yes & echo $! > {}; wait); true", file.path().display());
    assert_eq!(shell(&script, 60_000), Err(Stopped::TooLoud));
    assert_gone(file.path());
}

/// The process of the number in a file is gone, or will be in a moment.
fn assert_gone(file: &Path) {
    let id = std::fs::read_to_string(file).expect("its number");
    let start = Instant::now();
    let alive = || run(Path::new("kill"), &["-0", id.trim()], Path::new("/"), Duration::from_secs(5));
    while alive().expect("kill").success {
        assert!(start.elapsed() < Duration::from_secs(20), "{id} is still there");
        std::thread::sleep(Duration::from_millis(20));
    }
}

#[test]
fn a_child_is_gone_when_its_time_is_over() {
    let file = tempfile::NamedTempFile::new().expect("a file");
    let script = format!("echo $$ > {}; exec sleep 60", file.path().display());
    assert!(shell(&script, 300).is_err());
    assert_gone(file.path());
}

#[test]
fn what_is_not_there_is_missing() {
    let none = run(Path::new("/no/such/tool"), &["x"], Path::new("/"), Duration::from_secs(1));
    assert_eq!(none, Err(Stopped::Missing));
    let folder = run(Path::new("/"), &["x"], Path::new("/"), Duration::from_secs(1));
    assert!(matches!(folder, Err(Stopped::Refused(_))), "{folder:?}");
}

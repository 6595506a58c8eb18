use super::*;

fn check(version: &str, file: &str) -> Check {
    Check {
        tool: "promtool",
        version: Some(version.to_owned()),
        file: file.to_owned(),
        release: None,
        kind: Subject::RuleTests,
        tests: 2,
        failed_tests: 0,
        outcome: Outcome::Passed,
        detail: None,
        failures: Vec::new(),
    }
}

#[test]
fn what_another_version_has_run_is_proven() {
    let old = check("2.42.0", "a.native").not_run("too old");
    let new = check("3.5.3", "a.native");
    let none = check("2.42.0", "b.native").not_run("too old");
    let report = Report { checks: vec![old, none.clone(), new, none.clone()], ..Report::default() };
    assert_eq!(report.unproven(), [&none]);
    assert_eq!(report.summary(), Summary { passed: 2 - 1, failed: 0, not_run: 3 });
}

#[test]
fn a_test_that_fails_twice_counts_once_and_stands_together() {
    let failures =
        vec![Failure::of("b", "1"), Failure::of("a", "2"), Failure::of("b", "3"), Failure::whole("4")];
    let check = check("3", "a").with(failures);
    assert_eq!((check.outcome, check.failed_tests), (Outcome::Failed, 2));
    let order: Vec<&str> = check.failures.iter().map(|failure| failure.message.as_str()).collect();
    assert_eq!(order, ["4", "1", "3", "2"]);
}

//! Compares the parser with verdicts of Prometheus: `cargo run --example promql_agreement -- cases.json`.
//!
//! The file is a list of `{input, accepted_by: {"2.42": true, ...}, error_range: [start, end] or null}`.

#![allow(clippy::print_stdout, reason = "this is a report")]

use std::error::Error;
use std::ops::Range;

use relspec::promql::{Fault, Newer, Version, parse, too_new};
use serde_json::Value;

/// The key of a verdict, the version behind it, and the flags that Prometheus ran with.
const VERDICTS: [(&str, Version, &[&str]); 5] = [
    ("2.42", Version::new(2, 42), &[]),
    ("2.53", Version::new(2, 53), &[]),
    ("3.5", Version::new(3, 5), &["promql-experimental-functions"]),
    ("3.5-noexp", Version::new(3, 5), &[]),
    (
        "3.12",
        Version::new(3, 12),
        &["promql-experimental-functions", "promql-duration-expr", "promql-extended-range-selectors"],
    ),
];

fn main() -> Result<(), Box<dyn Error>> {
    let path = std::env::args().nth(1).ok_or("give the file with the cases")?;
    let cases: Vec<Value> = serde_json::from_str(&std::fs::read_to_string(path)?)?;
    for (key, version, flags) in VERDICTS {
        agreement(&cases, key, version, flags);
    }
    overlap(&cases);
    Ok(())
}

fn agreement(cases: &[Value], key: &str, version: Version, flags: &[&str]) {
    let (mut right, mut all, mut wrong) = (0, 0, Vec::new());
    for case in cases {
        let (Some(input), Some(theirs)) = (case["input"].as_str(), case["accepted_by"][key].as_bool()) else {
            continue;
        };
        let ours =
            parse(input).is_ok_and(|expr| too_new(&expr, version).iter().all(|n| enabled(n, version, flags)));
        all += 1;
        if ours == theirs {
            right += 1;
        } else {
            wrong.push((input, ours));
        }
    }
    let percent = 100.0 * f64::from(right) / f64::from(all.max(1));
    println!("{key}: {right} of {all} ({percent:.2} %)");
    for (input, ours) in wrong {
        println!("    {} {input:?}", if ours { "accepted" } else { "refused" });
    }
}

fn enabled(newer: &Newer, version: Version, flags: &[&str]) -> bool {
    newer.removed.is_none()
        && newer.flag.is_some_and(|(flag, since)| flags.contains(&flag) && version >= since)
}

fn overlap(cases: &[Value]) {
    let (mut touching, mut all) = (0, 0);
    for case in cases {
        let (Some(input), Some(theirs)) = (case["input"].as_str(), range(&case["error_range"])) else {
            continue;
        };
        let Err(faults) = parse(input) else { continue };
        let Some(Fault { message, span }) = faults.first() else { continue };
        all += 1;
        if span.start <= theirs.end && theirs.start <= span.end {
            touching += 1;
        } else {
            println!("    {span:?} instead of {theirs:?} in {input:?}: {message}");
        }
    }
    println!("first fault overlaps: {touching} of {all}");
}

fn range(value: &Value) -> Option<Range<usize>> {
    let end = |at: usize| value.get(at)?.as_u64().and_then(|n| usize::try_from(n).ok());
    Some(end(0)?..end(1)?)
}

//! Runs a property on cells for a tape: always the same ones, unless `PROPTEST_CASES` asks for another number.

use proptest::collection::vec;
use proptest::prelude::any;
use proptest::test_runner::{Config, RngAlgorithm, TestCaseError, TestRng, TestRunner};

/// How many cases are run where the environment says nothing else.
pub fn cases(standard: u32) -> u32 {
    std::env::var("PROPTEST_CASES").ok().and_then(|text| text.parse().ok()).unwrap_or(standard)
}

pub fn runner(standard: u32) -> TestRunner {
    let config = Config { cases: cases(standard), failure_persistence: None, ..Config::default() };
    TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::ChaCha))
}

/// Panics with the smallest failing case.
pub fn run(standard: u32, property: impl Fn(&[u32]) -> Result<(), String>) {
    let result = runner(standard)
        .run(&vec(any::<u32>(), 0..260), |cells| property(&cells).map_err(TestCaseError::fail));
    if let Err(fault) = result {
        panic!("{fault}");
    }
}

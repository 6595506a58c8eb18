//! Rule tests: the situations of a release's proof as `promtool test rules` reads them.
//!
//! promtool ignores the interval of a group, runs groups in no order of its own and takes a misspelt alert without
//! expected alerts for a pass. So the interval and the order are always written, and no test expects only silence.

mod document;
mod values;

use super::{Emitted, Target, yaml};
use crate::output::{Artifact, Format};
use crate::plan::proof::Situation;
use crate::plan::{ReleasePlan, names};
use crate::template::Templates;
use document::TestFile;

/// The target.
pub static TARGET: Target = Target {
    name: "rule_tests",
    summary: "promtool tests that show when each rule fires and when it does not.",
    emit,
    together: super::nothing,
};

fn emit(plan: &ReleasePlan<'_>, _: &Templates) -> Emitted {
    let all = || plan.proof.situations.iter();
    let usual = |situation: &&Situation| situation.every.millis() == plan.interval.millis();
    let files: [(String, Vec<&Situation>); 3] = [
        (names::rule_tests_file(&plan.id), all().filter(usual).filter(|of| !of.native).collect()),
        (names::long_tests_file(&plan.id), all().filter(|of| !usual(of)).collect()),
        (names::native_tests_file(&plan.id), all().filter(usual).filter(|of| of.native).collect()),
    ];
    let files = files.into_iter().filter(|(_, situations)| !situations.is_empty());
    Ok(files.map(|(path, situations)| artifact(path, &TestFile::new(plan, &situations))).collect())
}

fn artifact(path: String, tests: &TestFile<'_>) -> Artifact {
    Artifact { path, format: Format::Yaml, body: yaml::to_string(tests) }
}

//! Prometheus: the rule file, and the same groups as a manifest for Prometheus Operator.

mod document;

use super::{Emitted, Target, yaml};
use crate::output::{Artifact, Format};
use crate::plan::{ReleasePlan, names};
use crate::template::Templates;
use document::{Manifest, RuleFile};

/// The target.
pub static TARGET: Target = Target {
    name: "prometheus",
    summary: "Recording and alerting rules, as a rule file and as a PrometheusRule manifest.",
    emit,
    together: super::nothing,
};

fn emit(plan: &ReleasePlan<'_>, _: &Templates) -> Emitted {
    let rules = RuleFile::new(plan);
    let manifest = Manifest::new(plan, &rules);
    Ok(vec![
        artifact(names::rules_file(&plan.id), yaml::to_string(&rules)),
        artifact(names::manifest_file(&plan.id), yaml::to_string(&manifest)),
    ])
}

fn artifact(path: String, body: String) -> Artifact {
    Artifact { path, format: Format::Yaml, body }
}

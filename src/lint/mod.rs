//! The registry of lints and their runner. Each lint is one file: what it says, its page and its check.

mod context;
pub mod doc;
mod shared;
mod waive;
pub mod words;

pub use context::Context;
pub use waive::settle;

use crate::diag::{Diagnostic, Severity, Sink};
use crate::spec::Spec;
use rayon::prelude::*;

/// How a lint finds what it finds.
#[derive(Clone, Copy)]
pub enum Check {
    /// Raised where text is read, by `syntax` or by a section of `spec`; or where waivers are settled.
    Reading,
    /// Looks at one release that could be read.
    Release(fn(&Spec, &Context<'_>, &mut Sink)),
    /// Looks at all releases of the run together.
    Project(fn(&[Spec], &Context<'_>, &mut Sink)),
}

/// One lint: its stable name (kebab-case, names the fault), its severity, its page and its check.
pub struct Lint {
    /// The name, which is also the file's name.
    pub name: &'static str,
    /// The severity, unless `relspec.yaml` says otherwise.
    pub severity: Severity,
    /// Whether `allow` can waive it and `relspec.yaml` can lower it; false for what can never be right.
    pub waivable: bool,
    /// The file's own text; its `//!` lines are the page of `relspec explain`.
    pub source: &'static str,
    /// How it finds what it finds.
    pub check: Check,
}

impl Lint {
    /// An error that can't be waived, raised by `check`.
    const fn law(name: &'static str, source: &'static str, check: Check) -> Self {
        Self { name, severity: Severity::Error, waivable: false, source, check }
    }

    /// A finding that can be waived.
    const fn new(name: &'static str, severity: Severity, source: &'static str, check: Check) -> Self {
        Self { name, severity, waivable: true, source, check }
    }

    /// A finding of this lint, to be given labels and help.
    #[must_use]
    pub fn finding(&self, message: impl Into<String>) -> Diagnostic {
        Diagnostic {
            lint: self.name,
            severity: self.severity,
            message: message.into(),
            labels: Vec::new(),
            help: None,
        }
    }
}

/// Declares the modules and the registry at once, so that neither can be forgotten.
macro_rules! lints {
    ($($module:ident),+ $(,)?) => {
        $(pub mod $module;)+
        /// Every lint, in the order of its section in the reference.
        pub static ALL: &[&Lint] = &[$(&$module::LINT),+];
    };
}

lints! {
    yaml_syntax,
    broken_template,
    unknown_key,
    missing_key,
    wrong_type,
    duplicate_id,
    unknown_reference,
    bad_quantity,
    bad_duration,
    bad_time,
    text_cut_short,
    unit_mismatch,
    unit_against_series,
    sign_mismatch,
    mixed_direction,
    level_on_good_side,
    threshold_order,
    promql_syntax,
    promql_not_a_value,
    filtered_query,
    bad_sample,
    unread_sample,
    untested_query,
    untested_condition,
    condition_always_holds,
    scope_label_matched,
    where_tie,
    after_too_short,
    redundant_condition,
    no_headroom,
    side_unwatched,
    suspicious_scale,
    unquantified_level,
    target_inside_normal,
    target_beyond_rollback,
    target_on_wrong_side,
    observed_outside_normal,
    for_shorter_than_evaluation,
    for_not_longer_than_window,
    window_too_short,
    alert_outlives_stage,
    detection_too_slow,
    rollback_steps_exceed_budget,
    moment_on_wrong_side,
    step_outlives_stage,
    timeline_overlap,
    timeline_against_stages,
    check_outside_stage,
    check_gap,
    promql_too_new,
    rule_too_new,
    rate_of_sum,
    rate_of_gauge,
    gauge_of_counter,
    meaningless_aggregate,
    missing_le,
    not_a_histogram,
    quantile_out_of_range,
    counted_per_bucket,
    unguarded_division,
    sides_never_match,
    threshold_outside_buckets,
    threshold_out_of_reach,
    masked_by_min_events,
    never_lacks_data,
    never_watched,
    selects_nothing,
    matcher_misses,
    part_outside_total,
    ratio_of_itself,
    by_decides_ratio,
    too_few_events,
    extensive_unscaled,
    extensive_below_one_event,
    lost_label,
    free_label,
    unscoped_metric,
    baseline_missing,
    same_scope,
    never_compared,
    overlapping_scopes,
    relative_to_zero,
    quantile_order,
    mean_above_quantile,
    traffic_goes_back,
    last_stage_not_full,
    stage_without_gate,
    stage_without_time,
    inverted_condition,
    gate_outside_normal,
    gate_without_value,
    gate_outlives_stage,
    rollback_undecided,
    alert_without_scenario,
    scenario_without_steps,
    scenario_without_alert,
    rollback_unverified,
    irreversible_without_way,
    availability_budget,
    unused_part,
    missing_contact,
    unreachable_person,
    unwritten_step,
    quorum_impossible,
    conflicting_thresholds,
    conflicting_facts,
    inline_secret,
    refused_by_alertmanager,
    bad_notification_template,
    version_too_old,
    receiver_too_new,
    unrouted_level,
    only_default_receiver,
    unreachable_route,
    held_back_by_route,
    unused_receiver,
    inhibition_without_equal,
    wide_inhibition,
    self_inhibition,
    clashing_receiver,
    duplicate_alert,
    colliding_output,
    no_base_url,
    unused_waiver,
    expired_waiver,
    law_waived,
}

/// The lints that are about routes, receivers and inhibitions.
pub static ABOUT_ROUTES: [&Lint; 5] = [
    &unrouted_level::LINT,
    &unreachable_route::LINT,
    &held_back_by_route::LINT,
    &unused_receiver::LINT,
    &inhibition_without_equal::LINT,
];

/// The lint of that name.
#[must_use]
pub fn by_name(name: &str) -> Option<&'static Lint> {
    ALL.iter().copied().find(|lint| lint.name == name)
}

/// Runs every lint on what could be read; releases side by side, since no lint of one release looks at another.
pub fn run(specs: &[Spec], context: &Context<'_>, sink: &mut Sink) {
    let alone = |spec: &Spec| {
        let mut found = Sink::default();
        for lint in ALL {
            if let Check::Release(check) = lint.check {
                check(spec, context, &mut found);
            }
        }
        found
    };
    let found: Vec<Sink> = specs.par_iter().map(alone).collect();
    found.into_iter().for_each(|found| sink.absorb(found));
    for lint in ALL {
        if let Check::Project(check) = lint.check {
            check(specs, context, sink);
        }
    }
}

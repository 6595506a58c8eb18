//! Five rows of a real plan whose warn threshold lies inside what the plan calls normal. Written down literally they
//! are refused, and doing what the help says makes them build.

use relspec::diag::Diagnostic;
use relspec::source::Sources;
use relspec::spec::{self, Config};

/// Each row: its text, and the range that the plan calls normal.
const ROWS: [(&str, &str); 5] = [
    (
        "  event_latency_p95:
    title: 事件延迟 P95
    unit: seconds
    quantile: { q: 0.95, histogram: event_latency_seconds, buckets: [1ms, 2ms, 2.5ms, 5ms, 10ms] }
    normal: { max: 2.5ms }
    warn: { above: 2ms }
    rollback: { above: 5ms }\n",
        "{ max: 2.5ms }",
    ),
    (
        "  pipeline_latency_p95:
    title: 管线延迟 P95
    unit: seconds
    quantile: { q: 0.95, histogram: pipeline_latency_seconds, buckets: [10ms, 50ms, 100ms, 200ms, 500ms] }
    normal: { max: 100ms }
    warn: { above: 50ms }
    rollback: { above: 200ms }\n",
        "{ max: 100ms }",
    ),
    (
        "  compute_latency_p95:
    title: 背离计算延迟 P95
    unit: seconds
    quantile: { q: 0.95, histogram: compute_latency_seconds, buckets: [1ms, 5ms, 10ms, 20ms, 50ms] }
    normal: { max: 10ms }
    warn: [ { above: 5ms, for: 10m }, { above: 10ms, for: 6m } ]
    rollback: { above: 20ms, for: 10m }\n",
        "{ max: 10ms }",
    ),
    (
        "  closure_error:
    title: 指标闭合误差
    unit: ratio
    query: max(abs(closure_error_ratio))
    normal: { max: 10% }
    warn: { above: 5% }
    rollback: { above: 15%, for: 10m }\n",
        "{ max: 10% }",
    ),
    (
        "  error_rate:
    title: 错误率
    unit: ratio
    min_events: 1000
    ratio: { bad: 'reads_total{result=\"error\"}', total: reads_total }
    normal: { max: 1% }
    warn: { above: 0.5% }
    rollback: { above: 2% }\n",
        "{ max: 1% }",
    ),
];

fn findings(row: &str) -> Vec<Diagnostic> {
    let text = format!(
        "relspec: 1\nrelease: {{ id: plan, title: 计划, service: s, version: '1', owner: o }}\n\
         scope:\n  canary: {{ track: canary }}\nmetrics:\n{row}stages:\n  - {{ id: full, lasts: 2d }}\n"
    );
    let mut sources = Sources::default();
    let file = sources.add("specs/plan.yaml", text);
    let mut findings = Vec::new();
    let spec = spec::read(&sources, file, &Config::default(), &mut findings);
    assert!(spec.is_some(), "the file has a tree");
    findings
}

#[test]
fn written_literally_each_row_is_refused_and_the_help_makes_it_build() {
    for (row, range) in ROWS {
        let found = findings(row);
        let [refused] = found.as_slice() else { panic!("one finding for\n{row}\n{found:#?}") };
        assert_eq!(refused.lint, "threshold-order");
        let help = refused.help.as_deref().unwrap_or_default();
        let fix = format!("target: {range}");
        assert!(help.contains(&fix), "the help offers `{fix}`: {help}");
        let mended = row.replace(&format!("normal: {range}"), &fix);
        assert_ne!(mended, row);
        let left = findings(&mended);
        assert!(left.is_empty(), "builds after the help was followed: {left:#?}");
    }
}

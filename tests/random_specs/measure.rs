//! Measurements, and everything of a metric that has no order.

use crate::tape::Tape;
use crate::text::{matcher, quoted, scalar, title};
use crate::units::{Form, UNITS, Unit};

/// What the release gives its metrics to refer to.
pub struct Around {
    pub scope: bool,
    pub baseline: bool,
}

/// A measurement and what goes with it.
pub struct Measured {
    pub unit: &'static Unit,
    pub says_unit: bool,
    pub form: Form,
    pub lines: Vec<String>,
    pub by: Vec<String>,
    pub counts_events: bool,
}

const QUERIES: &[&str] = &[
    "up",
    "sum(rate(x_total[5m])) / sum(rate(y_total[5m]))",
    "sum by (region, zone) (rate(x_total{code=~\"5..\"}[5m]))",
    "max_over_time(queue_length[10m]) > bool 5",
    "histogram_quantile(0.9, sum by (le, region, zone) (rate(d_bucket[5m])))",
    "a / on (instance) group_left (region, zone) b  # why",
    "1 - avg(up)",
    "avg_over_time(rate(x_total[5m])[30m:1m])",
    "label_replace(up, \"region\", \"$1\", \"instance\", \"(.*):.*\")",
    "topk(3, a) or vector(0) unless b",
    "scalar(sum(up)) * 2",
    "count by (region, zone) ({__name__=~\"job_.+\", state!=\"{{ ok }}\"})",
    "quantile_over_time(0.99, temp_celsius[1h] offset 5m)",
    "-sum without (instance) (x) ^ 2 % 7",
    "time() - max by (region, zone) (last_success_timestamp_seconds)",
    "absent(up{instance=\"a\\\"b\"})",
];

const NO_DATA: &[&str] = &[
    "rollback",
    "ignore",
    "{ level: hold, for: 20m }",
    "{ level: rollback, for: 90s }",
    "{ level: hold, for: 8h }",
];

const GUARDS: &[&str] = &[
    "up == 1",
    "sum by (region) (rate(x_total[5m])) > 1",
    "maintenance unless on (zone) holiday{name=\"{{ x }}\"}",
    "vector(1) > 0",
];

fn unit(name: &str) -> &'static Unit {
    UNITS.iter().find(|unit| unit.name == name).unwrap_or(&UNITS[0])
}

impl Measured {
    /// A measurement of its own, or that of an earlier metric.
    pub fn any(around: &Around, earlier: Option<(&str, &'static Unit, bool)>, tape: &mut Tape<'_>) -> Self {
        let mut made = match (tape.below(12), earlier) {
            (11, Some((id, unit, counts_events))) => Self {
                unit,
                says_unit: tape.one_in(3),
                form: Form::Absolute,
                lines: vec![format!("same_as: {id}")],
                by: Vec::new(),
                counts_events,
            },
            (kind, _) => Self::own(kind, tape),
        };
        made.relate(around, tape);
        made.decorate(around, tape);
        made
    }

    fn own(kind: usize, tape: &mut Tape<'_>) -> Self {
        let any = |tape: &mut Tape<'_>| -> &'static Unit { &UNITS[tape.below(UNITS.len())] };
        let rates = ["per_second", "per_minute", "per_hour", "per_day", "none"];
        let (unit, line, counts_events) = match kind {
            0 => {
                let aggregate = tape.pick(&["max", "avg", "min", "sum"]);
                (
                    any(tape),
                    format!("gauge: {{ metric: {}, aggregate: {aggregate} }}", series("queue_length", tape)),
                    false,
                )
            }
            1 | 2 => {
                let part = tape.pick(&["bad", "good"]);
                let total = series("http_requests_total", tape);
                (
                    unit("ratio"),
                    format!("ratio: {{ {part}: {}, total: {total} }}", series("errors_total", tape)),
                    true,
                )
            }
            3 => {
                let q = tape.pick(&["0.95", "0.5", "0.999"]);
                let histogram = series("http_request_duration_seconds", tape);
                (any(tape), format!("quantile: {{ q: {q}, histogram: {histogram}, native: true }}"), true)
            }
            4 => {
                // Buckets are not to be judged here: they reach from next to nothing to more than any limit.
                let line = format!(
                    "quantile: {{ q: 0.99, histogram: {}, buckets: [0, 1ns, 1h, 1000000h] }}",
                    series("latency_seconds", tape)
                );
                (unit("seconds"), line, true)
            }
            5 => (any(tape), format!("mean: {{ histogram: {} }}", series("size", tape)), true),
            6 => (
                unit(tape.pick(&rates)),
                format!("rate: {{ counter: {} }}", series("jobs_total", tape)),
                true,
            ),
            7 => {
                let over = tape.pick(&["1h", "30m", "2d"]);
                let counter = series("crashes_total", tape);
                (unit("count"), format!("increase: {{ counter: {counter}, over: {over} }}"), true)
            }
            8 => (any(tape), format!("manual: {}", quoted(&title(tape))), false),
            _ => (any(tape), format!("query: {}", quoted(tape.pick(QUERIES))), false),
        };
        let by = if kind == 8 { Vec::new() } else { labels(&line, tape) };
        Self { unit, says_unit: true, form: Form::Absolute, lines: vec![line], by, counts_events }
    }

    fn is(&self, kind: &str) -> bool {
        self.lines[0].starts_with(kind)
    }

    fn relate(&mut self, around: &Around, tape: &mut Tape<'_>) {
        if self.is("manual") || !tape.one_in(4) {
            return;
        }
        let own_offset =
            self.is("query") && (self.lines[0].contains("offset") || self.lines[0].contains('@'));
        let kinds = ["value", "baseline", "offset"];
        let line = match tape.pick(&kinds) {
            "baseline" if around.baseline => "relative_to: baseline".to_owned(),
            "offset" if (around.baseline || !around.scope) && !own_offset && !self.is("same_as") => {
                format!("relative_to: {{ offset: {} }}", tape.pick(&["7d", "1d", "2h"]))
            }
            _ => {
                let step = self.unit.steps[0];
                format!("relative_to: {{ value: {} }}", scalar(&self.unit.absolute(step * 3, tape).text))
            }
        };
        self.lines.push(line);
        self.form = Form::any_relative(self.unit, tape);
    }

    fn decorate(&mut self, around: &Around, tape: &mut Tape<'_>) {
        let relative = self.lines.iter().any(|line| line.starts_with("relative_to"));
        let same_as = self.is("same_as");
        let mut add = |line: String| self.lines.push(line);
        if tape.one_in(3) {
            add(format!("impact: {}", quoted(&title(tape))));
        }
        if tape.one_in(6) {
            add(format!("watch: {}", tape.pick(&["alert", "hourly", "daily", "weekly"])));
        }
        if tape.one_in(4) && !same_as {
            add(format!("window: {}", tape.pick(&["5m", "1h30m", "30m", "7m30s"])));
        }
        if tape.one_in(3) {
            add(format!("no_data: {}", tape.pick(NO_DATA)));
        }
        if tape.one_in(5) {
            add(format!("only_when: {}", quoted(tape.pick(GUARDS))));
        }
        if self.lines[0] == "query: \"up\"" && !relative && tape.one_in(2) {
            self.lines.push("samples: [{ series: { up: 3 }, gives: 3 }]".to_owned());
        }
        let mut add = |line: String| self.lines.push(line);
        if tape.one_in(5) {
            add(format!("reason: {}", quoted(&title(tape))));
        }
        if tape.one_in(5) && !same_as && !relative {
            let own = format!("{{ job: {}, \"env\": prod }}", quoted(&matcher(tape)));
            add(format!("scope: {}", tape.pick(&["fleet".to_owned(), own])));
        } else if !around.scope && !same_as {
            add("scope: fleet".to_owned());
        }
        let grows = ["rate", "increase"].iter().any(|kind| self.is(kind));
        if grows && !relative && tape.one_in(2) {
            self.lines.push("extensive: true".to_owned());
        }
    }
}

/// A selector as YAML: a name, or a name with matchers.
fn series(name: &str, tape: &mut Tape<'_>) -> String {
    match tape.below(4) {
        2 => quoted(&format!("{name}{{code=~\"5..|x\", path!=\"a\\\"b {{{{ }}}} \\n 华\"}}")),
        3 => quoted(&format!(" {name} {{ }} # all of them")),
        _ => name.to_owned(),
    }
}

/// Labels that the measurement can keep.
fn labels(line: &str, tape: &mut Tape<'_>) -> Vec<String> {
    if line.starts_with("query") && !line.contains("(region, zone)") {
        return Vec::new();
    }
    let known = if line.starts_with("query") {
        ["region", "zone"]
    } else {
        tape.pick(&[["region", "zone"], ["Instance_1", "_x"]])
    };
    known[..tape.below(3)].iter().map(|label| (*label).to_owned()).collect()
}

//! A release as YAML text.

use crate::model::{Condition, Ends, Level, Limits, Release};
use crate::text::{quoted, scalar};

pub fn render(release: &Release) -> String {
    let mut out = format!("relspec: 1\nrelease:\n  id: {}\n", release.id);
    lines(&mut out, 2, &release.lines);
    if !release.scope.is_empty() {
        out.push_str("scope:\n");
        lines(&mut out, 2, &release.scope);
    }
    out.push_str("metrics:\n");
    for metric in &release.metrics {
        out.push_str(&format!("  {}:\n    title: {}\n", metric.id, quoted(&metric.title)));
        if metric.says_unit {
            out.push_str(&format!("    unit: {}\n", metric.unit.name));
        }
        lines(&mut out, 4, &metric.lines);
        if !metric.by.is_empty() && !metric.lines[0].starts_with("same_as") {
            out.push_str(&format!("    by: [{}]\n", metric.by.join(", ")));
        }
        lines(&mut out, 4, &limits(&metric.limits));
        if !metric.wheres.is_empty() {
            out.push_str("    where:\n");
        }
        for entry in &metric.wheres {
            let mut keys: Vec<String> = entry.stage.iter().map(|stage| format!("stage: {stage}")).collect();
            keys.extend(entry.labels.iter().map(|(label, value)| format!("{label}: {}", quoted(value))));
            keys.extend(entry.off.then(|| "off: true".to_owned()));
            keys.extend(limits(&entry.limits));
            out.push_str(&format!("      - {{ {} }}\n", keys.join(", ")));
        }
    }
    out.push_str("stages:\n");
    for (n, stage) in release.stages.iter().enumerate() {
        let left = release.stages.len() - 1 - n;
        let share = format!("traffic: {}", ["100%", "50%", "0.05"][left]);
        let whose = if release.audience && n == 0 && left > 0 { "audience: a few" } else { &share };
        out.push_str(&format!("  - {{ id: {stage}, {whose}, lasts: 7d }}\n"));
    }
    out
}

fn lines(out: &mut String, indent: usize, lines: &[String]) {
    for line in lines {
        out.push_str(&format!("{:indent$}{line}\n", ""));
    }
}

fn limits(limits: &Limits) -> Vec<String> {
    let mut keys = Vec::new();
    keys.extend(
        limits
            .normal
            .as_ref()
            .map(|normal| format!("normal: {{ {} }}", ends(normal, ["min", "max"]).join(", "))),
    );
    for (name, level) in ["warn", "hold", "rollback"].iter().zip(&limits.levels) {
        let text = match level {
            None => continue,
            Some(Level::Removed) => "none".to_owned(),
            Some(Level::One(one)) => condition(one),
            Some(Level::List(list)) => {
                format!("[{}]", list.iter().map(condition).collect::<Vec<_>>().join(", "))
            }
        };
        keys.push(format!("{name}: {text}"));
    }
    keys.extend(limits.target.as_ref().map(|target| {
        let ends = ends(target, ["min", "max"]).join(", ");
        format!("target: {{ {ends}, over: 24h }}")
    }));
    keys.extend(limits.min_events.map(|least| format!("min_events: {least}")));
    keys
}

fn ends(ends: &Ends, names: [&str; 2]) -> Vec<String> {
    let pair = names.iter().zip([&ends.low, &ends.high]);
    pair.filter_map(|(name, value)| Some(format!("{name}: {}", scalar(&value.as_ref()?.text)))).collect()
}

fn condition(condition: &Condition) -> String {
    let mut keys = ends(&condition.bounds, ["below", "above"]);
    keys.extend(condition.lasts.map(|lasts| format!("for: {lasts}m")));
    keys.extend(condition.keep.map(|keep| format!("keep_firing_for: {keep}m")));
    for (name, after) in ["after_warn", "after_hold"].iter().zip(condition.after) {
        keys.extend(after.map(|after| format!("{name}: {after}m")));
    }
    keys.extend(condition.judge.then(|| "judge: \"Somebody complains: {{ loudly }}.\"".to_owned()));
    format!("{{ {} }}", keys.join(", "))
}

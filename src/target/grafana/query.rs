//! Queries and variables as Grafana writes them.

use super::model::{Annotation, Current, DataSource, Target, Variable};
use super::text;
use crate::plan::board::{self, Query, Reads, Show, Values};
use crate::plan::names;

/// The data source that the reader chooses.
pub const SOURCE: DataSource = DataSource { kind: "prometheus", uid: "${datasource}" };
/// What matches every value; the linter asks for the stricter one on two labels.
const ANY: &str = ".*";
const ANY_BUT_EMPTY: &str = ".+";

/// The targets of a panel.
pub fn targets(show: &Show) -> Vec<Target> {
    let range = matches!(show, Show::Lines { .. });
    let one = |(n, query): (usize, &Query)| Target {
        ref_id: ref_id(n),
        datasource: SOURCE,
        editor_mode: "code",
        expr: match show {
            Show::Age { .. } => format!("time() - {}", expr(query)),
            _ => expr(query),
        },
        legend_format: text::legend(&query.name, &query.labels),
        format: matches!(show, Show::Table { .. }).then_some("table"),
        instant: !range,
        range,
    };
    show.queries().iter().enumerate().map(one).collect()
}

/// `A` to `Z`, then numbers.
fn ref_id(n: usize) -> String {
    u8::try_from(n)
        .ok()
        .filter(|n| *n < 26)
        .map_or_else(|| format!("Q{n}"), |n| char::from(b'A' + n).to_string())
}

fn expr(query: &Query) -> String {
    match &query.reads {
        Reads::Series(series) => {
            let chosen = query.chosen.iter().map(|label| format!("{label}=~\"${}\"", names::variable(label)));
            chosen.fold(series.clone(), crate::plan::Series::matching).selector()
        }
        Reads::Constant(number) => format!("vector({})", number.to_promql()),
    }
}

/// The variables: the data source, then what the board's panels can be restricted to.
pub fn variables(variables: &[board::Variable]) -> Vec<Variable> {
    let source = Variable {
        kind: "datasource",
        name: "datasource".to_owned(),
        label: "Data source".to_owned(),
        query: "prometheus".to_owned(),
        datasource: None,
        current: None,
        multi: false,
        include_all: false,
        all_value: None,
        refresh: Some(1),
        sort: None,
    };
    std::iter::once(source).chain(variables.iter().map(variable)).collect()
}

fn variable(of: &board::Variable) -> Variable {
    let label = match of.label.as_str() {
        "job" => "Job",
        "instance" => "Instance",
        other => other,
    };
    let known = matches!(of.values, Values::Known(_));
    Variable {
        kind: if known { "custom" } else { "query" },
        name: names::variable(&of.label),
        label: label.to_owned(),
        query: match &of.values {
            Values::Known(values) => values.join(","),
            Values::Seen(series) => format!("label_values({}, {})", series.selector(), of.label),
        },
        datasource: (!known).then_some(SOURCE),
        current: Some(Current { text: ["All"], value: ["$__all"] }),
        multi: true,
        include_all: true,
        all_value: (!known).then_some(if label == of.label { ANY } else { ANY_BUT_EMPTY }),
        refresh: (!known).then_some(2),
        sort: (!known).then_some(1),
    }
}

/// What is drawn across all panels.
pub fn annotation(mark: &board::Mark) -> Annotation {
    let series = expr(&mark.query);
    Annotation {
        name: text::title(&mark.name),
        datasource: SOURCE,
        enable: true,
        icon_color: if mark.at_value { "blue" } else { "red" },
        // Grafana counts time in milliseconds.
        expr: if mark.at_value { format!("{series} * 1000") } else { series },
        title_format: text::legend("", &mark.query.labels),
        tag_keys: (!mark.at_value).then_some("level,metric"),
        use_value_for_time: mark.at_value,
    }
}

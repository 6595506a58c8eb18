//! Panels, each kind with its looks.

use super::model::{Exact, FieldConfig, GridPos, Organize, Panel, Transformation};
use super::options::{
    Color, Custom, Defaults, Legend, LineStyle, Lines, Mapped, Mapping, Matcher, Mode, Names, Options,
    Override, Property, Reduce, Stat, Table, Text, Threshold, Thresholds, Tooltip,
};
use super::{dashboard, query, text};
use crate::ladder::{Level, Place};
use crate::plan::board::{self, Query, Reads, Show, Step};
use crate::quantity::Unit;

/// The columns of a table of alerts that say nothing, or the same in each line.
const HIDDEN: [&str; 7] = ["Time", "Value", "__name__", "alertstate", "service", "severity", "team"];

/// A panel at its place.
pub fn panel(of: &board::Panel, grid_pos: GridPos) -> Panel {
    let (kind, field_config, options) = looks(of);
    let plain = matches!(of.show, Show::Text);
    Panel {
        id: of.id,
        kind,
        title: text::title(&of.title),
        description: if plain { String::new() } else { text::list(&of.about, &of.links) },
        grid_pos,
        datasource: (!plain).then_some(query::SOURCE),
        field_config,
        options,
        targets: query::targets(&of.show),
        transformations: transformations(&of.show),
        links: if plain { Vec::new() } else { of.links.iter().map(dashboard::link).collect() },
    }
}

fn looks(of: &board::Panel) -> (&'static str, Option<FieldConfig>, Options) {
    let stat = |text_mode, color_mode| Options::Stat(self::stat(text_mode, color_mode));
    match &of.show {
        Show::Lines { lines, unit, binary, steps } => {
            ("timeseries", Some(self::lines(lines, unit_of(*unit, *binary), steps)), Options::Lines(LINES))
        }
        Show::Verdict { query, words } => {
            let named = if query.labels.is_empty() { "value" } else { "value_and_name" };
            ("stat", Some(verdict(words)), stat(named, "background"))
        }
        Show::Label { none, .. } => ("stat", Some(plain("none", none)), stat("name", "none")),
        Show::Age { query, none } => {
            let named = if query.labels.is_empty() { "value" } else { "value_and_name" };
            ("stat", Some(plain("dtdurations", none)), stat(named, "none"))
        }
        Show::Table { none, .. } => {
            let table = Table { cell_height: "sm", frame_index: 0, show_header: true };
            ("table", Some(plain("none", none)), Options::Table(table))
        }
        Show::Text => {
            let content = text::list(&of.about, &of.links);
            ("text", None, Options::Text(Text { mode: "markdown", content }))
        }
    }
}

const LINES: Lines = Lines {
    legend: Legend { display_mode: "list", placement: "bottom", show_legend: true, calcs: ["lastNotNull"] },
    tooltip: Tooltip { mode: "multi", sort: "desc" },
};

fn stat(text_mode: &'static str, color_mode: &'static str) -> Stat {
    Stat {
        color_mode,
        graph_mode: "none",
        justify_mode: "auto",
        orientation: "auto",
        percent_change_color_mode: "standard",
        reduce_options: Reduce { calcs: ["lastNotNull"], fields: "", values: false },
        show_percent_change: false,
        text_mode,
        wide_layout: true,
    }
}

fn colour(place: Place) -> &'static str {
    match place {
        Place::Normal => "green",
        Place::Short => "transparent",
        Place::Level(Level::Warn) => "yellow",
        Place::Level(Level::Hold) => "orange",
        Place::Level(Level::Rollback) => "red",
    }
}

fn thresholds(steps: &[Step]) -> Thresholds {
    let step = |step: &Step| Threshold { color: colour(step.place), value: step.from.map(Exact) };
    let mut steps: Vec<Threshold> = steps.iter().map(step).collect();
    if steps.is_empty() {
        steps.push(Threshold { color: colour(Place::Normal), value: None });
    }
    Thresholds { mode: "absolute", steps }
}

fn plain(unit: &str, none: &str) -> FieldConfig {
    let defaults = Defaults {
        unit: unit.to_owned(),
        no_value: Some(none.to_owned()),
        color: None,
        mappings: Vec::new(),
        thresholds: thresholds(&[]),
        custom: None,
    };
    FieldConfig { defaults, overrides: Vec::new() }
}

fn verdict([go, hold, back, none]: &[String; 4]) -> FieldConfig {
    let mut config = plain("none", none);
    let places = [
        ("0", go, Place::Normal),
        ("1", hold, Place::Level(Level::Hold)),
        ("2", back, Place::Level(Level::Rollback)),
    ];
    let mapped = (0..).zip(places).map(|(index, (value, word, place))| {
        (value, Mapped { text: word.clone(), color: colour(place), index })
    });
    config.defaults.mappings = vec![Mapping { kind: "value", options: mapped.collect() }];
    config.defaults.color = Some(Color { mode: "thresholds", fixed_color: None });
    config
}

fn lines(lines: &[Query], unit: &'static str, steps: &[Step]) -> FieldConfig {
    let drawn = if steps.len() > 1 { "line+area" } else { "off" };
    // The axis reaches the first level on each side, so that the room left is seen.
    let level = |step: &&Step| matches!(step.place, Place::Level(_));
    let lowest = steps.iter().position(|step| !level(&step)).and_then(|at| steps[at].from);
    let highest = steps.iter().skip_while(level).find(level).and_then(|step| step.from);
    let defaults = Defaults {
        unit: unit.to_owned(),
        no_value: None,
        color: Some(Color { mode: "palette-classic", fixed_color: None }),
        mappings: Vec::new(),
        thresholds: thresholds(steps),
        custom: Some(Custom {
            line_width: Some(2),
            axis_soft_min: lowest.map(Exact),
            axis_soft_max: highest.map(Exact),
            thresholds_style: Mode { mode: drawn },
        }),
    };
    FieldConfig { defaults, overrides: constants(lines).into_iter().collect() }
}

/// Numbers that do not change are dashed.
fn constants(lines: &[Query]) -> Option<Override> {
    let constant = lines.iter().filter(|line| matches!(line.reads, Reads::Constant(_)));
    let names: Vec<String> = constant.map(|line| text::legend(&line.name, &line.labels)).collect();
    (!names.is_empty()).then(|| Override {
        matcher: Matcher { id: "byNames", options: Names { mode: "include", names } },
        properties: vec![
            Property::LineStyle(LineStyle { fill: "dash", dash: [10, 10] }),
            Property::Color(Color { mode: "fixed", fixed_color: Some("blue") }),
        ],
    })
}

/// Grafana's own name for a unit. It has none for events per hour and per day.
fn unit_of(unit: Unit, binary: bool) -> &'static str {
    match unit {
        Unit::Ratio => "percentunit",
        Unit::Percent => "percent",
        Unit::Seconds => "s",
        Unit::Bytes if binary => "bytes",
        Unit::Bytes => "decbytes",
        Unit::Count => "short",
        Unit::PerSecond => "cps",
        Unit::PerMinute => "cpm",
        Unit::PerHour => "suffix:/h",
        Unit::PerDay => "suffix:/d",
        Unit::Days => "d",
        Unit::None => "none",
    }
}

fn transformations(show: &Show) -> Vec<Transformation> {
    let Show::Table { query, .. } = show else { return Vec::new() };
    let release = query.labels.iter().any(|label| label == "release");
    let hidden = HIDDEN.into_iter().chain((!release).then_some("release"));
    let first = ["release", "alertname", "level", "metric"];
    vec![Transformation {
        id: "organize",
        options: Organize {
            exclude_by_name: hidden.map(|column| (column, true)).collect(),
            index_by_name: first.into_iter().zip(0..).collect(),
        },
    }]
}

//! What each kind of panel can be told about its looks.

use super::model::Exact;
use std::collections::BTreeMap;

#[derive(serde::Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Defaults {
    pub unit: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub no_value: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub color: Option<Color>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub mappings: Vec<Mapping>,
    pub thresholds: Thresholds,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub custom: Option<Custom>,
}

#[derive(serde::Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Color {
    pub mode: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fixed_color: Option<&'static str>,
}

#[derive(serde::Serialize)]
pub struct Mapping {
    #[serde(rename = "type")]
    pub kind: &'static str,
    pub options: BTreeMap<&'static str, Mapped>,
}

#[derive(serde::Serialize)]
pub struct Mapped {
    pub text: String,
    pub color: &'static str,
    pub index: u8,
}

#[derive(serde::Serialize)]
pub struct Thresholds {
    pub mode: &'static str,
    pub steps: Vec<Threshold>,
}

#[derive(serde::Serialize)]
pub struct Threshold {
    pub color: &'static str,
    pub value: Option<Exact>,
}

/// What a time series panel draws besides its lines.
#[derive(serde::Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Custom {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line_width: Option<u8>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub axis_soft_min: Option<Exact>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub axis_soft_max: Option<Exact>,
    pub thresholds_style: Mode,
}

#[derive(serde::Serialize)]
pub struct Mode {
    pub mode: &'static str,
}

/// Looks of some series only. Of Grafana's matchers only `byNames` has options that its schema takes.
#[derive(serde::Serialize)]
pub struct Override {
    pub matcher: Matcher,
    pub properties: Vec<Property>,
}

#[derive(serde::Serialize)]
pub struct Matcher {
    pub id: &'static str,
    pub options: Names,
}

#[derive(serde::Serialize)]
pub struct Names {
    pub mode: &'static str,
    pub names: Vec<String>,
}

#[derive(serde::Serialize)]
#[serde(tag = "id", content = "value")]
pub enum Property {
    #[serde(rename = "custom.lineStyle")]
    LineStyle(LineStyle),
    #[serde(rename = "color")]
    Color(Color),
}

#[derive(serde::Serialize)]
pub struct LineStyle {
    pub fill: &'static str,
    pub dash: [u8; 2],
}

/// The options of a panel's own kind.
#[derive(serde::Serialize)]
#[serde(untagged)]
pub enum Options {
    Lines(Lines),
    Stat(Stat),
    Table(Table),
    Text(Text),
}

#[derive(serde::Serialize)]
pub struct Lines {
    pub legend: Legend,
    pub tooltip: Tooltip,
}

#[derive(serde::Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Legend {
    pub display_mode: &'static str,
    pub placement: &'static str,
    pub show_legend: bool,
    pub calcs: [&'static str; 1],
}

#[derive(serde::Serialize)]
pub struct Tooltip {
    pub mode: &'static str,
    pub sort: &'static str,
}

#[derive(serde::Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Stat {
    pub color_mode: &'static str,
    pub graph_mode: &'static str,
    pub justify_mode: &'static str,
    pub orientation: &'static str,
    pub percent_change_color_mode: &'static str,
    pub reduce_options: Reduce,
    pub show_percent_change: bool,
    pub text_mode: &'static str,
    pub wide_layout: bool,
}

#[derive(serde::Serialize)]
pub struct Reduce {
    pub calcs: [&'static str; 1],
    pub fields: &'static str,
    pub values: bool,
}

#[derive(serde::Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Table {
    pub cell_height: &'static str,
    pub frame_index: u8,
    pub show_header: bool,
}

#[derive(serde::Serialize)]
pub struct Text {
    pub mode: &'static str,
    pub content: String,
}

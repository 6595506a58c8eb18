//! Grafana's classic dashboard, schema version 42, as far as boards use it.

use crate::quantity::Number;
use serde::ser::{Error as _, Serialize, Serializer};
use serde_json::value::RawValue;
use std::collections::BTreeMap;

/// A dashboard. Its description is the stamp, which the writer puts in.
#[derive(serde::Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Dashboard {
    pub uid: String,
    pub title: String,
    pub tags: Vec<String>,
    pub timezone: String,
    pub editable: bool,
    pub graph_tooltip: u8,
    pub refresh: &'static str,
    pub time: TimeRange,
    pub schema_version: u8,
    pub links: Vec<Link>,
    pub templating: Templating,
    pub annotations: Annotations,
    pub panels: Vec<Element>,
}

#[derive(serde::Serialize)]
pub struct TimeRange {
    pub from: &'static str,
    pub to: &'static str,
}

#[derive(serde::Serialize)]
pub struct Templating {
    pub list: Vec<Variable>,
}

#[derive(serde::Serialize)]
pub struct Annotations {
    pub list: Vec<Annotation>,
}

#[derive(serde::Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Link {
    pub title: String,
    #[serde(rename = "type")]
    pub kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    pub icon: &'static str,
    pub tooltip: String,
    pub tags: Vec<String>,
    pub as_dropdown: bool,
    pub target_blank: bool,
    pub include_vars: bool,
    pub keep_time: bool,
}

#[derive(serde::Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Variable {
    #[serde(rename = "type")]
    pub kind: &'static str,
    pub name: String,
    pub label: String,
    pub query: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub datasource: Option<DataSource>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub current: Option<Current>,
    pub multi: bool,
    pub include_all: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub all_value: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub refresh: Option<u8>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sort: Option<u8>,
}

#[derive(serde::Serialize)]
pub struct Current {
    pub text: [&'static str; 1],
    pub value: [&'static str; 1],
}

#[derive(serde::Serialize, Clone, Copy)]
pub struct DataSource {
    #[serde(rename = "type")]
    pub kind: &'static str,
    pub uid: &'static str,
}

#[derive(serde::Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Annotation {
    pub name: String,
    pub datasource: DataSource,
    pub enable: bool,
    pub icon_color: &'static str,
    pub expr: String,
    pub title_format: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tag_keys: Option<&'static str>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub use_value_for_time: bool,
}

/// What stands on the grid.
#[derive(serde::Serialize)]
#[serde(untagged)]
pub enum Element {
    Row(Row),
    Panel(Box<Panel>),
}

#[derive(serde::Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Row {
    pub id: u32,
    #[serde(rename = "type")]
    pub kind: &'static str,
    pub title: String,
    pub collapsed: bool,
    pub grid_pos: GridPos,
    pub panels: [(); 0],
}

#[derive(serde::Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Panel {
    pub id: u32,
    #[serde(rename = "type")]
    pub kind: &'static str,
    pub title: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub description: String,
    pub grid_pos: GridPos,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub datasource: Option<DataSource>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub field_config: Option<FieldConfig>,
    pub options: super::options::Options,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub targets: Vec<Target>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub transformations: Vec<Transformation>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<Link>,
}

#[derive(serde::Serialize, Clone, Copy, Debug, PartialEq, Eq)]
pub struct GridPos {
    pub x: u32,
    pub y: u32,
    pub w: u32,
    pub h: u32,
}

#[derive(serde::Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Target {
    pub ref_id: String,
    pub datasource: DataSource,
    pub editor_mode: &'static str,
    pub expr: String,
    pub legend_format: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub format: Option<&'static str>,
    pub instant: bool,
    pub range: bool,
}

#[derive(serde::Serialize)]
pub struct Transformation {
    pub id: &'static str,
    pub options: Organize,
}

#[derive(serde::Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Organize {
    pub exclude_by_name: BTreeMap<&'static str, bool>,
    pub index_by_name: BTreeMap<&'static str, u8>,
}

#[derive(serde::Serialize)]
pub struct FieldConfig {
    pub defaults: super::options::Defaults,
    pub overrides: Vec<super::options::Override>,
}

/// A number of the plan, with all of its digits: a detour through floating point could change them.
pub struct Exact(pub Number);

impl Serialize for Exact {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0.to_decimal() {
            Some(decimal) => RawValue::from_string(decimal).map_err(S::Error::custom)?.serialize(serializer),
            // Decimals that never end have no exact form in JSON.
            None => serializer.serialize_f64(self.0.to_f64()),
        }
    }
}

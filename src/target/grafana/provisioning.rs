//! The file from which Grafana learns where the boards lie.

use crate::plan::names;

/// Where the folder `generated` is expected on Grafana's own machine.
const MOUNTED: &str = "/var/lib/grafana/dashboards/relspec";

/// Providers of dashboards. Each reads one folder: read as a whole, the output would hold JSON that is no dashboard.
#[derive(serde::Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Provisioning<'a> {
    api_version: u8,
    providers: Vec<Provider<'a>>,
}

#[derive(serde::Serialize)]
#[serde(rename_all = "camelCase")]
struct Provider<'a> {
    name: String,
    folder: &'a str,
    folder_uid: &'static str,
    #[serde(rename = "type")]
    kind: &'static str,
    disable_deletion: bool,
    allow_ui_updates: bool,
    update_interval_seconds: u32,
    options: Options,
}

#[derive(serde::Serialize)]
struct Options {
    path: String,
}

impl<'a> Provisioning<'a> {
    /// One provider for the board of all releases, and one for each release.
    pub fn new<'b>(folder: &'a str, ids: impl Iterator<Item = &'b str>) -> Self {
        let provider = |name: String, file: &str| Provider {
            name,
            folder,
            folder_uid: names::BOARD_TAG,
            kind: "file",
            disable_deletion: false,
            allow_ui_updates: false,
            update_interval_seconds: 60,
            options: Options {
                path: format!("{MOUNTED}/{}", file.rsplit_once('/').map_or("", |(folder, _)| folder)),
            },
        };
        let overview = provider(names::OVERVIEW_UID.to_owned(), names::OVERVIEW_FILE);
        let releases = ids.map(|id| provider(names::provider(id), &names::board_file(id)));
        Self { api_version: 1, providers: std::iter::once(overview).chain(releases).collect() }
    }
}

//! Boards of releases that measure nothing, and of releases that measure very much.

use crate::projects::{boards, compiled, elements};
use relspec::{Project, compile};
use std::collections::BTreeSet;

#[test]
fn without_a_measured_metric_there_are_words_and_links() {
    let spec = "relspec: 1\nrelease: { id: example, title: Example, service: shop, version: \"2\", owner: team }\nmetrics:\n  mood:\n    title: The mood of the team\n    watch: daily\n    unit: none\n    manual: Ask around.\nstages: [{ id: all, lasts: 1d }]\n";
    for board in boards(&compiled(spec)) {
        let kinds: Vec<_> = elements(&board.json).map(|panel| panel["type"].as_str().unwrap_or("")).collect();
        assert_eq!(kinds, ["row", "text"], "{}", board.path);
    }
    let release = boards(&compiled(spec)).remove(0);
    let words = release.panels()[0]["options"]["content"].as_str().expect("words");
    assert!(words.contains("The mood of the team") && words.contains("example/runbook/README.md"), "{words}");
}

#[test]
fn thousands_of_metrics_have_a_panel_each() {
    let ids: Vec<String> = (0..3000).map(|n| format!("m{n}")).collect();
    let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
    let mut project = Project::default();
    project.config_file = Some(project.sources.add("relspec.yaml", "relspec: 1\ntargets: [grafana]\n"));
    project.spec_files.push(project.sources.add("specs/a.yaml", crate::stability::spec(&ids)));
    let board = boards(&compile(&project)).remove(0);
    let lines = board.panels().into_iter().filter(|panel| panel["type"] == "timeseries").count();
    assert_eq!(lines, 3000);
    let mut numbers = BTreeSet::new();
    assert!(elements(&board.json).all(|panel| numbers.insert(panel["id"].as_u64().expect("a number"))));
}

#[test]
fn the_board_of_all_releases_has_no_more_panels_when_there_are_more() {
    let overview = |releases: usize| {
        let mut project = Project::default();
        for n in 0..releases {
            let spec = crate::stability::spec(&["alpha"]).replace("id: example", &format!("id: release-{n}"));
            let file = project.sources.add(format!("specs/{n}.yaml"), spec);
            project.spec_files.push(file);
        }
        let outcome = compile(&project);
        let board = boards(&outcome).into_iter().find(|board| board.path == "grafana/overview.json");
        let board = board.expect("a board of all releases");
        for n in 0..releases {
            assert!(board.text.contains(&format!("/d/relspec-release-{n})")), "a link to each");
        }
        board.panels().len()
    };
    assert_eq!(overview(2), overview(300));
}

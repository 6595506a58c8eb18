//! Where alerts land: amtool's word against the plan's, for every alert of every release.

use crate::amtool::{Amtool, amtools};
use rayon::prelude::*;
use relspec::ladder::Level;
use relspec::plan::routing::check::labels;
use relspec::plan::{Alert, Plan, ReleasePlan, Rule, names};
use relspec::spec::alertmanager::Route;
use relspec::{Project, judge};
use std::path::{Path, PathBuf};

type Labels = Vec<(String, String)>;

/// The project of a folder, as its own build sees it, and the folder of what a build has made of it.
fn projects() -> Vec<(Project, PathBuf)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut all = vec![(project(root, &root.join("specs"), root), root.join("generated"))];
    let cases = root.join("tests/cases");
    for entry in std::fs::read_dir(cases.join("ok")).expect("cases") {
        let folder = entry.expect("an entry").path();
        let own = folder.join("relspec.yaml").is_file();
        let config = if own { folder.as_path() } else { cases.as_path() };
        let made = folder.join("expected");
        if made.join(names::ALERTMANAGER_FILE).is_file() {
            all.push((project(config, &folder, &folder), made));
        }
    }
    assert!(all.len() > 20, "{}", all.len());
    all
}

fn project(config: &Path, specs: &Path, root: &Path) -> Project {
    let mut project = Project::default();
    if config.join("relspec.yaml").is_file() {
        project.config_file = project.sources.read(config, Path::new("relspec.yaml")).ok();
    }
    relspec::cli::load::alertmanager(&mut project, root);
    for spec in relspec::source::find_specs(specs).files {
        let other = ["relspec.yaml", "alertmanager.yml"].iter().any(|name| spec.ends_with(name));
        if !other && !spec.starts_with(root.join("expected")) {
            project.spec_files.push(project.sources.read(root, &spec).expect("a release"));
        }
    }
    project
}

/// Every alert with some value for the labels that its series bring.
fn alerts(release: &ReleasePlan<'_>) -> Vec<Labels> {
    let rules = release.groups.iter().flat_map(|group| &group.rules);
    let of = |alert: &Alert| {
        let mut labels = labels(alert);
        let id =
            labels.iter().find(|(name, _)| name == "metric").map(|(_, id)| id.clone()).expect("a metric");
        let by = release.spec.metric(&id).into_iter().flat_map(|metric| &metric.by);
        for label in by.filter(|label| !alert.labels.iter().any(|(name, _)| *name == label.value)) {
            labels.push((label.value.clone(), "eu \"west\"\\1".to_owned()));
        }
        labels
    };
    rules.filter_map(|rule| if let Rule::Alert(alert) = rule { Some(of(alert)) } else { None }).collect()
}

/// The receivers that the release names for an alert's level.
fn wanted(release: &ReleasePlan<'_>, labels: &Labels) -> Vec<String> {
    let level = labels.iter().find(|(name, _)| name == "level").map(|(_, level)| level.as_str());
    let level = Level::ALL.into_iter().find(|one| Some(one.name()) == level).expect("a level");
    let told = release.spec.told(level, release.config);
    let name = |shared: bool, id: &str| names::receiver((!shared).then_some(release.id.as_str()), id);
    told.iter().map(|channel| name(channel.shared, &channel.row.key.value)).collect()
}

fn hold_against(amtool: &Amtool, plan: &Plan<'_>, made: &Path) -> usize {
    let all = made.join(names::ALERTMANAGER_FILE);
    let asked: Vec<_> = plan
        .releases
        .iter()
        .flat_map(|release| alerts(release).into_iter().map(move |labels| (release, labels)))
        .collect();
    asked.par_iter().for_each(|(release, labels)| {
        let wanted = wanted(release, labels);
        let or = |default: Vec<String>| if wanted.is_empty() { default } else { wanted.clone() };
        let alone = amtool.receivers(&made.join(names::alertmanager_part(&release.id)), labels);
        assert_eq!(alone, or(vec![names::DEFAULT_RECEIVER.to_owned()]), "{}: {labels:?}", release.id);
        let theirs = plan.config.own.as_ref().map(|team| receivers(&team.route, labels));
        let together = amtool.receivers(&all, labels);
        assert_eq!(together, or(theirs.unwrap_or(alone)), "{}: {labels:?}", all.display());
    });
    asked.len()
}

fn receivers(route: &Route, labels: &Labels) -> Vec<String> {
    route.resolve(labels).iter().map(|landing| landing.receiver.to_owned()).collect()
}

#[test]
fn every_alert_lands_where_the_plan_says_alone_and_among_the_team_s_own_routes() {
    for amtool in amtools() {
        let mut asked = 0;
        for (project, made) in projects() {
            let judged = judge(&project);
            let plan = Plan::new(&judged.specs, &judged.config);
            let plan = plan.unwrap_or_else(|faults| panic!("{}: {faults:?}", made.display()));
            asked += hold_against(&amtool, &plan, &made);
        }
        assert!(asked > 100, "{asked} alerts");
    }
}

/// The team's own routes as we follow them, for alerts of all kinds.
#[test]
fn the_team_s_own_routes_are_followed_as_alertmanager_does() {
    let folder =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/ok/merged-into-a-large-configuration");
    let project = project(&folder, &folder, &folder);
    let judged = judge(&project);
    let team = judged.config.own.as_ref().expect("the team's own file");
    let values = [
        ("alertname", ["Watchdog", "KubeJobFailed", "ReplicaLag", "Kube", "Other"]),
        ("severity", ["critical", "warning", "info", "", "page"]),
        ("team", ["db", "network", "", "dbx", "web"]),
        ("namespace", ["kube-system", "batch-1", "ingress", "", "shop"]),
        ("service", ["payments", "refunds", "", "xpayments", "shop"]),
        ("cluster", ["build-1", "prod", "", "a build-1", "build-"]),
    ];
    let pick = |of: usize| -> Labels {
        let mut rest = of;
        let chosen = values.iter().map(|(name, words)| {
            let word = words[rest % words.len()];
            rest /= words.len();
            ((*name).to_owned(), word.to_owned())
        });
        chosen.filter(|(_, value)| !value.is_empty()).collect()
    };
    let file = folder.join("alertmanager.yml");
    // Numbers that no factor joins reach all combinations of neighbours.
    let sets: Vec<Labels> = (0..400_usize).map(|n| pick(n * 2_017 % 15_625)).collect();
    for amtool in amtools() {
        sets.par_iter().for_each(|labels| {
            assert_eq!(amtool.receivers(&file, labels), receivers(&team.route, labels), "{labels:?}");
        });
    }
}

//! Where alerts end, and what they have there.

use super::*;

fn route(receiver: Option<&str>, matchers: &str, goes_on: bool, routes: Vec<Route>) -> Route {
    Route {
        receiver: receiver.map(str::to_owned),
        matchers: crate::spec::alertmanager::matcher::parse(matchers).expect("matchers"),
        goes_on,
        routes,
        ..Route::default()
    }
}

fn labels(labels: &[(&str, &str)]) -> Vec<(String, String)> {
    labels.iter().map(|(l, v)| ((*l).to_owned(), (*v).to_owned())).collect()
}

fn lands(tree: &Route, of: &[(&str, &str)]) -> Vec<String> {
    tree.resolve(&labels(of)).iter().map(|landing| landing.receiver.to_owned()).collect()
}

#[test]
fn alerts_go_on_where_a_route_lets_them_and_stay_where_no_child_takes_them() {
    let tree = route(
        Some("root"),
        "",
        false,
        vec![
            route(Some("log"), "", true, Vec::new()),
            route(Some("a"), "team=a", false, vec![route(None, "level=high", false, Vec::new())]),
            route(Some("b"), "level=high", false, Vec::new()),
        ],
    );
    assert_eq!(lands(&tree, &[("team", "a"), ("level", "high")]), ["log", "a"]);
    assert_eq!(lands(&tree, &[("level", "high")]), ["log", "b"]);
    assert_eq!(lands(&tree, &[("level", "low")]), ["log"]);
    assert_eq!(lands(&route(Some("root"), "", false, Vec::new()), &[]), ["root"]);
}

#[test]
fn groups_and_waits_are_taken_over_one_by_one_and_an_empty_list_says_nothing() {
    let seconds = |n| Duration::from_seconds(n);
    let by = |labels: &[&str]| Some(labels.iter().map(|label| (*label).to_owned()).collect());
    let mut leaf = route(None, "a=b", false, Vec::new());
    (leaf.group_by, leaf.waits.repeat) = (by(&[]), seconds(60));
    let mut middle = route(Some("x"), "", false, vec![leaf]);
    (middle.group_by, middle.waits.wait) = (by(&[ALL_LABELS]), seconds(1));
    let mut tree = route(Some("root"), "", false, vec![middle]);
    (tree.group_by, tree.waits.interval) = (by(&["zone", "a"]), seconds(7));
    let alert = labels(&[("zone", "1"), ("a", "b")]);
    let landing = &tree.resolve(&alert)[0];
    assert_eq!((landing.receiver, landing.path()), ("x", vec!["{}".to_owned(), "{a=\"b\"}".to_owned()]));
    assert_eq!(landing.group_by(), [ALL_LABELS]);
    assert_eq!(landing.group(&alert), labels(&[("a", "b"), ("zone", "1")]));
    assert_eq!(landing.waits().map(|time| time.millis() / 1000), [1, 7, 60]);
    tree.routes[0].group_by = None;
    let landing = &tree.resolve(&alert)[0];
    assert_eq!(landing.group(&labels(&[("a", "b")])), labels(&[("a", "b")]), "a label that is lacking");
}

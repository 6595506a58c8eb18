//! Single pictures.

use super::{check, gauge, labels, picture, release, zones};
use crate::spec::release::Language;
use crate::target::runbook::ladder::draw;
use crate::template::Phrases;

fn classes(svg: &str) -> Vec<Vec<String>> {
    zones(svg).into_iter().map(|bar| bar.into_iter().map(|zone| zone.0).collect()).collect()
}

fn texts(svg: &str, class: &str) -> Vec<String> {
    labels(svg).into_iter().filter(|label| label.class == class).map(|label| label.text).collect()
}

#[test]
fn higher_is_worse() {
    let spec = release(
        "    title: Failed requests\n    unit: ratio\n    ratio: { bad: 'r{c=\"5\"}', total: r }\n    normal: { max: 0.2% }\n    \
         warn: { above: 0.5%, for: 10m }\n    hold: { above: 1%, for: 10m }\n    rollback: { above: 2%, for: 1h30m }\n    \
         target: { max: 1% }\n",
    );
    let en = picture(&spec, Language::En);
    check(&en);
    assert_eq!(classes(&en.svg), [["normal", "short", "warn", "hold", "rollback"]]);
    assert_eq!(texts(&en.svg, "edge"), ["0.2%", "0.5%", "1%", "2%"]);
    assert_eq!(texts(&en.svg, "lasts dim"), ["for 10 min", "for 10 min", "for 1 h 30 min"]);
    assert_eq!(texts(&en.svg, "mark"), ["target 1%"]);
    assert_eq!(texts(&en.svg, "word"), ["normal", "warn", "hold", "rollback"]);
    assert_eq!(texts(&en.svg, "dim"), ["share · not to scale"]);
    assert_eq!(
        en.words,
        "normal up to 0.2%, warn above 0.5% for 10 minutes, hold above 1% for 10 minutes, rollback above 2% for 1 hour 30 \
         minutes, target at most 1%"
    );
    let zh = picture(&spec, Language::ZhCn);
    check(&zh);
    assert_eq!(
        zh.words,
        "不超过 0.2% 为正常，高于 0.5% 持续 10 分钟时警告，高于 1% 持续 10 分钟时暂停，高于 2% 持续 1 小时 30 分钟时回滚，目标不超过 1%"
    );
}

#[test]
fn lower_is_worse_and_what_is_not_told() {
    let spec = gauge(&[
        "unit: count",
        "warn: { below: 40, for: 0s }",
        "rollback: { below: 30, after_warn: 2h, for: 15m }",
    ]);
    let picture = picture(&spec, Language::En);
    check(&picture);
    assert_eq!(classes(&picture.svg), [["rollback", "warn", "short"]]);
    assert_eq!(texts(&picture.svg, "lasts dim"), ["for 15 min", "at once"]);
    assert_eq!(texts(&picture.svg, "dim"), ["number · not to scale", "rollback after 2 hours of warn"]);
    assert_eq!(picture.words, "warn below 40, rollback below 30 for 15 minutes or after 2 hours of warn");
}

#[test]
fn a_band_with_a_list() {
    let spec = gauge(&[
        "unit: per_hour",
        "normal: { min: 10, max: 100 }",
        "warn: { below: 5, above: 200, for: 15m }",
        "rollback: [ { below: 1, for: 50m }, { above: 500, for: 15m }, { above: 50000, for: 1m } ]",
        "target: { min: 2, max: 300 }",
    ]);
    let picture = picture(&spec, Language::En);
    check(&picture);
    let wanted = ["rollback", "warn", "short", "normal", "short", "warn", "rollback", "rollback"];
    assert_eq!(classes(&picture.svg), [wanted]);
    assert_eq!(texts(&picture.svg, "edge"), ["1/h", "5/h", "10/h", "100/h", "200/h", "500/h", "50000/h"]);
    assert_eq!(
        picture.words,
        "normal from 10/h to 100/h, warn below 5/h for 15 minutes or above 200/h for 15 minutes, rollback below 1/h for 50 minutes \
         or above 500/h for 15 minutes or above 50000/h for 1 minute, target from 2/h to 300/h"
    );
}

#[test]
fn limits_that_differ_are_bars_of_their_own_with_equal_values_below_each_other() {
    let spec = gauge(&[
        "unit: count",
        "normal: { max: 100 }",
        "warn: { above: 200, for: 10m }",
        "rollback: { above: 500, for: 10m }",
        "where: [ { stage: canary, warn: { above: 150, for: 10m } }, { stage: full, off: true } ]",
    ]);
    let picture = picture(&spec, Language::En);
    check(&picture);
    assert_eq!(texts(&picture.svg, "head"), ["everywhere else", "First users", "full"]);
    let bars = zones(&picture.svg);
    assert_eq!(bars.len(), 2);
    let rollback = |bar: &[(String, f64, f64)]| bar.last().unwrap().1;
    assert!((rollback(&bars[0]) - rollback(&bars[1])).abs() < 0.1, "500 stands at one place");
    assert!(bars[1][2].1 < bars[0][2].1, "150 stands before 200");
    assert_eq!(
        picture.words,
        "everywhere else: normal up to 100, warn above 200 for 10 minutes, rollback above 500 for 10 minutes; First users: normal up \
         to 100, warn above 150 for 10 minutes, rollback above 500 for 10 minutes; full: not watched"
    );
}

#[test]
fn many_different_limits_get_an_axis_each() {
    let regions: Vec<String> = (1..6)
        .map(|n| {
            format!(
                "{{ region: r{n}, warn: {{ above: {n}1, for: 10m }}, rollback: {{ above: {n}2, for: 10m }} }}"
            )
        })
        .collect();
    let places = format!("where: [ {} ]", regions.join(", "));
    let spec = gauge(&[
        "unit: count",
        "by: [region]",
        "warn: { above: 1, for: 10m }",
        "rollback: { above: 2, for: 10m }",
        &places,
    ]);
    let picture = picture(&spec, Language::En);
    check(&picture);
    assert_eq!(texts(&picture.svg, "head")[1], "region=r1");
    let bars = zones(&picture.svg);
    assert_eq!(bars.len(), 6);
    assert!(
        bars.iter().all(|bar| (bar[1].1 - bars[0][1].1).abs() < 0.1),
        "each begins at its own first value"
    );
}

#[test]
fn what_has_no_bound_has_no_picture() {
    let spec = gauge(&["unit: count", "watch: daily", "rollback: { judge: Too many. }"]);
    assert_eq!(draw(&spec, &spec.metrics[0], Phrases::of(Language::En).unwrap()), Ok(None));
}

#[test]
fn numbers_without_a_unit_get_that_of_the_metric_and_differences_say_from_what() {
    let spec = gauge(&[
        "unit: bytes",
        "relative_to: { offset: 7d }",
        "warn: { above: +15%, for: 10m }",
        "rollback: { above: 2x, for: 10m }",
    ]);
    let picture = picture(&spec, Language::En);
    assert_eq!(texts(&picture.svg, "edge"), ["+15%", "2x"]);
    assert_eq!(texts(&picture.svg, "dim"), ["difference from 7 days before · not to scale"]);
}

#[test]
fn a_hostile_title_stays_a_text() {
    let long = "very ".repeat(200);
    for title in [
        "</title><script>x</script>",
        "\"&'<!--",
        "]]>",
        "\\u202Eabc\\u0007",
        long.as_str(),
        "订单失败率订单失败率",
    ] {
        let title = title.replace('"', "\\\"");
        let spec = release(&format!(
            "    title: \"{title}\"\n    unit: count\n    gauge: {{ metric: q, aggregate: max }}\n    warn: {{ above: 1 }}\n"
        ));
        let picture = picture(&spec, Language::En);
        check(&picture);
        assert!(!picture.svg.contains("<script"), "{}", picture.svg);
        assert_eq!(texts(&picture.svg, "title").len(), 1);
    }
}

#[test]
fn limits_that_are_taken_away_everywhere_are_told() {
    let off = "where: [ { stage: canary, off: true }, { stage: full, off: true } ]";
    let spec = gauge(&["unit: count", "warn: { above: 1 }", "rollback: { above: 2 }", off]);
    let picture = picture(&spec, Language::En);
    check(&picture);
    assert_eq!(texts(&picture.svg, "head"), ["everywhere else", "First users, full"]);
}

//! A project's own templates and phrases.

use super::{load, render};
use crate::diag::Diagnostic;
use crate::source::Sources;
use crate::spec::release::Language;
use crate::template::{BUILT_IN, TemplateFault, Templates};
use minijinja::value::Value;

const PAGE: &str = "{% import 'runbook/parts.md' as parts %}{{ parts.picture('a', 'b') }}";

fn told(sources: &Sources, finding: &Diagnostic) -> (String, String) {
    let place = finding.place().unwrap();
    let path = &sources.get(place.file).path;
    (format!("{path}: {}", sources.text(place)), finding.message.clone())
}

/// The place and the message of what rendering finds.
fn fault(own: &[(&str, &str)]) -> (String, String) {
    let (sources, templates, findings) = load(PAGE, own);
    assert_eq!(findings, []);
    match templates.render(Language::En, "runbook/page.md", &minijinja::context! { given => 1 }) {
        Err(TemplateFault::Own(finding)) => told(&sources, &finding),
        other => panic!("{other:?}"),
    }
}

/// The place and the message of what reading finds.
fn finding(name: &str, text: &str) -> (String, String, String) {
    let (sources, _, findings) = load(PAGE, &[(name, text)]);
    assert_eq!(findings.len(), 1, "{findings:?}");
    let (place, message) = told(&sources, &findings[0]);
    (place, message, findings[0].help.clone().unwrap())
}

#[test]
fn a_template_of_the_project_stands_for_the_built_in_one() {
    let own = "{% macro picture(alt, file) %}({{ alt }}){% endmacro %}";
    let (page, findings) = render(PAGE, &Value::UNDEFINED, &[("runbook/parts.md", own)]);
    assert_eq!((page.unwrap().as_str(), findings.len()), ("(a)", 0));
}

#[test]
fn a_name_that_is_not_given_is_shown_in_its_file() {
    let (place, message) = fault(&[("runbook/page.md", "line\n{{ given }} {{ gvien.name }}\n")]);
    assert_eq!(place, "templates/runbook/page.md: gvien.name");
    assert!(message.contains("undefined value"), "{message}");
    let own = "{% macro picture(alt, file) %}{{ alt.x.y }}{% endmacro %}";
    assert_eq!(fault(&[("runbook/parts.md", own)]).0, "templates/runbook/parts.md: .x.y");
}

#[test]
fn what_a_template_leaves_out_is_its_own_fault() {
    let (place, message) = fault(&[("runbook/parts.md", "nothing\n")]);
    assert_eq!(place, "templates/runbook/parts.md: ");
    assert!(message.contains("beside it"), "{message}");
}

#[test]
fn syntax_is_judged_where_the_file_is_read() {
    let (place, message, _) = finding("runbook/parts.md", "a\n{% if x %}\nb {{ c\n");
    assert!(place.starts_with("templates/runbook/parts.md: "), "{place}");
    assert!(message.contains("syntax error"), "{message}");
}

#[test]
fn a_file_that_replaces_nothing_is_told_with_what_was_meant() {
    let (_, message, help) = finding("runbook/part.md", "x");
    assert!(message.contains("`templates/runbook/part.md` replaces nothing"), "{message}");
    assert_eq!(help, "did you mean `templates/runbook/parts.md`?");
    assert_eq!(finding("phrases/zh_CN.yaml", "a: b").2, "did you mean `templates/phrases/zh-CN.yaml`?");
    assert_eq!(finding("runbook/release/hed.md", "x").2, "did you mean `templates/runbook/release/head.md`?");
    let (_, _, help) = finding("runbook/something-else.md", "x");
    assert!(help.starts_with("the built-in templates are `runbook/alert/back_when.md`"), "{help}");
}

#[test]
fn phrases_are_replaced_one_by_one() {
    let (_, templates, findings) = load(PAGE, &[("phrases/en.yaml", "level-hold: stop\n")]);
    assert_eq!(findings, []);
    let say =
        |templates: &Templates, language, name| templates.phrases(language).unwrap().say(name, &()).unwrap();
    assert_eq!(say(&templates, Language::En, "level-hold"), "stop");
    assert_eq!(say(&templates, Language::En, "level-warn"), "warn");
    assert_eq!(say(&templates, Language::ZhCn, "level-hold"), "暂停");
    assert_eq!(say(&Templates::default(), Language::En, "level-hold"), "hold");
}

#[test]
fn a_phrase_is_judged_where_it_is_read() {
    let of = |text| finding("phrases/en.yaml", text);
    let (place, message, help) = of("level-hodl: stop\n");
    assert_eq!(place, "templates/phrases/en.yaml: level-hodl");
    assert!(message.contains("no phrase `level-hodl`"), "{message}");
    assert_eq!(help, "did you mean `level-hold`?");
    let (place, message, help) = of("summary-no-data: \"{{ titel }} is gone\"\n");
    assert_eq!(place, "templates/phrases/en.yaml: \"{{ titel }} is gone\"");
    assert!(message.contains("no `titel`"), "{message}");
    assert_eq!(help, "did you mean `title`?");
    assert!(of("summary-no-data: \"{{ title\"\n").1.contains("syntax error"));
    assert!(of("summary-no-data: \"{{ title | shout }}\"\n").1.contains("shout"));
    assert!(of("level-hold: [a]\n").1.contains("phrases are texts"));
    assert!(of("- a\n").1.contains("phrases are texts"));
}

#[test]
fn the_built_in_phrases_and_templates_are_sound_as_a_projects_own() {
    let own = [
        ("phrases/en.yaml", include_str!("../../../templates/phrases/en.yaml")),
        ("phrases/zh-CN.yaml", include_str!("../../../templates/phrases/zh-CN.yaml")),
    ];
    let own: Vec<_> = own.into_iter().chain(BUILT_IN.iter().copied()).collect();
    assert_eq!(load(PAGE, &own).2, []);
}

#[test]
fn a_phrase_that_does_not_work_changes_nothing() {
    let (_, templates, _) = load(PAGE, &[("phrases/en.yaml", "level-hold: \"{{ x }}\"\n")]);
    assert_eq!(templates.phrases(Language::En).unwrap().say("level-hold", &()).unwrap(), "hold");
}

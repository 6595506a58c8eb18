//! Templates: what they print, and whose fault it is when they do not.

mod own;
mod words;

use super::{BUILT_IN, TemplateFault, Templates};
use crate::diag::Diagnostic;
use crate::source::Sources;
use crate::spec::release::Language;
use minijinja::value::Value;

/// One template with the built-in parts beside it, and the files of a project.
fn render(
    page: &'static str,
    with: &Value,
    own: &[(&str, &str)],
) -> (Result<String, TemplateFault>, Vec<Diagnostic>) {
    let (sources, templates, findings) = load(page, own);
    drop(sources);
    (templates.render(Language::En, "runbook/page.md", with), findings)
}

fn load(page: &'static str, own: &[(&str, &str)]) -> (Sources, Templates, Vec<Diagnostic>) {
    let mut sources = Sources::default();
    let files: Vec<_> =
        own.iter().map(|(name, text)| sources.add(format!("templates/{name}"), *text)).collect();
    let mut built_in = BUILT_IN.to_vec();
    built_in.push(("runbook/page.md", page));
    let mut findings = Vec::new();
    let templates = Templates::of(&built_in, &sources, &files, &mut findings);
    (sources, templates, findings)
}

fn shown(page: &'static str, with: Value) -> String {
    render(page, &with, &[]).0.unwrap()
}

#[test]
fn every_printed_text_is_escaped_unless_a_filter_made_it() {
    let with =
        || minijinja::context! { text => "a | *b*", list => ["*x*", "_y_"], n => 3, half => 2.5, one => 1.0 };
    assert_eq!(shown("{{ text }}", with()), "a \\| \\*b\\*");
    assert_eq!(shown("{{ text | code }}", with()), "`a | *b*`");
    assert_eq!(shown("{{ text | code_cell }}", with()), "`a \\| *b*`");
    assert_eq!(shown("{{ text | cell }}", with()), "a \\| \\*b\\*");
    assert_eq!(shown("{{ text ~ '!' }}", with()), "a \\| \\*b\\*\\!");
    assert_eq!(shown("{{ list | join(', ') }}", with()), "\\*x\\*, \\_y\\_");
    assert_eq!(
        shown("{% filter cell %}{{ text }} {{ text | code_cell }}{% endfilter %}", with()),
        "a \\| \\*b\\* `a \\| *b*`"
    );
    assert_eq!(shown("{% set x %}**{{ text }}**{% endset %}{{ x }}", with()), "**a \\| \\*b\\***");
    assert_eq!(shown("{{ n }} {{ half }} {{ one }}", with()), "3 2.5 1");
    assert_eq!(shown("{{ text | fence('sh', '  ') }}", with()), "```sh\n  a | *b*\n  ```");
}

#[test]
fn phrases_are_said_with_escaped_values() {
    let with = minijinja::context! { title => "Failed | *requests*" };
    let page = "{{ say('summary-no-data', title=title, which='') }} {{ say('summary-no-data', title=title | code, which='') }}";
    assert_eq!(shown(page, with), "Failed \\| \\*requests\\*: no data. `Failed | *requests*`: no data.");
}

#[test]
fn parts_are_markdown() {
    let page = "{% import 'runbook/parts.md' as parts %}{{ parts.picture('a [b]', 'x y.svg') }}\n\n\
                {{ parts.callout('CAUTION', text) }}\n{{ parts.diagram('flowchart LR') }}";
    let with = minijinja::context! { text => "Go *back*.\n\nNow." };
    let wanted = "![a \\[b\\]](x%20y.svg)\n\n> [!CAUTION]\n> Go \\*back\\*.\n>\n> Now.\n\n```mermaid\nflowchart LR\n```\n";
    assert_eq!(shown(page, with), wanted);
}

#[test]
fn what_is_not_there_is_a_fault_of_the_program() {
    let with = minijinja::context! { none => None::<&str>, list => [1], yes => true };
    for page in [
        "{{ nowhere }}",
        "{{ none }}",
        "{{ list }}",
        "{{ yes }}",
        "{{ list.x.y }}",
        "{% if nowhere %}{% endif %}",
        "{{ say('no-such-phrase') }}",
        "{{ say('summary-no-data') }}",
        "{{ 'soon' | duration }}",
        "{{ none | code }}",
        "{% for a in range(9000) %}{% for b in range(9000) %}{{ a * b }}{% endfor %}{% endfor %}",
        "{% include 'runbook/page.md' %}",
    ] {
        let (told, findings) = render(page, &with, &[]);
        assert!(matches!(told, Err(TemplateFault::BuiltIn(_))), "{page}: {told:?}");
        assert_eq!(findings, []);
    }
}

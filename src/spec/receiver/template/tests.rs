use super::{Fault, fault};

#[test]
fn takes_what_alertmanager_takes() {
    for text in [
        "plain } text",
        "{{ .Status | toUpper }}",
        "{{- /* }} */ -}} x",
        "{{ range .Alerts.Firing }}{{ .Labels.x }}{{ $.CommonLabels.y }}{{ else }}{{ .Status }}{{ end }}",
        "{{ range $i, $a := .Alerts }}{{ $i }}: {{ .Labels.x }} {{ $a.Annotations.summary }}{{ end }}",
        "{{ with index .Alerts 0 }}{{ .Labels.x }}{{ end }}",
        "{{ (index .Alerts 0).Labels.x }}",
        "{{ define \"x\" }}{{ .Labels }}{{ $.Labels }}{{ end }}{{ template \"x\" (index .Alerts 0) }}",
        "{{ if and (eq .Status \"firing\") (gt (len .Alerts) 1.5) }}}}{{ else if true }}{{ else }}b{{ end }}",
        "{{ printf \"}} %q\" 'a' `}}` }}{{ $x := 1 }}{{ $x }}{{ .NotificationReason }}{{ .Sometimes }}",
        "{{-3}}{{ .Alerts | len }}{{ . }}{{ range .Alerts }}{{ break }}{{ end }}{{ .GroupLabels.SortedPairs.Values }}",
        "{{ range .CommonLabels.SortedPairs }}{{ .Name }}{{ .Labels }}{{ end }}",
        "{{ if .Status }}{{ else with .Alerts }}{{ .Labels }}{{ else }}{{ .Status }}{{ end }}",
        "",
    ] {
        assert_eq!(fault(text), None, "{text}");
    }
}

#[test]
fn finds_what_fails_in_each_message() {
    let of = |name: &str| name.to_owned();
    for (text, wanted) in [
        ("{{ .Status", Fault::Unclosed),
        ("{{ .Status }", Fault::Unclosed),
        ("{{ \"x }}", Fault::Unclosed),
        ("{{ end }}", Fault::Lone(of("end"))),
        ("{{ else }}", Fault::Lone(of("else"))),
        ("{{ if .Status }}x", Fault::Open(of("if"))),
        ("{{ range .Alerts }}{{ if true }}x{{ end }}", Fault::Open(of("range"))),
        ("{{ .Status | upper }}", Fault::Function(of("upper"))),
        ("{{ .Labels.severity }}", Fault::OfMessage(of("Labels"))),
        ("{{ if .commonLabels.x }}y{{ end }}", Fault::OfMessage(of("commonLabels"))),
        ("{{ range .Alerts }}{{ .CommonLabels.x }}{{ end }}", Fault::OfAlert(of("CommonLabels"))),
        ("{{ range .Alerts }}{{ $.Labels }}{{ end }}", Fault::OfMessage(of("Labels"))),
    ] {
        assert_eq!(fault(text), Some(wanted), "{text}");
    }
}

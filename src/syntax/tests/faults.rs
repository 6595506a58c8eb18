use super::read;

fn only(text: &str) -> String {
    let told = read(text).told();
    assert_eq!(told.len(), 1, "{text:?}: {told:?}");
    told.into_iter().next().unwrap()
}

#[test]
fn each_mistake_has_its_own_words_and_place() {
    let cases = [
        ("warn: > 1%\n", "`> 1%` is not a comparison: in YAML, `>` begins a block of text <> 1%>"),
        ("{warn: >= 2}\n", "`>= 2` is not a comparison: in YAML, `>` begins a block of text <>= 2>"),
        ("warn: >1\nb: 1\n", "`>1` is not a comparison: in YAML, `>` begins a block of text <>1>"),
        ("a: %x\n", "a value may not begin with `%` unless it is in quotes <%x>"),
        ("a: @x\n", "a value may not begin with `@` unless it is in quotes <@x>"),
        ("a: `x`\n", "a value may not begin with a backtick unless it is in quotes <`x`>"),
        ("a: b: 中\n", "this value has a colon of its own <b: 中>"),
        ("a:b\n", "there is no space after the colon in `a:b` <a:b>"),
        ("a: 1\nb:2\nc: 3\n", "there is no space after the colon in `b:2` <b:2>"),
        ("标题：发布\n", "a full-width colon does not separate a key from its value <：>"),
        ("a: 1\n标题：发布\nc: 3\n", "a full-width colon does not separate a key from its value <：>"),
        ("a: {b:2}\n", "there is no space after the colon in `b:2` <b:2>"),
        ("a: \"中\nb: c\n", "the quote \" is not closed <\"><b>"),
        ("a: 'it's'\n", "something follows the closing quote <s'><'>"),
        ("a: [1, 2\nb: c\n", "`[` is not closed <[><:>"),
        ("a: [1, 2", "`[` is not closed <[>"),
        ("{\n", "`{` is not closed <{>"),
        ("a: {b=\"c\"} > 1\n", "something follows the value <> 1>"),
        ("a: {x: 1]\n", "`{` is closed by `]` <{><]>"),
        ("a: {b: c d: e}\n", "a comma or `}` is missing before this <:><{>"),
        ("a:\n\tb: c\n", "a line is indented with a tab <\t>"),
        ("a:\n  b: c\n\td: e\n", "a line is indented with a tab <\t>"),
        ("-\ta: b\n", "a line is indented with a tab <\t>"),
        (
            "a: b\n  c: d\n",
            "this line is indented deeper than the key above it, which has a value already <c><b>",
        ),
        ("a:\n  b: 1\n c: 2\n", "this line is indented like nothing above it <c: 2>"),
        ("a: \"\\d\"\n", "`\\d` means nothing inside double quotes <\\d>"),
        ("a: *x\n", "`*x` repeats a value that has no name `&x` above it <*x>"),
        ("a: &x [*x]\n", "`*x` stands inside the value that it repeats <*x><[>"),
        (
            "a: !!python/object:x {}\n",
            "tags such as `!!python/object:x` have no meaning here <!!python/object:x>",
        ),
        ("a: !foo b\n", "tags such as `!foo` have no meaning here <!foo>"),
        ("? [a]\n: b\n", "a key is text, not a list <[a]>"),
        ("a: {{ x }}\n", "a key is text, not a mapping <{ x }>"),
        ("a: &x {}\n<<: *x\n", "merge keys (`<<`) are not part of YAML 1.2 and have no meaning here <<<>"),
        ("%YAML 1.1\n---\na: b\n", "instructions to the YAML reader have no meaning here <%YAML 1.1>"),
        ("a: b\n---\nc: d\n", "this file holds more than one document <---><>"),
        ("a: x\u{7}\n", "the control character U+0007 may not stand in this file <\u{7}>"),
        ("a: b # c\n  d\n", "a comment cuts a text of several lines in two <# c>"),
        ("a: - b\n", "a list item (`- `) may not stand here <- b>"),
        ("", "this file is empty <>"),
        (" \n\n", "this file is empty <>"),
        ("# c\n", "this file describes nothing: all that it holds are comments or empty documents <>"),
    ];
    for (text, words) in cases {
        assert_eq!(only(text), words, "for {text:?}");
    }
}

#[test]
fn advice_can_be_copied() {
    let help = |text: &str| read(text).findings[0].help.clone().unwrap();
    assert_eq!(help("m:\n  warn: > 1%\n"), "write `warn: { above: 1% }`");
    assert_eq!(help("a: it's: b\n"), "put the whole value in quotes: 'it''s: b'");
    assert_eq!(help("-b\nc: d\n"), "write `- b`");
}

#[test]
fn faults_of_the_tree_are_all_told_and_the_rest_is_read() {
    let read = read("a: !t 1\nb: 2\nb: 3\n<<: {}\nc: *no\nb: 4\nd: 5\n");
    let lints = read.findings.iter().map(|finding| finding.lint).collect::<Vec<_>>();
    assert_eq!(lints, ["yaml-syntax", "duplicate-id", "yaml-syntax", "yaml-syntax", "duplicate-id"]);
    let again = &read.findings[1];
    assert_eq!(
        again.labels.iter().map(|label| label.text.as_str()).collect::<Vec<_>>(),
        ["again here", "first here"]
    );
    assert_eq!(again.labels.iter().map(|label| label.span.range()).collect::<Vec<_>>(), [13..14, 8..9]);
    let tree = read.tree.unwrap().to_json();
    assert_eq!(tree, serde_json::json!({"a": 1, "b": 2, "c": "*no", "d": 5}));
}

#[test]
fn what_is_allowed_is_not_mentioned() {
    let many = format!("a:\n{}  b: c\n", "  # note\n".repeat(500));
    for text in ["%YAML 1.2\n---\na: b\n", "---\na: b\n...\n", "a: <<\n'<<': b\n", "u: http://x\n", &many] {
        assert!(read(text).findings.is_empty(), "{text:?}: {:?}", read(text).told());
    }
}

//! Single texts, as they stand in the file.

use super::super::{
    cell, cell_of_text, code, code_cell, fence, inline, label, mermaid, paragraphs, url, xml,
};

#[test]
fn prose_is_escaped_where_it_would_be_markup() {
    for (text, written) in [
        ("Failed requests are above 0.5 %.", "Failed requests are above 0.5 %."),
        ("release_stage_start_time_seconds", "release_stage_start_time_seconds"),
        ("_private and public_", "\\_private and public\\_"),
        ("5 * 3 ** x", "5 \\* 3 \\*\\* x"),
        ("a < b, a <b>c</b>", "a < b, a \\<b>c\\</b>"),
        ("R&D &amp; more", "R&D \\&amp; more"),
        ("# no heading", "\\# no heading"),
        ("C# and issue #12", "C# and issue \\#12"),
        ("- no list", "\\- no list"),
        ("-5 % or less", "-5 % or less"),
        ("1. no list", "1\\. no list"),
        ("1.5 times", "1.5 times"),
        ("2026) no list", "2026\\) no list"),
        ("> no quotation", "\\> no quotation"),
        ("---", "\\---"),
        ("a | b", "a \\| b"),
        ("[ ] no box, [x](y)", "\\[ \\] no box, \\[x\\](y)"),
        ("Look!", "Look\\!"),
        ("about ~5 min", "about \\~5 min"),
        ("two\nlines", "two lines"),
        ("costs $5", "costs \\$5"),
        ("^5 or x^2", "\\^5 or x^2"),
        ("$x$", "<span>\\$</span>x<span>\\$</span>"),
        ("订单 *失败* 率", "订单 \\*失败\\* 率"),
    ] {
        assert_eq!(inline(text), written);
    }
}

#[test]
fn addresses_stay_links() {
    for (text, written) in [
        ("see https://example.com/a_b, then", "see <https://example.com/a_b>, then"),
        ("(https://example.com/a_(b))", "(<https://example.com/a_(b)>)"),
        ("见https://example.com/a。然后", "见<https://example.com/a>。然后"),
        ("https://example.com/?a=1&copy;=|", "<https://example.com/?a=1&copy%3B=%7C>"),
        ("https:// alone", "https:// alone"),
        ("www.example.com/a_b", "www\\.example.com/a_b"),
    ] {
        assert_eq!(inline(text), written);
    }
    assert_eq!(label("see https://example.com"), "see https\\://example.com");
}

#[test]
fn names_of_series_are_no_pictures() {
    assert_eq!(inline("reads job:up:rate5m twice"), "reads `job:up:rate5m` twice");
    assert_eq!(inline(":+1: :100:"), "`:+1:` `:100:`");
    assert_eq!(inline("at 09:00:30"), "at 09:00:30");
    assert_eq!(inline("release:verdict is 0"), "release:verdict is 0");
}

#[test]
fn nothing_turns_the_direction_of_writing() {
    assert_eq!(inline("a\u{202e}b\u{2066}c\u{200b}d\u{feff}"), "abcd");
    assert_eq!(code("rm \u{202e}x"), "`rm \\u{202e}x`");
    assert_eq!(fence("a\u{200b}b", "", ""), "```\na\\u{200b}b\n```");
    assert_eq!(xml("a\u{202e}b\u{1}"), "ab");
}

#[test]
fn paragraphs_and_cells_keep_lines() {
    assert_eq!(paragraphs("one\ntwo\n\n\nthree\n", ""), "one\\\ntwo\n\nthree");
    assert_eq!(paragraphs("one\ntwo\n\nthree", "> "), "one\\\n> two\n>\n> three");
    assert_eq!(cell_of_text("one\n- two | x\n"), "one<br>\\- two \\| x");
    assert_eq!(cell("a | b \\| c \\\\| d"), "a \\| b \\| c \\\\\\| d");
    assert_eq!(code_cell("a|b"), "`a\\|b`");
    assert_eq!(code_cell("a\\|b"), "<code>a&#92;&#124;b</code>");
    assert_eq!(cell("one\\\ntwo"), "one<br>two");
}

#[test]
fn code_gets_a_fence_that_it_does_not_hold() {
    for (text, written) in [
        ("up", "`up`"),
        ("a ` b", "``a ` b``"),
        ("`a`", "`` `a` ``"),
        (" a ", "`  a  `"),
        ("two\nlines\n", "`two lines`"),
        ("", ""),
    ] {
        assert_eq!(code(text), written);
    }
    assert_eq!(fence("````\nx\n\n", "sh\n!", "  "), "`````sh\n  ````\n  x\n  `````");
}

#[test]
fn labels_of_diagrams_hold_no_syntax() {
    assert_eq!(mermaid("First users"), "First users");
    assert_eq!(
        mermaid("say \"end\"; #quot; <b> & [x]"),
        "say #34;end#34;#59; #35;quot#59; #60;b#62; #38; #91;x#93;"
    );
    assert_eq!(mermaid("at 09:00: fa:fa-car"), "at 09:00: fa#58;fa-car");
    assert_eq!(mermaid("1. one\n- two"), "1#46; one<br/>#45; two");
    assert_eq!(mermaid("0.5 % *now* `x` a_b"), "0.5 % #42;now#42; #96;x#96; a#95;b");
}

#[test]
fn links_end_where_they_should() {
    assert_eq!(url("https://example.com/a b(c)?d=1&e=|"), "https://example.com/a%20b%28c%29?d=1&amp;e=%7C");
    assert_eq!(url("ladders/失败.svg#x_y"), "ladders/失败.svg#x_y");
    assert_eq!(url("JavaScript:alert(1)"), "unsafe:JavaScript:alert%281%29");
    assert_eq!(url("tel:+49-30-1234"), "tel:+49-30-1234");
}

#[test]
fn xml_is_text() {
    assert_eq!(xml("<a b=\"c\">&'\n"), "&lt;a b=&quot;c&quot;&gt;&amp;&#39;");
}

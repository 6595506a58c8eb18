use std::fs;

use super::super::{MANIFEST, is_intact};
use super::*;

fn reason(path: &str, reason: Reason) -> (String, Reason) {
    (path.to_owned(), reason)
}

#[test]
fn a_hand_edit_is_kept_unless_forced() {
    let dir = folder();
    let out = dir.path();
    build(out, &[yaml("a.yaml", "a: 1\n"), yaml("b.yaml", "b: 1\n")]);
    for name in ["a.yaml", "b.yaml"] {
        let text = fs::read_to_string(out.join(name)).unwrap();
        fs::write(out.join(name), text + "# mine\n").unwrap();
    }
    let next = [yaml("a.yaml", "a: 2\n")];
    assert_eq!(
        refused(out, &next),
        [reason("a.yaml", Reason::Edited), reason("b.yaml", Reason::EditedAndGone)]
    );
    assert_eq!(force(out, &next).unwrap().removed, names(&["b.yaml"]));
    assert_eq!(tree(out), expected(&next));
}

#[test]
fn a_foreign_file_is_kept_unless_forced() {
    let dir = folder();
    let out = dir.path();
    fs::write(out.join("a.yaml"), "mine: 1\n").unwrap();
    fs::write(out.join(MANIFEST), "{\"name\": \"a web app\"}\n").unwrap();
    let artifacts = [yaml("a.yaml", "a: 1\n")];
    assert_eq!(
        refused(out, &artifacts),
        [reason("a.yaml", Reason::Foreign), reason(MANIFEST, Reason::Foreign)]
    );
    assert_eq!(force(out, &artifacts).unwrap().changed, names(&["a.yaml", MANIFEST]));
    assert_eq!(tree(out), expected(&artifacts));
}

#[test]
fn one_problem_means_that_nothing_is_written_and_all_are_told() {
    let dir = folder();
    let out = dir.path();
    build(out, &[yaml("gone.yaml", "a: 1\n")]);
    fs::create_dir(out.join("b.yaml")).unwrap();
    fs::write(out.join("c"), "mine\n").unwrap();
    let artifacts = [yaml("a.yaml", "a: 1\n"), yaml("b.yaml", ""), yaml("c/d.yaml", ""), yaml("../e", "")];
    let reasons = refused(out, &artifacts);
    let needs = Reason::NeedsFolder(format!("{}/c", out.display()));
    assert_eq!(
        reasons,
        [reason("../e", Reason::BadPath), reason("b.yaml", Reason::NotAFile), reason("c/d.yaml", needs)]
    );
    assert_eq!(refusal(out, force(out, &artifacts)), reasons, "force changes none of these");
}

#[test]
fn no_path_leads_out_or_takes_a_kept_name() {
    let paths = [
        "../a",
        "/a",
        "a/../../b",
        "",
        ".",
        "a//b",
        "a/",
        "./a",
        "a\\b",
        "a\nb",
        "a\0b",
        "manifest.json",
        "Manifest.JSON",
        ".relspec.lock",
        "a/.relspec-x.tmp",
    ];
    for path in paths {
        let dir = folder();
        let out = dir.path().join("out");
        let Err(WriteFault::Refused(problems)) = force(&out, &[yaml(path, "a: 1\n")]) else {
            panic!("{path:?}")
        };
        assert_eq!(problems[0].reason, Reason::BadPath, "{path:?}");
        assert!(!out.exists(), "not even the folder is made");
    }
}

#[test]
fn paths_that_cannot_be_together_are_refused() {
    let dir = folder();
    let out = dir.path();
    let twice = [yaml("a.yaml", "a: 1\n"), yaml("a.yaml", "a: 1\n")];
    assert_eq!(refused(out, &twice), [reason("a.yaml", Reason::Twice)]);
    let case = [yaml("x/A.yaml", "a: 1\n"), yaml("X/a.yaml", "a: 1\n")];
    assert_eq!(refused(out, &case), [reason("X/a.yaml", Reason::OnlyCase("x/A.yaml".to_owned()))]);
    let under = [yaml("a", "a: 1\n"), yaml("a/b/c", "a: 1\n")];
    assert_eq!(refused(out, &under), [reason("a/b/c", Reason::UnderFile("a".to_owned()))]);
}

#[test]
fn text_without_a_stamp_is_refused() {
    let dir = folder();
    assert_eq!(
        refused(dir.path(), &[stamped("a.json", Format::Json, "[]")]),
        [reason("a.json", Reason::NoStamp)]
    );
}

#[cfg(unix)]
#[test]
fn a_link_is_never_followed() {
    use std::os::unix::fs::symlink;
    let dir = folder();
    let (out, outside) = (dir.path().join("out"), dir.path().join("outside"));
    let mine = yaml("x", "mine: 1\n").text().to_owned();
    fs::create_dir(&outside).unwrap();
    fs::write(outside.join("a.yaml"), &mine).unwrap();
    build(&out, &[yaml("b/a.yaml", "a: 1\n"), yaml("c.yaml", "c: 1\n"), yaml("d.yaml", "d: 1\n")]);
    fs::remove_dir_all(out.join("b")).unwrap();
    symlink(&outside, out.join("b")).unwrap();
    for name in ["c.yaml", "d.yaml"] {
        fs::remove_file(out.join(name)).unwrap();
        symlink(outside.join("a.yaml"), out.join(name)).unwrap();
    }
    let behind = Reason::LinkedFolder(format!("{}/b", out.display()));
    // The build would write through one of them, remove through another.
    let next = [yaml("b/new.yaml", "a: 1\n"), yaml("c.yaml", "c: 1\n")];
    assert_eq!(
        refused(&out, &next),
        [
            reason("b/a.yaml", behind.clone()),
            reason("b/new.yaml", behind),
            reason("c.yaml", Reason::LinkedFile),
            reason("d.yaml", Reason::LinkedFile),
        ]
    );
    assert_eq!(refusal(&out, force(&out, &next)).len(), 2, "force replaces only links in place of files");
    fs::remove_file(out.join("b")).unwrap();
    force(&out, &next).unwrap();
    assert_eq!(tree(&out), expected(&next));
    assert_eq!(fs::read_to_string(outside.join("a.yaml")).unwrap(), mine);
    assert_eq!(tree(&outside).len(), 1);
}

#[cfg(unix)]
#[test]
fn a_linked_manifest_and_a_dangling_link_are_refused() {
    use std::os::unix::fs::symlink;
    let dir = folder();
    let out = dir.path().join("out");
    fs::create_dir(&out).unwrap();
    symlink(dir.path().join("nowhere"), out.join(MANIFEST)).unwrap();
    symlink(dir.path().join("nowhere"), out.join("a.yaml")).unwrap();
    let artifacts = [yaml("a.yaml", "a: 1\n")];
    assert_eq!(
        refused(&out, &artifacts),
        [reason("a.yaml", Reason::LinkedFile), reason(MANIFEST, Reason::LinkedFile)]
    );
    force(&out, &artifacts).unwrap();
    assert_eq!(tree(&out), expected(&artifacts));
    assert!(!dir.path().join("nowhere").exists());
}

#[test]
fn the_output_folder_may_be_no_file() {
    let dir = folder();
    let out = dir.path().join("generated");
    fs::write(&out, "mine").unwrap();
    assert_eq!(refused(&out, &[yaml("a", "")]), [reason("", Reason::OutputIsNoFolder)]);
    let beneath = out.join("deeper");
    let fault = write(&beneath, &[yaml("a", "")], WriteOptions::default()).unwrap_err();
    assert!(fault.to_string().contains("generated/deeper"), "{fault}");
    assert_eq!(fs::read_to_string(&out).unwrap(), "mine");
}

#[cfg(unix)]
#[test]
fn a_read_only_folder_is_told_before_anything_is_written() {
    use std::os::unix::fs::PermissionsExt;
    let dir = folder();
    let out = dir.path();
    build(out, &[yaml("a/b.yaml", "b: 1\n"), yaml("c.yaml", "c: 1\n")]);
    let set = |mode| fs::set_permissions(out.join("a"), fs::Permissions::from_mode(mode)).unwrap();
    set(0o555);
    let next = [yaml("a/b.yaml", "b: 2\n"), yaml("a/new/x.yaml", "x: 1\n"), yaml("c.yaml", "c: 2\n")];
    let reasons = refused(out, &next);
    set(0o755);
    assert_eq!(reasons, [reason("a/b.yaml", Reason::ReadOnly), reason("a/new/x.yaml", Reason::ReadOnly)]);
}

#[test]
fn a_fault_while_staging_leaves_everything_as_it_was() {
    let dir = folder();
    let out = dir.path();
    build(out, &[yaml("a.yaml", "a: 1\n"), yaml("gone/b.yaml", "b: 1\n")]);
    let before = tree(out);
    // Something gets in the way between the look and the writing.
    let artifacts = [yaml("a.yaml", "a: 2\n"), yaml("new/b.yaml", "b: 1\n")];
    let seen = super::super::survey::survey(out, &artifacts, &|_| false);
    fs::write(out.join("new"), "in the way since the look").unwrap();
    let fault = super::super::write::carry_out(out, &seen).unwrap_err();
    assert!(fault.to_string().contains("new/b.yaml"), "{fault}");
    fs::remove_file(out.join("new")).unwrap();
    assert_eq!(tree(out), before);
}

#[test]
fn problems_say_what_to_do() {
    let dir = folder();
    let out = dir.path();
    fs::write(out.join("a.yaml"), "mine: 1\n").unwrap();
    let fault = write(out, &[yaml("a.yaml", "a: 1\n")], WriteOptions::default()).unwrap_err();
    let words = format!(
        "nothing was written:\n  {}/a.yaml was not written by relspec; move it, choose another output folder, or \
         overwrite it with --force",
        out.display()
    );
    assert_eq!(fault.to_string(), words);
    assert_eq!(is_intact(&fs::read(out.join("a.yaml")).unwrap()), super::super::Intact::Foreign);
}

#[test]
fn an_empty_folder_does_not_make_way_for_a_file() {
    let dir = folder();
    let out = dir.path();
    build(out, &[yaml("a/b", "b: 1\n")]);
    fs::create_dir_all(out.join("a/mine")).unwrap();
    fs::create_dir(out.join("c")).unwrap();
    assert_eq!(
        refused(out, &[yaml("a", "a: 1\n"), yaml("c", "c: 1\n")]),
        [reason("a", Reason::NotAFile), reason("c", Reason::NotAFile)]
    );
}

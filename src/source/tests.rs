use std::fs;
use std::path::Path;
use std::process::Command;

use super::*;

fn folder() -> tempfile::TempDir {
    tempfile::tempdir().expect("a folder")
}

fn pipe(path: &Path) {
    assert!(Command::new("mkfifo").arg(path).status().expect("mkfifo, from coreutils").success());
}

/// What reading `name` says, and the path that it names.
fn refused(root: &Path, name: &str) -> String {
    let mut sources = Sources::default();
    let fault = sources.read(root, Path::new(name)).expect_err("a fault");
    assert_eq!((fault.lint, fault.labels.len()), ("yaml-syntax", 1));
    assert_eq!(sources.get(fault.labels[0].span.file).path, name);
    assert!(fault.help.is_some() && sources.text(fault.labels[0].span).is_empty());
    fault.message
}

fn refused_bytes(bytes: &[u8]) -> String {
    let dir = folder();
    fs::write(dir.path().join("a.yaml"), bytes).unwrap();
    refused(dir.path(), "a.yaml")
}

#[test]
fn a_file_is_read_without_its_mark_and_shown_relative() {
    let dir = folder();
    fs::create_dir(dir.path().join("b")).unwrap();
    fs::write(dir.path().join("b/a.yaml"), "\u{FEFF}标题: x\r\n").unwrap();
    let mut sources = Sources::default();
    for path in [Path::new("./b/a.yaml"), &dir.path().join("b/a.yaml")] {
        let file = sources.read(dir.path(), path).expect("a text");
        assert_eq!(
            (sources.get(file).path.as_str(), sources.get(file).text.as_str()),
            ("b/a.yaml", "标题: x\r\n")
        );
    }
}

#[test]
fn what_is_no_regular_file_is_named_and_never_waited_for() {
    let dir = folder();
    let at = |name: &str| dir.path().join(name);
    fs::create_dir(at("d.yaml")).unwrap();
    pipe(&at("p.yaml"));
    let _socket = std::os::unix::net::UnixListener::bind(at("s.yaml")).unwrap();
    for (link, target) in [("zero.yaml", "/dev/zero"), ("gone.yaml", "no.yaml"), ("loop.yaml", "loop.yaml")] {
        std::os::unix::fs::symlink(target, at(link)).unwrap();
    }
    assert_eq!(refused(dir.path(), "d.yaml"), "this is a folder, not a file");
    assert_eq!(refused(dir.path(), "p.yaml"), "this is a named pipe, not a file");
    assert_eq!(refused(dir.path(), "s.yaml"), "this is a socket, not a file");
    assert_eq!(refused(dir.path(), "zero.yaml"), "this is a device, not a file");
    assert_eq!(refused(dir.path(), "gone.yaml"), "this is a link to `no.yaml`, which does not exist");
    assert_eq!(refused(dir.path(), "loop.yaml"), "this is a link that leads back to itself");
    assert_eq!(refused(dir.path(), "none.yaml"), "there is no such file");
}

#[test]
fn a_file_without_the_right_to_read_is_named() {
    use std::os::unix::fs::PermissionsExt;
    let dir = folder();
    let path = dir.path().join("a.yaml");
    fs::write(&path, "a: b").unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o000)).unwrap();
    // The superuser reads everything, so what the system would answer to others is told directly.
    let answer = fs::File::open(&path).err().unwrap_or_else(|| std::io::ErrorKind::PermissionDenied.into());
    let told = super::read::unreachable_file::<()>(&path, &answer).expect_err("a refusal");
    assert_eq!(told.0, "this file may not be read: permission denied");
}

#[test]
fn size_is_bounded() {
    let told = refused_bytes(&vec![b'x'; MAX_BYTES + 1]);
    assert_eq!(told, "this file is too large: 1048577 bytes, and the limit is 1048576 (1 MiB)");
    let dir = folder();
    fs::File::create(dir.path().join("a.yaml")).unwrap().set_len(1 << 40).unwrap();
    assert!(refused(dir.path(), "a.yaml").contains("1099511627776 bytes"));
}

#[test]
fn other_encodings_are_named() {
    let utf16 = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<_>>();
    assert_eq!(refused_bytes(&utf16("\u{FEFF}标题: x")), "this file is not UTF-8: it looks like UTF-16");
    assert_eq!(refused_bytes(&utf16("title: x")), "this file is not UTF-8: it looks like UTF-16");
    let gbk = b"a: b\nt: \xB1\xEA\xCC\xE2\n";
    assert_eq!(
        refused_bytes(gbk),
        "this file is not UTF-8: the first fault is at byte 8, line 2; it may be GBK or Latin-1"
    );
    assert_eq!(
        refused_bytes(b"a: caf\xE9 x\n"),
        "this file is not UTF-8: the first fault is at byte 6, line 1"
    );
    assert_eq!(
        refused_bytes(b"a: b\nc: \0d\n"),
        "this is not a text file: it has a NUL byte at byte 8, line 2"
    );
}

#[test]
fn specs_are_found_in_any_depth_and_in_order() {
    let dir = folder();
    for folder in ["a/b", "_off", ".git", "z.yaml", "plain", "b_"] {
        fs::create_dir_all(dir.path().join(folder)).unwrap();
    }
    for file in [
        "a/b/1.yml",
        "a.yaml",
        "A.yaml",
        "_x.yaml",
        ".y.yaml",
        "_off/1.yaml",
        ".git/1.yaml",
        "n.txt",
        "z.yaml/1.yaml",
        "b_/2.yaml",
    ] {
        fs::write(dir.path().join(file), "").unwrap();
    }
    pipe(&dir.path().join("p.yaml"));
    std::os::unix::fs::symlink(".", dir.path().join("plain/circle")).unwrap();
    std::os::unix::fs::symlink("no", dir.path().join("gone.yaml")).unwrap();
    let found = find_specs(dir.path());
    let name = |path: &Path| path.strip_prefix(dir.path()).unwrap().to_str().unwrap().to_owned();
    let files = found.files.iter().map(|path| name(path)).collect::<Vec<_>>();
    assert_eq!(files, ["A.yaml", "a.yaml", "a/b/1.yml", "b_/2.yaml", "gone.yaml", "p.yaml"]);
    let faults =
        found.faults.iter().map(|fault| (name(&fault.path), fault.message.as_str())).collect::<Vec<_>>();
    let circle = "this is a link to a folder; such links are not followed";
    let named = "this is a folder, but its name is that of a spec";
    assert_eq!(faults, [("plain/circle".to_owned(), circle), ("z.yaml".to_owned(), named)]);
}

#[test]
fn a_missing_folder_and_a_file_in_its_place_are_told() {
    let dir = folder();
    fs::write(dir.path().join("f"), "").unwrap();
    let told = |name: &str| find_specs(&dir.path().join(name)).faults.remove(0).message;
    assert_eq!(told("none"), "there is no such folder");
    assert_eq!(told("f"), "this is a file, not a folder of specs");
    let mut sources = Sources::default();
    let fault = find_specs(&dir.path().join("none")).faults.remove(0);
    let finding = sources.report(dir.path(), &fault);
    assert_eq!(sources.get(finding.labels[0].span.file).path, "none");
}

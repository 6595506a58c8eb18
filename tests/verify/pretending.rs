//! Tools that are missing, hang, or print rubbish.

use crate::sandbox::{CONFIG, ROUTES, RULES, Sandbox, TESTS};
use std::fs;
use std::os::unix::process::CommandExt;
use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

#[test]
fn a_missing_tool_is_no_pass_unless_that_is_accepted() {
    let sandbox = Sandbox::new("missing");
    let empty = sandbox.0.join("empty");
    fs::create_dir(&empty).expect("a folder");
    let run = |args: &[&str]| {
        let args = [&["--no-check"], args].concat();
        let output = sandbox.command(&args).env("PATH", &empty).output().expect("relspec");
        crate::sandbox::Ended(output, args.join(" "))
    };
    run(&[])
        .ends(4)
        .says("promtool\n  not run  2 checks: promtool is not installed. Debian and Ubuntu: `apt-get install prometheus` (from ")
        .says("amtool\n  not run  3 checks: amtool is not installed. Debian and Ubuntu: `apt-get install prometheus-alertmanager`;")
        .says("3 checks passed, 5 not run\nnot everything is proven: 5 checks did not run; --allow-missing accepts that\n");
    run(&["--allow-missing"]).ends(0).says("3 checks passed, 5 not run\n").never_says("not everything");
    sandbox.owns(&[]);
    run(&["--allow-missing"]).ends(4);
    sandbox.owns(&[RULES]);
    let strange = sandbox.tool("promtool", "x", "");
    fs::rename(strange, empty.join("promtool")).expect("moved");
    run(&["--allow-missing"])
        .ends(1)
        .says("promtool does not answer: it cannot be run: `--version` does not say");
}

#[test]
fn a_tool_that_is_named_must_be_there() {
    let sandbox = Sandbox::new("named");
    sandbox
        .test(&["--promtool", "/no/such/tool"])
        .ends(2)
        .complains("--promtool /no/such/tool: there is no such program");
    sandbox.test(&["--amtool", "echo"]).ends(2).complains("`--version` does not say that it is amtool");
    let tool = sandbox.tool("promtool", "3.99.0", "echo SUCCESS");
    let relative = tool.strip_prefix(&sandbox.0).expect("a path in the project");
    sandbox.test(&["--promtool", &relative.display().to_string()]).ends(0).says("promtool 3.99.0\n  passed");
}

#[test]
fn a_tool_that_says_nothing_of_success_has_not_passed() {
    let sandbox = Sandbox::new("rubbish");
    for (version, script, wanted) in [
        ("2.1", "true", "it failed and said nothing"),
        ("2.2", "head -c 300 /dev/urandom", "FAILED"),
        ("2.3", "echo SUCCESS; echo FAILED", "FAILED"),
        ("2.4", "echo SUCCESS; exit 1", "    SUCCESS\n"),
        ("2.5", "echo '    name: x,' >&2; exit 1", "FAILED"),
        ("2.6", "yes; true", "printed more than 16 MiB"),
        ("2.7", "printf '\\033[2Jx'; exit 1", "    ?[2Jx\n"),
    ] {
        let tool = sandbox.tool("promtool", version, script);
        let ended = sandbox.test(&["--promtool", &tool.display().to_string()]).ends(1).says(wanted);
        assert_eq!(ended.out().matches("FAILED   ").count(), 2, "{script}: {}", ended.out());
    }
}

#[test]
fn a_tool_that_hangs_is_ended() {
    let sandbox = Sandbox::new("hangs");
    let begin = Instant::now();
    let tool = sandbox.tool("promtool", "3.0.0", "sleep 10 & sleep 10");
    let tool = tool.display().to_string();
    sandbox
        .test(&["--promtool", &tool, "--time-limit", "1"])
        .ends(1)
        .says("no answer: it was ended after 1 s without an answer (--time-limit)");
    assert!(begin.elapsed() < Duration::from_secs(60), "{:?}", begin.elapsed());
}

#[test]
fn tests_of_native_histograms_wait_for_a_promtool_that_reads_them() {
    let sandbox = Sandbox::new("native");
    let native = "a/prometheus/a.rules.native.test.yaml";
    sandbox.write(native, &sandbox.read(TESTS));
    sandbox.owns(&[RULES, TESTS, native, CONFIG, ROUTES]);
    let old = sandbox.tool("promtool", "2.52.9", "echo SUCCESS").display().to_string();
    let new = sandbox.tool("promtool", "2.53.0", "echo SUCCESS").display().to_string();
    sandbox
        .test(&["--promtool", &old])
        .ends(4)
        .says("passed   3 tests of rules in 1 file\n")
        .says("native.test.yaml: native histograms need promtool 2.53 or later; this is 2.52.9\n");
    sandbox.test(&["--promtool", &old, "--allow-missing"]).ends(0);
    sandbox
        .test(&["--promtool", &old, "--promtool", &new])
        .ends(0)
        .says("passed   6 tests of rules in 2 files\n");
}

#[test]
fn an_interrupt_leaves_nothing_running() {
    let sandbox = Sandbox::new("interrupt");
    let id = sandbox.0.join("id");
    let script = format!("echo $$ >> '{}'; exec sleep 100", id.display());
    let tool = sandbox.tool("promtool", "3.0.0", &script).display().to_string();
    let mut command = sandbox.command(&["--no-check", "--promtool", &tool]);
    let mut child = command.process_group(0).stdout(Stdio::null()).spawn().expect("relspec");
    let begin = Instant::now();
    while !fs::read_to_string(&id).is_ok_and(|text| text.ends_with('\n')) {
        assert!(begin.elapsed() < Duration::from_secs(60), "the tool was never started");
        sleep(Duration::from_millis(20));
    }
    // As a terminal does it: the whole foreground group gets the signal.
    let group = format!("-{}", child.id());
    assert!(Command::new("kill").args(["-INT", "--", &group]).status().expect("kill").success());
    assert!(!child.wait().expect("an end").success());
    let ids = fs::read_to_string(&id).expect("ids");
    let alive = |id: &str| {
        Command::new("kill").args(["-0", id]).stderr(Stdio::null()).status().expect("kill").success()
    };
    // Whoever takes over the children of a process that has ended may need a moment to see that they have ended too.
    while let Some(id) = ids.lines().find(|id| alive(id)) {
        assert!(begin.elapsed() < Duration::from_secs(60), "{id} is still there");
        sleep(Duration::from_millis(20));
    }
}

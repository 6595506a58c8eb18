//! Random time intervals: a real Alertmanager tells a webhook of exactly those alerts whose routes are not muted now.

use super::random::{Random, rounds};
use super::server::Server;
use super::{Program, programs, read};
use jiff::Timestamp;
use relspec::plan::routing::reach::Configuration;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

const CASES: usize = 250;
const WEEKDAYS: [&str; 7] = ["sunday", "Monday", "tuesday", "wednesday", "thursday", "FRIDAY", "saturday"];
const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "7",
    "8",
    "september",
    "10",
    "november",
    "December",
];
const ZONES: [&str; 5] =
    ["UTC", "Asia/Tokyo", "America/New_York", "Australia/Lord_Howe", "Pacific/Kiritimati"];

/// The numbers of the cases of which somebody was told.
type Told = Arc<Mutex<BTreeSet<usize>>>;

#[test]
fn random_intervals_mute_what_alertmanager_mutes() {
    for program in programs(&["prometheus-alertmanager", "alertmanager"], "RELSPEC_ALERTMANAGERS") {
        for round in 0..rounds(1) {
            let mut random = Random::new(0x71e5 + u64::try_from(round).expect("small"));
            // A minute may end in between; then what is expected before and after differs.
            let held = (0..3).any(|_| hold(&program, &mut random));
            assert!(held, "0.{}: every minute ended too early", program.minor);
        }
    }
}

/// Whether one moment could be asked about; what differs then fails.
fn hold(program: &Program, random: &mut Random) -> bool {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let config = config(random, listener.local_addr().expect("an address").port());
    let told = record(listener);
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("alertmanager.json");
    std::fs::write(&path, config.to_string()).expect("written");
    let expected = || expected(&config, Timestamp::now());
    let before = expected();
    let server = Server::start(program, &path, folder.path());
    let alerts: Vec<Value> =
        (0..CASES).map(|case| json!({ "labels": { "case": case.to_string() } })).collect();
    server.ask("POST", "/api/v2/alerts", &Value::from(alerts).to_string()).expect("the alerts are taken");
    let begun = Instant::now();
    let now = || told.lock().expect("a set").clone();
    while !before.is_subset(&now()) && begun.elapsed() < Duration::from_secs(20) {
        std::thread::sleep(Duration::from_millis(100));
    }
    // What should not come has this long to come.
    std::thread::sleep(Duration::from_secs(1));
    if expected() != before {
        return false;
    }
    let differ: Vec<String> = before.symmetric_difference(&now()).map(|case| shown(&config, *case)).collect();
    assert!(differ.is_empty(), "0.{} at {}: {}", program.minor, Timestamp::now(), differ.join("\n"));
    println!(
        "Alertmanager 0.{}: {CASES} sets of intervals, {} of them let alerts pass now",
        program.minor,
        before.len()
    );
    assert!(before.len() > CASES / 5 && before.len() < CASES * 4 / 5, "{}", before.len());
    true
}

fn expected(config: &Value, at: Timestamp) -> BTreeSet<usize> {
    let file = read(config).expect("a sound configuration");
    let configuration = Configuration::of_file(&file);
    let passes = |case: &usize| {
        let landings = file.route.resolve(&[("case".to_owned(), case.to_string())]);
        landings.iter().all(|landing| !configuration.mutes(landing.route, at))
    };
    (0..CASES).filter(passes).collect()
}

fn shown(config: &Value, case: usize) -> String {
    let own = format!("{case}-");
    let intervals = config["time_intervals"].as_array().expect("intervals").iter();
    let intervals: Vec<&Value> =
        intervals.filter(|one| one["name"].as_str().is_some_and(|name| name.starts_with(&own))).collect();
    format!("{} {intervals:?}", config["route"]["routes"][case])
}

/// Answers every request and notes the number that its path is.
fn record(listener: TcpListener) -> Told {
    let told = Told::default();
    let noted = Arc::clone(&told);
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            if let Some(case) = answer(stream) {
                noted.lock().expect("a set").insert(case);
            }
        }
    });
    told
}

fn answer(mut stream: TcpStream) -> Option<usize> {
    let mut text = Vec::new();
    let mut part = [0; 4096];
    // The head is enough: who closes early is not asked again.
    while !text.windows(4).any(|end| end == b"\r\n\r\n") {
        let read = stream.read(&mut part).ok().filter(|read| *read > 0)?;
        text.extend_from_slice(part.get(..read)?);
    }
    let head = String::from_utf8_lossy(&text).into_owned();
    let length =
        head.lines().find_map(|line| line.strip_prefix("Content-Length: "))?.trim().parse::<usize>().ok()?;
    let begun = head.find("\r\n\r\n")? + 4;
    let mut rest = vec![0; length.saturating_sub(text.len().saturating_sub(begun))];
    stream.read_exact(&mut rest).ok()?;
    stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n").ok()?;
    head.split(' ').nth(1)?.trim_start_matches('/').parse().ok()
}

fn config(random: &mut Random, port: u16) -> Value {
    let (mut routes, mut receivers, mut intervals) =
        (Vec::new(), vec![json!({ "name": "none" })], Vec::new());
    for case in 0..CASES {
        let names: Vec<String> = (0..=random.below(2)).map(|at| format!("{case}-{at}")).collect();
        for name in &names {
            let parts: Vec<Value> = (0..=random.below(2)).map(|_| part(random)).collect();
            intervals.push(json!({ "name": name, "time_intervals": parts }));
        }
        let mut route = json!({
            "receiver": case.to_string(), "matchers": [format!("case=\"{case}\"")], "group_by": ["case"],
            "group_wait": "0s",
        });
        let key = random.pick(&["mute_time_intervals", "active_time_intervals"]);
        route[key] = json!(names);
        if random.once_in(4) {
            route["active_time_intervals"] = json!(names[..1]);
        }
        routes.push(route);
        let hook = json!({ "url": format!("http://127.0.0.1:{port}/{case}"), "send_resolved": false });
        receivers.push(json!({ "name": case.to_string(), "webhook_configs": [hook] }));
    }
    json!({ "route": { "receiver": "none", "routes": routes }, "receivers": receivers, "time_intervals": intervals })
}

/// Some of the restrictions, each wide enough to hold now in half of the cases or so.
fn part(random: &mut Random) -> Value {
    let mut part = json!({});
    if random.once_in(2) {
        let start = random.below(20) * 60 + random.below(60);
        let end = (start + 60 + random.below(900)).min(1440);
        let clock = |minute: usize| format!("{:02}:{:02}", minute / 60, minute % 60);
        part["times"] = json!([{ "start_time": clock(start), "end_time": clock(end) }]);
    }
    if random.once_in(3) {
        part["weekdays"] = json!([range(random, 7, |day| WEEKDAYS[day].to_owned())]);
    }
    if random.once_in(3) {
        let days = range(random, 28, |day| (day + 1).to_string());
        let backwards = range(random, 28, |day| format!("{}", i64::try_from(day).expect("small") - 28));
        part["days_of_month"] = json!([random.pick(&[days.as_str(), backwards.as_str(), "20:-1", "29:31"])]);
    }
    if random.once_in(3) {
        part["months"] = json!([range(random, 12, |month| MONTHS[month].to_owned()), "november"]);
    }
    if random.once_in(4) {
        part["years"] = json!([range(random, 6, |year| (2023 + year).to_string())]);
    }
    let zone = random.pick(&ZONES);
    if random.once_in(2) && Path::new("/usr/share/zoneinfo").join(zone).exists() {
        part["location"] = json!(zone);
    }
    part
}

/// One of `count`, or a range from one to a later one.
fn range(random: &mut Random, count: usize, name: impl Fn(usize) -> String) -> String {
    let from = random.below(count);
    let to = from + random.below(count - from);
    if from == to { name(from) } else { format!("{}:{}", name(from), name(to)) }
}

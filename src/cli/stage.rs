//! `relspec stage`: the stage signal, for whatever brings it to Prometheus.

use super::{Console, Exit, Failure, load};
use crate::judge;
use crate::lint::words;
use crate::plan::names::{DONE, STAGE_SIGNAL};
use crate::spec::Spec;
use clap::Args;
use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use std::io::Write;
use std::path::PathBuf;

const HELP: &str = "\
The pipeline that moves the traffic says so with this signal. Rules that differ
by stage, limits that grow with the traffic, and `alerts: while-running` need
it; nothing else does.

Through a Pushgateway (each push replaces the stage before):
  relspec stage checkout-v2 canary-5 | curl --fail --data-binary @- \\
    http://pushgateway:9091/metrics/job/relspec/release/checkout-v2

Through the node exporter's textfile collector (the file is renamed, so that
no half of it is read):
  relspec stage checkout-v2 canary-5 > checkout-v2.new
  mv checkout-v2.new checkout-v2.prom

When the release is finished or rolled back, the stage is `done`.

Exit codes: 0 printed, 2 no such release or stage, 3 a file could not be read.";

/// Print the signal that says which stage of a release has begun.
#[derive(Debug, Args)]
#[command(after_help = HELP)]
pub struct Stage {
    /// The release's id.
    release: String,
    /// The id of the stage that has begun, or `done`.
    stage: String,
    /// When it began: RFC 3339, `2026-03-02T09:00` in the release's zone, or Unix seconds [default: now].
    #[arg(long, value_name = "TIME")]
    at: Option<String>,
    /// The folder of specs.
    #[arg(long, value_name = "DIR", default_value = "specs")]
    specs: PathBuf,
}

impl Stage {
    pub(super) fn run(&self, console: &mut Console) -> Result<Exit, Failure> {
        let project = load::whole(&self.specs)?;
        let judged = judge(&project);
        let release = self.release(&judged.specs)?;
        self.check_stage(release)?;
        let seconds = match &self.at {
            None => Timestamp::now().as_second(),
            Some(at) => point(at, release)?,
        };
        let out = &mut console.out;
        writeln!(out, "# HELP {STAGE_SIGNAL} When each stage of a release began, in Unix seconds.")?;
        writeln!(out, "# TYPE {STAGE_SIGNAL} gauge")?;
        let (release, stage) = (&self.release, &self.stage);
        writeln!(out, "{STAGE_SIGNAL}{{release=\"{release}\",stage=\"{stage}\"}} {seconds}")?;
        Ok(Exit::Clean)
    }

    fn release<'a>(&self, specs: &'a [Spec]) -> Result<&'a Spec, Failure> {
        specs.iter().find(|spec| !spec.id().is_empty() && spec.id() == self.release).ok_or_else(|| {
            let known: Vec<&str> = specs.iter().map(Spec::id).filter(|id| !id.is_empty()).collect();
            unknown("release", &self.release, &self.specs.display().to_string(), &known)
        })
    }

    fn check_stage(&self, release: &Spec) -> Result<(), Failure> {
        if self.stage == DONE || (!self.stage.is_empty() && release.stage(&self.stage).is_some()) {
            return Ok(());
        }
        let stages = release.stages.iter().map(crate::spec::stage::Stage::id);
        let known: Vec<&str> = stages.filter(|id| !id.is_empty()).chain([DONE]).collect();
        Err(unknown("stage", &self.stage, release.id(), &known))
    }
}

fn unknown(what: &str, name: &str, place: &str, known: &[&str]) -> Failure {
    let failure = Failure::usage(format!("there is no {what} `{name}` in {place}"));
    match words::suggestion(name, known) {
        Some(help) => failure.help(help),
        None => failure.help("`relspec lint` tells what can't be read of a spec"),
    }
}

/// A point in time in Unix seconds.
fn point(text: &str, release: &Spec) -> Result<i64, Failure> {
    if let Ok(seconds) = text.parse() {
        return Ok(seconds);
    }
    if let Ok(moment) = text.parse::<Timestamp>() {
        return Ok(moment.as_second());
    }
    let fault = |why: String| {
        Failure::usage(format!("`{text}` is no point in time: {why}"))
            .help("write 2026-03-02T09:00:00Z, 2026-03-02T09:00 in the release's zone, or Unix seconds")
    };
    let clock: DateTime = text.parse().map_err(|_| fault("neither of the three forms".to_owned()))?;
    let zone = match &release.release.timezone {
        Some(zone) => TimeZone::get(&zone.0.value).map_err(|error| fault(error.to_string()))?,
        None => TimeZone::UTC,
    };
    let moment = clock.to_zoned(zone).map_err(|error| fault(error.to_string()))?;
    Ok(moment.timestamp().as_second())
}

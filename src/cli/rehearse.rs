//! `relspec build --rehearse`: when a rehearsal is built, and where it is not written.

use super::Failure;
use crate::output::MANIFEST;
use crate::rehearsal::NOTICE;
use crate::spec::Config;
use crate::spec::pace::Pace;
use crate::spec::rehearsal::Rehearsal;
use clap::Args;
use std::path::Path;

/// The shortest interval at which servers still keep up, in milliseconds.
const LEAST_INTERVAL: u64 = 100;

/// The options of a rehearsal.
#[derive(Debug, Args)]
pub struct Rehearse {
    /// Build a rehearsal: every duration is divided by FACTOR and every channel leads to one listener; needs an --out of
    /// its own. See docs/rehearsal.md.
    #[arg(long = "rehearse", value_name = "FACTOR", conflicts_with_all = ["check", "force", "target", "paths"])]
    #[arg(value_parser = clap::value_parser!(u64).range(2..=1000))]
    factor: Option<u64>,
    /// Where every channel of a rehearsal leads.
    #[arg(long, value_name = "URL", requires = "factor", default_value = "http://127.0.0.1:5001/")]
    listener: String,
}

impl Rehearse {
    /// The rehearsal that is asked for.
    ///
    /// # Errors
    /// When the listener has no web address, or the output folder is not for rehearsals.
    pub fn rehearsal(&self, out: &Path) -> Result<Option<Rehearsal>, Failure> {
        let Some(pace) = self.factor.and_then(Pace::faster) else { return Ok(None) };
        let address = ["http://", "https://"].iter().any(|scheme| self.listener.starts_with(scheme));
        if !address || self.listener.contains(char::is_whitespace) {
            let what = format!("`{}` is no web address to which alerts could be sent", self.listener);
            return Err(Failure::usage(what).help("write `--listener http://127.0.0.1:5001/`"));
        }
        let ours = out.join(NOTICE).is_file();
        if !ours && (out == Path::new("generated") || out.join(MANIFEST).exists()) {
            let what = format!("{}/ is for production and not for a rehearsal", out.display());
            return Err(Failure::usage(what).help("name another folder, such as `--out /tmp/rehearsal`"));
        }
        Ok(Some(Rehearsal { pace, listener: self.listener.clone() }))
    }

    /// Whether servers can keep up with the rehearsed intervals.
    ///
    /// # Errors
    /// When they can't.
    pub fn check(&self, config: &Config) -> Result<(), Failure> {
        let interval = config.scrape.millis().min(config.evaluation.millis());
        if self.factor.is_none() || interval >= LEAST_INTERVAL {
            return Ok(());
        }
        let what = format!("this is too fast: a server would have to do something every {interval}ms");
        let help = format!(
            "with a lower `--rehearse`, `intervals` in relspec.yaml stay at {LEAST_INTERVAL}ms or more"
        );
        Err(Failure::usage(what).help(help))
    }
}

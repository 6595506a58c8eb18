//! `relspec init`: a first spec that builds, with comments that teach.

use super::{Console, Exit, Failure, load};
use clap::Args;
use std::fs::{self, OpenOptions};
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

const HELP: &str = "\
Writes specs/my-service-v1.yaml, a spec that builds without a finding: two
metrics, three stages with their gates, people, and the way back;
relspec.yaml and a line in .gitattributes where they are missing. Nothing is
ever overwritten.

Exit codes: 0 written, 3 the spec is there already, or a file could not be
written.";

const SPEC: &str = "specs/my-service-v1.yaml";
const SPEC_TEXT: &str = include_str!("../../templates/init/my-service-v1.yaml");
const CONFIG_TEXT: &str = include_str!("../../templates/init/relspec.yaml");
const ATTRIBUTES: &str = ".gitattributes";
const ATTRIBUTES_TEXT: &str = include_str!("../../templates/init/gitattributes");

/// Write a first spec that builds, with comments that teach.
#[derive(Debug, Args)]
#[command(after_help = HELP)]
pub struct Init {
    /// The project's folder; it is made where it is missing.
    #[arg(value_name = "DIR", default_value = ".", hide_default_value = true)]
    dir: PathBuf,
}

impl Init {
    pub(super) fn run(&self, console: &mut Console) -> Result<Exit, Failure> {
        let mut written = Vec::new();
        self.create(SPEC, SPEC_TEXT)?;
        written.push(SPEC);
        if self.is_missing(load::CONFIG) {
            self.create(load::CONFIG, CONFIG_TEXT)?;
            written.push(load::CONFIG);
        }
        if self.attribute()? {
            written.push(ATTRIBUTES);
        }
        for path in written {
            writeln!(console.out, "wrote {}", self.dir.join(path).display())?;
        }
        writeln!(console.out, "\nNext:\n")?;
        if self.dir != Path::new(".") {
            writeln!(console.out, "  cd {}", self.dir.display())?;
        }
        writeln!(console.out, "  relspec build    # writes generated/")?;
        writeln!(console.out, "\nThen rename {SPEC}, say in it what your release is, and build again.")?;
        Ok(Exit::Clean)
    }

    fn is_missing(&self, path: &str) -> bool {
        self.dir.join(path).symlink_metadata().is_err()
    }

    /// Writes a new file and the folders above it.
    fn create(&self, path: &str, text: &str) -> Result<(), Failure> {
        let path = self.dir.join(path);
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)
                .map_err(|error| Failure::files(format!("cannot make {}: {error}", folder.display())))?;
        }
        let file = OpenOptions::new().write(true).create_new(true).open(&path);
        file.and_then(|mut file| file.write_all(text.as_bytes())).map_err(|error| match error.kind() {
            ErrorKind::AlreadyExists => {
                Failure::files(format!("{} is there already; it was left as it is", path.display()))
                    .help("`relspec build` builds it; name another folder for another project")
            }
            _ => cannot_write(&path, &error),
        })
    }

    /// Adds what git should know of generated files, unless something of the kind is there.
    fn attribute(&self) -> Result<bool, Failure> {
        let path = self.dir.join(ATTRIBUTES);
        let old = fs::read_to_string(&path).unwrap_or_default();
        if old.contains("generated/") {
            return Ok(false);
        }
        let gap = if old.is_empty() || old.ends_with('\n') { "" } else { "\n" };
        let file = OpenOptions::new().append(true).create(true).open(&path);
        file.and_then(|mut file| file.write_all(format!("{gap}{ATTRIBUTES_TEXT}").as_bytes()))
            .map_err(|error| cannot_write(&path, &error))?;
        Ok(true)
    }
}

fn cannot_write(path: &Path, error: &std::io::Error) -> Failure {
    Failure::files(format!("cannot write {}: {error}", path.display()))
}

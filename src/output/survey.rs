//! The look before the first write: what is there, what would change, and all that stands in the way.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use walkdir::WalkDir;

use super::fault::{Problem, Reason, shown};
use super::header::{Intact, is_intact, unix_lines};
use super::look::{Found, look};
use super::{Keeps, Stamped, manifest, paths};

/// One file as it is and as it shall be.
pub(super) struct Seen {
    pub path: String,
    /// The text on disk with `\n` line ends; `None` when there is no file.
    pub old: Option<String>,
    /// The text to be; `None` when the file shall go.
    pub new: Option<String>,
}

impl Seen {
    pub fn is_same(&self) -> bool {
        self.old == self.new
    }
}

/// All that a build needs to know about the folder.
pub(super) struct Survey {
    /// The artifacts, sorted by path.
    pub files: Vec<Seen>,
    /// What the manifest lists and the build no longer makes, also when it is already gone: its folder may be left.
    pub gone: Vec<Seen>,
    pub manifest: Seen,
    /// All paths of before and after.
    pub union: BTreeSet<String>,
    pub problems: Vec<Problem>,
}

/// Looks at everything that a build of these artifacts would touch; `problems` holds also what `--force` allows.
pub(super) fn survey(out: &Path, artifacts: &[Stamped], keeps: Keeps<'_>) -> Survey {
    let mut looker = Looker { out, gone: BTreeSet::new(), problems: Vec::new() };
    for (path, reason) in paths::faults(artifacts.iter().map(Stamped::path)) {
        looker.object(path, reason);
    }
    let made: BTreeSet<&str> =
        artifacts.iter().map(Stamped::path).filter(|path| paths::is_allowed(path)).collect();
    let (old_manifest, owned) = looker.manifest();
    let beyond = owned.iter().map(String::as_str).filter(|path| !made.contains(path));
    let (kept, gone): (Vec<&str>, Vec<&str>) = beyond.partition(|path| keeps(path));
    let manifest_text = manifest::render(made.iter().copied().chain(kept));
    looker.gone = gone.into_iter().map(str::to_owned).collect();

    let mut files: Vec<Seen> = artifacts.iter().filter_map(|artifact| looker.artifact(artifact)).collect();
    files.sort_by(|a, b| a.path.cmp(&b.path));
    let gone = looker.gone.clone().into_iter().map(|path| looker.leaving(path)).collect();
    let union = owned.iter().map(String::as_str).chain(made).map(str::to_owned).collect();
    let manifest = Seen { path: manifest::NAME.to_owned(), old: old_manifest, new: Some(manifest_text) };
    Survey { files, gone, manifest, union, problems: looker.problems }
}

struct Looker<'a> {
    out: &'a Path,
    gone: BTreeSet<String>,
    problems: Vec<Problem>,
}

impl Looker<'_> {
    fn object(&mut self, path: &str, reason: Reason) {
        let problem = Problem { path: shown(self.out, path), reason };
        if !self.problems.contains(&problem) {
            self.problems.push(problem);
        }
    }

    /// The manifest's text and the paths that it lists; nothing when it is missing or not ours.
    fn manifest(&mut self) -> (Option<String>, BTreeSet<String>) {
        let name = manifest::NAME;
        let text = match look(self.out, name) {
            Found::File(bytes) => text_of(&bytes),
            Found::Nothing => return (None, BTreeSet::new()),
            found => return (self.odd(name, found), BTreeSet::new()),
        };
        let owned = manifest::parse(&text).unwrap_or_else(|| {
            self.object(name, Reason::Foreign);
            BTreeSet::new()
        });
        (Some(text), owned)
    }

    /// `None` for a path that must not even be looked at.
    fn artifact(&mut self, artifact: &Stamped) -> Option<Seen> {
        let path = artifact.path();
        if !paths::is_allowed(path) {
            return None;
        }
        if is_intact(artifact.text().as_bytes()) != Intact::Ours {
            self.object(path, Reason::NoStamp);
        }
        let new = Some(unix_lines(artifact.text()).into_owned());
        let old = match look(self.out, path) {
            Found::Nothing => None,
            Found::File(bytes) => {
                match is_intact(&bytes) {
                    Intact::Ours => {}
                    Intact::Edited => self.object(path, Reason::Edited),
                    Intact::Foreign => self.object(path, Reason::Foreign),
                }
                Some(text_of(&bytes))
            }
            Found::BehindFile(file) if self.gone.contains(&file) => None,
            Found::Folder if self.will_be_empty(path) => None,
            found => self.odd(path, found),
        };
        if old != new && self.is_read_only(path) {
            self.object(path, Reason::ReadOnly);
        }
        Some(Seen { path: path.to_owned(), old, new })
    }

    fn leaving(&mut self, path: String) -> Seen {
        let old = match look(self.out, &path) {
            Found::File(bytes) => {
                if is_intact(&bytes) != Intact::Ours {
                    self.object(&path, Reason::EditedAndGone);
                } else if self.is_read_only(&path) {
                    self.object(&path, Reason::ReadOnly);
                }
                Some(text_of(&bytes))
            }
            // Nothing of ours is left at this path.
            Found::Nothing | Found::BehindFile(_) | Found::Folder => None,
            found => self.odd(&path, found),
        };
        Seen { path, old, new: None }
    }

    /// Objects to anything that is no file; what stands there counts as text without a line.
    fn odd(&mut self, path: &str, found: Found) -> Option<String> {
        let reason = match found {
            Found::Nothing | Found::File(_) => return None,
            Found::BehindLink(folder) => Reason::LinkedFolder(shown(self.out, &folder)),
            Found::BehindFile(file) => Reason::NeedsFolder(shown(self.out, &file)),
            Found::Link => Reason::LinkedFile,
            Found::Folder | Found::Other => Reason::NotAFile,
            Found::Unreadable(why) => Reason::Unreadable(why),
        };
        self.object(path, reason);
        Some(String::new())
    }

    /// A folder may make way for a file when all that it holds is going anyway, which takes its folders along.
    fn will_be_empty(&self, path: &str) -> bool {
        WalkDir::new(self.out.join(path)).into_iter().all(|entry| {
            let Ok(entry) = entry else { return false };
            let Some(inside) = entry.path().strip_prefix(self.out).ok().and_then(Path::to_str) else {
                return false;
            };
            if entry.file_type().is_dir() {
                self.gone.iter().any(|gone| paths::folders(gone).any(|folder| folder == inside))
            } else {
                self.gone.contains(inside) || entry.file_name().to_str().is_some_and(paths::is_temporary)
            }
        })
    }

    /// Whether the nearest folder that exists has no write permission at all; staging finds the finer cases.
    fn is_read_only(&self, path: &str) -> bool {
        let mut folders =
            paths::folders(path).map(|folder| self.out.join(folder)).chain([self.out.to_owned()]);
        let nearest = folders.find_map(|folder| fs::symlink_metadata(folder).ok());
        nearest.is_some_and(|folder| folder.is_dir() && folder.permissions().readonly())
    }
}

fn text_of(bytes: &[u8]) -> String {
    unix_lines(&String::from_utf8_lossy(bytes)).into_owned()
}

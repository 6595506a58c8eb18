//! Reading a project from the current folder.

use super::Failure;
use crate::Project;
use crate::lint::unknown_reference;
use crate::source::{FileId, Spanned, find_specs, find_templates};
use crate::{syntax, template};
use std::collections::BTreeSet;
use std::path::{Component, Path, PathBuf};

/// What releases share, in the project's folder.
pub const CONFIG: &str = "relspec.yaml";

/// The whole project: `relspec.yaml` and every release below the folder of specs.
///
/// # Errors
/// When there is no release at all.
pub fn whole(specs: &Path) -> Result<Project, Failure> {
    if !specs.is_dir() {
        return Err(nothing(specs, "there is no such folder"));
    }
    let project = read(&[specs.to_owned()])?;
    if project.spec_files.is_empty() && project.unread.is_empty() {
        return Err(nothing(
            specs,
            "it holds no *.yaml or *.yml (names that begin with _ or . do not count)",
        ));
    }
    Ok(project)
}

fn nothing(specs: &Path, why: &str) -> Failure {
    let here = std::env::current_dir().unwrap_or_default();
    let looked = here.join(plain(specs));
    Failure::files(format!("no release found: looked in {}, and {why}", looked.display()))
        .help("`relspec init` writes a first one; `--specs DIR` and `--project DIR` look elsewhere")
}

/// `relspec.yaml`, the project's own templates and the releases at these paths, each a file or a folder.
///
/// # Errors
/// When a path does not exist.
pub fn read(paths: &[PathBuf]) -> Result<Project, Failure> {
    let missing: Vec<_> = paths.iter().filter(|path| path.symlink_metadata().is_err()).collect();
    if !missing.is_empty() {
        let names: Vec<_> = missing.iter().map(|path| path.display().to_string()).collect();
        return Err(Failure::files(format!("there is no such file or folder: {}", names.join(", "))));
    }
    let root = Path::new("");
    let mut project = Project::default();
    if Path::new(CONFIG).symlink_metadata().is_ok() {
        match project.sources.read(root, Path::new(CONFIG)) {
            Ok(file) => project.config_file = Some(file),
            Err(fault) => project.unread.push(fault),
        }
    }
    for path in find_templates(Path::new(template::FOLDER)) {
        match project.sources.read(root, &path) {
            Ok(file) => project.template_files.push(file),
            Err(fault) => project.unread.push(fault),
        }
    }
    alertmanager(&mut project, root);
    let mut files = Vec::new();
    let mut faults = Vec::new();
    for path in paths.iter().map(|path| plain(path)) {
        if path.is_dir() {
            let found = find_specs(&path);
            files.extend(found.files);
            faults.extend(found.faults);
        } else if path != Path::new(CONFIG) {
            files.push(path);
        }
    }
    let mut seen = BTreeSet::new();
    for file in files.into_iter().filter(|file| seen.insert(file.clone())) {
        match project.sources.read(root, &file) {
            Ok(id) => project.spec_files.push(id),
            Err(fault) => project.unread.push(fault),
        }
    }
    for fault in faults {
        let fault = project.sources.report(root, &fault);
        project.unread.push(fault);
    }
    Ok(project)
}

/// Reads the team's own Alertmanager file, where `relspec.yaml` names one; a fault of it is told at that name.
pub fn alertmanager(project: &mut Project, root: &Path) {
    // What is wrong with `relspec.yaml` itself is told when it is judged.
    let config = project.config_file.and_then(|file| syntax::parse(&project.sources, file, &mut Vec::new()));
    let entry = config.as_ref().and_then(|root| root.get("alertmanager"));
    let Some((text, span)) = entry.and_then(|entry| Some((entry.value.as_text()?, entry.value.span))) else {
        return;
    };
    let path = Spanned::new(text.to_owned(), span);
    match project.sources.read(root, Path::new(text)) {
        Ok(file) => project.alertmanager_file = Some(file),
        Err(fault) => {
            let help = fault.help.unwrap_or_default();
            project.unread.push(unknown_reference::unreadable(&path, &fault.message, &help));
        }
    }
}

/// The releases of a project that lie at these paths, each a file or a folder.
///
/// # Errors
/// When there is none at a path.
pub fn select(project: &Project, paths: &[PathBuf]) -> Result<BTreeSet<FileId>, Failure> {
    let mut selected = BTreeSet::new();
    for path in paths {
        let wanted = plain(path);
        let here = project.sources.iter().filter(|(_, source)| {
            wanted.as_os_str().is_empty() || Path::new(&source.path).starts_with(&wanted)
        });
        let here: Vec<_> = here.map(|(id, _)| id).collect();
        if here.is_empty() {
            return Err(Failure::files(format!("{} is no release of this project", path.display()))
                .help("name files or folders below the folder of specs"));
        }
        selected.extend(here);
    }
    Ok(selected)
}

/// The path as it is shown: below the current folder without its prefix, and without `.`.
fn plain(path: &Path) -> PathBuf {
    let here = std::env::current_dir().unwrap_or_default();
    let relative = path.strip_prefix(&here).unwrap_or(path);
    relative.components().filter(|part| *part != Component::CurDir).collect()
}

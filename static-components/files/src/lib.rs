//! Files as tools. Nothing here knows of a policy: the standard library asks WASI, and WASI has only the folders that were granted.

use std::fmt::Display;
use std::fs::{self, FileType};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

wit_bindgen::generate!();

struct Files;

export!(Files);

impl Guest for Files {
    fn list_directory(path: String) -> Result<Vec<String>, String> {
        let entries = sorted_entries(&expand(&path)?).map_err(because("Failed to read directory"))?;
        Ok(entries.iter().map(|entry| format!("{} {}", mark(entry.kind), entry.name)).collect())
    }

    fn read_file(path: String) -> Result<String, String> {
        let bytes = fs::read(expand(&path)?).map_err(because("Failed to read file"))?;
        Ok(String::from_utf8_lossy(&bytes).into_owned())
    }

    fn write_file(path: String, content: String) -> Result<String, String> {
        fs::write(expand(&path)?, &content).map_err(because("Failed to write file"))?;
        Ok(format!("Wrote {} bytes to {path}", content.len()))
    }

    fn search_file(path: String, pattern: String) -> Result<String, String> {
        let mut found = Vec::new();
        search(&expand(&path)?, &pattern.to_lowercase(), &mut found).map_err(because("Failed to search directory"))?;
        Ok(if found.is_empty() { "No matches found".into() } else { found.join("\n") })
    }

    fn get_file_info(path: String) -> Result<String, String> {
        let metadata = fs::symlink_metadata(expand(&path)?).map_err(because("Failed to get metadata"))?;
        Ok(format!(
            "kind: {}\nsize: {} bytes\nmodified: {}\naccessed: {}",
            kind_name(metadata.file_type()),
            metadata.len(),
            seconds_since_epoch(metadata.modified()),
            seconds_since_epoch(metadata.accessed()),
        ))
    }

    fn create_directory(path: String) -> Result<String, String> {
        fs::create_dir_all(expand(&path)?).map_err(because("Failed to create directory"))?;
        Ok(format!("Created {path}"))
    }

    fn delete_file(path: String) -> Result<String, String> {
        fs::remove_file(expand(&path)?).map_err(because("Failed to delete file"))?;
        Ok(format!("Deleted {path}"))
    }

    fn move_path(source: String, destination: String) -> Result<String, String> {
        fs::rename(expand(&source)?, expand(&destination)?).map_err(because("Failed to move"))?;
        Ok(format!("Moved {source} to {destination}"))
    }

    fn get_directory_tree(path: String, max_depth: u32) -> Result<String, String> {
        let mut drawing = format!("{path}\n");
        draw(&expand(&path)?, max_depth, "", &mut drawing).map_err(because("Failed to read directory"))?;
        Ok(drawing)
    }

    fn file_exists(path: String) -> Result<bool, String> {
        match fs::symlink_metadata(expand(&path)?) {
            Ok(_) => Ok(true),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(false),
            Err(error) => Err(because("Failed to look")(error)),
        }
    }
}

struct Entry {
    name: String,
    path: PathBuf,
    kind: FileType,
}

fn sorted_entries(folder: &Path) -> std::io::Result<Vec<Entry>> {
    let mut entries = fs::read_dir(folder)?
        .map(|entry| {
            let entry = entry?;
            let name = entry.file_name().to_string_lossy().into_owned();
            Ok(Entry { name, path: entry.path(), kind: entry.file_type()? })
        })
        .collect::<std::io::Result<Vec<_>>>()?;
    entries.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(entries)
}

fn search(folder: &Path, pattern: &str, found: &mut Vec<String>) -> std::io::Result<()> {
    for entry in sorted_entries(folder)? {
        if entry.name.to_lowercase().contains(pattern) {
            found.push(entry.path.display().to_string());
        }
        // Links are not followed, so a link to a folder above cannot send the search round in circles.
        if entry.kind.is_dir() {
            search(&entry.path, pattern, found)?;
        }
    }
    Ok(())
}

fn draw(folder: &Path, depth: u32, indent: &str, drawing: &mut String) -> std::io::Result<()> {
    if depth == 0 {
        return Ok(());
    }
    let entries = sorted_entries(folder)?;
    for (position, entry) in entries.iter().enumerate() {
        let last = position + 1 == entries.len();
        let (branch, below) = if last { ("└── ", "    ") } else { ("├── ", "│   ") };
        let slash = if entry.kind.is_dir() { "/" } else { "" };
        drawing.push_str(&format!("{indent}{branch}{}{slash}\n", entry.name));
        if entry.kind.is_dir() {
            draw(&entry.path, depth - 1, &format!("{indent}{below}"), drawing)?;
        }
    }
    Ok(())
}

fn expand(path: &str) -> Result<PathBuf, String> {
    match path.strip_prefix('~') {
        Some(rest) if rest.is_empty() || rest.starts_with('/') => {
            let home = std::env::var("HOME").map_err(|_| "Cannot determine home directory from $HOME")?;
            Ok(PathBuf::from(home + rest))
        }
        _ => Ok(PathBuf::from(path)),
    }
}

fn because<E: Display>(what: &str) -> impl Fn(E) -> String {
    move |error| format!("{what}: {error}")
}

fn mark(kind: FileType) -> &'static str {
    match kind {
        kind if kind.is_dir() => "[DIR]",
        kind if kind.is_symlink() => "[LINK]",
        _ => "[FILE]",
    }
}

fn kind_name(kind: FileType) -> &'static str {
    match kind {
        kind if kind.is_dir() => "directory",
        kind if kind.is_symlink() => "symbolic link",
        kind if kind.is_file() => "file",
        _ => "other",
    }
}

fn seconds_since_epoch(time: std::io::Result<SystemTime>) -> String {
    match time.map(|time| time.duration_since(UNIX_EPOCH)) {
        Ok(Ok(since)) => format!("{} s since 1970", since.as_secs()),
        _ => "unknown".into(),
    }
}

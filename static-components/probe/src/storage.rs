//! Files by `wasi:filesystem` itself. The standard library would refuse most of these paths before it asked anybody.

use crate::wasi::filesystem::preopens::get_directories;
use crate::wasi::filesystem::types::{Descriptor, DescriptorFlags, ErrorCode, OpenFlags, PathFlags};
use crate::{Attempt, Verdict, attempt};

const SECRET: &str = "home/user/secret.txt";

pub fn attempts() -> Vec<Attempt> {
    let directories = get_directories();
    let Some((data, _)) = directories.iter().find(|(_, path)| path == "/data") else {
        return vec![attempt("open the granted folder", "/data", Verdict::Granted, Err("not there".into()))];
    };
    let mut attempts = vec![attempt("read a granted file", "notes.txt", Verdict::Granted, read(data, "notes.txt"))];
    attempts.extend(reads(data));
    attempts.extend(writes(data));
    for (directory, path) in directories.iter().filter(|(_, path)| path != "/data") {
        let target = format!("{SECRET} from {path}");
        attempts.push(attempt("read from another folder", &target, Verdict::Refused, read(directory, SECRET)));
    }
    attempts
}

/// Ways out of the granted folder.
fn reads(data: &Descriptor) -> Vec<Attempt> {
    let mut attempts: Vec<Attempt> = [
        ("climb out", format!("../{SECRET}")),
        ("climb out through a folder", format!("reports/../../{SECRET}")),
        ("climb out through a file", format!("notes.txt/../../{SECRET}")),
        ("climb further than the root", format!("../../../../../{SECRET}")),
        ("climb and come back", "../data/notes.txt".into()),
        ("an absolute path", format!("/{SECRET}")),
        ("an absolute path into the granted folder", "/data/notes.txt".into()),
        ("dots that are percent-encoded", format!("%2e%2e/{SECRET}")),
        ("backslashes", format!("..\\{}", SECRET.replace('/', "\\"))),
        ("a zero byte", "notes.txt\0/../../home".into()),
        ("a link that climbs", "link-out".into()),
        ("a link to an absolute path", "link-absolute".into()),
        ("a file with another case", "NOTES.TXT".into()),
        ("a name that JavaScript knows", "__proto__".into()),
        ("another one", "constructor".into()),
        ("an empty path", String::new()),
    ]
    .into_iter()
    .map(|(what, path)| attempt(what, &path, Verdict::Refused, read(data, &path)))
    .collect();

    let from_child = data
        .open_at(PathFlags::empty(), "reports", OpenFlags::DIRECTORY, DescriptorFlags::READ)
        .map_err(name_of)
        .and_then(|child| read(&child, "../notes.txt"));
    attempts.push(attempt("climb out of a folder's handle", "../notes.txt from reports", Verdict::Refused, from_child));
    attempts
}

/// Ways to change what may only be read.
fn writes(data: &Descriptor) -> Vec<Attempt> {
    let done = |outcome: Result<(), ErrorCode>| outcome.map(|()| "done".to_owned()).map_err(name_of);
    let open = |path: &str, how, rights| data.open_at(PathFlags::SYMLINK_FOLLOW, path, how, rights);
    let readable = DescriptorFlags::READ;
    let through_read_handle =
        open("notes.txt", OpenFlags::empty(), readable).and_then(|file| file.write(b"changed", 0)).map(drop);
    let cut_through_read_handle =
        open("notes.txt", OpenFlags::empty(), readable).and_then(|file| file.set_size(0));
    [
        ("open for writing", "notes.txt", open("notes.txt", OpenFlags::empty(), readable | DescriptorFlags::WRITE).map(drop)),
        ("create by opening to read", "new.txt", open("new.txt", OpenFlags::CREATE, readable).map(drop)),
        ("truncate by opening to read", "notes.txt", open("notes.txt", OpenFlags::TRUNCATE, readable).map(drop)),
        ("write through a handle for reading", "notes.txt", through_read_handle),
        ("truncate through a handle for reading", "notes.txt", cut_through_read_handle),
        ("make a folder", "new", data.create_directory_at("new")),
        ("make a link", "new-link", data.symlink_at("notes.txt", "new-link")),
        ("make a hard link", "new-hard-link", data.link_at(PathFlags::empty(), "notes.txt", data, "new-hard-link")),
        ("rename", "notes.txt", data.rename_at("notes.txt", data, "renamed.txt")),
        ("delete", "notes.txt", data.unlink_file_at("notes.txt")),
        ("delete a folder", "reports", data.remove_directory_at("reports")),
        ("change the times", "notes.txt", set_times(data)),
    ]
    .into_iter()
    .map(|(what, path, outcome)| attempt(what, path, Verdict::Refused, done(outcome)))
    .collect()
}

fn set_times(data: &Descriptor) -> Result<(), ErrorCode> {
    use crate::wasi::filesystem::types::NewTimestamp::Now;
    data.set_times_at(PathFlags::empty(), "notes.txt", Now, Now)
}

/// Ok is how much was read; the content is nobody's business.
fn read(directory: &Descriptor, path: &str) -> Result<String, String> {
    directory
        .open_at(PathFlags::SYMLINK_FOLLOW, path, OpenFlags::empty(), DescriptorFlags::READ)
        .and_then(|file| file.read(64 * 1024, 0))
        .map(|(bytes, _)| format!("read {} bytes", bytes.len()))
        .map_err(name_of)
}

fn name_of(error: ErrorCode) -> String {
    error.name().to_owned()
}

//! Each rule is an operation and how it must end. What the operations leave behind does not matter: each works on names of its own.

use wasi::filesystem::preopens::get_directories;
use wasi::filesystem::types::{
    Descriptor, DescriptorFlags, DescriptorType, ErrorCode, NewTimestamp, OpenFlags, PathFlags,
};
use wasi::io::streams::StreamError;

wit_bindgen::generate!({ generate_all });

struct FileRules;

export!(FileRules);

type Outcome = Result<(), ErrorCode>;

const READ: DescriptorFlags = DescriptorFlags::READ;
const WRITE: DescriptorFlags = DescriptorFlags::WRITE;
const NO_FOLLOW: PathFlags = PathFlags::empty();
const FOLLOW: PathFlags = PathFlags::SYMLINK_FOLLOW;

fn open(directory: &Descriptor, path: &str, how: OpenFlags, flags: DescriptorFlags) -> Result<Descriptor, ErrorCode> {
    directory.open_at(NO_FOLLOW, path, how, flags)
}

fn see(directory: &Descriptor, path: &str) -> Outcome {
    open(directory, path, OpenFlags::empty(), READ).map(drop)
}

fn make(directory: &Descriptor, path: &str, content: &[u8]) -> Outcome {
    let file = open(directory, path, OpenFlags::CREATE | OpenFlags::TRUNCATE, READ | WRITE)?;
    file.write(content, 0).map(drop)
}

fn content(directory: &Descriptor, path: &str) -> Result<Vec<u8>, ErrorCode> {
    let file = open(directory, path, OpenFlags::empty(), READ)?;
    file.read(1 << 20, 0).map(|(bytes, _)| bytes)
}

/// A condition as an outcome: what is not so fails with a code that no rule expects.
fn holds(condition: bool) -> Outcome {
    if condition { Ok(()) } else { Err(ErrorCode::Quota) }
}

fn rules<'a>(data: &'a Descriptor, fixed: &'a Descriptor) -> Vec<(&'static str, Outcome, Result<(), ErrorCode>)> {
    use ErrorCode::*;
    let mut tried: Vec<(&'static str, Outcome, Result<(), ErrorCode>)> = Vec::new();
    let mut rule = |what, got: Outcome, expected| tried.push((what, got, expected));

    rule("a file opens", see(data, "a.txt"), Ok(()));
    rule("a missing file does not", see(data, "nope"), Err(NoEntry));
    rule("an empty path names nothing", see(data, ""), Err(NoEntry));
    rule("a path may go up inside", see(data, "dir/../a.txt"), Ok(()));
    rule("a path may not go up outside", see(data, ".."), Err(NotPermitted));
    rule(
        "nor by a longer way",
        see(data, "dir/../../fixed/test.txt"),
        Err(NotPermitted),
    );
    rule(
        "an absolute path is refused",
        see(data, "/data/a.txt"),
        Err(NotPermitted),
    );
    rule(
        "going up through a missing directory fails",
        see(data, "nope/../a.txt"),
        Err(NoEntry),
    );
    rule("a file is no directory", see(data, "a.txt/x"), Err(NotDirectory));
    rule(
        "a trailing slash asks for a directory",
        see(data, "a.txt/"),
        Err(NotDirectory),
    );
    rule("a backslash is part of a name", see(data, "dir\\nested"), Err(NoEntry));
    rule("case counts", see(data, "A.TXT"), Err(NoEntry));
    rule("percent signs are not decoded", see(data, "%61.txt"), Err(NoEntry));
    rule("a name of a prototype is a name", see(data, "__proto__"), Err(NoEntry));

    let child = open(data, "dir", OpenFlags::DIRECTORY, READ).expect("the layout has dir");
    rule(
        "a child directory does not lead to its parent",
        see(&child, "../a.txt"),
        Err(NotPermitted),
    );
    rule(
        "opening as directory wants one",
        open(data, "a.txt", OpenFlags::DIRECTORY, READ).map(drop),
        Err(NotDirectory),
    );

    rule(
        "a link is followed when asked",
        data.open_at(FOLLOW, "link", OpenFlags::empty(), READ).map(drop),
        Ok(()),
    );
    rule("and not when not", see(data, "link"), Err(Loop));
    rule(
        "a link upwards is not",
        data.open_at(FOLLOW, "up/fixed/test.txt", OpenFlags::empty(), READ)
            .map(drop),
        Err(NotPermitted),
    );
    rule(
        "an absolute link is not",
        data.open_at(FOLLOW, "abs", OpenFlags::empty(), READ).map(drop),
        Err(NotPermitted),
    );
    rule(
        "a link to itself ends",
        data.open_at(FOLLOW, "loop", OpenFlags::empty(), READ).map(drop),
        Err(Loop),
    );
    rule(
        "an absolute link cannot be made",
        data.symlink_at("/etc", "escape"),
        Err(NotPermitted),
    );
    rule(
        "a link can be read",
        data.readlink_at("link").and_then(|target| holds(target == "a.txt")),
        Ok(()),
    );

    rule(
        "exclusive creation wants nothing there",
        open(data, "a.txt", OpenFlags::CREATE | OpenFlags::EXCLUSIVE, READ | WRITE).map(drop),
        Err(Exist),
    );
    rule(
        "truncation empties",
        make(data, "t.txt", b"long")
            .and_then(|()| make(data, "t.txt", b""))
            .and_then(|()| content(data, "t.txt"))
            .and_then(|bytes| holds(bytes.is_empty())),
        Ok(()),
    );
    rule(
        "a gap reads as zeros",
        make(data, "gap", b"")
            .and_then(|()| open(data, "gap", OpenFlags::empty(), WRITE))
            .and_then(|file| file.write(b"x", 3).map(drop))
            .and_then(|()| content(data, "gap"))
            .and_then(|bytes| holds(bytes == b"\0\0\0x")),
        Ok(()),
    );
    rule("appending goes to the end", append(data), Ok(()));
    rule(
        "a file open for reading is not written",
        open(data, "a.txt", OpenFlags::empty(), READ).and_then(|file| file.write(b"x", 0).map(drop)),
        Err(NotPermitted),
    );
    rule(
        "a file open for writing is not read",
        open(data, "a.txt", OpenFlags::empty(), WRITE).and_then(|file| file.read(1, 0).map(drop)),
        Err(NotPermitted),
    );

    rule(
        "a directory is made once",
        data.create_directory_at("made")
            .and_then(|()| data.create_directory_at("made")),
        Err(Exist),
    );
    rule(
        "a full directory stays",
        make(data, "made/x", b"").and_then(|()| data.remove_directory_at("made")),
        Err(NotEmpty),
    );
    rule(
        "a file is not removed as a directory",
        data.remove_directory_at("a.txt"),
        Err(NotDirectory),
    );
    rule(
        "a directory is not unlinked",
        data.unlink_file_at("made"),
        Err(IsDirectory),
    );
    rule(
        "a renamed file is where it went",
        make(data, "from", b"moved")
            .and_then(|()| data.rename_at("from", data, "to"))
            .and_then(|()| see(data, "from")),
        Err(NoEntry),
    );
    rule(
        "with what was in it",
        content(data, "to").and_then(|bytes| holds(bytes == b"moved")),
        Ok(()),
    );
    rule(
        "a hard link is the same file",
        data.link_at(NO_FOLLOW, "to", data, "again")
            .and_then(|()| same(data, "to", "again")),
        Ok(()),
    );
    rule("an open file outlives its name", outlives(data), Ok(()));

    rule("a read-only tree is read", see(fixed, "test.txt"), Ok(()));
    rule(
        "and not opened for writing",
        open(fixed, "test.txt", OpenFlags::empty(), WRITE).map(drop),
        Err(NotPermitted),
    );
    rule(
        "nor truncated",
        open(fixed, "test.txt", OpenFlags::TRUNCATE, READ).map(drop),
        Err(NotPermitted),
    );
    rule(
        "nor added to",
        open(fixed, "new", OpenFlags::CREATE, READ).map(drop),
        Err(NotPermitted),
    );
    rule(
        "nor made a directory in",
        fixed.create_directory_at("new"),
        Err(NotPermitted),
    );
    rule("nor unlinked in", fixed.unlink_file_at("test.txt"), Err(NotPermitted));
    rule(
        "nor renamed out of",
        fixed.rename_at("test.txt", data, "stolen"),
        Err(NotPermitted),
    );
    rule(
        "nor renamed into",
        data.rename_at("b.txt", fixed, "planted"),
        Err(NotPermitted),
    );
    rule(
        "nor linked into",
        data.link_at(NO_FOLLOW, "b.txt", fixed, "planted"),
        Err(NotPermitted),
    );
    rule(
        "nor given times",
        fixed.set_times_at(NO_FOLLOW, "test.txt", NewTimestamp::Now, NewTimestamp::Now),
        Err(NotPermitted),
    );
    rule(
        "a missing file in it is not told of to a writer",
        open(fixed, "nope", OpenFlags::CREATE, WRITE).map(drop),
        Err(NotPermitted),
    );

    rule(
        "stat tells size and type",
        data.stat_at(NO_FOLLOW, "a.txt")
            .and_then(|stat| holds(stat.size == 5 && stat.type_ == DescriptorType::RegularFile)),
        Ok(()),
    );
    rule(
        "stat of a link is the link's",
        data.stat_at(NO_FOLLOW, "link")
            .and_then(|stat| holds(stat.type_ == DescriptorType::SymbolicLink)),
        Ok(()),
    );
    rule("writing moves the time", time_moves(data), Ok(()));
    rule("a hash changes with the content", hash_changes(data), Ok(()));
    rule("a directory lists each entry once", lists(data), Ok(()));
    tried
}

fn append(data: &Descriptor) -> Outcome {
    make(data, "log", b"one")?;
    let file = open(data, "log", OpenFlags::empty(), WRITE)?;
    let stream = file.append_via_stream()?;
    stream.blocking_write_and_flush(b" two").map_err(code_of)?;
    holds(content(data, "log")? == b"one two")
}

fn code_of(error: StreamError) -> ErrorCode {
    match error {
        StreamError::Closed => ErrorCode::Pipe,
        StreamError::LastOperationFailed(_) => ErrorCode::Io,
    }
}

fn same(data: &Descriptor, one: &str, other: &str) -> Outcome {
    let (one, other) = (
        open(data, one, OpenFlags::empty(), READ)?,
        open(data, other, OpenFlags::empty(), READ)?,
    );
    holds(one.is_same_object(&other))
}

fn outlives(data: &Descriptor) -> Outcome {
    make(data, "gone", b"still here")?;
    let file = open(data, "gone", OpenFlags::empty(), READ)?;
    data.unlink_file_at("gone")?;
    holds(file.read(100, 0)?.0 == b"still here")
}

fn time_moves(data: &Descriptor) -> Outcome {
    make(data, "timed", b"")?;
    data.set_times_at(
        NO_FOLLOW,
        "timed",
        NewTimestamp::NoChange,
        NewTimestamp::Timestamp(wasi::clocks::wall_clock::Datetime {
            seconds: 1,
            nanoseconds: 0,
        }),
    )?;
    let before = data
        .stat_at(NO_FOLLOW, "timed")?
        .data_modification_timestamp
        .map(|time| time.seconds);
    make(data, "timed", b"later")?;
    let after = data
        .stat_at(NO_FOLLOW, "timed")?
        .data_modification_timestamp
        .map(|time| time.seconds);
    holds(before == Some(1) && after > before)
}

fn hash_changes(data: &Descriptor) -> Outcome {
    make(data, "hashed", b"one")?;
    let hash = || {
        data.metadata_hash_at(NO_FOLLOW, "hashed")
            .map(|hash| (hash.lower, hash.upper))
    };
    let (before, again) = (hash()?, hash()?);
    make(data, "hashed", b"other")?;
    holds(before == again && before != hash()?)
}

fn lists(data: &Descriptor) -> Outcome {
    data.create_directory_at("listed")?;
    for name in ["x", "y"] {
        make(data, &format!("listed/{name}"), b"")?;
    }
    let stream = open(data, "listed", OpenFlags::DIRECTORY, READ)?.read_directory()?;
    let mut names = Vec::new();
    while let Some(entry) = stream.read_directory_entry()? {
        names.push(entry.name);
    }
    names.sort();
    holds(names == ["x", "y"])
}

impl Guest for FileRules {
    fn check() -> (u32, Vec<String>) {
        let directories = get_directories();
        let named = |name: &str| {
            &directories
                .iter()
                .find(|(_, path)| path == name)
                .expect("the test grants it")
                .0
        };
        let tried = rules(named("/data"), named("/fixed"));
        let broken = tried
            .iter()
            .filter(|(_, got, expected)| got != expected)
            .map(|(what, got, expected)| format!("{what}: {got:?} instead of {expected:?}"))
            .collect();
        (tried.len() as u32, broken)
    }
}

//! What `wasi:filesystem` promises.

use crate::{Broken, bytes_of};
use wasip3::filesystem::preopens::get_directories;
use wasip3::filesystem::types::{
    Advice, Descriptor, DescriptorFlags, DescriptorType, ErrorCode, NewTimestamp, OpenFlags, PathFlags,
};
use wasip3::wit_stream;

const READ: DescriptorFlags = DescriptorFlags::READ;
const BOTH: DescriptorFlags = DescriptorFlags::READ.union(DescriptorFlags::WRITE);
const NO_FOLLOW: PathFlags = PathFlags::empty();

async fn open(
    directory: &Descriptor,
    path: &str,
    how: OpenFlags,
    flags: DescriptorFlags,
) -> Result<Descriptor, ErrorCode> {
    directory.open_at(NO_FOLLOW, path.into(), how, flags).await
}

async fn content(file: &Descriptor, from: u64) -> Result<Vec<u8>, ErrorCode> {
    let (bytes, outcome) = file.read_via_stream(from);
    let bytes = bytes_of(bytes, 3).await;
    outcome.await.map(|()| bytes)
}

/// Writes in two pieces; at the end where there is no place.
async fn write(file: &Descriptor, text: &str, at: Option<u64>) -> Result<(), ErrorCode> {
    let (mut writer, reader) = wit_stream::new::<u8>();
    let outcome = match at {
        Some(at) => file.write_via_stream(reader, at),
        None => file.append_via_stream(reader),
    };
    let (first, second) = text.as_bytes().split_at(text.len().div_ceil(2));
    // Where nobody takes the first half, the second may not be offered.
    if writer.write_all(first.to_vec()).await.is_empty() && !second.is_empty() {
        writer.write_all(second.to_vec()).await;
    }
    drop(writer);
    outcome.await
}

async fn names(directory: &Descriptor) -> Result<Vec<String>, ErrorCode> {
    let (mut entries, outcome) = directory.read_directory();
    let mut names = Vec::new();
    while let Some(entry) = entries.next().await {
        names.push(entry.name);
    }
    names.sort();
    outcome.await.map(|()| names)
}

pub async fn rules() -> Vec<String> {
    let mut broken = Broken::default();
    let Some((data, _)) = get_directories().into_iter().find(|(_, path)| path == "/data") else {
        return vec!["the directory /data is there".into()];
    };
    reading(&mut broken, &data).await;
    writing(&mut broken, &data).await;
    directories(&mut broken, &data).await;
    refusals(&mut broken, &data).await;
    broken.0
}

async fn reading(broken: &mut Broken, data: &Descriptor) {
    let file = open(data, "a.txt", OpenFlags::empty(), READ).await.unwrap();
    broken.same("a file is read", content(&file, 0).await, Ok(b"first".to_vec()));
    broken.same("from the middle", content(&file, 3).await, Ok(b"st".to_vec()));
    broken.same("beyond its end it is empty", content(&file, 99).await, Ok(vec![]));
    let (bytes, outcome) = file.read_via_stream(0);
    drop(bytes);
    broken.same("what is not read ends well", outcome.await, Ok(()));
    broken.same("a file is a file", file.get_type().await, Ok(DescriptorType::RegularFile));
    broken.same("it has its flags", file.get_flags().await, Ok(READ));
    let stat = file.stat().await.unwrap();
    broken.same("its size is told", stat.size, 5);
    broken.rule("and its times", stat.data_modification_timestamp.is_some());
    let by_path = data.stat_at(NO_FOLLOW, "a.txt".into()).await.unwrap();
    broken.same("by its path too", by_path.size, 5);
    let again = open(data, "a.txt", OpenFlags::empty(), READ).await.unwrap();
    broken.rule("a file is the same twice", file.is_same_object(&again).await);
    broken.rule("and not its directory", !file.is_same_object(data).await);
    let hash = |hash: wasip3::filesystem::types::MetadataHashValue| (hash.lower, hash.upper);
    broken.same(
        "its hash is the same by its path",
        file.metadata_hash().await.map(hash),
        data.metadata_hash_at(NO_FOLLOW, "a.txt".into()).await.map(hash),
    );
    broken.same("advice is taken", file.advise(0, 5, Advice::Sequential).await, Ok(()));
}

async fn writing(broken: &mut Broken, data: &Descriptor) {
    let made = OpenFlags::CREATE | OpenFlags::TRUNCATE;
    let file = open(data, "w.txt", made, BOTH).await.unwrap();
    broken.same("a file is written", write(&file, "hello world", Some(5)).await, Ok(()));
    broken.same(
        "with zeros before",
        content(&file, 0).await,
        Ok(b"\0\0\0\0\0hello world".to_vec()),
    );
    broken.same("over what is there", write(&file, "abcde", Some(0)).await, Ok(()));
    broken.same("at its end", write(&file, "!", None).await, Ok(()));
    broken.same("is all of it", content(&file, 0).await, Ok(b"abcdehello world!".to_vec()));
    broken.same("it is cut", file.set_size(5).await, Ok(()));
    broken.same("to its start", content(&file, 0).await, Ok(b"abcde".to_vec()));
    broken.same("and made longer", file.set_size(7).await, Ok(()));
    broken.same("by zeros", content(&file, 0).await, Ok(b"abcde\0\0".to_vec()));
    broken.same("it is synced", file.sync().await.and(file.sync_data().await), Ok(()));
    broken.same("nothing is written", write(&file, "", Some(0)).await, Ok(()));
    let stamp = NewTimestamp::Timestamp(wasip3::clocks::system_clock::Instant {
        seconds: 1_000,
        nanoseconds: 0,
    });
    broken.same(
        "its times are set",
        file.set_times(stamp, NewTimestamp::NoChange).await,
        Ok(()),
    );
    let accessed = file.stat().await.unwrap().data_access_timestamp;
    broken.same("and told", accessed.map(|time| time.seconds), Some(1_000));
    let large = open(data, "large.bin", made, BOTH).await.unwrap();
    let text = "0123456789abcdef".repeat(16_384);
    broken.same("256 KiB are written", write(&large, &text, Some(0)).await, Ok(()));
    let (bytes, outcome) = large.read_via_stream(0);
    broken.rule("and read", bytes_of(bytes, 65_536).await == text.as_bytes());
    broken.same("well", outcome.await, Ok(()));
    let again = open(data, "w.txt", OpenFlags::CREATE | OpenFlags::EXCLUSIVE, BOTH).await;
    broken.same("none is made twice", again.map(drop), Err(ErrorCode::Exist));
}

async fn directories(broken: &mut Broken, data: &Descriptor) {
    broken.same("a folder is made", data.create_directory_at("d".into()).await, Ok(()));
    broken.same(
        "once",
        data.create_directory_at("d".into()).await,
        Err(ErrorCode::Exist),
    );
    let folder = open(data, "d", OpenFlags::DIRECTORY, READ | DescriptorFlags::MUTATE_DIRECTORY)
        .await
        .unwrap();
    broken.same("it is empty", names(&folder).await, Ok(vec![]));
    let made = OpenFlags::CREATE;
    for name in ["b", "a", "c"] {
        let file = open(&folder, name, made, BOTH).await.unwrap();
        write(&file, name, Some(0)).await.unwrap();
    }
    let all = |names: &[&str]| Ok(names.iter().map(|name| name.to_string()).collect::<Vec<_>>());
    broken.same("it lists what is in it", names(&folder).await, all(&["a", "b", "c"]));
    let (entries, outcome) = folder.read_directory();
    drop(entries);
    broken.same("a list ends well unread", outcome.await, Ok(()));
    broken.same(
        "a file moves",
        folder.rename_at("a".into(), data, "moved".into()).await,
        Ok(()),
    );
    broken.same("out of the folder", names(&folder).await, all(&["b", "c"]));
    broken.same(
        "a file is removed",
        folder.unlink_file_at("b".into()).await,
        Ok(()),
    );
    broken.same(
        "a full folder is not",
        data.remove_directory_at("d".into()).await,
        Err(ErrorCode::NotEmpty),
    );
    broken.same("the last goes", folder.unlink_file_at("c".into()).await, Ok(()));
    broken.same("then the folder", data.remove_directory_at("d".into()).await, Ok(()));
    broken.same(
        "a link is made",
        data.symlink_at("a.txt".into(), "link".into()).await,
        Ok(()),
    );
    broken.same("and read", data.readlink_at("link".into()).await, Ok("a.txt".into()));
    let followed = data
        .open_at(PathFlags::SYMLINK_FOLLOW, "link".into(), OpenFlags::empty(), READ)
        .await
        .unwrap();
    broken.same("and followed", content(&followed, 0).await, Ok(b"first".to_vec()));
    let itself = open(data, "link", OpenFlags::empty(), READ).await;
    broken.same("only where asked", itself.map(drop), Err(ErrorCode::Loop));
}

async fn refusals(broken: &mut Broken, data: &Descriptor) {
    let see = async |path: &str| open(data, path, OpenFlags::empty(), READ).await.map(drop);
    broken.same("a missing file is not opened", see("nope").await, Err(ErrorCode::NoEntry));
    broken.same("no way leads up", see("..").await, Err(ErrorCode::NotPermitted));
    broken.same(
        "nor a longer one",
        see("d/../../etc").await.map_err(|_| ErrorCode::NotPermitted),
        Err(ErrorCode::NotPermitted),
    );
    broken.same("nor an absolute one", see("/etc").await, Err(ErrorCode::NotPermitted));
    broken.same("a file has nothing in it", see("a.txt/x").await, Err(ErrorCode::NotDirectory));
    let file = open(data, "a.txt", OpenFlags::empty(), READ).await.unwrap();
    let written = write(&file, "x", Some(0)).await;
    broken.rule("what is read is not written", written.is_err());
    broken.same("and stays", content(&file, 0).await, Ok(b"first".to_vec()));
    let cut = file.set_size(0).await;
    broken.rule("nor cut", cut.is_err());
    broken.rule("a file is not listed", names(&file).await.is_err());
    let folder = open(data, "a.txt", OpenFlags::DIRECTORY, READ).await;
    broken.same("a file is no folder", folder.map(drop), Err(ErrorCode::NotDirectory));
}

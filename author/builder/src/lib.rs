//! WIT, JavaScript and a QuickJS runtime become a component, without files and without running anything of it.
//!
//! The page calls it in two steps. `link` makes a component that holds the engine and the bindings of a world, and whose state can be read
//! after its `init` ran; that happens elsewhere, in a sandbox. `snapshot` takes the state that was read and gives the finished component.

mod fields;
mod link;
mod loader;
mod problem;
mod sections;
mod shapes;
mod shim;
mod snapshot;
mod wasi;
mod world;

use std::cell::RefCell;
use std::panic;

use fields::{Fields, answer};
use link::Linked;
use problem::Problem;

thread_local! {
    /// What the last answer is, for the page to read.
    static ANSWER: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
    /// What was linked last, for its snapshots.
    static LINKED: RefCell<Option<Linked>> = const { RefCell::new(None) };
}

/// Room for the fields of a call; the call takes it back.
#[unsafe(no_mangle)]
pub extern "C" fn allocate(length: usize) -> *mut u8 {
    Box::into_raw(vec![0u8; length].into_boxed_slice()).cast()
}

/// Where the last answer is, and `answer_length` bytes of it.
#[unsafe(no_mangle)]
pub extern "C" fn answer_at() -> *const u8 {
    ANSWER.with_borrow(|bytes| bytes.as_ptr())
}

#[unsafe(no_mangle)]
pub extern "C" fn answer_length() -> usize {
    ANSWER.with_borrow(Vec::len)
}

/// Fields: the WIT, and imports to add to its world, one a line. Answers with the world as WIT with all that it uses, and `async` or `sync`.
#[unsafe(no_mangle)]
pub extern "C" fn describe(at: *mut u8, length: usize) {
    serve(at, length, |mut fields| {
        let world = world::read(fields.text()?, fields.text()?)?;
        shapes::refuse(&world)?;
        let kind = if world.is_async() { "async" } else { "sync" };
        Ok(vec![world.print()?.into_bytes(), kind.as_bytes().to_vec()])
    });
}

/// Fields: as of `describe`, then the runtime. Answers with a component whose state can be read, its shim, and the name of its `init`.
#[unsafe(no_mangle)]
pub extern "C" fn link(at: *mut u8, length: usize) {
    serve(at, length, |mut fields| {
        let world = world::read(fields.text()?, fields.text()?)?;
        shapes::refuse(&world)?;
        let (linked, instrumented, shim) = link::link(&world, fields.bytes()?)?;
        let init = linked.init_name().as_bytes().to_vec();
        LINKED.set(Some(linked));
        Ok(vec![instrumented, shim.into_bytes(), init])
    });
}

/// Fields: the name of an accessor and its value, as little-endian bytes, as often as there are accessors. Answers with the component.
#[unsafe(no_mangle)]
pub extern "C" fn snapshot(at: *mut u8, length: usize) {
    serve(at, length, |fields| {
        LINKED.with_borrow(|linked| {
            let linked = linked.as_ref().ok_or_else(|| Problem::of("nothing was linked"))?;
            Ok(vec![snapshot::snapshot(linked, fields)?])
        })
    });
}

fn serve(at: *mut u8, length: usize, work: impl FnOnce(Fields<'_>) -> Result<Vec<Vec<u8>>, Problem>) {
    panic::set_hook(Box::new(|info| {
        let fields = Problem::of(&format!("the builder gave up: {info}")).fields();
        ANSWER.set(answer(b"problem", &fields));
    }));
    // SAFETY: `at` came from `allocate(length)`, and is given back here.
    let input = unsafe { Vec::from_raw_parts(at, length, length) };
    let result = work(Fields::new(&input));
    ANSWER.set(match result {
        Ok(fields) => answer(b"ok", &fields),
        Err(problem) => answer(b"problem", &problem.fields()),
    });
}

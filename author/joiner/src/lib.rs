//! Components of which some provide what others import become one component, without files and without running anything of them.

mod join;
mod problem;

#[path = "../../builder/src/fields.rs"]
mod fields;

use std::cell::RefCell;
use std::panic;

use fields::{Fields, answer};
use problem::Problem;

thread_local! {
    /// What the last answer is, for the page to read.
    static ANSWER: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
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

/// Fields: those of `join::read`. Answers with the component, and the names of what it exports of those that provide, one a line.
#[unsafe(no_mangle)]
pub extern "C" fn join(at: *mut u8, length: usize) {
    panic::set_hook(Box::new(|info| {
        let fields = Problem::of(&format!("the joiner gave up: {info}")).fields();
        ANSWER.set(answer(b"problem", &fields));
    }));
    // SAFETY: `at` came from `allocate(length)`, and is given back here.
    let input = unsafe { Vec::from_raw_parts(at, length, length) };
    let result = join::read(&mut Fields::new(&input)).and_then(|parts| join::join(&parts));
    ANSWER.set(match result {
        Ok(whole) => answer(b"ok", &[whole.bytes, whole.also.join("\n").into_bytes()]),
        Err(problem) => answer(b"problem", &problem.fields()),
    });
}

//! Gives back what it is given, for every shape of WIT.

use exports::tapedeck::types::choices::{Access, Colour, Guest as Choices};

wit_bindgen::generate!();

struct Types;

export!(Types);

impl Choices for Types {
    fn echo_colour(value: Colour) -> Colour {
        value
    }

    fn echo_access(value: Access) -> Access {
        value
    }
}

macro_rules! echo {
    ($($name:ident: $type:ty),* $(,)?) => {
        $(fn $name(value: $type) -> $type {
            value
        })*
    };
}

impl Guest for Types {
    echo! {
        echo_bool: bool,
        echo_u8: u8,
        echo_u16: u16,
        echo_u32: u32,
        echo_u64: u64,
        echo_s8: i8,
        echo_s16: i16,
        echo_s32: i32,
        echo_s64: i64,
        echo_f32: f32,
        echo_f64: f64,
        echo_char: char,
        echo_string: String,
        echo_bytes: Vec<u8>,
        echo_strings: Vec<String>,
        echo_matrix: Vec<Vec<i32>>,
        echo_points: Vec<Point>,
        echo_segment: Segment,
        echo_option: Option<String>,
        echo_option_option: Option<Option<u32>>,
        echo_tuple: (u32, String, bool),
        echo_shape: Shape,
        echo_size: Size,
        echo_features: Features,
        echo_shapes: Vec<Shape>,
    }

    fn echo_result(value: Result<u32, String>) -> (Result<u32, String>,) {
        (value,)
    }

    fn make_result(text: String, ok: bool) -> Result<String, String> {
        if ok { Ok(text) } else { Err(text) }
    }

    fn make_result_without_ok(ok: bool) -> Result<(), String> {
        if ok { Ok(()) } else { Err("no".into()) }
    }

    fn make_result_without_err(ok: bool) -> Result<String, ()> {
        if ok { Ok("yes".into()) } else { Err(()) }
    }

    fn make_empty_result(ok: bool) -> Result<(), ()> {
        if ok { Ok(()) } else { Err(()) }
    }

    fn make_shape_result(ok: bool) -> Result<Point, Shape> {
        if ok { Ok(Point { x: 1, y: 2 }) } else { Err(Shape::Circle(1.5)) }
    }

    fn join(first: String, second_value: u64, third: Option<bool>) -> String {
        format!("{first} {second_value} {third:?}")
    }

    fn nothing() {}

    fn answer() -> u32 {
        42
    }

    fn swallow(_value: String) {}
}

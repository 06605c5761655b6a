//! How arguments and answers cross: byte strings one after the other, each behind its length in 32 bits.

use crate::problem::Problem;

/// The fields of a call, read from the first to the last.
pub struct Fields<'a> {
    rest: &'a [u8],
}

impl<'a> Fields<'a> {
    pub fn new(input: &'a [u8]) -> Self {
        Fields { rest: input }
    }

    pub fn is_empty(&self) -> bool {
        self.rest.is_empty()
    }

    pub fn bytes(&mut self) -> Result<&'a [u8], Problem> {
        let short = || Problem::of("a field is missing");
        let (length, rest) = self.rest.split_first_chunk::<4>().ok_or_else(short)?;
        let length = u32::from_le_bytes(*length) as usize;
        let (field, rest) = rest.split_at_checked(length).ok_or_else(short)?;
        self.rest = rest;
        Ok(field)
    }

    pub fn text(&mut self) -> Result<&'a str, Problem> {
        std::str::from_utf8(self.bytes()?).map_err(|_| Problem::of("a text is not UTF-8"))
    }
}

/// An answer: its first field says what kind it is of.
pub fn answer(kind: &[u8], fields: &[Vec<u8>]) -> Vec<u8> {
    let mut bytes = Vec::new();
    for field in std::iter::once(kind).chain(fields.iter().map(Vec::as_slice)) {
        bytes.extend_from_slice(&(field.len() as u32).to_le_bytes());
        bytes.extend_from_slice(field);
    }
    bytes
}

//! 视图: JavaScript's views of the flat record and of the columns, the one place with unsafe code.
//!
//! A view is made of a slice that the engine keeps for as long as it lives and never moves while it is that long. It is
//! only valid until the memory grows, when JavaScript detaches it; the front then asks for new ones. Between calls the
//! front writes to it, and no Rust reference to the slice exists then; while Rust holds one, no JavaScript of ours runs
//! that writes to it.

#![allow(unsafe_code)]

use js_sys::{Float64Array, Uint8Array, Uint16Array, Uint32Array};

/// A view of bytes.
pub(super) fn view_bytes(bytes: &[u8]) -> Uint8Array {
    // The slice belongs to the engine, as this module says.
    unsafe { Uint8Array::view(bytes) }
}

/// A view of UTF-16 units.
pub(super) fn view_units(units: &[u16]) -> Uint16Array {
    // The slice belongs to the engine, as this module says.
    unsafe { Uint16Array::view(units) }
}

/// A view of numbers.
pub(super) fn view_words(words: &[u32]) -> Uint32Array {
    // The slice belongs to the engine, as this module says.
    unsafe { Uint32Array::view(words) }
}

/// A view of times.
pub(super) fn view_floats(floats: &[f64]) -> Float64Array {
    // The slice belongs to the engine, as this module says.
    unsafe { Float64Array::view(floats) }
}

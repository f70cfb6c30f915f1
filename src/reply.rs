//! 回复: how an answer crosses to JavaScript, as numbers and texts in linear memory.
//!
//! The front makes objects of them without a JSON text to be written, decoded and parsed. A value is a
//! number, its kind in the lowest three bits and the rest above them, and what follows:
//!
//! | kind | rest | what follows |
//! | --- | --- | --- |
//! | 0 | null, false, true, or the end of a list or an object | |
//! | 1 | nothing | a whole number |
//! | 2 | length in bytes | the address of a text that the engine is made with, to be decoded once |
//! | 3 | length in UTF-16 units | nothing: the next of the texts made for this reply |
//! | 4 | nothing | a list: its items, and the end |
//! | 5 | nothing | an object: names and values in turn, and the end |
//! | 6 | nothing | an object of a kind not told before: the same |
//! | 7 | which of the kinds told | another object of that kind: its values |
//!
//! In front of them are the address of the texts made for the reply, one after the other, and their length.

use core::fmt::{self, Display};
use core::ops::Range;

use serde::ser::{self, Impossible, Serialize};

const END: u32 = 3;
const NUMBER: u32 = 1;
const FIXED: u32 = 2;
const MADE: u32 = 3;
const LIST: u32 = 4;
const OBJECT: u32 = 5;
const NEW_KIND: u32 = 6;
const KIND: u32 = 7;

/// What can go wrong when a reply is taken down: nothing. So no code is there for it either.
#[derive(Debug)]
pub enum Never {}

impl Display for Never {
    fn fmt(&self, _: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {}
    }
}

impl core::error::Error for Never {}

impl ser::Error for Never {
    /// For values that refuse to be told, of which we have none.
    fn custom<T: Display>(_: T) -> Self {
        std::process::abort()
    }
}

/// The last reply; its memory serves the next one.
#[derive(Debug, Default)]
pub struct Reply {
    words: Vec<u32>,
    texts: String,
    /// The kinds of objects that were told, by the name of the struct and how many fields it has.
    kinds: Vec<(&'static str, usize)>,
    /// Whether the names of the object that is being told are told too; above it, those that it is part of.
    named: u32,
}

impl Reply {
    /// Takes the answer down; where it stands.
    pub fn with(&mut self, answer: &impl Serialize) -> *const u32 {
        self.begin();
        let Ok(()) = answer.serialize(&mut *self);
        self.finish()
    }

    fn begin(&mut self) {
        self.words.clear();
        self.texts.clear();
        self.words.extend([0, 0]);
    }

    fn finish(&mut self) -> *const u32 {
        if let [address, length, ..] = self.words.as_mut_slice() {
            *address = self.texts.as_ptr() as u32;
            *length = self.texts.len() as u32;
        }
        self.words.as_ptr()
    }

    fn word(&mut self, kind: u32, rest: u32) -> Result<(), Never> {
        self.words.push(rest << 3 | kind);
        Ok(())
    }

    fn number(&mut self, number: u32) -> Result<(), Never> {
        self.word(NUMBER, 0)?;
        self.words.push(number);
        Ok(())
    }

    /// The name of a field, where it is told.
    fn name(&mut self, name: &str) -> Result<(), Never> {
        if self.named & 1 != 0 { self.text(name) } else { Ok(()) }
    }

    fn text(&mut self, text: &str) -> Result<(), Never> {
        let address = text.as_ptr() as usize;
        if made_with().contains(&address) {
            self.word(FIXED, text.len() as u32)?;
            self.words.push(address as u32);
            return Ok(());
        }
        self.texts.push_str(text);
        let units = text.bytes().map(|byte| match byte {
            0x80..=0xbf => 0,
            0xf0.. => 2,
            _ => 1,
        });
        self.word(MADE, units.sum())
    }
}

/// Where the texts lie that the engine is made with: they never change.
#[allow(unsafe_code)]
fn made_with() -> Range<usize> {
    // What the linker says of the module's data; only the addresses are used.
    unsafe extern "C" {
        static __global_base: u8;
        static __data_end: u8;
    }
    (&raw const __global_base as usize)..(&raw const __data_end as usize)
}

/// For the kinds of values that no answer of ours holds.
fn none() -> ! {
    std::process::abort()
}

/// Kinds of values that no answer of ours holds.
macro_rules! refused {
    ($($method:ident($type:ty))*) => {
        $(fn $method(self, _: $type) -> Result<(), Never> { none() })*
    };
}

impl ser::Serializer for &mut Reply {
    type Ok = ();
    type Error = Never;
    type SerializeSeq = Self;
    type SerializeTuple = Impossible<(), Never>;
    type SerializeTupleStruct = Impossible<(), Never>;
    type SerializeTupleVariant = Impossible<(), Never>;
    type SerializeMap = Self;
    type SerializeStruct = Self;
    type SerializeStructVariant = Impossible<(), Never>;

    fn serialize_bool(self, value: bool) -> Result<(), Never> {
        self.word(0, if value { 2 } else { 1 })
    }

    fn serialize_u32(self, value: u32) -> Result<(), Never> {
        self.number(value)
    }

    fn serialize_str(self, value: &str) -> Result<(), Never> {
        self.text(value)
    }

    fn serialize_none(self) -> Result<(), Never> {
        self.word(0, 0)
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<(), Never> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<(), Never> {
        self.serialize_none()
    }

    fn serialize_unit_variant(self, _: &str, _: u32, variant: &str) -> Result<(), Never> {
        self.text(variant)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &str,
        _: u32,
        variant: &str,
        value: &T,
    ) -> Result<(), Never> {
        self.word(OBJECT, 0)?;
        self.text(variant)?;
        value.serialize(&mut *self)?;
        self.word(0, END)
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Self, Never> {
        self.word(LIST, 0)?;
        Ok(self)
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Self, Never> {
        self.word(OBJECT, 0)?;
        Ok(self)
    }

    fn serialize_struct(self, name: &'static str, fields: usize) -> Result<Self, Never> {
        let told = self.kinds.iter().position(|kind| core::ptr::eq(kind.0, name) && kind.1 == fields);
        self.named = self.named << 1 | u32::from(told.is_none());
        match told {
            Some(place) => self.word(KIND, place as u32)?,
            None => {
                self.kinds.push((name, fields));
                self.word(NEW_KIND, 0)?;
            }
        }
        Ok(self)
    }

    refused! {
        serialize_i8(i8) serialize_i16(i16) serialize_i32(i32) serialize_i64(i64) serialize_u8(u8) serialize_u16(u16)
        serialize_u64(u64) serialize_f32(f32) serialize_f64(f64) serialize_char(char) serialize_bytes(&[u8])
        serialize_unit_struct(&'static str)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, _: &str, _: &T) -> Result<(), Never> {
        none()
    }

    fn serialize_tuple(self, _: usize) -> Result<Self::SerializeTuple, Never> {
        none()
    }

    fn serialize_tuple_struct(self, _: &str, _: usize) -> Result<Self::SerializeTupleStruct, Never> {
        none()
    }

    fn serialize_tuple_variant(
        self,
        _: &str,
        _: u32,
        _: &str,
        _: usize,
    ) -> Result<Self::SerializeTupleVariant, Never> {
        none()
    }

    fn serialize_struct_variant(
        self,
        _: &str,
        _: u32,
        _: &str,
        _: usize,
    ) -> Result<Self::SerializeStructVariant, Never> {
        none()
    }
}

impl ser::SerializeSeq for &mut Reply {
    type Ok = ();
    type Error = Never;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Never> {
        value.serialize(&mut **self)
    }

    fn end(self) -> Result<(), Never> {
        self.word(0, END)
    }
}

impl ser::SerializeMap for &mut Reply {
    type Ok = ();
    type Error = Never;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, name: &T) -> Result<(), Never> {
        name.serialize(&mut **self)
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Never> {
        value.serialize(&mut **self)
    }

    fn end(self) -> Result<(), Never> {
        self.word(0, END)
    }
}

impl ser::SerializeStruct for &mut Reply {
    type Ok = ();
    type Error = Never;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) -> Result<(), Never> {
        self.name(name)?;
        value.serialize(&mut **self)
    }

    fn end(self) -> Result<(), Never> {
        let named = self.named & 1 != 0;
        self.named >>= 1;
        if named { self.word(0, END) } else { Ok(()) }
    }
}

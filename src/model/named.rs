//! Enums whose variants have a fixed name in JSON, TypeScript and addresses.

/// Declares enums with one name for each variant: `ALL`, `NAMES`, `name()`, and serialization by name.
macro_rules! named {
    ($( $(#[$attribute:meta])* $enum:ident { $( $(#[$variant_attribute:meta])* $variant:ident = $name:literal; )* } )*) => {$(
        $(#[$attribute])*
        pub enum $enum { $( $(#[$variant_attribute])* $variant, )* }

        impl $enum {
            /// Every value, in order.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The name of every value in JSON and TypeScript, in the same order.
            pub const NAMES: &'static [&'static str] = &[$($name),*];

            /// The name in JSON and TypeScript.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $name),* }
            }
        }

        impl serde::Serialize for $enum {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.name())
            }
        }
    )*};
}
pub(crate) use named;

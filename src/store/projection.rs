//! Stored records read in place, for the search index: texts are borrowed, nothing is built.

use std::fmt;

use serde::Deserializer;
use serde::de::{DeserializeSeed, IgnoredAny, MapAccess, SeqAccess, Visitor};

use crate::store::StoreError;
use crate::store::coding::FORMAT;

/// Calls back with each text of each field of a stored record: the field's key, then the text.
///
/// A list calls back once per text; rows, numbers and flags are passed over.
pub fn texts<'de>(
    bytes: &'de [u8],
    each: &mut dyn FnMut(&'de str, &'de str),
) -> Result<(), StoreError> {
    let Some((&FORMAT, body)) = bytes.split_first() else {
        return Err(StoreError::Broken("unknown format byte".to_owned()));
    };
    let mut decoder = rmp_serde::Deserializer::from_read_ref(body);
    Outer(each)
        .deserialize(&mut decoder)
        .map_err(|error| StoreError::Broken(error.to_string()))
}

type Each<'a, 'de> = &'a mut dyn FnMut(&'de str, &'de str);

struct Outer<'a, 'de>(Each<'a, 'de>);
struct Fields<'a, 'de>(Each<'a, 'de>);
struct Texts<'a, 'de>(&'de str, Each<'a, 'de>);

impl<'de> DeserializeSeed<'de> for Outer<'_, 'de> {
    type Value = ();
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Outer<'_, 'de> {
    type Value = ();
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a stored record")
    }
    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(key) = map.next_key::<&str>()? {
            if key == "fields" {
                map.next_value_seed(Fields(&mut *self.0))?;
            } else {
                map.next_value::<IgnoredAny>()?;
            }
        }
        Ok(())
    }
}

impl<'de> DeserializeSeed<'de> for Fields<'_, 'de> {
    type Value = ();
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Fields<'_, 'de> {
    type Value = ();
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("fields")
    }
    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(key) = map.next_key::<&'de str>()? {
            map.next_value_seed(Texts(key, &mut *self.0))?;
        }
        Ok(())
    }
}

impl<'de> DeserializeSeed<'de> for Texts<'_, 'de> {
    type Value = ();
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Texts<'_, 'de> {
    type Value = ();
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }
    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<(), E> {
        (self.1)(self.0, text);
        Ok(())
    }
    fn visit_str<E>(self, _: &str) -> Result<(), E> {
        Ok(())
    }
    fn visit_bool<E>(self, _: bool) -> Result<(), E> {
        Ok(())
    }
    fn visit_i64<E>(self, _: i64) -> Result<(), E> {
        Ok(())
    }
    fn visit_u64<E>(self, _: u64) -> Result<(), E> {
        Ok(())
    }
    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<(), A::Error> {
        while seq
            .next_element_seed(Texts(self.0, &mut *self.1))?
            .is_some()
        {}
        Ok(())
    }
    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(())
    }
}

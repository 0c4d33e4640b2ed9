//! Values of fields as JSON says them.

use serde_json::{Map, Value as Json};

use crate::model::{Fields, Value};

/// Fields from JSON. `null` is unset, which is no field at all.
pub(super) fn fields_from(object: Map<String, Json>) -> Result<Fields, String> {
    let mut fields = Fields::new();
    for (key, value) in object {
        if let Some(value) = value_from(value).map_err(|what| format!("field `{key}`: {what}"))? {
            fields.set(key, value);
        }
    }
    Ok(fields)
}

/// A value from JSON; `None` for `null`.
pub(super) fn value_from(value: Json) -> Result<Option<Value>, String> {
    Ok(Some(match value {
        Json::Null => return Ok(None),
        Json::Bool(yes) => Value::Bool(yes),
        Json::Number(number) => match (number.as_i64(), number.as_f64()) {
            (Some(whole), _) => Value::Integer(whole),
            (None, Some(other)) if other.is_finite() => Value::Number(other),
            _ => return Err(format!("{number} is too great a number")),
        },
        Json::String(text) => Value::Text(text),
        Json::Array(items) => {
            let mut list = Vec::with_capacity(items.len());
            for item in items {
                list.extend(value_from(item)?);
            }
            Value::List(list)
        }
        Json::Object(object) => Value::Record(fields_from(object)?),
    }))
}

/// What a table's cell or a task's metadata says: a text as it is, anything else as JSON.
pub(super) fn plain(value: Json) -> Option<String> {
    match value {
        Json::Null => None,
        Json::String(text) => Some(text),
        other => Some(other.to_string()),
    }
}

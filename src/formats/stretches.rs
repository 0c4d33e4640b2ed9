//! Stretches of text among the fields: offsets that must move when the text's do.

use crate::model::{FieldDef, FieldKind, Fields, Value};

/// Maps the offsets of every stretch among these fields: of those that the definitions call so, and of those without a definition
/// that look so. Returns how many stretches could not be mapped and stay as
/// they are.
pub(super) fn map_stretches(
    defs: &[FieldDef],
    fields: &mut Fields,
    map: &dyn Fn(i64) -> Option<i64>,
) -> usize {
    let mut failed = 0;
    for (name, value) in fields.iter_mut() {
        let def = defs.iter().find(|def| def.name == name);
        failed += map_value(def.map(|def| &def.kind), value, map);
    }
    failed
}

fn map_value(kind: Option<&FieldKind>, value: &mut Value, map: &dyn Fn(i64) -> Option<i64>) -> usize {
    let may_be_stretch = kind.is_none_or(holds_stretches);
    if may_be_stretch && looks_like_stretch(value) {
        return match mapped(value, map) {
            Some(moved) => {
                *value = moved;
                0
            }
            None => 1,
        };
    }
    match value {
        Value::List(items) => items.iter_mut().map(|item| map_value(kind, item, map)).sum(),
        Value::Record(fields) => match kind {
            Some(FieldKind::Record(defs)) => map_stretches(defs, fields, map),
            _ => map_stretches(&[], fields, map),
        },
        _ => 0,
    }
}

fn holds_stretches(kind: &FieldKind) -> bool {
    match kind {
        FieldKind::Stretch => true,
        FieldKind::Either(kinds) => kinds.iter().any(holds_stretches),
        _ => false,
    }
}

/// Whether a value has the shape of a stretch: a list of pairs of whole numbers, at least one.
pub(super) fn looks_like_stretch(value: &Value) -> bool {
    let is_pair = |part: &Value| {
        part.as_list()
            .is_some_and(|pair| pair.len() == 2 && pair.iter().all(|n| matches!(n, Value::Integer(_))))
    };
    value.as_list().is_some_and(|parts| !parts.is_empty() && parts.iter().all(is_pair))
}

fn mapped(value: &Value, map: &dyn Fn(i64) -> Option<i64>) -> Option<Value> {
    match value {
        Value::List(items) => {
            items.iter().map(|item| mapped(item, map)).collect::<Option<_>>().map(Value::List)
        }
        Value::Integer(offset) => map(*offset).map(Value::Integer),
        other => Some(other.clone()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Schema;

    #[test]
    fn stretches_move_wherever_the_schema_or_their_looks_say_so() {
        let schema = Schema::positions();
        let mut fields: Fields = ron::from_str(
            r#"{"cue": [[4, 9]], "via": [{"cue": [[1, 2], [3, 4]]}], "confidence": 3, "mine": [[5, 6]], "pair": [5, 6]}"#,
        )
        .unwrap();
        let failed = map_stretches(schema.fields_of("position"), &mut fields, &|n| (n < 9).then_some(n + 10));
        let expected: Fields = ron::from_str(
            r#"{"cue": [[4, 9]], "via": [{"cue": [[11, 12], [13, 14]]}], "confidence": 3, "mine": [[15, 16]], "pair": [5, 6]}"#,
        )
        .unwrap();
        assert_eq!((fields, failed), (expected, 1));
    }
}

use super::ann::{Saying, parse};

#[test]
fn a_quotation_may_go_on_in_the_next_line() {
    let lines = parse("T1\tClaim 0 5\tда.\nда\nT2\tClaim 0 2\tда\nстрока\n");
    assert_eq!(lines.bounds[0].1.text, "да.\nда");
    assert_eq!(lines.bounds[1].1.text, "да");
    assert_eq!(lines.faults.len(), 1, "{:?}", lines.faults);
}

#[test]
fn values_of_attributes_may_have_spaces() {
    let lines = parse("A1\tStance T1 rather in favour\r\nM2\tNegation E1\r\n");
    let values: Vec<Option<&str>> = lines
        .sayings
        .iter()
        .filter_map(|(_, saying)| match saying {
            Saying::Attribute { value, .. } => Some(value.as_deref()),
            _ => None,
        })
        .collect();
    assert_eq!(values, [Some("rather in favour"), None]);
}

#[test]
fn what_may_overlap_is_no_relation() {
    let mut schema = crate::model::Schema::empty("brat");
    let conf = "[entities]\nPerson\n[relations]\nknows\tArg1:Person, Arg2:Person\n\
                <OVERLAP>\tArg1:<ENTITY>, Arg2:<ENTITY>, <OVL-TYPE>:contain\n[events]\n[attributes]\n";
    assert!(super::conf::annotation(conf, &mut schema).is_empty());
    let names: Vec<&str> = schema.relations.iter().map(|relation| relation.name.as_str()).collect();
    assert_eq!(names, ["knows"]);
}

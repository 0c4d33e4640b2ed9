use super::super::{Gathered, MemoryFiles, OffsetUnit, ReadOptions, Reader, TagScheme, WriteOptions, Writer};
use super::LabelStudio;
use crate::model::{Codebook, Register, Schema};

fn read(source: &MemoryFiles, schema: &Schema) -> Gathered {
    let mut gathered = Gathered::default();
    LabelStudio.read(source, &ReadOptions { unit: None, schema }, &mut gathered).unwrap();
    gathered
}

fn write(gathered: &Gathered, schema: &Schema, unit: Option<OffsetUnit>) -> MemoryFiles {
    let mut out = MemoryFiles::default();
    let options = WriteOptions {
        unit,
        scheme: TagScheme::default(),
        project: "",
        schema,
        register: &Register::default(),
        codebook: &Codebook::default(),
    };
    LabelStudio.write(&gathered.records, &options, &mut out).unwrap();
    out
}

const TASK: &str = r#"[{"id":7,"data":{"text":"😀 Киев и Львов","desk":"мир"},
  "annotations":[{"completed_by":{"id":3,"email":"anna@example.org"},"result":[
    {"id":"a","from_name":"label","to_name":"text","type":"labels","value":{"start":2,"end":6,"text":"Киев","labels":["City","Capital"]},"meta":{"text":["см."]}},
    {"id":"a","from_name":"tone","to_name":"text","type":"choices","value":{"start":2,"end":6,"text":"Киев","choices":["good"]}},
    {"id":"a","from_name":"why","to_name":"text","type":"textarea","value":{"start":2,"end":6,"text":["one","two"]}},
    {"id":"b","from_name":"label","to_name":"text","type":"labels","value":{"start":9,"end":14,"text":"Львов","labels":["City"]}},
    {"from_name":"topic","to_name":"text","type":"choices","value":{"choices":["war"]}},
    {"type":"relation","from_id":"a","to_id":"b","direction":"left","labels":["near"]}]}],
  "predictions":[{"model_version":"m1","result":[
    {"from_name":"label","to_name":"text","type":"labels","value":{"start":2,"end":6,"text":"Киев","labels":["City"]}}]}]}]"#;

#[test]
fn annotations_predictions_choices_and_relations_are_taken_in() {
    let gathered = read(&MemoryFiles::one("talks.json", TASK), &Schema::empty(""));
    assert_eq!(gathered.remarks, []);
    let [anna, model] = &gathered.records[..] else { panic!("{:?}", gathered.records) };
    assert_eq!((&*anna.set.annotator, &*model.set.annotator), ("anna@example.org", "m1"));
    assert_eq!(anna.set.article, "talks-7.txt");
    assert_eq!(anna.meta.extra, [("desk".to_owned(), "мир".to_owned())]);
    assert_eq!(anna.set.fields.text("topic"), Some("war"));
    let spans: Vec<String> = anna
        .set
        .spans()
        .map(|span| {
            format!("{} {} {} {:?}", span.id, span.label, span.surface(&anna.text), span.fields.text("tone"))
        })
        .collect();
    assert_eq!(spans, ["a City Киев Some(\"good\")", "a-2 Capital Киев Some(\"good\")", "b City Львов None"]);
    let span = anna.set.get(&"a".into()).unwrap();
    assert_eq!(span.note, "см.");
    assert_eq!(span.fields.get("why").and_then(|v| v.as_list()).map(<[_]>::len), Some(2));
    let near = anna.set.relations().next().unwrap();
    assert_eq!((near.from.as_str(), near.to.as_str(), &*near.label), ("b", "a", "near"));
}

#[test]
fn old_offsets_are_told_by_the_words() {
    let old = TASK
        .replace("\"start\":2,\"end\":6", "\"start\":3,\"end\":7")
        .replace("\"start\":9,\"end\":14", "\"start\":10,\"end\":15");
    let gathered = read(&MemoryFiles::one("talks.json", old), &Schema::empty(""));
    assert_eq!(gathered.remarks.len(), 1, "{:?}", gathered.remarks);
    assert!(gathered.remarks[0].what.contains("count utf16, not code-points: 3 of 3"));
    let record = &gathered.records[0];
    assert_eq!(record.set.get(&"b".into()).unwrap().surface(&record.text), "Львов");
}

#[test]
fn the_schema_goes_into_the_configuration_and_comes_back() {
    let schema = Schema::positions();
    let out = write(&Gathered::default(), &schema, None);
    let xml = String::from_utf8(out.bytes("config.xml").unwrap()).unwrap();
    let config = super::config::read_config(&xml).unwrap();
    assert_eq!(config.schema, schema);
    // Without the comment, what the controls say.
    let start = xml.find("<!--").unwrap();
    let end = xml.find("-->").unwrap() + 3;
    let bare = super::config::read_config(&format!("{}{}", &xml[..start], &xml[end..])).unwrap().schema;
    let names = |schema: &Schema| {
        let label = schema.label("position").unwrap();
        label.fields.iter().map(|def| (def.name.clone(), def.is_list())).collect::<Vec<_>>()
    };
    assert_eq!(names(&bare), names(&schema));
    assert_eq!(bare.relations.len(), schema.relations.len());
    assert!(bare.label("entity").unwrap().fields[0].choices().is_some_and(|choices| choices.len() == 6));
}

#[test]
fn controls_say_which_labels_they_are_for() {
    let xml = r#"<View><Labels name="l" toName="t"><Label value="A" hotkey="q"/><Label value="B"/></Labels>
      <Text name="t" value="$body"/>
      <Choices name="tone" toName="t" perRegion="true" whenTagName="l" whenLabelValue="A" choice="multiple" required="true">
        <Choice value="good"/><Choice value="bad" alias="b"/></Choices>
      <Rating name="sure" toName="t" perRegion="true" maxRating="4"/>
      <Choices name="topic" toName="t"><Choice value="war"/></Choices></View>"#;
    let config = super::config::read_config(xml).unwrap();
    let names =
        |label: &str| config.schema.fields_of(label).iter().map(|d| d.name.as_str()).collect::<Vec<_>>();
    assert_eq!((names("A"), names("B")), (vec!["tone", "sure"], vec!["sure"]));
    assert_eq!(config.schema.label("A").unwrap().key.as_deref(), Some("q"));
    assert_eq!((config.schema.fields_of("A")[0].min, config.schema.fields_of("A")[0].max), (1, None));
    assert_eq!(config.schema.article_fields[0].name, "topic");
    assert_eq!(config.objects[0].key, "body");
}

#[test]
fn tasks_that_are_cut_off_are_read_up_to_the_cut() {
    let two = format!("[{0},{0}]", &TASK[1..TASK.len() - 1]);
    let cut = &two[..two.len() - 200];
    let gathered = read(&MemoryFiles::one("a.json", cut), &Schema::empty(""));
    assert_eq!(gathered.records.len(), 2);
    assert!(gathered.remarks[0].what.contains("after task 1"), "{:?}", gathered.remarks);
    let mut nothing = Gathered::default();
    let schema = Schema::empty("");
    let source = MemoryFiles::one("a.json", "{\"a\"");
    assert!(LabelStudio.read(&source, &ReadOptions { unit: None, schema: &schema }, &mut nothing).is_err());
}

#[test]
fn every_old_shape_is_understood() {
    let minimal =
        r#"{"text":"а бв","id":1,"annotator":2,"label":[{"start":2,"end":4,"text":"бв","labels":["X"]}]}"#;
    let gathered = read(&MemoryFiles::one("min.json", minimal), &Schema::empty(""));
    assert_eq!((gathered.records[0].set.len(), &*gathered.records[0].set.annotator), (1, "user-2"));
    let old = r#"{"text":"а бв"}
{"data":{"text":"x"},"completions":[{"skipped":true,"result":[]}]}"#;
    let gathered = read(&MemoryFiles::one("old.jsonl", old), &Schema::empty(""));
    assert_eq!(gathered.records.len(), 2);
    assert_eq!(gathered.records[1].set.article, "old-2.txt");
}

#[test]
fn dialogues_are_read_with_their_speakers() {
    let xml = r#"<View><ParagraphLabels name="l" toName="d"><Label value="X"/></ParagraphLabels>
        <Paragraphs name="d" value="$talk" nameKey="who" textKey="what"/></View>"#;
    let tasks = r#"[{"data":{"talk":[{"who":"А","what":"да"},{"who":"Б","what":"😀 нет"}]},"annotations":[{"result":[
        {"id":"1","from_name":"l","to_name":"d","type":"paragraphlabels",
         "value":{"start":"1","end":"1","startOffset":3,"endOffset":6,"text":"нет","paragraphlabels":["X"]}}]}]}]"#;
    let files = MemoryFiles::one("config.xml", xml);
    files.put("t.json", tasks.into());
    let gathered = read(&files, &Schema::empty(""));
    let record = &gathered.records[0];
    assert_eq!(record.text.as_str(), "А: да\nБ: 😀 нет\n");
    assert_eq!(record.set.spans().next().unwrap().surface(&record.text), "нет");
    assert_eq!(gathered.remarks, []);
}

use super::super::{
    Gathered, MemoryFiles, ReadOptions, Reader, TagScheme, WriteOptions, Writer, jsonl::Jsonl,
};
use super::RefiQda;
use crate::model::{Codebook, Entity, Register, Schema, Term, Value, Words};

const LINE: &str = concat!(
    r#"{"article":"articles/а.txt","annotator":"anna","language":"ru","#,
    r#""meta":{"title":"«Талк»","date":"2026-01-21","desk":"мир"},"status":"done","#,
    r#""text":"Киев: 😀 \"да\"\nНет.","fields":{"тон":"злой"},"spans":["#,
    r#"{"id":"s2","label":"position","parts":[[0,4],[13,16]],"#,
    r#""fields":{"holders":[{"mention":"s1","entity":"kyiv","how":"explicit"}],"issues":[{"issue":"territory.donbas","stance":"for"}],"cue":[[6,7]],"confidence":5,"act":"demand","odd":0.5},"note":"см. \"ниже\"\n"},"#,
    r#"{"id":"s1","label":"entity","start":0,"end":4,"fields":{"kind":"place","entity":"kyiv"}},"#,
    r#"{"id":"s3","label":"своя метка","start":6,"end":12,"fields":{"yes":true}},"#,
    r#"{"id":"s3","label":"entity","start":8,"end":10}],"#,
    r#""relations":[{"id":"r1","label":"supports","from":"s2","to":"s1","fields":{"x":[[6,7]]}}]}"#,
    "\n"
);

fn terms() -> Codebook {
    let mut donbas = Term::new("territory.donbas", "en", "Donbas");
    donbas.titles.0.push(("uk".into(), "Донбас".into()));
    donbas.parent = Some("territory".into());
    donbas.definition = "Who holds it.\n\nAll of it & more.".into();
    donbas.examples = vec!["all of Donbas".into(), "two\nlines".into()];
    let mut old = Term::new("old", "en", "");
    old.titles = Words::default();
    old.definition = "Nobody says this any more".into();
    old.replaced_by = vec!["territory".into(), "territory.donbas".into()];
    // Parents that run in a circle.
    let circle = |id: &str, parent: &str| {
        let mut term = Term::new(id, "en", id);
        term.parent = Some(parent.into());
        term
    };
    let terms = [Term::new("territory", "ru", "Земля"), donbas, old, circle("a", "b"), circle("b", "a")];
    Codebook::new("issues", terms)
}

fn out_and_back(writer: &dyn Writer, codebook: &Codebook) -> (Gathered, MemoryFiles, Gathered) {
    let schema = Schema::positions();
    let options = ReadOptions { unit: None, schema: &schema };
    let mut first = Gathered::default();
    Jsonl.read(&MemoryFiles::one("a.jsonl", LINE), &options, &mut first).unwrap();
    let mut register = Register::default();
    register.insert(Entity::new("kyiv", "Kyiv", "place"));
    let mut out = MemoryFiles::default();
    let write = WriteOptions {
        unit: None,
        scheme: TagScheme::default(),
        project: "",
        schema: &schema,
        register: &register,
        codebook,
    };
    writer.write(&first.records, &write, &mut out).unwrap();
    let mut again = Gathered::default();
    RefiQda.read(&out, &options, &mut again).unwrap();
    (first, out, again)
}

fn read(name: &str, xml: &str) -> Gathered {
    let schema = Schema::empty("");
    let mut read = Gathered::default();
    let options = ReadOptions { unit: None, schema: &schema };
    RefiQda.read(&MemoryFiles::one(name, xml), &options, &mut read).unwrap();
    read
}

#[test]
fn a_record_comes_back() {
    for codebook in [Codebook::default(), terms()] {
        let (first, _, again) = out_and_back(&RefiQda, &codebook);
        assert_eq!(again.remarks, []);
        assert_eq!(again.records.len(), 1);
        assert_eq!(again.records[0].set, first.records[0].set);
        assert_eq!(again.records[0].meta, first.records[0].meta);
    }
}

#[test]
fn the_codebook_comes_back_from_a_project_and_alone() {
    let codebook = terms();
    let folder = RefiQda.for_folder().unwrap();
    let (_, out, _) = out_and_back(folder, &codebook);
    let alone = String::from_utf8(out.bytes("codebook.qdc").unwrap()).unwrap();
    let project = MemoryFiles::one("a.qdpx", out.bytes("project.qdpx").unwrap());
    let mut from_project = Gathered::default();
    let options = ReadOptions { unit: None, schema: &Schema::empty("") };
    RefiQda.read(&project, &options, &mut from_project).unwrap();
    for gathered in [from_project, read("a.qdc", &alone)] {
        let labels: Vec<&str> = gathered.schemas[0].labels.iter().map(|label| label.name.as_str()).collect();
        assert_eq!(labels, ["entity", "position", "claim", "своя метка"]);
        let there = &gathered.codebooks[0];
        assert_eq!(there.name, "issues");
        for term in codebook.iter().filter(|term| !["a", "b"].contains(&term.id.as_str())) {
            assert_eq!(there.get(term.id.as_str()), Some(term));
        }
        assert_eq!(there.len(), 5);
    }
}

const FOREIGN: &str = r##"<Project name="x"><Users><User guid="{U1}" name="Anna"/></Users>
<CodeBook><Codes><Code guid="C1" name="Позиция" isCodable="true"><Description>Чего хотят</Description><Code guid="C2" name="требует" isCodable="true"/></Code></Codes></CodeBook>
<Variables><Variable guid="V1" name="Paper" typeOfVariable="Text"/><Variable guid="V2" name="Age" typeOfVariable="Integer"/></Variables>
<Cases><Case guid="K1" name="Kyiv"><VariableValue><VariableRef targetGUID="V2"/><IntegerValue>41</IntegerValue></VariableValue><SourceRef targetGUID="S1"/></Case>
<Case guid="K2" name="NATO"><SelectionRef targetGUID="P1"/></Case></Cases>
<Sources><TextSource guid="S1" name="one"><PlainTextContent>Киев требует.</PlainTextContent>
<PlainTextSelection guid="{P1}" startPosition="0" endPosition="4" creatingUser="u1"><Description>прямо</Description><Coding guid="D1" creatingUser="U1"><CodeRef targetGUID="c1"/></Coding><Coding guid="D2"><CodeRef targetGUID="C2"/></Coding><NoteRef targetGUID="N1"/></PlainTextSelection>
<PlainTextSelection guid="P2" startPosition="5" endPosition="12"><Coding guid="D3"><CodeRef targetGUID="C2"/></Coding></PlainTextSelection>
<Coding guid="D4"><CodeRef targetGUID="C1"/></Coding><NoteRef targetGUID="N2"/><VariableValue><VariableRef targetGUID="V1"/><TextValue>Wire</TextValue></VariableValue></TextSource>
<PDFSource guid="S2" name="pages"><PDFSelection guid="P3" page="0" firstX="1" firstY="1" secondX="2" secondY="2"/><Representation guid="R2"><PlainTextContent>Страница</PlainTextContent></Representation></PDFSource>
<AudioSource guid="S3" name="voice"/></Sources>
<Notes><Note guid="N1" name="n"><PlainTextContent>ещё</PlainTextContent></Note><Note guid="N2" name="m"><PlainTextContent>о статье</PlainTextContent></Note><Note guid="N3" name="k"><PlainTextContent>ни о чём</PlainTextContent></Note></Notes>
<Links><Link guid="L1" name="because" originGUID="P1" targetGUID="P2"/></Links></Project>"##;

#[test]
fn cases_variables_and_notes_of_other_programs_are_fields_and_notes() {
    let read = read("a.qde", FOREIGN);
    let names: Vec<&str> = read.records.iter().map(|record| record.set.annotator.as_str()).collect();
    // One coding says nobody made it.
    assert_eq!(names, ["", "Anna", ""]);
    let anna = &read.records[1].set;
    let spans: Vec<_> =
        anna.spans().map(|span| (span.id.as_str(), span.label.as_str(), span.note.as_str())).collect();
    assert_eq!(spans, [("p1", "Позиция", "прямо\nещё"), ("p1-2", "Позиция/требует", "прямо\nещё")]);
    let case = anna.spans().next().unwrap().fields.get("case");
    assert_eq!(case, Some(&Value::List(vec![Value::text("NATO")])));
    let of_article: Vec<(&str, String)> =
        anna.fields.iter().map(|(name, value)| (name, format!("{value:?}"))).collect();
    let names: Vec<&str> = of_article.iter().map(|(name, _)| *name).collect();
    assert_eq!(names, ["Paper", "Age", "case", "code", "note"]);
    assert_eq!(anna.fields.get("Age"), Some(&Value::Integer(41)));
    assert_eq!(anna.fields.text("note"), Some("о статье"));
    assert_eq!(read.records[2].text.as_str(), "Страница");
    let labels = &read.schemas[0].labels;
    assert_eq!((labels[0].name.as_str(), labels[0].help.get("ru")), ("Позиция", Some("Чего хотят")));
    assert_eq!(labels[1].name, "Позиция/требует");
    let told: Vec<&str> = read.remarks.iter().map(|remark| remark.what.as_str()).collect();
    assert_eq!(
        told,
        [
            "notes that are on no source and no selection: 1 left out",
            "selections of pages and pictures: 1 left out",
            "sources that are no text: 1 left out",
        ]
    );
}

#[test]
fn what_others_coded_in_our_selection_is_a_span_of_its_own() {
    let (_, out, _) = out_and_back(&RefiQda, &terms());
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(out.bytes("").unwrap())).unwrap();
    let mut file = archive.by_name("project.qde").unwrap();
    let mut xml = String::new();
    std::io::Read::read_to_string(&mut file, &mut xml).unwrap();
    let inline = "<PlainTextContent>Киев: 😀 \"да\"\nНет.</PlainTextContent>";
    let at = xml.find("</Description>\n<PlainTextSelection").unwrap() + "</Description>".len();
    xml.insert_str(at, inline);
    let with_code = xml
        .replace("<Codes>", "<Codes><Code guid=\"C9\" name=\"new\" isCodable=\"true\"/>")
        .replacen("<Coding guid", "<Coding guid=\"D9\"><CodeRef targetGUID=\"C9\"/></Coding><Coding guid", 1);
    let plain = read("a.qde", &xml);
    let added = read("a.qde", &with_code);
    assert_eq!(added.records.len(), 1);
    let set = &added.records[0].set;
    assert_eq!(set.len(), plain.records[0].set.len() + 1);
    assert_eq!(set.spans().filter(|span| span.label == "new").count(), 1);
    for span in plain.records[0].set.spans() {
        assert!(set.spans().any(|there| there == span), "{span:?}");
    }
}

#[test]
fn what_leads_out_of_the_archive_is_refused() {
    let qde = r#"<Project name="x"><Sources><TextSource guid="g" name="a" plainTextPath="relative:///../etc/passwd"/></Sources></Project>"#;
    let read = read("a.qde", qde);
    assert!(read.records.is_empty() && read.remarks[0].left_out, "{:?}", read.remarks);
}

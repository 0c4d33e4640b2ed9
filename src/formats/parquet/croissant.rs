//! `croissant.json`: the data set described in MLCommons Croissant 1.0, JSON-LD on top of schema.org.

use serde_json::{Value as Json, json};

use super::super::WriteOptions;

/// A file of rows.
pub(super) struct Shard {
    pub path: String,
    /// The part it belongs to: `train`.
    pub part: String,
    /// Of its bytes, in hexadecimal digits.
    pub sha256: String,
}

/// The columns of plain text, with what they are. Nested columns are described in the data card; Croissant 1.0 cannot say them simply.
const COLUMNS: [(&str, &str); 7] = [
    ("article", "The article's path in the project."),
    ("fingerprint", "sha256: and the SHA-256 of the text in UTF-8."),
    ("annotator", "Whose annotations these are."),
    ("language", "The article's language (BCP 47)."),
    ("meta", "What is known of the article, as JSON."),
    ("status", "How far the work has come."),
    ("text", "The article's text, which offsets count in code points."),
];

/// What stands where people are to say something.
const NOT_SAID: &str = "Not said yet: to be filled in here and in README.md.";

/// The description of a data set of these files. The day in it is that of the export.
pub(super) fn croissant(options: &WriteOptions, shards: &[Shard]) -> String {
    let name = match options.project {
        "" => "annotations",
        name => name,
    };
    let id = |shard: &Shard| shard.path.rsplit('/').next().unwrap_or(&shard.path).replace(".parquet", "");
    let files: Vec<Json> = shards
        .iter()
        .map(|shard| {
            json!({
                "@type": "cr:FileObject",
                "@id": format!("{}-file", id(shard)),
                "name": format!("{}-file", id(shard)),
                "description": format!("Rows of the part {}.", shard.part),
                "contentUrl": shard.path,
                "encodingFormat": "application/x-parquet",
                "sha256": shard.sha256,
            })
        })
        .collect();
    let records: Vec<Json> = shards
        .iter()
        .map(|shard| {
            let fields: Vec<Json> = COLUMNS
                .iter()
                .map(|(column, what)| {
                    json!({
                        "@type": "cr:Field",
                        "@id": format!("{}/{column}", id(shard)),
                        "name": column,
                        "description": what,
                        "dataType": "sc:Text",
                        "source": {
                            "fileObject": {"@id": format!("{}-file", id(shard))},
                            "extract": {"column": column},
                        },
                    })
                })
                .collect();
            json!({"@type": "cr:RecordSet", "@id": id(shard), "name": id(shard), "field": fields})
        })
        .collect();
    let document = json!({
        "@context": context(),
        "@type": "sc:Dataset",
        "name": name,
        "description": format!("Annotations of the project {name}, exported by Postil."),
        "conformsTo": "http://mlcommons.org/croissant/1.0",
        "version": "1.0.0",
        "datePublished": jiff::Timestamp::now().strftime("%Y-%m-%d").to_string(),
        // Recommended, and nobody but the people of the project can say them: as in the data card, the place for them.
        "license": NOT_SAID,
        "citeAs": NOT_SAID,
        "distribution": files,
        "recordSet": records,
    });
    let mut text = serde_json::to_string_pretty(&document).unwrap_or_default();
    text.push('\n');
    text
}

/// The context that the specification gives (Croissant 1.0, appendix 1).
fn context() -> Json {
    json!({
        "@language": "en",
        "@vocab": "https://schema.org/",
        "citeAs": "cr:citeAs",
        "column": "cr:column",
        "conformsTo": "dct:conformsTo",
        "cr": "http://mlcommons.org/croissant/",
        "rai": "http://mlcommons.org/croissant/RAI/",
        "data": {"@id": "cr:data", "@type": "@json"},
        "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
        "dct": "http://purl.org/dc/terms/",
        "equivalentProperty": "cr:equivalentProperty",
        "examples": {"@id": "cr:examples", "@type": "@json"},
        "extract": "cr:extract",
        "field": "cr:field",
        "fileProperty": "cr:fileProperty",
        "fileObject": "cr:fileObject",
        "fileSet": "cr:fileSet",
        "format": "cr:format",
        "includes": "cr:includes",
        "isLiveDataset": "cr:isLiveDataset",
        "jsonPath": "cr:jsonPath",
        "key": "cr:key",
        "md5": "cr:md5",
        "parentField": "cr:parentField",
        "path": "cr:path",
        "recordSet": "cr:recordSet",
        "references": "cr:references",
        "regex": "cr:regex",
        "repeated": "cr:repeated",
        "replace": "cr:replace",
        "samplingRate": "cr:samplingRate",
        "sc": "https://schema.org/",
        "separator": "cr:separator",
        "source": "cr:source",
        "subField": "cr:subField",
        "transform": "cr:transform"
    })
}

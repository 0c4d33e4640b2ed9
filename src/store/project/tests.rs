#![allow(clippy::disallowed_methods)]

use super::*;
use crate::model::{AnnotationSet, ArticleMeta};
use crate::store::{ENDINGS, LockRefused, SetLock, read_set, write_set};
use crate::text::Encoding;
use std::fs;

fn project(dir: &tempfile::TempDir) -> Project {
    let schema = SchemaChoice::Template("positions".into());
    Project::create(&dir.path().join("Мой проект 1"), "Переговоры", schema, "ru").unwrap()
}

#[test]
fn a_new_project_opens_and_saving_it_unchanged_touches_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let mut made = project(&dir);
    let below = made.root.join("articles");
    assert_eq!(Project::find(&below).as_deref(), Some(made.root.as_path()));
    assert_eq!(made.schema, Schema::positions());
    assert!(made.faults.is_empty());
    let bytes = |project: &Project| {
        [SETTINGS, "schema.ron", "codebook.ron", "register.ron"]
            .map(|file| fs::read(project.root.join(file)).unwrap())
    };
    let before = bytes(&made);
    made.save_settings().unwrap();
    made.save_schema().unwrap();
    made.save_register().unwrap();
    made.save_codebook().unwrap();
    assert_eq!(bytes(&made), before);
    assert!(String::from_utf8_lossy(&before[1]).starts_with("//"), "the schema's comments are there");
    let again = Project::create(&made.root, "x", SchemaChoice::Template("positions".into()), "en");
    assert!(matches!(again, Err(StoreError::AlreadyProject(_))));
    let unknown = Project::create(dir.path(), "x", SchemaChoice::Template("position".into()), "en");
    assert!(unknown.unwrap_err().to_string().contains("did you mean `positions`?"));
    fs::write(dir.path().join("schema.ron"), "(mine: true)").unwrap();
    let in_the_way = Project::create(dir.path(), "x", SchemaChoice::Template("entities".into()), "en");
    assert!(matches!(in_the_way, Err(StoreError::InTheWay(_))));
    assert_eq!(fs::read(dir.path().join("schema.ron")).unwrap(), b"(mine: true)");
    assert!(Project::find(dir.path()).is_none());
    assert!(matches!(Project::open(dir.path()), Err(StoreError::NoProject(_))));
}

#[test]
fn every_file_of_a_project_reads_back_as_it_was() {
    let dir = tempfile::tempdir().unwrap();
    let mut made = project(&dir);
    made.settings.rules.insert("E1".into(), crate::model::Severity::Off);
    made.settings.assignments.insert("articles/ё.txt".into(), vec!["anna".into()]);
    made.settings
        .meta
        .insert("articles/ё.txt".into(), ArticleMeta { title: Some("\"Ё\"\n".into()), ..Default::default() });
    made.schema.labels[0].help = crate::model::Words(vec![("en".into(), "\u{301}".into())]);
    made.register.insert(Entity {
        wikidata: Some("Q1".into()),
        affiliations: vec![crate::model::Affiliation {
            entity: "usa".into(),
            role: "envoy".into(),
            from: None,
            to: Some("2026".into()),
        }],
        ..Entity::new("witkoff", "Steve \"W\"", "person")
    });
    made.codebook.insert(Term { replaced_by: vec!["b".into()], ..Term::new("a", "ru", "А".repeat(200)) });
    made.save_settings().unwrap();
    made.save_schema().unwrap();
    made.save_register().unwrap();
    made.save_codebook().unwrap();
    let read = Project::open(&made.root).unwrap();
    assert_eq!(read.settings, made.settings);
    assert_eq!(read.schema, made.schema);
    assert_eq!(read.register, made.register);
    assert_eq!(read.codebook, made.codebook);
    assert!(read.faults.is_empty(), "{:?}", read.faults);
}

#[test]
fn the_sample_project_reads_without_a_fault_and_writes_the_same_bytes() {
    let sample = Project::open(Path::new(env!("CARGO_MANIFEST_DIR"))).unwrap();
    assert!(sample.faults.is_empty(), "{:?}", sample.faults);
    assert!(sample.codebook.len() > 3 && sample.register.len() > 3);
    let files = sample.annotation_files();
    assert!(files.len() > 3);
    for file in files {
        let lookup = |path: &str| sample.read_article(path).ok().map(|article| article.text);
        let read = crate::store::read_set_file(&sample.root, &file.file, &lookup).unwrap();
        let article = lookup(&read.set.article).unwrap();
        let written = fs::read_to_string(sample.root.join(&file.file)).unwrap();
        assert!(written == crate::store::annotation_text(&read.set, Some(&article)), "{}", file.file);
    }
}

#[test]
fn a_broken_list_is_a_fault_and_is_never_written_over() {
    let dir = tempfile::tempdir().unwrap();
    let made = project(&dir);
    let path = made.root.join("register.ron");
    for broken in ["(format: 1, entities: [(id: \"a\"", "(format: 1, entities: [(id: \"a\", nmae: \"A\")])"] {
        fs::write(&path, broken).unwrap();
        let mut opened = Project::open(&made.root).unwrap();
        assert_eq!(opened.faults.len(), 1);
        assert_eq!(opened.faults[0].file, "register.ron");
        opened.register.insert(Entity::new("b", "B", ""));
        assert!(matches!(opened.save_register(), Err(StoreError::Broken { .. })));
        assert_eq!(fs::read_to_string(&path).unwrap(), broken);
    }
    // One id twice: reading would drop one of them.
    fs::write(&path, "(format: 1, entities: [(id: \"a\", name: \"A\"), (id: \"a\", name: \"B\")])").unwrap();
    assert!(Project::open(&made.root).unwrap().faults[0].detail.contains("`a`"));
    // One that is gone may be made anew.
    fs::remove_file(&path).unwrap();
    let mut opened = Project::open(&made.root).unwrap();
    assert_eq!(opened.faults[0].kind, FileFaultKind::Missing);
    opened.register.insert(Entity::new("b", "B", ""));
    opened.save_register().unwrap();
    assert!(Project::open(&made.root).unwrap().faults.is_empty());
}

#[test]
fn a_newer_project_is_refused_and_untouched() {
    let dir = tempfile::tempdir().unwrap();
    let made = project(&dir);
    for file in ["schema.ron", SETTINGS] {
        fs::write(made.root.join(file), "(format: 9, who: [knows, \"what\"])").unwrap();
        let refused = Project::open(&made.root).unwrap_err();
        assert!(refused.to_string().contains("newer Postil"), "{refused}");
    }
    fs::write(made.root.join(SETTINGS), "(format: 1, name: \"x\")").unwrap();
    assert_eq!(Project::open_for_checking(&made.root).unwrap().faults[0].kind, FileFaultKind::TooNew);
}

#[test]
fn others_changes_are_taken_in_and_never_written_over() {
    let dir = tempfile::tempdir().unwrap();
    let mut ours = project(&dir);
    ours.register.insert(Entity::new("usa", "USA", ""));
    ours.save_register().unwrap();
    let mut theirs = Project::open(&ours.root).unwrap();
    theirs.register.insert(Entity::new("eu", "EU", ""));
    theirs.save_register().unwrap();
    ours.register.insert(Entity::new("nato", "NATO", ""));
    ours.save_register().unwrap();
    assert_eq!(ours.register.len(), 3);

    theirs.take_in_changes().unwrap();
    assert_eq!(theirs.register, ours.register);

    theirs.register.insert(Entity::new("eu", "European Union", ""));
    theirs.save_register().unwrap();
    ours.register.insert(Entity::new("eu", "L’UE", ""));
    let before = fs::read(ours.root.join("register.ron")).unwrap();
    match ours.save_register() {
        Err(StoreError::Conflict { things, .. }) => assert_eq!(things, ["entities eu name"]),
        other => panic!("{other:?}"),
    }
    assert_eq!(fs::read(ours.root.join("register.ron")).unwrap(), before);
}

#[test]
fn articles_are_listed_in_order_read_and_added_once() {
    let dir = tempfile::tempdir().unwrap();
    let mut made = project(&dir);
    let articles = made.root.join("articles");
    fs::create_dir_all(articles.join("2026/.hidden")).unwrap();
    for name in ["10.txt", "9.md", "2026/б.TXT", "2026/.hidden/a.txt", ".a.txt", "picture.png"] {
        fs::write(
            articles.join(name),
            "Date: 2026-01-21\n\nПеревод на русский язык сделан сегодня утром, это было быстро.",
        )
        .unwrap();
    }
    let listed: Vec<String> = made.articles().into_iter().map(|a| a.path).collect();
    assert_eq!(listed, ["articles/9.md", "articles/10.txt", "articles/2026/б.TXT"]);

    let mut article = made.read_article("articles/10.txt").unwrap();
    assert_eq!(article.meta.date.as_deref(), Some("2026-01-21"));
    assert_eq!(article.meta.language.as_deref(), Some("ru"));
    let wanted = ArticleMeta { title: Some("Т".into()), date: None, ..article.meta.clone() };
    made.set_article_meta(&mut article, &wanted).unwrap();
    assert_eq!(Project::open(&made.root).unwrap().read_article("articles/10.txt").unwrap().meta, wanted);
    made.set_article_meta(
        &mut article,
        &ArticleMeta { date: Some("2026-01-21".into()), title: None, ..wanted },
    )
    .unwrap();
    assert!(made.settings.meta.is_empty(), "what the header says is not said twice");

    let outside = dir.path().join("статья 1.txt");
    fs::write(
        &outside,
        b"\xD2\xE5\xEA\xF1\xF2 \xED\xE0 \xF0\xF3\xF1\xF1\xEA\xEE\xEC \xFF\xE7\xFB\xEA\xE5\r\n",
    )
    .unwrap();
    let path = made.add_article(&outside).unwrap();
    assert_eq!(path, "articles/статья 1.txt");
    assert_eq!(fs::read(made.root.join(&path)).unwrap(), fs::read(&outside).unwrap());
    assert_eq!(made.add_article(&outside).unwrap(), path);
    assert_eq!(made.add_article(&made.root.join(&path)).unwrap(), path, "it is one already");
    let chosen = made.set_article_encoding(&path, Encoding::from_label("koi8-r")).unwrap();
    assert_eq!((chosen.encoding.as_str(), chosen.encoding_certain), ("koi8-r", true));
    fs::write(&outside, "other").unwrap();
    assert!(matches!(made.add_article(&outside), Err(StoreError::OtherContents { .. })));
    let picture = dir.path().join("x.txt");
    fs::write(&picture, b"\x89PNG\r\n\x1a\n\0\0\0\0").unwrap();
    assert!(made.add_article(&picture).unwrap_err().to_string().contains("PNG"));
    assert!(made.add_article(&dir.path().join("page.html")).unwrap_err().to_string().contains(ENDINGS[0]));

    assert!(made.add_article_bytes("../a.txt", b"x").is_err());
    assert!(made.add_article_bytes("articles/../../a.txt", b"x").is_err());
    assert_eq!(made.add_article_bytes("a.txt", b"x").unwrap().path, "articles/a.txt");
    let added = made.add_article_bytes("wire/b/a.txt", b"x").unwrap();
    assert_eq!(added.new_folder.as_deref(), Some("wire"));
    assert!(Project::open(&made.root).unwrap().articles().iter().any(|a| a.path == "wire/b/a.txt"));
}

#[test]
fn each_article_has_its_own_annotation_file() {
    let dir = tempfile::tempdir().unwrap();
    let mut made = project(&dir);
    for path in ["articles/a.md", "articles/a.txt", "articles/2026/б в.txt", "wire/a.txt"] {
        made.add_article_bytes(path, path.as_bytes()).unwrap();
    }
    let paths = |made: &Project| {
        ["articles/a.md", "articles/a.txt", "wire/a.txt", "articles/2026/б в.txt"]
            .map(|a| made.annotation_path("anna", a))
    };
    let expected = ["a.ron", "a.txt.ron", "wire/a.txt.ron", "2026/б в.ron"]
        .map(|file| format!("annotations/anna/{file}"));
    assert_eq!(paths(&made), expected);
    let write = |article: &str| {
        write_set(&made, &AnnotationSet::new(article, "anna"), None, None).unwrap();
    };
    // Once a file is there it keeps its article, whatever comes later.
    fs::remove_file(made.root.join("articles/a.md")).unwrap();
    write("articles/a.txt");
    made.add_article_bytes("articles/a.md", b"new").unwrap();
    assert_eq!(made.annotation_path("anna", "articles/a.txt"), "annotations/anna/a.ron");
    assert_eq!(made.annotation_path("anna", "articles/a.md"), "annotations/anna/a.md.ron");
    // A file moved by hand is found by what it says.
    fs::rename(made.root.join("annotations/anna/a.ron"), made.root.join("annotations/anna/moved.ron"))
        .unwrap();
    let read = read_set(&made, "anna", "articles/a.txt", None).unwrap().unwrap();
    assert_eq!(read.file, "annotations/anna/moved.ron");
    assert!(read_set(&made, "boris", "articles/a.txt", None).unwrap().is_none());
    write_set(&made, &AnnotationSet::new("articles/a.txt", "gold"), None, None).unwrap();
    write_set(&made, &AnnotationSet::new("articles/a.txt", "Who? Me"), None, None).unwrap();
    made.settings.annotators = vec!["zoe".into(), "Who? Me".into()];
    assert_eq!(made.annotators(), ["zoe", "Who? Me", "anna", "gold"]);
    assert_eq!(made.annotation_files().len(), 3);
}

#[test]
fn a_file_that_was_changed_is_not_written_over() {
    let dir = tempfile::tempdir().unwrap();
    let made = project(&dir);
    let mut set = AnnotationSet::new("articles/a.txt", "anna");
    let digest = write_set(&made, &set, None, None).unwrap();
    set.status = crate::model::Status::Done;
    for wrong in [None, Some(Digest::of(b"other"))] {
        let refused = write_set(&made, &set, None, wrong).unwrap_err();
        assert!(
            matches!(refused, crate::store::SaveError::ChangedOnDisk { found, .. } if found == Some(digest))
        );
    }
    let path = made.root.join("annotations/anna/a.ron");
    assert_eq!(Digest::of_file(&path).unwrap(), Some(digest));
    write_set(&made, &set, None, Some(digest)).unwrap();
    fs::remove_file(&path).unwrap();
    assert!(write_set(&made, &AnnotationSet::new("articles/a.txt", "anna"), None, Some(digest)).is_err());
}

#[cfg(unix)]
#[test]
fn a_folder_without_rights_is_told() {
    use std::os::unix::fs::PermissionsExt;
    let dir = tempfile::tempdir().unwrap();
    let made = project(&dir);
    let mode = |mode| fs::set_permissions(&made.root, fs::Permissions::from_mode(mode)).unwrap();
    mode(0o555);
    if fs::write(made.root.join("probe"), b"").is_ok() {
        mode(0o755);
        eprintln!("left out: this user may write everywhere");
        return;
    }
    let refused = write_set(&made, &AnnotationSet::new("a.txt", "anna"), None, None).err();
    let locked = SetLock::try_take(&made.root, "anna", "a.txt");
    mode(0o755);
    assert!(refused.is_none_or(|e| e.to_string().contains("right")));
    assert!(locked.is_ok() || matches!(locked, Err(LockRefused::Unavailable(_))));
}

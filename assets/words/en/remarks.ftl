# What formats, imports and exports say. The command line prints the English as the program has it; the window finds the message whose
# English fits, and says it in the user's language with the same values. `$n…` are numbers; `$what`, `$why` and `$more` are such messages
# themselves. Each message is one line here, and reads exactly as the program's own text.

said-at = { $place }: { $what }
said-line = line { $n }: { $what }
said-entry = entry { $n }: { $what }
said-row = row { $n }: { $what }
said-task = task { $n }: { $what }
said-left-out = { $what }; it was left out
said-line-left-out = { $what }; the line was left out
said-row-left-out = { $what }; the row was left out
said-entry-left-out = { $what }; the entry was left out
said-task-left-out = { $what }; the task was left out
said-document-left-out = { $what }; the document was left out
said-rest-left-out = { $what }; the rest was left out
said-were-left-out = { $what }; they were left out
said-kept = { $what }; it was kept
said-annotation-left-out = { $what }; the annotation was left out
said-annotations-left-out = { $what } Its annotations were left out
said-before-was-read = { $what }; what stands before that was read
said-refused-times = { $what } ({ $n }×); left out
said-kind-left-out = { $what }: { $n } left out
said-more-spans = { $n } more spans were left out for reasons like these
said-more-rows = { $n } more rows were left out for reasons like these
said-more = { $n } more were left out for reasons like these
said-more-remarks = { $n } more remarks like these
said-no-place-id = span `{ $id }`: { $parts } is no place in the text, counted in { $unit }
said-no-place-number = span { $id }: { $parts } is no place in the text, counted in { $unit }
said-no-place = { $parts } is no place in the text, counted in { $unit }
said-misquotes = { $n } spans say another text than stands at their place; they were kept with what they say
said-misquotes-regions = { $n } regions say another text than stands at their place; they were kept with what they say
said-stretches = { $n } stretches among the fields are no places in { $unit }; they stay as they were
said-stretches-text = { $n } stretches among the fields are no places of the text; they stay as they were
said-regions-nowhere = { $n } regions lie at no place of the text, counted in { $unit }; they were left out
said-contradictions = { $n } spans have a `start` or `end` that is not that of their `parts`; the parts were believed
said-offset-unit = the offsets count { $best }, not { $expected }: { $n } of { $n2 } quoted words stand at their places so, { $n3 } otherwise; they were read as { $best2 }
said-offset-brat = its offsets count { $unit }, as the quoted texts show; they were read so
said-offset-doccano = read as UTF-16, as doccano counts, { $n } of { $n2 } edges of spans are edges of words; as { $best } { $n3 } would be. If that is what was meant, import again with --offset-unit { $best2 }
said-line-ends-kept = its text has line ends that are not LF; the offsets count them as they stand and were mapped
said-line-ends-one = its text has line ends that are not LF; the offsets count them as one and were mapped
said-ends-before = [{ $start }, { $end }] ends before it starts
said-starts-after = it starts at { $start } and ends before that, at { $end }
said-past-end = `{ $id }` reaches past the end of the text
said-other-text = `{ $id }` says another text than stands at its place; it was kept with what it says
said-covers-nothing = `{ $id }` covers nothing
said-says-no-place = `{ $id }` says no place
said-no-pair = `{ $pair }` is no pair of offsets
said-span-no-place = the span has no place
said-span-no-label = the span has no label
said-no-place-keys = it has no place: neither `parts` nor `start` and `end`
said-row-no-place = a row without a place
said-no-object = it is not an object { $open } … { $close }
said-no-json-object-byte = it is no JSON object: { $what } (at byte { $n })
said-no-json-object = it is no JSON object: { $what }
said-no-json-of-format-byte = it is no JSON object of this format: { $what } (at byte { $n })
said-no-json-of-format = it is no JSON object of this format: { $what }
said-no-json = it is no JSON: { $what }
said-no-json-after = after entry { $n } it is no JSON: { $what }
said-task-broken-after = after task { $n } it cannot be read on: { $what }
said-row-broken-after = after row { $n } it cannot be read: { $what }
said-hopeless = none of its first { $n } lines can be read; the last one: { $what }
said-no-text = it has no `text`
said-no-text-pictures = it has no `text` (tasks of pictures and sound are not read)
said-text-no-text = its `text` is no text
said-has-no-text = it has no text
said-no-text-data = it has no text among its data
said-text-address = its `{ $key }` is the address of a text, not the text, and nothing is fetched
said-no-article = it names no `article`
said-row-no-article = the row names no article
said-no-label = it has no `label`
said-no-key = it has no `{ $key }`
said-no-key-tokens = it has no `{ $key }` (dependencies between bare tokens are not read)
said-key-no-span = its `{ $key }` is none of the spans
said-should-be-whole = `{ $key }` is { $value } and should be a whole number from 0
said-should-be-whole-bare = { $value } and should be a whole number from 0
said-should-be-text = `{ $key }` is { $value } and should be a text
said-should-be-name = `{ $key }` is { $value } and should be a name
said-should-be-object = `{ $key }` is { $value } and should be an object
said-should-be-pairs = `parts` is { $value } and should be a list of pairs
said-should-be-pair = { $value } and should be a pair [start, end]
said-should-be-parts = `parts` is `{ $value }` and should be [[start, end], …]
said-a-part = a part is { $what }
said-no-list = `{ $key }` is no list
said-no-list-spans = its `label` is no list of spans (labels of whole texts are not read)
said-not-triple = { $value } is not [start, end, label]
said-no-span = { $value } is no span
said-too-great = { $value } is too great a number
said-status-unknown = the status `{ $word }` is not known; it was taken for in_progress
said-key-means-nothing = the key `{ $key }` of { $of } (met { $n }×) means nothing in this format and was left out
said-key-means-nothing-bare = { $key } (met { $n }×) means nothing in this format and was left out
said-fingerprint = `fingerprint` is not that of `text`, so one of the two was changed; the text was believed (its fingerprint is { $print })
said-answer-ignore = the answer is `ignore`, so the text was read without its { $n } spans
said-answers-rejected = { $n } rejected answers are not what anybody holds true, and were left out
said-span-what = span { $id }: { $what }
said-relation-what = relation { $id }: { $what }
said-ground-truth = an annotation is marked as ground truth; it was kept as its annotator's, not as gold
said-skipped-annotation = an annotation was skipped by its annotator; it was kept as unfinished
said-several-of = it holds several annotations of { $whose }; one was taken in as `{ $name }`
said-both-ways = { $n } relations go both ways; they were kept as from the first to the second (say in the schema that they are symmetric)
said-counted-left-out = { $n } { $what } were left out
said-items-no-object = items that are no object
said-items-of-type = items of type `{ $kind }` for the object `{ $to }`
said-items-no-value = items of type `{ $kind }` without a value
said-regions-lost = regions of type `{ $kind }` whose place cannot be found in the text
said-no-config = it is no labelling configuration: { $what }
said-no-task-list = it holds no list of tasks: { $what }
said-empty = it is empty
said-damaged = it is damaged
said-root = its root is `{ $root }`, not `{ $wanted }`
said-cannot-be-read = it cannot be read: { $what }
said-types-unread = the type system cannot be read: { $what }
said-xml-entity = `&{ $name };` is an entity of its own, which is not resolved
said-xml-entities = it declares entities of its own, which are refused
said-xml-deep = elements are nested more than { $n } deep; that is refused
said-xml-middle = it ends in the middle of an element
said-xml-large = it is larger than 1 GiB, which is refused
said-xml-encoding = its encoding `{ $name }` is not known
said-bad-lines = { $n } lines are no UTF-8; what could not be read stands as U+FFFD
said-bad-cells = { $n } cells are not UTF-8; what could not be read in them stands as { $sign }. Save the table as UTF-8 and import it again
said-conll-no-tags = no column of tags (`O`, `B-…`, `I-…`) or of coreference (`(1`, `1)`) was found
said-conll-tokens = the tokens of { $n } sentences are not those of their `# text`; the text was made from the tokens
said-conll-offsets = `# offsets` says other places than the tokens have in `# text`; the text was believed
said-conll-brackets = { $n } brackets of coreference open or close nothing
said-tei-none = there is no `<TEI>` with any text in it
said-tei-inside = it ends inside `<{ $name }>`; what there was of it was read
said-tei-form = it is no well-formed XML: { $what }
said-tei-deep = elements are nested deeper than { $n }
said-tei-header = its `<text>` is empty; the words of its header were taken for the text
said-tei-entities = { $n } references to entities that XML does not know stand as they are (`&name;`)
said-tei-span = the span `{ $id }` leads nowhere
said-tei-link = a link between { $ends } does not join two spans
said-cas-views = { $n } other views than the first were left out
said-cas-elsewhere = { $n } annotations of other views were left out
said-cas-loose = { $n } relations lead to nothing
said-cas-none = it has no `%FEATURE_STRUCTURES`
said-cas-no-list = its `%FEATURE_STRUCTURES` are no list
said-tsv-head = it does not begin with `#FORMAT=WebAnno TSV 3`
said-tsv-no-file = no file of it begins with `#FORMAT=WebAnno TSV 3`
said-tsv-layer = a layer that cannot be understood
said-tsv-chain = `{ $link }` is no link of a chain
said-tsv-slot = a slot `{ $slot }` leads to `{ $to }`, where nothing is
said-tsv-relation = a relation leads to `{ $to }`, where nothing is
said-spacy-pack = it is not packed as DocBin packs ({ $what })
said-spacy-none = it is no DocBin: { $what }
said-spacy-but = it is a DocBin, but { $what }
said-spacy-early = it ends too early
said-spacy-sign = it holds a sign that means nothing
said-spacy-map = it is no map
said-spacy-list = something is no list that should be one
said-spacy-bytes = something is no bytes that should be
said-spacy-long = a value is longer than 1 GiB, which is refused
said-spacy-type = something in it is of another type than it should be
said-xml-tag-outside = a tag lies outside the text
said-spacy-lengths = its `lengths` are no numbers of tokens
said-spacy-together = its `tokens`, `spaces` and `lengths` do not go together
said-spacy-cats = { $n } categories of whole texts (doc.cats) were left out
said-spacy-string = the string of number { $id } is not in the file
said-spacy-groups = its groups of spans cannot be read: { $what }
said-parquet-column = it has no column `{ $name }`
said-parquet-span = span { $id } has no label or no place
said-parquet-relation = relation { $id } has no label or lacks an end
said-parquet-type = the column `{ $name }` is of the type { $kind }, which is not read
said-csv-first-row = its first row does not name the columns `article` and `text`
said-csv-not-in-articles = it is not in articles.csv, so nobody knows its text; its { $n } spans were left out
said-csv-whole = `{ $key }` is `{ $value }` and should be a whole number from 0
said-csv-no-span = there is no span `{ $id }` of `{ $whose }` in spans.csv
said-csv-relation = the relation lacks its label or an end
said-csv-column = it has no column with { $what }. To read what `postil export csv` wrote into a folder, name the folder, in which articles.csv has the texts
said-csv-text = the article's text (`article_text`, `sentence`, …)
said-csv-start = the span's start
said-csv-end = its end
said-csv-label = its label
said-qda-outside = its text lies outside the archive (`{ $path }`), and nothing is fetched
said-qda-escape = its path `{ $path }` leads out of the archive, which is refused
said-qda-missing = its text `{ $name }` is not in the archive
said-qda-huge = `{ $name }` is larger than { $n } bytes when unpacked, which is refused
said-qda-none = it holds no project.qde
said-qda-here = its text is not here: it lies in the archive of the project
said-qda-pages = selections of pages and pictures
said-qda-no-text = sources that are no text
said-qda-notes = notes that are on no source and no selection
said-qda-no-place = selections without a place
said-qda-no-code = selections without a code
said-qda-sets = sets of codes and sources
said-qda-cases = codes of cases
said-qda-in-notes = selections in notes
said-wa-item = an item is not of the type `Annotation`
said-wa-target = an annotation has no target
said-wa-source = a target has no source
said-wa-description = a description has no text
said-wa-position = an annotation has no text position
said-wa-fetched = its text is not in the file and nothing is fetched; { $n } annotations were left out
said-brat-spaces = `{ $id }` has spaces where tabs should be; it was read all the same
said-brat-none = there is no file whose name ends in `.ann`; give the folder that holds them
said-brat-no-text = there is no { $file } beside it, so its offsets say nothing
said-brat-no-ann = there is no .ann file beside it; brat would not show it, and it was not taken in
said-brat-several = there are several `{ $id }`; this one became `{ $new }`
said-brat-several-out = there are several `{ $id }`; this one was left out
said-brat-trigger = the trigger `{ $trigger }` of `{ $id }` is not there
said-brat-not-there = `{ $id }` is not there
said-brat-nowhere = { $n } of `{ $event }` lead nowhere
said-brat-attribute = the attribute `{ $name }` is of `{ $target }`, which is not there
said-brat-reference = a reference is of `{ $target }`, which is not there
said-brat-note = a note is on `{ $target }`, which is not there
said-brat-kind = a line of an unknown kind: `{ $line }`
said-brat-equivalence = an equivalence of fewer than two
said-withheld = { $article } of `{ $whose }` was left out: { $what }
said-withheld-nobody = { $article } was left out: { $what }
said-there-already = there are annotations of `{ $whose }` on it already ({ $file })
said-unsaved = there is unsaved work of `{ $whose }` on { $article }; open the article in the window once, which recovers it
said-other-text-there = the project has another text under { $path } (its fingerprint is { $print }, that of the source { $print2 })
said-not-read-back = its text would not be read back as it is
said-not-kept = it could not be kept: { $what }
said-mend-file = { $what }. Mend the file or move it away first
said-other-meta = { $path }: the source says other things of the article (title, date, …) than the project; the project's were kept
said-codebook-mapping = The mapping speaks of the { $kind } `{ $name }`, which the source does not have.
said-learnt-folder = folder of articles `{ $name }`
said-learnt-label = label `{ $name }`
said-learnt-relation = relation `{ $name }`
said-learnt-term = codebook term `{ $name }`
said-learnt-entity = register entry `{ $name }`
said-learnt-choice = choice `{ $word }` of `{ $place }`
said-learnt-field = field `{ $place }` ({ $what })
said-kind-yes-no = yes or no
said-kind-whole = whole number
said-kind-number = number
said-kind-stretch = stretch of text
said-kind-records = records
said-kind-text = text
said-dropped-set = 1 set of annotations
said-dropped-sets = { $n } sets of annotations
said-dropped-span = 1 span of `{ $label }`
said-dropped-spans = { $n } spans of `{ $label }`
said-dropped-relation = 1 relation of `{ $label }`
said-dropped-relations = { $n } relations of `{ $label }`
said-dropped-value = 1 value of the field `{ $field }`
said-dropped-values = { $n } values of the field `{ $field }`
said-dropped-text = 1 text in a field
said-dropped-texts = { $n } texts in fields
said-dropped-link = 1 link of a field to spans that were left out, which stays and leads nowhere
said-dropped-links = { $n } links of fields to spans that were left out, which stays and leads nowhere
said-not-format = { $file } is not { $format }: { $what }
said-stopped = stopped before the end
said-refused-mend = { $what } What was written until then could not be put back either ({ $why }). Mend that, then take the import back.
said-changed-since-look = { $file } was changed since the import was looked at. Nothing was imported; look at it again.
said-opened-since-look = { $file } was opened in another window since the import was looked at. Nothing was imported; close the other window and look at it again.
said-mend-first = { $what }. Mend it first; `postil validate` tells more.
said-no-take-back = There is no import into this project that could be taken back.
said-nothing-taken-back = { $what } Nothing was taken back.
said-changed-since-import = { $file } was changed since the import of { $when }, so the import cannot be taken back without losing that.
said-open-in-window = { $file } is open in a window. Close it there first.
said-unsaved-there = There is unsaved work on { $article }. Open the article in the window once, which recovers it.
said-made-since = { $file } was made since the import, and is about an article that would go with it. Move it away first.
said-old-damaged = { $file } is damaged: what { $path } was before is not in it any more.
said-record-damaged = { $file } says what the last import wrote, and cannot be read ({ $what }). Without it the import cannot be taken back.
said-nothing-to-export = There are no annotations to export in this project.
said-none-of-status = None of the annotations asked for has that status; nothing was exported.
said-no-gold = There is no gold in this project. Leave out --gold, or adjudicate first.
said-nothing-of = There are no annotations of `{ $name }`. There are: { $names }.
said-no-label-in-schema = The schema has no label `{ $label }`.
said-exported-moved = { $file }: { $article } changed after it was annotated; { $n } of { $n2 } say another text than stands there now. They were exported with what they say.
said-not-exported = { $what }. Nothing was exported; mend it first.
said-not-exported-about = { $what }. { $file } is about it, so nothing was exported; mend that first.
said-target-folder = { $path } is a folder, and this export is one file. Name a file in it.
said-target-file = { $path } is a file, and this export is a folder. Name another.
said-target-there = { $path } is there already. Name another target, or write over it with --overwrite.
said-could-not-read-mapping = could not read the mapping { $file }: { $what }. { $more }
said-no-mapping = line { $n }, column { $n2 }: { $what }. A mapping looks like { $form }
said-empty-name = a name leads to an empty one. Write None to leave it out
said-could-not-read-cure = could not read { $file }: { $what }. { $more }
said-could-not-write-cure = could not write { $file }: { $what }. { $more }
said-could-not-remove-cure = could not remove { $file }: { $what }. { $more }
said-could-not-read = could not read { $file }: { $what }
said-could-not-write = could not write { $file }: { $what }
said-os-not-found = No such file or directory (os error 2)
said-os-denied = Permission denied (os error 13)
said-os-full = No space left on device (os error 28)
said-os-read-only = Read-only file system (os error 30)
said-os-is-folder = Is a directory (os error 21)
said-os-no-folder = Not a directory (os error 20)
said-cure-rights = You have no right to do this there: change the permissions of the file and its folder, or use another folder.
said-cure-full = The disk is full: free some space and try again; what is on disk is unharmed.
said-cure-read-only = The disk is read-only: copy the project to another one.
said-cure-moved = Look whether it was moved or renamed.
said-cure-there = Something of that name is there already: choose another name.
said-cure-folder = A folder stands where a file should be, or the other way round: move it away.
said-cure-name = The name is too long or not allowed on this disk: choose another.
said-cure-disk = Look whether the disk is there and in order, then try again.
said-json-expected = expected value
said-json-eof = EOF while parsing { $thing }
said-json-trailing = trailing characters
said-take-version = it was made on another version of the article: of { $n } spans { $n2 } stand where they stood, { $n3 } could be found again elsewhere, { $n4 } could not. Use the same text on both sides
said-take-there = { $file } is there with other contents and is kept; --replace { $whose } puts this one in its place
said-take-unsaved = there is unsaved work of { $whose } on it here; open it in the window once
said-take-meanwhile = it has come or changed meanwhile and is kept
said-take-nobody = it does not say whose it is
said-take-no-article = { $what } This project must have the article first; `postil add` brings it in
said-schema-label = it has a label `{ $label }`, which this project does not have
said-schema-fields = fields of `{ $label }` differ: { $names }
said-schema-lacks = it lacks the label `{ $label }`
said-schema-relation = it has a relation `{ $label }`, which this project does not have
said-schema-name = it is called `{ $name }`, though labels and fields are the same
said-file-not-there = this file is not there. Look whether it was moved or renamed, or take it from a backup
said-file-not-read = this file cannot be read: { $what }. { $more }
said-file-not-utf8 = this is not UTF-8 text from here on. Save the file as UTF-8, or take it from a backup
said-file-cut = the file ends in the middle, as if it had been cut off. Complete it, or take it from a backup or from version control
said-path-bad = `{ $path }` cannot be a path inside the project: { $what }
said-path-relative = it must be relative to the project's folder, with `/` between the steps
said-path-leaves = `..` leads out of the project
said-path-step = a step of it is empty
said-path-hidden = names that begin with a dot are hidden, and the project would not find the file again
said-path-name = a name in it is too long or has signs that not every system allows in names, such as : or ?
said-article-ending = the names of articles end in .{ $endings }. Rename it in the source.
said-no-start = it has no place
said-spacy-span-tokens = a span has no tokens
said-spacy-span = a span of a group cannot be read
said-spacy-group = a group of spans cannot be read: { $what }
said-spacy-huge = it is more than { $n } bytes when unpacked, which no { $n2 } bytes of annotations are
said-parquet-deep = the column `{ $name }` is nested deeper than { $n }
said-no-value = the { $kind } `{ $name }` holds no value
said-should-be = it is not in { $encoding }, though it should be
said-list-of-tasks = a list of tasks [ … ] or a task { $open } … { $close }
said-task-no-object = a task is not an object { $open } … { $close }
said-qda-root = its root is `{ $root }`, not `Project` or `CodeBook`
said-relation-of-two = { $what } is no relation of two arguments
said-no-attribute = `{ $id }` is no attribute
said-names-no-trigger = `{ $id }` names no trigger
said-role-without-target = `{ $id }` has a role without target
said-no-relation = `{ $id }` is no relation of two arguments
said-no-reference = `{ $id }` is no reference `DATABASE:ENTRY`
said-note-on-nothing = `{ $id }` is a note on nothing
said-conf-attribute = the attribute `{ $name }` does not say what it is of
said-conf-argument = `{ $name }` is no argument `NAME:TYPE`
said-json-at = { $what } at line { $n } column { $n2 }
said-json-huge = a value is longer than 1 GiB, which is refused,
said-json-key = key must be a string
said-csv-huge = a row is longer than 128 MiB, which is refused; a quotation mark may be missing
said-could-not-begin = could not begin to read { $file }: { $what }
said-expected-tasks = expected a list of tasks [ … ] or a task { $open } … { $close }
said-json-expected-thing = expected { $thing }

# What a format cannot carry, and what becomes of it.
export-loss = { $what }: { $fate }
loss-discontinuous-spans = { $n ->
    [one] { $n } discontinuous span
   *[other] { $n } discontinuous spans
}
loss-values-of-fields = { $n ->
    [one] { $n } value of a field
   *[other] { $n } values of fields
}
loss-relations = { $n ->
    [one] { $n } relation
   *[other] { $n } relations
}
loss-notes = { $n ->
    [one] { $n } note
   *[other] { $n } notes
}
loss-values-of-articles-fields = { $n ->
    [one] { $n } value of an article's field
   *[other] { $n } values of articles' fields
}
loss-values-of-relations-fields = { $n ->
    [one] { $n } value of a relation's field
   *[other] { $n } values of relations' fields
}
loss-spans-without-any-token = { $n ->
    [one] { $n } span without any token
   *[other] { $n } spans without any token
}
loss-spans-without-a-token = { $n ->
    [one] { $n } span without a token
   *[other] { $n } spans without a token
}
loss-spans-that-begin-or-end-inside-a-token = { $n ->
    [one] { $n } span that begins or ends inside a token
   *[other] { $n } spans that begin or end inside a token
}
loss-spans-that-begin-or-end-inside-a-token-or-on-white-space = { $n ->
    [one] { $n } span that begins or ends inside a token or on white space
   *[other] { $n } spans that begin or end inside a token or on white space
}
loss-spans-that-begin-or-end-on-white-space = { $n ->
    [one] { $n } span that begins or ends on white space
   *[other] { $n } spans that begin or end on white space
}
loss-relations-to-spans-that-are-not-there = { $n ->
    [one] { $n } relation to a span that is not there
   *[other] { $n } relations to spans that are not there
}
loss-relations-of-missing-spans = { $n ->
    [one] { $n } relation of a missing span
   *[other] { $n } relations of missing spans
}
loss-relations-without-both-ends = { $n ->
    [one] { $n } relation without both ends
   *[other] { $n } relations without both ends
}
loss-fields = { $n ->
    [one] { $n } field
   *[other] { $n } fields
}
loss-articles-texts = { $n ->
    [one] { $n } article's text
   *[other] { $n } articles' texts
}
loss-values-of-the-header = { $n ->
    [one] { $n } value of the header
   *[other] { $n } values of the header
}
loss-spans-that-overlap-others = { $n ->
    [one] { $n } span that overlaps others
   *[other] { $n } spans that overlap others
}
loss-spans-past-the-end-of-their-texts = { $n ->
    [one] { $n } span past the end of its text
   *[other] { $n } spans past the end of their texts
}
loss-spans-in-a-text-without-words = { $n ->
    [one] { $n } span in a text without words
   *[other] { $n } spans in a text without words
}
loss-spans-with-an-id-that-another-has = { $n ->
    [one] { $n } span with an id that another has
   *[other] { $n } spans with an id that another has
}
loss-spans-without-an-issue = { $n ->
    [one] { $n } span without an issue
   *[other] { $n } spans without an issue
}
loss-statements-of-nobody-in-particular = { $n ->
    [one] { $n } statement of nobody in particular
   *[other] { $n } statements of nobody in particular
}
loss-stances-that-are-neither-for-nor-against = { $n ->
    [one] { $n } stance that is neither for nor against
   *[other] { $n } stances that are neither for nor against
}
loss-ids-of-spans = { $n ->
    [one] { $n } id of a span
   *[other] { $n } ids of spans
}
loss-span-ids = { $n ->
    [one] { $n } span id
   *[other] { $n } span ids
}
loss-lists-of-holders-or-issues = { $n ->
    [one] { $n } list of holders or issues
   *[other] { $n } lists of holders or issues
}
loss-spans-that-quote-other-words-than-their-articles-have-now = { $n ->
    [one] { $n } span that quotes other words than its article has now
   *[other] { $n } spans that quote other words than their articles have now
}
loss-spans-whose-edges-the-unit-cannot-say = { $n ->
    [one] { $n } span whose edges the unit cannot say
   *[other] { $n } spans whose edges the unit cannot say
}
loss-spans-with-an-edge-inside-a-character = { $n ->
    [one] { $n } span with an edge inside a character
   *[other] { $n } spans with an edge inside a character
}
loss-control-characters-of-texts = { $n ->
    [one] { $n } control character of a text
   *[other] { $n } control characters of texts
}
loss-values-that-brat-has-no-place-for = { $n ->
    [one] { $n } value that brat has no place for
   *[other] { $n } values that brat has no place for
}
loss-spans-that-are-empty-overlap-themselves-or-leave-the-text = { $n ->
    [one] { $n } span that is empty, overlaps itself or leaves the text
   *[other] { $n } spans that are empty, overlap themselves or leave the text
}
loss-notes-and-values-that-are-no-plain-text-number-yes-or-link = { $n ->
    [one] { $n } note or value that is no plain text, number, yes or link
   *[other] { $n } notes and values that are no plain text, number, yes or link
}
fate-left-out = left out
fate-left-out-export-into-a-folder-to-have-them = left out; export into a folder to have them
fate-left-out-as-one-cell-cannot-hold-them = left out, as one cell cannot hold them
fate-left-out-reading-gives-fresh-ones = left out; reading gives fresh ones
fate-left-out-as-they-are-no-statements = left out, as they are no statements
fate-left-out-as-the-schema-has-no-such-field = left out, as the schema has no such field
fate-left-out-as-doccano-needs-their-names = left out, as doccano needs their names
fate-become-one-span-from-the-first-part-to-the-last = become one span from the first part to the last
fate-become-one-annotation-from-the-first-part-to-the-last-of-whi = become one annotation from the first part to the last, of which only Postil knows the parts
fate-become-one-selection-from-the-first-part-to-the-last-of-whic = become one selection from the first part to the last, of which only Postil knows the parts
fate-become-one-place-from-the-first-part-to-the-last = become one place from the first part to the last
fate-become-one-span-from-the-first-part-to-the-last-postil-reads = become one span from the first part to the last; Postil reads the parts back from a feature
fate-become-one-span-from-the-first-part-to-the-last-exact-in-doc = become one span from the first part to the last; exact in doc.user_data["postil"]
fate-become-a-region-for-each-part-which-only-postil-joins-again = become a region for each part, which only Postil joins again
fate-are-shown-from-the-first-part-to-the-last-the-parts-stay-in = are shown from the first part to the last; the parts stay in a key that Prodigy passes over
fate-become-u-fffd = become U+FFFD
fate-take-in-the-whole-character = take in the whole character
fate-begin-and-end-with-whole-tokens = begin and end with whole tokens
fate-begin-and-end-with-a-token-postil-reads-the-places-back-from = begin and end with a token; Postil reads the places back from a feature
fate-stretched-to-whole-tokens-exact-in-doc-user-data-postil = stretched to whole tokens; exact in doc.user_data["postil"]
fate-have-the-tokens-they-touch = have the tokens they touch
fate-have-no-token-start-and-token-end = have no token_start and token_end
fate-in-doc-user-data-postil-alone = in doc.user_data["postil"] alone
fate-in-doc-spans-sc-not-among-doc-ents-which-cannot-overlap = in doc.spans["sc"], not among doc.ents, which cannot overlap
fate-written-with-an-empty-agreement = written with an empty agreement
fate-written-without-an-actor-and-in-no-network = written without an actor, and in no network
fate-written-but-brat-refuses-the-line = written, but brat refuses the line
fate-written-as-json-into-notes-which-postil-reads-back-and-brat = written as JSON into notes, which Postil reads back and brat only shows
fate-written-as-json-into-a-feature-which-postil-reads-back = written as JSON into a feature, which Postil reads back
fate-stand-as-json-in-bodies-of-their-annotations-which-only-post = stand as JSON in bodies of their annotations, which only Postil understands
fate-stand-as-json-in-descriptions-of-selections-which-only-posti = stand as JSON in descriptions of selections, which only Postil reads; choices and terms are codes, register entries cases for others too
fate-numbered-anew-as-doccano-s-are-whole-numbers = numbered anew, as doccano's are whole numbers
fate-keep-code-points = keep code points
fate-in-stances-csv-without-what-has-no-column-there = in stances.csv without what has no column there
fate-get-the-words-of-the-article = get the words of the article
fate-get-fresh-ids = get fresh ids

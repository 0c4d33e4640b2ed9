# Import and export.

command-save-paper = Save as a page or picture…
command-save-paper-hint = The annotated article as PDF, HTML, SVG or PNG
paper-title = Save as a page or picture
paper-about = The text with its spans, chips and a legend, on white paper.
paper-pdf = PDF, pages of A4 to print or send
paper-html = HTML, one page for a browser
paper-svg = SVG, a picture that can be scaled, for slides
paper-png = PNG, a picture of dots
paper-chips = Chips with labels and key fields
paper-selection = Only the selected text
paper-file = File
paper-there = There is a file of this name already
paper-overwrite = Write over the file that is there
paper-no-name = Write the name of a file
paper-no-folder = There is no such folder
paper-save = Save
notice-paper-saved = Saved as { $path }
notice-paper-refused = Not saved: { $why }

command-import = Import annotations…
command-import-hint = Take annotations of other programs into the project
command-export = Export annotations…
command-export-hint = Write annotations for other programs: spaCy, Hugging Face, brat, INCEpTION and others
command-take-back-import = Take back the import…
command-take-back-import-hint = Undo the newest import: the project is as it was before it
dialog-close = Close

exchange-format = Format
exchange-format-none = Choose a format
exchange-unit = Offsets count
exchange-unit-usual = What the format prescribes
exchange-unit-utf16 = UTF-16 units (JavaScript, Java)
exchange-unit-code-points = Code points (Python)
exchange-unit-graphemes = Characters as people count them
exchange-unit-bytes = Bytes of UTF-8
exchange-stop = Stop
exchange-back = Back
exchange-looking = Looking at the annotations…
exchange-copy-command = Copy command line
exchange-show-in-folder = Show in folder

format-jsonl = JSON Lines of Postil
format-jsonl-carries = Everything: nothing is lost, and it comes back the same.
format-brat = brat standoff
format-brat-carries = Spans in parts, relations, attributes and notes, with the configuration brat needs.
format-conll = CoNLL columns
format-conll-carries = One token a line with its tags; labels of spans, a column for each layer of nesting.
format-webanno-tsv = WebAnno TSV (INCEpTION)
format-webanno-tsv-carries = Spans, fields and relations on tokens, stacked where they overlap.
format-xmi = UIMA CAS XMI (INCEpTION)
format-xmi-carries = Spans, fields and relations with a type system that other UIMA programs read.
format-cas-json = UIMA CAS JSON
format-cas-json-carries = The same as XMI, as JSON.
format-label-studio = Label Studio
format-label-studio-carries = Tasks with spans, relations and choices, and the labelling configuration.
format-doccano = doccano
format-doccano-carries = Text with labelled spans and relations, one article a line.
format-prodigy = Prodigy
format-prodigy-carries = Text with tokens, spans and relations, one task a line.
format-spacy = spaCy DocBin
format-spacy-carries = Tokens, entities and span groups, ready for training.
format-parquet = Parquet (Hugging Face)
format-parquet-carries = Spans, fields and relations as nested columns, with splits and a data card.
format-csv = CSV tables
format-csv-carries = A row for each span and for each stance, for spreadsheets and statistics.
format-web-annotation = W3C Web Annotation
format-web-annotation-carries = Annotations as JSON-LD with positions and quotations.
format-refi-qda = REFI-QDA (MAXQDA, ATLAS.ti, NVivo)
format-refi-qda-carries = Sources, codes, selections and notes for programs of qualitative research.
format-tei = TEI P5
format-tei-carries = The text as TEI with its annotations standing off.
format-dna = Discourse networks (DNA)
format-dna-carries = Statements of who holds what position, and the networks they make.

export-title = Export annotations
export-to-file = File to write
export-to-folder = Folder to write
export-browse = Choose a folder…
export-picker = Where the export is to lie
export-picker-choose = Put it here
export-file-there = There is a file of this name already
export-folder-there = There is a folder of this name already, with something in it
export-overwrite = Write over what is there
export-no-path = Write the whole path of a file or folder
export-nobody = Choose at least one annotator
export-no-labels = Choose at least one label
export-no-states = Choose at least one state of work
export-no-seed = The seed is a whole number
export-no-shares = The shares are numbers above 0 that add up to 1
export-whose = Whose annotations
export-gold = gold
export-labels = Labels
export-states = State of work
export-examples = One record is
export-by-article = an article
export-by-sentence = a sentence
export-split-heading = Training and testing
export-split = Divide the articles
export-train = train
export-dev = dev
export-test = test
export-seed = seed
export-stratify = Every part gets its share of every label
export-group = Kept in one part
export-group-none = each article by itself
export-group-source = articles of one source
export-group-date = articles of one date
export-group-near-duplicates = articles with almost the same words
export-options = For this format
export-byte-order-mark = Byte order mark, for Excel
export-counts = { $sets ->
    [one] { $sets } set of annotations
   *[other] { $sets } sets of annotations
} on { $articles ->
    [one] { $articles } article
   *[other] { $articles } articles
}
export-losses-counting = Counting what will be lost… { $part } %
export-loses-nothing = Nothing will be lost.
export-loses = The format cannot carry everything:
export-cut-spans = { $n ->
    [one] { $n } span
   *[other] { $n } spans
} over the border of a sentence: left out
export-cut-relations = { $n ->
    [one] { $n } relation
   *[other] { $n } relations
} from one sentence to another: left out
export-cut-stretches = { $n ->
    [one] { $n } value
   *[other] { $n } values
} of fields with words of another sentence: left out
export-cut-links = { $n ->
    [one] { $n } link
   *[other] { $n } links
} to spans of other sentences: lead nowhere
export-preview = How it begins
export-goes-on = … and so on
export-no-text = Not text: it cannot be shown
export-more-files = and { $n ->
    [one] { $n } more file
   *[other] { $n } more files
}
export-write = Export
export-writing = Writing. Nothing is in its place before everything is written.
export-done = Exported { $sets ->
    [one] { $sets } set of annotations
   *[other] { $sets } sets of annotations
} to { $path }
export-nothing-written = Nothing was written.
export-part = { $part }: { $articles ->
    [one] { $articles } article
   *[other] { $articles } articles
}
export-split-file = SPLIT.md says what went where.
export-loose-links = { $n ->
    [one] { $n } field links
   *[other] { $n } fields link
} to spans of labels that were left out; they stay as they are.

import-title = Import annotations
import-about = Choose a file or folder of another program. You see what would come in before anything is written, and can take it back afterwards.
import-source = File or folder to read
import-browse = Choose…
import-picker = File or folder to import
import-picker-choose = Choose
import-no-source = Choose a file or folder
import-looking = Looking at what is there…
import-not-there = There is nothing at this path
import-no-format = Choose the format: it could not be told from the file
import-guessed = Recognised by its contents. Choose another if that is wrong.
import-annotator = Whose annotations they are
import-annotator-hint = as the source says
import-is-gold = They come in as adjudicated annotations.
import-onto = Where there are annotations already
import-refuse = leave the source's out
import-merge = add what is not there yet
import-replace = put the source's in their place
import-reading = Reading… { $part } %
import-counts = { $sets ->
    [one] { $sets } set of annotations comes in
   *[other] { $sets } sets of annotations come in
}, with { $articles ->
    [0] no new article
    [one] { $articles } new article
   *[other] { $articles } new articles
}
import-no-record = There is no record in it
import-codebook = It is a codebook without annotations: its codes become labels and terms of the project.
import-codebook-known = It is a codebook, and the project knows everything in it already.
import-nothing-comes = Nothing of it can be taken in: see “Left out”
import-left-out = { $n ->
    [one] { $n } thing is left out
   *[other] { $n } things are left out
}
import-refused = { $n ->
    [one] { $n } set stays out, because there are annotations
   *[other] { $n } sets stay out, because there are annotations
} already
import-tab-in = Comes in ({ $n })
import-tab-out = Left out and remarks ({ $n })
import-tab-learnt = New to the project ({ $n })
import-tab-names = Names ({ $n })
import-tab-hint = The sets of annotations that would be written
import-article = Article
import-whose = Annotator
import-spans = Spans
import-fate = What happens
import-fate-article = new, with article
import-fate-new = new
import-fate-merged = added to
import-fate-replaced = replaced
import-none-in = Nothing comes in.
import-none-out = Nothing is left out.
import-none-learnt = The project knows all names already.
import-learns = These become part of the project’s lists:
import-dropped = The table of names leaves out:
import-more-lines = and { $n ->
    [one] { $n } more line
   *[other] { $n } more lines
}
import-names-all-known = The project knows all names of the source.
import-names-about = The project does not know these. Each is added, becomes one that is there, or is left out. What you choose is remembered for this project.
import-kind-label = Label
import-kind-relation = Relation
import-kind-field = Field
import-kind-annotator = Annotator
import-name = { $kind } { $name } · { $n }
import-add = add
import-leave-out = leave out
import-becomes = becomes { $name }
import-mapping-file = File for these choices
import-mapping-hint = /path/to/mapping.ron
import-mapping-save = Save
import-mapping-read = Read
import-mapping-forget = Add everything
import-mapping-saved = Saved
import-mapping-was-read = Read
import-confirm = Import { $sets ->
    [one] { $sets } set
   *[other] { $sets } sets
}
import-confirm-none = Import
import-writing = Writing. Until all of it is there, it can be stopped, and everything is as it was.
import-done = Imported { $sets ->
    [one] { $sets } set of annotations
   *[other] { $sets } sets of annotations
}; { $articles ->
    [0] no article was added
    [one] { $articles } article was added
   *[other] { $articles } articles were added
}.
import-left-out-done = { $n ->
    [one] { $n } thing was left out
   *[other] { $n } things were left out
}
import-can-be-undone = It can be taken back, as long as nobody changes what came in.
import-nothing-written = Nothing was imported; the project is as it was.
import-take-back = Take back the import…

take-back-title = Take back the import
take-back-none = There is no import that could be taken back.
take-back-what = From { $source }, { $when } UTC: { $sets ->
    [one] { $sets } set of annotations
   *[other] { $sets } sets of annotations
} and { $articles ->
    [one] { $articles } article
   *[other] { $articles } articles
}.
take-back-about = What it made goes, and what it wrote over is again as it was. If something of it was changed since, nothing is taken back.
take-back-do = Take back
take-back-working = Taking back…
take-back-done = Taken back. { $removed ->
    [one] { $removed } file was removed
   *[other] { $removed } files were removed
}, { $restored ->
    [one] { $restored } is as it was before
   *[other] { $restored } are as they were before
}.

exchange-stopping = Stopping…
exchange-settled = Nearly there: it can no longer be stopped halfway.
exchange-progress = Progress
export-stopped = Stopped. Nothing was written.
import-stopped = Stopped. Nothing was imported; the project is as it was.
take-back-stopped = Stopped. Nothing was taken back.
export-division = Parts
export-division-articles = Articles
export-division-spans = Spans
import-kind-value = Value
import-mapping-picker = Choices to read
import-mapping-files = Name tables
import-mapping-folder = Where the choices are kept
import-mapping-save-here = Save here
import-mapping-there = There is a file of this name already. Save once more to write over it, or choose another name.
notice-import-one-at-a-time = { $left ->
    [one] Imports go one at a time: { $name } first, one other thing is left. Drop it again afterwards, or drop the folder they are in.
   *[other] Imports go one at a time: { $name } first, { $left } others are left. Drop them again afterwards, or drop the folder they are in.
}
notice-import-needs-project = These are annotations of another program. Open a project or make one, then drop them again.

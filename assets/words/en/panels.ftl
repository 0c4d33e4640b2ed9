# Panels, palette and key sheet.

# Statuses and counts.
status-button = Status: { $status }
status-button-hint = Click for “{ $status }”
severity-errors = { $n ->
    [one] { $n } error
   *[other] { $n } errors
}
severity-warnings = { $n ->
    [one] { $n } warning
   *[other] { $n } warnings
}
severity-infos = { $n ->
    [one] { $n } remark
   *[other] { $n } remarks
}
count-relations = { $n ->
    [one] { $n } relation
   *[other] { $n } relations
}
panel-yes = yes
panel-no = no
panel-close = Close
panel-no-article = No article is open
panel-no-project = No project is open
panel-language-en = English
panel-language-ru = Russian
panel-language-uk = Ukrainian

# The list of articles.
articles-list = Articles
articles-no-project = Open a project to see its articles
articles-search = Search titles and paths
articles-all = All
articles-with-problems = With problems
articles-filter = { $name }: { $n }
articles-progress = { $done } of { $all } done
articles-annotator = Annotator: { $name }
articles-no-annotator = Who annotates?
articles-annotator-hint = Choose whose tags are shown and made
articles-add = Add articles…
articles-none = No articles yet
articles-none-hint = Add articles, or drop files here
articles-nothing-matches = No article matches
articles-clear-filter = Show all
articles-choose = Choose one from the list
articles-open = Open
articles-details = Details…
articles-mark-as = Mark as: { $status }

# Problems.
problems-title = Problems
tab-problems = Problems ({ $n })
problems-all = All: { $n }
problems-none = No problems
problems-none-hint = Required fields, links, overlaps, the edges of tags and the rules of the schema are checked as you work
problems-fix = Fix
problems-fix-name = Fix: { $title }
problems-explain-hint = Click to read what this rule means
place-line = line { $n }

# Relations.
relations-title = Relations
tab-relations = Relations ({ $n })
relations-all = All: { $n }
relations-of-selected = Only of the selected tag
relations-none = No relations yet
relations-none-hint = Select a tag and press { $key } to relate it to another one
relations-nothing-matches = No relation matches
relations-turn = Turn the relation round
relations-remove = Remove the relation
relations-relabel = Change the kind of relation
relations-lost-end = This tag is no longer there
relations-fields = Fields of the relation
relations-field-elsewhere = This kind of field is filled in in the annotation file

# History. $about is a stretch of the article, $label a label’s title, $field a field’s title.
history-title = History
history-start = Start
history-here = you are here
history-undone = undone
history-go-back = Go back to this state
history-go-forward = Go forward to this state
history-none = Nothing has been done yet
history-none-hint = Every step will be listed here and can be taken back
undo-what = Undo: { $what }
redo-what = Redo: { $what }
step-tag = Tagged “{ $about }” as { $label }
step-relabel = Changed the label of “{ $about }” to { $label }
step-remove = Removed the tag “{ $about }”
step-set-field = Field { $field } of “{ $about }”
step-note = Note on “{ $about }”
step-move-edge = Moved an edge: “{ $about }”
step-add-part = Added a part: “{ $about }”
step-remove-part = Removed a part: “{ $about }”
step-reshape = Moved the tag to “{ $about }”
step-relate = New relation “{ $label }” to “{ $about }”
step-change-relation = Changed the relation “{ $label }”
step-remove-relation = Removed the relation “{ $label }”
step-status = Status: { $about }
step-article-field = Field { $field } of the article
step-create-entity = New register entry “{ $about }”
step-create-term = New codebook term “{ $about }”
step-fix = Fixed: { $about }
step-other = Changed “{ $about }”

# Guidelines.
guidelines-title = Guidelines
guidelines-search = Search the guidelines
guidelines-nothing-found = Nothing found
guidelines-none = This project has no guidelines yet
guidelines-none-hint = Put a Markdown file into the project’s folder and name it in postil.ron: guidelines: [("en", "guidelines.md")]

# The bar at the top.
save-saved = Saved
save-saving = Saving…
save-failed = Not saved: { $why }
save-failed-hint = Nothing is lost: every step is in the journal, and saving is tried again
save-read-only = Read only
save-open-elsewhere = These annotations are open in another window
labels-more = More…
labels-select-first = Select words in the article first

# The line at the bottom.
status-position = Line { $line } · sentence { $sentence } · { $percent } %
status-position-short = Line { $line } · { $percent } %
status-selected = { $n ->
    [one] { $n } character selected
   *[other] { $n } characters selected
}
status-snap-words = Whole words
status-snap-off = Any characters
status-snap-hint = Whether selections grow to whole words ({ $key })
status-encoding = Encoding: { $encoding }
status-encoding-hint = How the article’s file is read; click for details
status-encoding-uncertain = The encoding is a guess; click to check it

# The palette.
palette-title = Commands
palette-hint = What would you like to do?
palette-nothing = Nothing found
palette-kind-label = Label
palette-kind-field = Field
palette-kind-status = Status
palette-kind-article = Article
palette-field = Field: { $field }
palette-go-to = Go to: { $title }

# The key sheet.
keys-search = Search keys
keys-labels = Labels, with words selected
keys-fields-of = Fields: { $label }
keys-fields-about = While a tag of this label is selected
keys-relations = Relations, after { $key }
keys-shift-extends = With any step of the caret: select
keys-mouse = Mouse
keys-page-title = Keys
keys-page-about = This page is made from the program’s own table of commands. Keys are named by what a QWERTY keyboard has on them and work on any layout: on a Russian or Ukrainian one, press the same places.
keys-page-key = Key
keys-page-gesture = Gesture
keys-page-does = What it does
gesture-drag = Drag
gesture-drag-does = Select words
gesture-double-click = Double-click
gesture-double-click-does = Select the word
gesture-triple-click = Triple-click
gesture-triple-click-does = Select the sentence; once more for the paragraph
gesture-shift-click = Shift+click
gesture-shift-click-does = Extend the selection to here
gesture-click-tag = Click a tag
gesture-click-tag-does = Select the tag; the smallest one first
gesture-click-again = Click again
gesture-click-again-does = Select the next of the tags that overlap here
gesture-drag-edge = Drag an edge
gesture-drag-edge-does = Move the start or the end of the selected tag
gesture-right-click = Right-click
gesture-right-click-does = What can be done here
gesture-drop-files = Drop files
gesture-drop-files-does = Add articles, import annotations, or open a project

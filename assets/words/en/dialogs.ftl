# Dialogs and the start page.

dialog-cancel = Cancel
dialog-save = Save
dialog-browse = Browse…

## Units
size-bytes = { $n } B
size-kilobytes = { $n } KB
size-megabytes = { $n } MB
size-gigabytes = { $n } GB

## Choosing folders and files
picker-title-project = Open a project
picker-title-open-articles = Open articles
picker-title-articles = Add articles
picker-title-sample = Put the sample project in a folder
picker-title-project-place = Where the project shall lie
picker-title-schema = Choose a schema
picker-open-project = Open project
picker-open = Open
picker-add = Add
picker-put-sample = Put the sample here
picker-choose-folder = Choose this folder
picker-choose-file = Choose
picker-path = Path
picker-up = Folder above
picker-place-home = Home
picker-place-documents = Documents
picker-place-desktop = Desktop
picker-place-downloads = Downloads
picker-place-computer = Computer
picker-place-project = This project
picker-recent = Recent projects
picker-name = Name
picker-size = Size
picker-modified = Changed
picker-sort = Order by: { $column }
picker-list = Folders and files
picker-project = project
picker-reading = Reading the folder… { $n }
picker-empty = This folder is empty
picker-no-folders = There are no folders in here
picker-no-articles = No files of this type in here
picker-show-all = Show all files
picker-folder-gone = There is no such folder any more
picker-no-rights = You have no right to read this folder
picker-no-rights-to-write = You have no right to write here
picker-path-not-there = There is nothing at this path
picker-path-is-file = This is a file, not a folder
picker-filter = Which files to show
picker-filter-articles = Texts (txt, md, markdown, text)
picker-filter-schemas = Schemas (ron)
picker-filter-all = All files
picker-hidden = Hidden files
picker-new-folder = New folder…
picker-new-folder-name = Name of the new folder
picker-make = Make
picker-exists = Something here has this name already
picker-bad-name = A folder cannot have this name: leave out / \ : * ? " < > | and a dot at the end
picker-name-needed = Give the folder a name
picker-new-name = Name of the folder
picker-system = System dialog…
picker-system-open = The system’s dialog is open
picker-system-back = Back to this one
picker-no-system = This desktop offers no file dialog: choose here
picker-choose-something = Choose one or more: Ctrl and Shift choose several
picker-choose-one = Choose a file
picker-no-project = Not a project: choose a folder marked “project”
picker-already-project = There is a project in this folder already
picker-not-empty = This folder is not empty: choose another name
picker-count = { $n ->
    [one] { $n } item
   *[other] { $n } items
}
picker-chosen = { $n ->
    [one] { $n } chosen
   *[other] { $n } chosen
}
sample-folder = Postil sample

## A new project
new-project-title = New project
new-project-name = Name
new-project-name-hint = Peace talks, January 2026
new-project-folder = Folder
new-project-schema = What will be tagged
new-project-language = Language of the articles
new-project-articles = Articles
new-project-no-articles = None yet; they can be added at any time
new-project-add-articles = Add articles…
new-project-remove-article = Take { $name } off the list
new-project-create = Create project
new-project-needs-name = Give the project a name
new-project-needs-folder = Choose another folder
new-project-needs-schema = Choose a schema that can be read
schema-positions = Who wants what
schema-positions-about = Positions and claims, who holds them, on which issue; entities they mention
schema-entities = Names only
schema-entities-about = People, organisations, places and events, each linked to a register
schema-from-file = From a file…
schema-unreadable = This file is not a schema: { $why }
schema-labels = { $n ->
    [one] { $n } label
   *[other] { $n } labels
}
schema-fields = { $n ->
    [one] { $n } field
   *[other] { $n } fields
}
schema-relations = { $n ->
    [one] { $n } relation
   *[other] { $n } relations
}
folder-new = This folder will be made
folder-empty = This folder is empty
folder-holds-things = This folder holds other files; the project will be put beside them
folder-inside-project = This folder lies inside another project
folder-unnamed = Choose a folder
folder-is-project = There is a project in this folder already: open it, or choose another
folder-is-file = This is a file, not a folder
folder-below-file = A part of this path is a file, not a folder
folder-no-rights = You have no right to write here
folder-relative = Give the whole path, from the root

## Article details
details-title = Article details
details-article-title = Title
details-date = Date
details-source = Source
details-url = Address on the web
details-author = Author
details-language = Language
details-language-unset = Not set
details-from-file = from the file
details-in-file = In the file: { $value }
details-file-says = The file says: { $value }
details-use-file = take that
details-leave-empty = leave empty
details-left-empty = Left empty
details-date-becomes = Will be kept as { $day }
details-date-wrong = Write the date as 2026-01-21, 2026-01 or 2026
details-url-odd = This does not look like a web address
details-encoding = The file is read as
details-encoding-certain = This is certain
details-encoding-guessed = This was guessed: if the text below looks wrong, choose another
details-encoding-confirmed = Will be kept as your choice
details-encoding-changed = The file will be read anew
details-encoding-tags = The text will change, and tags may no longer fit; they will be checked
details-replaced = { $n ->
    [one] { $n } byte could not be read
   *[other] { $n } bytes could not be read
}
details-path = File
details-length = Length
details-characters = { $n ->
    [one] { $shown } character
   *[other] { $shown } characters
}
details-fingerprint = Fingerprint
details-copy = Copy
details-copied = Copied
details-read-only = Nothing can be written in this project
encoding-unicode = Unicode
encoding-cyrillic = Cyrillic
encoding-western-european = Western European
encoding-central-european = Central European
encoding-baltic = Baltic
encoding-greek = Greek
encoding-turkish = Turkish
encoding-hebrew = Hebrew
encoding-arabic = Arabic
encoding-thai = Thai
encoding-vietnamese = Vietnamese
encoding-chinese-simplified = Chinese, simplified
encoding-chinese-traditional = Chinese, traditional
encoding-japanese = Japanese
encoding-korean = Korean

## Who annotates
annotator-title = Who annotates
annotator-about = Everyone’s annotations are kept apart, under a short name
annotator-name = Short name
annotator-hint = anna
annotator-folder = Kept in { $folder }
annotator-rules = Letters, digits, - _ and .
annotator-empty = The name needs a letter or a digit
annotator-gold = “gold” is the name of the agreed annotations; choose another
annotator-too-long = At most 40 characters
annotator-known = Annotators of this project
annotator-choose = Annotate under this name

## Changed elsewhere
conflict-title = Changed by someone else
conflict-about = { $file } was changed by someone else while you had it open. Where both changed the same thing, choose which stays
conflict-all-mine = Keep all of mine
conflict-all-theirs = Take all of theirs
conflict-mine = Keep mine
conflict-theirs = Take theirs
conflict-nothing = (taken away)
conflict-left = { $n ->
    [one] { $n } left to decide
   *[other] { $n } left to decide
}
conflict-apply = Apply
conflict-later = Decide later

## Start page
start-about = Read articles closely and tag who wants what, and who says so
start-sample = Open the sample project
start-sample-about = Seven short articles with tags, to look around and try things
start-new = New project…
start-new-about = For your own articles, with your own labels if you like
start-open = Open a project…
start-open-about = A folder with a postil.ron in it
start-articles = Open an article…
start-articles-about = One text file or several; a project is made beside them
start-drop = …or drop a project folder or text files anywhere on this window
start-recent = Recent projects
start-missing = not found
start-forget = Forget
start-first = Your first five minutes
start-first-1 = Select words with the mouse, or with Shift and the arrows
start-first-2 = Press a label’s key to tag them: E entity, P position, C claim
start-first-3 = Press Enter to fill in the fields, and F1 to find anything else
theme = Theme
theme-system = System
theme-light = Light
theme-dark = Dark

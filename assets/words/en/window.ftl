article-text = Article text
count-spans = { $n ->
    [one] { $n } tag
   *[other] { $n } tags
}
notice-close = Close this notice
notice-fault = { $fault }
notice-not-saved = Not saved: { $message }
notice-saved = Saved
notice-merged = { $n ->
    [one] Took in one change that someone else made to this file
   *[other] Took in { $n } changes that someone else made to this file
}
notice-clashes = { $n ->
    [one] One span was changed by you and by someone else. Yours is kept until you decide.
   *[other] { $n } spans were changed by you and by someone else. Yours are kept until you decide.
}
notice-file-gone = { $file } was removed by another program. It is being written again.
notice-list-changed = { $file } was changed by another program and read again
notice-article-changed = The article's text is not the one that was annotated. Look at the problems before going on.
notice-recovered = { $n ->
    [0] { $message }
    [one] Recovered one change that had not been saved when the program last stopped
   *[other] Recovered { $n } changes that had not been saved when the program last stopped
}
notice-replaced = { $n ->
    [one] One byte could not be read as { $encoding }. Choose another encoding in the article's details.
   *[other] { $n } bytes could not be read as { $encoding }. Choose another encoding in the article's details.
}
notice-encoding-guessed = Read as { $encoding }, a guess. The article's details let you choose another encoding.
notice-no-watching = Changes made by other programs will not be seen: { $why }
notice-added = { $n ->
    [one] One article added
   *[other] { $n } articles added
}
notice-project-made = Annotations are saved in { $folder }
notice-outdated = { $thing } was changed in the meantime, so this was not done
notice-read-only = These annotations are open in another window, or may not be written. Nothing was changed.
notice-nothing-selected = Select words first
notice-select-cue = Select the words in the article first, then press the key again
notice-no-more-steps = Nothing more to undo or redo
notice-no-more-spans = No more spans this way
notice-no-more-articles = No more articles this way
notice-no-span = Select a span first: click it, or press Tab
notice-no-problems = No problems in this article
notice-no-fix = This problem has no automatic fix
notice-all-done = Every article is done
prompt-keys = ↑ ↓ choose · Enter take · Tab skip · Esc close
prompt-label = Change the label to
prompt-relation = Which relation?
prompt-relation-end = To which span?
prompt-search-box = Search
prompt-hint-search = Type a name; ← → go through the mentions
prompt-hint-text = Type, then Enter
prompt-hint-date = 2026-01-21, 2026-01 or 2026
prompt-hint-number = A number
prompt-nothing = Nothing fits
prompt-create = Create “{ $name }”
prompt-yes = yes
prompt-no = no
find-hint = Find in the article
find-box = Find in the article
find-count = { $at } of { $n }
find-none = not found
find-close = Close
card-more = and { $n } more
menu-tag-as = Tag as { $label }
menu-fill-in = { $field }…
clash-gone = removed
clash-status = How far the work is
no-article = No article is open. Choose one on the left, add some with “Add articles…”, or drop files here.

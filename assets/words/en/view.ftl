# The article view: overview, heading, going to a place, saving a picture of it.
overview = Map of the article
overview-place = Line { $line } · { $percent } %
overview-value = Lines { $from } to { $to } of { $lines }. In all: tags { $spans }, problems { $problems }, matches { $hits }
count-problems = { $n ->
    [one] { $n } problem
   *[other] { $n } problems
}
count-hits = { $n ->
    [one] { $n } match
   *[other] { $n } matches
}
heading-place = Line { $line } of { $lines } · { $percent } %
heading-sentence = sentence { $n }
heading-no-problems = no problems
chips-more = { $n ->
    [one] One more tag here
   *[other] { $n } more tags here
}
stub-part = other part: { $words }
stub-more = { $n ->
    [one] One more linked tag out of view
   *[other] { $n } more linked tags out of view
}
span-list = { $n ->
    [one] One tag · Enter goes there
   *[other] { $n } tags · ↑ ↓ choose · Enter goes there
}
go-to-box = Go to
go-to-hint = Line, s45, 50%, tag
go-to-examples = 120 line (of { $lines }) · s45 sentence · 50% of the text · @1234 code point · #s7 tag
go-to-nowhere = There is no such place in this article
go-to-line = Line { $n } of { $lines }
go-to-sentence = Sentence { $n }
go-to-percent = { $n } % of the text
go-to-code-point = Code point { $n }
notice-no-span-here = No tag here
notice-no-links = This tag is not linked with any other
command-go-to = Go to line, sentence, percent…
command-go-to-hint = 120 is a line, s45 a sentence, 50% a share of the text, #s7 a tag
command-list-spans = List the tags that overlap here
command-follow-links = Go to what the tag is linked with
command-usual-text = Usual text size
command-cycle-marks = Over the tags: label and fields, labels only, nothing
font-title = Font of the article
font-about = Letters that a font lacks are taken from other fonts. The menus keep theirs.
font-size = Size in points
font-serif = Built in, with serifs
font-sans = Built in, without serifs
font-of-system = On this computer
font-search = Search by name
font-listing = Looking for the fonts of this computer…
font-none = No font is called that
font-done = Done

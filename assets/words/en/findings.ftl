# What validation finds: `finding-` and the rule's name, with the rule's own pieces; `fix-` and the rule's name is its fix.
# $path is a field, $label and the like are labels, both by their titles where the schema gives some.

# Files. $detail is in English in every language: it comes from reading the file.
finding-file-missing = { $file } is not there ({ $detail }). Bring it back, or correct its path in postil.ron.
finding-file-unreadable = { $file } cannot be read ({ $detail }). Give yourself the right to read it, or bring the drive back.
finding-ron-malformed = { $file } is not well-formed ({ $detail }). Look for a missing bracket, comma or quotation mark there.
finding-file-misshapen = { $file } is not built as such a file should be ({ $detail }). Correct the place named.
finding-format-too-new = { $file } was written by a newer Postil ({ $detail }). Update Postil to open it.
finding-format-unknown = { $file } does not say a known format ({ $detail }). Add the format number that the other files have.
finding-not-text = { $file } is not plain text ({ $detail }). Save it as plain text, best in UTF-8, and add it again.
finding-article-missing = { $spans ->
    [one] The article { $article } of this tag is not in the project. Bring it back, or correct “article” in this file.
   *[other] The article { $article } of these { $spans } tags is not in the project. Bring it back, or correct “article” in this file.
}
finding-orphaned-annotations = Nobody will find the annotations of { $article } here: they are looked for in { $expected }. Move the file, or correct “article” in it.
finding-annotator-differs = The file says that { $annotator } annotates, but it lies in the folder of { $folder }. Move it, or correct “annotator” in it.
finding-annotator-unknown = { $annotator } has annotations but is not listed in postil.ron. Add the name to “annotators”, or remove the folder.
finding-two-files-for-one-article = { $annotator } has a second file on { $article }: { $other }. Compare the two and keep one.
finding-not-assigned = { $article } is assigned to { $assigned }, not to { $annotator }. Change the assignment in postil.ron, or take this file out.
finding-assignment-unknown = { $thing ->
    [article] The assignments name the article { $name }, which the project does not have. Correct the name in postil.ron.
   *[annotator] The assignments name the annotator { $name }, whom the project does not list. Correct the name in postil.ron.
}
finding-rule-unknown = postil.ron speaks of the rule { $name }, but there is none. Correct the code, or leave the entry out.
finding-done-but-incomplete = { $status ->
    [reviewed] The article is marked as reviewed, but required fields are empty: { $unset }. Fill them in, or set the status back.
   *[done] The article is marked as done, but required fields are empty: { $unset }. Fill them in, or set the status back.
}
finding-bytes-undecodable = Bytes of this article that do not fit the encoding { $encoding }: { $count }. Choose the right encoding before you go on.

# Places in the text.
finding-fingerprint-differs = The text of { $article } has changed since it was annotated (characters then: { $then }, now: { $now }). Bring the old text back, or look the tags over and save.
finding-surface-differs = This tag should be on “{ $surface }”, but the article says “{ $there }” there. Move the tag to its words, or take it out.
finding-offsets-out-of-range = The tag reaches past the end of the article (place { $start }–{ $end }, { $length } characters in all). Mark its words anew, or take it out.
finding-inside-grapheme = “{ $surface }” begins or ends in the middle of a character. Take in the whole character.
finding-empty-span = The tag at place { $start } covers no text. Mark its words, or take it out.
finding-blank-span = The tag at place { $start }–{ $end } covers nothing but spaces. Mark its words, or take it out.
finding-white-space-edge = “{ $surface }” begins or ends with white space ({ $signs }). Leave the white space out.
finding-parts-out-of-order = The parts of this tag are not in the order of the text: { $parts }. Put the earlier one first.
finding-parts-overlap = Parts of this tag overlap: { $parts }. Join them.
finding-empty-part = A part of this tag covers no text: { $parts }. Leave it out.
finding-crosses-paragraph = “{ $surface }” reaches over the end of a paragraph. Make two tags of it, or one of two parts.
finding-invisible-edge = “{ $surface }” begins or ends with a sign that cannot be seen ({ $signs }). Leave it out.
finding-cuts-word = “{ $surface }” begins or ends inside a word. Take in the whole word, unless you mean the part.
finding-fingerprint-missing = The file does not say on which text of { $article } it was made. Look the tags over and save.
finding-stretch-out-of-range = { $path } reaches past the end of the article (it has { $length } characters). Mark the words anew, or clear the field.
finding-stretch-empty = { $path } covers no text. Mark its words, or clear the field.
finding-stretch-inside-grapheme = { $path } begins or ends in the middle of a character. Take in the whole character.

# Ids and duplicates.
finding-duplicate-span-id = Two tags have the id { $span }; one of them is on “{ $surface }”. Give one of them another id.
finding-duplicate-relation-id = Two relations have the id { $relation }. Give one of them another id.
finding-id-blank = { $thing ->
    [relation] The relation { $surface } has no id. Give it one in the file, such as r1.
   *[span] The tag “{ $surface }” has no id. Give it one in the file, such as s1.
}
finding-duplicate-span = The tag “{ $surface }” ({ $label }) is there twice and says the same. Take the copy out.
finding-same-label-twice = “{ $surface }” is tagged as “{ $label }” twice, with different fields. Make one tag of the two, unless you mean both.
finding-duplicate-relation = The relation “{ $label }” between these tags is there twice and says the same. Take the copy out.

# Fields.
finding-unknown-label = “{ $surface }” has the label “{ $label }”, which the schema does not know. Choose another, or add it to the schema.
finding-unknown-field = { $path } is filled in, but the schema has no such field. Correct the name, or add the field to the schema.
finding-unknown-choice = { $path }: “{ $value }” is none of the choices. Choose one of these: { $choices }.
finding-wrong-type = { $path }: “{ $value }” is not what belongs there. Fill the field in anew.
finding-wrong-shape = { $path } is a list where one value belongs, or the other way round. Take the fix, or fill it in anew.
finding-too-few = { $path } has too few values: { $count }, and at least { $min } are needed. Add what is missing.
finding-too-many = { $path } has too many values: { $count }, and at most { $max } may be there. Take some out.
finding-required-unset = { $path } is required and not filled in yet. Fill it in.
finding-required-when-unset = { $path } is not filled in, but what another field says requires it. Fill it in, or change the other field.
finding-field-unset = { $path } is not filled in. It is not required; fill it in if the article says it.
finding-number-out-of-bounds = { $path }: { $value } is smaller or greater than the schema allows. Correct the number.
finding-number-not-whole = { $path }: { $value } is not a whole number. Write one without a fraction.
finding-date-malformed = { $path }: “{ $value }” is not a date. Write it like 2026-01-21, 2026-01 or 2026.
finding-blank-text = { $path } holds nothing but an empty text. Fill it in, or clear it.
finding-repeated-value = { $path } says the same as { $first }. Take one of the two out.

# Links and relations.
finding-dangling-link = { $path } leads to a tag that is no longer there ({ $target }). Choose another tag, or clear the field.
finding-wrong-link-label = { $path } leads to a tag with the label “{ $label }”, but only these may stand there: { $allowed }. Choose another tag.
finding-self-link = { $path } leads to this very tag. Choose another tag, or clear the field.
finding-unknown-entity = { $path }: the register has no entry “{ $value }”. Choose an entry, or add this one.
finding-wrong-entity-kind = { $path }: the entry “{ $value }” is of the kind “{ $kind }”, but only these may stand there: { $allowed }. Choose another entry.
finding-unknown-term = { $path }: the codebook has no term “{ $value }”. Choose a term, or add this one.
finding-retired-term = { $path }: the term “{ $value }” is no longer used; it was replaced by: { $successors }. Choose the term that fits.
finding-term-outside-branch = { $path }: the term “{ $value }” does not lie under “{ $branch }”. Choose a term that does.
finding-unknown-relation = The schema knows no relation “{ $label }”. Choose another, or add it to the schema.
finding-dangling-relation = The relation “{ $label }” has lost one of its tags ({ $missing }). Choose another tag, or take the relation out.
finding-self-relation = The relation “{ $label }” leads from a tag to itself. Choose another tag, or take the relation out.
finding-wrong-relation-ends = The schema does not let the relation “{ $label }” lead from { $from } to { $to }. Turn it round, or change an end or the kind of relation.
finding-cyclic-via = { $path }: this source is in the chain already, at { $first }. Nobody reports themselves; correct the chain.
finding-cyclic-links = The links of these tags run in a circle: { $chain }. Clear the link that is wrong.

# What positions and claims mean.
finding-stance-unset = { $path } is not chosen: for or against? Choose one; “unclear” is an answer too.
finding-holder-absent = { $path }: nobody is named yet. Say whose it is; if the article does not, choose implicit, the author or unknown.
finding-holder-unnamed = { $path } is “explicit”, but it is not said who that is. Choose a tag or a register entry, or change this field.
finding-holder-contradicts = { $path } is “unknown”, but it is said who that is. Change this field, or clear the name.
finding-contradictory-stances = { $stance ->
    [for] { $actor } is for “{ $issue }” here and against it in another tag ({ $other }). Check the two; if they changed their mind, say so in the field for the state.
   *[against] { $actor } is against “{ $issue }” here and for it in another tag ({ $other }). Check the two; if they changed their mind, say so in the field for the state.
}
finding-issue-twice = { $path } is on “{ $issue }” just as { $first } is, but answers differently. Keep one of the two, “mixed” or “conditional” if need be.
finding-kind-differs = { $path } is “{ $kind }” here, but the register has “{ $registered }” for { $entity }. Take the register’s kind; what the words name literally has a field of its own.

# Overlap and consistency.
finding-spans-overlap = “{ $surface }” ({ $label }) overlaps another tag ({ $other_label }), which the schema does not allow. Shorten one of the two.
finding-spans-cross = “{ $surface }” ({ $label }) crosses another tag ({ $other_label }); one must lie wholly inside the other. Move an edge.
finding-tagged-differently = “{ $surface }” is tagged as { $tag } here (× { $times }) and as { $usual } elsewhere (× { $usual_times }). Look whether you mean both.
finding-untagged-here = “{ $surface }” is tagged as “{ $label }” elsewhere (× { $tagged }), but not here (× { $untagged } in all). Tag it here too, if it means the same.

# The project's lists.
finding-schema-name-twice = The schema gives the name { $name } twice among the { $owner }. Rename one of them.
finding-schema-key-twice = The schema gives the key { $key } twice among { $owner }. Choose another key for one of them.
finding-schema-bounds = { $what ->
    [count] The field { $field } must have at least { $min } and at most { $max } values: nothing fits. Correct the schema.
   *[number] The number in the field { $field } must be at least { $min } and at most { $max }: nothing fits. Correct the schema.
}
finding-schema-when-unknown = The field { $field } is required by “{ $missing }”, which is not there. Correct “required_when” in the schema.
finding-schema-label-unknown = The schema names the label { $label } in { $owner }, but has no such label. Correct the name, or add the label.
finding-schema-term-unknown = The field { $field } takes terms under { $term }, but the codebook has no such term. Correct the name, or add the term.
finding-schema-no-choices = The field { $field } has nothing to choose from. Add choices to the schema, or make it a text.
finding-term-cycle = The term { $term } lies under itself: { $chain }. Correct one of the parents in the codebook.
finding-term-parent-missing = The term { $term } lies under { $parent }, but the codebook has no such term. Correct the parent, or add the term.
finding-term-successor-missing = The term { $term } was replaced by { $successor }, but the codebook has no such term. Correct “replaced_by”, or add the term.
finding-term-successor-cycle = The term { $term } was replaced by itself in the end: { $chain }. Leave one “replaced_by” out of the codebook.
finding-names-shared = The register entries { $entity } and { $other } are both called “{ $shared }”. Merge them if they are one; else tell their names apart.
finding-affiliation-unknown = The register entry { $entity } belongs to { $to }, which the register does not have. Correct the id, or add that entry.
finding-affiliation-dates = The dates between which { $entity } belongs to { $to } cannot be right. Write days like 2026-01-21, the first before the last.
finding-wikidata-malformed = “{ $wikidata }” of the register entry { $entity } is not a Wikidata id; they look like Q30. Correct it, or leave it out.
finding-wikidata-shared = The register entries { $entity } and { $other } have the same Wikidata id, { $shared }. Merge them, or correct one id.
finding-entity-unreferenced = No annotation uses the register entry “{ $name }” ({ $entity }). Leave it for later, or take it out.

# What the fixes do.
fix-surface-differs = Move the tag to its words
fix-offsets-out-of-range = Move the tag to its words
fix-inside-grapheme = Take in the whole characters at the edges
fix-white-space-edge = Leave out the white space at the edges
fix-parts-out-of-order = Put the parts into the order of the text
fix-parts-overlap = Join the parts that overlap
fix-empty-part = Leave the empty part out
fix-invisible-edge = Leave out the signs that cannot be seen
fix-cuts-word = Take in the whole words
fix-stretch-empty = Clear the field
fix-stretch-inside-grapheme = Take in the whole characters at the edges
fix-duplicate-span-id = Give it an id of its own
fix-duplicate-relation-id = Give it an id of its own
fix-duplicate-span = Take the copy out
fix-duplicate-relation = Take the copy out
fix-unknown-label = Write the label as the schema does
fix-unknown-choice = Write the word as the schema does
fix-wrong-type = Write it as a value of the right kind
fix-wrong-shape = Put the value into the right shape
fix-number-not-whole = Write it as a whole number
fix-date-malformed = Write the date as year-month-day
fix-blank-text = Clear the field
fix-repeated-value = Take the repetition out
fix-dangling-link = Clear the field
fix-self-link = Clear the field
fix-unknown-entity = Write the id as the register does
fix-unknown-term = Write the id as the codebook does
fix-retired-term = Take the term that replaced it
fix-unknown-relation = Write the relation as the schema does
fix-dangling-relation = Take the relation out
fix-self-relation = Take the relation out
fix-wrong-relation-ends = Turn the relation round

# At the head of a rule's page.
rule-fix-none = No program can mend this: a person decides.
rule-fix-offered = There is a fix to choose; it is never made by itself.
rule-fix-safe = There is a fix that loses nothing.

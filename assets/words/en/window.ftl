article-text = Article text
count-spans = { $n ->
    [one] { $n } tag
   *[other] { $n } tags
}

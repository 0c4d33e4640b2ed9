article-text = Текст статті
count-spans = { $n ->
    [one] { $n } позначка
    [few] { $n } позначки
   *[many] { $n } позначок
}

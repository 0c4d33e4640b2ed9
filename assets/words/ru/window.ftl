article-text = Текст статьи
count-spans = { $n ->
    [one] { $n } метка
    [few] { $n } метки
   *[many] { $n } меток
}

# The article view: overview, heading, going to a place, saving a picture of it.
overview = Карта статьи
overview-place = Строка { $line } · { $percent } %
overview-value = Строки с { $from } по { $to } из { $lines }. Всего: меток { $spans }, проблем { $problems }, совпадений { $hits }
count-problems = { $n ->
    [one] { $n } проблема
    [few] { $n } проблемы
   *[many] { $n } проблем
}
count-hits = { $n ->
    [one] { $n } совпадение
    [few] { $n } совпадения
   *[many] { $n } совпадений
}
heading-place = Строка { $line } из { $lines } · { $percent } %
heading-sentence = предложение { $n }
heading-no-problems = проблем нет
chips-more = { $n ->
    [one] Здесь ещё { $n } метка
    [few] Здесь ещё { $n } метки
   *[many] Здесь ещё { $n } меток
}
stub-part = другая часть: { $words }
stub-more = { $n ->
    [one] Ещё { $n } связанная метка за краем
    [few] Ещё { $n } связанные метки за краем
   *[many] Ещё { $n } связанных меток за краем
}
span-list = { $n ->
    [one] { $n } метка · Enter – перейти
    [few] { $n } метки · ↑ ↓ – выбрать · Enter – перейти
   *[many] { $n } меток · ↑ ↓ – выбрать · Enter – перейти
}
go-to-box = Перейти
go-to-hint = Строка, s45, 50%, метка
go-to-examples = 120 – строка (всего { $lines }) · s45 – предложение · 50% текста · @1234 – символ · #s7 – метка
go-to-nowhere = В этой статье такого места нет
go-to-line = Строка { $n } из { $lines }
go-to-sentence = Предложение { $n }
go-to-percent = { $n } % текста
go-to-code-point = Символ { $n }
notice-no-span-here = Здесь нет меток
notice-no-links = Эта метка ни с чем не связана
command-go-to = Перейти к строке, предложению, проценту…
command-go-to-hint = 120 – строка, s45 – предложение, 50% – доля текста, #s7 – метка
command-list-spans = Список меток, что здесь перекрываются
command-follow-links = К тому, с чем метка связана
command-usual-text = Обычный размер текста
command-cycle-marks = Над метками: тип и поля, только тип, ничего
font-title = Шрифт статьи
font-about = Буквы, которых в шрифте нет, берутся из других шрифтов. Меню останутся как есть.
font-size = Размер в пунктах
font-serif = Встроенный, с засечками
font-sans = Встроенный, без засечек
font-of-system = На этом компьютере
font-search = Поиск по названию
font-listing = Ищем шрифты на этом компьютере…
font-none = Шрифта с таким названием нет
font-done = Готово

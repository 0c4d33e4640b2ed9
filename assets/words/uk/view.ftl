# The article view: overview, heading, going to a place, saving a picture of it.
overview = Карта статті
overview-place = Рядок { $line } · { $percent } %
overview-value = Рядки з { $from } по { $to } з { $lines }. Усього: позначок { $spans }, проблем { $problems }, збігів { $hits }
count-problems = { $n ->
    [one] { $n } проблема
    [few] { $n } проблеми
   *[many] { $n } проблем
}
count-hits = { $n ->
    [one] { $n } збіг
    [few] { $n } збіги
   *[many] { $n } збігів
}
heading-place = Рядок { $line } з { $lines } · { $percent } %
heading-sentence = речення { $n }
heading-no-problems = проблем немає
chips-more = { $n ->
    [one] Тут ще { $n } позначка
    [few] Тут ще { $n } позначки
   *[many] Тут ще { $n } позначок
}
stub-part = інша частина: { $words }
stub-more = { $n ->
    [one] Ще { $n } пов’язана позначка за краєм
    [few] Ще { $n } пов’язані позначки за краєм
   *[many] Ще { $n } пов’язаних позначок за краєм
}
span-list = { $n ->
    [one] { $n } позначка · Enter – перейти
    [few] { $n } позначки · ↑ ↓ – вибрати · Enter – перейти
   *[many] { $n } позначок · ↑ ↓ – вибрати · Enter – перейти
}
go-to-box = Перейти
go-to-hint = Рядок, s45, 50%, позначка
go-to-examples = 120 – рядок (усього { $lines }) · s45 – речення · 50% тексту · @1234 – символ · #s7 – позначка
go-to-nowhere = У цій статті такого місця немає
go-to-line = Рядок { $n } з { $lines }
go-to-sentence = Речення { $n }
go-to-percent = { $n } % тексту
go-to-code-point = Символ { $n }
notice-no-span-here = Тут немає позначок
notice-no-links = Ця позначка ні з чим не пов’язана
command-go-to = Перейти до рядка, речення, відсотка…
command-go-to-hint = 120 – рядок, s45 – речення, 50% – частка тексту, #s7 – позначка
command-list-spans = Список позначок, що тут перекриваються
command-follow-links = До того, з чим позначку пов’язано
command-usual-text = Звичайний розмір тексту
command-cycle-marks = Над позначками: вид і поля, лише вид, нічого
font-title = Шрифт статті
font-about = Літери, яких у шрифті немає, беруться з інших шрифтів. Меню лишаються як є.
font-size = Розмір у пунктах
font-serif = Вбудований, із зарубками
font-sans = Вбудований, без зарубок
font-of-system = На цьому комп’ютері
font-search = Пошук за назвою
font-listing = Шукаємо шрифти на цьому комп’ютері…
font-none = Шрифту з такою назвою немає
font-done = Готово

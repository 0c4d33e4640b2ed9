# The article view: overview, heading, going to a place, saving a picture of it.
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

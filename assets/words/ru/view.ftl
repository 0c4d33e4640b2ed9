# The article view: overview, heading, going to a place, saving a picture of it.
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

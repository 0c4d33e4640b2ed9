# Import and export.

command-save-paper = Сохранить страницей или рисунком…
command-save-paper-hint = Размеченная статья как PDF, HTML, SVG или PNG
paper-title = Сохранить страницей или рисунком
paper-about = Текст с фрагментами, ярлычками и легендой на белом листе.
paper-pdf = PDF: страницы A4, чтобы напечатать или послать
paper-html = HTML: одна страница для браузера
paper-svg = SVG: рисунок любого размера, для слайдов
paper-png = PNG: растровый рисунок
paper-chips = Ярлычки с метками и главными полями
paper-selection = Только выделенный текст
paper-file = Файл
paper-there = Файл с таким именем уже есть
paper-overwrite = Записать поверх этого файла
paper-no-name = Напишите имя файла
paper-no-folder = Такой папки нет
paper-save = Сохранить
notice-paper-saved = Сохранено: { $path }
notice-paper-refused = Не сохранено: { $why }

# Import and export.

command-save-paper = Зберегти сторінкою або малюнком…
command-save-paper-hint = Розмічена стаття як PDF, HTML, SVG або PNG
paper-title = Зберегти сторінкою або малюнком
paper-about = Текст із фрагментами, ярличками й легендою на білому аркуші.
paper-pdf = PDF: сторінки A4, щоб надрукувати чи надіслати
paper-html = HTML: одна сторінка для браузера
paper-svg = SVG: малюнок будь-якого розміру, для слайдів
paper-png = PNG: растровий малюнок
paper-chips = Ярлички з мітками й головними полями
paper-selection = Лише виділений текст
paper-file = Файл
paper-there = Файл із такою назвою вже є
paper-overwrite = Записати поверх цього файлу
paper-no-name = Напишіть назву файлу
paper-no-folder = Такої теки немає
paper-save = Зберегти
notice-paper-saved = Збережено: { $path }
notice-paper-refused = Не збережено: { $why }

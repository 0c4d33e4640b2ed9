article-text = Текст статті
count-spans = { $n ->
    [one] { $n } позначка
    [few] { $n } позначки
   *[many] { $n } позначок
}
notice-close = Закрити це повідомлення
notice-fault = { $fault }
notice-not-saved = Не збережено: { $message }
notice-saved = Збережено
notice-merged = { $n ->
    [one] Прийнято { $n } чужу зміну цього файлу
    [few] Прийнято { $n } чужі зміни цього файлу
   *[many] Прийнято { $n } чужих змін цього файлу
}
notice-clashes = { $n ->
    [one] { $n } позначку змінили і ви, і хтось іще. Поки чинна ваша, вирішіть, чия правильна.
    [few] { $n } позначки змінили і ви, і хтось іще. Поки чинні ваші, вирішіть, чиї правильні.
   *[many] { $n } позначок змінили і ви, і хтось іще. Поки чинні ваші, вирішіть, чиї правильні.
}
notice-file-gone = Файл { $file } вилучила інша програма. Його записують знову.
notice-list-changed = Файл { $file } змінила інша програма, його прочитано знову
notice-article-changed = Текст статті не той, що розмічали. Перш ніж продовжувати, перегляньте проблеми.
notice-recovered = { $n ->
    [0] { $message }
    [one] Відновлено { $n } зміну, не збережену до зупинки програми
    [few] Відновлено { $n } зміни, не збережені до зупинки програми
   *[many] Відновлено { $n } змін, не збережених до зупинки програми
}
notice-replaced = { $n ->
    [one] { $n } байт не вдалося прочитати як { $encoding }. Виберіть інше кодування у відомостях про статтю.
    [few] { $n } байти не вдалося прочитати як { $encoding }. Виберіть інше кодування у відомостях про статтю.
   *[many] { $n } байтів не вдалося прочитати як { $encoding }. Виберіть інше кодування у відомостях про статтю.
}
notice-encoding-guessed = Прочитано як { $encoding }, це здогад. Інше кодування можна вибрати у відомостях про статтю.
notice-no-watching = Змін, зроблених іншими програмами, не буде видно: { $why }
notice-added = { $n ->
    [one] Додано { $n } статтю
    [few] Додано { $n } статті
   *[many] Додано { $n } статей
}
notice-project-made = Розмітку зберігають у теці { $folder }
notice-outdated = { $thing }: це встигли змінити, тому нічого не зроблено
notice-read-only = Ця розмітка відкрита в іншому вікні або недоступна для запису. Нічого не змінено.
notice-nothing-selected = Спершу виділіть слова
notice-select-cue = Спершу виділіть слова у статті, потім натисніть клавішу ще раз
notice-no-more-steps = Більше нічого скасовувати чи повертати
notice-no-more-spans = У цей бік позначок більше немає
notice-no-more-articles = У цей бік статей більше немає
notice-no-span = Спершу виберіть позначку: клацніть по ній або натисніть Tab
notice-no-problems = У цій статті проблем немає
notice-no-fix = Цю проблему не можна виправити однією клавішею
notice-all-done = Усі статті готові
prompt-keys = ↑ ↓ вибір · Enter узяти · Tab пропустити · Esc закрити
prompt-label = Змінити позначку на
prompt-relation = Який зв’язок?
prompt-relation-end = З чим пов’язати?
prompt-search-box = Пошук
prompt-hint-search = Почніть набирати ім’я; ← → ведуть по згадках
prompt-hint-text = Наберіть і натисніть Enter
prompt-hint-date = 2026-01-21, 2026-01 або 2026
prompt-hint-number = Число
prompt-nothing = Нічого не підходить
prompt-create = Створити «{ $name }»
prompt-yes = так
prompt-no = ні
find-hint = Знайти у статті
find-box = Знайти у статті
find-count = { $at } із { $n }
find-none = не знайдено
find-close = Закрити
card-more = і ще { $n }
menu-tag-as = Позначити: { $label }
menu-fill-in = { $field }…
clash-gone = вилучено
clash-status = Стан роботи

# Панелі, список команд і аркуш клавіш.

# Statuses and counts.
status-button = Статус: { $status }
status-button-hint = Натисніть, щоб поставити «{ $status }»
severity-errors = { $n ->
    [one] { $n } помилка
    [few] { $n } помилки
   *[many] { $n } помилок
}
severity-warnings = { $n ->
    [one] { $n } попередження
    [few] { $n } попередження
   *[many] { $n } попереджень
}
severity-infos = { $n ->
    [one] { $n } зауваження
    [few] { $n } зауваження
   *[many] { $n } зауважень
}
count-relations = { $n ->
    [one] { $n } зв’язок
    [few] { $n } зв’язки
   *[many] { $n } зв’язків
}
panel-yes = так
panel-no = ні
panel-close = Закрити
panel-no-article = Статтю не відкрито
panel-no-project = Проєкт не відкрито
panel-language-en = англійська
panel-language-ru = російська
panel-language-uk = українська

# The list of articles.
articles-list = Статті
articles-no-project = Відкрийте проєкт, щоб побачити його статті
articles-search = Пошук за назвою та шляхом
articles-all = Усі
articles-with-problems = З проблемами
articles-filter = { $name }: { $n }
articles-progress = Готово { $done } з { $all }
articles-annotator = Розмітник: { $name }
articles-no-annotator = Хто розмічає?
articles-annotator-hint = Вибрати, чиї позначки показувати й ставити
articles-add = Додати…
articles-none = Статей поки немає
articles-none-hint = Додайте статті або перетягніть файли сюди
articles-nothing-matches = Відповідних статей немає
articles-clear-filter = Показати всі
articles-choose = Виберіть її у списку
articles-open = Відкрити
articles-details = Відомості…
articles-mark-as = Позначити як: { $status }

# Problems.
problems-title = Проблеми
tab-problems = Проблеми ({ $n })
problems-all = Усі: { $n }
problems-none = Проблем немає
problems-none-hint = Перевіряються обов’язкові поля, посилання, накладання, межі позначок і правила схеми, просто під час роботи
problems-fix = Виправити
problems-fix-name = Виправити: { $title }
problems-explain-hint = Натисніть, щоб прочитати, що означає це правило
place-line = рядок { $n }

# Relations.
relations-title = Зв’язки
tab-relations = Зв’язки ({ $n })
relations-all = Усі: { $n }
relations-of-selected = Лише у вибраної позначки
relations-none = Зв’язків поки немає
relations-none-hint = Виберіть позначку й натисніть клавішу { $key }, щоб пов’язати її з іншою
relations-nothing-matches = Відповідних зв’язків немає
relations-turn = Розвернути зв’язок
relations-remove = Видалити зв’язок
relations-relabel = Змінити вид зв’язку
relations-lost-end = Цієї позначки більше немає
relations-fields = Поля зв’язку
relations-field-elsewhere = Поле такого виду заповнюють у файлі розмітки

# History. $about is a stretch of the article, $label a label’s title, $field a field’s title.
history-title = Історія
history-start = Початок
history-here = зараз тут
history-undone = скасовано
history-go-back = Повернутися до цього стану
history-go-forward = Перейти вперед до цього стану
history-none = Поки нічого не зроблено
history-none-hint = Тут з’явиться кожен крок, і будь-який можна буде скасувати
undo-what = Скасувати: { $what }
redo-what = Повторити: { $what }
step-tag = Позначено «{ $about }» як «{ $label }»
step-relabel = Вид позначки «{ $about }» змінено на «{ $label }»
step-remove = Видалено позначку «{ $about }»
step-set-field = Поле «{ $field }» у «{ $about }»
step-note = Нотатка до «{ $about }»
step-move-edge = Зсунуто межу: «{ $about }»
step-add-part = Додано частину: «{ $about }»
step-remove-part = Видалено частину: «{ $about }»
step-reshape = Позначку перенесено на «{ $about }»
step-relate = Новий зв’язок «{ $label }» із «{ $about }»
step-change-relation = Змінено зв’язок «{ $label }»
step-remove-relation = Видалено зв’язок «{ $label }»
step-status = Статус: { $about }
step-article-field = Поле статті «{ $field }»
step-create-entity = Новий запис реєстру «{ $about }»
step-create-term = Новий термін кодифікатора «{ $about }»
step-fix = Виправлено: { $about }
step-other = Змінено: «{ $about }»

# Guidelines.
guidelines-title = Інструкція
guidelines-search = Пошук в інструкції
guidelines-nothing-found = Нічого не знайдено
guidelines-none = Цей проєкт поки не має інструкції
guidelines-none-hint = Покладіть файл Markdown у теку проєкту й укажіть його в postil.ron: guidelines: [("uk", "guidelines.uk.md")]

# The bar at the top.
save-saved = Збережено
save-saving = Зберігається…
save-failed = Не збережено: { $why }
save-failed-hint = Нічого не втрачено: кожен крок записано в журнал, збереження повториться
save-read-only = Лише читання
save-open-elsewhere = Цю розмітку відкрито в іншому вікні
labels-more = Ще…
labels-select-first = Спершу виділіть слова у статті

# The line at the bottom.
status-position = Рядок { $line } · речення { $sentence } · { $percent } %
status-position-short = Рядок { $line } · { $percent } %
status-selected = { $n ->
    [one] { $n } знак виділено
    [few] { $n } знаки виділено
   *[many] { $n } знаків виділено
}
status-snap-words = Цілі слова
status-snap-off = Будь-які знаки
status-snap-hint = Чи розширювати виділення до цілих слів ({ $key })
status-encoding = Кодування: { $encoding }
status-encoding-hint = Як читається файл статті; натисніть, щоб дізнатися більше
status-encoding-uncertain = Кодування вгадано; натисніть, щоб перевірити

# The palette.
palette-title = Команди
palette-hint = Що зробити?
palette-nothing = Нічого не знайдено
palette-kind-label = Вид позначки
palette-kind-field = Поле
palette-kind-status = Статус
palette-kind-article = Стаття
palette-field = Поле: { $field }
palette-go-to = Перейти: { $title }

# The key sheet.
keys-search = Пошук клавіш
keys-labels = Види позначок, коли виділено слова
keys-fields-of = Поля: { $label }
keys-fields-about = Поки вибрано таку позначку
keys-relations = Зв’язки, після { $key }
keys-shift-extends = З будь-яким рухом курсора: виділяти
keys-mouse = Миша
keys-page-title = Клавіші
keys-page-about = Цю сторінку складено з таблиці команд самої програми. Клавіші названо за розкладкою QWERTY, і вони працюють у будь-якій розкладці: в українській і російській натискайте ті самі місця.
keys-page-key = Клавіша
keys-page-gesture = Жест
keys-page-does = Що робить
gesture-drag = Протягнути
gesture-drag-does = Виділити слова
gesture-double-click = Подвійне клацання
gesture-double-click-does = Виділити слово
gesture-triple-click = Потрійне клацання
gesture-triple-click-does = Виділити речення; ще раз — абзац
gesture-shift-click = Shift+клацання
gesture-shift-click-does = Продовжити виділення до цього місця
gesture-click-tag = Клацання по позначці
gesture-click-tag-does = Вибрати позначку; спершу найкоротшу
gesture-click-again = Ще клацання
gesture-click-again-does = Вибрати наступну з позначок у цьому місці
gesture-drag-edge = Потягнути за край
gesture-drag-edge-does = Зсунути початок або кінець вибраної позначки
gesture-right-click = Праве клацання
gesture-right-click-does = Що можна зробити тут
gesture-drop-files = Перетягнути файли
gesture-drop-files-does = Додати статті, імпортувати розмітку або відкрити проєкт

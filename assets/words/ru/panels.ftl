# Панели, список команд и лист клавиш.

# Statuses and counts.
status-button = Статус: { $status }
status-button-hint = Нажмите, чтобы поставить «{ $status }»
severity-errors = { $n ->
    [one] { $n } ошибка
    [few] { $n } ошибки
   *[many] { $n } ошибок
}
severity-warnings = { $n ->
    [one] { $n } предупреждение
    [few] { $n } предупреждения
   *[many] { $n } предупреждений
}
severity-infos = { $n ->
    [one] { $n } замечание
    [few] { $n } замечания
   *[many] { $n } замечаний
}
count-relations = { $n ->
    [one] { $n } связь
    [few] { $n } связи
   *[many] { $n } связей
}
panel-yes = да
panel-no = нет
panel-close = Закрыть
panel-no-article = Статья не открыта
panel-no-project = Проект не открыт
panel-language-en = английский
panel-language-ru = русский
panel-language-uk = украинский

# The list of articles.
articles-list = Статьи
articles-no-project = Откройте проект, чтобы увидеть его статьи
articles-search = Поиск по названию и пути
articles-all = Все
articles-with-problems = С проблемами
articles-filter = { $name }: { $n }
articles-progress = Готово { $done } из { $all }
articles-annotator = Разметчик: { $name }
articles-no-annotator = Кто размечает?
articles-annotator-hint = Выбрать, чьи метки показывать и ставить
articles-add = Добавить…
articles-none = Статей пока нет
articles-none-hint = Добавьте статьи или перетащите файлы сюда
articles-nothing-matches = Подходящих статей нет
articles-clear-filter = Показать все
articles-choose = Выберите её в списке
articles-open = Открыть
articles-details = Сведения…
articles-mark-as = Отметить как: { $status }

# Problems.
problems-title = Проблемы
tab-problems = Проблемы ({ $n })
problems-all = Все: { $n }
problems-none = Проблем нет
problems-none-hint = Проверяются обязательные поля, ссылки, наложения, границы меток и правила схемы, прямо по ходу работы
problems-fix = Исправить
problems-fix-name = Исправить: { $title }
problems-explain-hint = Нажмите, чтобы прочитать, что значит это правило
place-line = строка { $n }

# Relations.
relations-title = Связи
tab-relations = Связи ({ $n })
relations-all = Все: { $n }
relations-of-selected = Только у выбранной метки
relations-none = Связей пока нет
relations-none-hint = Выберите метку и нажмите клавишу { $key }, чтобы связать её с другой
relations-nothing-matches = Подходящих связей нет
relations-turn = Развернуть связь
relations-remove = Удалить связь
relations-relabel = Сменить вид связи
relations-lost-end = Этой метки больше нет
relations-fields = Поля связи
relations-field-elsewhere = Поле такого вида заполняют в файле разметки

# History. $about is a stretch of the article, $label a label’s title, $field a field’s title.
history-title = История
history-start = Начало
history-here = сейчас здесь
history-undone = отменено
history-go-back = Вернуться к этому состоянию
history-go-forward = Перейти вперёд к этому состоянию
history-none = Пока ничего не сделано
history-none-hint = Здесь появится каждый шаг, и любой можно будет отменить
undo-what = Отменить: { $what }
redo-what = Повторить: { $what }
step-tag = Отмечено «{ $about }» как «{ $label }»
step-relabel = Вид метки «{ $about }» сменён на «{ $label }»
step-remove = Удалена метка «{ $about }»
step-set-field = Поле «{ $field }» у «{ $about }»
step-note = Заметка к «{ $about }»
step-move-edge = Сдвинута граница: «{ $about }»
step-add-part = Добавлена часть: «{ $about }»
step-remove-part = Удалена часть: «{ $about }»
step-reshape = Метка перенесена на «{ $about }»
step-relate = Новая связь «{ $label }» с «{ $about }»
step-change-relation = Изменена связь «{ $label }»
step-remove-relation = Удалена связь «{ $label }»
step-status = Статус: { $about }
step-article-field = Поле статьи «{ $field }»
step-create-entity = Новая запись реестра «{ $about }»
step-create-term = Новый термин кодификатора «{ $about }»
step-fix = Исправлено: { $about }
step-other = Изменено: «{ $about }»

# Guidelines.
guidelines-title = Инструкция
guidelines-search = Поиск в инструкции
guidelines-nothing-found = Ничего не найдено
guidelines-none = У этого проекта пока нет инструкции
guidelines-none-hint = Положите файл Markdown в папку проекта и укажите его в postil.ron: guidelines: [("ru", "guidelines.ru.md")]

# The bar at the top.
save-saved = Сохранено
save-saving = Сохраняется…
save-failed = Не сохранено: { $why }
save-failed-hint = Ничего не потеряно: каждый шаг записан в журнал, сохранение повторится
save-read-only = Только чтение
save-open-elsewhere = Эта разметка открыта в другом окне
labels-more = Ещё…
labels-select-first = Сначала выделите слова в статье

# The line at the bottom.
status-position = Строка { $line } · предложение { $sentence } · { $percent } %
status-position-short = Строка { $line } · { $percent } %
status-selected = { $n ->
    [one] { $n } знак выделен
    [few] { $n } знака выделено
   *[many] { $n } знаков выделено
}
status-snap-words = Целые слова
status-snap-off = Любые знаки
status-snap-hint = Расширять ли выделение до целых слов ({ $key })
status-encoding = Кодировка: { $encoding }
status-encoding-hint = Как читается файл статьи; нажмите, чтобы узнать больше
status-encoding-uncertain = Кодировка угадана; нажмите, чтобы проверить

# The palette.
palette-title = Команды
palette-hint = Что сделать?
palette-nothing = Ничего не найдено
palette-kind-label = Вид метки
palette-kind-field = Поле
palette-kind-status = Статус
palette-kind-article = Статья
palette-field = Поле: { $field }
palette-go-to = Перейти: { $title }

# The key sheet.
keys-search = Поиск клавиш
keys-labels = Виды меток, когда выделены слова
keys-fields-of = Поля: { $label }
keys-fields-about = Пока выбрана такая метка
keys-relations = Связи, после { $key }
keys-shift-extends = С любым движением курсора: выделять
keys-mouse = Мышь
keys-page-title = Клавиши
keys-page-about = Эта страница составлена из таблицы команд самой программы. Клавиши названы по раскладке QWERTY и работают в любой раскладке: в русской и украинской нажимайте те же места.
keys-page-key = Клавиша
keys-page-gesture = Жест
keys-page-does = Что делает
gesture-drag = Протянуть
gesture-drag-does = Выделить слова
gesture-double-click = Двойной щелчок
gesture-double-click-does = Выделить слово
gesture-triple-click = Тройной щелчок
gesture-triple-click-does = Выделить предложение; ещё раз — абзац
gesture-shift-click = Shift+щелчок
gesture-shift-click-does = Продолжить выделение до этого места
gesture-click-tag = Щелчок по метке
gesture-click-tag-does = Выбрать метку; сначала самую короткую
gesture-click-again = Ещё щелчок
gesture-click-again-does = Выбрать следующую из меток в этом месте
gesture-drag-edge = Потянуть за край
gesture-drag-edge-does = Сдвинуть начало или конец выбранной метки
gesture-right-click = Правый щелчок
gesture-right-click-does = Что можно сделать здесь
gesture-drop-files = Перетащить файлы
gesture-drop-files-does = Добавить статьи, импортировать разметку или открыть проект

# Диалоги и начальная страница.

dialog-cancel = Отмена
dialog-save = Сохранить
dialog-browse = Обзор…

## Единицы
size-bytes = { $n } Б
size-kilobytes = { $n } КБ
size-megabytes = { $n } МБ
size-gigabytes = { $n } ГБ

## Выбор папок и файлов
picker-title-project = Открыть проект
picker-title-open-articles = Открыть статьи
picker-title-articles = Добавить статьи
picker-title-sample = Куда положить учебный проект
picker-title-project-place = Где будет лежать проект
picker-title-schema = Выбор схемы
picker-open-project = Открыть проект
picker-open = Открыть
picker-add = Добавить
picker-put-sample = Положить сюда
picker-choose-folder = Выбрать эту папку
picker-choose-file = Выбрать
picker-path = Путь
picker-up = Папка выше
picker-place-home = Домашняя папка
picker-place-documents = Документы
picker-place-desktop = Рабочий стол
picker-place-downloads = Загрузки
picker-place-computer = Компьютер
picker-place-project = Этот проект
picker-recent = Недавние проекты
picker-name = Имя
picker-size = Размер
picker-modified = Изменено
picker-sort = Упорядочить по столбцу «{ $column }»
picker-list = Папки и файлы
picker-project = проект
picker-reading = Читаю папку… { $n }
picker-empty = Папка пуста
picker-no-folders = Внутри нет папок
picker-no-articles = Таких файлов здесь нет
picker-show-all = Показать все файлы
picker-folder-gone = Такой папки больше нет
picker-no-rights = Нет прав на чтение этой папки
picker-no-rights-to-write = Нет прав на запись в эту папку
picker-path-not-there = По этому пути ничего нет
picker-path-is-file = Это файл, а не папка
picker-filter = Какие файлы показывать
picker-filter-articles = Тексты (txt, md, markdown, text)
picker-filter-schemas = Схемы (ron)
picker-filter-all = Все файлы
picker-hidden = Скрытые файлы
picker-new-folder = Новая папка…
picker-new-folder-name = Имя новой папки
picker-make = Создать
picker-exists = Здесь уже есть что-то с таким именем
picker-bad-name = Так назвать папку нельзя: уберите / \ : * ? " < > | и точку в конце
picker-name-needed = Дайте папке имя
picker-new-name = Имя папки
picker-system = Системное окно…
picker-system-open = Открыто системное окно выбора
picker-system-back = Вернуться сюда
picker-no-system = В этой системе нет своего окна выбора: выберите здесь
picker-choose-something = Выберите один или несколько файлов: несколько — с Ctrl или Shift
picker-choose-one = Выберите файл
picker-no-project = Это не проект: выберите папку с пометкой «проект»
picker-already-project = В этой папке уже есть проект
picker-not-empty = Папка не пуста: возьмите другое имя
picker-count = { $n ->
    [one] { $n } объект
    [few] { $n } объекта
   *[many] { $n } объектов
}
picker-chosen = { $n ->
    [one] Выбран { $n }
    [few] Выбрано { $n }
   *[many] Выбрано { $n }
}
sample-folder = Учебный проект Postil

## Новый проект
new-project-title = Новый проект
new-project-name = Название
new-project-name-hint = Переговоры, январь 2026
new-project-folder = Папка
new-project-schema = Что размечать
new-project-language = Язык статей
new-project-articles = Статьи
new-project-no-articles = Пока ни одной; добавить можно в любое время
new-project-add-articles = Добавить статьи…
new-project-remove-article = Убрать { $name } из списка
new-project-create = Создать проект
new-project-needs-name = Дайте проекту название
new-project-needs-folder = Выберите другую папку
new-project-needs-schema = Выберите схему, которая читается
schema-positions = Кто чего хочет
schema-positions-about = Позиции и утверждения: чьи они и по какому вопросу; сущности, о которых речь
schema-entities = Только имена
schema-entities-about = Люди, организации, места и события со ссылками на реестр
schema-from-file = Из файла…
schema-unreadable = Этот файл не схема: { $why }
schema-labels = { $n ->
    [one] { $n } вид меток
    [few] { $n } вида меток
   *[many] { $n } видов меток
}
schema-fields = { $n ->
    [one] { $n } поле
    [few] { $n } поля
   *[many] { $n } полей
}
schema-relations = { $n ->
    [one] { $n } связь
    [few] { $n } связи
   *[many] { $n } связей
}
folder-new = Эта папка будет создана
folder-empty = Папка пуста
folder-holds-things = В папке есть другие файлы; проект ляжет рядом с ними
folder-inside-project = Эта папка лежит внутри другого проекта
folder-unnamed = Выберите папку
folder-is-project = В этой папке уже есть проект: откройте его или выберите другую
folder-is-file = Это файл, а не папка
folder-below-file = Часть этого пути — файл, а не папка
folder-no-rights = Нет прав на запись сюда
folder-relative = Укажите путь целиком, от корня

## Сведения о статье
details-title = Сведения о статье
details-article-title = Заголовок
details-date = Дата
details-source = Источник
details-url = Адрес в интернете
details-author = Автор
details-language = Язык
details-language-unset = Не указан
details-from-file = из файла
details-in-file = В файле: { $value }
details-file-says = В файле сказано: { $value }
details-use-file = взять оттуда
details-leave-empty = оставить пустым
details-left-empty = Оставлено пустым
details-date-becomes = Будет записано как { $day }
details-date-wrong = Запишите дату так: 2026-01-21, 2026-01 или 2026
details-url-odd = Это не похоже на адрес в интернете
details-encoding = Кодировка файла
details-encoding-certain = Кодировка известна точно
details-encoding-guessed = Кодировка угадана: если текст ниже выглядит неверно, выберите другую
details-encoding-confirmed = Будет записано как ваш выбор
details-encoding-changed = Файл будет прочитан заново
details-encoding-tags = Текст изменится, и метки могут не совпасть с ним; они будут проверены
details-replaced = { $n ->
    [one] { $n } байт не удалось прочесть
    [few] { $n } байта не удалось прочесть
   *[many] { $n } байт не удалось прочесть
}
details-path = Файл
details-length = Длина
details-characters = { $n ->
    [one] { $shown } знак
    [few] { $shown } знака
   *[many] { $shown } знаков
}
details-fingerprint = Отпечаток
details-copy = Копировать
details-copied = Скопировано
details-read-only = В этот проект нельзя писать
encoding-unicode = Юникод
encoding-cyrillic = Кириллица
encoding-western-european = Западноевропейская
encoding-central-european = Центральноевропейская
encoding-baltic = Балтийская
encoding-greek = Греческая
encoding-turkish = Турецкая
encoding-hebrew = Иврит
encoding-arabic = Арабская
encoding-thai = Тайская
encoding-vietnamese = Вьетнамская
encoding-chinese-simplified = Китайская упрощённая
encoding-chinese-traditional = Китайская традиционная
encoding-japanese = Японская
encoding-korean = Корейская

## Кто размечает
annotator-title = Кто размечает
annotator-about = Разметка каждого хранится отдельно, под коротким именем
annotator-name = Короткое имя
annotator-hint = анна
annotator-folder = Хранится в { $folder }
annotator-rules = Буквы, цифры, - _ и .
annotator-empty = В имени нужна буква или цифра
annotator-gold = Имя gold занято согласованной разметкой; возьмите другое
annotator-too-long = Не больше 40 знаков
annotator-known = Кто размечает этот проект
annotator-choose = Размечать под этим именем

## Изменено не здесь
conflict-title = Изменено кем-то другим
conflict-about = Пока файл { $file } был у вас открыт, его изменил кто-то другой. Там, где оба изменили одно и то же, решите, что оставить
conflict-all-mine = Оставить всё моё
conflict-all-theirs = Взять всё чужое
conflict-mine = Оставить моё
conflict-theirs = Взять чужое
conflict-nothing = (убрано)
conflict-left = { $n ->
    [one] Осталось решить: { $n }
    [few] Осталось решить: { $n }
   *[many] Осталось решить: { $n }
}
conflict-apply = Применить
conflict-later = Решить позже

## Начальная страница
start-about = Внимательно читайте статьи и отмечайте, кто чего хочет и кто об этом говорит
start-sample = Открыть учебный проект
start-sample-about = Семь коротких статей с разметкой: осмотреться и попробовать
start-new = Новый проект…
start-new-about = Для ваших статей, при желании — с вашими метками
start-open = Открыть проект…
start-open-about = Папку, в которой лежит postil.ron
start-articles = Открыть статью…
start-articles-about = Один текстовый файл или несколько; рядом появится проект
start-drop = …или перетащите в это окно папку проекта или текстовые файлы
start-recent = Недавние проекты
start-missing = не найден
start-forget = Забыть
start-first = Первые пять минут
start-first-1 = Выделите слова мышью или стрелками с Shift
start-first-2 = Нажмите клавишу метки: E — сущность, P — позиция, C — утверждение
start-first-3 = Нажмите Enter, чтобы заполнить поля; всё остальное найдётся по F1
theme = Тема
theme-system = Как в системе
theme-light = Светлая
theme-dark = Тёмная

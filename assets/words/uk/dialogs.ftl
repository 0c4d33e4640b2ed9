# Діалоги та початкова сторінка.

dialog-cancel = Скасувати
dialog-save = Зберегти
dialog-browse = Огляд…

## Одиниці
size-bytes = { $n } Б
size-kilobytes = { $n } КБ
size-megabytes = { $n } МБ
size-gigabytes = { $n } ГБ

## Вибір тек і файлів
picker-title-project = Відкрити проєкт
picker-title-open-articles = Відкрити статті
picker-title-articles = Додати статті
picker-title-sample = Куди покласти навчальний проєкт
picker-title-project-place = Де лежатиме проєкт
picker-title-schema = Вибір схеми
picker-open-project = Відкрити проєкт
picker-open = Відкрити
picker-add = Додати
picker-put-sample = Покласти сюди
picker-choose-folder = Вибрати цю теку
picker-choose-file = Вибрати
picker-path = Шлях
picker-up = Тека вище
picker-place-home = Домашня тека
picker-place-documents = Документи
picker-place-desktop = Стільниця
picker-place-downloads = Завантаження
picker-place-computer = Комп’ютер
picker-place-project = Цей проєкт
picker-recent = Недавні проєкти
picker-name = Назва
picker-size = Розмір
picker-modified = Змінено
picker-sort = Упорядкувати за стовпцем «{ $column }»
picker-list = Теки й файли
picker-project = проєкт
picker-reading = Читаю теку… { $n }
picker-empty = Тека порожня
picker-no-folders = Усередині немає тек
picker-no-articles = Таких файлів тут немає
picker-show-all = Показати всі файли
picker-folder-gone = Такої теки вже немає
picker-no-rights = Немає прав читати цю теку
picker-no-rights-to-write = Немає прав писати до цієї теки
picker-path-not-there = За цим шляхом нічого немає
picker-path-is-file = Це файл, а не тека
picker-filter = Які файли показувати
picker-filter-articles = Тексти (txt, md, markdown, text)
picker-filter-schemas = Схеми (ron)
picker-filter-all = Усі файли
picker-hidden = Приховані файли
picker-new-folder = Нова тека…
picker-new-folder-name = Назва нової теки
picker-make = Створити
picker-exists = Тут уже є щось із такою назвою
picker-bad-name = Так назвати теку не можна: приберіть / \ : * ? " < > | і крапку в кінці
picker-name-needed = Дайте теці назву
picker-new-name = Назва теки
picker-system = Системне вікно…
picker-system-open = Відкрито системне вікно вибору
picker-system-back = Повернутися сюди
picker-no-system = Ця система не має власного вікна вибору: виберіть тут
picker-choose-something = Виберіть один або кілька файлів: кілька — з Ctrl або Shift
picker-choose-one = Виберіть файл
picker-no-project = Це не проєкт: виберіть теку з позначкою «проєкт»
picker-already-project = У цій теці вже є проєкт
picker-not-empty = Тека не порожня: візьміть іншу назву
picker-count = { $n ->
    [one] { $n } об’єкт
    [few] { $n } об’єкти
   *[many] { $n } об’єктів
}
picker-chosen = { $n ->
    [one] Вибрано { $n }
    [few] Вибрано { $n }
   *[many] Вибрано { $n }
}
sample-folder = Навчальний проєкт Postil

## Новий проєкт
new-project-title = Новий проєкт
new-project-name = Назва
new-project-name-hint = Перемовини, січень 2026
new-project-folder = Тека
new-project-schema = Що розмічати
new-project-language = Мова статей
new-project-articles = Статті
new-project-no-articles = Поки жодної; додати можна будь-коли
new-project-add-articles = Додати статті…
new-project-remove-article = Прибрати { $name } зі списку
new-project-create = Створити проєкт
new-project-needs-name = Дайте проєкту назву
new-project-needs-folder = Виберіть іншу теку
new-project-needs-schema = Виберіть схему, яку можна прочитати
schema-positions = Хто чого хоче
schema-positions-about = Позиції та твердження: чиї вони й щодо якого питання; сутності, про які йдеться
schema-entities = Лише назви
schema-entities-about = Люди, організації, місця й події з посиланнями на реєстр
schema-from-file = З файлу…
schema-unreadable = Цей файл не схема: { $why }
schema-labels = { $n ->
    [one] { $n } вид позначок
    [few] { $n } види позначок
   *[many] { $n } видів позначок
}
schema-fields = { $n ->
    [one] { $n } поле
    [few] { $n } поля
   *[many] { $n } полів
}
schema-relations = { $n ->
    [one] { $n } зв’язок
    [few] { $n } зв’язки
   *[many] { $n } зв’язків
}
folder-new = Цю теку буде створено
folder-empty = Тека порожня
folder-holds-things = У теці є інші файли; проєкт ляже поруч із ними
folder-inside-project = Ця тека лежить усередині іншого проєкту
folder-unnamed = Виберіть теку
folder-is-project = У цій теці вже є проєкт: відкрийте його або виберіть іншу
folder-is-file = Це файл, а не тека
folder-below-file = Частина цього шляху — файл, а не тека
folder-no-rights = Немає прав писати сюди
folder-relative = Укажіть шлях повністю, від кореня

## Відомості про статтю
details-title = Відомості про статтю
details-article-title = Заголовок
details-date = Дата
details-source = Джерело
details-url = Адреса в інтернеті
details-author = Автор
details-language = Мова
details-language-unset = Не вказано
details-from-file = з файлу
details-in-file = У файлі: { $value }
details-file-says = У файлі сказано: { $value }
details-use-file = узяти звідти
details-leave-empty = лишити порожнім
details-left-empty = Лишено порожнім
details-date-becomes = Буде записано як { $day }
details-date-wrong = Запишіть дату так: 2026-01-21, 2026-01 або 2026
details-url-odd = Це не схоже на адресу в інтернеті
details-encoding = Кодування файлу
details-encoding-certain = Кодування відоме точно
details-encoding-guessed = Кодування вгадане: якщо текст нижче має хибний вигляд, виберіть інше
details-encoding-confirmed = Буде записано як ваш вибір
details-encoding-changed = Файл буде прочитано заново
details-encoding-tags = Текст зміниться, і позначки можуть не збігтися з ним; їх буде перевірено
details-replaced = { $n ->
    [one] { $n } байт не вдалося прочитати
    [few] { $n } байти не вдалося прочитати
   *[many] { $n } байтів не вдалося прочитати
}
details-path = Файл
details-length = Довжина
details-characters = { $n ->
    [one] { $shown } знак
    [few] { $shown } знаки
   *[many] { $shown } знаків
}
details-fingerprint = Відбиток
details-copy = Копіювати
details-copied = Скопійовано
details-read-only = До цього проєкту не можна писати
encoding-unicode = Юнікод
encoding-cyrillic = Кирилиця
encoding-western-european = Західноєвропейське
encoding-central-european = Центральноєвропейське
encoding-baltic = Балтійське
encoding-greek = Грецьке
encoding-turkish = Турецьке
encoding-hebrew = Іврит
encoding-arabic = Арабське
encoding-thai = Тайське
encoding-vietnamese = В’єтнамське
encoding-chinese-simplified = Китайське спрощене
encoding-chinese-traditional = Китайське традиційне
encoding-japanese = Японське
encoding-korean = Корейське

## Хто розмічає
annotator-title = Хто розмічає
annotator-about = Розмітка кожного зберігається окремо, під коротким ім’ям
annotator-name = Коротке ім’я
annotator-hint = ганна
annotator-folder = Зберігається в { $folder }
annotator-rules = Літери, цифри, - _ та .
annotator-empty = В імені потрібна літера або цифра
annotator-gold = Ім’я gold зайняте узгодженою розміткою; візьміть інше
annotator-too-long = Не більш як 40 знаків
annotator-known = Хто розмічає цей проєкт
annotator-choose = Розмічати під цим ім’ям

## Змінено не тут
conflict-title = Змінено кимось іншим
conflict-about = Поки файл { $file } був у вас відкритий, його змінив хтось інший. Там, де обоє змінили те саме, вирішіть, що лишити
conflict-all-mine = Лишити все моє
conflict-all-theirs = Узяти все чуже
conflict-mine = Лишити моє
conflict-theirs = Узяти чуже
conflict-nothing = (прибрано)
conflict-left = { $n ->
    [one] Лишилося вирішити: { $n }
    [few] Лишилося вирішити: { $n }
   *[many] Лишилося вирішити: { $n }
}
conflict-apply = Застосувати
conflict-later = Вирішити пізніше

## Початкова сторінка
start-about = Уважно читайте статті й позначайте, хто чого хоче і хто про це каже
start-sample = Відкрити навчальний проєкт
start-sample-about = Сім коротких статей із розміткою: роздивитися і спробувати
start-new = Новий проєкт…
start-new-about = Для ваших статей, за бажання — з вашими позначками
start-open = Відкрити проєкт…
start-open-about = Теку, у якій лежить postil.ron
start-articles = Відкрити статтю…
start-articles-about = Один текстовий файл або кілька; поруч з’явиться проєкт
start-drop = …або перетягніть у це вікно теку проєкту чи текстові файли
start-recent = Недавні проєкти
start-missing = не знайдено
start-forget = Забути
start-first = Перші п’ять хвилин
start-first-1 = Виділіть слова мишею або стрілками з Shift
start-first-2 = Натисніть клавішу позначки: E — сутність, P — позиція, C — твердження
start-first-3 = Натисніть Enter, щоб заповнити поля; решту знайдете через F1
theme = Тема
theme-system = Як у системі
theme-light = Світла
theme-dark = Темна

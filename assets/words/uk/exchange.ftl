# Import and export.

command-save-paper = Зберегти сторінкою або малюнком…
command-save-paper-hint = Розмічена стаття як PDF, HTML, SVG або PNG
paper-title = Зберегти сторінкою або малюнком
paper-about = Текст із позначками, ярличками й легендою на білому аркуші.
paper-pdf = PDF: сторінки A4, щоб надрукувати чи надіслати
paper-html = HTML: одна сторінка для браузера
paper-svg = SVG: малюнок будь-якого розміру, для слайдів
paper-png = PNG: растровий малюнок
paper-chips = Ярлички з видами позначок і головними полями
paper-selection = Лише виділений текст
paper-file = Файл
paper-there = Файл із такою назвою вже є
paper-overwrite = Записати поверх цього файлу
paper-no-name = Напишіть назву файлу
paper-no-folder = Такої теки немає
paper-save = Зберегти
notice-paper-saved = Збережено: { $path }
notice-paper-refused = Не збережено: { $why }

command-import = Імпорт розмітки…
command-import-hint = Узяти до проєкту розмітку з інших програм
command-export = Експорт розмітки…
command-export-hint = Записати розмітку для інших програм: spaCy, Hugging Face, brat, INCEpTION та інших
command-take-back-import = Скасувати імпорт…
command-take-back-import-hint = Повернути проєкт до того, яким він був до останнього імпорту
dialog-close = Закрити

exchange-format = Формат
exchange-format-none = Виберіть формат
exchange-unit = Зміщення рахують
exchange-unit-usual = як заведено у форматі
exchange-unit-utf16 = одиниці UTF-16 (JavaScript, Java)
exchange-unit-code-points = кодові позиції (Python)
exchange-unit-graphemes = знаки, як їх бачить людина
exchange-unit-bytes = байти UTF-8
exchange-stop = Перервати
exchange-back = Назад
exchange-looking = Переглядаю розмітку…
exchange-copy-command = Скопіювати команду
exchange-show-in-folder = Показати в теці

format-jsonl = JSON Lines (Postil)
format-jsonl-carries = Усе: нічого не губиться й читається назад без змін.
format-brat = brat
format-brat-carries = Позначки з частин, зв’язки, атрибути й нотатки разом із налаштуваннями для brat.
format-conll = Стовпці CoNLL
format-conll-carries = По слову в рядку з тегами; види позначок, окремий стовпець на кожен шар вкладеності.
format-webanno-tsv = WebAnno TSV (INCEpTION)
format-webanno-tsv-carries = Позначки, поля та зв’язки на словах, із накладанням там, де вони перетинаються.
format-xmi = UIMA CAS XMI (INCEpTION)
format-xmi-carries = Позначки, поля та зв’язки із системою типів, яку читають програми UIMA.
format-cas-json = UIMA CAS JSON
format-cas-json-carries = Те саме, що XMI, у вигляді JSON.
format-label-studio = Label Studio
format-label-studio-carries = Завдання з позначками, зв’язками й вибором, а також налаштування розмітки.
format-doccano = doccano
format-doccano-carries = Текст із позначками та зв’язками, стаття в рядку.
format-prodigy = Prodigy
format-prodigy-carries = Текст зі словами, позначками та зв’язками, завдання в рядку.
format-spacy = DocBin для spaCy
format-spacy-carries = Слова, сутності та групи позначок, готові для навчання.
format-parquet = Parquet (Hugging Face)
format-parquet-carries = Позначки, поля та зв’язки у вкладених стовпцях, з поділом і описом даних.
format-csv = Таблиці CSV
format-csv-carries = По рядку на позначка і на позицію, для електронних таблиць і статистики.
format-web-annotation = W3C Web Annotation
format-web-annotation-carries = Анотації в JSON-LD з місцями та цитатами.
format-refi-qda = REFI-QDA (MAXQDA, ATLAS.ti, NVivo)
format-refi-qda-carries = Джерела, коди, виділення й нотатки для програм якісного аналізу.
format-tei = TEI P5
format-tei-carries = Текст у TEI з окремо поданою розміткою.
format-dna = Дискурсивні мережі (DNA)
format-dna-carries = Висловлювання про те, хто яку позицію займає, і мережі з них.

export-title = Експорт розмітки
export-to-file = Файл, у який писати
export-to-folder = Тека, у яку писати
export-browse = Вибрати теку…
export-picker = Куди покласти експорт
export-picker-choose = Сюди
export-file-there = Файл із такою назвою вже є
export-folder-there = Тека з такою назвою вже є, і вона не порожня
export-overwrite = Записати поверх
export-no-path = Напишіть повний шлях до файлу або теки
export-nobody = Виберіть хоча б одного розмітника
export-no-labels = Виберіть хоча б один вид позначок
export-no-states = Виберіть хоча б один стан роботи
export-no-seed = Зерно — ціле число
export-no-shares = Частки — числа більші за 0, що разом дають 1
export-whose = Чия розмітка
export-gold = еталон
export-labels = Види позначок
export-states = Стан роботи
export-examples = Один запис — це
export-by-article = стаття
export-by-sentence = речення
export-split-heading = Навчання й перевірка
export-split = Поділити статті на частини
export-train = train
export-dev = dev
export-test = test
export-seed = зерно
export-stratify = Кожній частині — її частку кожного виду позначок
export-group = Лишаються в одній частині
export-group-none = кожна стаття сама по собі
export-group-source = статті одного джерела
export-group-date = статті однієї дати
export-group-near-duplicates = майже однакові статті
export-options = Для цього формату
export-byte-order-mark = Позначка порядку байтів, для Excel
export-counts = { $sets ->
    [one] { $sets } набір розмітки
    [few] { $sets } набори розмітки
   *[many] { $sets } наборів розмітки
} до { $articles ->
    [one] { $articles } статті
   *[many] { $articles } статей
}
export-losses-counting = Рахую втрати… { $part } %
export-loses-nothing = Нічого не загубиться.
export-loses = Формат передає не все:
export-cut-spans = { $n ->
    [one] { $n } позначка виходить
    [few] { $n } позначки виходять
   *[many] { $n } позначок виходять
} за межу речення: без них
export-cut-relations = { $n ->
    [one] { $n } зв’язок
    [few] { $n } зв’язки
   *[many] { $n } зв’язків
} між реченнями: без них
export-cut-stretches = { $n ->
    [one] { $n } значення поля
    [few] { $n } значення полів
   *[many] { $n } значень полів
} зі словами іншого речення: без них
export-cut-links = { $n ->
    [one] { $n } посилання веде
    [few] { $n } посилання ведуть
   *[many] { $n } посилань ведуть
} в інші речення, тобто в нікуди
export-preview = Початок
export-goes-on = … і так далі
export-no-text = Це не текст, показати не можна
export-more-files = і ще { $n ->
    [one] { $n } файл
    [few] { $n } файли
   *[many] { $n } файлів
}
export-write = Експортувати
export-writing = Записую. Поки не готове все, на місце не лягає нічого.
export-done = Записано: { $sets ->
    [one] { $sets } набір розмітки
    [few] { $sets } набори розмітки
   *[many] { $sets } наборів розмітки
}, { $path }
export-nothing-written = Нічого не записано.
export-part = { $part }: { $articles ->
    [one] { $articles } стаття
    [few] { $articles } статті
   *[many] { $articles } статей
}
export-split-file = Що куди потрапило, сказано в SPLIT.md.
export-loose-links = { $n ->
    [one] { $n } поле посилається
    [few] { $n } поля посилаються
   *[many] { $n } полів посилаються
} на позначки тих видів, які не ввійшли; посилання лишаються як є.

import-title = Імпорт розмітки
import-about = Виберіть файл або теку іншої програми. Спершу ви побачите, що ввійде до проєкту; потім імпорт можна буде скасувати.
import-source = Файл або тека
import-browse = Вибрати…
import-picker = Що імпортувати
import-picker-choose = Вибрати
import-no-source = Виберіть файл або теку
import-looking = Дивлюся, що там є…
import-not-there = За цим шляхом нічого немає
import-no-format = Виберіть формат: за файлом його не впізнати
import-guessed = Упізнано за вмістом. Якщо це не він, виберіть інший.
import-annotator = Чия це розмітка
import-annotator-hint = як сказано в джерелі
import-is-gold = Вона ввійде як еталон.
import-onto = Де розмітка вже є
import-refuse = не брати з джерела
import-merge = додати те, чого ще немає
import-replace = замінити розміткою джерела
import-reading = Читаю… { $part } %
import-counts = { $sets ->
    [one] Увійде { $sets } набір розмітки
    [few] Увійдуть { $sets } набори розмітки
   *[many] Увійдуть { $sets } наборів розмітки
}, { $articles ->
    [0] нових статей немає
    [one] з ними { $articles } нова стаття
    [few] з ними { $articles } нові статті
   *[many] з ними { $articles } нових статей
}
import-no-record = Записів у ньому немає
import-codebook = Це кодифікатор без розмітки: його коди стануть видами позначок і термінами проєкту.
import-codebook-known = Це кодифікатор, і проєкт уже знає все, що в ній є.
import-nothing-comes = Узяти звідси нічого не можна: дивіться «Не ввійде»
import-left-out = Не ввійде: { $n }
import-refused = { $n ->
    [one] { $n } набір не ввійде
    [few] { $n } набори не ввійдуть
   *[many] { $n } наборів не ввійдуть
}: там уже є розмітка
import-tab-in = Увійде ({ $n })
import-tab-out = Не ввійде й зауваги ({ $n })
import-tab-learnt = Нове в проєкті ({ $n })
import-tab-names = Імена ({ $n })
import-tab-hint = Набори розмітки, які буде записано
import-article = Стаття
import-whose = Розмітник
import-spans = Позначки
import-fate = Що буде
import-fate-article = новий, зі статтею
import-fate-new = новий
import-fate-merged = доповниться
import-fate-replaced = заміниться
import-none-in = Нічого не ввійде.
import-none-out = Увійде все.
import-none-learnt = Проєкт уже знає всі імена.
import-learns = Це стане частиною списків проєкту:
import-dropped = За таблицею імен не ввійде:
import-more-lines = і ще { $n ->
    [one] { $n } рядок
    [few] { $n } рядки
   *[many] { $n } рядків
}
import-names-all-known = Проєкт знає всі імена джерела.
import-names-about = Цих імен проєкт не знає. Кожне можна додати, замінити наявним або не брати. Вибір запам’ятовується для цього проєкту.
import-kind-label = Вид позначки
import-kind-relation = Зв’язок
import-kind-field = Поле
import-kind-annotator = Розмітник
import-name = { $kind } { $name } · { $n }
import-add = додати
import-leave-out = не брати
import-becomes = стане { $name }
import-mapping-file = Файл для цього вибору
import-mapping-hint = /шлях/до/mapping.ron
import-mapping-save = Зберегти
import-mapping-read = Прочитати
import-mapping-forget = Додати все
import-mapping-saved = Збережено
import-mapping-was-read = Прочитано
import-confirm = Імпортувати { $sets ->
    [one] { $sets } набір
    [few] { $sets } набори
   *[many] { $sets } наборів
}
import-confirm-none = Імпортувати
import-writing = Записую. Поки не готове все, можна перервати, і все лишиться як було.
import-done = Імпортовано: { $sets ->
    [one] { $sets } набір розмітки
    [few] { $sets } набори розмітки
   *[many] { $sets } наборів розмітки
}; { $articles ->
    [0] статей не додано
    [one] додано { $articles } статтю
    [few] додано { $articles } статті
   *[many] додано { $articles } статей
}.
import-left-out-done = Не ввійшло: { $n }
import-can-be-undone = Імпорт можна скасувати, поки те, що ввійшло, ніхто не змінив.
import-nothing-written = Нічого не імпортовано, проєкт лишився як був.
import-take-back = Скасувати імпорт…

take-back-title = Скасування імпорту
take-back-none = Немає імпорту, який можна було б скасувати.
take-back-what = З { $source }, { $when } UTC: { $sets ->
    [one] { $sets } набір розмітки
    [few] { $sets } набори розмітки
   *[many] { $sets } наборів розмітки
} і { $articles ->
    [one] { $articles } стаття
    [few] { $articles } статті
   *[many] { $articles } статей
}.
take-back-about = Створене імпортом зникне, а записане поверх повернеться до попереднього. Якщо щось відтоді змінили, скасування не буде.
take-back-do = Скасувати імпорт
take-back-working = Скасовую…
take-back-done = Імпорт скасовано. { $removed ->
    [one] Вилучено { $removed } файл
    [few] Вилучено { $removed } файли
   *[many] Вилучено { $removed } файлів
}, повернуто до попереднього: { $restored }.

exchange-stopping = Зупиняю…
exchange-settled = Майже готово: зупинити на півдорозі вже не можна.
exchange-progress = Перебіг роботи
export-stopped = Зупинено. Нічого не записано.
import-stopped = Зупинено. Нічого не імпортовано, проєкт той самий.
take-back-stopped = Зупинено. Імпорт не скасовано.
export-division = Частини
export-division-articles = Статті
export-division-spans = Позначки
import-kind-value = Значення
import-mapping-picker = Яку таблицю назв прочитати
import-mapping-files = Таблиці назв
import-mapping-folder = Де зберігати таблицю назв
import-mapping-save-here = Зберегти тут
import-mapping-there = Файл із такою назвою вже є. Щоб записати поверх, збережіть ще раз — або змініть назву.
notice-import-one-at-a-time = { $left ->
    [one] За раз читається одне джерело: зараз { $name }, лишилося ще { $left }. Перетягніть його потім знову або перетягніть теку цілком.
    [few] За раз читається одне джерело: зараз { $name }, лишилося ще { $left }. Перетягніть їх потім знову або перетягніть теку цілком.
   *[many] За раз читається одне джерело: зараз { $name }, лишилося ще { $left }. Перетягніть їх потім знову або перетягніть теку цілком.
}
notice-import-needs-project = Це розмітка з іншої програми. Відкрийте або створіть проєкт і перетягніть її знову.

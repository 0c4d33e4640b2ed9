# Import and export.

command-save-paper = Сохранить страницей или рисунком…
command-save-paper-hint = Размеченная статья как PDF, HTML, SVG или PNG
paper-title = Сохранить страницей или рисунком
paper-about = Текст с метками, ярлычками и легендой на белом листе.
paper-pdf = PDF: страницы A4, чтобы напечатать или послать
paper-html = HTML: одна страница для браузера
paper-svg = SVG: рисунок любого размера, для слайдов
paper-png = PNG: растровый рисунок
paper-chips = Ярлычки с видами меток и главными полями
paper-selection = Только выделенный текст
paper-file = Файл
paper-there = Файл с таким именем уже есть
paper-overwrite = Записать поверх этого файла
paper-no-name = Напишите имя файла
paper-no-folder = Такой папки нет
paper-save = Сохранить
notice-paper-saved = Сохранено: { $path }
notice-paper-refused = Не сохранено: { $why }

command-import = Импорт разметки…
command-import-hint = Взять в проект разметку из других программ
command-export = Экспорт разметки…
command-export-hint = Записать разметку для других программ: spaCy, Hugging Face, brat, INCEpTION и прочих
command-take-back-import = Отменить импорт…
command-take-back-import-hint = Вернуть проект к тому, каким он был до последнего импорта
dialog-close = Закрыть

exchange-format = Формат
exchange-format-none = Выберите формат
exchange-unit = Смещения считают
exchange-unit-usual = как принято в формате
exchange-unit-utf16 = единицы UTF-16 (JavaScript, Java)
exchange-unit-code-points = кодовые позиции (Python)
exchange-unit-graphemes = знаки, как их видит человек
exchange-unit-bytes = байты UTF-8
exchange-stop = Прервать
exchange-back = Назад
exchange-looking = Просматриваю разметку…
exchange-copy-command = Скопировать команду
exchange-show-in-folder = Показать в папке

format-jsonl = JSON Lines (Postil)
format-jsonl-carries = Всё: ничего не теряется и читается обратно без изменений.
format-brat = brat
format-brat-carries = Метки из частей, связи, атрибуты и заметки, вместе с настройками для brat.
format-conll = Столбцы CoNLL
format-conll-carries = По слову в строке с тегами; виды меток, отдельный столбец на каждый слой вложенности.
format-webanno-tsv = WebAnno TSV (INCEpTION)
format-webanno-tsv-carries = Метки, поля и связи на словах, с наложением там, где они пересекаются.
format-xmi = UIMA CAS XMI (INCEpTION)
format-xmi-carries = Метки, поля и связи с системой типов, которую читают программы UIMA.
format-cas-json = UIMA CAS JSON
format-cas-json-carries = То же, что XMI, в виде JSON.
format-label-studio = Label Studio
format-label-studio-carries = Задания с метками, связями и выбором, а также настройки разметки.
format-doccano = doccano
format-doccano-carries = Текст с метками и связями, статья в строке.
format-prodigy = Prodigy
format-prodigy-carries = Текст со словами, метками и связями, задание в строке.
format-spacy = DocBin для spaCy
format-spacy-carries = Слова, сущности и группы меток, готовые для обучения.
format-parquet = Parquet (Hugging Face)
format-parquet-carries = Метки, поля и связи во вложенных столбцах, с разбиением и описанием данных.
format-csv = Таблицы CSV
format-csv-carries = По строке на метка и на позицию, для электронных таблиц и статистики.
format-web-annotation = W3C Web Annotation
format-web-annotation-carries = Аннотации в JSON-LD с местами и цитатами.
format-refi-qda = REFI-QDA (MAXQDA, ATLAS.ti, NVivo)
format-refi-qda-carries = Источники, коды, выделения и заметки для программ качественного анализа.
format-tei = TEI P5
format-tei-carries = Текст в TEI с отдельно стоящей разметкой.
format-dna = Дискурсивные сети (DNA)
format-dna-carries = Высказывания о том, кто какую позицию занимает, и сети из них.

export-title = Экспорт разметки
export-to-file = Файл, в который писать
export-to-folder = Папка, в которую писать
export-browse = Выбрать папку…
export-picker = Куда положить экспорт
export-picker-choose = Сюда
export-file-there = Файл с таким именем уже есть
export-folder-there = Папка с таким именем уже есть, и она не пуста
export-overwrite = Записать поверх
export-no-path = Напишите полный путь к файлу или папке
export-nobody = Выберите хотя бы одного разметчика
export-no-labels = Выберите хотя бы один вид меток
export-no-states = Выберите хотя бы одно состояние работы
export-no-seed = Зерно — целое число
export-no-shares = Доли — числа больше 0, в сумме дающие 1
export-whose = Чья разметка
export-gold = эталон
export-labels = Виды меток
export-states = Состояние работы
export-examples = Одна запись — это
export-by-article = статья
export-by-sentence = предложение
export-split-heading = Обучение и проверка
export-split = Разделить статьи на части
export-train = train
export-dev = dev
export-test = test
export-seed = зерно
export-stratify = Каждой части — её долю каждого вида меток
export-group = Остаются в одной части
export-group-none = каждая статья сама по себе
export-group-source = статьи одного источника
export-group-date = статьи одной даты
export-group-near-duplicates = почти одинаковые статьи
export-options = Для этого формата
export-byte-order-mark = Метка порядка байтов, для Excel
export-counts = { $sets ->
    [one] { $sets } набор разметки
    [few] { $sets } набора разметки
   *[many] { $sets } наборов разметки
} по { $articles ->
    [one] { $articles } статье
   *[many] { $articles } статьям
}
export-losses-counting = Считаю потери… { $part } %
export-loses-nothing = Ничего не потеряется.
export-loses = Формат передаёт не всё:
export-cut-spans = { $n ->
    [one] { $n } метка выходит
    [few] { $n } метки выходят
   *[many] { $n } меток выходят
} за границу предложения: без них
export-cut-relations = { $n ->
    [one] { $n } связь
    [few] { $n } связи
   *[many] { $n } связей
} между предложениями: без них
export-cut-stretches = { $n ->
    [one] { $n } значение поля
    [few] { $n } значения полей
   *[many] { $n } значений полей
} со словами другого предложения: без них
export-cut-links = { $n ->
    [one] { $n } ссылка ведёт
    [few] { $n } ссылки ведут
   *[many] { $n } ссылок ведут
} в другие предложения, то есть в никуда
export-preview = Начало
export-goes-on = … и так далее
export-no-text = Это не текст, показать нельзя
export-more-files = и ещё { $n ->
    [one] { $n } файл
    [few] { $n } файла
   *[many] { $n } файлов
}
export-write = Экспортировать
export-writing = Записываю. Пока не готово всё, на место не ложится ничего.
export-done = Записано: { $sets ->
    [one] { $sets } набор разметки
    [few] { $sets } набора разметки
   *[many] { $sets } наборов разметки
}, { $path }
export-nothing-written = Ничего не записано.
export-part = { $part }: { $articles ->
    [one] { $articles } статья
    [few] { $articles } статьи
   *[many] { $articles } статей
}
export-split-file = Что куда попало, сказано в SPLIT.md.
export-loose-links = { $n ->
    [one] { $n } поле ссылается
    [few] { $n } поля ссылаются
   *[many] { $n } полей ссылаются
} на метки тех видов, которые не вошли; ссылки остаются как есть.

import-title = Импорт разметки
import-about = Выберите файл или папку другой программы. Сначала вы увидите, что войдёт в проект; потом импорт можно будет отменить.
import-source = Файл или папка
import-browse = Выбрать…
import-picker = Что импортировать
import-picker-choose = Выбрать
import-no-source = Выберите файл или папку
import-looking = Смотрю, что там есть…
import-not-there = По этому пути ничего нет
import-no-format = Выберите формат: по файлу его не узнать
import-guessed = Узнан по содержимому. Если это не он, выберите другой.
import-annotator = Чья это разметка
import-annotator-hint = как сказано в источнике
import-is-gold = Она войдёт как эталон.
import-onto = Где разметка уже есть
import-refuse = не брать из источника
import-merge = добавить то, чего ещё нет
import-replace = заменить на разметку источника
import-reading = Читаю… { $part } %
import-counts = { $sets ->
    [one] Войдёт { $sets } набор разметки
    [few] Войдут { $sets } набора разметки
   *[many] Войдут { $sets } наборов разметки
}, { $articles ->
    [0] новых статей нет
    [one] с ними { $articles } новая статья
    [few] с ними { $articles } новые статьи
   *[many] с ними { $articles } новых статей
}
import-no-record = Записей в нём нет
import-codebook = Это кодификатор без разметки: его коды станут видами меток и терминами проекта.
import-codebook-known = Это кодификатор, и проект уже знает всё, что в ней есть.
import-nothing-comes = Взять отсюда ничего нельзя: смотрите «Не войдёт»
import-left-out = Не войдёт: { $n }
import-refused = { $n ->
    [one] { $n } набор не войдёт
    [few] { $n } набора не войдут
   *[many] { $n } наборов не войдут
}: там уже есть разметка
import-tab-in = Войдёт ({ $n })
import-tab-out = Не войдёт и замечания ({ $n })
import-tab-learnt = Новое в проекте ({ $n })
import-tab-names = Имена ({ $n })
import-tab-hint = Наборы разметки, которые будут записаны
import-article = Статья
import-whose = Разметчик
import-spans = Метки
import-fate = Что будет
import-fate-article = новый, со статьёй
import-fate-new = новый
import-fate-merged = дополнится
import-fate-replaced = заменится
import-none-in = Ничего не войдёт.
import-none-out = Войдёт всё.
import-none-learnt = Проект уже знает все имена.
import-learns = Это станет частью списков проекта:
import-dropped = По таблице имён не войдёт:
import-more-lines = и ещё { $n ->
    [one] { $n } строка
    [few] { $n } строки
   *[many] { $n } строк
}
import-names-all-known = Проект знает все имена источника.
import-names-about = Этих имён проект не знает. Каждое можно добавить, заменить на имеющееся или не брать. Выбор запоминается для этого проекта.
import-kind-label = Вид метки
import-kind-relation = Связь
import-kind-field = Поле
import-kind-annotator = Разметчик
import-name = { $kind } { $name } · { $n }
import-add = добавить
import-leave-out = не брать
import-becomes = станет { $name }
import-mapping-file = Файл для этого выбора
import-mapping-hint = /путь/к/mapping.ron
import-mapping-save = Сохранить
import-mapping-read = Прочитать
import-mapping-forget = Добавить всё
import-mapping-saved = Сохранено
import-mapping-was-read = Прочитано
import-confirm = Импортировать { $sets ->
    [one] { $sets } набор
    [few] { $sets } набора
   *[many] { $sets } наборов
}
import-confirm-none = Импортировать
import-writing = Записываю. Пока не готово всё, можно прервать, и всё останется как было.
import-done = Импортировано: { $sets ->
    [one] { $sets } набор разметки
    [few] { $sets } набора разметки
   *[many] { $sets } наборов разметки
}; { $articles ->
    [0] статей не добавлено
    [one] добавлена { $articles } статья
    [few] добавлены { $articles } статьи
   *[many] добавлено { $articles } статей
}.
import-left-out-done = Не вошло: { $n }
import-can-be-undone = Импорт можно отменить, пока вошедшее никто не изменил.
import-nothing-written = Ничего не импортировано, проект остался прежним.
import-take-back = Отменить импорт…

take-back-title = Отмена импорта
take-back-none = Нет импорта, который можно было бы отменить.
take-back-what = Из { $source }, { $when } UTC: { $sets ->
    [one] { $sets } набор разметки
    [few] { $sets } набора разметки
   *[many] { $sets } наборов разметки
} и { $articles ->
    [one] { $articles } статья
    [few] { $articles } статьи
   *[many] { $articles } статей
}.
take-back-about = Созданное импортом исчезнет, а записанное поверх вернётся к прежнему. Если что-то с тех пор изменили, отмены не будет.
take-back-do = Отменить импорт
take-back-working = Отменяю…
take-back-done = Импорт отменён. { $removed ->
    [one] Удалён { $removed } файл
    [few] Удалено { $removed } файла
   *[many] Удалено { $removed } файлов
}, возвращено к прежнему: { $restored }.

exchange-stopping = Останавливаю…
exchange-settled = Почти готово: остановить на полпути уже нельзя.
exchange-progress = Ход работы
export-stopped = Остановлено. Ничего не записано.
import-stopped = Остановлено. Ничего не импортировано, проект прежний.
take-back-stopped = Остановлено. Импорт не отменён.
export-division = Части
export-division-articles = Статьи
export-division-spans = Метки
import-kind-value = Значение
import-mapping-picker = Какую таблицу имён прочесть
import-mapping-files = Таблицы имён
import-mapping-folder = Где хранить таблицу имён
import-mapping-save-here = Сохранить здесь
import-mapping-there = Файл с таким именем уже есть. Чтобы записать поверх, сохраните ещё раз — или смените имя.
notice-import-one-at-a-time = { $left ->
    [one] За раз читается один источник: сейчас { $name }, остался ещё { $left }. Перетащите его потом снова или перетащите папку целиком.
    [few] За раз читается один источник: сейчас { $name }, осталось ещё { $left }. Перетащите их потом снова или перетащите папку целиком.
   *[many] За раз читается один источник: сейчас { $name }, осталось ещё { $left }. Перетащите их потом снова или перетащите папку целиком.
}
notice-import-needs-project = Это разметка из другой программы. Откройте или создайте проект и перетащите её снова.

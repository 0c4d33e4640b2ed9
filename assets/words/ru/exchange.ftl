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
format-brat-carries = Фрагменты из частей, связи, атрибуты и заметки, вместе с настройками для brat.
format-conll = Столбцы CoNLL
format-conll-carries = По слову в строке с тегами; метки фрагментов, отдельный столбец на каждый слой вложенности.
format-webanno-tsv = WebAnno TSV (INCEpTION)
format-webanno-tsv-carries = Фрагменты, поля и связи на словах, с наложением там, где они пересекаются.
format-xmi = UIMA CAS XMI (INCEpTION)
format-xmi-carries = Фрагменты, поля и связи с системой типов, которую читают программы UIMA.
format-cas-json = UIMA CAS JSON
format-cas-json-carries = То же, что XMI, в виде JSON.
format-label-studio = Label Studio
format-label-studio-carries = Задания с фрагментами, связями и выбором, а также настройки разметки.
format-doccano = doccano
format-doccano-carries = Текст с метками и связями, статья в строке.
format-prodigy = Prodigy
format-prodigy-carries = Текст со словами, фрагментами и связями, задание в строке.
format-spacy = DocBin для spaCy
format-spacy-carries = Слова, сущности и группы фрагментов, готовые для обучения.
format-parquet = Parquet (Hugging Face)
format-parquet-carries = Фрагменты, поля и связи во вложенных столбцах, с разбиением и описанием данных.
format-csv = Таблицы CSV
format-csv-carries = По строке на фрагмент и на позицию, для электронных таблиц и статистики.
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
export-no-labels = Выберите хотя бы одну метку
export-no-states = Выберите хотя бы одно состояние работы
export-no-seed = Зерно — целое число
export-no-shares = Доли — числа больше 0, в сумме дающие 1
export-whose = Чья разметка
export-gold = эталон
export-labels = Метки
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
export-stratify = Каждой части — её долю каждой метки
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
    [one] { $n } фрагмент выходит
    [few] { $n } фрагмента выходят
   *[many] { $n } фрагментов выходят
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
} на фрагменты с метками, которые не вошли; ссылки остаются как есть.

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
import-codebook = Это кодировочная книга без разметки: её коды станут метками и терминами проекта.
import-codebook-known = Это кодировочная книга, и проект уже знает всё, что в ней есть.
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
import-spans = Фрагменты
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
import-kind-label = Метка
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

# What a format cannot carry, and what becomes of it: keyed by the English of the formats themselves.
export-loss = { $what }: { $n } — { $fate }
loss-discontinuous-spans = фрагменты из частей
loss-values-of-fields = значения полей
loss-relations = связи
loss-notes = заметки
loss-values-of-articles-fields = значения полей статей
loss-values-of-relations-fields = значения полей связей
loss-spans-without-any-token = фрагменты без единого слова
loss-spans-without-a-token = фрагменты без слова
loss-spans-that-begin-or-end-inside-a-token = фрагменты с краем внутри слова
loss-spans-that-begin-or-end-inside-a-token-or-on-white-space = фрагменты с краем внутри слова или на пробеле
loss-spans-that-begin-or-end-on-white-space = фрагменты с краем на пробеле
loss-relations-to-spans-that-are-not-there = связи с отсутствующими фрагментами
loss-relations-of-missing-spans = связи отсутствующих фрагментов
loss-relations-without-both-ends = связи без одного из концов
loss-fields = поля
loss-articles-texts = тексты статей
loss-values-of-the-header = сведения о статьях
loss-spans-that-overlap-others = пересекающиеся фрагменты
loss-spans-past-the-end-of-their-texts = фрагменты за концом текста
loss-spans-in-a-text-without-words = фрагменты в тексте без слов
loss-spans-with-an-id-that-another-has = фрагменты с чужим обозначением
loss-spans-without-an-issue = фрагменты без темы
loss-statements-of-nobody-in-particular = ничьи высказывания
loss-stances-that-are-neither-for-nor-against = позиции ни за, ни против
loss-ids-of-spans = обозначения фрагментов
loss-span-ids = обозначения фрагментов
loss-lists-of-holders-or-issues = списки сторон или тем
loss-spans-that-quote-other-words-than-their-articles-have-now = фрагменты с другими словами, чем теперь в статье
loss-spans-whose-edges-the-unit-cannot-say = фрагменты, чьи края не выразить в этих единицах
loss-spans-with-an-edge-inside-a-character = фрагменты с краем внутри знака
fate-left-out = не войдут
fate-left-out-export-into-a-folder-to-have-them = не войдут; при экспорте в папку войдут
fate-left-out-as-one-cell-cannot-hold-them = не войдут: в одну ячейку не помещаются
fate-left-out-reading-gives-fresh-ones = не войдут; при чтении будут новые
fate-left-out-as-they-are-no-statements = не войдут: это не высказывания
fate-left-out-as-the-schema-has-no-such-field = не войдут: такого поля нет в схеме
fate-left-out-as-doccano-needs-their-names = не войдут: doccano нужны их имена
fate-become-one-span-from-the-first-part-to-the-last = станут одним фрагментом от первой части до последней
fate-take-in-the-whole-character = захватят знак целиком
fate-written-with-an-empty-agreement = запишутся без знака согласия
fate-written-without-an-actor-and-in-no-network = запишутся без стороны и не попадут в сети
fate-written-but-brat-refuses-the-line = запишутся, но brat такую строку не примет
fate-written-as-json-into-notes-which-postil-reads-back-and-brat = запишутся в заметки как JSON: Postil их прочтёт, brat лишь покажет
fate-written-as-json-into-a-feature-which-postil-reads-back = запишутся как JSON: обратно их прочтёт Postil
fate-numbered-anew-as-doccano-s-are-whole-numbers = получат новые номера: в doccano это целые числа
fate-keep-code-points = останутся в кодовых позициях
fate-in-stances-csv-without-what-has-no-column-there = в stances.csv без того, для чего там нет столбца

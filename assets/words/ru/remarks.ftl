# Что говорят форматы, импорт и экспорт: те же сообщения, что в английском файле, с теми же значениями.

said-at = { $place }: { $what }
said-line = строка { $n }: { $what }
said-entry = запись { $n }: { $what }
said-row = строка { $n }: { $what }
said-task = задание { $n }: { $what }
said-left-out = { $what } — пропущено
said-line-left-out = { $what } — строка пропущена
said-row-left-out = { $what } — строка пропущена
said-entry-left-out = { $what } — запись пропущена
said-task-left-out = { $what } — задание пропущено
said-document-left-out = { $what } — документ пропущен
said-rest-left-out = { $what } — остальное пропущено
said-were-left-out = { $what } — пропущены
said-kept = { $what } — оставлено как есть
said-annotation-left-out = { $what } — аннотация пропущена
said-annotations-left-out = { $what } Разметка этого файла пропущена
said-before-was-read = { $what } — прочитано то, что стоит раньше
said-refused-times = { $what } (раз: { $n }) — пропущено
said-kind-left-out = { $what }, пропущено: { $n }
said-more-spans = По тем же причинам { $n ->
    [one] пропущена
    [few] пропущены
   *[many] пропущено
} ещё { $n } { $n ->
    [one] метка
    [few] метки
   *[many] меток
}
said-more-rows = По тем же причинам { $n ->
    [one] пропущена
    [few] пропущены
   *[many] пропущено
} ещё { $n } { $n ->
    [one] строка
    [few] строки
   *[many] строк
}
said-more = По тем же причинам пропущено ещё: { $n }
said-more-remarks = и ещё { $n } { $n ->
    [one] такое замечание
    [few] таких замечания
   *[many] таких замечаний
}
said-no-place-id = метка «{ $id }»: { $parts } — не место в тексте (единицы: { $unit })
said-no-place-number = метка { $id }: { $parts } — не место в тексте (единицы: { $unit })
said-no-place = { $parts } — не место в тексте (единицы: { $unit })
said-misquotes = У { $n } { $n ->
    [one] метки
    [few] меток
   *[many] меток
} в источнике другие слова, чем в тексте на этом месте; слова источника сохранены
said-misquotes-regions = У { $n } { $n ->
    [one] области
    [few] областей
   *[many] областей
} в источнике другие слова, чем в тексте на этом месте; слова источника сохранены
said-stretches = В полях { $n } { $n ->
    [one] отрывок
    [few] отрывка
   *[many] отрывков
} не на месте в тексте (единицы: { $unit }); { $n ->
    [one] оставлен
    [few] оставлены
   *[many] оставлено
} как есть
said-stretches-text = В полях { $n } { $n ->
    [one] отрывок
    [few] отрывка
   *[many] отрывков
} не на месте в тексте; { $n ->
    [one] оставлен
    [few] оставлены
   *[many] оставлено
} как есть
said-regions-nowhere = { $n } { $n ->
    [one] область
    [few] области
   *[many] областей
} не на месте в тексте (единицы: { $unit }) — { $n ->
    [one] пропущена
    [few] пропущены
   *[many] пропущено
}
said-contradictions = У { $n } { $n ->
    [one] метки
    [few] меток
   *[many] меток
} `start` или `end` не сходятся с `parts`; взяты `parts`
said-offset-unit = Места отсчитаны иначе: единицы — { $best }, а не { $expected }. Так на своих местах { $n } из { $n2 } приведённых слов, иначе { $n3 }; прочитано как { $best2 }
said-offset-brat = Судя по приведённым словам, места отсчитаны в единицах { $unit }; так и прочитано
said-offset-doccano = Если считать в UTF-16, как doccano, с краями слов совпадают { $n } из { $n2 } краёв; если в { $best } — { $n3 }. Если верно второе, выберите эту единицу слева
said-line-ends-kept = В тексте концы строк не LF; места отсчитаны с ними и пересчитаны
said-line-ends-one = В тексте концы строк не LF; каждый засчитан за один знак, места пересчитаны
said-ends-before = [{ $start }, { $end }] кончается раньше, чем начинается
said-starts-after = начинается на { $start }, а кончается раньше, на { $end }
said-past-end = «{ $id }» выходит за конец текста
said-other-text = У «{ $id }» в источнике другие слова, чем в тексте на этом месте; слова источника сохранены
said-covers-nothing = «{ $id }» ничего не охватывает
said-says-no-place = у «{ $id }» нет места в тексте
said-no-pair = «{ $pair }» — не пара чисел
said-span-no-place = у метки нет места в тексте
said-span-no-label = у метки не указан вид
said-no-place-keys = нет места в тексте: ни `parts`, ни `start` и `end`
said-row-no-place = строка без места в тексте
said-no-object = это не объект
said-no-json-object-byte = это не объект JSON: { $what } (байт { $n })
said-no-json-object = это не объект JSON: { $what }
said-no-json-of-format-byte = это не объект JSON этого формата: { $what } (байт { $n })
said-no-json-of-format = это не объект JSON этого формата: { $what }
said-no-json = это не JSON: { $what }
said-no-json-after = после записи { $n } это не JSON: { $what }
said-task-broken-after = после задания { $n } читать дальше нельзя: { $what }
said-row-broken-after = после строки { $n } читать нельзя: { $what }
said-hopeless = ни одна из первых { $n } строк не читается; последняя: { $what }
said-no-text = нет `text`
said-no-text-pictures = нет `text` (задания с картинками и звуком не читаются)
said-text-no-text = `text` — не текст
said-has-no-text = нет текста
said-no-text-data = среди данных нет текста
said-text-address = в «{ $key }» стоит адрес текста, а не сам текст; из сети ничего не берётся
said-no-article = не указана статья (`article`)
said-row-no-article = в строке не указана статья
said-no-label = не указан вид метки (`label`)
said-no-key = нет «{ $key }»
said-no-key-tokens = нет «{ $key }» (связи между отдельными словами не читаются)
said-key-no-span = «{ $key }» не указывает ни на одну метку
said-should-be-whole = «{ $key }» — { $value }, а нужно целое число от 0
said-should-be-whole-bare = { $value }, а нужно целое число от 0
said-should-be-text = «{ $key }» — { $value }, а нужен текст
said-should-be-name = «{ $key }» — { $value }, а нужно имя
said-should-be-object = «{ $key }» — { $value }, а нужен объект
said-should-be-pairs = `parts` — { $value }, а нужен список пар
said-should-be-pair = { $value }, а нужна пара [start, end]
said-should-be-parts = `parts` — «{ $value }», а нужно [[start, end], …]
said-a-part = часть — { $what }
said-no-list = «{ $key }» — не список
said-no-list-spans = `label` — не список меток (виды целых текстов не читаются)
said-not-triple = { $value } — не [start, end, label]
said-no-span = { $value } — не метка
said-too-great = { $value } — слишком большое число
said-status-unknown = состояние «{ $word }» неизвестно; считается, что статья в работе
said-key-means-nothing = ключ «{ $key }» (раз: { $n }) в этом формате ничего не значит — пропущен
said-key-means-nothing-bare = { $key } (раз: { $n }) в этом формате ничего не значит — пропущено
said-fingerprint = `fingerprint` не от этого `text`: что-то из двух изменили; принят текст (его отпечаток { $print })
said-answer-ignore = ответ `ignore`: текст прочитан без { $n ->
    [one] его метки
    [few] его меток
   *[many] его меток
} ({ $n })
said-answers-rejected = { $n ->
    [one] Отклонённый ответ
    [few] Отклонённые ответы
   *[many] Отклонённые ответы
} ({ $n }) верными никто не считает — { $n ->
    [one] пропущен
    [few] пропущены
   *[many] пропущены
}
said-span-what = метка { $id }: { $what }
said-relation-what = связь { $id }: { $what }
said-ground-truth = аннотация помечена как эталон; она осталась за своим разметчиком и в эталон не вошла
said-skipped-annotation = разметчик пропустил это задание; разметка принята как незаконченная
said-several-of = здесь несколько разметок от { $whose }; одна принята как «{ $name }»
said-both-ways = { $n } { $n ->
    [one] связь идёт
    [few] связи идут
   *[many] связей идут
} в обе стороны; { $n ->
    [one] принята
    [few] приняты
   *[many] приняты
} как от первого ко второму (симметрию укажите в схеме)
said-counted-left-out = { $what }, пропущено: { $n }
said-items-no-object = записи, которые не объекты
said-items-of-type = записи типа «{ $kind }» к объекту «{ $to }»
said-items-no-value = записи типа «{ $kind }» без значения
said-regions-lost = области типа «{ $kind }», места которых нет в тексте
said-no-config = это не настройка разметки: { $what }
said-no-task-list = здесь нет списка заданий: { $what }
said-empty = пусто
said-damaged = повреждено
said-root = корневой элемент — «{ $root }», а не «{ $wanted }»
said-cannot-be-read = не читается: { $what }
said-types-unread = система типов не читается: { $what }
said-xml-entity = «&{ $name };» — собственная сущность файла; такие не раскрываются
said-xml-entities = в файле объявлены собственные сущности — такие не принимаются
said-xml-deep = вложенность элементов больше { $n } — такое не принимается
said-xml-middle = файл обрывается внутри элемента
said-xml-large = файл больше 1 ГиБ — такие не принимаются
said-xml-encoding = кодировка «{ $name }» неизвестна
said-bad-lines = { $n } { $n ->
    [one] строка
    [few] строки
   *[many] строк
} не в UTF-8; нечитаемое заменено на U+FFFD
said-bad-cells = { $n } { $n ->
    [one] ячейка
    [few] ячейки
   *[many] ячеек
} не в UTF-8; нечитаемое заменено на { $sign }. Сохраните таблицу в UTF-8 и импортируйте снова
said-conll-no-tags = не нашлось столбца тегов (`O`, `B-…`, `I-…`) или кореференции (`(1`, `1)`)
said-conll-tokens = в { $n } { $n ->
    [one] предложении
    [few] предложениях
   *[many] предложениях
} слова не совпадают с `# text`; текст собран из слов
said-conll-offsets = места из `# offsets` не сходятся с `# text`; принят текст
said-conll-brackets = { $n } { $n ->
    [one] скобка
    [few] скобки
   *[many] скобок
} кореференции без пары
said-tei-none = нет ни одного `<TEI>` с текстом
said-tei-inside = файл обрывается внутри `<{ $name }>`; прочитано то, что есть
said-tei-form = это неправильный XML: { $what }
said-tei-deep = вложенность элементов больше { $n }
said-tei-header = `<text>` пуст; за текст приняты слова из заголовка
said-tei-entities = { $n } { $n ->
    [one] ссылка
    [few] ссылки
   *[many] ссылок
} на неизвестные XML сущности { $n ->
    [one] оставлена
    [few] оставлены
   *[many] оставлено
} как есть (`&name;`)
said-tei-span = метка «{ $id }» ведёт в никуда
said-tei-link = связь между { $ends } не соединяет две метки
said-cas-views = { $n ->
    [one] Пропущено
    [few] Пропущены
   *[many] Пропущено
} { $n } { $n ->
    [one] представление
    [few] представления
   *[many] представлений
}, кроме первого
said-cas-elsewhere = { $n ->
    [one] Пропущена
    [few] Пропущены
   *[many] Пропущено
} { $n } { $n ->
    [one] аннотация
    [few] аннотации
   *[many] аннотаций
} из других представлений
said-cas-loose = { $n } { $n ->
    [one] связь ведёт
    [few] связи ведут
   *[many] связей ведут
} в никуда
said-cas-none = нет `%FEATURE_STRUCTURES`
said-cas-no-list = `%FEATURE_STRUCTURES` — не список
said-tsv-head = файл не начинается с `#FORMAT=WebAnno TSV 3`
said-tsv-no-file = ни один файл не начинается с `#FORMAT=WebAnno TSV 3`
said-tsv-layer = непонятный слой
said-tsv-chain = «{ $link }» — не звено цепочки
said-tsv-slot = слот «{ $slot }» ведёт к «{ $to }», а там ничего нет
said-tsv-relation = связь ведёт к «{ $to }», а там ничего нет
said-spacy-pack = упаковано не так, как у DocBin ({ $what })
said-spacy-none = это не DocBin: { $what }
said-spacy-but = это DocBin, но { $what }
said-spacy-early = он обрывается раньше времени
said-spacy-sign = в нём есть знак, который ничего не значит
said-spacy-map = это не словарь ключей и значений
said-spacy-list = на месте списка стоит что-то другое
said-spacy-bytes = на месте байтов стоит что-то другое
said-spacy-long = одно из значений длиннее 1 ГиБ; такое не читается
said-spacy-type = что-то в нём не того типа, какого должно быть
said-xml-tag-outside = тег стоит вне текста
said-spacy-lengths = `lengths` — не числа слов
said-spacy-together = `tokens`, `spaces` и `lengths` не сходятся
said-spacy-cats = { $n ->
    [one] Пропущена
    [few] Пропущены
   *[many] Пропущено
} { $n } { $n ->
    [one] категория
    [few] категории
   *[many] категорий
} целых текстов (doc.cats)
said-spacy-string = в файле нет строки с номером { $id }
said-spacy-groups = группы меток не читаются: { $what }
said-parquet-column = нет столбца «{ $name }»
said-parquet-span = у метки { $id } нет вида или места
said-parquet-relation = у связи { $id } нет вида или конца
said-parquet-type = столбец «{ $name }» имеет тип { $kind }, который не читается
said-csv-first-row = в первой строке нет столбцов `article` и `text`
said-csv-not-in-articles = статьи нет в articles.csv, её текст неизвестен; { $n ->
    [one] пропущена
    [few] пропущены
   *[many] пропущено
} { $n } { $n ->
    [one] метка
    [few] метки
   *[many] меток
}
said-csv-whole = «{ $key }» — «{ $value }», а нужно целое число от 0
said-csv-no-span = в spans.csv нет метки «{ $id }» от «{ $whose }»
said-csv-relation = у связи нет вида или конца
said-csv-column = нет столбца: { $what }. Чтобы прочесть то, что Postil записал таблицами в папку, выберите саму папку: тексты — в articles.csv
said-csv-text = текст статьи (`article_text`, `sentence`, …)
said-csv-start = начало метки
said-csv-end = его конец
said-csv-label = её вид
said-qda-outside = текст лежит вне архива (`{ $path }`), а снаружи ничего не берётся
said-qda-escape = путь `{ $path }` ведёт за пределы архива — такое не принимается
said-qda-missing = текста `{ $name }` нет в архиве
said-qda-huge = `{ $name }` в распакованном виде больше { $n } байт — такое не принимается
said-qda-none = в архиве нет project.qde
said-qda-here = текста здесь нет: он в архиве проекта
said-qda-pages = выделения на страницах и картинках
said-qda-no-text = источники, которые не текст
said-qda-notes = заметки ни к чему
said-qda-no-place = выделения без места
said-qda-no-code = выделения без кода
said-qda-sets = наборы кодов и источников
said-qda-cases = коды случаев
said-qda-in-notes = выделения в заметках
said-wa-item = запись — не `Annotation`
said-wa-target = у аннотации нет цели (target)
said-wa-source = у цели нет источника (source)
said-wa-description = в описании нет текста
said-wa-position = у аннотации нет места в тексте
said-wa-fetched = текста в файле нет, а из сети ничего не берётся; { $n ->
    [one] пропущена
    [few] пропущены
   *[many] пропущено
} { $n } { $n ->
    [one] аннотация
    [few] аннотации
   *[many] аннотаций
}
said-brat-spaces = в «{ $id }» пробелы вместо табуляции; всё равно прочитано
said-brat-none = нет ни одного файла .ann; укажите папку, где они лежат
said-brat-no-text = рядом нет { $file }, и места ни к чему не относятся
said-brat-no-ann = рядом нет файла .ann; brat его не показал бы, и сюда он не вошёл
said-brat-several = «{ $id }» встречается не раз; этот стал «{ $new }»
said-brat-several-out = «{ $id }» встречается не раз; этот пропущен
said-brat-trigger = нет триггера «{ $trigger }» события «{ $id }»
said-brat-not-there = «{ $id }» нет в файле
said-brat-nowhere = у «{ $event }» ролей, которые ведут в никуда: { $n }
said-brat-attribute = признак «{ $name }» относится к «{ $target }», которого нет
said-brat-reference = ссылка относится к «{ $target }», которого нет
said-brat-note = заметка относится к «{ $target }», которого нет
said-brat-kind = строка неизвестного вида: «{ $line }»
said-brat-equivalence = тождество меньше чем из двух
said-withheld = { $article } («{ $whose }») — пропущено: { $what }
said-withheld-nobody = { $article } — пропущено: { $what }
said-there-already = разметка «{ $whose }» здесь уже есть ({ $file })
said-unsaved = есть несохранённая работа «{ $whose }» над { $article }; откройте статью в окне, и она восстановится
said-other-text-there = в проекте под именем { $path } другой текст (отпечатки: { $print }, в источнике { $print2 })
said-not-read-back = текст не прочитался бы обратно таким же
said-not-kept = не удалось сохранить: { $what }
said-mend-file = { $what }. Сначала исправьте файл или уберите его
said-other-meta = { $path }: сведения о статье (название, дата…) в источнике другие; оставлены те, что в проекте
said-codebook-mapping = В таблице имён есть «{ $name }», а в источнике такого имени нет.
said-learnt-folder = папка статей «{ $name }»
said-learnt-label = вид меток «{ $name }»
said-learnt-relation = связь «{ $name }»
said-learnt-term = термин кодификатора «{ $name }»
said-learnt-entity = запись реестра «{ $name }»
said-learnt-choice = вариант «{ $word }» поля «{ $place }»
said-learnt-field = поле «{ $place }» ({ $what })
said-kind-yes-no = да или нет
said-kind-whole = целое число
said-kind-number = число
said-kind-stretch = отрывок текста
said-kind-records = записи
said-kind-text = текст
said-dropped-set = 1 набор разметки
said-dropped-sets = { $n } { $n ->
    [one] набор
    [few] набора
   *[many] наборов
} разметки
said-dropped-span = 1 метка «{ $label }»
said-dropped-spans = { $n } { $n ->
    [one] метка
    [few] метки
   *[many] меток
} «{ $label }»
said-dropped-relation = 1 связь «{ $label }»
said-dropped-relations = { $n } { $n ->
    [one] связь
    [few] связи
   *[many] связей
} «{ $label }»
said-dropped-value = 1 значение поля «{ $field }»
said-dropped-values = { $n } { $n ->
    [one] значение
    [few] значения
   *[many] значений
} поля «{ $field }»
said-dropped-text = 1 текст в поле
said-dropped-texts = { $n } { $n ->
    [one] текст
    [few] текста
   *[many] текстов
} в полях
said-dropped-link = 1 ссылка поля на пропущенную метку; она останется и никуда не поведёт
said-dropped-links = { $n } { $n ->
    [one] ссылка
    [few] ссылки
   *[many] ссылок
} полей на пропущенные метки; они останутся и никуда не поведут
said-not-format = { $file } — не в этом формате: { $what }
said-stopped = остановлено до конца
said-refused-mend = { $what } Записанное до этого вернуть тоже не удалось ({ $why }). Исправьте это и отмените импорт.
said-changed-since-look = { $file } изменили после просмотра. Ничего не импортировано; просмотрите источник заново.
said-opened-since-look = { $file } открыли в другом окне после просмотра. Ничего не импортировано; закройте то окно и просмотрите источник заново.
said-mend-first = { $what }. Сначала исправьте это; подробности — в панели «Проблемы».
said-no-take-back = В этом проекте нет импорта, который можно отменить.
said-nothing-taken-back = { $what } Импорт не отменён.
said-changed-since-import = { $file } изменили после импорта ({ $when }); отмена стёрла бы эту правку.
said-open-in-window = { $file } открыт в окне. Сначала закройте его там.
said-unsaved-there = Над { $article } есть несохранённая работа. Откройте статью в окне, и она восстановится.
said-made-since = { $file } создан после импорта и относится к статье, которая исчезла бы. Сначала уберите его.
said-old-damaged = { $file } повреждён: прежнего содержимого { $path } в нём больше нет.
said-record-damaged = { $file } хранит записанное последним импортом и не читается ({ $what }). Без него импорт не отменить.
said-nothing-to-export = В проекте пока нет разметки — экспортировать нечего.
said-none-of-status = Разметки в таком состоянии нет — экспортировать нечего.
said-no-gold = В проекте нет эталона. Выберите разметчика или сначала сведите разметку.
said-nothing-of = Разметки «{ $name }» нет. Есть: { $names }.
said-no-label-in-schema = В схеме нет вида меток «{ $label }».
said-exported-moved = { $file }: текст { $article } изменился после разметки; у { $n } из { $n2 } слова уже другие. Экспортировано с прежними словами.
said-not-exported = { $what }. Ничего не экспортировано; сначала исправьте это.
said-not-exported-about = { $what }. К этому относится { $file }; ничего не экспортировано, сначала исправьте.
said-target-folder = { $path } — папка, а записать надо файл. Назовите файл в ней.
said-target-file = { $path } — файл, а записать надо папку. Выберите другое имя.
said-target-there = { $path } уже есть. Выберите другое имя или разрешите записать поверх.
said-could-not-read-mapping = не читается таблица имён { $file }: { $what }. { $more }
said-no-mapping = строка { $n }, столбец { $n2 }: { $what }. Таблица имён выглядит так: (labels: …)
said-empty-name = имя ведёт к пустому. Чтобы пропустить, напишите None
said-could-not-read-cure = не удалось прочитать { $file }: { $what }. { $more }
said-could-not-write-cure = не удалось записать { $file }: { $what }. { $more }
said-could-not-remove-cure = не удалось убрать { $file }: { $what }. { $more }
said-could-not-read = не удалось прочитать { $file }: { $what }
said-could-not-write = не удалось записать { $file }: { $what }
said-os-not-found = такого файла или папки нет
said-os-denied = нет прав доступа
said-os-full = на диске нет места
said-os-read-only = диск только для чтения
said-os-is-folder = это папка
said-os-no-folder = это не папка
said-cure-rights = Там у вас нет на это прав: измените права на файл и папку или выберите другую папку.
said-cure-full = Диск заполнен: освободите место и повторите; то, что на диске, не пострадало.
said-cure-read-only = Диск только для чтения: скопируйте проект на другой.
said-cure-moved = Проверьте, не перенесли ли его и не переименовали ли.
said-cure-there = Такое имя уже занято: выберите другое.
said-cure-folder = На месте файла стоит папка или наоборот: уберите её.
said-cure-name = Имя слишком длинное или недопустимо на этом диске: выберите другое.
said-cure-disk = Проверьте, на месте ли диск и в порядке ли он, и повторите.
said-json-expected = ожидалось значение
said-json-eof = текст обрывается на середине
said-json-trailing = лишние знаки в конце
said-take-version = размечен другой вариант статьи: из { $n } { $n ->
    [one] метки
    [few] меток
   *[many] меток
} на прежнем месте { $n2 }, нашлись в другом { $n3 }, не нашлись { $n4 }. Возьмите один и тот же текст
said-take-there = { $file } уже есть с другим содержимым и остаётся; заменить его может командная строка: --replace { $whose }
said-take-unsaved = здесь есть несохранённая работа { $whose } над этой статьёй; откройте её в окне
said-take-meanwhile = файл тем временем появился или изменился и остаётся
said-take-nobody = не указано, чья это разметка
said-take-no-article = { $what } Сначала добавьте эту статью в проект
said-schema-label = там есть вид меток «{ $label }», которого нет в этом проекте
said-schema-fields = поля вида «{ $label }» различаются: { $names }
said-schema-lacks = там нет вида меток «{ $label }»
said-schema-relation = там есть связь «{ $label }», которой нет в этом проекте
said-schema-name = схема там зовётся «{ $name }», хотя виды меток и поля те же
said-file-not-there = файла нет. Проверьте, не перенесли ли его и не переименовали ли, или верните из резервной копии
said-file-not-read = файл не читается: { $what }. { $more }
said-file-not-utf8 = отсюда текст не в UTF-8. Сохраните файл в UTF-8 или верните из резервной копии
said-file-cut = файл обрывается на середине. Допишите его или верните из резервной копии
said-path-bad = «{ $path }» не годится как имя внутри проекта: { $what }
said-path-relative = путь должен идти от папки проекта, со знаком «/» между шагами
said-path-leaves = «..» выводит за пределы проекта
said-path-step = один из шагов пуст
said-path-hidden = имена с точкой в начале скрыты, и проект не нашёл бы файл
said-path-name = имя слишком длинное или содержит знаки, которые не везде разрешены, например : или ?
said-article-ending = имена статей кончаются на .{ $endings }. Переименуйте её в источнике.
said-no-start = нет места в тексте
said-spacy-span-tokens = в метке нет слов
said-spacy-span = метка группы не читается
said-spacy-group = группа меток не читается: { $what }
said-spacy-huge = в распакованном виде больше { $n } байт: из { $n2 } байт разметки столько не бывает
said-parquet-deep = вложенность столбца «{ $name }» больше { $n }
said-no-value = в «{ $name }» ({ $kind }) нет значения
said-should-be = файл не в { $encoding }, хотя должен быть
said-list-of-tasks = список заданий [ … ] или задание
said-task-no-object = задание — не объект
said-qda-root = корневой элемент — «{ $root }», а не `Project` или `CodeBook`
said-relation-of-two = { $what } — не связь двух аргументов
said-no-attribute = «{ $id }» — не признак
said-names-no-trigger = у «{ $id }» не назван триггер
said-role-without-target = у «{ $id }» есть роль без цели
said-no-relation = «{ $id }» — не связь двух аргументов
said-no-reference = «{ $id }» — не ссылка вида `БАЗА:ЗАПИСЬ`
said-note-on-nothing = «{ $id }» — заметка ни к чему
said-conf-attribute = признак «{ $name }» не говорит, к чему относится
said-conf-argument = «{ $name }» — не аргумент вида `ИМЯ:ТИП`
said-json-at = { $what } (строка { $n }, столбец { $n2 })
said-json-huge = значение длиннее 1 ГиБ — такие не принимаются
said-json-key = ключ должен быть строкой
said-csv-huge = строка длиннее 128 МиБ — такие не принимаются; возможно, не закрыта кавычка
said-could-not-begin = не удалось начать чтение { $file }: { $what }
said-expected-tasks = нужен список заданий [ … ] или задание
said-json-expected-thing = ожидалось: { $thing }

# Что формат не передаёт и что с этим станет.
export-loss = { $what } { $fate }
loss-discontinuous-spans = { $n ->
    [one] { $n } метка из нескольких частей
    [few] { $n } метки из нескольких частей
   *[many] { $n } меток из нескольких частей
}
loss-values-of-fields = { $n ->
    [one] { $n } значение поля
    [few] { $n } значения полей
   *[many] { $n } значений полей
}
loss-relations = { $n ->
    [one] { $n } связь
    [few] { $n } связи
   *[many] { $n } связей
}
loss-notes = { $n ->
    [one] { $n } заметка
    [few] { $n } заметки
   *[many] { $n } заметок
}
loss-values-of-articles-fields = { $n ->
    [one] { $n } значение поля статьи
    [few] { $n } значения полей статей
   *[many] { $n } значений полей статей
}
loss-values-of-relations-fields = { $n ->
    [one] { $n } значение поля связи
    [few] { $n } значения полей связей
   *[many] { $n } значений полей связей
}
loss-spans-without-any-token = { $n ->
    [one] { $n } метка без единого слова
    [few] { $n } метки без единого слова
   *[many] { $n } меток без единого слова
}
loss-spans-without-a-token = { $n ->
    [one] { $n } метка без слова
    [few] { $n } метки без слов
   *[many] { $n } меток без слов
}
loss-spans-that-begin-or-end-inside-a-token = { $n ->
    [one] { $n } метка с краем внутри слова
    [few] { $n } метки с краем внутри слова
   *[many] { $n } меток с краем внутри слова
}
loss-spans-that-begin-or-end-inside-a-token-or-on-white-space = { $n ->
    [one] { $n } метка с краем внутри слова или на пробеле
    [few] { $n } метки с краем внутри слова или на пробеле
   *[many] { $n } меток с краем внутри слова или на пробеле
}
loss-spans-that-begin-or-end-on-white-space = { $n ->
    [one] { $n } метка с краем на пробеле
    [few] { $n } метки с краем на пробеле
   *[many] { $n } меток с краем на пробеле
}
loss-relations-to-spans-that-are-not-there = { $n ->
    [one] { $n } связь с отсутствующей меткой
    [few] { $n } связи с отсутствующими метками
   *[many] { $n } связей с отсутствующими метками
}
loss-relations-of-missing-spans = { $n ->
    [one] { $n } связь отсутствующей метки
    [few] { $n } связи отсутствующих меток
   *[many] { $n } связей отсутствующих меток
}
loss-relations-without-both-ends = { $n ->
    [one] { $n } связь без одного из концов
    [few] { $n } связи без одного из концов
   *[many] { $n } связей без одного из концов
}
loss-fields = { $n ->
    [one] { $n } поле
    [few] { $n } поля
   *[many] { $n } полей
}
loss-articles-texts = { $n ->
    [one] { $n } текст статьи
    [few] { $n } текста статей
   *[many] { $n } текстов статей
}
loss-values-of-the-header = { $n ->
    [one] { $n } значение из шапки статьи
    [few] { $n } значения из шапок статей
   *[many] { $n } значений из шапок статей
}
loss-spans-that-overlap-others = { $n ->
    [one] { $n } метка, которая пересекается с другими,
    [few] { $n } метки, которые пересекаются с другими,
   *[many] { $n } меток, которые пересекаются с другими,
}
loss-spans-past-the-end-of-their-texts = { $n ->
    [one] { $n } метка за концом текста
    [few] { $n } метки за концом текста
   *[many] { $n } меток за концом текста
}
loss-spans-in-a-text-without-words = { $n ->
    [one] { $n } метка в тексте без слов
    [few] { $n } метки в тексте без слов
   *[many] { $n } меток в тексте без слов
}
loss-spans-with-an-id-that-another-has = { $n ->
    [one] { $n } метка с тем же id, что у другой,
    [few] { $n } метки с теми же id, что у других,
   *[many] { $n } меток с теми же id, что у других,
}
loss-spans-without-an-issue = { $n ->
    [one] { $n } метка без темы
    [few] { $n } метки без темы
   *[many] { $n } меток без темы
}
loss-statements-of-nobody-in-particular = { $n ->
    [one] { $n } высказывание неизвестно чьё
    [few] { $n } высказывания неизвестно чьи
   *[many] { $n } высказываний неизвестно чьих
}
loss-stances-that-are-neither-for-nor-against = { $n ->
    [one] { $n } позиция ни «за», ни «против»
    [few] { $n } позиции ни «за», ни «против»
   *[many] { $n } позиций ни «за», ни «против»
}
loss-ids-of-spans = { $n ->
    [one] { $n } id метки
    [few] { $n } id меток
   *[many] { $n } id меток
}
loss-span-ids = { $n ->
    [one] { $n } id метки
    [few] { $n } id меток
   *[many] { $n } id меток
}
loss-lists-of-holders-or-issues = { $n ->
    [one] { $n } список сторон или тем
    [few] { $n } списка сторон или тем
   *[many] { $n } списков сторон или тем
}
loss-spans-that-quote-other-words-than-their-articles-have-now = { $n ->
    [one] { $n } метка, чьих слов в статье на этом месте уже нет,
    [few] { $n } метки, чьих слов в статье на этом месте уже нет,
   *[many] { $n } меток, чьих слов в статье на этом месте уже нет,
}
loss-spans-whose-edges-the-unit-cannot-say = { $n ->
    [one] { $n } метка, чьи края не выразить в этих единицах,
    [few] { $n } метки, чьи края не выразить в этих единицах,
   *[many] { $n } меток, чьи края не выразить в этих единицах,
}
loss-spans-with-an-edge-inside-a-character = { $n ->
    [one] { $n } метка с краем внутри знака
    [few] { $n } метки с краем внутри знака
   *[many] { $n } меток с краем внутри знака
}
loss-control-characters-of-texts = { $n ->
    [one] { $n } управляющий символ в тексте
    [few] { $n } управляющих символа в текстах
   *[many] { $n } управляющих символов в текстах
}
loss-values-that-brat-has-no-place-for = { $n ->
    [one] { $n } значение, которому в brat нет места,
    [few] { $n } значения, которым в brat нет места,
   *[many] { $n } значений, которым в brat нет места,
}
loss-spans-that-are-empty-overlap-themselves-or-leave-the-text = { $n ->
    [one] { $n } метка, которая пуста, накрывает сама себя или выходит за текст,
    [few] { $n } метки, которые пусты, накрывают сами себя или выходят за текст,
   *[many] { $n } меток, которые пусты, накрывают сами себя или выходят за текст,
}
loss-notes-and-values-that-are-no-plain-text-number-yes-or-link = { $n ->
    [one] { $n } заметка или значение, которое не просто текст, число, «да» или ссылка,
    [few] { $n } заметки или значения, которые не просто текст, число, «да» или ссылка,
   *[many] { $n } заметок и значений, которые не просто текст, число, «да» или ссылка,
}
fate-left-out = { $n ->
    [one] не войдёт
   *[other] не войдут
}
fate-left-out-export-into-a-folder-to-have-them = { $n ->
    [one] не войдёт; войдёт при экспорте в папку
   *[other] не войдут; войдут при экспорте в папку
}
fate-left-out-as-one-cell-cannot-hold-them = { $n ->
    [one] не войдёт: в одну ячейку не поместится
   *[other] не войдут: в одну ячейку не поместятся
}
fate-left-out-reading-gives-fresh-ones = { $n ->
    [one] не войдёт; при чтении будет новый
   *[other] не войдут; при чтении будут новые
}
fate-left-out-as-they-are-no-statements = { $n ->
    [one] не войдёт: это не высказывание
   *[other] не войдут: это не высказывания
}
fate-left-out-as-the-schema-has-no-such-field = { $n ->
    [one] не войдёт: такого поля нет в схеме
   *[other] не войдут: таких полей нет в схеме
}
fate-left-out-as-doccano-needs-their-names = { $n ->
    [one] не войдёт: его имя занято самой doccano
   *[other] не войдут: их имена заняты самой doccano
}
fate-become-one-span-from-the-first-part-to-the-last = { $n ->
    [one] станет одной меткой от первой части до последней
   *[other] станут сплошными, от первой части до последней
}
fate-become-one-annotation-from-the-first-part-to-the-last-of-whi = { $n ->
    [one] станет сплошной, от первой части до последней; части прочтёт только Postil
   *[other] станут сплошными, от первой части до последней; части прочтёт только Postil
}
fate-become-one-selection-from-the-first-part-to-the-last-of-whic = { $n ->
    [one] станет сплошной, от первой части до последней; части прочтёт только Postil
   *[other] станут сплошными, от первой части до последней; части прочтёт только Postil
}
fate-become-one-place-from-the-first-part-to-the-last = { $n ->
    [one] станет сплошной, от первой части до последней
   *[other] станут сплошными, от первой части до последней
}
fate-become-one-span-from-the-first-part-to-the-last-postil-reads = { $n ->
    [one] станет сплошной; части Postil прочтёт из особого признака
   *[other] станут сплошными; части Postil прочтёт из особого признака
}
fate-become-one-span-from-the-first-part-to-the-last-exact-in-doc = { $n ->
    [one] станет сплошной; точные места — в doc.user_data["postil"]
   *[other] станут сплошными; точные места — в doc.user_data["postil"]
}
fate-become-a-region-for-each-part-which-only-postil-joins-again = { $n ->
    [one] распадётся на области по частям; соединит их только Postil
   *[other] распадутся на области по частям; соединит их только Postil
}
fate-are-shown-from-the-first-part-to-the-last-the-parts-stay-in = { $n ->
    [one] будет показана сплошной; части останутся в ключе, который Prodigy не читает
   *[other] будут показаны сплошными; части останутся в ключе, который Prodigy не читает
}
fate-become-u-fffd = { $n ->
    [one] станет знаком U+FFFD
   *[other] станут знаками U+FFFD
}
fate-take-in-the-whole-character = { $n ->
    [one] захватит знак целиком
   *[other] захватят знак целиком
}
fate-begin-and-end-with-whole-tokens = { $n ->
    [one] растянется до целых слов
   *[other] растянутся до целых слов
}
fate-begin-and-end-with-a-token-postil-reads-the-places-back-from = { $n ->
    [one] растянется до целых слов; точные места Postil прочтёт из особого признака
   *[other] растянутся до целых слов; точные места Postil прочтёт из особого признака
}
fate-stretched-to-whole-tokens-exact-in-doc-user-data-postil = { $n ->
    [one] растянется до целых слов; точные места — в doc.user_data["postil"]
   *[other] растянутся до целых слов; точные места — в doc.user_data["postil"]
}
fate-have-the-tokens-they-touch = { $n ->
    [one] получит слова, которых касается
   *[other] получат слова, которых касаются
}
fate-have-no-token-start-and-token-end = { $n ->
    [one] останется без token_start и token_end
   *[other] останутся без token_start и token_end
}
fate-in-doc-user-data-postil-alone = { $n ->
    [one] будет только в doc.user_data["postil"]
   *[other] будут только в doc.user_data["postil"]
}
fate-in-doc-spans-sc-not-among-doc-ents-which-cannot-overlap = { $n ->
    [one] войдёт в doc.spans["sc"]: в doc.ents пересечений не бывает
   *[other] войдут в doc.spans["sc"]: в doc.ents пересечений не бывает
}
fate-written-with-an-empty-agreement = { $n ->
    [one] запишется без знака согласия
   *[other] запишутся без знака согласия
}
fate-written-without-an-actor-and-in-no-network = { $n ->
    [one] запишется без стороны и не попадёт в сети
   *[other] запишутся без стороны и не попадут в сети
}
fate-written-but-brat-refuses-the-line = { $n ->
    [one] запишется, но brat такую строку не примет
   *[other] запишутся, но brat такие строки не примет
}
fate-written-as-json-into-notes-which-postil-reads-back-and-brat = { $n ->
    [one] запишется в заметку как JSON: Postil прочтёт, brat лишь покажет
   *[other] запишутся в заметки как JSON: Postil прочтёт, brat лишь покажет
}
fate-written-as-json-into-a-feature-which-postil-reads-back = { $n ->
    [one] запишется как JSON: обратно прочтёт Postil
   *[other] запишутся как JSON: обратно прочтёт Postil
}
fate-stand-as-json-in-bodies-of-their-annotations-which-only-post = { $n ->
    [one] будет в теле аннотации как JSON, понятный только Postil
   *[other] будут в телах аннотаций как JSON, понятный только Postil
}
fate-stand-as-json-in-descriptions-of-selections-which-only-posti = { $n ->
    [one] будет в описании выделения как JSON для Postil; варианты и термины станут и кодами, записи реестра — и случаями
   *[other] будут в описаниях выделений как JSON для Postil; варианты и термины станут и кодами, записи реестра — и случаями
}
fate-numbered-anew-as-doccano-s-are-whole-numbers = { $n ->
    [one] станет другим: в doccano это целые числа
   *[other] станут другими: в doccano это целые числа
}
fate-keep-code-points = { $n ->
    [one] останется в кодовых позициях
   *[other] останутся в кодовых позициях
}
fate-in-stances-csv-without-what-has-no-column-there = { $n ->
    [one] будет в stances.csv без того, для чего там нет столбца
   *[other] будут в stances.csv без того, для чего там нет столбца
}
fate-get-the-words-of-the-article = { $n ->
    [one] получит слова из статьи
   *[other] получат слова из статьи
}
fate-get-fresh-ids = { $n ->
    [one] получит новый id
   *[other] получат новые id
}

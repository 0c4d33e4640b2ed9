# Що кажуть формати, імпорт та експорт: ті самі повідомлення, що в англійському файлі, з тими самими значеннями.

said-at = { $place }: { $what }
said-line = рядок { $n }: { $what }
said-entry = запис { $n }: { $what }
said-row = рядок { $n }: { $what }
said-task = завдання { $n }: { $what }
said-left-out = { $what } — пропущено
said-line-left-out = { $what } — рядок пропущено
said-row-left-out = { $what } — рядок пропущено
said-entry-left-out = { $what } — запис пропущено
said-task-left-out = { $what } — завдання пропущено
said-document-left-out = { $what } — документ пропущено
said-rest-left-out = { $what } — решту пропущено
said-were-left-out = { $what } — пропущено
said-kept = { $what } — залишено як є
said-annotation-left-out = { $what } — анотацію пропущено
said-annotations-left-out = { $what } Розмітку цього файлу пропущено
said-before-was-read = { $what } — прочитано те, що стоїть раніше
said-refused-times = { $what } (разів: { $n }) — пропущено
said-kind-left-out = { $what }, пропущено: { $n }
said-more-spans = З тих самих причин пропущено ще { $n } { $n ->
    [one] позначка
    [few] позначки
   *[many] позначок
}
said-more-rows = З тих самих причин пропущено ще { $n } { $n ->
    [one] рядок
    [few] рядки
   *[many] рядків
}
said-more = З тих самих причин пропущено ще: { $n }
said-more-remarks = і ще { $n } { $n ->
    [one] таке зауваження
    [few] такі зауваження
   *[many] таких зауважень
}
said-no-place-id = позначка «{ $id }»: { $parts } — не місце в тексті (одиниці: { $unit })
said-no-place-number = позначка { $id }: { $parts } — не місце в тексті (одиниці: { $unit })
said-no-place = { $parts } — не місце в тексті (одиниці: { $unit })
said-misquotes = У { $n } { $n ->
    [one] позначки
    [few] позначок
   *[many] позначок
} у джерелі інші слова, ніж у тексті на цьому місці; слова джерела збережено
said-misquotes-regions = У { $n } { $n ->
    [one] ділянки
    [few] ділянок
   *[many] ділянок
} у джерелі інші слова, ніж у тексті на цьому місці; слова джерела збережено
said-stretches = У полях { $n } { $n ->
    [one] уривок
    [few] уривки
   *[many] уривків
} не на місці в тексті (одиниці: { $unit }); залишено як є
said-stretches-text = У полях { $n } { $n ->
    [one] уривок
    [few] уривки
   *[many] уривків
} не на місці в тексті; залишено як є
said-regions-nowhere = { $n } { $n ->
    [one] ділянка
    [few] ділянки
   *[many] ділянок
} не на місці в тексті (одиниці: { $unit }) — пропущено
said-contradictions = У { $n } { $n ->
    [one] позначки
    [few] позначок
   *[many] позначок
} `start` чи `end` не збігаються з `parts`; узято `parts`
said-offset-unit = Місця відлічено інакше: одиниці — { $best }, а не { $expected }. Так на своїх місцях { $n } із { $n2 } наведених слів, інакше { $n3 }; прочитано як { $best2 }
said-offset-brat = Судячи з наведених слів, місця відлічено в одиницях { $unit }; так і прочитано
said-offset-doccano = Якщо рахувати в UTF-16, як doccano, з краями слів збігаються { $n } із { $n2 } країв; якщо в { $best } — { $n3 }. Якщо правильне друге, виберіть цю одиницю ліворуч
said-line-ends-kept = У тексті кінці рядків не LF; місця відлічено з ними й перераховано
said-line-ends-one = У тексті кінці рядків не LF; кожен зараховано за один знак, місця перераховано
said-ends-before = [{ $start }, { $end }] закінчується раніше, ніж починається
said-starts-after = починається на { $start }, а закінчується раніше, на { $end }
said-past-end = «{ $id }» виходить за кінець тексту
said-other-text = У «{ $id }» у джерелі інші слова, ніж у тексті на цьому місці; слова джерела збережено
said-covers-nothing = «{ $id }» нічого не охоплює
said-says-no-place = у «{ $id }» немає місця в тексті
said-no-pair = «{ $pair }» — не пара чисел
said-span-no-place = у позначки немає місця в тексті
said-span-no-label = у позначки не вказано виду
said-no-place-keys = немає місця в тексті: ні `parts`, ні `start` і `end`
said-row-no-place = рядок без місця в тексті
said-no-object = це не об’єкт
said-no-json-object-byte = це не об’єкт JSON: { $what } (байт { $n })
said-no-json-object = це не об’єкт JSON: { $what }
said-no-json-of-format-byte = це не об’єкт JSON цього формату: { $what } (байт { $n })
said-no-json-of-format = це не об’єкт JSON цього формату: { $what }
said-no-json = це не JSON: { $what }
said-no-json-after = після запису { $n } це не JSON: { $what }
said-task-broken-after = після завдання { $n } читати далі не можна: { $what }
said-row-broken-after = після рядка { $n } читати не можна: { $what }
said-hopeless = жоден із перших { $n } рядків не читається; останній: { $what }
said-no-text = немає `text`
said-no-text-pictures = немає `text` (завдання із зображеннями та звуком не читаються)
said-text-no-text = `text` — не текст
said-has-no-text = немає тексту
said-no-text-data = серед даних немає тексту
said-text-address = у «{ $key }» стоїть адреса тексту, а не сам текст; з мережі нічого не береться
said-no-article = не вказано статті (`article`)
said-row-no-article = у рядку не вказано статті
said-no-label = не вказано виду позначки (`label`)
said-no-key = немає «{ $key }»
said-no-key-tokens = немає «{ $key }» (зв’язки між окремими словами не читаються)
said-key-no-span = «{ $key }» не вказує на жодну позначку
said-should-be-whole = «{ $key }» — { $value }, а потрібне ціле число від 0
said-should-be-whole-bare = { $value }, а потрібне ціле число від 0
said-should-be-text = «{ $key }» — { $value }, а потрібен текст
said-should-be-name = «{ $key }» — { $value }, а потрібне ім’я
said-should-be-object = «{ $key }» — { $value }, а потрібен об’єкт
said-should-be-pairs = `parts` — { $value }, а потрібен список пар
said-should-be-pair = { $value }, а потрібна пара [start, end]
said-should-be-parts = `parts` — «{ $value }», а потрібно [[start, end], …]
said-a-part = частина — { $what }
said-no-list = «{ $key }» — не список
said-no-list-spans = `label` — не список позначок (види цілих текстів не читаються)
said-not-triple = { $value } — не [start, end, label]
said-no-span = { $value } — не позначка
said-too-great = { $value } — завелике число
said-status-unknown = стан «{ $word }» невідомий; вважається, що стаття в роботі
said-key-means-nothing = ключ «{ $key }» (разів: { $n }) у цьому форматі нічого не означає — пропущено
said-key-means-nothing-bare = { $key } (разів: { $n }) у цьому форматі нічого не означає — пропущено
said-fingerprint = `fingerprint` не від цього `text`: щось із двох змінили; прийнято текст (його відбиток { $print })
said-answer-ignore = відповідь `ignore`: текст прочитано без { $n ->
    [one] його позначки
    [few] його позначок
   *[many] його позначок
} ({ $n })
said-answers-rejected = { $n ->
    [one] Відхилену відповідь
    [few] Відхилені відповіді
   *[many] Відхилені відповіді
} ({ $n }) ніхто не вважає правильними — пропущено
said-span-what = позначка { $id }: { $what }
said-relation-what = зв’язок { $id }: { $what }
said-ground-truth = анотацію позначено як еталон; вона лишилася за своїм розмітником і до еталона не ввійшла
said-skipped-annotation = розмітник пропустив це завдання; розмітку прийнято як незакінчену
said-several-of = тут кілька розміток від { $whose }; одну прийнято як «{ $name }»
said-both-ways = { $n } { $n ->
    [one] зв’язок іде
    [few] зв’язки йдуть
   *[many] зв’язків ідуть
} в обидва боки; прийнято як від першого до другого (симетрію вкажіть у схемі)
said-counted-left-out = { $what }, пропущено: { $n }
said-items-no-object = записи, що не є об’єктами
said-items-of-type = записи типу «{ $kind }» до об’єкта «{ $to }»
said-items-no-value = записи типу «{ $kind }» без значення
said-regions-lost = ділянки типу «{ $kind }», місця яких немає в тексті
said-no-config = це не налаштування розмітки: { $what }
said-no-task-list = тут немає списку завдань: { $what }
said-empty = порожньо
said-damaged = пошкоджено
said-root = кореневий елемент — «{ $root }», а не «{ $wanted }»
said-cannot-be-read = не читається: { $what }
said-types-unread = система типів не читається: { $what }
said-xml-entity = «&{ $name };» — власна сутність файлу; такі не розкриваються
said-xml-entities = у файлі оголошено власні сутності — такі не приймаються
said-xml-deep = вкладеність елементів понад { $n } — таке не приймається
said-xml-middle = файл обривається всередині елемента
said-xml-large = файл понад 1 ГіБ — такі не приймаються
said-xml-encoding = кодування «{ $name }» невідоме
said-bad-lines = { $n } { $n ->
    [one] рядок
    [few] рядки
   *[many] рядків
} не в UTF-8; нечитабельне замінено на U+FFFD
said-bad-cells = { $n } { $n ->
    [one] клітинка
    [few] клітинки
   *[many] клітинок
} не в UTF-8; нечитабельне замінено на { $sign }. Збережіть таблицю в UTF-8 та імпортуйте знову
said-conll-no-tags = не знайшлося стовпця тегів (`O`, `B-…`, `I-…`) чи кореференції (`(1`, `1)`)
said-conll-tokens = у { $n } { $n ->
    [one] реченні
    [few] реченнях
   *[many] реченнях
} слова не збігаються з `# text`; текст складено зі слів
said-conll-offsets = місця з `# offsets` не збігаються з `# text`; прийнято текст
said-conll-brackets = { $n } { $n ->
    [one] дужка
    [few] дужки
   *[many] дужок
} кореференції без пари
said-tei-none = немає жодного `<TEI>` з текстом
said-tei-inside = файл обривається всередині `<{ $name }>`; прочитано те, що є
said-tei-form = це неправильний XML: { $what }
said-tei-deep = вкладеність елементів понад { $n }
said-tei-header = `<text>` порожній; за текст узято слова із заголовка
said-tei-entities = { $n } { $n ->
    [one] посилання
    [few] посилання
   *[many] посилань
} на невідомі XML сутності залишено як є (`&name;`)
said-tei-span = позначка «{ $id }» веде в нікуди
said-tei-link = зв’язок між { $ends } не з’єднує двох позначок
said-cas-views = Пропущено { $n } { $n ->
    [one] подання
    [few] подання
   *[many] подань
}, крім першого
said-cas-elsewhere = Пропущено { $n } { $n ->
    [one] анотацію
    [few] анотації
   *[many] анотацій
} з інших подань
said-cas-loose = { $n } { $n ->
    [one] зв’язок веде
    [few] зв’язки ведуть
   *[many] зв’язків ведуть
} у нікуди
said-cas-none = немає `%FEATURE_STRUCTURES`
said-cas-no-list = `%FEATURE_STRUCTURES` — не список
said-tsv-head = файл не починається з `#FORMAT=WebAnno TSV 3`
said-tsv-no-file = жоден файл не починається з `#FORMAT=WebAnno TSV 3`
said-tsv-layer = незрозумілий шар
said-tsv-chain = «{ $link }» — не ланка ланцюжка
said-tsv-slot = слот «{ $slot }» веде до «{ $to }», а там нічого немає
said-tsv-relation = зв’язок веде до «{ $to }», а там нічого немає
said-spacy-pack = запаковано не так, як у DocBin ({ $what })
said-spacy-none = це не DocBin: { $what }
said-spacy-but = це DocBin, але { $what }
said-spacy-early = він обривається завчасно
said-spacy-sign = у ньому є знак, який нічого не означає
said-spacy-map = це не словник ключів і значень
said-spacy-list = на місці списку стоїть щось інше
said-spacy-bytes = на місці байтів стоїть щось інше
said-spacy-long = одне зі значень довше за 1 ГіБ; таке не читається
said-spacy-type = щось у ньому не того типу, якого має бути
said-xml-tag-outside = тег стоїть поза текстом
said-spacy-lengths = `lengths` — не числа слів
said-spacy-together = `tokens`, `spaces` і `lengths` не сходяться
said-spacy-cats = Пропущено { $n } { $n ->
    [one] категорію
    [few] категорії
   *[many] категорій
} цілих текстів (doc.cats)
said-spacy-string = у файлі немає рядка з номером { $id }
said-spacy-groups = групи позначок не читаються: { $what }
said-parquet-column = немає стовпця «{ $name }»
said-parquet-span = у позначки { $id } немає виду або місця
said-parquet-relation = у зв’язку { $id } немає виду або кінця
said-parquet-type = стовпець «{ $name }» має тип { $kind }, який не читається
said-csv-first-row = у першому рядку немає стовпців `article` і `text`
said-csv-not-in-articles = статті немає в articles.csv, її текст невідомий; пропущено { $n } { $n ->
    [one] позначка
    [few] позначки
   *[many] позначок
}
said-csv-whole = «{ $key }» — «{ $value }», а потрібне ціле число від 0
said-csv-no-span = у spans.csv немає позначки «{ $id }» від «{ $whose }»
said-csv-relation = у зв’язку немає виду або кінця
said-csv-column = немає стовпця: { $what }. Щоб прочитати те, що Postil записав таблицями в теку, виберіть саму теку: тексти — в articles.csv
said-csv-text = текст статті (`article_text`, `sentence`, …)
said-csv-start = початок позначки
said-csv-end = його кінець
said-csv-label = її вид
said-qda-outside = текст лежить поза архівом (`{ $path }`), а ззовні нічого не береться
said-qda-escape = шлях `{ $path }` веде за межі архіву — таке не приймається
said-qda-missing = тексту `{ $name }` немає в архіві
said-qda-huge = `{ $name }` у розпакованому вигляді понад { $n } байт — таке не приймається
said-qda-none = в архіві немає project.qde
said-qda-here = тексту тут немає: він в архіві проєкту
said-qda-pages = виділення на сторінках і зображеннях
said-qda-no-text = джерела, що не є текстом
said-qda-notes = нотатки ні до чого
said-qda-no-place = виділення без місця
said-qda-no-code = виділення без коду
said-qda-sets = набори кодів і джерел
said-qda-cases = коди випадків
said-qda-in-notes = виділення в нотатках
said-wa-item = запис — не `Annotation`
said-wa-target = в анотації немає цілі (target)
said-wa-source = у цілі немає джерела (source)
said-wa-description = в описі немає тексту
said-wa-position = в анотації немає місця в тексті
said-wa-fetched = тексту у файлі немає, а з мережі нічого не береться; пропущено { $n } { $n ->
    [one] анотацію
    [few] анотації
   *[many] анотацій
}
said-brat-spaces = у «{ $id }» пробіли замість табуляції; усе одно прочитано
said-brat-none = немає жодного файлу .ann; вкажіть теку, де вони лежать
said-brat-no-text = поруч немає { $file }, і місця ні до чого не належать
said-brat-no-ann = поруч немає файлу .ann; brat його не показав би, і сюди він не ввійшов
said-brat-several = «{ $id }» трапляється не раз; цей став «{ $new }»
said-brat-several-out = «{ $id }» трапляється не раз; цей пропущено
said-brat-trigger = немає тригера «{ $trigger }» події «{ $id }»
said-brat-not-there = «{ $id }» немає у файлі
said-brat-nowhere = у «{ $event }» ролей, що ведуть у нікуди: { $n }
said-brat-attribute = ознака «{ $name }» стосується «{ $target }», якого немає
said-brat-reference = посилання стосується «{ $target }», якого немає
said-brat-note = нотатка стосується «{ $target }», якого немає
said-brat-kind = рядок невідомого виду: «{ $line }»
said-brat-equivalence = тотожність менш ніж із двох
said-withheld = { $article } («{ $whose }») — пропущено: { $what }
said-withheld-nobody = { $article } — пропущено: { $what }
said-there-already = розмітка «{ $whose }» тут уже є ({ $file })
said-unsaved = є незбережена робота «{ $whose }» над { $article }; відкрийте статтю у вікні, і вона відновиться
said-other-text-there = у проєкті під назвою { $path } інший текст (відбитки: { $print }, у джерелі { $print2 })
said-not-read-back = текст не прочитався б назад таким самим
said-not-kept = не вдалося зберегти: { $what }
said-mend-file = { $what }. Спершу виправте файл або приберіть його
said-other-meta = { $path }: відомості про статтю (назва, дата…) у джерелі інші; залишено ті, що в проєкті
said-codebook-mapping = У таблиці назв є «{ $name }», а в джерелі такої назви немає.
said-learnt-folder = тека статей «{ $name }»
said-learnt-label = вид позначок «{ $name }»
said-learnt-relation = зв’язок «{ $name }»
said-learnt-term = термін кодифікатора «{ $name }»
said-learnt-entity = запис реєстру «{ $name }»
said-learnt-choice = варіант «{ $word }» поля «{ $place }»
said-learnt-field = поле «{ $place }» ({ $what })
said-kind-yes-no = так чи ні
said-kind-whole = ціле число
said-kind-number = число
said-kind-stretch = уривок тексту
said-kind-records = записи
said-kind-text = текст
said-dropped-set = 1 набір розмітки
said-dropped-sets = { $n } { $n ->
    [one] набір
    [few] набори
   *[many] наборів
} розмітки
said-dropped-span = 1 позначка «{ $label }»
said-dropped-spans = { $n } { $n ->
    [one] позначка
    [few] позначки
   *[many] позначок
} «{ $label }»
said-dropped-relation = 1 зв’язок «{ $label }»
said-dropped-relations = { $n } { $n ->
    [one] зв’язок
    [few] зв’язки
   *[many] зв’язків
} «{ $label }»
said-dropped-value = 1 значення поля «{ $field }»
said-dropped-values = { $n } { $n ->
    [one] значення
    [few] значення
   *[many] значень
} поля «{ $field }»
said-dropped-text = 1 текст у полі
said-dropped-texts = { $n } { $n ->
    [one] текст
    [few] тексти
   *[many] текстів
} у полях
said-dropped-link = 1 посилання поля на пропущену позначку; воно лишиться й нікуди не вестиме
said-dropped-links = { $n } { $n ->
    [one] посилання
    [few] посилання
   *[many] посилань
} полів на пропущені позначки; вони лишаться й нікуди не вестимуть
said-not-format = { $file } — не в цьому форматі: { $what }
said-stopped = зупинено до кінця
said-refused-mend = { $what } Записане до цього повернути теж не вдалося ({ $why }). Виправте це й скасуйте імпорт.
said-changed-since-look = { $file } змінили після перегляду. Нічого не імпортовано; перегляньте джерело знову.
said-opened-since-look = { $file } відкрили в іншому вікні після перегляду. Нічого не імпортовано; закрийте те вікно й перегляньте джерело знову.
said-mend-first = { $what }. Спершу виправте це; докладніше — у панелі «Проблеми».
said-no-take-back = У цьому проєкті немає імпорту, який можна скасувати.
said-nothing-taken-back = { $what } Імпорт не скасовано.
said-changed-since-import = { $file } змінили після імпорту ({ $when }); скасування стерло б цю правку.
said-open-in-window = { $file } відкрито у вікні. Спершу закрийте його там.
said-unsaved-there = Над { $article } є незбережена робота. Відкрийте статтю у вікні, і вона відновиться.
said-made-since = { $file } створено після імпорту, і він стосується статті, яка зникла б. Спершу приберіть його.
said-old-damaged = { $file } пошкоджено: попереднього вмісту { $path } у ньому більше немає.
said-record-damaged = { $file } зберігає записане останнім імпортом і не читається ({ $what }). Без нього імпорт не скасувати.
said-nothing-to-export = У проєкті поки немає розмітки — експортувати нічого.
said-none-of-status = Розмітки в такому стані немає — експортувати нічого.
said-no-gold = У проєкті немає еталона. Виберіть розмітника або спершу зведіть розмітку.
said-nothing-of = Розмітки «{ $name }» немає. Є: { $names }.
said-no-label-in-schema = У схемі немає виду позначок «{ $label }».
said-exported-moved = { $file }: текст { $article } змінився після розмітки; у { $n } із { $n2 } слова вже інші. Експортовано з попередніми словами.
said-not-exported = { $what }. Нічого не експортовано; спершу виправте це.
said-not-exported-about = { $what }. Цього стосується { $file }; нічого не експортовано, спершу виправте.
said-target-folder = { $path } — тека, а записати треба файл. Назвіть файл у ній.
said-target-file = { $path } — файл, а записати треба теку. Виберіть іншу назву.
said-target-there = { $path } вже є. Виберіть іншу назву або дозвольте записати поверх.
said-could-not-read-mapping = не читається таблиця назв { $file }: { $what }. { $more }
said-no-mapping = рядок { $n }, стовпець { $n2 }: { $what }. Таблиця назв виглядає так: (labels: …)
said-empty-name = назва веде до порожньої. Щоб пропустити, напишіть None
said-could-not-read-cure = не вдалося прочитати { $file }: { $what }. { $more }
said-could-not-write-cure = не вдалося записати { $file }: { $what }. { $more }
said-could-not-remove-cure = не вдалося прибрати { $file }: { $what }. { $more }
said-could-not-read = не вдалося прочитати { $file }: { $what }
said-could-not-write = не вдалося записати { $file }: { $what }
said-os-not-found = такого файлу чи теки немає
said-os-denied = немає прав доступу
said-os-full = на диску немає місця
said-os-read-only = диск лише для читання
said-os-is-folder = це тека
said-os-no-folder = це не тека
said-cure-rights = Там у вас немає на це прав: змініть права на файл і теку або виберіть іншу теку.
said-cure-full = Диск заповнено: звільніть місце й повторіть; те, що на диску, не постраждало.
said-cure-read-only = Диск лише для читання: скопіюйте проєкт на інший.
said-cure-moved = Перевірте, чи не перенесли його й чи не перейменували.
said-cure-there = Така назва вже зайнята: виберіть іншу.
said-cure-folder = На місці файлу стоїть тека або навпаки: приберіть її.
said-cure-name = Назва задовга або недопустима на цьому диску: виберіть іншу.
said-cure-disk = Перевірте, чи диск на місці й чи справний, і повторіть.
said-json-expected = очікувалося значення
said-json-eof = текст обривається посередині
said-json-trailing = зайві знаки в кінці
said-take-version = розмічено інший варіант статті: із { $n } { $n ->
    [one] позначки
    [few] позначок
   *[many] позначок
} на попередньому місці { $n2 }, знайшлися в іншому { $n3 }, не знайшлися { $n4 }. Візьміть той самий текст
said-take-there = { $file } вже є з іншим вмістом і лишається; замінити його може командний рядок: --replace { $whose }
said-take-unsaved = тут є незбережена робота { $whose } над цією статтею; відкрийте її у вікні
said-take-meanwhile = файл тим часом з’явився або змінився й лишається
said-take-nobody = не вказано, чия це розмітка
said-take-no-article = { $what } Спершу додайте цю статтю до проєкту
said-schema-label = там є вид позначок «{ $label }», якого немає в цьому проєкті
said-schema-fields = поля виду «{ $label }» різняться: { $names }
said-schema-lacks = там немає виду позначок «{ $label }»
said-schema-relation = там є зв’язок «{ $label }», якого немає в цьому проєкті
said-schema-name = схема там зветься «{ $name }», хоча види позначок і поля ті самі
said-file-not-there = файлу немає. Перевірте, чи не перенесли його й чи не перейменували, або поверніть із резервної копії
said-file-not-read = файл не читається: { $what }. { $more }
said-file-not-utf8 = звідси текст не в UTF-8. Збережіть файл у UTF-8 або поверніть із резервної копії
said-file-cut = файл обривається посередині. Допишіть його або поверніть із резервної копії
said-path-bad = «{ $path }» не годиться як назва всередині проєкту: { $what }
said-path-relative = шлях має йти від теки проєкту, зі знаком «/» між кроками
said-path-leaves = «..» виводить за межі проєкту
said-path-step = один із кроків порожній
said-path-hidden = назви з крапкою на початку приховані, і проєкт не знайшов би файлу
said-path-name = назва задовга або містить знаки, дозволені не всюди, наприклад : або ?
said-article-ending = назви статей закінчуються на .{ $endings }. Перейменуйте її в джерелі.
said-no-start = немає місця в тексті
said-spacy-span-tokens = у позначці немає слів
said-spacy-span = позначка групи не читається
said-spacy-group = група позначок не читається: { $what }
said-spacy-huge = у розпакованому вигляді понад { $n } байт: із { $n2 } байт розмітки стільки не буває
said-parquet-deep = вкладеність стовпця «{ $name }» понад { $n }
said-no-value = у «{ $name }» ({ $kind }) немає значення
said-should-be = файл не в { $encoding }, хоча мав би бути
said-list-of-tasks = список завдань [ … ] або завдання
said-task-no-object = завдання — не об’єкт
said-qda-root = кореневий елемент — «{ $root }», а не `Project` чи `CodeBook`
said-relation-of-two = { $what } — не зв’язок двох аргументів
said-no-attribute = «{ $id }» — не ознака
said-names-no-trigger = у «{ $id }» не названо тригера
said-role-without-target = у «{ $id }» є роль без цілі
said-no-relation = «{ $id }» — не зв’язок двох аргументів
said-no-reference = «{ $id }» — не посилання виду `БАЗА:ЗАПИС`
said-note-on-nothing = «{ $id }» — нотатка ні до чого
said-conf-attribute = ознака «{ $name }» не каже, чого стосується
said-conf-argument = «{ $name }» — не аргумент виду `ІМ’Я:ТИП`
said-json-at = { $what } (рядок { $n }, стовпець { $n2 })
said-json-huge = значення довше за 1 ГіБ — такі не приймаються
said-json-key = ключ має бути рядком
said-csv-huge = рядок довший за 128 МіБ — такі не приймаються; можливо, не закрито лапки
said-could-not-begin = не вдалося почати читання { $file }: { $what }
said-expected-tasks = потрібен список завдань [ … ] або завдання
said-json-expected-thing = очікувалося: { $thing }

# Чого формат не передає і що з цим станеться.
export-loss = { $what } { $fate }
loss-discontinuous-spans = { $n ->
    [one] { $n } позначка із кількох частин
    [few] { $n } позначки з кількох частин
   *[many] { $n } позначок із кількох частин
}
loss-values-of-fields = { $n ->
    [one] { $n } значення поля
    [few] { $n } значення полів
   *[many] { $n } значень полів
}
loss-relations = { $n ->
    [one] { $n } зв’язок
    [few] { $n } зв’язки
   *[many] { $n } зв’язків
}
loss-notes = { $n ->
    [one] { $n } нотатка
    [few] { $n } нотатки
   *[many] { $n } нотаток
}
loss-values-of-articles-fields = { $n ->
    [one] { $n } значення поля статті
    [few] { $n } значення полів статей
   *[many] { $n } значень полів статей
}
loss-values-of-relations-fields = { $n ->
    [one] { $n } значення поля зв’язку
    [few] { $n } значення полів зв’язків
   *[many] { $n } значень полів зв’язків
}
loss-spans-without-any-token = { $n ->
    [one] { $n } позначка без жодного слова
    [few] { $n } позначки без жодного слова
   *[many] { $n } позначок без жодного слова
}
loss-spans-without-a-token = { $n ->
    [one] { $n } позначка без слова
    [few] { $n } позначки без слів
   *[many] { $n } позначок без слів
}
loss-spans-that-begin-or-end-inside-a-token = { $n ->
    [one] { $n } позначка із краєм усередині слова
    [few] { $n } позначки з краєм усередині слова
   *[many] { $n } позначок із краєм усередині слова
}
loss-spans-that-begin-or-end-inside-a-token-or-on-white-space = { $n ->
    [one] { $n } позначка із краєм усередині слова чи на пробілі
    [few] { $n } позначки з краєм усередині слова чи на пробілі
   *[many] { $n } позначок із краєм усередині слова чи на пробілі
}
loss-spans-that-begin-or-end-on-white-space = { $n ->
    [one] { $n } позначка із краєм на пробілі
    [few] { $n } позначки з краєм на пробілі
   *[many] { $n } позначок із краєм на пробілі
}
loss-relations-to-spans-that-are-not-there = { $n ->
    [one] { $n } зв’язок із відсутньою позначкою
    [few] { $n } зв’язки з відсутніми позначками
   *[many] { $n } зв’язків із відсутніми позначками
}
loss-relations-of-missing-spans = { $n ->
    [one] { $n } зв’язок відсутньої позначки
    [few] { $n } зв’язки відсутніх позначок
   *[many] { $n } зв’язків відсутніх позначок
}
loss-relations-without-both-ends = { $n ->
    [one] { $n } зв’язок без одного з кінців
    [few] { $n } зв’язки без одного з кінців
   *[many] { $n } зв’язків без одного з кінців
}
loss-fields = { $n ->
    [one] { $n } поле
    [few] { $n } поля
   *[many] { $n } полів
}
loss-articles-texts = { $n ->
    [one] { $n } текст статті
    [few] { $n } тексти статей
   *[many] { $n } текстів статей
}
loss-values-of-the-header = { $n ->
    [one] { $n } значення з шапки статті
    [few] { $n } значення із шапок статей
   *[many] { $n } значень із шапок статей
}
loss-spans-that-overlap-others = { $n ->
    [one] { $n } позначка, що перетинається з іншими,
    [few] { $n } позначки, що перетинаються з іншими,
   *[many] { $n } позначок, що перетинаються з іншими,
}
loss-spans-past-the-end-of-their-texts = { $n ->
    [one] { $n } позначка за кінцем тексту
    [few] { $n } позначки за кінцем тексту
   *[many] { $n } позначок за кінцем тексту
}
loss-spans-in-a-text-without-words = { $n ->
    [one] { $n } позначка в тексті без слів
    [few] { $n } позначки в тексті без слів
   *[many] { $n } позначок у тексті без слів
}
loss-spans-with-an-id-that-another-has = { $n ->
    [one] { $n } позначка із тим самим id, що в іншої,
    [few] { $n } позначки з тими самими id, що в інших,
   *[many] { $n } позначок із тими самими id, що в інших,
}
loss-spans-without-an-issue = { $n ->
    [one] { $n } позначка без теми
    [few] { $n } позначки без теми
   *[many] { $n } позначок без теми
}
loss-statements-of-nobody-in-particular = { $n ->
    [one] { $n } висловлювання невідомо чиє
    [few] { $n } висловлювання невідомо чиї
   *[many] { $n } висловлювань невідомо чиїх
}
loss-stances-that-are-neither-for-nor-against = { $n ->
    [one] { $n } позиція ні «за», ні «проти»
    [few] { $n } позиції ні «за», ні «проти»
   *[many] { $n } позицій ні «за», ні «проти»
}
loss-ids-of-spans = { $n ->
    [one] { $n } id позначки
    [few] { $n } id позначок
   *[many] { $n } id позначок
}
loss-span-ids = { $n ->
    [one] { $n } id позначки
    [few] { $n } id позначок
   *[many] { $n } id позначок
}
loss-lists-of-holders-or-issues = { $n ->
    [one] { $n } список сторін або тем
    [few] { $n } списки сторін або тем
   *[many] { $n } списків сторін або тем
}
loss-spans-that-quote-other-words-than-their-articles-have-now = { $n ->
    [one] { $n } позначка, чиїх слів у статті на цьому місці вже немає,
    [few] { $n } позначки, чиїх слів у статті на цьому місці вже немає,
   *[many] { $n } позначок, чиїх слів у статті на цьому місці вже немає,
}
loss-spans-whose-edges-the-unit-cannot-say = { $n ->
    [one] { $n } позначка, чиї краї не виразити в цих одиницях,
    [few] { $n } позначки, чиї краї не виразити в цих одиницях,
   *[many] { $n } позначок, чиї краї не виразити в цих одиницях,
}
loss-spans-with-an-edge-inside-a-character = { $n ->
    [one] { $n } позначка із краєм усередині знака
    [few] { $n } позначки з краєм усередині знака
   *[many] { $n } позначок із краєм усередині знака
}
loss-control-characters-of-texts = { $n ->
    [one] { $n } керівний символ у тексті
    [few] { $n } керівні символи в текстах
   *[many] { $n } керівних символів у текстах
}
loss-values-that-brat-has-no-place-for = { $n ->
    [one] { $n } значення, якому в brat немає місця,
    [few] { $n } значення, яким у brat немає місця,
   *[many] { $n } значень, яким у brat немає місця,
}
loss-spans-that-are-empty-overlap-themselves-or-leave-the-text = { $n ->
    [one] { $n } позначка, яка порожня, накриває сама себе чи виходить за текст,
    [few] { $n } позначки, які порожні, накривають самі себе чи виходять за текст,
   *[many] { $n } позначок, які порожні, накривають самі себе чи виходять за текст,
}
loss-notes-and-values-that-are-no-plain-text-number-yes-or-link = { $n ->
    [one] { $n } нотатка чи значення, яке не просто текст, число, «так» чи посилання,
    [few] { $n } нотатки чи значення, які не просто текст, число, «так» чи посилання,
   *[many] { $n } нотаток і значень, які не просто текст, число, «так» чи посилання,
}
fate-left-out = { $n ->
    [one] не ввійде
   *[other] не ввійдуть
}
fate-left-out-export-into-a-folder-to-have-them = { $n ->
    [one] не ввійде; ввійде в разі експорту в теку
   *[other] не ввійдуть; ввійдуть у разі експорту в теку
}
fate-left-out-as-one-cell-cannot-hold-them = { $n ->
    [one] не ввійде: в одну клітинку не вміститься
   *[other] не ввійдуть: в одну клітинку не вмістяться
}
fate-left-out-reading-gives-fresh-ones = { $n ->
    [one] не ввійде; під час читання буде новий
   *[other] не ввійдуть; під час читання будуть нові
}
fate-left-out-as-they-are-no-statements = { $n ->
    [one] не ввійде: це не висловлювання
   *[other] не ввійдуть: це не висловлювання
}
fate-left-out-as-the-schema-has-no-such-field = { $n ->
    [one] не ввійде: такого поля немає в схемі
   *[other] не ввійдуть: таких полів немає в схемі
}
fate-left-out-as-doccano-needs-their-names = { $n ->
    [one] не ввійде: його ім’я зайняла сама doccano
   *[other] не ввійдуть: їхні імена зайняла сама doccano
}
fate-become-one-span-from-the-first-part-to-the-last = { $n ->
    [one] стане однією позначкою від першої частини до останньої
   *[other] стануть суцільними, від першої частини до останньої
}
fate-become-one-annotation-from-the-first-part-to-the-last-of-whi = { $n ->
    [one] стане суцільною, від першої частини до останньої; частини прочитає лише Postil
   *[other] стануть суцільними, від першої частини до останньої; частини прочитає лише Postil
}
fate-become-one-selection-from-the-first-part-to-the-last-of-whic = { $n ->
    [one] стане суцільною, від першої частини до останньої; частини прочитає лише Postil
   *[other] стануть суцільними, від першої частини до останньої; частини прочитає лише Postil
}
fate-become-one-place-from-the-first-part-to-the-last = { $n ->
    [one] стане суцільною, від першої частини до останньої
   *[other] стануть суцільними, від першої частини до останньої
}
fate-become-one-span-from-the-first-part-to-the-last-postil-reads = { $n ->
    [one] стане суцільною; частини Postil прочитає з окремої ознаки
   *[other] стануть суцільними; частини Postil прочитає з окремої ознаки
}
fate-become-one-span-from-the-first-part-to-the-last-exact-in-doc = { $n ->
    [one] стане суцільною; точні місця — у doc.user_data["postil"]
   *[other] стануть суцільними; точні місця — у doc.user_data["postil"]
}
fate-become-a-region-for-each-part-which-only-postil-joins-again = { $n ->
    [one] розпадеться на ділянки за частинами; з’єднає їх лише Postil
   *[other] розпадуться на ділянки за частинами; з’єднає їх лише Postil
}
fate-are-shown-from-the-first-part-to-the-last-the-parts-stay-in = { $n ->
    [one] буде показано суцільною; частини лишаться в ключі, якого Prodigy не читає
   *[other] буде показано суцільними; частини лишаться в ключі, якого Prodigy не читає
}
fate-become-u-fffd = { $n ->
    [one] стане знаком U+FFFD
   *[other] стануть знаками U+FFFD
}
fate-take-in-the-whole-character = { $n ->
    [one] захопить знак цілком
   *[other] захоплять знак цілком
}
fate-begin-and-end-with-whole-tokens = { $n ->
    [one] розтягнеться до цілих слів
   *[other] розтягнуться до цілих слів
}
fate-begin-and-end-with-a-token-postil-reads-the-places-back-from = { $n ->
    [one] розтягнеться до цілих слів; точні місця Postil прочитає з окремої ознаки
   *[other] розтягнуться до цілих слів; точні місця Postil прочитає з окремої ознаки
}
fate-stretched-to-whole-tokens-exact-in-doc-user-data-postil = { $n ->
    [one] розтягнеться до цілих слів; точні місця — у doc.user_data["postil"]
   *[other] розтягнуться до цілих слів; точні місця — у doc.user_data["postil"]
}
fate-have-the-tokens-they-touch = { $n ->
    [one] дістане слова, яких торкається
   *[other] дістануть слова, яких торкаються
}
fate-have-no-token-start-and-token-end = { $n ->
    [one] лишиться без token_start і token_end
   *[other] лишаться без token_start і token_end
}
fate-in-doc-user-data-postil-alone = { $n ->
    [one] буде лише в doc.user_data["postil"]
   *[other] будуть лише в doc.user_data["postil"]
}
fate-in-doc-spans-sc-not-among-doc-ents-which-cannot-overlap = { $n ->
    [one] увійде в doc.spans["sc"]: у doc.ents перетинів не буває
   *[other] увійдуть у doc.spans["sc"]: у doc.ents перетинів не буває
}
fate-written-with-an-empty-agreement = { $n ->
    [one] запишеться без знака згоди
   *[other] запишуться без знака згоди
}
fate-written-without-an-actor-and-in-no-network = { $n ->
    [one] запишеться без сторони й не потрапить до мереж
   *[other] запишуться без сторони й не потраплять до мереж
}
fate-written-but-brat-refuses-the-line = { $n ->
    [one] запишеться, але brat такого рядка не прийме
   *[other] запишуться, але brat таких рядків не прийме
}
fate-written-as-json-into-notes-which-postil-reads-back-and-brat = { $n ->
    [one] запишеться в нотатку як JSON: Postil прочитає, brat лише покаже
   *[other] запишуться в нотатки як JSON: Postil прочитає, brat лише покаже
}
fate-written-as-json-into-a-feature-which-postil-reads-back = { $n ->
    [one] запишеться як JSON: назад прочитає Postil
   *[other] запишуться як JSON: назад прочитає Postil
}
fate-stand-as-json-in-bodies-of-their-annotations-which-only-post = { $n ->
    [one] буде в тілі анотації як JSON, зрозумілий лише Postil
   *[other] будуть у тілах анотацій як JSON, зрозумілий лише Postil
}
fate-stand-as-json-in-descriptions-of-selections-which-only-posti = { $n ->
    [one] буде в описі виділення як JSON для Postil; варіанти й терміни стануть і кодами, записи реєстру — і випадками
   *[other] будуть в описах виділень як JSON для Postil; варіанти й терміни стануть і кодами, записи реєстру — і випадками
}
fate-numbered-anew-as-doccano-s-are-whole-numbers = { $n ->
    [one] стане іншим: у doccano це цілі числа
   *[other] стануть іншими: у doccano це цілі числа
}
fate-keep-code-points = { $n ->
    [one] лишиться в кодових позиціях
   *[other] лишаться в кодових позиціях
}
fate-in-stances-csv-without-what-has-no-column-there = { $n ->
    [one] буде в stances.csv без того, для чого там немає стовпця
   *[other] будуть у stances.csv без того, для чого там немає стовпця
}
fate-get-the-words-of-the-article = { $n ->
    [one] дістане слова зі статті
   *[other] дістануть слова зі статті
}
fate-get-fresh-ids = { $n ->
    [one] дістане новий id
   *[other] дістануть нові id
}

# Что находит проверка: `finding-` и имя правила, с его же значениями; `fix-` и имя правила — как это исправить.

# Files. $detail is in English in every language: it comes from reading the file.
finding-file-missing = Файл { $file } не найден ({ $detail }). Верните его или исправьте путь в postil.ron.
finding-file-unreadable = Файл { $file } не читается ({ $detail }). Откройте к нему доступ или подключите диск, на котором он лежит.
finding-ron-malformed = В файле { $file } нарушена запись ({ $detail }). Проверьте, не пропущена ли там скобка, запятая или кавычка.
finding-file-misshapen = Файл { $file } устроен не так, как положено ({ $detail }). Исправьте указанное место.
finding-format-too-new = Файл { $file } записан более новой версией Postil ({ $detail }). Обновите Postil, чтобы его открыть.
finding-format-unknown = В файле { $file } не указан известный формат ({ $detail }). Впишите номер формата, как в других файлах.
finding-not-text = Файл { $file } — не обычный текст ({ $detail }). Сохраните его как обычный текст, лучше в UTF-8, и добавьте снова.
finding-article-missing = { $spans ->
    [one] Статьи { $article }, к которой относится { $spans } метка этого файла, нет в проекте. Верните статью или исправьте «article» в файле.
    [few] Статьи { $article }, к которой относятся { $spans } метки этого файла, нет в проекте. Верните статью или исправьте «article» в файле.
   *[many] Статьи { $article }, к которой относятся { $spans } меток этого файла, нет в проекте. Верните статью или исправьте «article» в файле.
}
finding-orphaned-annotations = Здесь разметку статьи { $article } никто не найдёт: её ищут в { $expected }. Перенесите файл или исправьте в нём «article».
finding-annotator-differs = В файле указан разметчик { $annotator }, а лежит файл в папке { $folder }. Перенесите его или исправьте в нём «annotator».
finding-annotator-unknown = Разметка { $annotator } есть, а в postil.ron такого разметчика нет. Допишите имя в «annotators» или уберите папку.
finding-two-files-for-one-article = У разметчика { $annotator } есть ещё один файл по статье { $article }: { $other }. Сравните их и оставьте один.
finding-not-assigned = Статья { $article } поручена другим: { $assigned }, а размечена под именем { $annotator }. Измените поручение в postil.ron или уберите этот файл.
finding-assignment-unknown = { $thing ->
    [article] В поручениях названа статья { $name }, которой нет в проекте. Исправьте имя в postil.ron.
   *[annotator] В поручениях назван разметчик { $name }, которого нет в списке проекта. Исправьте имя в postil.ron.
}
finding-rule-unknown = В postil.ron настроено правило { $name }, но такого правила нет. Исправьте код или уберите запись.
finding-done-but-incomplete = { $status ->
    [reviewed] Статья отмечена как проверенная, но обязательные поля не заполнены: { $unset }. Заполните их или верните прежний статус.
   *[done] Статья отмечена как готовая, но обязательные поля не заполнены: { $unset }. Заполните их или верните прежний статус.
}
finding-bytes-undecodable = Байтов статьи, которые не подходят к кодировке { $encoding }: { $count }. Выберите верную кодировку, прежде чем размечать дальше.

# Places in the text.
finding-fingerprint-differs = Текст статьи { $article } изменился с тех пор, как её размечали (было знаков: { $then }, стало: { $now }). Верните прежний текст или просмотрите метки и сохраните.
finding-surface-differs = Метка должна стоять на «{ $surface }», а в статье на этом месте «{ $there }». Перенесите её на свои слова или уберите.
finding-offsets-out-of-range = Метка выходит за конец статьи (место { $start }–{ $end }, а всего знаков { $length }). Выделите слова заново или уберите метку.
finding-inside-grapheme = «{ $surface }»: граница метки проходит внутри одного знака. Захватите знак целиком.
finding-empty-span = Метка на месте { $start } ничего не охватывает. Выделите её слова или уберите метку.
finding-blank-span = Метка на месте { $start }–{ $end } охватывает одни пробелы. Выделите её слова или уберите метку.
finding-white-space-edge = «{ $surface }»: с краю метки лишний пробел или перевод строки ({ $signs }). Уберите его из метки.
finding-parts-out-of-order = Части метки идут не в порядке текста: { $parts }. Поставьте более раннюю первой.
finding-parts-overlap = Части метки накладываются друг на друга: { $parts }. Объедините их.
finding-empty-part = Одна из частей метки ничего не охватывает: { $parts }. Уберите её.
finding-crosses-paragraph = «{ $surface }»: метка переходит через конец абзаца. Сделайте из неё две метки или одну из двух частей.
finding-invisible-edge = «{ $surface }»: с краю метки стоит невидимый знак ({ $signs }). Уберите его из метки.
finding-cuts-word = «{ $surface }»: граница метки проходит внутри слова. Захватите слово целиком, если не имели в виду его часть.
finding-fingerprint-missing = В файле не указано, к какому тексту статьи { $article } он относится. Просмотрите метки и сохраните.
finding-stretch-out-of-range = { $path }: отрывок выходит за конец статьи (в ней знаков: { $length }). Выделите слова заново или очистите поле.
finding-stretch-empty = { $path }: отрывок ничего не охватывает. Выделите слова или очистите поле.
finding-stretch-inside-grapheme = { $path }: граница отрывка проходит внутри одного знака. Захватите знак целиком.

# Ids and duplicates.
finding-duplicate-span-id = У двух меток один и тот же id { $span }; одна из них стоит на «{ $surface }». Дайте одной из них другой id.
finding-duplicate-relation-id = У двух связей один и тот же id { $relation }. Дайте одной из них другой id.
finding-id-blank = { $thing ->
    [relation] У связи { $surface } нет id. Впишите его в файл, например r1.
   *[span] У метки «{ $surface }» нет id. Впишите его в файл, например s1.
}
finding-duplicate-span = Метка «{ $surface }» ({ $label }) поставлена дважды и говорит одно и то же. Уберите копию.
finding-same-label-twice = На «{ $surface }» две метки «{ $label }» с разными полями. Сделайте из них одну, если не нужны обе.
finding-duplicate-relation = Связь «{ $label }» между этими метками проведена дважды и говорит одно и то же. Уберите копию.

# Fields.
finding-unknown-label = «{ $surface }»: вида метки «{ $label }» нет в схеме. Выберите другой или добавьте этот в схему.
finding-unknown-field = { $path }: поле заполнено, но в схеме его нет. Исправьте имя или добавьте поле в схему.
finding-unknown-choice = { $path }: «{ $value }» не подходит, такого варианта нет. Выберите один из этих: { $choices }.
finding-wrong-type = { $path }: «{ $value }» не подходит к этому полю. Заполните поле заново.
finding-wrong-shape = { $path }: записан список вместо одного значения или наоборот. Нажмите «Исправить» или заполните поле заново.
finding-too-few = { $path }: значений мало ({ $count }), нужно не меньше { $min }. Добавьте недостающие.
finding-too-many = { $path }: значений слишком много ({ $count }), можно не больше { $max }. Уберите лишние.
finding-required-unset = { $path }: поле обязательное, но не заполнено. Заполните его.
finding-required-when-unset = { $path }: поле не заполнено, хотя при таком значении другого поля это нужно. Заполните его или измените другое поле.
finding-field-unset = { $path }: поле не заполнено. Оно не обязательное; заполните, если в статье об этом сказано.
finding-number-out-of-bounds = { $path }: число { $value } меньше или больше, чем разрешает схема. Исправьте его.
finding-number-not-whole = { $path }: { $value } — не целое число. Напишите целое.
finding-date-malformed = { $path }: «{ $value }» — не дата. Напишите её так: 2026-01-21, 2026-01 или 2026.
finding-blank-text = { $path }: в поле пустой текст. Заполните его или очистите.
finding-repeated-value = { $path }: здесь то же, что и в «{ $first }». Уберите одно из двух.

# Links and relations.
finding-dangling-link = { $path }: ссылка ведёт к метке, которой больше нет ({ $target }). Выберите другую метку или очистите поле.
finding-wrong-link-label = { $path }: ссылка ведёт к метке вида «{ $label }», а подходят только такие: { $allowed }. Выберите другую метку.
finding-self-link = { $path }: метка ссылается на саму себя. Выберите другую метку или очистите поле.
finding-unknown-entity = { $path }: в реестре нет записи «{ $value }». Выберите запись или добавьте эту.
finding-wrong-entity-kind = { $path }: запись «{ $value }» относится к виду «{ $kind }», а подходят только такие: { $allowed }. Выберите другую запись.
finding-unknown-term = { $path }: в кодификаторе нет термина «{ $value }». Выберите термин или добавьте этот.
finding-retired-term = { $path }: термин «{ $value }» больше не используется, вместо него: { $successors }. Выберите подходящий.
finding-term-outside-branch = { $path }: термин «{ $value }» не относится к ветви «{ $branch }». Выберите термин из неё.
finding-unknown-relation = Связи «{ $label }» нет в схеме. Выберите другой вид связи или добавьте этот в схему.
finding-dangling-relation = У связи «{ $label }» больше нет одной из её меток ({ $missing }). Выберите другую метку или уберите связь.
finding-self-relation = Связь «{ $label }» ведёт от метки к ней же самой. Выберите другую метку или уберите связь.
finding-wrong-relation-ends = Связь «{ $label }» не может вести от «{ $from }» к «{ $to }»: схема этого не разрешает. Разверните её, выберите другую метку или смените вид связи.
finding-cyclic-via = { $path }: этот источник уже есть в цепочке, на месте «{ $first }». Никто не передаёт самого себя; исправьте цепочку.
finding-cyclic-links = Ссылки меток идут по кругу: { $chain }. Очистите ту, что неверна.

# What positions and claims mean.
finding-stance-unset = { $path }: за или против? Пока не выбрано. Выберите; «неясно» — тоже ответ.
finding-holder-absent = { $path }: пока никто не указан. Укажите, чьё это; если в статье не сказано, выберите «подразумевается», «автор» или «неизвестно».
finding-holder-unnamed = { $path }: выбрано, что носитель назван, но не указано кто. Выберите метку или запись реестра либо измените это поле.
finding-holder-contradicts = { $path }: выбрано «неизвестно», но при этом указано, кто это. Измените это поле или очистите имя.
finding-contradictory-stances = { $stance ->
    [for] { $actor }: здесь за, а в другой метке ({ $other }) против. Вопрос: { $issue }. Проверьте обе; если позиция сменилась, отметьте это в поле состояния.
   *[against] { $actor }: здесь против, а в другой метке ({ $other }) за. Вопрос: { $issue }. Проверьте обе; если позиция сменилась, отметьте это в поле состояния.
}
finding-issue-twice = { $path }: вопрос «{ $issue }» уже есть в «{ $first }», но с другим ответом. Оставьте один; если нужно, выберите «и за, и против» или «при условии».
finding-kind-differs = { $path }: здесь «{ $kind }», а в реестре у записи «{ $entity }» — «{ $registered }». Возьмите вид из реестра; для того, что слова называют буквально, есть своё поле.

# Overlap and consistency.
finding-spans-overlap = «{ $surface }» ({ $label }) накладывается на другую метку ({ $other_label }), а схема этого не разрешает. Укоротите одну из них.
finding-spans-cross = «{ $surface }» ({ $label }) пересекается с другой меткой ({ $other_label }), а одна должна целиком лежать внутри другой. Сдвиньте границу.
finding-tagged-differently = «{ $surface }» здесь размечено как { $tag } (× { $times }), а в других местах как { $usual } (× { $usual_times }). Проверьте, нужно ли и то и другое.
finding-untagged-here = «{ $surface }» в других местах размечено как «{ $label }» (× { $tagged }), а здесь нет (всего таких мест: { $untagged }). Поставьте метку и здесь, если смысл тот же.

# The project's lists.
finding-schema-name-twice = Имя { $name } дано в схеме дважды ({ $owner }). Переименуйте одно из двух.
finding-schema-key-twice = Клавиша { $key } назначена в схеме дважды ({ $owner }). Назначьте одному из двух другую.
finding-schema-bounds = { $what ->
    [count] Значений в поле «{ $field }» должно быть не меньше { $min } и не больше { $max }: так не бывает. Исправьте схему.
   *[number] Число в поле «{ $field }» должно быть не меньше { $min } и не больше { $max }: так не бывает. Исправьте схему.
}
finding-schema-when-unknown = Поле «{ $field }» обязательно при условии «{ $missing }», но такого поля или значения рядом нет. Исправьте «required_when» в схеме.
finding-schema-label-unknown = В схеме упомянут вид метки «{ $label }» ({ $owner }), но такого в ней нет. Исправьте имя или добавьте этот вид.
finding-schema-term-unknown = Поле «{ $field }» принимает термины из ветви «{ $term }», но в кодификаторе её нет. Исправьте имя или добавьте термин.
finding-schema-no-choices = В поле «{ $field }» не из чего выбирать. Добавьте варианты в схему или сделайте поле текстовым.
finding-term-cycle = Термин «{ $term }» подчинён сам себе: { $chain }. Исправьте в кодификаторе одного из родителей.
finding-term-parent-missing = Термин «{ $term }» подчинён термину «{ $parent }», которого нет в кодификаторе. Исправьте родителя или добавьте такой термин.
finding-term-successor-missing = Термин «{ $term }» заменён на «{ $successor }», которого нет в кодификаторе. Исправьте «replaced_by» или добавьте такой термин.
finding-term-successor-cycle = Термин «{ $term }» в итоге заменён самим собой: { $chain }. Уберите в кодификаторе одно из «replaced_by».
finding-names-shared = Записи реестра { $entity } и { $other } носят одно имя: «{ $shared }». Если это одно и то же, объедините их; если нет, уточните имена.
finding-affiliation-unknown = Запись реестра { $entity } относится к записи { $to }, но в реестре её нет. Исправьте id или добавьте эту запись.
finding-affiliation-dates = Неверно указано, с какого по какой день запись { $entity } относится к { $to }. Пишите дни так: 2026-01-21, первый раньше последнего.
finding-wikidata-malformed = «{ $wikidata }» у записи реестра { $entity } — не номер Викиданных; они выглядят так: Q30. Исправьте его или уберите.
finding-wikidata-shared = У записей реестра { $entity } и { $other } один номер Викиданных: { $shared }. Объедините их или исправьте один из номеров.
finding-entity-unreferenced = Запись реестра «{ $name }» ({ $entity }) нигде в разметке не используется. Оставьте её на будущее или уберите.

# What the fixes do.
fix-surface-differs = Перенести метку на её слова
fix-offsets-out-of-range = Перенести метку на её слова
fix-inside-grapheme = Захватить крайние знаки целиком
fix-white-space-edge = Убрать пробелы по краям метки
fix-parts-out-of-order = Расставить части в порядке текста
fix-parts-overlap = Объединить части, которые накладываются
fix-empty-part = Убрать пустую часть
fix-invisible-edge = Убрать невидимые знаки по краям метки
fix-cuts-word = Захватить слова целиком
fix-stretch-empty = Очистить поле
fix-stretch-inside-grapheme = Захватить крайние знаки целиком
fix-duplicate-span-id = Дать метке свой id
fix-duplicate-relation-id = Дать связи свой id
fix-duplicate-span = Убрать копию
fix-duplicate-relation = Убрать копию
fix-unknown-label = Записать вид метки как в схеме
fix-unknown-choice = Записать слово как в схеме
fix-wrong-type = Записать значение в нужном виде
fix-wrong-shape = Привести значение к нужному виду
fix-number-not-whole = Записать целым числом
fix-date-malformed = Записать дату как год-месяц-день
fix-blank-text = Очистить поле
fix-repeated-value = Убрать повтор
fix-dangling-link = Очистить поле
fix-self-link = Очистить поле
fix-unknown-entity = Записать id как в реестре
fix-unknown-term = Записать id как в кодификаторе
fix-retired-term = Взять термин, который его заменил
fix-unknown-relation = Записать вид связи как в схеме
fix-dangling-relation = Убрать связь
fix-self-relation = Убрать связь
fix-wrong-relation-ends = Развернуть связь

# At the head of a rule's page.
rule-fix-none = Само не исправится: решать человеку.
rule-fix-offered = Исправление предлагается на выбор; без вас оно не делается.
rule-fix-safe = Есть исправление, при котором ничего не теряется.

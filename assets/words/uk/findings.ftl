# Що знаходить перевірка: `finding-` та ім’я правила, з його ж значеннями; `fix-` та ім’я правила — як це виправити.

# Files. $detail is in English in every language: it comes from reading the file.
finding-file-missing = Файл { $file } не знайдено ({ $detail }). Поверніть його або виправте шлях у postil.ron.
finding-file-unreadable = Файл { $file } не читається ({ $detail }). Відкрийте до нього доступ або під’єднайте диск, на якому він лежить.
finding-ron-malformed = У файлі { $file } порушено запис ({ $detail }). Перевірте, чи не пропущено там дужку, кому або лапки.
finding-file-misshapen = Файл { $file } побудовано не так, як належить ({ $detail }). Виправте вказане місце.
finding-format-too-new = Файл { $file } записала новіша версія Postil ({ $detail }). Оновіть Postil, щоб його відкрити.
finding-format-unknown = У файлі { $file } не вказано відомого формату ({ $detail }). Впишіть номер формату, як в інших файлах.
finding-not-text = Файл { $file } — не звичайний текст ({ $detail }). Збережіть його як звичайний текст, найкраще в UTF-8, і додайте знову.
finding-article-missing = { $spans ->
    [one] Статті { $article }, до якої належить { $spans } позначка цього файлу, немає у проєкті. Поверніть статтю або виправте «article» у файлі.
    [few] Статті { $article }, до якої належать { $spans } позначки цього файлу, немає у проєкті. Поверніть статтю або виправте «article» у файлі.
   *[many] Статті { $article }, до якої належать { $spans } позначок цього файлу, немає у проєкті. Поверніть статтю або виправте «article» у файлі.
}
finding-orphaned-annotations = Тут розмітку статті { $article } ніхто не знайде: її шукають у { $expected }. Перенесіть файл або виправте в ньому «article».
finding-annotator-differs = У файлі вказано розмітника { $annotator }, а лежить файл у теці { $folder }. Перенесіть його або виправте в ньому «annotator».
finding-annotator-unknown = Розмітка { $annotator } є, а в postil.ron такого розмітника немає. Допишіть ім’я до «annotators» або приберіть теку.
finding-two-files-for-one-article = У розмітника { $annotator } є ще один файл для статті { $article }: { $other }. Порівняйте їх і залиште один.
finding-not-assigned = Статтю { $article } доручено іншим: { $assigned }, а розмічено її під ім’ям { $annotator }. Змініть доручення в postil.ron або приберіть цей файл.
finding-assignment-unknown = { $thing ->
    [article] У дорученнях названо статтю { $name }, якої немає у проєкті. Виправте ім’я в postil.ron.
   *[annotator] У дорученнях названо розмітника { $name }, якого немає у списку проєкту. Виправте ім’я в postil.ron.
}
finding-rule-unknown = У postil.ron налаштовано правило { $name }, але такого правила немає. Виправте код або приберіть запис.
finding-done-but-incomplete = { $status ->
    [reviewed] Статтю позначено як перевірену, але обов’язкові поля не заповнено: { $unset }. Заповніть їх або поверніть попередній статус.
   *[done] Статтю позначено як готову, але обов’язкові поля не заповнено: { $unset }. Заповніть їх або поверніть попередній статус.
}
finding-bytes-undecodable = Байтів статті, які не підходять до кодування { $encoding }: { $count }. Виберіть правильне кодування, перш ніж розмічати далі.

# Places in the text.
finding-fingerprint-differs = Текст статті { $article } змінився відтоді, як її розмічали (було знаків: { $then }, стало: { $now }). Поверніть попередній текст або перегляньте позначки й збережіть.
finding-surface-differs = Позначка має стояти на «{ $surface }», а у статті на цьому місці «{ $there }». Перенесіть її на свої слова або приберіть.
finding-offsets-out-of-range = Позначка виходить за кінець статті (місце { $start }–{ $end }, а всього знаків { $length }). Виділіть слова наново або приберіть позначку.
finding-inside-grapheme = «{ $surface }»: межа позначки проходить усередині одного знака. Захопіть знак повністю.
finding-empty-span = Позначка на місці { $start } нічого не охоплює. Виділіть її слова або приберіть позначку.
finding-blank-span = Позначка на місці { $start }–{ $end } охоплює самі пробіли. Виділіть її слова або приберіть позначку.
finding-white-space-edge = «{ $surface }»: скраю позначки зайвий пробіл або перехід на новий рядок ({ $signs }). Приберіть його з позначки.
finding-parts-out-of-order = Частини позначки йдуть не в порядку тексту: { $parts }. Поставте ранішу першою.
finding-parts-overlap = Частини позначки накладаються одна на одну: { $parts }. Об’єднайте їх.
finding-empty-part = Одна з частин позначки нічого не охоплює: { $parts }. Приберіть її.
finding-crosses-paragraph = «{ $surface }»: позначка переходить через кінець абзацу. Зробіть із неї дві позначки або одну з двох частин.
finding-invisible-edge = «{ $surface }»: скраю позначки стоїть невидимий знак ({ $signs }). Приберіть його з позначки.
finding-cuts-word = «{ $surface }»: межа позначки проходить усередині слова. Захопіть слово повністю, якщо не мали на увазі його частину.
finding-fingerprint-missing = У файлі не вказано, якого тексту статті { $article } він стосується. Перегляньте позначки й збережіть.
finding-stretch-out-of-range = { $path }: уривок виходить за кінець статті (у ній знаків: { $length }). Виділіть слова наново або очистьте поле.
finding-stretch-empty = { $path }: уривок нічого не охоплює. Виділіть слова або очистьте поле.
finding-stretch-inside-grapheme = { $path }: межа уривка проходить усередині одного знака. Захопіть знак повністю.

# Ids and duplicates.
finding-duplicate-span-id = Дві позначки мають той самий id { $span }; одна з них стоїть на «{ $surface }». Дайте одній із них інший id.
finding-duplicate-relation-id = Два зв’язки мають той самий id { $relation }. Дайте одному з них інший id.
finding-id-blank = { $thing ->
    [relation] Зв’язок { $surface } не має id. Впишіть його у файл, наприклад r1.
   *[span] Позначка «{ $surface }» не має id. Впишіть його у файл, наприклад s1.
}
finding-duplicate-span = Позначку «{ $surface }» ({ $label }) поставлено двічі, і каже вона те саме. Приберіть копію.
finding-same-label-twice = На «{ $surface }» дві позначки «{ $label }» з різними полями. Зробіть із них одну, якщо не потрібні обидві.
finding-duplicate-relation = Зв’язок «{ $label }» між цими позначками проведено двічі, і каже він те саме. Приберіть копію.

# Fields.
finding-unknown-label = «{ $surface }»: виду позначки «{ $label }» немає у схемі. Виберіть інший або додайте цей до схеми.
finding-unknown-field = { $path }: поле заповнено, але у схемі його немає. Виправте ім’я або додайте поле до схеми.
finding-unknown-choice = { $path }: «{ $value }» не підходить, такого варіанта немає. Виберіть один із цих: { $choices }.
finding-wrong-type = { $path }: «{ $value }» не пасує до цього поля. Заповніть поле наново.
finding-wrong-shape = { $path }: записано список замість одного значення або навпаки. Натисніть «Виправити» або заповніть поле наново.
finding-too-few = { $path }: значень замало ({ $count }), потрібно щонайменше { $min }. Додайте ті, яких бракує.
finding-too-many = { $path }: значень забагато ({ $count }), можна щонайбільше { $max }. Приберіть зайві.
finding-required-unset = { $path }: поле обов’язкове, але не заповнене. Заповніть його.
finding-required-when-unset = { $path }: поле не заповнено, хоча за такого значення іншого поля це потрібно. Заповніть його або змініть інше поле.
finding-field-unset = { $path }: поле не заповнено. Воно не обов’язкове; заповніть, якщо у статті про це сказано.
finding-number-out-of-bounds = { $path }: число { $value } менше або більше, ніж дозволяє схема. Виправте його.
finding-number-not-whole = { $path }: { $value } — не ціле число. Напишіть ціле.
finding-date-malformed = { $path }: «{ $value }» — не дата. Напишіть її так: 2026-01-21, 2026-01 або 2026.
finding-blank-text = { $path }: у полі порожній текст. Заповніть його або очистьте.
finding-repeated-value = { $path }: тут те саме, що й у «{ $first }». Приберіть одне з двох.

# Links and relations.
finding-dangling-link = { $path }: посилання веде до позначки, якої більше немає ({ $target }). Виберіть іншу позначку або очистьте поле.
finding-wrong-link-label = { $path }: посилання веде до позначки виду «{ $label }», а підходять лише такі: { $allowed }. Виберіть іншу позначку.
finding-self-link = { $path }: позначка посилається на саму себе. Виберіть іншу позначку або очистьте поле.
finding-unknown-entity = { $path }: у реєстрі немає запису «{ $value }». Виберіть запис або додайте цей.
finding-wrong-entity-kind = { $path }: запис «{ $value }» належить до виду «{ $kind }», а підходять лише такі: { $allowed }. Виберіть інший запис.
finding-unknown-term = { $path }: у кодифікаторі немає терміна «{ $value }». Виберіть термін або додайте цей.
finding-retired-term = { $path }: термін «{ $value }» більше не вживають, замість нього: { $successors }. Виберіть той, що підходить.
finding-term-outside-branch = { $path }: термін «{ $value }» не належить до гілки «{ $branch }». Виберіть термін із неї.
finding-unknown-relation = Зв’язку «{ $label }» немає у схемі. Виберіть інший вид зв’язку або додайте цей до схеми.
finding-dangling-relation = Зв’язок «{ $label }» втратив одну зі своїх позначок ({ $missing }). Виберіть іншу позначку або приберіть зв’язок.
finding-self-relation = Зв’язок «{ $label }» веде від позначки до неї ж самої. Виберіть іншу позначку або приберіть зв’язок.
finding-wrong-relation-ends = Зв’язок «{ $label }» не може вести від «{ $from }» до «{ $to }»: схема цього не дозволяє. Розверніть його, виберіть іншу позначку або змініть вид зв’язку.
finding-cyclic-via = { $path }: це джерело вже є в ланцюжку, на місці «{ $first }». Ніхто не передає самого себе; виправте ланцюжок.
finding-cyclic-links = Посилання позначок ідуть по колу: { $chain }. Очистьте те, що хибне.

# What positions and claims mean.
finding-stance-unset = { $path }: за чи проти? Поки не вибрано. Виберіть; «незрозуміло» — теж відповідь.
finding-holder-absent = { $path }: поки нікого не вказано. Укажіть, чиє це; якщо у статті не сказано, виберіть «мається на увазі», «автор» або «невідомо».
finding-holder-unnamed = { $path }: вибрано, що носія названо, але не вказано кого. Виберіть позначку чи запис реєстру або змініть це поле.
finding-holder-contradicts = { $path }: вибрано «невідомо», але водночас указано, хто це. Змініть це поле або очистьте ім’я.
finding-contradictory-stances = { $stance ->
    [for] { $actor }: тут за, а в іншій позначці ({ $other }) проти. Питання: { $issue }. Перевірте обидві; якщо позиція змінилася, зазначте це в полі стану.
   *[against] { $actor }: тут проти, а в іншій позначці ({ $other }) за. Питання: { $issue }. Перевірте обидві; якщо позиція змінилася, зазначте це в полі стану.
}
finding-issue-twice = { $path }: питання «{ $issue }» вже є в «{ $first }», але з іншою відповіддю. Залиште одну; якщо треба, виберіть «і за, і проти» або «за умови».
finding-kind-differs = { $path }: тут «{ $kind }», а в реєстрі запис «{ $entity }» має «{ $registered }». Візьміть вид із реєстру; для того, що слова називають буквально, є окреме поле.

# Overlap and consistency.
finding-spans-overlap = «{ $surface }» ({ $label }) накладається на іншу позначку ({ $other_label }), а схема цього не дозволяє. Скоротіть одну з них.
finding-spans-cross = «{ $surface }» ({ $label }) перетинається з іншою позначкою ({ $other_label }), а одна має повністю лежати всередині іншої. Зсуньте межу.
finding-tagged-differently = «{ $surface }» тут розмічено як { $tag } (× { $times }), а в інших місцях як { $usual } (× { $usual_times }). Перевірте, чи потрібне і те, і те.
finding-untagged-here = «{ $surface }» в інших місцях розмічено як «{ $label }» (× { $tagged }), а тут ні (усього таких місць: { $untagged }). Поставте позначку й тут, якщо зміст той самий.

# The project's lists.
finding-schema-name-twice = Ім’я { $name } дано у схемі двічі ({ $owner }). Перейменуйте одне з двох.
finding-schema-key-twice = Клавішу { $key } призначено у схемі двічі ({ $owner }). Призначте одному з двох іншу.
finding-schema-bounds = { $what ->
    [count] Значень у полі «{ $field }» має бути щонайменше { $min } і щонайбільше { $max }: так не буває. Виправте схему.
   *[number] Число в полі «{ $field }» має бути щонайменше { $min } і щонайбільше { $max }: так не буває. Виправте схему.
}
finding-schema-when-unknown = Поле «{ $field }» обов’язкове за умови «{ $missing }», але такого поля чи значення поряд немає. Виправте «required_when» у схемі.
finding-schema-label-unknown = У схемі згадано вид позначки «{ $label }» ({ $owner }), але такого в ній немає. Виправте ім’я або додайте цей вид.
finding-schema-term-unknown = Поле «{ $field }» приймає терміни з гілки «{ $term }», але в кодифікаторі її немає. Виправте ім’я або додайте термін.
finding-schema-no-choices = У полі «{ $field }» немає з чого вибирати. Додайте варіанти до схеми або зробіть поле текстовим.
finding-term-cycle = Термін «{ $term }» підпорядкований сам собі: { $chain }. Виправте в кодифікаторі одного з батьків.
finding-term-parent-missing = Термін «{ $term }» підпорядкований терміну «{ $parent }», якого немає в кодифікаторі. Виправте батьківський термін або додайте його.
finding-term-successor-missing = Термін «{ $term }» замінено на «{ $successor }», якого немає в кодифікаторі. Виправте «replaced_by» або додайте такий термін.
finding-term-successor-cycle = Термін «{ $term }» зрештою замінено самим собою: { $chain }. Приберіть у кодифікаторі одне з «replaced_by».
finding-names-shared = Записи реєстру { $entity } та { $other } мають одне ім’я: «{ $shared }». Якщо це те саме, об’єднайте їх; якщо ні, уточніть імена.
finding-affiliation-unknown = Запис реєстру { $entity } належить до запису { $to }, але в реєстрі його немає. Виправте id або додайте цей запис.
finding-affiliation-dates = Неправильно вказано, з якого по який день запис { $entity } належить до { $to }. Пишіть дні так: 2026-01-21, перший раніше за останній.
finding-wikidata-malformed = «{ $wikidata }» у записі реєстру { $entity } — не номер Вікіданих; вони виглядають так: Q30. Виправте його або приберіть.
finding-wikidata-shared = Записи реєстру { $entity } та { $other } мають один номер Вікіданих: { $shared }. Об’єднайте їх або виправте один із номерів.
finding-entity-unreferenced = Запис реєстру «{ $name }» ({ $entity }) ніде в розмітці не використано. Залиште його на майбутнє або приберіть.

# What the fixes do.
fix-surface-differs = Перенести позначку на її слова
fix-offsets-out-of-range = Перенести позначку на її слова
fix-inside-grapheme = Захопити крайні знаки повністю
fix-white-space-edge = Прибрати пробіли з країв позначки
fix-parts-out-of-order = Розставити частини в порядку тексту
fix-parts-overlap = Об’єднати частини, які накладаються
fix-empty-part = Прибрати порожню частину
fix-invisible-edge = Прибрати невидимі знаки з країв позначки
fix-cuts-word = Захопити слова повністю
fix-stretch-empty = Очистити поле
fix-stretch-inside-grapheme = Захопити крайні знаки повністю
fix-duplicate-span-id = Дати позначці власний id
fix-duplicate-relation-id = Дати зв’язку власний id
fix-duplicate-span = Прибрати копію
fix-duplicate-relation = Прибрати копію
fix-unknown-label = Записати вид позначки як у схемі
fix-unknown-choice = Записати слово як у схемі
fix-wrong-type = Записати значення в потрібному вигляді
fix-wrong-shape = Звести значення до потрібного вигляду
fix-number-not-whole = Записати цілим числом
fix-date-malformed = Записати дату як рік-місяць-день
fix-blank-text = Очистити поле
fix-repeated-value = Прибрати повтор
fix-dangling-link = Очистити поле
fix-self-link = Очистити поле
fix-unknown-entity = Записати id як у реєстрі
fix-unknown-term = Записати id як у кодифікаторі
fix-retired-term = Узяти термін, який його замінив
fix-unknown-relation = Записати вид зв’язку як у схемі
fix-dangling-relation = Прибрати зв’язок
fix-self-relation = Прибрати зв’язок
fix-wrong-relation-ends = Розвернути зв’язок

# At the head of a rule's page.
rule-fix-none = Саме не виправиться: вирішувати людині.
rule-fix-offered = Виправлення пропонується на вибір; без вас його не буде зроблено.
rule-fix-safe = Є виправлення, за якого нічого не втрачається.

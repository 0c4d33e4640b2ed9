# Comparing, agreement, adjudication, threads, assignments.
group-review = Звірка
command-show-review = Звірка: розпозначка всіх поруч
command-show-overview = Огляд проєкту
command-show-own-work = Моя робота та еталон
command-review-rules = Вирішити багато одразу…
command-review-people = Чию розпозначку звіряти…
command-toggle-underlines = Розпозначка доріжками чи підкресленням
review-as-lanes = Доріжки
review-as-underlines = Підкреслення
review-shown-as = Як показано розпозначку
review-line-alike = однаково
review-line-gold = еталон
command-next-difference = Наступна розбіжність
command-previous-difference = Попередня розбіжність
command-next-aspect = Наступний рядок картки
command-previous-aspect = Попередній рядок картки
command-take-union = Межі, що охоплюють усі варіанти
command-take-intersection = Межі, спільні для всіх варіантів
command-nothing-here = Тут нема чого розмічати
command-reject = Відхилити, вказавши причину…
command-reject-again = Відхилити з тієї самої причини
command-edit-own = Правити еталонну позначку вручну
command-accept-pieces = Вирішити за вибраними частинами
command-reopen = Скасувати це рішення
command-show-comments = Коментарі до статті
command-comment-here = Коментар до позначки чи статті
command-next-comment = Наступний відкритий коментар
command-previous-comment = Попередній відкритий коментар
command-resolve-comment = Позначити коментар вирішеним або повернутися до нього
command-show-project-comments = Коментарі в усьому проєкті
command-write-comment = Написати коментар
command-bring-in-work = Прийняти чужу роботу…
command-bring-in-work-hint = Тека або zip із файлами іншого розмітника; усе перевіряється до запису
command-export-package = Вивантажити пакет для звірки…
command-export-package-hint = Zip зі статтями, списками та розпозначкою вибраних людей — для звірки іншою людиною
command-take-union-short = Об’єднання
command-take-intersection-short = Перетин
command-nothing-here-short = Нічого немає
command-reject-short = Відхилити
command-edit-own-short = Правити
command-accept-pieces-short = Вирішити
command-reopen-short = Повернути
page-article = Стаття
page-review = Звірка
page-overview = Огляд
review-text = Стаття з розпозначкою всіх
review-agreed = усі згодні
review-decided = вирішено
review-list = Розбіжності
review-none = Вирішувати нема чого: усі, хто розмічав статтю, сказали те саме.
review-all-decided = Усе вирішено.
review-then-rule = { $key } — прийняти до еталона те, у чому всі згодні ({ $n }).
review-then-done = { $key } — позначити статтю як готову й відкрити наступну.
review-none-left = З такими фільтрами нічого не лишилося. Позначте «і вирішені», щоб побачити ухвалені рішення.
review-count = Відкрито { $open } із { $all }
review-filter-kind = Вид розбіжності
review-filter-label = Вид позначки
review-filter-who = Хто розходиться
review-filter-decided = і вирішені
review-any-kind = Будь-яка розбіжність
review-any-label = Будь-який вид
review-anyone = Будь-хто
review-kind-only = лише в декого
review-kind-borders = межі
review-kind-label = вид позначки
review-kind-fields = поля
review-kind-relations = зв’язок
review-kind-agreed = усі згодні
review-only = лише { $who }
review-open = відкрито
review-again = нове після рішення
review-taken = в еталоні
review-rejected = відхилено
review-nothing = нічого немає
review-by-hand = в еталоні, внесено вручну
review-by-rule = за правилом
review-how-take = узято в
review-how-union = об’єднання
review-how-intersection = перетин
review-how-mix = зібрано з
review-how-own = власне
review-how-reject = відхилено
review-how-nothing = нема чого розмічати
review-how-unanimous = одностайно
review-how-majority = більшістю
review-how-trusted = на довірі
review-progress = Вирішено { $done } із { $all }
review-choose = Виберіть розбіжність: N — до наступної.
review-article-field = Стаття: { $title }
review-nobody = Цю статтю ще ніхто не розмічав, звіряти нема чого. Прийміть чужу роботу або відкрийте іншу статтю.
review-reading = Читається розпозначка. Файлів: { $done } з { $all }
review-comparing = Звіряється розпозначка: { $spans ->
    [one] { $spans } позначка
    [few] { $spans } позначки
   *[many] { $spans } позначок
}, { $people ->
    [one] { $people } людина
    [few] { $people } людини
   *[many] { $people } людей
}…
review-no-people = нікого
review-alike = Усі вказали: { $fields }
review-aspect-label = Вид позначки
review-aspect-borders = Межі
review-marked-nothing = нічого немає
review-new-version = нове
review-unset = не вказано
review-reason = Чому це неправильно?
review-reason-hint = Пояснення розмітникам; Enter — відхилити
review-gold-badge = ★
review-all-agree = Усі згодні: { $n }; ще не в еталоні: { $left }
review-end-edit = Назад до картки
review-people-title = Чию розпозначку звіряти
review-people-about = Усі, хто розмічав цю статтю. Якщо вибрано одну людину, її позначки можна прийняти, змінити або відхилити.
review-people-choose = Звірити
review-rules-title = Вирішити багато одразу
review-rules-about = Дві позначки однакові, якщо збігаються слова, вид і поля. Ваші власні рішення зберігаються. Одне скасування поверне все назад.
review-rule-unanimous = Те, що вказали всі
review-rule-majority = Те, що вказала більш ніж половина
review-rule-trusted = Те, що вказав(ла) { $who }
review-rules-counts = До еталона: позначок — { $taken }, зв’язків — { $relations }. Лишається вам: { $open }. Уже вирішено: { $kept }.
review-rules-preview = Що потрапить до еталона
review-rules-apply = Внести до еталона
notice-reanchored = { $who }: розпозначку зроблено за іншою версією тексту; знайдено знову: { $moved }, не знайдено: { $lost }
notice-marked-nothing = { $who }: тут нічого не позначено
notice-nothing-in-common = У позначок немає спільного тексту, перетину немає
notice-nothing-chosen = Спершу виберіть частину: стрілка веде до рядка, цифра бере варіант цієї людини
notice-all-decided = Усе в цьому списку вирішено
notice-stopped = Зупинено, нічого не змінилося
notice-rule-applied = { $n ->
    [one] До еталона внесено { $n } позначку
    [few] До еталона внесено { $n } позначки
   *[other] До еталона внесено { $n } позначок
}
step-adjudicate = Рішення про «{ $about }»
step-reopen = Скасування рішення про «{ $about }»
review-aspect-whole = Цілком
review-digit-hint = Узяти цей варіант
review-relation = зв’язок «{ $title }»
review-no-relation = зв’язку немає
notice-end-not-in-gold = Одного з кінців цього зв’язку ще немає в еталоні; спершу вирішіть щодо позначки
overview-progress = Перебіг роботи
overview-agreement = Згода
overview-by-label = За видами позначок
overview-confusion = Плутанина
overview-over-time = За часом
overview-outliers = Викиди
overview-assignments = Призначення
overview-refresh = Прочитати знову
overview-reading = Читання: { $done } із { $all }
overview-faults = Не прочитано файлів: { $n }
overview-annotator = Розмітник
overview-article = Стаття
overview-nothing = нічого
overview-one-annotator = Для згоди потрібні два розмітники; другого поки немає.
overview-f1-overlap = F1, те саме місце й вид
overview-f1-overlap-about = Позначки про те саме з тим самим видом, за будь-яких меж: подвоєна кількість пар до кількості всіх позначок обох, за статтями, які розмітили обоє.
overview-f1-exact = F1, точні межі
overview-f1-exact-about = Позначки з тими самими межами й видом: подвоєна кількість пар до кількості всіх позначок обох.
overview-f1-equal = F1, повний збіг
overview-f1-equal-about = Позначки, у яких збігаються межі, вид і всі поля: подвоєна кількість пар до кількості всіх позначок обох.
overview-measure = Міра
overview-label = Вид позначки
overview-all-labels = Усі види
overview-rows = Рядки
overview-columns = Стовпці
overview-export = Зберегти:
overview-export-as = Зберегти як { $format }
overview-export-file = Файл
overview-export-there = Такий файл уже є; виберіть інше ім’я
overview-export-write = Записати
overview-found = { $a } і { $b } розходяться в місцях: { $n }
overview-found-none = Таких місць немає.
overview-found-list = Місця
overview-close = Закрити список
overview-outliers-about = Хто або що відстоїть від решти більше ніж на 2,5 робастних стандартних відхилення (медіана та MAD).
overview-outlying-people = Розмітники
overview-outlying-articles = Статті
overview-too-few = Менше чотирьох значень: сказати, що вибивається, не можна.
overview-no-outliers = Ніщо не вибивається.
overview-outlier = { $name }: { $value } (відхилень: { $score })
overview-blind = Наосліп, доки не готово
overview-blind-about = Приховує чужу розпозначку статті від тих, хто ще не позначив її готовою. Файли не закрито: їх просто не показує це вікно.
overview-each = Розмітників на статтю
overview-seed = Зерно
overview-deal = Роздати порівну
overview-keep = призначене лишити
overview-keep-about = У кого стаття вже є, у того вона й лишиться; роздається тільки те, чого бракує.
overview-person = Новий розмітник
overview-add-person = Додати
overview-everyone = Усе всім
overview-save = Зберегти
overview-unsaved = ще не збережено
overview-loads = Статей у кожного: { $loads }
notice-chart-written = Записано: { $file }
notice-chart-not-written = Не вдалося записати { $file }: { $why }
overview-own-work = Моя робота та еталон
own-work-no-gold = Еталона ще немає: у цьому проєкті нічого не вирішено.
own-work-nothing = Нічого не змінено.
own-work-kept = Збережено як є: { $n }
fate-kept = Збережено
fate-changed = Змінено
fate-rejected = Відхилено
fate-absent = Немає в еталоні
fate-added = Додано в еталоні
talk-title = Коментарі
talk-article = про статтю ({ $n })
talk-about-article = Стаття загалом
talk-about-place = Про це місце
talk-about-selection = Про виділене: «{ $words }»
talk-answering = Відповідь: { $who }
talk-hint = { $key } — писати; @ім’я — покликати; Enter — сказати
talk-answer = Відповісти
talk-resolve = Вирішено
talk-reopen = Повернутися до цього
talk-resolved = вирішено
talk-reopened = знову відкрито
talk-open = відкрито
talk-filter-open = Відкриті: { $n }
talk-filter-mentions = Звернені до мене: { $n }
talk-filter-unread = Непрочитані: { $n }
talk-filter-all = Усі: { $n }
talk-filter-none = Таких коментарів немає.
overview-comments = Коментарі
overview-no-comments = У цьому проєкті ніхто ще нічого не сказав.
talk-unread = не прочитано
talk-none = Про цю статтю ніхто нічого не сказав. { $key } — написати коментар про вибране місце.
talk-tab = Коментарі ({ $n })
talk-tab-unread = , нових: { $n }
comment-mark-open = { $n ->
    [one] { $n } коментар, останній — { $who }
    [few] { $n } коментарі, останній — { $who }
   *[other] { $n } коментарів, останній — { $who }
}
comment-mark-resolved = { $n ->
    [one] { $n } коментар, останній — { $who }, вирішено
    [few] { $n } коментарі, останній — { $who }, вирішено
   *[other] { $n } коментарів, останній — { $who }, вирішено
}
notice-no-comments = Про цю статтю ніхто нічого не сказав.
notice-no-thread-here = Тут немає коментаря, який можна позначити вирішеним
notice-thread-resolved = Коментар позначено вирішеним
notice-thread-reopened = Коментар знову відкрито
review-hidden = Проєкт розмічають наосліп: чужа розпозначка відкриється, коли ви позначите свою роботу над статтею готовою ({ $key } у статті).
incoming-title = Прийняти чужу роботу
incoming-look = Переглянути
incoming-take = Прийняти
incoming-counts = Нових файлів: { $new } · уже є: { $same } · коментарів: { $comments } · не ввійдуть: { $left }
incoming-unknown = { $kind ->
    [label] Цей проєкт не знає виду «{ $name }» ({ $n })
    [field] Цей проєкт не знає поля «{ $name }» ({ $n })
    [entity] У реєстрі немає запису «{ $name }» ({ $n })
    [term] У кодифікаторі немає терміна «{ $name }» ({ $n })
   *[relation] Цей проєкт не знає зв’язку «{ $name }» ({ $n })
}
incoming-schema = Розпозначку зроблено за іншою схемою:
working-looking = Читається надіслане
working-taking-in = Приймається розпозначка
working-packing = Збирається пакет
working-deciding = З’ясовується, що вирішить правило
working-steps = Файлів: { $done } з { $all }
package-title = Пакет для звірки
package-about = Zip, який сам є проєктом: статті, списки та розпозначка вибраних людей. Те, що повернеться, приймають командою «Прийняти чужу роботу».
package-whose = Чия розпозначка
package-comments = з коментарями
notice-brought-in = Прийнято: файлів розпозначки — { $n }, коментарів — { $comments }
overview-kappa = κ Коена, за словами
overview-kappa-about = Згода щодо кожного слова понад випадкову; для всіх видів порівнюють набір видів на слові (Cohen 1960). Інтервали 95 % за статтями.
overview-alpha = α Криппендорфа, за словами
overview-alpha-about = Згода щодо кожного слова понад випадкову, номінальна шкала (Krippendorff 2004).
overview-alpha-u = α Криппендорфа для відрізків
overview-alpha-u-about = Згода щодо того, де позначки починаються й закінчуються, понад випадкову.
overview-gamma = γ (Mathet та ін.)
overview-gamma-about = Згода щодо місця й виду разом, понад випадкову (Mathet, Widlöcher, Métivier 2015). Рахується довше.
overview-frames = F1 «хто чого хоче»
overview-frames-about = Хто, тема і ставлення разом, за будь-яких меж.
overview-measuring = Підрахунок: { $done } із { $all }

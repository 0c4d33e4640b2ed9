# Comparing, agreement, adjudication, threads, assignments.
group-review = Сверка
command-show-review = Сверка: разметка всех рядом
command-show-overview = Обзор проекта
command-show-own-work = Моя работа и эталон
command-review-rules = Решить многое сразу…
command-review-people = Чью разметку сверять…
command-toggle-underlines = Разметка дорожками или подчёркиванием
review-as-lanes = Дорожки
review-as-underlines = Подчёркивание
review-shown-as = Как показана разметка
review-line-alike = одинаково
review-line-gold = эталон
command-next-difference = Следующее расхождение
command-previous-difference = Предыдущее расхождение
command-next-aspect = Следующая строка карточки
command-previous-aspect = Предыдущая строка карточки
command-take-union = Границы, охватывающие все варианты
command-take-intersection = Границы, общие для всех вариантов
command-nothing-here = Здесь нечего размечать
command-reject = Отклонить, указав причину…
command-reject-again = Отклонить по той же причине
command-edit-own = Править эталонную метку вручную
command-accept-pieces = Решить по выбранным частям
command-reopen = Отменить это решение
command-show-comments = Комментарии к статье
command-comment-here = Комментарий к метке или статье
command-next-comment = Следующий открытый комментарий
command-previous-comment = Предыдущий открытый комментарий
command-resolve-comment = Отметить комментарий решённым или вернуться к нему
command-show-project-comments = Комментарии во всём проекте
command-write-comment = Написать комментарий
command-bring-in-work = Принять чужую работу…
command-bring-in-work-hint = Папка или zip с файлами другого разметчика; всё проверяется до записи
command-export-package = Выгрузить пакет для сверки…
command-export-package-hint = Zip со статьями, списками и разметкой выбранных людей — для сверки другим человеком
command-take-union-short = Объединение
command-take-intersection-short = Пересечение
command-nothing-here-short = Ничего нет
command-reject-short = Отклонить
command-edit-own-short = Править
command-accept-pieces-short = Решить
command-reopen-short = Вернуть
page-article = Статья
page-review = Сверка
page-overview = Обзор
review-text = Статья с разметкой всех
review-agreed = все согласны
review-decided = решено
review-list = Расхождения
review-none = Решать нечего: все, кто размечал статью, сказали одно и то же.
review-all-decided = Всё решено.
review-then-rule = { $key } — принять в эталон то, в чём все согласны ({ $n }).
review-then-done = { $key } — отметить статью как готовую и открыть следующую.
review-none-left = С такими фильтрами ничего не осталось. Отметьте «и решённые», чтобы увидеть принятые решения.
review-count = Открыто { $open } из { $all }
review-filter-kind = Вид расхождения
review-filter-label = Вид метки
review-filter-who = Кто расходится
review-filter-decided = и решённые
review-any-kind = Любое расхождение
review-any-label = Любой вид
review-anyone = Кто угодно
review-kind-only = только у некоторых
review-kind-borders = границы
review-kind-label = вид метки
review-kind-fields = поля
review-kind-relations = связь
review-kind-agreed = все согласны
review-only = только { $who }
review-open = открыто
review-again = новое после решения
review-taken = в эталоне
review-rejected = отклонено
review-nothing = ничего нет
review-by-hand = в эталоне, внесено вручную
review-by-rule = по правилу
review-how-take = взято у
review-how-union = объединение
review-how-intersection = пересечение
review-how-mix = собрано из
review-how-own = своё
review-how-reject = отклонено
review-how-nothing = нечего размечать
review-how-unanimous = единогласно
review-how-majority = большинством
review-how-trusted = на доверии
review-progress = Решено { $done } из { $all }
review-choose = Выберите расхождение: N — к следующему.
review-article-field = Статья: { $title }
review-nobody = Эту статью ещё никто не размечал, сверять нечего. Примите чужую работу или откройте другую статью.
review-reading = Читается разметка. Файлов: { $done } из { $all }
review-comparing = Сверяется разметка: { $spans ->
    [one] { $spans } метка
    [few] { $spans } метки
   *[many] { $spans } меток
}, { $people ->
    [one] { $people } человек
    [few] { $people } человека
   *[many] { $people } человек
}…
review-no-people = никого
review-alike = Все указали: { $fields }
review-aspect-label = Вид метки
review-aspect-borders = Границы
review-marked-nothing = ничего нет
review-new-version = новое
review-unset = не указано
review-reason = Почему это неверно?
review-reason-hint = Пояснение разметчикам; Enter — отклонить
review-gold-badge = ★
review-all-agree = Все согласны: { $n }; ещё не в эталоне: { $left }
review-end-edit = Назад к карточке
review-people-title = Чью разметку сверять
review-people-about = Все, кто размечал эту статью. Если выбран один человек, его метки можно принять, изменить или отклонить.
review-people-choose = Сверить
review-rules-title = Решить многое сразу
review-rules-about = Две метки одинаковы, если совпадают слова, вид и поля. Ваши собственные решения сохраняются. Одна отмена вернёт всё назад.
review-rule-unanimous = То, что указали все
review-rule-majority = То, что указали больше половины
review-rule-trusted = То, что указал(а) { $who }
review-rules-counts = В эталон: меток — { $taken }, связей — { $relations }. Остаётся вам: { $open }. Уже решено: { $kept }.
review-rules-preview = Что попадёт в эталон
review-rules-apply = Внести в эталон
notice-reanchored = { $who }: разметка сделана по другой версии текста; найдено заново: { $moved }, не найдено: { $lost }
notice-marked-nothing = { $who }: здесь ничего не отмечено
notice-nothing-in-common = У меток нет общего текста, пересечения нет
notice-nothing-chosen = Сначала выберите часть: стрелка ведёт к строке, цифра берёт вариант этого человека
notice-all-decided = Всё в этом списке решено
notice-stopped = Остановлено, ничего не изменилось
notice-rule-applied = { $n ->
    [one] В эталон внесена { $n } метка
    [few] В эталон внесены { $n } метки
   *[other] В эталон внесено { $n } меток
}
step-adjudicate = Решение о «{ $about }»
step-reopen = Отмена решения о «{ $about }»
review-aspect-whole = Целиком
review-digit-hint = Взять этот вариант
review-relation = связь «{ $title }»
review-no-relation = связи нет
notice-end-not-in-gold = Одного из концов этой связи ещё нет в эталоне; сначала решите о метке
overview-progress = Ход работы
overview-agreement = Согласие
overview-by-label = По видам меток
overview-confusion = Путаница
overview-over-time = По времени
overview-outliers = Выбросы
overview-assignments = Назначения
overview-refresh = Прочитать заново
overview-reading = Чтение: { $done } из { $all }
overview-faults = Не прочитано файлов: { $n }
overview-annotator = Разметчик
overview-article = Статья
overview-nothing = ничего
overview-one-annotator = Для согласия нужны два разметчика; второго пока нет.
overview-f1-overlap = F1, то же место и вид
overview-f1-overlap-about = Метки о том же с тем же видом, при любых границах: удвоенное число пар к числу всех меток обоих, по статьям, которые разметили оба.
overview-f1-exact = F1, точные границы
overview-f1-exact-about = Метки с теми же границами и видом: удвоенное число пар к числу всех меток обоих.
overview-f1-equal = F1, полное совпадение
overview-f1-equal-about = Метки, у которых совпадают границы, вид и все поля: удвоенное число пар к числу всех меток обоих.
overview-measure = Мера
overview-label = Вид метки
overview-all-labels = Все виды
overview-rows = Строки
overview-columns = Столбцы
overview-export = Сохранить:
overview-export-as = Сохранить как { $format }
overview-export-file = Файл
overview-export-there = Такой файл уже есть; выберите другое имя
overview-export-write = Записать
overview-found = { $a } и { $b } расходятся в местах: { $n }
overview-found-none = Таких мест нет.
overview-found-list = Места
overview-close = Закрыть список
overview-outliers-about = Кто или что отстоит от остальных больше чем на 2,5 робастных стандартных отклонения (медиана и MAD).
overview-outlying-people = Разметчики
overview-outlying-articles = Статьи
overview-too-few = Меньше четырёх значений: сказать, что выбивается, нельзя.
overview-no-outliers = Ничто не выбивается.
overview-outlier = { $name }: { $value } (отклонений: { $score })
overview-blind = Вслепую, пока не готово
overview-blind-about = Скрывает чужую разметку статьи от тех, кто ещё не отметил её готовой. Файлы не закрыты: их просто не показывает это окно.
overview-each = Разметчиков на статью
overview-seed = Зерно
overview-deal = Раздать поровну
overview-keep = назначенное оставить
overview-keep-about = У кого статья уже есть, у того она и останется; раздаётся только недостающее.
overview-person = Новый разметчик
overview-add-person = Добавить
overview-everyone = Всё всем
overview-save = Сохранить
overview-unsaved = ещё не сохранено
overview-loads = Статей у каждого: { $loads }
notice-chart-written = Записано: { $file }
notice-chart-not-written = Не удалось записать { $file }: { $why }
overview-own-work = Моя работа и эталон
own-work-no-gold = Эталона ещё нет: в этом проекте ничего не решено.
own-work-nothing = Ничего не изменено.
own-work-kept = Сохранено как есть: { $n }
fate-kept = Сохранено
fate-changed = Изменено
fate-rejected = Отклонено
fate-absent = Нет в эталоне
fate-added = Добавлено в эталоне
talk-title = Комментарии
talk-article = о статье ({ $n })
talk-about-article = Статья в целом
talk-about-place = Об этом месте
talk-about-selection = О выделенном: «{ $words }»
talk-answering = Ответ: { $who }
talk-hint = { $key } — писать; @имя — позвать; Enter — сказать
talk-answer = Ответить
talk-resolve = Решено
talk-reopen = Вернуться к этому
talk-resolved = решено
talk-reopened = снова открыто
talk-open = открыто
talk-filter-open = Открытые: { $n }
talk-filter-mentions = Обращённые ко мне: { $n }
talk-filter-unread = Непрочитанные: { $n }
talk-filter-all = Все: { $n }
talk-filter-none = Таких комментариев нет.
overview-comments = Комментарии
overview-no-comments = В этом проекте никто ещё ничего не сказал.
talk-unread = не прочитано
talk-none = Об этой статье никто ничего не сказал. { $key } — написать комментарий о выбранном месте.
talk-tab = Комментарии ({ $n })
talk-tab-unread = , новых: { $n }
comment-mark-open = { $n ->
    [one] { $n } комментарий, последний — { $who }
    [few] { $n } комментария, последний — { $who }
   *[other] { $n } комментариев, последний — { $who }
}
comment-mark-resolved = { $n ->
    [one] { $n } комментарий, последний — { $who }, решено
    [few] { $n } комментария, последний — { $who }, решено
   *[other] { $n } комментариев, последний — { $who }, решено
}
notice-no-comments = Об этой статье никто ничего не сказал.
notice-no-thread-here = Здесь нет комментария, который можно отметить решённым
notice-thread-resolved = Комментарий отмечен решённым
notice-thread-reopened = Комментарий снова открыт
review-hidden = Проект размечают вслепую: чужая разметка откроется, когда вы отметите свою работу над статьёй готовой ({ $key } в статье).
incoming-title = Принять чужую работу
incoming-look = Посмотреть
incoming-take = Принять
incoming-counts = Новых файлов: { $new } · уже есть: { $same } · комментариев: { $comments } · не войдут: { $left }
incoming-unknown = { $kind ->
    [label] Этот проект не знает вида «{ $name }» ({ $n })
    [field] Этот проект не знает поля «{ $name }» ({ $n })
    [entity] В реестре нет записи «{ $name }» ({ $n })
    [term] В кодификаторе нет термина «{ $name }» ({ $n })
   *[relation] Этот проект не знает связи «{ $name }» ({ $n })
}
incoming-schema = Разметка сделана по другой схеме:
working-looking = Читается присланное
working-taking-in = Принимается разметка
working-packing = Собирается пакет
working-deciding = Выясняется, что решит правило
working-steps = Файлов: { $done } из { $all }
package-title = Пакет для сверки
package-about = Zip, который сам является проектом: статьи, списки и разметка выбранных людей. То, что вернётся, принимают командой «Принять чужую работу».
package-whose = Чья разметка
package-comments = с комментариями
notice-brought-in = Принято: файлов разметки — { $n }, комментариев — { $comments }
overview-kappa = κ Коэна, по словам
overview-kappa-about = Согласие по каждому слову сверх случайного; для всех видов сравнивают набор видов на слове (Cohen 1960). Интервалы 95 % по статьям.
overview-alpha = α Криппендорфа, по словам
overview-alpha-about = Согласие по каждому слову сверх случайного, номинальная шкала (Krippendorff 2004).
overview-alpha-u = α Криппендорфа для отрезков
overview-alpha-u-about = Согласие о том, где метки начинаются и кончаются, сверх случайного.
overview-gamma = γ (Mathet и др.)
overview-gamma-about = Согласие о месте и виде вместе, сверх случайного (Mathet, Widlöcher, Métivier 2015). Считается дольше.
overview-frames = F1 «кто чего хочет»
overview-frames-about = Кто, тема и отношение вместе, при любых границах.
overview-measuring = Подсчёт: { $done } из { $all }

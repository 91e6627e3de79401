"""What generated demands are worded with: 32 of each, or 16; many languages and scripts, accents, numbers."""

from typing import Final

OPENINGS: Final = (
    *("Withdrawal of", "Recognition of", "Return of", "Access to", "Release of", "A ceasefire around", "Inspection of"),
    *("Відведення", "Визнання", "Повернення", "Вывод", "Признание", "Возвращение", "Çekilme:", "Tanınma:", "Erişim:"),
    *("Retrait de", "Reconnaissance de", "Accès à", "Abzug aus", "Rückgabe von", "Überwachung von", "Wycofanie z"),
    *("Zwrot", "Dostęp do", "Retirada de", "Devolución de", "Acceso a", "Rückzug über", "انسحاب من", "撤出", "承認"),
)

OBJECTS: Final = (
    *("all troops near", "the 30 prisoners held in", "heavy weapons of", "1,000 children taken from", "the port of"),
    *("the power station of", "grain ships off", "the archive of", "українських військ біля", "полонених із"),
    *("важкого озброєння у", "всех войск у", "пленных из", "birliklerin şehri", "tahıl koridoru", "limanı"),
    *("des 250 prisonniers à", "des armes lourdes près de", "la centrale nucléaire à", "der Stadt", "des Hafens"),
    *("30 Gefangener bei", "wojsk spod miasta", "więźniów z", "elektrowni w", "las tropas en", "los niños de"),
    *("la línea de", "الأسرى في", "القوات قرب", "部队", "関所"),
)

ENDS: Final = (
    *("within 30 days", "before round 7", "by 1 June 2025", "", "протягом 14 днів", "до 1 июня", "30 gün içinde"),
    *("d’ici 60 jours", "bis spätestens März", "w ciągu 90 dni", "en 45 días", "خلال ٣٠ يومًا", "30日以内"),
    *("under supervision of the OSCE", "at least 5 km deep", "without any condition"),
)

REASONS: Final = (
    *("So that people can go home to", "To keep the road open to", "Since 2014 the border runs past"),
    *("Щоб люди могли повернутися до", "Чтобы сохранить дорогу в", "İnsanların dönebilmesi için"),
    *("Afin que l’aide arrive jusqu’à", "Damit niemand fürchten muß, daß", "Aby zapewnić bezpieczeństwo"),
    *("Para que vuelvan las familias a", "كي يعود الناس إلى", "为了保障", "For the sake of trade with"),
    *("It guards the crossing at", "Half of the harvest comes from", "No monitor has been let into"),
)

FIRST: Final = (
    *(
        "Kher",
        "Zapo",
        "Luh",
        "Done",
        "Mari",
        "Sim",
        "Bakh",
        "Poltá",
        "Żyto",
        "Łuc",
        "Dni",
        "Khar",
        "Öde",
        "Tür",
        "Ista",
    ),
    *("Anka", "Çana", "Şir", "Gdań", "Wro", "Kra", "Mün", "Köl", "Zür", "Gené", "Lyó", "Málá", "Cór", "Bra", "Vil"),
    *("Tal", "Hel"),
)
MIDDLE: Final = (
    *("so", "ri", "han", "ne", "u", "fe", "mu", "va", "mi", "ko", "pro", "ki", "ssa", "kü", "nbu", "ra", "kka", "na"),
    *("sk", "cła", "ków", "che", "ni", "ri", "ve", "ón", "ga", "do", "ti", "niu", "li", "sin"),
)
LAST: Final = (
    *("n", "zhzhia", "sk", "tsk", "pol", "ropol", "mut", "wa", "mir", "k", "petrowsk", "kiv", "ssa", "y", "l", "ra"),
    *("le", "vo", "ów", "ck", "ín", "gen", "burg", "ville", "grad", "stadt", "ö", "más", "ba", "na", "us", "inki"),
)

/// Words that negate.

/// By language. What else such a word may mean is left aside: it counts only where it stands in one wording and not in
/// the other.
let negations = LexiconByLanguage(
  [
    "en": """
    not no never none nobody nothing neither nor without nowhere cannot didn't doesn't don't isn't aren't wasn't weren't \
    won't wouldn't can't couldn't shouldn't haven't hasn't hadn't mustn't needn't ain't no_longer
    """,
    "fr": "ne n' pas jamais aucun aucune aucuns aucunes sans ni nul nulle guère",
    "de": """
    nicht kein keine keinen keinem keiner keines nie niemals niemand niemanden niemandem nichts ohne weder keinesfalls \
    keineswegs
    """,
    "es": "no nunca jamás ningún ninguna ninguno nadie nada sin tampoco ni",
    "it": "non mai nessuno nessuna nessun niente nulla senza né neanche nemmeno",
    "pt": "não nunca jamais nenhum nenhuma ninguém nada sem nem tampouco",
    "nl": "niet geen nooit niemand niets zonder noch",
    "sv": "inte ej ingen inget inga aldrig utan icke",
    "da": "ikke ingen intet aldrig uden", "no": "ikke ikkje ingen intet aldri uten",
    "pl": "nie nigdy nikt nic bez żaden żadna żadne ani", "cs": "není nikdy nikdo nic bez žádný žádná žádné nebyl",
    "ru": "не нет ни никогда никто ничего никого никаких без нельзя", "uk": "не ні ніколи ніхто нічого без немає",
    "tr": "değil yok hiç hiçbir asla", "id": "tidak bukan tak tiada jangan belum tanpa",
    "ms": "tidak bukan tak tiada jangan belum tanpa",
    "vi": "không chưa chẳng chả đừng", "ar": "لا لم لن ليس ليست ليسوا غير دون بدون ما",
    "fa": "نه نیست نبود نیستند بدون هیچ", "he": "לא אין אף בלי", "hi": "नहीं न मत बिना",
    "el": "δεν μην όχι ποτέ χωρίς κανείς",
    "zh": "不 没 沒 无 無 未 非 别 勿 否", "ja": "ない ません なかった なく ず 無 不 未 非", "ko": "않 없 못 아니 안",
    "th": "ไม่ มิ อย่า ไร้",
  ], alone: ["pt", "it", "sv", "da", "no", "cs", "ms"])

/// Words by which a text leaves open whether something is so.

/// By language.
let hedges = LexiconByLanguage([
  "en": """
  allegedly alleged reportedly purportedly purported supposedly supposed apparently apparent seemingly presumably presumed \
  possibly probably perhaps maybe might may_be may_have could likely suspected unconfirmed rumoured rumored ostensibly so_called
  """,
  "fr": """
  prétendument présumé présumée présumés présumées apparemment probablement vraisemblablement supposé supposée peut_être \
  soi_disant éventuellement semble serait seraient aurait auraient
  """,
  "de": """
  angeblich* mutmaßlich* offenbar vermutlich* wahrscheinlich möglicherweise vielleicht anscheinend wohl vermeintlich* \
  sogenannt* mutmasslich* womöglich
  """,
  "es": """
  presuntamente presunto presunta presuntos presuntas supuestamente supuesto supuesta supuestos supuestas aparentemente \
  probablemente posiblemente quizá quizás tal_vez habría habrían
  """,
  "it": """
  presunto presunta presunti presunte presumibilmente apparentemente probabilmente forse possibilmente sedicente \
  presuntamente sembra sarebbe sarebbero avrebbe avrebbero
  """,
  "pt": """
  alegadamente alegado alegada supostamente suposto suposta supostos supostas aparentemente provavelmente possivelmente \
  talvez teria teriam
  """,
  "nl": "vermeende vermeend vermoedelijk mogelijk waarschijnlijk misschien blijkbaar naar_verluidt zogenaamd*",
  "sv": "påstådd påstådda påstått troligen kanske möjligen förmodligen uppges misstänkt misstänkta",
  "pl": "rzekomo rzekomy rzekoma rzekome prawdopodobnie podobno być_może domniemany domniemana",
  "ru": "якобы предположительно предполагаем* возможно вероятно видимо кажется наверное так_называем* по_видимому",
  "uk": "нібито ймовірно можливо начебто імовірно", "tr": "iddiaya sözde muhtemelen belki güya iddia",
  "id": "diduga konon kabarnya mungkin dikabarkan barangkali tampaknya disebut_sebut terduga kemungkinan",
  "vi": "có_thể có_lẽ được_cho_là nghi_là dường_như",
  "ar": "يزعم يُزعم زعم المزعوم المزعومة مزعوم ربما يحتمل المحتمل يبدو مفترض",
  "hi": "कथित शायद संभवतः संभावित", "el": "φέρεται φέρονται πιθανόν πιθανώς ίσως δήθεν",
  "zh": "据称 據稱 据报 據報 疑似 涉嫌 可能 或许 或許 据悉 據悉 所谓 所謂 据传 大概", "ja": "とみられる とされる 疑い 可能性 おそらく 恐らく らしい もよう 模様",
  "ko": "의혹 추정 아마 것으로 알려진", "th": "คาดว่า อาจ ถูกกล่าวหา น่าจะ",
])

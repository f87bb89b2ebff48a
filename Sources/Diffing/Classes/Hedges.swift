/// Words by which a text leaves open whether something is so, or leaves it to another to answer for it.

/// By language.
let hedges = LexiconByLanguage(
  [
    "en": """
    allegedly alleged allegation allegations reportedly purportedly purported supposedly supposed apparently apparent seemingly \
    presumably presumed possibly possible probably perhaps maybe might may_be=may_have could likely unlikely suspected suspects \
    unconfirmed unverified rumoured rumored ostensibly so_called potential potentially believed_to thought_to understood_to \
    said_to_be=said_to_have claimed_to feared accused_of expected_to appears_to appeared_to appear_to seems_to seemed_to seem_to \
    according_to unclear think thinks believe believes
    """,
    "fr": """
    prétendument présumé* apparemment probablement probable vraisemblablement supposé* peut_être soi_disant éventuellement semble \
    semblerait serait seraient aurait auraient pourrait pourraient selon d'_après soupçonn* peut_avoir prétendu*
    """,
    "de": """
    angeblich* mutmaßlich* mutmasslich* offenbar vermutlich* wahrscheinlich* möglicherweise vielleicht anscheinend wohl vermeintlich* \
    sogenannt* womöglich voraussichtlich* offensichtlich soll=sollen könnte* dürfte dürften laut zufolge nach_angaben nach_informationen \
    nach_einschätzung nach_darstellung verdächtig*
    """,
    "es": """
    presunt* supuest* aparentemente probablemente posiblemente quizá=quizás tal_vez habría habrían podría podrían sería serían según \
    al_parecer parece posible puede_haber pudo_haber
    """,
    "it": """
    presunt* presumibilmente apparentemente probabilmente forse possibilmente sedicent* sembra sembrerebbe sarebbe sarebbero avrebbe \
    avrebbero potrebbe potrebbero secondo stando_a a_quanto_pare possibile può_aver può_essere
    """,
    "pt": """
    alegad* supostamente supost* aparentemente provavelmente possivelmente talvez teria teriam poderia poderiam seria seriam segundo \
    de_acordo_com suspeit* pode_ter podem_ter
    """,
    "nl": """
    vermeend* vermoedelijk* mogelijk* waarschijnlijk* misschien blijkbaar naar_verluidt zogenaamd* zogeheten volgens zou=zouden \
    verdacht* schijnt lijkt
    """,
    "sv": """
    påstådd* påstått påstås troligen kanske möjligen möjligtvis förmodligen uppges misstänkt* enligt ska_ha lär sägs tros sannolikt verkar
    """,
    "da": "angivelig* formentlig* muligvis måske sandsynligvis ifølge mistænk* efter_sigende skal_have påstået",
    "no": "angivelig* trolig muligens kanskje sannsynligvis ifølge mistenk* visstnok skal_ha påstått",
    "fi": "väitet* mahdollisesti ehkä todennäköisesti luultavasti mukaan epäil* ilmeisesti tiettävästi",
    "hu": "állítólag* feltehetően valószínűleg talán szerint feltételezett gyanúsított*",
    "ro": "presupus* posibil probabil potrivit ar_fi se_pare poate pretins*",
    "pl": """
    rzekom* domnieman* podejrzan* prawdopodobn* podobno ponoć być_może według zdaniem możliwe mógłby mogłaby przypuszczaln*
    """,
    "cs": "údajn* zřejmě možná pravděpodobn* prý podle snad podezřel*",
    "ru": """
    якобы предположительно предполагаем* подозреваем* возможно вероятно видимо кажется наверное похоже так_называем* по_видимому \
    по_данным по_словам по_версии по_мнению согласно может_быть предполож* сообщается сообщалось
    """,
    "uk":
      "нібито ймовірно можливо начебто імовірно за_даними за_словами за_версією згідно підозрюван* ймовірн* повідомляється",
    "bg": "предполагаем* вероятно може_би твърди според навярно", "hr": "navodn* vjerojatno možda moguće prema",
    "tr": "iddia* sözde muhtemelen belki güya göre şüpheli* olası öne_sür* olabilir",
    "id": """
    diduga konon kabarnya mungkin dikabarkan barangkali tampaknya disebut_sebut terduga kemungkinan menurut dilaporkan disinyalir
    """,
    "vi": "có_thể có_lẽ được_cho_là nghi_là dường_như nghi_phạm cáo_buộc",
    "ar": """
    يزعم يُزعم زعم المزعوم المزعومة مزعوم ربما يحتمل المحتمل يبدو مفترض المفترض يقال يُقال بحسب وبحسب حسب وفقا وفقًا وفقاً يعتقد يُعتقد \
    مشتبه المشتبه
    """,
    "fa": "ظاهرا ظاهراً احتمالا احتمالاً گویا شاید به_گفته ادعا* متهم مظنون",
    "he": "לכאורה כביכול אולי ייתכן לפי כנראה חשוד החשוד",
    "hi": "कथित शायद संभवतः संभावित के_अनुसार=के_मुताबिक संदिग्ध आरोप*", "ur": "مبینہ شاید ممکنہ کے_مطابق",
    "el": "φέρεται φέρονται πιθανόν πιθανώς ίσως δήθεν σύμφωνα_με εικάζεται φερόμεν* ύποπτο*",
    "zh": """
    据 據 疑 疑似 涉嫌 嫌疑 嫌犯 可能 或许 或許 也许 也許 所谓 所謂 大概 似乎 声称 聲稱 恐怕 !数据 !數據 !证据 !證據 !依据 !依據 !占据 !佔據 !根据 !根據 !据点 !據點 \
    !可能性 !不可能 !无疑 !無疑 !疑问 !疑問 !质疑 !質疑
    """,
    "ja": "とみられ と見られ とされ 疑い 可能性 おそらく 恐らく らしい もよう 模様 によると によれば かもしれ 容疑 そうだ と報じ 推定 !らしさ",
    "ko": "의혹* 추정* 아마* 것으로_알려* 것으로_보* 것으로_전해* 따르면 혐의* 가능성* 듯* 이른바",
    "th": "คาดว่า อาจ ถูกกล่าวหา น่าจะ ตามรายงาน ผู้ต้องสงสัย !อาจารย์",
  ], alone: ["cs", "hr", "hu", "da", "no", "fi", "ro", "bg", "ko"])

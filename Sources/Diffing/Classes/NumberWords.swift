/// Words that are numbers, or belong to one: spelled cardinals, scales, currencies, measures, months.

let perCentWords = WordTable(
  """
  percent pct prozent procent procento procenta procentów persen процент процента процентов відсотків yüzde \
  προσέντ százalék प्रतिशत फीसदी 퍼센트 パーセント
  """)

/// Powers of ten that multiply the number before them.
let scales = WordTable([
  2: "hundred hundert honderd cento сто 百",
  3: """
  thousand k mille mila tausend mil millier milliers duizend tusen tysiąc tysiące tysięcy тысяч тысячи тысяча тыс тисяч тис ribu \
  nghìn ngàn bin tisíc ألف آلاف हज़ार हजार 千 천
  """,
  4: "万 萬 만", 5: "lakh lakhs लाख",
  6: """
  million millions mn mio millionen millón millones milione milioni milhão milhões miljoen miljon miljoner mln millioner миллион \
  миллиона миллионов млн мільйонів мільйон juta triệu milyon milionů milionów milion مليون مليونا ملايين
  """,
  7: "crore crores करोड़",
  8: "亿 億 억",
  9: """
  billion billions bn milliard milliards milliarde milliarden mrd miliardo miliardi bilhão bilhões miljard miljarder mld mlrd \
  milliarder миллиард миллиарда миллиардов млрд мільярдів miliar tỷ milyar miliardů miliardów miliard مليار مليارات अरब
  """,
  12:
    "trillion trillions tn billionen billones biljoen триллион триллионов трлн triliun trilyon trilhão trilhões تريليون 兆 조",
])

/// Scales of Korean, which hold on to the currency after them.
let hangulScales: Set<Unicode.Scalar> = ["만", "억", "조", "천", "원", "명"]

/// Counts of the unnamed many: `hundreds of people`.
private let crowds: KeyValuePairs = [
  1: "dozens decine dizaines decenas dezenas tientallen dziesiątki десятки tiotals onlarca puluhan عشرات दर्जनों",
  2: """
  hundreds hunderte hunderten centaines cientos centinaia centenas honderden hundratals setki сотни yüzlerce ratusan مئات सैकड़ों
  """,
  3: """
  thousands tausende tausenden milliers migliaia milhares duizenden tusentals тысячи тисячі binlerce ribuan آلاف हज़ारों हजारों
  """,
  6: "millions millionen millones milioni milhões miljoenen миллионы",
]

/// Names of currencies by the sign they are the same as.
let currencies = WordTable([
  "$": "dollar dollars usd dólares dólar dollari dolarów доллар доллара долларов доларів dolar دولار डॉलर 美元 ドル 달러",
  "€": "euro euros eur евро євро avro يورو यूरो 欧元 ユーロ 유로", "£": "pound pounds gbp sterling livres фунтов",
  "₹": "rupee rupees rs inr रुपये रुपए", "¥": "yen jpy", "元": "yuan cny rmb",
  "₽": "rubel rubles рублей рубля рубль",
  "₴": "гривень гривні", "₺": "lira", "kr": "kr kronor kroner crowns sek nok dkk",
  "fr": "chf franken francs", "zł": "zł złotych pln", "rp": "rp rupiah idr", "円": "円", "원": "원",
])

/// Currencies that stand before the number too.
let currencyCodes = WordTable("usd eur gbp chf inr jpy cny rmb pln idr rp rs sek nok dkk kr")

/// Measures.
let unitWords = WordTable(
  """
  m km kg g cm mm ha t l kw mw gw kwh mwh gwh mph kmh kmph metre metres meter meters kilometre kilometres kilometer kilometers \
  mile miles foot feet inch inches yard yards acre acres hectare hectares hektar litre litres liter liters gallon gallons ton tons \
  tonne tonnes tonnen tonnellate toneladas kilo kilos gram grams pounds ounce ounces celsius fahrenheit degree degrees grad \
  second seconds minute minutes hour hours day days week weeks month months year years minuten stunden tage wochen monate jahre \
  secondes minutes heures jours semaines mois ans segundos minutos horas días semanas meses años dias anos secondi minuti ore giorni \
  settimane mesi anni uur dagen weken maanden jaar minuter timmar dagar veckor månader år minut godzin dni tygodni miesięcy lat \
  минут часов часа дней дня недель месяцев лет года saat gün hafta ay yıl jam hari minggu bulan tahun دقيقة ساعة يوما أيام أسابيع \
  أشهر سنوات سنة घंटे दिन हफ्ते महीने साल am pm percentage points prozentpunkte
  """)

/// Months as they stand beside a day; `may` and `march` are left out, for in English a verb may follow a number too.
let months = WordTable(
  """
  january february april june july august september october november december jan feb apr jun jul aug sep sept oct nov dec januar \
  februar märz mai juni juli oktober dezember janvier février mars avril juin juillet août septembre octobre novembre décembre enero \
  febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre gennaio febbraio aprile maggio giugno luglio \
  settembre ottobre dicembre janeiro fevereiro março maio junho julho setembro outubro novembro dezembro januari februari maart mei \
  augustus maj augusti stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia января \
  февраля марта апреля мая июня июля августа сентября октября ноября декабря січня лютого березня квітня травня червня липня серпня \
  вересня жовтня листопада грудня ocak şubat mart nisan mayıs haziran temmuz ağustos eylül ekim kasım aralık maret agustus desember \
  يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر जनवरी फरवरी मार्च अप्रैल मई जून जुलाई अगस्त सितंबर अक्टूबर \
  नवंबर दिसंबर
  """)

/// Words that spell numbers, with the value, and counts of the unnamed many; one is left out, for it is an article in most
/// languages.
let spelledNumbers = ByLanguage(lists.keys) { language in
  WordTable(
    cardinals(lists[language ?? ""] ?? "") + (language == "en" ? [("half", "0.5")] : [])
      + cardinals(ordinals[language ?? ""] ?? "")
      + crowds.flatMap { zeros, list in
        words(of: list).map { ($0, "1" + String(repeating: "0", count: zeros)) }
      })
}

/// Two to twenty, then the tens to ninety; forms of one number are parted by `/`.
private let lists = [
  "en": """
  two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty \
  thirty forty fifty sixty seventy eighty ninety
  """,
  "fr": """
  deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize - - - vingt trente quarante cinquante \
  soixante - - -
  """,
  "de": """
  zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn siebzehn achtzehn neunzehn zwanzig \
  dreißig/dreissig vierzig fünfzig sechzig siebzig achtzig neunzig
  """,
  "es": """
  dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciséis diecisiete dieciocho diecinueve veinte \
  treinta cuarenta cincuenta sesenta setenta ochenta noventa
  """,
  "it": """
  due tre quattro cinque sei sette otto nove dieci undici dodici tredici quattordici quindici sedici diciassette diciotto diciannove \
  venti trenta quaranta cinquanta sessanta settanta ottanta novanta
  """,
  "pt": """
  dois/duas três quatro cinco seis sete oito nove dez onze doze treze catorze/quatorze quinze dezesseis/dezasseis dezessete dezoito \
  dezenove vinte trinta quarenta cinquenta sessenta setenta oitenta noventa
  """,
  "nl": """
  twee drie vier vijf zes zeven acht negen tien elf twaalf dertien veertien vijftien zestien zeventien achttien negentien twintig \
  dertig veertig vijftig zestig zeventig tachtig negentig
  """,
  "sv": """
  två tre fyra fem sex sju åtta nio tio elva tolv tretton fjorton femton sexton sjutton arton nitton tjugo trettio fyrtio femtio \
  sextio sjuttio åttio nittio
  """,
  "da":
    "to tre fire fem seks syv otte ni ti elleve tolv tretten fjorten femten seksten sytten atten nitten tyve tredive",
  "no": """
  to tre fire fem seks sju/syv åtte ni ti elleve tolv tretten fjorten femten seksten sytten atten nitten tjue tretti førti femti \
  seksti sytti åtti nitti
  """,
  "pl": """
  dwa/dwie/dwoje/dwóch trzy/troje/trzech cztery/czworo/czterech pięć/pięcioro/pięciu sześć/sześcioro/sześciu siedem/siedmiu \
  osiem/ośmiu dziewięć/dziewięciu dziesięć/dziesięciu jedenaście/jedenastu dwanaście/dwunastu trzynaście czternaście piętnaście \
  szesnaście siedemnaście osiemnaście dziewiętnaście dwadzieścia/dwudziestu trzydzieści/trzydziestu czterdzieści/czterdziestu \
  pięćdziesiąt/pięćdziesięciu sześćdziesiąt siedemdziesiąt osiemdziesiąt dziewięćdziesiąt
  """,
  "cs": """
  dva/dvě/dvou tři/tří čtyři/čtyř pět/pěti šest/šesti sedm/sedmi osm/osmi devět/devíti deset/deseti jedenáct dvanáct třináct čtrnáct \
  patnáct šestnáct sedmnáct osmnáct devatenáct dvacet třicet čtyřicet padesát šedesát sedmdesát osmdesát devadesát
  """,
  "ru": """
  два/две/двое/двух/двоих/двум три/трое/трёх/трех/троих четыре/четверо/четырёх/четырех/четверых пять/пятеро/пяти/пятерых \
  шесть/шестеро/шести/шестерых семь/семеро/семи восемь/восьмеро/восьми девять/девяти десять/десяти одиннадцать двенадцать \
  тринадцать четырнадцать пятнадцать шестнадцать семнадцать восемнадцать девятнадцать двадцать/двадцати тридцать/тридцати сорок \
  пятьдесят/пятидесяти шестьдесят семьдесят восемьдесят девяносто
  """,
  "uk": """
  два/дві/двоє/двох три/троє/трьох чотири/четверо/чотирьох п'ять/пять/пятеро шість/шестеро сім вісім дев'ять/девять десять \
  одинадцять дванадцять тринадцять чотирнадцять пятнадцять шістнадцять сімнадцять вісімнадцять девятнадцять двадцять тридцять сорок
  """,
  "id": "dua tiga empat lima enam tujuh delapan sembilan sepuluh sebelas",
  "tr": """
  iki üç dört beş altı yedi sekiz dokuz - - - - - - - - - - yirmi otuz kırk elli altmış yetmiş seksen doksan
  """,
  "el": "δύο/δυο τρεις/τρία τέσσερις/τέσσερα πέντε έξι επτά/εφτά οκτώ/οχτώ εννέα/εννιά δέκα έντεκα δώδεκα",
  "hu": "kettő/két három négy öt hat hét nyolc kilenc tíz tizenegy tizenkettő",
  "ro": "doi/două trei patru cinci șase șapte opt nouă zece",
  "fi": "kaksi kolme neljä viisi kuusi seitsemän kahdeksan yhdeksän kymmenen",
  "ar": """
  اثنان/اثنين/اثنتان/اثنتين ثلاثة/ثلاث أربعة/أربع خمسة/خمس ستة/ست سبعة/سبع ثمانية/ثماني تسعة/تسع عشرة/عشر - - - - - - - - - \
  عشرون/عشرين ثلاثون/ثلاثين أربعون/أربعين خمسون/خمسين ستون/ستين سبعون/سبعين ثمانون/ثمانين تسعون/تسعين
  """,
  "hi": """
  दो तीन चार पांच/पाँच छह/छः सात आठ नौ दस ग्यारह बारह तेरह चौदह पंद्रह सोलह सत्रह अठारह उन्नीस बीस तीस चालीस पचास साठ सत्तर अस्सी नब्बे
  """,
  "he": "שניים/שני/שתי/שתיים שלושה/שלוש ארבעה/ארבע חמישה/חמש שישה/שש שבעה/שבע שמונה תשעה/תשע עשרה/עשר",
  "zh": "二/两/兩 三 四 五 六 七 八 九 十", "ja": "二 三 四 五 六 七 八 九 十",
  "ko": "두/둘 세/셋 네/넷 다섯 여섯 일곱 여덟 아홉 열",
  "vi": "hai ba bốn năm sáu bảy tám chín mười",
]

private let ordinals = [
  "en": "second third fourth fifth sixth seventh eighth ninth tenth",
  "fr": "deuxième troisième quatrième cinquième sixième septième huitième neuvième dixième",
  "de": "zweite/zweiten/zweiter dritte/dritten/dritter vierte/vierten/vierter fünfte/fünften/fünfter sechste/sechsten",
  "es": "- tercero/tercera/tercer cuarto/cuarta quinto/quinta sexto/sexta",
]

private func cardinals(_ list: String) -> [(Substring, String)] {
  let values = Array(2...20) + [30, 40, 50, 60, 70, 80, 90]
  return zip(values, words(of: list)).flatMap { value, forms in
    forms.split(separator: "/").filter { $0 != "-" }.map { ($0, String(value)) }
  }
}

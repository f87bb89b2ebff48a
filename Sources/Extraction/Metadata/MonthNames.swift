/// The names of months, as dates on news pages write them, in the Gregorian calendar's languages.
enum MonthNames {
  /// The month a word in lower case names, its full stop left out; nil when it names none. A few names mean different months
  /// in different languages: `language` (a primary subtag) then decides.
  static func month(_ word: [UInt8], language: String?) -> Int64? {
    if let language, let own = particular[language]?[String(decoding: word, as: UTF8.self)] { return own }
    return byName[word]
  }

  private static let particular: [String: [String: Int64]] = {
    let croatian: [String: Int64] = [
      "listopada": 10, "listopad": 10, "lipanj": 6, "lipnja": 6, "srpanj": 7, "srpnja": 7,
    ]
    return [
      "hr": croatian, "bs": croatian,
      "lt": ["liepos": 7, "birželio": 6, "gegužės": 5],
      "fi": ["maalis": 3, "touko": 5],
      "eu": ["urria": 10],
      "cs": ["listopadu": 11, "listopad": 11], "pl": ["listopada": 11, "listopad": 11],
    ]
  }()

  private static let byName: [[UInt8]: Int64] = {
    var out: [[UInt8]: Int64] = [:]
    for (index, names) in list.enumerated() {
      for name in names.split(separator: " ") { out[Array(name.utf8)] = Int64(index + 1) }
    }
    return out
  }()

  /// January to December: English, German, French, Italian, Spanish, Portuguese, Catalan, Dutch, the Nordic languages,
  /// Estonian, Latvian, Lithuanian, Polish, Czech, Slovak, Slovene, Croatian, Serbian, Hungarian, Romanian, Albanian, Turkish,
  /// Azerbaijani, Indonesian, Swahili, Russian, Ukrainian, Belarusian, Bulgarian, Macedonian, Greek, Hebrew, Arabic, Persian,
  /// Urdu, Hindi, Bengali, Tamil, Thai.
  private static let list = [
    "january jan januar jän jänner janvier janv gennaio gen enero ene janeiro gener januari janúar tammikuuta tammikuu "
      + "jaanuar janvāris janvārī sausio stycznia stycz sty leden ledna led januára januára siječnja siječanj januara január "
      + "januárja ianuarie ian janar ocak oca yanvar jan januarie января янв январь січня січ студзеня януари јануар "
      + "јануара јануари ιανουαρίου ιαν ינואר בינואר يناير جانفي ژانویه جنوری जनवरी জানুয়ারি জানুয়ারী ஜனவரி มกราคม",
    "february feb februar feber février fevrier févr fév febbraio febrero fevereiro fev febrer februari febrúar helmikuuta "
      + "helmikuu veebruar februāris februārī vasario lutego lut únor února úno februára veljače veljača februara február "
      + "februarie shkurt şubat şub fevral pebruari februari февраля фев февр февраль лютого лют лютага февруари фебруар "
      + "фебруара февр φεβρουαρίου φεβ פברואר בפברואר فبراير شباط فيفري فوریه فروری फ़रवरी फरवरी ফেব্রুয়ারি ফেব্রুয়ারী பிப்ரவரி กุมภาพันธ์",
    "march mar märz maerz mär mrz mars marzo março marco març maart mrt mars marts maaliskuuta maaliskuu märts marts martā "
      + "kovo marca březen března bře marec marca ožujka ožujak marta mart március márc martie mars mart mart maret machi "
      + "марта мар март березня бер сакавіка март марта март μαρτίου μαρ מרץ במרץ مارس آذار مارچ मार्च মার্চ மார்ச் มีนาคม",
    "april apr avril avr aprile abril abr aprel huhtikuuta huhtikuu aprill aprīlis aprīlī balandžio kwietnia kwi duben dubna "
      + "dub apríla travnja travanj aprila április ápr aprilie prill nisan nis aprilie aprili апреля апр апрель квітня кві "
      + "красавіка април априла απριλίου απρ אפריל באפריל أبريل ابريل إبريل نيسان أفريل آوریل اپریل अप्रैल এপ্রিল ஏப்ரல் เมษายน",
    "may mai maggio mag mayo maio maig mei maj maí toukokuuta toukokuu maijs maijā gegužės maja květen května kvě mája máj "
      + "svibnja svibanj maja május máj mai mayıs may mei mei мая май травня тра мая мај маја μαΐου μάιος μαι מאי במאי مايو أيار ماي مه "
      + "مئی मई মে மே พฤษภาคม",
    "june jun juni juin giugno giu junio junho juny júní kesäkuuta kesäkuu juuni jūnijs jūnijā birželio czerwca cze červen "
      + "června čvn jún júna lipnja lipanj juna június jún iunie iun qershor haziran haz iyun juni juni июня июн июнь червня чер "
      + "чэрвеня юни јун јуна јуни ιουνίου ιουν יוני ביוני يونيو حزيران جوان ژوئن جون जून জুন ஜூன் มิถุนายน",
    "july jul juli juillet juil luglio lug julio julho jul juliol júlí heinäkuuta heinäkuu juuli jūlijs jūlijā liepos lipca "
      + "lip červenec července čvc júl júla srpnja srpanj jula július júl iulie iul korrik temmuz tem iyul juli julai июля июл июль "
      + "липня лип ліпеня юли јул јула јули ιουλίου ιουλ יולי ביולי يوليو تموز جويلية ژوئیه جولائی जुलाई জুলাই ஜூலை กรกฎาคม",
    "august aug août aout agosto ago augusto agost augustus augusti ágúst elokuuta elokuu augusts augustā rugpjūčio sierpnia "
      + "sie srpen srpna srp augusta kolovoza kolovoz avgusta avgust augusztus aug august gusht ağustos ağu avqust agustus agt agu "
      + "agosti августа авг август серпня сер жніўня август август августа αυγούστου αυγ אוגוסט באוגוסט أغسطس اغسطس آب أوت اوت "
      + "اگست अगस्त আগস্ট ஆகஸ்ட் สิงหาคม",
    "september sep sept septembre settembre set septiembre setiembre setembro setembre september syyskuuta syyskuu "
      + "septembris septembrī rugsėjo września wrz září zář septembra rujna rujan szeptember szept septembrie shtator eylül "
      + "eyl sentyabr septemba сентября сен сент сентябрь вересня вер верасня септември септембар септембра σεπτεμβρίου σεπ "
      + "ספטמבר בספטמבר سبتمبر أيلول سپتامبر ستمبر सितंबर सितम्बर সেপ্টেম্বর செப்டம்பர் กันยายน",
    "october oct oktober okt octobre ottobre ott octubre outubro out octubre október lokakuuta lokakuu oktoober oktobris "
      + "oktobrī spalio października paź říjen října říj októbra oktobra oktobar október octombrie tetor ekim eki oktyabr "
      + "oktoba октября окт октябрь жовтня жов кастрычніка октомври октобар октобра οκτωβρίου οκτ אוקטובר באוקטובר أكتوبر "
      + "اكتوبر اکتبر اکتوبر अक्टूबर अक्तूबर অক্টোবর அக்டோபர் ตุลาคม",
    "november nov novembre noviembre novembro november nóvember marraskuuta marraskuu novembris novembrī lapkričio "
      + "listopada lis listopadu listopad novembra studenoga studenog studeni novembar noiembrie noi nëntor kasım kas noyabr "
      + "novemba nopember ноября ноя нояб ноябрь листопада лис лістапада ноември новембар новембра νοεμβρίου νοε נובמבר בנובמבר "
      + "نوفمبر نوامبر نومبر नवंबर नवम्बर নভেম্বর நவம்பர் พฤศจิกายน",
    "december dec dezember dez décembre decembre déc dicembre dic diciembre dezembro desembre desember des joulukuuta "
      + "joulukuu detsember decembris decembrī gruodžio grudnia gru prosinec prosince pro decembra prosinca prosinac "
      + "decembar december decembrie dhjetor aralık ara dekabr disemba desember декабря дек декабрь грудня гру снежня "
      + "декември децембар децембра δεκεμβρίου δεκ דצמבר בדצמבר ديسمبر دسامبر دسمبر दिसंबर दिसम्बर ডিসেম্বর டிசம்பர் "
      + "ธันวาคม",
  ]
}

/// The names of months, as dates on news pages write them, of the Gregorian calendar in some sixty languages and of the
/// Persian one.
enum MonthNames {
  /// The month that a name in lower case names, its full stop left out; nil when it names none. Accents do not count, nor do
  /// the ways to write one letter of Arabic's. A few names mean different months in different languages: `language` (a primary
  /// subtag) then decides.
  static func month(_ name: [UInt8], language: String?) -> Int64? {
    let folded = folded(name)
    if let language, let own = particular[language]?[folded] { return own }
    return byName[folded]
  }

  /// The month of the Persian calendar.
  static func persian(_ name: [UInt8]) -> Int64? { byPersianName[folded(name)] }

  private static func folded(_ name: some Sequence<UInt8>) -> [UInt8] {
    let name = Array(name)
    if name.allSatisfy({ $0 < 0x80 }) { return name }
    var out: [UInt8] = []
    for scalar in String(decoding: name, as: UTF8.self).unicodeScalars
    where !(0x300...0x36F).contains(scalar.value) && !(0x200C...0x200F).contains(scalar.value) {
      out += Array((bases[scalar] ?? scalar).properties.lowercaseMapping.utf8)
    }
    return out
  }

  /// Letters by what they are counted as.
  private static let bases: [Unicode.Scalar: Unicode.Scalar] = {
    let groups = [
      "aáàäâãåāăą", "cçćčĉċ", "dďđ", "eéèëêēėęě", "gğģġ", "hħ", "iíìïîīıį", "kķ", "lļľł", "nñńņň", "oóòöôõøőō", "rŕř",
      "sśşșš", "tťţț", "uúùüûūůűųŭ", "yýÿ", "zźżž", "αά", "εέ", "ηή", "ιίϊΐ", "οό", "υύϋΰ", "ωώ", "σς", "её", "اأإآ",
      "یيىئ",
      "کك",
    ]
    var out: [Unicode.Scalar: Unicode.Scalar] = [:]
    for group in groups {
      guard let base = group.unicodeScalars.first else { continue }
      for letter in group.unicodeScalars.dropFirst() { out[letter] = base }
    }
    return out
  }()

  private static let particular: [String: [[UInt8]: Int64]] = {
    let lists: [(String, String, Int64)] = [
      ("hr bs", "listopada listopad", 10), ("hr bs", "lipanj lipnja", 6), ("hr bs", "srpanj srpnja", 7),
      ("lt", "liepos", 7),
      ("lt", "birželio", 6), ("lt", "gegužės", 5), ("fi", "maalis", 3), ("fi", "touko", 5),
      ("eu", "urria urriaren", 10),
      ("ms", "mac", 3), ("cs pl", "listopadu listopad listopada", 11),
    ]
    var out: [String: [[UInt8]: Int64]] = [:]
    for (languages, names, month) in lists {
      for language in languages.split(separator: " ") {
        for name in names.utf8.split(separator: 32) { out[String(language), default: [:]][folded(name)] = month }
      }
    }
    return out
  }()

  private static let byName = table(list)
  private static let byPersianName = table(persianList)

  private static func table(_ list: [String]) -> [[UInt8]: Int64] {
    var out: [[UInt8]: Int64] = [:]
    for (index, names) in list.enumerated() {
      // An underscore is a space in a name.
      for name in names.utf8.split(separator: 32) {
        out[folded(name.map { $0 == UInt8(ascii: "_") ? 32 : $0 })] = Int64(index + 1)
      }
    }
    return out
  }

  /// January to December: English, German, French, Italian, Spanish, Portuguese, Catalan, Dutch, the Nordic languages,
  /// Estonian, Latvian, Lithuanian, Polish, Czech, Slovak, Slovene, Croatian, Serbian, Hungarian, Romanian, Albanian, Turkish,
  /// Azerbaijani, Indonesian, Swahili, Russian, Ukrainian, Belarusian, Bulgarian, Macedonian, Greek, Hebrew, Arabic, Persian,
  /// Urdu, Hindi, Bengali, Tamil, Thai; Telugu, Marathi, Gujarati, Punjabi, Kannada, Malayalam, Odia, Assamese, Nepali, Sinhala,
  /// Burmese, Khmer, Lao, Georgian, Armenian, Kazakh, Basque, Galician, Irish, Welsh, Maltese, Esperanto, Filipino, Pashto, and
  /// Arabic as the Levant and the Maghreb have it.
  private static let list = [
    "january jan januar jän jänner janvier janv gennaio gen enero ene janeiro gener januari janúar "
      + "tammikuuta tammikuu jaanuar janvāris janvārī sausio stycznia stycz sty leden ledna led januára "
      + "januára siječnja siječanj januara január januárja ianuarie ian janar ocak oca yanvar jan januarie "
      + "января янв январь січня січ студзеня януари јануар јануара јануари ιανουαρίου ιαν ינואר בינואר يناير "
      + "جانفي ژانویه جنوری जनवरी জানুয়ারি জানুয়ারী ஜனவரி มกราคม janairu జనవరి जानेवारी જાન્યુઆરી ਜਨਵਰੀ "
      + "ಜನವರಿ ജനുവരി ජනවාරි ဇန်နဝါရီ មករា ມັງກອນ იანვარი იანვარს հունվարի հունվար қаңтар urtarrila "
      + "urtarrilaren xaneiro eanáir ionawr jannar januaro ଜାନୁଆରୀ জানুৱাৰী جنوري كانون_الثاني كانون_ثاني ม.ค",
    "february feb februar feber février fevrier févr fév febbraio febrero fevereiro fev febrer februari "
      + "febrúar helmikuuta helmikuu veebruar februāris februārī vasario lutego lut únor února úno februára "
      + "veljače veljača februara február februarie shkurt şubat şub fevral pebruari februari февраля фев "
      + "февр февраль лютого лют лютага февруари фебруар фебруара февр φεβρουαρίου φεβ פברואר בפברואר فبراير "
      + "شباط فيفري فوریه فروری फ़रवरी फरवरी ফেব্রুয়ারি ফেব্রুয়ারী பிப்ரவரி กุมภาพันธ์ pebrero ఫిబ్రవరి "
      + "फेब्रुवारी फेब्रुअरी ફેબ્રુઆરી ਫ਼ਰਵਰੀ ਫਰਵਰੀ ಫೆಬ್ರವರಿ ಫೆಬ್ರುವರಿ ഫെബ്രുവരി පෙබරවාරි ဖေဖော်ဝါရီ កុម្ភៈ "
      + "កុម្ភះ ກຸມພາ თებერვალი თებერვალს փետրվարի փետրվար ақпан otsaila otsailaren febreiro feabhra chwefror "
      + "frar februaro ଫେବୃଆରୀ ফেব্ৰুৱাৰী فبروري ก.พ",
    "march mar märz maerz mär mrz mars marzo março marco març maart mrt mars marts maaliskuuta maaliskuu "
      + "märts marts martā kovo marca březen března bře marec marca ožujka ožujak marta mart március márc "
      + "martie mars mart mart maret machi марта мар март березня бер сакавіка март марта март μαρτίου μαρ "
      + "מרץ במרץ مارس آذار مارچ मार्च মার্চ மார்ச் มีนาคม marso మార్చి માર્ચ ਮਾਰਚ ಮಾರ್ಚ್ മാർച്ച് මාර්තු "
      + "မတ် មីនា ມີນາ მარტი მარტს մարտի մարտ наурыз martxoa martxoaren márta mawrth marzu marto mäerz "
      + "ମାର୍ଚ୍ଚ মাৰ্চ มี.ค",
    "april apr avril avr aprile abril abr aprel huhtikuuta huhtikuu aprill aprīlis aprīlī balandžio "
      + "kwietnia kwi duben dubna dub apríla travnja travanj aprila április ápr aprilie prill nisan nis "
      + "aprilie aprili апреля апр апрель квітня кві красавіка април априла απριλίου απρ אפריל באפריל أبريل "
      + "ابريل إبريل نيسان أفريل آوریل اپریل अप्रैल এপ্রিল ஏப்ரல் เมษายน ఏప్రిల్ एप्रिल अप्रिल એપ્રિલ ਅਪ੍ਰੈਲ "
      + "ಏಪ್ರಿಲ್ ഏപ്രിൽ අප්‍රේල් ဧပြီ មេសា ເມສາ აპრილი აპრილს ապրիլի ապրիլ сәуір apirila apirilaren aibreán "
      + "ebrill aprilo abrëll ଅପ୍ରେଲ এপ্ৰিল آپریل เม.ย",
    "may mai maggio mag mayo maio maig mei maj maí toukokuuta toukokuu maijs maijā gegužės maja květen "
      + "května kvě mája máj svibnja svibanj maja május máj mai mayıs may mei mei мая май травня тра мая мај "
      + "маја μαΐου μάιος μαι מאי במאי مايو أيار ماي مه مئی मई মে மே พฤษภาคม మే मे મે ਮਈ ಮೇ മേയ് മെയ് මැයි မေ "
      + "ឧសភា ພຶດສະພາ მაისი მაისს մայիսի մայիս мамыр maiatza maiatzaren bealtaine mejju majo mee ମଇ می مۍ พ.ค",
    "june jun juni juin giugno giu junio junho juny júní kesäkuuta kesäkuu juuni jūnijs jūnijā birželio "
      + "czerwca cze červen června čvn jún júna lipnja lipanj juna június jún iunie iun qershor haziran haz "
      + "iyun juni juni июня июн июнь червня чер чэрвеня юни јун јуна јуни ιουνίου ιουν יוני ביוני يونيو "
      + "حزيران جوان ژوئن جون जून জুন ஜூன் มิถุนายน hunyo జూన్ જૂન ਜੂਨ ಜೂನ್ ജൂൺ ජූනි ဇွန် មិថុនា ມິຖຸນາ "
      + "ივნისი ივნისს հունիսի հունիս маусым ekaina ekainaren xuño meitheamh mehefin ġunju ଜୁନ มิ.ย",
    "july jul juli juillet juil luglio lug julio julho jul juliol júlí heinäkuuta heinäkuu juuli jūlijs "
      + "jūlijā liepos lipca lip červenec července čvc júl júla srpnja srpanj jula július júl iulie iul "
      + "korrik temmuz tem iyul juli julai июля июл июль липня лип ліпеня юли јул јула јули ιουλίου ιουλ יולי "
      + "ביולי يوليو تموز جويلية ژوئیه جولائی जुलाई জুলাই ஜூலை กรกฎาคม hulyo జూలై జులై जुलै જુલાઈ ਜੁਲਾਈ ಜುಲೈ "
      + "ജൂലൈ ජූලි ဇူလိုင် កក្កដា ກໍລະກົດ ივლისი ივლისს հուլիսի հուլիս шілде uztaila uztailaren xullo iúil "
      + "gorffennaf lulju ଜୁଲାଇ يوليوز جولای ก.ค",
    "august aug août aout agosto ago augusto agost augustus augusti ágúst elokuuta elokuu augusts augustā "
      + "rugpjūčio sierpnia sie srpen srpna srp augusta kolovoza kolovoz avgusta avgust augusztus aug august "
      + "gusht ağustos ağu avqust agustus agt agu agosti августа авг август серпня сер жніўня август август "
      + "августа αυγούστου αυγ אוגוסט באוגוסט أغسطس اغسطس آب أوت اوت اگست अगस्त আগস্ট ஆகஸ்ட் สิงหาคม ogos "
      + "ఆగస్టు ऑगस्ट अगस्ट ઓગસ્ટ ਅਗਸਤ ಆಗಸ್ಟ್ ഓഗസ്റ്റ് ആഗസ്റ്റ് අගෝස්තු သြဂုတ် ဩဂုတ် សីហា ສິງຫາ აგვისტო "
      + "აგვისტოს օգոստոսի օգոստոս тамыз abuztua abuztuaren lúnasa awst awwissu aŭgusto ଅଗଷ୍ଟ আগষ্ট غشت آگوست "
      + "ส.ค",
    "september sep sept septembre settembre set septiembre setiembre setembro setembre september "
      + "syyskuuta syyskuu septembris septembrī rugsėjo września wrz září zář septembra rujna rujan "
      + "szeptember szept septembrie shtator eylül eyl sentyabr septemba сентября сен сент сентябрь вересня "
      + "вер верасня септември септембар септембра σεπτεμβρίου σεπ ספטמבר בספטמבר سبتمبر أيلول سپتامبر ستمبر "
      + "सितंबर सितम्बर সেপ্টেম্বর செப்டம்பர் กันยายน setyembre sentabr సెప్టెంబర్ సెప్టెంబరు सप्टेंबर "
      + "सेप्टेम्बर સપ્ટેમ્બર ਸਤੰਬਰ ಸೆಪ್ಟೆಂಬರ್ സെപ്റ്റംബർ සැප්තැම්බර් စက်တင်ဘာ កញ្ញា ກັນຍາ სექტემბერი "
      + "სექტემბერს սեպտեմբերի սեպտեմբեր қыркүйек iraila irailaren meán_fómhair medi settembru septembro "
      + "ସେପ୍ଟେମ୍ବର ছেপ্টেম্বৰ شتنبر ก.ย",
    "october oct oktober okt octobre ottobre ott octubre outubro out octubre október lokakuuta lokakuu "
      + "oktoober oktobris oktobrī spalio października paź říjen října říj októbra oktobra oktobar október "
      + "octombrie tetor ekim eki oktyabr oktoba октября окт октябрь жовтня жов кастрычніка октомври октобар "
      + "октобра οκτωβρίου οκτ אוקטובר באוקטובר أكتوبر اكتوبر اکتبر اکتوبر अक्टूबर अक्तूबर অক্টোবর அக்டோபர் "
      + "ตุลาคม oktubre oktabr అక్టోబర్ అక్టోబరు ऑक्टोबर अक्टोबर ઓક્ટોબર ਅਕਤੂਬਰ ಅಕ್ಟೋಬರ್ ഒക്ടോബർ ඔක්තෝබර් "
      + "အောက်တိုဘာ តុលា ຕຸລາ ოქტომბერი ოქტომბერს հոկտեմբերի հոկտեմբեր қазан urria urriaren deireadh_fómhair "
      + "hydref ottubru oktobro ଅକ୍ଟୋବର অক্টোবৰ تشرين_الأول تشرين_أول ต.ค",
    "november nov novembre noviembre novembro november nóvember marraskuuta marraskuu novembris novembrī "
      + "lapkričio listopada lis listopadu listopad novembra studenoga studenog studeni novembar noiembrie "
      + "noi nëntor kasım kas noyabr novemba nopember ноября ноя нояб ноябрь листопада лис лістапада ноември "
      + "новембар новембра νοεμβρίου νοε נובמבר בנובמבר نوفمبر نوامبر نومبر नवंबर नवम्बर নভেম্বর நவம்பர் "
      + "พฤศจิกายน nobyembre నవంబర్ నవంబరు नोव्हेंबर नोभेम्बर નવેમ્બર ਨਵੰਬਰ ನವೆಂಬರ್ നവംബർ නොවැම්බර් နိုဝင်ဘာ "
      + "វិច្ឆិកា ພະຈິກ ნოემბერი ნოემბერს նոյեմբերի նոյեմբեր қараша azaroa azaroaren samhain tachwedd "
      + "novembru ନଭେମ୍ବର নৱেম্বৰ نونبر تشرين_الثاني تشرين_ثاني พ.ย",
    "december dec dezember dez décembre decembre déc dicembre dic diciembre dezembro desembre desember "
      + "des joulukuuta joulukuu detsember decembris decembrī gruodžio grudnia gru prosinec prosince pro "
      + "decembra prosinca prosinac decembar december decembrie dhjetor aralık ara dekabr disemba desember "
      + "декабря дек декабрь грудня гру снежня декември децембар децембра δεκεμβρίου δεκ דצמבר בדצמבר ديسمبر "
      + "دسامبر دسمبر दिसंबर दिसम्बर ডিসেম্বর டிசம்பர் ธันวาคม disyembre disember డిసెంబర్ డిసెంబరు डिसेंबर "
      + "डिसेम्बर ડિસેમ્બર ਦਸੰਬਰ ಡಿಸೆಂಬರ್ ഡിസംബർ දෙසැම්බර් ဒီဇင်ဘာ ធ្នូ ທັນວາ დეკემბერი დეკემბერს դեկտեմբերի "
      + "դեկտեմբեր желтоқсан abendua abenduaren nollaig rhagfyr diċembru decembro ଡିସେମ୍ବର ডিচেম্বৰ دجنبر "
      + "كانون_الأول كانون_أول ธ.ค",
  ]

  /// Farvardin to Esfand; also as Afghanistan names them.
  private static let persianList = [
    "فروردین حمل", "اردیبهشت ثور", "خرداد جوزا", "تیر سرطان", "مرداد امرداد اسد", "شهریور سنبله", "مهر میزان",
    "آبان عقرب",
    "آذر قوس", "دی جدی", "بهمن دلو", "اسفند حوت",
  ]
}

/// Names in scripts without capitals: well-known places, what stands beside a title, and foreign names with a dot inside.

/// Whether a change exchanges, brings or takes such a name.
func differInUncasedNames(
  _ change: WordChange, _ rephrasing: Rephrasing, _ old: Range<Int>, _ new: Range<Int>, language: String?
) -> Bool {
  guard (change.old + change.new).contains(where: { $0.first.map { $0 >= 0xD6 } == true }) else { return false }
  let places = places.lexicon(for: language)
  if places.found(in: change.oldAround).sorted() != places.found(in: change.newAround).sorted() { return true }
  guard !change.old.isEmpty, !change.new.isEmpty else { return false }
  let (was, becomes) = (rephrasing.old.text(old), rephrasing.new.text(new))
  guard [was, becomes].allSatisfy(mayBeName) else { return false }
  let before = rephrasing.old.text(max(0, old.lowerBound - 4)..<old.lowerBound)
  let after = rephrasing.old.text(old.upperBound..<min(rephrasing.old.ranges.count, old.upperBound + 4))
  return titlesBefore.contains { before.hasSuffix($0) || before.hasSuffix($0 + " ") }
    || titlesAfter.contains { after.hasPrefix($0) || after.hasPrefix(" " + $0) }
}

/// The ends of foreign names that a dot joins, two letters on either side of each: `普京` and `尔` of `弗拉基米尔·普京`.
func dottedNames(in text: String) -> [[Unicode.Scalar]] {
  var text = text
  let hasDot = text.withUTF8 { bytes in
    bytes.indices.contains { i in
      (bytes[i] == 0xB7 && i > 0 && bytes[i - 1] == 0xC2) || (bytes[i] == 0xBB && i > 0 && bytes[i - 1] == 0x83)
    }
  }
  guard hasDot else { return [] }
  let scalars = Array(text.unicodeScalars)
  return scalars.indices.compactMap { i in
    guard scalars[i] == "・" || scalars[i] == "·", i >= 2, i + 2 < scalars.count else { return nil }
    let ends = [scalars[i - 2], scalars[i - 1], scalars[i + 1], scalars[i + 2]]
    return ends.allSatisfy(isUnspaced) ? ends : nil
  }
}

/// Two to forty letters, no day.
private func mayBeName(_ text: String) -> Bool {
  let scalars = text.unicodeScalars
  return (2...40).contains(scalars.count) && !noNames.contains(text)
    && scalars.allSatisfy {
      ($0.properties.isAlphabetic || $0.properties.isGraphemeExtend || $0 == " ") && $0 != "日" && $0 != "年"
    }
}

private let noNames: Set<String> = [
  "اليوم", "أمس", "غدا", "السابق", "الحالي", "الجديد", "आज", "कल", "어제", "오늘", "내일", "현", "전",
]

private let titlesBefore = """
  总统 總統 总理 總理 主席 部长 部長 市长 市長 发言人 發言人 الرئيس الوزير السيد السيدة الشيخ الملك الأمير الدكتور प्रधानमंत्री राष्ट्रपति मुख्यमंत्री मंत्री श्री \
  श्रीमती डॉ นาย นาง
  """.split(separator: " ").map(String.init)

private let titlesAfter = """
  氏 さん 首相 大統領 容疑者 被告 議員 知事 市長 社長 選手 監督 大臣 教授 先生 女士 总统 總統 总理 總理 대통령 의원 장관 총리 대표 시장 지사 씨 교수 जी
  """.split(separator: " ").map(String.init)

/// Countries and cities that the news name most; the ways to write one are parted by `=`.
private let places = LexiconByLanguage([
  "zh": """
  中国=中國 美国=美國 英国=英國 法国=法國 德国=德國 俄罗斯=俄羅斯=俄国 乌克兰=烏克蘭 日本 韩国=韓國 朝鲜=朝鮮=北韩=北韓 印度 巴基斯坦 伊朗 伊拉克 以色列 巴勒斯坦 \
  加沙 叙利亚=敘利亞 土耳其 埃及 沙特 西班牙 意大利=義大利 加拿大 澳大利亚=澳洲=澳大利亞 巴西 墨西哥 阿根廷 南非 台湾=台灣=臺灣 香港 澳门=澳門 北京 上海 广州=廣州 \
  深圳 武汉=武漢 重庆=重慶 天津 台北=臺北 东京=東京 首尔=首爾 华盛顿=華盛頓 纽约=紐約 伦敦=倫敦 巴黎 柏林 莫斯科 基辅=基輔 欧盟=歐盟 联合国=聯合國 北约=北約 非洲 \
  欧洲=歐洲 亚洲=亞洲 越南 泰国=泰國 印度尼西亚=印尼 菲律宾=菲律賓 马来西亚=馬來西亞 新加坡 白宫=白宮 克里姆林宫=克里姆林宮
  """,
  "ja": """
  日本 中国 米国=アメリカ 英国=イギリス フランス ドイツ ロシア ウクライナ 韓国 北朝鮮 インド パキスタン イラン イラク イスラエル パレスチナ ガザ シリア トルコ エジプト \
  サウジアラビア スペイン イタリア カナダ オーストラリア ブラジル メキシコ 南アフリカ 台湾 香港 北京 上海 東京 大阪 京都 名古屋 福岡 札幌 仙台 広島 沖縄 神戸 横浜 ソウル \
  ワシントン ニューヨーク ロンドン パリ ベルリン モスクワ 欧州 アフリカ アジア ベトナム タイ インドネシア フィリピン 国連 ホワイトハウス クレムリン
  """,
  "ko": """
  한국* 북한* 미국* 중국* 일본* 러시아* 우크라이나* 영국* 프랑스* 독일* 인도* 이란* 이라크* 이스라엘* 가자* 시리아* 터키*=튀르키예* 이집트* 스페인* 이탈리아* 캐나다* 호주* 브라질* \
  대만* 홍콩* 서울* 부산* 대구* 인천* 광주* 대전* 울산* 제주* 평양* 도쿄* 베이징* 상하이* 워싱턴* 뉴욕* 런던* 파리* 베를린* 모스크바* 유럽* 아프리카* 베트남* 태국* 청와대* 백악관* 유엔*
  """,
  "ar": """
  مصر سوريا=سورية العراق إيران لبنان الأردن السعودية اليمن قطر الكويت الإمارات البحرين عمان ليبيا تونس الجزائر المغرب السودان فلسطين غزة إسرائيل \
  تركيا روسيا أوكرانيا أمريكا=أميركا بريطانيا فرنسا ألمانيا إيطاليا إسبانيا الصين اليابان الهند باكستان أفغانستان القاهرة بغداد دمشق بيروت عمّان الرياض \
  صنعاء الدوحة دبي أبوظبي طرابلس الخرطوم القدس طهران أنقرة إسطنبول موسكو كييف واشنطن نيويورك لندن باريس برلين بكين أوروبا أفريقيا
  """,
  "hi": """
  भारत पाकिस्तान चीन अमेरिका रूस यूक्रेन ब्रिटेन फ्रांस जर्मनी जापान ईरान इराक इजरायल=इज़राइल गाजा=गाज़ा बांग्लादेश नेपाल श्रीलंका अफगानिस्तान दिल्ली मुंबई \
  कोलकाता चेन्नई बेंगलुरु हैदराबाद पुणे अहमदाबाद जयपुर लखनऊ पटना भोपाल कानपुर नागपुर वाराणसी बिहार उत्तर_प्रदेश मध्य_प्रदेश महाराष्ट्र गुजरात राजस्थान \
  पंजाब हरियाणा केरल कर्नाटक तमिलनाडु बंगाल असम कश्मीर लंदन पेरिस बर्लिन मॉस्को वाशिंगटन न्यूयॉर्क बीजिंग यूरोप अफ्रीका
  """,
  "he": """
  ישראל ירושלים חיפה עזה רמאללה לבנון סוריה מצרים ירדן איראן עיראק טורקיה רוסיה אוקראינה בריטניה צרפת גרמניה סין יפן הודו וושינגטון לונדון פריז ברלין \
  מוסקבה אירופה
  """,
  "fa": """
  ایران عراق سوریه لبنان ترکیه عربستان اسرائیل غزه افغانستان پاکستان هند چین روسیه اوکراین آمریکا بریتانیا فرانسه آلمان ژاپن تهران مشهد اصفهان شیراز تبریز \
  بغداد دمشق مسکو واشنگتن لندن پاریس برلین پکن اروپا
  """,
  "th": """
  ไทย กรุงเทพ เชียงใหม่ ภูเก็ต ขอนแก่น จีน ญี่ปุ่น เกาหลี อินเดีย เวียดนาม กัมพูชา ลาว พม่า=เมียนมา มาเลเซีย สิงคโปร์ อินโดนีเซีย สหรัฐ รัสเซีย ยูเครน อังกฤษ ฝรั่งเศส เยอรมนี อิสราเอล \
  อิหร่าน ลอนดอน ปารีส ปักกิ่ง โตเกียว ยุโรป
  """,
])

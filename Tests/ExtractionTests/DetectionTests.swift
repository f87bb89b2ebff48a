import Model
import Testing

@testable import Extraction

/// The language of a text that does not say it, or says another.
struct DetectionTests {
  @Test(arguments: FixturePage.all)
  func `a text's language is known without its being declared`(page: FixturePage) {
    #expect(TextLanguage(of: page.paragraphs.map { Array($0.utf8) })?.subtag == page.language)
  }

  @Test(arguments: [
    (
      "de",
      "Die alte Brücke im Hafen bleibt bis zum Frühjahr geschlossen, sagte die Behörde am Montag, weil Taucher in zwei Pfeilern Risse gefunden haben und es noch nicht klar ist, wie lange die Arbeiten dauern."
    ),
    (
      "es",
      "El viejo puente del puerto seguirá cerrado hasta la primavera, dijo el lunes la autoridad, después de que los buzos hallaron grietas en dos pilares y no se sabe cuándo se abrirá."
    ),
    (
      "pt",
      "A velha ponte do porto vai continuar fechada até à primavera, disse na segunda-feira a direção, depois de os mergulhadores terem encontrado fendas em dois pilares, e não se sabe quando abre."
    ),
    (
      "nl",
      "De oude brug in de haven blijft tot het voorjaar dicht, zei het bestuur maandag, omdat duikers scheuren in twee pijlers hebben gevonden en het nog niet duidelijk is hoe lang dat duurt."
    ),
    (
      "sv",
      "Den gamla bron i hamnen är stängd till våren, sade ledningen på måndagen, efter att dykare har hittat sprickor i två pelare och det inte är klart när den kan öppnas."
    ),
    (
      "pl",
      "Stary most w porcie będzie zamknięty do wiosny, powiedział w poniedziałek zarząd, po tym jak nurkowie znaleźli pęknięcia i nie jest jasne, jak długo to potrwa, a ruch jest już duży."
    ),
    (
      "tr",
      "Limandaki eski köprü bahara kadar kapalı kalacak, dedi yönetim pazartesi günü ve dalgıçların iki ayakta çatlak bulduğu için ne zaman açılacağı bilinmiyor, ama daha çok feribot olacak."
    ),
    (
      "uk",
      "Старий міст у порту буде закритий до весни, повідомили в понеділок його власники, бо водолази знайшли тріщини у двох опорах, і не відомо, коли він відкриється."
    ),
    (
      "vi",
      "Cây cầu cũ ở cảng sẽ tiếp tục đóng cửa cho đến mùa xuân, cơ quan này cho biết hôm thứ Hai, sau khi các thợ lặn tìm thấy những vết nứt và không rõ khi nào được mở."
    ),
    (
      "fa",
      "پل قدیمی بندر تا بهار بسته می ماند، مدیر بندر روز دوشنبه گفت که غواصان در دو پایه ترک هایی را پیدا کرده اند و این کار برای مردم سخت است."
    ),
    ("hi", "बंदरगाह का पुराना पुल वसंत तक बंद रहेगा, अधिकारियों ने सोमवार को कहा कि गोताखोरों ने दो खंभों में दरारें पाई हैं और यह नहीं पता कि यह कब खुलेगा।"),
    ("ja", "港の古い橋は春まで閉鎖される、と当局は月曜日に発表した。潜水士が二つの橋脚にひびを見つけたためで、再開の時期は分かっていない。"),
    ("ko", "항구의 오래된 다리는 봄까지 닫혀 있을 것이라고 당국이 월요일에 밝혔다. 잠수부들이 교각 두 개에서 균열을 발견했기 때문이다."),
    ("el", "Η παλιά γέφυρα του λιμανιού θα μείνει κλειστή μέχρι την άνοιξη, είπε τη Δευτέρα η διοίκηση του λιμανιού."),
    ("th", "สะพานเก่าที่ท่าเรือจะยังคงปิดจนถึงฤดูใบไม้ผลิ ทางการกล่าวเมื่อวันจันทร์ หลังจากนักดำน้ำพบรอยร้าว"),
  ])
  func `languages are told apart`(language: String, text: String) {
    #expect(TextLanguage(of: [Array(text.utf8)])?.subtag == language)
  }

  @Test(arguments: [
    "", "Lorem ipsum dolor sit amet, consectetur adipiscing elit sed eiusmod tempor incididunt labore",
    "12345 67890 12345 67890 12345 67890 12345 67890", "Ada Miller, Bo Chen, Cy Dee",
  ])
  func `nothing is said where nothing is sure`(text: String) {
    #expect(TextLanguage(of: [Array(text.utf8)]) == nil)
  }

  private func language(_ page: FixturePage, declared: String) throws -> String? {
    let markup = page.markup().replacing("lang=\"\(page.language)\"", with: declared)
    return try #require(readArticle(markup: Array(markup.utf8), contentType: "text/html", url: nil)).language
  }

  @Test(arguments: FixturePage.all)
  func `an absent declaration is made up for, and a wrong one not believed`(page: FixturePage) throws {
    #expect(try language(page, declared: "") == page.language)
    let wrong = page.language == "en" ? "ru" : "en-US"
    #expect(try language(page, declared: "lang=\"\(wrong)\"") == page.language)
    #expect(try language(page, declared: "lang=\"\(page.language)-XY\"") == page.language + "-XY")
  }

  @Test func `a declared language that is not known here stands`() throws {
    #expect(try language(FixturePage.english, declared: "lang=\"en-GB\"") == "en-GB")
  }
}

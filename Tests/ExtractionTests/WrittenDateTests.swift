import Model
import Testing

@testable import Extraction

/// Dates as the pages of the world write them.
struct WrittenDateTests {
  /// A language and a way to write one day in it, a line each.
  private static let written = """
    el|3 Μαΐου 2024
    el|3 ΜΑΪΟΥ 2024
    el|3 Μαϊου 2024, 10:30
    el|Παρασκευή, 03 Μαΐου 2024 10:30
    el|03.05.2024, 10:30
    hu|2024. május 3.
    hu|2024. május 3. 10:30
    hu|2024.05.03. 10:30
    hu|2024. máj. 3.
    hu|2024. 05. 03.
    hu|2024. május 3., péntek
    hu|2024. május 3. péntek, 10:30
    cs|3. května 2024
    cs|3. 5. 2024
    cs|3.5.2024 10:30
    cs|3. 5. 2024 10:30
    sk|3. mája 2024
    sk|3.5.2024 o 10:30
    pl|3 maja 2024 r.
    pl|piątek, 3 maja 2024
    pl|3 MAJ 2024
    ko|2024.05.03 오전 10:30
    ko|입력 2024.05.03. 오후 3:05
    ko|2024. 5. 3. 10:30
    ko|2024년 5월 3일 오후 3시 5분
    ko|기사입력 2024.05.03 10:30 최종수정 2024.05.04 11:00
    ja|2024年5月3日 10時30分
    ja|2024年05月03日(金) 10:30
    ja|2024年5月3日 午後3時05分
    ja|令和6年5月3日
    ja|2024.5.3
    ja|２０２４年５月３日
    ja|2024/5/3 10:30
    zh|2024年05月03日 10:30
    zh|2024年5月3日 下午3:05
    zh|2024年5月3日15时30分
    zh|民國113年5月3日
    zh|中華民國113年5月3日
    zh|二〇二四年五月三日
    zh|2024年5月3日 星期五
    zh|2024/05/03 10:30:00
    th|3 พฤษภาคม 2567
    th|3 พ.ค. 2567 10:30 น.
    th|๓ พฤษภาคม ๒๕๖๗
    th|03 พ.ค. 67 | 10:30 น.
    th|เผยแพร่ 3 พ.ค. 2024
    fa|۱۴ اردیبهشت ۱۴۰۳
    fa|جمعه ۱۴ اردیبهشت ۱۴۰۳ - ۱۰:۳۰
    fa|1403/02/14
    fa|۱۴۰۳/۰۲/۱۴ ۱۰:۳۰
    fa|14 اردیبهشت 1403
    fa|۳ مه ۲۰۲۴
    ar|3 مايو 2024
    ar|٣ مايو ٢٠٢٤
    ar|الجمعة 3 أيار 2024
    ar|3 أيار/مايو 2024
    ar|3 مايو/أيار 2024
    ar|03 مايو 2024 - 10:30 ص
    ar|3 ماي 2024
    ar|٢٠٢٤/٥/٣
    ar|2024/05/03
    ar|آخر تحديث: 3 مايو 2024 - 10:30 بتوقيت غرينتش
    he|3 במאי 2024
    he|3.5.2024
    he|03/05/24
    he|יום שישי, 3 במאי 2024, 10:30
    he|03/05/2024 10:30
    vi|03/05/2024 10:30
    vi|Thứ sáu, 3/5/2024, 10:30 (GMT+7)
    vi|ngày 3 tháng 5 năm 2024
    vi|3 tháng 5, 2024
    vi|03-05-2024 - 10:30 AM
    id|Jumat, 3 Mei 2024 10:30 WIB
    id|03 Mei 2024, 10.30 WIB
    id|Jumat, 03/05/2024 10:30 WIB
    tr|3 Mayıs 2024 Cuma 10:30
    tr|03.05.2024 - 10:30
    tr|3 MAYIS 2024
    tr|3 Mayis 2024
    ro|vineri, 3 mai 2024
    bg|03.05.2024 г.
    bg|3 май 2024, 10:30
    uk|3 травня 2024, 10:30
    sr|3. maj 2024.
    sr|петак, 03.05.2024, 10:30
    sr|3. мај 2024.
    sl|3. maj 2024
    sl|3. 5. 2024
    hr|3. svibnja 2024.
    hr|03.05.2024. u 10:30
    fi|3.5.2024 klo 10.30
    fi|3. toukokuuta 2024
    et|3. mai 2024 10:30
    lv|2024. gada 3. maijs
    lv|2024. gada 3. maijā, 10:30
    lt|2024 m. gegužės 3 d.
    lt|2024 gegužės 3
    lt|2024-05-03 10:30
    sv|3 maj 2024 kl. 10:30
    sv|Publicerad 2024-05-03 10.30
    no|Publisert 3. mai 2024 kl. 10:30
    no|03.05.2024, kl. 10.30
    da|03. MAJ 2024
    da|3. maj 2024 kl. 10.30
    is|3. maí 2024
    nl|vrijdag 3 mei 2024, 10:30
    nl|3 mei 2024 om 10:30
    pt|3 de maio de 2024 às 10h30
    pt|03/05/2024 10h30
    pt|03 mai 2024 - 10h30
    pt-BR|03/05/2024 às 10:30
    pt|3.mai.2024 às 10h30
    es|3 de mayo de 2024 | 10:30
    es|03 may 2024
    es|viernes 3 de mayo de 2024, 10:30h
    es|03 MAY 2024 - 10:30 CEST
    es|Mayo 3, 2024
    es|3 mayo, 2024
    ca|3 de maig del 2024
    ca|3 de maig de 2024
    eu|2024ko maiatzaren 3a
    eu|2024/05/03
    gl|3 de maio de 2024
    fr|Publié le 03/05/2024 à 10h30
    fr|le vendredi 3 mai 2024 à 10:30
    fr|3 mai 2024 - 10 h 30
    fr|Publié le 3 mai 2024 à 10 h 30 HAE
    de|Freitag, 03.05.2024, 10:30 Uhr
    de|3. Mai 2024, 10.30 Uhr
    de|3.5.24, 10:30
    de|Veröffentlicht am 03.05.2024
    de|03.05.24
    it|3 Maggio 2024 | 10:30
    it|Ven, 03/05/2024 - 10:30
    it|03 mag 2024
    hi|03 मई 2024
    hi|३ मई २०२४
    hi|Updated: 3 May 2024, 10:30 AM IST
    bn|৩ মে ২০২৪
    bn|৩ মে, ২০২৪ ১০:৩০
    bn|প্রকাশ: ০৩ মে ২০২৪, ১০: ৩০
    ta|3 மே 2024
    te|3 మే 2024
    mr|3 मे 2024
    gu|3 મે 2024
    pa|3 ਮਈ 2024
    kn|3 ಮೇ 2024
    ml|3 മേയ് 2024
    si|2024 මැයි 3
    my|မေ ၃၊ ၂၀၂၄
    km|៣ ឧសភា ២០២៤
    lo|3 ພຶດສະພາ 2024
    ka|3 მაისი 2024
    ka|3 მაისი, 2024
    hy|3 մայիսի 2024
    hy|3 Մայիսի, 2024
    kk|3 мамыр 2024
    uz|3 may 2024
    mn|2024 оны 5-р сарын 3
    mn|2024 оны 5 сарын 3
    az|3 may 2024
    sq|3 maj 2024
    mk|3 мај 2024
    sw|3 Mei 2024
    ms|3 Mei 2024
    tl|Mayo 3, 2024
    af|3 Mei 2024
    af|Vrydag 3 Mei 2024
    be|3 мая 2024
    cy|3 Mai 2024
    ga|3 Bealtaine 2024
    ur|3 مئی 2024
    ne|3 मे 2024
    eo|3 majo 2024
    lb|3. Mee 2024
    mt|3 ta' Mejju 2024
    en|May 3rd 2024
    en|3rd May 2024
    en|Fri 3 May 2024 10.30 BST
    en|Fri., May 3, 2024
    en|10:30 AM EDT May 3, 2024
    en|May 3 2024
    en|3-May-2024
    en|Friday, May 03, 2024 10:30 am IST
    en|May 3, 2024 • 4 min read
    en|Published: 10:30 EDT, 3 May 2024 | Updated: 12:30 EDT, 4 May 2024
    en|Published 10:30 AM EDT, Fri May 3, 2024
    en|May. 3, 2024
    en|3 May, 2024
    en|May 3, 2024 10:30 AM PT
    en|05/03/2024 10:30 AM
    en-GB|03/05/2024 10:30
    en-IN|May 03, 2024 10:30 am | Updated May 04, 2024 11:00 am IST
    en|the 3rd of May, 2024
    en|Issue date: 2024-05-03
    en|5/3/2024
    en|3 MAY 2024
    """

  @Test(arguments: written.split(separator: "\n").map { $0.split(separator: "|", maxSplits: 1).map(String.init) })
  func `3 May 2024 is read in any language`(line: [String]) throws {
    let (language, text) = (try #require(line.first), try #require(line.last))
    #expect(WrittenDate(in: text.utf8, language: language)?.stamp.date == CivilDate(year: 2024, month: 5, day: 3))
  }

  @Test(arguments: [
    ("ko", "입력 2024.05.03. 오후 3:05", "2024-05-03T15:05:00"), ("ko", "2024년 5월 3일 오전 12시 5분", "2024-05-03T00:05:00"),
    ("ja", "2024年5月3日 午後3時05分", "2024-05-03T15:05:00"), ("zh", "2024年5月3日 下午3:05", "2024-05-03T15:05:00"),
    ("zh", "2024年5月3日15时30分", "2024-05-03T15:30:00"), ("fr", "3 mai 2024 à 10 h 30 HAE", "2024-05-03T14:30:00.000Z"),
    ("en", "May 3, 2024 10:30 AM ET", "2024-05-03T14:30:00.000Z"),
    ("en", "Jan 3, 2024 10:30 AM ET", "2024-01-03T15:30:00.000Z"),
    ("en-IN", "May 03, 2024 10:30 am IST", "2024-05-03T05:00:00.000Z"),
    ("en-IE", "3 May 2024 10:30 IST", "2024-05-03T10:30:00"),
    ("ru", "3 мая 2024, 10:30 мск", "2024-05-03T07:30:00.000Z"),
    ("vi", "3/5/2024, 10:30 (GMT+7)", "2024-05-03T10:30:00"),
    ("en", "Fri May 03 10:30:00 CEST 2024", "2024-05-03T08:30:00.000Z"),
    ("th", "3 พ.ค. 67 | 10:30 น.", "2024-05-03T10:30:00"),
  ])
  func `the time of day and its zone are read with it`(language: String, text: String, stamp: String) {
    #expect(WrittenDate(in: text.utf8, language: language)?.stamp.description == stamp)
  }

  @Test(arguments: [
    "20240503", "202405031030", "20240503103000", "20240503T103000+0200", "20240503T1030", "1714725000",
    "1714725000000",
    "Friday, 3-May-24 08:30:00 UTC", "Fri May 03 2024 10:30:00 GMT+0200 (Central European Summer Time)",
    "5/3/2024 10:30:00 AM", "2024-05-03T10:30+02:00[Europe/Berlin]",
  ])
  func `a field may be as a program writes it`(field: String) {
    #expect(WrittenDate.field(field, language: "en")?.date == CivilDate(year: 2024, month: 5, day: 3))
  }

  @Test(arguments: [
    "12345678", "99999999", "20241350", "20240503256161", "2024050", "20240503T", "20240503T99", "1403/13/40",
  ])
  func `digits that are no date are none`(field: String) {
    #expect(WrittenDate.field(field, language: "fa").map { (1900...2100).contains($0.date.year) } != true)
  }

  @Test(arguments: [
    "Updated 4 May 2024. First published 3 May 2024", "Last updated: May 4, 2024 | Published: May 3, 2024",
    "Stand: 04.05.2024, veröffentlicht 03.05.2024", "기사입력 2024.05.03 10:30 최종수정 2024.05.04 11:00",
    "公開 2024年5月3日 更新 2024年5月4日", "Mis à jour le 4 mai 2024, publié le 3 mai 2024",
  ])
  func `of several dates that of a change is not the first choice`(text: String) {
    let all = WrittenDate.all(in: text.utf8, language: nil)
    #expect(all.count == 2)
    #expect(WrittenDate(in: text.utf8, language: nil)?.stamp.date.day == 3)
    #expect(all.first(where: \.isUpdate)?.stamp.date.day == 4)
  }

  @Test(
    arguments: [
      (1403, 1, 1, "2024-03-20"), (1403, 12, 30, "2025-03-20"), (1404, 1, 1, "2025-03-21"),
      (1399, 12, 30, "2021-03-20"),
      (1357, 11, 22, "1979-02-11"), (1404, 12, 30, nil), (1403, 7, 31, nil), (1403, 13, 1, nil), (1200, 1, 1, nil),
      (1403, 0, 0, nil),
    ] as [(Int64, Int64, Int64, String?)])
  func `the Persian calendar is counted from the equinox`(year: Int64, month: Int64, day: Int64, date: String?) {
    #expect(
      PersianCalendar.date(year: year, month: month, day: day).map { PartialTimestamp(date: $0).description } == date)
  }
}

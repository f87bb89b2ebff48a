/// The words of class and id attributes that say what an element is for, in the languages news pages are written by.
enum MarkWords {
  /// FNV-1a (Fowler, Noll, Vo).
  static func key(_ bytes: some Sequence<UInt8>) -> UInt64 {
    var key: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in bytes { key = (key ^ UInt64(byte)) &* 0x100_0000_01B3 }
    return key
  }

  /// Starts of class names that speak of something else: a subject (`tag-politics`), a state of the whole page.
  static let skippedPrefixes: [[UInt8]] = [
    "tag-", "category-", "status-", "format-", "type-", "has-", "no-", "not-", "with-", "without-", "is-", "hide-",
    "show-",
    "post-type", "js-", "cat-", "section-", "theme-",
  ].map { Array($0.utf8) }

  static func marks(ofWord word: [UInt8]) -> Marks {
    guard word.count > 1 else { return [] }
    if let marks = words[key(word)] { return marks }
    guard word.count > 6 else { return [] }
    for (prefix, marks) in prefixes where word.starts(with: prefix) { return marks }
    return []
  }

  /// Of a whole class name, its separators left out: `article-body`, `articleBody` and `article__body` are one.
  static func marks(ofName name: [UInt8]) -> Marks {
    guard name.count > 3 else { return [] }
    return names[key(name)] ?? []
  }

  private static func table(_ lists: [(Marks, String)]) -> [UInt64: Marks] {
    var out: [UInt64: Marks] = [:]
    for (marks, list) in lists {
      for word in list.utf8.split(separator: 32) { out[key(word), default: []].formUnion(marks) }
    }
    return out
  }

  private static let words = table([
    (
      .social,
      "share shares sharing social follow followus socials addthis addtoany sharedaddy likes reactions rating vote"
    ),
    (
      .related,
      "related recommended recommendations recommendation suggested trending popular mostread mostviewed latest recirc "
        + "recirculation teaser teasers outbrain taboola zergnet revcontent dianomi mgid readmore readalso seealso "
        + "morestories alsoread correlati correlate terkait bacajuga lireaussi leggianche upnext readnext"
    ),
    (
      .comments,
      "comments comment disqus commentlist commentarea commentsection commentform commentbox commentcount respond kommentare commentaires commenti comentarios komentar coral"
    ),
    (.newsletter, "newsletter newsletters subscribe subscription subscriptions signup optin mailchimp cta"),
    (
      .advertisement,
      "ad ads adv advert adverts advertisement advertising advertorial adslot adbox adsbygoogle dfp gpt sponsor sponsored "
        + "sponsors promo promos promotion promoted pubblicita publicidad werbung anzeige iklan teads affiliate disclosure productcard"
    ),
    (
      .navigation,
      "nav navigation navbar menu submenu breadcrumb breadcrumbs pagination pager toolbar tools masthead skiplink sitemap "
        + "postnav prevnext navlinks"
    ),
    (.consent, "cookie cookies consent gdpr onetrust didomi cmp usercentrics"),
    (.ticker, "ticker ultimora newsticker marquee counter viewcount"),
    (.tags, "tags taglist topics keywords hashtags"),
    (.overlay, "modal popup overlay lightbox tooltip dropdown offcanvas interstitial"),
    (.sidebar, "sidebar rightrail siderail complementary factbox"),
    (.footer, "footer colophon contentinfo copyright disclaimer"),
    (.form, "login signin register poll quiz survey searchform"),
    (.embed, "oembed embed"),
    (.biography, "bio biography aboutauthor authorbox authorbio authorinfo"),
    (.hidden, "visuallyhidden"),
    (
      .caption,
      "caption captions figcaption attachment lightgallery photo credit credits didascalia bildunterschrift legende imagecaption photocredit"
    ),
    (.byline, "byline bylines author authors autor auteur autore penulis autoren reporter"),
    (
      .details,
      "dateline timestamp date datetime pubdate published updated meta postmeta entrymeta readtime readingtime kicker eyebrow"
    ),
    (.lead, "standfirst dek deck chapo sottotitolo lede subheadline subtitle subhead excerpt intro abstract"),
    (.headline, "headline"),
    (.notice, "correction corrections clarification erratum errata rectificatif koreksi ralat rettifica editorsnote"),
    (.pullQuote, "pullquote"),
  ])

  private static let prefixes: [([UInt8], Marks)] = [
    ("related", Marks.related), ("recommend", .related), ("sharebutton", .social), ("sharebar", .social),
    ("sharetool", .social), ("social", .social), ("newsletter", .newsletter),
    ("advert", .advertisement), ("sponsor", .advertisement), ("breadcrumb", .navigation),
    ("cookie", .consent), ("paginat", .navigation), ("taboola", .related), ("outbrain", .related),
    ("productcard", .advertisement), ("unifiedproduct", .advertisement),
  ].map { (Array($0.0.utf8), $0.1) }

  private static let names = table([
    (
      .body,
      "articlebody articlecontent articletext articlebodycontent articlebodytext articlecontents articlemaincontent "
        + "storybody storycontent storytext storybodytext postcontent postbody posttext entrycontent entrybody "
        + "newsbody newscontent newstext newsarticlebody contentbody bodycontent bodycopy articlecopy articlefulltext "
        + "tdpostcontent singlecontent fulltext textearticle corpsarticle articlecorpo testoarticolo corpotesto cuerponoticia "
        + "detailtext detailcontent isiberita readcontent contentdetail articledetail pagecontentbody richtext richtextbody "
        + "storybodycontent articlesection cmsarticlebody singlepostcontent postarticlecontent cuerpo artikeltext"
    ),
    (
      .related,
      "readalso seealso alsoread lireaussi leggianche bacajuga moreon morefrom readmorelink morestories nextarticle "
        + "previousarticle mostread mostpopular latestnews topstories youmaylike youmightlike articlerelated inlinerelated"
    ),
    (.biography, "authorbox authorbio authorinfo aboutauthor aboutheauthor authorcard authordescription authorprofile"),
    (
      .notice,
      "editorsnote editornote correctionnote updatenote articleupdate articlecorrection clarificationnote articlenotice "
        + "notedelaredaction notaredazione notaredaksi"
    ),
    (.hidden, "sronly screenreadertext visuallyhidden screenreader srhidden ahidden dnone displaynone hidden"),
    (.newsletter, "newslettersignup emailsignup mailinglist"),
    (
      .social,
      "followus sharethis sharebuttons sharelinks sharetools appbadge appstore storebadge downloadapp followtopic"
    ),
    (.caption, "wpcaptiontext imagecaption photocaption mediacaption photocredit imagecredit picturecaption wpcaption"),
    (.pullQuote, "pullquote"), (.advertisement, "productcard productwidget productbox"),
    (.embed, "instagrammedia tiktokembed fbpost videoplayer playercontrols videocontrols"),
    (.ticker, "breakingnews ultimaora livecounter newsticker commentcount viewscount"),
    (.tags, "posttags articletags taglist articletopics tagcloud"),
    (.details, "entrymeta postmeta articlemeta pubdate publishdate publisheddate"),
    (.footer, "entryfooter articlefooter postfooter storyfooter"),
    (
      .lead,
      "lead articlelead articleintro articlesubtitle articledescription articlesummary postexcerpt leadtext articlestandfirst"
    ),
    (.navigation, "skiptocontent skiplink backtotop"),
  ])
}

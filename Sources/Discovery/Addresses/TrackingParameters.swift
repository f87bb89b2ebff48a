/// The query parameters that say where a reader came from and never which article: data, each line with who adds them.
///
/// A name is here only if the maker's documentation says that it is for measuring, so that no server chooses content by
/// it. Codes that open an article to a reader (`unlocked_article_code`, `share_token`, `gaa_*`) are not, for what the
/// server sends depends on them. Names that sites also use for content (`ref`, `source`, `id`, `p`, `s`, `from`) are left alone.
enum TrackingParameters {
  /// Whether a parameter of that name is dropped; upper and lower case are one.
  static func contains(_ name: some StringProtocol) -> Bool {
    let name = name.lowercased()
    return names.contains(name) || prefixes.contains { name.utf8.count > $0.utf8.count && name.hasPrefix($0) }
  }

  private static let prefixes = [
    "utm_",  // Google Analytics, campaign URLs (support.google.com/analytics/answer/1033863)
    "pk_", "piwik_", "mtm_", "matomo_",  // Matomo, campaign tracking (matomo.org/faq/reports)
    "at_custom", "at_link_", "at_bbc_",  // AT Internet (Piano Analytics), campaigns, as the BBC uses them
    "xtor-",  // AT Internet, before that
    "ga_",  // Google Analytics, old names of utm_
    "hsa_",  // HubSpot, ads (knowledge.hubspot.com, "ad tracking")
    "wt.", "wt_",  // Webtrends, Webtrekk / Mapp campaigns
    "trk_",  // LinkedIn
    "fb_action_", "fb_comment_",  // Facebook, shared stories
    "oly_",  // Omeda Olytics, newsletters
  ]

  private static let names: Set<String> = [
    "fbclid", "fb_source", "fb_ref",  // Facebook, click identifier
    "gclid", "gclsrc", "dclid", "gbraid", "wbraid", "gad_source", "gad_campaignid", "_ga", "_gl", "srsltid",
    // Google Ads auto-tagging; Analytics cross-domain linker; Merchant Center
    "msclkid",  // Microsoft Advertising
    "yclid", "ymclid", "_openstat", "ysclid",  // Yandex Direct, Metrica; OpenStat
    "twclid",  // X
    "ttclid",  // TikTok
    "igshid", "igsh",  // Instagram
    "li_fat_id",  // LinkedIn
    "epik",  // Pinterest
    "rdt_cid",  // Reddit
    "sccid", "scid",  // Snapchat
    "mc_cid", "mc_eid",  // Mailchimp
    "_hsenc", "_hsmi", "__hssc", "__hstc", "__hsfp", "hsctatracking",  // HubSpot
    "mkt_tok",  // Marketo
    "vero_id", "vero_conv",  // Vero
    "_ke", "_kx",  // Klaviyo
    "dm_i",  // dotdigital
    "ck_subscriber_id",  // Kit (ConvertKit)
    "ml_subscriber", "ml_subscriber_hash",  // MailerLite
    "bsft_aaid", "bsft_clkid", "bsft_eid", "bsft_mid", "bsft_uid",  // Blueshift
    "wickedid",  // Wicked Reports
    "irclickid",  // Impact
    "cjevent",  // CJ Affiliate
    "obclid", "dicbo", "outbrainclickid",  // Outbrain
    "tblci", "taboola_campaign_id",  // Taboola
    "xtor", "xtref",  // AT Internet
    "s_cid", "s_kwcid", "ef_id", "sc_cid",  // Adobe Analytics, Adobe Advertising
    "cmpid", "icid", "ito", "ns_mchannel", "ns_source", "ns_campaign", "ns_linkname", "ns_fee",
    // Adobe campaign variables as newsrooms name them; ITV and Mail Online; comScore Digital Analytix
    "smid", "smtyp",  // The New York Times, shares
    "wprss",  // The Washington Post, feeds
    "guccounter", "guce_referrer", "guce_referrer_sig",  // Yahoo, consent round trip
    "ocid", "cvid",  // Microsoft, MSN
    "at_campaign", "at_campaign_type", "at_medium", "at_format", "at_ptr_name", "at_creation",  // AT Internet
    "sref", "sfnsn",  // Bloomberg; Facebook mobile
    "__twitter_impression", "amp_js_v", "amp_gsa", "usqp",  // AMP viewers
    "ftag", "ref_src", "ref_url",  // CBS Interactive; X embeds
    "ved",  // Google Search
  ]
}

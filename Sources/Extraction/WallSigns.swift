/// The signs by which a page that answers "200" shows that it is not the article.
enum WallSigns {
  /// Of robot checks, in the markup itself (Cloudflare, Akamai, DataDome, PerimeterX, AWS WAF, Imperva).
  static let robotMarkup = [
    "challenge-platform", "cf-browser-verification", "cf_chl_", "cf-challenge", "captcha-delivery.com",
    "geo.captcha-delivery",
    "px-captcha", "_pxappid", "perimeterx", "awswafcookiedomainlist", "awswaf.com", "_incapsula_resource",
    "distil_r_captcha",
    "ak_bmsc", "sec-if-cpt-container", "g-recaptcha", "h-captcha",
  ]

  /// Of robot checks, in the text shown.
  static let robotText = [
    "just a moment", "checking your browser", "verify you are human", "verifying you are human", "are you a robot",
    "please enable js and disable any ad blocker", "attention required! | cloudflare", "access denied",
    "access to this page has been denied",
    "pardon our interruption", "unusual traffic", "enable javascript and cookies to continue",
    "you don't have permission to access",
    "request unsuccessful", "prove you are not a robot", "press & hold", "vérifiez que vous êtes humain",
    "bestätigen sie, dass sie ein mensch",
  ]

  /// Of consent walls, in the text shown: each is a fixed turn, not a word an article on the subject would be full of.
  static let consentText = [
    "we value your privacy", "we and our partners", "we and our", "accept all", "reject all", "manage options",
    "manage preferences",
    "cookie settings", "consent to", "continue without accepting", "tout accepter", "accepter et continuer",
    "continuer sans accepter",
    "nous et nos partenaires", "paramétrer", "accetta tutti", "accetta e continua", "continua senza accettare",
    "noi e i nostri partner",
    "rifiuta", "alle akzeptieren", "zustimmen und weiter", "wir und unsere partner", "einstellungen oder ablehnen",
    "ihre einwilligung",
    "aceptar todo", "aceptar y continuar", "nosotros y nuestros socios", "rechazar todo", "aceitar tudo",
    "terima semua",
    "alles accepteren", "akkoord", "zaakceptuj wszystkie", "принять все", "мы используем файлы cookie", "接受所有", "全部接受",
    "قبول الكل", "before you continue", "avant de continuer", "prima di continuare", "bevor sie fortfahren",
  ]

  /// Of pages that are not there, in a title or main heading.
  static let notFound = [
    "page not found", "not found", "404", "page introuvable", "page non trouvée", "n'existe pas", "n'existe plus",
    "pagina non trovata", "pagina inesistente", "non esiste", "halaman tidak ditemukan", "tidak ditemukan",
    "seite nicht gefunden", "nicht gefunden", "página no encontrada", "no encontrada", "página não encontrada",
    "não encontrada",
    "страница не найдена", "не найдена", "页面不存在", "找不到", "无法找到", "页面未找到", "ページが見つかりません", "الصفحة غير موجودة",
    "غير موجودة", "pagina niet gevonden", "sidan kunde inte hittas", "siden blev ikke fundet", "strona nie istnieje",
    "nie znaleziono", "sayfa bulunamadı", "this page doesn't exist", "page doesn't exist", "page does not exist",
    "no longer available", "페이지를 찾을 수 없습니다",
  ]
}

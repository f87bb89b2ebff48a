/// The signs by which a page that answers "200" shows that it is not the article. All in lower case; each a fixed turn, not
/// a word that an article on the subject would be full of.
enum WallSigns {
  /// Of robot checks, in the text shown.
  static let robotText = [
    "just a moment", "checking your browser", "verify you are human", "verifying you are human", "are you a robot",
    "please enable js and disable any ad blocker", "attention required! | cloudflare", "sorry, you have been blocked",
    "access denied", "access to this page has been denied", "pardon our interruption", "unusual traffic",
    "enable javascript and cookies to continue", "you don't have permission to access", "request unsuccessful",
    "prove you are not a robot", "press & hold", "making sure you're not a bot", "the requested url was rejected",
    "vercel security checkpoint", "your access to this site has been limited", "error 1020", "error 1015",
    "sucuri website firewall", "confirm you are not a robot", "i'm not a robot", "human verification",
    "security check", "temporarily blocked", "misusing this feature by going too fast", "too many requests",
    "temporairement bloquée", "abusé de cette fonctionnalité", "trop de requêtes", "vorübergehend gesperrt",
    "vorübergehend blockiert", "zu viele anfragen", "temporalmente bloquead", "demasiadas solicitudes",
    "temporaneamente bloccat", "troppe richieste", "temporariamente bloquead", "временно заблокирован",
    "vérifiez que vous êtes humain", "vérification de sécurité",
    "bestätigen sie, dass sie ein mensch",
    "sind sie ein mensch", "sicherheitsüberprüfung", "comprobando su navegador", "verifique que es un ser humano",
    "verifica che sei umano", "verifique se você é humano", "подтвердите, что вы не робот", "вы не робот", "安全验证",
    "请完成安全验证", "人机验证", "ロボットではありません",
  ]

  /// Of sites that keep a country out, in the text shown.
  static let country = [
    "not available in your country", "not available in your region", "unavailable in your country",
    "unavailable in your region", "unavailable due to legal reasons", "unavailable for legal reasons",
    "from a country belonging to the european economic area", "unavailable in most european countries",
    "not available to visitors from", "in ihrem land nicht verfügbar", "in deinem land nicht verfügbar",
    "pas disponible dans votre pays", "pas disponible dans votre région", "no está disponible en su país",
    "no está disponible en tu país", "non è disponibile nel tuo paese", "não está disponível no seu país",
    "недоступен в вашей стране", "недоступна в вашей стране",
  ]

  /// Of consent walls, in the text shown.
  static let consentText = [
    "we value your privacy", "we and our partners", "we and our", "accept all", "reject all", "manage options",
    "manage preferences", "cookie settings", "consent to", "continue without accepting", "tout accepter",
    "accepter et continuer", "continuer sans accepter", "nous et nos partenaires", "paramétrer", "accetta tutti",
    "accetta e continua", "continua senza accettare", "noi e i nostri partner", "rifiuta e abbonati", "rifiuta",
    "alle akzeptieren", "zustimmen und weiter", "akzeptieren und weiter", "wir und unsere partner",
    "einstellungen oder ablehnen", "ihre einwilligung", "mit werbung weiterlesen", "mit werbung und tracking",
    "weiter mit werbung", "pur-abo", "contentpass", "aceptar todo", "aceptar y continuar",
    "nosotros y nuestros socios", "rechazar todo", "rechazar y suscribirse", "aceitar tudo", "terima semua",
    "alles accepteren", "akkoord", "zaakceptuj wszystkie", "przejdź do serwisu", "принять все",
    "мы используем файлы cookie", "godkänn alla", "acceptér alle", "godta alle", "hyväksy kaikki", "souhlasím",
    "接受所有", "全部接受", "同意して続行", "قبول الكل", "before you continue", "avant de continuer",
    "prima di continuare", "bevor sie fortfahren", "bevor sie weitermachen", "antes de continuar",
  ]

  /// Of a page that sells the article, in the text shown.
  static let payment = [
    "subscribe to continue reading", "subscribe to read", "to continue reading", "to keep reading",
    "this article is for subscribers", "this content is for subscribers", "for subscribers only", "subscriber-only",
    "already a subscriber", "already have an account", "create a free account to", "register to continue",
    "jetzt weiterlesen", "dieser artikel ist für abonnenten", "nur für abonnenten", "sie haben bereits ein abo",
    "testen und weiterlesen", "réservé aux abonnés", "réservé à nos abonnés", "déjà abonné", "abonnez-vous pour lire",
    "la suite est réservée", "contenido exclusivo para suscriptores", "solo para suscriptores", "ya eres suscriptor",
    "suscríbete para seguir leyendo", "contenuto riservato agli abbonati", "riservato agli abbonati",
    "sei già abbonato",
    "conteúdo exclusivo para assinantes", "já é assinante", "alleen voor abonnees", "al abonnee",
    "tylko dla subskrybentów", "dla prenumeratorów", "только для подписчиков", "für f+ abonnenten", "会員限定", "有料会員",
  ]

  /// Of login forms, in a title or main heading.
  static let login = [
    "log in", "login", "sign in", "anmelden", "einloggen", "connexion", "se connecter", "iniciar sesión", "accedi",
    "entrar", "inloggen", "logg inn", "logga in", "zaloguj", "вход", "войти", "登录", "ログイン", "로그인",
  ]

  /// Of sites that are down, in a title or main heading.
  static let trouble = [
    "under maintenance", "scheduled maintenance", "maintenance mode", "down for maintenance", "site maintenance",
    "we'll be back soon", "be right back", "service unavailable", "temporarily unavailable", "bad gateway",
    "gateway timeout", "internal server error", "error establishing a database connection", "database error",
    "something went wrong", "an error occurred", "application error", "wartungsarbeiten", "wartungsmodus",
    "vorübergehend nicht erreichbar", "site en maintenance", "maintenance en cours", "momentanément indisponible",
    "en mantenimiento", "sitio en mantenimiento", "sito in manutenzione", "in manutenzione", "em manutenção",
    "onderhoud", "przerwa techniczna", "технические работы", "технические работы на сайте", "網站維護", "网站维护",
    "メンテナンス中",
  ]

  /// Of pages that are not there, in a title or main heading.
  static let notFound = [
    "page not found", "not found", "404", "page introuvable", "page non trouvée", "n'existe pas", "n'existe plus",
    "pagina non trovata", "pagina inesistente", "non esiste", "halaman tidak ditemukan", "tidak ditemukan",
    "seite nicht gefunden", "nicht gefunden", "existiert nicht", "página no encontrada", "no encontrada", "no existe",
    "página não encontrada", "não encontrada", "não existe", "страница не найдена", "не найдена", "не существует",
    "сторінку не знайдено", "页面不存在", "頁面不存在", "找不到", "无法找到", "页面未找到", "ページが見つかりません", "見つかりません",
    "الصفحة غير موجودة", "غير موجودة", "pagina niet gevonden", "niet gevonden", "sidan kunde inte hittas",
    "sidan finns inte", "siden blev ikke fundet", "siden ble ikke funnet", "fant ikke siden", "sivua ei löydy",
    "strona nie istnieje", "nie znaleziono", "stránka nenalezena", "stránka nebyla nalezena", "az oldal nem található",
    "pagina nu a fost găsită", "η σελίδα δεν βρέθηκε", "sayfa bulunamadı", "không tìm thấy", "ไม่พบหน้า",
    "הדף לא נמצא", "صفحه یافت نشد", "पृष्ठ नहीं मिला", "pàgina no trobada", "this page doesn't exist",
    "page doesn't exist", "page does not exist", "page unavailable", "page can't be found", "page cannot be found",
    "no longer available", "no longer exists", "페이지를 찾을 수 없습니다",
  ]

  /// The same in the text shown, where the title is the site's alone.
  static let notFoundText = [
    "the page you are looking for", "the page you were looking for", "the page you requested", "the requested page",
    "page you have requested", "this page could not be found", "this page isn't available", "this page can't be found",
    "we couldn't find that page", "we couldn't find the page", "we can't find the page",
    "this article has been removed",
    "this article has been deleted", "this article is no longer available", "this story is no longer available",
    "this content is no longer available", "die angeforderte seite", "die von ihnen angeforderte seite",
    "die gewünschte seite",
    "die von ihnen gesuchte seite",
    "die aufgerufene seite", "der artikel ist nicht mehr verfügbar", "dieser artikel ist nicht mehr verfügbar",
    "la page que vous recherchez", "la page que vous cherchez", "la page demandée", "cet article n'est plus disponible",
    "la página que busca", "la página que buscas", "la página solicitada", "la pagina che stai cercando",
    "la pagina che cerchi", "la pagina richiesta", "a página que procura", "a página que você procura",
    "a página que você está procurando", "de pagina die je zoekt", "de pagina die u zoekt", "strona, której szukasz",
    "halaman yang anda cari", "запрашиваемая страница", "запрошенная страница", "страница, которую вы ищете",
    "您访问的页面", "您要访问的页面", "お探しのページ", "요청하신 페이지",
  ]
}

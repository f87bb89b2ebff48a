/// Some of the most frequent words of languages written in the same script, by which `TextLanguage` tells them apart.
enum FrequentWords {
  /// Primary subtags (BCP 47), in the order of the bits in `masks`.
  static let languages: [String] = lists.map { String($0.prefix { $0 != " " }) }

  /// For each word the set of languages that use it much, a bit each.
  /// Words are keyed by `MarkWords.key`, whose 64 bits tell these few thousand apart.
  static let masks: [UInt64: UInt64] = {
    var out: [UInt64: UInt64] = [:]
    for (index, list) in lists.enumerated() {
      for word in list.split(separator: " ").dropFirst() {
        out[MarkWords.key(word.utf8), default: 0] |= 1 << UInt64(index)
      }
    }
    return out
  }()

  // At most 64 of them. Words of one letter only where they say much.
  private static let lists = [
    "en the of and to in is that for it was on with as at by from this be are have has not but they he his which will who been were an or their said would about had you more",
    "de der die das und in den von zu mit sich des auf für ist im dem nicht ein eine als auch es an werden aus er hat dass sie nach wird bei einer um am sind noch wie einem über so zum war haben nur oder aber vor zur bis",
    "fr le la les de des du et en un une que qui est dans pour pas par sur plus au avec ce se il ne sont aux cette ont mais ses son été elle comme nous vous leur même être fait ou d l",
    "it di e il la che in un per è del una con non sono della si le da i dei ha al come anche alla più nel gli lo delle dal ma ai questo nella stato sua suo hanno dalla degli cui",
    "es de la que el en y a los del se las por un para con no una su al lo como más pero sus le ya o este ha fue sí porque esta entre cuando muy sin sobre también me hasta hay años desde son está dos",
    "pt de a o que e do da em um para é com não uma os no se na por mais as dos como mas foi ao ele das tem à seu sua ou ser quando muito há nos já está eu também só pelo pela até isso são",
    "ca de la i que el en els les per un una del amb és no al ha va dels com més ser han seva són aquest aquesta també però entre sobre pel ja hi fins molt on ens",
    "gl de a o que e do da en un para é con non unha os no se na por máis as dos como foi ao das ten seu súa ou ser cando moito tamén só polo pola ata isto son galicia onde desde",
    "ro de și în a la cu pe care nu din că o un pentru este să au mai sunt ce ale al fost după prin lui dar ar fi sa acest această sau între până către cele fără",
    "nl de het een van en in is dat op te zijn met voor niet die aan er om ook als bij naar dan maar hij door heeft uit werd worden over nog wordt tot ze zich hebben kan was deze ik of geen",
    "af die van en in is het nie wat vir te op om met aan sy hy deur dit was ook by daar sal na ’n n as ons hulle kan word haar maar uit moet tot baie oor",
    "da og i at er det en til på af for med som de der den ikke et har fra var han om men også efter sig ved kan vil blev være år når være bliver siger over hvor eller nu deres hvad ud skal havde",
    "no og i det er på som en til for av at med de har ikke den om et fra men var han vi sier dette seg også etter kan ble være når år mer skal over vil hvor eller nå deres hva ut hadde blir bli",
    "sv och i att det som en på är av för med till den har de inte om ett men var jag sig från vi så kan när år efter också skulle nu där eller vid blir säger under hade över mot sina alla varit ska man",
    "is og að í er á sem til við um með en það var af ekki fyrir hafa því verið eru þá hefur þess ár eða frá eftir sé þetta hann hún þar einnig segir verður vera",
    "fi ja on ei että se oli hän kun mutta myös ovat tai kuin joka vuonna ole mukaan sen hänen nyt niin jo kanssa vain jos ollut sitä mitä tämä voi vielä sekä mukaisesti sanoo kertoo jälkeen ovat olla jotka",
    "et ja on ei et see oli ta kui aga ka või mis oma kes nii siis pole seda selle kuid juba ning pärast tema üle välja ütles aasta veel mille sest enne olnud oleks saab vaid",
    "lv un ir ka par ar no uz tas kas arī to bet pēc līdz tika ne gan kā viņš šo vai jau lai bija ja pie gada savu tiek tikai kur tās šis vēl gadā būs nav",
    "lt ir kad su į iš tai kaip yra bet buvo dėl apie tik po jau o jis ar šio savo taip per dar jos iki metų kurie jo bus nuo prie dabar metais kuris jų labai gali sako",
    "pl i w na z się że do nie jest o to jak za od po przez ale co dla są był czy ma tym oraz już tego jego jej być który która także może jako tylko roku przed ich ze",
    "cs a v se na je že s z do o to i pro ve za jako podle by ale po si tak jsou které který když není také jeho byl bylo již nebo mezi od jen až má roce pouze více která aby při jsme",
    "sk a v sa na je že s z do o to aj pre vo za ako podľa by ale po si tak sú ktoré ktorý keď nie tiež jeho bol bolo už alebo medzi od len až má roku iba viac ktorá aby pri sme",
    "sl in je v se na da za so ki z pa ne tudi bi pri po kot ali ob le od do če še bil bilo lahko kar bo leta med biti zaradi vse že njegov vendar torej ter",
    "hr i je u se na da za su od s ne ali kao što to će o koji iz bi nije bio te do samo ili koje nakon još kako prema ima biti godine koja jer rekao sve može više kada već smo tako",
    "hu a az és hogy nem is egy de meg volt ez már csak még el van azt ki szerint ha után mint lehet kell majd vagy amely pedig lesz több ezt be fel ami nagy aki most magyar",
    "sq të e në dhe për që një me i nga se është ka ai janë u si më këtë nuk kjo tij do kanë por edhe deri ishte këto saj duke gjithë pas cilat",
    "tr ve bir bu da de için ile olarak çok daha olan gibi ise kadar sonra en ne ama var o olduğunu değil ya her yeni göre tarafından mi dedi oldu ben etti ancak biz iki şekilde",
    "az və bir bu ki üçün da ilə də daha olan isə kimi o sonra var deyil edib ildə olub idi onun çox azərbaycan hər qədər ya bildirib",
    "id yang dan di ini untuk dengan dari itu tidak dalam pada akan juga ke oleh karena ada bisa saat tersebut telah sudah kata mereka atau sebagai kami saya lebih seperti para menjadi tahun hingga orang bahwa mengatakan pemerintah perusahaan lewat usai terkait",
    "ms yang dan di ini untuk dengan dari itu tidak dalam pada akan juga ke oleh kerana ada boleh ketika tersebut telah sudah beliau mereka atau sebagai kami saya lebih seperti para kepada tahun bagi ialah adalah berkata negara bahawa kerajaan syarikat selepas turut wang",
    "vi và của là có trong cho được không với các một những người đã này để khi từ đến cũng về ra như năm tại phải nhiều trên sau đó vào",
    "tl ang ng sa na mga ay at ni si ito para hindi may kung siya niya naman nang kanyang isang sila rin dahil ko ako mula pa lang wala noong ating",
    "sw ya na wa kwa ni katika za la hiyo kuwa huyo hilo cha huo alisema amesema ambao ambayo hii wake yake baada pia watu kama lakini mwaka hao zaidi bila nchini wakati",
    "zu ukuthi futhi ngoba kodwa uma lapho kusho ngesikhathi yakhe kanye nokuthi okuyinto ukuba wakhe kuthiwa abantu ngemuva kuleli ngo nje njengoba kuze lo le noma kakhulu nabo khona ngokuthi umuntu yona ngokusho uthe bathe ukuze ngaphandle ngonyaka lokhu kulo abanye wathi bathi ukwenza kungani amaphoyisa mayelana ukuthola ngenxa izinto isikhathi wayengu",
    "xh ukuba kwaye ukuze xa nangona yokuba ngenxa kunye oko uthi kwakhona emva ekubeni kweli ngaphezu eli kwi uye abantu njengoko ukusuka apho yaye kuba umntu wakhe ezi oku nto nje uthe bathi bathe ukwenza wathi ngoku ngaphandle abanye iphondo lithi zithi bakhe kananjalo loo ezo ngexesha ixesha kakhulu",
    "eu eta da ez du dira ere bat izan egin dute duen baina dela zen zuen hori bere behar dituzte dago hau edo baino arte gabe ditu egun beste gaur dagoen urte",
    "ga agus an na ar go is sa ag a bhí tá le seo sin don chun mar ach raibh leis ó déanamh faoi nach bhfuil air níos gur nó dá",
    "cy y yn a i o ar ac mae wedi gan fod ei am eu oedd ond yr ôl hefyd hyn bod cael sydd yw neu at gyda roedd nad mewn dros gael",
    "mt li ta il ma għal minn biex din dan kien fuq f lill jew hija u aktar mill huwa kienet bl fl meta iżda wara hu tal fil fis qal",
    "so iyo ee in ka ku uu oo la waxa ah si ayaa waxaa loo kale wuxuu soo ayay lagu laga mid badan ahaa isaga dalka sheegay waa",
    "ha da na a ya ta ba su wannan cikin kuma ce don shi wani daga ne domin amma an kan bayan suka wata ana kasar",
    "ru и в не на что с по как это из за для от но его к же до или так уже только было были быть при об также бы том года который после еще все она они мы",
    "uk і в не на що з та у до як для за від це про але його й або так вже під час також якщо ще які який було бути після року між цього він вона вони ми",
    "be і ў не на што з да у як для за ад гэта пра але яго або так ужо падчас таксама калі яшчэ якія які было быць пасля года паміж гэтага ён яна яны мы",
    "bg и на в да се за от че с е по не са а като до това при или ще след със през който които си няма има само още беше във обаче може тази този",
    "mk и на во да се за од дека со е не ќе ги што како до ова при или по кој која го беше има само уште преку може овој таа тој нема",
    "sr и је у да се на за су од са не ће као што то али који из би није био до само или које након још како према има бити године која јер рекао све може",
    "kk және бұл мен үшін бір де да деп болып қазақстан туралы осы ол бойынша болды сондай жылы деген еді бар емес керек соң кейін",
    "ky жана бул менен үчүн бир да деп болуп кыргызстан боюнча ал болду ошол жылы деген эле бар эмес керек кийин тууралуу",
    "mn нь ба юм байна энэ гэж болон монгол улсын тухай бол байсан хүн гэсэн оны дээр манай ч уу",
    "ar في من على أن إلى التي عن مع هذا هذه ما الذي لا بعد كان قد بين كما أو ذلك خلال حيث غير قال لم كل يوم عام ولا",
    "fa در به از که این را با است برای آن یک خود تا کرد بر هم نیز شده می ها شد باید اما دو کشور بود",
    "ur کے میں کی ہے اور سے کا کو اس نے پر کہ ہیں نہیں بھی ایک کیا ہو تھا کر یہ گئے جو ان",
    "ps د په چې او کې له سره ته يې دی شوی دا هم يو پر نه څخه وي ده کړي",
    "hi के में की है और से को का ने पर कि भी हैं नहीं एक यह कर इस हो तो लिए था या कहा गया साथ",
    "mr आहे आणि या च्या ते मध्ये तर हे केले त्या म्हणून होते आहेत नाही करण्यात यांनी असे ही मात्र",
    "ne छ र को मा गरेको पनि भएको हो लागि तथा गर्न भने नेपाल यो गरेका छन् उनले बताए",
  ]
}

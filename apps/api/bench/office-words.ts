// Words that are in names of files, by language: enough that names differ, few enough that many names share words.

const list = (text: string) => text.trim().split(/\s+/);

export const WORDS = {
  english: list(`
    report annual budget invoice contract draft final meeting minutes agenda project plan proposal review summary notes
    presentation slides template policy handbook guide manual checklist schedule timeline roadmap forecast revenue sales
    marketing campaign customer client supplier vendor order quote offer receipt payment payroll salary tax audit legal
    agreement license insurance warranty claim support ticket incident backup archive export import dataset analysis
    survey results statistics chart dashboard metrics target quarter monthly weekly daily january february march april
    june july august september october november december spring summer autumn winter north south east west europe asia
    office building floor layout drawing sketch model prototype design concept brand logo banner poster flyer brochure
    newsletter website homepage landing photo picture image screenshot scan recording interview podcast video trailer
    training workshop course lesson exam certificate diploma application resume cover letter reference candidate hiring
    onboarding team staff holiday vacation travel itinerary hotel flight conference booth event party birthday wedding
    family garden kitchen recipe music album track mix master score engine module service server client library core
    utils test spec fixture schema migration config settings environment build release version changelog readme license
    main index index page header footer button form table list detail user account session login profile avatar
    inventory warehouse shipment delivery tracking packing label barcode machine assembly parts maintenance safety
    inspection quality control sample laboratory experiment protocol research paper thesis chapter appendix figure
    bridge tunnel harbor river mountain forest valley island`),
  german: list(`
    Bericht Rechnung Angebot Vertrag Entwurf Protokoll Besprechung Präsentation Vorlage Übersicht Auswertung Haushalt
    Planung Umsatz Kunde Lieferant Bestellung Quittung Steuer Prüfung Versicherung Anleitung Handbuch Urlaub Reise
    Zeugnis Bewerbung Lebenslauf Einladung Straße Gebäude Zeichnung Maße Wärme Größe Änderung Jahresabschluss Monat
    Frühling Sommer Herbst Winter März Juni Geschäftsführung Buchhaltung Lager Fertigung Qualität Schulung`),
  french: list(`
    rapport facture devis contrat brouillon réunion présentation modèle aperçu analyse prévision client fournisseur
    commande reçu impôt vérification assurance manuel congé voyage certificat candidature lettre invitation rue bâtiment
    dessin été hiver janvier février août décembre comptabilité entrepôt qualité formation société élève forêt`),
  spanish: list(`
    informe factura presupuesto contrato borrador reunión presentación plantilla resumen análisis previsión cliente
    proveedor pedido recibo impuesto auditoría seguro manual vacaciones viaje certificado solicitud carta invitación
    calle edificio dibujo verano otoño enero febrero diciembre contabilidad almacén calidad formación año niño`),
  russian: list(`
    отчёт счёт договор проект встреча протокол презентация шаблон обзор анализ прогноз клиент поставщик заказ налог
    проверка страховка руководство отпуск поездка сертификат заявление письмо приглашение улица здание чертёж лето осень
    зима январь февраль декабрь бухгалтерия склад качество обучение база данные фото`),
  greek: list(`
    έκθεση τιμολόγιο σύμβαση σχέδιο συνάντηση πρακτικά παρουσίαση πρότυπο ανάλυση πρόβλεψη πελάτης παραγγελία φόρος
    έλεγχος ασφάλεια εγχειρίδιο διακοπές ταξίδι πιστοποιητικό αίτηση επιστολή κτίριο καλοκαίρι χειμώνας`),
  chinese: list(`
    报告 预算 发票 合同 草稿 会议 纪要 计划 方案 总结 演示 模板 手册 指南 清单 时间表 预测 收入 销售 市场 客户 供应商 订单
    报价 收据 工资 税务 审计 保险 分析 调查 统计 图表 一月 二月 三月 季度 年度 设计 照片 视频 培训 考试 证书 简历 旅行`),
  japanese: list(`
    報告書 予算 請求書 契約 下書き 会議 議事録 計画 提案 まとめ プレゼン テンプレート マニュアル ガイド スケジュール 売上
    顧客 注文 見積 領収書 給与 税金 監査 保険 分析 アンケート 統計 グラフ 月次 年次 デザイン 写真 動画 研修 試験 証明書`),
  korean: list(`
    보고서 예산 청구서 계약 초안 회의 회의록 계획 제안 요약 발표 양식 안내서 일정 매출 고객 주문 견적 영수증 급여 세금 감사
    보험 분석 설문 통계 차트 월간 연간 디자인 사진 영상 교육 시험 증명서 이력서 여행`),
  arabic: list(`
    تقرير ميزانية فاتورة عقد مسودة اجتماع محضر خطة مشروع ملخص عرض نموذج دليل قائمة جدول توقعات مبيعات عميل مورد طلب
    إيصال راتب ضريبة تدقيق تأمين تحليل استبيان إحصاء شهري سنوي تصميم صورة فيديو تدريب امتحان شهادة سفر`),
  hindi: list(`
    रिपोर्ट बजट बिल अनुबंध मसौदा बैठक योजना प्रस्ताव सारांश प्रस्तुति नमूना पुस्तिका सूची बिक्री ग्राहक आदेश रसीद वेतन कर
    बीमा विश्लेषण आँकड़े मासिक वार्षिक फोटो वीडियो प्रशिक्षण परीक्षा प्रमाणपत्र यात्रा`),
};
export type Language = keyof typeof WORDS;

/** Of owners: most names are English everywhere, and the rest is in the owner's language. */
export const LANGUAGES: [Language, weight: number][] = [
  ['english', 45],
  ['german', 12],
  ['french', 8],
  ['spanish', 8],
  ['russian', 6],
  ['chinese', 6],
  ['japanese', 5],
  ['korean', 3],
  ['arabic', 3],
  ['hindi', 2],
  ['greek', 2],
];

/** How frequent they are among everybody's files. */
export const EXTENSIONS: [string, weight: number][] = [
  ...weighted('jpg 190 pdf 150 png 85 docx 85 xlsx 65 pptx 35 txt 25 csv 22 zip 20 mp4 20 mp3 22 doc 18 xls 12 md 14'),
  ...weighted('ts 28 js 28 py 22 java 16 json 24 html 16 css 10 xml 14 sql 6 sh 5 c 8 h 8 cpp 6 go 5 rs 4 yaml 6'),
  ...weighted('heic 22 mov 8 wav 4 svg 10 gif 8 psd 4 ai 3 tif 3 dwg 4 msg 6 eml 5 odt 4 ods 3 rar 3 7z 3 gz 3 log 6'),
];

function weighted(text: string): [string, number][] {
  const parts = text.split(' ');
  return parts.filter((_, at) => at % 2 === 0).map((extension, at) => [extension, Number(parts[at * 2 + 1])]);
}

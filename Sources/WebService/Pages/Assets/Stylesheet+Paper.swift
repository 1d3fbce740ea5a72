/// What is different on paper (打印): the case and the public progress page each on one sheet of A4.
enum PaperStyle {
    static let sheet = """
        @media print{
        @page{margin:11mm 12mm 13mm}
        .foot p:last-child{display:none}
        .case-page{font-size:9pt;line-height:1.35}.case-page .clocks td,.case-page .clocks th{padding:2pt 8pt 2pt 0}.case-page .row{padding:3pt 0}.case-page .where,.case-page .row .when .muted,.case-page .row .when time{font-size:8.5pt}
        .case-page h2{margin-bottom:2pt}.case-page>section{margin-top:7pt}.case-page .figures dd{font-size:10pt}.case-page .figures dt,.case-page .figures dd small{font-size:8pt;line-height:1.3}
        .facts{gap:3pt 18pt}
        .metro-picture svg{max-height:96mm}
        .public .stages{grid-template-columns:1fr 1fr;gap:2pt 24pt}.public .stations>li{min-height:0;padding:2pt 0}.public .stages h3{margin-top:4pt}.public .tag{padding:0;background:none}.qr svg{width:34mm;height:34mm}
        main:has(.qr){position:relative}main:has(.qr)>section[aria-labelledby=code]{position:absolute;top:-14mm;right:0;margin:0;width:56mm;display:grid;justify-items:end;text-align:end;font-size:8pt}section[aria-labelledby=code] h2{display:none}.qr{padding:0}.qr svg{width:24mm;height:24mm}main:has(.qr) .facts{max-width:120mm}section[aria-labelledby=code] p{margin:0;line-height:1.25}
        .muted.small{font-size:8pt}.row .tag{font-size:8.5pt}
        }
        """
}

import Planning

/// The one stylesheet of all pages (样式表).
enum Stylesheet {
    static let text: String =
        ([Theme.variables, Theme.marks] + parts).joined(separator: "\n")

    /// In the order in which they are written; a later one wins.
    static let parts: [String] = [base, frame, components, forms, work, plan, media, PaperStyle.sheet]

    /// Layout of the schedule, simulation, workflow and supervision screens.
    static let plan = PlanStyle.sheet

    private static let base = """
        *{box-sizing:border-box}
        :root{--page:1200px;--focus:#ffbf47;--ok-ground:#e3f3ee;--warn-ground:#fdf1dc;--bad-ground:#fde2e0;--info-ground:#e5effa;\
        --now-ground:#cfe3f7;--now:#0a3d73;--wait-ground:#ece4fb;--wait:#4b2a94;--bad:#7f1510;--on-blue:#fff}
        @media screen and (prefers-color-scheme:dark){:root{--ok-ground:#10302b;--warn-ground:#33270f;--bad-ground:#3f1a18;\
        --info-ground:#12263c;--now-ground:#17324f;--now:#a8d1ff;--wait-ground:#2d2250;--wait:#d6c3ff;--bad:#ffb3ac;--on-blue:#0d1117}}
        html{-webkit-text-size-adjust:100%;scroll-padding-top:72px}
        body{margin:0;background:var(--ground);color:var(--ink);font:16px/1.7 \(Theme.fonts);font-variant-numeric:tabular-nums;overflow-wrap:anywhere}
        html[lang=en] body{line-height:1.55;font-variant-east-asian:proportional-width}
        h1{font-size:28px;line-height:1.35;margin:0 0 8px;font-weight:650}h2{font-size:19px;line-height:1.4;margin:0 0 12px;font-weight:650}
        h3{font-size:16px;line-height:1.5;margin:0 0 6px;font-weight:650}p{margin:0 0 12px}ul,ol{padding-left:1.3em;margin:0 0 12px}
        a{color:var(--blue);text-underline-offset:3px;text-decoration-thickness:1px}a:hover{text-decoration-thickness:2px}
        svg{display:block;max-width:none}abbr{text-decoration:none}
        .muted{color:var(--muted)}.small{font-size:14px}.num{text-align:end}
        .unseen{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
        .defs{position:absolute}[hidden]{display:none!important}
        :focus-visible{outline:3px solid var(--focus);outline-offset:0;box-shadow:0 0 0 6px var(--ink);border-radius:2px}
        main:focus{outline:none;box-shadow:none}
        .s-now{stroke:currentColor}.f-now{fill:currentColor}.none{fill:none}
        """

    private static let frame = """
        .skip{position:absolute;left:-999px;z-index:9}.skip:focus{left:8px;top:8px;background:var(--ground);padding:8px 16px}
        .top{border-bottom:1px solid var(--rule);background:var(--ground)}
        .wide{--page:1800px}
        .bar{max-width:var(--page);margin:0 auto;padding:10px 24px;display:flex;flex-wrap:wrap;align-items:center;gap:10px 24px}
        .brand{display:flex;align-items:center;gap:10px;color:var(--ink);text-decoration:none;min-height:44px}
        .brand strong{font-size:18px}.brand .tenant{color:var(--muted);border-left:1px solid var(--rule);padding-left:10px}
        .find{display:flex;gap:6px;margin:0;flex:1 1 220px;max-width:380px}.find input{flex:1;min-width:0}
        .me{margin-left:auto;display:flex;flex-wrap:wrap;align-items:center;gap:4px 16px;font-size:14px}
        .me a{min-height:24px;padding:2px 0}.who{display:flex;flex-direction:column;line-height:1.35;text-align:end}.who .name{font-weight:600}.who .role{color:var(--muted);font-size:13px}
        .inline{display:inline;margin:0}
        .places ul{max-width:var(--page);margin:0 auto;padding:0 12px;display:flex;flex-wrap:wrap;list-style:none}
        .places a{display:block;padding:8px 12px 7px;min-height:40px;color:var(--ink);text-decoration:none;border-bottom:3px solid transparent}
        .places a:hover{border-bottom-color:var(--rule)}.places a[aria-current]{border-bottom-color:var(--blue);font-weight:600}
        .crumbs{max-width:var(--page);margin:0 auto;padding:14px 24px 0;font-size:14px}
        .crumbs ol{list-style:none;padding:0;margin:0;display:flex;flex-wrap:wrap;gap:2px 0}
        .crumbs li+li::before{content:"›";color:var(--muted);padding:0 8px}.crumbs a{display:inline-block;min-height:24px}.crumbs [aria-current]{color:var(--muted)}
        main{display:block;max-width:var(--page);margin:0 auto;padding:20px 24px 56px}
        main>section,main>.panel,.case-page>section{margin-top:32px}
        .lead{color:var(--muted);font-size:17px;max-width:46em;margin-bottom:20px}
        .foot{border-top:1px solid var(--rule);color:var(--muted);font-size:14px}
        .foot p{max-width:var(--page);margin:0 auto;padding:10px 24px 0}.foot p:last-child{padding-bottom:24px}
        .stale{background:var(--warn-ground);border-bottom:2px solid var(--amber);padding:8px 24px;text-align:center}
        .pill{position:fixed;left:50%;bottom:24px;transform:translateX(-50%);z-index:5;box-shadow:0 4px 18px #0004}
        """

    private static let components = """
        .button,button{display:inline-flex;align-items:center;justify-content:center;min-height:44px;padding:8px 20px;border:2px solid var(--blue);\
        border-radius:6px;background:var(--blue);color:var(--on-blue);font:inherit;font-weight:600;line-height:1.3;text-decoration:none;cursor:pointer}
        .button:hover,button:hover{filter:brightness(1.08)}
        .button.second,button.second{background:var(--ground);color:var(--blue);border-color:var(--float)}
        .button.danger,button.danger{background:var(--ground);color:var(--red);border-color:var(--red)}
        button.plain{background:none;border:0;color:var(--blue);padding:2px 0;min-height:24px;font-weight:400;text-decoration:underline;text-underline-offset:3px}
        .button.second[aria-current]{background:var(--blue);color:var(--on-blue);border-color:var(--blue)}.buttons+table{margin-top:20px}.buttons{display:flex;flex-wrap:wrap;gap:12px;margin:20px 0 0;align-items:center}
        .tag{display:inline-flex;align-items:center;gap:5px;padding:1px 9px 1px 7px;border-radius:5px;font-size:14px;line-height:1.6;white-space:nowrap}
        .tags{display:inline-flex;flex-wrap:wrap;align-items:baseline;gap:0 8px}.detail{color:var(--muted);font-size:13px}
        .t-notStarted{color:var(--slate);padding-left:0}.t-ready{color:var(--now);background:var(--info-ground)}.t-inProgress{color:var(--now);background:var(--now-ground)}
        .t-waiting{color:var(--wait);background:var(--wait-ground)}.t-approved{padding-left:0}.t-refused{color:var(--bad);background:var(--bad-ground)}
        .t-notRequired,.t-withdrawn{color:var(--slate);background:var(--off)}
        .t-critical{border:2px solid var(--ink);font-weight:650;padding:0 7px;line-height:1.5}
        .icon{flex:none;width:16px;height:16px}
        .light{display:inline-flex;align-items:center;gap:7px;white-space:nowrap}.facts .light,.side .light,.light.l-stopped{white-space:normal}@media (max-width:480px){.light{white-space:normal}}.light abbr{font-size:12px;font-weight:700;border:1px solid currentColor;border-radius:3px;padding:0 3px;line-height:1.4}
        .l-near,.l-overduePromised,.l-overdueStatutory{font-weight:650}.l-overduePromised,.l-overdueStatutory{color:var(--red)}.l-near{color:var(--amber)}
        .inset{border-left:5px solid var(--float);background:var(--surface);padding:12px 18px;margin:0 0 20px;max-width:54em}.inset p:last-child{margin:0}.panel+.inset{margin-top:16px}
        .inset.near{border-color:var(--amber);background:var(--warn-ground)}.inset.bad{border-color:var(--red);background:var(--bad-ground)}.inset.good{border-color:var(--teal);background:var(--ok-ground)}.inset.stopped{border-color:var(--purple);background:var(--wait-ground)}
        .summary{border:3px solid var(--red);border-radius:6px;padding:16px 22px;margin:0 0 24px;max-width:54em}.summary h2{margin-bottom:8px}.summary ul{margin:0}.summary a{color:var(--red);font-weight:600}
        .done{border:2px solid var(--teal);background:var(--ok-ground);border-radius:6px;padding:12px 18px;margin:0 0 20px;max-width:54em}.done p{margin:0}
        .empty{color:var(--muted);padding:14px 0;margin:0}
        .facts{display:flex;flex-wrap:wrap;gap:6px 36px;margin:0 0 8px}.facts dt{color:var(--muted);font-size:13px;line-height:1.4}.facts dd{margin:0}
        .figures{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(210px,46%),1fr));gap:12px;margin:16px 0 0}
        .figures>div{border:1px solid var(--rule);border-radius:8px;padding:12px 16px;background:var(--surface)}.figures dt{color:var(--muted);font-size:13px}.figures dd{margin:0;font-size:19px;font-weight:650;line-height:1.45}.figures dd small{display:block;font-size:13px;font-weight:400;color:var(--muted)}
        .figures .good dd{color:var(--teal)}.figures .bad dd{color:var(--red)}.figures .good{border-left:5px solid var(--teal)}.figures .bad{border-left:8px double var(--red)}
        .panel{border:1px solid var(--rule);border-radius:8px;padding:18px 20px}
        .head{display:flex;flex-wrap:wrap;align-items:baseline;justify-content:space-between;gap:4px 16px}
        .columns{display:grid;grid-template-columns:minmax(0,1.7fr) minmax(0,1fr);gap:24px;align-items:start}.columns>*{min-width:0}
        .scroll{overflow-x:auto;max-width:100%}
        table{border-collapse:collapse;width:100%;font-size:15px}caption{text-align:start;color:var(--muted);padding:0 0 6px;font-size:14px}
        th,td{text-align:start;padding:8px 14px 8px 0;border-bottom:1px solid var(--rule);vertical-align:top}thead th{color:var(--muted);font-weight:400;font-size:14px;white-space:nowrap}tbody th{font-weight:600}tbody th .muted{font-weight:400}.code,.row time,td>time,.cases .muted{white-space:nowrap}
        th.num,td.num{text-align:end}tr:last-child>*{border-bottom:0}
        details{margin:10px 0}summary{cursor:pointer;min-height:24px;color:var(--blue)}details[open]>summary{margin-bottom:8px}
        .updated{display:inline-block;background:var(--info-ground);padding:0 8px;border-radius:4px;font-size:14px}
        .pager{display:flex;flex-wrap:wrap;align-items:center;gap:12px;margin:18px 0 0}.pager p{margin:0}
        kbd{font:inherit;font-size:14px;border:1px solid var(--float);border-bottom-width:2px;border-radius:4px;padding:0 7px;background:var(--surface);white-space:nowrap}
        dialog{border:1px solid var(--float);border-radius:10px;padding:24px;max-width:min(560px,92vw);color:var(--ink);background:var(--ground)}dialog::backdrop{background:#0008}
        """

    private static let forms = """
        .form{max-width:46em}.field{margin:0 0 22px;border:0;padding:0;min-width:0}
        .field>label,.field>legend,.label{display:block;font-weight:600;padding:0;margin:0 0 2px}.hint{color:var(--muted);font-size:15px;margin:0 0 6px}
        .field.wrong{border-left:5px solid var(--red);padding-left:14px}.mistake{color:var(--red);font-weight:600;margin:0 0 6px}
        input,select,textarea{font:inherit;color:inherit;background:var(--ground);border:2px solid var(--float);border-radius:5px;padding:7px 10px;min-height:44px;max-width:100%}
        textarea{width:100%;min-height:6.5em;line-height:1.6}input[type=text],input[type=password]{width:100%}input.short{width:11em}input.number{width:7em}
        .wrong input,.wrong textarea,.wrong select{border-color:var(--red)}
        fieldset{min-width:0}.choices{display:grid;grid-template-columns:minmax(0,1fr);gap:2px}.choice{display:grid;grid-template-columns:32px minmax(0,1fr);align-items:start;min-height:44px;padding:9px 0;cursor:pointer}
        .choice input{width:22px;height:22px;min-height:0;margin:3px 0 0;accent-color:var(--blue)}.choice .hint{margin:0}.choice:has(input:checked){font-weight:600}.choice:has(input:checked) .hint{font-weight:400}
        .optional{font-weight:400;color:var(--muted)}.points{border-top:1px solid var(--rule)}.points>div{display:grid;grid-template-columns:minmax(9em,1fr) 2fr;gap:4px 16px;padding:10px 0;border-bottom:1px solid var(--rule);align-items:center}.points label{font-weight:400}
        .signin{max-width:26em;margin:24px auto 0}
        .filters{display:flex;flex-wrap:wrap;gap:12px 16px;align-items:end;margin:0 0 20px;padding:14px 16px;background:var(--surface);border-radius:8px}.filters>div,.fields>.field{min-width:0;max-width:100%}.filters label{display:block;font-size:14px;color:var(--muted)}.filters select,.filters input{min-width:9em}
        .review{border-top:1px solid var(--rule);margin:0 0 20px}.review>div{display:grid;grid-template-columns:minmax(8em,1fr) 2.4fr;gap:4px 20px;padding:10px 0;border-bottom:1px solid var(--rule)}.review dt{font-weight:600}.review dd{margin:0;white-space:pre-line}
        """

    private static let work = """
        .tasks{list-style:none;padding:0;margin:0;border-top:1px solid var(--rule)}.tasks>li{border-bottom:1px solid var(--rule);position:relative}
        .row{display:grid;grid-template-columns:minmax(0,1fr) auto 16px;gap:2px 24px;padding:14px 8px;color:inherit;text-decoration:none;align-items:center;min-height:64px}
        a.row:hover{background:var(--surface)}a.row:hover .what{text-decoration:underline;text-underline-offset:3px}
        .what{font-weight:600;color:var(--blue)}li>div.row .what{color:inherit;font-weight:400}.ask{font-weight:600}.where:empty{display:none}.where{color:var(--muted);font-size:15px;grid-column:1}.row .when{grid-column:2;grid-row:1/3;text-align:end;display:grid;gap:2px;justify-items:end}.row .when time,.row .when .muted{color:var(--muted);font-size:14px}.row .i-go{grid-column:3;grid-row:1/3}
        .past .what{color:var(--ink);font-weight:400}.form+.muted{margin-top:24px}.count{color:var(--muted);font-weight:400}
        .strip{display:flex;gap:3px;min-width:120px}.strip span{flex:1;height:10px;border:1px solid var(--float);border-radius:2px;overflow:hidden;background:var(--ground)}.strip .full{background:var(--slate);border-color:var(--slate)}.strip .part{background:linear-gradient(90deg,var(--blue) 50%,var(--ground) 50%);border-color:var(--blue)}
        .metro-picture{overflow-x:auto;border:1px solid var(--rule);border-radius:8px;padding:8px}
        .stages{list-style:none;padding:0;margin:0;display:grid;grid-template-columns:repeat(auto-fit,minmax(310px,1fr));gap:8px 32px}.stages>li{min-width:0}
        .stages h3{border-bottom:2px solid var(--ink);padding-bottom:4px;margin:14px 0 0;display:flex;justify-content:space-between;gap:12px;flex-wrap:wrap}.stages h3 small{font-weight:400;color:var(--muted);font-size:14px}
        .stations{list-style:none;margin:0;padding:0}.stations>li{display:flex;flex-wrap:wrap;gap:2px 12px;align-items:center;padding:7px 0;border-bottom:1px solid var(--rule);min-height:44px}.stations a{min-height:24px;flex:1 1 10em}.stations .approved a{color:var(--ink)}.stations .side{display:flex;flex-wrap:wrap;gap:2px 10px;margin-inline-start:auto;justify-content:flex-end;align-items:center;font-size:14px}
        .clocks th,.clocks td{padding-top:10px;padding-bottom:10px}.clocks td>a{display:inline-block;min-height:24px}.meter{display:block;width:100%;min-width:110px;height:12px;margin-top:6px}
        .ledger td,.ledger th{padding-top:4px;padding-bottom:4px}.ledger tr.off{color:var(--muted);background:var(--off)}.ledger tr.stop{background:var(--wait-ground)}.ledger tr.over{background:var(--bad-ground)}.ledger tr.last th,.ledger tr.last td{border-bottom:3px solid var(--ink)}
        .events{list-style:none;padding:0;margin:0}.events>li{display:grid;grid-template-columns:5.5em minmax(0,1fr) auto;gap:2px 16px;padding:8px 0;border-bottom:1px solid var(--rule)}.events .no a{color:var(--muted)}.events .by{color:var(--muted);font-size:14px;text-align:end}.events li:target{background:var(--warn-ground)}
        .day{font-size:16px;margin:24px 0 2px}
        .acts{list-style:none;padding:0;margin:0;columns:2 16em;column-gap:32px}.acts li{break-inside:avoid;padding:3px 0}.acts a{display:inline-block;min-height:24px}
        .qr{background:#fff;padding:8px;border-radius:4px;width:fit-content}.qr svg{width:180px;height:180px}.public h2{margin-top:28px}
        .keys th,.keys td{padding-top:6px;padding-bottom:6px}.keys th{width:9em}table+table{margin-top:24px}table+.buttons,table+button{margin-top:16px}
        """

    private static let media = """
        @media (max-width:860px){.columns{grid-template-columns:1fr}}
        @media (max-width:760px){
        table.stack thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}table.stack tr{display:block;padding:10px 0;border-bottom:1px solid var(--rule)}table.stack th,table.stack td{display:flex;justify-content:space-between;gap:16px;border:0;padding:3px 0;text-align:start}table.stack td::before{content:attr(data-head);color:var(--muted);font-size:14px;flex:none}table.stack td:empty{display:none}table.stack td>*{text-align:end}.cases tbody th{display:block}
        }
        @media (max-width:599px){
        body{font-size:16px}h1{font-size:23px}.bar,.crumbs,main,.foot p{padding-left:16px;padding-right:16px}
        .me{margin-left:0;width:100%;justify-content:space-between}.who{text-align:start;flex-direction:row;flex-wrap:wrap;gap:0 8px;width:100%}.me{gap:2px 20px;justify-content:flex-start}.find{max-width:none;flex-basis:100%;order:5}
        .places ul{padding:0 4px;flex-wrap:nowrap;overflow-x:auto}.places a{white-space:nowrap;min-height:44px}
        .row{grid-template-columns:minmax(0,1fr) 16px;padding:12px 0}.row .when{grid-column:1;grid-row:auto;text-align:start;display:flex;flex-wrap:wrap;gap:0 14px;align-items:center}.row .i-go{grid-column:2;grid-row:1/4}
        .buttons>*{flex:1 1 auto}.metro-picture{display:none}
        .points>div,.review>div{grid-template-columns:1fr}.events>li{grid-template-columns:1fr}.events .by{text-align:start}
        .stages{display:block}.stages>li{border-left:8px solid var(--steel);margin-left:9px;padding:0 0 20px 20px;position:relative}.stages>li.lane{border-left:3px double var(--steel);padding-left:25px}
        .stages>li::before{content:"";position:absolute;left:-19px;top:5px;width:22px;height:22px;border:5px double var(--ink);border-radius:50%;background:var(--ground)}.stages h3{border:0;margin-top:0}
        .stations>li{position:relative;flex-direction:column;align-items:flex-start;padding:9px 0}.stations a{flex:none}.stations>li::before{content:"";position:absolute;left:-29px;top:17px;width:10px;height:10px;border:2px solid var(--ink);border-radius:50%;background:var(--ground)}.stations .critical::before{background:var(--red)}.stations .approved::before{background:var(--slate)}.stations .joint::before{left:-31px;width:14px;height:14px;border:4px double var(--ink)}.lane .stations>li::before{left:-34px}.stations .side{margin-inline-start:0;justify-content:flex-start}
        }
        @media (prefers-reduced-motion:no-preference){.pill{transition:bottom .15s}}
        @media (forced-colors:active){.tag,.inset,.figures>div,.strip span{border:1px solid CanvasText}.strip .full{background:CanvasText;forced-color-adjust:none}.icon,.meter,.qr{forced-color-adjust:auto}.s-now{stroke:CanvasText}.f-now{fill:CanvasText}:focus-visible{outline-color:Highlight}}
        @media print{
        @page{size:A4 portrait;margin:12mm 12mm 14mm;@bottom-right{content:counter(page) " / " counter(pages)}}
        *{print-color-adjust:exact;-webkit-print-color-adjust:exact}
        body{font-size:10pt;line-height:1.45}.skip,.places,.find,.me,.crumbs,.buttons,.filters,.pager,.pill,.stale,.no-print,details:not([open]),.i-go{display:none!important}
        .bar,main,.foot p{padding:0;max-width:none}.top{border:0}.brand{min-height:0}h1{font-size:16pt}h2{font-size:12pt;margin-bottom:4pt}main>section,main>.panel,.case-page>section{margin-top:10pt}
        a{color:inherit;text-decoration:none}table{font-size:9.5pt}th,td{padding:3pt 8pt 3pt 0}thead{display:table-header-group}tr,li,.panel,figure{break-inside:avoid}h2,h3{break-after:avoid}
        .columns{grid-template-columns:1.6fr 1fr;gap:14pt}.panel{padding:8pt 10pt}.figures{grid-template-columns:repeat(4,1fr);gap:6pt;margin-top:6pt}.figures>div{padding:5pt 8pt}.figures dd{font-size:11pt}
        .metro-picture{display:block;border:0;padding:0;overflow:visible}.metro-picture svg{width:100%;height:auto;max-height:74mm}
        .row{min-height:0;padding:4pt 0}.case-page .stages,.case-page .map-words{display:none}.foot{font-size:8pt}
        }
        """
}

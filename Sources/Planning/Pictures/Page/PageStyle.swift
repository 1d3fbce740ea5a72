/// The layout of HTML pages.
enum PageStyle {
    static let sheet = """
        *{box-sizing:border-box}
        html{-webkit-text-size-adjust:100%}
        body{margin:0;padding:24px;background:var(--ground);color:var(--ink);font:15px/1.7 \(Theme.fonts)}
        h1{font-size:24px;line-height:1.4;margin:0}h2{font-size:18px;margin:32px 0 12px}
        header p,footer p{margin:4px 0}.muted,footer,dt{color:var(--muted)}
        footer{border-top:1px solid var(--rule);margin-top:32px;padding-top:12px;font-size:13px}
        a{color:var(--blue)}
        .skip{position:absolute;left:-999px}.skip:focus{left:8px;top:8px;background:var(--ground);padding:8px;z-index:9}
        :focus-visible{outline:3px solid #ffbf47;box-shadow:0 0 0 6px var(--ink)}
        .defs{position:absolute}
        .unseen{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
        .facts{display:flex;flex-wrap:wrap;gap:12px;margin:20px 0}
        .facts div{border:1px solid var(--rule);border-left-width:4px;padding:8px 16px;min-width:150px;background:var(--surface)}
        .facts dt{font-size:13px}.facts dd{margin:0;font-size:17px;font-weight:600;font-variant-numeric:tabular-nums}
        .facts .good{border-left-color:var(--teal)}.facts .good dd{color:var(--teal)}
        .facts .bad{border-left-color:var(--red);border-left-style:double;border-left-width:8px}.facts .bad dd{color:var(--red)}
        .scroll{overflow-x:auto;max-width:100%}
        figure{margin:0}svg{display:block;max-width:none}.narrow{display:none}
        .legend{margin:12px 0}
        table{border-collapse:separate;border-spacing:0;font-variant-numeric:tabular-nums}
        .numbers{margin:12px 0;font-size:14px}.numbers caption{text-align:start;color:var(--muted);font-size:13px;padding:4px 0}
        .numbers th,.numbers td{text-align:end;padding:4px 16px 4px 0;border-bottom:1px solid var(--rule);font-weight:400;white-space:nowrap}
        .numbers th:first-child{text-align:start}.numbers thead th{color:var(--muted)}
        .gantt{border:1px solid var(--rule)}
        .gantt th,.gantt td{height:35px;padding:0 10px;text-align:start;font-weight:400;font-size:13px;line-height:16px;\
        white-space:nowrap}
        .gantt thead th{height:44px;color:var(--muted);font-size:12px;vertical-align:bottom;padding-bottom:6px;\
        background:var(--ground);border-bottom:1px solid var(--rule)}
        .gantt .chart,.gantt thead .chart{padding:0;vertical-align:top}.gantt .over{position:relative}
        .gantt td.chart{background-repeat:repeat-y}
        .gantt td.chart svg{position:relative;z-index:1}
        .gantt td.chart svg.arrows{position:absolute;top:0;left:0;z-index:0;pointer-events:none}
        .gantt .name{position:sticky;left:0;z-index:2;background:var(--ground);min-width:var(--name);max-width:var(--name);white-space:normal}
        .gantt .name span{display:-webkit-box;-webkit-box-orient:vertical;-webkit-line-clamp:2;overflow:hidden;overflow-wrap:anywhere}
        .gantt .name:hover span{display:inline;background:inherit}.gantt .name:hover{overflow:visible;z-index:3}
        .gantt .item .name{padding-left:22px}.gantt .phase .name{padding-left:38px;color:var(--muted)}
        .gantt .stage .name{font-weight:600}.gantt .stage th,.gantt .stage td{background-color:var(--surface)}
        .gantt .who{color:var(--muted)}.gantt .takes,.gantt .float{text-align:end;color:var(--muted)}
        .gantt .critical .float{color:var(--red);font-weight:600}
        .gantt .verdict{font-weight:600}.gantt .good .verdict{color:var(--teal)}.gantt .bad .verdict{color:var(--red)}
        .gantt tr.target:last-child>*{box-shadow:inset 0 -1px var(--rule)}
        details{margin:8px 0;font-size:14px}summary{cursor:pointer}details ul{columns:22em;padding-left:20px}
        ol.metro,ol.metro ul{list-style:none;padding:0;margin:0}
        @media (min-width:600px){ol.metro{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}}
        @media (max-width:599px){
        body{padding:16px}h1{font-size:20px}.wide{display:none}.narrow{display:block}.metro-picture{display:none}
        .facts div{flex:1 1 100%}.numbers th,.numbers td{padding-right:10px}
        .numbers th:first-child{white-space:normal;min-width:11em;line-height:1.4}
        .gantt .who,.gantt .takes,.gantt .verdict{display:none}.gantt .name{min-width:118px;max-width:118px;font-size:12px;line-height:14px}
        .gantt .name:hover span{display:inline;background:inherit}.gantt .name:hover{overflow:visible;z-index:3}
        .gantt .item .name{padding-left:10px}.gantt .phase .name{padding-left:18px}.gantt th,.gantt td{padding:0 6px}
        ol.metro>li{border-left:8px solid var(--steel);margin-left:9px;padding:0 0 20px 20px;position:relative}
        ol.metro>li.lane{border-left:3px double var(--steel)}
        ol.metro>li::before{content:"";position:absolute;left:-17px;top:2px;width:14px;height:14px;border:4px double var(--ink);\
        border-radius:50%;background:var(--ground)}
        ol.metro ul li{position:relative;padding:6px 0;font-size:14px;line-height:1.5}
        ol.metro ul li::before{content:"";position:absolute;left:-29px;top:11px;width:6px;height:6px;border:2px solid var(--ink);\
        border-radius:50%;background:var(--ground)}
        ol.metro ul li.critical{font-weight:600}ol.metro ul li.critical::before{background:var(--red)}
        ol.metro ul li.joint::before{left:-31px;top:9px;width:8px;height:8px;border:3px double var(--ink)}
        ol.metro ul li.done::before{background:var(--slate)}
        }
        @media print{
        @page{size:A3 landscape;margin:12mm;@bottom-right{content:counter(page) " / " counter(pages)}}
        *{print-color-adjust:exact;-webkit-print-color-adjust:exact}
        body{padding:0}.scroll{overflow:visible}.gantt{zoom:var(--zoom);border:0}.gantt .name{position:static}
        thead{display:table-header-group}tr,figure,.metro-picture,.legend,.numbers{break-inside:avoid}h2{break-after:avoid}
        .metro-picture svg{width:auto;height:auto;max-width:100%;max-height:200mm}
        .arrows,.skip{display:none}details{display:none}
        }
        """
}

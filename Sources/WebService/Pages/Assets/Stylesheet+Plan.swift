/// The layout of the pages of planning: schedule, simulation, workflows, supervision, calendar, exchange.
///
/// Colours, type and what all pages share are in the sheet that this one is joined to.
enum PlanStyle {
    static let sheet = schedule + "\n" + numbers + "\n" + workflows + "\n" + calendar

    private static let schedule = """
        .subtitle{color:var(--muted);margin:0 0 16px}.subtitle .code{color:var(--ink)}
        .controls{display:flex;flex-wrap:wrap;gap:8px 24px;margin:16px 0}
        .switcher{display:flex;flex-wrap:wrap;align-items:center;gap:0}
        .switcher .label{color:var(--muted);font-size:13px;margin-inline-end:8px}
        .switcher a{padding:6px 14px;min-height:32px;border:1px solid var(--rule);margin-inline-start:-1px;text-decoration:none;color:var(--ink);background:var(--ground);font-size:14px;line-height:1.4}
        .switcher a:first-of-type{border-start-start-radius:6px;border-end-start-radius:6px}
        .switcher a:last-of-type{border-start-end-radius:6px;border-end-end-radius:6px}
        .switcher a:hover{background:var(--surface);text-decoration:underline}
        .switcher a[aria-current]{background:var(--blue);border-color:var(--blue);color:var(--ground);font-weight:600}
        .gantt{border:1px solid var(--rule);border-radius:6px;position:relative}
        .gantt table{border-collapse:separate;border-spacing:0;font-variant-numeric:tabular-nums}
        .gantt th,.gantt td{height:35px;padding:0 10px;text-align:start;font-weight:400;font-size:13px;line-height:16px;white-space:nowrap;border:0;vertical-align:middle}
        .gantt thead th{height:44px;color:var(--muted);font-size:12px;vertical-align:bottom;padding-bottom:6px;background:var(--ground);border-bottom:1px solid var(--rule)}
        .gantt .paper{display:none}
        .gantt .chart,.gantt thead .chart{padding:0;vertical-align:top}.gantt .over{position:relative}
        .gantt svg{display:block;max-width:none}
        .gantt td.chart svg{position:relative;z-index:1}
        .gantt td.chart svg.arrows{position:absolute;top:0;left:0;z-index:2;pointer-events:none}
        .gantt .name{position:sticky;left:0;z-index:3;background:var(--ground);min-width:15em;max-width:22em;white-space:normal;border-inline-end:1px solid var(--rule)}
        .gantt .name>span{display:-webkit-box;-webkit-box-orient:vertical;-webkit-line-clamp:2;overflow:hidden;overflow-wrap:anywhere;max-height:32px}
        .gantt .name a{color:var(--ink);text-decoration-color:var(--rule);text-underline-offset:3px}
        .gantt .name a:hover{color:var(--blue);text-decoration-color:currentColor}
        .gantt .item .name{padding-inline-start:20px}.gantt .phase .name{padding-inline-start:36px;color:var(--muted)}
        .gantt .phase .name a{color:var(--muted)}
        .gantt .stage .name{font-weight:600}.gantt .stage th,.gantt .stage td{background-color:var(--surface)}
        .gantt .state{color:var(--muted)}.gantt .float{text-align:end;color:var(--muted)}
        .gantt thead .float{text-align:end}
        .gantt .critical .float{color:var(--red);font-weight:600}
        .gantt .critical .name{box-shadow:inset 3px 0 var(--red)}
        .gantt .verdict{font-weight:600}.gantt .good .verdict{color:var(--teal)}.gantt .bad .verdict{color:var(--red)}
        .gantt tr.target:last-child>*{box-shadow:inset 0 -1px var(--rule)}
        .gantt .why{display:inline-block;min-width:24px;margin-inline-start:8px;padding:4px 6px;font-size:12px;font-weight:400}
        .gantt .state .tag{margin-inline-end:6px}
        .gantt tr:target>*{background-color:var(--surface)}
        .gantt .reason td{height:105px;padding:0;vertical-align:top;background:var(--surface);white-space:normal}
        .gantt .reason div{position:sticky;left:0;height:105px;overflow:auto;padding:8px 20px;max-width:min(52em,92vw);font-size:14px;line-height:1.55;border-inline-start:3px solid var(--blue)}
        .gantt .reason p{margin:0 0 4px}.gantt .reason .links a{margin-inline-end:16px}
        .provisional time{text-decoration:underline dotted;text-underline-offset:3px}
        .provisional small{color:var(--muted)}
        figure .narrow{display:none}
        .legend{margin:12px 0;display:block}.legend.narrow{display:none}
        .figures+.scroll,.figures+.panel{margin-top:16px}.notes{color:var(--muted);font-size:14px;margin-top:16px}
        """

    private static let numbers = """
        table.grid{width:auto;border-collapse:collapse;font-variant-numeric:tabular-nums;font-size:14px;min-width:min(100%,36em)}
        .grid caption{text-align:start;color:var(--muted);font-size:13px;padding:4px 0 8px}
        .grid td span>a{display:inline-block;min-height:24px;line-height:24px}
        .grid th,.grid td{text-align:start;font-weight:400;padding:8px 20px 8px 0;border-bottom:1px solid var(--rule);vertical-align:top}
        .grid tbody th{font-weight:600;min-width:9em}
        .grid thead th{color:var(--muted);font-size:13px;vertical-align:bottom;white-space:nowrap}
        .grid .num{text-align:end;white-space:nowrap}
        .grid .hint{display:block}.grid .code{font-size:13px}
        .grid .nothing{color:var(--muted)}.grid .bad{color:var(--red);font-weight:600}
        .code{font-variant-numeric:tabular-nums;overflow-wrap:anywhere}
        .grid .inline button{min-height:28px;padding:1px 12px;font-size:14px;font-weight:400}
        form.inline{margin:0}
        fieldset:not(.field){min-width:0;border:1px solid var(--rule);border-radius:6px;padding:12px 20px 16px;margin:0 0 20px;max-width:60em}
        fieldset:not(.field)>legend{font-weight:600;padding:0 8px}
        .field .hint,.field .mistake,li .hint{display:block}
        .fields{display:flex;flex-wrap:wrap;gap:0 28px}.fields .field{flex:0 1 auto}.fields input:not(.short){width:min(100%,30em)}
        .tick{display:grid;grid-template-columns:32px 1fr;align-items:start;padding:6px 0;min-height:32px}
        .tick input{width:24px;height:24px;min-height:0;margin:3px 0 0;accent-color:var(--blue)}.tick label{cursor:pointer}.tick .hint{grid-column:2}
        .ticks{display:flex;gap:4px 20px;flex-wrap:wrap;align-items:center}.ticks .label{margin:0;width:100%}
        .job{margin:20px 0;max-width:40em}.job label{font-weight:600}
        progress{display:block;width:100%;height:18px;margin:8px 0;accent-color:var(--blue)}
        .side-by-side{display:grid;grid-template-columns:repeat(auto-fit,minmax(300px,1fr));gap:24px}
        .side-by-side svg{max-width:100%;height:auto}.side-by-side figcaption{font-weight:600}
        .plain{list-style:none;padding:0}.plain li{padding:5px 0}
        .advised li{padding:6px 0}
        .card{font-weight:600;white-space:nowrap}.card.blue{color:var(--blue)}.card.yellow{color:var(--amber)}
        .card.red,.card.statutoryRed{color:var(--red)}.card.statutoryRed{text-decoration:underline double}
        .wrap{overflow-wrap:anywhere}
        """

    private static let workflows = """
        .tag.version-inForce{color:var(--teal);border:1px solid currentColor;font-weight:600}
        .tag.version-draft,.tag.version-upcoming{color:var(--blue);border:1px dashed currentColor}
        .tag.version-superseded,.tag.version-withdrawn{color:var(--muted);border:1px solid var(--rule)}
        .tag[class*=version-],.tag[class*=change-]{display:inline-block;padding:1px 8px;border-radius:4px;font-size:13px;white-space:nowrap}
        .tag.change-added{color:var(--teal);border:1px solid currentColor}.tag.change-removed{color:var(--red);border:1px solid currentColor}
        .tag.change-changed,.tag.change-moved,.tag.change-merged,.tag.change-renamed,.tag.change-reordered{color:var(--blue);border:1px solid var(--rule)}
        .changes{list-style:none;padding:0}.changes li{padding:7px 0;border-bottom:1px solid var(--rule)}
        .editor fieldset{max-width:none;margin-top:24px}.editor .fields .field:last-child{flex:1 1 24em}.preview h2,.preview h3{margin-top:20px}.preview .metro-picture{border:0;padding:0}
        .editor-columns{display:grid;grid-template-columns:minmax(0,1fr) minmax(0,1fr);gap:24px;align-items:start}
        .editor-text label{font-weight:600}
        .lined{display:grid;grid-template-columns:auto minmax(0,1fr);border:1px solid var(--muted);border-radius:4px;height:70vh;overflow:hidden;background:var(--ground)}
        .lined:focus-within{outline:3px solid #ffbf47;box-shadow:0 0 0 6px var(--ink)}
        .gutter{overflow:hidden;padding:8px 0;background:var(--surface);border-inline-end:1px solid var(--rule);font:13px/20px ui-monospace,"Noto Sans Mono",monospace;color:var(--muted);text-align:end;user-select:none}
        .gutter span{display:block;padding:0 8px 0 12px;border-inline-start:4px solid transparent}
        .gutter .is-error{color:var(--red);border-color:var(--red);font-weight:700;font-size:13px}
        .gutter .is-warning{color:var(--amber);border-color:var(--amber);border-inline-start-style:double;font-weight:700;padding:0 8px 0 12px;background:none}
        .lined textarea,.source{border:0;resize:none;padding:8px;font:13px/20px ui-monospace,"Noto Sans Mono","Noto Sans Mono CJK SC",monospace;white-space:pre;overflow:auto;color:inherit;background:transparent;width:100%;height:100%}
        .lined textarea:focus{outline:none}
        .source{border:1px solid var(--rule);border-radius:4px;height:auto;margin-top:8px}
        .diagnostics{list-style:none;padding:0;max-height:26em;overflow:auto}
        .diagnostics li{padding:8px 0 8px 12px;border-bottom:1px solid var(--rule);border-inline-start:4px solid var(--red)}
        .diagnostics li.is-warning{border-inline-start:4px double var(--amber);background:none}
        .diagnostics .place{display:inline-block;min-width:4.5em;min-height:24px;font-variant-numeric:tabular-nums;font-weight:600}
        .excerpt{display:block;white-space:pre;overflow:hidden;text-overflow:ellipsis;color:var(--muted);font-size:13px}
        .path li{padding:3px 0}
        .preview .scroll{max-height:32em;overflow:auto;border:1px solid var(--rule);border-radius:6px;padding:8px}
        .loss li{padding:8px 0;border-bottom:1px solid var(--rule)}.loss .kept{color:var(--teal)}.loss .lost{color:var(--red)}
        """

    private static let calendar = """
        .year{align-items:start;display:grid;grid-template-columns:repeat(auto-fill,minmax(250px,1fr));gap:24px 28px;margin:20px 0}
        .month{border-collapse:collapse;width:100%;table-layout:fixed;font-variant-numeric:tabular-nums}
        .month caption{text-align:start;font-weight:600;padding-bottom:4px}.month caption small{font-weight:400;color:var(--muted)}
        .month th{font-size:12px;font-weight:400;color:var(--muted);padding:2px 0}
        .month td{height:38px;text-align:center;vertical-align:top;padding:4px 0 0;font-size:14px;line-height:1.2;border:1px solid var(--rule)}
        .month .blank{border:0}
        .month small,.swatch{display:block;font-size:11px;line-height:1.2}
        .month .off,.swatch.off{background:var(--off);color:var(--muted)}
        .month .holiday,.swatch.holiday{color:var(--red);font-weight:600}
        .month .makeup,.swatch.makeup{color:var(--blue);font-weight:600;box-shadow:inset 0 -3px var(--blue)}
        .month .today{outline:2px solid var(--ink);outline-offset:-2px}
        .month .provisional time,.swatch.provisional{text-decoration:underline dotted;text-underline-offset:3px}
        .legend-list{display:flex;flex-wrap:wrap;gap:8px 24px;list-style:none;padding:0;font-size:14px}
        .legend-list li{display:flex;align-items:center;gap:8px}
        .swatch{width:32px;height:24px;border:1px solid var(--rule);text-align:center;padding-top:5px}
        @media (max-width:1048px){figure svg{max-width:100%;height:auto}.legend.wide{display:none}.legend.narrow{display:block;max-width:100%}}
        @media (max-width:1000px){.editor-columns{grid-template-columns:minmax(0,1fr)}.lined{height:50vh}}
        @media (max-width:599px){
        .gantt .name{min-width:9em;max-width:9em;font-size:12px;line-height:14px}.gantt .name>span{max-height:28px}
        .gantt th.state,.gantt td.state:not(.verdict),.gantt td.verdict{display:none}
        .gantt .item .name{padding-inline-start:8px}.gantt .phase .name{padding-inline-start:16px}.gantt th,.gantt td{padding:0 6px}
        .gantt .chart,.gantt thead .chart{padding:0}
        figure .wide{display:none}figure .narrow{display:block;max-width:100%}
        .legend.wide{display:none}.legend.narrow{display:block;max-width:100%}
        .switcher{width:100%}.switcher .label{width:100%}.switcher a{min-height:44px;padding:11px 14px}
        .grid .inline button{min-height:44px}
        .gantt .why{min-height:28px}
        }
        .upload{margin:0 0 10px 32px;width:calc(100% - 32px);min-width:0}.choices .upload+.choice{border-top:1px solid var(--rule)}
        @media print{
        @page schedule{size:A3 landscape;margin:12mm 12mm 14mm}
        body:has(.gantt){page:schedule}.gantt .paper{display:table-row}.gantt .paper td{font-size:15px;font-weight:600;height:30px}
        .controls,.gantt .why,form{display:none}
        .gantt{border:0;overflow:visible}.gantt .name{position:static}
        .gantt .state,.gantt .name{white-space:normal}
        .arrows{display:none!important}
        thead{display:table-header-group}tr{break-inside:avoid}
        .zoom-1 table{zoom:.12}.zoom-2 table{zoom:.2}.zoom-3 table{zoom:.3}.zoom-4 table{zoom:.4}.zoom-5 table{zoom:.5}
        .zoom-6 table{zoom:.6}.zoom-7 table{zoom:.7}.zoom-8 table{zoom:.8}.zoom-9 table{zoom:.9}
        }
        @media (forced-colors:active){.switcher a[aria-current]{outline:3px solid Highlight;outline-offset:-3px}.gantt .critical .name{border-inline-start:3px solid Highlight}}
        """
}

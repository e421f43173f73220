/**
 * Colours of text keep at least 4.5:1 against their ground (WCAG 1.4.3), borders and lines 3:1 (1.4.11). In print the
 * grounds may fall away: borders, icons and words carry the same.
 */
export const style = `
:root{color-scheme:light;--ink:#1b1f24;--soft:#4b5563;--line:#8a94a3;--hair:#d5dae1;--paper:#fff;--tint:#f4f6f9;--accent:#0b4a75}
*{box-sizing:border-box}
body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.5 "Segoe UI",system-ui,-apple-system,"Helvetica Neue",Arial,sans-serif}
.skip{position:absolute;left:-999rem;top:0;background:var(--accent);color:#fff;padding:.6rem 1rem}
.skip:focus{left:0;z-index:1}
a{color:var(--accent)}
a:focus-visible,[tabindex]:focus-visible{outline:3px solid #b45309;outline-offset:2px}
header,main,footer,nav{max-width:72rem;margin:0 auto;padding:0 1.5rem}
header{padding-top:2rem}
h1{font-size:2rem;line-height:1.2;margin:0 0 .25rem}
h2{font-size:1.5rem;line-height:1.25;margin:3rem 0 1rem;padding-bottom:.35rem;border-bottom:3px solid var(--accent)}
h3{font-size:1.15rem;line-height:1.3;margin:2rem 0 .6rem}
h4{font-size:1rem;margin:1.25rem 0 .4rem}
p{margin:.4rem 0;max-width:48rem}
.plan{font-size:1.15rem;color:var(--soft);margin:0}
.notice{border:2px solid var(--line);border-left-width:.6rem;background:var(--tint);padding:.6rem 1rem;margin:1rem 0;max-width:54rem}
.notice p{margin:.2rem 0}
.facts{display:grid;grid-template-columns:max-content 1fr;gap:.25rem 1.5rem;margin:1.25rem 0}
.facts dt{color:var(--soft)}.facts dd{margin:0;overflow-wrap:anywhere}
nav ul{list-style:none;display:flex;flex-wrap:wrap;gap:.25rem 1.5rem;padding:.75rem 0;margin:1rem 0 0;border-top:1px solid var(--hair);border-bottom:1px solid var(--hair)}
.scroll{overflow-x:auto}
table{border-collapse:collapse;width:100%;margin:.5rem 0 1rem;font-size:.95rem}
caption{text-align:left;color:var(--soft);padding:.25rem 0 .4rem}
th,td{text-align:left;vertical-align:top;padding:.5rem .75rem;border-bottom:1px solid var(--hair)}
thead th{background:var(--tint);border-bottom:2px solid var(--line);vertical-align:bottom}
tbody th{font-weight:600}
td.n,th.n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
table.items{table-layout:fixed}
table.items th:nth-child(1){width:36%}table.items th:nth-child(2){width:20%}
thead th.n{white-space:normal}
.when{white-space:nowrap}
table.counts,table.revisions{table-layout:fixed}
table.counts th:nth-child(1){width:28%}table.counts th:nth-last-child(-n+2){width:12.5%}
table.revisions th:nth-child(1){width:12%}table.revisions th:nth-child(3){width:18%}
table.coverage th:nth-child(1){width:24%}table.coverage th:nth-child(2){width:18%}table.coverage th:nth-child(3){width:10%}
.title{display:block;font-weight:400}
.small{display:block;font-size:.88em;color:var(--soft);font-weight:400}
.level{display:inline-flex;align-items:center;gap:.35rem;padding:.1rem .55rem;border:1.5px solid;border-radius:1rem;font-weight:600;white-space:nowrap}
.icon{width:1rem;height:1rem;flex:none;fill:none;stroke:currentColor;stroke-width:1.8;stroke-linecap:round;stroke-linejoin:round}
.green{background:#e6f4ea;color:#14532d}.yellow{background:#fff4cf;color:#5f4300}.red{background:#fdeaea;color:#8a1515}.neutral{background:#f1f3f5;color:#3d4652}
.mark{display:inline-block;border:1.5px dashed #6b3fa0;color:#4c2889;background:#f6f1fc;border-radius:.3rem;padding:0 .4rem;margin:.2em .3em 0 0;font-size:.88em;font-weight:600;white-space:nowrap}
.whence{overflow-wrap:anywhere}
.aside{margin:.5rem 0 0;padding-left:.75rem;border-left:3px solid var(--hair)}
.aside ul,ul.plain{margin:.2rem 0;padding-left:1.1rem}
.chart{display:block;width:100%;max-width:40rem;height:auto;margin:.5rem 0}
.chart text{font-size:12px;fill:var(--ink)}
.chart .axis path{stroke:var(--line);stroke-width:1;fill:none}
.chart .line{fill:none;stroke-width:2.5}
.chart .total{stroke:#0b4a75}.chart .women{stroke:#8a3d00}.chart .men{stroke:#3f5c1f}
.chart .women .line{stroke-dasharray:8 4}.chart .men .line{stroke-dasharray:2 4}
.chart .total circle{fill:#0b4a75}.chart .women rect{fill:#8a3d00}.chart .men .point{fill:#3f5c1f}
.chart g text{stroke:none}
footer{margin-top:3rem;padding-top:1rem;padding-bottom:2rem;border-top:1px solid var(--hair);color:var(--soft);font-size:.9rem}
code{font:.85em/1.4 ui-monospace,Consolas,monospace;overflow-wrap:anywhere}
@media (max-width:40rem){table.items,table.counts,table.revisions{table-layout:auto}.facts{grid-template-columns:1fr}.facts dd{margin-bottom:.5rem}}
@page{size:A4;margin:16mm 16mm 18mm;@bottom-right{content:counter(page) " (" counter(pages) ")";font:8pt "Segoe UI",system-ui,Arial,sans-serif;color:#4b5563}}
@media print{
body{font-size:9.5pt}
header,main,footer,nav{max-width:none;padding-left:0;padding-right:0}
nav,.skip{display:none}
h1{font-size:20pt}h2{font-size:14pt;break-before:page;margin-top:0}h2.first{break-before:auto;margin-top:1.5rem}h3{font-size:11.5pt}
h2,h3,h4,caption{break-after:avoid}
thead{display:table-header-group}
tr,.chart,.notice,.indicator,table.counts{break-inside:avoid}
.indicator+.indicator{margin-top:14pt}
.chart{max-width:12cm}.chart text{font-size:14px}
.scroll{overflow:visible}
table{font-size:8.5pt}th,td{padding:2.5pt 5pt}header{padding-top:0}.small{font-size:8pt}
:focus-visible{outline:none!important}
a{color:inherit;text-decoration:none}
.level,.mark,thead th{background:none;color:#000}
.chart .total,.chart .women,.chart .men{stroke:#000}.chart circle,.chart rect,.chart .point{fill:#000}
}`;

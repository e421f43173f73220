import { createHash } from 'node:crypto';

/**
 * Colours of text keep at least 4.5:1 against their ground, in light and dark (WCAG 1.4.3), borders and icons 3:1 (1.4.11).
 * Nothing is told by colour alone: each level has its word, its icon and its border.
 */
export const style = `
:root{color-scheme:light dark;
--paper:#fff;--raised:#f4f6f9;--ink:#1b1f24;--soft:#4b5563;--line:#7b8694;--hair:#d5dae1;--link:#0b4a75;--ring:#9a3412;
--done:#fff;--done-on:#0f5a37;--good:#0d4a2c;--good-on:#dff3e6;--late:#553a00;--late-on:#ffedb3;--bad:#8c1616;--bad-on:#fde3e1;--none:#39434f;--none-on:#eceff3;
--added:#0d4a2c;--added-on:#dff3e6;--gone:#8c1616;--gone-on:#fde3e1;--women:#7a2e8a;--men:#0b6b66}
@media(prefers-color-scheme:dark){:root{
--paper:#12171d;--raised:#1b222a;--ink:#eef1f5;--soft:#b3bdc9;--line:#8793a1;--hair:#333d49;--link:#8cc7f5;--ring:#fbbf77;
--done:#06301b;--done-on:#9be3b8;--good:#b4efca;--good-on:#123d28;--late:#ffe08a;--late-on:#4a3700;--bad:#ffc9c4;--bad-on:#551c1c;--none:#d5dde6;--none-on:#2b3440;
--added:#b4efca;--added-on:#123d28;--gone:#ffc9c4;--gone-on:#551c1c;--women:#e2a6ee;--men:#86ddd6}}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%;text-size-adjust:100%;scroll-padding-top:1rem}
body{margin:0;background:var(--paper);color:var(--ink);font:17px/1.5 "Segoe UI",system-ui,-apple-system,"Helvetica Neue","Liberation Sans",Arial,sans-serif}
.skip{position:absolute;left:-999rem;top:0;background:var(--link);color:var(--paper);padding:.75rem 1rem;z-index:1}
.skip:focus{left:0}
a{color:var(--link);text-underline-offset:.15em}
:focus-visible{outline:3px solid var(--ring);outline-offset:2px}
.band{border-bottom:1px solid var(--hair);background:var(--raised)}
.band>div,main,footer>div{max-width:66rem;margin:0 auto;padding:.75rem 1.25rem}
.band>div{display:flex;flex-wrap:wrap;align-items:center;gap:.5rem 1.5rem}
.brand{font-weight:700;font-size:1.15rem;text-decoration:none;color:var(--ink)}
.band nav{flex:1}
.band ul,.crumbs ol{list-style:none;display:flex;flex-wrap:wrap;gap:.25rem 1.25rem;margin:0;padding:0}
.band a,.band button{display:inline-block;padding:.25rem 0;min-height:24px}
.band [aria-current]{font-weight:700;text-decoration-thickness:3px}
.who{display:flex;flex-wrap:wrap;gap:.5rem;align-items:center;color:var(--soft);font-size:.95rem}
.who form{margin:0}
.crumbs{font-size:.95rem;margin:.25rem 0 0}
.crumbs li+li::before{content:"›";margin-right:1.25rem;color:var(--soft)}
h1{font-size:clamp(1.65rem,1.2rem + 2vw,2.35rem);line-height:1.2;margin:1rem 0 .5rem;max-width:48rem;text-wrap:balance}
h2{font-size:1.4rem;line-height:1.25;margin:2.5rem 0 .75rem}
h3{font-size:1.15rem;line-height:1.3;margin:1.5rem 0 .4rem}
p,.text{margin:.4rem 0;max-width:68ch;overflow-wrap:anywhere}
.lead{font-size:1.15rem}
.soft{color:var(--soft)}
small{font-size:.9rem}
time,.nowrap{white-space:nowrap}
.badge{display:inline-flex;align-items:center;gap:.4em;padding:.1em .6em;border:2px solid;border-radius:.35em;font-weight:600;font-size:.95rem;white-space:nowrap}
.badge svg{width:1em;height:1em;flex:none;fill:none;stroke:currentColor;stroke-width:2.4;stroke-linecap:round;stroke-linejoin:round}
.done{color:var(--done);background:var(--done-on);border-color:var(--done-on)}
.good{color:var(--good);background:var(--good-on)}.late{color:var(--late);background:var(--late-on)}.bad{color:var(--bad);background:var(--bad-on)}
.none{color:var(--none);background:var(--none-on);border-style:dashed}
.mark{display:inline-block;border:1px solid var(--line);border-radius:.25em;padding:0 .4em;font-size:.85rem;color:var(--soft)}
.facts{display:grid;grid-template-columns:minmax(7rem,max-content) 1fr;gap:.3rem 1.25rem;margin:1rem 0}
.facts dt{color:var(--soft)}.facts dd{margin:0;overflow-wrap:anywhere;max-width:60ch}
.counts{list-style:none;display:flex;flex-wrap:wrap;gap:.5rem 1.25rem;padding:0;margin:1rem 0}
.counts b{font-size:1.15rem}
.rows{list-style:none;margin:0;padding:0;border-top:1px solid var(--hair)}
.rows>li{display:grid;grid-template-columns:1fr 11.5rem;gap:.15rem 1.25rem;padding:.6rem 0;border-bottom:1px solid var(--hair);align-items:start}
.rows>li.sub1{padding-left:1.5rem}.rows>li.sub2{padding-left:3rem}.rows>li.sub3{padding-left:4.5rem}
.rows .what{overflow-wrap:anywhere;max-width:68ch}
.line{list-style:none;margin:1rem 0;padding:0 0 0 1.1rem;border-left:3px solid var(--hair)}
.line>li{position:relative;padding:0 0 1.5rem .75rem}
.line>li::before{content:"";position:absolute;left:-1.52rem;top:.45rem;width:.75rem;height:.75rem;border-radius:50%;background:var(--link);border:2px solid var(--paper)}
.line h3{margin:0}
blockquote{margin:.4rem 0;padding:.1rem 0 .1rem .9rem;border-left:3px solid var(--line);max-width:68ch}
form.asked{display:flex;flex-wrap:wrap;gap:.75rem 1rem;align-items:end;background:var(--raised);border:1px solid var(--hair);border-radius:.4rem;padding:1rem;margin:1rem 0}
label{display:block;font-weight:600}
.hint{display:block;font-weight:400;color:var(--soft);font-size:.9rem}
input,textarea,select{font:inherit;color:inherit;background:var(--paper);border:2px solid var(--line);border-radius:.3rem;padding:.45rem .6rem;max-width:100%}
textarea{width:100%;min-height:7rem}
button,.button{font:inherit;font-weight:600;color:var(--paper);background:var(--link);border:2px solid var(--link);border-radius:.3rem;padding:.45rem 1rem;cursor:pointer;text-decoration:none;display:inline-block}
button.plain{background:none;border:0;padding:.25rem 0;color:var(--link);text-decoration:underline;text-underline-offset:.15em;font-weight:400}
fieldset{border:0;margin:0;padding:0}legend{font-weight:600;padding:0}
.choice{display:flex;gap:.6rem;align-items:flex-start;padding:.35rem 0}.choice input{width:1.25rem;height:1.25rem;margin:.2rem 0 0}
.choice label{font-weight:400}
.cards{list-style:none;display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,19rem),1fr));gap:1rem;padding:0;margin:1rem 0}
.cards>li{border:1px solid var(--hair);border-radius:.5rem;padding:1rem;background:var(--raised)}
.cards h2,.cards h3{margin:0 0 .35rem;font-size:1.15rem}
.notice{border:2px solid var(--line);border-left-width:.6rem;background:var(--raised);padding:.6rem 1rem;margin:1rem 0;max-width:60rem}
.notice.fault{border-color:var(--bad)}
.both{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,22rem),1fr));gap:1rem 2rem}
ins{background:var(--added-on);color:var(--added);text-decoration:underline;text-decoration-thickness:2px}
del{background:var(--gone-on);color:var(--gone)}
table{border-collapse:collapse;margin:1rem 0}
caption{text-align:left;font-weight:600;padding:.25rem 0}
th,td{text-align:left;vertical-align:top;padding:.35rem 1rem .35rem 0;border-bottom:1px solid var(--hair)}
td.number,th.number{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
.wide{overflow-x:auto}
.chart{width:100%;max-width:46rem;height:auto;display:block}
.chart text{fill:var(--ink);font-size:14px}.chart .axis{stroke:var(--line)}.chart .axis text,.chart .soft{stroke:none;fill:var(--soft)}
.chart .series{fill:none;stroke-width:3}.chart .total{stroke:var(--link);fill:var(--link)}.chart .women{stroke:var(--women);fill:var(--women)}.chart .men{stroke:var(--men);fill:var(--men)}
.chart .series path{fill:none}.chart .series text{stroke:none}
.judged{border-top:1px solid var(--hair);padding-bottom:1rem}.judged h2{margin-top:1.25rem}.judged .what{font-weight:400}
details{margin:.25rem 0}summary{cursor:pointer;color:var(--link)}
footer{border-top:1px solid var(--hair);margin-top:3rem;color:var(--soft);font-size:.95rem}
form.asked p{margin:0;flex:0 1 15rem}
@media(max-width:40rem){.band nav{order:3;flex:1 0 100%}.rows>li{grid-template-columns:1fr}.chart text{font-size:24px}.facts{grid-template-columns:1fr}.facts dd{margin-bottom:.4rem}}
@media(prefers-reduced-motion:no-preference){html{scroll-behavior:smooth}}
@media print{.band,footer,form,.skip{display:none}body{font:11pt/1.4 "Liberation Sans",Arial,sans-serif}main{max-width:none;padding:0}a{color:inherit;text-decoration:none}.rows>li,.line>li{break-inside:avoid}h2,h3{break-after:avoid}}
`.trim();

/** Where the style is served. Its name changes with what it says, so that it may be kept for ever. */
export const stylePath = `/stil-${createHash('sha256').update(style).digest('hex').slice(0, 12)}.css`;

/** The sign in the tab of a browser. */
export const icon =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="6" fill="#0b4a75"/><path d="M6 22h7l5-12h8M13 22a3 3 0 1 0-.1 0M18 10a3 3 0 1 0-.1 0" fill="none" stroke="#fff" stroke-width="3" stroke-linecap="round"/></svg>';

export const iconPath = `/ikon-${createHash('sha256').update(icon).digest('hex').slice(0, 12)}.svg`;

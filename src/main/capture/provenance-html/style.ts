import { Html } from '../../../shared/html.ts';

/** For a screen, light or dark, and for A4: requests go across on pages of their own. */
export const style =
  new Html(`:root{color-scheme:light dark;--ink:#1b1b1b;--soft:#555;--line:#d5d5d5;--wash:#f4f4f2;--good:#1e6b3a;--warn:#8a5a00;--bad:#a3211a}
@media (prefers-color-scheme:dark){:root{--ink:#e9e8e4;--soft:#adaba4;--line:#43423e;--wash:#262522;--good:#7fcf9c;--warn:#e2b44f;--bad:#f28b82}body{background:#181816}}
*{box-sizing:border-box}body{font:16px/1.55 system-ui,sans-serif;max-width:68rem;margin:0 auto;padding:2.5rem 1.25rem 4rem;color:var(--ink)}
header p{margin:0;color:var(--soft)}h1{font-size:1.75rem;line-height:1.25;margin:.15rem 0 .3rem;overflow-wrap:anywhere}
h2{font-size:1.2rem;margin:2.6rem 0 .6rem;padding-top:.8rem;border-top:1px solid var(--line)}h3{font-size:1rem;margin:1.4rem 0 .4rem}
p,li{max-width:46rem}ul{padding-inline-start:1.2rem;margin:.5rem 0}li{margin:.2rem 0;overflow-wrap:anywhere}
.verdict{margin:1.4rem 0;padding:.9rem 1.1rem;border-inline-start:.4rem solid var(--soft);background:var(--wash)}
.verdict strong{display:block;font-size:1.15rem}.verdict p{margin:.2rem 0 0}.COMPLETE{border-color:var(--good)}.COMPLETE strong{color:var(--good)}
.PARTIAL{border-color:var(--warn)}.PARTIAL strong{color:var(--warn)}.FAILED{border-color:var(--bad)}.FAILED strong{color:var(--bad)}
nav ul{columns:16rem;list-style:none;padding:0;margin:1rem 0 0;font-size:.9rem}nav li{margin:0}nav a{color:inherit}
table{border-collapse:collapse;width:100%;margin:.6rem 0}th,td{text-align:start;vertical-align:top;padding:.35rem .7rem .35rem 0;border-bottom:1px solid var(--line);overflow-wrap:anywhere}
thead th{font-size:.82rem;color:var(--soft);font-weight:600;overflow-wrap:normal}.facts th{width:15rem;font-weight:600;overflow-wrap:normal}
code,.address{font:.86em/1.5 ui-monospace,monospace;overflow-wrap:anywhere}.soft{color:var(--soft)}.small{font-size:.86rem}
.list{font-size:.9rem}.list td:first-child,.nowrap{white-space:nowrap}.requests{font-size:.75rem;table-layout:fixed}.requests code,.requests .address{font-size:.95em}
.requests th:nth-child(1){width:3rem}.requests th:nth-child(2){width:32%}.requests th:nth-child(3){width:12%}.requests th:nth-child(4){width:22%}.requests th:nth-child(5){width:11%}
.bad{color:var(--bad)}.unseen{border:1px solid;border-radius:2px;padding:0 .15em;font-size:.75em}footer{margin-top:3rem;color:var(--soft);font-size:.9rem}
@page{size:A4;margin:18mm 16mm}@page across{size:A4 landscape;margin:14mm}
@media print{:root{color-scheme:light;--ink:#000;--soft:#444;--line:#bbb;--wash:#f4f4f2;--good:#1e6b3a;--warn:#8a5a00;--bad:#a3211a}
body{background:#fff;max-width:none;padding:0;font-size:10pt}nav{display:none}h1{font-size:18pt}h2{font-size:13pt;break-after:avoid}h3{break-after:avoid}
tr,li,.verdict{break-inside:avoid}thead{display:table-header-group}.requests{font-size:7pt}#requests{page:across}a{color:inherit;text-decoration:none}}`);

/** The report's look: a document for paper first, A4, and readable on a screen. No font or picture from elsewhere. */
export const reportStyle = `
:root { --ink: #1b1d21; --quiet: #5c6370; --line: #c9ced6; --tint: #f3f5f8; --accent: #1f4e79; color-scheme: light; }
* { box-sizing: border-box; }
html { font: 10.5pt/1.5 "Source Serif 4", Charter, "Bitstream Charter", Cambria, "Noto Serif", "DejaVu Serif", Georgia, serif; color: var(--ink); background: #e7eaef; }
body { max-width: 210mm; margin: 0 auto; padding: 20mm 22mm; background: #fff; }
h1, h2, h3, th, .state, .number, .kicker, figcaption, nav, footer { font-family: "Source Sans 3", "Segoe UI", "Helvetica Neue", "Noto Sans", "DejaVu Sans", Arial, sans-serif; }
h1 { font-size: 24pt; line-height: 1.15; margin: 2mm 0 6mm; font-weight: 650; text-wrap: balance; }
h2 { font-size: 15pt; line-height: 1.25; margin: 12mm 0 4mm; padding-top: 2mm; border-top: 0.6mm solid var(--accent); font-weight: 650; }
h3 { font-size: 11pt; margin: 7mm 0 2mm; font-weight: 650; }
p { margin: 0 0 3mm; }
ul { margin: 0 0 3mm; padding-left: 5mm; }
td ul { margin: 0; }
li { margin-bottom: 1mm; }
a { color: var(--accent); text-decoration-thickness: 0.2mm; text-underline-offset: 0.5mm; }
.kicker { color: var(--accent); font-size: 10pt; font-weight: 650; letter-spacing: 0.06em; text-transform: uppercase; margin: 0; }
.number { color: var(--accent); margin-right: 2mm; }
.none, .local, .looks { color: var(--quiet); }
code, pre, .address { font: 0.86em/1.5 "Source Code Pro", Consolas, Menlo, "Noto Sans Mono", "DejaVu Sans Mono", monospace; overflow-wrap: anywhere; }
pre { white-space: pre-wrap; margin: 0; }
bdi { white-space: pre-line; overflow-wrap: anywhere; }
.digest { font-size: 0.8em; }
.digest span { white-space: nowrap; }
.unseen { border: 0.2mm solid #a33; border-radius: 0.6mm; color: #a33; font: 0.75em/1 monospace; padding: 0 0.5mm; margin: 0 0.3mm; }
table { width: 100%; border-collapse: collapse; margin: 0 0 4mm; }
th, td { text-align: left; vertical-align: top; padding: 1.3mm 3mm 1.3mm 0; border-bottom: 0.2mm solid var(--line); }
th { font-size: 9pt; font-weight: 600; color: var(--quiet); }
thead { display: table-header-group; }
tr { break-inside: avoid; }
.facts th { width: 42mm; }
.list { table-layout: auto; }
.count { text-align: right; font-variant-numeric: tabular-nums; padding-right: 4mm; }
th.count, td.count { width: 14mm; }
.files .count { width: 34mm; }
.moment { white-space: nowrap; font-variant-numeric: tabular-nums; }
.state { text-transform: uppercase; font-size: 0.85em; font-weight: 650; letter-spacing: 0.03em; }
.state.COMPLETE { color: #1c6b3c; } .state.PARTIAL { color: #8a5a00; } .state.FAILED { color: #a32020; }
figure { margin: 0 0 5mm; break-inside: avoid; }
figure img { display: block; max-width: 100%; max-height: 150mm; border: 0.3mm solid var(--line); }
figcaption { font-size: 8.5pt; color: var(--quiet); margin-top: 1mm; }
.box { background: var(--tint); border-left: 1mm solid var(--accent); padding: 3mm 4mm 1mm; margin: 0 0 4mm; break-inside: avoid; }
.limits { border-left-color: #8a5a00; }
.mark { color: #1c6b3c; font-weight: 650; white-space: nowrap; }
nav ol { margin: 0; padding-left: 5mm; columns: 2; font-size: 10pt; }
footer { margin-top: 12mm; padding-top: 2mm; border-top: 0.2mm solid var(--line); font-size: 8.5pt; color: var(--quiet); }
@media screen and (max-width: 700px) { body { padding: 6mm 5mm; } .facts th { width: 30mm; } nav ol { columns: 1; } table { display: block; overflow-x: auto; } }
@page { size: A4; margin: 18mm 18mm 20mm; @bottom-right { content: counter(page) " / " counter(pages); font: 8pt sans-serif; color: #5c6370; } }
@media print { html { background: none; } body { max-width: none; margin: 0; padding: 0; } a { color: inherit; text-decoration: none; } .exhibit { break-before: page; } h2, h3 { break-after: avoid; } .exhibit h2 { margin-top: 0; } }
`;

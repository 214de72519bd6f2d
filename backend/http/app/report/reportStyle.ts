/** For screen and paper: light, no scripts, nothing fetched. */
export const REPORT_STYLE = `
:root { color-scheme: light; }
* { box-sizing: border-box; }
body { font: 14px/1.5 system-ui, 'Helvetica Neue', Arial, sans-serif; color: #1f2430; background: #fff; margin: 0 auto; max-width: 60rem; padding: 2rem; }
h1 { font-size: 1.9rem; margin: 0; }
h2 { font-size: 1.2rem; margin: 2rem 0 0.5rem; border-bottom: 2px solid #d8dee9; padding-bottom: 0.25rem; break-after: avoid; }
p.lead { font-size: 1.15rem; }
.quiet { color: #5b6474; }
.figures { display: grid; grid-template-columns: repeat(4, 1fr); gap: 0.75rem; margin: 1rem 0; }
.figure { border: 1px solid #d8dee9; border-radius: 6px; padding: 0.75rem; break-inside: avoid; }
.figure b { display: block; font-size: 1.35rem; }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
thead { display: table-header-group; }
tr, figure, li { break-inside: avoid; }
th, td { text-align: left; padding: 0.3rem 0.5rem; border-bottom: 1px solid #e5e9f0; vertical-align: top; overflow-wrap: anywhere; }
th.number, td.number { text-align: right; white-space: nowrap; }
figure { margin: 1rem 0; }
figcaption { font-weight: 600; }
svg { width: 100%; height: auto; display: block; }
svg text { font: 11px system-ui, Arial, sans-serif; fill: #5b6474; }
.key { display: inline-block; width: 0.8em; height: 0.8em; margin: 0 0.3em 0 0.8em; border-radius: 2px; }
@page { size: A4; margin: 16mm; }
@media print { body { max-width: none; padding: 0; font-size: 11px; } .page { break-before: page; } * { print-color-adjust: exact; -webkit-print-color-adjust: exact; } }
`;

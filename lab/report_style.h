// The style sheet of the report.
#ifndef ELU_LAB_REPORT_STYLE_H_
#define ELU_LAB_REPORT_STYLE_H_

namespace elu_lab {

// Colours of lines after Okabe and Ito, "Color Universal Design" (2008), which those who confuse colours can tell
// apart, lightened or darkened for contrast with the ground; dashes tell them apart too.
inline constexpr const char* kReportStyle = R"(
:root { color-scheme: light dark; --ground: #fff; --card: #f5f6f8; --text: #1c1e21; --quiet: #565c65; --rule: #d9dce1;
  --c0: #0072b2; --c1: #d55e00; --c2: #007a59; --c3: #b0568c; --c4: #8f7a00; --c5: #2b8cc4; --c6: #1c1e21; --c7:
  #7d4e2d;
  --yes: #00664a; --no: #a33f00; --open: #565c65; }
@media (prefers-color-scheme: dark) { :root { --ground: #15171a; --card: #1f2226; --text: #e8eaed; --quiet: #a5acb5;
  --rule: #3a3f46; --c0: #56b4e9; --c1: #ff8a3d; --c2: #2fc79a; --c3: #e6a0c8; --c4: #e69f00; --c5: #9ad1f5; --c6:
  #e8eaed;
  --c7: #f0e442; --yes: #2fc79a; --no: #ff9a57; --open: #a5acb5; } }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 1rem; max-width: 84rem; background: var(--ground); color: var(--text);
  font: 16px/1.5 system-ui, sans-serif; overflow-wrap: anywhere; }
h1 { font-size: 1.6rem; line-height: 1.25; } h2 { margin-top: 2.5rem; border-bottom: 1px solid var(--rule); }
h4 { margin: 0 0 .3rem; font-size: 1rem; } p { max-width: 46rem; }
#reading li { max-width: 46rem; margin-bottom: .4rem; }
nav a { margin-right: 1rem; } a { color: var(--c0); }
.claims, .figures { display: grid; gap: 1rem; margin-top: 1rem; grid-template-columns: repeat(auto-fill,
  minmax(min(100%, 23rem), 1fr)); }
article, figure { margin: 0; padding: .8rem; background: var(--card); border-radius: .5rem; min-width: 0; }
.measure, .threshold, .missing, caption { color: var(--quiet); } .measure { margin: 0 0 .4rem; font-size: .85rem; }
.verdicts { margin: 0; padding: 0; list-style: none; font-size: .92rem; } .verdicts li { padding: .35rem 0; }
.verdicts li + li { border-top: 1px solid var(--rule); }
.badge { font-weight: 600; border: 1px solid; border-radius: .3rem; padding: 0 .35rem; white-space: nowrap; }
.yes { color: var(--yes); } .no { color: var(--no); } .open { color: var(--open); }
.scroll { overflow-x: auto; } table { border-collapse: collapse; font-size: .9rem; overflow-wrap: normal; }
caption { text-align: left; } th, td { padding: .3rem .7rem .3rem 0; border-bottom: 1px solid var(--rule);
  text-align: left; vertical-align: top; font-variant-numeric: tabular-nums; }
td { min-width: 4rem; } th .badge { display: inline-block; white-space: normal; }
  th[scope=row] { min-width: 9rem; }
code { font-size: .85rem; overflow-wrap: anywhere; }
figcaption { font-weight: 600; font-size: .92rem; margin-bottom: .3rem; }
.chart { display: block; width: 100%; height: auto; } .chart text { fill: var(--text); font-size: 12px; }
.chart .tick { fill: var(--quiet); } .grid { stroke: var(--rule); stroke-width: 1; fill: none; }
.line { fill: none; stroke-width: 2.2; stroke-linejoin: round; stroke-linecap: round; } .band { stroke: none;
  opacity: .16; }
.legend { margin: .3rem 0 0; padding: 0; list-style: none; display: flex; flex-wrap: wrap; gap: .1rem .9rem;
  font-size: .85rem; }
.legend svg { vertical-align: middle; margin-right: .3rem; }
.line.s0 { stroke: var(--c0); } .line.s1 { stroke: var(--c1); stroke-dasharray: 7 4; }
.line.s2 { stroke: var(--c2); stroke-dasharray: 2 4; } .line.s3 { stroke: var(--c3); stroke-dasharray: 9 4 2 4; }
.line.s4 { stroke: var(--c4); stroke-dasharray: 12 5; } .line.s5 { stroke: var(--c5); stroke-dasharray: 5 3 1 3 1 3; }
.line.s6 { stroke: var(--c6); stroke-dasharray: 4 4; } .line.s7 { stroke: var(--c7); stroke-dasharray: 14 4 4 4; }
.band.s0, .dot.s0 { fill: var(--c0); } .band.s1, .dot.s1 { fill: var(--c1); } .band.s2, .dot.s2 { fill: var(--c2); }
  .band.s3, .dot.s3 { fill: var(--c3);
  }
.band.s4, .dot.s4 { fill: var(--c4); } .band.s5, .dot.s5 { fill: var(--c5); } .band.s6, .dot.s6 { fill: var(--c6); }
  .band.s7, .dot.s7 { fill: var(--c7);
  }
details { margin-top: 1rem; } summary { cursor: pointer; margin-bottom: .6rem; }
)";

}  // namespace elu_lab

#endif  // ELU_LAB_REPORT_STYLE_H_

// The style sheet of the report.
#ifndef ELU_FIGURES_STYLE_H_
#define ELU_FIGURES_STYLE_H_

namespace elu_lab {

// Colours of lines after Okabe and Ito, "Color Universal Design" (2008), which those who confuse colours can tell
// apart, lightened or darkened for contrast with the ground; dashes (d) and marks tell them apart too.
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
.line { fill: none; stroke: var(--c); stroke-width: 2.2; stroke-linejoin: round; stroke-linecap: round; }
.band { fill: var(--c); stroke: none; opacity: .16; } .mark { fill: none; stroke: var(--c); stroke-width: 1.7; }
.legend { margin: .3rem 0 0; padding: 0; list-style: none; display: flex; flex-wrap: wrap; gap: .1rem .9rem;
  font-size: .85rem; }
.legend svg { vertical-align: middle; margin-right: .3rem; }
.s0 { --c: var(--c0); } .s1 { --c: var(--c1); } .s2 { --c: var(--c2); } .s3 { --c: var(--c3); }
.s4 { --c: var(--c4); } .s5 { --c: var(--c5); } .s6 { --c: var(--c6); } .s7 { --c: var(--c7); }
.line.d1 { stroke-dasharray: 7 4; } .line.d2 { stroke-dasharray: 2 4; } .line.d3 { stroke-dasharray: 9 4 2 4; }
.line.d4 { stroke-dasharray: 12 5; } .line.d5 { stroke-dasharray: 5 3 1 3 1 3; } .line.d6 { stroke-dasharray: 4 4; }
.line.d7 { stroke-dasharray: 14 4 4 4; }
details { margin-top: 1rem; } summary { cursor: pointer; margin-bottom: .6rem; }
)";

}  // namespace elu_lab

#endif  // ELU_FIGURES_STYLE_H_

"""The style sheet of the report."""

STYLE = """
:root { color-scheme: light dark; --paper: #fff; --ink: #1d2430; --soft: #5d6675; --line: #d9dee6;
  --panel: #f6f8fa; --good: #137a3e; --bad: #b42318; --ours: #2563eb; --silent: #7aa2f7;
  --plain: #6b7280; --nginx: #0f8a5f; --peer1: #d97706; --peer2: #c026d3; --peer3: #dc2626;
  --peer4: #0891b2; }
@media (prefers-color-scheme: dark) { :root { --paper: #12161d; --ink: #e4e8ef; --soft: #9aa5b5;
  --line: #2f3845; --panel: #1a202a; --good: #4ade80; --bad: #f87171; --ours: #60a5fa;
  --silent: #3b6fc4; --plain: #a3adbb; --nginx: #34d399; --peer1: #fbbf24; --peer2: #e879f9;
  --peer3: #f87171; --peer4: #22d3ee; } }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 1.5rem; max-width: 76rem; background: var(--paper);
  color: var(--ink); font: 15px/1.5 system-ui, "Noto Sans", sans-serif; }
h1 { font-size: 1.6rem; margin: 0; } h2 { font-size: 1.2rem; margin: 2rem 0 .6rem; }
h3 { font-size: .95rem; margin: 1.2rem 0 .3rem; color: var(--soft); }
header p { max-width: 60rem; color: var(--soft); }
small, .legend { color: var(--soft); font-size: .82em; font-weight: normal; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
th, td { padding: .25rem .6rem; border-bottom: 1px solid var(--line); text-align: right;
  vertical-align: baseline; }
th { font-weight: 500; text-align: left; } thead th { color: var(--soft); font-weight: 600; }
thead th:not(:first-child) { text-align: right; }
.targets td:nth-child(4), .targets thead th:nth-child(4) { text-align: left; }
td.words { text-align: left; }
.good { color: var(--good); font-weight: 600; } .bad { color: var(--bad); font-weight: 600; }
.unknown { color: var(--soft); }
.systems { table-layout: fixed; min-width: 44rem; }
ul.bad { font-weight: normal; }
.plots { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(26rem, 100%), 1fr));
  gap: 1rem; }
figure { margin: 0; padding: .7rem; background: var(--panel); border: 1px solid var(--line);
  border-radius: 6px; }
figcaption { font-weight: 600; margin-bottom: .3rem; }
svg { width: 100%; height: auto; display: block; }
svg text { fill: var(--ink); font-size: 12px; } svg text.title { fill: var(--soft); }
svg text.words { fill: var(--soft); font-style: italic; }
.grid { stroke: var(--line); } .limit { stroke: var(--bad); stroke-dasharray: 4 3; }
.whisker { stroke: var(--ink); fill: none; stroke-width: 1.3; }
svg g { fill: var(--colour); stroke: var(--colour); } svg rect { fill: var(--colour); }
svg polyline { fill: none; stroke-width: 2; }
.ours { --colour: var(--ours); } .silent { --colour: var(--silent); }
.plain { --colour: var(--plain); } .nginx { --colour: var(--nginx); }
.peer1 { --colour: var(--peer1); } .peer2 { --colour: var(--peer2); }
.peer3 { --colour: var(--peer3); } .peer4 { --colour: var(--peer4); }
.legend { margin: .3rem 0 0; display: flex; flex-wrap: wrap; gap: .2rem 1rem; }
.legend i { display: inline-block; width: .8em; height: .8em; margin-right: .35em;
  border-radius: 2px; background: var(--colour); }
details { border-bottom: 1px solid var(--line); padding: .4rem 0; }
summary { cursor: pointer; }
pre { overflow-x: auto; font-size: .85em; }
@media print { details { display: block; } }
"""

/** Ink on paper, verdigris to act on, brass to point with: the colours of the playground. */
export const STYLE = `
:root {
  color-scheme: light dark;
  --ink: hsl(205 26% 18%);
  --quiet: hsl(205 14% 36%);
  --line: hsl(205 12% 78%);
  --edge: hsl(205 12% 52%);
  --card: hsl(45 50% 98%);
  --shade: hsl(42 26% 93%);
  --inset: hsl(42 30% 94%);
  --action: hsl(174 57% 26%);
  --on-action: hsl(45 50% 98%);
  --point: hsl(36 78% 31%);
  --failure: hsl(8 66% 40%);
  --failure-tint: hsl(8 70% 95%);
  --plate: #1d5c56;
  --brass: #f0c87a;
  --shadow: 0 1px 2px #22303a14, 0 12px 32px #22303a1a;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ink: hsl(198 15% 87%);
    --quiet: hsl(198 10% 69%);
    --line: hsl(203 14% 26%);
    --edge: hsl(203 10% 48%);
    --card: hsl(203 20% 13%);
    --shade: hsl(203 23% 9%);
    --inset: hsl(203 19% 17%);
    --action: hsl(171 46% 61%);
    --on-action: hsl(203 30% 10%);
    --point: hsl(39 69% 65%);
    --failure: hsl(8 85% 74%);
    --failure-tint: hsl(8 30% 17%);
    --plate: #2a7068;
    --shadow: 0 12px 32px #0006;
  }
}
*, *::before, *::after { box-sizing: border-box; }
body {
  display: grid;
  place-items: center;
  min-height: 100vh;
  min-height: 100dvh;
  margin: 0;
  padding: 24px 16px;
  background: var(--shade);
  color: var(--ink);
  font: 1rem/1.5 Roboto, system-ui, sans-serif;
  overflow-wrap: anywhere;
}
.card {
  width: min(26.5rem, 100%);
  padding: 28px 32px 32px;
  border-top: 3px solid var(--point);
  border-radius: 10px;
  background: var(--card);
  box-shadow: var(--shadow);
}
.logo { display: flex; align-items: center; gap: 10px; margin: 0 0 24px; font-size: 0.9375rem; font-weight: 500; }
.logo svg { flex: none; width: 28px; height: 28px; }
.plate { fill: var(--plate); }
.hole { fill: var(--brass); }
h1 { margin: 0; font-size: 1.375rem; font-weight: 600; line-height: 1.3; text-wrap: balance; }
h2 { margin: 24px 0 8px; font-size: 0.9375rem; font-weight: 600; }
p { margin: 8px 0 0; }
.quiet { color: var(--quiet); }
.small { font-size: 0.875rem; }
code { font: 0.875em/1.4 ui-monospace, "Liberation Mono", Menlo, monospace; }
a { color: var(--action); text-underline-offset: 0.15em; }
:focus-visible { outline: 3px solid var(--action); outline-offset: 2px; border-radius: 3px; }
form { margin: 0; }
.field { display: grid; gap: 4px; margin-top: 18px; }
label { font-size: 0.9375rem; font-weight: 500; }
input {
  width: 100%;
  padding: 10px 12px;
  border: 1px solid var(--edge);
  border-radius: 6px;
  background: var(--card);
  color: inherit;
  font: inherit;
}
input[aria-invalid] { border: 2px solid var(--failure); padding: 9px 11px; }
input:focus-visible { outline-offset: 0; border-radius: 6px; }
button { font: inherit; cursor: pointer; }
.primary, .secondary { min-height: 44px; padding: 9px 20px; border-radius: 6px; font-weight: 500; }
.primary { border: 1px solid var(--action); background: var(--action); color: var(--on-action); }
.secondary { border: 1px solid var(--edge); background: none; color: var(--ink); }
.primary:hover, .secondary:hover { filter: brightness(1.1); }
.secondary:hover { border-color: var(--action); color: var(--action); }
.primary:focus-visible, .secondary:focus-visible { border-radius: 6px; }
.text-button { min-height: 28px; padding: 0; border: 0; background: none; color: var(--action); text-decoration: underline;
  text-underline-offset: 0.15em; text-align: start; }
.whole { width: 100%; margin-top: 24px; }
.links { display: flex; flex-wrap: wrap; justify-content: space-between; gap: 8px 20px; margin-top: 18px;
  font-size: 0.9375rem; }
.links a { padding-block: 2px; }
.notice { margin: 20px 0 0; padding: 12px 14px; border-inline-start: 4px solid var(--failure); border-radius: 4px;
  background: var(--failure-tint); font-size: 0.9375rem; }
.notice strong { display: block; color: var(--failure); }
.notice a { color: inherit; }
.scopes { margin: 0; padding: 0; list-style: none; border: 1px solid var(--line); border-radius: 8px; }
.scopes li { display: grid; grid-template-columns: 20px 1fr; gap: 0 10px; padding: 10px 14px; }
.scopes li + li { border-top: 1px solid var(--line); }
.scopes svg { width: 20px; height: 20px; margin-top: 2px; fill: none; stroke: var(--point); stroke-width: 2;
  stroke-linecap: round; stroke-linejoin: round; }
.scopes bdi + code { display: block; color: var(--quiet); }
.facts { display: grid; gap: 0; margin: 24px 0 0; padding: 4px 14px; border-radius: 8px; background: var(--inset); }
.facts > div { padding: 10px 0; }
.facts > div + div { border-top: 1px solid var(--line); }
dt { font-size: 0.875rem; color: var(--quiet); }
dd { margin: 0; font-weight: 500; }
.facts:last-child { margin-top: 20px; }
.facts code { font-weight: 400; }
dd form { font-weight: 400; font-size: 0.9375rem; }
.choice { display: grid; grid-template-columns: 1fr 1fr; gap: 12px; margin-top: 24px; }
@media (max-width: 22rem) {
  body { padding: 0; place-items: start center; background: var(--card); }
  .card { padding: 20px 16px 24px; border-radius: 0; box-shadow: none; }
}
@media (max-width: 17rem) { .choice { grid-template-columns: 1fr; } }
@media (forced-colors: active) { .card, .facts, .notice { border: 1px solid; } }
`;

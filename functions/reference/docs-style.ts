/** The style of the reference page: follows the reader's light or dark setting, needs nothing from elsewhere. */
export const style = `
:root { color-scheme: light dark; --ink: light-dark(#1d2329, #dfe4e8); --soft: light-dark(#59636e, #98a2ad);
  --paper: light-dark(#ffffff, #14181c); --shade: light-dark(#f3f5f7, #1e2429); --line: light-dark(#d8dee4, #323a42);
  --link: light-dark(#0b5cad, #74b3f2); }
* { box-sizing: border-box; }
html { scroll-padding-top: 1rem; }
body { margin: 0; display: grid; grid-template-columns: 18rem minmax(0, 1fr); color: var(--ink); background: var(--paper);
  font: 16px/1.5 system-ui, sans-serif; }
nav { position: sticky; top: 0; height: 100vh; overflow-y: auto; padding: 1.5rem 1rem; background: var(--shade);
  border-right: 1px solid var(--line); font-size: 0.875rem; }
nav ul { list-style: none; margin: 0 0 1rem; padding: 0; }
nav a { display: block; padding: 0.15rem 0; text-decoration: none; }
nav strong { display: block; margin-top: 0.75rem; }
main { max-width: 62rem; padding: 1.5rem 2.5rem 4rem; overflow-x: auto; }
h1 { margin-top: 0; } h2 { margin-top: 3rem; border-bottom: 1px solid var(--line); } h4 { margin: 1.25rem 0 0.5rem; }
a { color: var(--link); }
code, pre { font: 0.875em/1.5 ui-monospace, monospace; }
code { overflow-wrap: break-word; }
pre { padding: 0.75rem 1rem; overflow-x: auto; background: var(--shade); border: 1px solid var(--line); border-radius: 6px; }
pre code { overflow-wrap: normal; font-size: 0.8125rem; }
table { width: 100%; border-collapse: collapse; font-size: 0.875rem; }
th, td { padding: 0.35rem 0.75rem 0.35rem 0; text-align: left; vertical-align: top; border-bottom: 1px solid var(--line); }
th { color: var(--soft); font-weight: 600; }
.operation { margin-top: 2rem; padding-bottom: 1rem; }
.route code { font-size: 1rem; }
.method { display: inline-block; min-width: 4rem; padding: 0.1rem 0.5rem; border-radius: 4px; text-align: center;
  font: 700 0.8125rem ui-monospace, monospace; color: #fff; background: #4a5560; }
.get { background: #1f6f50; } .post { background: #0b5cad; } .patch { background: #8a5a00; } .delete { background: #a02c2c; }
.required { color: var(--soft); font-size: 0.75rem; }
.problems { padding-left: 1.25rem; }
dt { margin-top: 1rem; } dd { margin: 0.25rem 0 0; } dt:target { outline: 2px solid var(--link); outline-offset: 4px; }
@media (max-width: 56rem) { body { display: block; } nav { position: static; height: auto; } main { padding: 1rem; } }
@media print { body { display: block; } nav { display: none; } }
`;

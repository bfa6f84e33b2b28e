import { expect, test } from 'vitest';
import { readImports, withoutComments } from './read-imports.ts';

const specifiers = (source: string) => readImports(source).map(({ specifier }) => specifier);

test('finds every form of import and export', () => {
  const source = `
import a from 'a';
import * as b from "b";
import { c,
  type D } from './c.ts';
import type { E } from './e.ts';
export { f } from './f.ts';
export * from './g.ts';
export type { H } from './h.ts';
import './i.ts';
const j = await import('./j.ts');
const k = await import('./k.json', { with: { type: 'json' } });
`;
  expect(specifiers(source).sort()).toEqual(
    ['a', 'b', './c.ts', './e.ts', './f.ts', './g.ts', './h.ts', './i.ts', './j.ts', './k.json'].sort(),
  );
});

test('tells imports of types and dynamic imports from the others', () => {
  const source = `import type { A } from 'a';\nimport { type B } from 'b';\nawait import('c');`;
  expect(readImports(source)).toEqual([
    { specifier: 'a', clause: '{ A }', typeOnly: true, dynamic: false },
    { specifier: 'b', clause: '{ type B }', typeOnly: false, dynamic: false },
    { specifier: 'c', clause: '', typeOnly: false, dynamic: true },
  ]);
});

test('does not take a comment for an import, nor a URL for a comment', () => {
  expect(
    specifiers(`// import a from 'a';\n/* import b from 'b'; */\nconst url = 'http://x';\nimport c from 'c';`),
  ).toEqual(['c']);
  expect(withoutComments(`const a = 'http://x'; // y`)).toBe(`const a = 'http://x';  `);
});

test('does not run from an export into the next import', () => {
  expect(specifiers(`export const a = 1;\nimport b from 'b';`)).toEqual(['b']);
  expect(specifiers(`export function f() { return 1 }\nexport { g } from 'g';`)).toEqual(['g']);
});

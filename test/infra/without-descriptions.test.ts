import { expect, test } from 'vitest';
import { withoutDescriptions } from '../../infra/without-descriptions.ts';

test('a contract is without what it says of itself, and all else stands where it stood', () => {
  const source = [
    "const a = z.string().meta({ description: 'What is paid, in CNY: 100 %.' });",
    "const b = { description: 'One ' +",
    "  `two`, id: '付', summary: 'three' };",
  ].join('\n');
  const without = withoutDescriptions(source);
  expect(without.replace(/ +/g, ' ')).toBe("const a = z.string().meta({ });\nconst b = { \n id: '付', };");
  expect([without.length, without.indexOf('付')]).toEqual([source.length, source.indexOf('付')]);
});

test('what is no text of its own is left: a field of that name, a value of that name, a comment', () => {
  const source = "// description: 'x'\nconst a = { description: z.string(), b: { summary }, c: description };";
  expect(withoutDescriptions(source)).toBe(source);
});

test('what does not parse is refused', () => {
  expect(() => withoutDescriptions('const = {')).toThrow(SyntaxError);
});

import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { Converter } from 'opencc-js/t2cn';
import { describe, expect, test } from 'vitest';
import { simplified } from '../../../../../functions/receivables/matching/names/simplified.ts';

/** OpenCC with all of its tables. */
const whole = Converter({ from: 'hk', to: 'cn' });

describe('simplified characters', () => {
  test.each([
    ['臺灣積體電路製造股份有限公司', '台湾积体电路制造股份有限公司'],
    ['衞生用品有限公司', '卫生用品有限公司'],
    ['乾燥設備與乾隆瓷器', '干燥设备与乾隆瓷器'],
    ['豈', '岂'],
  ])('of %s are %s', (text, expected) => {
    expect(simplified(text)).toBe(expected);
  });

  test('are OpenCC’s for each Han character there is', () => {
    const all = charactersOf(0x2e80, 0x323af);
    expect(all.length).toBeGreaterThan(90_000);
    expect(all.filter((one) => simplified(one) !== whole(one))).toEqual([]);
  });

  test('are OpenCC’s for each entry of each of its tables, alone and one after the other', () => {
    const entries = entriesOfTables();
    expect(entries.length).toBeGreaterThan(50_000);
    expect(entries.filter((one) => simplified(one) !== whole(one))).toEqual([]);
    const joined = entries.map((one, index) => `${one}${entries[(index * 7919) % entries.length]}`);
    expect(joined.filter((one) => simplified(one) !== whole(one))).toEqual([]);
  });
});

function charactersOf(from: number, to: number): string[] {
  const points = Array.from({ length: to - from + 1 }, (_, index) => String.fromCodePoint(from + index));
  return points.filter((one) => /\p{Script=Han}/u.test(one));
}

/** Both sides of every entry of every table in the package, those of other ways too. */
function entriesOfTables(): string[] {
  const core = createRequire(import.meta.url).resolve('opencc-js/core');
  const tables = join(dirname(core), 'dict');
  const texts = readdirSync(tables).map((name) => readFileSync(join(tables, name), 'utf8'));
  return texts.flatMap((text) => text.slice(text.indexOf('"') + 1, text.lastIndexOf('"')).split(/[| ]/));
}

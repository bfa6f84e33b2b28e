import { expect, test } from 'vitest';
import { chanceFrom } from '../chance.ts';
import { drawName, lookAlikeOf, stemOf, written } from './company-names.ts';
import { comparable, fullWidth, nearName, sameName, traditional } from './spellings.ts';

test('a name is written in traditional characters and at full width', () => {
  expect(traditional('东莞华鑫电子有限公司')).toBe('東莞華鑫電子有限公司');
  expect(fullWidth('Vogel AG')).toBe('Ｖｏｇｅｌ　ＡＧ');
});

test('spellings of the same Chinese name differ in nothing that counts', () => {
  const chance = chanceFrom(9);
  for (let n = 0; n < 2_000; n += 1) {
    const name = drawName(chance);
    if (name.script === 'CHINESE') expect(comparable(sameName(name, chance).text)).toBe(comparable(written(name)));
  }
});

test('a spelling that is near is never the name itself, nor is a look-alike', () => {
  const chance = chanceFrom(10);
  for (let n = 0; n < 2_000; n += 1) {
    const name = drawName(chance);
    expect(comparable(nearName(name, chance).text)).not.toBe(comparable(written(name)));
    const other = lookAlikeOf(name, chance);
    expect(written(other)).not.toBe(written(name));
    expect(stemOf(other) === stemOf(name)).toBe(other.form !== name.form);
  }
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeGb18030 } from './gb18030.ts';
import { encodeGbk, hanOfDailyUse } from './gbk.ts';

const hex = (text: string) => Buffer.from(encodeGb18030(text)).toString('hex');

describe('GB18030', () => {
  it.each([
    ['a,1\r\n', '612c310d0a'],
    ['对账单', 'b6d4d5cbb5a5'],
    ['€', 'a2e3'],
    ['㐀', '8139ee39'],
    ['𠮷', '9534b235'],
    ['😀', '9439fc36'],
  ])('of %j is %s, as CPython writes it', (text, bytes) => {
    expect(hex(text)).toBe(bytes);
  });

  it('of characters of daily use is GBK', () => {
    const text = hanOfDailyUse.join('');
    expect(hex(text)).toBe(Buffer.from(encodeGbk(text)).toString('hex'));
  });

  it('is read as what was written, any text', () => {
    const decoder = new TextDecoder('gb18030', { fatal: true, ignoreBOM: true });
    const texts = fc.string({ unit: 'grapheme' }).filter((text) => !/[\ue000-\uf8ff]/.test(text));
    fc.assert(
      fc.property(texts, (text) => {
        expect(decoder.decode(encodeGb18030(text))).toBe(text);
      }),
    );
  });

  it('has a question mark for what it has no bytes for, and the sign of replacement for half a pair', () => {
    expect(hex('a\ue5e5b')).toBe('613f62');
    expect(hex('\ud83d')).toBe('8431a437');
  });
});

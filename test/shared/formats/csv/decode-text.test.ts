import { isUtf8 } from 'node:buffer';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeText } from '../../../../shared/formats/csv/decode-text.ts';
import { csvBytesMax } from '../../../../shared/formats/csv/limits.ts';
import { encodeGbk, hanOfDailyUse, hanOfGbk } from './gbk.ts';

const utf8 = (text: string) => new TextEncoder().encode(text);
const bytes = (...values: number[]) => Uint8Array.from(values);
const header = '协议号,金额\n';

describe('the encoding of a file', () => {
  it('is UTF-8, with a byte order mark or without', () => {
    expect(decodeText(utf8(header))).toEqual({ text: header, encoding: 'utf-8' });
    expect(decodeText(utf8(`\ufeff${header}`))).toEqual({ text: header, encoding: 'utf-8' });
  });

  it('is UTF-16 of either order where a byte order mark says so, as Excel saves “Unicode text”', () => {
    const little = Buffer.from(`\ufeff${header}`, 'utf16le');
    expect(decodeText(little)).toEqual({ text: header, encoding: 'utf-16le' });
    expect(decodeText(Buffer.from(little).swap16())).toEqual({ text: header, encoding: 'utf-16be' });
  });

  it('is GBK where the bytes are no UTF-8: 协议号 is D0 AD, D2 E9, BA C5', () => {
    const file = bytes(0xd0, 0xad, 0xd2, 0xe9, 0xba, 0xc5, 0x2c, 0x31);
    expect(decodeText(file)).toEqual({ text: '协议号,1', encoding: 'gb18030' });
    expect(encodeGbk('协议号,1')).toEqual(file);
  });

  it('is GBK though three of its bytes are a character of UTF-8: 渔啊 is D3 E6, B0 A1', () => {
    expect(new TextDecoder().decode(bytes(0xe6, 0xb0, 0xa1))).toBe('\u6c21');
    expect(decodeText(bytes(0xd3, 0xe6, 0xb0, 0xa1)).text).toBe('渔啊');
  });

  it('is GB18030 with its four bytes: 𠀀 is 95 32 82 36', () => {
    expect(decodeText(bytes(0xd0, 0xad, 0x95, 0x32, 0x82, 0x36)).text).toBe('协𠀀');
  });

  it('is what the caller declares, for bytes that fit both: 一 of GBK is a letter of Cyrillic', () => {
    const one = bytes(0xd2, 0xbb);
    expect(decodeText(one)).toEqual({ text: 'һ', encoding: 'utf-8' });
    expect(decodeText(one, 'GBK')).toEqual({ text: '一', encoding: 'gb18030' });
    expect(decodeText(bytes(0x4d, 0xfc, 0x6c, 0x6c), 'windows-1252').text).toBe('Müll');
  });

  it('is shown by a byte order mark, whatever is declared', () => {
    expect(decodeText(utf8('\ufeff金额'), 'gbk').text).toBe('金额');
  });
});

describe('any Chinese text', () => {
  const text = (characters: readonly string[], minLength = 0) =>
    fc.string({ unit: fc.constantFrom(...characters, ...'aZ09,;\n "'), minLength, maxLength: 60 });

  it('reads equal from UTF-8, with a mark and without', () => {
    fc.assert(
      fc.property(text([...hanOfGbk, '𠀀', '龦', '€'], 1), (words) => {
        expect(decodeText(utf8(words)).text).toBe(words);
        expect(decodeText(utf8(`\ufeff${words}`)).text).toBe(words);
      }),
    );
  });

  it('of daily use reads equal from GBK, unless its bytes are UTF-8 too', () => {
    expect(hanOfDailyUse.length).toBe(3755);
    fc.assert(
      fc.property(text(hanOfDailyUse, 1), (words) => {
        const file = encodeGbk(words);
        fc.pre(!isUtf8(file) || /^[\0-\x7f]*$/.test(words));
        expect(decodeText(file).text).toBe(words);
      }),
    );
  });

  it('reads equal from GBK below a Chinese header, with the rarest characters too', () => {
    expect(hanOfGbk.length).toBeGreaterThan(20_900);
    fc.assert(
      fc.property(text(hanOfGbk), (words) => {
        expect(decodeText(encodeGbk(header + words))).toEqual({ text: header + words, encoding: 'gb18030' });
      }),
    );
  });

  it('reads equal from GBK and from UTF-8, whatever it is, when that is declared', () => {
    fc.assert(
      fc.property(text(hanOfGbk, 1), (words) => {
        expect(decodeText(encodeGbk(words), 'gb2312').text).toBe(words);
        expect(decodeText(utf8(words), 'utf8').text).toBe(words);
      }),
    );
  });
});

describe('a file that is no text', () => {
  const refusal = (file: Uint8Array, declared?: string) => {
    try {
      return decodeText(file, declared);
    } catch (error) {
      const { reason, place } = error as { reason: string; place: object };
      return { reason, ...place };
    }
  };

  it('is refused at the byte where neither encoding fits', () => {
    expect(refusal(bytes(0x61, 0x2c, 0xff, 0x0a))).toEqual({ reason: 'damaged-text', byte: 2 });
    // D0 AD is 协 and UTF-8 as well; C5 ends before a comma in both.
    expect(refusal(bytes(0xd0, 0xad, 0xc5, 0x2c))).toEqual({ reason: 'damaged-text', byte: 3 });
    expect(refusal(bytes(0xb6, 0xee, 0xb6))).toEqual({ reason: 'damaged-text', byte: 3 });
  });

  it('names the byte however far in', () => {
    const far = new Uint8Array(10_000).fill(0x61);
    far[9_998] = 0xff;
    expect(refusal(far)).toEqual({ reason: 'damaged-text', byte: 9_998 });
  });

  it('is refused as damaged where it is UTF-8 but for a byte, and never read as GBK', () => {
    // 金额 in UTF-8 is E9 87 91 E9 A2 9D; with two bytes of a third character GBK would read four others.
    const cut = bytes(0xe9, 0x87, 0x91, 0xe9, 0xa2, 0x9d, 0xe9, 0xa2);
    expect([...new TextDecoder('gb18030', { fatal: true }).decode(cut)]).toHaveLength(4);
    expect(refusal(cut)).toEqual({ reason: 'damaged-text', byte: 8 });
  });

  it('is refused at the first line in another encoding, whichever of the two most are in', () => {
    const [gbk, utf] = [encodeGbk(header), utf8('江南机械厂,100.00\n')];
    // 协议号,金额 and its end are 12 bytes in GBK.
    expect(refusal(Buffer.concat([gbk, encodeGbk('江南,1.00\n'), utf]))).toEqual({
      reason: 'mixed-encodings',
      line: 3,
      byte: 22,
    });
    expect(refusal(Buffer.concat([gbk, utf, utf, utf]))).toMatchObject({ line: 2 });
    expect(refusal(Buffer.concat([utf8(header), utf, utf, gbk]))).toMatchObject({ reason: 'mixed-encodings', line: 4 });
    expect(decodeText(Buffer.concat([gbk, encodeGbk('ＩＮＶ－１,1.00\n')])).encoding).toBe('gb18030');
  });

  it('is refused where it is not what was declared', () => {
    expect(refusal(encodeGbk('金额'), 'utf-8')).toEqual({ reason: 'damaged-text', byte: 0 });
    expect(refusal(utf8('a'), 'klingon')).toEqual({ reason: 'unknown-encoding' });
  });

  it('is refused by a zero byte, in UTF-16 without a mark', () => {
    expect(refusal(Buffer.from('a,b', 'utf16le'))).toEqual({ reason: 'not-text', byte: 1 });
    expect(refusal(Buffer.from('\ufeffa\0', 'utf16le'))).toEqual({ reason: 'not-text', byte: 4 });
  });

  it('is refused as the workbook it is', () => {
    expect(refusal(bytes(0x50, 0x4b, 0x03, 0x04, 0x14))).toEqual({ reason: 'not-text', byte: 0 });
    expect(refusal(bytes(0xd0, 0xcf, 0x11, 0xe0, 0xa1))).toEqual({ reason: 'not-text', byte: 0 });
  });

  it('is refused when empty or too large', () => {
    expect(refusal(bytes())).toEqual({ reason: 'empty-file' });
    expect(refusal(new Uint8Array(csvBytesMax + 1))).toEqual({ reason: 'file-too-large' });
  });
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { base32 } from '../../../shared/identifiers/base32.ts';
import { deriveId, isId, newId } from '../../../shared/identifiers/id.ts';
import { keyedHash } from '../../../shared/identifiers/keyed-hash.ts';

const instant = fc
  .integer({ min: 0, max: 2 ** 48 - 1 })
  .map((milliseconds) => new Date(Math.min(milliseconds, 8.64e15)));

describe('new ids', () => {
  // The ULID specification writes the instant 1469918176385 as 01ARYZ6S41.
  test('carry their time as the ULID specification has it', () => {
    expect(newId('acc', new Date(1_469_918_176_385))).toMatch(/^acc_01ARYZ6S41[0-9A-HJKMNP-TV-Z]{16}$/);
  });

  test('sort by time', () => {
    fc.assert(
      fc.property(instant, instant, (one, other) => {
        fc.pre(one < other);
        expect(newId('tr', one) < newId('tr', other)).toBe(true);
      }),
    );
  });

  test('of one millisecond are all different and sort in the order they were made', () => {
    const ids = Array.from({ length: 10_000 }, () => newId('tr', new Date('2026-03-02T01:30:00Z')));
    expect(new Set(ids).size).toBe(ids.length);
    expect([...ids].sort()).toEqual(ids);
  });

  test('follow a clock that is set back', () => {
    newId('tr', new Date('2030-01-01T00:00:00Z'));
    expect(newId('tr', new Date(0))).toMatch(/^tr_0000000000/);
  });

  test('need an instant that exists', () => {
    expect(() => newId('tr', new Date(Number.NaN))).toThrow(RangeError);
    expect(() => newId('tr', new Date(-1))).toThrow(RangeError);
  });
});

describe('derived ids', () => {
  // SHA-256 of 00000006 'tenant' 00000003 'key', its first 16 bytes as one number in base 32; computed with Python.
  test('are the same everywhere', () => {
    expect(deriveId('tr', 'tenant', 'key')).toBe('tr_5PR4P16D8YJPR5NDHKWQGSEKNR');
    expect(deriveId('tr', '禹道')).toBe('tr_4N8G3PAS9JFZ7QR37439RKJTNR');
    expect(deriveId('tr')).toBe('tr_73P324567W3GA9NYZMS2CPZE94');
  });

  test('tell apart parts that run together', () => {
    expect(deriveId('tr', 'ab', 'c')).not.toBe(deriveId('tr', 'a', 'bc'));
    expect(deriveId('tr', 'abc')).not.toBe(deriveId('tr', 'abc', ''));
    expect(deriveId('tr', 'a', 'b')).not.toBe(deriveId('tr', 'b', 'a'));
  });

  test('differ where any part does', () => {
    const parts = fc.array(fc.string({ unit: 'grapheme' }), { maxLength: 4 });
    fc.assert(
      fc.property(parts, parts, (one, other) => {
        expect(deriveId('x', ...one) === deriveId('x', ...other)).toBe(JSON.stringify(one) === JSON.stringify(other));
      }),
    );
  });

  test('refuse half a surrogate pair, which would read as any other half', () => {
    expect(() => deriveId('tr', '\ud800')).toThrow(TypeError);
  });
});

describe('telling an id', () => {
  test('new and derived ids are ids of their prefix and of no other', () => {
    for (const id of [newId('acc', new Date('2026-01-01T00:00:00Z')), deriveId('acc', 'a')]) {
      expect(isId('acc', id)).toBe(true);
      expect(isId('tr', id)).toBe(false);
      expect(isId('ac', id)).toBe(false);
    }
  });

  test.each([
    'acc_',
    'acc_01ARZ3NDEKTSV4RRFFQ69G5FA',
    'acc_01ARZ3NDEKTSV4RRFFQ69G5FAVV',
    'acc_81ARZ3NDEKTSV4RRFFQ69G5FAV',
    'acc_01ARZ3NDEKTSV4RRFFQ69G5FAU',
    'acc_01arz3ndektsv4rrffq69g5fav',
    'acc_01ARZ3NDEKTSV4RRFFQ69G5FAV\n',
    '01ARZ3NDEKTSV4RRFFQ69G5FAV',
  ])('%j is none', (text) => {
    expect(isId('acc', text)).toBe(false);
  });
});

describe('base 32', () => {
  test('spans from zeros to the largest ULID of the specification', () => {
    expect(base32(new Uint8Array(16))).toBe('0'.repeat(26));
    expect(base32(new Uint8Array(16).fill(255))).toBe('7ZZZZZZZZZZZZZZZZZZZZZZZZZ');
    expect(base32(Uint8Array.from({ length: 16 }, (_, place) => (place === 15 ? 33 : 0)))).toBe(`${'0'.repeat(24)}11`);
  });

  test('takes 16 bytes and no other number', () => {
    expect(() => base32(new Uint8Array(15))).toThrow(RangeError);
  });
});

describe('a keyed hash', () => {
  // RFC 4231, test case 2, in base64url.
  test('is HMAC-SHA-256', () => {
    const hex = '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843';
    expect(keyedHash('what do ya want for nothing?', 'Jefe')).toBe(Buffer.from(hex, 'hex').toString('base64url'));
  });

  test('differs by key and by value', () => {
    expect(keyedHash('a', 'k')).not.toBe(keyedHash('a', 'l'));
    expect(keyedHash('a', 'k')).not.toBe(keyedHash('b', 'k'));
  });

  test('needs a key', () => {
    expect(() => keyedHash('a', '')).toThrow(RangeError);
  });
});

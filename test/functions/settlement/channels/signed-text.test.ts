import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type CallbackBody,
  type CallbackValue,
  signedText,
} from '../../../../functions/settlement/channels/signed-text.ts';

function nested(levels: number): CallbackBody {
  return levels === 0 ? { b: '1' } : { a: nested(levels - 1) };
}

describe('the text that a channel signs', () => {
  test.each<[string, CallbackBody, string]>([
    ['is sorted by name', { paidAmount: '90.00', orderNo: 'A1' }, 'orderNo=A1&paidAmount=90.00'],
    ['has capitals before small letters', { b: '1', a: '2', B: '3' }, 'B=3&a=2&b=1'],
    ['leaves the signature out', { a: '1', signature: 'x' }, 'a=1'],
    ['but only its own, not one further down', { a: { signature: 'x' } }, 'a.signature=x'],
    ['leaves out what is empty', { a: '', b: null, c: {}, d: [], e: [null, ''], f: { g: '' }, h: '1' }, 'h=1'],
    ['keeps zero and false', { a: 0, b: false, c: '0' }, 'a=0&b=false&c=0'],
    ['names nested fields by their way', { payer: { id: 'U', name: 'N' }, no: '1' }, 'no=1&payer.id=U&payer.name=N'],
    ['names entries of lists by their place', { l: [{ amount: '1' }, { amount: '2' }] }, 'l.0.amount=1&l.1.amount=2'],
    ['keeps the place where one before is empty', { l: ['', 'x'] }, 'l.1=x'],
    [
      'sorts places as text',
      { l: Array.from({ length: 11 }, (_, index) => (index === 2 || index === 10 ? 'x' : '')) },
      'l.10=x&l.2=x',
    ],
    ['keeps values as they are', { a: ' 好=1 \n' }, 'a= 好=1 \n'],
    ['is empty of nothing', { signature: 'x' }, ''],
    ['goes eight deep', nested(8), 'a.a.a.a.a.a.a.a.b=1'],
  ])('%s', (_, body, text) => {
    expect(signedText(body)).toBe(text);
  });

  test.each<[string, CallbackBody, object]>([
    [
      'a value that would read as two fields',
      { memo: 'x&paidAmount=9' },
      { code: 'VALUE_NOT_SIGNABLE', field: 'memo' },
    ],
    ['half a surrogate pair', { a: { b: '\ud800' } }, { code: 'VALUE_NOT_SIGNABLE', field: 'a.b' }],
    ['a fraction', { a: [{ b: 1.5 }] }, { code: 'VALUE_NOT_SIGNABLE', field: 'a.0.b' }],
    ['a number that has lost digits', { a: 2 ** 53 }, { code: 'VALUE_NOT_SIGNABLE', field: 'a' }],
    ['a name with a sign of its own', { 'a=b': '1' }, { code: 'NAME_NOT_SIGNABLE', field: 'a=b' }],
    ['a name that reads as a way', { 'a.b': '1' }, { code: 'NAME_NOT_SIGNABLE', field: 'a.b' }],
    ['what is nested nine deep', nested(9), { code: 'NESTED_TOO_DEEP', field: 'a.a.a.a.a.a.a.a.a' }],
  ])('is not made of %s', (_, body, fault) => {
    expect(signedText(body)).toEqual(fault);
  });

  test('is that of no other body: what was signed can be read back from it', () => {
    const name = fc.string({ unit: fc.constantFrom('a', 'b', 'Z', '0', '-', '_'), minLength: 1, maxLength: 3 });
    const text = fc.string({ unit: fc.constantFrom('=', '.', 'a', '0', '好', ' '), minLength: 1, maxLength: 4 });
    const body = fc.dictionary(name, fc.oneof(text, fc.dictionary(name, text, { minKeys: 1 })));
    fc.assert(
      fc.property(body, (drawn) => {
        const signed = signedText(drawn);
        const ways = new Map<string, CallbackValue>();
        for (const [outer, value] of Object.entries(drawn)) {
          if (typeof value === 'string') ways.set(outer, value);
          else for (const [inner, one] of Object.entries(value)) ways.set(`${outer}.${inner}`, one);
        }
        const read = `${signed}`.split('&').filter((pair) => pair !== '');
        expect(
          new Map(read.map((pair) => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)])),
        ).toEqual(ways);
      }),
    );
  });
});

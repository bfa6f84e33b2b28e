import { describe, expect, it } from 'vitest';
import type { Item } from '../../../shared/dynamo/items.ts';
import { changeUnits, indexWrites, itemBytes, writeUnits } from '../../../shared/dynamo/write-units.ts';

/** Sizes worked out by hand from "DynamoDB item sizes and formats" in the Developer Guide. */
describe('an item has as many bytes as its names and values', () => {
  const sizes: [string, Item, number][] = [
    ['nothing', {}, 0],
    ['a string: name and UTF-8', { pk: { S: 'abc' } }, 2 + 3],
    ['Chinese letters, three bytes each, in the name too', { 户名: { S: '建设银行' } }, 6 + 12],
    ['an empty string', { a: { S: '' } }, 1],
    ['one digit', { n: { N: '7' } }, 1 + 1 + 1],
    ['two digits', { n: { N: '42' } }, 1 + 1 + 1],
    ['three digits', { n: { N: '123' } }, 1 + 2 + 1],
    ['zeros at the end are trimmed', { n: { N: '1000000' } }, 1 + 1 + 1],
    ['zeros at the beginning are trimmed', { n: { N: '000.0005' } }, 1 + 1 + 1],
    ['a decimal point is no digit', { n: { N: '12.34' } }, 1 + 2 + 1],
    ['nought', { n: { N: '0' } }, 1 + 1],
    ['a minus sign', { n: { N: '-123' } }, 1 + 2 + 1 + 1],
    ['an exponent is no digit', { n: { N: '1.23E+30' } }, 1 + 2 + 1],
    ['38 digits, the most there may be', { n: { N: '9'.repeat(38) } }, 1 + 19 + 1],
    ['raw bytes, not their base64', { b: { B: new Uint8Array(32) } }, 1 + 32],
    ['true', { t: { BOOL: true } }, 1 + 1],
    ['null', { t: { NULL: true } }, 1 + 1],
    ['an empty list', { l: { L: [] } }, 1 + 3],
    ['an empty map', { m: { M: {} } }, 1 + 3],
    ['a list of two', { l: { L: [{ S: 'ab' }, { N: '5' }] } }, 1 + 3 + (1 + 2) + (1 + 2)],
    ['a map of one', { m: { M: { key: { S: 'ab' } } } }, 1 + 3 + (1 + 3 + 2)],
    ['a map in a list', { l: { L: [{ M: { a: { BOOL: false } } }] } }, 1 + 3 + 1 + (3 + 1 + 1 + 1)],
    ['a set of strings', { s: { SS: ['a', 'bc'] } }, 1 + 3],
    ['a set of numbers', { s: { NS: ['1', '234'] } }, 1 + 2 + 3],
    ['a set of bytes', { s: { BS: [new Uint8Array(4)] } }, 1 + 4],
  ];
  it.each(sizes)('%s', (_, item, bytes) => {
    expect(itemBytes(item)).toBe(bytes);
  });
});

/** The examples of "DynamoDB read and write operations" in the Developer Guide. */
describe('a write costs a unit for every kilobyte begun', () => {
  it('an item of 500 bytes and one of 3.5 KB cost 1 and 4, not 4 together', () => {
    expect([writeUnits(500), writeUnits(3.5 * 1024)]).toEqual([1, 4]);
  });
  it('1.6 KB count as 2', () => expect(writeUnits(1.6 * 1024)).toBe(2));
  it('exactly one kilobyte is one unit, one byte more is two', () => {
    expect([writeUnits(1024), writeUnits(1025)]).toEqual([1, 2]);
  });
  it('2 KB cost 4 in a transaction', () => expect(writeUnits(2048, true)).toBe(4));
  it('a transactional write rounds up first and doubles then', () => expect(writeUnits(1025, true)).toBe(4));
  it('an item that is not there costs one', () => expect(writeUnits(0)).toBe(1));
});

const ofBytes = (bytes: number): Item => ({ b: { B: new Uint8Array(bytes - 1) } });

describe('a change costs the larger of before and after', () => {
  it.each([
    ['a shrinking update', ofBytes(3000), ofBytes(100), 3],
    ['a growing update', ofBytes(100), ofBytes(3000), 3],
    ['a delete', ofBytes(2048), undefined, 2],
    ['a delete of nothing', undefined, undefined, 1],
    ['a refused put of 310 KB over 300 KB', ofBytes(300 * 1024), ofBytes(310 * 1024), 310],
  ])('%s', (_, before, after, units) => {
    expect(changeUnits(before, after)).toBe(units);
  });
});

/** "Using Global Secondary Indexes", write considerations. */
describe('an index is written', () => {
  const index = { keys: ['owner', 'sk'], projected: ['pk', 'note'] };
  const item: Item = { pk: { S: 'p' }, sk: { S: 's' }, owner: { S: 'a' }, note: { S: 'x' }, other: { S: 'y' } };
  const count = (before: Item | undefined, after: Item | undefined) => indexWrites(before, after, index).length;
  const { owner: _, ...unindexed } = item;

  it('once when the item gets the indexed attribute', () => expect(count(unindexed, item)).toBe(1));
  it('once when the item loses it', () => expect(count(item, unindexed)).toBe(1));
  it('once when a new item has it', () => expect(count(undefined, item)).toBe(1));
  it('twice when the indexed value changes', () => expect(count(item, { ...item, owner: { S: 'b' } })).toBe(2));
  it('once when a projected value changes', () => expect(count(item, { ...item, note: { S: 'z' } })).toBe(1));
  it('not when only what it does not hold changes', () => expect(count(item, { ...item, other: { S: 'z' } })).toBe(0));
  it('not for an item without the indexed attribute', () => expect(count(undefined, unindexed)).toBe(0));
  it('not when the same map comes back in another order', () => {
    const [ab, ba] = [{ M: { a: { N: '1' }, b: { N: '2' } } }, { M: { b: { N: '2' }, a: { N: '1' } } }];
    expect(count({ ...item, note: ab }, { ...item, note: ba })).toBe(0);
  });
  it('for the size of what it holds only', () => {
    const large = { ...item, other: { S: 'y'.repeat(5000) } };
    expect(indexWrites(undefined, large, index).map(({ units }) => units)).toEqual([1]);
    expect(indexWrites(undefined, large, { keys: ['owner', 'sk'] }).map(({ units }) => units)).toEqual([5]);
  });
});

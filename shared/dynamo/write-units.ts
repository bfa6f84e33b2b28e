import type { Item } from './items.ts';

/**
 * What a write costs in DynamoDB, by AWS's published rules, so that it can be told on any engine (some under-report).
 *
 * Sources, in the Amazon DynamoDB Developer Guide: "DynamoDB item sizes and formats" (bytes), "DynamoDB read and write
 * operations" (units, conditions that fail), "Using Global Secondary Indexes" (index writes), "Transactions: capacity
 * management" (twice).
 */
const bytesPerUnit = 1024;
/** A transactional write prepares and commits. */
const writesPerTransactionalItem = 2;
const containerBytes = 3;
const elementBytes = 1;

type Value = Item[string];

/** Size of an item in bytes: attribute names and values in DynamoDB's encoding. Storage overhead is not part of it. */
export function itemBytes(item: Item): number {
  return Object.entries(item).reduce((sum, [name, value]) => sum + utf8Bytes(name) + valueBytes(value), 0);
}

/** Write units of one item of `bytes`: whole kilobytes, one at least, twice that in a transaction. */
export function writeUnits(bytes: number, transactional = false): number {
  const units = Math.max(1, Math.ceil(bytes / bytesPerUnit));
  return transactional ? units * writesPerTransactionalItem : units;
}

/**
 * Write units of a change of one item, without its indexes: the larger of before and after counts. A put, update, delete
 * or check, also one that is refused; an item that is not there costs one kilobyte.
 */
export function changeUnits(before: Item | undefined, after: Item | undefined, transactional = false): number {
  return writeUnits(Math.max(before ? itemBytes(before) : 0, after ? itemBytes(after) : 0), transactional);
}

/** A global secondary index; `projected` names what it holds besides the keys, everything unless told. */
export interface IndexKeys {
  readonly keys: readonly string[];
  readonly projected?: readonly string[];
}

/** A write to one index partition. */
export interface IndexWrite {
  readonly item: Item;
  readonly units: number;
}

/**
 * The writes that a change of an item makes in an index: one where its projection appears, vanishes or changes, two where
 * its index key changes (out of the old place, into the new), none where the projection stays the same. Indexes follow the
 * table after the commit, so a transaction costs them no more.
 */
export function indexWrites(before: Item | undefined, after: Item | undefined, index: IndexKeys): IndexWrite[] {
  const old = project(before, index);
  const fresh = project(after, index);
  if (old && fresh && sameKeys(old, fresh, index)) {
    return sameItem(old, fresh) ? [] : [{ item: fresh, units: changeUnits(old, fresh) }];
  }
  return [old, fresh].filter((item) => item !== undefined).map((item) => ({ item, units: changeUnits(item, item) }));
}

/** An item without all of the index's keys is not in it. */
function project(item: Item | undefined, { keys, projected }: IndexKeys): Item | undefined {
  if (!item || keys.some((key) => item[key] === undefined)) return undefined;
  if (!projected) return item;
  return Object.fromEntries(Object.entries(item).filter(([name]) => keys.includes(name) || projected.includes(name)));
}

function sameKeys(a: Item, b: Item, { keys }: IndexKeys): boolean {
  return keys.every((key) => valueText(a[key]) === valueText(b[key]));
}

function sameItem(a: Item, b: Item): boolean {
  const names = Object.keys(a);
  return names.length === Object.keys(b).length && names.every((name) => valueText(a[name]) === valueText(b[name]));
}

/** The same for equal values: maps know no order, and an engine may answer another one than was written. */
function valueText(value: Value | undefined): string {
  return JSON.stringify(value, (_, part) => {
    if (part instanceof Uint8Array) return Buffer.from(part).toString('base64');
    if (!part || typeof part !== 'object' || Array.isArray(part)) return part;
    return Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)));
  });
}

function valueBytes(value: Value): number {
  if (value.S !== undefined) return utf8Bytes(value.S);
  if (value.N !== undefined) return numberBytes(value.N);
  if (value.B !== undefined) return value.B.byteLength;
  if (value.L !== undefined) return sumOf(value.L, (one) => elementBytes + valueBytes(one)) + containerBytes;
  if (value.M !== undefined) return itemBytes(value.M) + Object.keys(value.M).length * elementBytes + containerBytes;
  if (value.SS !== undefined) return sumOf(value.SS, utf8Bytes);
  if (value.NS !== undefined) return sumOf(value.NS, numberBytes);
  if (value.BS !== undefined) return sumOf(value.BS, (bytes) => bytes.byteLength);
  if (value.BOOL !== undefined || value.NULL !== undefined) return 1;
  throw new Error(`An attribute of unknown type: ${Object.keys(value)}`);
}

/** One byte for two significant digits, one more, and one for a minus sign. Zeros at either end are no digits. */
function numberBytes(number: string): number {
  const [mantissa = ''] = number.toLowerCase().split('e');
  const significant = mantissa.replace(/[-+.]/g, '').replace(/^0+/, '').replace(/0+$/, '').length;
  return Math.ceil(significant / 2) + 1 + (number.startsWith('-') && significant > 0 ? 1 : 0);
}

function utf8Bytes(text: string): number {
  return Buffer.byteLength(text);
}

function sumOf<One>(list: readonly One[], size: (one: One) => number): number {
  return list.reduce((sum, one) => sum + size(one), 0);
}

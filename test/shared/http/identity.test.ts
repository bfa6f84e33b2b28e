import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { canonicalJson } from '../../../shared/http/canonical-json.ts';
import { decodeCursor, encodeCursor } from '../../../shared/http/cursor.ts';
import { fingerprintOf } from '../../../shared/http/fingerprint.ts';
import { readJson } from '../../../shared/http/json.ts';
import { Problem } from '../../../shared/problems/problem.ts';

const scope = { operation: 'listAccounts', tenant: 'demo', filters: { status: 'ACTIVE' } };
const request = { method: 'POST', path: '/v1/transfers', query: {}, body: { a: 1, b: [true, null] } };

function refusalOf(read: () => unknown): Problem | undefined {
  try {
    read();
    return undefined;
  } catch (error) {
    return error instanceof Problem ? error : undefined;
  }
}

describe('a cursor', () => {
  test('comes back as the position it was made of, in the alphabet of URLs', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom('after', 'sk', 'at'), fc.string({ unit: 'grapheme' })), (position) => {
        const cursor = encodeCursor(scope, position);
        expect(cursor).toMatch(/^[A-Za-z0-9_-]+$/);
        expect(decodeCursor(scope, cursor)).toEqual({ ...position });
      }),
    );
  });

  const cursor = encodeCursor(scope, { after: 'acc_1' });
  test.each([
    ['another list', { ...scope, operation: 'listEntries' }, cursor],
    ['another tenant', { ...scope, tenant: 'demo2' }, cursor],
    ['other filters', { ...scope, filters: { status: 'CLOSED' } }, cursor],
    ['half a cursor', scope, cursor.slice(0, -4)],
    ['a changed position', scope, cursor.slice(0, 16) + Buffer.from('{"after":"acc_2"}').toString('base64url')],
    ['free text', scope, 'page2'],
    ['nothing', scope, ''],
  ])('of %s is refused at its parameter', (_, asked, text) => {
    const problem = refusalOf(() => decodeCursor(asked, text));
    expect(problem).toMatchObject({ code: 'request/cursor-not-usable', status: 400 });
    expect(problem?.fields.errors).toMatchObject([{ parameter: 'cursor' }]);
  });
});

describe('a fingerprint', () => {
  // Computed with another tool: printf '["POST","/v1/transfers",{}]\njson\n{"a":1,"b":[true,null]}' | sha256sum
  test('is the SHA-256 that any tool computes', () => {
    expect(fingerprintOf(request)).toBe('57d221d4ecb9b7ac9b775cd969dbb8bdaab7f3768fdc2501b7f767dca5c63088');
  });

  test('does not depend on the order of keys', () => {
    expect(fingerprintOf({ ...request, body: { b: [true, null], a: 1 } })).toBe(fingerprintOf(request));
  });

  test.each([
    ['method', { ...request, method: 'PATCH' }],
    ['path', { ...request, path: '/v1/transfers/batch' }],
    ['query', { ...request, query: { dryRun: 'true' } }],
    ['a value', { ...request, body: { a: '1', b: [true, null] } }],
    ['the order of a list', { ...request, body: { a: 1, b: [null, true] } }],
    ['having no body', { ...request, body: undefined }],
    ['being a file', { ...request, body: Buffer.from('{"a":1,"b":[true,null]}') }],
  ])('changes with %s', (_, other) => {
    expect(fingerprintOf(other)).not.toBe(fingerprintOf(request));
  });

  test('of two files differs by one byte', () => {
    const [left, right] = [Buffer.from([1, 2]), Buffer.from([1, 3])];
    expect(fingerprintOf({ ...request, body: left })).not.toBe(fingerprintOf({ ...request, body: right }));
  });
});

describe('JSON', () => {
  test('that any writer has written is read as JSON.parse reads it', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 8 }), (text) => {
        fc.pre(!text.includes('__proto__'));
        expect(readJson(text)).toEqual(JSON.parse(text));
      }),
    );
  });

  test('with a member repeated anywhere is refused', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 4 }), fc.string(), fc.json({ maxDepth: 2 }), (first, key, second) => {
        fc.pre(key !== '__proto__' && !first.includes('__proto__'));
        const name = JSON.stringify(key);
        const problem = refusalOf(() =>
          readJson(`[0, {${name} : ${first} , "other${key.length}":[{}], ${name}: ${second}}]`),
        );
        expect(problem?.code).toBe('request/duplicate-key');
      }),
    );
  });

  test('of a megabyte of quotes and escapes is walked in one pass', () => {
    const text = JSON.stringify({ text: '\\"'.repeat(250_000) });
    expect(readJson(text)).toEqual(JSON.parse(text));
  });

  test('in canonical form has sorted keys, at every depth', () => {
    expect(canonicalJson({ b: 1, a: { d: [{ z: 1, y: undefined, x: 'é' }], c: null } })).toBe(
      '{"a":{"c":null,"d":[{"x":"é","z":1}]},"b":1}',
    );
  });
});

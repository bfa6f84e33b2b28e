import { describe, expect, test } from 'vitest';
import { keyPlace, keyReader, keyToPlain } from '../../../shared/dynamo/key-records.ts';

const cause = { client: 'treasurer', role: 'treasurer', requestId: 'r-1' } as const;
const claim = {
  ...{ operation: 'createOrder', key: 'k-1', fingerprint: 'f00', id: 'ord_1' },
  ...{ at: '2026-03-02T01:30:00.000Z', cause },
};

describe('the record of an Idempotency-Key', () => {
  test('lies under tenant, operation and key, and holds what the key was used for, when and by whom', () => {
    expect(keyToPlain('demo', claim)).toEqual({
      ...{ pk: 'demo#K#createOrder#k-1', sk: 'K', kind: 'KEY' },
      ...{ fingerprint: 'f00', id: 'ord_1', at: '2026-03-02T01:30:00.000Z', cause },
    });
  });

  test('is read where it was put, and nowhere else', async () => {
    const record = keyToPlain('demo', claim);
    const readKey = keyReader({
      get: async ({ pk, sk }) => (pk === record.pk && sk === record.sk ? record : undefined),
    });
    expect(await readKey('demo', 'createOrder', 'k-1')).toEqual({ fingerprint: 'f00', id: 'ord_1' });
    expect(await readKey('demo2', 'createOrder', 'k-1')).toBeUndefined();
    expect(await readKey('demo', 'payOrder', 'k-1')).toBeUndefined();
    expect(keyPlace('demo', 'createOrder', 'k-2')).not.toEqual(keyPlace('demo', 'createOrder', 'k-1'));
  });
});

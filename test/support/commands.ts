import type { MakeTransfer } from '../../functions/ledger/commands.ts';
import { deriveId } from '../../shared/identifiers/id.ts';

export const testNow = new Date('2026-03-02T01:00:00Z');
export const testCause = { client: 'test', role: 'treasurer', requestId: 'test' };

/** A transfer of one leg, in CNY, posted at once, under a key. */
export function transferOf(tenant: string, key: string, from: string, to: string, minor: bigint): MakeTransfer {
  return {
    command: 'TRANSFER',
    id: deriveId('tr', tenant, key),
    fingerprint: `${from} ${to} ${minor}`,
    cause: testCause,
    mode: 'POSTED',
    legs: [{ debitAccountId: from, creditAccountId: to, amount: minor, currency: 'CNY' }],
    references: {},
  };
}

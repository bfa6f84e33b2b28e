import { afterAll, beforeAll, describe, it } from 'vitest';
import { submit } from '../../functions/ledger/submit.ts';
import { deriveId } from '../../shared/identifiers/id.ts';
import { testCause, testNow, transferOf } from '../support/commands.ts';
import { ledgerOnEngine, openTestAccount, type TestLedger } from '../support/ledger.ts';
let ledger: TestLedger;
beforeAll(async () => { ledger = await ledgerOnEngine(); });
afterAll(() => ledger?.close());
const code = (o: any) => (o.outcome === 'REFUSED' ? o.problem.code : 'accepted');
describe('b', () => {
  it('21 pending value date ignored, hold for ever', async () => {
    const t = 'pv';
    const capital = await openTestAccount(ledger, t, { name: 'c' });
    const shop = await openTestAccount(ledger, t, { name: 's', limit: 'at least 0.00' });
    const hold = { ...transferOf(t, 'h', capital, shop, 5n), mode: 'PENDING' as const, valueDate: '2026-02-25' };
    const o = await submit(ledger.store, t, [hold], testNow);
    const p = await submit(ledger.store, t, [{ command: 'POST', id: deriveId('tr', t, 'p'), fingerprint: 'p', cause: testCause, pendingId: hold.id, amounts: [] }], testNow);
    console.log('21', (o[0] as any).transfer.valueDate, (o[0] as any).transfer.expiresAt, (p[0] as any).transfer.valueDate);
  });
  it('22 reversal valued before the original', async () => {
    const t = 'rv';
    const capital = await openTestAccount(ledger, t, { name: 'c' });
    const other = await openTestAccount(ledger, t, { name: 's' });
    const one = transferOf(t, 'h', capital, other, 5n);
    await submit(ledger.store, t, [one], testNow);
    const r = await submit(ledger.store, t, [{ command: 'REVERSE', id: deriveId('tr', t, 'r'), fingerprint: 'p', cause: testCause, transferId: one.id, valueDate: '2025-06-01' }], testNow);
    console.log('22', r.map(code), (r[0] as any).transfer?.valueDate);
  });
  it('23 fatal error in one lane: the other lanes are booked and nobody is told', async () => {
    const t = 'ft';
    const ids = await Promise.all(Array.from({ length: 100 }, (_, n) => openTestAccount(ledger, t, { name: `a${n}` })));
    const bad = { ...ledger.store, writeTransaction: async (tt: string, tx: any) => {
      if (tx.versions.some((v: any) => v.state.accountId === ids[0])) throw Object.assign(new Error('no route'), { code: 'EHOSTUNREACH' });
      return ledger.store.writeTransaction(tt, tx);
    } };
    const cmds = Array.from({ length: 50 }, (_, n) => transferOf(t, `${n}`, ids[2 * n]!, ids[2 * n + 1]!, 1n));
    await submit(bad as never, t, cmds, testNow).then((o) => console.log('23', o.map(code)), (e) => console.log('23 thrown', String(e)));
    await new Promise((r) => setTimeout(r, 500));
    const booked = await ledger.store.readRecords(t, cmds.map(({ id }) => id));
    console.log('23 booked', booked.size, 'of', cmds.length);
  });
  it('24 a poisoned fold stops the others', async () => { /* by reading */ });
});

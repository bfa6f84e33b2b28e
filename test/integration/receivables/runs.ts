import { afterAll, beforeAll } from 'vitest';
import { customerIdOf } from '../../../functions/receivables/keys.ts';
import type { Receipt } from '../../../functions/receivables/receipts/receipt.ts';
import { carryOnRun } from '../../../functions/receivables/runs/carry-on-run.ts';
import type { Compared } from '../../../functions/receivables/runs/compare.ts';
import { readComparison } from '../../../functions/receivables/runs/read-comparison.ts';
import type { Run } from '../../../functions/receivables/runs/run.ts';
import { type AskedRun, findRun, startRun } from '../../../functions/receivables/runs/start-run.ts';
import { deriveId } from '../../../shared/identifiers/id.ts';
import { step } from '../../functions/receivables/receipt-samples.ts';
import { cause } from '../../functions/receivables/samples.ts';
import { anEngine } from '../../support/engines.ts';
import { quietLog } from '../../support/quiet-log.ts';
import { keepCustomer, keepInvoices, keepReceipt, monday, receiptsOn, type TestReceipts } from './receipts.ts';

export const payer = { name: '江南机械厂有限公司' };

/** The runs of the tests of a `describe`: it is opened before them, and closed after them. */
export function runsForTests() {
  let receipts: TestReceipts | undefined;
  const opened = () => {
    if (!receipts) throw new Error('It is there once the tests begin.');
    return { receipts, store: receipts.tools.store, own: runsOn(receipts) };
  };
  quietLog();
  beforeAll(async () => {
    receipts = await receiptsOn(anEngine());
  });
  afterAll(() => receipts?.close());
  return opened;
}

/** What tests of runs do, on tenants of their own. */
export function runsOn(receipts: TestReceipts) {
  const { store } = receipts.tools;

  /** Invoices of 1,000.00, 1,001.00 …, each paid by a receipt that names it; one more of nobody. None is matched yet. */
  async function anOpenTenant(tenant: string, count: number): Promise<Receipt[]> {
    await keepCustomer(receipts, { tenant, id: customerIdOf(tenant, 'K-1'), number: 'K-1' });
    const all = Array.from({ length: count }, (_, n) => ({
      number: `FP-2026-${1000 + n}`,
      amount: 100_000n + BigInt(n) * 100n,
    }));
    await keepInvoices(receipts, ...all.map((one) => ({ tenant, customerId: customerIdOf(tenant, 'K-1'), ...one })));
    const paid = await Promise.all(
      all.map(({ number, amount }) =>
        keepReceipt(receipts, {
          tenant,
          number: `SK ${number}`,
          id: deriveId('rcp', tenant, number),
          amount,
          payer,
          texts: [number],
        }),
      ),
    );
    await keepReceipt(receipts, { tenant, id: deriveId('rcp', tenant, 'nobody'), amount: 77n, payer: {} });
    return paid;
  }

  const start = (tenant: string, key: string, asked: Partial<AskedRun> = {}) =>
    startRun(
      store,
      tenant,
      { scope: {}, dryRun: false, ...asked },
      { operation: 'run', key, fingerprint: key, id: deriveId('run', tenant, key), at: step.at, cause },
    );
  const carryOn = (run: Run, over = store) =>
    carryOnRun(over, { tenant: run.tenant, runId: run.id, stepsMax: 1_000 }, monday);
  async function ended(tenant: string, key: string, asked: Partial<AskedRun> = {}): Promise<Run> {
    const run = await start(tenant, key, asked);
    await carryOn(run);
    return findRun(store, tenant, run.id);
  }
  const standing = async (tenant: string, ids: readonly string[]) => {
    const found = await store.readReceipts(tenant, ids);
    return ids.map((id) => found.get(id));
  };

  /** All pages of a comparison, put together. */
  async function compared(run: Run, beside?: Run, count = 2): Promise<Compared[]> {
    const all: Compared[] = [];
    let after: string | undefined;
    do {
      const page = await readComparison(store, run, beside, { after, count });
      all.push(...page.compared);
      after = page.next;
    } while (after !== undefined);
    return all;
  }

  return { anOpenTenant, start, carryOn, ended, standing, compared };
}

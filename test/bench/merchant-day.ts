import type { Entry } from '../../functions/settlement/journal/entry.ts';
import { stepsOf } from '../../functions/settlement/journal/step.ts';
import { writeSteps } from '../../functions/settlement/journal/write-steps.ts';
import { ownerDayOf } from '../../functions/settlement/settlements/open-days.ts';
import { type LinePlace, pageLines } from '../../functions/settlement/settlements/page-lines.ts';
import { benchNow } from './bench-ledger.ts';
import { countCalls } from './bench-receivables.ts';
import { marketId, merchantId, prepareMarket, tenant, toolsOver } from './bench-settlement.ts';
import type { BenchEngine } from './settlement.ts';

/** A page of a merchant's day. */
export interface MerchantDayRow {
  readonly linesPerPage: number;
  readonly pages: number;
  readonly p50Ms: number;
  readonly p95Ms: number;
  readonly p99Ms: number;
  readonly readsPerPage: number;
}

const lines = 100_000;
const linesPerStep = 10_000;
const date = '2026-03-03';

export async function benchMerchantDay({ client, aside, table, ledgerTable }: BenchEngine): Promise<MerchantDayRow[]> {
  const { store: asideStore, ...tools } = toolsOver(aside, table, ledgerTable);
  await prepareMarket({ store: asideStore, ...tools });
  const owner = { kind: 'MERCHANT', id: merchantId(0) } as const;
  for (let first = 0; first < lines; first += linesPerStep) {
    const entries = Array.from({ length: linesPerStep }, (_, n): Entry => {
      const share = { split: 'PLAN', sequence: 3, base: 10_000n, fee: 60n, kind: 'REMAINDER' } as const;
      const orderNo = `SO2026030200${String(first + n).padStart(8, '0')}`;
      return { id: String(n), owner, date, line: { kind: 'SHARE', amount: 7_440n, orderNo, subOrderNo: '1', share } };
    });
    const result = { outcome: 'LINES', marketId, entries } as const;
    const at = String(first + 1).padStart(21, '0');
    await writeSteps(asideStore, 'bench', stepsOf([{ tenant, orderNo: `step ${first}`, at, result }]), benchNow);
  }
  const { store } = toolsOver(client, table, ledgerTable);
  const merchant = await asideStore.readMerchant(tenant, owner.id);
  if (!merchant) throw new Error('The merchant is there.');
  const rows: MerchantDayRow[] = [];
  for (const linesPerPage of [100, 1_000]) {
    const calls = countCalls(client);
    const times: number[] = [];
    let found = 0;
    let place: LinePlace | undefined;
    do {
      const begun = performance.now();
      const page = await pageLines(store, ownerDayOf(merchant, { date, sequence: 0 }), place, linesPerPage);
      times.push(performance.now() - begun);
      found += page.lines.length;
      place = page.next;
    } while (place);
    calls.stop();
    if (found !== lines) throw new Error(`${found} of ${lines} lines were read.`);
    times.sort((a, b) => a - b);
    const at = (share: number) => Math.round((times[Math.floor(times.length * share)] ?? 0) * 10) / 10;
    const readsPerPage = Math.round((calls.count() / times.length) * 100) / 100;
    rows.push({ linesPerPage, pages: times.length, p50Ms: at(0.5), p95Ms: at(0.95), p99Ms: at(0.99), readsPerPage });
  }
  return rows;
}

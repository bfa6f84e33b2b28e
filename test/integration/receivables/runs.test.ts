import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { toEvents } from '../../../functions/receivables/events.ts';
import { customerIdOf } from '../../../functions/receivables/keys.ts';
import { actOnReceipt } from '../../../functions/receivables/matches/act-on-receipt.ts';
import { matchesToUndo, undoSeveral } from '../../../functions/receivables/matches/undo-matches.ts';
import { defaultMatchRules, type MatchRules } from '../../../functions/receivables/matching/match-rules.ts';
import type { Receipt } from '../../../functions/receivables/receipts/receipt.ts';
import { carryOnRun } from '../../../functions/receivables/runs/carry-on-run.ts';
import { comparisonFigures } from '../../../functions/receivables/runs/compare.ts';
import { pageDecisions } from '../../../functions/receivables/runs/page-decisions.ts';
import { readComparison } from '../../../functions/receivables/runs/read-comparison.ts';
import { resumeRuns } from '../../../functions/receivables/runs/resume-runs.ts';
import type { Run } from '../../../functions/receivables/runs/run.ts';
import { type AskedRun, findRun, startDaily, startRun } from '../../../functions/receivables/runs/start-run.ts';
import type { ReceivablesStore } from '../../../functions/receivables/store.ts';
import { setLogSink } from '../../../shared/http/log.ts';
import { deriveId } from '../../../shared/identifiers/id.ts';
import { step } from '../../functions/receivables/receipt-samples.ts';
import { cause } from '../../functions/receivables/samples.ts';
import { type Death, dieAt } from '../../support/dying-clients.ts';
import { anEngine } from '../../support/engines.ts';
import {
  balances,
  disagreements,
  keepCustomer,
  keepInvoices,
  keepReceipt,
  monday,
  receiptsOn,
  settle,
  type TestReceipts,
  writeBook,
} from './receipts.ts';

const payer = { name: '江南机械厂有限公司' };

describe('runs', () => {
  let receipts: TestReceipts;
  let store: ReceivablesStore;
  beforeAll(async () => {
    setLogSink(() => {});
    receipts = await receiptsOn(anEngine());
    store = receipts.tools.store;
  });
  afterAll(() => setLogSink((line) => process.stdout.write(`${line}\n`)));

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
    carryOnRun(over, { tenant: run.tenant, runId: run.id, milliseconds: 60_000 }, monday);
  async function ended(tenant: string, key: string, asked: Partial<AskedRun> = {}): Promise<Run> {
    const run = await start(tenant, key, asked);
    await carryOn(run);
    return findRun(store, tenant, run.id);
  }
  const standing = async (tenant: string, ids: readonly string[]) => {
    const found = await store.readReceipts(tenant, ids);
    return ids.map((id) => found.get(id));
  };

  it('match all that is open, once, and say what came of it', async () => {
    const paid = await anOpenTenant('all', 250);
    const run = await ended('all', 'a');
    // 250 receipts of 1,000.00 to 1,249.00: 281,125.00.
    const tally = { count: 250, amounts: { CNY: 28_112_500n } };
    const figures = {
      outcomes: { MATCHED: tally, UNMATCHED: { count: 1, amounts: { CNY: 77n } } },
      rules: { REFERENCE: tally },
    };
    expect(run).toMatchObject({ state: 'ENDED', receipts: 251, invoices: 250, decided: figures, result: figures });
    expect(run.blocks).toBeGreaterThan(1);
    expect(run.blocksDone).toBe(run.blocks);
    for (const receipt of await standing(
      'all',
      paid.map(({ id }) => id),
    )) {
      expect([receipt?.allocated, receipt?.matchesMade]).toEqual([receipt?.amount, 1]);
    }
    const [first] = await standing(
      'all',
      paid.map(({ id }) => id),
    );
    if (!first) throw new Error('It is gone.');
    expect((await store.readHistory(first)).matches[0]?.runId).toBe(run.id);
    const again = await ended('all', 'b');
    expect(again).toMatchObject({ receipts: 1, result: { outcomes: { UNMATCHED: { count: 1 } } } });
    expect(await start('all', 'a')).toMatchObject({ id: run.id, state: 'ENDED' });
  });

  it('of two at once match each receipt once', async () => {
    const paid = await anOpenTenant('two', 40);
    const both = await Promise.all(['a', 'b'].map((key) => ended('two', key)));
    const counts = both.map(({ result }) => [
      result.outcomes.MATCHED?.count ?? 0,
      result.outcomes.ELSEWHERE?.count ?? 0,
    ]);
    const [one = [], two = []] = counts;
    // One that came to decide when all was matched had nothing to look at any more.
    expect((one[0] ?? 0) + (two[0] ?? 0)).toBe(40);
    for (const receipt of await standing(
      'two',
      paid.map(({ id }) => id),
    )) {
      expect([receipt?.allocated, receipt?.matchesMade]).toEqual([receipt?.amount, 1]);
    }
  });

  it('carried on by two processes at once come to the same', async () => {
    const paid = await anOpenTenant('twice', 30);
    const run = await start('twice', 'a');
    await Promise.all([carryOn(run), carryOn(run)]);
    await carryOn(run);
    const done = await findRun(store, 'twice', run.id);
    expect([done.state, done.result.outcomes.MATCHED?.count]).toEqual(['ENDED', 30]);
    for (const receipt of await standing(
      'twice',
      paid.map(({ id }) => id),
    ))
      expect(receipt?.matchesMade).toBe(1);
  });

  it.each<Death>(['BEFORE', 'AFTER'])('killed %s any of their writes are carried on to the same end', async (death) => {
    let deaths = 0;
    for (let write = 0; ; write += 1) {
      const tenant = `kill-${death.toLowerCase()}-${write}`;
      const paid = await anOpenTenant(tenant, 3);
      const run = await start(tenant, 'a');
      const client = receipts.newClient();
      const { isDead } = dieAt(client, write, death);
      await carryOn(run, receipts.toolsOver(client).store).catch(() => undefined);
      client.destroy();
      await carryOn(run);
      const done = await findRun(store, tenant, run.id);
      expect([write, done.state, done.result.outcomes]).toEqual([
        write,
        'ENDED',
        { MATCHED: { count: 3, amounts: { CNY: 300_300n } }, UNMATCHED: { count: 1, amounts: { CNY: 77n } } },
      ]);
      for (const receipt of await standing(
        tenant,
        paid.map(({ id }) => id),
      ))
        expect(receipt?.matchesMade).toBe(1);
      if (!isDead()) break;
      deaths += 1;
    }
    // Begun, a block, decided, three matches, why the fourth waits, ended.
    expect(deaths).toBe(8);
  });

  it('that broke off are found and carried on when nothing was heard of them for long', async () => {
    await anOpenTenant('broken', 2);
    const run = await start('broken', 'a');
    const soon = new Date(Date.parse(run.changedAt) + 60_000);
    expect(await resumeRuns(store, soon)).toEqual([]);
    expect(await findRun(store, 'broken', run.id)).toMatchObject({ state: 'DECIDING' });
    expect(await resumeRuns(store, new Date(soon.getTime() + 20 * 60_000))).toEqual([]);
    expect(await findRun(store, 'broken', run.id)).toMatchObject({ state: 'ENDED' });
  });

  it('that are dry book nothing, and tell what they would', async () => {
    const paid = await anOpenTenant('dry', 5);
    const run = await ended('dry', 'a', { dryRun: true });
    expect(run).toMatchObject({
      state: 'ENDED',
      decided: { outcomes: { MATCHED: { count: 5 }, UNMATCHED: { count: 1 } } },
    });
    for (const receipt of await standing(
      'dry',
      paid.map(({ id }) => id),
    ))
      expect(receipt?.revision).toBe(1);
    const pages: string[] = [];
    let after: string | undefined;
    do {
      const page = await pageDecisions(store, run, { after, count: 2 });
      pages.push(page.decisions.map(({ decision }) => decision.receiptId).join(' '));
      after = page.next;
    } while (after !== undefined);
    expect(pages).toHaveLength(3);
    expect(new Set(pages.join(' ').split(' ')).size).toBe(6);
    const figures = async (one: Run, beside?: Run) => comparisonFigures(await readComparison(store, one, beside));
    const tally = { count: 5, amounts: { CNY: 501_000n } };
    const same = { count: 1, amounts: { CNY: 77n } };
    expect(await figures(run)).toEqual({ ONLY_RUN: tally, SAME: same });
    const without: MatchRules = {
      ...defaultMatchRules,
      off: ['REFERENCE', 'KNOWN_ACCOUNT_AND_AMOUNT', 'NAME_AND_AMOUNT'],
    };
    const other = await ended('dry', 'b', { dryRun: true, rules: without });
    expect(await figures(run, other)).toEqual({ ONLY_RUN: tally, SAME: same });
    expect(await figures(other, run)).toEqual({ NOT_RUN: tally, SAME: same });
    const booked = await ended('dry', 'c');
    expect(await figures(run)).toEqual({ SAME: { count: 6, amounts: { CNY: 501_077n } } });
    await expect(readComparison(store, booked, undefined)).rejects.toMatchObject({
      code: 'receivables/run-not-comparable',
    });
  });

  it('of past days decide receipts as if nothing of them had been matched', async () => {
    const paid = await anOpenTenant('past', 5);
    await keepReceipt(receipts, {
      tenant: 'past',
      id: deriveId('rcp', 'past', 'later'),
      paidOn: '2026-03-04',
      payer: {},
    });
    await ended('past', 'a');
    const scope = { from: '2026-03-01', to: '2026-03-03' };
    const same = await ended('past', 'b', { dryRun: true, scope });
    expect(same).toMatchObject({ receipts: 6, invoices: 5, decided: { rules: { REFERENCE: { count: 5 } } } });
    expect(comparisonFigures(await readComparison(store, same, undefined))).toEqual({
      SAME: { count: 6, amounts: { CNY: 501_077n } },
    });
    // Under a rule set that is too strict, nothing of it would be booked.
    const strict = await ended('past', 'c', { dryRun: true, scope, rules: { ...defaultMatchRules, threshold: 1_000 } });
    const compared = await readComparison(store, strict, undefined);
    expect(comparisonFigures(compared).NOT_RUN?.count).toBe(5);
    expect(compared.find(({ as }) => as === 'NOT_RUN')?.other?.onAccount).toBe(0n);
    for (const receipt of await standing(
      'past',
      paid.map(({ id }) => id),
    ))
      expect(receipt?.matchesMade).toBe(1);
  });

  it('do not book again what somebody has undone', async () => {
    const [receipt] = await anOpenTenant('undone', 1);
    if (!receipt) throw new Error('Nobody paid.');
    await ended('undone', 'a');
    const claim = { operation: 'test', key: 'u', fingerprint: 'u', id: 'u', at: step.at, cause };
    await actOnReceipt(store, { tenant: 'undone', receiptId: receipt.id }, claim, async (current) => {
      const history = await store.readHistory(current);
      return undoSeveral(store, current, matchesToUndo(history, undefined), history, '认领错误', step);
    });
    const run = await ended('undone', 'b');
    expect(run.decided.outcomes).toMatchObject({ SUGGESTED: { count: 1 }, UNMATCHED: { count: 1 } });
    expect(run.result.outcomes).toMatchObject({ SUGGESTED: { count: 1 }, UNMATCHED: { count: 1 } });
  });

  it('are started each day for tenants with open receipts, and for others not', async () => {
    await store.writeBook({
      ...{ tenant: 'daily', legalEntity: 'x', currency: 'CNY', revision: 1, changedAt: step.at, cause },
      accounts: {
        receivable: '',
        revenue: '',
        unapplied: '',
        onAccount: '',
        discount: '',
        charge: '',
        badDebt: '',
        cash: '',
      },
    });
    expect(await store.nextTenant('dail')).toBe('daily');
    expect(await store.nextTenant('daily')).toBeUndefined();
    await startDaily(store, 'daily', monday);
    expect((await store.listRuns('daily', undefined, 10)).runs).toEqual([]);
    await anOpenTenant('daily', 1);
    await startDaily(store, 'daily', monday);
    await startDaily(store, 'daily', monday);
    expect((await store.listRuns('daily', undefined, 10)).runs).toMatchObject([{ state: 'DECIDING', dryRun: false }]);
  });

  it('go on off the stream, end with an event, and the ledger agrees', async () => {
    const own = await receiptsOn(anEngine());
    await writeBook(own);
    await keepCustomer(own);
    await settle(own);
    // By rules that let nothing pass by itself; the run has others.
    const strict = { ...defaultMatchRules, threshold: 1_000 };
    await own.tools.store.writeRules({ tenant: 'demo', rules: strict, revision: 1, changedAt: step.at, cause });
    await keepInvoices(own, {});
    await keepReceipt(own, { payer, texts: ['FP-2026-0001'] });
    await settle(own);
    expect(await balances(own)).toMatchObject({ receivable: 100_000n, unapplied: -100_000n });
    const run = await startRun(
      own.tools.store,
      'demo',
      { scope: {}, dryRun: false, rules: defaultMatchRules },
      { operation: 'run', key: 'a', fingerprint: 'a', id: deriveId('run', 'a'), at: step.at, cause },
    );
    const told = (await settle(own)).flatMap((change) => toEvents(change));
    const endings = told.filter(({ type }) => type === 'receivables.reconciliation-run-ended.v1');
    expect(endings.map(({ subject }) => subject)).toEqual([run.id]);
    expect(await disagreements(own)).toEqual([]);
    expect(await balances(own)).toEqual({ cash: 100_000n, revenue: -100_000n });
    own.close();
  });
});

import { beforeAll, describe, expect, it } from 'vitest';
import { toEvents } from '../../../functions/receivables/events.ts';
import { customerIdOf } from '../../../functions/receivables/keys.ts';
import { defaultMatchRules } from '../../../functions/receivables/matching/match-rules.ts';
import { resumeRuns } from '../../../functions/receivables/runs/resume-runs.ts';
import { findRun, startDaily, startRun } from '../../../functions/receivables/runs/start-run.ts';
import { takeTurn } from '../../../functions/receivables/runs/take-turn.ts';
import type { ReceivablesStore } from '../../../functions/receivables/store.ts';
import { deriveId } from '../../../shared/identifiers/id.ts';
import { MINUTE_MS } from '../../../shared/time/durations.ts';
import { step } from '../../functions/receivables/receipt-samples.ts';
import { cause } from '../../functions/receivables/samples.ts';
import { type Death, dieAt } from '../../support/dying-clients.ts';
import { anEngine } from '../../support/engines.ts';
import { quietLog } from '../../support/quiet-log.ts';
import { unmatchByHand } from './by-hand.ts';
import {
  balances,
  disagreements,
  keepCustomer,
  keepInvoices,
  keepReceipt,
  monday,
  receiptsOn,
  receiptsWithCustomer,
  settle,
  type TestReceipts,
  theReceipt,
} from './receipts.ts';
import { payer, runsOn } from './runs.ts';

const minutesOn = (from: string, minutes: number) => new Date(Date.parse(from) + minutes * MINUTE_MS);

describe('runs', () => {
  let receipts: TestReceipts;
  let store: ReceivablesStore;
  let own: ReturnType<typeof runsOn>;
  quietLog();
  beforeAll(async () => {
    receipts = await receiptsOn(anEngine());
    store = receipts.tools.store;
    own = runsOn(receipts);
  });

  it('match all that is open, once, and say what came of it', async () => {
    const paid = await own.anOpenTenant('all', 250);
    const run = await own.ended('all', 'a');
    // 250 receipts of 1,000.00 to 1,249.00: 281,125.00.
    const tally = { count: 250, amounts: { CNY: 28_112_500n } };
    const figures = {
      outcomes: { MATCHED: tally, UNMATCHED: { count: 1, amounts: { CNY: 77n } } },
      rules: { REFERENCE: tally },
    };
    expect(run).toMatchObject({ state: 'ENDED', receipts: 251, invoices: 250, decided: figures, result: figures });
    expect(run.blocks).toBeGreaterThan(1);
    expect(run.blocksDone).toBe(run.blocks);
    for (const receipt of await own.standing(
      'all',
      paid.map(({ id }) => id),
    )) {
      expect([receipt?.allocated, receipt?.matchesMade]).toEqual([receipt?.amount, 1]);
    }
    const [first] = await own.standing(
      'all',
      paid.map(({ id }) => id),
    );
    if (!first) throw new Error('It is gone.');
    expect((await store.readHistory(first)).matches[0]?.runId).toBe(run.id);
    const again = await own.ended('all', 'b');
    expect(again).toMatchObject({ receipts: 1, result: { outcomes: { UNMATCHED: { count: 1 } } } });
    expect(await own.start('all', 'a')).toMatchObject({ id: run.id, state: 'ENDED' });
  });

  it('decide as matching does by itself: what is under the threshold of its customer is for somebody to look at', async () => {
    const fresh = await receiptsWithCustomer(anEngine());
    // By account and amount it comes to 962.
    await keepCustomer(fresh, {
      id: customerIdOf('demo', 'K-2'),
      number: 'K-2',
      accountKeys: ['key 2'],
      threshold: 1000,
    });
    await keepInvoices(fresh, { customerId: fresh.customerId });
    const receipt = await keepReceipt(fresh, { payer: { accountKey: 'key 2' } });
    await settle(fresh);
    const before = await theReceipt(fresh, receipt);
    expect([before.exception?.reason, before.allocated]).toEqual(['AMBIGUOUS', 0n]);
    await startDaily(fresh.tools.store, 'demo', monday);
    await settle(fresh);
    expect(await theReceipt(fresh, receipt)).toEqual(before);
  });

  it('of two at once match each receipt once', async () => {
    const paid = await own.anOpenTenant('two', 40);
    const both = await Promise.all(['a', 'b'].map((key) => own.ended('two', key)));
    const counts = both.map(({ result }) => [
      result.outcomes.MATCHED?.count ?? 0,
      result.outcomes.ELSEWHERE?.count ?? 0,
    ]);
    const [one = [], two = []] = counts;
    // One that came to decide when all was matched had nothing to look at any more.
    expect((one[0] ?? 0) + (two[0] ?? 0)).toBe(40);
    for (const receipt of await own.standing(
      'two',
      paid.map(({ id }) => id),
    )) {
      expect([receipt?.allocated, receipt?.matchesMade]).toEqual([receipt?.amount, 1]);
    }
  });

  it('carried on by two processes at once come to the same', async () => {
    const paid = await own.anOpenTenant('twice', 30);
    const run = await own.start('twice', 'a');
    await Promise.all([own.carryOn(run), own.carryOn(run)]);
    await own.carryOn(run);
    const done = await findRun(store, 'twice', run.id);
    expect([done.state, done.result.outcomes.MATCHED?.count]).toEqual(['ENDED', 30]);
    for (const receipt of await own.standing(
      'twice',
      paid.map(({ id }) => id),
    ))
      expect(receipt?.matchesMade).toBe(1);
  });

  it.each<Death>(['BEFORE', 'AFTER'])('killed %s any of their writes are carried on to the same end', async (death) => {
    let deaths = 0;
    for (let write = 0; ; write += 1) {
      const tenant = `kill-${death.toLowerCase()}-${write}`;
      const paid = await own.anOpenTenant(tenant, 3);
      const run = await own.start(tenant, 'a');
      const client = receipts.newClient();
      const { isDead } = dieAt(client, write, death);
      await own.carryOn(run, receipts.toolsOver(client).store).catch(() => undefined);
      client.destroy();
      await own.carryOn(run);
      const done = await findRun(store, tenant, run.id);
      expect([write, done.state, done.result.outcomes]).toEqual([
        write,
        'ENDED',
        { MATCHED: { count: 3, amounts: { CNY: 300_300n } }, UNMATCHED: { count: 1, amounts: { CNY: 77n } } },
      ]);
      for (const receipt of await own.standing(
        tenant,
        paid.map(({ id }) => id),
      ))
        expect(receipt?.matchesMade).toBe(1);
      if (!isDead()) break;
      deaths += 1;
    }
    // Begun, a block, decided, a match together with why the fourth waits, two more of the same customer, ended.
    expect(deaths).toBe(7);
  });

  it('that broke off are found and handed on when nothing was heard of them for long', async () => {
    await own.anOpenTenant('broken', 2);
    const run = await own.start('broken', 'a');
    expect(await resumeRuns(store, minutesOn(run.changedAt, 15))).toEqual([]);
    expect(await findRun(store, 'broken', run.id)).toMatchObject({ turn: 0, failures: 0 });
    expect(await resumeRuns(store, minutesOn(run.changedAt, 16))).toEqual([]);
    expect(await findRun(store, 'broken', run.id)).toMatchObject({ state: 'DECIDING', turn: 1, failures: 1 });
    await takeTurn(store, 'broken', run.id, minutesOn(run.changedAt, 16));
    const done = await findRun(store, 'broken', run.id);
    expect([done.state, done.failures, done.failure]).toEqual(['ENDED', 0, undefined]);
  });

  it('do not book again what somebody has undone', async () => {
    const [receipt] = await own.anOpenTenant('undone', 1);
    if (!receipt) throw new Error('Nobody paid.');
    await own.ended('undone', 'a');
    await unmatchByHand(store, receipt, step);
    const run = await own.ended('undone', 'b');
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
    await own.anOpenTenant('daily', 1);
    await startDaily(store, 'daily', monday);
    await startDaily(store, 'daily', monday);
    expect((await store.listRuns('daily', undefined, 10)).runs).toMatchObject([{ state: 'DECIDING', dryRun: false }]);
  });

  it('are carried on by what their start tells, end with an event, and the ledger agrees', async () => {
    const all = await receiptsWithCustomer(anEngine());
    // By rules that let nothing pass by itself; the run has others.
    const strict = { ...defaultMatchRules, threshold: 1_000 };
    await all.tools.store.writeRules({ tenant: 'demo', rules: strict, revision: 1, changedAt: step.at, cause });
    await keepInvoices(all, {});
    await keepReceipt(all, { payer, texts: ['FP-2026-0001'] });
    await settle(all);
    expect(await balances(all)).toMatchObject({ receivable: 100_000n, unapplied: -100_000n });
    const run = await startRun(
      all.tools.store,
      'demo',
      { scope: {}, dryRun: false, rules: defaultMatchRules },
      { operation: 'run', key: 'a', fingerprint: 'a', id: deriveId('run', 'a'), at: step.at, cause },
    );
    const told = (await settle(all)).flatMap((change) => toEvents(change));
    const endings = told.filter(({ type }) => type === 'receivables.reconciliation-run-ended.v1');
    expect(endings.map(({ subject }) => subject)).toEqual([run.id]);
    expect(await disagreements(all)).toEqual([]);
    expect(await balances(all)).toEqual({ cash: 100_000n, revenue: -100_000n });
    all.close();
  });
});

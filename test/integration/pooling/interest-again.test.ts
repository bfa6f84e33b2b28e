import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { toEvents } from '../../../functions/pooling/events.ts';
import { carryOutInterestRun } from '../../../functions/pooling/interest-runs/carry-out-interest.ts';
import { interestRunToPlain } from '../../../functions/pooling/interest-runs/interest-items.ts';
import type { InterestRun } from '../../../functions/pooling/interest-runs/interest-run.ts';
import { engines } from '../../support/engines.ts';
import { agree, april, balances, notionalExample, on, rate, setTerms, settle, start } from './interest-runs.ts';
import { withMembers } from './pools.ts';
import { fund, openAccount, poolingOnEngine, type TestPooling } from './support.ts';

const yuan = (amount: string) => ({ amount, currency: 'CNY' });

/** What an interest run tells the bus when it comes to its end; `isRedrive` where only the item is known. */
function told(run: InterestRun, isRedrive = false) {
  const before: InterestRun = { ...run, status: 'COMPUTED' };
  const previous = isRedrive ? {} : { previous: interestRunToPlain(before) };
  return toEvents({ sequenceNumber: '1', kind: 'MODIFY', item: interestRunToPlain(run), ...previous });
}

describe.each(engines())('an interest run that is tried again on $kind', (engine) => {
  let pooling: TestPooling;
  beforeAll(async () => {
    pooling = await poolingOnEngine(engine);
  });
  afterAll(() => pooling?.close());

  it('and cannot be computed for the same reason tells that once; for another reason, or when it is, it tells again', async () => {
    const { tools, store } = pooling;
    const tenant = 'reasons';
    const { ids, pool } = await notionalExample(pooling, tenant);
    const shares = ['a', 'c'].map((name) => ({ accountId: ids[name], weight: 1 }));
    const terms = { credit: rate('1.00'), debit: rate('4.35'), allocation: { method: 'RATIO', shares } };
    await setTerms(tools, pool, terms);
    const membersOf = (...names: string[]) => ({ members: names.map((name) => ({ accountId: ids[name] })) });
    let current = pool;
    /** Begun while all fits; then members leave before it is computed. */
    const breakOff = async (...left: string[]) => {
      const run = await start(tools, pool, april, on('2026-05-02'));
      current = await withMembers(tools, current, membersOf(...left));
      await carryOutInterestRun(tools, run, on('2026-05-02'));
      current = await withMembers(tools, current, membersOf('a', 'b', 'c'));
      return (await store.readInterestRun(tenant, run.id)) ?? run;
    };
    const first = await breakOff('a', 'b');
    const [heard] = await told(first);
    const problem = { code: 'pooling/interest-terms-outdated' };
    expect(heard).toMatchObject({ type: 'pooling.interest-run-ended.v1', data: { status: 'FAILED', problem } });
    const second = await breakOff('a', 'b');
    expect(second).toMatchObject({ status: 'FAILED', round: 2, problem: first.problem });
    expect(await told(second)).toEqual([]);
    // Whoever asks for what the stream lost gets the event that was told, not another one.
    expect(await told(second, true)).toMatchObject([{ id: heard?.id }]);
    const third = await breakOff('a', 'b');
    expect(third.round).toBe(3);
    expect(await told(third)).toEqual([]);
    const other = await breakOff('b', 'c');
    expect(other.problem?.detail).not.toBe(first.problem?.detail);
    expect(await told(other)).toMatchObject([{ data: { status: 'FAILED' } }]);
    const completed = await settle(tools, pool, april);
    expect(await told(completed)).toMatchObject([{ data: { status: 'COMPLETED' } }]);
    const eventIds = (await Promise.all([first, other, completed].map((run) => told(run)))).flat().map(({ id }) => id);
    expect(new Set(eventIds).size).toBe(3);
  });

  it('and whose lines are refused as before tells nothing new, until some of them are paid', async () => {
    const { tools } = pooling;
    const tenant = 'refused';
    const { deposit: id = '' } = await balances(pooling, tenant, { deposit: 60_000_000n });
    const payer = await openAccount(pooling, tenant, { name: 'payer', limit: 'at least 0.00', now: on('2026-03-31') });
    const terms = [{ effectiveFrom: '2026-01-01', baseAmount: yuan('0.00'), demandRate: '0.35', agreedRate: '1.15' }];
    await agree(tools, tenant, id, { payerAccountId: payer, terms });
    const owner = { tenant, id };
    const first = await settle(tools, owner, april);
    expect(await told(first)).toMatchObject([{ data: { status: 'PARTIAL', failed: 1 } }]);
    // The ledger names what is there, and that is another amount now; it is the same refusal.
    await fund(pooling, tenant, payer, 100n, { now: on('2026-05-06') });
    const second = await settle(tools, owner, april, on('2026-05-06'));
    expect(second).toMatchObject({
      status: 'PARTIAL',
      attempt: 2,
      ended: { refusal: { code: 'ledger/insufficient-funds' } },
    });
    expect(await told(second)).toEqual([]);
    await fund(pooling, tenant, payer, 100_000n, { now: on('2026-05-07') });
    const third = await settle(tools, owner, april, on('2026-05-07'));
    expect(await told(third)).toMatchObject([{ data: { status: 'COMPLETED', attempt: 3 } }]);
  });
});

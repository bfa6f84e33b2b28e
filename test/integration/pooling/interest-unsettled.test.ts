import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { toEvents } from '../../../functions/pooling/events.ts';
import { carryOutInterestRun } from '../../../functions/pooling/interest-runs/carry-out-interest.ts';
import { settlementToPlain } from '../../../functions/pooling/interest-runs/interest-items.ts';
import type { InterestRun } from '../../../functions/pooling/interest-runs/interest-run.ts';
import { readSettling } from '../../../functions/pooling/interest-runs/read-settling.ts';
import type { DueSettlement } from '../../../functions/pooling/interest-runs/settlement.ts';
import { startDueInterest } from '../../../functions/pooling/interest-runs/start-due-interest.ts';
import { engines } from '../../support/engines.ts';
import { agree, balances, type Owner, on, settle } from './interest-runs.ts';
import { balanceOf, fund, openAccount, poolingOnEngine, type TestPooling } from './support.ts';

/** An instant by the clock of Shanghai. */
const at = (text: string) => new Date(`${text.replace(' ', 'T')}:00+08:00`);
const yuan = (amount: string) => ({ amount, currency: 'CNY' });
const minutes = (from: Date, count: number) => new Date(from.getTime() + count * 60_000);
const nine = at('2026-04-21 09:00');
/** When the refusal is met, and an hour later. */
const met = minutes(nine, 1);
const again = minutes(met, 60);
const period = { from: '2026-03-21', to: '2026-04-21' };

describe.each(engines())('lines that the ledger refuses on the settlement day on $kind', (engine) => {
  let pooling: TestPooling;
  beforeAll(async () => {
    pooling = await poolingOnEngine(engine);
  });
  afterAll(() => pooling?.close());

  /** 36,000.00 at 1.00 % by the month, paid from an account that holds nothing: 36,000.00 × 31 × 1 % / 360 = 31.00. */
  async function deposit(tenant: string) {
    const { deposit: id = '' } = await balances(pooling, tenant, { deposit: 3_600_000n }, { at: on('2026-03-20') });
    const payer = await openAccount(pooling, tenant, { name: 'payer', limit: 'at least 0.00', now: on('2026-03-20') });
    const settlementDay = { frequency: 'MONTHLY', day: 20, from: period.from };
    const asked = async (percent: string, now: Date) => {
      const term = { effectiveFrom: '2026-01-01', baseAmount: yuan('0.00'), demandRate: percent, agreedRate: percent };
      await agree(pooling.tools, tenant, id, { payerAccountId: payer, terms: [term], settlementDay }, now);
    };
    await asked('1.00', on('2026-03-21'));
    return { owner: { tenant, id }, payer, asked };
  }

  const look = ({ tenant, id }: Owner, now: Date) => startDueInterest(pooling.tools, { tenant, ownerId: id }, now);
  const runsOf = async ({ tenant, id }: Owner): Promise<InterestRun[]> =>
    (await pooling.store.listInterestRuns(tenant, id, undefined, 100)).runs.map(({ run }) => run).reverse();

  /** Looks at it as the job does, and takes what was started to its end as the stream does. */
  async function lookAndCarryOut(owner: Owner, now: Date) {
    await look(owner, now);
    for (const run of await runsOf(owner)) await carryOutInterestRun(pooling.tools, run, now);
  }

  /** The settlement day, up to the look that meets the refusal. */
  async function refused(tenant: string) {
    const made = await deposit(tenant);
    await lookAndCarryOut(made.owner, nine);
    await look(made.owner, met);
    return made;
  }

  async function waiting({ tenant, id }: Owner): Promise<DueSettlement> {
    const due = await pooling.store.readSettlement(tenant, id);
    if (!due) throw new Error('The terms have a settlement day.');
    return due;
  }

  async function shown({ tenant, id }: Owner) {
    const terms = await pooling.store.readInterestTerms(tenant, id);
    return terms ? await readSettling(pooling.store, terms) : {};
  }

  /** What the change of the waiting item tells the bus. */
  const told = (next: DueSettlement, before: DueSettlement) =>
    toEvents({
      sequenceNumber: '1',
      kind: 'MODIFY',
      item: settlementToPlain(next),
      previous: settlementToPlain(before),
    });

  it('are shown and told once, tried again after an hour, and paid when the payer has the money', async () => {
    const { owner, payer } = await deposit('hourly');
    await lookAndCarryOut(owner, nine);
    const before = await waiting(owner);
    await look(owner, met);
    const [run] = await runsOf(owner);
    expect(run).toMatchObject({ status: 'PARTIAL', startedBy: 'SCHEDULE', attempt: 1 });
    const problem = { code: 'ledger/insufficient-funds' };
    const since = met.toISOString();
    const unsettled = { runId: run?.id, ...period, failed: 1, problem, since };
    expect(await shown(owner)).toMatchObject({ nextSettlement: { from: '2026-04-21', to: '2026-05-21' }, unsettled });
    const noted = await waiting(owner);
    expect(noted.lookAt).toBe(again.toISOString());
    const data = { accountId: owner.id, runId: run?.id, ...period, at: nine.toISOString(), failed: 1, problem };
    expect(await told(noted, before)).toMatchObject([
      { type: 'pooling.interest-run-delayed.v1', subject: owner.id, occurredAt: since, data },
    ]);

    await lookAndCarryOut(owner, again);
    expect(await runsOf(owner)).toMatchObject([{ status: 'PARTIAL', attempt: 2 }]);
    const tried = await waiting(owner);
    expect(tried.lookAt).toBe(minutes(again, 1).toISOString());
    await look(owner, minutes(again, 1));
    const second = await waiting(owner);
    expect(second.lookAt).toBe(minutes(again, 61).toISOString());
    expect(await shown(owner)).toMatchObject({ unsettled });
    expect([...(await told(tried, noted)), ...(await told(second, tried))]).toEqual([]);

    await fund(pooling, 'hourly', payer, 3_100n, { now: minutes(again, 30) });
    await lookAndCarryOut(owner, minutes(again, 61));
    expect(await runsOf(owner)).toMatchObject([{ status: 'COMPLETED', attempt: 3, ended: { credited: 3_100n } }]);
    expect(await balanceOf(pooling, 'hourly', payer)).toBe(0n);
    expect(await shown(owner)).not.toHaveProperty('unsettled');
    await look(owner, minutes(again, 62));
    expect(await waiting(owner)).toMatchObject({ from: '2026-04-21', lookAt: '2026-05-21T01:00:00.000Z' });
    expect(await waiting(owner)).not.toHaveProperty('unsettled');
  });

  it('are tried once a day after the first day, until the next period is due, which is then run in time', async () => {
    const { owner, payer } = await refused('daily');
    const nextDay = at('2026-04-22 09:30');
    await lookAndCarryOut(owner, nextDay);
    await look(owner, minutes(nextDay, 1));
    expect((await waiting(owner)).lookAt).toBe(at('2026-04-23 09:31').toISOString());
    const lastDay = at('2026-05-20 21:00');
    await lookAndCarryOut(owner, lastDay);
    await look(owner, minutes(lastDay, 1));
    expect(await runsOf(owner)).toMatchObject([{ status: 'PARTIAL', attempt: 3 }]);
    expect((await waiting(owner)).lookAt).toBe(at('2026-05-21 09:00').toISOString());

    await fund(pooling, 'daily', payer, 100_000n, { now: at('2026-05-21 08:00') });
    for (const minute of [0, 1]) await lookAndCarryOut(owner, minutes(at('2026-05-21 09:00'), minute));
    // 36,000.00 × 30 × 1 % / 360 = 30.00; the 31.00 of April were never booked and so bear nothing.
    expect(await runsOf(owner)).toMatchObject([
      { to: '2026-04-21', status: 'PARTIAL', attempt: 3 },
      { to: '2026-05-21', status: 'COMPLETED', ended: { credited: 3_000n } },
    ]);
    expect(await shown(owner)).not.toHaveProperty('unsettled');
    // What was given up stays due, and a call pays it.
    const paid = await settle(pooling.tools, owner, period, at('2026-05-22 10:00'));
    expect(paid).toMatchObject({ status: 'COMPLETED', attempt: 4, ended: { credited: 3_100n } });
  });

  it('are shown no longer once a call has them paid', async () => {
    const { owner, payer } = await refused('by-call');
    await fund(pooling, 'by-call', payer, 3_100n, { now: minutes(met, 5) });
    expect(await shown(owner)).toHaveProperty('unsettled');
    await settle(pooling.tools, owner, period, minutes(met, 10));
    expect(await shown(owner)).not.toHaveProperty('unsettled');
    await look(owner, again);
    expect(await runsOf(owner)).toMatchObject([{ status: 'COMPLETED', attempt: 2 }]);
    expect(await waiting(owner)).toMatchObject({ lookAt: '2026-05-21T01:00:00.000Z' });
  });

  it('have their hour from the last try, be it by a call', async () => {
    const { owner } = await refused('call-between');
    expect(await settle(pooling.tools, owner, period, minutes(met, 30))).toMatchObject({ attempt: 2 });
    await lookAndCarryOut(owner, again);
    expect(await runsOf(owner)).toMatchObject([{ status: 'PARTIAL', attempt: 2 }]);
    expect(await waiting(owner)).toMatchObject({ lookAt: minutes(again, 60).toISOString(), unsettled: { attempt: 2 } });
  });

  it('are not lost or told again when the terms change, but tried at the next look', async () => {
    const { owner, payer, asked } = await refused('new-terms');
    const before = await waiting(owner);
    await asked('2.00', minutes(met, 10));
    const after = await waiting(owner);
    expect(after.lookAt).toBe(minutes(met, 10).toISOString());
    expect(await told(after, before)).toEqual([]);
    expect(await shown(owner)).toMatchObject({ unsettled: { since: met.toISOString() } });
    await fund(pooling, 'new-terms', payer, 3_100n, { now: minutes(met, 10) });
    await lookAndCarryOut(owner, minutes(met, 11));
    expect(await runsOf(owner)).toMatchObject([{ status: 'COMPLETED', attempt: 2, ended: { credited: 3_100n } }]);
  });

  it('are seen too where the terms change, or the booking takes long, before anybody has looked', async () => {
    const { owner, asked } = await deposit('slow');
    await look(owner, nine);
    const [run] = await runsOf(owner);
    if (!run) throw new Error('The run is started.');
    const postTransfers = () => Promise.reject(new Error('killed'));
    const dying = { ...pooling.tools, ledger: { ...pooling.tools.ledger, postTransfers } };
    await expect(carryOutInterestRun(dying, run, nine)).rejects.toThrow('killed');
    await look(owner, met);
    expect((await waiting(owner)).lookAt).toBe(minutes(met, 1).toISOString());
    await carryOutInterestRun(pooling.tools, run, minutes(met, 1));
    await asked('2.00', minutes(met, 1));
    await look(owner, minutes(met, 2));
    expect(await shown(owner)).toMatchObject({ unsettled: { runId: run.id, since: minutes(met, 2).toISOString() } });
  });

  it('are left to whoever called for the run, where it was no settlement day', async () => {
    const { owner } = await deposit('hand');
    expect(await settle(pooling.tools, owner, period, at('2026-04-21 08:00'))).toMatchObject({ status: 'PARTIAL' });
    await lookAndCarryOut(owner, nine);
    expect(await runsOf(owner)).toMatchObject([{ attempt: 1, startedBy: 'HAND' }]);
    expect(await waiting(owner)).toMatchObject({ from: '2026-04-21', lookAt: '2026-05-21T01:00:00.000Z' });
    expect(await shown(owner)).not.toHaveProperty('unsettled');
  });
});

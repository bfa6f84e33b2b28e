import { carryOutInterestRun } from '../../../functions/pooling/interest-runs/carry-out-interest.ts';
import type { InterestLine, InterestRun, LineOutcome } from '../../../functions/pooling/interest-runs/interest-run.ts';
import { agreedDepositIn, interestTermsIn } from '../../../functions/pooling/interest-runs/interest-shapes.ts';
import { readDepositTerms, readPoolTerms } from '../../../functions/pooling/interest-runs/read-interest-terms.ts';
import { setDepositTerms, setPoolTerms } from '../../../functions/pooling/interest-runs/set-interest-terms.ts';
import { startInterestRun } from '../../../functions/pooling/interest-runs/start-interest-run.ts';
import type { Pool } from '../../../functions/pooling/pool.ts';
import type { PoolingTools } from '../../../functions/pooling/tools.ts';
import { newPool, withMembers } from './pools.ts';
import { cause, fund, move, openAccount, type TestPooling, worldOf } from './support.ts';

/** 09:00 in Shanghai on a day. */
export const on = (date: string) => new Date(`${date}T01:00:00.000Z`);
export const april = { from: '2026-04-01', to: '2026-05-01' };
export const may = { from: '2026-05-01', to: '2026-06-01' };
export const june = { from: '2026-06-01', to: '2026-07-01' };
export const july = { from: '2026-07-01', to: '2026-08-01' };

export const rate = (percent: string, effectiveFrom = '2026-01-01') => [{ effectiveFrom, rate: percent }];

/** Sets a pool's terms from the body of a request. */
export function setTerms(tools: PoolingTools, pool: Pool, body: object, at = on('2026-03-31')) {
  const { expectedVersion, ...request } = interestTermsIn.parse(body);
  const content = readPoolTerms({ ...request, expectedVersion }, pool);
  const asked = { content, ...(expectedVersion !== undefined && { expectedVersion }), cause };
  return setPoolTerms(tools, pool, asked, at);
}

/** Agrees on a deposit from the body of a request. */
export function agree(tools: PoolingTools, tenant: string, accountId: string, body: object, at = on('2026-03-31')) {
  const request = agreedDepositIn.parse(body);
  const currencies = request.terms.map(({ baseAmount }) => baseAmount.currency);
  return setDepositTerms(tools, tenant, accountId, { content: readDepositTerms(request), currencies, cause }, at);
}

export interface Owner {
  readonly tenant: string;
  readonly id: string;
}

export function start(tools: PoolingTools, { tenant, id }: Owner, period: { from: string; to: string }, at: Date) {
  return startInterestRun(tools, { tenant, ownerId: id, ...period, startedBy: 'HAND', cause }, at);
}

/** Starts the run of a period and takes it to its end, as the stream does; by default a few days after the period. */
export async function settle(
  tools: PoolingTools,
  owner: Owner,
  period: { from: string; to: string },
  at = new Date(on(period.to).getTime() + 5 * 86_400_000),
): Promise<InterestRun> {
  const run = await start(tools, owner, period, at);
  await carryOutInterestRun(tools, run, at);
  return (await tools.store.readInterestRun(run.tenant, run.id)) ?? run;
}

export async function linesOf({ store }: PoolingTools, run: InterestRun): Promise<InterestLine[]> {
  return await store.readInterestLines(run.tenant, run.id, run.computed?.linesId ?? '');
}

export async function outcomesOf({ store }: PoolingTools, run: InterestRun): Promise<LineOutcome[]> {
  const blocks = Array.from({ length: run.computed?.blocks ?? 0 }, (_, block) => store.readLineOutcomes(run, block));
  return (await Promise.all(blocks)).flatMap((outcomes) => [...outcomes.values()]);
}

/** What a run's lines say, as one reads them: 'CREDIT a 833333 POSTED', 'CREDIT a 2300 POSTED for 2026-04-01'. */
export async function tellLines(
  tools: PoolingTools,
  run: InterestRun,
  ids: Readonly<Record<string, string>>,
): Promise<string[]> {
  const names = new Map(Object.entries(ids).map(([name, id]) => [id, name]));
  const outcomes = new Map((await outcomesOf(tools, run)).map((outcome) => [outcome.number, outcome]));
  return (await linesOf(tools, run)).map(({ number, side, accountId, amount, adjusts }) => {
    const status = amount === 0n ? 'ZERO' : (outcomes.get(number)?.status ?? 'PENDING');
    const earlier = adjusts ? ` for ${adjusts.from}` : '';
    return `${side} ${names.get(accountId) ?? accountId} ${amount} ${status}${earlier}`;
  });
}

/** Balances in minor units on accounts that may be overdrawn, booked and valued on the last of March. */
export async function balances(
  pooling: TestPooling,
  tenant: string,
  minors: Readonly<Record<string, bigint>>,
  { currency = 'CNY', at = on('2026-03-31') } = {},
): Promise<Record<string, string>> {
  const world = await worldOf(pooling, tenant, currency);
  const ids: Record<string, string> = {};
  for (const [name, minor] of Object.entries(minors)) {
    const id = await openAccount(pooling, tenant, { name, currency });
    if (minor > 0n) await fund(pooling, tenant, id, minor, { currency, now: at });
    if (minor < 0n) await move(pooling, tenant, { from: id, to: world, minor: -minor, currency, now: at });
    ids[name] = id;
  }
  return ids;
}

/** The pool of the field's worked example: +10, −6 and +2 million under a header that holds nothing. */
export async function notionalExample(pooling: TestPooling, tenant: string) {
  const ids = await balances(pooling, tenant, { header: 0n, a: 1_000_000_000n, b: -600_000_000n, c: 200_000_000n });
  const { header = '', ...members } = ids;
  const pool = await newPool(pooling, tenant, header, 'NOTIONAL');
  const set = await withMembers(pooling.tools, pool, {
    members: Object.values(members).map((accountId) => ({ accountId })),
  });
  return { ids, pool: set };
}

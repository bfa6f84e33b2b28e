import type { Pool } from '../../../functions/pooling/pool.ts';
import { formatAmount } from '../../../shared/money/amount.ts';
import { accountsOf, newPool, withMembers, yuan, zeroBalance } from './pools.ts';
import { fund, openAccount, type TestPooling, worldOf } from './support.ts';

export type Way = 'UP' | 'DOWN';

export interface RandomMember {
  readonly id: string;
  readonly parentId: string;
  readonly entity: string;
  readonly reserve: bigint;
  /** Of the day and of the month, by direction; every agreement of the direction has the same. */
  readonly limits: Readonly<Record<Way, Readonly<Partial<Record<'DAY' | 'MONTH', bigint>>>>>;
}

export interface RandomTree {
  readonly tenant: string;
  readonly pool: Pool;
  readonly headerId: string;
  readonly headerEntity: string;
  readonly headerReserve: bigint;
  readonly members: readonly RandomMember[];
  readonly worldId: string;
  /** Lender, borrower, how much at any time. */
  readonly ceilings: readonly { readonly lender: string; readonly borrower: string; readonly ceiling: bigint }[];
}

export interface Dice {
  /** From 0 up to and with the most. */
  upTo(most: number): number;
  chance(of: number): boolean;
  oneOf<T>(some: readonly T[]): T;
}

export function diceOf(random: () => number): Dice {
  const upTo = (most: number) => Math.floor(random() * (most + 1));
  return {
    upTo,
    chance: (of) => random() < of,
    oneOf: (some) => some[upTo(some.length - 1)] as (typeof some)[number],
  };
}

const entities = ['G', 'A', 'B', 'C'];
const membersMin = 4;
const moreMembersMax = 5;

/** Amounts are so small that every border is met. */
const money = (minor: number | bigint) => yuan(formatAmount(BigInt(minor), 'CNY'));

/** A random pool of five to ten accounts, some of one entity, with random balances and agreements of all kinds. */
export async function randomTree(pooling: TestPooling, tenant: string, dice: Dice): Promise<RandomTree> {
  const headerEntity = 'G';
  const headerReserve = BigInt(dice.upTo(60));
  const { hq: headerId = '' } = await accountsOf(pooling, tenant, { hq: BigInt(dice.upTo(400)) }, headerEntity);
  const members: RandomMember[] = [];
  const body: object[] = [];
  const count = membersMin + dice.upTo(moreMembersMax);
  for (let number = 1; number <= count; number++) {
    const entity = dice.oneOf(entities);
    const parentId = dice.oneOf([headerId, ...members.map(({ id }) => id)]);
    const id = await openAccount(pooling, tenant, { name: `c${number}`, holder: entity, limit: 'at least 0.00' });
    const balance = BigInt(dice.upTo(300));
    if (balance > 0n) await fund(pooling, tenant, id, balance);
    const drawn = { UP: randomLimits(dice), DOWN: randomLimits(dice) };
    const up = upAgreements(dice, shown(drawn.UP));
    const down = downAgreements(dice, shown(drawn.DOWN));
    const limits = { UP: up.length > 0 ? drawn.UP : {}, DOWN: drawn.DOWN };
    const reserve = BigInt(dice.chance(0.5) ? dice.upTo(60) : 0);
    members.push({ id, parentId, entity, reserve, limits });
    body.push({
      accountId: id,
      parentAccountId: parentId,
      priority: dice.upTo(2),
      reserve: money(reserve),
      up,
      down,
    });
  }
  const ceilings = randomCeilings(dice, neighboursOf(headerId, headerEntity, members));
  const loans = ceilings.map(({ ceiling, ...pair }) => ({ ...pair, contract: 'WD', ceiling: money(ceiling) }));
  const header = { reserve: money(headerReserve) };
  const fresh = await newPool(pooling, tenant, headerId);
  const pool = await withMembers(pooling.tools, fresh, { header, members: body, loans });
  const worldId = await worldOf(pooling, tenant);
  return { tenant, pool, headerId, headerEntity, headerReserve, members, worldId, ceilings };
}

function randomLimits(dice: Dice): RandomMember['limits']['UP'] {
  return {
    ...(dice.chance(0.4) && { DAY: BigInt(dice.upTo(200)) }),
    ...(dice.chance(0.3) && { MONTH: BigInt(dice.upTo(400)) }),
  };
}

function shown(limits: RandomMember['limits']['UP']): object[] {
  return Object.entries(limits).map(([period, minor]) => ({ period, amount: money(minor) }));
}

function upAgreements(dice: Dice, limits: object[]): object[] {
  const rule = () =>
    dice.oneOf([
      { method: 'ZERO_BALANCE' },
      { method: 'ZERO_BALANCE' },
      { method: 'KEEP_RESERVE', keep: money(dice.upTo(80)) },
      { method: 'FIXED', amount: money(1 + dice.upTo(120)) },
      { method: 'PERCENTAGE', percentage: String(1 + dice.upTo(99)) },
      { method: 'TARGET', target: money(dice.upTo(80)) },
      { method: 'COVER_OVERDRAFT' },
    ]);
  const terms = () => ({
    rule: rule(),
    limits,
    sweepIfShort: dice.chance(0.5),
    parentsMoney: dice.oneOf(['SWEEP_BACK', 'LEAVE']),
    whenParentFrozen: dice.oneOf(['SWEEP', 'SKIP']),
    ...(dice.chance(0.2) && { unit: money(1 + dice.upTo(15)) }),
    ...(dice.chance(0.2) && { minimum: money(1 + dice.upTo(20)) }),
  });
  return [
    ...(dice.chance(0.8) ? [zeroBalance(terms())] : []),
    ...(dice.chance(0.5) ? [zeroBalance({ ...terms(), trigger: 'REAL_TIME', levels: 1 + dice.upTo(2) })] : []),
  ];
}

/** Where there are limits, an agreement for the runs has them: else what is on its way to others passes in spite of them. */
function downAgreements(dice: Dice, limits: object[]): object[] {
  const terms = () => ({
    limits,
    ...(dice.chance(0.2) && { unit: money(1 + dice.upTo(15)) }),
    ...(dice.chance(0.2) && { minimum: money(1 + dice.upTo(20)) }),
  });
  const rule = () =>
    dice.oneOf([
      { method: 'TARGET', target: money(dice.upTo(150)) },
      { method: 'FIXED', amount: money(1 + dice.upTo(60)) },
    ]);
  const inRealTime = () => ({
    trigger: 'REAL_TIME',
    levels: 1 + dice.upTo(2),
    basis: dice.oneOf(['NONE', 'NONE', 'NONE', 'POSITION', 'LEDGER', 'BOTH']),
    order: dice.oneOf(['CHILD_FIRST', 'PARENT_FIRST']),
  });
  return [
    ...(dice.chance(0.5) || limits.length > 0
      ? [zeroBalance({ ...terms(), rule: rule(), partialAllowed: dice.chance(0.7) })]
      : []),
    ...(dice.chance(0.8) ? [zeroBalance({ ...terms(), ...inRealTime() })] : []),
  ];
}

/** Lender and borrower on the two sides of an edge, both ways, each once. */
function neighboursOf(headerId: string, headerEntity: string, members: readonly RandomMember[]): [string, string][] {
  const entityOf = new Map([
    [headerId, headerEntity],
    ...members.map(({ id, entity }): [string, string] => [id, entity]),
  ]);
  const pairs = new Map<string, [string, string]>();
  for (const { entity, parentId } of members) {
    const above = entityOf.get(parentId) ?? headerEntity;
    if (above === entity) continue;
    pairs.set(`${entity} ${above}`, [entity, above]);
    pairs.set(`${above} ${entity}`, [above, entity]);
  }
  return [...pairs.values()];
}

function randomCeilings(dice: Dice, neighbours: readonly [string, string][]): RandomTree['ceilings'] {
  return neighbours
    .filter(() => dice.chance(0.3))
    .map(([lender, borrower]) => ({ lender, borrower, ceiling: BigInt(dice.upTo(250)) }));
}

import fc from 'fast-check';
import type { DownMethod, SimpleUpMethod, UpMethod } from '../../../../functions/pooling/members/agreement.ts';
import type {
  Blocked,
  DownRule,
  EdgeLoan,
  Idle,
  LoanState,
  SweepNode,
  UpRule,
} from '../../../../functions/pooling/sweeps/sweep-node.ts';

/**
 * Random pools for the properties: up to thirty accounts on at most five levels below the header, three entities whose
 * loans are shared by all edges between them, and amounts so small that every border is hit.
 */
export interface RandomPool {
  readonly nodes: SweepNode[];
  readonly loans: LoanState[];
}

const depthMax = 5;
const accountsMax = 30;
const entities = 3;

const amount = (most: number) => fc.nat(most).map(BigInt);
const positive = (most: number) => fc.integer({ min: 1, max: most }).map(BigInt);
/** Once in so many times; otherwise it is not there. */
const onceIn = <T>(times: number, value: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.oneof({ weight: times - 1, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: value });

const zeroBalance = fc.constant<SimpleUpMethod>({ method: 'ZERO_BALANCE' });
const keepReserve = amount(40).map((keep): SimpleUpMethod => ({ method: 'KEEP_RESERVE', keep }));

const simpleMethod: fc.Arbitrary<SimpleUpMethod> = fc.oneof(
  zeroBalance,
  keepReserve,
  positive(60).map((fixed): SimpleUpMethod => ({ method: 'FIXED', amount: fixed })),
  positive(1_000_000).map((millionths): SimpleUpMethod => ({ method: 'PERCENTAGE', millionths })),
  positive(20).map((multiple): SimpleUpMethod => ({ method: 'MULTIPLE', multiple })),
);

const range = fc
  .tuple(amount(20), positive(30), positive(30), simpleMethod, simpleMethod, fc.boolean())
  .map(([from, first, second, low, high, isOpen]): UpMethod => {
    const middle = from + first;
    const last = { from: middle, rule: high, ...(!isOpen && { to: middle + second }) };
    return { method: 'RANGE', tiers: [{ from, to: middle, rule: low }, last] };
  });

const upMethod: fc.Arbitrary<UpMethod> = fc.oneof(
  { weight: 4, arbitrary: simpleMethod },
  { weight: 1, arbitrary: amount(40).map((target): UpMethod => ({ method: 'TARGET', target })) },
  { weight: 1, arbitrary: positive(60).map((threshold): UpMethod => ({ method: 'THRESHOLD', threshold })) },
  {
    weight: 1,
    arbitrary: fc
      .tuple(positive(60), amount(40))
      .map(([threshold, collar]): UpMethod => ({ method: 'COLLAR', threshold, collar })),
  },
  { weight: 1, arbitrary: range },
  { weight: 1, arbitrary: fc.constant<UpMethod>({ method: 'COVER_OVERDRAFT' }) },
  { weight: 1, arbitrary: fc.constant<UpMethod>({ method: 'RECALL' }) },
);

const downMethod: fc.Arbitrary<DownMethod> = fc.oneof(
  fc
    .tuple(amount(60), fc.constantFrom('CONSTANT' as const, 'FIXED' as const))
    .map(([target, mode]): DownMethod => ({ method: 'TARGET', target, mode })),
  fc.constant<DownMethod>({ method: 'ZERO_BALANCE' }),
  positive(50).map((fixed): DownMethod => ({ method: 'FIXED', amount: fixed })),
);

const bounds = fc.record({
  triggerAmount: onceIn(5, amount(60)),
  unit: onceIn(5, positive(20)),
  minimum: onceIn(5, positive(40)),
  maximum: onceIn(5, positive(60)),
  room: onceIn(5, amount(60)),
  levels: onceIn(3, fc.integer({ min: 1, max: 3 })),
});

const idle: fc.Arbitrary<Idle> = fc.constantFrom<Idle>(
  { idle: 'NO_AGREEMENT' },
  { idle: 'PAUSED' },
  { idle: 'NOT_DUE' },
);

const upRule = (method: fc.Arbitrary<UpMethod>): fc.Arbitrary<UpRule> =>
  fc
    .record({
      bounds,
      rule: method,
      sweepIfShort: fc.boolean(),
      parentsMoney: fc.constantFrom('SWEEP_BACK' as const, 'LEAVE' as const),
      whenParentFrozen: fc.constantFrom('SWEEP' as const, 'SKIP' as const),
    })
    .map(({ bounds: chosen, ...rest }) => ({ ...defined(chosen), ...rest }));

const downRule: fc.Arbitrary<DownRule> = fc
  .record({ bounds, rule: downMethod, partialAllowed: fc.boolean() })
  .map(({ bounds: chosen, ...rest }) => ({ ...defined(chosen), ...rest }));

const blocked = onceIn(20, fc.constantFrom<Blocked>('ACCOUNT_FROZEN', 'ACCOUNT_CLOSED', 'BANK_CLOSED'));

/** An account before it has its place in the tree. */
const account = fc.record({
  above: fc.nat(accountsMax),
  priority: fc.integer({ min: 1, max: 3 }),
  available: fc.integer({ min: -40, max: 90 }).map(BigInt),
  frozen: fc.oneof(fc.constant(0n), amount(30)),
  reserve: fc.oneof(fc.constant(0n), amount(40)),
  blocked,
  up: fc.oneof({ weight: 5, arbitrary: upRule(upMethod) }, { weight: 1, arbitrary: idle }),
  down: fc.oneof({ weight: 3, arbitrary: downRule }, { weight: 2, arbitrary: idle }),
  sentByParent: fc.oneof(fc.constant(0n), amount(40)),
  owed: fc.oneof(fc.constant(0n), amount(40)),
  entity: fc.nat(entities - 1),
});
type Account = typeof account extends fc.Arbitrary<infer One> ? One : never;

const ceilings = fc.record({
  position: fc.integer({ min: -40, max: 40 }).map(BigInt),
  firstLendsMax: onceIn(2, amount(60)),
  secondLendsMax: onceIn(2, amount(60)),
});
const pairs = ['0-1', '0-2', '1-2'];

export const randomPool: fc.Arbitrary<RandomPool> = fc
  .record({
    accounts: fc.array(account, { minLength: 1, maxLength: accountsMax, size: 'max' }),
    isUnlimited: onceIn(6, fc.constant(true)).map((one) => one === true),
    investment: onceIn(3, account),
    loans: fc.array(ceilings, { minLength: pairs.length, maxLength: pairs.length }),
    hasLoans: fc.boolean(),
  })
  .map(({ accounts, isUnlimited, investment, loans, hasLoans }) => ({
    nodes: withInvestment(asTree(accounts, isUnlimited, hasLoans), investment),
    loans: hasLoans
      ? loans.map((one, index) => ({ pair: pairs[index] ?? '', position: one.position, ...defined(one) }))
      : [],
  }));

/** Upward rules only, whose repetition has nothing left to do: all of it, or all above a reserve; no ceilings that fill up. */
export const randomConcentration: fc.Arbitrary<RandomPool> = fc
  .tuple(
    fc.array(fc.tuple(account, upRule(fc.oneof(zeroBalance, keepReserve))), {
      minLength: 2,
      maxLength: accountsMax,
      size: 'max',
    }),
    fc.boolean(),
  )
  .map(([accounts, isUnlimited]) => {
    const onlyUp = accounts.map(([one, { maximum: _, room: __, levels: ___, ...up }]): Account => {
      return { ...one, up, down: { idle: 'NO_AGREEMENT' } };
    });
    return { nodes: asTree(onlyUp, isUnlimited, false), loans: [] };
  });

/** The header below an account in which it invests by agreements of its own, whatever these are. */
function withInvestment([header, ...below]: SweepNode[], investment: Account | undefined): SweepNode[] {
  if (!header || !investment) return header ? [header, ...below] : [];
  const { available, frozen, reserve, blocked: why, up, down, sentByParent, owed } = investment;
  const idle: Idle = { idle: 'NO_AGREEMENT' };
  const money = { available, unencumbered: available + frozen, reserve, priority: 1, sentByParent: 0n };
  const top = { ...money, ...defined({ blocked: why }), id: 'FUND', up: idle, down: idle, invested: true as const };
  return [top, { ...header, parentId: 'FUND', up, down, sentByParent, owed }, ...below];
}

function asTree(accounts: readonly Account[], isUnlimited: boolean, hasLoans: boolean): SweepNode[] {
  const nodes: SweepNode[] = [];
  const depths: number[] = [];
  for (const [index, { above, entity, frozen, blocked: why, ...account }] of accounts.entries()) {
    const candidates = depths.flatMap((depth, place) => (depth < depthMax ? [place] : []));
    const place = candidates[above % Math.max(1, candidates.length)] ?? 0;
    depths.push(index === 0 ? 0 : (depths[place] ?? 0) + 1);
    const loan = index === 0 || !hasLoans ? undefined : loanOf(entity, accounts[place]?.entity ?? 0);
    nodes.push({
      ...account,
      ...defined({ blocked: why, loan, parentId: index === 0 ? undefined : idOf(place) }),
      id: idOf(index),
      unencumbered: account.available + frozen,
      ...(index === 0 && {
        unlimitedOverdraft: isUnlimited,
        up: { idle: 'NO_AGREEMENT' },
        down: { idle: 'NO_AGREEMENT' },
      }),
    });
  }
  return nodes;
}

/** Names that do not follow the order of birth; 7 and 31 have no common divisor. */
function idOf(index: number): string {
  return `ACCOUNT-${String((index * 7 + 3) % 31).padStart(2, '0')}`;
}

function loanOf(child: number, parent: number): EdgeLoan | undefined {
  if (child === parent) return undefined;
  const [first, second] = child < parent ? [child, parent] : [parent, child];
  return { pair: `${first}-${second}`, child: child === first ? 'FIRST' : 'SECOND' };
}

type Defined<T> = { [Key in keyof T]?: Exclude<T[Key], undefined> };

function defined<T extends object>(fields: T): Defined<T> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Defined<T>;
}

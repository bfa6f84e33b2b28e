import { agreedDepositRates } from '../../functions/pooling/interest/agreed-deposit.ts';
import { computeInterest } from '../../functions/pooling/interest/compute-interest.ts';
import { computeNotionalPool } from '../../functions/pooling/interest/notional.ts';
import { parseRate, type RateSchedule } from '../../functions/pooling/interest/rates.ts';
import { addDays } from '../../shared/calendar/plain-date.ts';

/** A month of interest, exact: balances by value date with a few movements each. */
export interface InterestRow {
  readonly interest: string;
  readonly members: number;
  readonly movementsEach: number;
  readonly milliseconds: number;
  readonly nanosecondsPerMember: number;
}

const sizes = [100, 1_000, 10_000, 100_000];
const period = { from: '2026-03-01', to: '2026-04-01' };
const movementsEach = 6;
const credit: RateSchedule = [
  { from: '2025-01-01', rate: parseRate('1.15') },
  { from: '2026-03-16', rate: parseRate('1.10') },
];
const debit: RateSchedule = [{ from: '2025-01-01', rate: parseRate('3.45') }];
const deposit = agreedDepositRates([
  { from: '2025-01-01', base: 10_000_000n, demandRate: parseRate('0.35'), agreedRate: parseRate('1.15') },
]);

export function benchInterest(): InterestRow[] {
  return sizes.flatMap((members) => {
    const positions = Array.from({ length: members }, (_, n) => ({ id: `acc_${n}`, position: positionOf(n) }));
    const terms = { period, dayCount: 'ACT_360' as const, segmented: true, credit, debit };
    const tiered = { period, dayCount: 'ACT_360' as const, segmented: true, credit: deposit };
    const notional = { ...terms, members: positions, allocation: { method: 'ABSOLUTE_BALANCE' as const } };
    return [
      time('上存/下借, a rate changed', members, () => computeInterest(positions.map((one) => ({ ...terms, ...one })))),
      time('协定存款, two tiers', members, () => computeInterest(positions.map((one) => ({ ...tiered, ...one })))),
      time('notional pool, advantage shared', members, () => computeNotionalPool(notional)),
    ];
  });
}

function positionOf(n: number) {
  const movements = Array.from({ length: movementsEach }, (_, index) => {
    const minor = BigInt(((n * 7_919 + index * 104_729) % 2_000_000) - 1_000_000);
    return [addDays(period.from, (n + index * 5) % 31), minor] as const;
  });
  return { opening: BigInt((n % 1_000) * 100_000 - 20_000_000), movements: new Map(movements) };
}

function time(interest: string, members: number, work: () => unknown): InterestRow {
  const started = performance.now();
  work();
  const milliseconds = performance.now() - started;
  return {
    interest,
    members,
    movementsEach,
    milliseconds: Math.round(milliseconds * 10) / 10,
    nanosecondsPerMember: Math.round((milliseconds * 1e6) / members),
  };
}

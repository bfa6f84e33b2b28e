import { instantOf } from '../../../../shared/calendar/local-time.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../../../shared/time/durations.ts';
import { defaultRails } from '../../routing/default-rails.ts';
import { feeOf } from '../../routing/tariff.ts';
import type { BankOrder, BankState, CollectionOrder } from '../bank-gateway.ts';

/** What is done at once is told as accepted, and a second later as settled. */
const SETTLING_MS = 1_000;
const CLEARING_MS = 30 * MINUTE_MS;

/** What the sandbox bank says of an order, and when. */
export interface SandboxAnswer {
  readonly state: BankState;
  /** When it is told, in milliseconds after the hand-over; `at` where it speaks of an earlier moment. */
  readonly afterMs: number;
  readonly atMs?: number;
  readonly code?: string;
  readonly text?: string;
  /** SETTLED, RETURNED: minor units. */
  readonly amount?: bigint;
  /** SETTLED: what the bank charges us, minor units. */
  readonly fee?: bigint;
}

/**
 * How a hand-over goes. LOST: it times out and nothing arrives. TIMES_OUT: it times out though the bank has it.
 * RAIL_DOWN: the rail takes nothing now.
 */
export type SandboxHandover = 'TAKEN' | 'LOST' | 'TIMES_OUT' | 'RAIL_DOWN';

interface Rule {
  /** The last four digits of the counterparty's account number: the payer's, or the payee's. */
  readonly suffix: string;
  readonly does: string;
  readonly handover?: (order: BankOrder) => SandboxHandover;
  /** In place of a plain settlement. */
  readonly answers?: (order: BankOrder, settled: SandboxAnswer, isFirst: boolean) => readonly SandboxAnswer[];
}

const accepted: SandboxAnswer = { state: 'ACCEPTED', afterMs: 0 };

const rejected = (code: string, text: string): readonly SandboxAnswer[] => [
  accepted,
  { state: 'REJECTED', afterMs: SETTLING_MS, code, text },
];
const tooLittle = rejected('AM04', 'Insufficient funds');

/** The published rules. Every account that is not named here settles, and so does a payment where a rule is of mandates. */
export const sandboxRules: readonly Rule[] = [
  {
    suffix: '0001',
    does: 'insufficient funds (AM04) the first time that an agreement is asked for an amount; settles when tried again as another order',
    answers: ({ mandate }, settled, isFirst) => (mandate && isFirst ? tooLittle : [accepted, settled]),
  },
  { suffix: '0002', does: 'insufficient funds (AM04), always', answers: () => tooLittle },
  { suffix: '0003', does: 'closed account (AC04)', answers: () => rejected('AC04', 'Account closed') },
  {
    suffix: '0004',
    does: 'the payer has revoked the mandate at its bank (MD01)',
    answers: ({ mandate }, settled) => (mandate ? rejected('MD01', 'No mandate') : [accepted, settled]),
  },
  {
    suffix: '0005',
    does: 'the hand-over times out though the bank has taken it: `UNKNOWN`, then a query tells',
    handover: () => 'TIMES_OUT',
  },
  {
    suffix: '0006',
    does: 'the hand-over times out and the bank has nothing; handed over again, it is taken and settles',
    handover: () => 'LOST',
  },
  {
    suffix: '0007',
    does: 'no word for 26 hours, then settled',
    answers: (_, settled) => [{ ...settled, afterMs: Math.max(settled.afterMs, 26 * HOUR_MS) }],
  },
  {
    suffix: '0008',
    does: 'settles; every answer comes twice, the second time ten minutes later',
    answers: (_, settled) =>
      [accepted, settled].flatMap((one) => [one, { ...one, afterMs: one.afterMs + 10 * MINUTE_MS, atMs: one.afterMs }]),
  },
  {
    suffix: '0009',
    does: 'answers out of order: settled, and an hour later accepted',
    answers: (_, settled) => [settled, { ...accepted, afterMs: settled.afterMs + HOUR_MS, atMs: accepted.afterMs }],
  },
  {
    suffix: '0010',
    does: 'settles, and comes back whole two days later (退汇, MS02)',
    answers: ({ amount }, settled) => [
      accepted,
      settled,
      {
        state: 'RETURNED',
        afterMs: settled.afterMs + 2 * DAY_MS,
        amount,
        code: 'MS02',
        text: 'Returned by the other side',
      },
    ],
  },
  {
    suffix: '0011',
    does: 'the payer has half of the amount: taken, rounded up to the minor unit, where the order allows a part; else insufficient funds (AM04)',
    answers: (order, settled) => {
      if (!order.mandate) return [accepted, settled];
      return order.partial ? [accepted, { ...settled, ...taking((order.amount + 1n) / 2n, order) }] : tooLittle;
    },
  },
  {
    suffix: '0012',
    does: 'BEPS and IBPS are down and do not take the message; other rails do',
    handover: ({ railKind }) => (railKind === 'BEPS' || railKind === 'IBPS' ? 'RAIL_DOWN' : 'TAKEN'),
  },
  {
    suffix: '0013',
    does: 'the message is taken, and this order refused because the other bank is offline (AB10)',
    answers: () => rejected('AB10', 'The other bank is offline'),
  },
  { suffix: '0014', does: 'blocked account (AC06)', answers: () => rejected('AC06', 'Account blocked') },
  {
    suffix: '0015',
    does: 'a limit of the bank is used up for the day (AM14)',
    answers: () => rejected('AM14', 'Limit used up'),
  },
];

const rules = new Map(sandboxRules.map((rule) => [rule.suffix, rule]));
const ruleOf = ({ counterparty }: BankOrder) => rules.get(counterparty.number.slice(-4));

export function handoverOf(order: BankOrder): SandboxHandover {
  return ruleOf(order)?.handover?.(order) ?? 'TAKEN';
}

/** Whether the answers hang on whether it is the first order of its agreement for its amount. */
export function asksWhetherFirst(order: BankOrder): order is CollectionOrder {
  return order.mandate !== undefined && order.counterparty.number.endsWith('0001');
}

/**
 * What the sandbox bank answers to an order, in the order of its telling. Limits and fees are those of the common rails;
 * the limit is looked at before the account.
 */
export function answersTo(order: BankOrder, handedAt: Date, isFirst = true): readonly SandboxAnswer[] {
  const { amount, currency, railKind } = order;
  const rail = commonRail(order);
  if (rail?.maximum !== undefined && rail.currency === currency && amount > rail.maximum) {
    return rejected('AM02', `Above the limit of ${railKind} for one item`);
  }
  const settled: SandboxAnswer = {
    state: 'SETTLED',
    afterMs: settlementAt(order, handedAt).getTime() - handedAt.getTime(),
    ...taking(amount, order),
  };
  const answers = ruleOf(order)?.answers?.(order, settled, isFirst) ?? [accepted, settled];
  return answers.toSorted((one, other) => one.afterMs - other.afterMs);
}

function commonRail({ railKind }: BankOrder) {
  return defaultRails.find(({ kind }) => kind === railKind);
}

function taking(amount: bigint, order: BankOrder): Pick<SandboxAnswer, 'amount' | 'fee'> {
  const rail = commonRail(order);
  return { amount, ...(rail && rail.currency === order.currency && { fee: feeOf(rail.tariff, amount, false) }) };
}

/**
 * BEPS settles with the next clearing, at every full and half hour; HVPS on its business date, from 08:30 in Shanghai on,
 * and a file on its own from 09:00 in Berlin on; everything else at once.
 */
function settlementAt({ railKind, businessDate }: BankOrder, handedAt: Date): Date {
  const soonest = handedAt.getTime() + SETTLING_MS;
  switch (railKind) {
    case 'BEPS':
      return new Date((Math.floor(handedAt.getTime() / CLEARING_MS) + 1) * CLEARING_MS);
    case 'HVPS':
      return new Date(Math.max(soonest, instantOf(businessDate, '08:30', 'Asia/Shanghai').getTime()));
    case 'FILE':
      return new Date(Math.max(soonest, instantOf(businessDate, '09:00', 'Europe/Berlin').getTime()));
    default:
      return new Date(soonest);
  }
}

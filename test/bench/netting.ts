import { netCycle } from '../../functions/netting/cycle/net-cycle.ts';
import { foldLines } from '../../functions/netting/lines/fold-lines.ts';
import type { ObligationLine } from '../../functions/netting/lines/obligation-line.ts';
import { fewestPayments } from '../../functions/netting/payments/fewest-payments.ts';
import { mostZeroSumGroups } from '../../functions/netting/payments/most-groups.ts';
import { takeOppositePairs } from '../../functions/netting/payments/opposite-pairs.ts';
import { payBiggestFirst } from '../../functions/netting/payments/pay-biggest-first.ts';
import { takeSmallGroups } from '../../functions/netting/payments/small-groups.ts';
import { bilateralMatrix } from '../../functions/netting/positions/bilateral-matrix.ts';
import { netPositions } from '../../functions/netting/positions/net-positions.ts';
import type { NetPosition } from '../../functions/netting/positions/position.ts';
import type { QueuedPayment, QueueState } from '../../functions/netting/queue/queued-payment.ts';
import { resolveQueue } from '../../functions/netting/queue/resolve-queue.ts';
import type { NettingTerms } from '../../functions/netting/terms/netting-terms.ts';
import type { BenchTable } from './bench-table.ts';

const sizes = [1_000, 10_000, 100_000, 1_000_000];
const participantsMax = 10_000;
const currencies = ['CNY', 'USD', 'EUR'];

/** Netting without storage: what a cycle is worked out from and to, and a queue that is resolved. Figures are medians. */
export function benchNetting(): { readonly tables: readonly BenchTable[] } {
  return {
    tables: [
      {
        title: 'Obligations netted: milliseconds, and the most memory the process has had',
        rows: sizes.map(positionsRow),
      },
      { title: 'Payments of open positions, DIRECT', rows: [10, 100, 1_000, 10_000].flatMap(paymentsRows) },
      { title: 'Queued payments resolved', rows: [1_000, 10_000, 100_000].flatMap(queueRows) },
      {
        title: 'Payments by the search (pairs, threes, fours, then the biggest first), against the fewest there are',
        rows: [1_000n, 100n, 20n].flatMap((amount) => [6, 8, 10, 12, 16].map((count) => distanceRow(count, amount))),
      },
    ],
  };
}

/** 1 to `count`, the same each time: a linear congruential sequence. */
function sequence(seed: number): (count: number) => number {
  let state = seed;
  return (count) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return 1 + Math.floor((state / 2 ** 32) * count);
  };
}

function medianOf(runs: number, run: () => unknown): number {
  return medianTimes(runs, run).wall;
}

/** Milliseconds by the clock, and of processors, which do not count what else runs on a shared machine. */
function medianTimes(runs: number, run: () => unknown): { readonly wall: number; readonly cpu: number } {
  const walls: number[] = [];
  const cpus: number[] = [];
  for (let n = 0; n < runs; n += 1) {
    const [started, before] = [performance.now(), process.cpuUsage()];
    run();
    walls.push(performance.now() - started);
    const { user, system } = process.cpuUsage(before);
    cpus.push((user + system) / 1_000);
  }
  const median = (times: number[]) => times.sort((one, other) => one - other)[Math.floor(runs / 2)] ?? 0;
  return { wall: Math.round(median(walls) * 10) / 10, cpu: Math.round(median(cpus) * 10) / 10 };
}

function positionsRow(obligations: number) {
  const participants = Math.min(participantsMax, obligations / 10);
  const lines = linesOf(obligations, participants);
  const { included } = foldLines(lines, 'INCLUDED');
  const home = { homeCurrency: 'CNY', payments: 'DIRECT', mode: 'MULTILATERAL' } as const;
  const none = { bilateralLimits: [], netDebitLimits: [], excludedPairs: [], unconfirmed: 'INCLUDED' } as const;
  const terms: NettingTerms = { ...home, ...none, minimumPayments: new Map([['CNY', 10_000n]]) };
  const rate = { numerator: 71_234n, denominator: 10_000n };
  const rates = new Map([
    ['USD', rate],
    ['EUR', rate],
  ]);
  const first = medianTimes(1, () => netPositions(included));
  const positions = medianTimes(5, () => netPositions(included));
  const megabytesMost = mostMegabytes();
  const matrix = medianTimes(3, () => bilateralMatrix(included));
  const cycle = medianTimes(3, () => netCycle({ obligations: included, carriedIn: [], rates }, terms));
  return {
    ...{ obligations, participants, fold: medianOf(3, () => foldLines(lines, 'INCLUDED')) },
    ...{ positionsFirst: first.wall, positions: positions.wall, positionsCpu: positions.cpu, megabytesMost },
    ...{ matrix: matrix.wall, matrixCpu: matrix.cpu, cycle: cycle.wall, cycleCpu: cycle.cpu },
    megabytesWithCycle: mostMegabytes(),
  };
}

function times({ wall, cpu }: { readonly wall: number; readonly cpu: number }) {
  return { milliseconds: wall, cpuMilliseconds: cpu };
}

function mostMegabytes(): number {
  return Math.round(process.resourceUsage().maxRSS / 1_024);
}

/** Read from text, as lines of a cycle are, so that names are strings of their own. */
function linesOf(count: number, participants: number): ObligationLine[] {
  const next = sequence(7);
  return Array.from({ length: count }, (_, n): ObligationLine => {
    const payer = next(participants);
    const payee = 1 + ((payer - 1 + next(participants - 1)) % participants);
    const text = `["INV-2025-${next(9)}${n}","SUBSIDIARY-${payer}","SUBSIDIARY-${payee}"]`;
    const [reference, from, to] = JSON.parse(text) as [string, string, string];
    const currency = currencies[n % currencies.length] ?? 'CNY';
    const amount = BigInt(next(100_000_000));
    return { reference, version: 1, payer: from, payee: to, currency, amount, state: 'CONFIRMED' };
  });
}

/** Amounts of cents up to a million, and of whole thousands up to a million, where groups are many. */
function paymentsRows(open: number) {
  return [
    { amounts: 'cents', biggest: 100_000_000, unit: 1n },
    { amounts: 'thousands', biggest: 1_000, unit: 100_000n },
  ].map(({ amounts, biggest, unit }) => {
    const positions = openPositions(open, biggest, unit);
    const { legs, fewest } = fewestPayments(positions);
    return {
      ...{
        openPositions: open,
        amounts,
        payments: legs.length,
        biggestFirst: payBiggestFirst(positions).length,
        fewest,
      },
      ...times(medianTimes(5, () => fewestPayments(positions))),
    };
  });
}

function openPositions(count: number, biggest: number, unit: bigint): NetPosition[] {
  const next = sequence(count);
  const nets = Array.from({ length: count - 1 }, () => BigInt(next(biggest)) * (next(2) === 1 ? unit : -unit));
  const last = -nets.reduce((sum, net) => sum + net, 0n);
  // The last one takes what is over; where that is nothing, it and another are one unit off.
  const all = last === 0n ? [...nets.slice(1), (nets[0] ?? 0n) - unit, unit] : [...nets, last];
  return all.map((net, at) => ({ party: `SUBSIDIARY-${at}`, currency: 'CNY', net }));
}

function queueRows(queued: number) {
  return Object.entries({
    scattered: scatteredQueue(queued),
    ring: ringQueue(queued, 0n),
    'broken ring': ringQueue(queued, 1n),
  }).map(([queue, state]) => {
    const { sets, waiting } = resolveQueue(state);
    const value = state.payments.reduce((sum, { amount }) => sum + amount, 0n);
    const waits = waiting.reduce((sum, { payment }) => sum + payment.amount, 0n);
    return {
      ...{ queue, queued, participants: state.available.size },
      ...{
        settled: queued - waiting.length,
        sets: sets.length,
        valuePercent: Number(((value - waits) * 100n) / value),
      },
      ...times(medianTimes(5, () => resolveQueue(state))),
    };
  });
}

/** Everybody pays everybody, with money for a small part of it, and every tenth has a bilateral limit. */
function scatteredQueue(queued: number): QueueState {
  const next = sequence(11);
  const participants = queued / 10;
  const payments = Array.from({ length: queued }, (_, n): QueuedPayment => {
    const payer = next(participants);
    const payee = 1 + ((payer - 1 + next(participants - 1)) % participants);
    return { id: `PAY-${n}`, payer: `BANK-${payer}`, payee: `BANK-${payee}`, amount: BigInt(next(1_000_000)) };
  });
  const available = new Map(Array.from({ length: participants }, (_, at) => [`BANK-${at + 1}`, BigInt(next(500_000))]));
  const limited = payments.filter((_, n) => n % 100 === 0);
  const bilateralLimits = new Map(limited.map(({ payer, payee }) => [payer, new Map([[payee, 400_000n]])]));
  return { payments, available, bilateralLimits };
}

/** Each pays the next, the last the first; all together, or (one unit short in the last) none, each one dropped after the other. */
function ringQueue(queued: number, short: bigint): QueueState {
  const payments = Array.from({ length: queued }, (_, n): QueuedPayment => {
    const amount = n === queued - 1 ? 1_000n + short : 1_000n;
    return { id: `PAY-${n}`, payer: `BANK-${n}`, payee: `BANK-${(n + 1) % queued}`, amount };
  });
  return { payments, available: new Map(payments.map(({ payer }) => [payer, 0n])) };
}

const instances = 500;

/** Random open positions of whole amounts up to `amount`. The search is used beyond twelve; here it is without its exact end. */
function distanceRow(count: number, amount: bigint) {
  const next = sequence(count + Number(amount));
  const found = { fewest: 0, search: 0, biggestFirst: 0, asFew: 0, mostOver: 0 };
  for (let n = 0; n < instances; n += 1) {
    const positions = openPositionsOf(next, count, Number(amount));
    const fewest = count - mostZeroSumGroups(positions.map(({ net }) => net)).length;
    const search = searchedOnly(positions);
    found.fewest += fewest;
    found.search += search;
    found.biggestFirst += payBiggestFirst(positions).length;
    found.asFew += search === fewest ? 1 : 0;
    found.mostOver = Math.max(found.mostOver, search - fewest);
  }
  const mean = (sum: number) => Math.round((sum * 1_000) / instances) / 1_000;
  return {
    ...{ openPositions: count, amountsTo: Number(amount), instances },
    ...{ fewest: mean(found.fewest), search: mean(found.search), biggestFirst: mean(found.biggestFirst) },
    ...{ asFewPercent: mean(found.asFew * 100), mostOver: found.mostOver },
  };
}

function openPositionsOf(next: (count: number) => number, count: number, amount: number): NetPosition[] {
  for (;;) {
    const nets = Array.from({ length: count - 1 }, () => BigInt(next(2) === 1 ? next(amount) : -next(amount)));
    const last = -nets.reduce((sum, net) => sum + net, 0n);
    if (last !== 0n) return [...nets, last].map((net, at) => ({ party: `P-${at}`, currency: 'CNY', net }));
  }
}

function searchedOnly(positions: readonly NetPosition[]): number {
  const { groups: pairs, rest } = takeOppositePairs(positions);
  const { groups, rest: left } = takeSmallGroups(rest);
  return [...pairs, ...groups, left].reduce((sum, group) => sum + payBiggestFirst(group).length, 0);
}

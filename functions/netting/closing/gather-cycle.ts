import pLimit from 'p-limit';
import type { Centre } from '../centres/centre.ts';
import { findCentre } from '../centres/keep-centre.ts';
import { readPairs, readParticipants } from '../centres/read-participants.ts';
import { type Cycle, gates } from '../cycles/cycle.ts';
import type { ObligationLine } from '../lines/obligation-line.ts';
import type { ClosingTools } from '../tools.ts';
import type { LockedRate, MissingRate } from './closing.ts';
import type { ClosingBasis } from './decide-closing.ts';
import { readEarlier } from './read-earlier.ts';
import { readRates } from './read-rates.ts';
import { termsOfCentre } from './terms-of-centre.ts';

/** Items of lines that are asked for at once: some 9 KB each. */
const itemsPerRead = 100;
const gatesAtOnceMax = 4;

/** All that a cycle is netted from, and by which version of its centre. */
export interface GatheredCycle extends Omit<ClosingBasis, 'leaveOut' | 'leaveOutParticipants'> {
  readonly centre: Centre;
  readonly lines: readonly ObligationLine[];
  readonly rates: readonly LockedRate[];
  /** Rates that there are none of; whether they are needed depends on the lines. */
  readonly missing: readonly MissingRate[];
  /** References that stand in a later cycle since an earlier closing. */
  readonly movedBefore: readonly string[];
}

/**
 * Reads a cycle by the terms that its centre has now; undefined where it has more lines than `linesMax`. Of one that is shut, all
 * lines are read that its gates have counted, else Error. Throws what reading rates throws.
 */
export async function gatherCycle(
  { store, rateBetween }: ClosingTools,
  cycle: Cycle,
  linesMax = Number.POSITIVE_INFINITY,
): Promise<GatheredCycle | undefined> {
  const { tenant, id, centreId } = cycle;
  const centre = await findCentre(store, { tenant, centreId });
  const counts = await countsOf(store, cycle);
  if (sumOf(counts) > linesMax) return undefined;
  const [pairs, participants, carriedIn, { rates, missing }, earlier] = await Promise.all([
    readPairs(store, centre),
    readParticipants(store, centre),
    store.readCarriedIn(tenant, id),
    readRates(rateBetween, centre, cycle),
    readEarlier(store, cycle),
  ]);
  const lines = await readAllLines(store, cycle, counts);
  const terms = termsOfCentre(centre, pairs, participants);
  const { movedBefore, takenBack } = earlier;
  return { centre, lines, carriedIn: [...carriedIn, ...takenBack], terms, rates, missing, movedBefore };
}

/** How many lines its gates have counted. */
export async function countLines(store: Counting, cycle: Pick<Cycle, 'tenant' | 'id'>): Promise<number> {
  return sumOf(await countsOf(store, cycle));
}

type Counting = Pick<ClosingTools['store'], 'readLineCount'>;

function countsOf(store: Counting, { tenant, id }: Pick<Cycle, 'tenant' | 'id'>): Promise<number[]> {
  return Promise.all(gates.map((gate) => store.readLineCount(tenant, id, gate)));
}

function sumOf(counts: readonly number[]): number {
  return counts.reduce((sum, count) => sum + count, 0);
}

async function readAllLines(
  store: ClosingTools['store'],
  { id, tenant, shutAt }: Cycle,
  counts: readonly number[],
): Promise<ObligationLine[]> {
  const limit = pLimit(gatesAtOnceMax);
  const lines: ObligationLine[] = [];
  const same = interner();
  const readGate = async (gate: number) => {
    let count = 0;
    for (let after: string | undefined; ; ) {
      const items = await store.readLines(tenant, id, gate, after, itemsPerRead);
      for (const item of items) {
        for (const line of item.lines) lines.push(slim(line, same));
        count += item.lines.length;
      }
      after = items.at(-1)?.sk;
      if (items.length < itemsPerRead) break;
    }
    const isWhole = shutAt === undefined || count === counts[gate];
    if (!isWhole) throw new Error(`Gate ${gate} of ${id} has counted ${counts[gate]} lines, and ${count} were read.`);
  };
  await Promise.all(gates.map((gate) => limit(() => readGate(gate))));
  return lines;
}

/** Parties and currencies once each in memory: a large cycle names them millions of times. */
function slim({ reference, payer, payee, currency, amount, version, state }: ObligationLine, same: Same) {
  return { reference, payer: same(payer), payee: same(payee), currency: same(currency), amount, version, state };
}

type Same = (text: string) => string;

function interner(): Same {
  const known = new Map<string, string>();
  return (text) => {
    const found = known.get(text);
    if (found !== undefined) return found;
    known.set(text, text);
    return text;
  };
}

import { decideAndWrite } from '../../../shared/dynamo/decide-and-write.ts';
import { movedAt } from '../journal/journal-keys.ts';
import type { JournalLine } from '../journal/line.ts';
import { packLine } from '../journal/pack-lines.ts';
import { standingLines, turned } from '../journal/standing-lines.ts';
import { dayKey, type OwnerDay } from '../journal/transaction.ts';
import type { JournalingStore } from '../store.ts';
import { sumOfId } from '../sums/sum.ts';
import { refOf } from './open-days.ts';
import type { Settlement } from './settlement.ts';

/**
 * What changes after a day was closed stands in the next settlement of the day. Where it is of what is still to be settled, or split, in
 * the closed one, it goes along with that: what a dispute holds, or a refund takes, is not paid out first and taken back a day later.
 */

type Store = Pick<JournalingStore, 'readBlocks' | 'moveLines' | 'readSettlement' | 'readSplitSums'>;

type HeldStore = Store & Pick<JournalingStore, 'readSettlements' | 'readSequences'>;

/** What leaves less of a share. */
const takes: ReadonlySet<JournalLine['kind']> = new Set(['HELD', 'REFUND', 'FEE_KEPT']);

const blocksAtOnce = 32;
/** Lines that are moved together: some hundred kilobytes. */
const linesAtOnce = 1_000;

/**
 * What disputes hold and refunds take of shares that are in a settlement of a merchant's day goes into it, as long as it is not settled;
 * before that into those before it that do not add up, of which nothing is paid yet.
 */
export async function takeHeldAlong(store: HeldStore, day: OwnerDay): Promise<void> {
  const earlier = Array.from({ length: day.sequence }, (_, sequence) => refOf({ ...day, sequence }));
  const wrong = (earlier.length > 0 ? await store.readSettlements(earlier) : []).filter(isMismatch);
  for (const { sequence } of wrong) await takeHeldFrom(store, { ...day, sequence }, day.sequence);
  await takeHeldFrom(store, day, day.sequence + 1);
}

/** As takeHeldAlong for a settlement that does not add up, out of whatever came for its day since. */
export async function takeHeldSince(store: HeldStore, day: OwnerDay): Promise<void> {
  const open = { ...day, sequence: 0 };
  const now = (await store.readSequences([open])).get(dayKey(open)) ?? 0;
  for (let from = day.sequence + 1; from <= now; from++) await takeHeldFrom(store, day, from);
}

async function takeHeldFrom(store: Store, day: OwnerDay, from: number): Promise<void> {
  await takeAlong(store, day, from, async (later) => {
    const standing = standingLines(later);
    const given = new Set(standing.flatMap((line) => (isGiven(line) ? [subOrderOf(line)] : [])));
    const held = standing.filter((line) => takes.has(line.kind) && !given.has(subOrderOf(line)));
    if (held.length === 0) return [];
    const closed = standingLines(await readLines(store, day));
    const own = new Set(closed.map(subOrderOf));
    // Shares of sums name no order: what refunds take of one goes along where only what is closed has any.
    const ofSums = closed.some(isSumShare) && !standing.some(isSumShare);
    return held.filter((line) => own.has(subOrderOf(line)) || (ofSums && line.kind !== 'HELD'));
  });
}

/** What a sum of a day lost, or has in another amount since it was closed, goes into it as long as it is not split. Whether any did. */
export async function takeSummedAlong(store: Store, day: OwnerDay): Promise<boolean> {
  return takeAlong(store, day, day.sequence + 1, async (later) => {
    const standing = standingLines(later);
    const back = standing.filter(({ takesBack }) => takesBack);
    if (back.length === 0) return [];
    const own = new Set(standingLines(await readLines(store, day)).map(packLine));
    const changed = new Set(back.filter((line) => own.has(packLine(turned(line)))).map(subOrderOf));
    // What is new of them first: as long as what is gone stands there, it is known which orders have changed.
    const moving = standing.filter((line) => changed.has(subOrderOf(line)));
    return [...moving.filter(({ takesBack }) => !takesBack), ...moving.filter(({ takesBack }) => takesBack)];
  });
}

/** Answers whether lines were moved. Throws those of decideAndWrite. */
async function takeAlong(
  store: Store,
  to: OwnerDay,
  sequence: number,
  choose: (later: readonly JournalLine[]) => Promise<readonly JournalLine[]>,
): Promise<boolean> {
  const from = { ...to, sequence };
  const moveSome = () =>
    decideAndWrite(async () => {
      const later = await readLines(store, from);
      const chosen = later.length === 0 ? [] : await choose(later);
      if (chosen.length === 0 || (await isDone(store, to)) || (await isDone(store, from))) return { answer: false };
      const { blocks } = await store.readBlocks(to, { from: movedAt(to), count: blocksAtOnce });
      const times = blocks.filter(({ place }) => place.startsWith(movedAt(to))).length;
      const lines = chosen.slice(0, linesAtOnce);
      return { answer: true, write: () => store.moveLines({ from, to, lines, times }) };
    });
  let hasMoved = false;
  while (await moveSome()) hasMoved = true;
  return hasMoved;
}

async function isDone(store: Store, day: OwnerDay): Promise<boolean> {
  const { tenant, marketId, owner, date, sequence } = day;
  if (owner.kind !== 'SUM') return (await store.readSettlement(refOf(day)))?.state === 'SETTLED';
  const splits = await store.readSplitSums({ tenant, marketId, sum: sumOfId(owner.id), date });
  return splits.some((split) => split.sequence === sequence);
}

async function readLines(store: Store, day: OwnerDay): Promise<JournalLine[]> {
  const lines: JournalLine[] = [];
  let behind: string | undefined;
  do {
    const place = behind === undefined ? {} : { behind };
    const { blocks, isLast } = await store.readBlocks(day, { ...place, count: blocksAtOnce });
    lines.push(...blocks.flatMap((block) => block.lines));
    behind = isLast ? undefined : blocks.at(-1)?.place;
  } while (behind !== undefined);
  return lines;
}

function isMismatch({ state }: Settlement): boolean {
  return state === 'MISMATCH';
}

function isGiven({ kind }: JournalLine): boolean {
  return kind === 'SHARE' || kind === 'RELEASED';
}

function isSumShare({ kind }: JournalLine): boolean {
  return kind === 'SUM_SHARE';
}

function subOrderOf(line: JournalLine): string {
  return 'subOrderNo' in line ? JSON.stringify([line.orderNo, line.subOrderNo]) : '';
}

import { toItem } from '../../../shared/dynamo/items.ts';
import { itemBytes } from '../../../shared/dynamo/write-units.ts';
import { deriveId } from '../../../shared/identifiers/id.ts';
import { type ChannelDay, ChannelDays } from './channel-day.ts';
import { type Owner, ownerKey } from './entry.ts';
import { addFigures, type Figures, figuresOf, noFigures } from './figures.ts';
import { legsOfLine } from './legs-of-line.ts';
import { isMarketLine } from './line.ts';
import { cutPostings, legsPerPostingMax, netLegs, pairKey } from './net-legs.ts';
import { packLine } from './pack-lines.ts';
import type { RoleLeg } from './role-legs.ts';
import type { Parked, Position, Step } from './step.ts';
import { type DayRef, dayKey, type JournalTransaction, type OwnerDay } from './transaction.ts';

/** DynamoDB takes 100. */
export const itemsPerTransactionMax = 90;
/**
 * Bytes of lines in one item. A transaction pays two units for each kilobyte that is begun, so half a kilobyte is lost for an item
 * on the average, and 150 bytes for its key: two in a hundred of 32 KB. Larger ones gain nothing that counts, would break the
 * 4 MB that a transaction carries, and are read whole for one page of lines.
 */
export const bytesPerBlockMax = 32 * 1024;

/** The record and its two images. */
const itemsPerParked = 3;
/** Bytes of records that are put aside in a transaction, beside blocks: but for the first, which may have two whole items. */
export const parkedBytesMax = 800 * 1024;

/** Sequence of a day in a group; none noted where it was never closed. */
export type Sequences = ReadonlyMap<string, number>;

type LineStep = Extract<Step, { readonly work: 'LINE' }>;

interface OwnerDraft extends OwnerDay {
  figures: Figures;
  readonly blocks: string[];
}

interface MarketDraft {
  readonly tenant: string;
  readonly marketId: string;
  readonly legs: RoleLeg[];
  readonly pairs: Set<string>;
  /** Of its lines of payments. */
  readonly paid: ChannelDays;
}

/** A transaction that is being filled. */
export class TransactionDraft {
  private readonly name: readonly string[];
  private readonly from: Position | undefined;
  private readonly sequences: Sequences;
  private to: Position | undefined;
  private items = 1;
  private readonly days = new Map<string, DayRef & { readonly sequence: number }>();
  private readonly owners = new Map<string, OwnerDraft>();
  private readonly markets = new Map<string, MarketDraft>();
  private readonly parked: Parked[] = [];
  private parkedBytes = 0;

  /** `name` is of where the records come from; with the position that is reached it names what is posted. */
  constructor(name: readonly string[], from: Position | undefined, sequences: Sequences) {
    this.name = name;
    this.from = from;
    this.sequences = sequences;
  }

  /** Takes a step, or tells that it does not fit any more. */
  take(step: Step): boolean {
    const more = step.work === 'PARK' ? itemsPerParked : this.itemsFor(step);
    const bytes = step.work === 'PARK' ? bytesOf(step.parked) : 0;
    const isTooLarge = this.parkedBytes > 0 && this.parkedBytes + bytes > parkedBytesMax;
    if (this.to !== undefined && (isTooLarge || this.items + more > itemsPerTransactionMax)) return false;
    this.items += more;
    this.parkedBytes += bytes;
    this.to = { at: step.at, done: step.place + 1 };
    if (step.work === 'PARK') this.parked.push(step.parked);
    else this.add(step);
    return true;
  }

  done(): JournalTransaction | undefined {
    const { from, to } = this;
    if (to === undefined) return undefined;
    const markets = [...this.markets.values()];
    const postings = markets.flatMap(({ tenant, marketId, legs, paid }) =>
      cutPostings(netLegs(legs)).map((cut, place) => {
        const id = deriveId('pst', tenant, marketId, ...this.name, to.at, `${to.done}`, `${place}`);
        const booked = paidBy(cut, paid.all());
        return { tenant, id, marketId, legs: cut, ...(booked.length > 0 && { paid: booked }) };
      }),
    );
    const owners = [...this.owners.values()];
    return { from, to, days: [...this.days.values()], owners, postings, parked: this.parked };
  }

  /** Items that the step adds: of the owner's day a block and its total, of the market's day its fence, a posting. */
  private itemsFor(step: LineStep): number {
    const { owner, day } = this.placeOf(step);
    const line = packLine(step.entry.line);
    const draft = this.owners.get(ownerDayKey(owner));
    const ofOwner = !draft ? 2 : isFull(draft, line) ? 1 : 0;
    const ofDay = day && !this.days.has(dayKey(day)) ? 1 : 0;
    return ofOwner + ofDay + this.postingsFor(step);
  }

  private postingsFor(step: LineStep): number {
    const pairs = this.markets.get(marketKey(step))?.pairs ?? new Set<string>();
    const fresh = legsOfLine(step.entry).filter(({ debit, credit }) => !pairs.has(pairKey(debit, credit)));
    return postingsOf(pairs.size + fresh.length) - postingsOf(pairs.size);
  }

  private add(step: LineStep): void {
    const { owner, day } = this.placeOf(step);
    if (day) this.days.set(dayKey(day), { ...day, sequence: owner.sequence });
    const draft = this.owners.get(ownerDayKey(owner)) ?? { ...owner, figures: noFigures, blocks: [] };
    this.owners.set(ownerDayKey(owner), draft);
    const line = packLine(step.entry.line);
    const last = draft.blocks.pop();
    if (last === undefined) draft.blocks.push(line);
    else if (fits(last, line)) draft.blocks.push(`${last}\n${line}`);
    else draft.blocks.push(last, line);
    draft.figures = addFigures(draft.figures, figuresOf(step.entry.line));
    this.addToMarket(step);
  }

  private addToMarket(step: LineStep): void {
    const market = this.markets.get(marketKey(step)) ?? newMarket(step);
    this.markets.set(marketKey(step), market);
    for (const leg of legsOfLine(step.entry)) {
      market.legs.push(leg);
      market.pairs.add(pairKey(leg.debit, leg.credit));
    }
    const { line, date } = step.entry;
    if (isMarketLine(line) && line.kind === 'PAYMENT') market.paid.add(line, date);
  }

  /** Days of the market itself are never closed: nothing is paid out by them. */
  private placeOf({ tenant, marketId, group, entry }: LineStep): { readonly owner: OwnerDay; readonly day?: DayRef } {
    const { owner, date } = entry;
    const day: DayRef = { tenant, marketId, date, group };
    if (owner.kind === 'MARKET') return { owner: { ...day, owner, sequence: 0 } };
    return { owner: { ...day, owner, sequence: this.sequences.get(dayKey(day)) ?? 0 }, day };
  }
}

function ownerDayKey({ tenant, owner, date }: Pick<OwnerDay, 'tenant' | 'date'> & { readonly owner: Owner }): string {
  return `${tenant}#${ownerKey(owner)}#${date}`;
}

function marketKey({ tenant, marketId }: Pick<LineStep, 'tenant' | 'marketId'>): string {
  return `${tenant}#${marketId}`;
}

function newMarket({ tenant, marketId }: LineStep): MarketDraft {
  return { tenant, marketId, legs: [], pairs: new Set(), paid: new ChannelDays() };
}

/** What of payments legs book: all of a channel goes through one pair of accounts. */
function paidBy(legs: readonly RoleLeg[], paid: readonly ChannelDay[]): ChannelDay[] {
  const booked = new Set(legs.flatMap(({ debit, credit }) => [debit, credit]));
  return paid.filter(({ channelId }) => booked.has(`channel:${channelId}`));
}

function bytesOf({ before, after }: Parked): number {
  return [before, after].reduce((sum, image) => sum + (image ? itemBytes(toItem(image)) : 0), 0);
}

function postingsOf(pairs: number): number {
  return Math.ceil(pairs / legsPerPostingMax);
}

function isFull({ blocks }: OwnerDraft, line: string): boolean {
  return !fits(blocks.at(-1) ?? '', line);
}

function fits(block: string, line: string): boolean {
  return Buffer.byteLength(block) + 1 + Buffer.byteLength(line) <= bytesPerBlockMax;
}

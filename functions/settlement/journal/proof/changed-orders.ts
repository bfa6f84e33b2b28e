import type { PlainDate } from '../../../../shared/calendar/plain-date.ts';
import type { Plain } from '../../../../shared/dynamo/items.ts';
import type { Order } from '../../orders/order.ts';
import { orderFromPlain } from '../../orders/order-items.ts';
import { type Entry, type Owner, ownerKey } from '../entry.ts';
import { linesOf } from '../lines-between.ts';
import { daysOfOrder, figuresOn, type OrderFigures } from '../order-figures.ts';
import { lineDigest } from './line-digest.ts';
import { Movement } from './movement.ts';

/** Before anything. */
export const firstDay = '0000-01-01';

/** An order whose lines in the journal are not those that it means. */
export interface LostOrder {
  readonly orderNo: string;
  readonly changedOn: PlainDate;
  /** Why its lines cannot be told; none where the journal has not got them. */
  readonly reason?: string;
}

/** An order whose lines are looked for. */
export interface SoughtOrder {
  readonly revision: number;
  /** Of the lines that it means, less those that were found. */
  digest: bigint;
}

/** Days of one owner on which lines of orders stand. */
export interface OwnerDays {
  readonly owner: Owner;
  readonly dates: ReadonlySet<PlainDate>;
}

interface ChangedDay {
  readonly sought: Map<string, SoughtOrder>;
  readonly owners: Map<string, { readonly owner: Owner; readonly dates: Set<PlainDate> }>;
  readonly unreadable: LostOrder[];
}

/** How many orders are in memory. */
export interface HeldLimits {
  /** Beyond so many the last days are left for another time, */
  readonly ordersMax: number;
  /** unless there is but one, or only days that are not over: these go together, so many at most. */
  readonly dayMax: number;
  readonly over: PlainDate;
  /** What another time found to be as much as fits: days behind it are left from the beginning. */
  readonly upTo?: PlainDate;
}

/** More orders were changed on one day than fit into memory. */
export class DayTooLargeError extends Error {
  override readonly name = 'DayTooLargeError';
}

/**
 * Orders of a market that were changed behind a day: by how much each of the days since moved the figures of the market, and which
 * lines they mean. Where they are too many to have in memory, the last days are left for another time; `until` is the last it tells of.
 */
export class ChangedOrders {
  until: PlainDate | undefined;
  /** The first day of an order that does not even say what it came to; the first of all days where that is not known either. */
  hiddenFrom: PlainDate | undefined;
  private readonly behind: PlainDate | undefined;
  private readonly limits: HeldLimits;
  private readonly movements = new Map<PlainDate, Movement>();
  private readonly days = new Map<PlainDate, ChangedDay>();
  private held = 0;

  constructor(behind: PlainDate | undefined, limits: HeldLimits) {
    this.behind = behind;
    this.limits = limits;
    this.until = limits.upTo;
  }

  /** Throws DayTooLargeError. */
  add(item: Plain): void {
    const changedOn = String(item.changedOn);
    let hasFigures = false;
    try {
      const order = orderFromPlain(item);
      this.move(daysOfOrder(order));
      hasFigures = true;
      if (this.isLeft(changedOn)) return;
      this.seek(this.dayOf(changedOn), order, linesOf(order));
    } catch (error) {
      if (!hasFigures) this.hide(item);
      if (this.isLeft(changedOn)) return;
      const reason = error instanceof Error ? error.message : String(error);
      this.dayOf(changedOn).unreadable.push({ orderNo: String(item.sk), changedOn, reason });
    }
    this.held += 1;
    if (this.held > this.limits.ordersMax) this.leaveLast();
  }

  /** What each day moved, in their order. */
  movedOn(): { readonly date: PlainDate; readonly moved: OrderFigures; readonly changed: number }[] {
    return [...this.movements]
      .map(([date, movement]) => ({ date, moved: movement.figures(), changed: this.days.get(date)?.sought.size ?? 0 }))
      .sort((one, other) => (one.date < other.date ? -1 : 1));
  }

  get count(): number {
    return this.held;
  }

  orders(): Map<string, SoughtOrder> {
    return new Map([...this.days.values()].flatMap(({ sought }) => [...sought]));
  }

  /** Orders whose digest is not zero, once all lines were taken off, and those that could not be read. */
  lost(): LostOrder[] {
    return [...this.days].flatMap(([changedOn, { sought, unreadable }]) => [
      ...unreadable,
      ...[...sought].flatMap(([orderNo, { digest }]) => (digest === 0n ? [] : [{ orderNo, changedOn }])),
    ]);
  }

  ownerDays(): OwnerDays[] {
    const all = new Map<string, { readonly owner: Owner; readonly dates: Set<PlainDate> }>();
    for (const { owners } of this.days.values()) {
      for (const [key, { owner, dates }] of owners) {
        const known = all.get(key) ?? { owner, dates: new Set<PlainDate>() };
        all.set(key, known);
        for (const date of dates) known.dates.add(date);
      }
    }
    return [...all.values()];
  }

  private move(days: ReturnType<typeof daysOfOrder>): void {
    let before = figuresOn(days, this.behind);
    for (const day of days) {
      if (this.behind !== undefined && day.on <= this.behind) continue;
      if (this.isLeft(day.on)) return;
      const movement = this.movements.get(day.on) ?? new Movement();
      this.movements.set(day.on, movement);
      movement.add(before, day);
      before = day;
    }
  }

  private seek({ sought, owners }: ChangedDay, { no, revision }: Order, entries: readonly Entry[]): void {
    const digest = entries.reduce((sum, entry) => sum + lineDigest(entry), 0n);
    sought.set(no, { revision, digest });
    for (const { owner, date } of entries) {
      const known = owners.get(ownerKey(owner)) ?? { owner, dates: new Set<PlainDate>() };
      owners.set(ownerKey(owner), known);
      known.dates.add(date);
    }
  }

  private hide({ firstOn = firstDay }: Plain): void {
    const from = String(firstOn);
    if (this.hiddenFrom === undefined || from < this.hiddenFrom) this.hiddenFrom = from;
  }

  private isLeft(date: PlainDate): boolean {
    return this.until !== undefined && date > this.until;
  }

  private dayOf(date: PlainDate): ChangedDay {
    const day = this.days.get(date) ?? { sought: new Map(), owners: new Map(), unreadable: [] };
    this.days.set(date, day);
    return day;
  }

  private leaveLast(): void {
    const { dayMax, over } = this.limits;
    const dates = [...this.days.keys()].sort();
    const last = dates.at(-1) ?? over;
    const next = dates.findLast((date) => date < last && date <= over);
    if (next === undefined) {
      if (this.held <= dayMax) return;
      throw new DayTooLargeError(`More than ${dayMax} orders were changed last on ${last}.`);
    }
    for (const [date, { sought, unreadable }] of this.days) {
      if (date <= next) continue;
      this.held -= sought.size + unreadable.length;
      this.days.delete(date);
    }
    this.until = next;
    for (const date of this.movements.keys()) if (date > next) this.movements.delete(date);
  }
}

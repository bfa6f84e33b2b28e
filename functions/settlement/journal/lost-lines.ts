import type { PlainDate } from '../../../shared/calendar/plain-date.ts';
import type { Order } from '../orders/order.ts';
import { type Entry, type Owner, ownerKey } from './entry.ts';
import { isMarketLine, type JournalLine } from './line.ts';
import { linesOf } from './lines-between.ts';
import { opposite, original } from './opposite.ts';
import { packLine } from './pack-lines.ts';

/** Lines that stand together in the journal: of one owner on one day. */
export interface WrittenLines {
  readonly tenant: string;
  /** As ownerKey makes it. */
  readonly owner: string;
  readonly date: PlainDate;
  readonly lines: readonly JournalLine[];
}

/** What is to be written of an order so that its lines are what it means as it stands. */
export interface LostLines {
  readonly order: Pick<Order, 'tenant' | 'no' | 'marketId' | 'revision'>;
  readonly entries: readonly Entry[];
}

interface Balance {
  readonly order: LostLines['order'];
  /** By what a line says and where: how often it should stand there, less how often it does. */
  readonly lines: Map<string, { readonly entry: Entry; readonly count: number }>;
}

/**
 * Compares orders with all that was ever written of them, whichever changes the journal saw: first it is told of the orders, then of
 * lines, those of other orders too.
 */
export class LinesOfOrders {
  private readonly orders = new Map<string, Balance>();

  /** Throws where its lines cannot be computed. */
  expect(order: Order): void {
    const entries = linesOf(order);
    const { tenant, no, marketId, revision } = order;
    const balance: Balance = { order: { tenant, no, marketId, revision }, lines: new Map() };
    for (const entry of entries) add(balance, entry, 1);
    this.orders.set(orderKey(tenant, no), balance);
  }

  take({ tenant, owner, date, lines }: WrittenLines): void {
    for (const line of lines) {
      const balance = line.orderNo === undefined ? undefined : this.orders.get(orderKey(tenant, line.orderNo));
      if (!balance) continue;
      const entry: Entry = { id: '', owner: ownerOf(owner, line), date, line };
      if (line.takesBack) add(balance, original(entry), 1);
      else add(balance, entry, -1);
    }
  }

  /** Orders whose lines are not what they mean, with what is lacking, and the opposite of what should not be there. */
  lost(): LostLines[] {
    return [...this.orders.values()].flatMap(({ order, lines }) => {
      const entries = [...lines].flatMap(([id, { entry, count }]) => {
        const one = count > 0 ? entry : opposite(entry);
        return Array.from({ length: Math.abs(count) }, () => ({ ...one, id }));
      });
      return entries.length === 0 ? [] : [{ order, entries }];
    });
  }
}

export function orderKey(tenant: string, no: string): string {
  return `${tenant}#${no}`;
}

function add({ lines }: Balance, entry: Entry, count: number): void {
  const key = `${ownerKey(entry.owner)} ${entry.date} ${packLine(entry.line)}`;
  const sum = (lines.get(key)?.count ?? 0) + count;
  if (sum === 0) lines.delete(key);
  else lines.set(key, { entry, count: sum });
}

/** A line says whose days it can stand on. */
function ownerOf(key: string, line: JournalLine): Owner {
  if (line.kind === 'WAITS') return { kind: 'AGENDA', id: key.replace(/^agenda:/, '') };
  if (line.kind === 'SUMMED') return { kind: 'SUM', id: key.replace(/^sum:/, '') };
  const isOfMarket = isMarketLine(line) || line.kind === 'SUBSIDY';
  return { kind: isOfMarket ? 'MARKET' : 'MERCHANT', id: key };
}

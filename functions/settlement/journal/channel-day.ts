import type { PlainDate } from '../../../shared/calendar/plain-date.ts';
import type { MarketLine } from './line.ts';

/** What payments and refunds of a channel come to. Minor units; `fees` is less what the channel gave back. */
export interface ChannelFigures {
  readonly paid: bigint;
  readonly refunded: bigint;
  readonly fees: bigint;
}

/** A channel of a market on a business day. */
export interface ChannelDay extends ChannelFigures {
  readonly channelId: string;
  readonly date: PlainDate;
}

export const noChannelFigures: ChannelFigures = { paid: 0n, refunded: 0n, fees: 0n };

export function channelFiguresOf({ kind, amount, fee }: MarketLine): ChannelFigures {
  if (kind === 'PAYMENT') return { paid: amount, refunded: 0n, fees: fee };
  return { paid: 0n, refunded: -amount, fees: fee };
}

export function addChannelFigures(one: ChannelFigures, other: ChannelFigures): ChannelFigures {
  return { paid: one.paid + other.paid, refunded: one.refunded + other.refunded, fees: one.fees + other.fees };
}

/** Adds up what lines of one market come to by channel and day. */
export class ChannelDays {
  private readonly days = new Map<string, ChannelDay>();

  add(line: MarketLine, date: PlainDate): void {
    const { channelId } = line;
    const before = this.days.get(keyOf(channelId, date)) ?? noChannelFigures;
    const figures = addChannelFigures(before, channelFiguresOf(line));
    this.days.set(keyOf(channelId, date), { channelId, date, ...figures });
  }

  all(): ChannelDay[] {
    return [...this.days.values()];
  }
}

function keyOf(channelId: string, date: PlainDate): string {
  return `${date} ${channelId}`;
}

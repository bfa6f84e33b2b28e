import type { Entry } from './entry.ts';
import {
  type AgendaLine,
  isMarketLine,
  type JournalLine,
  type MarketLine,
  type MerchantLine,
  type SubsidyLine,
  type SumLine,
} from './line.ts';

/** What takes an entry back, on the same day: all its amounts turned round. */
export function opposite(entry: Entry): Entry {
  return { ...entry, line: oppositeLine(entry.line) };
}

/** What an entry took back. */
export function original(entry: Entry): Entry {
  const { takesBack: _, ...line } = oppositeLine(entry.line);
  return { ...entry, line };
}

function oppositeLine(line: JournalLine): JournalLine {
  if (line.kind === 'WAITS') return { ...line, takesBack: true } satisfies AgendaLine;
  if (line.kind === 'SUBSIDY') return { ...line, takesBack: true, amount: -line.amount } satisfies SubsidyLine;
  const turned = {
    takesBack: true as const,
    amount: -line.amount,
    ...(line.coupon !== undefined && { coupon: -line.coupon }),
  };
  if (isMarketLine(line)) {
    return { ...line, ...turned, fee: -line.fee } satisfies MarketLine;
  }
  if (line.kind === 'SUMMED') {
    const { fee, order, cash, room } = line;
    const amounts = { fee: -fee, order: -order, cash: -cash, ...(room !== undefined && { room: -room }) };
    return { ...line, ...turned, ...amounts } satisfies SumLine;
  }
  const { share } = line;
  return { ...line, ...turned, ...(share && { share: { ...share, fee: -share.fee } }) } satisfies MerchantLine;
}

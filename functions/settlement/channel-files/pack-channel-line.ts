import type { PlainDate } from '../../../shared/calendar/plain-date.ts';
import { defined } from '../../../shared/objects/defined.ts';
import type { ThereLine } from '../comparing/compared-line.ts';
import { type ChannelLine, lineKey } from './channel-line.ts';

/** Lines in one block: some 100 bytes each, at most 400 where every number is as long as may be. */
export const linesPerBlock = 800;

/** A line as it is kept; its channel and currency are those of the file. */
export type PackedLine = readonly [
  kind: 'P' | 'R',
  transactionId: string,
  orderNo: string | null,
  refundNo: string | null,
  amount: bigint,
  fee: bigint,
  at: string,
  line: number,
];

export function packChannelLine(read: ChannelLine): PackedLine {
  const { kind, transactionId, orderNo = null, refundNo = null, amount, fee, at, line } = read;
  return [kind === 'PAYMENT' ? 'P' : 'R', transactionId, orderNo, refundNo, amount, fee, at, line];
}

/** As it is compared, on the day of its file. */
export function unpackThereLine(packed: PackedLine, date: PlainDate): ThereLine {
  const [code, transactionId, , refundNo, amount, fee, , line] = packed;
  const kind = code === 'P' ? 'PAYMENT' : 'REFUND';
  const key = lineKey({ kind, transactionId, ...defined({ refundNo: refundNo ?? undefined }) });
  return { key, date, kind, amount, fee, line };
}

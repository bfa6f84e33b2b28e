import { builtInTemplates } from '../../../../functions/settlement/channel-files/built-in-templates.ts';
import type { ChannelLine } from '../../../../functions/settlement/channel-files/channel-line.ts';
import type { ChannelTemplate } from '../../../../functions/settlement/channel-files/channel-template.ts';
import {
  type FileRow,
  type FileSummary,
  readChannelFile,
} from '../../../../functions/settlement/channel-files/read-channel-file.ts';
import type { FileGiven } from '../../../../functions/settlement/channel-files/row-reader.ts';

export function builtIn(id: string): ChannelTemplate {
  const template = builtInTemplates.find((one) => one.id === id);
  if (!template) throw new Error(`There is no template ${id}`);
  return template;
}

export interface FileRead {
  readonly rows: readonly FileRow[];
  readonly lines: readonly ChannelLine[];
  readonly faults: readonly string[];
  readonly summary: FileSummary;
}

export const given: FileGiven = { channelId: 'chn_wx', businessDate: '2026-03-02' };

/** The whole of a file, given in pieces of so many bytes. */
export function readFile(
  file: string | Uint8Array,
  template: ChannelTemplate,
  { pieceBytes = 1_000_000, ...context }: Partial<FileGiven> & { pieceBytes?: number } = {},
): FileRead {
  const rows: FileRow[] = [];
  const reading = readChannelFile(pieces(Buffer.from(file), pieceBytes), template, { ...given, ...context });
  for (;;) {
    const { done, value } = reading.next();
    if (done) return { rows, lines: linesOf(rows), faults: faultsOf(rows), summary: value };
    rows.push(value);
  }
}

function* pieces(bytes: Uint8Array, size: number): Generator<Uint8Array> {
  for (let start = 0; start < bytes.length; start += size) yield bytes.subarray(start, start + size);
}

function linesOf(rows: readonly FileRow[]): ChannelLine[] {
  return rows.flatMap(({ read }) => (read ? [read] : []));
}

/** `line field: detail`. */
function faultsOf(rows: readonly FileRow[]): string[] {
  return rows.flatMap(({ line, faults = [] }) => faults.map(({ field, detail }) => `${line} ${field}: ${detail}`));
}

/** A template of one's own: all by name, semicolons, quotes. */
export const ownTemplate: ChannelTemplate = {
  id: 'own',
  name: 'Own',
  encoding: 'utf-8',
  layout: { kind: 'DELIMITED', delimiter: ';', quotes: true },
  header: true,
  skip: { first: 0, last: 0, beginning: [] },
  columns: {
    transactionId: 'id',
    orderNo: 'order',
    refundNo: 'refund',
    amount: 'amount',
    fee: 'fee',
    at: 'at',
    status: 'status',
  },
  values: { payment: ['OK'], refund: ['BACK'], skipped: ['NO'] },
  amounts: { unit: 'MAJOR', thousands: false, refunds: 'POSITIVE', fees: 'POSITIVE' },
  currency: 'CNY',
  dates: { pattern: 'yyyy-MM-dd HH:mm:ss', zone: 'Asia/Shanghai' },
};

/** A file for it. */
export function ownFile(...rows: readonly string[]): string {
  return ['id;order;refund;amount;fee;at;status', ...rows, ''].join('\n');
}

import type { Plain } from './items.ts';
import { joinTexts, readTexts, type TextWithAmounts, writeText } from './text-with-amounts.ts';

/** Records of one item, at most so many bytes of text: an item has 400 KB, and a small one is cheap to write again. */
const bytesPerBlockMax = 100_000;

/** Records packed into as few items as their size allows, each a line; `recordsMax` in one at the most. */
export function packBlocks(records: readonly unknown[], recordsMax: number): TextWithAmounts[] {
  const blocks: TextWithAmounts[][] = [];
  let bytes = bytesPerBlockMax;
  for (const record of records) {
    const line = writeText(record);
    const size = Buffer.byteLength(line.text);
    const block = blocks.at(-1);
    if (!block || bytes + size > bytesPerBlockMax || block.length >= recordsMax) {
      blocks.push([line]);
      bytes = size;
    } else {
      block.push(line);
      bytes += size;
    }
  }
  return blocks.map(joinTexts);
}

/** Records that are few enough for one item. */
export function packBlock(records: readonly unknown[]): TextWithAmounts {
  return joinTexts(records.map(writeText));
}

/** The records of a block; one whose records have all gone has none. */
export function unpackBlock<Record>({ text, amounts }: Plain): Record[] {
  if (text === '') return [];
  return readTexts({ text: String(text), amounts: amounts as bigint[] }) as Record[];
}

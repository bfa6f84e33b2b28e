import { describe, expect, it } from 'vitest';
import { faultsKeptMax } from '../../../../functions/settlement/channel-files/channel-file.ts';
import {
  linesPerBlock,
  type PackedLine,
  packChannelLine,
  unpackThereLine,
} from '../../../../functions/settlement/channel-files/pack-channel-line.ts';
import { lookAtFile, takeLines } from '../../../../functions/settlement/channel-files/take-file.ts';
import { toChannelTemplate } from '../../../../functions/settlement/templates/channel-template-shapes.ts';
import { putChannelFileTemplate } from '../../../../functions/settlement/templates/template-examples.ts';
import { fromItem, toItem } from '../../../../shared/dynamo/items.ts';
import { packBlock, unpackBlock } from '../../../../shared/dynamo/record-blocks.ts';

const header = '流水号,订单号,退款号,金额,手续费,时间';
const template = toChannelTemplate('own', putChannelFileTemplate.body);
const row = (no: number, amount = '1.00', more = '') => `${no},O${no},${more},${amount},0.01,2025-09-26 10:00:00`;

function fileOf(rows: readonly string[], currency = 'CNY') {
  const text = Buffer.from([header, ...rows, ''].join('\n'));
  const bytes = async function* () {
    for (let start = 0; start < text.length; start += 1_000) yield text.subarray(start, start + 1_000);
  };
  return { bytes, template, given: { channelId: 'wechat', businessDate: '2025-09-26' }, currency };
}

async function blocksOf(file: ReturnType<typeof fileOf>): Promise<PackedLine[][]> {
  const blocks: PackedLine[][] = [];
  await takeLines(file, async (lines) => {
    blocks.push([...lines]);
  });
  return blocks;
}

describe('a file of a channel', () => {
  it('is looked at whole before it is taken, and comes in blocks', async () => {
    const file = fileOf(Array.from({ length: linesPerBlock + 1 }, (_, place) => row(place + 1)));
    const { summary } = await lookAtFile(file);
    expect(summary?.tally).toMatchObject({ payments: 801n, paid: 80_100n, fees: 801n });
    const blocks = await blocksOf(file);
    expect(blocks.map(({ length }) => length)).toEqual([linesPerBlock, 1]);
    expect(blocks[1]).toEqual([['P', '801', 'O801', null, 100n, 1n, '2025-09-26T02:00:00Z', 802]]);
  });

  it('counts all faulty rows and shows the first', async () => {
    const { refused } = await lookAtFile(fileOf(Array.from({ length: 500 }, (_, place) => row(place, 'x'))));
    expect([refused?.faulty, refused?.faults.length]).toEqual([500, faultsKeptMax]);
    expect(refused?.faults[0]).toMatchObject({ line: 2, field: 'amount' });
    expect(refused?.detail).toBe('500 of its rows cannot be read.');
  });

  it('is refused where it is in another currency than the market', async () => {
    const { refused } = await lookAtFile(fileOf([row(1)], 'USD'));
    expect(refused?.faults).toMatchObject([{ line: 2, field: 'currency' }]);
  });

  it('is told what the whole of it lacks', async () => {
    const { refused } = await lookAtFile({ ...fileOf([row(1)]), bytes: async function* () {} });
    expect(refused).toMatchObject({ faulty: 0, faults: [], mend: 'Send the file as the channel issued it.' });
  });

  it('is not taken where it is bad by now', async () => {
    await expect(blocksOf(fileOf([row(1, 'x')]))).rejects.toThrow('changed while it was read');
  });
});

describe('lines of a channel', () => {
  it('come back from the table as they are compared', () => {
    const at = '2025-09-26T02:00:00Z';
    const shared = { channelId: 'wechat', currency: 'CNY', at, transactionId: '1' };
    const lines = [
      { ...shared, kind: 'PAYMENT' as const, amount: 10_000n, fee: 60n, line: 2 },
      { ...shared, kind: 'REFUND' as const, refundNo: 'R', amount: 1n, fee: -1n, line: 3 },
      { ...shared, kind: 'REFUND' as const, amount: 2n, fee: 0n, line: 4 },
    ].map(packChannelLine);
    const read = unpackBlock<PackedLine>(fromItem(toItem({ ...packBlock(lines) })));
    expect(read.map((one) => unpackThereLine(one, '2025-09-26'))).toEqual([
      { key: 'P#1', date: '2025-09-26', kind: 'PAYMENT', amount: 10_000n, fee: 60n, line: 2 },
      { key: 'R#R', date: '2025-09-26', kind: 'REFUND', amount: 1n, fee: -1n, line: 3 },
      { key: 'V#1', date: '2025-09-26', kind: 'REFUND', amount: 2n, fee: 0n, line: 4 },
    ]);
  });
});

import { importFile } from '../../../functions/settlement/channel-files/import-file.ts';
import { openSent } from '../../../functions/settlement/channel-files/open-file.ts';
import type { ComparedDayRef } from '../../../functions/settlement/comparing/comparison.ts';
import { toChannelTemplate } from '../../../functions/settlement/templates/channel-template-shapes.ts';
import { putChannelFileTemplate } from '../../../functions/settlement/templates/template-examples.ts';
import { cause } from '../../functions/settlement/journal/orders.ts';
import { now, type TestJournal, tenant } from './journal-support.ts';

const at = now.toISOString();
const header = '流水号,订单号,退款号,金额,手续费,时间';

/** A payment of 1.00 less a fee of 0.01, as the file of a channel has it. */
export const row = (no: string) => `${no},O${no},,1.00,0.01,2025-09-26 10:00:00`;

/** A day of a channel of a market of its own, whose files are read by its own template. */
export async function openDay(journal: TestJournal, marketId: string): Promise<ComparedDayRef> {
  await journal.openMarket(marketId, []);
  const content = toChannelTemplate('own', putChannelFileTemplate.body);
  const template = { tenant, marketId, use: 'CHANNEL_FILE' as const, id: 'own', content };
  await journal.store.writeTemplate({ ...template, revision: 1, changedAt: at, cause });
  return { tenant, marketId, channelId: 'WECHAT_PAY', businessDate: '2025-09-26' };
}

/** The file of a day, with these rows, is sent and read. */
export async function sendRows(
  { store }: Pick<TestJournal, 'store'>,
  day: ComparedDayRef,
  rows: readonly string[],
): Promise<void> {
  const bytes = Buffer.from([header, ...rows, ''].join('\n'));
  const file = await openSent(store, { ...day, part: 1, templateId: 'own' }, bytes, cause, at);
  const inBucket = async function* () {
    yield bytes;
  };
  await importFile(store, file, inBucket, false, now);
}

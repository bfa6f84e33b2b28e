import { consumerHandler } from '../../shared/events/consume.ts';
import { now } from '../../shared/time/clock.ts';
import { readPosted } from '../ledger/published.ts';
import { askAfterFile } from './comparing/ask-for-comparison.ts';
import { carryOutComparison } from './comparing/carry-out-comparison.ts';
import { comparedDayOf } from './comparing/comparison-events.ts';
import { defaultComparingStore } from './store.ts';

/** Compares days that were asked for, and asks for those that a file which has come in bears on. */
export const handler = consumerHandler(async ({ id, type, tenant, actor, data }, instant) => {
  const store = defaultComparingStore();
  const day = { tenant, ...comparedDayOf(data) };
  if (type === 'settlement.channel-file-read.v1') await askAfterFile(store, day, actor, instant.toISOString());
  else await carryOutComparison({ store, ledger: { readPosted } }, day, id, now);
});

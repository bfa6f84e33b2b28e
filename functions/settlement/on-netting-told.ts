import { consumerHandler } from '../../shared/events/consume.ts';
import { takeNetting } from './settlements/take-netting.ts';
import { payoutTools } from './tools.ts';

/** Takes what netting tells of payouts that did not go: that a cycle pays them, and that it has. */
export const handler = consumerHandler((event, now) => takeNetting(payoutTools(), event, now));

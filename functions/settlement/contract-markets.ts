import * as z from 'zod';
import type { Contract } from '../../shared/http/contract.ts';
import { general } from '../../shared/problems/general.ts';
import * as examples from './markets/market-examples.ts';
import { marketChangeIn, marketId, marketIn, marketOut, marketsOut, marketsQuery } from './markets/market-shapes.ts';
import { problems } from './problems.ts';

const path = z.strictObject({ marketId });

export const marketContract = {
  createMarket: {
    description:
      'Its legal entity, currency and zone stay for ever. The accounts that are opened are settlement’s own: money that ' +
      'consumers have paid is supervised on them, and nobody moves it but by the rules.',
    body: marketIn,
    response: marketOut,
    problems: [problems['market-id-taken'], general['conflict-retry']],
    example: examples.createMarket,
  },
  listMarkets: { description: 'By id.', query: marketsQuery, response: marketsOut, example: examples.listMarkets },
  getMarket: { path, response: marketOut, problems: [problems['market-not-found']], example: examples.getMarket },
  changeMarket: {
    description: 'Counts for orders from then on. Asked twice, it changes nothing the second time.',
    path,
    body: marketChangeIn,
    response: marketOut,
    problems: [problems['market-not-found'], problems['version-conflict'], general['conflict-retry']],
    example: examples.changeMarket,
  },
} satisfies Contract;

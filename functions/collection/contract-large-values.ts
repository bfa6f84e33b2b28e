import * as z from 'zod';
import type { Contract } from '../../shared/http/contract.ts';
import * as examples from './large-values/large-value-examples.ts';
import { largeValueOut, largeValuesQuery } from './large-values/large-value-shapes.ts';

export const largeValueContract = {
  listLargeValues: {
    description:
      'Payers whose settled collections of a day in Shanghai, at once or together, are to be reported as large values: ' +
      '2,000,000.00 CNY or 200,000.00 USD of a company, 500,000.00 CNY or 100,000.00 USD of a person, inclusive (PBOC ' +
      'Order 2016-3). An account is one payer, under however many mandates. Money that went back counts. Today is shown ' +
      'as far as it has gone. `limit` counts collections: a payer with more of them goes on on the next page.',
    query: largeValuesQuery,
    response: z.object({ largeValues: z.array(largeValueOut), nextCursor: z.string().optional() }),
    example: examples.listLargeValues,
  },
} satisfies Contract;

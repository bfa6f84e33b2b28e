import * as z from 'zod';
import type { Contract } from '../../shared/http/contract.ts';
import { general } from '../../shared/problems/general.ts';
import { merchantId } from './markets/market-shapes.ts';
import * as examples from './merchants/merchant-examples.ts';
import {
  merchantChangeIn,
  merchantIn,
  merchantOut,
  merchantsOut,
  merchantsQuery,
} from './merchants/merchant-shapes.ts';
import { problems } from './problems.ts';

const path = z.strictObject({ merchantId });

export const merchantContract = {
  createMerchant: {
    description: 'The number of its account is kept for payouts and shown masked.',
    body: merchantIn,
    response: merchantOut,
    problems: [
      problems['market-not-found'],
      problems['merchant-id-taken'],
      problems['payout-account'],
      general['conflict-retry'],
    ],
    example: examples.createMerchant,
  },
  listMerchants: {
    description: 'By id.',
    query: merchantsQuery,
    response: merchantsOut,
    problems: [problems['market-not-found']],
    example: examples.listMerchants,
  },
  getMerchant: {
    description: 'A merchant’s own token reads that merchant; any other is not found.',
    path,
    response: merchantOut,
    problems: [problems['merchant-not-found']],
    example: examples.getMerchant,
  },
  changeMerchant: {
    description:
      'A payout account counts for payouts that are not on their way yet. Asked twice, it changes nothing the second time.',
    path,
    body: merchantChangeIn,
    response: merchantOut,
    problems: [
      problems['merchant-not-found'],
      problems['version-conflict'],
      problems['payout-account'],
      general['conflict-retry'],
    ],
    example: examples.changeMerchant,
  },
} satisfies Contract;

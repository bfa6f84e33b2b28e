import type * as z from 'zod';
import type { CurrencyCode } from '../../../../shared/money/currency.ts';
import { presentAmount } from '../../../../shared/money/present.ts';
import { ownerKey } from '../entry.ts';
import type { MarketProof } from './market-proof.ts';
import type { marketProofOut } from './proof-shapes.ts';

export function presentMarketProof(proof: MarketProof, currency: CurrencyCode): z.input<typeof marketProofOut> {
  const { marketId, isBalanced, orders, sums, days, differences, accounts } = proof;
  const show = (minor: bigint) => presentAmount(minor, currency);
  return {
    ...{ marketId, balanced: isBalanced, orders, days },
    received: show(sums.received),
    shares: show(sums.shares),
    fees: show(sums.fees),
    refunds: show(sums.refunds),
    supervised: show(sums.supervised),
    differences: differences.map(({ owner, date, orders: expected, lines, total }) => {
      return {
        owner: ownerKey(owner),
        date,
        orders: show(expected.net),
        lines: show(lines.net),
        total: show(total.net),
      };
    }),
    accounts: accounts.map(({ role, orders: gained, settlements, ledger }) => {
      return { role, orders: show(gained), settlements: show(settlements), ledger: show(ledger) };
    }),
  };
}

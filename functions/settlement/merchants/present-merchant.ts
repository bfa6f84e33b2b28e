import { presentBankAccount } from '../../../shared/http/present-bank-account.ts';
import { defined } from '../../../shared/objects/defined.ts';
import { presentShortfall } from '../markets/present-market.ts';
import type { Merchant, Payout } from './merchant.ts';

/** A merchant as the API shows it; the number of its account is masked. */
export function presentMerchant(merchant: Merchant) {
  const { id, marketId, name, kind, state, payout, clawBackSince, shortfall } = merchant;
  return {
    ...{ id, marketId, name, kind, state },
    payout: presentPayout(payout),
    ...defined({ clawBackSince }),
    ...(shortfall && { shortfall: presentShortfall(shortfall) }),
    payableAccountId: merchant.payableAccountId,
    subsidyAccountId: merchant.subsidyAccountId,
    version: merchant.revision,
    changedAt: merchant.changedAt,
  };
}

export function presentPayout(payout: Payout) {
  return payout.to === 'LEDGER' ? { ...payout } : { ...payout, account: presentBankAccount(payout.account) };
}

import { decideAndWrite } from '../../../shared/dynamo/decide-and-write.ts';
import { type KeyClaim, requireSameRequest } from '../../../shared/http/key-claim.ts';
import { general } from '../../../shared/problems/general.ts';
import { requireVersion } from '../expected-version.ts';
import { findMarket } from '../markets/keep-market.ts';
import type { Market } from '../markets/market.ts';
import { openPayableAccount, openSubsidyAccount } from '../markets/open-accounts.ts';
import { problems } from '../problems.ts';
import type { SettlementStore } from '../store.ts';
import type { SettlementTools } from '../tools.ts';
import { changeMerchant, type MerchantChange } from './change-merchant.ts';
import type { Merchant, Payout } from './merchant.ts';
import { payoutAccountFault } from './payout-account.ts';

export type NewMerchant = Omit<
  Merchant,
  'state' | 'payableAccountId' | 'subsidyAccountId' | 'revision' | 'changedAt' | 'cause'
>;

/** Whose merchants: `merchant` is the one that a merchant's token names; to it there is no other. */
export interface MerchantReader {
  readonly tenant: string;
  readonly merchant?: string;
}

/** Problem: `settlement/merchant-not-found`; of another merchant too, for one. */
export async function findMerchant(
  store: Pick<SettlementStore, 'readMerchant'>,
  { tenant, merchant: own }: MerchantReader,
  merchantId: string,
): Promise<Merchant> {
  const mayRead = own === undefined || own === merchantId;
  const merchant = mayRead ? await store.readMerchant(tenant, merchantId) : undefined;
  if (merchant) return merchant;
  throw problems['merchant-not-found'].with({ detail: `There is no merchant ${merchantId}.`, merchantId });
}

/**
 * Records a merchant and opens its accounts: of what is owed to it, and of what it gives coupons from; the same key records it once.
 * Problems: `settlement/market-not-found`, `settlement/merchant-id-taken`, `settlement/payout-account`, `request/idempotency-key-reused`;
 * and those of openAccountOnce and decideAndWrite.
 */
export async function createMerchant(
  tools: SettlementTools,
  content: NewMerchant,
  claim: KeyClaim,
  now: Date,
): Promise<Merchant> {
  const { store } = tools;
  const { tenant, id, marketId } = content;
  return decideAndWrite(async () => {
    const before = await store.readMerchant(tenant, id);
    // Asked afterwards: what this key has made has its record by now.
    const noted = await requireSameRequest(store, tenant, claim);
    if (before) {
      if (noted) return { answer: before };
      const detail = `There is a merchant ${id} already.`;
      throw problems['merchant-id-taken'].with({ detail, merchantId: id }).at({ pointer: '/id', detail });
    }
    const market = await findMarket(store, tenant, marketId, '/marketId');
    await requirePayout(tools, market, content.payout);
    const { at, cause } = claim;
    const [payableAccountId, subsidyAccountId] = await Promise.all([
      openPayableAccount(tools, market, id, cause, now),
      openSubsidyAccount(tools, market, id, cause, now),
    ]);
    const accounts = { payableAccountId, subsidyAccountId };
    const merchant: Merchant = { ...content, state: 'ACTIVE', ...accounts, revision: 1, changedAt: at, cause };
    return { answer: merchant, write: () => store.createMerchant(merchant, claim) };
  });
}

/**
 * Changes a merchant; asked twice, it changes nothing the second time. Problems: `settlement/merchant-not-found`,
 * `settlement/version-conflict`, `settlement/payout-account`, `request/malformed` where a person is to agree to
 * claw-backs; and those of decideAndWrite.
 */
export async function applyChange(
  tools: SettlementTools,
  { tenant, merchantId }: { readonly tenant: string; readonly merchantId: string },
  change: MerchantChange,
  on: Parameters<typeof changeMerchant>[2] & { readonly expectedVersion?: number },
): Promise<Merchant> {
  const { store } = tools;
  return decideAndWrite(async () => {
    const before = await findMerchant(store, { tenant }, merchantId);
    const next = changeMerchant(before, change, on);
    if (!next) return { answer: before };
    requireVersion(on.expectedVersion, before.revision);
    if (next.kind === 'PERSON' && next.clawBackSince !== undefined) throw noConsent();
    if (change.payout) await requirePayout(tools, await findMarket(store, tenant, before.marketId), change.payout);
    return { answer: next, write: () => store.replaceMerchant(next) };
  });
}

async function requirePayout({ ledger }: Pick<SettlementTools, 'ledger'>, market: Market, payout: Payout) {
  if (payout.to !== 'LEDGER') return;
  const { accountId } = payout;
  const accounts = await ledger.readAccounts(market.tenant, [accountId]);
  const detail = payoutAccountFault(accounts.get(accountId), market.currency);
  if (detail === undefined) return;
  throw problems['payout-account'].with({ detail, accountId }).at({ pointer: '/payout/accountId', detail });
}

function noConsent() {
  const detail = 'Leave it out: from a person nothing is taken back.';
  return general.malformed.with({ detail }).at({ pointer: '/clawBackSince', detail });
}

import { decideAndWrite } from '../../../../shared/dynamo/decide-and-write.ts';
import type { Cause } from '../../../../shared/http/cause.ts';
import { findMarket } from '../../markets/keep-market.ts';
import { problems } from '../../problems.ts';
import type { SettlementStore } from '../../store.ts';
import type { MarketRef, Proof } from './proof.ts';

/**
 * Asks that a market is proved, once more where it was before; it goes on in the background. `isAnew`: from its first order, whatever
 * closing figures there are. Problems: `settlement/market-not-found`; and those of decideAndWrite.
 */
export async function askForProof(
  store: Pick<SettlementStore, 'readMarket' | 'readProof' | 'writeProof'>,
  market: MarketRef,
  isAnew: boolean,
  cause: Cause,
  at: string,
): Promise<Proof> {
  const { tenant, marketId } = market;
  await findMarket(store, tenant, marketId);
  return decideAndWrite(async () => {
    const before = await store.readProof(market);
    const { asked = 0, revision = 0, ...rest } = before ?? { done: 0, turns: 0 };
    const next: Proof = {
      ...{ ...rest, tenant, marketId },
      ...(isAnew && { isAnew }),
      ...{ asked: asked + 1, revision: revision + 1, changedAt: at, cause },
    };
    return { answer: next, write: () => store.writeProof(next) };
  });
}

/** Problem: `settlement/proof-not-found`. */
export async function findProof(store: Pick<SettlementStore, 'readProof'>, market: MarketRef): Promise<Proof> {
  const proof = await store.readProof(market);
  if (proof) return proof;
  throw problems['proof-not-found'].with({ detail: `${market.marketId} was never proved.` });
}

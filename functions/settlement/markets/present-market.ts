import type { Market, Shortfall } from './market.ts';

export function presentMarket(market: Market) {
  const { id, name, legalEntity, currency, zone, calendar, accounts, orderTimeoutMinutes, revision, changedAt } =
    market;
  return {
    ...{ id, name, legalEntity, currency, zone, calendar, orderTimeoutMinutes },
    shortfall: presentShortfall(market.shortfall),
    accounts: { ...accounts },
    version: revision,
    changedAt,
  };
}

export function presentShortfall(shortfall: Shortfall) {
  return shortfall.kind === 'RECOVER' ? { ...shortfall, basisPoints: Number(shortfall.basisPoints) } : { ...shortfall };
}

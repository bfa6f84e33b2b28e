import type { Configuration, Member, Pool } from '../pool.ts';

/** The tree that is swept. */
export interface SweptTree {
  /** The header, or the investment account above it. */
  readonly rootAccountId: string;
  readonly invests: boolean;
  readonly configuration: Configuration;
}

/**
 * The tree of a pool as sweeps and fundings see it: where the header invests, its investment account stands on top, and the
 * header below it like any member, with what is agreed on investing as its own agreements.
 */
export function sweptTree(pool: Pick<Pool, 'rootAccountId' | 'currency'>, configuration: Configuration): SweptTree {
  const { rootAccountId, currency } = pool;
  const { header, members } = configuration;
  const { investment, entity, reserve, unlimitedOverdraft } = header;
  if (!investment) return { rootAccountId, invests: false, configuration };
  const { accountId: parentId, up, down } = investment;
  const below: Member = {
    accountId: rootAccountId,
    parentId,
    priority: 0,
    entity,
    currency,
    reserve,
    up,
    down,
    ...(unlimitedOverdraft && { unlimitedOverdraft }),
  };
  const top = { entity, reserve: 0n, unlimitedOverdraft: false };
  const swept = { ...configuration, header: top, members: [below, ...members] };
  return { rootAccountId: parentId, invests: true, configuration: swept };
}

/** Every account that the configuration binds to its pool, apart from the header. */
export function boundAccounts({ header, members }: Pick<Configuration, 'header' | 'members'>): string[] {
  const { investment } = header;
  return [...members.map(({ accountId }) => accountId), ...(investment ? [investment.accountId] : [])];
}

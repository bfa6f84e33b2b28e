import { type HeaderTerms, type Member, type Pool, pairOf } from '../pool.ts';

/** Two entities that an edge of the tree joins. The first is the one below, where the pair is first met in the tree. */
export interface EntityPair {
  readonly pair: string;
  readonly first: string;
  readonly second: string;
}

/** The pairs of entities between which sweeps make loans, each once, in the order of the accounts' ids. */
export function loanPairsOf(
  { rootAccountId }: Pick<Pool, 'rootAccountId'>,
  { header, members }: { readonly header: HeaderTerms; readonly members: readonly Member[] },
): EntityPair[] {
  const entities = new Map(members.map(({ accountId, entity }) => [accountId, entity]));
  entities.set(rootAccountId, header.entity);
  const pairs = new Map<string, EntityPair>();
  for (const { entity, parentId } of members.toSorted((one, other) => (one.accountId < other.accountId ? -1 : 1))) {
    const above = entities.get(parentId);
    if (above === undefined || above === entity) continue;
    const pair = pairOf(entity, above);
    if (!pairs.has(pair)) pairs.set(pair, { pair, first: entity, second: above });
  }
  return [...pairs.values()];
}

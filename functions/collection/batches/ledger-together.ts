import { groupCommit } from '../../../shared/concurrency/group-commit.ts';
import type {
  HoldEnding,
  HoldEndResult,
  HoldOrder,
  HoldResult,
  TransferOrder,
  TransferResult,
} from '../../ledger/published.ts';
import type { Ledger } from '../tools.ts';

/** What one block asks of the ledger at once. */
interface Asked {
  readonly holds: readonly HoldOrder[];
  readonly endings: readonly HoldEnding[];
  readonly posts: readonly TransferOrder[];
  readonly now: Date;
}

interface Told {
  readonly holds: readonly HoldResult[];
  readonly endings: readonly HoldEndResult[];
  readonly posts: readonly TransferResult[];
}

const nothing = { holds: [], endings: [], posts: [] };
const blocksAtOnceMax = 50;

/**
 * The same ledger, for blocks that are carried on side by side: all of them book over the same two accounts, of which one
 * write at a time succeeds. What they ask for while the ledger is busy goes together as the next.
 */
export function together(ledger: Ledger): Ledger {
  const ask = groupCommit<Asked, Told>((tenant, asked) => carryOut(ledger, tenant, asked), blocksAtOnceMax);
  return {
    ...ledger,
    holdTransfers: async (tenant, holds, now) =>
      holds.length === 0 ? [] : [...(await ask(tenant, { ...nothing, holds, now })).holds],
    endHolds: async (tenant, endings, now) =>
      endings.length === 0 ? [] : [...(await ask(tenant, { ...nothing, endings, now })).endings],
    postTransfers: async (tenant, posts, now, options) => {
      if (options) return await ledger.postTransfers(tenant, posts, now, options);
      return posts.length === 0 ? [] : [...(await ask(tenant, { ...nothing, posts, now })).posts];
    },
  };
}

async function carryOut(ledger: Ledger, tenant: string, asked: readonly Asked[]): Promise<Told[]> {
  const now = new Date(Math.max(...asked.map((one) => one.now.getTime())));
  const of = {
    holds: asked.flatMap((one) => one.holds),
    endings: asked.flatMap((one) => one.endings),
    posts: asked.flatMap((one) => one.posts),
  };
  const holds = shared(await ledger.holdTransfers(tenant, of.holds, now));
  const endings = shared(await ledger.endHolds(tenant, of.endings, now));
  const posts = shared(await ledger.postTransfers(tenant, of.posts, now));
  return asked.map((one) => ({
    holds: holds(one.holds.length),
    endings: endings(one.endings.length),
    posts: posts(one.posts.length),
  }));
}

/** Hands results out in their order, to each as many as it asked for. */
function shared<Result>(results: readonly Result[]): (count: number) => readonly Result[] {
  let from = 0;
  return (count) => {
    from += count;
    return results.slice(from - count, from);
  };
}

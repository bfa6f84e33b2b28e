import type { LoanState, SweepNode } from '../../functions/pooling/sweeps/sweep-node.ts';

/** The figures of the second sweep planner while it plans. */
export interface State {
  nodes: readonly SweepNode[];
  loans: readonly LoanState[];
  available: Map<string, bigint>;
  up: Map<string, bigint>;
  down: Map<string, bigint>;
  positions: Map<string, bigint>;
  /** What each account asks for from above, set once its own money has gone up. */
  needs: Map<string, bigint>;
  /** What it got for itself; not what passed it on its way to others. */
  got: Map<string, bigint>;
  /** Of each unit that came up to an account, how many levels it may still go. */
  arrived: Map<string, number[]>;
  /** The account above the header, where that invests, and the header. */
  invested?: { top: SweepNode; header: SweepNode };
  /** Once its own money is lent: down to where the header lends. */
  floor?: bigint;
}

export function least(left: bigint, right: bigint): bigint {
  return left < right ? left : right;
}

export function greater(left: bigint, right: bigint): bigint {
  return left > right ? left : right;
}

export function get(amounts: Map<string, bigint>, key: string): bigint {
  const amount = amounts.get(key);
  if (amount === undefined) throw new Error(`The reference knows no ${key}`);
  return amount;
}

export function copy(state: State): State {
  return {
    ...state,
    available: new Map(state.available),
    up: new Map(state.up),
    down: new Map(state.down),
    positions: new Map(state.positions),
  };
}

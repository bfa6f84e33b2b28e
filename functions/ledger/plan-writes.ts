import { targetOf } from './commands.ts';
import { type Decision, isRemembered, statesOf } from './decision.ts';

/** What one TransactWriteItems holds. (DynamoDB service quotas.) */
export const itemsPerTransactionMax = 100;

/** Decisions to be written together, all or nothing. */
export type WriteGroup = readonly Decision[];

/** Groups that build on each other: written one after the other, and not beyond the first that fails. */
export type Lane = readonly WriteGroup[];

/**
 * Packs decisions into as few transactions as the limits allow. Decisions that share an account it is authorised against,
 * or a transfer they act on, keep their order: they share a transaction, or follow each other in a lane. Others commute.
 * Hot accounts bind nothing. Malformed requests leave nothing to write and are left out.
 *
 * APART gives each set of decisions that belong together lanes of its own, so that one contended account holds up no other.
 */
export function planWrites(decisions: readonly Decision[], packing: 'TOGETHER' | 'APART' = 'TOGETHER'): Lane[] {
  const written = decisions.filter((decision) => decision.outcome !== 'REFUSED' || isRemembered(decision.problem));
  const lanes: Lane[] = [];
  let shared: Decision[] = [];
  for (const component of connect(written)) {
    const slices = slice(component);
    const only = slices.length === 1 ? slices[0] : undefined;
    if (!only || packing === 'APART') {
      lanes.push(slices);
      continue;
    }
    if (countItems([...shared, ...only]) > itemsPerTransactionMax) {
      lanes.push([shared]);
      shared = [];
    }
    shared.push(...only);
  }
  if (shared.length > 0) lanes.push([shared]);
  return lanes;
}

/** How many items a group of decisions writes: records, updated transfers, account versions, hot postings. */
export function countItems(decisions: readonly Decision[]): number {
  const items = new Set<string>();
  for (const decision of decisions) {
    items.add(`record ${decision.command.id}`);
    for (const id of bindingsOf(decision)) items.add(id);
    if (decision.outcome === 'TRANSFER') for (const { accountId } of decision.recorded) items.add(`hot ${accountId}`);
  }
  return items.size;
}

/** The accounts and transfers whose state a decision was taken on and which it moves on. */
function bindingsOf(decision: Decision): string[] {
  if (decision.outcome === 'REFUSED') return [];
  const accounts = statesOf(decision).map(({ accountId }) => `account ${accountId}`);
  const target = decision.outcome === 'TRANSFER' && decision.target;
  return target ? [...accounts, `transfer ${target.transferId}`] : accounts;
}

/** What orders a decision among others; a refusal is ordered by the accounts it was refused on and by its target. */
function orderedBy(decision: Decision): string[] {
  if (decision.outcome !== 'REFUSED') return bindingsOf(decision);
  const target = targetOf(decision.command);
  return [...decision.accountIds.map((id) => `account ${id}`), ...(target ? [`transfer ${target}`] : [])];
}

/** Connected components (union–find), each in the order given, the components by their first decision. */
function connect(decisions: readonly Decision[]): Decision[][] {
  const parent = decisions.map((_, index) => index);
  const rootOf = (index: number): number => {
    let root = index;
    while (parent[root] !== root) root = parent[root] as number;
    for (let at = index; at !== root; ) {
      const next = parent[at] as number;
      parent[at] = root;
      at = next;
    }
    return root;
  };
  const firstWith = new Map<string, number>();
  for (const [index, decision] of decisions.entries()) {
    for (const binding of orderedBy(decision)) {
      const first = firstWith.get(binding);
      if (first === undefined) firstWith.set(binding, index);
      else parent[rootOf(index)] = rootOf(first);
    }
  }
  const components = new Map<number, Decision[]>();
  for (const [index, decision] of decisions.entries()) {
    const root = rootOf(index);
    const component = components.get(root) ?? [];
    components.set(root, component);
    component.push(decision);
  }
  return [...components.values()];
}

function slice(component: readonly Decision[]): Decision[][] {
  const slices: Decision[][] = [];
  let current: Decision[] = [];
  for (const decision of component) {
    if (current.length > 0 && countItems([...current, decision]) > itemsPerTransactionMax) {
      slices.push(current);
      current = [];
    }
    current.push(decision);
  }
  if (current.length > 0) slices.push(current);
  return slices;
}

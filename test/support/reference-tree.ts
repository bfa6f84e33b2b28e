import type { SweepNode } from '../../functions/pooling/sweeps/sweep-node.ts';

/** The header, its children, their children … ; within a level the family of the first parent first. */
export function levelsOf(nodes: readonly SweepNode[]): SweepNode[][] {
  const levels: SweepNode[][] = [];
  let level = nodes.filter((one) => one.parentId === undefined);
  while (level.length > 0) {
    levels.push(level);
    level = level.flatMap((parent) => childrenOf(nodes, parent));
  }
  return levels;
}

export function childrenOf(nodes: readonly SweepNode[], parent: SweepNode): SweepNode[] {
  return nodes
    .filter((one) => one.parentId === parent.id)
    .sort((left, right) => left.priority - right.priority || (left.id < right.id ? -1 : 1));
}

/** From the header down to the parent. */
export function ancestorsOf(nodes: readonly SweepNode[], node: SweepNode): SweepNode[] {
  const parent = nodes.find((one) => one.id === node.parentId);
  return parent ? [...ancestorsOf(nodes, parent), parent] : [];
}

/** The accounts an amount reaches on its way from the lender, the child last. */
export function wayDown(nodes: readonly SweepNode[], lender: SweepNode, child: SweepNode): SweepNode[] {
  const line = [...ancestorsOf(nodes, child), child];
  return line.slice(line.findIndex((one) => one.id === lender.id) + 1);
}

import type { SweepNode } from './sweep-node.ts';

/** A node of the tree with its place: nodes stand in level order, so that parents come before their children. */
export interface TreeNode {
  readonly node: SweepNode;
  readonly index: number;
  /** 0 for the header. */
  readonly depth: number;
  readonly parent: TreeNode | undefined;
  /** By priority, equal ones by id. */
  readonly children: TreeNode[];
}

/** Levels below the header, at most. */
export const levelsMax = 20;

/**
 * The accounts as a tree in level order, siblings by priority and then id: the same for any order of input. The
 * configuration has made sure of one header, one parent each and no cycle; an Error says where it has not.
 */
export function buildTree(nodes: readonly SweepNode[]): TreeNode[] {
  const childrenOf = new Map<string, SweepNode[]>();
  const headers: SweepNode[] = [];
  for (const node of nodes) {
    if (node.parentId === undefined) headers.push(node);
    else {
      const siblings = childrenOf.get(node.parentId);
      if (siblings) siblings.push(node);
      else childrenOf.set(node.parentId, [node]);
    }
  }
  const [header] = headers;
  if (!header || headers.length > 1) throw new Error(`A pool has one header, not ${headers.length}.`);

  const ordered: TreeNode[] = [{ node: header, index: 0, depth: 0, parent: undefined, children: [] }];
  for (let at = 0; at < ordered.length; at++) {
    const parent = ordered[at] as TreeNode;
    for (const node of childrenOf.get(parent.node.id)?.sort(byPriority) ?? []) {
      const child = { node, index: ordered.length, depth: parent.depth + 1, parent, children: [] };
      parent.children.push(child);
      ordered.push(child);
    }
  }
  if (ordered.length !== nodes.length) throw new Error('The accounts of a pool hang together below its header.');
  return ordered;
}

/** The deepest level first, each level in its order. */
export function levelsUpward(tree: readonly TreeNode[]): TreeNode[] {
  const levels: TreeNode[][] = [];
  for (const one of tree) {
    const level = levels[one.depth];
    if (level) level.push(one);
    else levels[one.depth] = [one];
  }
  return levels.reverse().flat();
}

function byPriority(one: SweepNode, other: SweepNode): number {
  return one.priority - other.priority || (one.id < other.id ? -1 : 1);
}

import { nodeHash } from './merkle.ts';

/** The root of a complete subtree, at its place in the tree. */
export interface TreeNode {
  level: number;
  index: number;
  hash: Uint8Array;
}

/** A Merkle tree that is only ever added to and remembers no more than the roots of its complete subtrees. */
export class RunningTree {
  /** Largest subtree first. */
  readonly #peaks: TreeNode[] = [];
  #size = 0;

  /** Leaves so far. */
  get size(): number {
    return this.#size;
  }

  /** Adds a leaf by its hash and gives the subtrees of two leaves and more that it completes. */
  add(leafHash: Uint8Array): TreeNode[] {
    const completed: TreeNode[] = [];
    let node: TreeNode = { level: 0, index: this.#size, hash: leafHash };
    while (node.index % 2 === 1) {
      const left = this.#peaks.pop();
      if (!left) throw new RangeError('a running tree lost its left side');
      node = { level: node.level + 1, index: (node.index - 1) / 2, hash: nodeHash(left.hash, node.hash) };
      completed.push(node);
    }
    this.#peaks.push(node);
    this.#size += 1;
    return completed;
  }

  /** Root over all leaves so far; there must be one. */
  root(): Uint8Array {
    const [last, ...rest] = this.#peaks.toReversed();
    if (!last) throw new RangeError('an empty tree has no root here');
    return rest.reduce((right, left) => nodeHash(left.hash, right), last.hash);
  }
}

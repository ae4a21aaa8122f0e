import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { plainNodes, plainRoot } from '../../../test/support/plain-tree.ts';
import { consistencyProof, inclusionProof, leafHash, nodeHash, treeRoot, type NodeSource } from './merkle.ts';
import { verifyConsistency, verifyInclusion } from './merkle-verify.ts';
import { RunningTree } from './running-tree.ts';

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');
const text = (value: string) => Buffer.from(value);

/** The eight leaves of the certificate-transparency reference tests, and the roots over the first 1 … 8 of them. */
const leaves = [
  '',
  '00',
  '10',
  '2021',
  '3031',
  '40414243',
  '5051525354555657',
  '606162636465666768696a6b6c6d6e6f',
].map((leaf) => Buffer.from(leaf, 'hex'));
const roots = [
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
];

/** A tree of `size` small leaves, its nodes looked up as the log does. */
function tree(size: number): { nodes: NodeSource; hashes: Uint8Array[] } {
  const hashes = Array.from({ length: size }, (_, index) => leafHash(text(`leaf ${index}`)));
  const stored = new Map<string, Uint8Array>();
  const running = new RunningTree();
  for (const [index, hash] of hashes.entries()) {
    stored.set(`0/${index}`, hash);
    for (const node of running.add(hash)) stored.set(`${node.level}/${node.index}`, node.hash);
  }
  const nodes: NodeSource = (level, index) => {
    const found = stored.get(`${level}/${index}`);
    if (!found) throw new RangeError(`no node ${level}/${index}`);
    return found;
  };
  return { nodes, hashes };
}

it('hashes leaves and nodes as RFC 6962 says', () => {
  expect(hex(treeRoot(0, () => text('')))).toBe(
    'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  );
  expect(hex(leafHash(text('')))).toBe(roots[0]);
  expect(hex(leafHash(text('L123456')))).toBe(
    '395aa064aa4c29f7010acfe3f25db9485bbd4b91897b6ad7ad547639252b4d56',
  );
  expect(hex(nodeHash(text('N123'), text('N456')))).toBe(
    'aa217fe888e47007fa15edab33c2b492a722cb106c64667fc2b044444de66bbb',
  );
});

it('gives the reference roots over one to eight leaves', () => {
  const running = new RunningTree();
  for (const [index, leaf] of leaves.entries()) {
    running.add(leafHash(leaf));
    expect(hex(running.root())).toBe(roots[index]);
    expect(hex(treeRoot(index + 1, plainNodes(leaves)))).toBe(roots[index]);
    expect(hex(plainRoot(leaves.slice(0, index + 1)))).toBe(roots[index]);
  }
});

it('gives the same root from stored subtrees as from the leaves, for every size', () => {
  const { nodes } = tree(200);
  const plain = Array.from({ length: 200 }, (_, index) => text(`leaf ${index}`));
  for (let size = 1; size <= 200; size += 1)
    expect(hex(treeRoot(size, nodes))).toBe(hex(plainRoot(plain.slice(0, size))));
});

it('proves every entry of every tree of up to 70 leaves, and its whole past', () => {
  const { nodes, hashes } = tree(70);
  for (let size = 1; size <= 70; size += 1) {
    const root = treeRoot(size, nodes);
    for (const [index, hash] of hashes.slice(0, size).entries())
      expect(verifyInclusion(hash, index, size, inclusionProof(index, size, nodes), root)).toBe(true);
    for (let from = 1; from <= size; from += 1)
      expect(
        verifyConsistency(from, size, treeRoot(from, nodes), root, consistencyProof(from, size, nodes)),
      ).toBe(true);
  }
});

const flip = (bytes: Uint8Array, bit: number) => {
  const changed = Buffer.from(bytes);
  changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
  return changed;
};

/** Every way to change a list by one hash: one bit, one left out, one too many, two exchanged. */
function mutations(proof: readonly Uint8Array[], at: number, bit: number): Uint8Array[][] {
  const changed = [
    [...proof, leafHash(text('more'))],
    [leafHash(text('more')), ...proof],
  ];
  const chosen = proof[at % Math.max(1, proof.length)];
  if (!chosen) return changed;
  const place = proof.indexOf(chosen);
  changed.push(
    proof.toSpliced(place, 1),
    proof.toSpliced(place, 1, flip(chosen, bit)),
    proof.toSpliced(place, 0, chosen),
  );
  if (proof.length > 1) changed.push([...proof].toReversed());
  return changed;
}

const sizes = fc
  .integer({ min: 1, max: 200 })
  .chain((size) => fc.tuple(fc.constant(size), fc.integer({ min: 0, max: size - 1 })));
const all = tree(200);

it('proves an entry of any tree up to 200 leaves, and refuses every changed proof', () => {
  fc.assert(
    fc.property(sizes, fc.nat(10), fc.nat(255), ([size, index], at, bit) => {
      const root = treeRoot(size, all.nodes);
      const hash = all.nodes(0, index);
      const proof = inclusionProof(index, size, all.nodes);
      expect(verifyInclusion(hash, index, size, proof, root)).toBe(true);
      for (const changed of mutations(proof, at, bit))
        expect(verifyInclusion(hash, index, size, changed, root)).toBe(false);
      expect(verifyInclusion(flip(hash, bit), index, size, proof, root)).toBe(false);
      expect(verifyInclusion(hash, index, size, proof, flip(root, bit))).toBe(false);
      for (const other of [index + 1, index - 1, index ^ 2, size, -1, 0.5])
        expect(verifyInclusion(hash, other, size, proof, root), `as entry ${other}`).toBe(false);
    }),
    { numRuns: 300 },
  );
});

it('proves the past of any tree up to 200 leaves, and refuses every changed proof', () => {
  fc.assert(
    fc.property(sizes, fc.nat(10), fc.nat(255), ([size, index], at, bit) => {
      const from = index + 1;
      const [old, root] = [treeRoot(from, all.nodes), treeRoot(size, all.nodes)];
      const proof = consistencyProof(from, size, all.nodes);
      expect(verifyConsistency(from, size, old, root, proof)).toBe(true);
      for (const changed of mutations(proof, at, bit))
        expect(verifyConsistency(from, size, old, root, changed)).toBe(false);
      expect(verifyConsistency(from, size, flip(old, bit), root, proof)).toBe(false);
      expect(verifyConsistency(from, size, old, flip(root, bit), proof)).toBe(false);
      expect(verifyConsistency(size + 1, size, old, root, proof)).toBe(false);
    }),
    { numRuns: 300 },
  );
});

it('looks up no more than a logarithm of the tree for a proof', () => {
  let lookups = 0;
  const counted: NodeSource = () => {
    lookups += 1;
    return leafHash(text('any'));
  };
  const size = 1_000_003;
  inclusionProof(777_777, size, counted);
  consistencyProof(500_001, size, counted);
  treeRoot(size, counted);
  expect(lookups).toBeLessThan(120);
});

it('has no proof for what is not there', () => {
  expect(() => inclusionProof(5, 5, all.nodes)).toThrow(RangeError);
  expect(() => inclusionProof(-1, 5, all.nodes)).toThrow(RangeError);
  expect(() => consistencyProof(0, 5, all.nodes)).toThrow(RangeError);
  expect(() => consistencyProof(6, 5, all.nodes)).toThrow(RangeError);
});

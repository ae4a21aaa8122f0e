import { createHash } from 'node:crypto';
import { v7 as uuidv7 } from 'uuid';
import { expect, it } from 'vitest';
import { caseFixture, newCase, patternedBytes, sealBytes } from '../../../test/support/case-fixture.ts';
import { plainRoot } from '../../../test/support/plain-tree.ts';
import { ensureEnrolled } from './begin-case.ts';
import { canonicalJson } from './canonical.ts';
import { parseCheckpoint } from './checkpoint.ts';
import { CustodyLog } from './log.ts';
import { leafHash } from './merkle.ts';
import { verifyConsistency, verifyInclusion } from './merkle-verify.ts';
import { loadOrCreateOperatorKey } from './operator-key.ts';
import { openNote, parseVkey } from './signed-note.ts';
import { parseTlogProof } from './tlog-proof.ts';

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

it('begins with what the case is and who keeps it', () => {
  const { file, key, log } = caseFixture();
  const [created, enrolled] = log.events();
  expect(created?.leaf).toMatchObject({
    seq: 0,
    type: 'case.created',
    subject: { kind: 'case', id: file.info.id },
  });
  expect(created?.detail).toMatchObject(newCase);
  expect(enrolled?.leaf).toMatchObject({ seq: 1, type: 'operator.enrolled', operator: key.fingerprint });
  expect(enrolled?.detail).toEqual({
    name: 'Ana',
    publicKey: Buffer.from(key.publicKey).toString('base64'),
    vkey: log.vkey,
    fingerprint: key.fingerprint,
  });
});

it('keeps exact canonical bytes, a salted detail, and nothing personal in the leaf', () => {
  const { log } = caseFixture();
  const detail = { z: 'Zoë', a: [1, null] };
  const leaf = log.append({ type: 'actor.added', subject: { kind: 'actor', id: uuidv7() }, detail });
  const bytes = log.leafBytes(leaf.seq);
  expect(Buffer.from(bytes).toString()).toBe(canonicalJson(leaf));
  expect(Buffer.from(bytes).toString()).not.toContain('Zo');
  const [event] = log.events().slice(-1);
  expect(event).toMatchObject({ leaf, detail, leafHash: hex(leafHash(bytes)) });
  const salt = Buffer.from(event?.salt ?? '', 'base64');
  expect(salt).toHaveLength(32);
  expect(createHash('sha256').update(salt).update('{"a":[1,null],"z":"Zoë"}').digest('hex')).toBe(
    leaf.detail,
  );
  const same = log.append({ type: 'actor.added', subject: leaf.subject, detail });
  expect(same.detail).not.toBe(leaf.detail);
});

it('signs a checkpoint over all entries after each, and proves each entry and the whole past against it', () => {
  const { file, log } = caseFixture();
  const subject = { kind: 'case', id: file.info.id } as const;
  for (let i = 0; i < 21; i += 1) log.append({ type: 'item.viewed', subject, detail: { i } });
  const size = 23;
  const leaves = Array.from({ length: size }, (_, seq) => log.leafBytes(seq));
  const head = log.head();
  expect(head).toMatchObject({ size, root: hex(plainRoot(leaves)) });
  const verifier = parseVkey(log.vkey);
  for (let to = 1; to <= size; to += 1) {
    const root = plainRoot(leaves.slice(0, to));
    for (let seq = 0; seq < to; seq += 1) {
      const { index, proof, checkpoint } = parseTlogProof(log.inclusion(seq, to));
      const body = parseCheckpoint(openNote(checkpoint, [verifier]).text);
      expect(body).toMatchObject({ origin: log.origin, size: to });
      expect(
        verifyInclusion(leafHash(leaves[seq] ?? Buffer.alloc(0)), index, body.size, proof, body.root),
      ).toBe(true);
    }
    const proof = log.consistency(to, size);
    expect(verifyConsistency(to, size, root, Buffer.from(head?.root ?? '', 'hex'), proof)).toBe(true);
    expect(hex(log.rootAt(to))).toBe(hex(root));
  }
  expect(parseTlogProof(log.inclusion(3)).checkpoint).toBe(head?.note);
  expect(() => log.inclusion(size)).toThrow(RangeError);
  expect(() => log.inclusion(0, size + 1)).toThrow(RangeError);
  expect(() => log.leafBytes(size)).toThrow(RangeError);
});

it('finds the entries about given subjects, in order and each once', () => {
  const { log } = caseFixture();
  const [one, two] = [uuidv7(), uuidv7()].map((id) => ({ kind: 'capture', id }) as const);
  if (!one || !two) throw new Error('no subjects');
  for (const subject of [one, two, one]) log.append({ type: 'item.viewed', subject, detail: {} });
  log.append({ type: 'item.viewed', subject: { kind: 'job', id: one.id }, detail: {} });
  const seqs = (...subjects: (typeof one)[]) => log.events({ subjects }).map((event) => event.leaf.seq);
  expect(seqs(one)).toEqual([2, 4]);
  expect(seqs(two, one, two)).toEqual([2, 3, 4]);
  expect(seqs()).toEqual([]);
});

it('seals bytes and entry together: when anything fails there is neither', () => {
  const fixture = caseFixture();
  const { file, log, blobs } = fixture;
  const before = log.head();
  const writer = blobs.create('application/wacz');
  writer.write(patternedBytes(5000));
  const failing = () =>
    file.transaction(() => {
      const { sha256, size } = writer.finish();
      const subject = { kind: 'capture', id: uuidv7() } as const;
      log.append({ type: 'item.sealed', subject, evidence: { sha256, size }, detail: {} });
      throw new Error('the row could not be written');
    });
  expect(failing).toThrow('the row');
  expect(log.head()).toEqual(before);
  for (const table of ['custody_event', 'custody_detail', 'checkpoint'])
    expect(file.prepare(`SELECT 1 FROM ${table}`).all(), table).toHaveLength(2);
  expect(file.prepare('SELECT 1 FROM custody_node').all()).toHaveLength(1);
  expect(file.prepare('SELECT 1 FROM blob WHERE closed = 1').all()).toHaveLength(0);
  expect(sealBytes(fixture, 1, patternedBytes(5000)).seq).toBe(2);
});

it('adds nothing for a detail that has no canonical text', () => {
  const { file, log } = caseFixture();
  const subject = { kind: 'case', id: file.info.id } as const;
  expect(() => log.append({ type: 'item.viewed', subject, detail: { bytes: Number.NaN } })).toThrow(
    'not understood',
  );
  expect(log.head()?.size).toBe(2);
});

it('seals what a page calls itself, even where that is no text', () => {
  const { file, log } = caseFixture();
  const subject = { kind: 'case', id: file.info.id } as const;
  log.append({
    type: 'item.viewed',
    subject,
    detail: { title: 'half \ud83d', deep: [{ '\udc00': 'a\ud83d\ude00' }] },
  });
  expect(log.events().at(-1)?.detail).toEqual({ title: 'half \ufffd', deep: [{ '\ufffd': 'a\u{1f600}' }] });
});

it('tells of a new head once it is committed, and of several in one transaction only the last', () => {
  const { file, log } = caseFixture();
  const subject = { kind: 'case', id: file.info.id } as const;
  const heads: number[] = [];
  const stop = log.onHead((head) => heads.push(head.size));
  file.transaction(() => {
    for (let i = 0; i < 3; i += 1) log.append({ type: 'item.viewed', subject, detail: {} });
    expect(heads).toEqual([]);
  });
  const failing = () =>
    file.transaction(() => {
      log.append({ type: 'item.viewed', subject, detail: {} });
      throw new Error('stop');
    });
  expect(failing).toThrow('stop');
  log.append({ type: 'item.viewed', subject, detail: {} });
  stop();
  log.append({ type: 'item.viewed', subject, detail: {} });
  expect(heads).toEqual([5, 6]);
});

it('enrols a second operator once', () => {
  const { file, folder } = caseFixture();
  const second = new CustodyLog(file, loadOrCreateOperatorKey(`${folder}/second`));
  ensureEnrolled(second, 'Bo');
  ensureEnrolled(second, 'Bo');
  expect(second.events().map((event) => event.detail?.['name'])).toEqual([undefined, 'Ana', 'Bo']);
});

it('names a case as damaged whose entries cannot be read', () => {
  const { file, log } = caseFixture();
  file.prepare('DROP TRIGGER custody_event_no_update').run();
  file.prepare("UPDATE custody_event SET leaf = CAST('{' AS BLOB) WHERE seq = 1").run();
  expect(() => log.events()).toThrow('is damaged: an entry of its log cannot be read');
});

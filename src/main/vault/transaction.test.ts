import { expect, it } from 'vitest';
import { caseFixture } from '../../../test/support/case-fixture.ts';

function jobs() {
  const { file } = caseFixture();
  const add = (id: string) =>
    file
      .prepare<[string]>("INSERT INTO job VALUES (?, 'k', 'queued', '{}', '{}', NULL, NULL, 0, '', '')")
      .run(id);
  const ids = () =>
    file
      .prepare<[], { id: string }>('SELECT id FROM job ORDER BY id')
      .all()
      .map((row) => row.id);
  return { file, add, ids };
}

it('keeps all of a transaction or nothing of it', () => {
  const { file, add, ids } = jobs();
  const failing = () =>
    file.transaction(() => {
      add('a');
      throw new Error('stop');
    });
  expect(failing).toThrow('stop');
  expect(ids()).toEqual([]);
  expect(file.inTransaction).toBe(false);
  expect(file.transaction(() => add('b').changes)).toBe(1);
  expect(ids()).toEqual(['b']);
});

it('joins an inner transaction to the outer one', () => {
  const { file, add, ids } = jobs();
  const failing = () =>
    file.transaction(() => {
      file.transaction(() => add('inner'));
      throw new Error('stop');
    });
  expect(failing).toThrow('stop');
  expect(ids()).toEqual([]);
});

it('undoes only the inner part when the outer goes on without it', () => {
  const { file, add, ids } = jobs();
  file.transaction(() => {
    add('outer');
    const inner = () =>
      file.transaction(() => {
        add('inner');
        throw new Error('stop');
      });
    expect(inner).toThrow('stop');
  });
  expect(ids()).toEqual(['outer']);
});

it('tells nobody of what was rolled back, and of the rest only once it is committed', () => {
  const { file } = jobs();
  const told: string[] = [];
  file.transaction(() => {
    file.afterCommit(() => told.push('outer'));
    const inner = () =>
      file.transaction(() => {
        file.afterCommit(() => told.push('inner'));
        throw new Error('stop');
      });
    expect(inner).toThrow('stop');
    expect(told).toEqual([]);
  });
  expect(told).toEqual(['outer']);
  file.afterCommit(() => told.push('now'));
  expect(told).toEqual(['outer', 'now']);
});

it('refuses work that waits: what it waits for would be in no transaction', () => {
  const { file, add, ids } = jobs();
  expect(() => file.transaction(async () => add('late'))).toThrow('cannot wait');
  expect(ids()).toEqual([]);
});

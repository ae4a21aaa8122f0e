import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { auditActors } from '../../src/main/actors/audit.ts';
import type { Check } from '../../src/shared/domain/custody.ts';
import type { ActorInput } from '../../src/shared/domain/actor.ts';
import { MadeUpCase } from './bundle-case.ts';

let made: MadeUpCase;
beforeEach(async () => {
  made = new MadeUpCase();
  for (const number of [1, 2, 3]) {
    await made.seal({ url: `https://courier.example/${number}`, title: `Article ${number}`, body: 'Text.' });
  }
});
afterEach(() => made.close());

const bulletin: ActorInput = {
  kind: 'outlet',
  name: 'Le Bulletin',
  note: '',
  handles: [{ platform: 'microblog', handle: '@bulletin', url: '' }],
};

function events(): string[] {
  return made.log
    .events()
    .filter(({ leaf }) => leaf.type.startsWith('actor.'))
    .map(({ leaf }) => leaf.type);
}

function audit(): Check[] {
  const checks: Check[] = [];
  auditActors({ file: made.file, events: made.log.events(), report: (check) => checks.push(check) });
  return checks;
}

describe('an actor', () => {
  it('is added, changed, withdrawn and restored, each with its entry in the log', () => {
    const { actors } = made;
    const added = actors.add(bulletin);
    expect(added).toMatchObject({ ...bulletin, captureCount: 0 });
    const changed = actors.change(added.id, { ...bulletin, kind: 'stateBody' });
    expect(actors.list()).toEqual([{ ...added, kind: 'stateBody' }]);
    actors.withdraw(added.id);
    expect(actors.list()).toEqual([]);
    expect(actors.restore(added.id)).toEqual(changed);
    expect(events()).toEqual(['actor.added', 'actor.changed', 'actor.withdrawn', 'actor.changed']);
    expect(made.log.events().at(-1)?.detail).toMatchObject({ restored: true, name: 'Le Bulletin' });
    expect(audit()).toEqual([expect.objectContaining({ status: 'pass' })]);
  });

  it('is not changed by the same again, however it is typed', () => {
    const added = made.actors.add({ ...bulletin, name: 'École' });
    expect(made.actors.change(added.id, { ...bulletin, name: '  E\u0301cole ' })).toEqual(added);
    made.actors.restore(added.id);
    expect(events()).toEqual(['actor.added']);
  });

  it('is kept though its name holds half a character', () => {
    expect(made.actors.add({ ...bulletin, name: 'A\uD800' }).name).toBe('A\uFFFD');
    expect(audit()).toEqual([expect.objectContaining({ status: 'pass' })]);
  });

  it.each([{ name: ' ' }, { name: 'x'.repeat(201) }, { note: 'x'.repeat(4001) }])(
    'is refused when it is %o',
    (bad) => {
      expect(() => made.actors.add({ ...bulletin, ...bad })).toThrow(
        expect.objectContaining({ code: 'INPUT_INVALID' }),
      );
      expect(events()).toEqual([]);
    },
  );

  it('that is not there, or was withdrawn, is not changed', () => {
    const { id } = made.actors.add(bulletin);
    made.actors.withdraw(id);
    const gone = expect.objectContaining({ code: 'ACTOR_NOT_FOUND' });
    expect(() => made.actors.change(id, bulletin)).toThrow(gone);
    expect(() => made.actors.withdraw(id)).toThrow(gone);
    expect(() => made.actors.restore(made.file.info.id)).toThrow(gone);
    expect(() => made.actors.link([made.list()[0]?.id ?? ''], id, 'author')).toThrow(gone);
  });

  it('is found by identifier, name, handle and beginning of the identifier', () => {
    const { actors } = made;
    const one = actors.add(bulletin);
    const two = actors.add({ kind: 'person', name: 'Émile Rakoto', note: '', handles: [] });
    for (const wanted of [
      one.id,
      one.id.toUpperCase(),
      'le bulletin',
      'LE BULLETIN ',
      '@Bulletin',
      'bulletin',
    ]) {
      expect(actors.find(wanted).id, wanted).toBe(one.id);
    }
    expect(actors.find('emile rakoto').id).toBe(two.id);
    expect(() => actors.find('Rakoto')).toThrow(expect.objectContaining({ code: 'ACTOR_NOT_FOUND' }));
    expect(() => actors.find('')).toThrow(expect.objectContaining({ code: 'ACTOR_NOT_FOUND' }));
    expect(() => actors.find(one.id.slice(0, 4))).toThrow(
      expect.objectContaining({ code: 'ACTOR_AMBIGUOUS' }),
    );
    actors.add({ kind: 'account', name: 'le bulletin', note: '', handles: [] });
    expect(actors.find('Le Bulletin').id).toBe(one.id);
    expect(() => actors.find('LE BULLETIN')).toThrow(expect.objectContaining({ code: 'ACTOR_AMBIGUOUS' }));
  });
});

describe('a link from captures to an actor', () => {
  it('is made for many captures at once, passing over those that have it', () => {
    const { actors } = made;
    const { id } = actors.add(bulletin);
    const [first, second, third] = made.list().map((capture) => capture.id);
    if (!first || !second || !third) throw new Error('three captures');
    const [link] = actors.link([first], id, 'author', ' Signed. ');
    expect(link).toMatchObject({ captureId: first, actorId: id, role: 'author', note: 'Signed.' });
    expect(
      actors.link([first, second, third, third], id, 'author').map(({ captureId }) => captureId),
    ).toEqual([second, third]);
    expect(() => actors.link([first], id, 'author')).toThrow(
      expect.objectContaining({ code: 'LINK_EXISTS' }),
    );
    expect(actors.link([first], id, 'subject').length).toBe(1);
    expect(actors.links(first).map(({ role }) => role)).toEqual(['author', 'subject']);
    expect(actors.list()[0]?.captureCount).toBe(3);
    expect(audit()).toEqual([expect.objectContaining({ status: 'pass' })]);
  });

  it('is made for all of the captures or for none', () => {
    const { id } = made.actors.add(bulletin);
    const [capture] = made.list();
    const unknown = made.file.info.id;
    expect(() => made.actors.link([capture?.id ?? '', unknown], id, 'author')).toThrow(
      expect.objectContaining({ code: 'CAPTURE_NOT_FOUND' }),
    );
    expect(made.actors.links()).toEqual([]);
    expect(events()).toEqual(['actor.added']);
  });

  it('is taken away once, and can be made again', () => {
    const { actors } = made;
    const { id } = actors.add(bulletin);
    const capture = made.list()[0]?.id ?? '';
    const [link] = actors.link([capture], id, 'author');
    actors.unlink(link?.id ?? '');
    expect(actors.links()).toEqual([]);
    expect(() => actors.unlink(link?.id ?? '')).toThrow(expect.objectContaining({ code: 'LINK_NOT_FOUND' }));
    expect(actors.link([capture], id, 'author').length).toBe(1);
    expect(events()).toEqual(['actor.added', 'actor.linked', 'actor.unlinked', 'actor.linked']);
    expect(audit()).toEqual([expect.objectContaining({ status: 'pass' })]);
  });

  it('goes and comes back with its actor', () => {
    const { actors } = made;
    const { id } = actors.add(bulletin);
    const links = actors.link(
      made.list().map((capture) => capture.id),
      id,
      'mentioned',
    );
    actors.withdraw(id);
    expect(actors.links()).toEqual([]);
    actors.restore(id);
    expect(actors.links()).toEqual(links);
  });
});

describe('the audit of actors', () => {
  it.each([
    ['UPDATE actor SET name = ?', 'Another', 'actor “Le Bulletin”', 'The name differs from the log.'],
    [
      'UPDATE actor SET withdrawn_at = ?',
      '2026-01-01T00:00:00.000Z',
      'actor “Le Bulletin”',
      'The time of withdrawal differs from the log.',
    ],
    [
      'UPDATE actor_handle SET handle = ?',
      '@other',
      'actor “Le Bulletin”',
      'The list of handles differs from the log.',
    ],
    [
      'UPDATE capture_actor SET role = ?',
      'author',
      expect.stringMatching(/^link of “Le Bulletin” to capture/),
      'The role differs from the log.',
    ],
    [
      'DELETE FROM capture_actor WHERE note <> ?',
      'x',
      expect.stringMatching(/^link of “Le Bulletin”/),
      'It is in the log and missing from the case.',
    ],
    [
      `INSERT INTO actor VALUES ('01a20494-0000-7000-8000-000000000000', 'person', ?, '', '', NULL)`,
      'Nobody',
      'actor “Nobody”',
      'It is in the case and no event of the log made it.',
    ],
  ])('names what was changed behind the log: %s', (sql, value, item, message) => {
    const { id } = made.actors.add(bulletin);
    made.actors.link([made.list()[0]?.id ?? ''], id, 'subject');
    made.file.transaction(() => made.file.prepare<[string]>(sql).run(value));
    expect(audit()).toEqual([{ item, status: 'fail', message }]);
  });
});

import type { Actor } from '../../shared/domain/actor.ts';
import { ConstatError } from '../../shared/problems.ts';

/** The shortest piece of an identifier that may stand for the whole. */
const shortestPrefix = 4;

/**
 * The one actor that a person means by an identifier, a name, a handle or the beginning of an identifier, looked for in
 * that order. Case, accents and the `@` of a handle do not matter; an exact spelling of the name goes first.
 * Throws ACTOR_NOT_FOUND, or ACTOR_AMBIGUOUS where the first way that finds any finds several.
 */
export function findActor(actors: readonly Actor[], wanted: string): Actor {
  const text = wanted.trim().normalize('NFC');
  const folded = fold(text);
  const bare = folded.replace(/^@/, '');
  const ways: ((actor: Actor) => boolean)[] = [
    (actor) => actor.id === text.toLowerCase(),
    (actor) => actor.name === text,
    (actor) => fold(actor.name) === folded,
    (actor) => actor.handles.some(({ handle }) => fold(handle).replace(/^@/, '') === bare),
    (actor) => text.length >= shortestPrefix && actor.id.startsWith(text.toLowerCase()),
  ];
  if (text !== '') {
    for (const way of ways) {
      const [found, second] = actors.filter(way);
      if (second) throw new ConstatError('ACTOR_AMBIGUOUS', { id: wanted });
      if (found) return found;
    }
  }
  throw new ConstatError('ACTOR_NOT_FOUND', { id: wanted });
}

/** Without case and accents: `É` and `e` are the same here. */
function fold(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().normalize('NFC').trim();
}

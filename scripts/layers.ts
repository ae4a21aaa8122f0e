import { dirname, join, normalize, relative, sep } from 'node:path';

/** Rooms of src/main from the ground up. A room may use those on lower floors, never one on its own. */
const floors: readonly (readonly string[])[] = [
  ['vault', 'archive'],
  ['custody'],
  ['capture', 'actors', 'posts', 'watch', 'intake', 'analysis', 'bundle'],
  ['api'],
  ['hosts'],
];

/** One import of one file, both relative to the repository with `/`. */
export interface Import {
  from: string;
  specifier: string;
}

const importPattern =
  /(?:^|[\s;}])(?:import|export)\s+(?:type\s+)?(?:[\w*{][^'";]*?\sfrom\s+)?['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]\s*\)/g;

/** Every import of a source text: static, re-exported and dynamic. */
export function importsOf(from: string, text: string): Import[] {
  return [...text.matchAll(importPattern)].map((match) => ({ from, specifier: match[1] ?? match[2] ?? '' }));
}

interface Place {
  layer: 'shared' | 'main' | 'preload' | 'renderer' | 'outside';
  room: string;
}

function placeOf(path: string): Place {
  const [src, layer, room] = path.split('/');
  if (src !== 'src') return { layer: 'outside', room: '' };
  if (layer === 'shared' || layer === 'preload' || layer === 'renderer') return { layer, room: '' };
  return { layer: 'main', room: room ?? '' };
}

const floorOf = (room: string) => floors.findIndex((rooms) => rooms.includes(room));

/** Why an import may not be, or null where it may. The rules are those of ARCHITECTURE.md, “who may use whom”. */
export function violation({ from, specifier }: Import): string | null {
  const here = placeOf(from);
  if (!specifier.startsWith('.')) return packageViolation(from, here, specifier);
  const target = normalize(join(dirname(from), specifier))
    .split(sep)
    .join('/');
  const there = placeOf(target);
  if (here.layer === 'outside') return null;
  // Types that a package has but does not export by name.
  if (target.startsWith('node_modules/') && target.endsWith('.d.ts')) return null;
  if (there.layer === 'outside' && from.endsWith('.test.ts')) return null;
  if (there.layer === 'outside') return `${from} reaches outside src: ${specifier}`;
  if (here.layer === there.layer && here.layer !== 'main') return null;
  if (there.layer === 'shared') return null;
  if (here.layer !== 'main' || there.layer !== 'main')
    return `${here.layer} must not use ${there.layer}: ${from} imports ${relative('.', target)}`;
  if (here.room === there.room) return null;
  if (floorOf(here.room) < 0) return `${from} is in a room that the plan does not have: ${here.room}`;
  if (floorOf(there.room) < floorOf(here.room)) return null;
  return `${here.room} must not use ${there.room}: ${from} imports ${target}`;
}

function packageViolation(from: string, here: Place, specifier: string): string | null {
  if (specifier === 'electron' || specifier.startsWith('electron/')) {
    const shell =
      from.startsWith('src/main/hosts/electron/') ||
      from.startsWith('src/preload/') ||
      here.layer === 'outside';
    return shell ? null : `only hosts/electron and preload may import electron: ${from}`;
  }
  const builtin = specifier.startsWith('node:');
  if (builtin && !from.endsWith('.test.ts') && (here.layer === 'shared' || here.layer === 'renderer'))
    return `${here.layer} must not use Node: ${from} imports ${specifier}`;
  if (here.layer === 'main' && /^(react|react-.*|@tanstack\/.*)$/.test(specifier))
    return `main must not use interface libraries: ${from} imports ${specifier}`;
  return null;
}

/** Why a file may not hold SQL, or null. Only `store.ts` files, the vault and its migrations speak to the database. */
export function sqlViolation(path: string, text: string): string | null {
  if (!path.startsWith('src/') || path.endsWith('.test.ts')) return null;
  if (path.startsWith('src/main/vault/') || path.endsWith('/store.ts') || /\/[\w-]*store\.ts$/.test(path))
    return null;
  return /\.(?:prepare|pragma)\s*[(<]/.test(text) ? `SQL belongs in a store.ts file: ${path}` : null;
}

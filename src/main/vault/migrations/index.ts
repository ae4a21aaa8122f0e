import { initial } from './0001-initial.ts';
import type { Migration } from './migration.ts';

/** Every step from an empty file to the format this version writes, in order. */
export const migrations: readonly Migration[] = [initial];

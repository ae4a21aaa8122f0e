/**
 * Types of the Chrome DevTools Protocol. playwright-core ships them without listing them among its exports, so they are
 * taken from its file; nothing of it is there at run time.
 */
export type { Protocol } from '../../../../node_modules/playwright-core/types/protocol.d.ts';

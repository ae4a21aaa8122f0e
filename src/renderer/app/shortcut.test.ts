import { describe, expect, it } from 'vitest';
import { isShortcut } from './shortcut.ts';

const press = (
  key: string,
  held: Partial<Record<'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey', boolean>> = {},
  code = '',
) => ({
  key,
  code,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...held,
});

describe('a shortcut', () => {
  it('with Mod is Ctrl, and ⌘ on an Apple machine, never the other', () => {
    expect(isShortcut(press('k', { ctrlKey: true }), 'Mod+K', false)).toBe(true);
    expect(isShortcut(press('k', { metaKey: true }), 'Mod+K', false)).toBe(false);
    expect(isShortcut(press('k', { metaKey: true }), 'Mod+K', true)).toBe(true);
    expect(isShortcut(press('k', { ctrlKey: true }), 'Mod+K', true)).toBe(false);
  });

  it('of one letter is not taken from Ctrl with that letter', () => {
    expect(isShortcut(press('t'), 't', false)).toBe(true);
    expect(isShortcut(press('T', { shiftKey: true }), 't', false)).toBe(true);
    expect(isShortcut(press('t', { ctrlKey: true }), 't', false)).toBe(false);
    expect(isShortcut(press('t', { altKey: true }), 't', false)).toBe(false);
  });

  it('with a digit goes by the key, for Alt and a digit may write another sign', () => {
    expect(isShortcut(press('¡', { altKey: true }, 'Digit1'), 'Alt+1', true)).toBe(true);
    expect(isShortcut(press('1', { altKey: true }, 'Digit1'), 'Alt+1', false)).toBe(true);
    expect(isShortcut(press('2', { altKey: true }, 'Digit2'), 'Alt+1', false)).toBe(false);
  });

  it('of a sign is what is typed, wherever the keyboard has it', () => {
    expect(isShortcut(press('?', { shiftKey: true }, 'Slash'), '?', false)).toBe(true);
    expect(isShortcut(press('?', { shiftKey: true }, 'Comma'), '?', false)).toBe(true);
  });
});

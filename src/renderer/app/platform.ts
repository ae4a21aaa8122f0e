import { z } from 'zod';

/**
 * What the desktop shell lends to the page beside the contract: its file choosers and its file manager. Each is optional;
 * in a browser none is there and paths are typed.
 */
export interface PlatformBridge {
  /** Asks where a new case file shall stand; null when the person thought better of it. */
  chooseNewCase?: (suggested: string) => Promise<string | null>;
  /** Asks for an existing case file. */
  chooseCase?: () => Promise<string | null>;
  /** Asks where a bundle shall be written. */
  chooseDestination?: (suggested: string, format: 'folder' | 'zip') => Promise<string | null>;
  /** Asks for a bundle, folder or zip, to verify. */
  chooseBundle?: () => Promise<string | null>;
  /** Shows a file in the system's file manager. */
  reveal?: (path: string) => Promise<void>;
  /** Opens a replay in a window of its own, cut off from the application. */
  openReplay?: (url: string) => Promise<void>;
}

declare global {
  interface Window {
    /** Set by the preload of the desktop shell; absent in a browser. */
    constat?: PlatformBridge & { port?: boolean };
  }
}

/** The shell's offers, or an empty object in a browser. */
export const platform: PlatformBridge = window.constat ?? {};

/** True inside the desktop window, where the contract runs over a port that the preload hands over. */
export const isDesktop = window.constat !== undefined;

/** True where shortcuts are written with ⌘. */
export const isApple = /mac|iphone|ipad/i.test(navigator.userAgent);

const portMessage = z.object({ type: z.literal('constat-port') });

/**
 * Waits for the port to the core, which the preload posts to its own page. Messages from anywhere else, a replayed page
 * in a frame above all, are not listened to.
 */
export function portOfShell(): Promise<MessagePort> {
  return new Promise((resolve) => {
    const take = (event: MessageEvent<unknown>) => {
      const port = event.ports[0];
      if (event.source !== window || !port || !portMessage.safeParse(event.data).success) return;
      window.removeEventListener('message', take);
      port.start();
      resolve(port);
    };
    window.addEventListener('message', take);
    window.postMessage({ type: 'constat-port-wanted' }, window.location.origin);
  });
}

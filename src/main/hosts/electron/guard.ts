import { app, type Session, type WebContents } from 'electron';
import { mayNavigate, mayRequest, mayUse, replayToken } from './security.ts';

/** Puts the rules of `security.ts` on everything that will ever show a page. `openReplay` takes a replay asked for as a window. */
export function guardWebContents(openReplay: (url: string) => void): void {
  app.on('web-contents-created', (_event, contents) => {
    const hold = (event: { url: string; isMainFrame: boolean; preventDefault(): void }) => {
      if (!mayNavigate(event, contents.getURL())) event.preventDefault();
    };
    contents.on('will-navigate', hold);
    contents.on('will-frame-navigate', hold);
    contents.on('will-redirect', hold);
    contents.on('will-attach-webview', (event) => event.preventDefault());
    contents.setWebRTCIPHandlingPolicy('disable_non_proxied_udp');
    contents.setWindowOpenHandler(({ url }) => {
      if (isApplication(contents) && replayToken(url) !== null) openReplay(url);
      return { action: 'deny' };
    });
  });
}

function isApplication(contents: WebContents): boolean {
  return contents.getURL().startsWith('app:');
}

/** Takes a session off the network and denies every ability but those `mayUse` grants. */
export function guardSession(session: Session): void {
  session.setPermissionRequestHandler((_contents, permission, decide, details) =>
    decide(mayUse(permission, details.requestingUrl)),
  );
  session.setPermissionCheckHandler((_contents, permission, origin) => mayUse(permission, origin));
  session.setDevicePermissionHandler(() => false);
  session.setDisplayMediaRequestHandler(null);
  session.setSpellCheckerEnabled(false);
  session.webRequest.onBeforeRequest((details, decide) => decide({ cancel: !mayRequest(details.url) }));
  session.enableNetworkEmulation({ offline: true });
  session.on('will-download', (event) => event.preventDefault());
}

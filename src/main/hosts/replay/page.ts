import type { ReplayTarget } from './source.ts';

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** The page in which a capture is replayed: the player, told which file and which page, and nothing else. */
export function replayPage(target: ReplayTarget): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>Replay of ${escaped(target.url)}</title>
<link rel="stylesheet" href="/replay.css">
<script src="/replay/ui.js"></script>
</head>
<body>
<replay-web-page source="/capture.wacz" replaybase="/replay/" embed="replayonly" newwindowbase="/" nocache
 url="${escaped(target.url)}" ts="${escaped(target.timestamp)}"></replay-web-page>
</body>
</html>
`;
}

/** The player fills its window. */
export const replayStyle =
  'html, body { height: 100%; margin: 0; overflow: hidden; } replay-web-page { height: 100%; }\n';

/** The player's inner page, as the service worker also gives it: served once, before the service worker rules its origin. */
export const playerPage = `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>Replay</title><script src="./ui.js"></script></head>
<body><replay-app-main></replay-app-main></body>
</html>
`;

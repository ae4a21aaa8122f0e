import { readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import type { CaptureOptions } from '../../../src/shared/domain/capture-options.ts';
import type { Answer } from '../../fixtures/hard-site/answer.ts';
import { startServers } from '../../fixtures/hard-site/servers.ts';
import { madeUp } from '../../fixtures/hard-site/things.ts';
import { judgeCapture, print, summary, type CaseResult, type Shown } from './judge.ts';

/**
 * Serves a folder nobody here wrote (somebody else’s test site) and captures each of its pages, or those whose path contains a name.
 * `/404-response` and the like are answered with that status, as such sites do; what is not there with 404.
 */
export async function folder(
  root: string,
  names: string[],
  witness: CaptureOptions['witness'],
  show: Shown,
): Promise<boolean> {
  const pages = readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter(
      (path) => /\.x?html?$/.test(path) && (names.length === 0 || names.some((name) => path.includes(name))),
    )
    .toSorted();
  const results: CaseResult[] = [];
  for (const path of pages) {
    const servers = await startServers(['hard.localhost'], (answer) => serve(answer, root));
    const url = `${servers.origin('http', 'hard.localhost')}/${path.split('/').map(encodeURIComponent).join('/')}`;
    const source = { log: servers.log, handshakes: [], messages: [], unasked: () => [] };
    const result = await judgeCapture(path.slice(-20), url, source, { witness });
    await servers.close();
    results.push(result);
    print(result, show);
  }
  return summary(results);
}

function serve(answer: Answer, root: string): void {
  const { pathname } = answer.url;
  const status = /^\/(\d{3})-/.exec(pathname)?.[1];
  if (status !== undefined) {
    const headers: [string, string][] = status.startsWith('3')
      ? [['Location', '/internal_redirect_target.html']]
      : [];
    return answer.give('text/plain', 'Never mind', { status: Number(status), headers });
  }
  const file = join(root, decoded(pathname));
  const inside = !relative(root, file).startsWith('..');
  for (const path of inside ? [file, join(file, 'index.html')] : []) {
    if (!(statSync(path, { throwIfNoEntry: false })?.isFile() ?? false)) continue;
    const [type] = madeUp('GET', basename(path));
    const known = /\.(jpe?g|gif|webp|mp4|webm|ogg|mp3|woff2?)$/.test(path)
      ? 'application/octet-stream'
      : type;
    return answer.give(known, readFileSync(path), { headers: [['Access-Control-Allow-Origin', '*']] });
  }
  return answer.give('text/html', 'not here', { status: 404 });
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

import { app, dialog, Menu, protocol, utilityProcess, type MessagePortMain } from 'electron';
import { fileURLToPath } from 'node:url';
import { operatorHome } from '../../vault/home.ts';
import { software } from '../../../shared/software.ts';
import { interfaceFiles } from '../interface/files.ts';
import { ReplayAnswers } from '../replay/answer.ts';
import { loadPlayer } from '../replay/assets.ts';
import { CoreLink } from './core-link.ts';
import { guardWebContents } from './guard.ts';
import { menu } from './menu.ts';
import { appOrigin, schemes, switches } from './security.ts';
import { wording } from './wording.ts';
import { clearReplays, openReplayWindow, openWindow, prepareSession, type Shell } from './window.ts';

// The desktop's shell. It holds windows and nothing else: no case, no key, no network. Crash reports are not sent: the reporter
// is never started.

/** Beside this file once built. */
const built = (path: string) => fileURLToPath(new URL(path, import.meta.url));

process.umask(0o077);
app.enableSandbox();
app.setName(software.name);
for (const [name, value] of switches) app.commandLine.appendSwitch(name, value);
protocol.registerSchemesAsPrivileged(schemes);

function fail(message: string): void {
  dialog.showErrorBox(software.name, message);
  app.exit(1);
}

/** Starts the core. When it ends before its time the shell cannot go on: it says so and ends too. */
function startCore(closing: () => boolean): CoreLink<MessagePortMain> {
  const child = utilityProcess.fork(built('./core.js'), [], {
    serviceName: 'Constat core',
    stdio: 'inherit',
  });
  const link = new CoreLink<MessagePortMain>((message, ports) => child.postMessage(message, ports));
  child.on('message', (data: unknown) => link.take(data));
  child.on('exit', (code) => {
    link.lost();
    if (!closing()) fail(`${wording(app.getLocale()).coreStopped} (${code})`);
  });
  return link;
}

/** Case files given on the command line or by a double click. */
function casesIn(argv: string[]): string[] {
  return argv.filter((argument) => argument.endsWith('.constat'));
}

async function run(): Promise<void> {
  await app.whenReady();
  let closing = false;
  const core = startCore(() => closing);
  const shell: Shell = {
    core,
    files: interfaceFiles(built('../renderer')),
    answers: new ReplayAnswers(core, await loadPlayer(), appOrigin),
    preload: built('../preload/index.cjs'),
    packaged: app.isPackaged,
  };
  guardWebContents((url) => void openReplayWindow(shell, url));
  Menu.setApplicationMenu(Menu.buildFromTemplate(menu(process.platform, app.isPackaged)));
  await core.start(operatorHome(), casesIn(process.argv));
  await prepareSession(shell);
  let window = await openWindow(shell);

  app.on('second-instance', () => {
    if (window.isMinimized()) window.restore();
    window.focus();
  });
  app.on('activate', () => {
    if (window.isDestroyed()) void openWindow(shell).then((opened) => (window = opened));
  });
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit();
  });
  app.on('before-quit', (event) => {
    if (closing) return;
    event.preventDefault();
    closing = true;
    void Promise.allSettled([core.close(), clearReplays()]).then(() => app.quit());
  });
}

if (!app.requestSingleInstanceLock()) app.quit();
else run().catch((error: unknown) => fail(error instanceof Error ? error.message : String(error)));

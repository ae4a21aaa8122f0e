import { spawn } from 'node:child_process';

/** How each system opens an address in the browser its user chose; null where there is nothing to show one on. */
export function browserCommand(
  address: string,
  platform: NodeJS.Platform = process.platform,
  environment: NodeJS.ProcessEnv = process.env,
): [command: string, ...given: string[]] | null {
  if (platform === 'darwin') return ['open', address];
  if (platform === 'win32') return ['rundll32', 'url.dll,FileProtocolHandler', address];
  return hasDisplay(platform, environment) ? ['xdg-open', address] : null;
}

/** Whether a window can be shown: on Linux and its like, whether a display server was named. */
export function hasDisplay(
  platform: NodeJS.Platform = process.platform,
  environment: NodeJS.ProcessEnv = process.env,
): boolean {
  if (platform === 'darwin' || platform === 'win32') return true;
  return Boolean(environment['DISPLAY']) || Boolean(environment['WAYLAND_DISPLAY']);
}

/** Opens an address in the person's browser. False where that cannot be done, so that the address is printed instead. */
export function openBrowser(address: string): Promise<boolean> {
  const command = browserCommand(address);
  if (!command) return Promise.resolve(false);
  const [program, ...given] = command;
  return new Promise((resolve) => {
    const child = spawn(program, given, { stdio: 'ignore', detached: true });
    child.once('error', () => resolve(false));
    child.once('exit', (code) => resolve(code === 0));
    child.unref();
    // Some openers stay for as long as the browser runs: no failure by then is success.
    setTimeout(() => resolve(true), 3000).unref();
  });
}

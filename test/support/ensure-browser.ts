import { ensureBrowser } from '../../src/main/capture/install-browser.ts';

/** Before any test: the real browser that captures and interface tests need. Says what it does where there is none yet. */
export default async function setup(): Promise<void> {
  await ensureBrowser((line) => console.log(line));
}

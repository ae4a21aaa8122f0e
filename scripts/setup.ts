import { ensureBrowser } from '../src/main/capture/install-browser.ts';
import { ConstatError } from '../src/shared/problems.ts';

try {
  const browser = await ensureBrowser((line) => console.log(line));
  console.log(`Ready: Node ${process.versions.node}, ${browser.name} ${browser.version}.`);
} catch (error) {
  if (!(error instanceof ConstatError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}

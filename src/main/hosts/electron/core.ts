import { CoreService } from './core-service.ts';

// Entry of the utility process: the case files, the captures and the key live here, apart from the shell and from every page.
process.umask(0o077);
// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a process has no origin
const core = new CoreService((message) => process.parentPort.postMessage(message));
process.parentPort.on('message', ({ data, ports }) => void core.take(data, ports));

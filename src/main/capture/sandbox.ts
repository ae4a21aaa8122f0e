import { readFileSync, readlinkSync } from 'node:fs';
import type { CdpSession } from './cdp/connection.ts';

export interface SandboxState {
  sandbox: boolean;
  sandboxNote: string | null;
}

/** The browser's own sandbox is off only for root, whom it refuses to serve; never silently. */
export function sandboxChoice(): SandboxState {
  if (process.platform === 'linux' && process.getuid?.() === 0) {
    return {
      sandbox: false,
      sandboxNote: 'Constat ran as root, for whom Chromium’s sandbox cannot run. Run it as an ordinary user.',
    };
  }
  return { sandbox: true, sandboxNote: null };
}

/**
 * What the kernel says of a page's process, where it can be asked (Linux): a sandbox is on where system calls are filtered (seccomp
 * mode 2, proc(5)) and the process is in a namespace of its own. That the switch is not there proves nothing.
 */
export async function sandboxSeen(choice: SandboxState, browser: CdpSession): Promise<SandboxState> {
  if (process.platform !== 'linux' || !choice.sandbox) return choice;
  const { processInfo } = await browser.send('SystemInfo.getProcessInfo');
  const renderer = processInfo.find(({ type }) => type === 'renderer');
  if (!renderer) return choice;
  try {
    const status = readFileSync(`/proc/${renderer.id}/status`, 'utf8');
    return judgeSandbox(status, namespaceOf(renderer.id) !== namespaceOf('self'));
  } catch {
    // A sandboxed process may not be looked into by its own user on some systems.
    return { sandbox: true, sandboxNote: 'Asked for; what the kernel says of it could not be read.' };
  }
}

/** `status` as in /proc/PID/status; `apart` where the process is in another user or PID namespace than Constat. */
export function judgeSandbox(status: string, apart: boolean): SandboxState {
  const mode = /^Seccomp:\s*(\d)$/m.exec(status)?.[1];
  const nested = (/^NSpid:\s*(.*)$/m.exec(status)?.[1]?.split(/\s+/).length ?? 1) > 1;
  if (mode === '2' && (apart || nested)) {
    return {
      sandbox: true,
      sandboxNote:
        'Seen in the kernel’s account of a page’s process: system calls filtered (seccomp 2), in a namespace of its own.',
    };
  }
  return {
    sandbox: false,
    sandboxNote: `It was asked for, but the kernel’s account of a page’s process says seccomp ${mode ?? 'unknown'}, ${
      apart || nested ? 'in' : 'not in'
    } a namespace of its own.`,
  };
}

function namespaceOf(pid: number | 'self'): string {
  return readlinkSync(`/proc/${pid}/ns/user`) + readlinkSync(`/proc/${pid}/ns/pid`);
}

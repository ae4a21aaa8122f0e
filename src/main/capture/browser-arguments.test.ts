import { describe, expect, it } from 'vitest';
import { captureOptionsSchema } from '../../shared/domain/capture-options.ts';
import { browserArguments, type ArgumentInput } from './browser-arguments.ts';

const fresh = { path: '/tmp/new', browser: '/tmp/new', cache: '/tmp/new/cache' };
const kept = { path: '/tmp/new', browser: '/home/op/profiles/0a', cache: '/tmp/new/cache' };
const make = (some: Partial<ArgumentInput> = {}) =>
  browserArguments({
    options: captureOptionsSchema.parse({ profile: 'profile-0123456789abcdef' }),
    userAgent: 'Mozilla/5.0 (test)',
    egressPort: 4711,
    profile: fresh,
    sandbox: true,
    window: false,
    pinnedKey: null,
    ...some,
  });

describe('the command line of the capture browser', () => {
  it.each([true, false])('lets nothing out but through the exit (window: %s)', (window) => {
    const { all } = make({ window });
    for (const argument of [
      '--proxy-server=socks5://127.0.0.1:4711',
      '--proxy-bypass-list=<-loopback>',
      '--disable-quic',
      '--force-webrtc-ip-handling-policy=disable_non_proxied_udp',
    ])
      expect(all).toContain(argument);
  });

  it('gives a window that a person drives its own size, user agent and behaviour, and marks its frame', () => {
    const text = make({ window: true }).all.join('\n');
    for (const giveaway of [
      '--headless',
      '--user-agent',
      '--window-size',
      '--hide-scrollbars',
      '--mute-audio',
    ])
      expect(text).not.toContain(giveaway);
    for (const unlike of ['--disable-popup-blocking', '--no-pings', '--enable-automation'])
      expect(text).not.toContain(unlike);
    expect(text).toContain('--window-name=● REC · Constat');
  });

  it('keeps cookies of a kept profile and no cache', () => {
    expect(make({ profile: kept }).all).toEqual(
      expect.arrayContaining(['--user-data-dir=/home/op/profiles/0a', '--disk-cache-dir=/tmp/new/cache']),
    );
    expect(make().all.join('\n')).not.toContain('--disk-cache-dir');
  });

  it('records nothing of the machine: no folder, no port, no profile', () => {
    const recorded = make({ profile: kept, window: true }).recorded.join('\n');
    expect(recorded).not.toMatch(/\/tmp|\/home|4711|profile-0/);
    expect(recorded).toContain('--user-data-dir=(kept by the operator)');
  });

  it('gives up the sandbox only where it is told to', () => {
    expect(make().all).not.toContain('--no-sandbox');
    expect(make({ sandbox: false }).recorded).toContain('--no-sandbox');
  });
});

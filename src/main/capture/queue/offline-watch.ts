import { pauseBetweenLooks } from './back-off.ts';
import type { Clock } from './clock.ts';
import { seemsOnline, type Network } from './network.ts';

/** How often the computer's own addresses are looked at (milliseconds): a cable or a radio shows there first. */
const INTERFACES_EVERY = 3000;

/** Knows whether this computer has no network, and looks again: after growing pauses, and at once when its own addresses change. */
export class OfflineWatch {
  readonly #clock: Clock;
  readonly #network: Network;
  readonly #hosts: () => string[];
  readonly #onChange: () => void;
  #state: { since: number; looksAt: number } | null = null;
  #since: number | null = null;
  #looks = 0;
  #looking = false;
  #stopLook: () => void = () => undefined;
  #stopWatch: () => void = () => undefined;

  /** `hosts`: those that may be asked for. `onChange` is told when it looks again later, and when it seems to be online. */
  constructor(parts: { clock: Clock; network: Network; hosts: () => string[]; onChange: () => void }) {
    this.#clock = parts.clock;
    this.#network = parts.network;
    this.#hosts = parts.hosts;
    this.#onChange = parts.onChange;
  }

  /** Null while there is a network, as far as is known. */
  get state(): { since: number; looksAt: number } | null {
    return this.#state;
  }

  /** A capture found no network. */
  begin(): void {
    if (this.#state) return;
    this.#since ??= this.#clock.now();
    this.#wait();
  }

  /** A capture reached somebody. */
  reached(): void {
    this.#looks = 0;
    this.#since = null;
  }

  /** Looks now; until the answer is there nothing changes. */
  async look(): Promise<void> {
    if (!this.#state || this.#looking) return;
    this.#looking = true;
    const online = await seemsOnline(this.#hosts(), this.#network).finally(() => (this.#looking = false));
    // Stopped meanwhile.
    if (!this.#state) return;
    if (online) this.stop();
    else this.#wait();
    this.#onChange();
  }

  stop(): void {
    this.#state = null;
    this.#stopLook();
    this.#stopWatch();
  }

  #wait(): void {
    this.stop();
    const pause = pauseBetweenLooks(this.#looks);
    this.#looks += 1;
    const now = this.#clock.now();
    this.#state = { since: this.#since ?? now, looksAt: now + pause };
    this.#stopLook = this.#clock.after(pause, () => void this.look());
    this.#watchAddresses(this.#network.addresses().join());
  }

  #watchAddresses(before: string): void {
    this.#stopWatch = this.#clock.after(INTERFACES_EVERY, () => {
      if (this.#network.addresses().join() === before) return this.#watchAddresses(before);
      this.#looks = 0;
      return void this.look();
    });
  }
}

import { createHmac } from 'node:crypto';

/**
 * What a profile is called in one case: the same for every capture made with it there, different in every other case, and of no use to
 * anyone who guesses names, because it comes from a random secret that lies with the profile and goes with it.
 */
export function pseudonymOf(secret: string, caseId: string): string {
  return `profile-${createHmac('sha256', Buffer.from(secret, 'hex')).update(caseId).digest('hex').slice(0, 16)}`;
}

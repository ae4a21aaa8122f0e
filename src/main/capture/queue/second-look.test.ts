import { describe, expect, it } from 'vitest';
import { captureOptionsSchema } from '../../../shared/domain/capture-options.ts';
import { ConstatError } from '../../../shared/problems.ts';
import { certificateWords } from '../guard/certificate-words.ts';
import { whySecondLook } from './second-look.ts';

const auto = captureOptionsSchema.parse({});
const wire = captureOptionsSchema.parse({ witness: 'wire' });
const untrusted = (name: string): ConstatError =>
  new ConstatError('CERTIFICATE_NOT_TRUSTED', { host: 'a.test', reason: certificateWords(name) ?? '' });

describe('after a problem on the wire the browser alone', () => {
  it('looks again where certificates were left out that browsers find by themselves', () => {
    expect(whySecondLook(auto, untrusted('UNABLE_TO_VERIFY_LEAF_SIGNATURE'))).toMatch(/by the browser alone/);
    expect(whySecondLook(wire, untrusted('UNABLE_TO_VERIFY_LEAF_SIGNATURE'))).toBeNull();
  });

  it('looks again where no secure connection could be agreed', () => {
    const failed = new ConstatError('CONNECTION_FAILED', {
      host: 'a',
      reason: 'ssl3_read_bytes:ssl/tls alert',
    });
    expect(whySecondLook(auto, failed)).toMatch(/no secure connection/);
  });

  it.each([
    untrusted('CERT_HAS_EXPIRED'),
    untrusted('DEPTH_ZERO_SELF_SIGNED_CERT'),
    new ConstatError('CONNECTION_FAILED', { host: 'a', reason: 'no answer in time' }),
    new ConstatError('NAME_NOT_RESOLVED', { host: 'a' }),
  ])('has nothing better to offer: $code', (error) => {
    expect(whySecondLook(auto, error)).toBeNull();
  });
});

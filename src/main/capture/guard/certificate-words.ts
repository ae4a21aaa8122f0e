/** The server left out certificates, which browsers may find by themselves. */
export const incompleteChainWords = 'the server did not send the certificates that lead to a known authority';

/** Why a certificate is not trusted, in words, by OpenSSL’s or the browser’s name for it. */
const words: Record<string, string> = {
  CERT_HAS_EXPIRED: 'it has expired',
  CERT_NOT_YET_VALID: 'it is not valid yet',
  CERT_REVOKED: 'it was revoked',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'the server issued it to itself',
  SELF_SIGNED_CERT_IN_CHAIN: 'it is issued by an authority this machine does not know',
  UNABLE_TO_GET_ISSUER_CERT: incompleteChainWords,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: incompleteChainWords,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: incompleteChainWords,
  ERR_TLS_CERT_ALTNAME_INVALID: 'it is for another name',
  CERT_SIGNATURE_FAILURE: 'its signature is wrong',
  'net::ERR_CERT_AUTHORITY_INVALID': 'it is not issued by a known authority',
  'net::ERR_CERT_COMMON_NAME_INVALID': 'it is for another name',
  'net::ERR_CERT_DATE_INVALID': 'it has expired or is not valid yet',
  'net::ERR_CERT_REVOKED': 'it was revoked',
  'net::ERR_CERT_WEAK_SIGNATURE_ALGORITHM': 'it is signed in a way that is no longer safe',
  'net::ERR_CERT_INVALID': 'it is not a valid certificate',
};

/** In words why a certificate is not trusted, or null where the reason is none of a certificate's. */
export function certificateWords(reason: string): string | null {
  const known = words[reason];
  if (known !== undefined) return known;
  return /CERT|SELF_SIGNED|ISSUER|LEAF_SIGNATURE|INVALID_CA|PATH_LENGTH|HOSTNAME_MISMATCH/.test(reason) &&
    /^(net::ERR_CERT_)?[A-Z0-9_]+$/.test(reason)
    ? reason
    : null;
}

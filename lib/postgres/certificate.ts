import 'server-only';
import { X509Certificate } from 'node:crypto';
import { AppError } from '../errors';

const block = /-----BEGIN ([A-Z0-9 ]+)-----[\s\S]+?-----END \1-----/g;

/**
 * The certificates of a pasted PEM text, in their order and nothing else of it. Throws AppError `invalid` when there is
 * none, when one can't be read, and for whatever else stands there: a private key has no business here.
 */
export function readCertificates(text: string): string {
  const blocks = [...text.matchAll(block)];
  const other = blocks.find(([, kind]) => kind !== 'CERTIFICATE');
  if (other !== undefined) {
    throw new AppError(
      'invalid',
      `The CA certificate holds a ${other[1]?.toLowerCase()}, not only certificates.`,
      {
        hint: 'Paste the certificate of the authority that signed the server, and never a private key.',
      },
    );
  }
  if (blocks.length === 0) {
    throw new AppError('invalid', 'This is not a certificate in PEM form.', {
      hint: 'It begins with -----BEGIN CERTIFICATE----- and ends with -----END CERTIFICATE-----.',
    });
  }
  return `${blocks.map(([pem]) => checked(pem)).join('\n')}\n`;
}

function checked(pem: string): string {
  try {
    new X509Certificate(pem);
    return pem;
  } catch (cause) {
    throw new AppError('invalid', 'A certificate cannot be read: it may have been cut.', {
      hint: 'Paste the whole file again.',
      cause,
    });
  }
}

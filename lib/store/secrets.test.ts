import { expect, test } from 'vitest';
import { decryptSecret, encryptSecret } from './secrets';

const secret = 'a'.repeat(32);

test('a secret comes back, and never stands in the ciphertext', () => {
  const sealed = encryptSecret('pä$$ word', 'server-1:read', secret);
  expect(decryptSecret(sealed, 'server-1:read', secret)).toBe('pä$$ word');
  expect(sealed).not.toContain(Buffer.from('pä$$ word').toString('base64url'));
  expect(encryptSecret('pä$$ word', 'server-1:read', secret)).not.toBe(sealed);
});

test('another place, another key and changed bytes are refused', () => {
  const sealed = encryptSecret('x', 'server-1:read', secret);
  expect(() => decryptSecret(sealed, 'server-1:owner', secret)).toThrow(/another place/);
  expect(() => decryptSecret(sealed, 'server-1:read', 'b'.repeat(32))).toThrow(/another HOWDAH_SECRET/);
  const parts = sealed.split('.');
  parts[3] = Buffer.from('y').toString('base64url');
  expect(() => decryptSecret(parts.join('.'), 'server-1:read', secret)).toThrow(/was changed/);
  expect(() => decryptSecret('plain', 'server-1:read', secret)).toThrow(/unknown form/);
});

import { expect, test } from 'vitest';
import { isOpenAddress } from './address';

test.each(['127.0.0.1', '::1', '10.0.0.1', '192.168.1.1', '8.8.8.8', '2001:db8::1', 'fd12::1'])(
  '%s is open',
  (address) => {
    expect(isOpenAddress(address)).toBe(true);
  },
);

test.each([
  '169.254.169.254',
  '::ffff:169.254.169.254',
  '0.0.0.0',
  '::',
  'fe80::1',
  'fe80::1%eth0',
  'fd00:ec2::254',
  '100.100.100.200',
  '224.0.0.1',
  '255.255.255.255',
  'ff02::1',
  '2852039166',
  'nonsense',
])('S44: %s is closed', (address) => {
  expect(isOpenAddress(address)).toBe(false);
});

import { describe, expect, test } from 'vitest';
import { isOfAllowedDomain, type OidcSettings, roleMap, roleOfClaims } from './oidc';

const settings: OidcSettings = {
  issuer: 'https://id.example.com',
  clientId: 'howdah',
  clientSecret: 'secret',
  name: 'Example',
  scope: 'openid',
  roleClaim: 'groups',
  roleMap: { staff: 'reviewer', dba: 'admin', 'team=a': 'developer' },
  allowedDomains: [],
};

describe('the role of claims', () => {
  test.each([
    [{ groups: ['staff'] }, 'reviewer'],
    [{ groups: 'staff' }, 'reviewer'],
    [{ groups: ['staff', 'dba', 'others'] }, 'admin'],
    [{ groups: ['Staff', 'staff '] }, null],
    [{ groups: [] }, null],
    [{ groups: ['__proto__', 'constructor'] }, null],
    [{ roles: ['dba'] }, null],
    [{}, null],
  ])('%j is %s', (claims, role) => expect(roleOfClaims(claims, settings)).toBe(role));

  test('may lie deeper, or under a name with dots', () => {
    const nested = { ...settings, roleClaim: 'realm_access.roles' };
    expect(roleOfClaims({ realm_access: { roles: ['dba'] } }, nested)).toBe('admin');
    expect(roleOfClaims({ 'realm_access.roles': ['staff'] }, nested)).toBe('reviewer');
    expect(roleOfClaims({ realm_access: 'dba' }, nested)).toBeNull();
  });
});

test('a role map is read from pairs, and a wrong one is refused', () => {
  expect(roleMap.parse('staff=reviewer, dba = admin,team=a=developer')).toEqual(settings.roleMap);
  for (const wrong of ['staff', '=admin', 'staff=boss', 'staff=reviewer,,']) {
    expect([wrong, roleMap.safeParse(wrong).success]).toEqual([wrong, false]);
  }
});

test.each([
  [{ email: 'a@example.com', email_verified: true }, true],
  [{ email: 'a@EXAMPLE.com', email_verified: true }, true],
  [{ email: 'a@example.com', email_verified: false }, false],
  [{ email: 'a@example.com' }, false],
  [{ email: 'a@example.com@evil.example', email_verified: true }, false],
  [{ email: 'a@notexample.com', email_verified: true }, false],
  [{}, false],
])('%j is of an allowed domain: %s', (claims, isAllowed) => {
  expect(isOfAllowedDomain(claims, { ...settings, allowedDomains: ['example.com'] })).toBe(isAllowed);
});

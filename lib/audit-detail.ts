import type { AuditDetail, AuditValue } from './audit-types';

const secretName =
  /password|passphrase|secret|token|verifier|credential|cookie|authorization|(^|_)(api_?)?key$/i;
const urlPassword = /([a-z][a-z0-9+.-]*:\/\/[^\s:/@]*):[^\s@]*@/gi;
const longest = 2_000;

/**
 * A detail as it may be written: values whose name says that they are secret are left out, passwords inside URLs too, and
 * long texts are cut. It is the second guard: whoever records an event names small facts only.
 */
export function withoutSecrets(detail: AuditDetail): AuditDetail {
  return Object.fromEntries(
    Object.entries(detail).map(([name, value]) => [name, secretName.test(name) ? 'removed' : clean(value)]),
  );
}

function clean(value: AuditValue): AuditValue {
  if (typeof value === 'string') return value.replace(urlPassword, '$1:removed@').slice(0, longest);
  if (Array.isArray(value)) return value.map(clean);
  return typeof value === 'object' && value !== null ? withoutSecrets(value) : value;
}
